"""Names with a colon as bullets among the bullets that tell of them, their nesting lost: - 厨师长:⏎- 排菜单;⏎- 采购员:⏎- 询价;"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.name_values import Name
from gangwei.page import Page
from gangwei.titles import Heading

_SHORTEST: Final = 3
_LONGEST: Final = 16
_FEWEST: Final = 2


def with_bullet_names(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the bullets that are a name and a colon, each over a bullet that is none, where two or more are."""
    found: dict[int, Head] = {}
    for index, line in enumerate(page.lines[:-1]):
        if not _SHORTEST <= line.end - line.body <= _LONGEST or not _is_over_bullet(page, index):
            continue
        name = page.value[line.body : line.end - 1].rstrip()
        kind = "post" if page.names.is_post(name) else "unit" if page.names.is_unit(name) else ""
        if kind and page.names.rule_of(name) is None:
            heading = Heading(kind, Name(name, 0, len(name)), "")
            found[index] = make_head(page, heading, line, index, line.body, line.end)._replace(strength=2)
    if len(found) < _FEWEST or all(head.kind == "unit" for head in found.values()):
        return list(heads)
    return sorted([*(head for head in heads if head.line not in found), *found.values()])


def _is_over_bullet(page: Page, index: int) -> bool:
    """Whether a line is a bullet that a colon ends, right over a bullet that none ends."""
    marks = page.marks
    if marks.last[index] not in ":：" or marks.last[index + 1] in ":：":
        return False
    own, below = page.lines[index].ordinal, page.lines[index + 1].ordinal
    if own < 0 or below < 0:
        return False
    return page.ordinals[own].style == page.ordinals[below].style == "bullet"
