"""Finders of text faults: each reports edits, none rewrites.

RAW_FAULTS look at the text as it was read, one after the other; FAULTS look at Simplified text, all at the same one:
where two of them want the same place, the first has it.
"""

from __future__ import annotations

from typing import Final

from gangwei.faults.blanks import find_spread
from gangwei.faults.chunks import find_chunks
from gangwei.faults.finding import Anchors, Bench, Doubt, Finder, Finding, Sight
from gangwei.faults.furniture import find_furniture, furniture_by_anchor
from gangwei.faults.glosses import find_glosses
from gangwei.faults.lost import find_lost
from gangwei.faults.marks import DOUBLES, find_doubled, find_invisible, find_markup
from gangwei.faults.pages import LEADERS, PAGE_ANCHORS, find_contents, find_pages
from gangwei.faults.shifted import find_shifts
from gangwei.faults.swaps import ORDINAL_ANCHORS, find_ordinals, find_swaps
from gangwei.rulebook.faults import FaultRules

RAW_FAULTS: Final[tuple[Finder, ...]] = (find_invisible, find_shifts, find_glosses)

FAULTS: Final[tuple[Finder, ...]] = (
    find_furniture,
    find_contents,
    find_pages,
    find_chunks,
    find_markup,
    find_ordinals,
    find_swaps,
    find_lost,
    find_spread,
    find_doubled,
)


def anchor_words(rules: FaultRules) -> tuple[str, ...]:
    """All words that finders ask for in `Sight.places`."""
    finds = (rule.find for rule in (*rules.swaps, *rules.ordinals))
    furniture = (*furniture_by_anchor(rules.furniture), *rules.furniture.menu)
    return (*finds, *furniture, *ORDINAL_ANCHORS, *PAGE_ANCHORS, *LEADERS, *DOUBLES)


__all__ = [
    "FAULTS",
    "RAW_FAULTS",
    "Anchors",
    "Bench",
    "Doubt",
    "Finder",
    "Finding",
    "Sight",
    "anchor_words",
    "furniture_by_anchor",
]
