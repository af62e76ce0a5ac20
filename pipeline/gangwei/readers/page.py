"""The text of a page that has shapes, built line by line, with a block for each shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from gangwei.model import Block, BlockKind, Document, Note
from gangwei.readers.source import BLANKS, Source, document


@dataclass(slots=True)
class Page:
    """Lines and blocks as far as they are written. Within a cell (`open_cell`) lines gather until it is closed.

    `keeps_blanks`: runs of blanks stay as they are; in HTML they mean nothing.
    """

    lines: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    keeps_blanks: bool = False
    _inline: list[str] = field(default_factory=list)
    _cells: list[list[str]] = field(default_factory=list)  # the lines of the open cell, behind those of cells around it

    def write(self, text: str) -> None:
        """Text of the current line, white space as it stands in the source."""
        if not text.isspace():
            self._inline.append(_unwrapped(text))
        elif self._inline:
            self._inline.append(" ")

    def put(self, text: str) -> None:
        """Text of the current line as it stands, line breaks in it too."""
        if text:
            self._inline.append(text)

    def holds_sentence(self) -> bool:
        """Whether the line at hand is a sentence or an item by its end or its length, however large it is printed."""
        text = "".join(self._inline).rstrip()
        return len(text) > _LONGEST_HEADING or text.endswith(("；", ";", "。"))

    @property
    def holds_text(self) -> bool:
        """Whether something stands in the line at hand."""
        for text in reversed(self._inline[-_FEW:]):
            if text == "\n" or not text.isspace():
                return text != "\n"
        return False

    def new_line(self) -> None:
        """A line break within a block."""
        self._inline.append("\n")

    def space(self) -> None:
        self._inline.append(" ")

    def end_block(self, kind: BlockKind, level: int = 0, prefix: str = "") -> bool:
        """End the current block; False where there was nothing in it. An item with a numeral of its own gets none."""
        if not self._inline:
            return False
        text = _tidy("".join(self._inline), keeps_blanks=self.keeps_blanks)
        self._inline.clear()
        if not text:
            return False
        if prefix and not OWN_NUMERAL.match(text):
            text = prefix + text
        if self._cells:
            self._cells[-1].append(text)
        else:
            self.blocks.append(Block(kind, self.length, self.length + len(text), level))
            self._line(text)
        return True

    def blank_line(self) -> None:
        """An empty line, one of several at most; within a cell there is none."""
        if not self._cells and self.lines and self.lines[-1]:
            self._line("")

    def open_cell(self) -> None:
        self._cells.append([])

    def close_cell(self) -> str:
        """The text of the cell that ends."""
        return "\n".join(self._cells.pop())

    @property
    def in_cell(self) -> bool:
        return bool(self._cells)

    def add_row(self, cells: list[tuple[str, Block]]) -> None:
        """A row of a table: its cells, parted by tabs, with their places in the grid (offsets are filled in here)."""
        if not any(text for text, _ in cells):
            return
        place = self.length
        for text, block in cells:
            self.blocks.append(block._replace(start=place, end=place + len(text)))
            place += len(text) + 1
        self._line("\t".join(text for text, _ in cells))

    def note(self, code: str, message: str) -> None:
        if len(self.notes) < _NOTES:
            self.notes.append(Note(code, self.length, self.length, message))

    def text(self) -> str:
        return "\n".join(self.lines).rstrip("\n")

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text) + 1


def document_of(page: Page, source: Source, *, number: int = 0, title: str = "", why: str = "") -> Document:
    """The document of a page; `why` it is not whole: without any text it failed, else it is partial."""
    text = page.text()
    return document(
        source,
        text,
        number=number,
        title=title,
        blocks=tuple(page.blocks),
        notes=tuple(page.notes),
        partial=why if text else "",
        failed="" if text else why,
    )


def _unwrapped(text: str) -> str:
    """Source text with its white space as a browser shows it; lines that each begin with an ordinal stay lines.

    >>> _unwrapped("负责总账\\n  和报税"), _unwrapped("职责：\\n1、总账\\n2、报税")
    ('负责总账和报税', '职责：\\n1、总账\\n2、报税')
    """
    if "\n" in text:
        if len(_ORDINAL_LINE.findall(text)) > 1:
            return "\n".join(_SPACES.sub(" ", line) for line in text.split("\n"))
        text = _WRAP.sub("", text)
    return _SPACES.sub(" ", text)


def _tidy(text: str, *, keeps_blanks: bool) -> str:
    if "  " in text and not keeps_blanks:
        text = _DOUBLE.sub(" ", text)
    if _ODD_BLANK.search(text):
        text = text.translate(_TO_BLANK)
    if "\n" not in text:
        return text.strip(BLANKS)
    return "\n".join(line for part in text.split("\n") if (line := part.strip(BLANKS)))


_NOTES: Final = 50
_LONGEST_HEADING: Final = 80
_FEW: Final = 8  # pieces of a line, from its end
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_DOUBLE: Final = re.compile(r" {2,}")
_WIDE: Final = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
# A source line that ends and one that begins with a wide character were wrapped by an editor, not parted by a blank.
_WRAP: Final = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*+\n[ \t\r\n]*+(?=[{_WIDE}])")
_ODD_BLANK: Final = re.compile("[\0\xa0\u2800]")
_TO_BLANK: Final = {0xA0: " ", 0x2800: " ", 0: None}
_NUMERAL: Final = r"[（(]?\d{1,3}[）)]|\d{1,3}[.．、,，](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[、.．）)]|[①-⑳❶-❿⑴-⒛]"
OWN_NUMERAL: Final = re.compile(rf"{_NUMERAL}|[•·●○■□◆◇▪▶►➢✓✔*][ \u3000]?")
_ORDINAL_LINE: Final = re.compile(rf"\n[ \t\u3000\xa0]{{0,40}}(?:{_NUMERAL})")
