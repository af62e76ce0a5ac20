"""The ways to cut one chunk of slide text into boxes, the best for each habit of labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box, Chunk
from gangwei.layouts.deck_names import (
    NEVER,
    Candidate,
    Counts,
    candidates,
    is_person,
    is_section,
    takes_post,
    words_of,
)
from gangwei.layouts.deck_words import (
    LONGEST_LABEL,
    NO_LABEL,
    Usual,
    begins_again,
    is_indicator,
    is_light,
    is_plain_start,
    label_worth,
    sentence_start,
    speaks_of_indicators,
    usual_worth,
)
from gangwei.page import Page

_CLAUSE: Final = re.compile(r"[，,；;。：:！？]")
_WORDS_AHEAD: Final = 28
_SHORTEST_SENTENCE: Final = 5
_SHORT_SENTENCE: Final = 9
_LONG_CLAUSE: Final = 25
_OPENING: Final = '“《"【（('
_SHORT_CLAUSE: Final = 6
_LONGEST_LINE_NAME: Final = 16
_LONGEST_LINE: Final = 60
_LABEL_MAY_BE: Final = -1.6
_LASTS: Final = ("", "label", "post", "unit", "other")

# The most that can speak for the beginning of a sentence, and for the label before it.
_BEST_SENTENCE: Final = 1.3
_BEST_LABEL: Final = 2.0


class _Trail(NamedTuple):
    """A piece of a chunk from a word to the one behind it, and the piece before it."""

    kind: str
    at: int
    stop: int
    before: _Trail | None


class _State(NamedTuple):
    """A beginning of a chunk: how good it is, the word that it ends before, and its last piece."""

    worth: float
    at: int
    last: _Trail | None


class Way(NamedTuple):
    """A way to cut a chunk: what speaks for it, whether it begins with the label of the sentence before, whether its
    own sentence has a label, and its boxes."""

    worth: float
    behind: bool
    before: bool
    boxes: tuple[Box, ...]


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
        self._page, self.chunk, self._text = page, chunk, text
        self._line = _whole_line(page, chunk, text) if chunk.is_line else None
        if self._line:
            return
        clause = _CLAUSE.search(text)
        limit = clause.start() if clause and chunk.kind else len(text)
        words = page.names.cut(text[:limit])[:_WORDS_AHEAD]
        self._previous = page.value[sentence[0] : sentence[1]] if sentence else ""
        self._first = words_of(page, counts, text, words, is_closed=bool(chunk.kind), is_behind=bool(self._previous))
        self._words, self._edges = words, self._first.edges
        self._choices: dict[int, tuple[Candidate, ...]] = {}
        self._sentences: dict[tuple[int, bool], float] = {}
        self._starts: dict[int, float] = {}
        self._labels: dict[int, list[tuple[int, str, float]]] = {}
        self._usual_labels: dict[int, tuple[float, int]] = {}
        self._plain: Way | None = None
        self._plain_heads: list[_State] = []

    def ways(self, usual: Usual) -> list[Way]:
        """The best way for each of: a label of the sentence before at its head or none, an own label or none."""
        if self._line:
            return [Way(1.0, behind=False, before=False, boxes=(self._line,))]
        if self._plain is None or (usual.words and self._names_usual(usual)):
            # No label, nothing that hangs on what is usual but that a usual label is no post.
            self._plain_heads = self._heads([_State(0.0, 0, None)], usual)
            self._plain = self._best(self._plain_heads, behind=False)
        self._usual_labels = {}
        ways = [self._plain]
        if self.chunk.kind == "sentence":
            ways.append(self._best_labelled(self._plain_heads, usual, behind=False))
        if self._previous and (labels := self._labels_behind(usual)):
            heads = self._heads(labels, usual)
            ways.append(self._best(heads, behind=True))
            if self.chunk.kind == "sentence":
                ways.append(self._best_labelled(heads, usual, behind=True))
        return [way for way in ways if way.worth > NEVER]

    def _names_usual(self, usual: Usual) -> bool:
        """Whether a usual label was taken for a post's name."""
        found = ((at, stop) for at, some in self._choices.items() for kind, stop, *_ in some if kind == "post")
        return any(self._piece(at, stop) in usual.words for at, stop in found)

    def _labels_behind(self, usual: Usual) -> list[_State]:
        """What may be the label of the sentence before at the head of the chunk."""
        edges, text = self._edges, self._text
        found: list[_State] = []
        for at in range(1, len(edges)):
            if edges[at] > LONGEST_LABEL:
                break
            label = text[: edges[at]]
            worth = label_worth(label, self._previous) + usual_worth(self._page, label, usual)
            if worth > _LABEL_MAY_BE:
                gain = worth + (0.6 if edges[at] == len(text) else 0.0)
                found.append(_State(gain, at, _Trail("label", 0, at, None)))
        return found

    def _heads(self, begin: Sequence[_State], usual: Usual) -> list[_State]:
        """What may stand before the sentence and its label: the best for each place where it ends and each last piece."""
        found: list[dict[str, _State]] = [{} for _ in self._edges]
        order: list[tuple[int, str]] = []
        for first in begin:
            kind = first.last.kind if first.last else ""
            found[first.at][kind] = first
            order.append((first.at, kind))
        for at, here in enumerate(found):
            if not here or at == len(self._words):
                continue
            for last in _LASTS:
                if (state := here.get(last)) is None:
                    continue
                if at not in self._choices:
                    self._choices[at] = tuple(candidates(self._first, at))
                for kind, stop, after, usually, behind, gain_behind in self._choices[at]:
                    gain = gain_behind if last == behind else usually
                    if gain is None or (kind == "post" and self._piece(at, stop) in usual.words):
                        continue
                    gained = state.worth + gain
                    there = found[after]
                    known = there.get(kind)
                    if known is None:
                        order.append((after, kind))
                    elif known.worth >= gained:
                        continue
                    there[kind] = _State(gained, after, _Trail(kind, at, stop, state.last))
        return [found[at][kind] for at, kind in order]

    def _best(self, heads: Sequence[_State], *, behind: bool) -> Way:
        """The best way without an own label before the sentence."""
        edges, text, chunk = self._edges, self._text, self.chunk
        best, worth, first = heads[0], NEVER * 2, 0
        if not chunk.kind:
            for state in heads:
                if state.worth > worth and edges[state.at] == len(text):
                    best, worth = state, state.worth
            return Way(worth, behind, before=False, boxes=self._boxes(best.last))
        for number, state in sorted(enumerate(heads), key=_best_first):
            if state.worth + _BEST_SENTENCE < worth:
                break
            at, last = state.at, state.last
            gained = state.worth
            if last and last.kind in ("other", "label"):
                gained += self._split_phrase(text[edges[last.at] : edges[last.stop]], at)
            named = last is not None and last.kind == "post"
            if self._colon(at) and not named and not (last and self._is_section(last)):
                continue  # 学历：大专以上 is one
            gained += self._sentence(at, is_behind_name=named)
            if gained > worth or (gained == worth and number < first):
                best, worth, first = state, gained, number
        begin = chunk.start + edges[best.at] + self._colon(best.at)
        return Way(worth, behind, before=False, boxes=(*self._boxes(best.last), Box(chunk.kind, begin, chunk.end)))

    def _best_labelled(self, heads: Sequence[_State], usual: Usual, *, behind: bool) -> Way:
        """The best way with an own label before the sentence."""
        edges, text, chunk = self._edges, self._text, self.chunk
        best, worth, first, end = heads[0], NEVER * 2, 0, 0
        for number, state in sorted(enumerate(heads), key=_best_first):
            if state.worth + _BEST_LABEL + _BEST_SENTENCE < worth:
                break
            gain, stop = self._own_label(state.at, usual)
            gained = state.worth + gain
            if stop and (gained > worth or (gained == worth and number < first)):
                best, worth, first, end = state, gained, number, stop
        if not end:
            return Way(worth, behind, before=True, boxes=())
        label = text[edges[best.at] : edges[end]]
        sentence = Box(chunk.kind, chunk.start + edges[end], chunk.end, label)
        return Way(worth, behind, True, (*self._boxes(best.last), self._box("other", best.at, end), sentence))

    def _own_label(self, at: int, usual: Usual) -> tuple[float, int]:
        """How much speaks for the best label that begins at a word, with the sentence behind it, and the word that
        ends it; 0 where there is none. Asked for each way to get to the word."""
        if at not in self._usual_labels:
            best, end = NEVER * 2, 0
            for stop, label, alone in self._labels_at(at):
                worth = alone + usual_worth(self._page, label, usual) if alone > NO_LABEL else alone
                if worth + _BEST_SENTENCE > best:
                    gain = worth + self._sentence(stop) + self._split_phrase(label, stop)
                    if gain > best:
                        best, end = gain, stop
            self._usual_labels[at] = best, end
        return self._usual_labels[at]

    def _labels_at(self, at: int) -> list[tuple[int, str, float]]:
        """The labels that may begin at a word: the word behind, the label, how much speaks for it whatever is usual."""
        if at not in self._labels:
            edges, text = self._edges, self._text
            found: list[tuple[int, str, float]] = []
            for stop in range(at + 1, len(edges)):
                label = text[edges[at] : edges[stop]]
                if len(label) > LONGEST_LABEL or edges[stop] >= len(text) or self._colon(stop):
                    break
                found.append((stop, label, label_worth(label, text[edges[stop] : edges[stop] + 60])))
            self._labels[at] = found
        return self._labels[at]

    def _piece(self, at: int, stop: int) -> str:
        return self._text[self._edges[at] : self._edges[stop]]

    def _is_section(self, piece: _Trail) -> bool:
        return is_section(self._page, self._text[self._edges[piece.at] : self._edges[piece.stop]])

    def _split_phrase(self, label: str, at: int) -> float:
        """What speaks against a label that is the verb of what follows: 撰写宣传|文案."""
        if at >= len(self._words) or not self._page.rules.senses.duty.match(label):
            return 0.0
        start = self._start(at)
        worth = 0.0
        if start < 0.5:
            worth = -0.8
        elif start < 1.0:
            clause = _CLAUSE.search(self._text, self._edges[at])
            is_short = clause is not None and clause.start() - self._edges[at] < _SHORT_CLAUSE
            worth = -0.7 if is_short or is_light(label) else 0.0
        return worth - (1.2 if takes_post(self._page, label) else 0.0)

    def _start(self, at: int) -> float:
        """How well a sentence begins with a word; asked for each label before it."""
        if at not in self._starts:
            self._starts[at] = sentence_start(self._page, self._words[at], self._text[self._edges[at] :])
        return self._starts[at]

    def _colon(self, at: int) -> int:
        return 1 if at and self._text[self._edges[at] : self._edges[at] + 1] in "：:" else 0

    def _sentence(self, at: int, *, is_behind_name: bool = False) -> float:
        """How much speaks for the sentence beginning at a word; asked for each of its possible labels."""
        key = (at, is_behind_name)
        if key not in self._sentences:
            self._sentences[key] = self._weighed(at, is_behind_name=is_behind_name)
        return self._sentences[key]

    def _weighed(self, at: int, *, is_behind_name: bool) -> float:
        place = self._edges[at] + self._colon(at)
        rest = self._text[place:]
        if not rest:
            return NEVER * 2
        if self.chunk.kind == "kpi":
            worth = 0.6 if is_indicator(rest) and len(rest) >= 4 else -2.0
            return worth - (0.8 if speaks_of_indicators(rest) else 0.0)
        worth = -1.5 if len(rest) < _SHORTEST_SENTENCE else -0.6 if at and len(rest) < _SHORT_SENTENCE else 0.0
        clause = _CLAUSE.search(rest)
        first = clause.start() if clause else len(rest)
        worth -= 0.05 * max(0, first - _LONG_CLAUSE)
        worth += begins_again(rest[:first], self._words[at : at + 2], self._page)
        if place > self._edges[at]:
            return worth
        start = self._start(at) if at < len(self._words) else -1.0
        if not rest[0].isalnum() and rest[0] not in _OPENING:
            return NEVER
        if is_behind_name and start < 0.0:
            worth -= 1.0
        return worth + (start if at else 0.5 * max(-1.2, min(0.0, start)))

    def _boxes(self, last: _Trail | None) -> tuple[Box, ...]:
        """The boxes of a beginning, from its last piece back."""
        boxes: list[Box] = []
        while last:
            boxes.append(self._box("other" if last.kind == "label" else last.kind, last.at, last.stop))
            last = last.before
        return tuple(boxes[::-1])

    def _box(self, kind: str, at: int, stop: int) -> Box:
        start = self.chunk.start
        return Box(kind, start + self._edges[at], start + self._edges[stop])


def _best_first(entry: tuple[int, _State]) -> float:
    return -entry[1].worth
