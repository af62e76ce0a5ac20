"""Public calls for people: an entry names the unit, the post and how many are wanted, a chapter below names the post again.

（甲）總務處文書組　約用書記　1名（備取2名）, and further below: 貳、約用書記
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.head import Head, make_head
from gangwei.model import Span
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.titles import Heading

_SIGN: Final = re.compile(r"[ \t\u3000](?:正取|录取|名额|需求|共)?[ ]?[\d一二两三四五六七八九十]{1,3}[ ]?[名人]")
_ENTRY: Final = re.compile(
    r"(?P<unit>[^\s，。；:：、]{2,20})[ \t\u3000]{1,8}(?P<name>[^\s，。；:：]{2,20})[ \t\u3000]{1,8}(?:正取|录取|名额|需求|共)?[ ]?"
    r"[\d一二两三四五六七八九十]{1,3}[ ]?[名人](?:$|[、，,；;（(])"
)
_UNIT_ENDS: Final = ("处", "组", "室", "科", "课", "部", "中心", "馆", "所", "院", "系", "队", "站")
_LONGEST_NAME: Final = 24


class _Entry(NamedTuple):
    line: int
    unit: Span
    name: Span


def with_roster(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, with the units that the entries of a public call give their posts, and the chapters that they name."""
    if not _SIGN.search(page.value):
        return list(heads)
    entries = list(_entries(page))
    units = {page.value[slice(*entry.name)]: entry.unit for entry in entries}
    if not units:
        return list(heads)
    made: dict[int, Head] = {head.line: head for head in heads}
    for entry in entries:
        if entry.line + 1 < len(page.lines) and page.marks.label[entry.line + 1] >= 0:
            made[entry.line] = _head(page, entry.line, entry.name, entry.unit)
    last = entries[0].line
    for index, line in enumerate(page.lines):
        text = page.value[line.body : line.end].rstrip(":：")
        if index <= last or len(text) > _LONGEST_NAME or text not in units:
            continue
        made[index] = _head(page, index, Span(line.body, line.body + len(text)), units[text])
    return sorted(made.values())


def _entries(page: Page) -> Iterator[_Entry]:
    for index, line in enumerate(page.lines):
        match = _ENTRY.match(page.value, line.body, line.end)
        if match is None or not match["unit"].endswith(_UNIT_ENDS) or not _may_be_post(page, line, match["name"]):
            continue
        yield _Entry(index, Span(*match.span("unit")), Span(*match.span("name")))


def _may_be_post(page: Page, line: Line, name: str) -> bool:
    """Whether what stands between a unit and a count may be a post: one that we know, or any name in a numbered line."""
    if page.names.is_post(name):
        return True
    return line.ordinal >= 0 and name not in page.rules.labels and not page.names.is_unit(name)


def _head(page: Page, index: int, name: Span, unit: Span) -> Head:
    line = page.lines[index]
    text = page.value[slice(*name)]
    heading = Heading("post", Name(text, name.start - line.body, name.end - line.body), "")
    head = make_head(page, heading, line, index, line.body, line.end)
    return head._replace(strength=3, in_list=True, department=unit)
