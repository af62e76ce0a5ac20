"""Where a page holds slide text, and how its chapters follow one another.

The boxes of a deck come out run together. What a deck has and other documents have not are the marks of its template:
CHAPTER, PART ONE, 目录 CONTENTS, 汇报人, 感谢聆听, and the numbers 01 02 03 of its boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.page import Page

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
    (?P<chapter> (?:CHAPTER|Chapter|PART|Part)(?![a-z])[\s·.:：]{0,2}(?:0?\d(?!\d)|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|One|Two|Three|Four|Five|Six)?
      | 第[一二三四五六七八九十]{1,2}(?:部分|章|篇章) )
  | (?P<contents> 目\s{0,2}录(?:\s?(?:CONTENTS|Contents))? | CONTENTS | Contents )
  | (?P<closing> (?:感谢|谢谢)(?:您的?|各位|大家)?(?:的)?(?:聆听|观看|倾听|指导)? [！!]? (?:\s?THANK\s?YOU|\s?THANKS?)? | THANK\s?YOU | THANKS? )
  | (?P<author> (?:汇报|报告|主讲|演讲|培训)(?:人|讲师)?[:：] )
  | (?P<number> (?<![\d.\-/:：年月第≥≤])(?:0[1-9])+(?![\d.\-/:：%％年月日点时号]) )
  | (?P<line> \n[\s]* )
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
_BULLETS: Final = "•●·-*#"
_SENTENCE: Final = re.compile(r"[。！；，,;]")
_HAN_NUMBERS: Final = "一二三四五六七八九十"
_AROUND: Final = " \t\u3000\r\n:：·.、"


class Mark(NamedTuple):
    """A mark of a deck's template at [start:end]."""

    kind: str
    start: int
    end: int


class Chapter(NamedTuple):
    """A chapter of a deck: its title's place, empty where it has none, and the place of what it holds."""

    title_start: int
    title_end: int
    start: int
    end: int


def deck_stretches(page: Page) -> Iterator[tuple[int, int]]:
    """The stretch of a page that is slide text, if any."""
    value = page.value
    if not any(word in value for word in _WORDS):
        return
    marks = deck_marks(page, 0, len(value))
    weight: dict[str, float] = {}
    for mark in marks:
        length = (mark.end - mark.start) // 2 if mark.kind == "number" else 1
        weight[mark.kind] = (
            min(_MOST, weight.get(mark.kind, 0.0) + _WEIGHTS[mark.kind] * length) if mark.kind in _WEIGHTS else 0.0
        )
    if len([kind for kind in weight if weight[kind]]) < 2 or sum(weight.values()) < _ENOUGH:
        return
    signs = [mark for mark in marks if mark.kind in _WEIGHTS]
    first = page.line_index(signs[0].start)
    last = page.line_index(signs[-1].start)
    lines = page.lines
    while last + 1 < len(lines) and _goes_on(page, last + 1):
        last += 1
    yield lines[first].start, lines[last].end


def _goes_on(page: Page, index: int) -> bool:
    """Whether the line behind the last mark of a deck is slide text as well."""
    line, before = page.lines[index], page.lines[index - 1]
    if page.value[line.start] in _BULLETS or line.ordinal >= 0:
        return False
    return line.end - line.start >= _LONG_LINE or "\n\n" not in page.value[before.end : line.start].replace("\r", "")


def deck_marks(page: Page, start: int, end: int) -> list[Mark]:
    """The marks in a stretch of a page, line ends among them."""
    return [Mark(match.lastgroup or "", *match.span()) for match in _MARK.finditer(page.value, start, end)]


def deck_chapters(page: Page, start: int, end: int, marks: list[Mark]) -> list[Chapter]:
    """The chapters of a deck in order; what stands before the first one is a chapter without a title, the contents list none."""
    listed = _contents(page, end, marks)
    entries = page.value[listed[0] : listed[1]] if listed else ""
    titles: list[tuple[int, int, int, int]] = []  # where the opening begins, its title, where it ends
    for index, mark in enumerate(marks):
        if listed and listed[0] <= mark.start < listed[1]:
            continue
        if mark.kind == "chapter":
            opening = _opened_by(page, listed[1] if listed else start, end, marks, index, entries)
        elif mark.kind in ("number", "line"):
            opening = _listed_title(page, mark, end, entries)
        else:
            opening = None
        if opening and (not titles or opening[0] >= titles[-1][3]):
            titles.append(opening)
        elif opening and opening[2] - opening[1] > titles[-1][2] - titles[-1][1]:
            titles[-1] = (titles[-1][0], opening[1], opening[2], max(opening[3], titles[-1][3]))
        elif opening:
            titles[-1] = (*titles[-1][:3], max(opening[3], titles[-1][3]))
    body = listed[1] if listed else start
    chapters = []
    first = titles[0][0] if titles else end
    if first > body:
        chapters.append(Chapter(body, body, body, first))
    for place, (_, title_start, title_end, begin) in enumerate(titles):
        stop = titles[place + 1][0] if place + 1 < len(titles) else end
        chapters.append(Chapter(title_start, title_end, begin, max(begin, stop)))
    return chapters


def _contents(page: Page, end: int, marks: list[Mark]) -> tuple[int, int] | None:
    """Where a deck's list of contents stands: up to where its first entry stands again."""
    for index, mark in enumerate(marks):
        if mark.kind != "contents":
            continue
        place = mark.end
        for later in marks[index + 1 :]:
            if page.value[place : later.start].strip(_AROUND) or later.kind == "closing":
                break
            place = later.end
        while page.value[place : place + 1] and page.value[place] in _AROUND + _HAN_NUMBERS:
            place += 1
        entry = re.split(r"\d|\n|[。，]", page.value[place : place + 12])[0].strip(_AROUND)[:6]
        if len(entry) < 2:
            continue
        again = page.value.find(entry, place + len(entry), min(end, place + _LONGEST_CONTENTS))
        if again < 0:
            again = page.value.find(entry[:4], place + len(entry), min(end, place + _LONGEST_CONTENTS))
        first = next(
            (later.start for later in marks[index + 1 :] if later.kind == "chapter" and later.start > place), end
        )
        if again < 0 and first == end:
            continue
        stop = again if again >= 0 else max(place, _before(marks, first, place))
        # The number or line before the entry belongs to the chapter.
        for earlier in reversed(marks[index + 1 :]):
            if earlier.end <= stop and not page.value[earlier.end : stop].strip(_AROUND) and earlier.start > place:
                stop = earlier.start
        return mark.start, stop
    return None


def _before(marks: list[Mark], place: int, least: int) -> int:
    """Where the number or line before a place begins."""
    return max(
        (mark.start for mark in marks if least < mark.start < place and mark.kind in ("number", "line")), default=place
    )


def _opened_by(
    page: Page, start: int, end: int, marks: list[Mark], index: int, entries: str
) -> tuple[int, int, int, int] | None:
    """The chapter that a mark opens: its title stands right before the mark or right behind it."""
    mark = marks[index]
    value = page.value
    if start < mark.start and value[mark.start - 1] in "、，的本该和与至":
        return None
    left = next(
        (
            other
            for other in reversed(marks[:index])
            if other.kind != "line" or value[other.end : mark.start].strip(_AROUND)
        ),
        None,
    )
    begin = max(start, left.end if left else start, mark.start - _LONGEST_TITLE - 14)
    ended = [match.end() for match in _SENTENCE.finditer(value, begin, mark.start)]
    begin = ended[-1] if ended else begin
    before = page.trim(begin, mark.start)
    following = next((other for other in marks[index + 1 :] if value[mark.end : other.start].strip(_AROUND)), None)
    place = mark.end
    while place < end and value[place] in _AROUND:
        place += 1
    right = _repeated(value, place, end, entries)
    text = value[before.start : before.end]
    right = 0 if text and text in entries else right
    opening = left.start if left and left.kind == "number" and begin == left.end else before.start
    if text and entries and not right:
        for shift in range(max(0, len(text) - _SHORTEST_ENTRY)):
            if text[shift:] in entries:
                return (opening if shift == 0 else before.start + shift), before.start + shift, before.end, mark.end
    if right:
        return min(mark.start, _number_before(page, mark.start, left)), place, place + right, place + right
    if (
        text
        and len(text) <= _LONGEST_TITLE
        and not (entries and following and page.names.heading(text) is None and _headed(page, place, following.start))
    ):
        return opening, before.start, before.end, mark.end
    if following is not None and (stop := _headed(page, place, min(following.start, place + _LONGEST_TITLE))):
        return _number_before(page, mark.start, left), place, stop, stop
    return None


def _number_before(page: Page, place: int, left: Mark | None) -> int:
    if left and left.kind == "number" and not page.value[left.end : place].strip(_AROUND):
        return left.start
    return place


def _headed(page: Page, start: int, stop: int) -> int:
    """Where a title ends that begins at a place: the whole text up to the next mark, or up to its 岗位职责."""
    span = page.trim(start, stop)
    text = page.value[span.start : span.end]
    if 2 <= len(text) <= 16 and not _SENTENCE.search(text):
        return span.end
    for length in range(min(len(text), 20), 3, -1):
        heading = page.names.heading(text[:length])
        if heading and heading.tail:
            return span.start + length
    return 0


def _listed_title(page: Page, mark: Mark, end: int, entries: str) -> tuple[int, int, int, int] | None:
    """The chapter that a number or a line opens, where the list of contents names it."""
    place = mark.end
    length = _repeated(page.value, place, end, entries)
    if not length:
        return None
    following = page.value[place + length : place + length + 1]
    if length < _SURE_ENTRY and following not in "\n\r" and not _MARK.match(page.value, place + length):
        return None
    return mark.start, place, place + length, place + length


def _repeated(value: str, place: int, end: int, entries: str) -> int:
    """How many characters from a place on stand in the list of contents as an entry; 0 for fewer than make one."""
    length = 0
    while (
        place + length < end
        and length < _LONGEST_TITLE
        and value[place : place + length + 1] in entries
        and value[place + length] != "\n"
    ):
        length += 1
    while length and value[place + length - 1] in "0123456789 ":
        length -= 1
    if length < _SHORTEST_ENTRY:
        return 0
    # An entry begins at the head of the list, behind a number, or behind another entry.
    return length
