"""Lines drawn on a page -> the cells of its tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple


class Rule(NamedTuple):
    """A line across (`top` equals `bottom`) or down the page."""

    left: float
    top: float
    right: float
    bottom: float


class Field(NamedTuple):
    """A cell: its place on the page, and in the grid of its table."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int
    columns: int


class Ruled(NamedTuple):
    """A table: where it stands, its cells row by row."""

    left: float
    top: float
    right: float
    bottom: float
    fields: tuple[Field, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.left - 1 <= x <= self.right + 1 and self.top - 1 <= y <= self.bottom + 1

    def place(self, x: float, y: float) -> tuple[int, int]:
        """The row and the column of the grid at a point of the table."""
        row = min(max(bisect_left(self.ys, y) - 1, 0), len(self.ys) - 2)
        return row, min(max(bisect_left(self.xs, x) - 1, 0), len(self.xs) - 2)


def tables_of(rules: Iterable[Rule]) -> list[Ruled]:
    """The tables that lines make, from the top: at least two cells within a frame.

    >>> lines = [Rule(0, y, 20, y) for y in (0, 10)] + [Rule(x, 0, x, 10) for x in (0, 5, 20)]
    >>> [(field.column, field.left, field.right) for field in tables_of(lines)[0].fields]
    [(0, 0, 5), (1, 5, 20)]
    """
    found = [table for group in _groups(list(rules)[:_MOST_RULES]) if (table := _table(group))]
    return sorted(found, key=lambda table: (table.top, table.left))


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines that touch each other, directly or over others."""
    groups: list[tuple[Rule, list[Rule]]] = []  # with the frame around each
    for rule in sorted(rules, key=lambda rule: (rule.top, rule.left)):
        frame, members = rule, [rule]
        apart: list[tuple[Rule, list[Rule]]] = []
        for other, theirs in groups:
            if _touches(frame, other):
                frame = Rule(
                    min(frame.left, other.left), min(frame.top, other.top),
                    max(frame.right, other.right), max(frame.bottom, other.bottom),
                )  # fmt: skip
                members = theirs + members if len(theirs) > len(members) else members + theirs
            else:
                apart.append((other, theirs))
        groups = [*apart[-_MOST_GROUPS:], (frame, members)]
    return [members for _, members in groups]


def _touches(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _table(rules: Sequence[Rule]) -> Ruled | None:
    across = [rule for rule in rules if rule.bottom - rule.top <= rule.right - rule.left]
    down = [rule for rule in rules if rule.bottom - rule.top > rule.right - rule.left]
    ys, xs = _marks([rule.top for rule in across]), _marks([rule.left for rule in down])
    if len(ys) < 2 or len(xs) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_FIELDS:
        return None
    # Where a wall stands right of place (row, column), or below it.
    right_walls = {(row, _at(xs, rule.left)) for rule in down for row in _covered(ys, rule.top, rule.bottom)}
    lower_walls = {(_at(ys, rule.top), column) for rule in across for column in _covered(xs, rule.left, rule.right)}
    fields = _fields(xs, ys, right_walls, lower_walls)
    if len(fields) < 2:
        return None
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], tuple(fields), tuple(xs), tuple(ys))


def _fields(
    xs: Sequence[float], ys: Sequence[float], right_walls: set[tuple[int, int]], lower_walls: set[tuple[int, int]]
) -> list[Field]:
    """The places of a grid, those without a wall between them as one."""
    fields: list[Field] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < len(xs) - 1 and (row, right) not in right_walls and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while bottom < len(ys) - 1 and not any((bottom, x) in lower_walls for x in range(column, right)):
                bottom += 1
            taken.update((y, x) for y in range(row, bottom) for x in range(column, right))
            fields.append(Field(xs[column], ys[row], xs[right], ys[bottom], row, column, bottom - row, right - column))
    return fields


def _marks(values: Iterable[float]) -> list[float]:
    """Places with those that are near each other as one."""
    marks: list[float] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > _NEAR:
            marks.append(value)
    return marks


def _at(marks: Sequence[float], value: float) -> int:
    return max(bisect_left(marks, value + _NEAR) - 1, 0)


def _covered(marks: Sequence[float], start: float, end: float) -> range:
    """The stretches between marks that a line from `start` to `end` covers, all but a little of each."""
    first = bisect_left(marks, start - _NEAR)
    last = bisect_left(marks, end + _NEAR) - 1
    return range(max(first, 0), max(last, 0))


_NEAR: Final = 3.0  # points; double lines and lines that miss each other a little
_MOST_RULES: Final = 20_000
_MOST_GROUPS: Final = 200
_MOST_FIELDS: Final = 20_000
