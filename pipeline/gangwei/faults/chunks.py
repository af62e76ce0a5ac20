"""Numbers that document sites put before each piece of a text they show, wherever the cut falls: 登⏎2、记台账."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.segment import Lexicon
from gangwei.text import Edit

CHUNK: Final = "chunk number"

_BREAK: Final = re.compile(r"(?:\r?\n){1,2}(\d{1,3})、")
_ITEM: Final = re.compile(r"(?:^|\n)[ \t\u3000]*(\d{1,3})、")
_CLOSING: Final = "。；;：:！？!?.）)”】》|"
# Sites cut after some hundred characters; an item of a list that long, and open at its end, is rare.
_SHORTEST: Final = 120
# An item this long, open at its end, is none.
_TOO_LONG: Final = 240
_COMMON: Final = 20


def find_chunks(sight: Sight, bench: Bench) -> Finding:
    """Edits that take the numbers of pieces out, with the line break where it falls inside a sentence.

    The numbers are 2, 3, 4 … through the whole text, every piece is long, and at least one cut falls inside a
    sentence. Where the first piece is numbered too, as the items of a list are, cuts must have gone through words or the pieces be too long for items.
    """
    text = sight.text
    if "\n2、" not in text:
        return NOTHING
    found: list[re.Match[str]] = []
    piece, shortest = 0, len(text)
    for match in _BREAK.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        is_next = int(match[1]) == len(found) + 2
        length = match.start() - max(piece, line_start)
        if is_next and length >= _SHORTEST:
            found.append(match)
            shortest = min(shortest, length)
            piece = match.end()
        elif found and is_next:
            break
    inside = [
        match for match in found if text[match.start() - 1] not in _CLOSING and not text[match.start() - 1].isspace()
    ]
    if not inside:
        return NOTHING
    first_line = text.rfind("\n", 0, found[0].start()) + 1
    first = _ITEM.match(text, max(0, first_line - 1))
    is_numbered = first is not None and first[1] == "1"
    if (
        is_numbered
        and shortest < _TOO_LONG
        and sum(cuts_word(text, *match.span(), bench.lexicon()) for match in inside) * 3 < len(inside)
    ):
        return NOTHING
    edits = [Edit(match.start() if match in inside else match.start(1), match.end(), "", CHUNK) for match in found]
    if first and is_numbered and "2、" not in text[first.end() : found[0].start()]:
        edits.insert(0, Edit(first.end() - 2, first.end(), "", CHUNK))
    return Finding(tuple(edits))


def cuts_word(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands on both sides of a cut makes a common word."""
    return any(
        lexicon.frequency(text[start - before : start] + text[end : end + after]) >= _COMMON
        for before in (1, 2, 3)
        for after in (1, 2, 3)
        if before <= start
    )
