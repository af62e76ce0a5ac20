"""A stretch of text under one label, as layouts cut a page into them."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Final

from gangwei.model import Entry, Field

SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE, Field.SUMMARY])
POSTS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY])


@dataclass(slots=True)
class Section:
    """A stretch of text under one label: what field it holds, what opened it, the pieces of the page that it covers."""

    field: Field
    start: int
    end: int
    depth: int = 0
    is_labelled: bool = False
    word: str = ""
    then: Field | None = None
    keep: str = ""
    group: bool = False
    is_nest: bool = False
    is_column: bool = False
    is_unknown: bool = False
    is_told: bool = False
    has_measures: bool = False
    of_duties: bool = False
    is_rowed: bool = False
    is_card: bool = False
    heading: str = ""
    pieces: list[tuple[int, int]] = attribute(default_factory=list)
    entries: list[Entry] = attribute(default_factory=list)
