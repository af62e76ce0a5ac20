"""Label words behind the numbers of a list of parts within a line: 2.岗位职责…3.任职要求…6.考核指标…"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.ordinals import Ordinal

_FEWEST: Final = 2
_SURE: Final = ("strong", "fair")
_COLONS: Final = (":", "：")


def parts_among(text: str, hits: Sequence[Hit], ordinals: Sequence[Ordinal]) -> frozenset[int]:
    """The indices of the label words whose numbers count parts and no items: half of the list's numbers or more stand
    before label words, sure ones of two fields among them, and no field opens the list."""
    numbers = {o.end: index for index, o in enumerate(ordinals) if not o.at_line_start and o.style != "bullet"}
    places = [(index, numbers[hit.start]) for index, hit in enumerate(hits) if hit.start in numbers]
    if len(places) < _FEWEST:
        return frozenset()
    lists: list[int] = []  # where the list of each number begins
    for index, ordinal in enumerate(ordinals):
        lists.append(lists[ordinal.before] if ordinal.before >= 0 else index)
    named = Counter([lists[number] for _, number in places])
    sure = {(lists[n], hits[i].rule.field) for i, n in places if hits[i].rule.strength in _SURE}
    fields = Counter([begin for begin, _ in sure])
    sizes = Counter(lists)
    ends = {hit.end + (text[hit.end : hit.end + 1] in _COLONS) for hit in hits if hit.rule.field is not Field.OTHER}
    parted = {begin for begin, count in fields.items() if count >= _FEWEST and 2 * named[begin] >= sizes[begin]}
    parted = {begin for begin in parted if _behind_text(text, ordinals[begin].start) not in ends}
    return frozenset([index for index, number in places if lists[number] in parted])


def _behind_text(text: str, place: int) -> int:
    """Where what stands before a place ends, blanks and line breaks aside."""
    while place and text[place - 1].isspace():
        place -= 1
    return place
