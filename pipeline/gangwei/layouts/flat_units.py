"""Tables of units' functions that became running text: 职能 职能分项 职能细化 1、… (1)… (2)… 2、… (1)…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.layouts.chapters import chapter_unit
from gangwei.layouts.flat_heads import Head
from gangwei.layouts.reading import Reading
from gangwei.model import Entry, FoundUnit, Span
from gangwei.ordinals import Ordinal
from gangwei.page import Page

_LONGEST_GROUP: Final = 16
_FAR: Final = 60
_CHAPTER_BEFORE: Final = 40
_CHAPTERS: Final = frozenset("章节编篇")
# The last word before a list, which heads it: its own number was lost.
_GROUP: Final = re.compile(r"(?:^|[\s。；;.、])(?P<name>[^\s。；;，,.、：:（()）]{2,16})[\s:：]*$")
_WORD: Final = re.compile(r"[^\s:：|]+")


def read_flat_units(page: Page, head: Head, limit: int) -> Iterator[tuple[Span, Reading]]:
    """The functions below a head, under the unit that the heading above names or that stands before their lists.

    The table ends before `limit` at the latest.
    """
    ordinals = _ordinals(page, head, limit)
    if not ordinals:
        return
    style = Counter(o.style for o in ordinals).most_common(1)[0][0]
    inner = [o for o in ordinals if o.style == style]
    stop = _table_end(page, inner[-1], limit)
    found: dict[str, tuple[Entry, list[Entry]]] = {}
    unit, group = chapter_unit(page, head.start), ""
    end = head.end
    for ordinal, after in pairwise([*inner, None]):
        if ordinal is None:
            break
        if ordinal.value == 1:
            for name in _headings(page, end, ordinal.start):
                if page.names.is_unit(page.value[name.start : name.end]):
                    unit, group = page.entry(name.start, name.end, "table: unit"), ""
                else:
                    group = page.value[name.start : name.end]
        end = _item_end(page, ordinal, after, stop)
        span = page.trim(ordinal.end, end)
        if unit and span.start < span.end:
            found.setdefault(unit.text, (unit, []))[1].append(page.entry(span.start, span.end, "table: unit", group))
    units = tuple(FoundUnit(name, tuple(functions)) for name, functions in found.values())
    if units:
        yield Span(head.start, end), Reading((), units, None, ((head.start, end),), "table_flat")


def _ordinals(page: Page, head: Head, limit: int) -> Sequence[Ordinal]:
    """The numbers of the table: from its head to where the next chapter begins."""
    before = page.ordinals_in(head.start - _CHAPTER_BEFORE, head.start)
    chapter = before[-1].style if before else ""
    found: list[Ordinal] = []
    for ordinal in page.ordinals_in(head.end, limit):
        if ordinal.style == chapter or ordinal.style in _CHAPTERS or ordinal.style == "bullet":
            break
        if ordinal.start - (found[-1].end if found else head.end) > (_FAR if not found else 10 * _FAR):
            break
        found.append(ordinal)
    return found


def _table_end(page: Page, last: Ordinal, limit: int) -> int:
    """Where the last item of the table ends: at the end of its line, or before the number of the next chapter."""
    line_end = page.value.find("\n", last.end, limit)
    end = line_end if line_end >= 0 else limit
    following = page.ordinals_in(last.end, end)
    return following[0].start if following else end


def _headings(page: Page, start: int, end: int) -> Iterator[Span]:
    """The words between an item and the first of the next list, without their numbers."""
    for match in _WORD.finditer(page.value, start, end):
        number = next((o for o in page.ordinals_in(match.start(), match.end()) if o.start == match.start()), None)
        first = number.end if number else match.start()
        if 2 <= match.end() - first <= 2 * _LONGEST_GROUP:
            yield Span(first, match.end())


def _item_end(page: Page, ordinal: Ordinal, after: Ordinal | None, stop: int) -> int:
    """Where an item ends: at the next number of any style, or before the words that head the next list."""
    following = page.ordinals_in(ordinal.end, after.start if after else stop)
    if following:
        return following[0].start
    if after is None:
        return stop
    if after.value == 1:
        match = _GROUP.search(page.value, max(ordinal.end, after.start - 2 * _LONGEST_GROUP), after.start)
        if match and match.start("name") > ordinal.end + 2:
            return match.start("name")
    return after.start
