"""The words of requirements, made ready once a rulebook, and the clauses that they are looked for in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.rulebook.typed import CATEGORIES, DEGREES, TypedRules, Words, pattern, senses

NOWHERE: Final = 1_000_000_000  # behind any place


class Clause(NamedTuple):
    """A stretch of the line between commas: its place, its text, whether it states a preference or no fact."""

    start: int
    text: str
    preferred: bool
    neutral: bool


class RequirementGrammar:
    """The words of requirements, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.requirements
        self.cues: Final = Words(senses(groups, (*CATEGORIES, "knowing")))
        self.labels: Final = senses(groups, CATEGORIES, "label ")
        self.degrees: Final = senses(groups, DEGREES)
        self.degree: Final = pattern(self.degrees)
        self.no_degree: Final = pattern(groups["no degree"])
        self.fields: Final = Words(
            {**dict.fromkeys(groups["tool"], "skill"), **dict.fromkeys(groups["field"], "knowledge")}
        )
        self.preferred: Final = pattern(groups["preferred"])
        self.any: Final = pattern(groups["any"])
        self.relaxed: Final = pattern(groups["relaxed"])
        self.other_years: Final = pattern(groups["other years"])
        self.neutral: Final = pattern(groups["neutral"])
        self.doing: Final = pattern(groups["doing"])
        self.parts: Final = pattern(groups["part"])


@lru_cache(maxsize=4)
def requirement_grammar(rules: TypedRules) -> RequirementGrammar:
    """The grammar of requirements of a rulebook."""
    return RequirementGrammar(rules)
