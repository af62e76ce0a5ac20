"""The organisation behind a run's roles: edges over all documents of a company, and the user's own taxonomy of posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.errors import UsageError
from gangwei.normalise.relations import names_company, relation_grammar
from gangwei.organise.edges import Edge, edges
from gangwei.organise.graphml import graphml
from gangwei.organise.tables import EDGES, ORGANISATION, POSTS
from gangwei.organise.taxonomy import Match, Taxonomy, read_taxonomy
from gangwei.rulebook import Rulebook
from gangwei.sinks import SINKS, file_of
from gangwei.sinks.atomic import written
from gangwei.sinks.datapackage import datapackage
from gangwei.sinks.reading import Record, read_documents
from gangwei.sinks.written import write_rows
from gangwei.tables import TABLES, Row

GRAPH: Final = "organisation.graphml"


@dataclass(frozen=True, slots=True)
class Summary:
    """Roles, edges by how far the other post was found, and roles by how they were classified."""

    roles: int
    reach: dict[str, int]
    doubts: dict[str, int]
    taxonomy: dict[str, int]


def organise(
    folder: Path,
    output: Path,
    rules: Rulebook,
    taxonomy: Path | None = None,
    formats: Sequence[str] = ("csv", "parquet"),
    headers: str = "en",
) -> Summary:
    """Write the tables and the graph of a run's organisation; its figures. `headers`: of CSV, with the words of scales."""
    if unknown := [form for form in formats if form not in SINKS]:
        raise UsageError(f"--format {', '.join(unknown)}: known are {', '.join(SINKS)}")
    if any((output / file_of(TABLES[0], form)).exists() for form in SINKS):
        raise UsageError(f"{output} holds the tables of a run; name another folder for the organisation")
    entries = read_taxonomy(taxonomy) if taxonomy else None
    roles: list[Record] = []
    relations: dict[str, list[Record]] = {}
    for bundle in read_documents(folder, ("roles", "relations")):
        roles += bundle["roles"]
        for row in bundle["relations"]:
            relations.setdefault(str(row["role_id"]), []).append(row)
    if not roles:
        raise UsageError(f"{folder}: no role in it, so there is nothing to organise")
    stated = list(_edges(roles, relations, rules))
    counts: Counter[str] = Counter()
    output.mkdir(parents=True, exist_ok=True)
    write_rows(output, POSTS, _posts(roles, entries, counts), formats, headers)
    write_rows(output, EDGES, (edge.row() for edge in stated), formats, headers)
    for form in set(SINKS) - set(formats):  # of an organisation that was here before
        for table in ORGANISATION:
            (output / file_of(table, form)).unlink(missing_ok=True)
    with written(output / GRAPH) as place, place.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(graphml(roles, stated))
    names = [table.name for table in ORGANISATION]
    with written(output / "datapackage.json") as place:
        place.write_text(
            datapackage(names, formats, headers=headers, known=(*ORGANISATION, *TABLES)), encoding="utf-8", newline="\n"
        )
    doubts = Counter(edge.doubt for edge in stated if edge.doubt)
    reach = Counter(edge.reach for edge in stated)
    return Summary(len(roles), dict(sorted(reach.items())), dict(sorted(doubts.items())), dict(sorted(counts.items())))


def _edges(roles: Sequence[Record], relations: dict[str, list[Record]], rules: Rulebook) -> Iterator[Edge]:
    """The edges, company by company in the order of their first role; a document that names none stands for itself."""
    grammar = relation_grammar(rules.typed)
    companies: dict[tuple[str, str], list[Record]] = {}
    for role in roles:
        company = str(role["company"])
        companies.setdefault((company, "" if names_company(company) else str(role["doc_id"])), []).append(role)
    for own in companies.values():
        yield from edges(own, relations, grammar)


def _posts(roles: Sequence[Record], taxonomy: Taxonomy | None, counts: Counter[str]) -> Iterator[Row]:
    for role in roles:
        match = taxonomy.match(_titles(role)) if taxonomy else Match()
        if match.how:
            counts[match.how] += 1
        yield (*role.values(), match.code, match.name, match.how, match.word)


def _titles(role: Record) -> list[str]:
    return [str(role["title"]), str(role["title_full"]), *str(role["variants"]).split("|")]
