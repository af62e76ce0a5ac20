"""Blanks that spread a label over its cell: 编 制, 岗　位　名　称, also down its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.faults.columns import labels_down
from gangwei.faults.finding import NOTHING, Bench, Finding, Sight
from gangwei.text import Edit

SPREAD: Final = "spread label"

_GAP: Final = re.compile("[ \t\r\n\u00a0\u3000][ \t\r\n\u00a0\u3000]{0,3}(?=[\u3400-\u9fff])")
_REST: Final = re.compile("([\u3400-\u9fff]{1,6})[:：]")
# A label this long may have its value right behind it, without a blank.
_SURE: Final = 3
_LONGEST: Final = 10
_PAIR: Final = 2
_MOST_PAIRS: Final = 0.6
# Labels that a form numbers: 职⏎责⏎一
_NUMBERED: Final = ("职责", "任务")
# A value of so many characters may be spread, behind a label that is.
_VALUE_LENGTHS: Final = range(3, 9)
_NEAR_COLON: Final = 12
_AFTER_COLON: Final = re.compile("[\u3400-\u9fff][ \u3000]{1,3}[\u3400-\u9fff][:：][ \u3000]{0,3}$")
_NUMERALS: Final = "一二三四五六七八九十"
_HALVES: Final = re.compile(
    "(?m:^)[ \t\u3000]*(?P<first>工作|岗位|职位|职务|任职|主要|关键|考核|直接|所属|所在|上岗|绩效|协调|协作|职业|文化|身体)[ \t\u3000]*\r?\n"
    "(?:[ \t\u3000]*\r?\n)?[ \t\u3000]*(?P<last>[\u3400-\u9fff]{2,4})(?=[ \t\u3000]{0,8}[:：]?[ \t\u3000]{0,8}\r?(?:\n|$))"
)
# Two labels that stand down their cells, read across: 职 责工作 一任务 is 职责一 beside 工作任务.
_WOVEN: Final = re.compile(
    "职[ \t\r\n]{0,3}责[ \t\r\n]{0,3}工作[ \t\r\n]{0,3}([一二三四五六七八九十])[ \t\r\n]{0,3}任务"
)
_POSTS: Final = ("岗位", "职位", "职务")
_NEXT_LINE: Final = re.compile(
    "[ \t\u3000]{0,8}\r?\n[ \t\u3000]{0,8}([\u3400-\u9fff]{2,6})(?=[ \t\u3000]{0,8}\r?(?:\n|$))"
)
# A word that is spread over a line of its own: 店　长, 总 经 理
_ALONE: Final = re.compile(
    "^[ \t\u3000]{0,8}(?P<word>[\u4e00-\u9fff](?:[ \u3000]{1,4}[\u4e00-\u9fff]){1,2})[ \t\u3000]{0,8}\r?$", re.MULTILINE
)


def find_spread(sight: Sight, bench: Bench) -> Finding:
    """Edits that close up the labels of forms, character by character."""
    text, words = sight.text, bench.label_words
    edits: list[Edit] = []
    spread = list(_spread(text))
    # Labels of two characters are glued to values on both sides where all that a text spreads is such: …A部 门财务部…
    pairs = [places for places in spread if len(places) == _PAIR and _is_word(text, places, words)]
    if len(pairs) >= _PAIR and len(pairs) > _MOST_PAIRS * len(spread):
        edits = [Edit(one + 1, two, "", SPREAD) for one, two in pairs]
        spread = [places for places in spread if places not in pairs]
    for places in spread:
        attached = _is_han(text[places[-1] + 1 : places[-1] + 2])
        # Glued to a value before it, a label must be long: 总厨岗 位 定 员
        fewest = _SURE if _is_han(text[max(0, places[0] - 1) : places[0]]) else 1
        edits += _value(text, places) if not attached else ()
        first = 0
        while first < len(places) - 1:
            end = _label_end(text, places, first, words, attached)
            end = end if first or end - first >= fewest else first
            end = end if end > first else _repeated_end(text, places, first, words)
            gaps = zip(places[first:end], places[first + 1 : end], strict=False)
            edits += [Edit(one + 1, two, "", SPREAD) for one, two in gaps]
            first = max(end, first + 1)
    if edits or "\n" in text:
        edits = _with_alone(edits, text, bench)
        woven = [Edit(*match.span(), f"职责{match[1]}工作任务", SPREAD) for match in _WOVEN.finditer(text)]
        down = [*labels_down(text, words), *woven]
        edits = [edit for edit in (*edits, *_halves(text, words)) if not _touches(edit, down)]
        edits = sorted([*edits, *down])
    return Finding(tuple(sorted(edits))) if edits else NOTHING


def _with_alone(edits: list[Edit], text: str, bench: Bench) -> list[Edit]:
    """The edits, with those that close up the words of the dictionary that stand spread in lines of their own."""
    found = list(edits)
    for match in _ALONE.finditer(text):
        word = match["word"].replace(" ", "").replace("\u3000", "")
        frequency = bench.lexicon().frequency
        if not frequency(word) and not (len(word) > _PAIR and frequency(word[-_PAIR:])):
            continue
        places = [match.start("word") + at for at, char in enumerate(match["word"]) if _is_han(char)]
        closed = [Edit(one + 1, two, "", SPREAD) for one, two in pairwise(places)]
        found += closed if not any(_touches(edit, edits) for edit in closed) else ()
    return found


def _touches(edit: Edit, others: list[Edit]) -> bool:
    """Whether an edit lies within one of some others."""
    return any(other.start < edit.end and edit.start < other.end for other in others)


def _value(text: str, places: list[int]) -> Iterator[Edit]:
    """The blanks, one between each two characters, of a value that is spread as its label is: 岗 位：品 管 员"""
    gaps = [text[one + 1 : two] for one, two in pairwise(places)]
    count = next((n for n, gap in enumerate(gaps, 1) if gap not in (" ", "\u3000")), len(places))
    if count in _VALUE_LENGTHS and _AFTER_COLON.search(text, max(0, places[0] - _NEAR_COLON), places[0]):
        for one, two in pairwise(places[:count]):
            yield Edit(one + 1, two, "", SPREAD)


def _spread(text: str) -> Iterator[list[int]]:
    """The places of characters that stand alone one after the other, the last perhaps with others behind it."""
    places: list[int] = []
    for match in _GAP.finditer(text):
        start, end = match.span()
        if places and places[-1] == start - 1:
            places.append(end)
            continue
        if places:
            yield places
            places = []
        if start and "\u3400" <= text[start - 1] <= "\u9fff":
            places = [start - 1, end]
    if places:
        yield places


def _is_word(text: str, places: Sequence[int], words: frozenset[str]) -> bool:
    """Whether the characters at some places of a line make a label."""
    return "".join([text[place] for place in places]) in words and "\n" not in text[places[0] : places[-1]]


def _label_end(text: str, places: list[int], first: int, words: frozenset[str], attached: bool) -> int:
    """Behind which of the places the longest label from `first` ends; `first` where there is none."""
    word = text[places[first]]
    end = first
    for number in range(first + 1, min(len(places), first + _LONGEST)):
        word += text[places[number]]
        whole = not (attached and number == len(places) - 1)
        if not whole and word + _rest_of_label(text, places[number] + 1) in words:
            return number + 1
        if word in words and (whole or len(word) >= _SURE):
            end = number + 1
            if number + 1 < len(places) and text[places[number + 1]] == "书":
                return end + 1  # 岗 位 说 明 书 is none of the labels that it begins with
            if word in _NUMBERED and number + 1 < len(places) and text[places[number + 1]] in _NUMERALS:
                return end + 1
    return end


def _repeated_end(text: str, places: list[int], first: int, words: frozenset[str]) -> int:
    """Behind which of the places a label from `first` ends that the text spreads so elsewhere too, whatever is glued to it
    (主管职 务文员 … 出纳职 务会计); `first` where there is none."""
    word, start = text[places[first]], places[first]
    end = first
    for number in range(first + 1, min(len(places), first + _LONGEST)):
        word += text[places[number]]
        spread = text[start : places[number] + 1]
        if word not in words or "\n" in spread:  # 工作职责⏎任职要求 holds no 责任
            continue
        # Looked for before itself and behind: where forms repeat, the next one is near.
        if text.find(spread, start + 1) >= 0 or text.find(spread, 0, start) >= 0:
            end = number + 1
    return end


def _rest_of_label(text: str, start: int) -> str:
    """The characters from there up to a colon, which stand together where the last blanks of a label were lost."""
    match = _REST.match(text, start)
    return match[1] if match else ""


def _halves(text: str, words: frozenset[str]) -> Iterator[Edit]:
    """The breaks in labels that stand in two halves below one another: 工作⏎任务."""
    for match in _HALVES.finditer(text):
        # Heads of columns that stand below one another are whole: 岗位⏎主要职责⏎任职要求, 岗位⏎职责⏎要求
        below = _NEXT_LINE.match(text, match.end())
        is_whole = match["last"] in words and (
            len(match["last"]) > _PAIR or (match["first"] in _POSTS and below is not None and below[1] in words)
        )
        if match["first"] + match["last"] in words and not is_whole:
            yield Edit(match.end("first"), match.start("last"), "", SPREAD)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
