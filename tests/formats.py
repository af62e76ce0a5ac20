"""Files of office formats made for tests: from lines and tables by the libraries that write them, or XML by hand."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable

from gangwei.readers.ole import container

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


def web_record(page: bytes) -> bytes:
    """A record of a web archive: a page as its server answered it."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        b"WARC-Target-URI: https://example.com/jobs/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    ) % (len(answer), answer)


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
        table = document.add_table(len(part), width, style="Table Grid")
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


# Word files of before 2007, by hand: no library writes them.


def _property_pages(paragraphs: list[tuple[str, bytes]]) -> tuple[list[int], list[bytes]]:
    """The pages of a .doc that hold the properties of its paragraphs, and where the text of each begins."""
    pages: list[bytes] = []
    firsts, offset = [0x400], 0x400
    held: list[tuple[int, bytes]] = []  # where a paragraph ends, its properties

    def fits(more: int) -> bool:
        return 4 * (len(held) + 2) + 13 * (len(held) + 1) + sum(len(body) + 2 for _, body in held) + more + 3 < 511

    def end_page() -> None:
        page, at = bytearray(512), 511
        places = b""
        for _, body in held:
            at = (at - len(body)) // 2 * 2
            page[at : at + len(body)] = body
            places += bytes([at // 2]) + bytes(12)
        heads = struct.pack(f"<{len(held) + 1}I", firsts[-1], *(end for end, _ in held)) + places
        page[: len(heads)] = heads
        page[511] = len(held)
        firsts.append(held[-1][0])
        pages.append(bytes(page))
        held.clear()

    for content, properties in paragraphs:
        offset += 2 * len(content)
        body = b"\0\0" + properties
        body = bytes([0, (len(body) + 1) // 2]) + body + bytes(len(body) % 2)
        if held and not fits(len(body)):
            end_page()
        held.append((offset, body))
    end_page()
    return firsts, pages


def doc_file(paragraphs: list[tuple[str, bytes]], lists: list[list[tuple[int, str]]] = []) -> bytes:  # noqa: B006  (is not changed)
    """A .doc of these paragraphs, each with its mark and its properties, and of lists: numeral's style and text by level."""
    text = "".join(content for content, _ in paragraphs)
    main = bytearray(0x400)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<I", main, 0x4C, len(text))
    main += text.encode("utf-16-le")
    main += bytes(-len(main) % 512)
    firsts, pages = _property_pages(paragraphs)
    number = len(main) // 512
    main += b"".join(pages)
    table = bytearray()

    def add(place: int, content: bytes, size: int | None = None) -> None:
        struct.pack_into("<II", main, place, len(table), len(content) if size is None else size)
        table.extend(content)

    pieces = struct.pack("<IIHIH", 0, len(text), 0, 0x400, 0)
    add(0x1A2, b"\2" + struct.pack("<I", len(pieces)) + pieces)
    numbers = range(number, number + len(pages))
    add(0x102, struct.pack(f"<{len(firsts)}I{len(pages)}I", *firsts, *numbers))
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
        listed = b"".join(struct.pack("<I12x", key) for key in range(1, len(lists) + 1))
        add(0x2EA, struct.pack("<I", len(lists)) + listed)
    return container({"WordDocument": bytes(main), "1Table": bytes(table)})


IN_TABLE = b"\x16\x24\x01"


def in_list(number: int, level: int = 0) -> bytes:
    """Properties of a paragraph of a .doc that stands in a list."""
    return b"\x0a\x26" + bytes([level]) + b"\x0b\x46" + struct.pack("<H", number)


def row_end(borders: list[int], merged: list[int] | None = None) -> bytes:
    """Properties of the mark that ends a row of a .doc; `merged` are the flags of its cells."""
    cells = b"".join(struct.pack("<H18x", flags) for flags in merged or [])
    value = bytes([len(borders) - 1]) + struct.pack(f"<{len(borders)}h", *borders) + cells
    return IN_TABLE + b"\x17\x24\x01\x08\xd6" + struct.pack("<H", len(value) + 1) + value


def as_doc(parts: list[str | Table]) -> bytes:
    """A .doc: a paragraph for each line, tables with even columns."""
    paragraphs: list[tuple[str, bytes]] = []
    for part in parts:
        if isinstance(part, str):
            paragraphs.append((f"{part}\r", b""))
            continue
        width = max(map(len, part))
        for row in part:
            cells = [*row, *[""] * (width - len(row))]
            paragraphs += [(cell.replace("<br>", "\x0b") + "\a", IN_TABLE) for cell in cells]
            paragraphs.append(("\a", row_end([1000 * number for number in range(width + 1)])))
    return doc_file(paragraphs)


def as_rtf(parts: list[str | Table]) -> bytes:
    """Rich text: a paragraph for each line, tables with even columns."""

    def written(text: str) -> str:
        marks = {"\\": r"\\\\", "{": r"\{", "}": r"\}", "\t": r"\tab "}
        encoded = text.encode("utf-16-le")
        units = struct.unpack(f"<{len(encoded) // 2}H", encoded)
        return "".join(marks.get(chr(unit), chr(unit)) if unit < 0x80 else rf"\u{unit}?" for unit in units)

    out = [r"{\rtf1\ansi\ansicpg936\uc1 "]
    for part in parts:
        if isinstance(part, str):
            out.append(rf"\pard {written(part)}\par" + "\n")
            continue
        width = max(map(len, part))
        for row in part:
            out.append(r"\trowd" + "".join(rf"\cellx{1000 * (number + 1)}" for number in range(width)))
            cells = [*row, *[""] * (width - len(row))]
            out.append(
                r"\pard\intbl "
                + "".join(written(cell.replace("<br>", "\n")).replace("\n", r"\line ") + r"\cell " for cell in cells)
                + r"\row"
                + "\n"
            )
    return ("".join(out) + "}").encode("ascii")
