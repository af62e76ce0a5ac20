"""The tables of a Word file of before 2007: its pieces of text, the properties of its paragraphs, its lists.

After [MS-DOC]; numbers that lead out of the file end what they belong to.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.readers.doc_unseen import CELLS, Unseen, sprms
from gangwei.readers.word_numbers import Level, Lists


class Paragraph(NamedTuple):
    """A paragraph with its mark; `number` is its list, `heading` its level from 1, 0 for none.

    `ends_row`: it ends a row of a table and tells the borders of its cells and which of them are merged (with the one
    before, with the one above).
    """

    text: str
    number: str = ""
    level: int = 0
    heading: int = 0
    in_table: bool = False
    ends_row: bool = False
    ends_inner_cell: bool = False  # of a table within a cell
    ends_inner_row: bool = False
    borders: tuple[int, ...] = ()
    merged: tuple[tuple[bool, bool], ...] = ()


class _Piece(NamedTuple):
    """Characters that stand together in the file: the first of them, where, in one byte each or two."""

    start: int
    end: int
    offset: int
    is_narrow: bool


class Parts:
    """The text of a file and what its tables say of it; `why` it is not whole."""

    def __init__(self, main: bytes, table: bytes, data: bytes, most: int) -> None:
        self._main = main
        self._table = table
        self._data = data
        self.why = ""
        self.is_lost = False  # which piece of text stands where
        self._pieces = list(self._read_pieces(most))
        self._pages = self._read_pages(_PARAGRAPHS)
        self._unseen = Unseen(main, self._read_pages(_CHARACTERS)[1])
        self.hidden: list[str] = []  # texts of the body that are not shown, but for deleted ones
        self._known: dict[int, _Fkp] = {}

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the body, then those of its text boxes."""
        counts = struct.unpack_from("<7I", self._main, 0x4C)
        body, boxes = counts[0], counts[6]
        start = sum(counts[:6])
        yield from self._between(0, body)
        if 0 < boxes <= start + boxes <= _MOST_CHARACTERS:
            yield from self._between(start, start + boxes)

    def beside(self) -> Iterator[tuple[str, str]]:
        """What stands beside the body: its kind, its text."""
        counts = struct.unpack_from("<7I", self._main, 0x4C)
        for number, kind in _BESIDE:
            start = sum(counts[:number])
            if 0 < counts[number] <= start + counts[number] <= _MOST_CHARACTERS:
                yield kind, "".join(paragraph.text for paragraph in self._between(start, start + counts[number]))

    def lists(self) -> Lists:
        """The lists that paragraphs may stand in."""
        levels: dict[str, dict[int, Level]] = {}
        place, size = self._place(0x2E2)
        data = self._table[place:]  # the levels stand behind the table of lists
        count = int.from_bytes(data[:2], "little") if size else 0
        ids: list[tuple[str, int]] = []
        for number in range(min(count, _MOST_LISTS)):
            entry = data[2 + 28 * number : 30 + 28 * number]
            if len(entry) < 28:
                break
            ids.append((str(int.from_bytes(entry[:4], "little")), 1 if entry[26] & 1 else 9))
        at = 2 + 28 * len(ids)
        for key, n_levels in ids:
            levels[key] = {}
            for depth in range(n_levels):
                level, at = _level(data, at)
                if level is None:
                    return Lists({}, {})
                levels[key][depth] = level
        place, size = self._place(0x2EA)
        data = self._table[place : place + size]
        count = int.from_bytes(data[:4], "little")
        abstract = {
            str(number + 1): str(int.from_bytes(data[4 + 16 * number : 8 + 16 * number], "little"))
            for number in range(min(count, (len(data) - 4) // 16 if len(data) > 4 else 0))
        }
        return Lists(abstract, levels)

    def _place(self, at: int) -> tuple[int, int]:
        if len(self._main) < at + 8:
            return 0, 0
        place, size = struct.unpack_from("<II", self._main, at)
        return (place, size) if place + size <= len(self._table) else (0, 0)

    def _read_pieces(self, most: int) -> Iterator[_Piece]:
        place, size = self._place(0x1A2)
        end = place + size
        while place < end and self._table[place] == 1:  # properties that pieces share
            place += 3 + int.from_bytes(self._table[place + 1 : place + 3], "little")
        if place + 5 > end or self._table[place] != 2:
            self.is_lost, self.why = True, "the list of its pieces is lost; open it in its program and save it as .docx"
            return
        size = int.from_bytes(self._table[place + 1 : place + 5], "little")
        data = self._table[place + 5 : min(place + 5 + size, end)]
        count = (len(data) - 4) // 12
        starts = struct.unpack_from(f"<{count + 1}I", data) if count > 0 else ()
        for number in range(count):
            (offset,) = struct.unpack_from("<I", data, 4 * (count + 1) + 8 * number + 2)
            narrow = bool(offset & 0x40000000)
            offset = (offset & 0x3FFFFFFF) // (2 if narrow else 1)
            first, last = starts[number], starts[number + 1]
            if last < first or last > _MOST_CHARACTERS:
                self.why = "the list of its pieces is damaged, what follows was not read"
                return
            if offset + (last - first) * (1 if narrow else 2) > len(self._main):
                self.why = "the file is cut off; what was lost was not read"
                last = first + max(len(self._main) - offset, 0) // (1 if narrow else 2)
            yield _Piece(first, last, offset, narrow)
            if last > most:
                return

    def _read_pages(self, at: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """From which offsets on which page of the file holds the properties of paragraphs, or of characters."""
        place, size = self._place(at)
        count = max((size - 4) // 8, 0)
        if not count:
            return (), ()
        firsts = struct.unpack_from(f"<{count + 1}I", self._table, place)
        return firsts, struct.unpack_from(f"<{count}I", self._table, place + 4 * (count + 1))

    def _between(self, start: int, end: int) -> Iterator[Paragraph]:
        held: list[str] = []
        for piece in self._pieces:
            first, last = max(piece.start, start), min(piece.end, end)
            if first >= last:
                continue
            width = 1 if piece.is_narrow else 2
            offset = piece.offset + (first - piece.start) * width
            raw = self._main[offset : offset + (last - first) * width]
            text = raw.decode("cp1252", "replace") if piece.is_narrow else raw.decode("utf-16-le", "replace")
            text = self._seen(text, offset, width)
            begin = 0
            for place, character in enumerate(text):
                if character in "\r\a\f":
                    held.append(text[begin : place + 1])
                    yield self._paragraph("".join(held), offset + place * width)
                    held, begin = [], place + 1
            held.append(text[begin:])
        if rest := "".join(held):
            yield Paragraph(rest)

    def _seen(self, text: str, offset: int, width: int) -> str:
        """The text with a mark for each character that is not shown, so that the others keep their places."""
        for start, end, is_deleted in self._unseen.within(offset, offset + len(text) * width):
            first, last = (start - offset) // width, (end - offset) // width
            gone = text[first:last]
            if not is_deleted and gone.strip("\r\a\f"):
                self.hidden.append(gone)
            kept = "".join(character if character == "\a" else UNSEEN for character in gone)
            text = text[:first] + kept + text[last:]
        return text

    def _paragraph(self, text: str, offset: int) -> Paragraph:
        style, properties = self._properties(offset)
        told = dict(sprms(properties))
        for code in _ELSEWHERE & told.keys():
            told |= dict(sprms(self._kept_at(int.from_bytes(told[code], "little"))))
        number = int.from_bytes(told.get(_LIST, b""), "little")
        ends_row = bool(told.get(_ENDS_ROW, b"\0")[:1] == b"\1")
        outline = told.get(_OUTLINE, b"")
        heading = outline[0] + 1 if outline and outline[0] < 9 else style if 1 <= style <= 9 else 0
        borders, merged = _cells(told.get(CELLS, b"")) if ends_row else ((), ())
        return Paragraph(
            text,
            str(number) if 0 < number < 2047 else "",
            min(int.from_bytes(told.get(_LEVEL, b""), "little"), 8),
            heading,
            told.get(_IN_TABLE, b"\0")[:1] == b"\1" or text.endswith("\a"),
            ends_row,
            told.get(_ENDS_INNER_CELL, b"\0")[:1] == b"\1",
            told.get(_ENDS_INNER_ROW, b"\0")[:1] == b"\1",
            borders,
            merged,
        )

    def _kept_at(self, place: int) -> bytes:
        """Properties that were too many for the page, as those of rows with many cells are."""
        size = int.from_bytes(self._data[place : place + 2], "little")
        if place + 2 + size > len(self._data):
            self.why = self.why or "properties of its tables are lost; open it in its program and save it as .docx"
        return self._data[place + 2 : place + 2 + size]

    def _properties(self, offset: int) -> tuple[int, bytes]:
        """The style and the properties of the paragraph whose mark stands there."""
        firsts, pages = self._pages
        number = bisect_right(firsts, offset) - 1
        if not 0 <= number < len(pages):
            return 0, b""
        page = pages[number] & 0x3FFFFF
        if page not in self._known:
            self._known[page] = _Fkp(self._main[page * 512 : page * 512 + 512])
        return self._known[page].get(offset)


class _Fkp:
    """A page of the file that holds properties of paragraphs."""

    def __init__(self, data: bytes) -> None:
        count = data[511] if len(data) == 512 else 0
        self._count = count if 4 * (count + 1) + 13 * count <= 511 else 0
        self._data = data
        self._firsts = struct.unpack_from(f"<{self._count + 1}I", data) if self._count else ()

    def get(self, offset: int) -> tuple[int, bytes]:
        number = bisect_right(self._firsts, offset) - 1
        if not 0 <= number < self._count:
            return 0, b""
        place = self._data[4 * (self._count + 1) + 13 * number] * 2
        if not place:
            return 0, b""
        size = self._data[place] * 2 - 1
        if size < 0:
            place += 1
            size = self._data[place] * 2 if place < 511 else 0
        found = self._data[place + 1 : place + 1 + size]
        return int.from_bytes(found[:2], "little"), found[2:]


def _cells(value: bytes) -> tuple[tuple[int, ...], tuple[tuple[bool, bool], ...]]:
    """The borders of the cells of a row, and which are merged with the one before or above."""
    count = value[0] if value else 0
    if count == 0 or len(value) < 1 + 2 * (count + 1):
        return (), ()
    borders = struct.unpack_from(f"<{count + 1}h", value, 1)
    merged = []
    for number in range(count):
        place = 1 + 2 * (count + 1) + 20 * number
        flags = int.from_bytes(value[place : place + 2], "little")
        merged.append((bool(flags & 2), bool(flags & 0x20) and not flags & 0x40))
    return borders, tuple(merged)


def _level(data: bytes, at: int) -> tuple[Level | None, int]:
    """A level of a list and where the next one begins."""
    head = data[at : at + 28]
    if len(head) < 28:
        return None, at
    start = int.from_bytes(head[:4], "little", signed=True)
    n_character, n_paragraph = head[24], head[25]
    at += 28 + n_character + n_paragraph
    length = int.from_bytes(data[at : at + 2], "little")
    text = data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(character) + 1}" if ord(character) < 9 else character for character in text)
    suffix = {1: "space", 2: "nothing"}.get(head[15], "tab")
    style = _NUMERALS.get(head[4], "decimal")
    return Level(min(max(start, 0), 30_000), style, shown, suffix, bool(head[5] & 4)), at + 2 + 2 * length


UNSEEN: Final = "\uffff"  # stands for a character that is not shown
_PARAGRAPHS: Final = 0x102  # where the head of the file says which pages hold their properties
_CHARACTERS: Final = 0xFA
_BESIDE: Final = ((1, "footnotes"), (5, "endnotes"), (2, "page heads"), (4, "remarks"))
_MOST_CHARACTERS: Final = 1 << 28
_MOST_LISTS: Final = 5000
_IN_TABLE: Final = 0x2416
_ENDS_ROW: Final = 0x2417
_ENDS_INNER_CELL: Final = 0x244B
_ENDS_INNER_ROW: Final = 0x244C
_LEVEL: Final = 0x260A
_LIST: Final = 0x460B
_OUTLINE: Final = 0x2640
_ELSEWHERE: Final = frozenset({0x6646, 0x646B})  # a place in the stream Data, of a paragraph's and of a table's
_NUMERALS: Final = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional",
    31: "ideographZodiac", 33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
