"""What a page's front matter says of the page itself: its tags, places, addresses and dates, with the lists below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.faults.furniture import FURNITURE
from gangwei.text import Edit

_BORDER: Final = "---"
_MOST_LINES: Final = 80
_KEY: Final = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})[ ]{0,16}:(?:[ \t]|$)")
_NESTED: Final = re.compile(r"[ \t]{1,8}[A-Za-z][\w-]{0,40}:")
# What a page's author is told of an entry: # Date page published
_REMARK: Final = "# "
# What goes on with the entry above: a list, a block that is set in, a remark.
_GOES_ON: Final = re.compile(r"[ \t]|- |#|$")
_REMARKS: Final = re.compile("# [A-Z]")


def find_front_matter(sight: Sight, bench: Bench) -> Finding:
    """Edits that empty the entries of a front matter which speak of the page and not of the post."""
    text = sight.text
    if not text.startswith(_BORDER):
        return NOTHING
    lines = text.split("\n", _MOST_LINES)[:_MOST_LINES]
    stop = _end(lines)
    edits: list[Edit] = []
    place, is_of_page = len(lines[0]) + 1, False
    for line in lines[1:stop]:
        if key := _KEY.match(line):
            name = key["key"].lower()
            is_of_page = any(word in name for word in bench.rules.furniture.front_matter)
        if _NESTED.match(line):
            is_of_page = False  # what is set in below a key may be of the post again
        if line and (is_of_page or line.startswith(_REMARK)):
            edits.append(Edit(place, place + len(line), "", FURNITURE))
        place += len(line) + 1
    return Finding(tuple(edits))


def _end(lines: Sequence[str]) -> int:
    """The line that closes the front matter, or 0 where it is none: a rule may open a text, too."""
    has_key = False
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _BORDER:
            return number if has_key else 0
        is_key = _KEY.match(line) is not None
        if not is_key and (_GOES_ON if number > 1 else _REMARKS).match(line) is None:
            return 0
        has_key = has_key or is_key
    return 0
