"""How deep a heading stands: by its markup, else by the style of its number."""

from __future__ import annotations

from gangwei.ordinals import DEPTH
from gangwei.page import Line, Page

_UNNUMBERED = 3.5  # a bare line: below chapters and sections, above the numbers of a list


def stands_below(page: Page, line: Line, above: Line) -> bool:
    """Whether a heading stands deeper than another one above it: 1. below 一、, ### below ##, a bare line below 第二章."""
    if line.depth and above.depth:
        return line.depth > above.depth
    if line.depth != above.depth and (line.ordinal < 0 or above.ordinal < 0):
        return above.depth > 0
    return _level(page, line) > _level(page, above)


def _level(page: Page, line: Line) -> float:
    return DEPTH.get(page.ordinals[line.ordinal].style, 5) if line.ordinal >= 0 else _UNNUMBERED
