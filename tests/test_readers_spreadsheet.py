"""Spreadsheets: tables of posts by their grid, tables of advertisements row by row."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from formats import packed
from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, RecordColumns, read


def xlsx(
    *sheets: list[list[object]],
    merged: tuple[str, ...] = (),
    more: Callable[[xlsxwriter.Workbook], None] = lambda _: None,
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    percent = book.add_format({"num_format": "0.0%"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                sheet.write(y, x, value, percent if isinstance(value, float) and value < 1 else None)
        for area in merged:
            sheet.merge_range(area, rows[int(area[1]) - 1][ord(area[0]) - ord("A")])
    more(book)
    book.close()
    return out.getvalue()


def changed(data: bytes, part: str, find: str, put: str) -> bytes:
    """The file with something else in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    parts[part] = re.sub(find, put, before).encode()
    assert parts[part].decode() != before
    return packed(parts)


def documents(data: bytes, limits: Limits | None = None, **options: RecordColumns) -> list[Document]:
    return list(read(data, source="a", doc_id="a", limits=limits or Limits(), **options))


def test_a_table_of_posts_keeps_its_grid() -> None:
    rows: list[list[object]] = [
        ["某公司岗位表"], [], ["部门", "岗位名称", "岗位职责", "权重"], ["仓储部", "主管", "1、收货\n2、盘点", 0.25], ["", "司机", "开车", 3.0],
    ]  # fmt: skip
    (document,) = documents(xlsx(rows, merged=("A4:A5",)))
    assert document.text.split("\n") == [
        "某公司岗位表", "部门\t岗位名称\t岗位职责\t权重", "仓储部\t主管\t1、收货", "2、盘点\t25%", "司机\t开车\t3"
    ]  # fmt: skip
    cells = [
        (document.text[b.start : b.end], b.row, b.column, b.rows) for b in document.blocks if b.kind is BlockKind.CELL
    ]
    assert cells[4:] == [
        ("仓储部", 1, 0, 2), ("主管", 1, 1, 1), ("1、收货\n2、盘点", 1, 2, 1), ("25%", 1, 3, 1), ("司机", 2, 1, 1), ("开车", 2, 2, 1), ("3", 2, 3, 1)
    ]  # fmt: skip


def test_a_table_of_advertisements_is_records_and_other_sheets_are_documents() -> None:
    adverts: list[list[object]] = [
        ["公司名称", "职位名称", "职位描述", "日期"], ["甲公司", "会计", "负责总账和报税。", ""], ["乙公司", "司机", "负责开车和洗车。", ""]
    ]  # fmt: skip
    found = documents(xlsx(adverts, [["岗位名称", "保安"], ["岗位职责", "巡逻"]], adverts))
    assert [document.doc_id for document in found] == [f"a#{number}" for number in range(1, 6)]
    assert found[0].text == "公司名称：甲公司\n岗位名称：会计\n负责总账和报税。"
    assert found[2].text == "岗位名称\t保安\n岗位职责\t巡逻"
    assert found[4].title == "司机"


def test_named_columns_make_records() -> None:
    rows: list[list[object]] = [["甲", "乙"], ["会计", "负责总账。"]]
    (document,) = documents(xlsx(rows), columns=RecordColumns(text="乙", title="甲"))
    assert document.text == "岗位名称：会计\n负责总账。"


def test_hidden_sheets_are_left_out_and_noted() -> None:
    def hide(book: xlsxwriter.Workbook) -> None:
        book.worksheets()[1].hide()

    (document,) = documents(xlsx([["岗位", "会计"]], [["选项", "甲"]], more=hide))
    assert document.text == "岗位\t会计"
    assert [(note.code, note.message) for note in document.notes] == [("hidden", "left out: the hidden sheet Sheet2")]


def test_old_workbooks() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("岗位表")
    sheet.write_merge(0, 0, 0, 2, "岗位说明书")
    percent = xlwt.easyxf(num_format_str="0%")
    sheet.write(1, 0, "岗位名称")
    sheet.write(1, 1, "会计")
    sheet.write(1, 2, datetime.date(2024, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 0, "准确率")
    sheet.write(2, 1, 0.98, percent)
    sheet.write(2, 2, True)
    out = io.BytesIO()
    book.save(out)
    (document,) = documents(out.getvalue())
    assert document.media_type == "application/vnd.ms-excel"
    assert document.text == "岗位说明书\n岗位名称\t会计\t2024-03-01\n准确率\t98%\t是"


def test_an_empty_workbook_is_empty() -> None:
    (document,) = documents(xlsx([]))
    assert (document.status, document.error) == ("empty", "")


@pytest.mark.parametrize("cell", ['<c r="XFD1048576"><v>1</v></c>', "<c r='XFD1048576' t='s'><v>0</v></c>"])
def test_a_cell_far_out_is_refused_before_the_library_sees_it(cell: str) -> None:
    data = changed(
        xlsx([["岗位", "会计"]]),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f'<row r="1048576">{cell}</row></sheetData>',
    )
    started = time.process_time()
    (document,) = documents(data)
    assert (document.status, document.text) == ("failed", "")
    assert "limit: places" in document.error
    assert time.process_time() - started < 1


def test_a_cell_far_out_that_is_only_formatted_does_no_harm() -> None:
    data = changed(
        xlsx([["岗位", "会计"]]),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    )
    (document,) = documents(data)
    assert document.text == "岗位\t会计"


def test_merges_over_the_whole_sheet_and_lying_dimensions() -> None:
    data = xlsx([["岗位", "会计"], ["部门", "财务部"]], merged=("A2:B2",))
    data = changed(data, "xl/worksheets/sheet1.xml", 'mergeCell ref="A2:B2"', 'mergeCell ref="A2:XFD1048576"')
    data = changed(data, "xl/worksheets/sheet1.xml", '<dimension ref="[^"]*"', '<dimension ref="A1:A1"')
    (document,) = documents(data)
    assert document.text == "岗位\t会计\n部门"
    assert document.blocks[-1].columns == 2


def test_bombs_and_document_types_are_refused() -> None:
    data = xlsx([["岗位", "会计"]])
    bomb = changed(data, "xl/sharedStrings.xml", "</sst>", " " * (40 << 20) + "</sst>")
    doctype = changed(data, "xl/workbook.xml", "<workbook", '<!DOCTYPE w [<!ENTITY a "b">]><workbook')
    for hostile in (bomb, doctype, data[:200], data[:-300]):
        assert documents(hostile)[-1].status in ("failed", "partial")
    (document,) = documents(xlsx([["岗位", "会计" * 500]] * 200), Limits(unpacked=5000, ratio=1))
    assert document.status in ("failed", "partial")
