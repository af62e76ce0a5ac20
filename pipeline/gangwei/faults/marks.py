"""Marks that are left of markup, and marks that stand twice."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

INVISIBLE: Final = "invisible character"
MARKUP: Final = "left of markup"
DOUBLED: Final = "doubled mark"

# Zero width: spaces and joiners, signs of direction, byte order marks, soft hyphens.
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_ESCAPED_BREAK: Final = re.compile(r"(?:\\r)?\\n(?![A-Za-z])")
# br1、… br2、…: the angle brackets were stripped, the name was not.
_BARE_BREAK: Final = re.compile(r"(?<![A-Za-z<])br(?=\d{1,2}[.、．])")
DOUBLES: Final = ("，，", "、、", "；；", "。。")


def find_invisible(sight: Sight, _: Bench) -> Finding:
    """Edits that take out characters without width."""
    return Finding(tuple(Edit(*match.span(), "", INVISIBLE) for match in _INVISIBLE.finditer(sight.text)))


def find_markup(sight: Sight, _: Bench) -> Finding:
    r"""Edits that break lines where `\n` or a bare `br` stands for it, at least twice."""
    text = sight.text
    edits: list[Edit] = []
    if "\\n" in text:
        edits += _at_least_twice(_ESCAPED_BREAK, text)
    if "br" in text:
        edits += _at_least_twice(_BARE_BREAK, text)
    return Finding(tuple(edits)) if edits else NOTHING


def find_doubled(sight: Sight, _: Bench) -> Finding:
    """Edits that leave one of two like marks; three and more are a dotted line, and meant."""
    text, places = sight
    edits = tuple(
        Edit(start + 1, start + 2, "", DOUBLED)
        for double in DOUBLES
        for start in places.get(double, ())
        if text[start - 1 : start] != double[0] and text[start + 2 : start + 3] != double[0]
    )
    return Finding(edits) if edits else NOTHING


def _at_least_twice(pattern: re.Pattern[str], text: str) -> list[Edit]:
    edits = [Edit(*match.span(), "\n", MARKUP) for match in pattern.finditer(text)]
    return edits if len(edits) > 1 else []
