"""Files of office formats made for tests: from lines and tables by the libraries that write them, or XML by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    """A .docx with this body; `parts` are numbering, styles, footnotes, header by their content."""
    kinds = [f'<Relationship Id="r{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts]
    return packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_KINDS}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{"".join(kinds)}</Relationships>',
            "word/document.xml": _word("document", f"<w:body>{body}</w:body>"),
            **{f"word/{kind}.xml": _word(kind, content) for kind, content in parts.items()},
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a .docx in one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _word(root: str, content: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        f'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{content}</w:{root}>'
    )


# The same content in each format: lines of text, and tables as lists of rows.

Table = list[list[str]]


def parts_of(text: str) -> list[str | Table]:
    """A text as lines and tables: neighbouring lines between pipes or with tabs are one table."""
    parts: list[str | Table] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else line.split("\t")
        if len(cells) < 2 or not any(cells):
            parts.append(line)
        elif set("".join(cells)) <= set("-: "):
            continue  # the line below the head of a Markdown table
        elif parts and isinstance(parts[-1], list):
            parts[-1].append(cells)
        else:
            parts.append([cells])
    return parts


def as_docx(parts: list[str | Table]) -> bytes:
    """A Word file by python-docx."""
    from docx import Document

    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = max(map(len, part))
        table = document.add_table(len(part), width)
        for row, cells in enumerate(part):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell.replace("<br>", "\n")
    return _saved(document.save)


def as_pptx(parts: list[str | Table]) -> bytes:
    """A deck by python-pptx: a slide for each piece of text between tables, twenty lines at most in its box."""
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    lines: list[str] = []

    def end_slide(table: Table | None = None) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        if lines:
            slide.shapes.add_textbox(Cm(1), Cm(1), Cm(20), Cm(8)).text_frame.text = "\n".join(lines)
        lines.clear()
        if table:
            frame = slide.shapes.add_table(len(table), max(map(len, table)), Cm(1), Cm(10), Cm(20), Cm(5)).table
            for y, row in enumerate(table):
                for x, cell in enumerate(row):
                    frame.cell(y, x).text = cell.replace("<br>", "\n")

    for part in parts:
        if isinstance(part, str):
            lines.append(part)
        if not isinstance(part, str) or len(lines) >= 20:
            end_slide(None if isinstance(part, str) else part)
    end_slide()
    return _saved(deck.save)


def as_pdf(parts: list[str | Table], columns: int = 1, head: str = "") -> bytes:
    """A PDF by reportlab: lines wrapped as a word processor does, tables with rules, a head and a number on each page."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("text", fontName="STSong-Light", fontSize=11, leading=17, wordWrap="CJK")

    def written(text: str) -> Paragraph:
        return Paragraph(
            text.replace("&", "&amp;").replace("<br>", "\n").replace("<", "&lt;").replace("\n", "<br/>"), style
        )

    def draw_head(canvas: Canvas, _: object) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 800, head)
        canvas.drawString(290, 30, f"第 {canvas.getPageNumber()} 页" if head else "")

    flow: list[Flowable] = []
    for part in parts:
        if isinstance(part, str):
            flow.append(written(part) if part.strip() else Spacer(1, 17))
            continue
        width = max(map(len, part))
        rows = [[written(cell) for cell in row] + [""] * (width - len(row)) for row in part]
        table = Table(rows, colWidths=[(440 if columns == 1 else 205) / width] * width)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        flow.append(table)
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=(595, 842), invariant=1)
    each = 451 / columns - 12 * (columns - 1)
    frames = [Frame(72 + number * (451 / columns), 72, each, 698, id=str(number)) for number in range(columns)]
    template.addPageTemplates([PageTemplate(frames=frames, onPage=draw_head)])
    template.build(flow)
    return out.getvalue()


def as_xlsx(parts: list[str | Table]) -> bytes:
    """An Excel file by XlsxWriter: a line a row, its tables in the same sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    rows = [row for part in parts for row in ([[part]] if isinstance(part, str) else part)]
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write_string(y, x, cell.replace("<br>", "\n"))
    book.close()
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
