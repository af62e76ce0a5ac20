"""The duties of two roles beside each other: one to one, and parts to the duty that they are parts of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.compare.duties import Duties

SAME: Final = "same"
LEFT_PART: Final = "left_part"
RIGHT_PART: Final = "right_part"
RELATIONS: Final = (SAME, LEFT_PART, RIGHT_PART)
_PART: Final = 0.75  # of a part so much stands in the whole, by weight
_MARGIN: Final = 0.15  # and so much more than of the whole stands in it


class Aligned(NamedTuple):
    """Two duties, by their places in the lists, how they stand to each other, and how surely."""

    left: int
    right: int
    relation: str
    score: float


def align(left: Sequence[int], right: Sequence[int], duties: Duties, same: float) -> list[Aligned]:
    """The alignment of two lists of wordings, in the order of the left one.

    First each duty gets the one that is most surely the same. Then those left over become parts of a duty that holds
    nearly all they say, and more; several may be parts of one.
    """
    found = sorted(_compared(left, right, duties, same), key=lambda a: (-a.score, a.left, a.right))
    taken: tuple[set[int], set[int]] = set(), set()
    chosen: list[Aligned] = []
    for pair in found:
        if pair.relation == SAME and pair.left not in taken[0] and pair.right not in taken[1]:
            taken[0].add(pair.left)
            taken[1].add(pair.right)
            chosen.append(pair)
    parts: set[tuple[int, int]] = set()
    for pair in found:
        side, part = (0, pair.left) if pair.relation == LEFT_PART else (1, pair.right)
        if pair.relation != SAME and part not in taken[side] and (side, part) not in parts:
            parts.add((side, part))
            chosen.append(pair)
    return sorted(chosen)


def _compared(left: Sequence[int], right: Sequence[int], duties: Duties, same: float) -> Iterator[Aligned]:
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if one == other:
                yield Aligned(i, j, SAME, 1.0)
                continue
            if duties.statements.at(one).concepts.isdisjoint(duties.statements.at(other).concepts):
                continue
            verdict = duties.verdict(min(one, other), max(one, other))
            of_left, of_right = verdict[1:] if one < other else verdict[:0:-1]
            if verdict.score >= same:
                yield Aligned(i, j, SAME, verdict.score)
            elif of_left >= _PART and of_left - of_right >= _MARGIN:
                yield Aligned(i, j, LEFT_PART, of_left)
            elif of_right >= _PART and of_right - of_left >= _MARGIN:
                yield Aligned(i, j, RIGHT_PART, of_right)
