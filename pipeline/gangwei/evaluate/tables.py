"""What an output folder states: its CSV tables, read back as facts."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from gangwei.errors import UsageError
from gangwei.evaluate.facts import DocumentFacts, RoleFacts, UnitFact

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": ("doc_id", "source"),
    "roles": ("role_id", "doc_id", "title", "company", "department"),
    "relations": ("role_id", "kind", "title"),
    "duties": ("role_id", "kind", "text", "start", "end"),
    "kpis": ("role_id", "text", "start", "end"),
    "requirements": ("role_id", "text", "start", "end"),
    "units": ("doc_id", "unit", "text"),
}
_Owner = TypeVar("_Owner")
_POST_LISTS: Final = {"supervisor": "supervisors", "subordinate": "subordinates"}
_DUTY_LISTS: Final = {"": "duties", "duty": "duties", "authority": "authorities", "routine": "routines"}


class Item(NamedTuple):
    """One item's text and where it is said to stand in the document's text; None where that is not said."""

    text: str
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """What the tables say of one document; `items` are those of all its roles."""

    facts: DocumentFacts = field(default_factory=DocumentFacts)
    items: tuple[Item, ...] = ()


def read_tables(folder: Path) -> dict[str, FoundDocument]:
    """What the tables in a folder say, by the stem of each document's source."""
    documents: dict[str, _Gathered] = {}
    stems: dict[str, str] = {}
    for row in _rows(folder, "documents"):
        stems[row["doc_id"]] = stem = Path(row["source"] or row["doc_id"]).stem
        documents.setdefault(stem, _Gathered())
    roles: dict[str, tuple[str, _GatheredRole]] = {}
    for row in _rows(folder, "roles"):
        stem = _owner(stems, row["doc_id"], folder, "roles")
        confidence = _number(row.get("confidence", ""), folder, "roles")
        role = _GatheredRole(row["title"], row["company"], row["department"], confidence)
        role.rules["title"] = [row.get("rule", "")]
        documents[stem].roles.append(role)
        roles[row["role_id"]] = (stem, role)
    for row in _rows(folder, "relations"):
        _, role = _owner(roles, row["role_id"], folder, "relations")
        if kind := _POST_LISTS.get(row["kind"]):
            role.add(kind, row["title"], row.get("rule", ""))
    for table in ("duties", "kpis", "requirements"):
        for row in _rows(folder, table):
            stem, role = _owner(roles, row["role_id"], folder, table)
            kind = _owner(_DUTY_LISTS, row["kind"], folder, table) if table == "duties" else table
            role.add(kind, row["text"], row.get("rule", ""))
            start, end = _number(row["start"], folder, table), _number(row["end"], folder, table)
            documents[stem].items.append(Item(row["text"], start, end))
    for row in _rows(folder, "units"):
        stem = _owner(stems, row["doc_id"], folder, "units")
        documents[stem].units.append(UnitFact(row["unit"], row["text"], row.get("rule", "")))
    return {stem: gathered.found() for stem, gathered in documents.items()}


@dataclass(slots=True)
class _GatheredRole:
    title: str
    company: str
    department: str
    confidence: float | None
    lists: dict[str, list[str]] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, text: str, rule: str) -> None:
        self.lists.setdefault(kind, []).append(text)
        self.rules.setdefault(kind, []).append(rule)

    def facts(self) -> RoleFacts:
        lists = {kind: tuple(texts) for kind, texts in self.lists.items()}
        rules = {kind: tuple(names) for kind, names in self.rules.items()}
        return RoleFacts(self.title, self.company, self.department, lists, self.confidence, rules)


@dataclass(slots=True)
class _Gathered:
    roles: list[_GatheredRole] = field(default_factory=list)
    units: list[UnitFact] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def found(self) -> FoundDocument:
        facts = DocumentFacts(tuple(role.facts() for role in self.roles), tuple(self.units))
        return FoundDocument(facts, tuple(self.items))


def _rows(folder: Path, table: str) -> Iterator[dict[str, str]]:
    path = folder / f"{table}.csv"
    csv.field_size_limit(sys.maxsize)  # a cell may hold a whole document
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            if missing := [name for name in _COLUMNS[table] if name not in (reader.fieldnames or ())]:
                raise UsageError(
                    f"{path}: no column {', '.join(missing)}: written by another version; run gangwei extract again"
                )
            yield from reader
    except FileNotFoundError:
        raise UsageError(f"{path} is not there; gangwei extract --format csv writes it") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a table ({error})") from None


def _owner(owners: Mapping[str, _Owner], key: str, folder: Path, table: str) -> _Owner:
    """What a key stands for; tables of two runs mixed in one folder are caught here."""
    if key not in owners:
        raise UsageError(f"{folder / f'{table}.csv'}: nothing is known of {key!r}; run gangwei extract again")
    return owners[key]


def _number(cell: str, folder: Path, table: str) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError:
        raise UsageError(f"{folder / f'{table}.csv'}: {cell!r} is no number; run gangwei extract again") from None
