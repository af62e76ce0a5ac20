"""A look at the cells of a spreadsheet before a library opens it: how far they reach, and which are percentages.

The library holds a sheet as one rectangle from its first to its last cell, so that one cell far out would ask for more
memory than there is; and it gives 0.95 where the sheet shows 95%.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from gangwei.errors import ReadError
from gangwei.readers.office import Package
from gangwei.readers.ole import Ole
from gangwei.readers.source import DamagedError
from gangwei.readers.xml import attribute, child, local


@dataclass(slots=True)
class Cells:
    """The rectangle that a sheet's cells fill (rows and columns from 0), and those whose number is a percentage."""

    top: int = 1 << 30
    left: int = 1 << 30
    bottom: int = -1
    right: int = -1
    reach: int = 0  # places that the sheet says it has, where it says so
    percent: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last of a stretch
    is_filtered: bool = False  # its rows are hidden by a filter
    boxes: list[str] = field(default_factory=list)  # lines of text boxes
    remarks: int = 0

    def add(self, row: int, column: int, *, is_percent: bool) -> None:
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if is_percent:
            self.percent.add((row, column))

    @property
    def places(self) -> int:
        return max(self.reach, max(self.bottom - self.top + 1, 0) * max(self.right - self.left + 1, 0))


def cells_of_package(package: Package, workbook: str) -> dict[str, Cells]:
    """The cells of the sheets of an .xlsx by their names."""
    targets = package.targets(workbook)
    percent = _percent_styles(package, next((target for kind, target in targets.values() if kind == "styles"), ""))
    root = package.tree(workbook)
    found: dict[str, Cells] = {}
    for sheet in child(root, "sheets") or () if root is not None else ():
        kind, target = targets.get(attribute(sheet, "id"), ("", ""))
        member = package.packed.find(target) if kind == "worksheet" else None
        if member is not None:
            cells = found[attribute(sheet, "name")] = _scanned(package.packed.chunks(member), percent)
            _look_beside(package, target, cells)
    return found


def cells_of_stream(ole: Ole) -> list[Cells]:
    """The cells of the sheets of an .xls in the order of its directory of sheets."""
    data = ole.stream("Workbook") or ole.stream("Book")
    formats: set[int] = set(_PERCENT_FORMATS)
    styles: list[bool] = []
    starts: list[int] = []
    for kind, body in _records(data, 0):
        if kind == _LOCK:
            raise ReadError("an Excel file with a password; take the password off and save it again")
        if kind == _STRINGS and int.from_bytes(body[4:8], "little") > len(data):
            # The library makes room for as many strings as the file says it has.
            raise DamagedError(_DAMAGED)
        if kind == _SHEET and len(body) >= 4:
            starts.append(int.from_bytes(body[:4], "little"))
        elif kind == _FORMAT and b"%" in body[2:]:
            formats.add(int.from_bytes(body[:2], "little"))
        elif kind == _STYLE and len(body) >= 4:
            styles.append(int.from_bytes(body[2:4], "little") in formats)
    found = {start: _cells_of_sheet(data, start, styles) for start in sorted(set(starts))[:_MOST_SHEETS]}
    return [found[start] for start in starts if start in found]


def _cells_of_sheet(data: bytes, start: int, styles: list[bool]) -> Cells:
    cells, length, is_remark = Cells(), 0, False
    for kind, body in _records(data, start):
        if kind == _END:
            break
        if kind == _ROW and len(body) >= 14 and body[12] & 0x20:
            cells.hidden_rows.add(int.from_bytes(body[:2], "little"))
        elif kind == _COLUMN and len(body) >= 10 and body[8] & 1:
            cells.hidden_columns.append(struct.unpack_from("<HH", body))
        elif kind == _FILTER:
            cells.is_filtered = True
        elif kind == _OBJECT and len(body) >= 6:
            is_remark = int.from_bytes(body[4:6], "little") == _REMARK
            cells.remarks += is_remark
        elif kind == _TEXT and len(body) >= 12:
            length = 0 if is_remark else int.from_bytes(body[10:12], "little")
        elif kind == _GOES_ON and length and body:
            text = (
                body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
                if body[0] & 1
                else body[1 : 1 + length].decode("cp1252", "replace")
            )
            cells.boxes += [line.strip() for line in text.splitlines() if line.strip()]
            length = 0
        if kind == _REACH and body:
            _add_reach(cells, body)
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            style = int.from_bytes(body[4:6], "little")
            cells.add(row, column, is_percent=style < len(styles) and styles[style])
        elif kind == _ROW_OF_NUMBERS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            for number, at in enumerate(range(4, len(body) - 5, 6)):
                style = int.from_bytes(body[at : at + 2], "little")
                cells.add(row, column + number, is_percent=style < len(styles) and styles[style])
    return cells


def _add_reach(cells: Cells, body: bytes) -> None:
    """What a sheet says of its own rectangle; the library makes room for that much, however little is in it."""
    form = "<IIHH" if len(body) >= 12 else "<HHHH"
    if len(body) < struct.calcsize(form):
        raise DamagedError(_DAMAGED)
    top, bottom, left, right = struct.unpack_from(form, body)
    if bottom and right:
        if top >= bottom or left >= right:
            raise DamagedError(_DAMAGED)
        cells.reach = (bottom - top) * (right - left)


def _records(data: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records of an .xls from a place on: kind and content of each."""
    while place + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + size]
        place += 4 + size


def _percent_styles(package: Package, part: str) -> frozenset[int]:
    """The numbers of the cell styles that show percentages."""
    root = package.tree(part) if part else None
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    for group in root if root is not None else ():
        if local(group.tag) == "numFmts":
            formats |= {_number(attribute(e, "numFmtId")) for e in group if "%" in attribute(e, "formatCode")}
        elif local(group.tag) == "cellXfs":
            styles = [_number(attribute(element, "numFmtId")) for element in group]
    return frozenset(place for place, number in enumerate(styles) if number in formats)


def _scanned(pieces: Iterable[bytes], percent: frozenset[int]) -> Cells:
    cells = Cells()
    row = column = -1
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = text.rfind(b"<")  # a tag that this piece cuts off waits for the next
        rest = text[end:][-_LONGEST_TAG:] if end >= 0 else b""
        for found in _TAG.finditer(text, 0, end if end >= 0 else len(text)):
            attributes = found[2]
            place = _PLACE.search(attributes)
            if found[1] in (b"col", b"sheetPr"):
                _note_column(cells, attributes)
                continue
            if found[1] == b"row":
                if _HIDDEN.search(attributes):
                    cells.hidden_rows.add(int(place[2]) - 1 if place else row + 1)
                row = int(place[2]) - 1 if place else row + 1
                column = -1
                continue
            if place and place[1]:
                row, column = int(place[2]) - 1, _column(place[1])
            else:
                column += 1
            if not attributes.endswith(b"/"):  # a cell without content is only formatted
                style = _STYLE_OF_CELL.search(attributes) if percent else None
                is_percent = style is not None and int(style[1]) in percent
                cells.add(max(row, 0), max(column, 0), is_percent=is_percent)
    return cells


def _note_column(cells: Cells, attributes: bytes) -> None:
    """What is said of columns that are hidden, and of a sheet whose rows a filter hides."""
    first, last = _FIRST.search(attributes), _LAST.search(attributes)
    if first and last and _HIDDEN.search(attributes):
        cells.hidden_columns.append((int(first[1]) - 1, int(last[1]) - 1))
    cells.is_filtered |= _FILTERED.search(attributes) is not None


def _look_beside(package: Package, sheet: str, cells: Cells) -> None:
    """Text boxes of a sheet, from the top to the bottom, and how many remarks stand on its cells."""
    anchors: list[tuple[int, int, str]] = []
    for kind, target in package.targets(sheet).values():
        root = package.tree(target) if kind in ("drawing", "comments") else None
        for element in root.iter() if root is not None else ():
            cells.remarks += local(element.tag) == "comment"
            if local(element.tag) in ("twoCellAnchor", "oneCellAnchor") and (text := _text_of(element)):
                row, column = (child(child(element, "from"), part) for part in ("row", "col"))
                places = [_number(part.text or "") if part is not None else 0 for part in (row, column)]
                anchors.append((places[0], places[1], text))
    cells.boxes += [line for *_, text in sorted(anchors) for line in text.split("\n")]


def _text_of(anchor: Element) -> str:
    """The paragraphs of the boxes at a place of a sheet."""
    paragraphs = (e for body in anchor.iter() if local(body.tag) == "txBody" for e in body if local(e.tag) == "p")
    texts = ("".join(e.text or "" for e in paragraph.iter() if local(e.tag) == "t") for paragraph in paragraphs)
    return "\n".join(text.strip() for text in texts if text.strip())


def _column(letters: bytes) -> int:
    """The number of a column from 0.

    >>> _column(b"A"), _column(b"AA"), _column(b"XFD")
    (0, 26, 16383)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


_PERCENT_FORMATS: Final = (9, 10)
_TAG: Final = re.compile(rb"<(?:\w{1,20}:)?(c|row|col|sheetPr)(?=[\s/>])([^<>]*)>")
_PLACE: Final = re.compile(rb"""\sr\s?=\s?["']([A-Z]{0,3})(\d{1,9})["']""")
_STYLE_OF_CELL: Final = re.compile(rb"""\ss\s?=\s?["'](\d{1,6})["']""")
_HIDDEN: Final = re.compile(rb"""\shidden\s?=\s?["'](?:1|true)["']""")
_FILTERED: Final = re.compile(rb"""\sfilterMode\s?=\s?["'](?:1|true)["']""")
_FIRST: Final = re.compile(rb"""\smin\s?=\s?["'](\d{1,6})["']""")
_LAST: Final = re.compile(rb"""\smax\s?=\s?["'](\d{1,6})["']""")
_LONGEST_TAG: Final = 1 << 16
_DAMAGED: Final = "the Excel file is damaged; open it in its program and save it anew"
_REACH: Final = 0x200
_ROW: Final = 0x208
_COLUMN: Final = 0x7D
_FILTER: Final = 0x9B
_OBJECT: Final = 0x5D
_REMARK: Final = 0x19
_TEXT: Final = 0x1B6
_GOES_ON: Final = 0x3C
_LOCK: Final = 0x2F
_STRINGS: Final = 0xFC
_SHEET: Final = 0x85
_FORMAT: Final = 0x41E
_STYLE: Final = 0xE0
_END: Final = 0x0A
_MOST_SHEETS: Final = 1000
_CELLS: Final = frozenset([0x203, 0x27E, 0x06, 0x206, 0x406, 0xFD, 0x204, 0xD6, 0x205])
_ROW_OF_NUMBERS: Final = 0xBD
