"""Labels of forms on slides that name other posts: 直接上级:站长"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from gangwei.labels import Label
from gangwei.layouts.deck_marks import Chapter, Mark
from gangwei.layouts.values import posts_between
from gangwei.model import Entry, Field, FoundRole
from gangwei.page import Page

_LONGEST: Final = 40
_JOINS: Final = frozenset("、/／和及")
_ENDS: Final = "。；;！!\n"


class Relation(NamedTuple):
    """The posts that a label on a slide names, as `field`, with the label's place."""

    field: Field
    start: int
    end: int
    entries: tuple[Entry, ...]


def deck_relations(page: Page, start: int, end: int, marks: Sequence[Mark]) -> list[Relation]:
    """The superiors and subordinates that labels name in a stretch of slides, in order."""
    found: list[Relation] = []
    first = bisect_left(page.labels, start, key=lambda label: label.start)
    authors = {mark.start for mark in marks if mark.kind == "author"}
    is_behind = False  # whether the label before stands behind its posts
    for index, label in enumerate(page.labels[first:], first):
        if label.start >= end:
            break
        if label.rule.field not in (Field.SUPERVISOR, Field.SUBORDINATE) or label.start in authors:
            continue
        if not label.has_mark and label.rule.strength != "strong":
            continue
        begin = found[-1].end if found else start
        named = None if is_behind else _named_behind(page, label, index, end, marks)
        following = page.labels[index + 1] if index + 1 < len(page.labels) else None
        is_last = named is None or following is None or following.start > named.end
        before = None if label.has_mark else _named_before(page, label, begin, marks)
        if before and (
            is_behind or named is None or not (is_last or _is_named(page, following, index + 1, end, marks))
        ):
            named, is_behind = before, True
        if named:
            found.append(named)
    return found


def _is_named(page: Page, label: Label | None, index: int, end: int, marks: Sequence[Mark]) -> bool:
    """Whether posts stand behind the next label, or it is of another kind."""
    if label is None or label.rule.field not in (Field.SUPERVISOR, Field.SUBORDINATE):
        return True
    return _named_behind(page, label, index, end, marks) is not None


def _named_behind(page: Page, label: Label, index: int, end: int, marks: Sequence[Mark]) -> Relation | None:
    """The posts between a label and what stands behind them."""
    place = bisect_left(marks, label.end, key=lambda mark: mark.start)
    stops = [end, label.end + _LONGEST, *(mark.start for mark in marks[place : place + 1])]
    stops += [other.start for other in page.labels[index + 1 : index + 2]]
    stop = min(stops)
    stop = min([stop, *(at for char in _ENDS if (at := page.value.find(char, label.end, stop)) >= 0)])
    if label.has_mark:
        stop = _posts_end(page, label.end, stop)
    entries, span = posts_between(page, label.end, stop, f"label {label.word}")
    if not entries or not all(page.names.is_post(entry.text) for entry in entries):
        return None
    if not label.has_mark and (stop == label.end + _LONGEST or not page.names.are_posts(page.value[slice(*span)])):
        return None  # without a colon all that stands before the next label or mark must be posts
    return Relation(label.rule.field, label.start, span.end, tuple(entries))


def _posts_end(page: Page, start: int, stop: int) -> int:
    """Where the posts end that begin behind a colon, if the label of a sentence or the sentence runs into them:
    直接上级：站长|报修管理受理报修…"""
    words = page.names.cut(page.value[start:stop])
    place, at = start, 0
    while count := page.names.first_post(words[at:]):
        while page.names.is_post("".join(words[at : at + count + 1])) and at + count < len(words):
            count += 1
        place += len("".join(words[at : at + count]))
        at += count
        if at == len(words) or words[at] not in _JOINS:
            return place
        place += len(words[at])
        at += 1
    return stop


def _named_before(page: Page, label: Label, begin: int, marks: Sequence[Mark]) -> Relation | None:
    """The posts that fill all between a mark or the label before and a label: the box of the label came out last."""
    place = bisect_right(marks, label.start, key=lambda mark: mark.end) - 1
    begin = max(begin, marks[place].end if place >= 0 else begin, label.start - _LONGEST)
    begin = max([begin, *(page.value.rfind(char, begin, label.start) + 1 for char in _ENDS)])
    entries, span = posts_between(page, begin, label.start, f"label {label.word}")
    if not entries or not page.names.are_posts(page.value[slice(*span)]):
        return None
    return Relation(label.rule.field, span.start, label.end, tuple(entries))


def related(
    page: Page, roles: Sequence[FoundRole], relations: Sequence[Relation], chapters: Sequence[Chapter]
) -> tuple[FoundRole, ...]:
    """The roles with what the labels name: each label is of the post in whose text it stands, or which stands before it
    in its chapter; before the first of a chapter it is of that one."""
    found = list(roles)
    starts = [page.text.raw_span(chapter.start, chapter.start).start for chapter in chapters]
    for relation in relations:
        raw = page.text.raw_span(relation.start, relation.end).start
        before = [i for i, role in enumerate(found) if role.start <= raw]
        owner = max(before, key=lambda i: (min(found[i].end, raw), found[i].start), default=-1)
        opened = max((start for start in starts if start <= raw), default=0)
        if owner < 0 or found[owner].end <= opened:
            behind = [i for i, role in enumerate(found) if role.start > raw]
            owner = min(behind, key=lambda i: found[i].start, default=owner)
        if owner < 0:
            continue
        role = found[owner]
        if relation.field is Field.SUPERVISOR and not role.supervisors:
            found[owner] = replace(role, supervisors=relation.entries)
        elif relation.field is Field.SUBORDINATE and not role.subordinates:
            found[owner] = replace(role, subordinates=relation.entries)
    return tuple(found)
