"""What the bytes of a shifted run spell, and where it may end; see `shifted` for how such runs come about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Final, NamedTuple

from gangwei.faults.pinyin import BRACKET, LETTERS, syllables

LOST: Final = "?\N{REPLACEMENT CHARACTER}"
# Full-width marks by their second byte after A3, under both of their printed forms.
_MARKS: Final = {
    mark: byte
    for marks, byte in (
        (",，", 0xAC),
        (";；", 0xBB),
        (":：", 0xBA),
        ("?？", 0xBF),
        ("!！", 0xA1),
        ("(（", 0xA8),
        (")）", 0xA9),
    )
    for mark in marks
}
_TORN_GLOSS: Final = rf"[(（]?([{LETTERS}]{{1,7}})[)）]"
START: Final = re.compile(
    rf"[{LOST}](?![{LOST}]{{3}})(?:{_TORN_GLOSS}|(?=[,;:?!()，；：？！（）]|[0-9A-Za-z][@-~]?[\u4e00-\u9fff]|[^\x00-\u200f\s])(?![，。、]))"
)
# A letter or a figure has a full-width form so much further on.
_WIDE: Final = 0xFEE0
_GLOSS: Final = re.compile(_TORN_GLOSS)
_TORN: Final = re.compile(rf"[{LOST}]{_TORN_GLOSS}")
# What a run may spell: Chinese characters, and the marks of Chinese text.
_SPELLED: Final = re.compile("[\u3400-\u9fff。、“”‘’《》〈〉「」『』【】〔〕…—·～％－／０-９Ａ-Ｚａ-ｚ，；：？！（）]")
_LONGEST_RUN: Final = 80
_MOST_ENDS: Final = 4


class Slot(NamedTuple):
    """A character of which a byte is lost (None). `head` is the byte before a torn gloss, `reading` a gloss behind."""

    lead: int | None
    trail: int | None
    head: int | None = None
    reading: str = ""


Parts = tuple[str | Slot, ...]


class Run(NamedTuple):
    """A printed run [start:end] and what its bytes spell: characters and slots; `is_whole` unless a mark is lost too."""

    start: int
    end: int
    parts: Parts
    is_whole: bool = True


def readings(text: str, match: re.Match[str]) -> list[Run]:
    """All ways to read a printed run; empty where its bytes spell nothing."""
    place = match.start()
    gloss = match[1]
    if gloss is not None and syllables(gloss):
        head = encoded(plain(text[max(0, place - 24) : place])[-1:])
        if len(head) != 2:
            return []
        torn = _TORN.match(text, match.end())
        if torn and syllables(torn[1]):  # both bytes of a character were torn off, each by a gloss
            return [Run(place, torn.end(), (Slot(None, None, head[1], torn[1]),))]
        return [Run(place, *rest) for rest in islice(_follow(text, match.end(), None, head[1]), _MOST_ENDS)]
    first = text[place + 1]
    wide = chr(ord(first) + _WIDE) if first.isascii() and first.isalnum() else first
    if first in _MARKS or "０" <= wide <= "ｚ":
        return [Run(place, *rest) for rest in islice(_follow(text, place + 1, None, None, wide), _MOST_ENDS)]
    # The mark itself may have been taken for the rest of the lost character: any of them may have stood there.
    return [
        Run(place, end, (Slot(None, 0xA3), *parts), is_whole)
        for pending in sorted(set(_MARKS.values()))
        for end, parts, is_whole in islice(_follow(text, place + 1, pending, None), _MOST_ENDS)
    ]


def _follow(
    text: str, place: int, pending: int | None, head: int | None, first: str = ""
) -> Iterator[tuple[int, Parts, bool]]:
    """Where a run that goes on at `place` may end, and what it spells; `pending` is the byte that is still unpaired,
    `first` the mark that stood there before the site folded it."""
    parts: Parts = ()
    while len(parts) < _LONGEST_RUN:
        char = (not parts and first) or text[place : place + 1]
        if pending is not None and char and char in LOST:
            end, reading, is_whole = _closed_by(text, place + 1)
            yield end, (*parts, Slot(pending, None, reading=reading)), is_whole
        code = b"\xa3" + bytes([_MARKS[char]]) if char in _MARKS else encoded(char)
        if not code or len(code) > 2 or (len(code) == 1 and not 0x40 <= code[0] <= 0x7E):
            return
        part = Slot(None, code[0], head) if pending is None else decoded(pending, code[0])
        if not part:
            return
        parts = (*parts, part)
        place, pending, head = place + 1, code[-1], None
        if pending < 0x80:
            yield place, parts if len(code) == 1 else (*parts, chr(pending)), True
            return


def _closed_by(text: str, place: int) -> tuple[int, str, bool]:
    """Where a run ends whose last byte was lost before `place`; its reading, and whether nothing else was lost.

    ASCII tears the byte off and stands behind it, a gloss too, though it may lose its bracket. Before anything else a
    mark must have gone with the byte.
    """
    following = text[place : place + 1]
    gloss = _GLOSS.match(text, place)
    if gloss and syllables(gloss[1]):
        return place if following in "(（" else gloss.end(), gloss[1], True
    return place, "", following in _MARKS or following < "\x80"


@cache
def characters(lead: int | None, trail: int | None) -> tuple[str, ...]:
    leads = range(0x81, 0xFF) if lead is None else (lead,)
    trails = range(0x40, 0xFF) if trail is None else (trail,)
    return tuple(char for one in leads for two in trails if (char := decoded(one, two)))


@lru_cache(maxsize=2048)
def is_usual(char: str) -> bool:
    """Whether China's or Taiwan's everyday character set holds the character; GBK holds rare and Japanese ones too."""
    for encoding in ("gb2312", "big5"):
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    return False


def decoded(lead: int, trail: int) -> str:
    """The character of two bytes; "" where they spell none."""
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return char if _SPELLED.fullmatch(char) else ""


def encoded(char: str) -> bytes:
    try:
        return char.encode("gb18030")
    except UnicodeEncodeError:
        return b""


def plain(text: str) -> str:
    """The text without the pinyin in it."""
    return BRACKET.sub(lambda match: "" if syllables(match[1]) else match[0], text)
