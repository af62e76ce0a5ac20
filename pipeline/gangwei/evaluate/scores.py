"""Facts compared, counted and averaged."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor
from typing import Final, NamedTuple

from gangwei.evaluate.facts import KINDS, held_functions, pair_roles, plain, plain_facts, stated
from gangwei.evaluate.gold import GoldDocument
from gangwei.evaluate.tables import FoundDocument, Item
from gangwei.rulebook.faults import ScriptRules
from gangwei.simplify import Simplifier, simplifier_of

RESAMPLES: Final = 1000
SEED: Final = 20240
RIGHT_ROLE: Final = 0.9  # a role is right when its title is, and this share of its facts hold
_BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_NOTHING: Final = FoundDocument()


class Tally(NamedTuple):
    """Facts in the gold, facts found, and those among them that hold."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


class RoleVerdict(NamedTuple):
    """Whether one found role is right, beside what the extraction thought of it."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's tallies by kind of fact, its false roles (where the gold has none), its items' provenance."""

    name: str
    layout: str
    tallies: Mapping[str, Tally]
    false_roles: int = 0
    traced: int = 0
    traced_simplified: int = 0
    traceable: int = 0
    verdicts: tuple[RoleVerdict, ...] = ()

    @property
    def total(self) -> Tally:
        return _sum(self.tallies.values())


class Provenance(NamedTuple):
    """Items whose span covers their text, of those whose span can be looked up.

    `simplified` are those whose span does where its Traditional characters are converted as the item's were.
    """

    right: int
    simplified: int
    items: int

    @property
    def share(self) -> float:
        return self.right / self.items if self.items else 0.0

    @property
    def share_simplified(self) -> float:
        return self.simplified / self.items if self.items else 0.0


class Interval(NamedTuple):
    """What 95 % of the resampled means lie between."""

    low: float
    high: float


class Bin(NamedTuple):
    """The found roles whose confidence is at least `low` and under `high` (1 belongs to the last)."""

    low: float
    high: float
    roles: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of some documents, and what follows from them."""

    documents: tuple[DocumentScore, ...]

    @property
    def macro(self) -> float:
        return _mean([document.total.f1 for document in self.documents])

    @property
    def micro(self) -> float:
        return _sum(document.total for document in self.documents).f1

    @property
    def interval(self) -> Interval:
        return bootstrap([document.total.f1 for document in self.documents])

    @property
    def fields(self) -> dict[str, Tally]:
        return {kind: _sum(document.tallies[kind] for document in self.documents) for kind in KINDS}

    @property
    def layouts(self) -> dict[str, Evaluation]:
        groups: dict[str, list[DocumentScore]] = {}
        for document in self.documents:
            groups.setdefault(document.layout, []).append(document)
        return {layout: Evaluation(tuple(groups[layout])) for layout in sorted(groups)}

    @property
    def false_roles(self) -> int:
        return sum(document.false_roles for document in self.documents)

    @property
    def provenance(self) -> Provenance:
        """How many items of plain-text documents have a span that covers their text."""
        traceable = sum(document.traceable for document in self.documents)
        traced = sum(document.traced for document in self.documents)
        return Provenance(traced, sum(document.traced_simplified for document in self.documents), traceable)

    @property
    def reliability(self) -> tuple[Bin, ...]:
        return reliability([verdict for document in self.documents for verdict in document.verdicts])

    def halves(self, held_out: Collection[str]) -> tuple[Evaluation, Evaluation]:
        """The same for the documents at hand and for those kept aside."""
        kept = tuple(document for document in self.documents if document.name in held_out)
        return Evaluation(tuple(document for document in self.documents if document.name not in held_out)), Evaluation(
            kept
        )


def evaluate(found: Mapping[str, FoundDocument], gold: Mapping[str, GoldDocument]) -> Evaluation:
    """The score of every gold document; what was found in other documents does not count."""
    return Evaluation(tuple(_score(name, document, found.get(name, _NOTHING)) for name, document in gold.items()))


def _score(name: str, gold: GoldDocument, found: FoundDocument) -> DocumentScore:
    ours, theirs = plain_facts(gold.facts), plain_facts(found.facts)
    pairs = pair_roles(ours.roles, theirs.roles)
    want: Counter[str] = sum((stated(role) for role in ours.roles), Counter())
    have: Counter[str] = sum((stated(role) for role in theirs.roles), Counter())
    right: Counter[str] = sum((pair.right for pair in pairs), Counter())
    tallies = {kind: Tally(want[kind], have[kind], right[kind]) for kind in KINDS}
    tallies["units"] = Tally(len(ours.units), len(theirs.units), held_functions(ours.units, theirs.units))
    held_by = {pair.found: pair.right for pair in pairs}
    verdicts = tuple(
        RoleVerdict(role.confidence, is_right(held_by.get(place, Counter()), stated(role).total()))
        for place, role in enumerate(theirs.roles)
        if role.confidence is not None
    )
    traceable = () if gold.text is None else found.items
    simplified = _simplifier().simplify(gold.text or "") if traceable else ""
    return DocumentScore(
        name=name,
        layout=gold.layout,
        tallies=tallies,
        false_roles=0 if ours.roles else len(theirs.roles),
        traced=sum(is_traced(item, gold.text or "") for item in traceable),
        traced_simplified=sum(is_traced(item, simplified) for item in traceable),
        traceable=len(traceable),
        verdicts=verdicts,
    )


@lru_cache(1)
def _simplifier() -> Simplifier:
    """OpenCC's tables alone: what converts is not to be judged by rules of ours."""
    return simplifier_of(ScriptRules())


def is_right(right: Counter[str], facts: int) -> bool:
    return bool(right["title"]) and right.total() >= RIGHT_ROLE * facts


def is_traced(item: Item, text: str) -> bool:
    """Whether the item's span holds, at the least, half of its distinct characters and is not much longer than it.

    >>> is_traced(Item("制定计划", 3, 8), "1、：制定、计划。")
    True
    """
    if item.start is None or item.end is None:
        return False
    wording = plain(item.text)
    cut = plain(text[int(item.start) : int(item.end)])
    chars = set(wording)
    return bool(chars) and 2 * len(chars & set(cut)) >= len(chars) and len(cut) <= 3 * len(wording) + 10


def bootstrap(values: Sequence[float], resamples: int = RESAMPLES) -> Interval:
    """Between which bounds 95 % of the means of resampled values lie; the same for the same values.

    >>> bootstrap([0.5, 0.5, 0.5])
    Interval(low=0.5, high=0.5)
    """
    if not values:
        return Interval(0.0, 0.0)
    chance = random.Random(SEED)
    means = sorted(_mean(chance.choices(values, k=len(values))) for _ in range(resamples))
    return Interval(means[floor(0.025 * (resamples - 1))], means[ceil(0.975 * (resamples - 1))])


def reliability(verdicts: Iterable[RoleVerdict]) -> tuple[Bin, ...]:
    """How often roles of like confidence are right; bins without roles are left out.

    >>> reliability([RoleVerdict(0.9, True), RoleVerdict(0.92, False)])
    (Bin(low=0.9, high=0.95, roles=2, confidence=0.91, right=0.5),)
    """
    bins = []
    ordered = sorted(verdicts)
    for low, high in pairwise(_BINS):
        inside = [v for v in ordered if low <= v.confidence and (v.confidence < high or high == _BINS[-1])]
        if inside:
            confidence = _mean([verdict.confidence for verdict in inside])
            bins.append(Bin(low, high, len(inside), confidence, _mean([verdict.is_right for verdict in inside])))
    return tuple(bins)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _sum(tallies: Iterable[Tally]) -> Tally:
    gold = found = right = 0
    for tally in tallies:
        gold, found, right = gold + tally.gold, found + tally.found, right + tally.right
    return Tally(gold, found, right)
