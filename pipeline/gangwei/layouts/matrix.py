"""Tables with a column a post: the first columns say what a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gangwei.layouts.cells import Post, close_post, take_cell, take_tick, text_of, title_in
from gangwei.layouts.columns import POST_KINDS, SECTION_KINDS, Column, plain, row_head, without_ordinal
from gangwei.layouts.reading import Reading
from gangwei.model import Field, FoundRole, Span
from gangwei.page import Page, tidy
from gangwei.rulebook.columns import GROUP, TARGET

_LONG_TEXT: Final = 10
_TAKEN: Final = frozenset([*SECTION_KINDS, *POST_KINDS, Field.DEPARTMENT, Field.COMPANY])


def read_matrix(page: Page, table: Sequence[Sequence[Span]], top: int, columns: Sequence[int]) -> Reading:
    """The posts that stand in some columns of the row `top`, each with what its column says of it."""
    roles: list[FoundRole] = []
    claimed: list[tuple[int, int]] = [(cell.start, cell.end) for cell in table[top] if cell.end > cell.start]
    rows = [row for number, row in enumerate(table) if number != top]
    heads = [_head_of(page, row, columns) for row in rows]
    claimed += [(cell.start, cell.end) for row in rows for cell in row[: columns[0]] if cell.end > cell.start]
    for column in columns:
        title = title_in(page, table[top][column])
        if title is None:
            continue
        post = Post(title, table[top][column].start)
        for row, (head, group) in zip(rows, heads, strict=True):
            if head is None or row[column].end <= row[column].start or row[column] == row[0]:
                continue
            if head.kind == Field.DUTY and take_tick(page, post, row[column], row[columns[0] - 1]):
                continue
            take_cell(page, post, row[column], head, group)
        role, spans = close_post(page, post)
        if role:
            roles.append(role)
            claimed.extend(spans)
    return Reading(tuple(roles), (), None, tuple(claimed) if roles else (), "table_flat")


def _head_of(page: Page, row: Sequence[Span], columns: Sequence[int]) -> tuple[Column | None, str]:
    """What a row is about, and the group of duties that it is where it says no field."""
    words = [plain(page, cell) for cell in row[: columns[0]]]
    named = [(word, row_head(page.rules, word)) for word in words if word]
    for _, head in reversed(named):
        if head and head.kind == TARGET:
            return Column(str(Field.KPI), head.word), ""
        if head and head.kind in _TAKEN:
            group = next((without_ordinal(word) for word, kind in named if kind is None), "")
            return head, group
    last = row[columns[0] - 1]
    if any(head and head.kind not in (GROUP, Field.UNIT) for _, head in named) or not text_of(page, last):
        return None, ""
    if not any(_says_duty(page, row[column]) for column in columns):
        return None, ""
    return Column(str(Field.DUTY), ""), without_ordinal(tidy(page.value[slice(*page.trim(*last))]))


def _says_duty(page: Page, cell: Span) -> bool:
    """Whether a cell in a row of its own name may hold duties: a list, a sentence, or the tick of one."""
    text = text_of(page, cell)
    if not text:
        return False
    is_listed = bool(page.ordinals_in(cell.start, cell.end))
    return is_listed or len(text) >= _LONG_TEXT or len(text) == 1 or bool(page.rules.senses.duty.match(text))
