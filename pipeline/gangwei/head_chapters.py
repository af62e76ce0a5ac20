"""Headings over the posts of a chapter, which are nobody's: 一、泵站人员的工作职责, right above 1、站长职责 and 2、值班员职责."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.head import Head
from gangwei.page import Page

_FEWEST: Final = 2
_LOOK: Final = 3
# Whoever works there.
_OF_ALL: Final = re.compile("(?:人员|员工|职工|干部|成员|岗位)$")


def without_chapters(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads without those that name whoever works somewhere, where the numbers below them head posts by name."""
    return [
        head for index, head in enumerate(heads) if not _is_chapter(page, head, heads[index + 1 : index + 1 + _LOOK])
    ]


def _is_chapter(page: Page, head: Head, below: Sequence[Head]) -> bool:
    if head.kind != "post" or not head.tail or head.mentions or not _OF_ALL.search(head.name.text):
        return False
    numbered = [other for other in below if page.lines[other.line].ordinal >= 0]
    if len(numbered) < _FEWEST:
        return False
    ordinals = [page.ordinals[page.lines[other.line].ordinal] for other in numbered]
    line = page.lines[head.line]
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    first = page.ordinals_in(head.end, ordinals[0].start)
    is_begun = all(ordinal.style == ordinals[0].style for ordinal in first)  # 1、中心主任由学院任命 stands before 2、
    return (
        is_begun and len(first) < _FEWEST and all(ordinal.style == ordinals[0].style != style for ordinal in ordinals)
    )
