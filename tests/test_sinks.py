"""Files: what is written reads back, opens in a spreadsheet without running, and is the same bytes every time."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.compare.tables import COMPARISON
from gangwei.errors import ReadError, UsageError
from gangwei.model import Document, Extraction
from gangwei.organise.tables import ORGANISATION
from gangwei.sinks import SINKS, read_csv
from gangwei.sinks.atomic import aside, write_text, written
from gangwei.sinks.columnar import batch_of
from gangwei.sinks.datapackage import datapackage
from gangwei.sinks.frames import extract_frame
from gangwei.sinks.parts import PartWriter, pieces
from gangwei.sinks.scales import SCALES, chinese, english
from gangwei.table_rows import storable_in_place
from gangwei.tables import TABLES, Cell, Row, Rows, Table

TABLE = {table.name: table for table in (*TABLES, *COMPARISON, *ORGANISATION)}
FORMULAS = (
    "=1+1",
    "+86 1",
    "-销售",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "－x",
    "＋x",
    "＠x",
    "'=1",
    "''",
    "'",
)
PLAIN = ("=", "-", "-5", "+5%", "-0.5", "8-10", "经理", "", "a,b", '"', '""', "a\nb", "a\rb", "a\r\nb", "1、=1")

text = st.one_of(
    st.sampled_from(FORMULAS + PLAIN), st.text(st.characters(codec="utf-8")), st.text(alphabet="='\"\r\n\t,-+@ 甲1")
).map(storable_in_place)
CELLS: dict[str, st.SearchStrategy[Cell]] = {
    "string": text,
    "integer": st.none() | st.integers(-(2**63), 2**63 - 1),
    "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.none() | st.booleans(),
}


def rows_for(table: Table) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(*(CELLS[column.type] for column in table.columns)), max_size=4)


def piece(table: Table, rows: list[Row]) -> pa.Table:
    return pa.Table.from_batches([batch_of(table, rows)])


def kpi(word: str) -> Row:
    return ("a#1", "a", 1, word, word, "rate", "up", ">=", "8-10", "%", 20.0, "day", "rule", 0, 5)


# CSV


@pytest.mark.parametrize("headers", ["en", "zh"])
@given(data=st.data())
def test_csv_reads_back_to_the_same_rows(
    headers: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = data.draw(rows_for(table))
    chinese_words = {word for scale in SCALES.values() for word in scale.values()}
    if (
        headers == "zh"
    ):  # a document's word in a column of a scale would be read back in English: no such column takes one
        rows = [tuple("" if cell in chinese_words else cell for cell in row) for row in rows]
    path = tmp_path_factory.mktemp("csv") / f"{table.name}.csv"
    SINKS["csv"](path, table, [piece(table, rows)], headers=headers)
    assert [tuple(row.values()) for row in read_csv(path)] == rows


@given(st.lists(text, min_size=1, max_size=5))
def test_pandas_and_the_standard_library_read_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "kpis.csv"
    SINKS["csv"](path, TABLE["kpis"], [piece(TABLE["kpis"], [kpi(word) for word in words])])
    by_pandas = pd.read_csv(path, keep_default_na=False, dtype=str)
    with path.open(encoding="utf-8-sig", newline="") as file:
        by_csv = list(csv.DictReader(file))
    found = [row["text"].removeprefix("'") for row in by_csv]
    assert found == words
    assert [word.removeprefix("'") for word in by_pandas["text"]] == words


@given(st.lists(text, min_size=1, max_size=5))
def test_no_cell_is_a_formula(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "kpis.csv"
    SINKS["csv"](path, TABLE["kpis"], [piece(TABLE["kpis"], [kpi(word) for word in words])])
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    for cell in cells:
        harmless = len(cell.strip()) <= 1 or re.fullmatch(r"[+-]?[0-9.]+%?", cell)
        assert harmless or cell.lstrip()[0] not in "=+-@＝＋－＠", cell
        assert not cell.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("word", FORMULAS)
def test_an_apostrophe_stands_before_what_might_run(tmp_path: Path, word: str) -> None:
    path = tmp_path / "kpis.csv"
    SINKS["csv"](path, TABLE["kpis"], [piece(TABLE["kpis"], [kpi(word)])])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["text"] == f"'{word}"


@pytest.mark.parametrize("word", PLAIN)
def test_other_text_stands_as_it_is(tmp_path: Path, word: str) -> None:
    path = tmp_path / "kpis.csv"
    SINKS["csv"](path, TABLE["kpis"], [piece(TABLE["kpis"], [kpi(word)])])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["text"] == word


def test_csv_begins_with_a_mark_and_has_chinese_headers_and_scales_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "kpis.csv"
    SINKS["csv"](path, TABLE["kpis"], [piece(TABLE["kpis"], [kpi("合格率")])], headers="zh")
    lines = path.read_bytes().decode().splitlines()
    assert lines[0].startswith('\N{BYTE ORDER MARK}"岗位编号","文档编号","序号","原文"')
    assert '"比率","越高越好","不低于","8-10","%",20,"日"' in lines[1]


def test_a_table_without_rows_has_a_header(tmp_path: Path) -> None:
    SINKS["csv"](tmp_path / "units.csv", TABLE["units"], [])
    assert list(read_csv(tmp_path / "units.csv")) == []
    SINKS["parquet"](tmp_path / "units.parquet", TABLE["units"], [])
    assert pq.read_table(tmp_path / "units.parquet").column_names == [c.name for c in TABLE["units"].columns]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ReadError, match="not the header"):
        list(read_csv(tmp_path / "x.csv"))


@pytest.mark.parametrize(("table", "column"), SCALES)
def test_scales_lead_to_chinese_and_back(table: str, column: str) -> None:
    for word, equal in SCALES[table, column].items():
        assert chinese(table, column, word) == equal
        assert english(table, column, equal) == word
    assert any(declared.name == column for declared in TABLE[table].columns)


@pytest.mark.parametrize("word", ["2 hours", "3 months", "0.5 days", "2 shifts"])
def test_multiples_of_a_period_lead_to_chinese_and_back(word: str) -> None:
    assert english("duties", "frequency", chinese("duties", "frequency", word)) == word


# Parquet and JSON lines


@given(data=st.data())
def test_parquet_reads_back_with_types(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = data.draw(rows_for(table))
    path = tmp_path_factory.mktemp("parquet") / "t.parquet"
    SINKS["parquet"](path, table, [piece(table, rows)])
    found = pq.read_table(path)
    assert list(zip(*(column.to_pylist() for column in found.columns), strict=True)) == rows
    names = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    assert [str(kind) for kind in found.schema.types] == [names[column.type] for column in table.columns]


@given(data=st.data())
def test_json_lines_read_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = data.draw(rows_for(table))
    path = tmp_path_factory.mktemp("jsonl") / "t.jsonl"
    SINKS["jsonl"](path, table, [piece(table, rows)])
    lines = path.read_bytes().decode().split("\n")
    assert lines.pop() == ""
    assert [tuple(json.loads(line).values()) for line in lines] == rows


# Parts


def made(n: int, characters: int = 10) -> Rows:
    return {"documents": [], "units": [("a", "部", n, "", "职" * characters, "rule", 0, 1)], "notes": []}


@pytest.mark.parametrize("form", SINKS)
def test_the_same_rows_give_the_same_bytes_however_they_came(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangwei.sinks.parts.BATCH_ROWS", 7)
    monkeypatch.setattr("gangwei.sinks.parts.GROUP_ROWS", 20)
    for run in ("one", "two"):
        for n in range(5):
            with PartWriter(tmp_path / run / f"{n}") as part:
                for row in range(11):
                    part.add(made(n * 11 + row))
        parts = sorted((tmp_path / run).iterdir())
        SINKS[form](tmp_path / f"{run}.{form}", TABLE["units"], pieces(parts, TABLE["units"]))
    assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes()
    assert [p for piece in pieces(parts, TABLE["units"]) for p in piece["position"].to_pylist()] == list(range(55))
    assert max(piece.num_rows for piece in pieces(parts, TABLE["units"])) < 30


def test_a_part_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), PartWriter(tmp_path / "part") as part:
        part.add({"units": 1 // 0})
    assert list(tmp_path.iterdir()) == []


def test_a_part_without_rows_is_there(tmp_path: Path) -> None:
    with PartWriter(tmp_path / "part"):
        pass
    assert list(pieces([tmp_path / "part"], TABLE["units"])) == []
    assert (tmp_path / "part").is_dir()


# Files whole or not there


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(ZeroDivisionError), written(path) as place:
        place.write_text("new" * (1 // 0), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"
    assert not aside(path).exists()


# datapackage.json


@pytest.mark.parametrize("headers", ["en", "zh"])
def test_the_datapackage_describes_the_files_as_they_are(tmp_path: Path, headers: str) -> None:
    package = json.loads(datapackage([t.name for t in TABLES], list(SINKS), headers=headers))
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names) == len(TABLES) * len(SINKS)
    for resource in package["resources"]:
        name, _, form = resource["path"].partition(".")
        path = tmp_path / resource["path"]
        options = {"headers": headers} if form == "csv" else {}
        SINKS[form](path, TABLE[name], [piece(TABLE[name], [])], **options)
        fields = [field["name"] for field in resource["schema"]["fields"]]
        if form == "csv":
            assert path.read_text(encoding=resource["encoding"]) == ",".join(f'"{f}"' for f in fields) + "\n"
        if form == "parquet":
            assert pq.read_schema(path).names == fields
        for key in resource["schema"].get("foreignKeys", ()):
            other = next(r for r in package["resources"] if r["name"] == key["reference"]["resource"])
            assert other["path"].endswith(form)
            assert key["fields"] in fields
            assert key["reference"]["fields"] in [field["name"] for field in other["schema"]["fields"]]
        assert all(field["description"] and field["title"] for field in resource["schema"]["fields"])
        assert set(resource["schema"].get("primaryKey", ())) <= set(fields)


# Frames


def test_a_frame_gives_a_frame_for_each_table() -> None:
    frame = pd.DataFrame(
        {"公司": ["甲公司", None], "职位描述": ["岗位职责：1、负责总账\r\n2、报税", "=1"], "薪资": [1, float("nan")]},
        index=["x", "y"],
    )
    seen: list[Document] = []

    def extract(document: Document) -> Extraction:
        seen.append(document)
        return Extraction(document, script="hans")

    tables = extract_frame(frame, extract=extract)
    assert list(tables) == [table.name for table in TABLES if table.name != "texts"]
    assert tables["documents"]["doc_id"].tolist() == ["x", "y"]
    assert tables["documents"]["n_chars"].tolist() == [len(document.text) for document in seen]
    assert "1、负责总账" in seen[0].text
    assert "甲公司" in seen[0].text
    assert str(tables["kpis"].dtypes["position"]) == "Int64"


@pytest.mark.parametrize("index", [[0], ["仅一行"]])
def test_a_frame_of_one_row(index: list[object]) -> None:
    frame = pd.DataFrame({"文": ["负责总账的核算与报税工作"]}, index=index)
    tables = extract_frame(frame, text="文", extract=Extraction)
    assert tables["documents"]["doc_id"].tolist() == [str(index[0])]


def test_a_frame_without_rows_or_with_equal_labels() -> None:
    frame = pd.DataFrame({"职位描述": ["负责总账", "负责报税"]}, index=["a", "a"])
    assert extract_frame(frame, extract=Extraction)["documents"]["doc_id"].tolist() == ["0", "1"]
    assert extract_frame(frame.iloc[:0], extract=Extraction)["documents"].empty


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no column is called 描述; there are a, b"):
        extract_frame(pd.DataFrame({"a": ["x"], "b": ["y"]}), text="描述", extract=Extraction)
