"""Where tables stand whose cells are known: those that a format told of, and those drawn with pipes or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.layouts.chapters import heading_in
from gangwei.layouts.columns import read_column, read_head
from gangwei.model import BlockKind, Field, Span
from gangwei.page import Line, Page
from gangwei.rulebook.columns import CORNER, GROUP, NUMBER

NO_CELL: Final = Span(0, 0)
_RULE_LINE: Final = re.compile(r"^[|\s:：+=\-—]+$")
_BORDER: Final = re.compile(r"^\+[-=+]+\+$")
_NOTE: Final = re.compile(r"^\s*(?:注|备注|说明|附注|附|编制|审核|批准|制表|填表|日期)[\s:：\d]")
_FEWEST_ROWS: Final = 2
# How many lines a broken cell may run on for.
_LONGEST_BREAK: Final = 40
_LONGEST_NAME: Final = 40
_CHUNK: Final = re.compile(r"\S+")
_LONGEST_HEADS: Final = 80
_FEWEST_CHUNKS: Final = 3
_MOST_CHUNKS: Final = 8
_CORNERS: Final = frozenset([CORNER, GROUP, NUMBER, Field.TITLE])


class Grid(NamedTuple):
    """A table: rows of cells, each a span of the page; a cell that spans several places stands in each of them."""

    rows: tuple[tuple[Span, ...], ...]
    start: int
    end: int


def find_grids(page: Page) -> Iterator[Grid]:
    """The tables of a page, in order: those of its format, else those drawn in its text."""
    if any(block.kind is BlockKind.CELL for block in page.document.blocks):
        yield from _joined(page, _format_grids(page))
        return
    if "|" in page.value:
        yield from _pipe_grids(page)
    if "\t" in page.value:
        yield from _tab_grids(page)
    yield from _blank_grids(page)


def _format_grids(page: Page) -> Iterator[Grid]:
    tables: dict[int, dict[tuple[int, int], Span]] = {}
    for block in page.document.blocks:
        if block.kind is BlockKind.CELL:
            places = tables.setdefault(block.table, {})
            span = page.text.value_span(block.start, block.end) if block.end > block.start else NO_CELL
            for row in range(block.row, block.row + block.rows):
                for column in range(block.column, block.column + block.columns):
                    places[row, column] = span
    for places in tables.values():
        height = max(row for row, _ in places) + 1
        width = max(column for _, column in places) + 1
        if height * width > 4 * len(places) + 64:
            continue
        rows = tuple(tuple(places.get((r, c), NO_CELL) for c in range(width)) for r in range(height))
        filled = [span for row in rows for span in row if span.end > span.start]
        if filled:
            yield Grid(rows, min(s.start for s in filled), max(s.end for s in filled))


def _joined(page: Page, grids: Iterable[Grid]) -> Iterator[Grid]:
    """The tables, one that a page break cut in two made whole: as wide, nothing between, and no head of its own."""
    waiting: Grid | None = None
    for grid in grids:
        width, own = len(waiting.rows[0]) if waiting else 0, len(grid.rows[0])
        is_next = waiting is not None and not page.value[waiting.end : grid.start].strip()
        if waiting and is_next and own in (1, width) and not _has_own_head(page, grid.rows[0]):
            rows = tuple(row * width for row in grid.rows) if own == 1 else grid.rows
            waiting = Grid(waiting.rows + rows, waiting.start, grid.end)
            continue
        if waiting and width > 1:
            yield waiting
        waiting = grid
    if waiting and len(waiting.rows[0]) > 1:
        yield waiting


def _has_own_head(page: Page, row: Sequence[Span]) -> bool:
    """Whether a table begins with a head, a post's label or a heading: it is not the rest of the one above."""
    if read_head(page, row) is not None:
        return True
    first = next((cell for cell in row if page.value[cell.start : cell.end].strip()), None)
    if first is None:
        return False
    label = read_column(page, first)
    return heading_in(page, first) is not None or (label is not None and label.kind in (Field.TITLE, Field.DEPARTMENT))


# Pipes


def _pipe_grids(page: Page) -> Iterator[Grid]:
    """Rows between pipes; a row that begins with a pipe goes on over line breaks up to the pipe that ends it."""
    value = page.value
    rows: list[tuple[Span, ...]] = []
    lines = page.lines
    index, last_end = 0, 0
    while index < len(lines):
        line = lines[index]
        index += 1
        begin = line.start
        while begin < line.end and value[begin] in "> \t":  # a table within a quotation
            begin += 1
        text = value[begin : line.end]
        if rows and _BORDER.match(text):
            last_end = line.end
            continue
        if "|" not in text:
            yield from _grid_of(rows, last_end)
            rows = []
            continue
        blank = value.count("\n", last_end, line.start) if rows else 0
        # A blank line ends a table, unless it stands where the line below the head was, or before a row that fits.
        goes_on = len(rows) == 1 or (blank > 1 and _fits(value, begin, line.end, rows, lines[index : index + 1]))
        if blank > (3 if goes_on else 1):
            yield from _grid_of(rows, last_end)
            rows = []
        end = line.end
        if _RULE_LINE.match(text):
            if text.strip("| "):
                last_end = end
                continue
        elif text[0] == "|" and (text[-1] != "|" or len(text) == 1):
            stop = _row_end(value, lines, index)
            if stop > index:
                end, index = lines[stop - 1].end, stop
        # Where rows begin without a pipe, one that begins with one has an empty cell there.
        cells = _cells(value, begin, end, "|")
        is_open = bool(rows) and value[max(0, rows[0][0].start - 1) : rows[0][0].start] != "|"
        rows.append((Span(begin, begin), *cells) if is_open and text[0] == "|" else cells)
        last_end = end
    yield from _grid_of(rows, last_end)


def _fits(value: str, start: int, end: int, rows: Sequence[Sequence[Span]], following: Sequence[Line]) -> bool:
    """Whether a row has as many cells as those before it, and is no head with a ruled line below it."""
    if not value[start] == "|" == value[end - 1] or len(_cells(value, start, end, "|")) != len(rows[-1]):
        return False
    return not any(_RULE_LINE.match(value[line.start : line.end]) for line in following)


def _row_end(value: str, lines: Sequence[Line], index: int) -> int:
    """The index behind the line that ends an open row, or `index` where none does."""
    for place in range(index, min(len(lines), index + _LONGEST_BREAK)):
        line = lines[place]
        if value[line.start] == "|" and line.end - line.start > 1:
            return index
        if value[line.end - 1] == "|":
            return place + 1
    return index


def _cells(value: str, start: int, end: int, mark: str) -> tuple[Span, ...]:
    if mark == "|" and value[start] == "|":
        start += 1
    if mark == "|" and end > start and value[end - 1] == "|":  # a pipe alone begins a row and ends none
        end -= 1
    cells = []
    place = start
    while place <= end:
        stop = value.find(mark, place, end)
        while stop > 0 and value[stop - 1] == "\\":  # a mark that stands for itself
            stop = value.find(mark, stop + 1, end)
        stop = end if stop < 0 else stop
        cells.append(Span(place, stop))
        place = stop + 1
    return tuple(cells)


def _grid_of(rows: Sequence[tuple[Span, ...]], end: int) -> Iterator[Grid]:
    if len(rows) < _FEWEST_ROWS:
        return
    width = max(map(len, rows))
    if width < 2 or width * len(rows) > 4 * sum(map(len, rows)) + 64:
        return
    yield Grid(tuple(row + (NO_CELL,) * (width - len(row)) for row in rows), rows[0][0].start, end)


# Tabs


def _tab_grids(page: Page) -> Iterator[Grid]:
    """Rows of cells between tabs. Cells may have been broken over lines, and rows cut short of their empty cells."""
    value = page.value
    rows: list[list[Span]] = []
    width = is_numbered = 0
    last_end = 0
    for line in page.lines:
        # Blanks were taken off the line's ends; tabs before it are empty cells.
        start = value.rfind("\n", 0, line.start) + 1
        cells = list(_cells(value, start, line.end, "\t"))
        is_apart = bool(rows) and value.count("\n", last_end, line.start) > 1
        if rows and not is_apart and not _begins_row(page, cells, width, bool(is_numbered)):
            if len(cells) == 1 and (len(rows[-1]) == 1 or _NOTE.match(value[line.start : line.end])):
                is_apart = True
            elif len(rows) > 1 and len(rows[-1]) + len(cells) - 1 <= width:
                rows[-1][-1] = Span(rows[-1][-1].start, cells[0].end)
                rows[-1] += cells[1:]
                last_end = line.end
                continue
        if len(cells) == 1 or is_apart:
            yield from _grid_of([tuple(row) for row in rows], last_end)
            rows = []
            if len(cells) == 1:
                continue
        if not rows:
            width = len(cells)
            head = read_column(page, cells[0])
            is_numbered = head is not None and head.kind == NUMBER
        rows.append(cells)
        last_end = line.end
    yield from _grid_of([tuple(row) for row in rows], last_end)


def _begins_row(page: Page, cells: Sequence[Span], width: int, is_numbered: bool) -> bool:
    """Whether a line with tabs begins a row, or goes on with a cell that was broken over lines."""
    if len(cells) == width:
        return True
    first = page.value[cells[0].start : cells[0].end].strip()
    if not first:
        return len(cells) > 1
    if is_numbered:
        return first.isdigit()
    if len(first) > _LONGEST_NAME or len(cells) == 1:
        return False
    return page.names.is_post(first) or page.names.is_unit(first) or read_column(page, cells[0]) is not None


# Blanks


def _blank_grids(page: Page) -> Iterator[Grid]:
    """Tables with a column for each post whose cells blanks alone part: 项目 店长 店员⏎直接上级 区域经理 店长⏎…"""
    lines, index = page.lines, 0
    count = len(lines) if " " in page.value else 0
    while index < count:
        line = lines[index]
        index += 1
        text = page.value[line.start : line.end]
        if line.end - line.start > _LONGEST_HEADS or " " not in text or len(text.split()) < _FEWEST_CHUNKS:
            continue
        head = _chunks(page, line)
        if not _FEWEST_CHUNKS <= len(head) <= _MOST_CHUNKS or not _heads_posts(page, head):
            continue
        rows = [head]
        while index < count:
            row = _chunks(page, lines[index])
            if len(row) != len(head) or read_column(page, row[0]) is None:
                break
            rows.append(row)
            index += 1
        if len(rows) > _FEWEST_ROWS:
            yield from _grid_of(rows, rows[-1][-1].end)


def _chunks(page: Page, line: Line) -> tuple[Span, ...]:
    return tuple([Span(*match.span()) for match in _CHUNK.finditer(page.value, line.start, line.end)])


def _heads_posts(page: Page, cells: Sequence[Span]) -> bool:
    """Whether posts stand behind the word of a corner."""
    column = read_column(page, cells[0])
    if column is None or column.kind not in _CORNERS:
        return False
    return all(page.names.is_post(page.value[cell.start : cell.end]) for cell in cells[1:])
