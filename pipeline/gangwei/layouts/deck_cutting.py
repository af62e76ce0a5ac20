"""The ways to cut one chunk of slide text into boxes, the best for each habit of labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gangwei.layouts.deck_chunks import Box, Chunk
from gangwei.layouts.deck_heads import best_head, heads_at, holds_section, is_section
from gangwei.layouts.deck_names import Counts, is_person, names_of
from gangwei.layouts.deck_own_labels import OwnLabels
from gangwei.layouts.deck_phrases import (
    FORBIDDEN,
    KINDS,
    LABEL,
    NEVER,
    NOTHING,
    OTHER,
    POST,
    UNIT,
    Candidate,
    Phrase,
)
from gangwei.layouts.deck_starts import is_plain_start
from gangwei.layouts.deck_words import Usual, usual_worth
from gangwei.page import Page

_LONGEST_LINE_NAME: Final = 16
_LONGEST_LINE: Final = 60
_LABEL_MAY_BE: Final = -1.6
# The habit of a way is the sum of these: its own sentence has a label, it begins with the label of the sentence before.
BEFORE: Final = 1
BEHIND: Final = 2
_KINDS: Final = ("", "label", "post", "unit", "other")

# A way whose habit of labels differs from another's in one respect, and that is worth less by more than this, is never
# taken: a change of habit and the change back cost at most so much, see `deck_boxes`.
SWITCH: Final = 0.6
_HABIT: Final = 2 * SWITCH
# Sums of the same numbers in another order differ by less.
_ROUNDING: Final = 0.001

_NO_REACH: Final[list[float]] = []
# How much a way is worth, the number of its last head, and the word that ends its own label.
_End = tuple[float, int, int]
_NO_END: Final[_End] = (NEVER * 2, 0, 0)
_NONE_HERE: Final = [-1] * KINDS

# A beginning of a chunk: how good it is and the word that it ends before; the kind of its last piece, the words that
# this begins with and ends before, and the number of the beginning before that, -1 for none. A plain tuple, for there
# are hundreds in a deck of a page.
_Head = tuple[float, int, int, int, int, int]
_BEGIN: Final[list[_Head]] = [(0.0, 0, NOTHING, 0, 0, -1)]


class Way:
    """A way to cut a chunk: what speaks for it, its habit of labels, whether it names anybody; and its last head and the
    word that ends its own label, from which the boxes are made for the best way only."""

    __slots__ = ("habit", "heads", "is_named", "last", "own", "worth")

    def __init__(self, worth: float, heads: list[_Head], last: int, own: int, habit: int) -> None:
        self.worth = worth
        self.habit = habit
        self.heads = heads
        self.last = last
        self.own = own
        self.is_named = False


def _whole_line(page: Page, chunk: Chunk, text: str) -> Box | None:
    """What a box on a line of its own is, where it is plainly one thing."""
    if chunk.is_item:
        return Box(chunk.kind, chunk.start, chunk.end)
    if len(text) <= _LONGEST_LINE_NAME:
        if is_person(page, text) and page.names.is_post(text) and not page.rules.senses.duty.match(text):
            return Box("post", chunk.start, chunk.end)
        if page.names.is_unit(text):
            return Box("unit", chunk.start, chunk.end)
    if chunk.kind and (is_plain_start(text) or page.rules.senses.duty.match(text)) and len(text) <= _LONGEST_LINE:
        return Box("kpi" if chunk.kind == "kpi" else "sentence", chunk.start, chunk.end)
    return None


class Cutting:
    """One chunk and the ways to cut it; what was found out about its words is kept, for it is asked again and again.

    `sentence` is the place of the sentence right before the chunk.
    """

    def __init__(self, page: Page, counts: Counts, chunk: Chunk, sentence: tuple[int, int] | None) -> None:
        text = page.value[chunk.start : chunk.end]
        self._page = page
        self.chunk = chunk
        self._line = _whole_line(page, chunk, text) if chunk.is_line else None
        if self._line:
            self._whole = Way(1.0, [], -1, 0, 0)
            self._whole.is_named = self._line.kind in ("post", "unit")
            self.is_sentence = self._line.kind == "sentence"
            return
        self._before = sentence
        self._phrase = Phrase(page, text, chunk.kind, page.value[sentence[0] : sentence[1]] if sentence else "")
        self._own = OwnLabels(self._phrase)
        self._names = names_of(self._phrase, counts)
        self.is_sentence = chunk.kind == "sentence"
        # Whether ways are not followed that cannot be the best; what names may gain from each word on is known then.
        self._phrase.has_sections = not self.is_sentence or holds_section(self._phrase)
        self._is_bound = not self._phrase.has_sections
        self._gains = _gains(self._names, self._phrase.count) if self._is_bound else []
        self._choices: list[list[Candidate] | None] = [None] * (self._phrase.count + 1)
        self._plain: Way | None = None

    def follow(self, begins: Mapping[int, int]) -> None:
        """The sentence before begins where `begins` has it for its end."""
        if self._line or not self._before:
            return
        start, end = self._before
        if (begin := begins.get(end, start)) > start:
            self._phrase.follow(self._page.value[begin:end])

    def ways(self, usual: Usual) -> list[Way]:
        """The best way for each of: a label of the sentence before at its head or none, an own label or none; those only
        that may be taken."""
        if self._line:
            return [self._whole]
        self._own.expect(usual)
        ways = self._plain_ways(usual)
        plain = ways[0]
        # An indicator has no label behind it: 录用率90%|人均成本降低5%.
        may_label = self._phrase.previous and self.chunk.kind != "kpi"
        if may_label and (labels := self._labels_behind(usual)):
            floor = plain.worth - _HABIT
            if not self._is_bound or self._may_begin(labels, floor):
                ways += self._ways_from(labels, usual, floor, BEHIND, plain)
        return ways if plain.worth > NEVER else ways[1:]

    def _plain_ways(self, usual: Usual) -> list[Way]:
        """The best ways that do not begin with the label of the sentence before, the one without an own label first."""
        known = self._plain
        if known and not self._is_bound and not (usual.words and self._names_usual(usual)):
            # Nothing in it hangs on what is usual but that a usual label is no post.
            labelled = self._best_labelled(known.heads, FORBIDDEN) if self.is_sentence else _NO_END
            return [known, *self._beside(known, BEFORE, known.heads, labelled)]
        ways = self._ways_from(_BEGIN, usual, self._plainest(usual), 0, None)
        if self._is_bound and self._names and not ways[0].is_named:
            # It counts whether any way names somebody, be it the best or not.
            self._is_bound = False
            ways = self._ways_from(_BEGIN, usual, FORBIDDEN, 0, None)
        self._plain = ways[0]
        return ways

    def _names_usual(self, usual: Usual) -> bool:
        """Whether a usual label may be taken for a post's name."""
        return any(
            kind == POST and self._phrase.piece(at, stop) in usual.words
            for at, some in self._names.items()
            for kind, stop, *_ in some
        )

    def _plainest(self, usual: Usual) -> float:
        """What one of the plainest ways is worth: the best way is worth no less."""
        if not self._is_bound:
            return FORBIDDEN
        phrase = self._phrase
        worth = phrase.sentences[0]
        for kind, stop, after, gain, _, _ in self._names.get(0, ()):
            if kind == POST and phrase.piece(0, stop) not in usual.words:
                worth = max(worth, gain + phrase.behind_names[after])
            elif kind == UNIT and after != phrase.colon_at:
                worth = max(worth, gain + phrase.sentences[after])
        return worth

    def _ways_from(self, begin: list[_Head], usual: Usual, floor: float, habit: int, rival: Way | None) -> list[Way]:
        """The best way without an own label and the best one with it, from some beginnings on; beside `rival` only those
        that may be taken."""
        heads, plain, labelled = self._ends(begin, usual, floor)
        if rival is None:
            way = self._way(heads, plain, habit)
            return [way, *self._beside(way, BEFORE, heads, labelled)]
        return [*self._beside(rival, habit, heads, plain), *self._beside(rival, habit | BEFORE, heads, labelled)]

    def _beside(self, rival: Way, habit: int, heads: list[_Head], end: _End) -> list[Way]:
        """The way that ends so, where it may be better than another for what follows, or counts since it names somebody."""
        least = rival.worth - (2 * _HABIT if habit == BEFORE + BEHIND else _HABIT) - _ROUNDING
        if end[0] <= NEVER or (end[0] < least and (rival.is_named or not self._names)):
            return []
        way = self._way(heads, end, habit)
        return [way] if way.worth >= least or way.is_named else []

    def _ends(self, begin: list[_Head], usual: Usual, floor: float) -> tuple[list[_Head], _End, _End]:
        """How the best ways end without an own label and with one, from some beginnings on.

        Where the chunk is bound only ways count that are worth as much as `floor`, or nearly so with an own label.
        """
        floor_labelled, reach = floor - _HABIT, _NO_REACH
        if self._is_bound:
            plain = self._best(begin) if begin is not _BEGIN else (self._phrase.sentences[0], 0, 0)
            labelled = self._best_labelled(begin, floor_labelled)
            least = (plain[0] if plain[0] > floor else floor) - _ROUNDING
            least_labelled = (labelled[0] if labelled[0] > floor_labelled else floor_labelled) - _ROUNDING
            if not self._leads_on(begin, least, least_labelled):
                return begin, plain, labelled
            reach = self._reach(least, least_labelled)
        heads = self._heads(begin, usual, reach)
        return heads, self._best(heads), self._best_labelled(heads, floor_labelled) if self.is_sentence else _NO_END

    def _may_begin(self, heads: list[_Head], floor: float) -> bool:
        """Whether a way may begin with one of some heads that is worth as much as `floor`, or nearly so with an own label."""
        best, gains = self._phrase.best_sentences, self._gains
        less = self._own.most + _HABIT  # for the label, where it has one
        most = max([worth + gains[at] + max(best[at], best[at + 1] + less) for worth, at, *_ in heads])
        return most >= floor - _ROUNDING

    def _leads_on(self, heads: list[_Head], least: float, least_labelled: float) -> bool:
        """Whether a better way may begin with one of some heads and another piece."""
        phrase, gains, names, most = self._phrase, self._gains, self._names, self._own.most
        best = phrase.best_sentences
        for worth, at, kind, _, _, _ in heads:
            if at < phrase.count:
                behind, labelled = best[at + 1] - least, best[at + 2] + most - least_labelled
                behind = labelled if labelled > behind else behind
                if at in names and worth + gains[at] + behind >= 0.0:
                    return True
                # Nothing that is no name speaks for itself.
                more = worth + gains[at + 1] + behind
                if more >= 0.0 and more + best_head(phrase, at, kind) >= 0.0:
                    return True
        return False

    def _reach(self, least: float, least_labelled: float) -> list[float]:
        """For each place by how much the best way from there on may be better than what is known."""
        best, less = self._phrase.best_sentences, self._own.most - least_labelled
        found = self._gains.copy()
        for at, gain in enumerate(self._gains):
            behind, labelled = best[at] - least, best[at + 1] + less
            found[at] = gain + (labelled if labelled > behind else behind)
        return found

    def boxes(self, way: Way) -> list[Box]:
        """The boxes of a way, in order."""
        if self._line:
            return [self._line]
        chunk, phrase = self.chunk, self._phrase
        boxes: list[Box] = []
        start, edges = chunk.start, phrase.edges
        at = way.heads[way.last][1]
        if way.own:
            boxes.append(Box(chunk.kind, start + edges[way.own], chunk.end, phrase.piece(at, way.own)))
            boxes.append(Box("label", start + edges[at], start + edges[way.own]))
        elif chunk.kind:
            boxes.append(Box(chunk.kind, start + edges[at] + (at == phrase.colon_at), chunk.end))
        last = way.last
        while last >= 0:
            _, _, kind, begin, stop, last = way.heads[last]
            if kind != NOTHING:
                boxes.append(Box(_KINDS[kind], start + edges[begin], start + edges[stop]))
        boxes.reverse()
        return boxes

    def _labels_behind(self, usual: Usual) -> list[_Head]:
        """What may be the label of the sentence before at the head of the chunk."""
        phrase, edges = self._phrase, self._phrase.edges
        lengths, whole = usual.lengths, len(phrase.text)
        found: list[_Head] = []
        for stop, alone in phrase.labels_behind():
            is_usual = edges[stop] in lengths
            worth = alone + (usual_worth(self._page, phrase.text[: edges[stop]], usual) if is_usual else 0.0)
            if worth > _LABEL_MAY_BE:
                found.append((worth + (0.6 if edges[stop] == whole else 0.0), stop, LABEL, 0, stop, -1))
        return found

    def _heads(self, begin: list[_Head], usual: Usual, reach: list[float]) -> list[_Head]:
        """What may stand before the sentence and its label: the best for each place where it ends and each last piece.

        With `reach` those only that may lead to a better way than is known.
        """
        phrase, words, names = self._phrase, usual.words, self._names
        heads = begin.copy()
        # The numbers of the heads by the places where they end and the kinds of their last pieces.
        numbers = [-1] * (KINDS * (phrase.count + 1))
        for number, head in enumerate(heads):
            numbers[KINDS * head[1] + head[2]] = number
        count, farthest = len(heads), heads[-1][1]
        for at in range(begin[0][1], phrase.count):
            if at > farthest:
                break
            here = numbers[KINDS * at : KINDS * at + KINDS]
            if here == _NONE_HERE:
                continue
            choices = None if reach else self._choices[at]
            for kind_before, number in enumerate(here):
                if number < 0:
                    continue
                worth = heads[number][0]
                # The most that may be gained by a piece that begins here, and behind it.
                if reach and not (at in names and worth + reach[at] >= 0.0):
                    most = worth + reach[at + 1]
                    if most < 0.0 or most + best_head(phrase, at, kind_before) < 0.0:
                        continue
                if choices is None:
                    most = max([heads[other][0] for other in here if other >= 0]) if reach else 0.0
                    choices = [*names.get(at, ()), *heads_at(phrase, at, most, reach)]
                    if not reach:
                        self._choices[at] = choices
                for kind, stop, after, usually, behind, gain_behind in choices:
                    gain = gain_behind if kind_before == behind else usually
                    gained = worth + gain
                    if gain <= FORBIDDEN or (reach and gained + reach[after] < 0.0):
                        continue
                    if kind == POST and words and phrase.piece(at, stop) in words:
                        continue
                    known = numbers[KINDS * after + kind]
                    if known < 0:
                        numbers[KINDS * after + kind] = count
                        count += 1
                        farthest = after if after > farthest else farthest
                        heads.append((gained, after, kind, at, stop, number))
                    elif heads[known][0] < gained:
                        heads[known] = (gained, after, kind, at, stop, number)
        return heads

    def _best(self, heads: list[_Head]) -> _End:
        """The best way without an own label before the sentence."""
        phrase, sentences = self._phrase, self._phrase.sentences
        best, worth = 0, NEVER * 2
        if not phrase.kind:
            whole, edges = len(phrase.text), phrase.edges
            for number, head in enumerate(heads):
                if head[0] > worth and edges[head[1]] == whole:
                    best, worth = number, head[0]
            return worth, best, 0
        for number, (before, at, kind, begin, stop, _) in enumerate(heads):
            gained = before + (phrase.behind_names[at] if kind == POST else sentences[at])
            if gained <= worth:
                continue
            if kind != POST and at == phrase.colon_at and not self._is_field(begin, stop):
                continue  # 学历：大专以上 is one
            if kind in (LABEL, OTHER) and phrase.duties[begin] and not self._is_field(begin, stop):
                gained = before + self._own.split_worth(begin, stop, at) + sentences[at]
            if gained > worth:
                best, worth = number, gained
        return worth, best, 0

    def _is_field(self, begin: int, stop: int) -> bool:
        """Whether the words from one place to another are the label of a field."""
        return self._phrase.has_sections and is_section(self._page, self._phrase.piece(begin, stop))

    def _best_labelled(self, heads: list[_Head], floor: float) -> _End:
        """The best way with an own label before the sentence that may be worth as much as `floor`."""
        own, sentences, most = self._own, self._phrase.best_sentences, self._own.most
        best, worth, end = 0, NEVER * 2, 0
        for number, head in enumerate(heads):
            if head[0] + most + sentences[head[1] + 1] < floor:
                continue
            # One that names somebody counts where the chunk is not bound, whatever it is worth.
            gain, stop = own.best(head[1], floor - head[0] - _ROUNDING if self._is_bound else FORBIDDEN)
            if stop and head[0] + gain > worth:
                best, worth, end = number, head[0] + gain, stop
                floor = worth if worth > floor else floor
        return worth, best, end

    def _way(self, heads: list[_Head], end: _End, habit: int) -> Way:
        worth, last, own = end
        way = Way(worth, heads, last, own, habit)
        if self._names:
            while last >= 0 and not way.is_named:
                way.is_named = heads[last][2] in (POST, UNIT)
                last = heads[last][5]
        return way


def _gains(names: dict[int, list[Candidate]], count: int) -> list[float]:
    """The most that names may gain from each word on."""
    gains = [0.0] * (count + 1)
    if names:
        for at in range(count - 1, -1, -1):
            most = gains[at + 1]
            for _, _, after, gain, _, gain_behind in names.get(at, ()):
                most = max(most, max(gain, gain_behind) + gains[after])
            gains[at] = most
    return gains
