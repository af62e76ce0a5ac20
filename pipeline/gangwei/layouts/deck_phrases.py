"""The first words of a chunk of slide text, and what is known of each place between them.

The ways to cut a chunk ask the same of the same places again and again: what may begin or end there is found out once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from gangwei.layouts.deck_starts import (
    FIRST_INSIDE,
    Word,
    are_three_verbs,
    begins_again,
    begins_inside,
    starts_of,
    words_of,
)
from gangwei.layouts.deck_words import (
    BEST_LABEL,
    BEST_LABEL_APART,
    BEST_SHARED,
    LABEL_WORTHS,
    LONGEST_LABEL,
    MOST_SHARED,
    NO_LABEL,
    SHARED_WORTHS,
    SHORTEST_LABEL,
    SPECIAL_FIRSTS,
    UNSHARED,
    amount_end,
    headings_end,
    is_indicator,
    label_head,
    label_tails,
    label_worth,
    shared_worth,
    speaks_of_indicators,
)
from gangwei.page import Page

# What the pieces of a phrase are, in the order in which they are looked at: nothing yet, the label of the sentence
# before, a post's or a unit's name, another label or head.
NOTHING: Final = 0
LABEL: Final = 1
POST: Final = 2
UNIT: Final = 3
OTHER: Final = 4
KINDS: Final = 5
NOWHERE: Final = -1
# A name, a label or a head that may begin at a word: its kind, the word behind it, the word behind its tail (岗位职责),
# what speaks for it, behind which kind something else speaks for it (NOWHERE: behind none), and how much then. A plain
# tuple, for there are hundreds in a deck of a page.
Candidate = tuple[int, int, int, float, int, float]

# The most that can speak for the beginning of a sentence.
BEST_SENTENCE: Final = 1.3
# What is worth so little is not done; what may not be at all, whatever else speaks for it.
NEVER: Final = -50.0
FORBIDDEN: Final = -1000.0
_CLAUSE: Final = re.compile(r"[，,；;。：:！？]")
_INNER: Final = re.compile("[，,；;。]")
_INNER_MARKS: Final = "，,；;。"
_MARKS: Final = re.compile("[/／，、]")
_FAR: Final = 1_000_000_000
_WORDS_AHEAD: Final = 28
_HOLDER: Final = "负责人"
_BEHIND_HOLDER: Final = frozenset("才力事")
_SHORTEST_INDICATOR: Final = 4
_SHORTEST_SENTENCE: Final = 5
_SHORT_SENTENCE: Final = 9
_LONG_CLAUSE: Final = 25
_OPENING: Final = '“《"【（('
# How much of a sentence may share words with the label before it.
_BESIDE_LABEL: Final = 60


class Phrase:
    """The words of a chunk up to its first clause mark, and their borders in its text.

    `kind` is what the chunk ends as, "" for no sentence; `previous` is the sentence right before it, if any.
    """

    def __init__(self, page: Page, text: str, kind: str, previous: str) -> None:
        self.page = page
        self.text = text
        self.kind = kind
        self.previous = previous
        # Whether the label of a field may stand in it.
        self.has_sections = True
        whole = len(text)
        clause = _CLAUSE.search(text) if kind else None
        self._clause = clause.start() if clause else whole
        # Where the clause mark behind it stands, far away where there is none.
        self.mark = self._clause if self._clause < whole else _FAR
        self.words = _recut(page.names.cut(text[: self._clause])[:_WORDS_AHEAD])
        self.edges = list(accumulate(map(len, self.words), initial=0))
        self.count = len(self.words)
        # What parts a label from what stands behind it may follow the last word, and nowhere else does a colon stand.
        last = self.edges[-1]
        self.colon_at = self.count if last and (last == whole or text[last] in "：:") else -1
        self._first_mark = 0
        self._tails: list[int] = []
        self._labels: list[list[float] | None] = [None] * (self.count + 1)
        self._labels_behind: list[tuple[int, float]] | None = None
        # Where the head of a slide may end, and where the last one may.
        self.ends_heading = headings_end(text, self.edges)
        self.last_heading = self.count - self.ends_heading[::-1].index(True) if True in self.ends_heading else -1
        # What is known of each word; for each place, how well a sentence begins with the word there, whether a duty may,
        # and how much speaks for a sentence from there on: without a name right before it, and with one.
        self.known: list[Word] = []
        self.starts: list[float] = []
        self.duties: list[bool] = []
        self.sentences: list[float] = []
        self.behind_names: list[float] = []
        # The most that speaks for a sentence from each place on or any behind it, and that can speak for its label and
        # for what both share.
        self.best_sentences: list[float] = []
        self.best_label, self.best_beside = BEST_LABEL, BEST_SHARED
        self._repeats: list[int] = []
        if kind:
            self._find_starts()
        if kind == "kpi":
            self._weigh_indicators()
        elif kind:
            self._weigh_sentences()
            self._weigh_rest()
            self.best_sentences = _best_from(self.sentences)
            self._repeats = _repeats(text, min(last, whole - 1), last + _BESIDE_LABEL)
            if not self._repeats:
                self.best_label, self.best_beside = BEST_LABEL_APART, UNSHARED

    def piece(self, at: int, stop: int) -> str:
        """The text from one place to another."""
        return self.text[self.edges[at] : self.edges[stop]]

    def labels(self, at: int) -> list[float]:
        """How much speaks for a label that begins at a word, for each word from there on that may end it."""
        found = self._labels[at]
        if found is None:
            found = self._labels[at] = self._find_labels(at)
        return found

    def _find_labels(self, at: int) -> list[float]:
        text, edges = self.text, self.edges
        if not self._tails:
            self._tails = label_tails(text, edges)
            mark = _MARKS.search(text, 0, edges[-1])
            self._first_mark = mark.start() if mark else len(text)
        begin, tails, first_mark = edges[at], self._tails, self._first_mark
        first = text[begin : begin + 1]
        head, amount = 0.0, len(text) + 1
        if first in SPECIAL_FIRSTS or not "\u4e00" <= first <= "\u9fff":
            head, amount = label_head(text, begin), amount_end(text, begin)
        last = bisect_right(edges, begin + LONGEST_LABEL)
        found = [NO_LABEL] * (last - at - 1)
        if head > NO_LABEL:
            for stop in range(at + 1, last):
                end = edges[stop]
                length = end - begin
                if end < amount and begin > tails[stop] and length >= SHORTEST_LABEL:
                    worth = LABEL_WORTHS[length] if end <= first_mark else label_worth(text, begin, end)
                    found[stop - at - 1] = worth + head
        return found

    def labels_behind(self) -> list[tuple[int, float]]:
        """The labels of the sentence before with which the phrase may begin: the words behind them, what speaks for each."""
        found = self._labels_behind
        if found is None:
            labels, edges = self.labels(0), self.edges
            shared = self._shared_with_previous(edges[len(labels)])
            found = self._labels_behind = []
            for stop, alone in enumerate(labels, 1):
                if alone > NO_LABEL:
                    count = 0
                    for place in shared:
                        count += place + 1 < edges[stop]
                    found.append((stop, alone + SHARED_WORTHS[count]))
        return found

    def _shared_with_previous(self, end: int) -> list[int]:
        """Where the first pairs of characters stand that the sentence before has too, as many as count for a label."""
        previous, text = self.previous, self.text
        shared: list[int] = []
        for place in range(end - 1):
            pair = text[place : place + 2]
            if pair in previous and (not shared or pair != text[shared[0] : shared[0] + 2]):
                shared.append(place)
                if len(shared) == MOST_SHARED:
                    break
        return shared

    def follow(self, previous: str) -> None:
        """What the sentence before is, now that it is known where it begins."""
        self.previous, self._labels_behind = previous, None

    def beside(self, at: int, stop: int, worth: float) -> float:
        """How much speaks for a label with the sentence behind it; `worth` is what does whatever stands beside it."""
        if not self._repeats:
            return worth + UNSHARED
        begin, end = self.edges[at], self.edges[stop]
        for place in self._repeats:
            if begin <= place < end - 1:
                return worth + shared_worth(self.text[begin:end], self.text[end : end + _BESIDE_LABEL])
        return worth + UNSHARED

    def _find_starts(self) -> None:
        """What is known of the words, and how well a sentence begins with each."""
        page, text, clause = self.page, self.text, self._clause
        self.known = list(map(words_of(page.rules), self.words))
        # Up to a comma or a stop, whatever other marks stand before it.
        inner = clause if text[clause : clause + 1] in _INNER_MARKS else _end(_INNER, text, clause)
        self.starts, self.duties = starts_of(page, text, self.known, self.edges, inner)
        self.starts.append(-1.0)

    def _weigh_indicators(self) -> None:
        """Indicators: all that counts is whether what is left from a place on is one."""
        for at, edge in enumerate(self.edges):
            rest = self.text[edge + (at == self.colon_at) :]
            worth = 0.6 if is_indicator(rest) and len(rest) >= _SHORTEST_INDICATOR else -2.0
            self.sentences.append(worth - (0.8 if speaks_of_indicators(rest) else 0.0) if rest else NEVER * 2)
        self.behind_names = self.sentences

    def _weigh_sentences(self) -> None:
        """Sentences: how they begin, how long they and their first clause are, whether another begins inside."""
        text, words, edges, duties, starts, clause, count = (
            self.text, self.known, self.edges, self.duties, self.starts, self._clause, self.count,
        )  # fmt: skip
        inside, whole = begins_inside(text, FIRST_INSIDE, clause), len(text)
        sentences, behind_names = [NEVER] * count, [NEVER] * count
        for at, word in enumerate(words):
            if not word.may_open:
                continue
            place, start = edges[at], starts[at]
            length, first = whole - place, clause - place
            worth = 0.0
            if length < _SHORT_SENTENCE:
                worth = -1.5 if length < _SHORTEST_SENTENCE else -0.6 if at else 0.0
            if first > _LONG_CLAUSE:
                worth -= 0.05 * (first - _LONG_CLAUSE)
            if 0 <= inside < place + FIRST_INSIDE:
                inside = begins_inside(text, place + FIRST_INSIDE, clause)
            against = -1.2 if inside >= 0 else 0.0
            if at + 1 < count:
                if duties[at + 1] or words[at + 1].may_take_over:
                    against += begins_again(text, words, edges, duties, at)
                if not against and at + 2 < count and duties[at + 2] and are_three_verbs(words, at):
                    against += -0.4
            worth += against
            gain = start
            if not at:
                gain = 0.0 if start >= 0.0 else 0.5 * max(-1.2, start)
            sentences[at] = worth + gain
            behind_names[at] = (worth - 1.0 if start < 0.0 else worth) + gain
        self.sentences, self.behind_names = sentences, behind_names

    def _weigh_rest(self) -> None:
        """The sentence that begins behind the words: behind a colon, or where the clause is longer than they are."""
        text, place, clause, at = self.text, self.edges[-1], self._clause, self.count
        if at == self.colon_at:
            place += 1
            clause = _end(_CLAUSE, text, place)
        if place >= len(text):
            self._weigh(NEVER * 2, NEVER * 2)
            return
        if at != self.colon_at and not (text[place].isalnum() or text[place] in _OPENING):
            self._weigh(NEVER, NEVER)
            return
        worth = _length_worth(len(text) - place, clause - place, at)
        if begins_inside(text, place + FIRST_INSIDE, clause) >= 0:
            worth += -1.2
        if at == self.colon_at:
            self._weigh(worth, worth)
        else:
            gain = -1.0 if at else -0.5
            self._weigh(worth + gain, worth - 1.0 + gain)

    def _weigh(self, worth: float, behind_name: float) -> None:
        self.sentences.append(worth)
        self.behind_names.append(behind_name)


def _recut(words: list[str]) -> list[str]:
    """The words, with 负责|人才 for 负责人|才."""
    if _HOLDER not in words[:-1]:
        return words
    at = words.index(_HOLDER)
    if words[at + 1][0] not in _BEHIND_HOLDER:
        return words
    return [*words[:at], _HOLDER[:2], _HOLDER[2:] + words[at + 1], *words[at + 2 :]]


def _length_worth(length: int, first: int, at: int) -> float:
    """What speaks against a sentence that is short, or whose first clause is long."""
    worth = -1.5 if length < _SHORTEST_SENTENCE else -0.6 if at and length < _SHORT_SENTENCE else 0.0
    return worth - 0.05 * (first - _LONG_CLAUSE) if first > _LONG_CLAUSE else worth


def _best_from(worths: list[float]) -> list[float]:
    """The greatest number from each place on; nothing is as good behind the last."""
    best = NEVER * 2
    found = [best] * (len(worths) + 1)
    for place in range(len(worths) - 1, -1, -1):
        best = found[place] = worths[place] if worths[place] > best else best
    return found


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    """Where a pattern is found first from a place on; the text's end where it is not."""
    match = pattern.search(text, place)
    return match.start() if match else len(text)


def _repeats(text: str, last: int, end: int) -> list[int]:
    """Where before a place a pair of characters stands that stands again behind it, before an end."""
    return [place for place in range(last) if text[place : place + 2] in text[place + 2 : end]]
