"""Labels side by side in one line with their values side by side in the next: 岗位名称　所属班组⏎主班教师　海豚班."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from gangwei.labels import Label
from gangwei.model import Field, Span
from gangwei.page import Line, Page

_CHUNK: Final = re.compile(r"\S+(?: \S+)*")
_FEWEST: Final = 2
_SHORT: Final = frozenset(
    [Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY, Field.OTHER]
)


class LabelRow(NamedTuple):
    """Labels that stand side by side, by where they begin, their values, and the line that holds those."""

    labels: tuple[int, ...]
    values: Mapping[int, Span]
    line: int


def label_rows(page: Page) -> tuple[LabelRow, ...]:
    """The rows of labels of a page whose values stand in the line below them."""
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
            rows.append(LabelRow(tuple([label.start for label in labels]), values, index + 1))
    return tuple(rows)


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
