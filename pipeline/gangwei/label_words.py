"""What a label's wording announces, also where the lexicon has only its last part: 归口单位 is a 单位, 应办事项 are 事项."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from gangwei.rulebook.labels import Cue, LabelRule

# Behind a cue so many characters tell nothing: 上承|岗位, 成效|标准.
_LONGEST_TAIL: Final = 2


class Wordings:
    """The label words of a rulebook, and the cues of those that it lacks.

    A class only to hold the rules and a cache; it has no state that changes an answer.
    """

    def __init__(self, labels: Mapping[str, LabelRule], cues: Sequence[Cue]) -> None:
        self.labels: Final = labels
        lengths: dict[str, set[int]] = {}
        for word in labels:
            lengths.setdefault(word[:2], set()).add(len(word))
        # Of the label words by their first two characters, the longest first: most places of a text begin none.
        self.lengths: Final = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
        self.sure: Final = frozenset([word for word, rule in labels.items() if rule.strength == "strong"])
        self._cues: Final = {word: cue.rule for cue in cues for word in cue.words}
        self.small: Final = tuple([word for word, rule in self._cues.items() if rule.keep])
        self._longest: Final = max(map(len, self._cues), default=0)
        self.rule_of = lru_cache(2_000)(self._rule_of)

    def cue_at(self, words: str) -> int:
        """The length of the cue that begins a wording, or 0: 所带|岗位"""
        for length in range(2, min(len(words), self._longest) + 1):
            if words[:length] in self._cues:
                return length
        return 0

    def _rule_of(self, words: str) -> LabelRule | None:
        """The rule of a label: its own, or that of the cue that stands last in its words."""
        if rule := self.labels.get(words):
            return rule
        for end in range(len(words), max(1, len(words) - _LONGEST_TAIL - 1), -1):
            for start in range(max(0, end - self._longest), end - 1):
                if rule := self._cues.get(words[start:end]):
                    return rule
        return None
