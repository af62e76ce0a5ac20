"""The organisation of each company: who stands above whom, over all its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from gangwei.circles import circles
from gangwei.model import Entry, FoundRole
from gangwei.normalise.relations import RelationGrammar, read_relations
from gangwei.sinks.reading import Record
from gangwei.tables import Row

_NO_PLACE: Final = (0, 0, "")
KINDS: Final = ("supervisor", "subordinate", "deputy")


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement; roles by their ids, empty where none is meant."""

    company: str
    kind: str
    upper: str
    upper_title: str
    lower: str
    lower_title: str
    reach: str
    role_id: str
    doc_id: str
    text: str
    start: int
    end: int
    doubt: str = ""

    def row(self) -> Row:
        """The row of the table `edges`."""
        return (
            *(
                self.company,
                self.kind,
                self.upper,
                self.upper_title,
                self.lower,
                self.lower_title,
                self.reach,
                self.doubt,
            ),
            *(self.role_id, self.doc_id, self.text, self.start, self.end),
        )

    @property
    def ends(self) -> tuple[str, str]:
        """The two posts: by id, or by company and name where no role is meant."""
        return self.upper or f"{self.company}/{self.upper_title}", self.lower or f"{self.company}/{self.lower_title}"


def edges(
    roles: Sequence[Record], relations: Mapping[str, Sequence[Record]], grammar: RelationGrammar
) -> Iterator[Edge]:
    """The edges of one company; `relations` are those of its roles by role_id."""
    found = read_relations(
        [_as_found(role, relations.get(str(role["role_id"]), ())) for role in roles],
        [tuple(filter(None, str(role["variants"]).split("|"))) for role in roles],
        grammar,
    )
    places = {str(role["role_id"]): place for place, role in enumerate(roles)}
    stated: list[Edge] = []
    for role, related in zip(roles, found, strict=True):
        rows = sorted(relations.get(str(role["role_id"]), ()), key=lambda row: KINDS.index(str(row["kind"])))
        for row, relation in zip(rows, related, strict=True):
            inside = places.get(str(row["target_role_id"]))
            target = inside if inside is not None else relation.target
            stated.append(_edge(role, row, None if target is None else roles[target]))
    yield from _doubted(stated)


def _as_found(role: Record, rows: Iterable[Record]) -> FoundRole:
    related: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for row in rows:
        related[str(row["kind"])].append(Entry(str(row["title"]), *_NO_PLACE))
    return FoundRole(
        Entry(str(role["title"]), *_NO_PLACE),
        company=Entry(str(role["company"]), *_NO_PLACE) if role["company"] else None,
        department=Entry(str(role["department"]), *_NO_PLACE) if role["department"] else None,
        supervisors=tuple(related["supervisor"]),
        subordinates=tuple(related["subordinate"]),
        deputies=tuple(related["deputy"]),
    )


def _edge(role: Record, row: Record, target: Record | None) -> Edge:
    own, other = (
        (str(role["role_id"]), str(role["title"])),
        (str(target["role_id"]), str(target["title"])) if target else ("", str(row["title"])),
    )
    upper, lower = (other, own) if row["kind"] == "supervisor" else (own, other)
    start, end = row["start"], row["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Edge(
        company=str(role["company"]),
        kind="deputy" if row["kind"] == "deputy" else "line",
        upper=upper[0],
        upper_title=upper[1],
        lower=lower[0],
        lower_title=lower[1],
        reach="none" if target is None else "document" if target["doc_id"] == role["doc_id"] else "company",
        role_id=str(role["role_id"]),
        doc_id=str(role["doc_id"]),
        text=str(row["title"]),
        start=start,
        end=end,
    )


def _doubted(stated: Sequence[Edge]) -> Iterator[Edge]:
    """The edges, with what speaks against them."""
    lines = [edge for edge in stated if edge.kind == "line"]
    below: dict[str, set[str]] = {}
    listed: dict[str, set[str]] = {}
    for edge in lines:
        upper, lower = edge.ends
        below.setdefault(upper, set()).add(lower)
        if edge.role_id == edge.upper:
            listed.setdefault(upper, set()).add(lower)
    rings = _circles(below)
    for edge in stated:
        upper, lower = edge.ends
        if edge.kind == "line" and rings.get(upper, -1) == rings.get(lower, -2):
            yield replace(edge, doubt="cycle")
        elif edge.kind == "line" and edge.role_id == edge.lower and upper in listed and lower not in listed[upper]:
            yield replace(edge, doubt="one_sided")
        else:
            yield edge


def _circles(below: Mapping[str, set[str]]) -> dict[str, int]:
    """A number for each post, the same for those that lie on circles with each other."""
    numbers = {
        post: number for number, post in enumerate(dict.fromkeys([*below, *chain(*map(sorted, below.values()))]))
    }
    groups = circles([[numbers[other] for other in below.get(post, ())] for post in numbers])
    return dict(zip(numbers, groups, strict=True))
