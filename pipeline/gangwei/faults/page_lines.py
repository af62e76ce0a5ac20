"""Page numbers and heads that cut through sentences: …质量目⏎第2页⏎标分解…, …每季手某某公司岗位说明书册…."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gangwei.faults.breaks import BEGINS, is_label, runs_on
from gangwei.faults.chunks import cuts_word
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.pages import PAGE, PAGE_ANCHORS
from gangwei.text import Edit

# The number of a page alone in its line; a head in the line above it may belong to it.
_NUMBER_LINE: Final = re.compile(
    r"\n[ \t\u3000]{0,4}第[ ]?\d{1,3}[ ]?页(?:[ ,，、|／/]{0,3}[共总／/][ ]?\d{1,3}[ ]?页)?[ \t\u3000]{0,4}\r?(?=\n)"
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_SHORTEST_HEAD: Final = 6
_LONGEST_HEAD: Final = 40
_FIRST_LINES: Final = 12
_MOST_HEADS: Final = 64


def find_page_lines(sight: Sight, bench: Bench) -> Finding:
    """Edits that take out page numbers alone in their lines, with the break that they made in a sentence, and the head of
    the document where it stands within a word."""
    text = sight.text
    edits = list(_number_lines(text, bench)) if "页" in sight.places else []
    if [word for word in _OF_HEADS if word in sight.places]:
        edits += _heads(text, bench)
    if not edits:
        return NOTHING
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return Finding(tuple(kept))


# Heads that are looked for within words hold one of these.
_OF_HEADS: Final = PAGE_ANCHORS[1:]


def _number_lines(text: str, bench: Bench) -> Iterator[Edit]:
    for match in _NUMBER_LINE.finditer(text):
        start, end = _with_head(text, match.start()), match.end() + 1
        if runs_on(text, start, end, bench):
            yield Edit(start, end, "", PAGE)


def _with_head(text: str, start: int) -> int:
    """Where a page number begins together with the head in the line above it: what stands elsewhere in the text too."""
    above = text.rfind("\n", max(0, start - _LONGEST_HEAD), start)
    head = text[above + 1 : start].strip() if above >= 0 else ""
    if len(head) < _SHORTEST_HEAD or BEGINS.match(head):
        return start
    return above if 0 <= text.find(head) < above or text.find(head, start) >= 0 else start


def _heads(text: str, bench: Bench) -> Iterator[Edit]:
    """The places within words where a line of the document's head stands."""
    tries = 0
    for line in text.split("\n", _FIRST_LINES)[:_FIRST_LINES]:
        head = line.strip(" \t\r\u3000#*")
        if not _SHORTEST_HEAD <= len(head) <= _LONGEST_HEAD or not [word for word in _OF_HEADS if word in head]:
            continue
        place = text.find(head, text.find(head) + 1)
        while place >= 0 and tries < _MOST_HEADS:
            tries += 1
            end = place + len(head)
            is_inside = _HAN.match(text[place - 1]) and _HAN.match(text[end : end + 1])
            if is_inside and not is_label(text, end, bench) and cuts_word(text, place, end, bench.lexicon()):
                yield Edit(place, end, "", PAGE)
            place = text.find(head, end)
