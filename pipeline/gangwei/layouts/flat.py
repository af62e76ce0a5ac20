"""Tables that became running text: the words of the head, then cell after cell, in one line or a line each.

What parts cells and rows is not there any more. It is found by what the columns of the head hold: a post, a list, a list
that begins anew, an indicator, a condition.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from gangwei.layouts.cells import Post, close_post, take_cell, take_target, text_of, title_in, with_cells
from gangwei.layouts.chapters import caption_start, chapter_above
from gangwei.layouts.columns import Column
from gangwei.layouts.flat_heads import Head, post_heads, unit_heads
from gangwei.layouts.flat_path import Placed, place_pieces
from gangwei.layouts.flat_pieces import Likeness, read_pieces
from gangwei.layouts.flat_units import read_flat_units
from gangwei.layouts.reading import Reading
from gangwei.model import Entry, Field, FoundRole, Span
from gangwei.page import Page
from gangwei.rulebook.columns import TARGET

_FEWEST_SECTIONS: Final = 2
_NO_CELL: Final = Span(0, 0)


def read_flat_tables(page: Page, known: Collection[Span] = ()) -> Iterator[tuple[Span, Reading]]:
    """The flattened tables of a page with the stretch that each takes; `known` are tables whose cells are known."""
    heads = [head for head in post_heads(page) if not _is_inside(head, known)]
    index = 0
    while index < len(heads):
        head = heads[index]
        # The same head again, on the next page, is no new table.
        count = 1
        while index + count < len(heads) and _goes_on(page, head, heads[index + count]):
            count += 1
        repeated = [Span(other.start, other.end) for other in heads[index + 1 : index + count]]
        index += count
        end = caption_start(page, heads[index].start) if index < len(heads) else len(page.value)
        pieces = [*read_pieces(page, head.end, end, repeated)]
        placed = place_pieces(pieces, head.columns, Likeness(page), is_lines=head.is_lines)
        if placed:
            reading = _read_rows(page, head, placed)
            span = Span(head.start, placed[-1].piece.end)
            if reading.roles and not _has_sections(page, span, len(reading.roles)):
                yield span, reading
    for head in unit_heads(page):
        if _is_inside(head, known):
            continue
        following = next((other.start for other in heads if other.start > head.start), None)
        limit = len(page.value) if following is None else caption_start(page, following)
        yield from read_flat_units(page, head, limit)


def _has_sections(page: Page, span: Span, count: int) -> bool:
    """Whether under each row stand headings of sections in lines of their own, as where a list of vacancies unfolds:
    职位⏎名额⏎…⏎出纳⏎1⏎工作职责：⏎…"""
    within = page.labels[bisect_left(page.label_starts, span.start) : bisect_left(page.label_starts, span.end)]
    sections = sum(
        label.is_whole_line and label.has_mark and label.rule.field in (Field.DUTY, Field.REQUIREMENT)
        for label in within
    )
    return sections >= max(count, _FEWEST_SECTIONS)


def _goes_on(page: Page, head: Head, other: Head) -> bool:
    """Whether a later head only repeats a table's, below no heading of its own."""
    return other.columns == head.columns and caption_start(page, other.start) == other.start


def _is_inside(head: Head, known: Collection[Span]) -> bool:
    return any(span.start < head.end and head.start < span.end for span in known)


def _read_rows(page: Page, head: Head, placed: Sequence[Placed]) -> Reading:
    kinds = [column.kind for column in head.columns]
    chapter = chapter_above(page, head.start) if Field.DEPARTMENT not in kinds else None
    rows = [_cells(row) for _, row in groupby(placed, key=attrgetter("row"))]
    page = with_cells(page, (cell for row in rows for cell in row.values()))
    roles: list[FoundRole] = []
    claimed: list[tuple[int, int]] = [(head.start, head.end)]
    title_column = kinds.index(Field.TITLE)
    unit: Entry | None = None
    for row in rows:
        cell = row.get(title_column, _NO_CELL)
        title = title_in(page, cell)
        if title is None:
            continue
        post = Post(title, min(span.start for span in row.values()))
        post.claimed.extend(row.values())
        _take_cells(page, post, row, head.columns)
        named = post.fields.get(Field.DEPARTMENT)
        unit = named[0] if named else unit
        if unit and Field.DEPARTMENT in kinds[:title_column]:
            post.fields[Field.DEPARTMENT] = [unit]
        role, spans = close_post(page, post, chapter)
        if role:
            roles.append(role)
            claimed.extend(spans)
    posts = sum(page.names.is_post(role.title.text) for role in roles)
    if posts * 2 < len(roles):
        return Reading((), (), None, (), "table_flat")  # text behind an empty form
    return Reading(tuple(roles), (), None, tuple(claimed), "table_flat")


def _cells(row: Iterator[Placed]) -> dict[int, Span]:
    cells: dict[int, Span] = {}
    for piece, _, column in row:
        first = cells.get(column)
        cells[column] = Span(first.start if first else piece.start, piece.end)
    return cells


def _take_cells(page: Page, post: Post, row: dict[int, Span], columns: Sequence[Column]) -> None:
    waiting: tuple[Span, Column] | None = None
    for number, column in enumerate(columns):
        cell = row.get(number)
        if waiting:
            if column.kind == TARGET and cell:
                take_target(page, post, *waiting, cell)
                waiting = None
                continue
            take_cell(page, post, *waiting)
            waiting = None
        if cell and column.kind == Field.KPI:
            waiting = (cell, column)
        elif cell and column.kind != Field.TITLE and text_of(page, cell):
            take_cell(page, post, cell, column)
    if waiting:
        take_cell(page, post, *waiting)
