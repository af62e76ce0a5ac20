"""Roles -> families: roles that do the same work, whatever their titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.compare.candidates import nearest, similarity, vectors
from gangwei.compare.corpus import Corpus
from gangwei.compare.duties import Duties
from gangwei.compare.stars import Star, stars

_NEAREST: Final = 20
# Cosine of what two roles do from which on they are of one family, where line of work and rank are the same, and where
# not: chosen on the first half of corpora/pairs/families.tsv (python benchmarks/families.py).
_SAME_WORK: Final = 0.06
_SAME_WORK_OF_OTHERS: Final = 0.25
_STEPS: Final = (8.0, 4.0, 2.0, 1.0, 1.0, 1.0)  # times that, by round
_LEAST: Final = 0.05  # below it two roles are no pair worth listing
_CLUSTER_COUNTS: Final = 3  # a duty that is the same says so much more than its words


class Work:
    """What the roles do, as rows to be compared: their duties by cluster and by concept."""

    def __init__(self, corpus: Corpus, duties: Duties, middles: Sequence[int]) -> None:
        self._corpus: Final = corpus
        self._rows: Final = vectors(
            list(_features(corpus, duties, middles, number)) for number in range(len(corpus.roles))
        )

    def families(self) -> Star:
        """The role in the middle of each role's family."""

        def edges(among: Sequence[int]) -> Iterator[tuple[int, int, float]]:
            rows = self._rows[list(among)]
            found = nearest(rows, _NEAREST, _SAME_WORK)
            return ((among[i], among[j], value / self._asked(among[i], among[j])) for i, j, value in found)

        def sureness(one: int, other: int) -> float:
            return self.alike(one, other) / self._asked(one, other)

        return stars([1] * len(self._corpus.roles), edges, sureness, 1.0, _STEPS)

    def neighbours(self, top: int) -> Iterator[tuple[int, int, float]]:
        """The pairs of roles that are most alike in work."""
        return nearest(self._rows, top, _LEAST)

    def is_same(self, one: int, other: int) -> bool:
        """Whether two roles do the same work."""
        return self.alike(one, other) >= self._asked(one, other)

    def _asked(self, one: int, other: int) -> float:
        """How alike the work of two roles must be to be the same."""
        ours, theirs = self._corpus.roles[one], self._corpus.roles[other]
        is_kin = bool(ours.function) and (ours.function, ours.level) == (theirs.function, theirs.level)
        return _SAME_WORK if is_kin else _SAME_WORK_OF_OTHERS

    def alike(self, one: int, other: int) -> float:
        """How alike the work of two roles is, from 0 to 1."""
        return min(1.0, round(similarity(self._rows, one, other), 6))


def _features(corpus: Corpus, duties: Duties, middles: Sequence[int], role: int) -> Iterator[str]:
    for duty in corpus.duties(role):
        if not corpus.is_authority(duty):
            text = corpus.text[duty]
            for _ in range(_CLUSTER_COUNTS):
                yield f"#{middles[text]}"
            statement = duties.statements.at(text)
            yield from sorted(statement.concepts)
            yield from (f"{main.concept}&{other.concept}" for main in statement.mains for other in statement.others)
