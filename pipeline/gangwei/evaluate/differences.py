"""What was missed in one document and what was taken wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gangwei.evaluate.facts import (
    ITEMS,
    POSTS,
    DocumentFacts,
    RoleFacts,
    UnitFact,
    are_alike,
    pair_roles,
    plain,
    plain_facts,
)


class Difference(NamedTuple):
    """A fact that only one side states: `missed` in the extraction, or else too much in it."""

    kind: str
    missed: bool
    text: str


class RoleDifferences(NamedTuple):
    """A gold role's title and its found counterpart's, None where there is none, and in what they differ."""

    gold: str | None
    found: str | None
    differences: tuple[Difference, ...]


def differences(gold: DocumentFacts, found: DocumentFacts) -> tuple[RoleDifferences, ...]:
    """Gold roles in order, then found roles that stand for none, then the units under a title of None.

    >>> gold = DocumentFacts((RoleFacts("经理", lists={"duties": ("制定计划", "回款")}),))
    >>> found = DocumentFacts((RoleFacts("经理", lists={"duties": ("制定计划",)}),))
    >>> differences(gold, found)[0].differences
    (Difference(kind='duties', missed=True, text='回款'),)
    """
    pairs = {pair.gold: pair.found for pair in pair_roles(plain_facts(gold).roles, plain_facts(found).roles)}
    report = []
    for place, ours in enumerate(gold.roles):
        theirs = found.roles[pairs[place]] if place in pairs else None
        between = tuple(_between(ours, theirs or RoleFacts()))
        report.append(RoleDifferences(ours.title, theirs.title if theirs else None, between))
    for place, theirs in enumerate(found.roles):
        if place not in pairs.values():
            report.append(RoleDifferences(None, theirs.title, tuple(_between(RoleFacts(), theirs))))
    if units := tuple(_lists("units", _functions(gold.units), _functions(found.units))):
        report.append(RoleDifferences(None, None, units))
    return tuple(report)


def _between(ours: RoleFacts, theirs: RoleFacts) -> Iterator[Difference]:
    for kind, mine, other in (
        ("company", ours.company, theirs.company),
        ("department", ours.department, theirs.department),
    ):
        if plain(mine) != plain(other):
            yield from (Difference(kind, missed, text) for missed, text in ((True, mine), (False, other)) if text)
    for kind in (*POSTS, *ITEMS):
        yield from _lists(kind, ours.listed(kind), theirs.listed(kind))


def _lists(kind: str, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Difference]:
    yield from (Difference(kind, True, text) for text in _without_match(ours, theirs))
    yield from (Difference(kind, False, text) for text in _without_match(theirs, ours))


def _without_match(texts: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    compared = [plain(other) for other in others]
    return (text for text in texts if not any(are_alike(plain(text), other) for other in compared))


def _functions(units: Iterable[UnitFact]) -> tuple[str, ...]:
    return tuple(f"{unit}: {text}" for unit, text, _ in units)
