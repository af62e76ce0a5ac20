"""What no rule claimed, and how much of a document was claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.layouts.reading import Reading
from gangwei.model import FoundRole, Note, Span
from gangwei.page import Page

_SHORTEST: Final = 5
_SHOWN: Final = 60
_LETTER: Final = re.compile(r"\w")


def unclaimed(page: Page, claimed: Sequence[tuple[int, int]]) -> Iterator[Note]:
    """A note for every stretch of more than four characters that is neither value, label, ordinal nor named noise."""
    place = 0
    for start, end in [*claimed, (len(page.value), len(page.value))]:
        if start > place:
            yield from _stretches(page, place, start)
        place = max(place, end)


def _stretches(page: Page, start: int, end: int) -> Iterator[Note]:
    """The lines of an unclaimed stretch, each a note."""
    for index in range(page.line_index(start), len(page.lines)):
        line = page.lines[index]
        if line.start >= end:
            return
        if min(end, line.end) - max(start, line.start) < _SHORTEST:
            continue
        span = page.trim(max(start, line.start), min(end, line.end))
        text = page.value[span.start : span.end]
        if len(text) >= _SHORTEST and len(_LETTER.findall(text)) >= _SHORTEST:
            raw = page.text.raw_span(*span)
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            yield Note("unclaimed", raw.start, raw.end, f"no rule claimed: {shown}")


def coverage_of(page: Page, claimed: Sequence[tuple[int, int]]) -> float:
    """The share of the document's characters (blanks aside) that stand as a value, a label, an ordinal or noise."""
    total = _letters(page.value)
    removed = max(0, _letters(page.document.text) - total)
    whole = total + removed
    explained = _letters("".join([page.value[start:end] for start, end in claimed])) + removed
    return min(1.0, explained / whole) if whole else 1.0


def _letters(text: str) -> int:
    """How many characters of a text are no blanks."""
    return sum(map(len, text.split()))


def claimed_of(page: Page, reading: Reading) -> list[tuple[int, int]]:
    """The claimed spans of a page, sorted and merged."""
    spans: list[tuple[int, int]] = [*reading.claimed, *((label.start, label.end) for label in page.labels)]
    spans += ((ordinal.start, ordinal.end) for ordinal in page.ordinals)
    spans += (page.text.value_span(*span) for role in reading.roles for span in _places(role))
    spans.sort()
    merged: list[tuple[int, int]] = []
    begin = stop = -1
    for start, end in spans:
        if start > stop:
            if stop >= 0:
                merged.append((begin, stop))
            begin, stop = start, end
        elif end > stop:
            stop = end
    return [*merged, (begin, stop)] if stop >= 0 else merged


def _places(role: FoundRole) -> Iterator[Span]:
    """Where a role's short fields stand in the document."""
    for entry in (role.title, role.company, role.department, *role.supervisors, *role.subordinates):
        if entry and entry.end > entry.start:
            yield Span(entry.start, entry.end)
