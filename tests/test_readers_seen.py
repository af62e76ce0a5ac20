"""What a person sees of a file and what is read of it: numerals, merged cells, boxes, and nothing that is not shown.

`tests/beside.py` puts both side by side, as pictures.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formats import packed
from gangwei.model import BlockKind, Document
from gangwei.readers import read
from rich_files import rich_docx, rich_pptx, rich_xlsx

SAVED = Path(__file__).parent / "files" / "rich"  # by LibreOffice (office_files.py)
FORM = [
    ("岗位名称", 0, 0, 1, 1), ("仓储主管", 0, 1, 1, 1), ("所属部门", 0, 2, 1, 1), ("物流部", 0, 3, 1, 1),
    ("直接上级", 1, 0, 1, 1), ("物流经理", 1, 1, 1, 3),
    ("岗位职责", 2, 0, 2, 1), ("收货", 2, 1, 1, 1), ("1． 核对送货单\n2． 登记入库", 2, 2, 1, 2),
    ("发货", 3, 1, 1, 1), ("3． 按单备货\n当日发出", 3, 2, 1, 2),
    ("考核指标", 4, 0, 1, 1), ("盘点准确率 99%以上\n发货及时率 98%以上", 4, 1, 1, 3),
]  # fmt: skip
BEHIND = [
    "二、 任职要求", "（一） 学历", "1. 大专以上，物流专业", "（二） 经验", "1. 三年以上仓储管理经验", "三、 工作权限",
    "• 有权拒收不合格品", "• 有权调配库区人员", "协作关系：见右框", "内部：采购部", "外部：承运商", "第一条 本制度自发布之日起执行",
    "第二条 本制度由物流部解释", "每月末盘点库存，差异三日内查明。", "联系：物流部办公室",
]  # fmt: skip
ASIDE = {
    "脚注：差异指账实不符": "footnote",
    "批注：请核实天数": "left_out",
    "页眉：青禾仓储有限公司": "furniture",
    "隐藏的话": "hidden",
}


def one(data: bytes) -> Document:
    (document,) = read(data, source="a", doc_id="a")
    assert (document.status, document.error) == ("ok", "")
    return document


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.start : b.end], b.row, b.column, b.rows, b.columns)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    ]


def lines_behind(document: Document) -> list[str]:
    """The lines behind the table, blanks and bullets alike in all formats."""
    last = max(block.end for block in document.blocks if block.kind is BlockKind.CELL)
    lines = (re.sub(r"[\t ]+", " ", line) for line in document.text[last:].splitlines())
    return [line.replace("●", "•") for line in lines if line]


def noted(document: Document) -> dict[str, str]:
    return {text: note.code for text in ASIDE for note in document.notes if text in note.message}


def test_a_word_file() -> None:
    document = one(rich_docx())
    assert document.text.startswith("岗位说明书\n一、 岗位概况\n岗位名称\t仓储主管")
    assert cells(document) == FORM
    assert lines_behind(document) == [*BEHIND, "编制人：张某", "审核人："]
    assert noted(document) == ASIDE
    assert any("单击此处输入文字" in note.message for note in document.notes)  # what an empty field of a form says


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_the_same_as_libreoffice_saves_it(kind: str) -> None:
    document = one((SAVED / f"rich.{kind}").read_bytes())
    assert cells(document) == FORM
    # In a .doc boxes stand behind the body.
    assert sorted(lines_behind(document)) == sorted(BEHIND)
    assert noted(document) == ASIDE


def test_changes_in_a_page() -> None:
    document = one("<html><body><p>每月<ins>末</ins><del>初</del>盘点库存</p></body></html>".encode())
    assert document.text == "每月末盘点库存"
    assert [note.message for note in document.notes] == ["left out (1 characters): 初"]


def test_a_deck() -> None:
    document = one(rich_pptx())
    assert document.text.splitlines() == [
        "仓储主管岗位职责", "收货", "核对送货单", "登记入库", "发货", "按单备货", "当日发出", "盘点", "每月盘点", "查明差异",
        "直接上级\t物流经理", "", "岗位名称\t仓储主管", "考核指标\t盘点准确率\t99%以上", "发货及时率\t98%以上", "任职要求\t大专以上",
        "一. 有权拒收不合格品", "二. 有权调配库区人员", "", "业务量",
    ]  # fmt: skip
    assert cells(document)[1:4] == [("仓储主管", 0, 1, 1, 2), ("考核指标", 1, 0, 2, 1), ("盘点准确率", 1, 1, 1, 1)]
    assert [(note.code, note.message) for note in document.notes] == [
        ("left_out", "the speaker's notes of slide 1 were not read"),
        ("hidden", "left out (slide 1, 5 characters): 看不见的框"),
        ("left_out", "the charts of slide 3 were not read"),
        ("hidden", "left out: the hidden slide 4"),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_sheet(kind: str) -> None:
    document = one(rich_xlsx() if kind == "xlsx" else (SAVED / "rich.xls").read_bytes())
    assert document.text.splitlines() == [
        "岗位说明书", "岗位名称\t仓储主管\t所属部门\t物流部", "直接上级\t物流经理", "岗位职责\t收货\t1、核对送货单", "2、登记入库",
        "发货\t1、按单备货", "2、当日发出", "考核指标\t盘点准确率\t99%\t每月", "生效日期\t2024-03-01\t\t", "定员\t3\t\t", "说明：本表由物流部填写",
    ]  # fmt: skip
    assert [(note.code, note.message) for note in document.notes] == [
        ("hidden", "left out: hidden rows of the sheet 仓储主管 (1, the first is row 9)"),
        ("hidden", "left out: hidden columns of the sheet 仓储主管 (the first is column 6)"),
        ("left_out", "remarks on cells of the sheet 仓储主管 were not read (1)"),
        ("hidden", "left out: the hidden sheet 参数"),
    ]


def test_rows_that_a_filter_hides_are_read() -> None:
    """Whoever set it wanted to look at some of them, not to take the others away."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"

    def row(number: int, text: str, hidden: int = 0) -> str:
        return f'<row r="{number}" hidden="{hidden}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c><c r="B{number}" t="inlineStr"><is><t>值</t></is></c></row>'

    sheet = f'<worksheet xmlns="{space}"><sheetPr filterMode="1"/><sheetData>{row(1, "岗位")}{row(2, "会计", 1)}</sheetData></worksheet>'
    document = one(
        packed(
            {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
                "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
                "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
                "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{kinds}"><sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets></workbook>',
                "xl/worksheets/sheet1.xml": sheet,
            }
        )
    )
    assert document.text == "岗位\t值\n会计\t值"
    assert [note.message for note in document.notes] == [
        "read though a filter hides them: hidden rows of the sheet 甲 (1, the first is row 2)"
    ]
