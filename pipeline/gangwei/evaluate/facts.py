"""What counts as a fact, and when a fact holds: the definition of gold/GUIDE.md and gold/score.py.

A fact is a role's title, company or department, one superior or subordinate, one item of a list, or one function of a
unit. It holds where the same fact stands in the gold under the same role and in the same list.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final, NamedTuple

ALIKE: Final = 0.9
_LEAST_LENGTH: Final = 0.8  # a text shorter than this share of the other cannot be alike
_NOT_COMPARED: Final = re.compile(r"[\W_]+")

POSTS: Final = ("supervisors", "subordinates")
ITEMS: Final = ("duties", "authorities", "kpis", "requirements", "routines")
KINDS: Final = ("title", "company", "department", *POSTS, *ITEMS, "units")


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What a role states, its posts and items by their kind; `confidence` is the extraction's own, None in gold.

    `rules` names, in the order of `lists`, the rule that took each post or item, and under "title" that of the title;
    empty in gold.
    """

    title: str = ""
    company: str = ""
    department: str = ""
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    confidence: float | None = None
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def listed(self, kind: str) -> tuple[str, ...]:
        """The posts or items of one kind."""
        return self.lists.get(kind, ())


class UnitFact(NamedTuple):
    """One function of one unit, and the rule that took it; empty in gold."""

    unit: str
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that one document states."""

    roles: tuple[RoleFacts, ...] = ()
    units: tuple[UnitFact, ...] = ()


class Pair(NamedTuple):
    """A gold role and the found role that stands for it, by their places, and the facts that hold between them."""

    gold: int
    found: int
    right: Counter[str]


def plain(text: str) -> str:
    """The text as it is compared: NFKC, lower case, neither punctuation nor white space.

    >>> plain("学历：大专以上，ＣＥＯ 优先。")
    '学历大专以上ceo优先'
    """
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", text).lower())


def plain_facts(document: DocumentFacts) -> DocumentFacts:
    """The document with every text as it is compared."""
    return DocumentFacts(
        tuple(plain_role(role) for role in document.roles),
        tuple(UnitFact(plain(unit), plain(text), rule) for unit, text, rule in document.units),
    )


def plain_role(role: RoleFacts) -> RoleFacts:
    lists = {kind: tuple(map(plain, texts)) for kind, texts in role.lists.items()}
    return replace(
        role, title=plain(role.title), company=plain(role.company), department=plain(role.department), lists=lists
    )


def are_alike(a: str, b: str) -> bool:
    """Whether two plain texts say the same item.

    >>> are_alike("负责公司产品的市场推广工作", "负责公司产品市场推广工作")
    True
    >>> are_alike("制定计划", "制定预算")
    False
    """
    if a == b:
        return True
    if not a or not b or min(len(a), len(b)) / max(len(a), len(b)) < _LEAST_LENGTH:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def held_items(gold: Sequence[str], found: Sequence[str]) -> int:
    """How many plain gold items have a found item of their own.

    >>> held_items(["制定计划", "制定计划"], ["制定计划", "回款"])
    1
    """
    return len(right_places(gold, found))


def right_places(gold: Sequence[str], found: Sequence[str]) -> list[int]:
    """The places of the plain found items that stand for a gold item each; equal ones are given away first.

    >>> right_places(["制定计划", "制定计划"], ["回款", "制定计划"])
    [1]
    """
    unused: dict[str, list[int]] = {}
    for place, text in enumerate(found):
        unused.setdefault(text, []).append(place)
    places: list[int] = []
    unmet: list[str] = []
    for text in gold:
        if unused.get(text):
            places.append(unused[text].pop(0))
        else:
            unmet.append(text)
    rest = sorted(place for left in unused.values() for place in left)
    for text in unmet:
        like = next((place for place in rest if are_alike(text, found[place])), None)
        if like is not None:
            rest.remove(like)
            places.append(like)
    return places


def stated(role: RoleFacts) -> Counter[str]:
    """How many facts of each kind a plain role states; a title always counts."""
    counts = Counter(title=1, company=int(bool(role.company)), department=int(bool(role.department)))
    counts.update({kind: len(role.listed(kind)) for kind in (*POSTS, *ITEMS)})
    return counts


def is_same_title(gold: RoleFacts, found: RoleFacts) -> bool:
    """Whether two plain roles bear one title; a department may stand in one title and apart in the other.

    >>> is_same_title(RoleFacts("经理", department="市场部"), RoleFacts("市场部经理"))
    True
    """
    if not gold.title:
        return False
    return found.title in (gold.title, gold.department + gold.title) or found.department + found.title == gold.title


def held(gold: RoleFacts, found: RoleFacts) -> Counter[str]:
    """How many facts of each kind hold between two plain roles."""
    right = Counter(
        title=int(is_same_title(gold, found)),
        company=int(bool(gold.company) and gold.company == found.company),
        department=int(bool(gold.department) and gold.department == found.department),
    )
    for kind in POSTS:
        right[kind] = (Counter(gold.listed(kind)) & Counter(found.listed(kind))).total()
    for kind in ITEMS:
        right[kind] = held_items(gold.listed(kind), found.listed(kind))
    return right


def pair_roles(gold: Sequence[RoleFacts], found: Sequence[RoleFacts]) -> tuple[Pair, ...]:
    """Plain roles one to one, those that share most facts first, among equals those that stand nearest in order."""
    candidates = []
    for i, ours in enumerate(gold):
        for j, theirs in enumerate(found):
            right = held(ours, theirs)
            if right.total():
                apart = abs(i / len(gold) - j / len(found))
                candidates.append((-right.total(), apart, Pair(i, j, right)))
    pairs: list[Pair] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, _, pair in sorted(candidates, key=lambda c: (c[0], c[1], c[2].gold, c[2].found)):
        if pair.gold not in taken_gold and pair.found not in taken_found:
            taken_gold.add(pair.gold)
            taken_found.add(pair.found)
            pairs.append(pair)
    return tuple(pairs)


def held_functions(gold: Iterable[UnitFact], found: Iterable[UnitFact]) -> int:
    """How many functions of units hold; all must be plain, and a function holds only under its own unit's name."""
    ours, theirs = _by_unit(gold), _by_unit(found)
    return sum(held_items(texts, theirs.get(unit, [])) for unit, texts in ours.items())


def _by_unit(functions: Iterable[UnitFact]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for unit, text, _ in functions:
        grouped.setdefault(unit, []).append(text)
    return grouped
