"""Headings known by what stands below them: a name, a sentence that announces, a list, one post after another.

行政主管⏎行政主管统筹办公室的工作，具体包括：⏎- 采购⏎…⏎前台接待⏎作为门面，其主要职责为：⏎- 登记来访
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.page import Page
from gangwei.titles import Heading

_LONGEST_NAME: Final = 14
_FEWEST: Final = 2
# The line between the name and the list: prose that ends with what announces duties.
_SHORTEST: Final = 10
_ANNOUNCES: Final = re.compile(
    "(?:职责|职能|任务|工作|事项|内容|要点|关键点|方面)[^，。；]{0,8}[:：]$|(?:包括|包含|涵盖|如下|负责)[:：]$"
)
_NO_NAME: Final = re.compile(r"[，。；：！？、,;:!?\d]|职责|要求|概述|总结|说明|部$|背景|目标|流程|注意")


def with_stacks(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the names that stand over an announcing sentence and a list, where two do and one of them is a
    post's by its last word."""
    if not page.holds((":\n", "：\n")):
        return list(heads)
    lines = list(_stacked(page))
    names = [page.value[page.lines[index].body : page.lines[index].end] for index in lines]
    if len(lines) < _FEWEST or not any(map(page.names.is_post, names)):
        return list(heads)
    taken = {index for line in lines for index in (line, line + 1)}
    found = [head for head in heads if head.line not in taken]
    for index, name in zip(lines, names, strict=True):
        line = page.lines[index]
        heading = Heading("post", Name(name, 0, len(name)), "")
        head = make_head(page, heading, line, index, line.body, line.end)
        found.append(head._replace(strength=_FEWEST, in_list=True, field=Field.DUTY))
    return sorted(found)


def in_own_words(page: Page, heads: Sequence[Head]) -> Iterator[Head]:
    """The heads; one in English right below the same post's name in Chinese goes by that: 水族馆馆长⏎Aquarium Curator"""
    lines = {head.line for head in heads}
    for head in heads:
        above = page.lines[head.line - 1] if head.line else None
        is_english = head.kind == "post" and not head.tail and head.name.text.isascii()
        if above is None or not is_english or head.line - 1 in lines or above.ordinal >= 0 or above.depth != head.depth:
            yield head
            continue
        name = page.names.post(page.value[above.body : above.end])
        if name and not name.text.isascii() and page.marks.label[head.line - 1] < 0 and page.names.is_post(name.text):
            start = above.body + name.start
            yield head._replace(
                start=above.start, name=name._replace(start=start, end=start + len(name.text)), line=head.line - 1
            )
        else:
            yield head


def _stacked(page: Page) -> Iterator[int]:
    lines, value = page.lines, page.value
    for index in range(len(lines) - 2):
        name, told, first = lines[index : index + 3]
        if value[told.end - 1] not in ":：" or told.ordinal >= 0 or told.end - told.body < _SHORTEST:
            continue
        if not 2 <= name.end - name.body <= _LONGEST_NAME or name.ordinal >= 0 or first.ordinal < 0:
            continue
        if page.marks.label[index] >= 0 or page.marks.label[index + 1] >= 0:
            continue
        ordinal = page.ordinals[first.ordinal]
        if not (ordinal.style == "bullet" or ordinal.value == 1):
            continue
        if _ANNOUNCES.search(value, told.body, told.end) and not _NO_NAME.search(value, name.body, name.end):
            yield index
