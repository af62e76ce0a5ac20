"""Faults that find-and-put rules describe: swapped characters, ordinals that a translation took for words."""

from __future__ import annotations

import re
from typing import Final

from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

SWAP: Final = "swapped character"
ORDINAL: Final = "mangled ordinal"

# 三。 and 三, at the head of a line, looked for by their end.
STOPPED: Final = tuple(f"{numeral}{mark}" for numeral in "一二三四五六七八九十" for mark in "。,")
_STOPPED: Final = re.compile("([一二三四五六七八九十]{1,3})[。,](?=[\u3400-\u9fff])(?![一二三四五六七八九十])")
# The number of a variant, then its first item: 主管职责2 1。负责…
_FIRST: Final = " 1。"
_AFTER_VARIANT: Final = re.compile(r"(?<=[\u3400-\u9fff:：])\d{1,2} 1(。)(?=[\u3400-\u9fff《“])")
# The head of a part of a chapter: 2、1采购主管: below 2、工作职责
_PART: Final = re.compile(
    r"^[ \t\u3000]{0,8}(\d{1,2})(、)(\d{1,2})(?=[\u4e00-\u9fff][^\n，。；、,;]{1,14}$)", re.MULTILINE
)
_FEWEST_PARTS: Final = 2
# Numbers of several levels whose points a converter took for full stops: 3。2负责…, 4.1。3组织…
_STOP_WITHIN: Final = re.compile(r"\d。(?=\d)")
_LEVELLED: Final = re.compile(r"(?<!\d)(?<!\d[.。])\d{1,2}(?:[.。]\d{1,2}){1,3}(?=[ 、]?[\u3400-\u9fff])")
_DIGITS: Final = re.compile(r"\d{1,2}")
_FEWEST_LEVELS: Final = 3

ORDINAL_ANCHORS: Final = (*STOPPED, _FIRST)


def find_swaps(sight: Sight, bench: Bench) -> Finding:
    """Edits for the rules `[[swap]]`."""
    edits: list[Edit] = []
    for rule in [rule for rule in bench.rules.swaps if rule.find in sight.places]:
        for start in sight.places[rule.find]:
            edits.append(Edit(start, start + len(rule.find), rule.put, SWAP))
    return Finding(tuple(edits)) if edits else NOTHING


def find_ordinals(sight: Sight, bench: Bench) -> Finding:
    """Edits that make ordinals of what translating and copying made of them: 三。盘点 to 三、盘点, 不及物动词 to 六、."""
    text, places = sight
    edits: list[Edit] = []
    for rule in [rule for rule in bench.rules.ordinals if rule.find in places]:
        for start in places[rule.find]:
            if _begins_line(text, start) or _is_apart(text, start, start + len(rule.find)):
                edits.append(Edit(start, start + len(rule.find), rule.put, ORDINAL))
    for place in (place for word in STOPPED if word in places for place in places[word]):
        line_start = text.rfind("\n", max(0, place - 3), place) + 1
        match = _STOPPED.match(text, line_start) if line_start or place < 3 else None
        if match and match.end() == place + 2:
            edits.append(Edit(place + 1, place + 2, "、", ORDINAL))
    if _FIRST in places:
        edits += [Edit(match.start(1), match.end(1), ".", ORDINAL) for match in _AFTER_VARIANT.finditer(text)]
    edits += _parts(text)
    edits += _levels(text)
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _levels(text: str) -> list[Edit]:
    """The edits that write 3.2 for 3。2 and 4.1.2 for 4.1。2, where the numbers beside them stand in the text as well."""
    if "。" not in text or len(_STOP_WITHIN.findall(text)) < _FEWEST_LEVELS:
        return []
    found = [(match, tuple(map(int, _DIGITS.findall(match[0])))) for match in _LEVELLED.finditer(text)]
    known = {levels for _, levels in found}
    edits: list[Edit] = []
    for match, (*chapter, last) in found:
        if (*chapter, last - 1) in known or (*chapter, last + 1) in known:
            stops = (place for place in range(*match.span()) if text[place] == "。")
            edits += [Edit(place, place + 1, ".", ORDINAL) for place in stops]
    return edits


def _parts(text: str) -> list[Edit]:
    """The edits that write 2.1 for 2、1, where the parts of a chapter count up from one: 1、3年以上经验 is none."""
    chapters: dict[str, list[re.Match[str]]] = {}
    for match in _PART.finditer(text):
        parts = chapters.setdefault(match[1], [])
        if int(match[3]) == len(parts) + 1:
            parts.append(match)
    found = (match for parts in chapters.values() if len(parts) >= _FEWEST_PARTS for match in parts)
    return [Edit(*match.span(2), ".", ORDINAL) for match in found]


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether what stood for a number is apart from the sentence before it, in text that lost its line breaks."""
    return text[start - 1] in "。；; \u3000" and "\u4e00" <= text[end : end + 2].strip()[:1] <= "\u9fff"


def _begins_line(text: str, place: int) -> bool:
    return text[max(0, place - 8) : place].rpartition("\n")[2].isspace() or text[place - 1 : place] in {"", "\n"}
