"""Slide text cut into its boxes: sentences, posts, units, labels and heads, with the habit of the deck in mind.

Sentences end where they say so. What stands before a sentence in the same stretch - the label of the sentence before,
names, a head, its own label - is cut off where the words and the neighbours of the stretch speak for it: a deck that
puts labels behind three sentences puts one behind the fourth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box, chunks_of
from gangwei.layouts.deck_cutting import Cutting, Way
from gangwei.layouts.deck_labels import repeated_labels
from gangwei.layouts.deck_marks import Mark
from gangwei.layouts.deck_names import Counts
from gangwei.layouts.deck_words import NOT_KNOWN, Usual
from gangwei.page import Page

_LONGEST_USUAL: Final = 8
# A length is usual in a deck where so many of its labels, and this share of them, have it.
_FEWEST_USUAL: Final = 4
_MOST_OF: Final = 0.6
_SWITCH: Final = 0.6
_SLIDE_SWITCH: Final = 0.35
_HABITS: Final = ((False, False), (False, True), (True, False), (True, True))

# Whether labels stand behind their sentences, and whether they stand before them.
_Habit = tuple[bool, bool]


class _Trail(NamedTuple):
    """The boxes of a step of the search, and the step before it."""

    boxes: tuple[Box, ...]
    before: _Trail | None


def cut_deck(
    page: Page, counts: Counts, stretches: Sequence[tuple[int, int]], marks: Sequence[Mark]
) -> list[list[Box]]:
    """The boxes of each chapter in order; where the deck has labels, read again with those that are usual in mind."""
    chapters = [_steps(page, counts, start, end, marks) for start, end in stretches]
    read = [_ways(steps, NOT_KNOWN) for steps in chapters]
    chunks = [step.chunk for steps in chapters for step in steps if isinstance(step, Cutting)]
    words = repeated_labels(page, chunks, [box for boxes in read for box in boxes])
    lengths = [_lengths(boxes) for boxes in read]
    in_deck = _usual_length(sum(lengths, Counter[int]()), _FEWEST_USUAL, _MOST_OF)
    for number, steps in enumerate(chapters):
        length = _usual_length(lengths[number], 2, 0.0)
        if length or in_deck or words:
            read[number] = _ways(steps, Usual(length, in_deck, words))
    return read


def _ways(steps: Sequence[Box | Cutting], usual: Usual) -> list[Box]:
    return _best([step if isinstance(step, Box) else step.ways(usual) for step in steps])


def _lengths(boxes: Sequence[Box]) -> Counter[int]:
    return Counter(
        box.end - box.start for box in boxes if box.kind == "other" and box.end - box.start <= _LONGEST_USUAL
    )


def _usual_length(lengths: Counter[int], fewest: int, share: float) -> int:
    """The length that labels have most often, at least `fewest` of them and that share of all; 0 for none."""
    length, count = lengths.most_common(1)[0] if lengths else (0, 0)
    return length if count >= fewest and count >= share * lengths.total() else 0


def _steps(page: Page, counts: Counts, start: int, end: int, marks: Sequence[Mark]) -> list[Box | Cutting]:
    """The pieces of a chapter in order: boxes that are certain, and chunks to be cut."""
    steps: list[Box | Cutting] = []
    sentence: tuple[int, int] | None = None
    for piece in chunks_of(page, start, end, marks):
        if isinstance(piece, Box):
            steps.append(piece)
            sentence = sentence if piece.kind == "break" else None
        else:
            steps.append(Cutting(page, counts, piece, sentence))
            sentence = (piece.start, piece.end) if piece.kind else None
    return steps


def _best(steps: Sequence[Box | list[Way]]) -> list[Box]:
    """The boxes of the ways that together are worth most: a change of the habit of labels costs."""
    states: dict[_Habit, tuple[float, _Trail | None]] = dict.fromkeys(_HABITS, (0.0, None))
    after_sentence = is_new = was_named = False
    for step in steps:
        if isinstance(step, Box):
            states = {habit: (worth, _Trail((step,), trail)) for habit, (worth, trail) in states.items()}
            after_sentence, is_new, was_named = False, True, True
            continue
        following: dict[_Habit, tuple[float, _Trail | None]] = {}
        has_sentence = any(box.kind == "sentence" for way in step for box in way.boxes)
        for way in step:
            named = any(box.kind in ("post", "unit") for box in way.boxes)
            # A name parts two slides: the label before it is the old slide's, the one behind it the new slide's.
            costs = (_SLIDE_SWITCH if was_named else _SWITCH, _SLIDE_SWITCH if named or is_new else _SWITCH)
            for (behind, before), (worth, trail) in states.items():
                habit = (way.behind if after_sentence else behind, way.before if has_sentence else before)
                gained = worth + way.worth - costs[0] * (habit[0] != behind) - costs[1] * (habit[1] != before)
                if habit not in following or following[habit][0] < gained:
                    following[habit] = (gained, _Trail(way.boxes, trail))
        if following:
            states = following
        was_named = any(box.kind in ("post", "unit") for way in step for box in way.boxes) or (
            was_named and not after_sentence
        )
        after_sentence, is_new = has_sentence, False
    last = max(states.values(), key=lambda state: state[0])[1]
    found: list[Box] = []
    while last is not None:
        found += reversed(last.boxes)
        last = last.before
    return found[::-1]
