"""Headings that stand again over the rest of their text, on the next slide or page: 站长岗位职责（续）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.pages import PAGE
from gangwei.slide_borders import is_slide_border
from gangwei.text import Edit

_CONTINUED: Final = re.compile(r"[ ]?[(（](?:续[上前]?[表页]?[一二三四五六\d]?|接上页)[)）][ \t]*[:：]?")
# What a heading's own number is made of.
_NUMBER: Final = " \t\u3000#*（）()、.．一二三四五六七八九十0123456789"
# What marks an item, which no head of a table does.
_ITEM: Final = frozenset("0123456789(（①②③④⑤⑥⑦⑧⑨⑩•●◆■➢✧·-")
_SHORTEST: Final = 4
_LONGEST: Final = 24
_MOST: Final = 64
_MOST_LINES: Final = 5
_LONGEST_HEAD: Final = 12


def find_continued(sight: Sight, _: Bench) -> Finding:
    """Edits that take such headings out, with the line between the slides and the head of a table that stands again."""
    text = sight.text
    if "续" not in text and "接上页" not in text:
        return NOTHING
    edits = [edit for match in islice(_CONTINUED.finditer(text), _MOST) for edit in _again(text, match)]
    return Finding(tuple(edits)) if edits else NOTHING


def _again(text: str, match: re.Match[str]) -> Iterator[Edit]:
    begin = text.rfind("\n", 0, match.start()) + 1
    low = max(begin, match.start() - _LONGEST)
    for start in range(low, match.start() - _SHORTEST + 1):
        first = text.find(text[start : match.start()], 0, start) if text[start].isalnum() else -1
        if first < 0:
            continue
        end = match.end()
        if not text[begin:start].strip(_NUMBER) and text[end : end + 1] in ("\n", ""):
            behind = first + match.start() - start
            end = _behind_table_head(text, text.find("\n", behind), end)
            yield Edit(_before_border(text, begin), end, "", PAGE)
        else:
            yield Edit(start, end, "", PAGE)
        return


def _before_border(text: str, begin: int) -> int:
    """Where the text before a heading ends: before empty lines and the line between two slides."""
    start = max(0, begin - 1)
    for _ in range(_MOST_LINES):
        above = text.rfind("\n", 0, start)
        line = text[above + 1 : start].strip()
        if above < 0 or (line and not (line.isdecimal() or is_slide_border(line) or _is_page(line))):
            break
        start = above
    return start


def _is_page(line: str) -> bool:
    return line.startswith("第") and "页" in line and not line.strip("第页共总/／ ,，0123456789")


def _behind_table_head(text: str, first: int, place: int) -> int:
    """Where the text goes on behind the lines that stand below a heading both times, line by line."""
    for _ in range(_MOST_LINES):
        one, two = text.find("\n", first + 1), text.find("\n", place + 1)
        line = text[place + 1 : two]
        if one < 0 or two < 0 or text[first + 1 : one] != line or len(line) > _LONGEST_HEAD or line[:1] in _ITEM:
            break
        first, place = one, two
    return place
