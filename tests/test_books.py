"""Workbook and database: all tables in one file, whole, in order, and nothing in them runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from gangwei.batch.merge import Shape
from gangwei.batch.run import run
from gangwei.errors import UsageError
from gangwei.sinks import BOOKS, check_formats, read_csv, write_book, xlsx
from gangwei.sinks.overview import HEADS, LINES, overview, utf16_length
from gangwei.sinks.xlsx import CHARACTERS
from gangwei.tables import TABLES, Row, Table
from test_batch import READING, fill, tables
from test_sinks import FORMULAS, PLAIN, kpi, piece, text

Content = dict[str, list[Row]]

ROLES: Content = {
    "documents": [("a", "a", "", "text/plain", "utf-8", "hans", "甲公司", "", 9, 2, "ok", "", 0.5)],
    "roles": [
        (
            "a#1",
            "a",
            1,
            "甲公司",
            "市场部",
            "经理",
            "市场部经理",
            "manager",
            "sales",
            "",
            "outline",
            0.9,
            0,
            2,
            "",
            "r",
        ),
        ("a#2", "a", 2, "甲公司", "", "出纳", "出纳", "staff", "finance", "", "outline", 0.4, 2, 4, "", "r"),
    ],
    "relations": [
        ("a#1", "a", "supervisor", 1, "总监", "", 0, 1, "r"),
        ("a#1", "a", "subordinate", 1, "主管", "", 0, 1, "r"),
        ("a#1", "a", "subordinate", 2, "出纳", "a#2", 0, 1, "r"),
    ],
    "duties": [
        ("a#1", "a", "duty", 1, "", "编制预算", "编制", "预算", "", "r", 0, 1),
        ("a#1", "a", "duty", 2, "日常", "=1+1", "", "", "", "r", 0, 1),
        ("a#1", "a", "duty", 3, "日常", "催收货款", "催收", "货款", "month", "r", 0, 1),
        ("a#1", "a", "authority", 1, "", "审批费用", "审批", "费用", "", "r", 0, 1),
        ("a#2", "a", "routine", 1, "", "盘点现金", "盘点", "现金", "day", "r", 0, 1),
    ],
    "kpis": [("a#1", "a", 1, "回款率95%", "回款率", "rate", "up", "", "95", "%", None, "", "r", 0, 1)],
    "requirements": [("a#2", "a", 1, "大专以上", "education", "college", None, None, None, "", False, "r", 0, 1)],
}


def reader(content: Content, at_once: int = 2) -> object:
    """What reads a table's rows in pieces."""

    def read(table: Table) -> Iterator[pa.Table]:
        rows = content.get(table.name, [])
        return (piece(table, rows[n : n + at_once]) for n in range(0, len(rows), at_once))

    return read


def write(form: str, path: Path, content: Content, headers: str = "en") -> list[str]:
    return write_book(form, path, TABLES, reader(content), headers=headers)


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """The cells of a sheet, with what Excel reads in place of `_x000D_`."""
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [tuple(unescape(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]


# The sheet with a row a role


def test_a_row_holds_what_all_tables_say_of_a_role(tmp_path: Path) -> None:
    write("xlsx", tmp_path / "x.xlsx", ROLES)
    heads, first, second = cells(tmp_path / "x.xlsx", "岗位一览")
    assert heads == HEADS
    said = dict(zip(heads, first, strict=True))
    assert (said["公司"], said["部门"], said["职务"]) == ("甲公司", "市场部", "经理")
    assert (said["直接上级"], said["直接下级"]) == ("总监", "主管\n出纳")
    assert said["职责"] == "1. 编制预算\n【日常】\n2. =1+1\n3. 催收货款"
    assert (said["权限"], said["关键业绩指标"], said["任职要求"]) == ("1. 审批费用", "1. 回款率95%", None)
    said = dict(zip(heads, second, strict=True))
    assert (said["日常工作"], said["任职要求"], said["出处"], said["置信度"]) == (
        "1. 盘点现金",
        "1. 大专以上",
        "a",
        0.4,
    )


def test_the_first_sheet_is_frozen_filtered_and_wrapped(tmp_path: Path) -> None:
    write("xlsx", tmp_path / "x.xlsx", ROLES)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.active.title == book.sheetnames[0] == "岗位一览"
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["岗位一览"]["F2"].alignment.wrap_text
    assert book["岗位一览"].auto_filter.ref == "A1:L3"
    assert book["岗位一览"].column_dimensions["F"].width > book["岗位一览"].column_dimensions["A"].width > 15


def test_what_does_not_fit_into_a_cell_is_counted_there() -> None:
    duties = [("a#1", "a", "duty", n, "", f"第{n}项", "", "", "", "r", 0, 1) for n in range(1, LINES + 51)]
    row = dict(zip(HEADS, next(overview(reader(ROLES | {"duties": duties}), CHARACTERS)), strict=True))
    lines = str(row["职责"]).split("\n")
    assert (len(lines), lines[-2:]) == (LINES + 1, [f"{LINES}. 第{LINES}项", "……另有 50 项，见表 duties"])
    long = [("a#1", "a", "duty", n, "", "𠮷" * 9000, "", "", "", "r", 0, 1) for n in (1, 2, 3)]
    row = dict(zip(HEADS, next(overview(reader(ROLES | {"duties": long}), CHARACTERS)), strict=True))
    assert str(row["职责"]).endswith("𠮷\n……另有 2 项，见表 duties")
    assert utf16_length(str(row["职责"])) <= CHARACTERS


def test_a_row_that_belongs_to_no_role_is_not_lost_without_a_word() -> None:
    stray = {"kpis": [("b#9", "b", 1, "x", "x", "", "", "", "", "", None, "", "r", 0, 1)]}
    with pytest.raises(AssertionError, match="kpis: b#9"):
        list(overview(reader(ROLES | stray), CHARACTERS))


# The sheets of the tables


@settings(max_examples=15)
@given(words=st.lists(text, min_size=5, max_size=25))
def test_a_sheet_reads_back_to_the_same_text(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "x.xlsx"
    write("xlsx", path, ROLES | {"kpis": [kpi(word) for word in words]})
    assert [row[3] or "" for row in cells(path, "kpis")[1:]] == [_in_xml(word) for word in words]


def _in_xml(word: str) -> str:
    """What no XML takes is U+FFFD."""
    return re.sub("[\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", word)


@pytest.mark.parametrize("headers", ["en", "zh"])
def test_numbers_truth_and_scales(tmp_path: Path, headers: str) -> None:
    write("xlsx", tmp_path / "x.xlsx", ROLES, headers)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    names = [table.header if headers == "zh" else table.name for table in TABLES]
    assert book.sheetnames == ["岗位一览", *names, "说明 about"]
    heads, row = book["任职要求" if headers == "zh" else "requirements"].iter_rows(values_only=True)
    table = next(table for table in TABLES if table.name == "requirements")
    assert list(heads) == [column.header if headers == "zh" else column.name for column in table.columns]
    assert row[2] == 1
    assert row[10] is False
    assert row[4:6] == (("教育", "大专") if headers == "zh" else ("education", "college"))


@pytest.mark.parametrize("word", FORMULAS + PLAIN)
def test_nothing_is_a_formula_a_link_or_a_number(tmp_path: Path, word: str) -> None:
    duties = [("a#1", "a", "duty", 1, word, word, word, "http://example.org", "", "r", 0, 1)]
    write("xlsx", tmp_path / "x.xlsx", ROLES | {"duties": duties, "kpis": [kpi(word)]})
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "snb"
                assert cell.hyperlink is None
                if cell.data_type == "s" and cell.value.lstrip()[:1] in tuple("=+-@"):
                    assert cell.quotePrefix  # stays a text when it is edited
    assert book["kpis"]["D2"].data_type == ("s" if word else "n")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 4)
    [remark] = write("xlsx", tmp_path / "x.xlsx", ROLES)
    assert remark == "xlsx: duties has 5 rows, more than a sheet holds, and goes on in duties 2"
    first, second = cells(tmp_path / "x.xlsx", "duties"), cells(tmp_path / "x.xlsx", "duties 2")
    assert [row[5] for row in first] == ["text", "编制预算", "=1+1", "催收货款"]
    assert [row[5] for row in second] == ["text", "审批费用", "盘点现金"]
    about = cells(tmp_path / "x.xlsx", "说明 about 2")
    assert ("duties, duties 2", "职责", 5) in [row[:3] for row in cells(tmp_path / "x.xlsx", "说明 about 3")] + [
        row[:3] for row in about
    ]


@pytest.mark.parametrize(
    ("word", "units"), [("职" * 40_000, 32_767), ("a" + "𠮷" * 20_000, 32_766), ("a" * 32_767, 32_767)]
)
def test_a_text_longer_than_a_cell_is_cut_and_said(tmp_path: Path, word: str, units: int) -> None:
    texts = [("a", word)]
    remarks = write("xlsx", tmp_path / "x.xlsx", ROLES | {"texts": texts})
    found = str(cells(tmp_path / "x.xlsx", "texts")[1][1])
    assert utf16_length(found) == units
    if utf16_length(word) > CHARACTERS:
        assert found.endswith(f"{word[-1]}……（已截断）")
        assert re.match(r"xlsx: texts has 1 cells of more than 32,767 characters, which are cut", remarks[0])
        assert "已截断" in str(cells(tmp_path / "x.xlsx", "说明 about")[-1][3])
    else:
        assert (found, remarks) == (word, [])


def test_characters_that_no_xml_takes_are_replaced_and_said(tmp_path: Path) -> None:
    [remark] = write("xlsx", tmp_path / "x.xlsx", ROLES | {"texts": [("a", "职\uffff责\ufffe_x000D_")]})
    assert cells(tmp_path / "x.xlsx", "texts")[1][1] == "职�责�_x000D_"
    assert remark == "xlsx: texts has 1 cells with characters that no sheet holds; they are U+FFFD"


# The database


def test_the_database_holds_the_same_rows(tmp_path: Path) -> None:
    assert write("duckdb", tmp_path / "x.duckdb", ROLES) == []
    (tmp_path / "x.duckdb").rename(tmp_path / "renamed.duckdb")
    with duckdb.connect(str(tmp_path / "renamed.duckdb"), read_only=True) as base:
        for table in TABLES:
            rows = [tuple("" if cell is None else cell for cell in row) for row in ROLES.get(table.name, [])]
            found = base.execute(f"SELECT * FROM {table.name}").fetchall()
            assert [tuple("" if cell is None else cell for cell in row) for row in found] == rows
        wide = base.execute(
            "SELECT supervisors, subordinates, duties, n_kpis FROM role_wide ORDER BY role_id"
        ).fetchall()
        assert wide[0] == ("总监", "主管\n出纳", "1. 编制预算\n2. =1+1\n3. 催收货款", 1)
        edges = base.execute("SELECT low, high FROM edges ORDER BY ALL").fetchall()
        assert edges == [("主管", "经理"), ("出纳", "经理"), ("经理", "总监")]
        meaning = base.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'weight'").fetchone()
        assert meaning == ("权重: weight in the assessment",)


def test_keys_hold(tmp_path: Path) -> None:
    write("duckdb", tmp_path / "x.duckdb", ROLES)
    with duckdb.connect(str(tmp_path / "x.duckdb")) as base:
        with pytest.raises(duckdb.ConstraintException):
            base.execute("INSERT INTO roles SELECT * FROM roles LIMIT 1")
        with pytest.raises(duckdb.ConstraintException):
            base.execute("INSERT INTO kpis (role_id, doc_id, position) VALUES ('nobody', 'a', 1)")


# Runs


def test_a_workbook_is_the_same_bytes_and_a_database_the_same_content(tmp_path: Path) -> None:
    folder = fill(tmp_path / "in")
    shape = Shape(("xlsx", "duckdb"), keep_text=True)
    one = run([str(folder)], tmp_path / "one", READING, shape=shape, workers=1)
    two = run([str(folder)], tmp_path / "two", READING, shape=shape, workers=3)
    assert one == two
    assert (one.documents, one.rows["roles"], one.items) == ({"ok": 200}, 200, {"duty": 200})
    names = ["datapackage.json", "gangwei.duckdb", "gangwei.xlsx", "manifest.json"]
    assert list(tables(tmp_path / "one")) == names
    assert (tmp_path / "one" / "gangwei.xlsx").read_bytes() == (tmp_path / "two" / "gangwei.xlsx").read_bytes()
    with duckdb.connect() as base:
        for name in ("one", "two"):
            base.execute(f"ATTACH '{tmp_path / name / 'gangwei.duckdb'}' AS {name} (READ_ONLY)")
        for table in TABLES:
            one_, two_ = (base.execute(f"SELECT * FROM {name}.{table.name}").fetchall() for name in ("one", "two"))
            assert one_ == two_
    before = (tmp_path / "one" / "gangwei.duckdb").stat()
    assert run([str(folder)], tmp_path / "one", READING, shape=shape, resume=True) == one
    assert (tmp_path / "one" / "gangwei.duckdb").stat() == before


def test_what_a_killed_run_left_is_not_read(tmp_path: Path) -> None:
    folder, output = fill(tmp_path / "in", 3), tmp_path / "out"
    output.mkdir()
    write("duckdb", output / ".gangwei.duckdb.aside", ROLES)
    (output / ".gangwei.duckdb.aside.wal").write_bytes(b"left by a run that was killed")
    (output / ".gangwei.xlsx.aside.x.aside").mkdir()
    (output / ".gangwei.xlsx.aside.x.aside" / "sheet").write_bytes(b"left")
    run([str(folder)], output, READING, shape=Shape(("csv", "xlsx", "duckdb")))
    assert [path.name for path in output.iterdir() if path.name.startswith(".")] == [".gangwei"]
    with duckdb.connect(str(output / "gangwei.duckdb"), read_only=True) as base:
        assert base.execute("SELECT count(*) FROM roles").fetchone() == (3,)
    assert len(list(read_csv(output / "roles.csv"))) == 3


@pytest.mark.torture
@pytest.mark.parametrize("form", BOOKS)
def test_a_disk_that_takes_no_more_is_said_in_a_line(tmp_path: Path, form: str) -> None:
    folder, output = fill(tmp_path / "in"), tmp_path / "out"
    run([str(folder)], output, READING, shape=Shape(("jsonl",)))
    code = (
        "import resource, sys; from pathlib import Path; from test_batch import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, -1))\n"
        "try: run([sys.argv[1]], Path(sys.argv[2]), READING, shape=Shape(('csv', sys.argv[3])), resume=True)\n"
        "except GangweiError as error: sys.exit(str(error))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    call = [sys.executable, "-c", code, str(folder), str(output), form]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (output / f"gangwei.{form}").exists()
    assert (output / "documents.jsonl").exists()
    run([str(folder)], output, READING, shape=Shape(("csv", form)), resume=True)
    assert [path.name for path in output.iterdir() if path.name.startswith(".")] == [".gangwei"]


def test_a_workbook_no_longer_asked_for_goes(tmp_path: Path) -> None:
    folder, output = fill(tmp_path / "in", 3), tmp_path / "out"
    run([str(folder)], output, READING, shape=Shape(("xlsx", "csv")))
    run([str(folder)], output, READING, shape=Shape(("csv",)), resume=True)
    assert not (output / "gangwei.xlsx").exists()


@pytest.mark.parametrize("form", BOOKS)
def test_a_format_whose_package_is_not_there_is_refused_before_work(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, BOOKS[form], None)
    with pytest.raises(UsageError, match=f"--format {form} needs a package: pip install {BOOKS[form]}"):
        check_formats(["csv", form])
