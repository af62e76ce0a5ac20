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
_LINE_NUMBER: Final = re.compile(r"\r?\n[ \t\u3000]*(\d{1,3})、")
_CLOSING: Final = "。；;：:！？!?.）)”】》|"
# Sites cut after some hundred characters; an item of a list that long, and open at its end, is rare.
_SHORTEST: Final = 120
# An item this long, open at its end, is none.
_TOO_LONG: Final = 240
_COMMON: Final = 20
# In a text with lines the first piece is at least as long as this.
_FIRST: Final = 250


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
        return _in_lines(text, bench)
    first_line = text.rfind("\n", 0, found[0].start()) + 1
    first = _ITEM.match(text, max(0, first_line - 1))
    is_numbered = first is not None and first[1] == "1"
    if (
        is_numbered
        and shortest < _TOO_LONG
        and sum(cuts_word(text, *match.span(), bench.lexicon()) for match in inside) * 3 < len(inside)
    ):
        return _in_lines(text, bench)
    edits = [Edit(match.start() if match in inside else match.start(1), match.end(), "", CHUNK) for match in found]
    if first and is_numbered and "2、" not in text[first.end() : found[0].start()]:
        edits.insert(0, Edit(first.end() - 2, first.end(), "", CHUNK))
    return Finding(tuple(edits))


def _in_lines(text: str, bench: Bench) -> Finding:
    """Edits for pieces of a text that has lines of its own: cuts through lines, far apart, whose numbers count on from 2.

    A number that goes on with the one at the head of a line before it may be that of an item; it is taken for a piece's only
    beside others that are sure.
    """
    lexicon = bench.lexicon()
    sure: list[Edit] = []
    doubtful: list[Edit] = []
    cutting = 0
    number, piece, last = 2, 0, 0
    for match in _LINE_NUMBER.finditer(text):
        start, end = match.span()
        value = int(match[1])
        is_open = start > 0 and _is_han(text[start - 1]) and _is_han(text[end : end + 1])
        if value != number or not is_open or start - piece < _SHORTEST:
            last = value
            continue
        is_cut = cuts_word(text, start, end, lexicon)
        if value != last + 1:
            sure.append(Edit(start, end, "", CHUNK))
            cutting += is_cut
        elif is_cut:
            doubtful.append(Edit(start, end, "", CHUNK))
        else:
            last = value
            continue
        number, piece = number + 1, end
    if not cutting or cutting * 3 < len(sure) or sure[0].start < _FIRST:
        return NOTHING
    return Finding(tuple(sorted([*sure, *doubtful] if cutting > 1 else sure)))


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def cuts_word(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands on both sides of a cut makes a common word."""
    return any(
        lexicon.frequency(text[start - before : start] + text[end : end + after]) >= _COMMON
        for before in (1, 2, 3)
        for after in (1, 2, 3)
        if before <= start
    )
