"""Whether two statements say the same work: signs of their wording, weighed by rules/likeness.toml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp
from typing import Final, NamedTuple

from gangwei.compare.wording import ACTION, Statement, Token
from gangwei.rulebook.likeness import LikenessRules

_NEUTRAL: Final = 0.6  # how far an umbrella word agrees with any action
_SHORT: Final = 0.9  # how far a word agrees with those that it is made of
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
        self.same: Final = rules.same
        self.cluster: Final = rules.cluster

    def verdict(self, left: Statement, right: Statement) -> Verdict:
        """The verdict; the same whichever of the two is the left one."""
        signs, one, other = signs_of(left, right)
        total = self._bias + sum(weight * sign for weight, sign in zip(self._weights, signs, strict=True))
        return Verdict(1 / (1 + exp(-total)), one, other)


def signs_of(left: Statement, right: Statement) -> tuple[tuple[float, ...], float, float]:
    """The signs in the order of `SIGNS`, from 0 to 1 each, and the share of either statement found in the other."""
    one, other = _shares(left.mains, right), _shares(right.mains, left)
    action, least = (max(one, other), min(one, other)) if left.mains and right.mains else (_NEUTRAL, _NEUTRAL)
    of_left, of_right = _shares(left.others, right), _shares(right.others, left)
    all_left, all_right = _shares((*left.mains, *left.others), right), _shares((*right.mains, *right.others), left)
    both = all_left + all_right
    is_odd = left.is_negated != right.is_negated
    is_opposite = _is_opposite(left, right)
    short, long = sorted((left, right), key=lambda s: (len(s.others) + len(s.mains), s.text))
    grown = (len(long.others) + len(long.mains)) / max(1, len(short.others) + len(short.mains))
    signs = (
        action,
        least,
        max(of_left, of_right),
        min(of_left, of_right),
        2 * all_left * all_right / both if both else 0.0,
        _dice(left.letters, right.letters),
        float(is_odd and not is_opposite),
        float(is_opposite and not is_odd),
        float(left.mode != right.mode),
        float(_is_turned(left, right)),
        float(bool(left.mains) != bool(right.mains)),
        (1 - of_left) * (1 - of_right),
        min(_strangest(left.others, right), _strangest(right.others, left)),
        (all_left if short is left else all_right) if grown >= _SPELLED_OUT else 0.0,
    )
    return signs, all_left, all_right


def _shares(tokens: Sequence[Token], other: Statement) -> float:
    """The share of the tokens, by weight, that stand in a statement."""
    total = sum(token.weight for token in tokens)
    if not total:
        return _NEUTRAL
    return sum(token.weight * _best(token, other) for token in tokens) / total


def _strangest(tokens: Sequence[Token], other: Statement) -> float:
    """How strange to a statement the word is that is strangest to it: 劳动 of 劳动合同 to 销售合同."""
    return max((token.weight * (1 - _best(token, other)) for token in tokens), default=0.0)


def _best(token: Token, other: Statement) -> float:
    """How far a statement holds a token's concept."""
    if token.concept in other.concepts:
        return 1.0
    word = token.word
    if other.characters.isdisjoint(word):
        return 0.0
    best = _SHORT if word in other.shorts else 0.0
    for tokens in (other.mains, other.others):
        for held in tokens:
            best = max(best, _likeness(token, held))
    return best


@lru_cache(500_000)  # the same two words meet in many statements
def _likeness(one: Token, other: Token) -> float:
    """How alike two words of two concepts are by their characters: 零件 and 配件, 采购订单 and 订单."""
    if one.kind != other.kind or (one.kind == ACTION and ":" in one.concept and ":" in other.concept):
        return 0.0
    short, long = sorted((one.word, other.word), key=len)
    if len(short) > 1 and (long.endswith(short) or _is_woven(short, long)):
        return 0.8
    shared = len(set(short) & set(long))
    if not shared or len(short) < 2:
        return 0.0
    return 0.9 * shared / len(long) if short[-1] == long[-1] or one.kind == ACTION else 0.6 * shared / len(long)


def _is_woven(word: str, text: str) -> bool:
    """Whether a word is short for another: its characters in their order, the first and one more (公车 of 公务用车)."""
    places = [text.find(word[0])]
    for character in word[1:]:
        places.append(text.find(character, places[-1] + 1))
    return places[0] == 0 and min(places[1:]) > 0


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _is_opposite(left: Statement, right: Statement) -> bool:
    """Whether one holds a word of one side alone, the other a word of the other side alone."""
    one, other = left.left & ~left.right, left.right & ~left.left
    return bool(one & right.right & ~right.left or other & right.left & ~right.right)


def _is_turned(left: Statement, right: Statement) -> bool:
    """Whether the same words stand in another order around who does it: 帮甲找乙, 帮乙找甲."""
    one, other = ([token.concept for token in s.others] for s in (left, right))
    return len(one) > 1 and one != other and sorted(one) == sorted(other) and left.mains == right.mains
