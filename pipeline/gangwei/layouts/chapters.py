"""The unit that the heading above a table names: 二、生产部岗位说明."""

from __future__ import annotations

import re
from typing import Final

from gangwei.model import Entry, Span
from gangwei.page import Line, Page

_LOOK_BACK: Final = 48
_MOST_LINES: Final = 14
_CHAPTERS: Final = frozenset(["han", "han_paren", "章", "节", "篇", "编"])
# The last words before a table, without what closes a heading.
_HEADING: Final = re.compile(r"(?:^|[\s。；;.、．)）])(?P<text>[^\s。；;、．]{2,30}?)[:：\s*|]*$")
# What goes on behind the unit's name in a heading over posts or functions.
_SUBJECT: Final = re.compile(r"(?:各|主要)?(?:岗位|职位|职务|人员|职能|职责|绩效|工作|考核|部门|定岗)")
_ORDINAL: Final = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}[部分章节篇]{1,2}|[一二三四五六七八九十\d]{1,3}[、.．：:]"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）])[、.．：:\s]*"
)


def chapter_unit(page: Page, place: int) -> Entry | None:
    """The unit that the heading right before a place names, or None."""
    begin = max(0, place - _LOOK_BACK)
    match = _HEADING.search(page.value[begin:place])
    if not match:
        return None
    text = match["text"].rstrip("*#：:")
    start = begin + match.start("text")
    lead = _ORDINAL.match(text)
    if lead and lead.end() < len(text):
        start, text = start + lead.end(), text[lead.end() :]
    text = text.lstrip("#*")
    start = page.value.index(text, start) if text else start
    subject = _SUBJECT.search(text)
    name = text[: subject.start()] if subject else text
    # An employer's name before the unit's is none of it.
    cut = max((i for i in range(4, len(name) - 1) if page.names.is_company(name[:i])), default=0)
    start, name = start + cut, name[cut:]
    return page.entry(start, start + len(name), "chapter") if page.names.is_unit(name) else None


def chapter_above(page: Page, place: int) -> Entry | None:
    """The unit that the heading before a table's head names, whose functions may stand between."""
    if unit := chapter_unit(page, place):
        return unit
    line = _unit_line(page, place) if page.value[place - 1 : place] == "\n" else None
    return page.entry(line.body, line.end, "chapter") if line else None


def caption_start(page: Page, place: int) -> int:
    """Where the heading begins that stands in one line with a table's head at a place; the place where none does."""
    begin = max(0, place - _LOOK_BACK, page.value.rfind("\n", 0, place) + 1)
    if begin == place and (line := _unit_line(page, place)):
        return line.start
    numbers = [o for o in page.ordinals_in(begin, place) if o.style in _CHAPTERS]
    if numbers:
        return numbers[-1].start
    if chapter_unit(page, place) is None:
        return place
    match = _HEADING.search(page.value[begin:place])
    return begin + match.start("text") if match else place


def _unit_line(page: Page, place: int) -> Line | None:
    """The line above a table's head in lines that has a chapter's number and names a unit; its functions may stand
    between: 二、釉料部⏎职能：⏎1.…⏎岗位⏎职责"""
    index = page.line_index(place)
    for line in reversed(page.lines[max(0, index - _MOST_LINES) : index]):
        if line.ordinal >= 0 and page.ordinals[line.ordinal].style in _CHAPTERS:
            return line if page.names.is_unit(page.value[line.body : line.end]) else None
    return None


def heading_in(page: Page, cell: Span) -> Entry | None:
    """The post that a cell names as a heading does: 店长岗位说明书."""
    span = page.trim(cell.start, cell.end)
    if span.end - span.start > _LOOK_BACK:
        return None
    text = page.value[span.start : span.end]
    heading = page.names.heading(text)
    if heading is None or heading.kind != "post" or not heading.tail:
        return None
    start = span.start + heading.name.start
    return page.entry(start, span.start + heading.name.end, "heading of a form")._replace(text=heading.name.text)


def heading_above(page: Page, place: int) -> Entry | None:
    """The post that the line above a place names as a heading does."""
    index = page.line_index(place)
    index -= page.lines[index].start >= place if page.lines else 0
    if not page.lines or index < 0 or page.lines[index].end > place:
        return None
    line = page.lines[index]
    return heading_in(page, Span(line.body, line.end))
