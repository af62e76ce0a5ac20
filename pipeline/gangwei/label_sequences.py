"""Labels of printed forms whose order is known: 教育水平…专业…培训经历…经验…, run together with their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.lexer import Hit
from gangwei.rulebook import Rulebook
from gangwei.rulebook.labels import FEWEST_OF_SEQUENCE

# How far behind a label the next one stands.
_LOOK: Final = 100
_LONG: Final = 4
_LONG_LINE: Final = 60
_NOUN: Final = 2
# How long the labels are that begin with such a noun.
_LONGER: Final = (3, 4, 5, 6)
# Before a word and behind it these say that it is part of a sentence.
_GOES_ON_FROM: Final = frozenset("的和与及或各本该相有关全他它、，,")
_GOES_ON: Final = frozenset("的和与或、，,。；;等")


def known_sequences(text: str, rules: Rulebook) -> tuple[Hit, ...]:
    """The labels of the forms in a text whose order the rules know."""
    found: list[Hit] = []
    # Where each label has its line none need be known by its place.
    if max(map(len, text.split("\n"))) <= _LONG_LINE:
        return ()
    for words in rules.sequences:
        first = [word for word in words if word in text and len(word) >= _LONG]
        if len(first) >= FEWEST_OF_SEQUENCE:
            found += _forms_of(text, words, rules)
    found.sort(key=_hit_start)
    return tuple([hit for index, hit in enumerate(found) if not index or found[index - 1].end <= hit.start])


def _forms_of(text: str, words: Sequence[str], rules: Rulebook) -> Iterator[Hit]:
    firsts = sorted((at, word) for word in words if len(word) >= _LONG for at in _places(text, word, rules))
    place = 0
    for at, word in firsts:
        if at < place:
            continue
        row = _row(text, at, word, words, rules)
        if sum(len(hit.word) >= _LONG for hit in row) >= FEWEST_OF_SEQUENCE:
            yield from row
        place = row[-1].end


def _row(text: str, at: int, word: str, words: Sequence[str], rules: Rulebook) -> list[Hit]:
    """The labels of a form whose first one that is long enough to be no word of a sentence stands at a place."""
    row = [_hit(text, at, word, rules)]
    index = words.index(word)
    # Everyday words count where a long one of the form stands behind them.
    while index + 1 < len(words):
        last = row[-1].end
        line_end = text.find("\n", last, last + _LOOK)
        again = text.find(word, last, last + _LOOK)  # the next form, or the next group of this one
        end = min(last + _LOOK, *(place for place in (line_end, again, len(text)) if place >= 0))
        behind = [(_next(text, other, last, end, rules), i) for i, other in enumerate(words[index + 1 :], index + 1)]
        known = [(place, i) for place, i in behind if place >= 0]
        if not known:
            break
        at, index = min(known)
        row.append(_hit(text, at, words[index], rules))
    while len(row[-1].word) < _LONG:
        row.pop()
    return row


def _places(text: str, word: str, rules: Rulebook) -> Iterator[int]:
    """Where a word stands that no sentence goes on with."""
    place = _next(text, word, 0, len(text), rules)
    while place >= 0:
        yield place
        place = _next(text, word, place + len(word), len(text), rules)


def _next(text: str, word: str, start: int, end: int, rules: Rulebook) -> int:
    """Where a word stands next that no sentence goes on with and that is no part of a longer label (职位|编号), or -1."""
    place = text.find(word, start, end)
    while place >= 0:
        before, behind = text[place - 1 : place], text[place + len(word) : place + len(word) + 1]
        is_part = place - _NOUN >= start and text[place - _NOUN : place + len(word)] in rules.labels
        if place == start or not (is_part or before in _GOES_ON_FROM or behind in _GOES_ON):
            return place
        place = text.find(word, place + 1, end)
    return -1


def _hit(text: str, place: int, word: str, rules: Rulebook) -> Hit:
    rule = rules.labels[word]
    end = place + len(word)
    # 所属部门|名称, 所属部门|/科室, but not 直接下级|岗位目的
    if not any(text[end : end + more] in rules.labels for more in _LONGER):
        for more in (_NOUN + 1, _NOUN):
            longer = text[place : end + more]
            if (other := rules.labels.get(longer)) and other.field is rule.field:
                return Hit(place, end + more, longer, other)
    return Hit(place, end, word, rule)


def _hit_start(hit: Hit) -> int:
    return hit.start
