"""Millions of statements in columns: the numbers of their words, from which each is made again when it is asked for."""

from __future__ import annotations

from array import array
from functools import lru_cache
from typing import Final, TypeVar

from gangwei.compare.wording import Sense, Statement, Token, characters_of, statement_of

_AT_HAND: Final = 50_000  # statements; each takes some two kilobytes
_ENDS: Final = 3  # of a statement: where its mains, its others and its words end

_Key = TypeVar("_Key")
_Thing = TypeVar("_Thing")


class Statements:
    """Statements by their numbers, of some hundred bytes each."""

    def __init__(self) -> None:
        self._tokens: Final[list[Token]] = []
        self._words: Final[list[str]] = []
        self._characters: Final[list[int]] = []
        self._senses: Final[list[Sense]] = []  # few differ
        self._ends: Final = array("q", [0])
        self._numbers: Final = array("i")
        self._sense: Final = array("i")
        self._known: Final[tuple[dict[str, int], dict[str, int], dict[Sense, int]]] = ({}, {}, {})
        # A cache of its own, that goes with it.
        self.at: Final = lru_cache(_AT_HAND)(self._made)

    def add(self, statement: Statement) -> None:
        """Keep one more."""
        tokens, words, senses = self._known
        for part in (statement.mains, statement.others):
            for token in part:
                self._numbers.append(_number(tokens, self._tokens, token.word, token))
            self._ends.append(len(self._numbers))
        for word in statement.words:
            if (number := _number(words, self._words, word, word)) == len(self._characters):
                self._characters.append(characters_of(word))
            self._numbers.append(number)
        self._ends.append(len(self._numbers))
        self._sense.append(_number(senses, self._senses, statement.sense, statement.sense))

    def _made(self, number: int) -> Statement:
        begin, mains, others, words = self._ends[_ENDS * number : _ENDS * number + _ENDS + 1]
        numbers, tokens = self._numbers, self._tokens
        return statement_of(
            tuple([tokens[n] for n in numbers[begin:mains]]),
            tuple([tokens[n] for n in numbers[mains:others]]),
            tuple([self._words[n] for n in numbers[others:words]]),
            [self._characters[n] for n in numbers[others:words]],
            self._senses[self._sense[number]],
        )


def _number(numbers: dict[_Key, int], things: list[_Thing], key: _Key, thing: _Thing) -> int:
    """The number of a key; a new one comes with its thing."""
    found = numbers.setdefault(key, len(things))
    if found == len(things):
        things.append(thing)
    return found
