"""What a person should look at: what no rule claimed, labels without a value, doubts, contradictions; and how much of
a document was claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from gangwei.circles import circles
from gangwei.labels import Label
from gangwei.layouts.reading import Reading
from gangwei.model import Field, FoundRole, Note, Role
from gangwei.page import Page

UNSURE: Final = 0.5  # a role is more likely wrong than right below it
_SHORTEST: Final = 5
_SHOWN: Final = 60
_LETTER: Final = re.compile(r"\w")


def unclaimed(page: Page, claimed: Sequence[tuple[int, int]]) -> Iterator[Note]:
    """A note for every stretch of more than four characters that is neither value, label, ordinal nor named noise."""
    labels = {label.end: label for label in page.labels if label.rule.field is not Field.OTHER}
    place = 0
    for start, end in [*claimed, (len(page.value), len(page.value))]:
        if start - place >= _SHORTEST:
            yield from _stretches(page, place, start, labels.get(place))
        place = max(place, end)


def empty_labels(page: Page) -> Iterator[Note]:
    """A note for every label of a field of ours that another label, or the end, follows at once."""
    for label, after in zip_longest(page.labels, page.labels[1:]):
        if label.rule.field is Field.OTHER or (after and _heads(label, after)):
            continue
        between = page.value[label.end : after.start if after else len(page.value)]
        # Labels with the border of a cell between them head the columns of a table.
        if not _LETTER.search(between) and "|" not in between and "\t" not in between:
            raw = page.text.raw_span(label.start, label.end)
            yield Note("empty_label", raw.start, raw.end, f"no value stands behind the label {label.word}")


def _heads(label: Label, after: Label) -> bool:
    """Whether a label is a heading over the label behind it (任职资格 over 学历), or both name one field."""
    return after.rule.keep or after.rule.group or label.rule.group or after.rule.field is label.rule.field


def doubts(roles: Sequence[Role]) -> Iterator[Note]:
    """A note for every role that is more likely wrong than right, and for posts that contradict each other."""
    for role in roles:
        found = role.found
        if found.confidence < UNSURE:
            message = (
                f"the reading of {found.title.text} is doubtful: confidence {found.confidence:.2f}"
                if found.title.text
                else "the document does not say of which post this is told"
            )
            yield Note("low_confidence", found.title.start, found.title.end, message)
    for _, note in contradictions(roles):
        yield note


def contradictions(roles: Sequence[Role]) -> Iterator[tuple[int, Note]]:
    """Posts that contradict each other, by their numbers: in a ring, or one that names a superior who lists others only."""
    superiors = [
        {r.target for r in role.relations if r.kind == "supervisor" and r.target is not None} for role in roles
    ]
    if not any(superiors):
        return
    rings = circles(superiors)
    for number, role in enumerate(roles):
        for note in _contradictions(roles, number, role):
            yield number, note
        if any(rings[number] == rings[above] for above in superiors[number]):
            entry = next(r.entry for r in role.relations if r.kind == "supervisor")
            message = f"{role.found.title.text} answers, over others, to itself"
            yield number, Note("contradiction", entry.start, entry.end, message)


def _contradictions(roles: Sequence[Role], number: int, role: Role) -> Iterator[Note]:
    """A post that names another its superior, where that one lists its subordinates and this post is none of them."""
    for relation in role.relations:
        if relation.kind != "supervisor" or relation.target is None:
            continue
        chief = roles[relation.target]
        below = [r for r in chief.relations if r.kind == "subordinate"]
        # A post that the document does not describe may be this one under another name.
        if below and all(r.target is not None and r.target != number for r in below):
            own, other = role.found.title.text, chief.found.title.text
            message = f"{own} names {other} its superior, and {other} does not list {own}"
            yield Note("contradiction", relation.entry.start, relation.entry.end, message)


def _stretches(page: Page, start: int, end: int, label: Label | None) -> Iterator[Note]:
    """The lines of an unclaimed stretch, each a note; the first may be what a label's value should have been."""
    for index in range(page.line_index(start), len(page.lines)):
        line = page.lines[index]
        if line.start >= end:
            return
        first = line.start if line.start > start else start
        last = line.end if line.end < end else end
        if last - first < _SHORTEST:
            continue
        span = page.trim(first, last)
        text = page.value[span.start : span.end]
        if len(text) >= _SHORTEST and len(_LETTER.findall(text)) >= _SHORTEST:
            raw = page.text.raw_span(*span)
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            if label:
                message = f"not understood as the value of {label.word}: {shown}"
                yield Note("unread_value", raw.start, raw.end, message)
                label = None
            else:
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
    spans: list[tuple[int, int]] = [*reading.claimed, *[label[:2] for label in page.labels]]
    spans += [ordinal[:2] for ordinal in page.ordinals]
    spans += [page.text.value_span(*span) for role in reading.roles for span in _places(role)]
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


def _places(role: FoundRole) -> list[tuple[int, int]]:
    """Where a role's short fields stand in the document."""
    entries = (role.title, role.company, role.department, *role.supervisors, *role.subordinates)
    return [(entry.start, entry.end) for entry in entries if entry and entry.end > entry.start]
