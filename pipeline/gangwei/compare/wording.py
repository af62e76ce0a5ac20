"""What a statement says, made ready for comparing: its actions and things by concept, without what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from gangwei.normalise.numbers import fold
from gangwei.rulebook.likeness import LikenessRules
from gangwei.rulebook.typed import Words
from gangwei.segment import Segmenter

_LONGEST: Final = 200  # characters of a statement that are compared
_WORD: Final = re.compile(r"[一-鿿]+|[A-Za-z][A-Za-z+#&]*")
_LETTER: Final = re.compile(r"[A-Za-z&+]")
_CLAUSE: Final = re.compile(r"[,;。:，；：!?！？]")
_BITS: Final = 509  # so many that two words which share no character seldom share a bit
_COMPOUND: Final = (3, 4)  # characters of a word that may be two
_WORD_OF_ITS_OWN: Final = 50  # times that a part stands in jieba's corpus
_ACTION: Final = 0.8  # the weight of a verb
_GENERAL: Final = 0.4  # the weight of a word that many duties hold, as 计划 and 产品

ACTION, THING = "action", "thing"


class Token(NamedTuple):
    """A word that says something: `concept` is one for all words of a group, `weight` how much it says."""

    word: str
    concept: str
    kind: str
    weight: float
    characters: int  # its characters as bits, to see at a glance that two words share none


class Sense(NamedTuple):
    """Whose work it is, whether it is denied; and the opposites of which there is a word, a bit for each."""

    mode: str
    is_negated: bool
    left: int
    right: int


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A duty made ready."""

    mains: tuple[Token, ...]  # what is done; empty where only an umbrella word says it
    others: tuple[Token, ...]  # what it is done to, and all the rest
    sense: Sense
    concepts: frozenset[str]  # of all its tokens
    words: tuple[str, ...]  # all of them, in order
    characters: int  # of all words


class Wording:
    """Reads statements; made once a rulebook."""

    def __init__(self, rules: LikenessRules, verbs: Iterable[str]) -> None:
        self._rules: Final = rules
        self._verbs: Final = frozenset(verb for verb in verbs if len(verb) > 1)
        self._short: Final = Words(rules.abbreviations)
        self._sides: Final = _bits(rules.opposites)
        ours = {
            *rules.actions,
            *rules.things,
            *rules.modes,
            *rules.umbrella,
            *rules.negation,
            *rules.light,
            *self._sides,
        }
        self._known: Final = ours | self._verbs
        self._segmenter: Final = Segmenter(sorted(word for word in ours if len(word) > 1))
        self._tokens: dict[str, Token | None] = {}
        self._compounds: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, tuple[str, int]] = {}  # each word once, however many statements hold it; its characters

    def read(self, text: str, action: str = "") -> Statement:
        """The statement; `action` is the verbs that `duties.action` holds, `|` between."""
        rules = self._rules
        line = self._spelled_out(fold(text[:_LONGEST]))
        cut, parts = self._segmenter.cut, self._parts
        words = [part for piece in _WORD.findall(line) for word in cut(piece) for part in parts(word)]
        found = [token for word in words if (token := self._token(word)) is not None]
        verbs = [verb for verb in action.split("|") if verb]
        mode = next((rules.modes[verb] for verb in verbs[:1] if verb in rules.modes), "")
        mains = self._mains(verbs, line, found, mode)
        done = {token.concept for token in mains}
        left = right = 0
        for word in {*words, *verbs}:
            if bits := self._sides.get(word):
                left, right = left | bits[0], right | bits[1]
        others = tuple({token.concept: token for token in found if token.concept not in done}.values())
        kept = [self._words.get(word) or self._kept(word) for word in words]
        return statement_of(
            mains,
            others,
            tuple([word for word, _ in kept]),
            [characters for _, characters in kept],
            Sense(mode, any(word in rules.negation for word in words), left, right),
        )

    def _kept(self, word: str) -> tuple[str, int]:
        found = self._words[word] = word, characters_of(word)
        return found

    def letters(self, statement: Statement) -> set[str]:
        """The pairs of neighbouring characters of what it says, without light words."""
        text = "".join(word for word in statement.words if word not in self._rules.light)
        return {text[place : place + 2] for place in range(max(1, len(text) - 1))}

    def _mains(self, verbs: list[str], line: str, found: list[Token], mode: str) -> tuple[Token, ...]:
        """The tokens of the verbs; where these say nothing, the deed that ends the first clause (员工招聘)."""
        tokens = [token for verb in verbs if verb not in self._rules.modes and (token := self._token(verb))]
        if tokens:
            return tuple({token.concept: token for token in tokens}.values())
        if mode or not verbs:
            return tuple({t.concept: t for t in found if t.kind == ACTION}.values())
        clause = _CLAUSE.split(line, maxsplit=1)[0]
        inside = [token for token in found if token.word in clause]
        return (inside[-1],) if inside and inside[-1].kind == ACTION else ()

    def _parts(self, word: str) -> tuple[str, ...]:
        """The words that a word is made of, where the rules do not know it: 产品成本, 会计核算, 开发新."""
        found = self._compounds.get(word)
        if found is None:
            parts = (word[:2], word[2:])
            is_two = len(word) in _COMPOUND and word not in self._known and all(map(self._is_word, parts))
            found = self._compounds[word] = parts if is_two else (word,)
        return found

    def _is_word(self, part: str) -> bool:
        return part in self._known or self._segmenter.frequency(part) > _WORD_OF_ITS_OWN

    def _token(self, word: str) -> Token | None:
        if word not in self._tokens:
            self._tokens[word] = self._made(word)
        return self._tokens[word]

    def _made(self, word: str) -> Token | None:
        rules = self._rules
        if word in rules.light or word in rules.umbrella or word in rules.negation:
            return None
        characters = characters_of(word)
        if (name := rules.actions.get(word)) is not None:
            return Token(word, f"{ACTION}:{name}", ACTION, _ACTION, characters)
        weight = _GENERAL if word in rules.general else 1.0 if len(word) > 1 else _GENERAL
        if (name := rules.things.get(word)) is not None:
            return Token(word, f"{THING}:{name}", THING, weight, characters)
        if word in self._verbs:
            return Token(word, word, ACTION, _ACTION, characters)
        return Token(word, word.lower(), THING, weight, characters)

    def _spelled_out(self, line: str) -> str:
        """The line with the long form of what is short for it."""
        pieces: list[str] = []
        end = 0
        for start, word in self._short.each(line):
            behind = start + len(word)
            inside = _LETTER.match(word[-1]) and (
                _LETTER.match(line[behind : behind + 1]) or _LETTER.match(line[start - 1 : start])
            )
            if start >= end and not inside:
                pieces += line[end:start], self._short.senses[word]
                end = behind
        return "".join((*pieces, line[end:]))


def statement_of(
    mains: tuple[Token, ...], others: tuple[Token, ...], words: tuple[str, ...], characters: list[int], sense: Sense
) -> Statement:
    """The statement of these words; `characters` are theirs, as bits."""
    concepts = frozenset([token.concept for token in (*mains, *others)])
    return Statement(mains, others, sense, concepts, words, reduce(or_, characters, 0))


def characters_of(word: str) -> int:
    """A word's characters as bits."""
    return reduce(or_, [1 << ord(character) % _BITS for character in word])


def _bits(opposites: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Mapping[str, tuple[int, int]]:
    sides: dict[str, tuple[int, int]] = {}
    for number, pair in enumerate(opposites):
        for side, words in enumerate(pair):
            for word in words:
                bits = list(sides.get(word, (0, 0)))
                bits[side] |= 1 << number
                sides[word] = (bits[0], bits[1])
    return sides
