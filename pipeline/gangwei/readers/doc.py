"""Word documents of before 2007 (.doc, .wps) -> a document: text by its pieces, numerals by its lists, tables by their grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gangwei.errors import ReadError
from gangwei.model import BlockKind, Document
from gangwei.readers.decoding import decode
from gangwei.readers.doc_parts import UNSEEN, Paragraph, Parts
from gangwei.readers.ole import Ole, word_head
from gangwei.readers.page import Page, document_of
from gangwei.readers.source import DamagedError, Source, storable
from gangwei.readers.tables import Cell, add_table
from gangwei.readers.word_numbers import Numbers, Place

_Row = list[tuple[str, int, int, bool]]  # text, left and right border, goes on from above


def read_doc(source: Source) -> Iterator[Document]:
    """The one document of a Word file of before 2007."""
    ole = Ole(source.data)
    main = ole.stream("WordDocument")
    if not main and (start := word_head(source.data)):
        main = source.data[start:]  # its directory is lost; mostly it stands in one piece
    if len(main) < _HEAD:
        raise DamagedError("the Word file is cut off or damaged; open it in its program and save it as .docx")
    flags = int.from_bytes(main[10:12], "little")
    if flags & _LOCKED:
        raise ReadError("a Word file with a password; take the password off and save it again")
    writer = _Writer(source)
    if int.from_bytes(main[2:4], "little") < _WORD_97:
        writer.plain(_old_text(main))
        yield document_of(writer.page, source)
        return
    table = ole.stream("1Table" if flags & _SECOND_TABLE else "0Table")
    parts = Parts(main, table, ole.stream("Data"), source.limits.characters)
    if parts.is_lost and (text := _old_text(main)):
        writer.plain(text)
        why = "the file is cut off or damaged: its text was read without its tables and numerals, perhaps not all of it"
        yield document_of(writer.page, source, why=why)
        return
    writer.add(parts)
    writer.leave_out(parts)
    yield document_of(writer.page, source, why="; ".join(filter(None, (parts.why, ole.fault))))


class _Writer:
    """Writes paragraphs to a page; those of a table wait until it ends."""

    def __init__(self, source: Source) -> None:
        self.page = Page(keeps_blanks=True)
        self._limits = source.limits
        self._rows: list[_Row] = []
        self._texts: list[str] = []  # of the row that is open
        self._lines: list[str] = []  # of the cell that is open
        self._inner: list[str] = []  # cells of the row that is open of a table in that cell
        self._count = 0

    def add(self, parts: Parts) -> None:
        numbers = Numbers(parts.lists())
        for paragraph in parts.paragraphs():
            self._add(paragraph, numbers)
        self._end_table()

    def leave_out(self, parts: Parts) -> None:
        """Name what is not read: hidden text, and what stands beside the body."""
        for text in parts.hidden:
            self._note("hidden", "", text)
        for kind, text in parts.beside():
            self._note(
                "footnote" if kind.endswith("notes") else "furniture" if kind == "page heads" else "left_out",
                kind,
                text,
            )

    def _note(self, code: str, kind: str, text: str) -> None:
        if shown := " ".join(storable(_shown(text).replace("\a", " ")).split()):
            self.page.note(code, f"left out ({kind}{', ' * bool(kind)}{len(shown)} characters): {shown[:60]}")

    def plain(self, text: str) -> None:
        """Text without its properties: what the marks in it say alone."""
        for paragraph in re.split("[\r\f]", text):
            line = _shown(paragraph).replace("\a\a", "\n").replace("\a", "\t")
            self.page.put(line)
            if not self.page.end_block(BlockKind.PARAGRAPH):
                self.page.blank_line()

    def _add(self, paragraph: Paragraph, numbers: Numbers) -> None:
        text = storable(_shown(paragraph.text[:-1] if paragraph.text[-1:] in _MARKS else paragraph.text))
        place = Place(paragraph.number, paragraph.level) if numbers.knows(paragraph.number) else None
        mark = numbers.next(place) if place and text.strip() else ""
        if paragraph.ends_row:
            self._end_row(paragraph)
        elif paragraph.in_table:
            line = (mark + text).strip().replace("\t", " ")
            if paragraph.ends_inner_row:
                self._lines.append(" ".join(self._inner))
                self._inner = []
            elif line and paragraph.ends_inner_cell:
                self._inner.append(line)
            elif line:
                self._lines.append(line)
            if paragraph.text.endswith("\a"):
                self._texts.append("\n".join(filter(None, [*self._lines, " ".join(self._inner)])))
                self._inner = []
                self._lines = []
        else:
            self._end_table()
            self.page.put(text)
            if 0 < paragraph.heading < _BODY_TEXT:
                self.page.end_block(BlockKind.HEADING, paragraph.heading, mark)
            elif mark:
                self.page.end_block(BlockKind.ITEM, paragraph.level + 1, mark)
            elif not self.page.end_block(BlockKind.PARAGRAPH):
                self.page.blank_line()

    def _end_row(self, paragraph: Paragraph) -> None:
        borders = paragraph.borders or tuple(range(len(self._texts) + 1))
        row: _Row = []
        for place, text in enumerate(self._texts[: len(borders) - 1]):
            from_left, from_above = paragraph.merged[place] if place < len(paragraph.merged) else (False, False)
            left, right = borders[place], borders[place + 1]
            if from_left and row:
                row[-1] = (row[-1][0], row[-1][1], right, row[-1][3])
            else:
                row.append((text, left, right, from_above))
        self._rows += [row] if row else []
        self._texts = []

    def _end_table(self) -> None:
        if self._texts or self._lines:  # a row without its end
            self._rows.append(
                [(text, place, place + 1, False) for place, text in enumerate([*self._texts, *self._lines])]
            )
            self._texts, self._lines = [], []
        rows, self._rows = self._rows, []
        if not rows:
            return
        if max(map(len, rows)) < 2:
            for line in (line for row in rows for text, *_ in row for line in text.split("\n")):
                self.page.put(line)
                self.page.end_block(BlockKind.PARAGRAPH)
            return
        marks: list[int] = []
        for border in sorted({border for row in rows for _, left, right, _ in row for border in (left, right)}):
            if not marks or border - marks[-1] > _NEAR or border < _NEAR:
                marks.append(border)

        def column(border: int) -> int:
            return min(range(len(marks)), key=lambda number: abs(marks[number] - border))

        grid = [
            [
                Cell(text, column(left), max(column(right) - column(left), 1), goes_on=above)
                for text, left, right, above in row
            ]
            for row in rows[: self._limits.cells]
        ]
        add_table(self.page, grid, self._count, self._limits.cells)
        self._count += 1


def _shown(text: str) -> str:
    """The text as it is shown: results of fields without their codes, no anchors of pictures and notes.

    >>> _shown("见\\x13 HYPERLINK a \\x14职责\\x15表\\x01\\x1e")
    '见职责表-'
    """
    if "\x13" in text:
        pieces, depth, hidden = [], 0, [False]
        for character in text:
            if character == "\x13":
                depth += 1
                hidden.append(True)
            elif character == "\x14" and depth:
                hidden[-1] = False
            elif character == "\x15" and depth:
                depth -= 1
                hidden.pop()
            elif not any(hidden[-3:]):
                pieces.append(character)
        text = "".join(pieces)
    return text.translate(_CHARACTERS)


def _old_text(main: bytes) -> str:
    """Text that stands in one piece, as that of Word 6 and 95 does, and mostly that of later ones."""
    start, end = int.from_bytes(main[24:28], "little"), int.from_bytes(main[28:32], "little")
    if int.from_bytes(main[2:4], "little") >= _WORD_97:
        length = int.from_bytes(main[0x4C:0x50], "little")
        wide = main[start : start + 2 * length]
        return wide[: len(wide) // 2 * 2].decode("utf-16-le", "replace") if start >= _HEAD and _is_wide(wide) else ""
    return decode(main[start:end].replace(b"\0", b"")).text if start < end <= len(main) else ""


def _is_wide(data: bytes) -> bool:
    """Whether bytes are characters of two bytes each: letters and Chinese ones, by their upper bytes."""
    upper = data[1:4000:2]
    return bool(upper) and sum(1 for byte in upper if byte in (0, 0x20, 0x30, 0xFF) or 0x4E <= byte < 0xA0) > 0.9 * len(
        upper
    )


_HEAD: Final = 0x200
_LOCKED: Final = 0x0100
_SECOND_TABLE: Final = 0x0200
_WORD_97: Final = 0xC1
_BODY_TEXT: Final = 10
_NEAR: Final = 30  # twips
_MARKS: Final = ("\r", "\a", "\f")
_CHARACTERS: Final = {
    0x01: "", 0x02: "", 0x03: "", 0x04: "", 0x05: "", 0x08: "", 0x0B: "\n", 0x0E: "\n", 0x13: "", 0x14: "", 0x15: "", 0x1E: "-", 0x1F: "", 0xA0: " ", ord(UNSEEN): "",
}  # fmt: skip
