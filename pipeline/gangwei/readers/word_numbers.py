"""The numerals of a Word document, which its file holds as rules: lists, their levels, styles that number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from gangwei.readers.numerals import numeral
from gangwei.readers.xml import attribute, child, local


class Level(NamedTuple):
    """One level of a list: the first number, the numeral's style, the text around it (第%1条), what parts it from the item."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    is_legal: bool = False  # all numbers Arabic
    restarts: int = -1  # behind which level it begins anew; -1: behind any above it


class Style(NamedTuple):
    """What a paragraph style says of numbers and headings; None: it does not say."""

    name: str = ""
    parent: str = ""
    number: str | None = None
    level: int | None = None
    outline: int | None = None


class Place(NamedTuple):
    """A paragraph's list and its level in it from 0."""

    number: str
    level: int


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._known: dict[str, Style] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "style" and attribute(element, "type") in ("paragraph", ""):
                self._styles[attribute(element, "styleId")] = _style(element)

    def get(self, style: str) -> Style:
        """A style with what it inherits."""
        found = self._known.get(style)
        if found is None:
            found = Style()
            name, seen = style, 0
            while name in self._styles and seen < _LONGEST_CHAIN:
                own = self._styles[name]
                found = Style(
                    found.name or own.name,
                    "",
                    own.number if found.number is None else found.number,
                    own.level if found.level is None else found.level,
                    own.outline if found.outline is None else found.outline,
                )
                name, seen = own.parent, seen + 1
            self._known[style] = found
        return found


@dataclass(slots=True)
class _List:
    """A list of the document: its levels, and the numbers that they stand at."""

    levels: dict[int, Level]
    numbers: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the paragraphs of all lists of a document as Word does."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}  # by the number of the abstract list
        self._abstract: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}  # by the list's number: where its levels begin anew, once
        self._own: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                key = attribute(element, "abstractNumId")
                self._lists[key] = _List(_levels(element))
                for inner in element:
                    if local(inner.tag) == "styleLink":
                        linked[attribute(inner, "val")] = key
                    elif local(inner.tag) == "numStyleLink":
                        links[key] = attribute(inner, "val")
            elif local(element.tag) == "num":
                self._add(element)
        for key, style in links.items():
            if style in linked:
                self._lists[key] = self._lists[linked[style]]

    def place(self, properties: Element | None, style: Style) -> Place | None:
        """The list of a paragraph by its own properties or its style; None where it stands in none."""
        own = child(properties, "numPr")
        number, level = style.number, style.level
        if own is not None:
            told, depth = child(own, "numId"), child(own, "ilvl")
            number = attribute(told, "val") if told is not None else number
            level = _number(attribute(depth, "val")) if depth is not None else (level if told is None else 0)
        if not number or number == "0" or number not in self._abstract:
            return None
        return Place(number, min(max(level or 0, 0), _DEEPEST))

    def next(self, place: Place) -> str:
        """The numeral of the next paragraph at a place, with what parts it from its text."""
        found = self._lists.get(self._abstract[place.number])
        if found is None:
            return ""
        starts = self._starts.get(place.number)
        if starts:
            for depth, start in starts.items():
                found.numbers[depth] = start - 1
            self._starts[place.number] = {}
        own = {**found.levels, **self._own.get(place.number, {})}
        level = own.get(place.level, Level())
        found.numbers[place.level] = found.numbers.get(place.level, level.start - 1) + 1
        for deeper in [depth for depth in found.numbers if depth > place.level]:
            restarts = own.get(deeper, Level()).restarts
            if restarts and (restarts < 0 or place.level < restarts):
                del found.numbers[deeper]
        return _written(level, own, found.numbers)

    def _add(self, element: Element) -> None:
        key = attribute(element, "numId")
        for inner in element:
            if local(inner.tag) == "abstractNumId":
                self._abstract[key] = attribute(inner, "val")
            elif local(inner.tag) == "lvlOverride":
                depth = _number(attribute(inner, "ilvl"))
                for change in inner:
                    if local(change.tag) == "startOverride":
                        self._starts.setdefault(key, {})[depth] = _number(attribute(change, "val"), 1)
                    elif local(change.tag) == "lvl":
                        self._own.setdefault(key, {})[depth] = _level(change)


def _written(level: Level, levels: Mapping[int, Level], numbers: Mapping[int, int]) -> str:
    """The numeral as it is shown.

    >>> _written(Level(text="第%1条", style="chineseCounting"), {0: Level(style="chineseCounting")}, {0: 3})
    '第三条 '
    """
    if level.style == "bullet":
        return "• "

    def put(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        other = levels.get(depth, Level())
        number = numbers.get(depth, other.start)
        return numeral(number, "decimal" if level.is_legal else other.style)

    text = _PLACE.sub(put, level.text).strip()
    return text + ("" if level.suffix == "nothing" or not text else " ")


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    number, depth = child(properties, "numPr", "numId"), child(properties, "numPr", "ilvl")
    outline = child(properties, "outlineLvl")
    name, parent = child(element, "name"), child(element, "basedOn")
    return Style(
        attribute(name, "val").lower() if name is not None else "",
        attribute(parent, "val") if parent is not None else "",
        attribute(number, "val") if number is not None else None,
        _number(attribute(depth, "val")) if depth is not None else None,
        _number(attribute(outline, "val"), 9) if outline is not None else None,
    )


def _levels(element: Element) -> dict[int, Level]:
    return {_number(attribute(inner, "ilvl")): _level(inner) for inner in element if local(inner.tag) == "lvl"}


def _level(element: Element) -> Level:
    told: dict[str, str] = {}
    is_legal = False
    for inner in element:
        # Styles of numerals that Word 2007 does not know stand in an alternative.
        newer = child(inner, "Choice", "numFmt") if local(inner.tag) == "AlternateContent" else None
        said = inner if newer is None else newer
        told[local(said.tag)] = attribute(said, "val")
        is_legal |= local(said.tag) == "isLgl" and attribute(said, "val") not in ("0", "false")
    return Level(
        _number(told.get("start", ""), 1),
        told.get("numFmt", "decimal"),
        told.get("lvlText", ""),
        told.get("suff", "tab"),
        is_legal,
        _number(told.get("lvlRestart", ""), -1),
    )


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


_PLACE: Final = re.compile(r"%([1-9])")
_LONGEST_CHAIN: Final = 20
_DEEPEST: Final = 8
