"""Wordings -> clusters of one duty each: near ones by their features, then judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from gangwei.compare.candidates import nearest, vectors
from gangwei.compare.corpus import Text
from gangwei.compare.embeddings import Embeddings
from gangwei.compare.judge import Judge, Verdict
from gangwei.compare.stars import Star, stars
from gangwei.compare.statements import Statements
from gangwei.compare.wording import Statement, Wording

_NEAREST: Final = 6
_LEAST: Final = 0.15  # cosine: below it hardly any pair is one duty


class Duties:
    """The wordings of a corpus, ready for comparing by their numbers."""

    def __init__(
        self, texts: Sequence[Text], wording: Wording, judge: Judge, embeddings: Embeddings | None = None
    ) -> None:
        self.statements: Final = Statements()
        self._texts: Final = texts
        self._judge: Final = judge
        self._embeddings: Final = embeddings
        self._rows: Final = vectors(self._read(wording))

    def _read(self, wording: Wording) -> Iterator[list[str]]:
        for text in self._texts:
            statement = wording.read(text.text, text.action)
            self.statements.add(statement)
            yield features(statement, wording.letters(statement))

    @lru_cache(200_000)  # roles that are alike are compared by the same wordings again  # noqa: B019 - lives as long as the run
    def verdict(self, one: int, other: int) -> Verdict:
        """What the judge says; one < other."""
        near = self._embeddings.cosine(one, other) if self._embeddings else None
        return self._judge.verdict(self.statements.at(one), self.statements.at(other), near)

    def alike(self, one: int, other: int) -> float:
        """How likely two wordings are one duty."""
        if self._texts[one].is_authority != self._texts[other].is_authority:
            return 0.0
        near = self._embeddings.cosine(one, other) if self._embeddings else None
        return self._judge.verdict(self.statements.at(one), self.statements.at(other), near).score

    def candidates(self, among: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs among some of the wordings that are worth judging."""
        rows = self._rows if len(among) == len(self._texts) else self._rows[list(among)]
        found: Iterator[tuple[int, int]] = ((i, j) for i, j, _ in nearest(rows, _NEAREST, _LEAST))
        if self._embeddings:
            found = iter(sorted({*found, *self._embeddings.nearest(among, _NEAREST)}))
        return ((among[i], among[j]) for i, j in found)

    def clusters(self, weights: Sequence[int]) -> Star:
        """The middle of each wording's cluster."""

        def edges(among: Sequence[int]) -> Iterator[tuple[int, int, float]]:
            return ((one, other, self.alike(one, other)) for one, other in self.candidates(among))

        return stars(weights, edges, self.alike, self._judge.cluster)


def features(statement: Statement, letters: set[str]) -> list[str]:
    """What candidates are found by: pairs of characters, concepts, and concepts two by two."""
    concepts = sorted(statement.concepts)[:12]
    mains = [token.concept for token in statement.mains][:3]
    things = [token.concept for token in statement.others][:8]
    both = [f"{main}&{thing}" for main in mains for thing in things]
    return [*letters, *(f"={concept}" for concept in concepts for _ in "ab"), *both]
