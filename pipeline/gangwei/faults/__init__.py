"""Finders of text faults: each reports edits, none rewrites.

RAW_FAULTS look at the text as it was read, one after the other - shifts twice, because glosses may stand inside a run; FIRST_FAULTS look
at Simplified text, one after the other - what else is looked for stands in lines and is spelled right; FAULTS then all at the same text:
where two of them want the same place, the first has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from gangwei.faults.blanks import find_spread
from gangwei.faults.chunks import find_chunks
from gangwei.faults.continued import find_continued
from gangwei.faults.doubles import MARKS, doubled, find_doubled
from gangwei.faults.finding import Anchors, Bench, Doubt, Finder, Finding, Sight
from gangwei.faults.front_matter import find_front_matter
from gangwei.faults.furniture import find_furniture, furniture_by_anchor
from gangwei.faults.glosses import find_glosses
from gangwei.faults.guards import find_guards
from gangwei.faults.lost import find_lost
from gangwei.faults.lost_lines import find_lost_lines
from gangwei.faults.marks import find_invisible, find_markup
from gangwei.faults.page_lines import find_page_lines
from gangwei.faults.pages import CONTENTS_ANCHORS, LEADERS, PAGE_ANCHORS, find_contents, find_pages
from gangwei.faults.running import find_running
from gangwei.faults.shifted import find_shifts
from gangwei.faults.slide_feet import find_slide_feet
from gangwei.faults.strays import find_strays
from gangwei.faults.swaps import ORDINAL_ANCHORS, find_ordinals, find_swaps
from gangwei.faults.wraps import find_wraps
from gangwei.rulebook.faults import FaultRules
from gangwei.segment import lexicon

RAW_FAULTS: Final[tuple[Finder, ...]] = (find_markup, find_invisible, find_shifts, find_glosses, find_shifts)

FIRST_FAULTS: Final[tuple[Finder, ...]] = (find_lost_lines, find_swaps)

FAULTS: Final[tuple[Finder, ...]] = (
    find_guards,
    find_slide_feet,
    find_running,
    find_continued,
    find_page_lines,
    find_furniture,
    find_front_matter,
    find_contents,
    find_pages,
    find_chunks,
    find_ordinals,
    find_lost,
    find_spread,
    find_doubled,
    find_wraps,
    find_strays,
)


def bench_of(rules: FaultRules, label_words: Collection[str], simplify: Callable[[str], str]) -> Bench:
    """The bench for a rulebook; `label_words` are Simplified and without blanks."""
    words = frozenset(word for word in label_words if len(word) > 1)
    doubles = frozenset(map(doubled, words))
    furniture = furniture_by_anchor(rules.furniture)
    menu = frozenset(rules.furniture.menu)
    anchors = Anchors.of((*_anchor_words(rules), *furniture, *menu, *doubles))
    return Bench(rules, anchors, furniture, menu, words, doubles, lexicon, simplify)


def _anchor_words(rules: FaultRules) -> tuple[str, ...]:
    finds = (rule.find for rule in (*rules.swaps, *rules.ordinals))
    return (*finds, *ORDINAL_ANCHORS, *PAGE_ANCHORS, *CONTENTS_ANCHORS, *LEADERS, *MARKS)


__all__ = [
    "FAULTS",
    "FIRST_FAULTS",
    "RAW_FAULTS",
    "Bench",
    "Doubt",
    "Finder",
    "Finding",
    "Sight",
    "bench_of",
]
