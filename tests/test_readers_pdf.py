"""PDF files: paragraphs made whole again, columns one after the other, ruled tables by their cells."""

from __future__ import annotations

import io
import time
import zlib

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from formats import as_pdf
from gangwei.model import BlockKind, Document
from gangwei.readers import Limits, read
from gangwei.readers.pdf_lines import GAP, Glyph, runs_of

LONG = "1、负责组织公司仓库的收货、上架、拣选、复核、发货等日常作业，保证各环节衔接顺畅，并处理作业中出现的各种异常情况"


def pdf(data: bytes, limits: Limits | None = None) -> Document:
    (document,) = read(data, source="a.pdf", doc_id="a.pdf", limits=limits or Limits())
    assert document.media_type == "application/pdf"
    return document


def test_wrapped_lines_are_whole_and_items_stay_apart() -> None:
    lines = ["岗位职责：", LONG, "2、盘点库存", "任职要求：大专以上"]
    assert pdf(as_pdf([*lines])).text.split("\n") == lines


def test_a_line_is_read_from_the_left_whatever_the_order_in_the_file() -> None:
    """What a font lacks comes from another one, and may be written behind the rest of its line."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("STSong-Light", 12)
    for place, text in ((72, "说明："), (120, "授权范围"), (180, "栏由负责人批准"), (108, "“"), (168, "”")):
        canvas.drawString(place, 700, text)
    canvas.save()
    assert pdf(out.getvalue()).text.replace(" ", "") == "说明：“授权范围”栏由负责人批准"


def test_the_gap_between_chinese_and_digits_is_no_blank() -> None:
    """Word processors leave it; where blanks do not stand in the file, gaps between words are still blanks."""

    def line(*words: str) -> list[Glyph]:
        glyphs: list[Glyph] = []
        left = 0.0
        for word in words:
            for character in word:
                glyphs.append(Glyph(character, left, 0, left + 10, 12))
                left += 10
            glyphs.append(Glyph(GAP, left - 1, 6, left - 1, 6))
            left += 3
        return glyphs

    assert [run.text for run in runs_of(line("满", "3", "年以上", "A", "照"))] == ["满3年以上A照"]
    assert [run.text for run in runs_of(line("店长职责", "篇", "一", "of", "two"))] == ["店长职责 篇 一of two"]


def test_a_ruled_table_is_read_by_its_cells() -> None:
    table = [["岗位名称", "仓储主管", "部门"], ["岗位职责", f"{LONG}\n2、盘点", "仓储部"], ["备注", "", "无"]]
    document = pdf(as_pdf(["上文", table, "下文"]))
    cells = [(document.text[b.start : b.end], b.row, b.column) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells == [(text, y, x) for y, row in enumerate(table) for x, text in enumerate(row)]
    assert document.text.startswith("上文\n岗位名称\t仓储主管\t部门\n")
    assert document.text.endswith("备注\t\t无\n下文")


def test_a_table_over_two_pages_is_one() -> None:
    table = [["岗位", "职责"], *([f"岗位{number}", "收货、上架、拣选、复核"] for number in range(60))]
    document = pdf(as_pdf([table]))
    assert {block.table for block in document.blocks} == {0}
    assert [line.split("\t")[0] for line in document.text.split("\n")] == [row[0] for row in table]


def test_columns_are_read_one_after_the_other() -> None:
    lines = [f"{number}、这一栏里的职责写得很长，要折成两行才放得下，读的时候先左后右" for number in range(1, 41)]
    assert pdf(as_pdf([*lines], columns=2)).text.split("\n") == lines


def test_heads_and_numbers_of_pages_are_left_out() -> None:
    lines = [f"{number}、第{number}项工作内容，按时完成并做好记录" for number in range(1, 121)]
    document = pdf(as_pdf([*lines], head="青禾物流岗位说明书汇编"))
    assert document.text.split("\n") == lines
    assert {note.code for note in document.notes} == {"furniture"}


def picture(pages: int, text: str = "") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.drawInlineImage(Image.new("L", (80, 40)), 100, 500)
        canvas.showPage()
    if text:
        canvas.drawString(100, 500, text)
    canvas.save()
    return out.getvalue()


def test_pictures_without_text_are_empty_with_a_note() -> None:
    document = pdf(picture(2))
    assert (document.status, document.error) == ("empty", "")
    assert [note.code for note in document.notes] == ["picture"]
    document = pdf(picture(2, "Duties: invoices"))
    assert (document.text, document.status) == ("Duties: invoices", "partial")
    assert "pages of pictures without text (1, 2) were not read" in document.error


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_that_are_turned(angle: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800))
    canvas.setPageRotation(angle)
    across, down = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[angle], {90: (1, 0), 180: (0, 1), 270: (-1, 0)}[angle]
    for line, text in enumerate(["Title: accountant", "Duties: invoices"]):
        canvas.saveState()
        canvas.translate(300 + 30 * line * down[0], 400 + 30 * line * down[1])
        canvas.rotate({(0, 1): 90, (-1, 0): 180, (0, -1): 270}[across])
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    canvas.save()
    assert pdf(out.getvalue()).text == "Title: accountant\nDuties: invoices"


def test_broken_and_locked_files_say_so() -> None:
    whole = as_pdf(["岗位职责：", LONG])
    for data in (whole[:300], b"%PDF-1.7\n%%EOF", b"%PDF-1.4" + bytes(1000)):
        document = pdf(data)
        assert (document.status, document.text) == ("failed", "")
        assert "damaged" in document.error
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(100, 500, "Duties")
    canvas.save()
    assert "a PDF file with a password" in pdf(out.getvalue()).error


def test_limits_and_bombs() -> None:
    data = as_pdf([LONG] * 200)
    assert "limit: pages" in pdf(data, Limits(pages=1)).error
    assert "limit: characters" in pdf(data, Limits(characters=100)).error
    stream = zlib.compress(b" " * (60 << 20), 9)
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    bomb = head + b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
    bomb += b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (
        len(stream),
        stream,
    )
    started = time.process_time()
    assert pdf(bomb).status in ("empty", "failed")
    assert time.process_time() - started < 5
