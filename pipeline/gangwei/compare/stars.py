"""Groups around a middle: every member is like the middle, so that no chain of small steps joins what is far apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

_ROUNDS = 6

Edges = Iterable[tuple[int, int, float]]


class Star(NamedTuple):
    """The middle that each thing belongs to, and how alike it is to it."""

    middle: list[int]
    score: list[float]


def stars(
    weights: Sequence[int],
    edges_among: Callable[[Sequence[int]], Edges],
    score: Callable[[int, int], float],
    least: float,
    steps: Sequence[float] = (1.0,) * _ROUNDS,
) -> Star:
    """Groups of the things 0, 1, …, of which each counts `weights` times.

    Middles are chosen by how much lies around them. Since only the nearest of each are looked at, the middles are compared
    anew, until no two of them are alike; a member that is not like its new middle stays behind as a middle of its own.
    `steps` are what `least` is taken times in each round: with falling ones, what is most alike comes together first.

    >>> places = [0.0, 0.1, 0.2, 5.0]
    >>> alike = lambda i, j: 1 - abs(places[i] - places[j])
    >>> stars([1, 1, 1, 1], lambda some: [(i, j, alike(i, j)) for i in some for j in some if i < j], alike, 0.85).middle
    [1, 1, 1, 3]
    """
    middle = list(range(len(weights)))
    scores = [1.0] * len(weights)
    members: dict[int, list[int]] = {number: [number] for number in middle}
    active: Sequence[int] = middle.copy()
    for step in steps:
        asked = least * step
        near: dict[int, list[tuple[int, float]]] = {}
        for one, other, value in edges_among(active):
            if value >= asked:
                near.setdefault(one, []).append((other, value))
                near.setdefault(other, []).append((one, value))
        if not near:
            if step == steps[-1]:
                break
            continue
        sizes = {number: sum(weights[member] for member in members[number]) for number in near}
        around = {number: sizes[number] + sum(sizes[other] for other, _ in found) for number, found in near.items()}
        taken: set[int] = set()
        left_behind: list[int] = []
        for number in sorted(near, key=lambda n: (-around[n], -sizes[n], n)):
            if number in taken:
                continue
            taken.add(number)
            for other, value in near[number]:
                if other not in taken:
                    taken.add(other)
                    left_behind += _move(other, number, value, (middle, scores, members), score, asked)
        active = sorted([number for number in active if middle[number] == number] + left_behind)
    return Star(middle, scores)


def _move(
    old: int,
    new: int,
    value: float,
    state: tuple[list[int], list[float], dict[int, list[int]]],
    score: Callable[[int, int], float],
    least: float,
) -> list[int]:
    """Have the members of one middle belong to another; those that are not like it."""
    middle, scores, members = state
    left_behind = []
    for member in members.pop(old):
        found = value if member == old else score(member, new)
        if found >= least:
            middle[member], scores[member] = new, found
            members[new].append(member)
        else:
            middle[member], scores[member], members[member] = member, 1.0, [member]
            left_behind.append(member)
    return left_behind
