"""How likely a stretch of text is, by the words that it can be cut into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import log
from typing import Final

from gangwei.segment import Lexicon

# The words of the corpus that jieba's frequencies were counted on.
_TOTAL: Final = log(60_101_964)
_LONGEST_WORD: Final = 4
# The frequency of a word of posts, where the dictionary has it for rarer.
_USUAL: Final = 1000
_UNKNOWN: Final = -_TOTAL - 4.0
# The dictionary holds no marks; a full stop is about one character in forty, and none follows another.
_MARKS: Final = dict.fromkeys("。，、；：,;:", -4.0) | dict.fromkeys("（）()《》“”?？!！", -6.0)
_LATIN: Final = -7.0
# Words that something follows, marks that no line ends in.
_OPENING: Final = "从從在对對和与與把被向于為为并並或及而因由按给給将將但且若则則每"
_WITHIN: Final = "，、：,:《（(“"
_MISPLACED: Final = -4.0
# The last clause of a sentence is no shorter than this.
_SHORTEST_CLAUSE: Final = 3
_DOUBLED: Final = -12.0


class Wording:
    """Likelihoods from a dictionary of Simplified words, for text in either script."""

    def __init__(self, lexicon: Lexicon, simplify: Callable[[str], str], words: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        self._simplify = simplify
        self._known = {word: log(max(_USUAL, lexicon.frequency(word))) - _TOTAL for word in words}
        self._simple: dict[str, str] = {}

    def simplified(self, char: str) -> str:
        found = self._simple.get(char)
        if found is None:
            found = self._simple[char] = self._simplify(char)
        return found

    def is_known(self, char: str) -> bool:
        """Whether the dictionary knows the character as a word, or it is a mark of a sentence."""
        return char in _MARKS or self._lexicon.frequency(self.simplified(char)) > 0

    def likelihood(self, text: str) -> float:
        """The natural logarithm of the likelihood of the best cut into words; it is negative."""
        text = "".join(map(self.simplified, text))
        return self._prefixes(text)[-1] + (_DOUBLED if has_doubled_mark(text) else 0.0)

    def ranked(self, left: str, candidates: Iterable[str], right: str) -> list[tuple[float, str]]:
        """The candidates for a character between `left` and `right`, the likeliest first, with the text's likelihood."""
        left, right = ("".join(map(self.simplified, text)) for text in (left, right))
        before = self._prefixes(left)
        behind = [self._prefixes(right[place:])[-1] for place in range(len(right) + 1)]
        # All words that the character can stand in: their parts before and behind it.
        frames = [
            (left[len(left) - a :], right[:b], before[len(left) - a] + behind[b])
            for a in range(min(_LONGEST_WORD - 1, len(left)) + 1)
            for b in range(min(_LONGEST_WORD - 1 - a, len(right)) + 1)
        ]
        word = self._word
        found = [
            (max([rest + word(head + plain + tail) for head, tail, rest in frames]), char)
            for char, plain in [(char, self.simplified(char)) for char in candidates]
        ]
        misplaced = self._misplaced(left, right)
        return sorted(((likelihood + misplaced.get(char, 0.0), char) for likelihood, char in found), reverse=True)

    def _misplaced(self, left: str, right: str) -> dict[str, float]:
        """What single words and marks cost, beyond their rarity, where they do not belong."""
        costs: dict[str, float] = {}
        # The numbers of boxes (01 02) stand behind whole sentences.
        is_end = right[:1] in {"", "\n", "\r"} or right[:2].isdecimal()
        if is_end or right[:1] in _MARKS:
            costs |= dict.fromkeys(_OPENING, _MISPLACED)
            if is_end:
                costs |= dict.fromkeys(_WITHIN, _MISPLACED)
        clause = left[-_SHORTEST_CLAUSE:]
        if len(clause) < _SHORTEST_CLAUSE or not _MARKS.keys().isdisjoint(clause) or "\n" in clause:
            costs["。"] = _MISPLACED
        doubled = _DOUBLED * (int(left[-1:] in _MARKS) + int(right[:1] in _MARKS))
        return costs | {mark: doubled + costs.get(mark, 0.0) for mark in _MARKS}

    def _prefixes(self, text: str) -> list[float]:
        """The likelihood of the best cut of each beginning of a Simplified text."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                max(best[start] + self._word(text[start:end]) for start in range(max(0, end - _LONGEST_WORD), end))
            )
        return best

    def _word(self, word: str) -> float:
        found = self._known.get(word)
        if found is None:
            frequency = self._lexicon.frequency(word)
            if frequency:
                found = log(frequency) - _TOTAL
            elif len(word) == 1:
                found = _MARKS.get(word, _LATIN if word < "\u0250" else _UNKNOWN)
            else:
                found = float("-inf")
            self._known[word] = found
        return found


def has_doubled_mark(text: str) -> bool:
    """Whether a mark of a sentence stands right behind another one."""
    return any(one in _MARKS and two in _MARKS for one, two in pairwise(text))
