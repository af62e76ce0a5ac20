"""Headings of groups without a number or a mark, in a list of lines that are sentences: 纪律⏎记录迟到。⏎卫生⏎安排值日。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.page import Page

_LONGEST: Final = 12
_FEWEST: Final = 2
_FEWEST_ITEMS: Final = 4
_STOPS: Final = frozenset("。；;！!")
_WITHIN: Final = frozenset("，。；,;、：: ")


def without_group_lines(page: Page, items: Sequence[Item]) -> Sequence[Item]:
    """The items without the short lines that head groups of them: all others are lines with a full stop, and two or more
    of the short ones stand right over such a line."""
    if len(items) < _FEWEST_ITEMS or any(item.number for item in items):
        return items
    if page.value.count("\n", items[0].start, items[-1].end) < len(items) - 1:
        return items
    told = [page.value[item.end : item.end + 1] in _STOPS for item in items]
    heads = {
        index
        for index, item in enumerate(items[:-1])
        if not told[index] and told[index + 1] and _is_short(page.value[item.start : item.end])
    }
    if len(heads) < _FEWEST or len(heads) + sum(told) < len(items):
        return items
    return [item for index, item in enumerate(items) if index not in heads]


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and not _WITHIN.intersection(text)
