"""Slide text cut into its boxes: sentences, posts, units, labels and heads, with the habit of the deck in mind.

Sentences end where they say so. What stands before a sentence in the same stretch - the label of the sentence before,
names, a head, its own label - is cut off where the words and the neighbours of the stretch speak for it: a deck that
puts labels behind three sentences puts one behind the fourth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from gangwei.layouts.deck_chunks import Box, chunks_of, number_of
from gangwei.layouts.deck_cutting import BEFORE, BEHIND, SWITCH, Cutting, Way
from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_labels import repeated_labels
from gangwei.layouts.deck_marks import Chapter, Mark
from gangwei.layouts.deck_names import Counts
from gangwei.layouts.deck_words import NOT_KNOWN, Usual, speaks_of_indicators, usual_labels
from gangwei.page import Page

_LONGEST_USUAL: Final = 8
# A length is usual in a deck where so many of its labels, and this share of them, have it.
_FEWEST_USUAL: Final = 4
_MOST_OF: Final = 0.6
_SLIDE_SWITCH: Final = 0.35
_HABITS: Final = 4
_NONE_TAKEN: Final[list[Way | None]] = [None] * _HABITS
_UNCHANGED: Final = list(range(_HABITS))


def cut_deck(page: Page, counts: Counts, found: Sequence[Chapter], marks: Sequence[Mark]) -> list[list[Box]]:
    """The boxes of each chapter in order; where the deck has labels, read again with those that are usual in mind."""
    chapters = [_steps(page, counts, chapter, marks) for chapter in found]
    read = [_ways(page, steps, NOT_KNOWN) for steps in chapters]
    chunks = [step.chunk for steps in chapters for step in steps if isinstance(step, Cutting)]
    words = repeated_labels(page, chunks, [box for boxes in read for box in boxes])
    lengths = [_lengths(page, boxes) for boxes in read]
    in_deck = _usual_length(sum(lengths, Counter[int]()), _FEWEST_USUAL, _MOST_OF)
    for number, steps in enumerate(chapters):
        length = _usual_length(lengths[number], 2, 0.0)
        if length or in_deck or words:
            _follow(steps, read[number])
            read[number] = _ways(page, steps, usual_labels(length, in_deck, words))
    return read


def _ways(page: Page, steps: Sequence[Box | Cutting], usual: Usual) -> list[Box]:
    """The boxes of the ways that together are worth most."""
    ways = [() if isinstance(step, Box) else step.ways(usual) for step in steps]
    if max(map(len, ways), default=0) > 1:
        taken = _search(page, steps, ways)
    else:
        taken = [some[0] if some else None for some in ways]  # nothing to choose
    boxes: list[Box] = []
    for step, way in zip(steps, taken, strict=True):
        if isinstance(step, Box):
            boxes.append(step)
        elif way:
            boxes += step.boxes(way)
    return boxes


def _search(page: Page, steps: Sequence[Box | Cutting], ways: Sequence[Sequence[Way]]) -> list[Way | None]:
    """The way taken at each step, none at marks."""
    search = _Search()
    number = 0
    for step, some in zip(steps, ways, strict=True):
        if isinstance(step, Box):
            before, number = number, number_of(page, step)
            search.pass_mark(goes_on=0 < before == number - 1)
        else:
            search.cut(some, step.is_sentence)
    return search.best()


def _follow(steps: Sequence[Box | Cutting], boxes: Sequence[Box]) -> None:
    """Tell each chunk where the sentence before it begins: what stood before that, its label or a name, is not its own."""
    begins = {box.end: box.start for box in boxes if box.kind == "sentence"}
    for step in steps:
        if isinstance(step, Cutting):
            step.follow(begins)


def _lengths(page: Page, boxes: Sequence[Box]) -> Counter[int]:
    """How often labels are how long; the label of a field (岗位职责) is none of a sentence."""
    return Counter(
        box.end - box.start
        for box in boxes
        if box.kind in ("label", "other")
        and box.end - box.start <= _LONGEST_USUAL
        and not is_section(page, page.value[box.start : box.end])
    )


def _usual_length(lengths: Counter[int], fewest: int, share: float) -> int:
    """The length that labels have most often, at least `fewest` of them and that share of all; 0 for none."""
    length, count = lengths.most_common(1)[0] if lengths else (0, 0)
    return length if count >= fewest and count >= share * lengths.total() else 0


def _steps(page: Page, counts: Counts, chapter: Chapter, marks: Sequence[Mark]) -> list[Box | Cutting]:
    """The pieces of a chapter in order: boxes that are certain, and chunks to be cut."""
    steps: list[Box | Cutting] = []
    sentence: tuple[int, int] | None = None
    of_indicators = speaks_of_indicators(page.value[chapter.title_start : chapter.title_end])
    for piece in chunks_of(page, chapter.start, chapter.end, marks, of_indicators=of_indicators):
        if isinstance(piece, Box):
            steps.append(piece)
            sentence = sentence if piece.kind == "break" else None
        else:
            steps.append(Cutting(page, counts, piece, sentence))
            sentence = (piece.start, piece.end) if piece.kind else None
    return steps


class _Search:
    """The search for the ways to cut the chunks of a chapter that together are worth most: a change of the habit of
    labels costs."""

    def __init__(self) -> None:
        # By habits: how much the best ways so far are worth; and the habits, in the order in which they were reached.
        self._worths = [0.0] * _HABITS
        self._reached = _UNCHANGED
        # For each step and habit: the way taken, and the habit before it.
        self._ways: list[list[Way | None]] = []
        self._before: list[list[int]] = []
        self._after_sentence = self._is_new = self._was_named = False

    def pass_mark(self, *, goes_on: bool) -> None:
        """What is no chunk stands between two of them; `goes_on`: the next number of the boxes of one slide."""
        self._stay()
        self._after_sentence, self._is_new, self._was_named = False, not goes_on, True

    def _stay(self) -> None:
        self._ways.append(_NONE_TAKEN)
        self._before.append(_UNCHANGED)

    def cut(self, ways: Sequence[Way], is_sentence: bool) -> None:
        """Another chunk, with the ways to cut it; `is_sentence`: it ends as sentences do."""
        has_sentence = is_sentence and len(ways) > 0
        if ways:
            self._choose(ways, has_sentence)
        else:
            self._stay()
        is_named = True in [way.is_named for way in ways]
        self._was_named = is_named or (self._was_named and not self._after_sentence)
        self._after_sentence, self._is_new = has_sentence, False

    def _choose(self, ways: Sequence[Way], has_sentence: bool) -> None:
        """Each way behind the best of those that lead to its habit."""
        worths = [0.0] * _HABITS
        taken: list[Way | None] = [None] * _HABITS
        before = [-1] * _HABITS
        reached: list[int] = []
        # Of a label that cannot stand here the habit stays what it was.
        shown = (BEHIND if self._after_sentence else 0) + (BEFORE if has_sentence else 0)
        # A name parts two slides: the label before it is the old slide's, the one behind it the new slide's.
        cost_behind = _SLIDE_SWITCH if self._was_named else SWITCH
        known, olds = self._worths, self._reached
        for way in ways:
            worth, shows = way.worth, way.habit
            cost_before = _SLIDE_SWITCH if way.is_named or self._is_new else SWITCH
            for old in olds:
                gained = known[old] + worth
                habit = old
                if changed := (old ^ shows) & shown:
                    habit = old ^ changed
                    if changed & BEHIND:
                        gained -= cost_behind
                    if changed & BEFORE:
                        gained -= cost_before
                if taken[habit] is None:
                    reached.append(habit)
                elif worths[habit] >= gained:
                    continue
                worths[habit], taken[habit], before[habit] = gained, way, old
        self._worths, self._reached = worths, reached
        self._ways.append(taken)
        self._before.append(before)

    def best(self) -> list[Way | None]:
        """The way taken at each step; none where there is none."""
        habit = self._reached[0]
        for other in self._reached:
            if self._worths[other] > self._worths[habit]:
                habit = other
        found: list[Way | None] = []
        for ways, before in zip(reversed(self._ways), reversed(self._before), strict=True):
            found.append(ways[habit])
            habit = before[habit]
        found.reverse()
        return found
