"""Titles of slides in decks that kept their lines, with a line between the slides: ‹#›, --- 第3页 ---, [3].

What a slide is about stands in its first line. One that names no post and is no duty ends what the slide before said:
a motto, a quiz, the company's history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from gangwei.layouts.item_senses import has_sense
from gangwei.model import Span
from gangwei.page import Page
from gangwei.slide_borders import is_slide_border

_FIRSTS: Final = frozenset("‹<[【-=—S幻")
_FEWEST: Final = 3
_LONGEST_TITLE: Final = 18
_SENTENCE_ENDS: Final = frozenset("。；;，,：:")


def slide_titles(page: Page, taken: Collection[int]) -> Iterator[Span]:
    """The titles of slides that are about something else; in the lines `taken` something begins that we know."""
    firsts = page.marks.first
    borders = [
        index
        for index, line in enumerate(page.lines)
        if firsts[index] in _FIRSTS and is_slide_border(page.value[line.start : line.end])
    ]
    for border in borders if len(borders) >= _FEWEST else ():
        index = border + 1
        if index < len(page.lines) and index not in taken and _is_title(page, index):
            yield Span(page.lines[index].start, page.lines[index].end)


def _is_title(page: Page, index: int) -> bool:
    """Whether a line is short, ends in no mark of a sentence, has neither number nor bullet and tells no duty."""
    line = page.lines[index]
    if line.ordinal >= 0 or line.end - line.start > _LONGEST_TITLE or page.marks.last[index] in _SENTENCE_ENDS:
        return False
    return not has_sense(page, page.value[line.body : line.end])
