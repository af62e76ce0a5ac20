"""Characters that a site could not store and printed as a question mark: 岗位的设?与调整."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Doubt, Finding, Sight
from gangwei.segment import Lexicon
from gangwei.text import Edit

LOST: Final = "lost character"

_ROW: Final = re.compile("[?\N{REPLACEMENT CHARACTER}]{4,}")
_MARK: Final = re.compile("(?<=[\u3400-\u9fff])[?\N{REPLACEMENT CHARACTER}](?![?？!！])")
# A sentence with one of these asks.
_ASKS: Final = re.compile(
    "[吗呢么谁哪几怎啥吧嘛否]|什么|如何|为何|多少|多久|多大|几时|何时|有没有|会不会|能不能|可不可|是不是|要不要|好不好"
)
_SENTENCE: Final = re.compile("[。！？；!?;\n]")
_LONGEST: Final = 4
# A text with more of them has lost its encoding, not a character here and there.
_MOST_DOUBTS: Final = 200


def find_lost(sight: Sight, bench: Bench) -> Finding:
    """Edits where one word alone fits round a lone question mark, doubts where several do."""
    text = sight.text
    if "?" not in text and "\N{REPLACEMENT CHARACTER}" not in text:
        return NOTHING
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    if "????" in text or "\N{REPLACEMENT CHARACTER}" * 4 in text:
        doubts = [Doubt(*match.span(), "text was lost here") for match in islice(_ROW.finditer(text), _MOST_DOUBTS)]
    puts = {rule.find: rule.put for rule in bench.rules.lost}
    for match in _MARK.finditer(text):
        place = match.start()
        following = text[place + 1 : place + 2]
        if match[0] == "?" and (following in {"", "\n", "\r"} or not _is_inside(text, place)):
            continue
        put = puts.get(text[place - 1] + "?")
        if put:
            edits.append(Edit(place, place + 1, put[1:], LOST))
            continue
        fits = _fits(text, place, bench.lexicon())
        if len(fits) == 1:
            edits.append(Edit(place, place + 1, fits.pop(), LOST))
        elif len(doubts) < _MOST_DOUBTS:
            doubts.append(
                Doubt(place, place + 1, "a character was lost here" if fits else "a mark or a lost character")
            )
        else:
            doubts.append(Doubt(place, len(text), "too many lost characters before it: not looked at"))
            break
    return Finding(tuple(edits), tuple(doubts))


def _is_inside(text: str, place: int) -> bool:
    """Whether a question mark stands inside a sentence that does not ask: before another mark, or before a word."""
    following = text[place + 1]
    if following in "，、；。：,;:）)":
        return True
    if not "\u3400" <= following <= "\u9fff":
        return False
    sentence = _SENTENCE.split(text[max(0, place - 60) : place])[-1]
    return not _ASKS.search(sentence)


def _fits(text: str, place: int, lexicon: Lexicon) -> set[str]:
    """The characters that make the longest word with what stands on both sides.

    On one side alone a word of two or three characters is always to be found: the mark may stand for a mark.
    """
    for length in range(_LONGEST, 2, -1):
        found: set[str] = set()
        for before in range(min(length - 1, place), 0, -1):
            left, right = text[place - before : place], text[place + 1 : place + length - before]
            if len(left) + len(right) + 1 < length or (not right and length < _LONGEST):
                continue
            for word in lexicon.words_from(left[0]):
                if len(word) == length and word.startswith(left) and word.endswith(right):
                    found.add(word[before])
        if found:
            return found
    return set()
