"""The heads of flattened tables: the words of a table's first row, one behind the other or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.layouts.columns import SECTION_KINDS, Column, column_of, with_targets
from gangwei.lexer import Hit
from gangwei.model import Field, Span
from gangwei.page import Page
from gangwei.rulebook.columns import CORNER, GROUP, NUMBER

_MOST_COLUMNS: Final = 10
_TOKEN: Final = re.compile(r"[^\s|]+")
_GAP: Final = re.compile(r"[\s|]*")
_LONGEST: Final = 20
_WIDEST_GAP: Final = 24
_BEFORE_TITLE: Final = frozenset([NUMBER, GROUP, CORNER, Field.DEPARTMENT, Field.COMPANY, Field.OTHER])
_RANKS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE, Field.OTHER])
_FUNCTION: Final = re.compile("职能")
_FUNCTIONS: Final = frozenset([Field.UNIT, Field.DUTY, GROUP])


class Head(NamedTuple):
    """The columns that a table announces, and where its head begins and ends on the page.

    `is_lines`: each word of the head stands on a line of its own.
    """

    columns: tuple[Column, ...]
    start: int
    end: int
    is_lines: bool


def post_heads(page: Page) -> Iterator[Head]:
    """The heads of tables of posts: a word for the post, and what follows it."""
    last_end = -1
    for hit in page.hits:
        if hit.rule.field is not Field.TITLE or hit.start < last_end:
            continue
        head = _head_at(page, hit)
        if head and any(column.kind in SECTION_KINDS for column in head.columns):
            last_end = head.end
            yield head


def unit_heads(page: Page) -> Iterator[Head]:
    """The heads of tables of units' functions: 职能 职能分项 职能细化."""
    last_end = -1
    for match in _FUNCTION.finditer(page.value):
        if match.start() < last_end:
            continue
        token = _token_around(page, match.start())
        found = _run(page, token, forward=False) if token else []
        found.reverse()
        if token and (column := column_of(page.rules, page.value[token.start : token.end])):
            found.append((token, column))
            found += _run(page, token, forward=True)
        kinds = [column.kind for _, column in found]
        if len(found) > 1 and Field.TITLE not in kinds and all(k in (*_FUNCTIONS, *_BEFORE_TITLE) for k in kinds):
            last_end = found[-1][0].end
            yield _made(page, found)


def _head_at(page: Page, hit: Hit) -> Head | None:
    """The head in which a word for the post stands, or None."""
    token = _token_around(page, hit.start)
    if token is None:
        return None
    own = _columns(page, token)
    if not own or own[0][1].kind != Field.TITLE:
        return None
    before = [found for found in _run(page, token, forward=False) if found[1].kind in _BEFORE_TITLE]
    found = [*reversed(before), *own, *_run(page, token, forward=True)]
    return _made(page, found) if len(found) > 1 else None


def _made(page: Page, found: Sequence[tuple[Span, Column]]) -> Head:
    spans = [span for span, _ in found]
    columns = with_targets([column for _, column in found])
    gaps = [page.value[a.end : b.start] for a, b in pairwise(spans)]
    is_lines = sum("\n" in gap for gap in gaps) * 2 > len(gaps)
    return Head(tuple(column for column in columns if column), spans[0].start, spans[-1].end, is_lines)


def _token_around(page: Page, place: int) -> Span | None:
    """The word without blanks in which a place lies, where it is short enough for a head."""
    value = page.value
    start = end = place
    while start > 0 and place - start < _LONGEST and not value[start - 1].isspace() and value[start - 1] != "|":
        start -= 1
    while end < len(value) and end - start < _LONGEST and not value[end].isspace() and value[end] != "|":
        end += 1
    return Span(start, end) if end - start < _LONGEST else None


def _columns(page: Page, token: Span) -> list[tuple[Span, Column]]:
    """What a word announces: one column, or several whose words ran together."""
    text = page.value[token.start : token.end]
    if text.endswith((":", "：")):
        return []
    if column := column_of(page.rules, text):
        return [(token, column)]
    return []


def _run(page: Page, token: Span, *, forward: bool) -> list[tuple[Span, Column]]:
    """The columns that the words behind a word, or before it, announce, as far as they are heads of columns."""
    found: list[tuple[Span, Column]] = []
    words: set[str] = set()
    place = token
    while len(found) < _MOST_COLUMNS:
        beside = _beside(page, place, forward=forward)
        columns = _columns(page, beside) if beside else []
        if beside is None or len(columns) != 1 or columns[0][1].word in words or columns[0][1].kind == Field.TITLE:
            break
        column = columns[0][1]
        if not forward and column.kind not in _BEFORE_TITLE and column.kind not in _FUNCTIONS:
            break
        # The first post may sound like a head: 主管 is a superior's label as well.
        if forward and column.kind in _RANKS and page.names.is_post(page.value[beside.start : beside.end]):
            break
        words.add(column.word)
        found.append((beside, column))
        place = beside
    return found


def _beside(page: Page, token: Span, *, forward: bool) -> Span | None:
    value = page.value
    if forward:
        gap = _GAP.match(value, token.end, token.end + _WIDEST_GAP)
        match = _TOKEN.match(value, gap.end() if gap else token.end, token.end + _WIDEST_GAP + _LONGEST)
        return Span(match.start(), match.end()) if match and match.end() - match.start() < _LONGEST else None
    end = token.start
    while end > 0 and token.start - end < _WIDEST_GAP and (value[end - 1].isspace() or value[end - 1] == "|"):
        end -= 1
    return _token_around(page, end - 1) if 0 < end < token.start else None
