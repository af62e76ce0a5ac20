"""The degree of responsibility (全责, 协办) that a column of a form puts behind each duty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.page import Page

_DEGREE: Final = re.compile(
    r"(?:(?<![\s。；;，,])[\s。；;，,]++)?(?:全责|部分|支持|主责|协办|主办|承办|配合|参与|次责|全部|协助|负责|主导|辅助)$"
)
_DEGREE_ENDS: Final = frozenset("责分持办合与部助导")
_MOST_OF: Final = 0.6


def without_degrees(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the degree of responsibility (全责, 协办) that a column of the form put behind each."""
    ends = [(max(item.start, item.end - 8), item.end) for item in items]
    matches = [_DEGREE.search(page.value, *end) if page.value[end[1] - 1] in _DEGREE_ENDS else None for end in ends]
    if len(items) - matches.count(None) < max(2, _MOST_OF * len(items)):
        return list(items)
    return [
        item._replace(end=page.trim(item.start, match.start()).end) if match else item
        for item, match in zip(items, matches, strict=True)
    ]
