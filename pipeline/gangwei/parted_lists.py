"""Long lines that hold a list of who does what, parted at its numbers: 1、总裁：批准…。2、财务总监负责…。3、法务专员：…"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.ordinals import DEPTH, Ordinal
from gangwei.page import Line
from gangwei.titles import Names

# A line that holds a list of posts is longer than this.
_LONG: Final = 40
_FEWEST: Final = 2
_LOOK: Final = 20
_STYLES: Final = frozenset(["han", "han_paren", "digit", "paren", "half_paren", "two", "three", "circle"])
_TOLD: Final = re.compile(
    "(?P<name>[\u4e00-\u9fff]{2,12}?)(?P<sign>[:：]|(?:全面|主要|具体|直接)?负责(?!人)|协助|主持|作为|受[^，。；]{2,8}委托)"
)


def with_told_items(text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], names: Names) -> tuple[Line, ...]:
    """The lines, those that hold several items which each name a post or a unit, and what it does, parted at the numbers
    of the list and of what it stands in."""
    if len(ordinals) < _FEWEST:
        return tuple(lines)
    starts = [ordinal.start for ordinal in ordinals]
    found: list[Line] = []
    for line in lines:
        first = bisect_left(starts, line.start)
        last = bisect_left(starts, line.end) if line.end - line.start > _LONG else first
        styles = _told_styles(text, range(first, last), ordinals, names) if last - first >= _FEWEST else frozenset()
        if not styles and last - first > 1 and found and line.ordinal == first:
            styles = _styles_behind(text, found[-1], line, range(first, last), ordinals, names)
        found += _pieces(text, line, range(first, last), ordinals, styles) if styles else [line]
    return tuple(found)


def _told_styles(text: str, places: range, ordinals: Sequence[Ordinal], names: Names) -> frozenset[str]:
    """The style of the numbers within a line of which most begin an item that names a post or a unit, two of them or more,
    with that of the number right before the first; empty where there is none."""
    told: dict[str, list[tuple[int, str]]] = {}
    for index in places:
        ordinal = ordinals[index]
        if ordinal.style in _STYLES:
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
    match = _TOLD.match(text, start, start + _LOOK)
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


def _trimmed(text: str, line: Line) -> Line:
    end = line.end
    while end > line.body and text[end - 1] in " \t\u3000":
        end -= 1
    return line._replace(end=end)
