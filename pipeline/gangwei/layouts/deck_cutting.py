"""The ways to cut one chunk of slide text into boxes, the best for each habit of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box, Chunk
from gangwei.layouts.deck_names import NEVER, Candidate, Words, candidates, choices, is_person, is_section, takes_post
from gangwei.layouts.deck_words import (
    LONGEST_LABEL,
    begins_again,
    is_indicator,
    is_light,
    is_plain_start,
    label_worth,
    sentence_start,
    speaks_of_indicators,
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

# How good a beginning of a chunk is, and its boxes.
_State = tuple[float, tuple[Box, ...]]


class Way(NamedTuple):
    """A way to cut a chunk: what speaks for it, whether it begins with the label of the sentence before, whether its
    own sentence has a label, and its boxes."""

    worth: float
    behind: bool
    before: bool
    boxes: tuple[Box, ...]


def ways_to_cut(page: Page, chunk: Chunk, sentence: tuple[int, int] | None, usual: int) -> list[Way]:
    """The best way to cut a chunk for each habit of labels; `sentence` is the sentence right before it."""
    text = page.value[chunk.start : chunk.end]
    if chunk.is_line and (box := _whole_line(page, chunk, text)):
        return [Way(1.0, behind=False, before=False, boxes=(box,))]
    clause = _CLAUSE.search(text)
    limit = clause.start() if clause and chunk.kind else len(text)
    words = page.names.cut(text[:limit])[:_WORDS_AHEAD]
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    previous = page.value[sentence[0] : sentence[1]] if sentence else ""
    start = Words(page, text, words, edges, bool(chunk.kind), bool(previous))
    return [way for way in _Cutting(start, chunk, previous, usual).ways() if way.worth > NEVER]


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


class _Cutting:
    """The search for the ways to cut one chunk. It lives inside `ways_to_cut`."""

    def __init__(self, words: Words, chunk: Chunk, previous: str, usual: int) -> None:
        self._first, self._chunk, self._previous, self._usual = words, chunk, previous, usual
        self._page, self._text, self._words, self._edges = words.page, words.text, words.words, words.edges
        self._sentences: dict[tuple[int, bool], float] = {}
        self._labels: dict[int, tuple[float, int]] = {}
        self._candidates: dict[int, tuple[Candidate, ...]] = {}

    def ways(self) -> Iterator[Way]:
        """The best way for each of: a label of the sentence before at its head or none, an own label or none."""
        for behind in (False, True) if self._previous else (False,):
            heads = self._heads(behind=behind)
            if not heads:
                continue
            for before in (False, True) if self._chunk.kind == "sentence" else (False,):
                worth, boxes = max(
                    (self._tail(state, at, before=before) for (at, _), state in heads.items()), key=lambda way: way[0]
                )
                yield Way(worth, behind, before, boxes)

    def _heads(self, *, behind: bool) -> dict[tuple[int, str], _State]:
        """What may stand before the sentence and its label, by where it ends and with what."""
        edges, text = self._edges, self._text
        states: dict[tuple[int, str], _State] = {}
        if behind:
            for at in range(1, len(edges)):
                worth = label_worth(text[: edges[at]], self._previous, self._usual)
                if worth > _LABEL_MAY_BE:
                    gain = worth + (0.6 if edges[at] == len(text) else 0.0)
                    states[at, "label"] = (gain, (self._box("other", 0, at),))
        else:
            states[0, ""] = (0.0, ())
        for at in range(len(edges)):
            for last in _LASTS:
                if (state := states.get((at, last))) is None:
                    continue
                if at not in self._candidates:
                    self._candidates[at] = tuple(candidates(self._first, at))
                for choice in choices(self._candidates[at], last):
                    gained = state[0] + choice.gain
                    key = (choice.after, choice.kind)
                    if key not in states or states[key][0] < gained:
                        states[key] = (gained, (*state[1], self._box(choice.kind, at, choice.stop)))
        return states

    def _tail(self, state: _State, at: int, *, before: bool) -> _State:
        """The best end of the chunk behind what stands before: with an own label or without one."""
        worth, boxes = state
        edges, text, chunk = self._edges, self._text, self._chunk
        if not chunk.kind:
            return (worth, boxes) if edges[at] == len(text) else (NEVER * 2, boxes)
        if not before:
            if at and boxes and boxes[-1].kind == "other" and boxes[-1].end == chunk.start + edges[at]:
                worth += self._split_phrase(self._page.value[boxes[-1].start : boxes[-1].end], at)
            named = bool(boxes) and boxes[-1].kind == "post"
            if self._colon(at) and not named and not (boxes and self._is_section(boxes[-1])):
                return NEVER * 2, boxes  # 学历：大专以上 is one
            sentence = Box(chunk.kind, chunk.start + edges[at] + self._colon(at), chunk.end)
            return worth + self._sentence(at, is_behind_name=named), (*boxes, sentence)
        gain, stop = self._own_label(at)
        if not stop:
            return NEVER * 2, boxes
        sentence = Box(chunk.kind, chunk.start + edges[stop], chunk.end, text[edges[at] : edges[stop]])
        return worth + gain, (*boxes, self._box("other", at, stop), sentence)

    def _own_label(self, at: int) -> tuple[float, int]:
        """How much speaks for the best label that begins at a word, with the sentence behind it, and the word that
        ends it; 0 where there is none. Asked for each way to get to the word."""
        if at in self._labels:
            return self._labels[at]
        edges, text = self._edges, self._text
        best = (NEVER * 2, 0)
        for stop in range(at + 1, len(edges)):
            label = text[edges[at] : edges[stop]]
            if len(label) > LONGEST_LABEL or edges[stop] >= len(text) or self._colon(stop):
                break
            worth = label_worth(label, text[edges[stop] : edges[stop] + 60], self._usual)
            if worth <= NEVER:
                continue
            gain = worth + self._sentence(stop) + self._split_phrase(label, stop)
            if gain > best[0]:
                best = (gain, stop)
        self._labels[at] = best
        return best

    def _is_section(self, box: Box) -> bool:
        return is_section(self._page, self._page.value[box.start : box.end])

    def _split_phrase(self, label: str, at: int) -> float:
        """What speaks against a label that is the verb of what follows: 撰写宣传|文案."""
        if at >= len(self._words) or not self._page.rules.senses.duty.match(label):
            return 0.0
        rest = self._text[self._edges[at] :]
        start = sentence_start(self._page, self._words[at], rest)
        clause = _CLAUSE.search(rest)
        is_short = clause is not None and clause.start() < _SHORT_CLAUSE
        worth = -0.8 if start < 0.5 else -0.7 if start < 1.0 and (is_short or is_light(label)) else 0.0
        return worth - (1.2 if takes_post(self._page, label) else 0.0)

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
        if self._chunk.kind == "kpi":
            worth = 0.6 if is_indicator(rest) and len(rest) >= 4 else -2.0
            return worth - (0.8 if speaks_of_indicators(rest) else 0.0)
        worth = -1.5 if len(rest) < _SHORTEST_SENTENCE else -0.6 if at and len(rest) < _SHORT_SENTENCE else 0.0
        clause = _CLAUSE.search(rest)
        first = clause.start() if clause else len(rest)
        worth -= 0.05 * max(0, first - _LONG_CLAUSE)
        worth += begins_again(rest[:first], self._words[at : at + 2], self._page)
        if place > self._edges[at]:
            return worth
        start = sentence_start(self._page, self._words[at], rest) if at < len(self._words) else -1.0
        if not rest[0].isalnum() and rest[0] not in _OPENING:
            return NEVER
        if is_behind_name and start < 0.0:
            worth -= 1.0
        return worth + (start if at else 0.5 * max(-1.2, min(0.0, start)))

    def _box(self, kind: str, at: int, stop: int) -> Box:
        start = self._chunk.start
        return Box(kind, start + self._edges[at], start + self._edges[stop])
