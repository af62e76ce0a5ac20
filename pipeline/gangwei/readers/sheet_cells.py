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
            found[attribute(sheet, "name")] = _scanned(package.packed.chunks(member), percent)
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
    cells = Cells()
    for kind, body in _records(data, start):
        if kind == _END:
            break
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
            if found[1] == b"row":
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
_TAG: Final = re.compile(rb"<(?:\w{1,20}:)?(c|row)(?=[\s/>])([^<>]*)>")
_PLACE: Final = re.compile(rb"""\sr\s?=\s?["']([A-Z]{0,3})(\d{1,9})["']""")
_STYLE_OF_CELL: Final = re.compile(rb"""\ss\s?=\s?["'](\d{1,6})["']""")
_LONGEST_TAG: Final = 1 << 16
_DAMAGED: Final = "the Excel file is damaged; open it in its program and save it anew"
_REACH: Final = 0x200
_LOCK: Final = 0x2F
_STRINGS: Final = 0xFC
_SHEET: Final = 0x85
_FORMAT: Final = 0x41E
_STYLE: Final = 0xE0
_END: Final = 0x0A
_MOST_SHEETS: Final = 1000
_CELLS: Final = frozenset([0x203, 0x27E, 0x06, 0x206, 0x406, 0xFD, 0x204, 0xD6, 0x205])
_ROW_OF_NUMBERS: Final = 0xBD
