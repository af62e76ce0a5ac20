"""List numbers, read as sequences.

A number is an ordinal by its place and by its neighbours: 2. after 1. opens a new item even where no mark stands
before it, while 3.8 and 24小时 open none. Each style of number is read on its own, as the path through all candidates
that makes the best sequence; a restart at 1 is a new list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.model import made
from gangwei.ordinal_marks import Candidate, candidates

# How far back the next number may look for the one before it, in candidates of the same style.
_WINDOW: Final = 10
_BEST_STEP: Final = 2.0
_RESTART: Final = 0.3
_CLEARLY: Final = 0.001
_FEWEST_TWO_LEVELS: Final = 3
_BOXES: Final = frozenset("□■☑☐√✓◻◼▣")
_FARTHEST_BOX: Final = 10
# Between two numbers that each have a line of their own.
_LONGEST_ITEM: Final = 160
_NO_OPTION: Final = re.compile("[。；;，,\n]")
# How deep a style of number stands where styles are nested.
DEPTH: Final = {
    "编": 0,
    "篇": 0,
    "章": 1,
    "节": 2,
    "条": 3,
    "worded": 3,
    "han": 3,
    "han_paren": 4,
    "digit": 5,
    "two": 6,
    "three": 7,
    "four": 8,
    "lettered": 6,
    "half_paren": 6,
    "paren": 6,
    "paren_letter": 6,
    "paren_roman": 7,
    "款": 4,
    "stem": 4,
    "circle": 7,
    "keycap": 4,
    "spoken": 7,
    "letter": 7,
    "bullet": 8,
}
_LEVELLED: Final = frozenset(["two", "three", "four", "lettered"])


class Ordinal(NamedTuple):
    """A list number at [start:end] of the text: its style, its value, whether a line begins with it.

    `before` is the index of the number that it continues among the ordinals returned, or -1 where a list begins.
    """

    start: int
    end: int
    style: str
    value: int
    at_line_start: bool
    before: int = -1


# A list number, and the one that it continues.
_Numbered = tuple[Candidate, Candidate | None]


def read_ordinals(text: str, label_ends: frozenset[int] = frozenset()) -> tuple[Ordinal, ...]:
    """The list numbers of a text, in order; `label_ends` are places where a label ends.

    >>> [text[o.start:o.end] for text in ["1、开拓市场2、年增长3.5%以上。3、回款"] for o in read_ordinals(text)]
    ['1、', '2、', '3、']
    """
    found: list[tuple[int, bool, int, Candidate, str, int]] = []
    levelled: set[int] = set()
    for style, alike in sorted(candidates(text, label_ends).items(), key=_levelled_first):
        is_levelled = style in _LEVELLED
        numbers = _list_of(text, style, alike, levelled)
        if is_levelled:
            levelled.update([candidate.start for candidate, _ in numbers])
        kind = "digit" if style == "alone" else style
        found += [
            (candidate.start, not is_levelled, place, candidate, kind, before.start if before else -1)
            for place, (candidate, before) in enumerate(numbers, len(found))
        ]
    found.sort()
    kept: list[Ordinal] = []
    index: dict[int, int] = {}
    end = number = 0
    for start, _, _, candidate, kind, source in found:
        if start >= end:
            end = candidate.end
            index[start] = number
            number += 1
            before = index[source] if source in index else -1  # noqa: SIM401 - most are found: no call
            kept.append(made(Ordinal, (start, end, kind, candidate.value, candidate.at_line_start, before)))
    return tuple(kept)


def _list_of(text: str, style: str, alike: list[Candidate], levelled: set[int]) -> Sequence[_Numbered]:
    """The candidates of a style that are list numbers."""
    if style == "bullet":
        boxes = _boxes(text, alike)
        return [(c, None) for c in alike if c.start not in boxes]
    if style == "digit" and levelled:
        alike = [c for c in alike if c.start not in levelled]  # the 3. of 3.5 is no number of its own
    if style == "two" and not levelled and len(alike) < _FEWEST_TWO_LEVELS - any(c.at_line_start for c in alike):
        return ()
    path = _best_path(alike, is_levelled=style in _LEVELLED)
    return _near_ones(path) if style == "alone" else path


def _boxes(text: str, bullets: Sequence[Candidate]) -> frozenset[int]:
    """Where boxes to tick stand among the bullets: side by side in a line, each before a short word (☑全职　□兼职)."""
    places = [c.start for c in bullets if text[c.start] in _BOXES]
    near = [(a, b) for a, b in pairwise(places) if b - a <= _FARTHEST_BOX and not _NO_OPTION.search(text, a + 1, b)]
    return frozenset([place for pair in near for place in pair])


def _levelled_first(entry: tuple[str, list[Candidate]]) -> bool:
    return entry[0] not in _LEVELLED


def _near_ones(path: Sequence[_Numbered]) -> Sequence[_Numbered]:
    """The numbers with a line of their own that stand as near to the next one as items do: pages are longer."""
    linked = [(one, before) for one, before in path if before and one.start - before.end <= _LONGEST_ITEM]
    near = {candidate.start for pair in linked for candidate in pair}
    # Where others are, a list of one item has its number too.
    return [pair for pair in path if pair[0].start in near or (near and pair[0].value == 1)]


def _best_path(alike: Sequence[Candidate], *, is_levelled: bool) -> Sequence[_Numbered]:
    """The candidates of one style that make the best sequence."""
    best = [0.0] * len(alike)
    peaks = [0.0] * len(alike)  # the best of all up to one
    back = [-1] * len(alike)
    highest = -1  # the best of those that lie further back
    before, has_none = 0, False
    for i, (_, _, value, weight, _) in enumerate(alike):
        before, is_next = value, i > 0 and value == before + 1 > 1
        has_none = has_none or value == 0
        is_first = value == 1 or (is_levelled and value % 100 == 1)
        score, source = (0.4 if is_first else -1.2), -1
        furthest = 0
        if i > _WINDOW:
            furthest = i - _WINDOW
            if highest < 0 or best[furthest - 1] > best[highest]:
                highest = furthest - 1
        if i and not is_levelled and (i == 1 or peaks[i - 2] + _CLEARLY < best[i - 1]):
            # Right behind what is clearly the best of all the next number, or a list that begins anew: as nearly everywhere.
            step = _BEST_STEP if is_next else _RESTART if value == 1 and not has_none else 0.0
            if step and best[i - 1] + step > score:
                back[i] = i - 1
                best[i] = best[i - 1] + step + weight
                peaks[i] = best[i] if best[i] > best[i - 1] else best[i - 1]
                continue
        if highest >= 0 and is_first and best[highest] + _RESTART > score:
            score, source = best[highest] + _RESTART, highest
        is_within = False
        # From the last one back, for that is nearly always the best; of equals the first counts.
        for j in range(i - 1, furthest - 1, -1):
            if peaks[j] + _BEST_STEP < score:
                break  # none further back can be better
            if best[j] + _BEST_STEP >= score:
                is_next = value - alike[j].value == 1
                reached = best[j] + (_BEST_STEP if is_next else _step(alike[j].value, value, is_levelled=is_levelled))
                if reached > score or (reached == score and is_within):
                    score, source, is_within = reached, j, True
        best[i], back[i] = score + weight, source
        peaks[i] = best[i] if not i or best[i] > peaks[i - 1] else peaks[i - 1]
    if not best or (highest_sum := max(best)) <= 0:
        return ()
    place = best.index(highest_sum)
    path: list[_Numbered] = []
    while place >= 0:
        source = back[place]
        value = alike[place].value
        last = alike[source].value if source >= 0 else value
        continues = _is_next_of_levels(last, value) if is_levelled else last < value <= last + 3
        path.append((alike[place], alike[source] if continues else None))
        place = source
    # A lone number without a strong place of its own is no list.
    if len(path) == 1 and path[0][0].weight < 1.0:
        return ()
    return path[::-1]


def _is_next_of_levels(before: int, value: int) -> bool:
    if value // 100 != before // 100:
        return value % 100 == 1 and value > before
    return before < value <= before + 3


def _step(before: int, value: int, *, is_levelled: bool) -> float:
    """How well a number goes on from one that is not right before it."""
    if is_levelled:
        return 1.2 if value % 100 == 1 else -0.5
    if value == 1:
        return _RESTART
    step = value - before
    return _STEPS.get(step, -1.0 if step < 0 else -1.5)


_STEPS: Final = {2: 0.7, 3: 0.0, 0: -0.3}
