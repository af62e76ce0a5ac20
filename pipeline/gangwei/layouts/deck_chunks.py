"""Slide text cut at what is certain: marks, line ends, full stops, and the figures of indicators in a run.

What stands between two such places is a chunk: a sentence with what stands before it in the same stretch, or names,
labels and heads alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_marks import MARK_START, Mark
from gangwei.layouts.deck_words import NUMERAL, figure_ends, is_heading, is_indicator, speaks_of_indicators
from gangwei.page import Page

_SENTENCE_END: Final = re.compile(r"[。！!]+")
_UNIT_ENDS: Final = re.compile("(?<=[部科室处组])(?=[\u4e00-\u9fff]{2})")
_INNER: Final = re.compile("[，,；;]")
_LONG_TEXT: Final = 10
_LONG_LINE: Final = 14
_SHORT_LINE: Final = 7
# The number or the bullet of an item on a line of its own.
_NUMBER: Final = re.compile(r"(?:\d{1,2}[.、．)）]|[(（]\d{1,2}[)）]|[①-⑳]|[•●◆■▪])[ \u3000]?(?=[^\d\s])")
_SHORTEST_ITEM: Final = 6
_ONE_NUMBER: Final = 2
_FIELD_LENGTHS: Final = (6, 5, 4)
# What the names of indicators end in, where no target stands behind them.
_INDICATOR_END: Final = re.compile("(?:率|额|量|满意度|次数|人数|件数|时长|周期|得分|评分|比例|占比)$")
_SHORTEST_INDICATOR: Final = 4
_MOST_WORDS: Final = 6


class Box(NamedTuple):
    """A text box at [start:end]: "sentence", "kpi", "post", "unit", "label" (of a sentence), "other" (a head),
    "number" or "break"."""

    kind: str
    start: int
    end: int
    label: str = ""


BOX_START: Final = attrgetter("start")


class Chunk(NamedTuple):
    """A stretch without marks and sentence ends inside; `kind` is what it ends as: "sentence", "kpi" or ""; `is_item`
    where it had a number or a bullet on its own line."""

    start: int
    end: int
    kind: str
    is_line: bool
    is_item: bool = False


def number_of(page: Page, box: Box) -> int:
    """The number of a box on its slide, 03; 0 for what is none and for 0102, which stands between two slides."""
    return int(page.value[box.start : box.end]) if box.kind == "number" and box.end - box.start == _ONE_NUMBER else 0


def chunks_of(
    page: Page, start: int, end: int, marks: Sequence[Mark], *, of_indicators: bool = False
) -> Iterator[Chunk | Box]:
    """The chunks of a chapter in order, with boxes for the numbers and breaks between them.

    `of_indicators`: its title says that it names indicators, with their targets or without.
    """
    inside = marks[bisect_left(marks, start, key=MARK_START) : bisect_left(marks, end, key=MARK_START)]
    place = start
    value = page.value
    left, is_one = "line" if value[start - 1 : start] in ("", "\n") else "", False
    for mark in [*inside, Mark("line" if value[end : end + 1] in ("", "\n") else "", end, end)]:
        is_numbered = is_one and mark.kind in ("number", "line")
        is_line = left == "line" and mark.kind == "line"
        for piece in _between_marks(page, place, mark.start, is_line=is_line, is_numbered=is_numbered):
            yield from _named_indicators(page, piece) if of_indicators and not piece.kind else (piece,)
        if mark.kind == "number":
            yield Box("number", mark.start, mark.end)
        elif mark.kind == "field":
            pass  # a post that a label names is no box
        elif mark.kind not in ("line", "") or value.count("\n", mark.start, mark.end) > 1:
            yield Box("break", mark.start, mark.end)
        place, left = max(place, mark.end), mark.kind
        is_one = mark.kind == "number" and mark.end - mark.start == _ONE_NUMBER


def _named_indicators(page: Page, chunk: Chunk) -> Iterator[Chunk]:
    """A chunk that no stop ends, cut behind the names of indicators and around those of posts that the page names
    elsewhere: 收银主管|盘点差错率|会员增长量."""
    words = page.names.cut(page.value[chunk.start : chunk.end])
    start = place = chunk.start
    at = 0
    while at < len(words):
        count = page.names.first_post(words[at : at + _MOST_WORDS])
        name = "".join(words[at : at + count])
        if count and page.value.count(name) > 1:
            yield from _rest_of_indicators(page, start, place)
            start = place + len(name)
            yield Chunk(place, start, "", is_line=False)
            place, at = start, at + count
            continue
        place += len(words[at])
        at += 1
        text = page.value[start:place]
        if len(text) >= _SHORTEST_INDICATOR and _INDICATOR_END.search(text) and not is_heading(text):
            yield Chunk(start, place, "kpi", is_line=True, is_item=True)
            start = place
    yield from _rest_of_indicators(page, start, place)


def _rest_of_indicators(page: Page, start: int, end: int) -> Iterator[Chunk]:
    """What no indicator's end was found in: one of which the name may go on, 人均成本, or another text."""
    if end > start:
        is_one = page.value.endswith(("费用", "成本"), start, end) and end - start >= _SHORTEST_INDICATOR
        yield Chunk(start, end, "kpi" if is_one else "", is_line=is_one, is_item=is_one)


def _between_marks(page: Page, start: int, end: int, *, is_line: bool, is_numbered: bool) -> Iterator[Chunk]:
    value = page.value
    place = start
    while place < end:
        match = _SENTENCE_END.search(value, place, end)
        stop = match.end() if match else end
        span = page.trim(place, stop)
        text = value[span.start : span.end]
        alone = is_line and place == start and stop == end
        number = _NUMBER.match(text) if alone else None
        if number and _is_item(page, text[number.end() :]):
            yield Chunk(span.start + number.end(), span.end, "sentence", is_line=True, is_item=True)
            text = ""
        has_figures = NUMERAL.search(text) is not None  # no indicator has its target without one
        measured = _measured(page, text, match is not None) if has_figures else -1
        if measured >= 0:
            if measured:
                yield Chunk(span.start, span.start + measured, "", is_line=False)
            yield Chunk(span.start + measured, span.end, "kpi", is_line=True, is_item=True)
            text = ""
        if text:
            ends = _indicators(value, span.start, text, is_closed=match is not None) if has_figures else []
            done = 0
            for _, after in ends:
                part = page.trim(span.start + done, span.start + after)
                yield Chunk(part.start, part.end, "kpi", is_line=False)
                done = after
            rest = page.trim(span.start + done, span.end) if done else span
            if rest.end > rest.start:
                is_sentence = match or _reads_as_sentence(
                    page, value[rest.start : rest.end], is_line=is_line or is_numbered
                )
                kind = "sentence" if is_sentence else ""
                yield Chunk(rest.start, rest.end, kind, alone and not ends)
        place = stop


def _measured(page: Page, text: str, is_closed: bool) -> int:
    """Where in a sentence an indicator with its target begins that is all of it, or all behind the label of a field
    (考核指标人均课时不少于24小时。); -1 where there is none."""
    text = text.rstrip("。！!")
    if not is_closed or not is_indicator(text) or page.rules.senses.requirement.search(text):
        return -1
    label = next((length for length in _FIELD_LENGTHS if is_section(page, text[:length])), 0)
    words = page.names.cut(text[label:])
    if not is_indicator(text[label:]) or page.names.first_post(words) or page.rules.senses.duty.match(text, label):
        return -1
    return label


def _is_item(page: Page, text: str) -> bool:
    """Whether what stands behind a number is an item of a list, and no name or head."""
    is_name = page.names.is_post(text) or page.names.is_unit(text) or is_heading(text)
    return len(text) >= _SHORTEST_ITEM and not is_name


def _indicators(value: str, start: int, text: str, *, is_closed: bool) -> list[tuple[int, int]]:
    """Where indicators end that run into one another at the head of a text; in a sentence one alone is none."""
    ends = figure_ends(text)
    if not is_closed or not ends:
        return ends
    clause = _INNER.search(text)
    ends = [end for end in ends if not clause or end[1] <= clause.start()]
    is_run = len(ends) > 1 or (ends and speaks_of_indicators(value[max(0, start - 30) : start + ends[0][0] + 12]))
    return [end for end in ends if end[1] < len(text) - 1] if is_run else []


def _is_row_of_units(page: Page, text: str) -> bool:
    """Whether a text is units' names one after another: 设计部跟单部财务部."""
    parts = [part for part in _UNIT_ENDS.split(text) if part]
    return len(parts) > 1 and all(map(page.names.is_unit, parts))


def _reads_as_sentence(page: Page, text: str, *, is_line: bool) -> bool:
    """Whether a text that no full stop ends is a sentence nevertheless."""
    if page.names.is_post(text) or is_heading(text) or _is_row_of_units(page, text):
        return False
    if len(text) > _LONG_TEXT and _INNER.search(text):
        return True
    is_duty = len(text) >= _SHORT_LINE and bool(page.rules.senses.duty.match(text))
    return is_line and (len(text) >= _LONG_LINE or is_duty)
