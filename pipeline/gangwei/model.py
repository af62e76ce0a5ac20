"""The nouns: what a document is, what was found in it, what it means. Frozen; imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Protocol, TypeVar, cast

_Kind = TypeVar("_Kind")


class _Made(Protocol):
    def __call__(self, kind: type[_Kind], values: tuple[object, ...], /) -> _Kind: ...


# A NamedTuple of its values, without the call of the function that its class makes for that: for kinds of which a
# document has many.
made: Final = cast("_Made", tuple.__new__)


class Span(NamedTuple):
    """A half-open range of character offsets; whoever hands it out says into which text."""

    start: int
    end: int


class Field(StrEnum):
    """What a label announces. OTHER is a field of forms that no table of ours holds."""

    TITLE = "title"
    COMPANY = "company"
    DEPARTMENT = "department"
    SUPERVISOR = "supervisor"
    SUBORDINATE = "subordinate"
    DEPUTY = "deputy"
    SUMMARY = "summary"
    DUTY = "duty"
    AUTHORITY = "authority"
    KPI = "kpi"
    REQUIREMENT = "requirement"
    ROUTINE = "routine"
    UNIT = "unit"
    OTHER = "other"


class BlockKind(StrEnum):
    """The shapes that a reader can see in a format that has shapes."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


class Block(NamedTuple):
    """A stretch of `Document.text` whose shape the format told.

    `level` is a heading's or a list's depth from 1. A cell stands in table `table` (from 0) at `row`, `column`
    (from 0) and covers `rows` by `columns` places of that table's grid. All numbers of other kinds are 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


class Note(NamedTuple):
    """Something a person may want to look at; offsets into `Document.text`."""

    code: str
    start: int
    end: int
    message: str


class Repair(NamedTuple):
    """One edit of the text as read: `before` stood at [start:end] of `Document.text`, `after` was read instead."""

    fault: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read, before any repair. `text` is never altered; all offsets of the tables lead into it."""

    text: str
    doc_id: str = ""
    source: str = ""
    sha256: str = ""
    media_type: str = "text/plain"
    encoding: str = ""
    title: str = ""
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    status: str = "ok"
    error: str = ""


class Decision(NamedTuple):
    """Why a stretch of the document was or was not taken for a field: for `gangwei show --why`.

    `outcome` is "taken", "lost" (another reading explained more) or "failed" (the place speaks against it).
    """

    field: Field
    start: int
    end: int
    text: str
    rule: str
    outcome: str
    reason: str


# What the layouts find: strings with their places, nothing interpreted.


class Entry(NamedTuple):
    """A value as found: repaired Simplified text, its enclosing span in `Document.text`, the rule that took it.

    `group` is the heading over the list in which an item stands (职责一：销售管理), if any.
    """

    text: str
    start: int
    end: int
    rule: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A post with what the document says of it. Empty tuple: none; None: the document does not say."""

    title: Entry
    company: Entry | None = None
    department: Entry | None = None
    supervisors: tuple[Entry, ...] = ()
    subordinates: tuple[Entry, ...] = ()
    deputies: tuple[Entry, ...] = ()
    summary: Entry | None = None
    duties: tuple[Entry, ...] = ()
    authorities: tuple[Entry, ...] = ()
    kpis: tuple[Entry, ...] = ()
    requirements: tuple[Entry, ...] = ()
    routines: tuple[Entry, ...] = ()
    layout: str = ""
    confidence: float = 1.0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit whose own functions are listed, apart from any post."""

    name: Entry
    functions: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All that the layouts took from one document. `claimed` are the spans that stand as a value, a label, an
    ordinal or named noise, sorted, without overlaps, offsets into `Document.text`."""

    roles: tuple[FoundRole, ...] = ()
    units: tuple[FoundUnit, ...] = ()
    company: Entry | None = None
    title: str = ""
    claimed: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    decisions: tuple[Decision, ...] = ()


# What the values mean, after ../shared/TYPED.md: "" or None where the text does not say.


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, an authority or a routine; `kind` is "duty", "authority" or "routine"."""

    entry: Entry
    kind: str = "duty"
    action: str = ""
    object: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """An indicator with its target; `target` is a number or a range as text (95, 8-10), `weight` is in percent."""

    entry: Entry
    name: str = ""
    measure: str = ""
    direction: str = ""
    comparator: str = ""
    target: str = ""
    unit: str = ""
    weight: float | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a holder of the post must bring; years of experience and of life as numbers."""

    entry: Entry
    category: str = ""
    degree: str = ""
    min_years: float | None = None
    min_age: int | None = None
    max_age: int | None = None
    gender: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A superior, a subordinate or a deputy; `target` is the index of the meant role in the same document."""

    entry: Entry
    kind: str
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A post, read: what was found of it and what it means."""

    found: FoundRole
    title_full: str = ""
    level: str = ""
    function: str = ""
    variants: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    duties: tuple[Duty, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """One document, read to the end: what the tables are made of."""

    document: Document
    script: str = "none"
    company: str = ""
    title: str = ""
    roles: tuple[Role, ...] = ()
    units: tuple[FoundUnit, ...] = ()
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    decisions: tuple[Decision, ...] = ()
    coverage: float = 0.0
