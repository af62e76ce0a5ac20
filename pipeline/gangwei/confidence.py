"""How sure the reading of a role is: signs for and against it, weighed by rules/confidence.toml."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping, Sequence
from math import exp
from typing import Final

from gangwei.model import FoundRole
from gangwei.page import Page
from gangwei.rulebook.confidence import ConfidenceRules

Signs = Mapping[str, float]

_LONG_TITLE: Final = 12
_SHORTEST_ITEM: Final = 5
_LONGEST_ITEM: Final = 160


def rated(page: Page, roles: Sequence[FoundRole], claimed: Sequence[tuple[int, int]]) -> tuple[FoundRole, ...]:
    """The roles with their confidence: how likely title and nine in ten facts of each are right."""
    rules = page.rules.confidence
    signs = signs_of(page, roles, claimed)
    # Without its title no role is right.
    rates = [probability(s, rules) if role.title.text else 0.0 for role, s in zip(roles, signs, strict=True)]
    return tuple([_with_rate(role, rate) for role, rate in zip(roles, rates, strict=True)])


def _with_rate(role: FoundRole, rate: float) -> FoundRole:
    return FoundRole(
        role.title, role.company, role.department, role.supervisors, role.subordinates, role.deputies, role.summary,
        role.duties, role.authorities, role.kpis, role.requirements, role.routines, role.layout, rate, role.start,
        role.end,
    )  # fmt: skip


def probability(signs: Signs, rules: ConfidenceRules) -> float:
    """The logistic of the weighed signs."""
    weight = rules.bias + sum([rules.weights[name] * value for name, value in signs.items()])
    return 1 / (1 + exp(-weight))


def signs_of(page: Page, roles: Sequence[FoundRole], claimed: Sequence[tuple[int, int]]) -> list[Signs]:
    """What speaks for and against each role, each sign from 0 to 1; rules/README.md says what each means."""
    shapes = [_shape(role) for role in roles]
    alike = _more_than_once(shapes)
    titles = _more_than_once([role.title.text for role in roles])
    return [
        _signs(page, role, claimed)
        | {
            "alone": float(len(roles) == 1),
            "same_form": float(shape in alike),
            "same_title": float(role.title.text in titles),
        }
        for role, shape in zip(roles, shapes, strict=True)
    ]


def _more_than_once(things: Sequence[Hashable]) -> set[Hashable]:
    """The things that stand there twice or more."""
    seen: set[Hashable] = set()
    again: set[Hashable] = set()
    for thing in things:
        (again if thing in seen else seen).add(thing)
    return again


def _signs(page: Page, role: FoundRole, claimed: Sequence[tuple[int, int]]) -> dict[str, float]:
    items = (*role.duties, *role.authorities, *role.kpis, *role.requirements, *role.routines)
    many = len(items) or 1
    odd = by_sense = 0
    for entry in items:
        odd += not _SHORTEST_ITEM <= len(entry.text) <= _LONGEST_ITEM
        by_sense += entry.rule[:7] == "section"
    rule = role.title.rule
    duty = page.rules.senses.duty
    return {
        "title_by_label": float(rule.startswith("label")),
        "title_by_heading": float(rule.startswith("heading")),
        "title_is_post": float(page.names.is_post(role.title.text)),
        "title_is_long": float(len(role.title.text) > _LONG_TITLE),
        "has_department": float(role.department is not None),
        "has_superior": float(bool(role.supervisors)),
        "no_duties": float(not role.duties),
        "one_item": float(len(items) == 1),
        "duty_words": len([e for e in role.duties if duty.match(e.text)]) / (len(role.duties) or 1),
        "odd_items": odd / many,
        "by_sense": by_sense / many,
        "unclaimed": _unclaimed(page, role, claimed),
        "flat_table": float(role.layout == "table_flat"),
        "slides": float(role.layout == "slides_flat"),
        "mention": float(role.layout == "qa_article"),
    }


def _shape(role: FoundRole) -> tuple[bool, ...]:
    """Which fields a role fills, where it fills more than one."""
    fields = (role.department, role.supervisors, role.subordinates, role.summary)
    sections = (role.duties, role.authorities, role.kpis, role.requirements, role.routines)
    return tuple([bool(field) for field in (*fields, *sections)])


def _unclaimed(page: Page, role: FoundRole, claimed: Sequence[tuple[int, int]]) -> float:
    """The share of a role's stretch of text that nothing claims."""
    start, end = page.text.value_span(role.start, role.end)
    if end <= start:
        return 0.0
    # The claimed stretches do not overlap: those from the one before this place on, as far as it reaches.
    nearest = max(0, bisect_right(claimed, (start, start)) - 1)
    near = claimed[nearest : bisect_left(claimed, (end, end), nearest)]
    taken = 0
    for begin, stop in near:
        first, last = begin if begin > start else start, stop if stop < end else end
        taken += last - first if last > first else 0
    letters = sum(map(len, page.value[start:end].split()))
    return max(0.0, (letters - taken) / (end - start))
