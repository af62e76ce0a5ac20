"""Which post of a chapter of slides owns which sentences.

Names that stand together share what stands before them and what stands behind: the first of them own what is before,
one by one, the others what is behind. How many do, where the sentences between two groups of names are cut, and whether
some belong to nobody, is decided for the whole chapter at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import inf
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box
from gangwei.layouts.deck_likeness import Likeness, SentenceSigns
from gangwei.layouts.deck_rows import Cuts, Gap, are_headed, rows_of
from gangwei.page import Page

_OWNED: Final = 1.0
_MIXED: Final = -0.8
# A block of prose is all that a slide says of a post.
_MORE_PROSE: Final = -0.5
_TWICE: Final = 0.5
_NAME_ALONE: Final = -0.9
_REVERSED: Final = -0.8
_USUAL: Final = 3
_MOST_LESS: Final = 4.0
_MOST: Final = 7
_FUNCTIONS_BEHIND: Final = re.compile("的?(?:主要|部门|核心)?职能")
# A bound that keeps the work linear in the text.
_MOST_OWNED: Final = 60


class Group(NamedTuple):
    """A post or a unit with the sentences that it owns."""

    name: Box
    sentences: tuple[Box, ...]


class Habits(NamedTuple):
    """What is usual in a deck: how many sentences a post has, and how often its name stands before them."""

    size: float = _USUAL
    names_first: float = 0.5
    weight: float = 0.0


def habits_of(groups: Sequence[Sequence[Group]]) -> Habits:
    """The habits of a deck whose chapters were read once."""
    sizes: Counter[int] = Counter()
    first = total = 0
    for chapter in groups:
        for group in chapter:
            if group.name.kind == "post" and len(group.sentences) > 1:
                sizes[len(group.sentences)] += 1
                total += 1
                first += group.name.start < group.sentences[0].start
    usual = sizes.most_common(1)
    return Habits(usual[0][0] if usual else _USUAL, first / total if total else 0.5, min(1.0, total / 6))


# What it is worth that names own sentences of a gap; the names in the order of their sentences, none where they own none;
# the number of their first sentence and how many they own.
_Given = tuple[float, Sequence[Box], int, int]
_NOBODY: Final[list[_Given]] = [(0.0, (), 0, 0)]
# How many names of the row before a gap own what is before them, and what the names before the gap and behind it own.
_Choice = tuple[int, _Given, _Given]


class _Stretch:
    """The sentences of a gap, with what is asked of them again and again."""

    def __init__(self, page: Page, gap: Gap) -> None:
        self.sentences = gap.sentences
        self.count = len(gap.sentences)
        self.has_colon = gap.ahead
        self.cuts = Cuts(gap)
        self.signs = [SentenceSigns(page, box) for box in gap.sentences]
        # How many indicators and how many sentences of several items there are, up to each.
        self.indicators = list(accumulate([sign.is_indicator for sign in self.signs], initial=0))
        self.blocks = list(accumulate([not sign.is_one_item for sign in self.signs], initial=0))
        self.may_mix = any("f" in part for part in gap.parted)
        # How like each sentence is a name, by the name's place.
        self.alike: dict[int, list[float]] = {}


class Shares:
    """The names and the sentences of a chapter, ready to be shared among each other.

    A class only to keep what is asked again and again: how like a name and a sentence are, what a cut is worth.
    """

    def __init__(self, page: Page, boxes: Sequence[Box]) -> None:
        self._page = page
        self._rows, gaps, self._behind, self._doubled = rows_of(page, boxes)
        if self._rows:
            self._gaps = [_Stretch(page, gap) for gap in gaps]
            self._are_headed = are_headed(self._rows, gaps)
            sentences = [sign for gap in self._gaps for sign in gap.signs]
            self._likeness = Likeness(page, [name for row in self._rows for name in row], sentences)

    def shared(self, habits: Habits) -> list[Group]:
        """The posts and units of the chapter with the sentences that each owns."""
        if not self._rows:
            return []
        # By how many names of a row own what is before it: what the best choices so far are worth, and the last of them.
        worths = [0.0]
        choices: list[list[_Choice]] = []
        for index, gap in enumerate(self._gaps):
            left = self._rows[index - 1] if index else ()
            right = self._rows[index] if index < len(self._rows) else ()
            ahead = [self._givens(left[before:], index, habits, is_before=True) for before in range(len(worths))]
            later: list[float] = []
            best: list[_Choice] = []
            for after in range(len(right) + 1):
                givens = self._givens(right[:after], index, habits, is_before=False)
                for before, worth in enumerate(worths):
                    gained, first, last = _best(gap, ahead[before], givens)
                    if not before:
                        later.append(worth + gained)
                        best.append((before, first, last))
                    elif later[after] < worth + gained:
                        later[after] = worth + gained
                        best[after] = before, first, last
            worths = later
            choices.append(best)
        return self._groups(choices, worths.index(max(worths)))

    def _groups(self, choices: Sequence[Sequence[_Choice]], number: int) -> list[Group]:
        """Who owns what by the choices that end with one."""
        found: list[Group] = []
        for gap, some in zip(reversed(self._gaps), reversed(choices), strict=True):
            number, first, last = some[number]
            for _, names, start, owned in (last, first):
                for place in range(len(names) - 1, -1, -1):
                    size = owned // len(names)
                    at = start + place * size
                    found.append(Group(names[place], gap.sentences[at : at + size]))
        found.reverse()
        return found

    def _givens(self, names: Sequence[Box], index: int, habits: Habits, *, is_before: bool) -> list[_Given]:
        """For none and each multiple of their number, what it is worth that names own so many sentences at a gap's end."""
        if not names:
            return _NOBODY
        gap, step = self._gaps[index], len(names)
        # A name with two rows need not own what is on both sides, and what is before it only where nobody else does.
        is_doubled = (index - is_before) in self._doubled
        found: list[_Given] = [(0.0 if is_doubled else _NAME_ALONE * step, (), 0, 0)]
        for number in range(step, min(gap.count, step * _MOST_OWNED) + 1, step):
            start = 0 if is_before else gap.count - number
            worth, order = self._given(names, gap, start, number // step, habits, is_before=is_before)
            found.append((worth - _TWICE if is_doubled and not is_before else worth, order, start, number))
        return found

    def _given(
        self, names: Sequence[Box], gap: _Stretch, start: int, size: int, habits: Habits, *, is_before: bool
    ) -> tuple[float, Sequence[Box]]:
        """What it is worth that each of some names owns so many sentences of a gap, in order or in reverse."""
        if len(names) == 1:
            return self._worth(names[0], gap, start, size, habits, is_before=is_before, in_row=False), names
        best, order = 0.0, names
        for against, some in ((0.0, names), (_REVERSED, names[::-1])):
            worth = 0.0
            for place, name in enumerate(some):
                at = start + place * size
                worth += self._worth(name, gap, at, size, habits, is_before=is_before, in_row=True)
            worth = against + worth + 0.2 * (len(names) - 1)
            if some is names or worth > best:
                best, order = worth, some
        return best, order

    def _worth(
        self, name: Box, gap: _Stretch, start: int, count: int, habits: Habits, *, is_before: bool, in_row: bool
    ) -> float:
        """How well some sentences of a gap fit a name: what they share with it, and how many there are."""
        alike = gap.alike.get(name.start)
        if alike is None:
            alike = gap.alike[name.start] = self._likeness.of(name, gap.signs, self._behind)
        end = start + count
        shared = alike[start] if count == 1 else sum(alike[start:end])
        if name.kind == "unit":
            return self._worth_of_unit(name, shared, count, in_row=in_row)
        worth = _OWNED + shared
        blocks = gap.blocks[end] - gap.blocks[start]
        if count > 1:
            indicators = 0 if gap.may_mix and is_before else gap.indicators[end] - gap.indicators[start]
            if indicators:
                worth += _MIXED * min(indicators, count - indicators)
            if blocks > 1 and not in_row:
                worth += _MORE_PROSE * (blocks - 1)
        if in_row:
            worth -= 0.15 * (count - 1)
        elif count > 1 or not blocks:
            less = count - habits.size if count > habits.size else habits.size - count
            worth -= 0.12 * (less if less < _MOST_LESS else _MOST_LESS)
        if count > _MOST:
            worth -= 0.35 * (count - _MOST)
        side = habits.names_first if is_before else 1 - habits.names_first
        return worth + 0.6 * habits.weight * (side - 0.5)

    def _worth_of_unit(self, name: Box, alike: float, count: int, *, in_row: bool) -> float:
        """How well so many sentences fit a unit that are so much alike to its name."""
        if self._are_headed or _FUNCTIONS_BEHIND.match(self._page.value, name.end):
            return _OWNED + alike - 0.1 * (count - 1)  # a slide of its own
        return (0.0 if in_row else -1.2) + _OWNED + alike - 0.8 * (count - 1)


def _best(gap: _Stretch, ahead: Sequence[_Given], behind: Sequence[_Given]) -> tuple[float, _Given, _Given]:
    """The best way to give the sentences of a gap to the names before it and the names behind it: what it is worth, and
    what each side gets."""
    count, cuts, worths, has_colon = gap.count, gap.cuts, gap.cuts.worths, gap.has_colon
    left, right, best = ahead[0], behind[0], -inf
    for given in ahead:
        worth_before, _, _, first = given
        bonus = 1.0 if has_colon and first else 0.0
        for other in behind:
            worth_behind, _, _, last = other
            if first + last > count:
                break
            cut = worths.get((first, last))
            worth = (cuts.worth(first, last) if cut is None else cut) + (worth_before + worth_behind + bonus)
            if worth > best:
                best, left, right = worth, given, other
    return best, left, right
