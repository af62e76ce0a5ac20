"""Labels side by side with their values side by side behind them, in the next line or where rows of a table ran together:
岗位名称　所属班组⏎主班教师　海豚班, 岗位名称所属部门直接上级出纳财务部财务经理."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from gangwei.label_values import TYPED, value_fits
from gangwei.labels import Label
from gangwei.model import Field, Span
from gangwei.name_values import NOTHING
from gangwei.page import Line, Page

_CHUNK: Final = re.compile(r"\S+(?: \S+)*")
_FEWEST: Final = 2
_FEWEST_GLUED: Final = 3
_FEWEST_FIT: Final = 2
_LONGEST_ROW: Final = 60
_LONGEST_OTHER: Final = 12
_LONGEST_VALUE: Final = 24
_SHORT: Final = frozenset(
    [Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY, Field.OTHER]
)


class LabelRow(NamedTuple):
    """Labels that stand side by side, by where they begin, their values, where those end, and the lines that hold nothing
    else (none where all ran together)."""

    labels: tuple[int, ...]
    values: Mapping[int, Span]
    end: int
    lines: Sequence[int]


def label_rows(page: Page) -> tuple[LabelRow, ...]:
    """The rows of labels of a page whose values stand in the line below them or behind them."""
    # A label's blanks belong to it, so that labels side by side touch.
    firsts = [a for a, b in pairwise(page.labels) if a.at_line_start and not a.has_mark and a.end >= b.start]
    rows: list[LabelRow] = []
    for first in firsts:
        index = page.line_index(first.start)
        line = page.lines[index]
        labels = [label for label in page.labels if line.start <= label.start < label.end <= line.end + 1]
        if index + 1 == len(page.lines) or not _is_row(page, line, labels):
            continue
        below = page.lines[index + 1]
        if any(below.start <= label.start < below.end for label in page.labels) or below.ordinal >= 0:
            continue
        if values := _beside(page, labels, below):
            rows.append(LabelRow(tuple([label.start for label in labels]), values, below.end, (index + 1,)))
    rows += _glued_rows(page, {start for row in rows for start in row.labels})
    return tuple(rows)


def _glued_rows(page: Page, known: Set[int]) -> Iterator[LabelRow]:
    """The rows of labels that ran together, and their values with them."""
    labels = page.labels
    first = 0
    for last, (label, following) in enumerate(zip_longest(labels, labels[1:])):
        if following and _touch(page, label, following):
            continue
        row, first = labels[first : last + 1], last + 1
        if len(row) < _FEWEST_GLUED or row[0].start in known or not any(x.rule.field is Field.TITLE for x in row):
            continue
        start = page.trim(label.end, len(page.value)).start
        if following and (stacked := _stacked(page, row, start, page.trim(start, following.start).end)):
            yield stacked
            continue
        stop = page.lines[page.line_index(start)].end if start < len(page.value) else start
        if following:
            stop = min(stop, page.trim(start, following.start).end)
        if start < stop <= start + _LONGEST_ROW and (values := _shared_out(page, row, start, stop)):
            line = page.line_index(start)
            is_apart = page.lines[line].body == start and page.lines[line].end == stop
            yield LabelRow(tuple([label.start for label in row]), values, stop, (line,) if is_apart else ())


def _stacked(page: Page, row: Sequence[Label], start: int, stop: int) -> LabelRow | None:
    """The row that labels make which stand one below the other, their values below them in the same order, a line each:
    a table of which a scan gave column after column."""
    first, last = page.line_index(row[0].start), page.line_index(row[-1].end - 1)
    if start >= stop or last - first != len(row) - 1:
        return None
    lines = page.lines[page.line_index(start) : page.line_index(stop - 1) + 1]
    spans = [page.trim(max(line.start, start), min(line.end, stop)) for line in lines]
    if not _FEWEST_FIT <= len(spans) <= len(row) or any(line.ordinal >= 0 for line in lines):
        return None
    # By the lines given out: the best sum, and which label got each.
    best: dict[int, tuple[int, tuple[Label, ...]]] = {0: (0, ())}
    for label in row:
        longer = dict(best)
        for count, (worth, given) in best.items():
            if count < len(spans):
                total = worth + _worth(page, label, *spans[count])
                if total > longer.get(count + 1, (-_FEWEST_GLUED,))[0]:
                    longer[count + 1] = (total, (*given, label))
        best = longer
    worth, given = best.get(len(spans), (0, ()))
    if worth < _FEWEST_FIT or not any(label.rule.field is Field.TITLE for label in given):
        return None
    values = {label.start: span for label, span in zip(given, spans, strict=True)}
    return LabelRow(
        tuple([label.start for label in row]),
        values,
        stop,
        range(page.line_index(start), page.line_index(stop - 1) + 1),
    )


def _touch(page: Page, label: Label, following: Label) -> bool:
    """Whether two labels of short fields stand side by side with nothing between them."""
    if label.has_mark or following.has_mark or page.trim(label.end, following.start).start < following.start:
        return False
    is_other = label.rule is not following.rule or "\n" in page.value[label.end : following.start]
    return is_other and label.word != following.word and {label.rule.field, following.rule.field} <= _SHORT


def _shared_out(page: Page, row: Sequence[Label], start: int, stop: int) -> Mapping[int, Span]:
    """The values of a row's labels, of which each gets what fits it; none where they fit no better than by chance."""
    ends = range(start, stop + 1)
    # By label: the best sum where its value ends at each of the places, and where that value begins.
    best = {0: 0}
    ways: list[dict[int, int]] = []
    for label in row:
        sums: dict[int, int] = {}
        way: dict[int, int] = {}
        for begin, sum_before in best.items():
            for end in range(begin, min(begin + _LONGEST_VALUE, len(ends))):
                worth = sum_before + _worth(page, label, ends[begin], ends[end])
                if worth > sums.get(end, -_FEWEST_GLUED):
                    sums[end], way[end] = worth, begin
        best = sums
        ways.append(way)
    place = len(ends) - 1
    if best.get(place, 0) < max(_FEWEST_FIT, sum(label.rule.field in TYPED for label in row)):
        return {}
    values: dict[int, Span] = {}
    for label, way in zip(reversed(row), reversed(ways), strict=True):
        values[label.start] = page.trim(ends[way[place]], ends[place])
        place = way[place]
    return values


def _worth(page: Page, label: Label, start: int, end: int) -> int:
    """What a stretch is worth as the value of a label: 1 where it fits, less than nothing where it does not."""
    if start == end:
        return 0
    if label.rule.field not in TYPED:
        return 0 if end - start <= _LONGEST_OTHER else -_FEWEST_GLUED
    text = page.value[start:end]
    if text in NOTHING or value_fits(page.value, start, end, label.rule, label.word, page.names):
        return 1
    return -_FEWEST_GLUED


def _is_row(page: Page, line: Line, labels: Sequence[Label]) -> bool:
    """Whether a line holds labels of short fields and nothing else."""
    if len(labels) < _FEWEST or not all(label.rule.field in _SHORT and not label.has_mark for label in labels):
        return False
    rest = page.value[line.body : line.end]
    for label in labels:
        rest = rest.replace(page.value[slice(*page.trim(label.start, label.end))], "", 1)
    return not rest.strip()


def _beside(page: Page, labels: Sequence[Label], below: Line) -> Mapping[int, Span]:
    """The values in the line below, each under the label whose column is nearest; none where two share one."""
    chunks = [Span(*match.span()) for match in _CHUNK.finditer(page.value, below.start, below.end)]
    if len(chunks) == len(labels):
        return {label.start: chunk for label, chunk in zip(labels, chunks, strict=True)}
    if not chunks or len(chunks) > len(labels):
        return {}
    columns = {label.start: _column(page, label.start) for label in labels}
    found: dict[int, Span] = {}
    for chunk in chunks:
        column = _column(page, chunk.start)
        nearest = min(columns, key=lambda start: abs(columns[start] - column))
        if nearest in found:
            return {}
        found[nearest] = chunk
    return found


def _column(page: Page, place: int) -> int:
    """The column of a place in its line, with Chinese characters two columns wide."""
    start = page.value.rfind("\n", 0, place) + 1
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in page.value[start:place])
