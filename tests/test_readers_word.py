"""Word documents: what a person sees on the page is what is read."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import product
from pathlib import Path
from threading import Thread

import pytest

from formats import W, packed, paragraph, word_file
from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read
from gangwei.readers.numerals import numeral


def word(body: str, limits: Limits | None = None, **parts: str) -> Document:
    (document,) = read(word_file(body, **parts), source="a.docx", doc_id="a.docx", limits=limits or Limits())
    assert document.media_type.endswith("wordprocessingml.document")
    return document


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, style: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def places(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [
        (document.text[b.start : b.end], b.row, b.column, b.rows, b.columns)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    ]


def test_numerals_stand_before_their_paragraphs_as_word_shows_them() -> None:
    lists = numbering(
        level(0, "chineseCountingThousand", "第%1条"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "（%3）", '<w:suff w:val="nothing"/>'),
    )
    body = numbered("总则") + numbered("目的", level=1) + numbered("范围", level=1) + numbered("细则", level=2)
    body += paragraph("空行不计") + numbered("", level=0) + numbered("职责") + numbered("收货", level=1)
    assert word(body, numbering=lists).text.split("\n") == [
        "第一条 总则", "一.1 目的", "一.2 范围", "（1）细则", "空行不计", "", "第二条 职责", "二.1 收货",
    ]  # fmt: skip


def test_legal_numbers_restarts_and_lists_that_share_their_numbers() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    lists = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), nums=nums)
    body = numbered("甲") + numbered("乙", 2) + numbered("丙", 2, 1) + numbered("丁", 3) + numbered("戊", 3)
    assert word(body, numbering=lists).text.split("\n") == ["一、 甲", "二、 乙", "2.1 丙", "一、 丁", "二、 戊"]


def test_styles_number_and_head_and_what_they_inherit() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop"/></w:style>'
    )
    body = (
        paragraph("会计", '<w:pStyle w:val="mine"/>')
        + paragraph("负责总账。", '<w:pStyle w:val="loop"/>')
        + paragraph("出纳", '<w:pStyle w:val="1"/>')
        + paragraph("无号", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    document = word(body, styles=styles, numbering=numbering(level(0, "decimal", "%1.")))
    assert document.text.split("\n") == ["1. 会计", "负责总账。", "2. 出纳", "无号"]
    assert [(b.kind, b.level) for b in document.blocks] == [
        (BlockKind.HEADING, 1), (BlockKind.PARAGRAPH, 0), (BlockKind.HEADING, 1), (BlockKind.HEADING, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("decimal", "11"), ("decimalZero", "11"), ("chineseCounting", "十一"), ("japaneseCounting", "十一"), ("ideographDigital", "一一"),
        ("chineseLegalSimplified", "拾壹"), ("upperLetter", "K"), ("lowerRoman", "xi"), ("decimalEnclosedCircle", "⑪"),
        ("decimalFullWidth", "１１"), ("ideographTraditional", "甲"), ("custom", "11"), ("none", ""),
    ],
)  # fmt: skip
def test_styles_of_numerals(style: str, shown: str) -> None:
    assert numeral(11, style) == shown


def test_cells_stand_in_their_grid_with_what_they_span() -> None:
    span = '<w:gridSpan w:val="3"/>'
    body = table(
        cell("岗位名称") + cell("会计") + cell("部门") + cell("财务部"),
        cell("职责", '<w:vMerge w:val="restart"/>') + cell("1、开票", span),
        cell("", "<w:vMerge/>") + cell("2、对账", span),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("备注", span),
    )
    document = word(body)
    assert document.text == "岗位名称\t会计\t部门\t财务部\n职责\t1、开票\n2、对账\n备注"
    assert places(document)[4:] == [
        ("职责", 1, 0, 2, 1),
        ("1、开票", 1, 1, 1, 3),
        ("2、对账", 2, 1, 1, 3),
        ("备注", 3, 1, 1, 3),
    ]


def test_tables_in_cells_and_tables_that_only_frame() -> None:
    inner = table(cell("开票") + cell("每日"), cell("对账") + cell("每月"))
    document = word(table(cell("职责") + f"<w:tc>{paragraph('如下：')}{inner}</w:tc>"))
    assert [place[0] for place in places(document)] == ["职责", "如下：\n开票 每日\n对账 每月"]
    framed = word(table(f"<w:tc>{paragraph('会计岗位说明书')}{inner}</w:tc>"))
    assert framed.text == "会计岗位说明书\n开票\t每日\n对账\t每月"
    assert places(framed)[-1] == ("每月", 1, 1, 1, 1)


def test_cells_in_content_controls_and_several_tables_in_a_row() -> None:
    body = table("<w:sdt><w:sdtContent>" + cell("岗位") + "</w:sdtContent></w:sdt>" + cell("会计")) * 2
    document = word(body)
    assert document.text == "岗位\t会计\n岗位\t会计"
    assert [block.table for block in document.blocks] == [0, 0, 1, 1]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('直接上级：财务经理')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>" + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>岗位：会计</w:t></w:r></w:p>"
    )
    assert word(body).text == "岗位：会计\n直接上级：财务经理"
    assert word(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>").text == "直接上级：财务经理"


def test_changes_stand_as_accepted_and_what_is_not_text_is_none() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>职</w:t></w:r></w:hyperlink>"
        "<w:r><w:ruby><w:rt><w:r><w:t>zé</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>责</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        '<w:r><w:tab/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:br/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    )
    assert word(body).text == "新来职责\ta-b\nc☑"


def test_page_heads_footnotes_and_hidden_text_are_left_out_and_noted() -> None:
    body = paragraph("职责：开票") + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>"
    document = word(body, header=paragraph("内部资料"), footnotes=paragraph("见制度"))
    assert document.text == "职责：开票"
    assert [(note.code, note.message) for note in document.notes] == [
        ("hidden", "left out (1 characters): 密"),
        ("footnote", "left out (footnotes, 3 characters): 见制度"),
        ("furniture", "left out (header, 4 characters): 内部资料"),
    ]
    assert document.status == "ok"


def test_what_stands_before_a_fault_is_read() -> None:
    whole = word_file(paragraph("岗位：会计") + paragraph("职责：开票") * 2000)
    for data in (whole[: len(whole) * 2 // 3], whole[:-30]):
        (document,) = read(data, source="a", doc_id="a")
        assert document.status in ("partial", "failed")
        assert "cut off or damaged" in document.error or document.status == "failed"
    assert document.text.startswith("岗位：会计\n职责：开票")


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(nodes=50), "limit: nodes"), (Limits(cells=5), "limit: cells"), (Limits(unpacked=1000, ratio=1), "limits: unpacked, ratio"),
        (Limits(members=3), "the part word/document.xml is missing"), (Limits(bytes=3000), "limit: bytes"), (Limits(characters=50), "limit: characters"),
    ],
)  # fmt: skip
def test_limits_cut_and_say_so(limits: Limits, why: str) -> None:
    document = word(table(*[cell("开票") + cell("对账") for _ in range(30)]), limits)
    assert document.status in ("partial", "failed")
    assert why in document.error


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY x "y">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    (document,) = read(packed({"word/document.xml": xml.encode(encoding)}), source="a", doc_id="a")
    assert document.status == "failed"
    assert "declares a document type" in document.error


def test_nothing_outside_the_file_is_looked_at(tmp_path: Path) -> None:
    """Pictures, templates and parts of the text that lie elsewhere: no one asks for them, and the text is read."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "secret.xml").write_text(f'<w:ftr xmlns:w="{W}"><w:p><w:r><w:t>机密</w:t></w:r></w:p></w:ftr>', "utf-8")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        web = f"http://127.0.0.1:{server.server_port}"
        kinds = ("image", "attachedTemplate", "footer", "styles", "numbering", "aFChunk", "oleObject", "diagramData")
        places = (
            web,
            (tmp_path / "secret.xml").as_uri(),
            str(tmp_path / "secret.xml"),
            "../" * 20 + str(tmp_path / "secret.xml"),
        )
        relations = "".join(
            f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{place}/{kind}" TargetMode="{mode}"/>'
            for n, (kind, place, mode) in enumerate(product(kinds, places, ("External", "Internal")))
        )
        made: dict[str, str | bytes] = {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("职务：会计")}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        }
        (found,) = read(packed(made), source="a.docx", doc_id="a.docx")
        server.shutdown()
    assert found.text == "职务：会计"
    assert not any("机密" in note.message for note in found.notes)
    assert asked == []


def test_deep_nesting_ends_somewhere() -> None:
    deep = "<w:sdt>" * 30_000 + "</w:sdt>" * 30_000
    document = word(paragraph("职责：开票") + f"<w:p>{deep}</w:p>" + deep + f"<w:tbl><w:tr>{deep}</w:tr></w:tbl>")
    assert (document.text, document.status) == ("职责：开票", "partial")
    assert "deep" in document.error
