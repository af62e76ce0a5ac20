"""The label right before a sentence of slide text: for each word the best one that begins there."""

from __future__ import annotations

from typing import Final

from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_names import takes_post
from gangwei.layouts.deck_phrases import BEST_SENTENCE, NEVER, Phrase
from gangwei.layouts.deck_starts import is_light
from gangwei.layouts.deck_words import (
    NO_LABEL,
    NOT_KNOWN,
    TAKES_POST,
    Usual,
    best_usual,
    usual_worth,
)

# How much speaks for a label and the sentence behind it, and the word that the sentence begins with; 0 for no label.
OwnLabel = tuple[float, int]
_SHORT_CLAUSE: Final = 6
_SHORTEST_CLAUSE: Final = 4
# Sums of the same numbers in another order differ by less.
_ROUNDING: Final = 0.001
_NONE: Final = (NEVER * 2, 0)


class OwnLabels:
    """The labels that may stand right before the sentence of a phrase; each is weighed once, whatever is usual."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase
        self._found: list[OwnLabel | None] = [None] * (phrase.count + 1)
        self._usual = NOT_KNOWN
        self._usually = self._found.copy()
        # The last place where a label may end: a sentence must follow.
        is_whole = phrase.colon_at >= 0 or phrase.edges[-1] == len(phrase.text)
        self._last = phrase.count - 1 if is_whole else phrase.count
        # The most that may speak for a label.
        self.most = phrase.best_label

    def expect(self, usual: Usual) -> None:
        """From now on this is usual."""
        if usual is not self._usual:
            phrase = self._phrase
            self._usual, self._usually = usual, [None] * (phrase.count + 1)
            self.most = phrase.best_label + best_usual(phrase.text, phrase.edges, usual)

    def best(self, at: int, least: float) -> OwnLabel:
        """The best label that begins at a word and is worth as much as `least`."""
        found = self._found[at]
        if found is None or (found[0] > least and not found[1]):
            found = self._found[at] = self._alone(at, least)
            self._usually[at] = None
        if self.most <= self._phrase.best_label:
            return found
        usual = self._usually[at]
        if usual is None:
            usual = self._usually[at] = self._as_usual(at, found)
        return usual

    def _alone(self, at: int, least: float) -> OwnLabel:
        """The best label where nothing is known of what is usual."""
        phrase = self._phrase
        labels, sentences, beside = phrase.labels(at), phrase.sentences, phrase.best_beside
        best, end = (least if least > _NONE[0] else _NONE[0]), 0
        for stop, alone in enumerate(labels, at + 1):
            # What speaks for it most is asked first: most labels are turned down by that.
            if alone <= NO_LABEL or stop > self._last or alone + beside + sentences[stop] <= best:
                continue
            gain = phrase.beside(at, stop, alone) + sentences[stop]
            if gain > best:
                gain += self.split_worth(at, stop, stop)
                if gain > best and not (phrase.has_sections and is_section(phrase.page, phrase.piece(at, stop))):
                    best, end = gain, stop
        if best >= NO_LABEL + BEST_SENTENCE:  # what is no label is worth less
            return best, end
        for stop, alone in enumerate(labels, at + 1):
            if alone <= NO_LABEL and stop <= self._last and NO_LABEL + sentences[stop] >= best:
                gain = NO_LABEL + sentences[stop] + self.split_worth(at, stop, stop)
                if gain > best or (gain == best and stop < end):
                    best, end = gain, stop
        return best, end

    def _as_usual(self, at: int, found: OwnLabel) -> OwnLabel:
        """The best label with what is usual in mind: only those that are gain by it."""
        phrase, lengths = self._phrase, self._usual.lengths
        best, end = found
        labels, edges, sentences = phrase.labels(at), phrase.edges, phrase.sentences
        begin, most = edges[at], self.most - phrase.best_label + phrase.best_beside
        for stop, alone in enumerate(labels, at + 1):
            if alone <= NO_LABEL or edges[stop] - begin not in lengths or stop > self._last:
                continue
            if alone + most + sentences[stop] < best - _ROUNDING:
                continue
            label = phrase.text[begin : edges[stop]]
            gain = usual_worth(phrase.page, label, self._usual)
            if gain and not (phrase.has_sections and is_section(phrase.page, label)):
                gain = phrase.beside(at, stop, alone) + gain + sentences[stop] + self.split_worth(at, stop, stop)
                if gain > best or (gain == best and stop < end):
                    best, end = gain, stop
        return best, end

    def split_worth(self, begin: int, end: int, at: int) -> float:
        """What speaks against a label that is the verb of what follows: 撰写宣传|文案."""
        phrase = self._phrase
        if begin >= phrase.count or at >= phrase.count or not phrase.duties[begin]:
            return 0.0
        text, start, stop, behind = phrase.text, phrase.edges[begin], phrase.edges[end], phrase.edges[at]
        how, pair = phrase.starts[at], text[start : start + 2]
        may_take = pair in TAKES_POST
        if (how >= 1.0 and not may_take) or text.startswith(pair, behind):
            return 0.0  # 主持日常工作|主持例会，…
        if not phrase.page.rules.senses.duty.match(text, start, stop):
            return 0.0
        worth = 0.0
        if how < 1.0:
            is_lightly, length = is_light(text, start, stop), phrase.mark - behind
            if how < 0.5:
                worth = -0.8
            elif is_lightly or length < _SHORT_CLAUSE:
                worth = -0.7
            if worth and length < _SHORTEST_CLAUSE:
                worth -= 0.6  # 编写评估|报告，…
            if worth and is_lightly and not phrase.known[end - 1].is_action:
                worth -= 0.5  # 组织设备|搬迁
        return worth - (1.2 if may_take and takes_post(phrase.page, text[start:stop]) else 0.0)
