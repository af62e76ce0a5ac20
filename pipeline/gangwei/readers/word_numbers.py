"""The numerals of a Word document, which its file holds as rules: lists, their levels, styles that number."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


class Lists(NamedTuple):
    """The lists of a document: which one stands behind the number that paragraphs name, its levels; where a number
    begins it anew, once; which levels a number has of its own."""

    behind: Mapping[str, str]
    levels: Mapping[str, Mapping[int, Level]]
    starts: Mapping[str, Mapping[int, int]] = {}
    own: Mapping[str, Mapping[int, Level]] = {}


def read_lists(root: Element | None) -> Lists:
    """The lists that the part numbering.xml declares."""
    lists = Lists(behind := {}, levels := {}, starts := {}, own := {})
    links: dict[str, str] = {}
    linked: dict[str, str] = {}
    for element in root if root is not None else ():
        if local(element.tag) == "abstractNum":
            key = attribute(element, "abstractNumId")
            levels[key] = _levels(element)
            for inner in element:
                if local(inner.tag) == "styleLink":
                    linked[attribute(inner, "val")] = key
                elif local(inner.tag) == "numStyleLink":
                    links[key] = attribute(inner, "val")
        elif local(element.tag) == "num":
            key = attribute(element, "numId")
            told = child(element, "abstractNumId")
            behind[key] = attribute(told, "val") if told is not None else ""
            starts[key], own[key] = _overrides(element)
    for key, name in behind.items():
        behind[key] = linked.get(links.get(name, ""), name)
    return lists


def _overrides(element: Element) -> tuple[dict[int, int], dict[int, Level]]:
    """Where a number begins the levels of its list anew, and levels of its own."""
    starts: dict[int, int] = {}
    own: dict[int, Level] = {}
    for inner in element:
        depth = _number(attribute(inner, "ilvl"))
        for change in inner:
            if local(change.tag) == "startOverride":
                starts[depth] = _number(attribute(change, "val"), 1)
            elif local(change.tag) == "lvl":
                own[depth] = _level(change)
    return starts, own


class Numbers:
    """Counts the paragraphs of all lists of a document as Word does."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def knows(self, number: str) -> bool:
        """Whether there is such a list."""
        return self._lists.behind.get(number, "") in self._lists.levels

    def place(self, properties: Element | None, style: Style) -> Place | None:
        """The list of a paragraph by its own properties or its style; None where it stands in none."""
        own = child(properties, "numPr")
        number, level = style.number, style.level
        if own is not None:
            told, depth = child(own, "numId"), child(own, "ilvl")
            number = attribute(told, "val") if told is not None else number
            level = _number(attribute(depth, "val")) if depth is not None else (level if told is None else 0)
        if not number or number == "0" or not self.knows(number):
            return None
        return Place(number, min(max(level or 0, 0), _DEEPEST))

    def next(self, place: Place) -> str:
        """The numeral of the next paragraph at a place, with what parts it from its text."""
        key = self._lists.behind[place.number]
        counts = self._counts.setdefault(key, {})
        if place.number not in self._begun:
            self._begun.add(place.number)
            counts.update({depth: start - 1 for depth, start in self._lists.starts.get(place.number, {}).items()})
        levels = {**self._lists.levels[key], **self._lists.own.get(place.number, {})}
        level = levels.get(place.level, Level())
        counts[place.level] = counts.get(place.level, level.start - 1) + 1
        for deeper in [depth for depth in counts if depth > place.level]:
            restarts = levels.get(deeper, Level()).restarts
            if restarts and (restarts < 0 or place.level < restarts):
                del counts[deeper]
        return _written(level, levels, counts)


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
