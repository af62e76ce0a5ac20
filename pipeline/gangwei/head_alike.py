"""Headings known by the label right below them: the first one of a form under each post's bare name stands under the
name of another, whether we know its word or not.

店长⏎工作地点：…⏎…⏎收银员⏎工作地点：…⏎…⏎理货人员⏎工作地点：…
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.page import Page
from gangwei.titles import Heading, Name

_FEWEST: Final = 2
_LONGEST: Final = 14
_COLONS: Final = frozenset(":：")
_NO_NAME: Final = re.compile(
    r"[，。；：！？、,;:!?@]|^[\d\W]|\d$|[\u4e00-\u9fff]{2,}(?:如下|以下|类|类别|要求|条件|内容|信息|待遇)$"
)


def with_alike(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the short lines that stand right over the label that stands right below two posts' bare names."""
    at, labels = page.marks.label, page.labels
    over: Counter[tuple[str, bool]] = Counter()
    bare = [head for head in heads if head.kind == "post" and not (head.tail or head.mentions)]
    for head in bare:
        if head.line + 1 < len(at) and at[head.line + 1] >= 0:
            over[labels[at[head.line + 1]].word, page.marks.last[head.line] in _COLONS] += 1
    wanted = {key for key, count in over.items() if count >= _FEWEST}
    if not wanted:
        return list(heads)
    taken = {head.line for head in heads}
    found = list(heads)
    for index in range(bare[0].line + 1, len(at) - 1):
        if at[index + 1] < 0 or at[index] >= 0 or index in taken:
            continue
        if (labels[at[index + 1]].word, page.marks.last[index] in _COLONS) not in wanted:
            continue
        line = page.lines[index]
        start = max(line.body, page.value.rfind("\t", line.body, line.end) + 1)
        text = page.value[start : line.end].rstrip(":： *")
        if line.ordinal < 0 and _may_name(page, text):
            head = make_head(page, Heading("post", Name(text, 0, len(text)), ""), line, index, start, line.end)
            found.append(head._replace(strength=_FEWEST))
    return sorted(found)


def _may_name(page: Page, text: str) -> bool:
    """Whether a short text may name a post: it says nothing that one does or must bring, and names no employer."""
    if not 2 <= len(text) <= _LONGEST or _NO_NAME.search(text):
        return False
    senses = page.rules.senses
    if senses.duty.match(text) or senses.requirement.search(text) or senses.benefit.search(text):
        return False
    names = page.names
    return not (text in page.rules.titles.ad_headings or names.is_company(text) or names.is_unit(text))
