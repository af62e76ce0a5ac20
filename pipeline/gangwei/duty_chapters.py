"""Chapters whose headings say that duties follow: 3 职责⏎3.1 …, 二、岗位职责⏎第三条 …, 人员分工⏎1、…"""

from __future__ import annotations

import re
from typing import Final

from gangwei.page import Line, Page

_MOST_UP: Final = 3
_LONGEST_NAME: Final = 24
_FARTHEST_CHAPTER: Final = 12
_CHAPTERS: Final = frozenset(["章", "节", "han", "han_paren"])
_DUTIES: Final = re.compile(
    "(?:管理|工作|安全|主要|部门|岗位|相关){0,3}(?:职责|责任|分工)(?:[与和及](?:权限|分工|职权))?[:：]?"
)
_ALLOTS: Final = re.compile("职责|分工|职能|职掌|责任|机构|分别|负责|执掌|掌理")


def is_allotted(page: Page, index: int) -> bool:
    """Whether the heading over a list says that it tells who does what: 人员分工, 4 职责."""
    over = line_over(page, index)
    return over >= 0 and _ALLOTS.search(page.value, page.lines[over].body, page.lines[over].end) is not None


def is_below_duties(page: Page, index: int) -> bool:
    """Whether the line above is a chapter's heading that says nothing but that duties follow: 3 职责"""
    above = page.lines[index - 1] if index else None
    return above is not None and above.ordinal >= 0 and _DUTIES.fullmatch(page.value, above.body, above.end) is not None


def is_right_below_duties(page: Page, line: Line, index: int) -> bool:
    """Whether a line is one of the first of two levels under a heading of duties: 3 职责⏎3.1 总裁批准…"""
    if line.ordinal < 0 or page.ordinals[line.ordinal].style != "two":
        return False
    return page.ordinals[line.ordinal].value % 100 <= _FARTHEST_CHAPTER and is_in_chapter_of_duties(page, index)


def is_in_chapter_of_duties(page: Page, index: int) -> bool:
    """Whether a numbered line stands in a chapter whose heading says nothing but that duties follow: 二、岗位职责⏎第三条 …"""
    line = page.lines[index]
    if line.ordinal < 0 or page.ordinals[line.ordinal].style != "条":
        over = line_over(page, index)
    else:
        places = range(index - 1, max(-1, index - _FARTHEST_CHAPTER), -1)
        over = next((place for place in places if _heads_chapter(page, page.lines[place])), -1)
    return over >= 0 and _DUTIES.fullmatch(page.value, page.lines[over].body, page.lines[over].end) is not None


def _heads_chapter(page: Page, line: Line) -> bool:
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    return style in _CHAPTERS and line.end - line.body <= _LONGEST_NAME


def line_over(page: Page, index: int) -> int:
    """The line of the heading over the list in which a line stands; -1 where there is none."""
    first = page.lines[index].ordinal
    while first >= 0 and page.ordinals[first].before >= 0:
        first = page.ordinals[first].before
    top = page.line_index(page.ordinals[first].start) if first >= 0 else index
    for above in range(top - 1, max(0, top - _MOST_UP) - 1, -1):
        if page.lines[above].end - page.lines[above].body <= _LONGEST_NAME:
            return above
    return -1
