"""What a layout writes on: pieces of text that know what they are, so that a fault can tell a label from an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final, NamedTuple

from gangwei.synth.vocabulary import Post, Unit


class Kind(StrEnum):
    """What a piece of a made document is."""

    LABEL = "label"
    MARK = "mark"  # what parts a label from its value
    VALUE = "value"
    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    ORDINAL = "ordinal"
    STOP = "stop"  # what closes an item
    BREAK = "break"  # a line end that could be lost: what follows is known without it
    LINE = "line"  # a line end that alone parts two items
    PROSE = "prose"
    NOISE = "noise"
    MARKUP = "markup"  # tags, quotes, pipes: no fault of text touches them


class Shape(StrEnum):
    """What holds a document together, and so which faults it can have."""

    PROSE = "prose"
    ROWS = "rows"
    MARKUP = "markup"
    RECORDS = "records"


class Piece(NamedTuple):
    """A piece of text; `number` is an ordinal's place in its list, from 1."""

    kind: Kind
    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before it is text: its pieces and what they say. `head` is what a page head repeats."""

    pieces: tuple[Piece, ...]
    roles: tuple[Post, ...] = ()
    units: tuple[Unit, ...] = ()
    company: str | None = None
    head: str = ""
    suffix: str = ".txt"
    shape: Shape = Shape.PROSE
    hant: bool = False
    encoding: str = "utf-8"


class Sheet:
    """A growing list of pieces. It lives inside one layout function and is never handed on."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def put(self, kind: Kind, text: str, number: int = 0) -> None:
        if text:
            self._pieces.append(Piece(kind, text, number))

    def line(self, kind: Kind, text: str) -> None:
        self.put(kind, text)
        self.put(Kind.BREAK, "\n")

    def items(
        self, items: Sequence[str], ordinal: str, stop: str, parting: Piece | None = None, rng: Random | None = None
    ) -> None:
        """Items with ordinals of a style of `ORDINALS`, closed in a style of `STOPS`, parted by a piece."""
        mark, stops = ORDINALS[ordinal], STOPS[stop]
        last = len(items)
        for number, item in enumerate(items, 1):
            self.put(Kind.ORDINAL, mark(number), number)
            self.put(Kind.ITEM, item)
            if rng is not None and len(stops) > 2:
                self.put(Kind.STOP, rng.choice(stops))
            else:
                self.put(Kind.STOP, stops[number == last])
            if parting is not None and number < last:
                self._pieces.append(parting)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(self._pieces)


def sentences(items: Iterable[str]) -> tuple[str, ...]:
    """The sentences of items that a document runs together as prose.

    >>> sentences(["处理投诉。当日回复", "保管钥匙"])
    ('处理投诉', '当日回复', '保管钥匙')
    """
    return tuple(part for item in items for part in _SENTENCE_END.split(item) if part)


def han_number(number: int) -> str:
    """A number below 10,000 in Chinese.

    >>> [han_number(n) for n in (3, 10, 14, 20, 35, 108, 1010)]
    ['三', '十', '十四', '二十', '三十五', '一百零八', '一千零一十']
    """
    text = ""
    for place, digit in zip(("千", "百", "十", ""), map(int, f"{number:04}"), strict=True):
        if digit:
            text += _DIGITS[digit] + place
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零").removeprefix("一") if 10 <= number < 20 else text.rstrip("零")


def _circle(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


_DIGITS: Final = "零一二三四五六七八九"
_SENTENCE_END: Final = re.compile("[。；;]")

LINE: Final = Piece(Kind.LINE, "\n")
BREAK: Final = Piece(Kind.BREAK, "\n")
BLANK: Final = Piece(Kind.BREAK, " ")


def _always(mark: str) -> Callable[[int], str]:
    return lambda _: mark


ORDINALS: Final[dict[str, Callable[[int], str]]] = {
    "dun": lambda n: f"{n}、",
    "dot": lambda n: f"{n}.",
    "dot_blank": lambda n: f"{n}. ",
    "wide_dot": lambda n: f"{n}．",
    "paren": lambda n: f"({n})",
    "wide_paren": lambda n: f"（{n}）",
    "half_paren": lambda n: f"{n})",
    "comma": lambda n: f"{n},",
    "circle": _circle,
    "han": lambda n: f"{han_number(n)}、",
    "han_paren": lambda n: f"（{han_number(n)}）",
    "bullet": _always("● "),
    "diamond": _always("◆"),
    "dash": _always("- "),
    "dot_bullet": _always("• "),
    "none": _always(""),
}
NUMBERED: Final = (
    "dun",
    "dun",
    "dot",
    "dot",
    "dot_blank",
    "wide_dot",
    "paren",
    "wide_paren",
    "half_paren",
    "comma",
    "circle",
)
IN_LINE: Final = ("dun", "dot", "dot", "paren", "wide_paren")
BULLETS: Final = ("bullet", "diamond", "dash", "dot_bullet")

# An item's closing mark and the last one's; three and more are drawn from.
STOPS: Final = {
    "full": ("。", "。"),
    "semi": ("；", "。"),
    "ascii": (";", "."),
    "none": ("", ""),
    "mixed": ("。", "；", ""),
}
