"""The pairs of roles that are worth a look, with their duties aligned."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gangwei.compare.align import RELATIONS, align
from gangwei.compare.found import Found

_NEIGHBOURS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Columns: pair n is of the roles left[n] and right[n], its duties are aligned from first[n] to first[n + 1]."""

    left: array[int] = field(default_factory=lambda: array("i"))
    right: array[int] = field(default_factory=lambda: array("i"))
    similarity: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    left_duty: array[int] = field(default_factory=lambda: array("i"))
    right_duty: array[int] = field(default_factory=lambda: array("i"))
    relation: array[int] = field(default_factory=lambda: array("b"))  # a place in RELATIONS
    score: array[float] = field(default_factory=lambda: array("d"))

    def aligned(self, number: int) -> range:
        """The places of a pair's aligned duties."""
        return range(self.first[number], self.first[number + 1])


def find_pairs(found: Found, same: float) -> Pairs:
    """The pairs, in order; two duties of one pair are the same from a score of `same` on."""
    corpus, pairs = found.corpus, Pairs()
    for left, right in _worth_a_look(found):
        sides = [[duty for duty in corpus.duties(role) if not corpus.is_authority(duty)] for role in (left, right)]
        ours, theirs = ([corpus.text[duty] for duty in side] for side in sides)
        for pair in align(ours, theirs, found.duties, same):
            pairs.left_duty.append(sides[0][pair.left])
            pairs.right_duty.append(sides[1][pair.right])
            pairs.relation.append(RELATIONS.index(pair.relation))
            pairs.score.append(pair.score)
        pairs.left.append(left)
        pairs.right.append(right)
        pairs.similarity.append(found.work.alike(left, right))
        pairs.first.append(len(pairs.score))
    return pairs


def _worth_a_look(found: Found) -> Iterator[tuple[int, int]]:
    """Each role with those nearest to it in work; of each title the families that have it, by a role each."""
    near = {(left, right) for left, right, _ in found.work.neighbours(_NEIGHBOURS)}
    by_title: dict[str, dict[int, int]] = {}
    for number, family in enumerate(found.families):
        for role in family.roles:
            by_title.setdefault(found.corpus.roles[role].name, {}).setdefault(number, role)
    for roles in by_title.values():
        first, *others = roles.values()
        near |= {(min(first, other), max(first, other)) for other in others}
    yield from sorted(near)
