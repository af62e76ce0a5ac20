"""Files of office formats made for tests: from lines and tables by the libraries that write them, or XML by hand."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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


# Containers and Word files of before 2007, by hand: no library writes them.


def ole_file(streams: dict[str, bytes]) -> bytes:
    """A container with these streams at its top; each is padded beyond what would be kept in small sectors."""
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        first = len(sectors)
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    none = 0xFFFFFFFF
    entries = [_entry("Root Entry", 5, 1, none, 0xFFFFFFFE, 0)]
    for number, (name, content) in enumerate(streams.items(), 1):
        start = add(content.ljust(4096, b"\0"))
        right = number + 1 if number < len(streams) else none
        entries.append(_entry(name, 2, none, right, start, max(len(content), 4096)))
    directory = add(b"".join(entries).ljust(512, b"\0"))
    n_tables = (len(sectors) + 130) // 127
    places = list(range(len(sectors), len(sectors) + n_tables))
    table += [0xFFFFFFFD] * n_tables
    table += [none] * (n_tables * 128 - len(table))
    head = (
        MAGIC
        + bytes(16)
        + struct.pack(
            "<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, n_tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
        )
    )
    head += struct.pack("<109I", *places, *[none] * (109 - n_tables))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ", len(encoded), kind, 1, none, right, child if kind == 5 else none, start, size
    )


def doc_file(paragraphs: list[tuple[str, bytes]], lists: list[list[tuple[int, str]]] = []) -> bytes:  # noqa: B006  (is not changed)
    """A .doc of these paragraphs, each with its mark and its properties, and of lists: numeral's style and text by level."""
    text = "".join(content for content, _ in paragraphs)
    main = bytearray(0x400)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<I", main, 0x4C, len(text))
    main += text.encode("utf-16-le")
    main += bytes(-len(main) % 512)
    page, offsets, at = bytearray(512), [0x400], 511
    places = bytearray()
    for content, properties in paragraphs:
        offsets.append(offsets[-1] + 2 * len(content))
        body = b"\0\0" + properties
        body = bytes([0, (len(body) + 1) // 2]) + body + bytes(len(body) % 2)
        at = (at - len(body)) // 2 * 2
        page[at : at + len(body)] = body
        places += bytes([at // 2]) + bytes(12)
    heads = struct.pack(f"<{len(offsets)}I", *offsets) + places
    page[: len(heads)] = heads
    assert len(heads) <= at, "too many paragraphs for one page of properties"
    page[511] = len(paragraphs)
    number = len(main) // 512
    main += page
    table = bytearray()

    def add(place: int, content: bytes, size: int | None = None) -> None:
        struct.pack_into("<II", main, place, len(table), len(content) if size is None else size)
        table.extend(content)

    pieces = struct.pack("<IIHIH", 0, len(text), 0, 0x400, 0)
    add(0x1A2, b"\2" + struct.pack("<I", len(pieces)) + pieces)
    add(0x102, struct.pack("<III", offsets[0], offsets[-1], number))
    if lists:
        entries = b"".join(struct.pack("<II18xBB", key, 0, 0, 0) for key in range(1, len(lists) + 1))
        levels = b""
        for told in lists:
            for depth in range(9):
                style, shown = told[depth] if depth < len(told) else (255, "")
                levels += struct.pack("<iBB9xB8x4B", 1, style, 0, 0, 0, 0, 0, 0)
                encoded = re.sub("%([1-9])", lambda found: chr(int(found[1]) - 1), shown)
                levels += struct.pack("<H", len(encoded)) + encoded.encode("utf-16-le")
        add(0x2E2, struct.pack("<H", len(lists)) + entries + levels, 2 + len(entries))
        numbers = b"".join(struct.pack("<I12x", key) for key in range(1, len(lists) + 1))
        add(0x2EA, struct.pack("<I", len(lists)) + numbers)
    return ole_file({"WordDocument": bytes(main), "1Table": bytes(table)})


IN_TABLE = b"\x16\x24\x01"


def in_list(number: int, level: int = 0) -> bytes:
    """Properties of a paragraph of a .doc that stands in a list."""
    return b"\x0a\x26" + bytes([level]) + b"\x0b\x46" + struct.pack("<H", number)


def row_end(borders: list[int], merged: list[int] | None = None) -> bytes:
    """Properties of the mark that ends a row of a .doc; `merged` are the flags of its cells."""
    cells = b"".join(struct.pack("<H18x", flags) for flags in merged or [])
    value = bytes([len(borders) - 1]) + struct.pack(f"<{len(borders)}h", *borders) + cells
    return IN_TABLE + b"\x17\x24\x01\x08\xd6" + struct.pack("<H", len(value) + 1) + value
