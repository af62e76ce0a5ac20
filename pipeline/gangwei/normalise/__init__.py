"""Strings to typed values, after ../shared/TYPED.md: the wording is kept beside, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

from gangwei.model import FoundRole, Role
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.normalise.kpis import kpi_grammar, read_kpi
from gangwei.normalise.relations import read_relations, relation_grammar
from gangwei.normalise.requirements import read_requirement, requirement_grammar
from gangwei.normalise.titles import read_title, title_grammar
from gangwei.rulebook.typed import TypedRules

__all__ = ["read_roles"]


def read_roles(roles: tuple[FoundRole, ...], rules: TypedRules, cut: Callable[[str], list[str]]) -> tuple[Role, ...]:
    """The roles of one document with all their values read; `cut` tells the words of a sentence."""
    grammar, duties = title_grammar(rules), duty_grammar(rules)
    kpis, requirements = kpi_grammar(rules), requirement_grammar(rules)
    titles = [
        read_title(
            role.title.text,
            role.department.text if role.department else "",
            role.company.text if role.company else "",
            grammar,
        )
        for role in roles
    ]
    relations = read_relations(roles, [title.variants for title in titles], relation_grammar(rules))
    read = []
    for role, title, related in zip(roles, titles, relations, strict=True):
        statements = (("duty", role.duties), ("authority", role.authorities), ("routine", role.routines))
        read.append(
            Role(
                role,
                title.full,
                title.level,
                title.function,
                title.variants,
                related,
                tuple([read_duty(entry, kind, duties, cut) for kind, entries in statements for entry in entries]),
                tuple([read_kpi(entry, kpis) for entry in role.kpis]),
                tuple([read_requirement(entry, requirements) for entry in role.requirements]),
            )
        )
    return tuple(read)
