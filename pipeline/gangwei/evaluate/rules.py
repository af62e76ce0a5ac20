"""How often each rule fired, and how often gold says that it was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gangwei.evaluate.facts import ITEMS, POSTS, DocumentFacts, is_same_title, pair_roles, plain_facts, right_places
from gangwei.evaluate.gold import GoldDocument
from gangwei.evaluate.tables import FoundDocument


class RuleUse(NamedTuple):
    """What one rule took as one kind of fact: how often, and how often rightly."""

    rule: str
    kind: str
    fired: int
    right: int


def rule_uses(found: Mapping[str, FoundDocument], gold: Mapping[str, GoldDocument]) -> tuple[RuleUse, ...]:
    """The rules that fired in the documents of the gold, those that were wrong most often first."""
    fired: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for name, document in gold.items():
        if name in found:
            for rule, kind, is_right in _verdicts(plain_facts(document.facts), plain_facts(found[name].facts)):
                fired[rule, kind] += 1
                right[rule, kind] += is_right
    uses = [RuleUse(rule, kind, count, right[rule, kind]) for (rule, kind), count in fired.items()]
    return tuple(sorted(uses, key=lambda use: (use.right - use.fired, -use.fired, use.rule, use.kind)))


def _verdicts(gold: DocumentFacts, found: DocumentFacts) -> Iterator[tuple[str, str, bool]]:
    """Each found fact's rule and kind, and whether it holds; those of a role that gold does not know are wrong."""
    pairs = {pair.found: gold.roles[pair.gold] for pair in pair_roles(gold.roles, found.roles)}
    for place, role in enumerate(found.roles):
        ours = pairs.get(place)
        for rule in role.rules.get("title", ()):
            yield rule, "title", ours is not None and is_same_title(ours, role)
        for kind in (*POSTS, *ITEMS):
            places = set(right_places(ours.listed(kind), role.listed(kind))) if ours else set()
            yield from ((rule, kind, n in places) for n, rule in enumerate(role.rules.get(kind, ())))
    for unit in dict.fromkeys(function.unit for function in found.units):
        theirs = [function for function in found.units if function.unit == unit]
        wanted = [function.text for function in gold.units if function.unit == unit]
        places = set(right_places(wanted, [function.text for function in theirs]))
        yield from ((function.rule, "units", n in places) for n, function in enumerate(theirs))
