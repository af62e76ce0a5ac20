"""Rich text (.rtf) -> a document: paragraphs with the numerals written in them, tables by their grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from gangwei.model import BlockKind, Document
from gangwei.readers.page import Page, document_of
from gangwei.readers.source import Source, storable
from gangwei.readers.tables import Cell, add_table


def read_rtf(source: Source) -> Iterator[Document]:
    """The one document of a rich text file."""
    reader = _Reader(source)
    reader.read(source.data.decode("latin-1"))
    yield document_of(reader.page, source, why=reader.why)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: whether its text is shown, its encoding, how many characters stand in for a \\u."""

    is_shown: bool = True
    is_hidden: bool = False
    codec: str = "cp936"
    skipped: int = 1
    in_fonts: bool = False
    in_table: bool = False
    is_inner: bool = False  # what is said of a row is said of a table within a cell
    aside: str = ""  # the code of the note that its text goes to: hidden text, page heads


@dataclass(slots=True)
class _Row:
    """A row of a table: its texts, where its cells end, which go on from the left or from above."""

    texts: list[str] = field(default_factory=list)
    ends: list[tuple[int, bool, bool]] = field(default_factory=list)


class _Reader:
    """One pass over the words of a file."""

    def __init__(self, source: Source) -> None:
        self.page = Page(keeps_blanks=True)
        self.why = ""
        self._limits = source.limits
        self._state = _State()
        self._stack: list[_State] = []
        self._codec = "cp936"  # what \ansicpg names
        self._fonts: dict[int, str] = {}
        self._font = 0  # the one that is being declared
        self._bytes = bytearray()
        self._to_skip = 0  # characters that stand in for a \u before
        self._inline: list[str] = []
        self._hosts: list[tuple[int, list[str]]] = []  # of boxes that are open: depth, text of the paragraph so far
        self._boxed: list[str] = []  # lines of boxes, until the paragraph ends on which they hang
        self._asides: dict[str, list[str]] = {}
        self._lines: list[str] = []  # of the cell that is open
        self._row = _Row()
        self._ends: list[tuple[int, bool, bool]] = []
        self._from_above = self._from_left = False
        self._rows: list[_Row] = []
        self._cells = 0
        self._tables = 0

    def read(self, text: str) -> None:
        place = 0
        while place < len(text):
            found = _TOKEN.match(text, place)
            if found is None:
                break
            place = found.end()
            if found["word"]:
                number = int(found["number"]) if found["number"] else None
                if found["word"] == "bin":
                    place += max(number or 0, 0)
                else:
                    self._word(found["word"], number)
            elif found["byte"]:
                self._put_byte(int(found["byte"], 16))
            elif found["group"] == "{":
                self._open(text, place)
            elif found["group"] == "}":
                self._close()
            elif found["mark"]:
                self._mark(found["mark"])
            elif found["text"]:
                self._put_text(found["text"])
        if self._stack:
            self.why = "the file is cut off; what was lost was not read"
        self._flush()
        self._state = _State()
        self._end_paragraph()
        self._end_table()
        for code, pieces in self._asides.items():
            if told := " ".join(_paired("".join(pieces)).split()):
                self.page.note(code, f"left out ({len(told)} characters): {told[:60]}")

    def _open(self, text: str, place: int) -> None:
        self._flush()
        if len(self._stack) >= _DEEPEST:
            self.why = f"groups nested more than {_DEEPEST} deep, what lies deeper was not read"
            self._stack.append(self._state)
            self._state = replace(self._state, is_shown=False)
            return
        self._stack.append(self._state)
        if found := _DESTINATION.match(text, place):
            if found["word"] == "fonttbl":
                self._state = replace(self._state, is_shown=False, in_fonts=True)
            elif found["word"] == "nesttableprops":
                self._state = replace(self._state, is_inner=True)
            elif found["word"] == "shptxt":
                self._hosts.append((len(self._stack), self._inline))
                self._inline = []
            elif found["word"] in _ASIDE:
                self._state = replace(self._state, is_shown=False, aside=_ASIDE[found["word"]])
            elif found["word"] in _GONE or (found["star"] and found["word"] not in _KEPT):
                self._state = replace(self._state, is_shown=False, aside="")

    def _close(self) -> None:
        self._flush()
        if self._hosts and self._hosts[-1][0] == len(self._stack):
            self._end_paragraph()
            self._inline = self._hosts.pop()[1]
        if self._stack:
            self._state = self._stack.pop()

    def _word(self, word: str, number: int | None) -> None:
        if self._state.in_fonts:
            if word == "f":
                self._font = number or 0
            elif word == "fcharset":
                self._fonts[self._font] = _CHARSETS.get(number or 0, "")
            return
        if word == "u":
            self._flush()
            self._put(chr((number or 0) % 0x10000))
            self._to_skip = self._state.skipped
            return
        self._to_skip = 0
        if word in _CHARACTERS:
            self._flush()
            self._put(_CHARACTERS[word])
        elif word == "uc":
            self._state = replace(self._state, skipped=min(max(number or 0, 0), 10))
        elif word == "ansicpg":
            self._codec = _codec(f"cp{number}") or self._codec
            self._state = replace(self._state, codec=self._codec)
        elif word == "f":
            self._flush()
            self._state = replace(self._state, codec=self._fonts.get(number or 0) or self._codec)
        elif word in ("v", "deleted", "plain"):
            self._flush()
            is_hidden = word != "plain" and number != 0
            aside = self._state.aside.removeprefix("hidden") or ("hidden" if is_hidden and word == "v" else "")
            self._state = replace(self._state, is_hidden=is_hidden, aside=aside)
        elif self._state.is_shown:
            self._shape(word, number or 0)

    def _shape(self, word: str, number: int) -> None:
        """Words that make paragraphs and tables."""
        if word in ("par", "sect", "page"):
            self._end_paragraph()
        elif word in ("pard", "intbl"):
            self._state = replace(self._state, in_table=word == "intbl")
        elif word in _OF_ROWS and self._state.is_inner:
            return
        elif word == "trowd":
            self._ends, self._from_above, self._from_left = [], False, False
        elif word == "clvmrg":
            self._from_above = True
        elif word == "clmrg":
            self._from_left = True
        elif word == "cellx":
            if len(self._ends) < _WIDEST:
                self._ends.append((number, self._from_above, self._from_left))
            self._from_above = self._from_left = False
        elif word == "cell":
            self._state = replace(self._state, in_table=True)
            self._end_paragraph()
            self._row.texts.append("\n".join(self._lines))
            self._lines = []
        elif word == "row":
            self._end_row()
        elif word == "nestcell":
            self._flush()
            self._put(" ")
        elif word == "nestrow":
            self._end_paragraph()

    def _mark(self, mark: str) -> None:
        if mark in "\n\r":
            self._shape("par", 0)
        elif mark in _MARKS:
            self._flush()
            self._put(_MARKS[mark])

    def _put_byte(self, value: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._is_heard():
            self._bytes.append(value)

    def _put_text(self, text: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        if self._is_heard():
            self._bytes += text.encode("latin-1")

    def _flush(self) -> None:
        """Decode what was gathered; a character of two bytes may be written in two ways."""
        if self._bytes:
            text = self._bytes.decode(self._state.codec, "replace")
            self._bytes.clear()
            self._put(text)

    def _is_heard(self) -> bool:
        return bool(self._state.aside) or (self._state.is_shown and not self._state.is_hidden)

    def _put(self, text: str) -> None:
        if self._state.aside:
            self._asides.setdefault(self._state.aside, []).append(text)
        elif self._state.is_shown and not self._state.is_hidden:
            self._inline.append(text)

    def _end_paragraph(self) -> None:
        self._flush()
        text = _paired("".join(self._inline)).strip()
        self._inline.clear()
        if self._hosts:
            self._boxed += [text] if text else []
            return
        boxed, self._boxed = self._boxed, []
        if self._state.in_table:
            self._lines += [line for line in (text, *boxed) if line]
            return
        self._end_table()
        for line in (*self._lines, text, *boxed):
            self.page.put(line)
            if not self.page.end_block(BlockKind.PARAGRAPH):
                self.page.blank_line()
        self._lines = []

    def _end_row(self) -> None:
        self._cells += len(self._row.texts)
        if self._cells > self._limits.cells:
            self.why = f"more than {self._limits.cells} cells, the rest was not read (limit: cells)"
        elif self._row.texts:
            self._rows.append(_Row(self._row.texts, list(self._ends)))
        self._row = _Row()

    def _end_table(self) -> None:
        if self._row.texts:  # a row without its end
            self._end_row()
        if not self._rows:
            return
        ends = sorted({end for row in self._rows for end, _, _ in row.ends})
        marks = [end for place, end in enumerate(ends) if not place or end - ends[place - 1] > _NEAR]
        rows = [_cells(row, marks) for row in self._rows]
        self._rows = []
        if max(len(row) for row in rows) < 2:
            for row in rows:
                for cell in row:
                    for line in cell.text.split("\n"):
                        self.page.put(line)
                        self.page.end_block(BlockKind.PARAGRAPH)
        else:
            add_table(self.page, rows, self._tables, self._limits.cells)
            self._tables += 1


def _paired(text: str) -> str:
    """The text with characters whole that were written as two halves."""
    return storable(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _cells(row: _Row, marks: list[int]) -> list[Cell]:
    """The cells of a row in the columns that all rows of the table make together."""
    cells: list[Cell] = []
    column = 0
    for place, text in enumerate(row.texts):
        end, from_above, from_left = row.ends[place] if place < len(row.ends) else (0, False, False)
        last = next((number for number, mark in enumerate(marks) if number >= column and end <= mark + _NEAR), column)
        width = last + 1 - column if place < len(row.ends) else 1
        if from_left and cells:
            cells[-1] = cells[-1]._replace(columns=cells[-1].columns + width)
        else:
            cells.append(Cell(text.replace("\t", " "), column, max(width, 1), goes_on=from_above))
        column += max(width, 1)
    return cells


def _codec(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return ""
    return name


_TOKEN: Final = re.compile(
    r"""\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})?[ ]? | \\'(?P<byte>[0-9a-fA-F]{2}) | \\(?P<mark>[^a-zA-Z])
      | (?P<group>[{}]) | (?P<text>[^\\{}\r\n\0]+) | [\r\n\0]+ | \\""",
    re.VERBOSE,
)
_DESTINATION: Final = re.compile(r"\s{0,9}(?P<star>\\\*)?\s{0,9}\\(?P<word>[a-z]{1,32})")
_ASIDE: Final = {kind + page: "furniture" for kind in ("header", "footer") for page in ("", "l", "r", "f")} | {
    "footnote": "footnote",
    "annotation": "left_out",
}
_GONE: Final = frozenset(["colortbl", "stylesheet", "info", "pict", "object", "fldinst", "xe", "tc", "bkmkstart", "bkmkend", "nonshppict", "sp", "listtable", "listoverridetable", "revtbl", "themedata", "private1", "comment", "nonesttables"])  # fmt: skip
_OF_ROWS: Final = frozenset(["trowd", "clvmrg", "clmrg", "cellx"])
_KEPT: Final = frozenset(["shppict", "shpinst", "shptxt", "nesttableprops", "ud", "pntext"])
_CHARACTERS: Final = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " "}  # fmt: skip
_MARKS: Final = {"~": " ", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}"}
_CHARSETS: Final = {134: "cp936", 136: "cp950", 128: "cp932", 129: "cp949", 204: "cp1251", 238: "cp1250"}
_DEEPEST: Final = 200
_WIDEST: Final = 200
_NEAR: Final = 30  # twips
