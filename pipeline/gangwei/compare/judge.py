"""Whether two statements say the same work: signs of their wording, weighed by rules/likeness.toml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp
from operator import mul
from typing import Final, NamedTuple

from gangwei.compare.wording import ACTION, Statement, Token
from gangwei.rulebook.likeness import LikenessRules

_NEUTRAL: Final = 0.6  # how far an umbrella word agrees with any action
_SHORT: Final = 0.9  # how far a word agrees with those that it is made of
_TWO: Final = 2  # characters of most abbreviations
_SPELLED_OUT: Final = 2.0  # so many times as many words spell a statement out


class Verdict(NamedTuple):
    """How likely two statements are one duty, and how far what each says stands in the other as well."""

    score: float
    left_in_right: float
    right_in_left: float


class Judge:
    """Weighs the signs of two statements."""

    def __init__(self, rules: LikenessRules) -> None:
        self._bias: Final = rules.bias
        self._weights: Final = rules.weights
        self._embedding: Final = rules.embedding
        self._middle: Final = rules.embedding_middle
        self.same: Final = rules.same
        self.cluster: Final = rules.cluster

    def verdict(self, left: Statement, right: Statement, cosine: float | None = None) -> Verdict:
        """The verdict; the same whichever of the two is the left one. `cosine` is that of their embeddings, if any."""
        signs, one, other = signs_of(left, right)
        total = self._bias + sum(map(mul, self._weights, signs))
        if cosine is not None:
            total += self._embedding * (cosine - self._middle)
        return Verdict(1 / (1 + exp(-total)), one, other)


def signs_of(left: Statement, right: Statement) -> tuple[tuple[float, ...], float, float]:
    """The signs in the order of `SIGNS`, from 0 to 1 each, and the share of either statement found in the other."""
    ours, theirs = _found(left, right), _found(right, left)
    is_odd = left.sense.is_negated != right.sense.is_negated
    is_opposite = _is_opposite(left, right)
    is_turned_round = is_odd and is_opposite  # not to leak is to keep secret: the actions agree
    one, other = (ours.others, theirs.others) if is_turned_round else (ours.every, theirs.every)
    short, long = (left, right) if _size(left) < _size(right) else (right, left)
    signs = (
        1.0 if is_turned_round else (ours.mains + theirs.mains) / 2 if left.mains and right.mains else _NEUTRAL,
        max(ours.others, theirs.others),
        min(ours.others, theirs.others),
        2 * one * other / (one + other) if one + other else 0.0,
        float(is_odd and not is_opposite),
        float(is_opposite and not is_odd),
        float(left.sense.mode != right.sense.mode),
        float(_is_turned(left, right)),
        (1 - ours.others) * (1 - theirs.others),
        _every(short, ours if short is left else theirs) if _size(long) >= _SPELLED_OUT * _size(short) else 0.0,
    )
    return signs, ours.every, theirs.every


def _every(short: Statement, shares: _Shares) -> float:
    """How much of a short statement stands in a long one; a bare verb (完成) is spelled out by nothing."""
    return shares.every if short.others else 0.0


def _size(statement: Statement) -> int:
    return len(statement.mains) + len(statement.others)


class _Shares(NamedTuple):
    """The shares of a statement's actions, of its other words and of all, by weight, that stand in another one."""

    mains: float
    others: float
    every: float


def _found(statement: Statement, other: Statement) -> _Shares:
    concepts = other.concepts
    total = held = 0.0
    for token in statement.mains:
        total += token.weight
        held += token.weight * (1.0 if token.concept in concepts else _likest(token, other))
    mains = held / total if total else _NEUTRAL
    total_others = held_others = 0.0
    for token in statement.others:
        total_others += token.weight
        held_others += token.weight * (1.0 if token.concept in concepts else _likest(token, other))
    others = held_others / total_others if total_others else _NEUTRAL
    total += total_others
    return _Shares(mains, others, (held + held_others) / total if total else _NEUTRAL)


def _likest(token: Token, other: Statement) -> float:
    """How far a statement holds something like a word whose concept it does not hold."""
    characters = token.characters
    shared = characters & other.characters
    if not shared:
        return 0.0
    is_short = shared == characters and len(token.word) == _TWO and _is_short_for(token.word, other.words)
    best = _SHORT if is_short else 0.0
    for tokens in (other.mains, other.others):
        for held in tokens:
            if characters & held.characters and (likeness := _likeness(token, held)) > best:
                best = likeness
    return best


def _is_short_for(word: str, words: Sequence[str]) -> bool:
    """Whether two neighbouring words are abbreviated to it: 质检 to 质量, 检验."""
    first, second = word[0], word[1]
    return any(
        one[0] == first and second in other and len(one) > 1 and len(other) > 1 for one, other in pairwise(words)
    )


def _likeness(one: Token, other: Token) -> float:
    """How alike two words of two concepts are, a verb to a verb and a thing to a thing."""
    if one.kind != other.kind:
        return 0.0
    if one.kind == ACTION and ":" in one.concept and ":" in other.concept:
        return 0.0  # the rules know both, and keep them apart
    return _likeness_of(one.word, other.word, one.kind == ACTION)


@lru_cache(500_000)  # the same two words meet in many statements
def _likeness_of(one: str, other: str, are_actions: bool) -> float:
    """How alike two words of two concepts are by their characters: 零件 and 配件, 采购订单 and 订单."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) > 1 and (long.endswith(short) or _is_woven(short, long)):
        return 0.8
    shared = len(set(short) & set(long))
    if not shared or len(short) < 2:
        return 0.0
    return 0.9 * shared / len(long) if short[-1] == long[-1] or are_actions else 0.6 * shared / len(long)


def _is_woven(word: str, text: str) -> bool:
    """Whether a word is short for another: its characters in their order, the first and one more (公车 of 公务用车)."""
    places = [text.find(word[0])]
    for character in word[1:]:
        places.append(text.find(character, places[-1] + 1))
    return places[0] == 0 and min(places[1:]) > 0


def _is_opposite(left: Statement, right: Statement) -> bool:
    """Whether one holds a word of one side alone, the other a word of the other side alone."""
    (*_, one, other), (*_, first, second) = left.sense, right.sense
    return bool((one & ~other) & (second & ~first) or (other & ~one) & (first & ~second))


def _is_turned(left: Statement, right: Statement) -> bool:
    """Whether the same words stand in another order around who does it: 帮甲找乙, 帮乙找甲."""
    if left.concepts != right.concepts or len(left.others) < 2 or left.mains != right.mains:
        return False
    return [token.concept for token in left.others] != [token.concept for token in right.others]
