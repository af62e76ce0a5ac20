"""Text -> words and label candidates; the only import of spaCy.

The words come ready from the segmenter, and the label words of the rulebook are found at word borders, as sequences of
words. spaCy's PhraseMatcher does the same and is the reference: a test holds the two against each other. Most of its
time goes into making a `Doc` of the words, which takes ten times as long as finding the labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, compress, count
from typing import Final, NamedTuple

from gangwei.model import made
from gangwei.rulebook.labels import LabelRule

# Letters with a list number right behind them: KPI1.
_GLUED: Final = re.compile(r"[A-Za-z]\d{1,2}[.、．,，:：)）。]")
_DIGITS: Final = "0123456789"

# The places of the phrases in a row of words: first word and the one behind the last.
_Places = Iterable[tuple[int, int]]


class Hit(NamedTuple):
    """A label word at [start:end] of the text, whatever it means there."""

    start: int
    end: int
    word: str
    rule: LabelRule


class Lexer:
    """The label words of a rulebook, ready to be found; `reference` lets spaCy find them."""

    def __init__(
        self, labels: Mapping[str, LabelRule], cut: Callable[[str], list[str]], *, reference: bool = False
    ) -> None:
        self._cut: Final = cut
        self._labels: Final = labels
        self._places: Final = (_spacy_phrases if reference else _phrases)([cut(word) for word in labels])

    def hits(self, text: str) -> tuple[Hit, ...]:
        """The label words of a text that begin and end at word borders; of overlapping ones the leftmost longest.

        The text may be as long as it likes: it is read in pieces that end at a line break.
        """
        found: list[Hit] = []
        labels = self._labels
        for start, piece in _pieces(text):
            words = self._cut(piece)
            if _GLUED.search(piece):
                words = self._without_numbers(words)
            offsets = list(accumulate(map(len, words), initial=start))
            places = [(offsets[first], offsets[end]) for first, end in self._places(words)]
            found += [made(Hit, (start, end, text[start:end], labels[text[start:end]])) for start, end in places]
        return tuple(found)

    def _without_numbers(self, words: Iterable[str]) -> list[str]:
        """The words, with list numbers cut off behind label words in letters, which a segmenter takes for one word."""
        found: list[str] = []
        for word in words:
            letters = word.rstrip(_DIGITS) if word[-1] in _DIGITS else word
            if word != letters and letters in self._labels and letters.isascii():
                found += (letters, word[len(letters) :])
            else:
                found.append(word)
        return found


def _phrases(phrases: Iterable[list[str]]) -> Callable[[Sequence[str]], _Places]:
    # By their first word: whether it is one alone, and the longer ones by their second word, the longest first.
    by_first: dict[str, tuple[bool, dict[str, list[tuple[int, list[str]]]]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        is_alone, longer = by_first.get(phrase[0], (False, {}))
        if len(phrase) > 1:
            longer.setdefault(phrase[1], []).append((len(phrase), phrase))
        by_first[phrase[0]] = is_alone or len(phrase) == 1, longer
    begins_phrase = by_first.__contains__

    def places(words: Sequence[str]) -> _Places:
        found: list[tuple[int, int]] = []
        last, end = 0, len(words)
        for first in compress(count(), map(begins_phrase, words)):
            if first < last:
                continue
            is_alone, longer = by_first[words[first]]
            if longer and first + 1 < end and words[first + 1] in longer:
                for length, phrase in longer[words[first + 1]]:
                    if words[first : first + length] == phrase:
                        last = first + length
                        found.append((first, last))
                        break
            if is_alone and first >= last:
                last = first + 1
                found.append((first, last))
        return found

    return places


def _spacy_phrases(phrases: Iterable[list[str]]) -> Callable[[Sequence[str]], _Places]:
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415 - most of a second that only the reference pays
    from spacy.tokens import Doc  # noqa: PLC0415
    from spacy.vocab import Vocab  # noqa: PLC0415

    vocab = Vocab()
    matcher = PhraseMatcher(vocab)
    matcher.add("label", [Doc(vocab, words=words, spaces=[False] * len(words)) for words in phrases])

    def places(words: Sequence[str]) -> _Places:
        last = 0
        matches = matcher(Doc(vocab, words=list(words), spaces=[False] * len(words)))
        for _, first, end in sorted(matches, key=_leftmost_longest):
            if first >= last:
                yield first, end
                last = end

    return places


def _leftmost_longest(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


_PIECE = 20_000


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            line_end = text.rfind("\n", start, end) + 1
            end = line_end if line_end > start else end
        yield start, text[start:end]
        start = end
