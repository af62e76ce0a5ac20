"""Where a page holds slide text, and how its chapters follow one another.

The boxes of a deck come out run together. What a deck has and other documents have not are the marks of its template:
CHAPTER, PART ONE, 目录 CONTENTS, 汇报人, 感谢聆听, and the numbers 01 02 03 of its boxes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from gangwei.layouts.deck_words import is_heading
from gangwei.page import Line, Page

_WORDS: Final = (
    "CHAPTER",
    "Chapter",
    "CONTENTS",
    "Contents",
    "PART",
    "Part",
    "汇报人",
    "主讲",
    "聆听",
    "观看",
    "THANK",
    "第一部分",
)
_MARK: Final = re.compile(
    r"""
    (?=[CP第R目感谢T汇报主演培0\n]) (?:  # most places are turned down by their first character
    (?P<chapter> (?:CHAPTER|Chapter|PART|Part)(?![a-z])[\s·.:：]{0,2}(?:0?\d(?!\d)|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|One|Two|Three|Four|Five|Six)?
      | 第\s?[一二三四五六七八九十\d]{1,2}\s?(?:部分|章节?|篇章?|单元|模块) )
  | (?P<template> REPORTING(?:\s?IN)? )
  | (?P<contents> 目\s{0,2}录(?:\s?(?:CONTENTS|Contents|CATALOGUE?))? | CONTENTS? | Contents? | CATALOG(?:UE)? )
  | (?P<closing> (?:感谢|谢谢)(?:您的?|各位|大家)?(?:的)?(?:聆听|观看|倾听|指导)? [！!]? (?:\s?THANK\s?YOU|\s?THANKS?)? | THANK\s?YOU | THANKS? )
  | (?P<author> (?:汇报|报告|主讲|演讲|培训)(?:人|讲师)?[:：] )
  | (?P<number> (?<![\d.\-:：第≥≤])(?<!\d/)(?:
        (?:0[1-9]){2,}(?=\d{1,2}(?:小时|分钟|天内|个工作日|次|名))
      | (?:0[1-9])+(?![\d.\-:：%％]|/\d|[年月日点时号](?![常度间检程期])) ) )
  | (?P<section> 第[一二三四五六七八九十]{1,2}节(?P<again>[\u4e00-\u9fff]{2,10})(?=\n?(?P=again)) )
  | (?P<line> \n[\s]* ) )
    """,
    re.VERBOSE,
)
_ENOUGH: Final = 3.0
_WEIGHTS: Final = {"chapter": 1.5, "contents": 1.5, "author": 1.5, "closing": 1.0, "number": 0.5}
_MOST: Final = 3.0
_LONG_LINE: Final = 40
_LONGEST_TITLE: Final = 26
_LONGEST_CONTENTS: Final = 1500
_SHORTEST_ENTRY: Final = 3
_SURE_ENTRY: Final = 5
_LONGEST_REST: Final = 10
_LONGEST_WHOLE: Final = 16
_MOST_PLACES: Final = 20
_FEWEST_CHAPTERS: Final = 2
_BULLETS: Final = "•●·-*#"
_SENTENCE: Final = re.compile(r"[。！；，,;]")
# Other numbers than 01 before a title: 二、 NO.2 /
_BEFORE_TITLE: Final = re.compile(
    "(?:[一二三四五六七八九十]{1,2}、|[壹贰叁肆伍陆]|(?:NO|No)[.．]?[ ]?\\d|(?<![\\d.])\\d|[/|])[ ]?$"
)
_SEPARATORS: Final = " \t\u3000\r\n:：·.、0123456789"
_CHINESE_NUMBER: Final = re.compile("[一二三四五六七八九十]{1,3}(?=[、.．:： ])")
_AROUND: Final = " \t\u3000\r\n:：·.、"


class Mark(NamedTuple):
    """A mark of a deck's template at [start:end]."""

    kind: str
    start: int
    end: int


MARK_START: Final = attrgetter("start")
MARK_END: Final = attrgetter("end")


class Chapter(NamedTuple):
    """A chapter of a deck: its title's place, empty where it has none, and the place of what it holds."""

    title_start: int
    title_end: int
    start: int
    end: int


def deck_stretch(page: Page) -> tuple[int, int, list[Mark]] | None:
    """The stretch of a page that is slide text, if any, with its marks, line ends among them."""
    value = page.value
    if not page.holds(_WORDS):
        return None
    marks = _marks(value)
    weight: dict[str, float] = {}
    for mark in marks:
        length = (mark.end - mark.start) // 2 if mark.kind == "number" else 1
        weight[mark.kind] = (
            min(_MOST, weight.get(mark.kind, 0.0) + _WEIGHTS[mark.kind] * length) if mark.kind in _WEIGHTS else 0.0
        )
    if len([kind for kind in weight if weight[kind]]) < 2 or sum(weight.values()) < _ENOUGH:
        return None
    signs = [mark for mark in marks if mark.kind in _WEIGHTS]
    first = page.line_index(signs[0].start)
    last = page.line_index(signs[-1].start)
    lines = page.lines
    while last + 1 < len(lines) and _goes_on(page, last + 1):
        last += 1
    start, end = lines[first].start, lines[last].end
    return start, end, [mark for mark in marks if mark.start >= start and mark.end <= end]


def _marks(value: str) -> list[Mark]:
    """The marks of a text in order: a deck has one list of contents, and 编制检索目录 is a duty."""
    marks: list[Mark] = []
    is_listed = False
    for match in _MARK.finditer(value):
        kind = match.lastgroup or ""
        if kind == "contents":
            if is_listed and match[0] == "目录":
                continue
            # A template may set the same word behind each chapter's title.
            kind = "chapter" if is_listed and match[0][0] == "C" else kind
            is_listed = True
        elif kind == "template":
            kind = "chapter"
        marks.append(Mark(kind, *match.span()))
    return marks


def is_template(text: str) -> bool:
    """Whether a text is a mark of a deck's template and nothing else: CHAPTER, THANKS, 第一部分.

    >>> is_template("CHAPTER"), is_template("第一部分的工作")
    (True, False)
    """
    return _MARK.fullmatch(text) is not None


def _goes_on(page: Page, index: int) -> bool:
    """Whether the line behind the last mark of a deck is slide text as well."""
    line, before = page.lines[index], page.lines[index - 1]
    if line.ordinal >= 0:
        return _goes_on_list(page, line, before)
    if page.value[line.start] in _BULLETS:
        return False
    return line.end - line.start >= _LONG_LINE or "\n\n" not in page.value[before.end : line.start].replace("\r", "")


def _goes_on_list(page: Page, line: Line, before: Line) -> bool:
    """Whether a numbered line stands right below a post's name, or goes on with the number above it: no site's terms do."""
    ordinal = page.ordinals[line.ordinal]
    if ordinal.value == 1 or ordinal.style == "bullet":
        return page.names.is_post(page.value[before.body : before.end])
    return before.ordinal >= 0 and ordinal.before == before.ordinal


def deck_chapters(page: Page, start: int, end: int, marks: Sequence[Mark]) -> list[Chapter]:
    """The chapters of a deck in order; what stands before the first one is a chapter without a title, the contents
    list and what stands before it none."""
    listed = next((mark for mark in marks if mark.kind == "contents"), None)
    openings = _listed(page, listed, end, marks) if listed else []
    first = openings[0].start if openings else start
    if listed and not openings:
        first = listed.end
    again = (mark.start for at, mark in enumerate(marks) if mark.kind == "chapter" and _listed_behind(page, marks, at))
    first = max(first, next(again, first))
    for index, mark in enumerate(marks):
        if mark.kind == "section":
            # A heading with its number over a slide of that title: 第二节出纳|出纳
            title = page.trim(page.value.index("节", mark.start) + 1, mark.end)
            openings.append(_Opening(mark.start, *title, page.trim(mark.end, end).start + title.end - title.start))
        elif mark.kind == "chapter" and mark.start >= first and not any(_meet(mark, other) for other in openings):
            opening = _opened_by(page, first, end, marks, index)
            if opening and not any(other.start <= opening.title_start < other.begin for other in openings):
                openings.append(opening)
    if len(openings) < _FEWEST_CHAPTERS:
        openings += _numbered(page, first, end, marks, openings)
    openings.sort()
    chapters = []
    before = openings[0].start if openings else end
    if before > first:
        chapters.append(Chapter(first, first, first, before))
    for place, opening in enumerate(openings):
        stop = openings[place + 1].start if place + 1 < len(openings) else end
        chapters.append(Chapter(opening.title_start, opening.title_end, opening.begin, max(opening.begin, stop)))
    return chapters


def _numbered(page: Page, start: int, end: int, marks: Sequence[Mark], openings: Sequence[_Opening]) -> list[_Opening]:
    """The chapters of a deck that has no other marks than numbers: 01, 02 … each before what ends as a title does."""
    found: list[_Opening] = []
    last = 0
    for index, mark in enumerate(marks):
        if mark.kind != "number" or mark.start < start or mark.end - mark.start != 2:
            continue
        number = int(page.value[mark.start : mark.end])
        if number != last + 1 and (found or number > _FEWEST_CHAPTERS):
            continue
        following = marks[index + 1].start if index + 1 < len(marks) else end
        stop = _titled(page, mark.end, min(following, mark.end + _LONGEST_TITLE))
        if stop and not any(other.start <= mark.start < other.begin for other in openings):
            found.append(_opening(page, page.trim(mark.end, stop).start, stop, marks))
            last = number
    return found if len(found) >= _FEWEST_CHAPTERS else []


def _titled(page: Page, start: int, stop: int) -> int:
    """Where the title ends that a place begins with: a unit's or a post's with 岗位职责, or a slide's head."""
    span = page.trim(start, stop)
    text = page.value[span.start : span.end]
    best = 0
    so_far = ""
    for word in page.names.cut(text):
        so_far += word
        if _SENTENCE.search(word):
            break
        heading = page.names.heading(so_far) if len(so_far) > 3 else None
        if (heading and heading.tail) or (len(so_far) > 3 and is_heading(so_far)):
            best = span.start + len(so_far)
    return best


class _Opening(NamedTuple):
    """Where a chapter opens, where its title stands, and where what it holds begins."""

    start: int
    title_start: int
    title_end: int
    begin: int


def _meet(mark: Mark, opening: _Opening) -> bool:
    return opening.start <= mark.start < max(opening.begin, opening.title_end + 1)


def _listed(page: Page, listed: Mark, end: int, marks: Sequence[Mark]) -> list[_Opening]:
    """The chapters that the list of contents names, each where its entry stands again.

    The entries need no marks between them: one ends where what stands again ends.
    """
    value = page.value
    place = listed.end
    is_inside = False
    openings: list[_Opening] = []
    limit = min(end, listed.end + _LONGEST_CONTENTS)
    while place < limit:
        if value[place] in _SEPARATORS:
            place, is_inside = place + 1, False
            continue
        if number := _CHINESE_NUMBER.match(value, place, limit):
            place, is_inside = number.end(), False
            continue
        after = openings[-1].begin if openings else place + _SHORTEST_ENTRY
        title = _again(value, place, after, limit if openings else end, end, marks, is_inside)
        if title is None:
            place, is_inside = place + 1, True
            continue
        is_inside = False
        openings.append(_opening(page, *title, marks))
        limit = min(limit, openings[0].start)
        place += title[1] - title[0]
    return openings if len(openings) > 1 else []


def _again(
    value: str, place: int, after: int, limit: int, end: int, marks: Sequence[Mark], is_inside: bool
) -> tuple[int, int] | None:
    """Where the entry at a place of the list stands again behind `after`, as much of it as does."""
    length = 0
    found = after
    while length < _LONGEST_TITLE and place + length < limit and value[place + length] not in "\n0123456789。":
        again = value.find(value[place : place + length + 1], found, end)
        if again < 0:
            break
        found, length = again, length + 1
    if length < _SHORTEST_ENTRY:
        return None
    entry = value[place : place + length]
    starts: list[int] = []
    while found >= 0 and len(starts) < _MOST_PLACES:
        starts.append(found)
        found = value.find(entry, found + length, end)
    marked = [start for start in starts if _is_marked(value, start, start + length, marks, is_inside=is_inside)]
    if marked:
        return marked[0], marked[0] + length
    return (starts[0], starts[0] + length) if length >= _SURE_ENTRY and not is_inside else None


def _is_marked(value: str, start: int, stop: int, marks: Sequence[Mark], *, is_inside: bool) -> bool:
    """Whether a number, a line end or a word of a deck's template stands right before or right behind a text."""
    left, right = bisect_right(marks, start, key=MARK_END) - 1, bisect_left(marks, stop, key=MARK_START)
    before = marks[left] if left >= 0 else None
    behind = marks[right] if right < len(marks) else None
    return bool(
        (before and not value[before.end : start].strip(_AROUND))
        or (behind and not is_inside and behind.kind == "chapter" and not value[stop : behind.start].strip(_AROUND))
    )


def _opening(page: Page, start: int, stop: int, marks: Sequence[Mark]) -> _Opening:
    """A chapter's opening round its title: with the number before it and the mark before or behind it."""
    value = page.value
    opens, begin = start, stop
    for at in range(bisect_right(marks, start, key=MARK_END) - 1, -1, -1):
        mark = marks[at]
        if mark.kind not in ("number", "chapter", "line") or value[mark.end : opens].strip(_AROUND):
            break
        opens = mark.start
    if match := _BEFORE_TITLE.search(value, max(0, opens - 6), opens):
        opens = match.start()
    title_end = begin
    place = bisect_left(marks, stop, key=MARK_START)
    behind = marks[place] if place < len(marks) else None
    rest = value[stop : behind.start].strip(_AROUND) if behind else ""
    if behind and behind.kind in ("chapter", "line") and len(rest) <= _LONGEST_REST and not _SENTENCE.search(rest):
        title_end = begin = page.trim(start, behind.start).end
    for at in range(bisect_left(marks, begin, key=MARK_START), len(marks)):
        mark = marks[at]
        if mark.start < begin:
            continue
        if mark.kind not in ("chapter", "line") or value[begin : mark.start].strip(_AROUND):
            break
        begin = mark.end if mark.kind == "chapter" else begin
    return _Opening(opens, start, title_end, begin)


def _opened_by(page: Page, start: int, end: int, marks: Sequence[Mark], index: int) -> _Opening | None:
    """The chapter that a mark opens and no list of contents names: its title stands right before it or behind it."""
    mark = marks[index]
    value = page.value
    if start < mark.start and value[mark.start - 1] in "、，的本该和与至":
        return None
    begin = max(start, marks[index - 1].end) if index else start
    for match in _SENTENCE.finditer(value, begin, mark.start):
        begin = match.end()
    before = page.trim(begin, mark.start)
    listed = _listed_behind(page, marks, index)
    if listed:
        return _opening(page, *listed, marks)
    if 2 <= before.end - before.start <= _LONGEST_TITLE:
        return _opening(page, before.start, before.end, marks)
    behind = (marks[at] for at in range(index + 1, len(marks)))
    following = next((other for other in behind if value[mark.end : other.start].strip(_AROUND)), None)
    place = page.trim(mark.end, end).start
    stop = _headed(page, place, min(following.start if following else end, place + _LONGEST_TITLE))
    return _opening(page, place, stop, marks) if stop else None


def _listed_behind(page: Page, marks: Sequence[Mark], index: int) -> tuple[int, int] | None:
    """The title behind a mark with its number that stands behind the same mark before too, where no 目录 heads the list:
    PART1门诊PART2住院 … PART1门诊"""
    value, mark = page.value, marks[index]
    text = value[mark.start : mark.end]
    if not text[-1].isdigit():
        return None
    place = page.trim(mark.end, mark.end + _LONGEST_TITLE).start
    for other in marks[:index]:
        if other.kind != "chapter" or value[other.start : other.end] != text:
            continue
        begin = page.trim(other.end, other.end + _LONGEST_TITLE).start
        length = 0
        while length < _LONGEST_TITLE and value[begin + length] == value[place + length] not in "\n。":
            length += 1
        if length >= _SHORTEST_ENTRY:
            return place, place + length
    return None


def _headed(page: Page, start: int, stop: int) -> int:
    """Where a title ends that begins at a place: the whole text up to the next mark, or up to its 岗位职责."""
    span = page.trim(start, stop)
    text = page.value[span.start : span.end]
    if 2 <= len(text) <= _LONGEST_WHOLE and not _SENTENCE.search(text):
        return span.end
    for length in range(min(len(text), _LONGEST_TITLE), 3, -1):
        heading = page.names.heading(text[:length])
        if heading and heading.tail:
            return span.start + length
    return 0
