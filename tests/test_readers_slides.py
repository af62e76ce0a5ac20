"""Decks: boxes in the order in which a person reads a slide."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read

BLANK, TITLE_AND_CONTENT = 6, 1


class Deck:
    def __init__(self) -> None:
        self.file = Presentation()

    def slide(self, layout: int = BLANK) -> Slide:
        return self.file.slides.add_slide(self.file.slide_layouts[layout])

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def read(self, limits: Limits | None = None) -> Document:
        (document,) = read(self.bytes(), source="a.pptx", doc_id="a.pptx", limits=limits or Limits())
        assert document.media_type.endswith("presentationml.presentation")
        return document


def box(slide: Slide, text: str, left: float, top: float, width: float = 5, height: float = 1) -> None:
    slide.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height)).text_frame.text = text


def test_boxes_are_read_row_by_row_whatever_their_order_in_the_file() -> None:
    deck = Deck()
    slide = deck.slide()
    box(slide, "财务部", 8, 2.1)
    box(slide, "1、负责总账\n2、负责报税", 1, 4, 20, 3)
    box(slide, "会计", 8, 0.9)
    box(slide, "所属部门", 1, 2)
    box(slide, "岗位名称", 1, 1)
    assert deck.read().text == "岗位名称\t会计\n所属部门\t财务部\n1、负责总账\n2、负责报税"


def test_columns_and_cards() -> None:
    deck = Deck()
    slide = deck.slide()
    for left, name in ((1, "会计"), (9, "出纳")):
        box(slide, f"{name}的第一项\n{name}的第二项", left, 3, 6, 4)
        box(slide, name, left, 1, 6)
    assert deck.read().text == "会计\n会计的第一项\n会计的第二项\n出纳\n出纳的第一项\n出纳的第二项"
    deck = Deck()
    slide = deck.slide()
    box(slide, "右栏一行\n右栏又一行", 12, 1, 8, 6)
    for top, text in ((1, "左一"), (3, "左二"), (5, "左三")):
        box(slide, text, 1, top, 8)
    assert deck.read().text == "左一\n左二\n左三\n右栏一行\n右栏又一行"


def test_titles_places_from_the_layout_and_hidden_slides() -> None:
    deck = Deck()
    slide = deck.slide(TITLE_AND_CONTENT)
    slide.placeholders[1].text = "负责总账\n负责报税"
    slide.shapes.title.text = "会计岗位职责"
    slide.notes_slide.notes_text_frame.text = "讲的时候慢一点"
    box(slide, "内部资料", 1, 17)
    deck.slide()._element.set("show", "0")
    document = deck.read()
    assert document.text == "会计岗位职责\n负责总账\n负责报税\n内部资料"
    assert document.title == "会计岗位职责"
    assert document.blocks[0].kind is BlockKind.HEADING
    assert [note.message for note in document.notes] == [
        "the speaker's notes of slide 1 were not read", "left out: the hidden slide 2"
    ]  # fmt: skip


def test_tables_with_merged_cells_and_groups() -> None:
    deck = Deck()
    slide = deck.slide()
    group = slide.shapes.add_group_shape()
    for text, top in (("第二行", 3), ("第一行", 2)):
        group.shapes.add_textbox(Cm(1), Cm(top), Cm(4), Cm(0.8)).text_frame.text = text
    table = slide.shapes.add_table(3, 2, Cm(1), Cm(6), Cm(10), Cm(4)).table
    for y, row in enumerate([["部门", "岗位"], ["财务部", "会计"], ["", "出纳\n兼文员"]]):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document = deck.read()
    assert document.text == "第一行\n第二行\n部门\t岗位\n财务部\t会计\n出纳\n兼文员"
    cells = [
        (document.text[b.start : b.end], b.row, b.column, b.rows) for b in document.blocks if b.kind is BlockKind.CELL
    ]
    assert cells == [
        ("部门", 0, 0, 1),
        ("岗位", 0, 1, 1),
        ("财务部", 1, 0, 2),
        ("会计", 1, 1, 1),
        ("出纳\n兼文员", 2, 1, 1),
    ]


def test_numbered_paragraphs_show_their_numerals() -> None:
    deck = Deck()
    slide = deck.slide()
    box(slide, "负责总账\n凭证\n报表\n负责报税", 1, 1, 10, 5)
    frame = slide.shapes[0].text_frame
    for paragraph, level, kind in zip(
        frame.paragraphs,
        (0, 1, 1, 0),
        ("ea1ChsPeriod", "arabicParenBoth", "arabicParenBoth", "ea1ChsPeriod"),
        strict=True,
    ):
        paragraph.level = level
        properties = paragraph._p.get_or_add_pPr()
        properties.append(properties.makeelement(f"{{{properties.nsmap['a']}}}buAutoNum", {"type": kind}))
    assert deck.read().text == "一. 负责总账\n(1) 凭证\n(2) 报表\n二. 负责报税"


@pytest.mark.parametrize(
    ("limits", "why"), [(Limits(pages=2), "limit: pages"), (Limits(nodes=150), "limit: nodes"), (Limits(cells=2), "")]
)
def test_limits(limits: Limits, why: str) -> None:
    deck = Deck()
    for number in range(4):
        box(deck.slide(), f"第{number}页", 1, 1)
    deck.slide().shapes.add_table(2, 2, Cm(1), Cm(6), Cm(10), Cm(4)).table.cell(0, 0).text = "部门"
    document = deck.read(limits)
    assert why in document.error
    assert document.status in (("partial", "failed") if why else ("ok",))
