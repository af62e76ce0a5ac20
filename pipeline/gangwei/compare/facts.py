"""Beside what roles do: superiors, span, indicators, bounds of requirements, read in a second pass over the folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gangwei.compare.corpus import read_facts
from gangwei.compare.found import Found
from gangwei.compare.rows import family_id, special_duties
from gangwei.sinks.reading import Record
from gangwei.tables import Cell, Row

_TABLES = ("relations", "kpis", "requirements")
_DEGREES = ("any", "primary", "junior", "high", "vocational", "college", "bachelor", "master", "doctor")

Facts = dict[str, list[Record]]


def family_members(found: Found, folders: Sequence[Path]) -> Iterator[Row]:
    """A row for each role, in order."""
    counted = special_duties(found)
    corpus = found.corpus
    for number, facts in _roles(found, folders):
        role = corpus.roles[number]
        duties = corpus.duties(number)
        n_authorities = sum(map(corpus.is_authority, duties))
        yield (
            family_id(found.family_of[number]),
            *(corpus.runs[role.run], role.role_id, role.doc_id, role.company, role.department, role.title),
            *(
                role.level,
                role.function,
                round(found.work.alike(number, found.kin.middle[number]), 4),
                len(duties) - n_authorities,
                *counted(number),
            ),
            *(sum(duty in found.copy_of for duty in duties), n_authorities),
            "|".join(_titles(facts, "supervisor")),
            len(_titles(facts, "subordinate")),
            "|".join(dict.fromkeys(str(row["name"]) for row in facts["kpis"] if row["name"])),
            *_bounds(facts["requirements"]),
            *(role.start, role.end),
        )


def family_facts(found: Found, folders: Sequence[Path]) -> Iterator[Row]:
    """The statements behind the members' cells, role by role."""
    corpus = found.corpus
    for number, facts in _roles(found, folders):
        role, family = corpus.roles[number], family_id(found.family_of[number])
        source = (corpus.runs[role.run], role.role_id, role.doc_id)
        stated = [
            *(
                (str(row["kind"]), row["title"], row["title"], row)
                for row in facts["relations"]
                if row["kind"] != "deputy"
            ),
            *(("kpi", row["name"], row["text"], row) for row in facts["kpis"]),
            *(("requirement", row["category"], row["text"], row) for row in facts["requirements"]),
        ]
        for kind, name, text, row in stated:
            yield family, kind, name, text, *source, row["start"], row["end"]


def _roles(found: Found, folders: Sequence[Path]) -> Iterator[tuple[int, Facts]]:
    """The numbers of the roles, in order, with their rows of each table."""
    roles = found.corpus.roles
    number = 0
    for run, bundle in read_facts(folders, _TABLES):
        doc_id = bundle["documents"][0]["doc_id"]
        by_role: dict[Cell, Facts] = {}
        while number < len(roles) and (roles[number].run, roles[number].doc_id) == (run, doc_id):
            if not by_role:
                for table in _TABLES:
                    for row in bundle[table]:
                        by_role.setdefault(row["role_id"], {name: [] for name in _TABLES})[table].append(row)
            yield number, by_role.get(roles[number].role_id) or {name: [] for name in _TABLES}
            number += 1


def _titles(facts: Facts, kind: str) -> list[str]:
    return [str(row["title"]) for row in facts["relations"] if row["kind"] == kind]


def _bounds(rows: Sequence[Record]) -> Row:
    """What is asked for at least: degree, years, age from and to, gender; preferences alone do not count."""
    asked = [row for row in rows if not row["preferred"]]
    degrees = [str(row["degree"]) for row in asked if row["degree"]]
    genders = {str(row["gender"]) for row in asked if row["gender"]}
    return (
        min(degrees, key=_DEGREES.index, default=""),
        max((row["min_years"] for row in asked if isinstance(row["min_years"], int | float)), default=None),
        max((row["min_age"] for row in asked if isinstance(row["min_age"], int)), default=None),
        min((row["max_age"] for row in asked if isinstance(row["max_age"], int)), default=None),
        genders.pop() if len(genders) == 1 else "",
    )
