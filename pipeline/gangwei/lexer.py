"""Text -> words and label candidates; the only import of spaCy.

The words come ready from the segmenter, spaCy's `Doc` holds them and its PhraseMatcher finds the label words of the
rulebook at word borders. Which of them are labels is for `labels` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from gangwei.rulebook.labels import LabelRule


class Hit(NamedTuple):
    """A label word at [start:end] of the text, whatever it means there."""

    start: int
    end: int
    word: str
    rule: LabelRule


class Lexer:
    """The label words of a rulebook, ready to be found."""

    def __init__(self, labels: Mapping[str, LabelRule], cut: Callable[[str], list[str]]) -> None:
        self._cut = cut
        self._vocab = Vocab()
        self._labels = labels
        self._matcher = PhraseMatcher(self._vocab)
        self._matcher.add("label", [self._doc(cut(word)) for word in labels])

    def _doc(self, words: list[str]) -> Doc:
        return Doc(self._vocab, words=words, spaces=[False] * len(words))

    def hits(self, text: str) -> tuple[Hit, ...]:
        """The label words of a text that begin and end at word borders; of overlapping ones the leftmost longest.

        The text may be as long as it likes: it is read in pieces that end at a line break.
        """
        found: list[Hit] = []
        for start, piece in _pieces(text):
            words = self._cut(piece)
            doc = self._doc(words)
            matches = self._matcher(doc)
            if not matches:
                continue
            offsets = [start]
            for word in words:
                offsets.append(offsets[-1] + len(word))
            last = 0
            for _, first, end in sorted(matches, key=_leftmost_longest):
                if first >= last:
                    word = text[offsets[first] : offsets[end]]
                    found.append(Hit(offsets[first], offsets[end], word, self._labels[word]))
                    last = end
        return tuple(found)


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
