"""Forms drawn as tables: label cells with their values beside or below them, one post after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.appraisals import is_appraiser
from gangwei.items import read_items
from gangwei.layouts.cells import Post, close_post, post_in, take_cell, take_target, text_of, title_in
from gangwei.layouts.chapters import heading_above, heading_in
from gangwei.layouts.columns import (
    POST_KINDS,
    SECTION_KINDS,
    Column,
    column_of,
    plain,
    read_head,
    row_head,
    with_targets,
)
from gangwei.layouts.grids import Grid
from gangwei.layouts.reading import Reading
from gangwei.layouts.values import EXAMPLE
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Page
from gangwei.rulebook.columns import CORNER, GROUP, NUMBER, TARGET

_SECTIONS: Final = frozenset([*SECTION_KINDS, Field.UNIT])
_OF_FORMS: Final = frozenset([*_SECTIONS, *POST_KINDS, Field.DEPARTMENT, Field.COMPANY, Field.TITLE, Field.OTHER])
_OF_HEADS: Final = frozenset([*_SECTIONS, Field.OTHER, NUMBER, TARGET, GROUP, CORNER])
_INLINE: Final = re.compile(r"\s*([^\s:：]{2,10}(?:\s[^\s:：]{1,4})?)\s*[:：]\s*")
_FEWEST_LABELS: Final = 3
_GROUPED: Final = (Field.DUTY, Field.AUTHORITY, Field.ROUTINE)
_LONGEST_GROUP: Final = 12
_SENTENCE: Final = re.compile(r"[。；;！!？?\n]|^[\s(（]*[\d一二三四五六七八九十]{1,3}[、.．)）]")
_TOP_ROWS: Final = 3


# What a form says of a unit's posts.
_POSTS_OF_UNIT: Final = Column(str(Field.OTHER), "posts of a unit")
# An appraiser's post is none of the form's.
_OF_APPRAISER: Final = Column(str(Field.OTHER), "appraiser")
_LISTED: Final = re.compile(r"、|<br ?/?>|\n|(?<=[\u4e00-\u9fff]) - ")


class _Cell(NamedTuple):
    """A cell of a row with the column that it begins in and the label that it is, if any."""

    column: int
    span: Span
    label: Column | None


def is_form(page: Page, grid: Grid) -> bool:
    """Whether a table is a form: a post's label with a name beside it, or labels with values under a post's heading."""
    labelled = 0
    is_of_unit = False
    for row in grid.rows:
        cells = _cells(page, row)
        is_of_unit = is_of_unit or any(cell.label is _POSTS_OF_UNIT for cell in cells)
        if _is_table_head(page, row):
            return False
        if len(cells) == 1 and cells[0].label:
            labelled += cells[0].label.kind in _SECTIONS
        for cell, beside in pairwise(cells):
            if cell.label is None or beside.label is not None or not text_of(page, beside.span):
                continue
            known = sum(other.label is not None for other in cells)
            if cell.label.kind == Field.TITLE and len(cells) <= 2 * known and title_in(page, beside.span):
                return True
            labelled += cell.label.kind in _OF_FORMS
        inline = [column.kind for cell in cells for column, _ in _inline(page, cell.span)]
        if Field.TITLE in inline:
            return True
        labelled += len(inline)
    return labelled >= _FEWEST_LABELS and (is_of_unit or _named(page, grid) is not None)


def is_template(page: Page, grid: Grid) -> bool:
    """Whether a table is a form that is filled in as it might be: 部门名称|如：市场部、财务部"""
    return any(
        cell.label is not None and beside.label is None and EXAMPLE.match(page.value, beside.span.start) is not None
        for row in grid.rows
        for cell, beside in pairwise(_cells(page, row))
    )


def read_form(page: Page, grid: Grid) -> Reading:
    """The posts, or the units, of the forms in a table."""
    reader = _Form(page, _named(page, grid))
    above: frozenset[Span] = frozenset()
    for row in grid.rows:
        reader.read(_cells(page, row), above)
        above = frozenset(cell for cell in row if cell.end > cell.start)
    reader.close()
    return Reading(tuple(reader.roles), tuple(reader.units), None, tuple(reader.claimed), "form_grid")


def _is_table_head(page: Page, row: Sequence[Span]) -> bool:
    head = read_head(page, row)
    kinds = [column.kind for column in head or () if column]
    return Field.TITLE in kinds and any(kind in _SECTIONS for kind in kinds)


def _named(page: Page, grid: Grid) -> Entry | None:
    """The post that the first rows of a table or the heading above it name."""
    for row in grid.rows[:_TOP_ROWS]:
        cells = {cell for cell in row if cell.end > cell.start}
        if len(cells) == 1 and (name := heading_in(page, cells.pop())):
            return name
    return heading_above(page, grid.start)


def _cells(page: Page, row: Sequence[Span]) -> list[_Cell]:
    """The cells of a row, each once; behind the label of a post, a name is a value, whatever it sounds like."""
    cells: list[_Cell] = []
    is_appraisers = False
    for column, span in enumerate(row):
        if cells and span == cells[-1].span and span.end > span.start:
            continue
        label = row_head(page.rules, plain(page, span))
        before = cells[-1].label if cells else None
        if before and before.kind in (Field.TITLE, *POST_KINDS) and label and post_in(page, span):
            label = None
        if label and label.kind == Field.TITLE and is_appraisers:
            label = _OF_APPRAISER
        elif label:
            is_appraisers = is_appraiser(label.word)
        if before and before.kind == Field.TITLE and _names_several(page, span):
            cells[-1] = cells[-1]._replace(label=_POSTS_OF_UNIT)
        cells.append(_Cell(column, span, label))
    return cells


def _names_several(page: Page, cell: Span) -> bool:
    """Whether a cell lists posts, as the form of a unit does: 岗位设置|主管、专员、文员"""
    parts = _LISTED.split(page.value[cell.start : cell.end])
    return len(parts) > 1 and all(page.names.is_post(part.strip(" -")) for part in parts)


def _inline(page: Page, cell: Span) -> Iterator[tuple[Column, Span]]:
    """The label and the value of a cell that holds both: 岗位名称：店长."""
    match = _INLINE.match(page.value, cell.start, cell.end)
    column = column_of(page.rules, re.sub(r"\s", "", match[1])) if match else None
    if match and column and column.kind in _OF_FORMS:
        rule = page.rules.labels.get(column.word)
        if rule is None or not rule.keep:
            yield column, Span(match.end(), cell.end)


class _Form:
    """The forms of one table while they are read, row by row."""

    def __init__(self, page: Page, named: Entry | None) -> None:
        self.page: Final = page
        self.named = named
        self.title_word = ""
        self.post: Post | None = None
        self.waiting: Post = _nobody()  # what was said before the post's name
        self.open: tuple[Column, Column | None] | None = None
        self.heads: dict[int, Column] = {}
        self.roles: Final[list[FoundRole]] = []
        self.units: Final[list[FoundUnit]] = []
        self.claimed: Final[list[tuple[int, int]]] = []

    def read(self, cells: Sequence[_Cell], above: frozenset[Span]) -> None:
        """Read one row; `above` are the cells of the row before, for one that is merged with it goes on."""
        fresh = [cell for cell in cells if cell.span not in above]
        if not any(text_of(self.page, cell.span) for cell in fresh):
            self.open = None if len(fresh) == len(cells) else self.open
            return
        self.claimed.extend(cell.span for cell in fresh if cell.label)
        if self._is_head(fresh):
            labels = with_targets([cell.label for cell in fresh])
            self.heads = {cell.column: label for cell, label in zip(fresh, labels, strict=True) if label}
            return
        if any(cell.label for cell in fresh) or (not self.open and len(fresh) == len(cells) and len(cells) == 1):
            self.heads = {}
        if self.heads:
            self._read_below_heads(fresh)
            return
        if len(cells) == 1 and cells[0].label is None and (name := heading_in(self.page, cells[0].span)):
            self.close()
            self.named = name
            return
        self._read_pairs(cells, above)

    def _is_head(self, fresh: Sequence[_Cell]) -> bool:
        """Whether the new cells of a row are the heads of a small table inside the form."""
        told = (cell for cell in fresh if cell.label or text_of(self.page, cell.span))
        kinds = {cell.label.kind if cell.label else "" for cell in told}
        return len(fresh) > 1 and kinds <= _OF_HEADS and bool(kinds & {*SECTION_KINDS, TARGET})

    def _read_below_heads(self, fresh: Sequence[_Cell]) -> None:
        """Read a row of a small table inside the form; an indicator with what is asked of it is one thing."""
        asked = next((cell for cell in fresh if (head := self.heads.get(cell.column)) and head.kind == TARGET), None)
        for cell in fresh:
            label = self.heads.get(cell.column)
            if label and label.kind == Field.KPI and asked:
                take_target(self.page, self._holder(), cell.span, label, asked.span)
            elif label and label.kind != TARGET:
                self._take(label, cell.span, None)

    def _read_pairs(self, cells: Sequence[_Cell], above: frozenset[Span]) -> None:
        """Read labels with the values beside them; a section's label before a label stands over the whole row."""
        first = cells[0].label
        is_over = first is not None and first.kind in _SECTIONS and len(cells) > 1 and cells[1].label is not None
        over = first if is_over else None
        has_label = any(cell.label for cell in cells)
        label: Column | None = None
        told = cells[1:] if is_over else cells
        for place, cell in enumerate(told):
            if cell.label:
                label = cell.label
            elif not over and self._take_pair(
                label or (self.open[0] if self.open and not has_label else None), told, place, above
            ):
                break
            elif not text_of(self.page, cell.span):
                label = label if label and label.kind in _SECTIONS else None
            elif label:
                self._take(label, cell.span, over)
                label = label if label.kind in _SECTIONS else None
            elif cell.span in above:
                continue
            elif inline := next(_inline(self.page, cell.span), None):
                column, value = inline
                self.claimed.append((cell.span.start, value.start))
                self._take(column, value, None)
                self.open = (column, None) if column.kind in _SECTIONS else None
            elif self.open and not has_label:
                self._take(self.open[0], cell.span, self.open[1])
        if has_label:
            self.open = (label, over) if label and label.kind in _SECTIONS else None

    def _take_pair(self, label: Column | None, cells: Sequence[_Cell], place: int, above: frozenset[Span]) -> bool:
        """Whether the last two cells of a row are one thing of a section: an indicator and what is asked of it, or the
        name of a group and its items.
        """
        pair = [cell for cell in cells[place:] if cell.label or text_of(self.page, cell.span)]
        if label is None or len(pair) != 2 or any(cell.label or cell.span in above for cell in pair):
            return False
        page, (first, second) = self.page, (cell.span for cell in pair)
        name, text = text_of(page, first), text_of(page, second)
        if not name or not text or len(name) > _LONGEST_GROUP or _SENTENCE.search(name):
            return False
        if label.kind == Field.KPI:
            take_target(page, self._holder(), first, label, second)
            return True
        if label.kind in _GROUPED and len(text) > len(name):
            self.claimed.append((first.start, first.end))
            take_cell(page, self._holder(), second, label, name)
            return True
        return False

    def _take(self, label: Column, cell: Span, over: Column | None) -> None:
        """Put a value where its label belongs; under another label it is a part of that one's section."""
        page = self.page
        if over:
            post = self._holder()
            if over.kind == Field.REQUIREMENT:
                self._take_small(post, label, cell)
            else:
                take_cell(page, post, cell, over, label.word)
            return
        if label.kind == Field.TITLE:
            if self.post and self.title_word not in ("", label.word):
                self._take_small(self.post, label, cell)
            else:
                self._open_post(cell, label.word)
            return
        if label.kind == Field.DEPARTMENT and Field.DEPARTMENT in self._holder().fields and self._holder().sections:
            self.close()
        if label.kind == Field.UNIT:
            label = Column(str(Field.DUTY), label.word)
        take_cell(page, self._holder(), cell, label)

    def _take_small(self, post: Post, label: Column, cell: Span) -> None:
        """Take a requirement with the small label that stands before it."""
        before = len(post.sections)
        take_cell(self.page, post, cell, Column(str(Field.REQUIREMENT), label.word))
        for section in post.sections[before:]:
            section.keep = label.word

    def _holder(self) -> Post:
        """The post at hand, or what waits for its name."""
        if self.post is None and self.named:
            self._begin(self.named, self.waiting.start)
        return self.post or self.waiting

    def _open_post(self, cell: Span, word: str) -> None:
        title = title_in(self.page, cell)
        if title is None:
            return
        if self.post and (self.post.sections or self.title_word):
            waiting = self.waiting
            self.close()
            self.waiting = waiting
        self.title_word = word
        self._begin(title, cell.start)
        self.claimed.append((cell.start, cell.end))

    def _begin(self, title: Entry, start: int) -> None:
        self.post, self.named = self.waiting, None
        self.post.title, self.post.start = title, start
        self.waiting = _nobody()

    def close(self) -> None:
        """Finish the post at hand, or the unit where the form was a unit's."""
        if self.post:
            role, spans = close_post(self.page, self.post, layout="form_grid")
            if role:
                self.roles.append(role)
                self.claimed.extend(spans)
        else:
            self._close_unit(self.waiting)
            self.waiting = _nobody()
        self.post, self.open, self.heads = None, None, {}

    def _close_unit(self, unit: Post) -> None:
        page, names = self.page, unit.fields.get(Field.DEPARTMENT)
        functions = [
            page.entry(item.start, item.end, "table: unit", item.group or section.heading)
            for section in unit.sections
            if section.field is Field.DUTY
            for item in read_items(page, *section.pieces[0], Field.UNIT, is_cell=True).items
        ]
        if names and functions:
            self.units.append(FoundUnit(names[0], tuple(functions)))
            self.claimed.extend(unit.claimed)


def _nobody() -> Post:
    return Post(Entry("", 0, 0, ""), 0)
