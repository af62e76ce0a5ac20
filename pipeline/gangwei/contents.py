"""Lists of contents: lines that end in a page number name nothing that follows."""

from __future__ import annotations

import re
from typing import Final

from gangwei.page import Line, Page

_FEWEST_ENTRIES: Final = 3
_PAGE_NUMBER: Final = re.compile(
    r"(?:(?<![\t\u3000])[\t\u3000]|(?<! ) {2,}+|(?<![.·…])[.·…]{3,}+)\s{0,40}(?:\d{1,3}|错误!未定义书签。?)$"
    r"|(?<=[责书门位员表]) ?[(（]\d{1,3}[)）]$"
)
_TITLE: Final = re.compile("目[ \t\u3000]{0,4}[录次]|CONTENTS|Contents")
_LONGEST_NAME: Final = 24
_LEADERS: Final = ("………", "......", "······")
_ENTRY_ENDS: Final = frozenset("….·签)）0123456789")


def contents_lines(page: Page) -> frozenset[int]:
    """The lines of a list of contents: three or more that end in a page number behind a gap, with a chapter's heading
    between some of them."""
    ends = _ENTRY_ENDS | {"。"} if "书签。" in page.value else _ENTRY_ENDS
    entries = {i for i, mark in enumerate(page.marks.last) if mark in ends and _is_entry(page, page.lines[i])}
    if len(entries) < _FEWEST_ENTRIES - 1:
        return frozenset()
    found: set[int] = set()
    run: list[int] = []
    for index in range(len(page.lines) + 1):
        if index in entries:
            run.append(index)
            continue
        if run and run[-1] == index - 1 and index + 1 in entries:
            run.append(index)
            continue
        if len(run) >= _FEWEST_ENTRIES:
            found.update(run)
        run = []
    return frozenset(found)


def _is_entry(page: Page, line: Line) -> bool:
    """Whether a line ends as one of a list of contents does: in dots, or in a page number behind a gap."""
    return (
        page.value.endswith(_LEADERS, line.start, line.end)
        or _PAGE_NUMBER.search(page.value, max(line.start, line.end - 12), line.end) is not None
    )


def contents_names(page: Page, entries: frozenset[int]) -> frozenset[str]:
    """What a document's list of contents names, line by line: with page numbers in its `entries`, or right below 目录."""
    found = {_unnumbered(page, index) for index in entries}
    for index, line in enumerate(page.lines):
        if page.marks.first[index] not in "目C" or line.end - line.body > _LONGEST_NAME:
            continue
        if not _TITLE.fullmatch(page.value, line.body, line.end):
            continue
        for below in range(index + 1, len(page.lines)):
            entry, above = page.lines[below], page.lines[below - 1]
            gap = page.value.count("\n", above.end, entry.start)
            if entry.end - entry.body > _LONGEST_NAME or (gap > 1 and below > index + 1):
                break
            found.add(_unnumbered(page, below))
    return frozenset(found)


def _unnumbered(page: Page, index: int) -> str:
    """The entry in a line of contents without what leads to its page."""
    line = page.lines[index]
    text = page.value[line.body : line.end]
    match = _PAGE_NUMBER.search(text)
    return text[: match.start()] if match else text
