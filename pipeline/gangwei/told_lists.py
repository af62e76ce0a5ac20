"""Lists over which no heading stands and whose first item names the post: 第一条 班长是…第一责任人。第二条 负责…"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.head import Head
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.page import Page

_LONGEST_SUBJECT: Final = 24
_FEWEST: Final = 3
_MOST_LINES: Final = 4
# What tells that the subject of a sentence bears the duties that follow.
_BEARS: Final = re.compile(
    r"(?:同志)?(?:是|为)[^，。；]{0,30}(?:责任人|负责人|组织者|管理者|领导者)|(?:全面|直接)?对[^，。；]{2,40}(?:负责|负[^，。；]{0,8}责任)"
    r"|在[^，。；]{2,24}(?:领导|指导)下"
)


def with_told_list(page: Page, heads: Sequence[Head]) -> Sequence[Head]:
    """The heads, and where none stands before it the one that the first item of the page's first list makes; it has no
    text of its own, for the item stays whole."""
    if not page.ordinals:
        return heads
    first = page.ordinals[0]
    end = heads[0].start if heads else len(page.value)
    if end < first.end:
        return heads
    if page.labels and page.labels[0].start <= first.start:
        return heads
    index = page.line_index(first.start)
    line = page.lines[index] if page.lines else None
    if line is None or index >= _MOST_LINES or line.ordinal != 0 or first.value != 1 or first.style == "bullet":
        return heads
    words = page.names.cut(page.value[line.body : min(line.end, line.body + _LONGEST_SUBJECT)])
    count = page.names.first_post(words)
    name = "".join(words[:count])
    if not count or not _BEARS.match(page.value, line.body + len(name), line.end):
        return heads
    below = [o for o in page.ordinals[1:] if o.style == first.style and o.start < end]
    texts = [page.value[o.end : o.end + _LONGEST_SUBJECT].lstrip() for o in below]
    telling = sum(page.rules.senses.duty.match(text) is not None for text in texts)
    if len(texts) < _FEWEST - 1 or telling * 2 < len(texts):
        return heads
    placed = Name(name, line.body, line.body + len(name))
    told = Head(line.start, line.start, "post", placed, "", Field.DUTY, 0, index, 3, in_list=True)
    return [told, *heads]
