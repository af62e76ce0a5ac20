"""PDF files -> a document: text in the order of reading, ruled tables by their cells; the only import of pypdfium2."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.pdf_lines import GAP, Glyph
from gangwei.readers.pdf_pages import Sheet, document_of_sheets, sheet_of
from gangwei.readers.ruled import Rule, tables_of
from gangwei.readers.source import Source, storable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage


def read_pdf(source: Source) -> Iterator[Document]:
    """The one document of a PDF file."""
    file = _opened(source.data)
    faults: list[str] = []
    sheets: list[Sheet] = []
    left = source.limits.characters + 1
    try:
        count = len(file)
        if count > source.limits.pages:
            faults.append(f"more than {source.limits.pages} pages, the rest was not read (limit: pages)")
        for number in range(min(count, source.limits.pages)):
            sheet = _sheet(file, number, left)
            if sheet is None:
                faults.append(f"page {number + 1} is damaged")
                continue
            sheets.append(sheet)
            left -= sum(len(run.text) for run in sheet.runs)
            left -= sum(len(cell.text) for table in sheet.tables for row in table.rows for cell in row)
            if left <= 0:
                break
    finally:
        file.close()
    yield document_of_sheets(source, sheets, faults)


def _opened(data: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if "assword" in str(error):
            raise ReadError("a PDF file with a password; take the password off and save it again") from None
        raise ReadError(f"the PDF file is damaged ({error}); open it in its program and print it to PDF anew") from None


def _sheet(file: PdfDocument, number: int, most: int) -> Sheet | None:
    from pypdfium2 import PdfiumError

    try:
        page = file[number]
    except PdfiumError:
        return None
    try:
        turn = _Turn(page)
        objects = list(islice(page.get_objects(max_depth=1), _MOST_OBJECTS))
        rules = [rule for shape in objects for rule in _rules(shape.raw, turn)]
        has_picture = any(_is_picture(shape.raw) for shape in objects)
        return sheet_of(list(_glyphs(page, turn, most)), tables_of(rules), has_picture=has_picture)
    except PdfiumError:
        return None
    finally:
        page.close()


class _Turn:
    """Places of the file, which count upwards from the lower left, as those of the page as it is shown."""

    def __init__(self, page: PdfPage) -> None:
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_bbox()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y - self._bottom, x - self._left
        if self._rotation == 180:
            return self._right - x, y - self._bottom
        if self._rotation == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


def _glyphs(page: PdfPage, turn: _Turn, most: int) -> Iterator[Glyph]:
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        half = 0
        x, y = -1.0, -1.0  # a blank stands where the character before it does
        for place in range(min(text.count_chars(), most)):
            code = raw.FPDFText_GetUnicode(text.raw, place)
            if 0xD800 <= code < 0xDC00:  # the first half of a character
                half = code
                continue
            code, half = (
                (0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half and 0xDC00 <= code < 0xE000 else code),
                0,
            )
            character = storable(chr(code)) if 0 < code < 0x110000 else ""
            if raw.FPDFText_GetLooseCharBox(text.raw, place, ctypes.byref(box)) and character > " ":
                (x0, y0), (x1, y1) = turn(box.left, box.top), turn(box.right, box.bottom)
                x, y = max(x0, x1), (y0 + y1) / 2
                yield Glyph(character, min(x0, x1), min(y0, y1), x, max(y0, y1))
            elif character == " ":
                guessed = raw.FPDFText_IsGenerated(text.raw, place) == 1
                yield Glyph(GAP if guessed else " ", x - 1, y, x - 1, y)
    finally:
        text.close()


def _rules(shape: ctypes.c_void_p, turn: _Turn) -> Iterator[Rule]:
    """The lines across and down that a shape draws: strokes, edges of rectangles, bars."""
    from pypdfium2 import raw

    if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_PATH:
        return
    count = raw.FPDFPath_CountSegments(shape)
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(shape, ctypes.byref(matrix)):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for place in range(min(count, _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, place)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        here = turn(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)
        last = here


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    """The line between two points, if it goes across or down and is long enough to be a border."""
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(width, height) <= _BENT and max(width, height) >= _SHORTEST:
        x, y = min(one[0], other[0]), min(one[1], other[1])
        yield Rule(x, y, x + width, y) if width > height else Rule(x, y, x, y + height)


def _is_picture(shape: ctypes.c_void_p) -> bool:
    from pypdfium2 import raw

    return bool(raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_IMAGE)


_MOST_OBJECTS: Final = 50_000
_MOST_SEGMENTS: Final = 10_000
_BENT: Final = 1.0  # points by which a line may lean
_SHORTEST: Final = 5.0
