"""Items of two cells, as tables of questions and answers hold them: 客户服务 | 能处理投诉 |"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.model import Span
from gangwei.page import Page

_FEWEST: Final = 2
_PAIR: Final = re.compile(r"(?P<name>[^|\n。；]{2,15})\|(?P<text>[^|\n]{4,200})\|?$")
_HEADS: Final = re.compile("(?:项目|类别|维度|方面|内容|模块|名称|要求|能力|条件|类型|技能|素质|指标|阶段)$")
_LONGEST_HEAD: Final = 8


def with_pairs(page: Page, items: Sequence[Item]) -> tuple[Sequence[Item], dict[int, Span]]:
    """The items without the row of heads and, by where the second of two cells begins, the name in the first."""
    if len(items) < _FEWEST or "|" not in page.value[items[0].start : items[-1].end]:
        return items, {}
    found = {item: match for item in items if (match := _PAIR.match(page.value, item.start, item.end))}
    if len(found) < _FEWEST:
        return items, {}
    kept: list[Item] = []
    names: dict[int, Span] = {}
    for item in items:
        match = found.get(item)
        if match is None:
            kept.append(item)
            continue
        name, text = page.trim(*match.span("name")), page.trim(*match.span("text"))
        if names or text.end - text.start > _LONGEST_HEAD or not _HEADS.search(page.value, name.start, name.end):
            kept.append(item._replace(start=text.start, end=text.end))
            names[text.start] = name
    return kept, names
