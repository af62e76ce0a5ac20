"""Strings on which a regular expression takes longest: made from its own parts, as an attacker makes them.

A pattern is slow where a part that may repeat is met again and again: once behind each of its beginnings (`x[^y]*y` on
xxxx…), or in more than one way (`(a+)+`), and what should follow never comes. So each part that may repeat without end
is pumped: what leads to it and many of it; what leads to it and it, many times; and both with an end that fits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes
from re import _parser
from typing import Any

# Runs that no pattern should mind, whatever it looks for.
COMMON = (
    "职",
    "1",
    " ",
    "a",
    "\n",
    "（",
    "）",
    "、",
    "：",
    "。",
    "-",
    "1、",
    "1.",
    "a ",
    "职 ",
    "，职",
    "\t1",
    "<a",
    "&#",
    "一二",
)
_SAMPLES = "职1a 、。：（）\n-_A.,:;|\t%/*#<>\"'年人岗甲\0"
_UNBOUNDED = 1000  # a repeat that may go on for so long counts as one without end
_END = "\0\0"


def strings(pattern: str | bytes, flags: int, length: int) -> Iterator[str]:
    """Strings of about this length for a pattern, none twice."""
    tree = _parser.parse(pattern, flags)
    pieces: dict[tuple[str, str], None] = {("", piece): None for piece in COMMON}
    for lead, body in _repeats(tree, ""):
        pieces[(lead, body)] = None
        pieces[("", lead + body)] = None
        if lead:
            pieces[("", lead)] = None
    seen: set[str] = set()
    for lead, body in pieces:
        if body:
            text = lead + body * max(1, (length - len(lead)) // len(body))
            for found in (text, text + _END):
                if found not in seen:
                    seen.add(found)
                    yield found


def _repeats(tree: Iterable[Any], lead: str) -> Iterator[tuple[str, str]]:
    """Each part that may repeat without end: what leads to it, and one of it."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, body = value
            for sample in _samples(body):
                if most >= _UNBOUNDED:
                    yield lead, sample
            yield from _repeats(body, lead)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, lead)
        elif code is codes.SUBPATTERN:
            yield from _repeats(value[-1], lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats(value, lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], lead)
        lead += _sample([(code, value)])


def _samples(tree: Iterable[Any]) -> Iterator[str]:
    """One string that the part fits, and one for each branch in it."""
    tree = list(tree)
    yield _sample(tree)
    for place, (code, value) in enumerate(tree):
        branches = value[1] if code is codes.BRANCH else ()
        if code is codes.SUBPATTERN and len(value[-1]) == 1 and value[-1][0][0] is codes.BRANCH:
            branches = value[-1][0][1][1]
        for branch in list(branches)[1:8]:
            yield _sample(tree[:place]) + _sample(branch) + _sample(tree[place + 1 :])
        if code is codes.IN and len(value) > 1:
            for item in value[1:8]:
                yield _sample(tree[:place]) + _one_of([item]) + _sample(tree[place + 1 :])


def _sample(tree: Iterable[Any]) -> str:
    text = ""
    for code, value in tree:
        if code is codes.LITERAL:
            text += chr(value)
        elif code is codes.NOT_LITERAL:
            text += next(c for c in _SAMPLES if ord(c) != value)
        elif code is codes.ANY:
            text += "职"
        elif code is codes.IN:
            text += _one_of(value)
        elif code is codes.BRANCH:
            text += _sample(value[1][0])
        elif code is codes.SUBPATTERN:
            text += _sample(value[-1])
        elif code is codes.ATOMIC_GROUP:
            text += _sample(value)
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += _sample(value[2]) * max(1, value[0])
    return text


def _one_of(items: list[Any]) -> str:
    """A character of a set: of one of ours where the set is told by what is not in it."""
    if items[0][0] is codes.NEGATE:
        return next((c for c in _SAMPLES if not any(_holds(item, c) for item in items[1:])), "")
    code, value = items[0]
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.RANGE:
        return chr(value[0])
    return next((c for c in _SAMPLES if _holds(items[0], c)), "")


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _holds(item: tuple[Any, Any], character: str) -> bool:
    code, value = item
    if code is codes.LITERAL:
        return ord(character) == value
    if code is codes.RANGE:
        return value[0] <= ord(character) <= value[1]
    return re.fullmatch(_CATEGORIES[value], character) is not None
