"""Headings that name nobody, between two lists of which a post's heading opened the first: 村长职责⏎1…7、…⏎村民会议任务⏎1、…"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gangwei.page import Line, Page

_SHORTEST: Final = 3
_LONGEST: Final = 14
_NO_HEADING_ENDS: Final = frozenset("。；;，,、：:.!！?？)）")


def stands_between_lists(page: Page, index: int, heads: Collection[int]) -> bool:
    """Whether a short line without a mark stands behind the last item of a list that begins right below one of the heads,
    and over a list that begins anew; `heads` are the lines of posts with their 职责."""
    line = page.lines[index]
    if not _SHORTEST <= line.end - line.body <= _LONGEST or index + 1 == len(page.lines):
        return False
    if line.ordinal >= 0 or line.depth or page.marks.last[index] in _NO_HEADING_ENDS:
        return False
    below = page.lines[index + 1].ordinal
    if below <= 0 or page.ordinals[below].value != 1:
        return False
    above = page.ordinals[below - 1]
    if above.value < _SHORTEST or above.style != page.ordinals[below].style or above.style == "bullet":
        return False
    first = below - 1
    while page.ordinals[first].before >= 0:
        first = page.ordinals[first].before
    if page.line_index(page.ordinals[first].start) - 1 not in heads:
        return False
    return page.rules.senses.duty.match(page.value, line.body) is None and _ends_before(page, line, index)


def _ends_before(page: Page, line: Line, index: int) -> bool:
    """Whether a sentence has ended in the line above, or an empty line parts the two."""
    above = page.lines[index - 1]
    return page.marks.last[index - 1] in "。；;!！" or page.value.count("\n", above.end, line.start) > 1
