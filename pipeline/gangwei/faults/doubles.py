"""Marks that stand twice, headings whose every character does (岗岗位位职职责责, as PDF readers give bold type), and texts
with a doubled character every few words: 负责督督导公司司营销工工作."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.wording import Wording
from gangwei.text import Edit

DOUBLED: Final = "doubled character"

MARKS: Final = ("，，", "、、", "；；", "。。")
# Words like 人人 are twice the same character too; so many pairs in a row are no words.
_LEAST_PAIRS: Final = 3
_MOST_PAIRS: Final = 200
# A text with so many pairs, one in so many characters, was spoiled: elsewhere it is one in two hundred (公司司机, 往往).
_STREWN: Final = re.compile("([\u4e00-\u9fff])\\1(?!\\1)")
_FEWEST_STREWN: Final = 8
_OFTEN: Final = 30
# How much of a pair's neighbours is looked at, and how much likelier they must be with one of the two (a logarithm).
_NEAR: Final = 3
_LIKELIER: Final = 2.0


def find_doubled(sight: Sight, bench: Bench) -> Finding:
    """Edits that leave one of two like marks, and one of each pair round a doubled label.

    Three and more like marks are a dotted line, and meant.
    """
    text, places = sight
    edits: list[Edit] = []
    for double in MARKS:
        for start in places.get(double, ()):
            if text[start - 1 : start] != double[0] and text[start + 2 : start + 3] != double[0]:
                edits.append(Edit(start + 1, start + 2, "", DOUBLED))
    if not bench.doubled_labels.isdisjoint(places):
        edits += _pairs(text, sorted(place for word in bench.doubled_labels & places.keys() for place in places[word]))
    edits += _strewn(text, bench)
    return Finding(tuple(sorted(set(edits)))) if edits else NOTHING


def _pairs(text: str, starts: Iterable[int]) -> Iterator[Edit]:
    """The second character of each pair in the runs of pairs that the places lie in."""
    last = 0
    for start in starts:
        if start < last:
            continue
        first, end = start, start
        while first - 2 >= last and _is_pair(text, first - 2) and start - first < 2 * _MOST_PAIRS:
            first -= 2
        while _is_pair(text, end):
            end += 2
        last = end
        if end - first >= 2 * _LEAST_PAIRS:
            yield from (Edit(place + 1, place + 2, "", DOUBLED) for place in range(first, end, 2))


def _strewn(text: str, bench: Bench) -> Iterator[Edit]:
    """The second character of each pair in a text full of them, where what stands around reads better without it."""
    pairs = [match.start() for match in _STREWN.finditer(text)]
    if len(pairs) < _FEWEST_STREWN or len(pairs) * _OFTEN < len(text):
        return
    wording = Wording(bench.lexicon(), bench.simplify, bench.rules.words)
    last = 0
    left = ""
    for place in pairs:
        left = (left + text[last : place + 1])[-_NEAR - 1 :]
        last, right = place + 2, text[place + 2 : place + 2 + _NEAR]
        printed = left + text[place + 1]
        if wording.likelihood(left + right) - wording.likelihood(printed + right) > _LIKELIER:
            yield Edit(place + 1, place + 2, "", DOUBLED)
        else:
            left = printed


def _is_pair(text: str, place: int) -> bool:
    return text[place : place + 1] == text[place + 1 : place + 2] != "" and not text[place].isspace()


def doubled(word: str) -> str:
    """A word with each character twice.

    >>> doubled("职责")
    '职职责责'
    """
    return "".join(char + char for char in word)
