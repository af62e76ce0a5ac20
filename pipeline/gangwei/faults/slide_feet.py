"""What the boxes of slides leave on lines of their own: the date and the number at the foot of each slide, and the
numbers of items that came out apart from them, 1⏎2⏎3⏎制定计划⏎…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.pages import PAGE
from gangwei.text import Edit

# A line that is a date, with the number of the slide above it or below it.
_FOOT: Final = re.compile(
    r"(?<=\n)(?:[1-9]\d?[ \t\r]?\n{1,3})?(?P<date>(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2})[ \t\r]?\n(?:\n{0,2}[1-9]\d?[ \t\r]?(?:\n|$))?"
)
_FEWEST_FEET: Final = 3
_MOST_FEET: Final = 200
# The numbers of all items of a slide, one below the other, over a line of text.
_NUMBERS: Final = re.compile(
    r"(?<=\n)\n{0,2}1[ \t\r]?\n{1,3}2[ \t\r]?\n(?:\n{0,2}\d{1,2}[ \t\r]?\n){0,8}(?=\n{0,2}[^\d\s])"
)


def find_slide_feet(sight: Sight, _: Bench) -> Finding:
    """Edits that take out the feet of slides, all with one date, and the numbers that stand apart from their items."""
    text = sight.text
    edits = [Edit(*match.span(), "\n\n", PAGE) for match in _feet(text)]
    if "\n1\n" in text:
        edits += [Edit(*match.span(), "", PAGE) for match in _NUMBERS.finditer(text) if _counts(match[0])]
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return Finding(tuple(kept)) if kept else NOTHING


def _feet(text: str) -> Iterator[re.Match[str]]:
    feet = list(islice(_FOOT.finditer(text), _MOST_FEET)) if "\n20" in text or "\n19" in text else []
    dates = [match["date"] for match in feet]
    return (match for match in feet if dates.count(match["date"]) >= _FEWEST_FEET)


def _counts(run: str) -> bool:
    """Whether a run of numbers counts on from one."""
    numbers = [int(number) for number in run.split()]
    return numbers == list(range(1, len(numbers) + 1))
