"""Long lines whose breaks were lost, parted again where a heading stands in them: …立即停产。(三)安全员职责1、每日巡查…"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from gangwei.ordinals import DEPTH, Ordinal
from gangwei.page import Line
from gangwei.titles import Names

# A line that holds several posts is longer than this.
_LONG: Final = 60
_LONGEST_HEADING: Final = 36
_FEWEST: Final = 2
_STYLES: Final = frozenset(["han", "han_paren", "digit", "paren", "条", "节", "章", "two", "three", "four"])
_LEVELLED: Final = frozenset(["two", "three", "four"])
_TAIL: Final = re.compile("职责(?:范围|分工|权限|描述)?|责任制?|职权")
# What goes on behind a word of a sentence: 负责安全生产责任制|的落实
_GOES_ON: Final = frozenset("的和及与、，,或书")
_BLANKS: Final = " \t\u3000"
_BEFORE: Final = _BLANKS + "。；;"
_LONGEST_NAME: Final = 16
_NO_HEADING: Final = re.compile("[，。；！？,;!?\n:：]")
# A line that holds a list of posts is longer than this.
_LONG_LIST: Final = 40
_LOOK_TOLD: Final = 20
_LISTED: Final = frozenset(["han", "han_paren", "digit", "paren", "half_paren", "two", "three", "circle"])
_TOLD: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,12}?)(?P<sign>[:：]|(?:全面|主要|具体|直接)?负责(?!人)|协助|主持|作为|受[^，。；]{2,8}委托)"
)


def with_parts(text: str, lines: tuple[Line, ...], ordinals: Sequence[Ordinal], names: Names) -> tuple[Line, ...]:
    """The lines, long ones parted before and behind the numbered headings of posts and units that stand in them, others
    before such a heading at their end, over the list that begins below."""
    if not ordinals:
        return lines
    starts = [ordinal.start for ordinal in ordinals]
    over_lists = _over_lists(text, lines, ordinals, names)
    found: list[Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        if over_lists and line.start in over_lists:
            found += _parts(text, line, over_lists[line.start], ordinals, starts)
            continue
        if line.end - line.start < _LONG:
            is_over = below is not None and below.ordinal >= 0
            heading = _last_heading(text, line, below, ordinals, starts, names) if below and is_over else None
            found += _parts(text, line, [heading], ordinals, starts) if heading else [line]
            continue
        headings = list(_headings(text, line, ordinals, starts, names))
        named = [heading for heading in headings if names.heading(text[heading.body : heading.end]) is not None]
        is_row = len(named) >= _FEWEST or (len(named) == 1 and _is_fellow(text, found, named[0], ordinals, names))
        found += _parts(text, line, headings, ordinals, starts) if is_row else [line]
    return _with_told_items(text, found, ordinals, names)


def _over_lists(text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], names: Names) -> dict[int, list[Line]]:
    """By where the lines begin that hold them, the numbered headings that have the first item of their list beside them,
    where two of them name posts or units: 2. 厨师(1)负责烹饪；⏎(2)清洗灶台。⏎3. 保洁员(1)…"""
    found: dict[int, list[Line]] = {}
    named, last = 0, len(ordinals) - 1
    for line in lines:
        index = line.ordinal
        if not 0 <= index < last or ordinals[index + 1].start >= line.end:
            continue
        headings: list[Line] = []
        while index < last and ordinals[index + 1].start < line.end:
            words = text[ordinals[index].end : ordinals[index + 1].start].strip(_BLANKS)
            name = words.rstrip(":：")
            if not 1 < len(name) <= _LONGEST_NAME or _NO_HEADING.search(name):
                break
            if not _is_over_list(ordinals[index], ordinals[index + 1]):
                break
            body = text.index(words, ordinals[index].end)
            headings.append(Line(ordinals[index].start, body + len(words), body, 0, index))
            named += names.heading(words) is not None
            index += 1
        if headings:
            found[line.start] = headings
    return found if named >= _FEWEST else {}


def _is_fellow(text: str, above: Sequence[Line], heading: Line, ordinals: Sequence[Ordinal], names: Names) -> bool:
    """Whether the line above one that a heading stands in, or that of the number before the heading's own, is such a
    heading with a number of its style."""
    before = ordinals[heading.ordinal].before
    place = bisect_right(above, ordinals[before].start, key=_line_start) - 1 if before >= 0 else -1
    return any(
        line.ordinal >= 0
        and line.end - line.body <= _LONGEST_HEADING
        and ordinals[line.ordinal].style == ordinals[heading.ordinal].style
        and names.heading(text[line.body : line.end]) is not None
        for line in (*above[-1:], *above[max(0, place) : place + 1])
    )


def _line_start(line: Line) -> int:
    return line.start


def _last_heading(
    text: str, line: Line, below: Line, ordinals: Sequence[Ordinal], starts: Sequence[int], names: Names
) -> Line | None:
    """The numbered heading that ends a line behind other text, where the line below begins its list:
    …降低费用。 5.1.2 技术副院长⏎a)组织设计评审"""
    index = bisect_left(starts, line.end) - 1
    if index < 0 or starts[index] <= line.start or index == line.ordinal or ordinals[index].style not in _STYLES:
        return None
    ordinal = ordinals[index]
    words = text[ordinal.end : line.end]
    if text[ordinal.start - 1] not in _BEFORE or not _is_over_list(ordinal, ordinals[below.ordinal]):
        return None
    if not 2 <= len(words) <= _LONGEST_HEADING or _NO_HEADING.search(words) or names.heading(words) is None:
        return None
    return Line(ordinal.start, line.end, ordinal.end, 0, index)


def _headings(
    text: str, line: Line, ordinals: Sequence[Ordinal], starts: Sequence[int], names: Names
) -> Iterator[Line]:
    """The headings in a line, each as a line of its own."""
    first, last = bisect_left(starts, line.start), bisect_left(starts, line.end)
    for index in range(first, last):
        ordinal = ordinals[index]
        if ordinal.style not in _STYLES:
            continue
        stop = ordinals[index + 1].start if index + 1 < last else line.end
        body = ordinal.end
        chunk = text[body : min(stop, body + _LONGEST_HEADING)]
        if index + 1 < last and _is_over_list(ordinal, ordinals[index + 1]):
            words = text[body : min(stop, body + _LONGEST_HEADING + 1)].rstrip(_BLANKS)
            if 2 <= len(words) <= _LONGEST_HEADING and not _NO_HEADING.search(words) and names.heading(words):
                yield Line(ordinal.start, body + len(words), body, 0, index)
                continue
        for match in _TAIL.finditer(chunk):
            words = chunk[: match.end()]
            if _NO_HEADING.search(words) or words.startswith(names.rules.not_starts):
                break
            if text[body + match.end() : body + match.end() + 1] in _GOES_ON:
                continue
            heading = names.heading(words)
            if (heading and heading.tail) or names.is_duty_heading(words):
                yield Line(ordinal.start, body + match.end(), body, 0, index)
                break


def _is_over_list(ordinal: Ordinal, following: Ordinal) -> bool:
    """Whether the number behind another is the first of a list below it: 3.1.1 before 3.1.1.1, （二） before 1."""
    if following.style == ordinal.style:
        return False
    return following.value % 100 == 1 if following.style in _LEVELLED else following.value == 1


def _parts(
    text: str, line: Line, headings: Sequence[Line], ordinals: Sequence[Ordinal], starts: Sequence[int]
) -> Iterator[Line]:
    """A line's pieces: the headings, and what stands between them."""
    start, body, ordinal = line.start, line.body, line.ordinal
    for heading in headings:
        if heading.start > start:
            yield _trimmed(text, line._replace(start=start, end=heading.start, body=body, ordinal=ordinal))
        yield heading
        start = heading.end
        while start < line.end and text[start] in f"{_BLANKS}:：":
            start += 1
        body, ordinal = start, -1
        index = bisect_left(starts, start)
        if index < len(starts) and starts[index] == start:
            body, ordinal = ordinals[index].end, index
    if start < line.end:
        yield line._replace(start=start, body=body, ordinal=ordinal)


def _trimmed(text: str, line: Line) -> Line:
    end = line.end
    while end > line.body and text[end - 1] in _BLANKS:
        end -= 1
    return line._replace(end=end)


def _with_told_items(text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], names: Names) -> tuple[Line, ...]:
    """The lines, those that hold several items which each name a post or a unit, and what it does, parted at the numbers
    of the list and of what it stands in."""
    if len(ordinals) < _FEWEST:
        return tuple(lines)
    starts = [ordinal.start for ordinal in ordinals]
    found: list[Line] = []
    for line in lines:
        first = bisect_left(starts, line.start)
        last = bisect_left(starts, line.end) if line.end - line.start > _LONG_LIST else first
        styles = _told_styles(text, range(first, last), ordinals, names) if last - first >= _FEWEST else frozenset()
        if not styles and last - first > 1 and found and line.ordinal == first:
            styles = _styles_behind(text, found[-1], line, range(first, last), ordinals, names)
        if styles:
            found += _pieces(text, line, range(first, last), ordinals, styles)
        else:
            found += _sentences(text, line, names) if line.end - line.start > _LONG_LIST else [line]
    return tuple(found)


def _sentences(text: str, line: Line, names: Names) -> Iterator[Line]:
    """A line of prose, parted where each of its sentences names another post or unit and what it does: 会计负责记账。出纳
    负责收款。门卫负责…"""
    places = [line.body]
    while (stop := text.find("。", places[-1], line.end - 1)) >= 0:
        places.append(stop + 1 + (text[stop + 1] in _BLANKS))
    kinds = [_kind(text, place, names) for place in places] if len(places) > _FEWEST else []
    told = {text[place : place + _FEWEST] for place, kind in zip(places, kinds, strict=False) if kind}
    if "post" not in kinds or len(told) <= _FEWEST or len(told) < len(kinds):
        yield line
        return
    for place, following in zip(places, [*places[1:], line.end], strict=True):
        is_first = place == line.body
        own = line._replace(end=following) if is_first else Line(place, following, place, 0, -1)
        yield _trimmed(text, own)


def _told_styles(text: str, places: range, ordinals: Sequence[Ordinal], names: Names) -> frozenset[str]:
    """The style of the numbers within a line of which most begin an item that names a post or a unit, two of them or more,
    with that of the number right before the first; empty where there is none."""
    told: dict[str, list[tuple[int, str]]] = {}
    for index in places:
        ordinal = ordinals[index]
        if ordinal.style in _LISTED:
            told.setdefault(ordinal.style, []).append((index, _kind(text, ordinal.end, names)))
    for style, items in told.items():
        kinds = [kind for _, kind in items if kind]
        if len(kinds) < _FEWEST or "post" not in kinds or len(kinds) * 2 < len(items):
            continue
        first = next(index for index, kind in items if kind)
        outer = ordinals[first - 1].style if first > places.start else style
        return frozenset([style, outer])
    return frozenset()


def _styles_behind(
    text: str, above: Line, line: Line, places: range, ordinals: Sequence[Ordinal], names: Names
) -> frozenset[str]:
    """The style of the number behind the last item of such a list, of what the list stands in: 3、法务专员：…。三、程序"""
    own = ordinals[line.ordinal]
    if above.ordinal != own.before or above.ordinal < 0 or not _kind(text, own.end, names):
        return frozenset()
    if not _kind(text, ordinals[above.ordinal].end, names):
        return frozenset()
    outer = (ordinals[index].style for index in places[1:])
    return frozenset([style for style in outer if DEPTH[style] < DEPTH[own.style]])


def _kind(text: str, start: int, names: Names) -> str:
    """Whether an item begins with the name of a post or a unit, and what it does or a colon behind it."""
    match = _TOLD.match(text, start, start + _LOOK_TOLD)
    if match is None or names.rule_of(match["name"]) is not None:
        return ""
    name = match["name"]
    return "post" if names.is_post(name) else "unit" if names.is_unit(name) else ""


def _pieces(
    text: str, line: Line, places: range, ordinals: Sequence[Ordinal], styles: frozenset[str]
) -> Iterator[Line]:
    """A line parted before its numbers of some styles."""
    start, body, number = line.start, line.body, line.ordinal
    for index in places:
        ordinal = ordinals[index]
        if ordinal.style not in styles or ordinal.start <= start:
            continue
        yield _trimmed(text, line._replace(start=start, end=ordinal.start, body=body, ordinal=number))
        start, body, number = ordinal.start, ordinal.end, index
    yield line._replace(start=start, body=body, ordinal=number)
