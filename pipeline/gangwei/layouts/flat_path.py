"""Which column each piece of a flattened table stands in: the best way through all of them, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from gangwei.layouts.columns import SECTION_KINDS, Column
from gangwei.layouts.flat_pieces import WIDE, Likeness, Piece
from gangwei.model import Field
from gangwei.rulebook.columns import NUMBER

_NEVER: Final = -1e9
_OUTSIDE: Final = -1
# What an empty cell costs, by what its column holds.
_EMPTY_SECTION: Final = 0.9
_EMPTY_POST: Final = 0.7
_EMPTY_NAME: Final = 0.4
_NO_TITLE: Final = 6.0
_LEAVE: Final = 0.3
# Where the text has left the table for this many pieces, it has ended.
_LONGEST_OUTSIDE: Final = 30
# What it is worth to go on in the same cell without a number, by what stands between.
_STAY: Final = {"": 0.4, " ": 0.1, WIDE: -0.6, "\n": -0.5}
_NO_ROW: Final = -3.0
_ENOUGH: Final = 3
_MOST: Final = 0.75
_HABIT: Final = 0.6
_NAMES: Final = frozenset([NUMBER, Field.TITLE, Field.DEPARTMENT, Field.COMPANY])


class _Step(NamedTuple):
    """Where each column's best way came from, whether it began a row there, and where the way outside came from."""

    sources: list[int]
    begins: list[bool]
    outside: int


class Placed(NamedTuple):
    """A piece with the row and the column that it stands in."""

    piece: Piece
    row: int
    column: int


def place_pieces(
    pieces: Sequence[Piece], columns: Sequence[Column], likeness: Likeness, *, is_lines: bool
) -> list[Placed]:
    """The pieces that stand in the table's rows. `is_lines`: no two cells share a line.

    A first look tells which columns hold numbered items; a second one goes by that.
    """
    table = _Columns(columns, is_lines)
    likes: list[dict[str, float]] = []
    placed = _look(table, pieces, likeness, likes)
    habits = _habits(table, placed)
    if any(habits):
        table.habits = habits
        placed = _look(table, pieces, likeness, likes)
    return placed


def _look(table: _Columns, pieces: Sequence[Piece], likeness: Likeness, likes: list[dict[str, float]]) -> list[Placed]:
    """The best way through the pieces; what they are like is put into `likes`, for another look."""
    steps: list[_Step] = []
    scores = [_NEVER] * table.width
    outside = 0.0
    away = 0
    top_style = next((piece.ordinal.style for piece in pieces if piece.ordinal), "")
    before: Piece | None = None
    count, known = len(pieces), len(likes)
    for number, piece in enumerate(pieces):
        if number >= known:
            following = pieces[number + 1] if number + 1 < count else None
            likes.append(likeness.of(piece, following, table.kinds_once))
        scores, outside, step = table.step(scores, outside, piece, before, likes[number], top_style)
        steps.append(step)
        away = away + 1 if outside > max(scores) else 0
        if away > _LONGEST_OUTSIDE:
            break
        before = piece
    return table.trace(scores, outside, pieces[: len(steps)], steps)


def _habits(table: _Columns, placed: Sequence[Placed]) -> list[float]:
    """For each column, what a numbered piece is worth there and, turned about, one without a number."""
    counts = [[0, 0] for _ in range(table.width)]
    for piece, _, column in placed:
        counts[column][piece.ordinal is not None] += 1
    habits = [0.0] * table.width
    for column, (plain, numbered) in enumerate(counts):
        if table.is_section[column] and plain + numbered >= _ENOUGH:
            share = numbered / (plain + numbered)
            habits[column] = _HABIT if share > _MOST else -_HABIT if share < 1 - _MOST else 0.0
    return habits


class _Columns:
    """The columns of a table with what it costs to pass them by."""

    def __init__(self, columns: Sequence[Column], is_lines: bool) -> None:
        self.kinds: Final = [column.kind for column in columns]
        self.kinds_once: Final = tuple(dict.fromkeys(self.kinds))
        self.width: Final = len(columns)
        self.is_lines: Final = is_lines
        self.title: Final = self.kinds.index(Field.TITLE)
        self.is_section: Final = [kind in SECTION_KINDS for kind in self.kinds]
        self.empty: Final = [_cost(kind) for kind in self.kinds]
        # What it is worth to go on in the same cell where that is no section.
        self.staying: Final = [-5.0 if k == NUMBER else -2.0 if k in _NAMES else -0.3 for k in self.kinds]
        self.habits = [0.0] * self.width
        # What the cells behind a column, and those before it, cost where a row ends or begins there.
        self.behind: Final = [0.9 * sum(self.empty[i + 1 :]) for i in range(self.width)]
        self.ahead: Final = [sum(self.empty[:i]) for i in range(self.width)]

    def step(
        self,
        scores: Sequence[float],
        outside: float,
        piece: Piece,
        before: Piece | None,
        likes: dict[str, float],
        top_style: str,
    ) -> tuple[list[float], float, _Step]:
        """The best scores with one piece more; for each column, the one before it and whether a row begins there."""
        stay, move, begin = self._ways(piece, before, top_style)
        ended, ended_in = _NEVER, _OUTSIDE
        for i in range(self.title, self.width):
            if scores[i] - self.behind[i] > ended:
                ended, ended_in = scores[i] - self.behind[i], i
        new = [0.0] * self.width
        sources = [_OUTSIDE] * self.width
        begins = [False] * self.width
        sign = 1.0 if piece.ordinal else -1.0
        left = outside - _LEAVE  # a row may also begin where the text has left the table
        entered, entered_in = (ended, ended_in) if ended >= left else (left, _OUTSIDE)
        passing, passing_from = _NEVER, _OUTSIDE
        for i, kind in enumerate(self.kinds):
            best, source, is_row = scores[i] + (stay if self.is_section[i] else self.staying[i]), i, False
            if passing + move > best:
                best, source = passing + move, passing_from
            if i <= self.title:
                row = entered + begin - self.ahead[i]
                if row > best:
                    best, source, is_row = row, entered_in, True
            new[i] = best + likes[kind] + sign * self.habits[i]
            sources[i] = source
            begins[i] = is_row
            passing -= self.empty[i]
            if scores[i] > passing:
                passing, passing_from = scores[i], i
        # Leaving the table in mid-row is as good as ending the row.
        ended -= _LEAVE
        if ended > outside:
            return new, ended, _Step(sources, begins, ended_in)
        return new, outside, _Step(sources, begins, _OUTSIDE)

    def _ways(self, piece: Piece, before: Piece | None, top_style: str) -> tuple[float, float, float]:
        """What it is worth to go on in the same cell, to begin the next one, to begin a row."""
        ordinal, gap = piece.ordinal, piece.gap
        is_apart = gap == "\n" if self.is_lines else gap != ""
        move = begin = 0.0 if is_apart else -0.6 if piece.after_closed else -2.0
        if ordinal is None:
            stay = _STAY[gap]
            if gap in (" ", WIDE) and (before is None or before.is_closed):
                stay -= 0.5
            if self.is_lines and gap == "\n":
                stay = 0.0
            return stay, move + 0.2 * (gap == WIDE), begin
        if ordinal.style == "bullet":
            return 0.4, move - 0.4, _NO_ROW
        if ordinal.value % 100 == 1:
            return (-2.5 if ordinal.style == top_style else -0.3), max(move, -0.5) + 0.6, _NO_ROW
        return 1.0, _NO_ROW, _NO_ROW

    def trace(
        self,
        scores: Sequence[float],
        outside: float,
        pieces: Sequence[Piece],
        steps: Sequence[_Step],
    ) -> list[Placed]:
        """The way back from the best end."""
        ends = [score - behind for score, behind in zip(scores, self.behind, strict=True)]
        last = max(range(self.width), key=ends.__getitem__) if ends else _OUTSIDE
        state = last if ends and ends[last] > outside else _OUTSIDE
        found: list[tuple[Piece, int, bool]] = []
        for piece, (sources, begins, out) in zip(reversed(pieces), reversed(steps), strict=True):
            if state == _OUTSIDE:
                state = out
                continue
            found.append((piece, state, begins[state]))
            state = sources[state]
        found.reverse()
        rows = accumulate([is_row for _, _, is_row in found])
        return [Placed(piece, row - 1, column) for (piece, column, _), row in zip(found, rows, strict=True)]


def _cost(kind: str) -> float:
    if kind == Field.TITLE:
        return _NO_TITLE
    if kind in SECTION_KINDS:
        return _EMPTY_SECTION
    return _EMPTY_NAME if kind in (NUMBER, Field.DEPARTMENT, Field.COMPANY) else _EMPTY_POST
