"""Labels of forms on slides that name other posts: 直接上级:站长"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from gangwei.layouts.deck_marks import Mark
from gangwei.layouts.values import posts_between
from gangwei.model import Entry, Field, FoundRole
from gangwei.page import Page

_LONGEST: Final = 40
_ENDS: Final = "。；;！!\n"


class Relation(NamedTuple):
    """The posts that a label on a slide names, as `field`, with the label's place."""

    field: Field
    start: int
    end: int
    entries: tuple[Entry, ...]


def deck_relations(page: Page, start: int, end: int, marks: Sequence[Mark]) -> list[Relation]:
    """The superiors and subordinates that labels with a colon name in a stretch of slides, in order."""
    found: list[Relation] = []
    first = bisect_left(page.labels, start, key=lambda label: label.start)
    for index, label in enumerate(page.labels[first:], first):
        if label.start >= end:
            break
        if label.rule.field not in (Field.SUPERVISOR, Field.SUBORDINATE) or not label.has_mark:
            continue
        place = bisect_left(marks, label.end, key=lambda mark: mark.start)
        stops = [end, label.end + _LONGEST, *(mark.start for mark in marks[place : place + 1])]
        stops += [other.start for other in page.labels[index + 1 : index + 2]]
        stop = min(stops)
        stop = min([stop, *(at for char in _ENDS if (at := page.value.find(char, label.end, stop)) >= 0)])
        entries, span = posts_between(page, label.end, stop, f"label {label.word}")
        if entries and all(page.names.is_post(entry.text) for entry in entries):
            found.append(Relation(label.rule.field, label.start, span.end, tuple(entries)))
    return found


def related(page: Page, roles: Sequence[FoundRole], relations: Sequence[Relation]) -> tuple[FoundRole, ...]:
    """The roles with what the labels name: each label is of the post in whose text it stands, or which stands before it."""
    found = list(roles)
    for relation in relations:
        raw = page.text.raw_span(relation.start, relation.end).start
        before = [i for i, role in enumerate(found) if role.start <= raw]
        if not before:
            continue
        owner = max(before, key=lambda i: (min(found[i].end, raw), found[i].start))
        role = found[owner]
        if relation.field is Field.SUPERVISOR and not role.supervisors:
            found[owner] = replace(role, supervisors=relation.entries)
        elif relation.field is Field.SUBORDINATE and not role.subordinates:
            found[owner] = replace(role, subordinates=relation.entries)
    return tuple(found)
