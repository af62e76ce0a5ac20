"""What no rule claimed, and how much of a document was claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gangwei.layouts.reading import Reading
from gangwei.model import FoundRole, Note, Span
from gangwei.page import Page

_SHORTEST: Final = 5
_SHOWN: Final = 60
_LETTER: Final = re.compile(r"\w")


def unclaimed(page: Page, reading: Reading) -> Iterator[Note]:
    """A note for every stretch of more than four characters that is neither value, label, ordinal nor named noise."""
    place = 0
    for start, end in [*_claimed(page, reading), (len(page.value), len(page.value))]:
        if start > place:
            yield from _stretches(page, place, start)
        place = max(place, end)


def _stretches(page: Page, start: int, end: int) -> Iterator[Note]:
    """The lines of an unclaimed stretch, each a note."""
    for line in page.lines[page.line_index(start) :]:
        if line.start >= end:
            return
        span = page.trim(max(start, line.start), min(end, line.end))
        text = page.value[span.start : span.end]
        if span.end > span.start and sum(1 for _ in _LETTER.finditer(text)) >= _SHORTEST:
            raw = page.text.raw_span(*span)
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            yield Note("unclaimed", raw.start, raw.end, f"no rule claimed: {shown}")


def coverage_of(page: Page, reading: Reading) -> float:
    """The share of the document's characters (blanks aside) that stand as a value, a label, an ordinal or noise."""
    total = sum(not c.isspace() for c in page.value)
    removed = sum(not c.isspace() for c in page.document.text) - total
    claimed = 0
    for start, end in _claimed(page, reading):
        claimed += sum(not c.isspace() for c in page.value[start:end])
    whole = total + max(0, removed)
    return min(1.0, (claimed + max(0, removed)) / whole) if whole else 1.0


def _claimed(page: Page, reading: Reading) -> list[tuple[int, int]]:
    """The claimed spans of the page, sorted and merged."""
    spans = [*reading.claimed, *((label.start, label.end) for label in page.labels)]
    spans += ((ordinal.start, ordinal.end) for ordinal in page.ordinals)
    spans += (page.text.value_span(*span) for role in reading.roles for span in _places(role))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _places(role: FoundRole) -> Iterator[Span]:
    """Where a role's short fields stand in the document."""
    for entry in (role.title, role.company, role.department, *role.supervisors, *role.subordinates):
        if entry and entry.end > entry.start:
            yield Span(entry.start, entry.end)
