"""Lists of contents: lines that end in a page number name nothing that follows."""

from __future__ import annotations

import re
from typing import Final

from gangwei.page import Page

_FEWEST_ENTRIES: Final = 3
_PAGE_NUMBER: Final = re.compile(
    r"(?:(?<![\t\u3000])[\t\u3000]|(?<! ) {2,}+|(?<![.·…])[.·…]{3,}+)\s{0,40}(?:\d{1,3}|错误!未定义书签。?)$"
)
_LEADERS: Final = ("………", "......", "······")
_NO_BOOKMARK: Final = ("书签", "书签。")


def contents_lines(page: Page) -> frozenset[int]:
    """The lines of a list of contents: three or more that end in a page number behind a gap, with a chapter's heading
    between some of them."""
    value = page.value
    ends = [
        value.endswith(_LEADERS, line.start, line.end)
        or (
            (value[line.end - 1].isdecimal() or value.endswith(_NO_BOOKMARK, line.start, line.end))
            and _PAGE_NUMBER.search(value, max(line.start, line.end - 12), line.end) is not None
        )
        for line in page.lines
    ]
    found: set[int] = set()
    run: list[int] = []
    for index, is_entry in enumerate([*ends, False]):
        if is_entry:
            run.append(index)
            continue
        if run and run[-1] == index - 1 and index + 1 < len(ends) and ends[index + 1]:
            run.append(index)
            continue
        if len(run) >= _FEWEST_ENTRIES:
            found.update(run)
        run = []
    return frozenset(found)
