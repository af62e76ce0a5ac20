"""Office files that are one XML file: what programs that fill templates write under the names .doc and .xls."""

from __future__ import annotations

import io
import zipfile

import pytest

from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read
from rich_files import rich_docx, rich_pptx

SPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def one(data: bytes, name: str, limits: Limits | None = None) -> Document:
    (document,) = read(data, source=name, doc_id=name, limits=limits or Limits())
    return document


def cells(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.start : b.end], b.row, b.column, b.rows, b.columns)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    ]


def word_2003(body: str, encoding: str = "UTF-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?><?mso-application progid="Word.Document"?>'
    styles = '<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    text = f"{head}<w:wordDocument {SPACES}>{styles}<w:body><wx:sect>{body}<w:sectPr><w:hdr><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body></w:wordDocument>"
    return text.encode(encoding)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, mark: str) -> str:
    return p(text, f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{mark}"/></w:listPr>')


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "UTF-16"])
def test_word_2003(encoding: str) -> None:
    rows = "".join(
        f"<w:tr>{''.join(row)}</w:tr>"
        for row in [
            (f"<w:tc>{p('岗位名称')}</w:tc>", f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('仓储主管')}</w:tc>"),
            (f"<w:tc><w:tcPr><w:vmerge w:val='restart'/></w:tcPr>{p('岗位职责')}</w:tc>", f"<w:tc>{p('收货')}</w:tc>", f"<w:tc>{listed('核对', '1、')}</w:tc>"),
            (f"<w:tc><w:tcPr><w:vmerge/></w:tcPr>{p('')}</w:tc>", f"<w:tc>{p('发货')}</w:tc>", f"<w:tc>{listed('备货', '2、')}</w:tc>"),
        ]
    )  # fmt: skip
    deleted = '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>初</w:delText></w:r></aml:content></aml:annotation>'
    remark = '<w:r><aml:annotation w:type="Word.Comment"><aml:content><w:p><w:r><w:t>请核实</w:t></w:r></w:p></aml:content></aml:annotation></w:r>'
    note = "<w:r><w:footnote><w:p><w:r><w:t>指账实不符</w:t></w:r></w:p></w:footnote></w:r>"
    body = (
        p("岗位说明书", '<w:pStyle w:val="1"/>')
        + f"<w:tbl>{rows}</w:tbl>"
        + listed("每月盘点", "一、")
        + listed("有权拒收", "\uf06c")
        + f"<w:p><w:r><w:t>每月</w:t></w:r>{deleted}<w:r><w:t>末查明差异</w:t></w:r>{remark}{note}</w:p>"
    )
    if encoding == "GB2312":
        body = body.replace("\uf06c", "●")
    document = one(word_2003(body, encoding), "岗位.doc")
    assert (document.status, document.media_type) == ("ok", "application/x-word-2003+xml")
    assert document.text.splitlines() == [
        "岗位说明书", "岗位名称\t仓储主管", "岗位职责\t收货\t1、 核对", "发货\t2、 备货", "一、 每月盘点", "• 有权拒收", "每月末查明差异",
    ]  # fmt: skip
    assert cells(document)[1:3] == [("仓储主管", 0, 1, 1, 2), ("岗位职责", 1, 0, 2, 1)]
    assert document.blocks[0].kind is BlockKind.HEADING
    assert {note.code: note.message for note in document.notes} == {
        "left_out": "left out (3 characters): 请核实",
        "footnote": "left out (5 characters): 指账实不符",
    }


def flat(data: bytes) -> bytes:
    """A package as one XML file."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                content = archive.read(name).decode().partition("?>")
                parts.append(
                    f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content[2] or content[0]}</pkg:xmlData></pkg:part>'
                )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0" standalone="yes"?><pkg:package xmlns:pkg="{space}">{"".join(parts)}</pkg:package>'.encode()


@pytest.mark.parametrize("make", [rich_docx, rich_pptx])
def test_flat_packages(make: object) -> None:
    assert callable(make)
    packed = make()
    found, same = one(flat(packed), "a.doc"), one(packed, "a.docx")
    assert found.media_type == "application/x-flat-package+xml"
    assert (found.status, found.text, found.blocks) == ("ok", same.text, same.blocks)


def excel_2003(rows: str, more: str = "") -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = '<Styles><Style ss:ID="s1"><NumberFormat ss:Format="0%"/></Style></Styles>'
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">{styles}<Worksheet ss:Name="仓储"><Table><Column ss:Index="4" ss:Hidden="1"/>{rows}</Table></Worksheet>{more}</Workbook>'.encode()


def c(text: str, kind: str = "String", **more: object) -> str:
    told = " ".join(f'ss:{name}="{value}"' for name, value in more.items())
    return f'<Cell {told}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_excel_2003() -> None:
    rows = (
        f"<Row>{c('岗位说明书', MergeAcross=2)}</Row>"
        f"<Row ss:Index='3'>{c('岗位职责', MergeDown=1)}{c('收货')}{c('1、核对&#10;2、登记')}{c('藏')}</Row>"
        f"<Row>{c('发货', Index=2)}{c('备货')}</Row>"
        f"<Row>{c('准确率')}{c('0.99', 'Number', StyleID='s1')}{c('3', 'Number')}</Row>"
        f"<Row>{c('生效')}{c('2024-03-01T00:00:00.000', 'DateTime')}</Row>"
        f"<Row ss:Hidden='1'>{c('藏')}{c('行')}</Row>"
    )
    hidden = "<Worksheet ss:Name='参数'><Table><Row><Cell><Data ss:Type='String'>藏</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    document = one(excel_2003(rows, hidden), "岗位.xls")
    assert (document.status, document.media_type) == ("ok", "application/x-excel-2003+xml")
    assert document.text.splitlines() == [
        "岗位说明书", "岗位职责\t收货\t1、核对", "2、登记", "发货\t备货", "准确率\t99%\t3", "生效\t2024-03-01\t",
    ]  # fmt: skip
    assert ("岗位职责", 0, 0, 2, 1) in cells(document)
    assert [note.code for note in document.notes] == ["hidden", "hidden", "hidden"]


def test_records_in_excel_2003() -> None:
    rows = f"<Row>{c('公司名称')}{c('职位名称')}{c('职位描述')}</Row><Row>{c('甲公司')}{c('会计')}{c('负责总账和报税')}</Row>"
    (found,) = read(excel_2003(rows), source="a.xls", doc_id="a.xls")
    assert found.doc_id == "a.xls#1"
    assert "负责总账和报税" in found.text


def test_hostile_ones() -> None:
    far = f"<Row ss:Index='99999999'>{c('甲', Index=99999999)}</Row><Row>{c('乙')}</Row>"
    assert "places" in one(excel_2003(f"<Row>{c('丙')}</Row>{far}"), "a.xls").error
    wide = f"<Row>{c('甲', MergeAcross=99999999, MergeDown=99999999)}{c('乙', Index=2)}</Row>"
    assert one(excel_2003(wide), "a.xls").status == "ok"
    declared = word_2003(p("甲")).replace(
        b"<w:wordDocument", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:wordDocument'
    )
    assert one(declared, "a.doc").status == "failed"
    assert "document type" in one(declared, "a.doc").error
    cut = word_2003(p("职务：会计") + p("乙") * 9)
    found = one(cut[: len(cut) - 400], "a.doc")
    assert found.status == "partial"
    assert found.text.startswith("职务：会计")
    assert "limit: nodes" in one(word_2003(p("甲") * 500), "a.doc", Limits(nodes=100)).error
