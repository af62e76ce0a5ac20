"""Tables of units' functions that became running text: 职能 职能分项 职能细化 1、… (1)… (2)… 2、… (1)…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.layouts.chapters import chapter_unit
from gangwei.layouts.flat_heads import Head
from gangwei.layouts.reading import Reading
from gangwei.model import Entry, Field, FoundUnit, Span
from gangwei.ordinals import Ordinal
from gangwei.page import Page, tidy

_LONGEST_GROUP: Final = 16
_FAR: Final = 60
# The last word before a list, which heads it: its own number was lost.
_GROUP: Final = re.compile(r"(?:^|[\s。；;.、])(?P<name>[^\s。；;，,.、：:（()）]{2,16})[\s:：]*$")
_CHAPTER: Final = re.compile(r"[。；;.\s](?=\s*[一二三四五六七八九十]{1,2}[、.．])")


def read_flat_units(page: Page, head: Head) -> Iterator[tuple[Span, Reading]]:
    """The functions below a head, under the unit that the heading above names or that stand before their lists."""
    ordinals = _ordinals(page, head.end)
    if not ordinals:
        return
    style = Counter(o.style for o in ordinals).most_common(1)[0][0]
    inner = [o for o in ordinals if o.style == style]
    found: dict[str, tuple[Entry, list[Entry]]] = {}
    unit = chapter_unit(page, head.start)
    group = ""
    end = head.end
    for index, ordinal in enumerate(inner):
        following = inner[index + 1].start if index + 1 < len(inner) else _table_end(page, inner[-1])
        if ordinal.value == 1:
            before = _heading(page, end, ordinal.start)
            for name in before:
                text = tidy(page.value[name.start : name.end])
                if page.names.is_unit(text):
                    unit = page.entry(name.start, name.end, "table: unit")
                else:
                    group = text
        end = _item_end(page, ordinal, following, inner[index + 1] if index + 1 < len(inner) else None, ordinals)
        span = page.trim(ordinal.end, end)
        if unit and span.start < span.end:
            found.setdefault(unit.text, (unit, []))[1].append(page.entry(span.start, span.end, "table: unit", group))
    units = tuple(FoundUnit(name, tuple(functions)) for name, functions in found.values())
    if units:
        yield Span(head.start, end), Reading((), units, None, ((head.start, end),), "table_flat")


def _ordinals(page: Page, start: int) -> Sequence[Ordinal]:
    """The numbers of the table: from its head to where the next chapter begins."""
    found: list[Ordinal] = []
    last_end = start
    for ordinal in page.ordinals_in(start, len(page.value)):
        if ordinal.style in ("han", "章", "节", "篇", "编") or ordinal.style == "bullet":
            break
        if not found and ordinal.start - start > _FAR:
            break
        if "\n\n" in page.value[last_end : ordinal.start] and ordinal.value != 1 and ordinal.before < 0:
            break
        found.append(ordinal)
        last_end = ordinal.end
    return found


def _item_end(
    page: Page, ordinal: Ordinal, following: int, after: Ordinal | None, ordinals: Sequence[Ordinal]
) -> int:
    """Where an item ends: at the next number of any style, or before the heading of the next list."""
    outer = next((o.start for o in ordinals if ordinal.end <= o.start < following and o.style != ordinal.style), None)
    if outer is not None:
        return outer
    if after is not None and after.value == 1:
        match = _GROUP.search(page.value, max(ordinal.end, following - 2 * _LONGEST_GROUP), following)
        if match and match.start("name") > ordinal.end + 2:
            return match.start("name")
    return following
