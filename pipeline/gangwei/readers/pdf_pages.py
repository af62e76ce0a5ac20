"""The pages of a file of fixed layout -> a document: text in the order of reading, without the heads of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.model import BlockKind, Document
from gangwei.readers.page import Page, document_of
from gangwei.readers.pdf_lines import Glyph, Run, goes_on, in_columns, joined, margin_of, paragraphs, rows_of, runs_of
from gangwei.readers.ruled import Ruled
from gangwei.readers.source import Source
from gangwei.readers.tables import Cell, add_table


class Drawn(NamedTuple):
    """A table of a page: where it stands, where its columns end, its cells row by row."""

    top: float
    bottom: float
    xs: tuple[float, ...]
    rows: list[list[Cell]]


class Sheet(NamedTuple):
    """One page of the file: its text in runs, its tables, whether there is a picture on it."""

    runs: list[Run]
    tables: list[Drawn]
    has_picture: bool


def sheet_of(glyphs: Sequence[Glyph], ruled: Sequence[Ruled], *, has_picture: bool) -> Sheet:
    """A page from its characters and the tables that are drawn on it; a frame without text is no table."""
    tables: list[Drawn] = []
    for table in ruled:
        inside = [glyph for glyph in glyphs if table.holds(*_middle(glyph))]
        if not any(glyph.text.strip() for glyph in inside):
            continue
        glyphs = [glyph for glyph in glyphs if not table.holds(*_middle(glyph))]
        tables.append(_drawn(table, inside))
    return Sheet(runs_of(glyphs), tables, has_picture)


def document_of_sheets(source: Source, sheets: Sequence[Sheet], faults: list[str]) -> Document:
    """The document that the pages make; `faults` say what of it is missing."""
    writer = _Writer(source.limits.cells)
    furniture = _furniture(sheets)
    kept: list[list[Run]] = []
    for sheet in sheets:
        kept.append([])
        for run, edge in _with_edges(sheet):
            if (_shape(run.text), edge) in furniture:
                writer.page.note("furniture", f"left out ({len(run.text)} characters): {run.text[:60]}")
            else:
                kept[-1].append(run)
    margin = max((margin_of(rows_of(runs)) for runs in kept), default=0.0)
    for runs, sheet in zip(kept, sheets, strict=True):
        writer.add(runs, sheet.tables, margin)
    writer.end_line()
    writer.end_table()
    page = writer.page
    pictures = [
        str(number)
        for number, sheet in enumerate(sheets, 1)
        if sheet.has_picture and not sheet.runs and not sheet.tables
    ]
    if pictures and page.lines:
        listed = ", ".join(pictures[:5]) + ("…" if len(pictures) > 5 else "")
        faults.append(f"pages of pictures without text ({listed}) were not read; recognise their text first (OCR)")
    elif pictures:
        page.note("picture", "pictures of pages without text; recognise their text first (OCR)")
    return document_of(page, source, why="; ".join(faults[:3]))


class _Writer:
    """Writes pages one after the other. The last line and the last table wait, as they may go on on the next page."""

    def __init__(self, cells: int) -> None:
        self.page = Page(keeps_blanks=True)
        self._cells = cells
        self._line = ""
        self._is_open = False
        self._rows: list[list[Cell]] = []
        self._xs: tuple[float, ...] = ()
        self._count = 0

    def add(self, runs: Sequence[Run], tables: Sequence[Drawn], margin: float) -> None:
        rest = list(runs)
        for number, table in enumerate(tables):
            above = [run for run in rest if run.bottom <= table.top + 1]
            rest = [run for run in rest if run.bottom > table.top + 1]
            self._add_text(above, margin)
            self._add_table(table, is_first=not number and not above)
        self._add_text(rest, margin)

    def end_line(self) -> None:
        if self._line:
            self.page.put(self._line)
            self.page.end_block(BlockKind.PARAGRAPH)
        self._line, self._is_open = "", False

    def end_table(self) -> None:
        if self._rows:
            add_table(self.page, self._rows, self._count, self._cells)
            self._count += 1
        self._rows = []

    def _add_text(self, runs: Sequence[Run], margin: float) -> None:
        for column in in_columns(rows_of(runs), margin):
            self.end_table()
            lines, is_open = paragraphs(column.rows, column.right)
            if self._is_open and goes_on(self._line, lines[0]):
                lines[0] = joined(self._line, lines[0])
                self._line = ""
            for line in lines:
                self.end_line()
                self._line = line
            self._is_open = is_open

    def _add_table(self, table: Drawn, *, is_first: bool) -> None:
        self.end_line()
        is_same = len(table.xs) == len(self._xs) and all(
            abs(a - b) < _NEAR for a, b in zip(table.xs, self._xs, strict=True)
        )
        if not (self._rows and is_first and is_same):
            self.end_table()
            self._rows, self._xs = [list(row) for row in table.rows], table.xs
            return
        first, last = table.rows[0], self._rows[-1]
        rest = table.rows
        # A row that the page break cut in two: it begins with nothing, or in mid-sentence.
        if [cell[1:] for cell in first] == [cell[1:] for cell in last] and not first[0].text:
            self._rows[-1] = [
                upper._replace(text=joined(upper.text, lower.text) if goes_on(upper.text, lower.text) else f"{upper.text}\n{lower.text}".strip())
                for upper, lower in zip(last, first, strict=True)
            ]  # fmt: skip
            rest = table.rows[1:]
        self._rows += rest


def _drawn(table: Ruled, glyphs: Sequence[Glyph]) -> Drawn:
    """A table with the text of its cells."""
    owner = {
        (row, column): number
        for number, field in enumerate(table.fields)
        for row in range(field.row, field.row + field.rows)
        for column in range(field.column, field.column + field.columns)
    }
    held: list[list[Glyph]] = [[] for _ in table.fields]
    last = 0
    for glyph in glyphs:
        if glyph.text.strip():
            last = owner.get(table.place(*_middle(glyph)), last)
        held[last].append(glyph)
    rows: list[list[Cell]] = [[] for _ in table.ys[1:]]
    for field, inside in zip(table.fields, held, strict=True):
        right = field.right - 0.04 * (field.right - field.left)
        text = "\n".join(paragraphs(rows_of(runs_of(inside)), right, is_cell=True).lines)
        rows[field.row].append(Cell(text.replace("\t", " "), field.column, field.columns, field.rows))
    return Drawn(table.top, table.bottom, table.xs, rows)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2


def _furniture(sheets: Sequence[Sheet]) -> set[tuple[str, str]]:
    """What stands at the head or the foot of most pages, its figures left aside."""
    if len(sheets) < _FEWEST_PAGES:
        return set()
    seen = Counter(
        key for sheet in sheets for key in {(_shape(run.text), edge) for run, edge in _with_edges(sheet) if edge}
    )
    return {key for key, times in seen.items() if times * 2 > len(sheets)}


def _with_edges(sheet: Sheet) -> Iterator[tuple[Run, str]]:
    """The runs of a page, told apart those in its first and in its last line."""
    head = min((run.bottom for run in sheet.runs), default=0)
    foot = max((run.top for run in sheet.runs), default=0)
    for run in sheet.runs:
        yield run, "head" if run.top < head else "foot" if run.bottom > foot else ""


def _shape(text: str) -> str:
    return _FIGURES.sub("#", text)


_FIGURES: Final = re.compile(r"\d+")
_FEWEST_PAGES: Final = 3
_NEAR: Final = 3.0  # points by which columns of two pages may differ
