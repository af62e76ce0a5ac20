"""Tables with a row a post or a row a unit; a merged or empty cell goes on with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gangwei.items import read_items
from gangwei.layouts.cells import Post, close_post, take_cell, take_target, text_of, title_in
from gangwei.layouts.chapters import chapter_unit
from gangwei.layouts.columns import SECTION_KINDS, Column, without_gloss, without_ordinal
from gangwei.layouts.reading import Reading
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Page
from gangwei.rulebook.columns import GROUP, TARGET

# So far below a unit's row another one may speak of it.
_LOOK_BELOW: Final = 400
_TOTAL: Final = re.compile(r"(?:合|小|总|共)\s*计(?:[:：].*)?$|(?:备注|附?注|说明)(?:[:：].*)?$")
_FUNCTIONS: Final = frozenset([Field.DUTY, Field.UNIT])


class _Rows:
    """The rows of one table while they are read."""

    def __init__(self, page: Page, head: Sequence[Column | None], rows: Sequence[Sequence[Span]], start: int) -> None:
        kinds = [column.kind if column else "" for column in head]
        self.page: Final = page
        self.head: Final = head
        self.title: Final = kinds.index(Field.TITLE)
        self.unit: Final = kinds.index(Field.DEPARTMENT) if Field.DEPARTMENT in kinds else -1
        self.group: Final = kinds.index(GROUP) if GROUP in kinds else -1
        self.targets: Final = _targets(kinds)
        self.chapter: Entry | None = None if self.unit >= 0 else chapter_unit(page, start)
        self.repeats_units: Final = self.unit >= 0 and _repeats(page, [row[self.unit] for row in rows])
        self.post: Post | None = None
        self.last_title = Span(0, 0)
        self.last_unit: Entry | None = None
        self.roles: Final[list[FoundRole]] = []
        self.units: Final[list[FoundUnit]] = []
        self.claimed: Final[list[tuple[int, int]]] = []

    def read(self, row: Sequence[Span]) -> None:
        page = self.page
        texts = {cell.start: cell for cell in row if cell.end > cell.start and text_of(page, cell)}
        if not texts:
            return
        first = next(iter(texts.values()))
        if total := next((cell for cell in texts.values() if _TOTAL.match(text_of(page, cell))), None):
            self.claimed.append((total.start, total.end))
            return
        if len(texts) == 1 and row[self.title] == first and self._is_banner(row, first):
            return
        if self._is_unit(row):
            self._take_unit(row)
            return
        self._open(row)
        if self.post is None:
            return
        group = text_of(page, row[self.group]) if self.group >= 0 else ""
        for column, head in enumerate(self.head):
            if head is None or column in (self.title, self.group) or column in self.targets.values():
                continue
            if column in self.targets:
                take_target(page, self.post, row[column], head, row[self.targets[column]])
            elif row[column].end > row[column].start:
                take_cell(page, self.post, row[column], head, group if head.kind == Field.DUTY else "")

    def _is_banner(self, row: Sequence[Span], cell: Span) -> bool:
        """Whether the row holds one cell only, which names the unit of the rows below it or no post at all."""
        page = self.page
        name = without_ordinal(text_of(page, cell))
        if page.names.is_unit(name) or sum(place == cell for place in row) > 1:
            self.close()
            self.last_title = cell
            span = page.trim(*cell)
            if page.names.is_unit(name):
                self.last_unit = page.entry(span.start, span.end, "table: unit of rows")._replace(text=name)
            self.claimed.append((span.start, span.end))
            return True
        return False

    def _is_unit(self, row: Sequence[Span]) -> bool:
        """Whether a row among those of posts speaks of a unit itself: its functions, and its name over the rows below."""
        cell = row[self.title]
        name = self._unit_name(cell) if cell.end > cell.start and cell != self.last_title else ""
        return bool(name) and self.page.names.is_unit(name) and not self.page.names.is_post(name)

    def _head_kind(self, column: int) -> str:
        head = self.head[column]
        return head.kind if head else ""

    def _unit_name(self, cell: Span) -> str:
        """The text of a cell without number and without a bracket behind it (质检部（部门）)."""
        return without_gloss(without_ordinal(text_of(self.page, cell)))

    def _take_unit(self, row: Sequence[Span]) -> None:
        page, cell = self.page, row[self.title]
        self.close()
        self.last_title = cell
        span = page.trim(*cell)
        name = page.entry(span.start, span.end, "table: unit")._replace(text=self._unit_name(cell))
        # Behind posts that stand under no unit it is a row like theirs and heads none, unless a row below speaks of it.
        is_named = page.value.find(name.text, row[-1].end, row[-1].end + _LOOK_BELOW) >= 0
        self.last_unit = name if self.last_unit or not self.roles or is_named else None
        said = [c for c, head in enumerate(self.head) if head is not None and text_of(page, row[c])]
        # What a unit is for may stand under a head that fits posts alone.
        told = [c for c in said if self._head_kind(c) in _FUNCTIONS] or [
            c for c in said if self._head_kind(c) in SECTION_KINDS
        ]
        functions: list[Entry] = []
        for column in told:
            items = read_items(page, *row[column], Field.UNIT, is_cell=True).items
            functions += (page.entry(item.start, item.end, "table: unit", item.group) for item in items)
        if functions:
            self.units.append(FoundUnit(name, tuple(functions)))
        self.claimed.extend((place.start, place.end) for place in row if place.end > place.start)

    def _open(self, row: Sequence[Span]) -> None:
        """Begin a new post where the row names one."""
        page, cell = self.page, row[self.title]
        title = title_in(page, cell) if cell.end > cell.start and cell != self.last_title else None
        if title is None:
            if cell.end > cell.start:
                self.last_title = cell
            return
        self.last_title = cell
        unit = row[self.unit] if self.unit >= 0 else Span(0, 0)
        if self.post and self.post.title.text == title.text and self._same_unit(unit):
            return
        self.close()
        self.post = Post(title, cell.start)
        self.claimed.append((cell.start, cell.end))
        if self.unit >= 0 and text_of(page, unit):
            span = page.trim(*unit)
            self.last_unit = page.entry(span.start, span.end, "table: unit column")
            self.claimed.append((span.start, span.end))
        elif self.repeats_units:
            self.last_unit = None
        if self.last_unit:
            self.post.fields[Field.DEPARTMENT] = [self.last_unit]

    def _same_unit(self, cell: Span) -> bool:
        text = text_of(self.page, cell)
        return not text or self.last_unit is None or self.last_unit.text == text

    def close(self) -> None:
        if self.post:
            role, spans = close_post(self.page, self.post, self.chapter)
            if role:
                self.roles.append(role)
                self.claimed.extend(spans)
        self.post = None


def read_rows(
    page: Page,
    head: Sequence[Column | None],
    head_rows: Sequence[Sequence[Span]],
    rows: Sequence[Sequence[Span]],
    start: int,
) -> Reading:
    """The posts of a table with a row, or a block of rows, for each; `start` is where the table begins."""
    reader = _Rows(page, head, rows, start)
    for row in rows:
        reader.read(row)
    reader.close()
    claimed = (*_head_spans(head_rows), *reader.claimed) if reader.roles else ()
    return Reading(tuple(reader.roles), tuple(reader.units) if reader.roles else (), None, claimed, "table_flat")


def read_units(
    page: Page,
    head: Sequence[Column | None],
    head_rows: Sequence[Sequence[Span]],
    rows: Sequence[Sequence[Span]],
    start: int,
) -> Reading:
    """The units of a table with a row, or a block of rows, for each; without a column for the unit the chapter's."""
    kinds = [column.kind if column else "" for column in head]
    functions = [column for column, kind in enumerate(kinds) if kind in _FUNCTIONS]
    names = kinds.index(Field.DEPARTMENT) if Field.DEPARTMENT in kinds else -1
    chapter = chapter_unit(page, start) if names < 0 else None
    if not functions or (names < 0 and (chapter is None or Field.UNIT not in kinds)):
        return Reading((), (), None, (), "table_flat")
    # Of several columns of functions, the last holds the lowest-level statements.
    lowest = functions[-1]
    groups = [c for c, kind in enumerate(kinds) if (kind == GROUP or c in functions) and c != lowest]
    found: dict[str, tuple[Entry, list[Entry]]] = {}
    claimed: list[tuple[int, int]] = []
    seen: set[Span] = set()
    current = chapter
    for row in rows:
        if names >= 0 and (text := text_of(page, row[names])):
            span = page.trim(*row[names])
            name = without_ordinal(text)
            current = page.entry(span.start, span.end, "table: unit")._replace(text=name)
            if not page.names.is_unit(name) or _TOTAL.match(name):
                current = None
        cell = row[lowest]
        if current is None or cell in seen or not text_of(page, cell):
            continue
        seen.add(cell)
        group = without_ordinal(text_of(page, row[groups[-1]])) if groups else ""
        items = read_items(page, cell.start, cell.end, Field.UNIT, is_cell=True).items
        entries = [page.entry(i.start, i.end, "table: unit", i.group or group) for i in items]
        found.setdefault(current.text, (current, []))[1].extend(entries)
        claimed += [(place.start, place.end) for place in row if place.end > place.start]
    units = tuple(FoundUnit(name, tuple(entries)) for name, entries in found.values() if entries)
    return Reading((), units, None, (*_head_spans(head_rows), *claimed) if units else (), "table_flat")


def _repeats(page: Page, cells: Sequence[Span]) -> bool:
    """Whether a column prints a name again where it stays the same: then an empty cell is empty."""
    return any(a != b and text_of(page, a) and text_of(page, a) == text_of(page, b) for a, b in pairwise(cells))


def _targets(kinds: Sequence[str]) -> dict[int, int]:
    """Each column of indicators with the column of their targets, where there is one."""
    found: dict[int, int] = {}
    indicator = -1
    for column, kind in enumerate(kinds):
        if kind == Field.KPI:
            indicator = column
        elif kind == TARGET and indicator >= 0:
            found[indicator] = column
            indicator = -1
    return found


def _head_spans(rows: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    return [(cell.start, cell.end) for row in rows for cell in row if cell.end > cell.start]
