"""The ways to cut one chunk of slide text into boxes, the best for each habit of labels."""

from __future__ import annotations

from typing import Final

from gangwei.layouts.deck_chunks import Box, Chunk
from gangwei.layouts.deck_heads import best_head, heads_at, holds_section, is_section
from gangwei.layouts.deck_names import Counts, is_person, names_of, takes_post
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
from gangwei.layouts.deck_words import (
    NO_LABEL,
    Usual,
    best_usual,
    is_light,
    is_plain_start,
    usual_worth,
)
from gangwei.page import Page

_LONGEST_LINE_NAME: Final = 16
_LONGEST_LINE: Final = 60
_LABEL_MAY_BE: Final = -1.6
# The habit of a way is the sum of these: its own sentence has a label, it begins with the label of the sentence before.
BEFORE: Final = 1
BEHIND: Final = 2
_KINDS: Final = ("", "other", "post", "unit", "other")

# The most that can speak for the beginning of a sentence.
_BEST_SENTENCE: Final = 1.3
# A way whose habit of labels differs from another's in one respect, and that is worth less by more than this, is never
# taken (a change of habit and the change back cost at most so much, see `deck_boxes`).
SWITCH: Final = 0.6
_HABIT: Final = 2 * SWITCH + 0.001

_NONE_HERE: Final = [-1] * KINDS

# A beginning of a chunk: how good it is and the word that it ends before; the kind of its last piece, the words that
# this begins with and ends before, and the number of the beginning before that, -1 for none. A plain tuple, for there
# are hundreds in a deck of a page.
_Head = tuple[float, int, int, int, int, int]


class Way:
    """A way to cut a chunk: what speaks for it, its habit of labels, whether it names anybody; and its last head and the
    word that ends its own label, from which the boxes are made for the best way only."""

    def __init__(self, worth: float, heads: list[_Head], last: int, own: int, habit: int = 0) -> None:
        self.worth = worth
        self.habit = habit
        self.heads = heads
        self.last = last
        self.own = own
        self.is_named = False
        while last >= 0:
            kind = heads[last][2]
            if kind in (POST, UNIT):
                self.is_named = True
                break
            last = heads[last][5]


def _whole_line(page: Page, chunk: Chunk, text: str) -> Box | None:
    """What a box on a line of its own is, where it is plainly one thing."""
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
            self._whole = Way(1.0, [], -1, 0)
            self._whole.is_named = self._line.kind in {"post", "unit"}
            self.is_sentence = self._line.kind == "sentence"
            return
        self._phrase = Phrase(page, text, chunk.kind, page.value[sentence[0] : sentence[1]] if sentence else "")
        self._names = names_of(self._phrase, counts)
        self.is_sentence = chunk.kind == "sentence"
        # Whether ways are not followed that cannot be the best. What names and labels of fields gain is known before.
        self._is_bound = self.is_sentence and not holds_section(self._phrase)
        self._gains = _gains(self._names, self._phrase.count) if self._is_bound else []
        self._found: dict[int, list[Candidate]] = {}
        self._own_labels: dict[int, tuple[float, int]] = {}
        self._plain: Way | None = None

    def ways(self, usual: Usual) -> list[Way]:
        """The best way for each of: a label of the sentence before at its head or none, an own label or none."""
        if self._line:
            return [self._whole]
        phrase = self._phrase
        label = phrase.best_label + best_usual(phrase.text, usual)
        reach = self._reach(label) if self._is_bound else []
        if reach or self._plain is None or (usual.words and self._names_usual(usual)):
            plain = self._find_plain(usual, reach)
            if reach and self._names and not plain.is_named:
                # It counts whether any way names somebody, be it the best or not.
                self._is_bound, reach = False, []
                plain = self._find_plain(usual, reach)
            self._plain = plain
        plain = self._plain
        floor = plain.worth if reach else FORBIDDEN
        ways = [plain]
        usually: dict[int, tuple[float, int]] = {}
        if self.is_sentence:
            ways.append(self._best_labelled(plain.heads, usual, usually, label, floor - _HABIT, 0))
        if phrase.previous and (labels := self._labels_behind(usual)):
            heads = self._heads(labels, usual, reach, floor - _HABIT)
            ways.append(self._best(heads, BEHIND))
            if self.is_sentence:
                ways.append(self._best_labelled(heads, usual, usually, label, floor - 2 * _HABIT, BEHIND))
        return [way for way in ways if way.worth > NEVER]

    def _find_plain(self, usual: Usual, reach: list[float]) -> Way:
        """The best way without a label: nothing in it hangs on what is usual but that a usual label is no post."""
        heads = self._heads([(0.0, 0, NOTHING, 0, 0, -1)], usual, reach, self._plainest(usual) if reach else FORBIDDEN)
        return self._best(heads, 0)

    def _plainest(self, usual: Usual) -> float:
        """What one of the plainest ways is worth: the best way is worth no less."""
        phrase = self._phrase
        worth = phrase.sentences[0]
        for kind, stop, after, gain, _, _ in self._names.get(0, ()):
            if kind == POST and phrase.piece(0, stop) not in usual.words:
                worth = max(worth, gain + phrase.behind_names[after])
            elif kind == UNIT and after != phrase.colon_at:
                worth = max(worth, gain + phrase.sentences[after])
        return worth - 0.001

    def _reach(self, label: float) -> list[float]:
        """For each place the most that may be gained from there on; `label` is the most that speaks for a label.

        A way with a label may be worth less by what a habit costs.
        """
        best = self._phrase.best_sentences
        return [gain + max(best[at], best[at + 1] + label + _HABIT) for at, gain in enumerate(self._gains)]

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
            boxes.append(Box("other", start + edges[at], start + edges[way.own]))
        elif chunk.kind:
            boxes.append(Box(chunk.kind, start + edges[at] + (at == phrase.colon_at), chunk.end))
        last = way.last
        while last >= 0:
            _, _, kind, begin, stop, last = way.heads[last]
            if kind != NOTHING:
                boxes.append(Box(_KINDS[kind], start + edges[begin], start + edges[stop]))
        boxes.reverse()
        return boxes

    def _names_usual(self, usual: Usual) -> bool:
        """Whether a usual label was taken for a post's name."""
        return any(
            kind == POST and self._phrase.piece(at, stop) in usual.words
            for at, some in self._names.items()
            for kind, stop, *_ in some
        )

    def _labels_behind(self, usual: Usual) -> list[_Head]:
        """What may be the label of the sentence before at the head of the chunk."""
        phrase = self._phrase
        found: list[_Head] = []
        for stop, usually in phrase.labels_behind():
            label = phrase.piece(0, stop)
            worth = usually + usual_worth(self._page, label, usual)
            if worth > _LABEL_MAY_BE:
                gain = worth + (0.6 if len(label) == len(phrase.text) else 0.0)
                found.append((gain, stop, LABEL, 0, stop, -1))
        return found

    def _heads(self, begin: list[_Head], usual: Usual, reach: list[float], floor: float) -> list[_Head]:
        """What may stand before the sentence and its label: the best for each place where it ends and each last piece.

        With `reach` those only whose ways may be worth as much as `floor`.
        """
        phrase, words = self._phrase, usual.words
        heads = begin
        # The numbers of the heads by the places where they end and the kinds of their last pieces.
        numbers = [-1] * (KINDS * (phrase.count + 1))
        for number, head in enumerate(heads):
            numbers[KINDS * head[1] + head[2]] = number
        farthest = heads[-1][1]
        for at in range(begin[0][1], phrase.count):
            if at > farthest:
                break
            here = numbers[KINDS * at : KINDS * at + KINDS]
            if here == _NONE_HERE:
                continue
            for kind_before, number in enumerate(here):
                if number < 0:
                    continue
                worth = heads[number][0]
                if reach and worth + self._most_from(at, kind_before, reach) < floor:
                    continue
                for kind, stop, after, usually, behind, gain_behind in self._choices(at):
                    gain = gain_behind if kind_before == behind else usually
                    if gain <= FORBIDDEN or (words and kind == POST and phrase.piece(at, stop) in words):
                        continue
                    gained = worth + gain
                    if reach and gained + reach[after] < floor:
                        continue
                    known = numbers[KINDS * after + kind]
                    if known < 0:
                        numbers[KINDS * after + kind] = len(heads)
                        farthest = max(farthest, after)
                        heads.append((gained, after, kind, at, stop, number))
                    elif heads[known][0] < gained:
                        heads[known] = (gained, after, kind, at, stop, number)
        return heads

    def _most_from(self, at: int, kind_before: int, reach: list[float]) -> float:
        """The most that may be gained by a piece that begins at a word, and behind it."""
        most = reach[at + 1] + best_head(self._phrase, at, kind_before)
        return max(most, reach[at]) if at in self._names else most

    def _choices(self, at: int) -> list[Candidate]:
        """What may begin at a word."""
        found = self._found.get(at)
        if found is None:
            found = self._found[at] = [*self._names.get(at, ()), *heads_at(self._phrase, at)]
        return found

    def _best(self, heads: list[_Head], habit: int) -> Way:
        """The best way without an own label before the sentence."""
        phrase = self._phrase
        best, worth = 0, NEVER * 2
        if not phrase.kind:
            whole = len(phrase.text)
            for number, head in enumerate(heads):
                if head[0] > worth and phrase.edges[head[1]] == whole:
                    best, worth = number, head[0]
            return Way(worth, heads, best, 0, habit)
        for number, (before, at, kind, begin, stop, _) in enumerate(heads):
            if before + _BEST_SENTENCE < worth:
                continue
            gained = before
            if kind == POST:
                gained += phrase.behind_names[at]
            elif at == phrase.colon_at and not is_section(self._page, phrase.piece(begin, stop)):
                continue  # 学历：大专以上 is one
            elif kind in (LABEL, OTHER):
                gained += self._split_phrase(begin, stop, at)
                gained += phrase.sentences[at]
            else:
                gained += phrase.sentences[at]
            if gained > worth:
                best, worth = number, gained
        return Way(worth, heads, best, 0, habit)

    def _best_labelled(
        self,
        heads: list[_Head],
        usual: Usual,
        usually: dict[int, tuple[float, int]],
        label: float,
        floor: float,
        habit: int,
    ) -> Way:
        """The best way with an own label before the sentence that may be worth as much as `floor`.

        `usually` keeps the best labels by their first words, `label` is the most that speaks for one.
        """
        sentences = self._phrase.best_sentences
        best, worth, end = 0, NEVER * 2, 0
        for number, head in enumerate(heads):
            if head[0] + label + sentences[head[1] + 1] < floor:
                continue
            own = usually.get(head[1])
            if own is None:
                own = usually[head[1]] = self._usual_label(head[1], usual)
            gain, stop = own
            if stop and head[0] + gain > worth:
                best, worth, end = number, head[0] + gain, stop
                floor = max(floor, worth)
        return Way(worth, heads, best, end, habit | BEFORE)

    def _usual_label(self, at: int, usual: Usual) -> tuple[float, int]:
        """How much speaks for the best label that begins at a word, with the sentence behind it, and the word that
        ends it; 0 where there is none."""
        own = self._own_labels.get(at)
        if own is None:
            own = self._own_labels[at] = self._own_label(at)
        best, end = own
        phrase, edges = self._phrase, self._phrase.edges
        words, length = usual.words, usual.length or usual.in_deck
        if not length and not words:
            return own
        for stop in range(at + 1, self._last_label(at)):
            alone = phrase.labels(at)[stop - at - 1]
            if alone > NO_LABEL and (words or edges[stop] - edges[at] == length):
                gain = usual_worth(self._page, phrase.piece(at, stop), usual)
                if gain:
                    worth = phrase.beside(at, stop, alone) + gain
                    gain = worth + phrase.sentences[stop] + self._split_phrase(at, stop, stop)
                    if gain > best or (gain == best and stop < end):
                        best, end = gain, stop
        return best, end

    def _own_label(self, at: int) -> tuple[float, int]:
        """The same where nothing is known of what is usual."""
        phrase = self._phrase
        best, end = NEVER * 2, 0
        labels = phrase.labels(at)
        limit = self._last_label(at)
        for stop in range(at + 1, limit):
            alone = labels[stop - at - 1]
            if alone > NO_LABEL:
                worth = phrase.beside(at, stop, alone)
                if worth + _BEST_SENTENCE > best:
                    gain = worth + phrase.sentences[stop] + self._split_phrase(at, stop, stop)
                    if gain > best:
                        best, end = gain, stop
        if best >= NO_LABEL + _BEST_SENTENCE:
            return best, end
        for stop in range(at + 1, limit):
            if labels[stop - at - 1] <= NO_LABEL:
                gain = NO_LABEL + phrase.sentences[stop] + self._split_phrase(at, stop, stop)
                if gain > best or (gain == best and stop < end):
                    best, end = gain, stop
        return best, end

    def _last_label(self, at: int) -> int:
        """The word behind the last one that may end a label that begins at a word: a sentence must follow."""
        phrase = self._phrase
        stop = at + 1 + len(phrase.labels(at))
        if stop > phrase.count and (phrase.colon_at >= 0 or phrase.edges[-1] == len(phrase.text)):
            return phrase.count
        return stop

    def _split_phrase(self, begin: int, end: int, at: int) -> float:
        """What speaks against a label that is the verb of what follows: 撰写宣传|文案."""
        phrase = self._phrase
        text, edges = phrase.text, phrase.edges
        if at >= phrase.count or not phrase.duties[begin]:
            return 0.0
        if not self._page.rules.senses.duty.match(text, edges[begin], edges[end]):
            return 0.0
        start = phrase.starts[at]
        worth = 0.0
        if start < 0.5:
            worth = -0.8
        elif start < 1.0 and (phrase.is_short_clause(at) or is_light(text, edges[begin], edges[end])):
            worth = -0.7
        return worth - (1.2 if takes_post(self._page, phrase.piece(begin, end)) else 0.0)


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
