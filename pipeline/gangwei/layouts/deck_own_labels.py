"""The label right before a sentence of slide text: for each word the best one that begins there."""

from __future__ import annotations

from typing import Final

from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_names import takes_post
from gangwei.layouts.deck_phrases import BEST_SENTENCE, NEVER, Phrase
from gangwei.layouts.deck_words import (
    NO_LABEL,
    NOT_KNOWN,
    REPEATED_LENGTHS,
    Usual,
    best_usual,
    is_action,
    is_light,
    usual_worth,
)

# How much speaks for a label and the sentence behind it, and the word that the sentence begins with; 0 for no label.
OwnLabel = tuple[float, int]
_SHORTEST_CLAUSE: Final = 4
_NONE: Final = (NEVER * 2, 0)


class OwnLabels:
    """The labels that may stand right before the sentence of a phrase; each is weighed once, whatever is usual."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase
        self._found: list[OwnLabel | None] = [None] * (phrase.count + 1)
        self._usual = NOT_KNOWN
        self._usually = self._found.copy()
        # The most that may speak for a label.
        self.most = phrase.best_label

    def expect(self, usual: Usual) -> None:
        """From now on this is usual."""
        if usual is not self._usual:
            self._usual, self._usually = usual, [None] * (self._phrase.count + 1)
            self.most = self._phrase.best_label + best_usual(self._phrase.text, self._phrase.edges, usual)

    def best(self, at: int) -> OwnLabel:
        """The best label that begins at a word."""
        found = self._found[at]
        if found is None:
            found = self._found[at] = self._alone(at)
        if self.most <= self._phrase.best_label:
            return found
        usual = self._usually[at]
        if usual is None:
            usual = self._usually[at] = self._as_usual(at, found)
        return usual

    def _alone(self, at: int) -> OwnLabel:
        """The best label where nothing is known of what is usual."""
        phrase = self._phrase
        best, end = _NONE
        labels = phrase.labels(at)
        last = self._last(at)
        may_split = at < phrase.count and phrase.duties[at]
        for stop in range(at + 1, last + 1):
            alone = labels[stop - at - 1]
            if alone > NO_LABEL:
                worth = phrase.beside(at, stop, alone)
                if worth + BEST_SENTENCE > best:
                    gain = worth + phrase.sentences[stop] + (self.split_worth(at, stop, stop) if may_split else 0.0)
                    if gain > best and not is_section(phrase.page, phrase.piece(at, stop)):
                        best, end = gain, stop
        if best >= NO_LABEL + BEST_SENTENCE:
            return best, end
        for stop in range(at + 1, last + 1):
            if labels[stop - at - 1] <= NO_LABEL:
                gain = NO_LABEL + phrase.sentences[stop] + (self.split_worth(at, stop, stop) if may_split else 0.0)
                if gain > best or (gain == best and stop < end):
                    best, end = gain, stop
        return best, end

    def _as_usual(self, at: int, found: OwnLabel) -> OwnLabel:
        """The best label with what is usual in mind: only those that are gain by it."""
        phrase, usual = self._phrase, self._usual
        best, end = found
        labels = phrase.labels(at)
        last = self._last(at)
        length = usual.length or usual.in_deck
        lengths = [length, *REPEATED_LENGTHS] if usual.words else [length]
        for wanted in lengths:
            stop = phrase.stops.get(phrase.edges[at] + wanted, -1)
            if stop <= at or stop > last or labels[stop - at - 1] <= NO_LABEL:
                continue
            gain = usual_worth(phrase.page, phrase.piece(at, stop), usual)
            if gain and not is_section(phrase.page, phrase.piece(at, stop)):
                worth = phrase.beside(at, stop, labels[stop - at - 1]) + gain
                gain = worth + phrase.sentences[stop] + self.split_worth(at, stop, stop)
                if gain > best or (gain == best and stop < end):
                    best, end = gain, stop
        return best, end

    def _last(self, at: int) -> int:
        """The last place where a label may end that begins at a word: a sentence must follow."""
        phrase = self._phrase
        last = at + len(phrase.labels(at))
        if last == phrase.count and (phrase.colon_at >= 0 or phrase.edges[-1] == len(phrase.text)):
            return last - 1
        return last

    def split_worth(self, begin: int, end: int, at: int) -> float:
        """What speaks against a label that is the verb of what follows: 撰写宣传|文案."""
        phrase = self._phrase
        if at >= phrase.count or not phrase.duties[begin]:
            return 0.0
        text, edges = phrase.text, phrase.edges
        if text.startswith(text[edges[begin] : edges[begin] + 2], edges[at]):
            return 0.0  # 主持日常工作|主持例会，…
        if not phrase.page.rules.senses.duty.match(text, edges[begin], edges[end]):
            return 0.0
        start = phrase.starts[at]
        worth = 0.0
        if start < 0.5:
            worth = -0.8
        elif start < 1.0 and (phrase.is_short_clause(at) or is_light(text, edges[begin], edges[end])):
            worth = -0.7
        if worth and phrase.is_short_clause(at, _SHORTEST_CLAUSE):
            worth -= 0.6  # 编写评估|报告，…
        if worth and is_light(text, edges[begin], edges[end]) and not is_action(phrase.words[end - 1]):
            worth -= 0.5  # 组织设备|搬迁
        return worth - (1.2 if takes_post(phrase.page, phrase.piece(begin, end)) else 0.0)
