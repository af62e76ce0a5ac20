"""Pinyin that converting sites put in brackets behind characters: 負責(zé), 繼續(jì)(xù)."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.pinyin import BRACKET, syllables
from gangwei.text import Edit

GLOSS: Final = "pinyin gloss"

# Readings in the neutral tone carry no mark; they are glosses only where many others stand.
_NEUTRAL: Final = frozenset(("de", "le", "me", "men", "zhe", "zi", "ma", "ne", "ba", "er", "ge", "tou", "a"))
_MANY: Final = 5
_HAN_RUN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]{1,12}$")


def find_glosses(sight: Sight, _: Bench) -> Finding:
    """Edits that take pinyin in brackets off the characters before it.

    (A), (kg), (ex: react) are no pinyin; more syllables than characters before them are a word of another language.
    """
    text = sight.text
    if "(" not in text and "（" not in text:
        return NOTHING
    toned: list[Edit] = []
    neutral: list[Edit] = []
    for match in BRACKET.finditer(text):
        edit = Edit(match.start(), match.end(), "", GLOSS)
        count = syllables(match[1])
        if count:
            behind_gloss = bool(toned) and toned[-1].end == edit.start
            # Behind a lost character the gloss is all that is left of it.
            attached = edit.start > 0 and not text[edit.start - 1].isspace() and text[edit.start - 1] not in "?\ufffd"
            if attached and (behind_gloss or count == 1 or count <= _han_before(text, edit.start)):
                toned.append(edit)
        elif match[1] in _NEUTRAL and _han_before(text, edit.start):
            neutral.append(edit)
    return Finding(tuple(sorted(toned + neutral)) if len(toned) >= _MANY else tuple(toned))


def _han_before(text: str, place: int) -> int:
    match = _HAN_RUN.search(text[max(0, place - 12) : place])
    return len(match[0]) if match else 0
