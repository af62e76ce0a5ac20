"""Which post of a chapter of slides owns which sentences.

Names that stand together share what stands before them and what stands behind: the first of them own what is before,
one by one, the others what is behind. How many do, where the sentences between two groups of names are cut, and whether
some belong to nobody, is decided for the whole chapter at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box
from gangwei.layouts.deck_rows import Cuts, are_headed, rows_of
from gangwei.page import Page

_RANKS: Final = re.compile(
    r"总?经理|主任|主管|专员|总监|代表|助理|组长|队长|部长|科长|课长|处长|班长|员$|师$|工$|副|长$|部|科|处|室|中心|[/／]|高级|资深|岗$"
)
_HELPS: Final = re.compile("协助|配合|服从|辅助|协同")
_LEADS: Final = re.compile(
    "制定|制订|编制|审批|审核|统筹|主持|领导|监督|组织|带领|分解|全面|考核|管理|评审|招募|建立|检查|安排"
)
_LEADERS: Final = re.compile("总监|经理|主任|主管|[组队班科处院园校场店厂]长|负责人")
_OWNED: Final = 1.0
_MIXED: Final = -0.8
# A block of prose is all that a slide says of a post.
_MORE_PROSE: Final = -0.5
_TWICE: Final = 0.5
_NAME_ALONE: Final = -0.9
_REVERSED: Final = -0.8
_USUAL: Final = 3
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


class _Given(NamedTuple):
    """What it is worth that names own sentences; the names in the order of their sentences, none where they own none,
    and the place of the sentences in their gap."""

    worth: float
    names: tuple[Box, ...]
    place: tuple[int, int]


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


class Shares:
    """The names and the sentences of a chapter, ready to be shared among each other.

    A class only to keep what is asked again and again: how like a name and a sentence are, what a cut is worth.
    """

    def __init__(self, page: Page, boxes: Sequence[Box]) -> None:
        self._page = page
        self._rows, self._gaps, self._behind, self._doubled = rows_of(page, boxes)
        self._common = _Common(page, boxes if self._rows else ())
        self._are_headed = are_headed(self._rows, self._gaps)
        self._alike: dict[tuple[int, int], float] = {}
        self._cuts = [Cuts(gap) for gap in self._gaps]

    def shared(self, habits: Habits) -> list[Group]:
        """The posts and units of the chapter with the sentences that each owns."""
        if not self._rows:
            return []
        # For each row, how many of its names own what is before: the worth so far and the choices.
        states: dict[int, tuple[float, tuple[Group, ...]]] = {0: (0.0, ())}
        for index in range(len(self._gaps)):
            left = self._rows[index - 1] if index else ()
            right = self._rows[index] if index < len(self._rows) else ()
            later: dict[int, tuple[float, tuple[Group, ...]]] = {}
            behind = [self._givens(right[:after], index, habits, is_before=False) for after in range(len(right) + 1)]
            for before, (worth, groups) in states.items():
                ahead = self._givens(left[before:], index, habits, is_before=True)
                for after, givens in enumerate(behind):
                    gained, first, last = self._best(index, ahead, givens)
                    if after not in later or later[after][0] < worth + gained:
                        more = (*self._groups(ahead[first], index), *self._groups(givens[last], index))
                        later[after] = (worth + gained, groups + more)
            states = later
        return list(max(states.values(), key=_worth_of)[1])

    def _best(self, index: int, ahead: Mapping[int, _Given], behind: Mapping[int, _Given]) -> tuple[float, int, int]:
        """The best way to give the sentences of a gap to the names before it and the names behind it: what it is worth,
        and how many each side gets."""
        gap, cuts = self._gaps[index], self._cuts[index]
        count = len(gap.sentences)
        best: tuple[float, int, int] | None = None
        for first, left in ahead.items():
            for last, right in behind.items():
                if first + last > count:
                    break
                worth = cuts.worth(first, last)
                worth += left.worth + right.worth + (1.0 if gap.ahead and first else 0.0)
                if best is None or worth > best[0]:
                    best = worth, first, last
        assert best is not None
        return best

    def _givens(self, names: Sequence[Box], index: int, habits: Habits, *, is_before: bool) -> dict[int, _Given]:
        """For each number of sentences at a gap's end that names may own, what it is worth that they do."""
        sentences = self._gaps[index].sentences
        count = len(sentences)
        found = {
            number: self._given(
                names, (0, number) if is_before else (count - number, count), index, habits, is_before=is_before
            )
            for number in _numbers(len(names), count)
        }
        if names and (index - is_before) in self._doubled:
            # It need not own what is on both sides, and what is before it only where nobody else does.
            found = {
                number: given._replace(worth=(given.worth - (0.0 if is_before else _TWICE)) if number else 0.0)
                for number, given in found.items()
            }
        return found

    def _given(
        self, names: Sequence[Box], place: tuple[int, int], index: int, habits: Habits, *, is_before: bool
    ) -> _Given:
        """What it is worth that names own sentences of a gap, in order or in reverse."""
        sentences = self._gaps[index].sentences
        start, end = place
        if not names:
            return _Given(0.0, (), place)
        if start == end:
            return _Given(_NAME_ALONE * len(names), (), place)
        size = (end - start) // len(names)
        is_row = len(names) > 1
        may_mix = is_before and any("f" in part for part in self._gaps[index].parted)
        orders = [(0.0, names), (_REVERSED, names[::-1])] if is_row else [(0.0, names)]
        best: _Given | None = None
        for worth, order in orders:
            gained = worth + sum(
                [
                    self._worth(
                        name, sentences[at : at + size], habits, is_before=is_before, in_row=is_row, may_mix=may_mix
                    )
                    for at, name in zip(range(start, end, size), order, strict=True)
                ]
            )
            if is_row:
                gained += 0.2 * (len(names) - 1)
            if best is None or gained > best.worth:
                best = _Given(gained, tuple(order), place)
        assert best is not None
        return best

    def _groups(self, given: _Given, index: int) -> list[Group]:
        """Who owns what where names own sentences."""
        if not given.names:
            return []
        start, end = given.place
        size = (end - start) // len(given.names)
        sentences = self._gaps[index].sentences
        return [
            Group(name, sentences[at : at + size])
            for at, name in zip(range(start, end, size), given.names, strict=True)
        ]

    def _worth(
        self, name: Box, sentences: Sequence[Box], habits: Habits, *, is_before: bool, in_row: bool, may_mix: bool
    ) -> float:
        """How well sentences fit a name: what they share with it, and how many there are."""
        count = len(sentences)
        alike = sum([self._likeness(name, box) for box in sentences])
        if name.kind == "unit":
            if self._are_headed or _FUNCTIONS_BEHIND.match(self._page.value, name.end):
                return _OWNED + alike - 0.1 * (count - 1)  # a slide of its own
            return (0.0 if in_row else -1.2) + _OWNED + alike - 0.8 * (count - 1)
        worth = _OWNED + alike
        if count > 1:
            indicators = 0 if may_mix else sum([box.kind == "kpi" for box in sentences])
            worth += _MIXED * min(indicators, count - indicators)
            if not in_row:
                blocks = count - sum([self._is_one_item(box) for box in sentences])
                worth += _MORE_PROSE * max(0, blocks - 1)
        if in_row:
            worth -= 0.15 * (count - 1)
        elif count > 1 or self._is_one_item(sentences[0]):
            worth -= 0.12 * min(4.0, abs(count - habits.size))
        if count > _MOST:
            worth -= 0.35 * (count - _MOST)
        side = habits.names_first if is_before else 1 - habits.names_first
        return worth + 0.6 * habits.weight * (side - 0.5)

    def _is_one_item(self, sentence: Box) -> bool:
        value = self._page.value
        return (
            value.find("；", sentence.start, sentence.end - 1) < 0 > value.find(";", sentence.start, sentence.end - 1)
        )

    def _likeness(self, name: Box, sentence: Box) -> float:
        key = name.start, sentence.start
        found = self._alike.get(key)
        if found is None:
            box = sentence if sentence.label else sentence._replace(label=self._behind.get(sentence.start, ""))
            found = self._alike[key] = _likeness(self._page, name, box, self._common)
        return found


def _numbers(names: int, sentences: int) -> Sequence[int]:
    """How many sentences so many names may own: a multiple of their number, or none."""
    return range(0, min(sentences, names * _MOST_OWNED) + 1, names) if names else (0,)


def _worth_of(state: tuple[float, tuple[Group, ...]]) -> float:
    return state[0]


# What sentences and names have in common


class _Common:
    """How telling pairs and characters are for a chapter's sentences: less, the more sentences hold them."""

    def __init__(self, page: Page, boxes: Sequence[Box]) -> None:
        texts = [box.label + page.value[box.start : box.end] for box in boxes if box.kind in ("sentence", "kpi")]
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_pieces(text))
        self._counts = counts
        self._most = max(1, len(texts))

    def telling(self, pieces: Sequence[str], here: Set[str]) -> float:
        """How telling it is that some pieces stand in a sentence, all together."""
        counts, most = self._counts, self._most
        return sum([1.0 - 0.8 * (counts[piece] - 1) / most for piece in pieces if piece in here])


def _likeness(page: Page, name_box: Box, sentence: Box, common: _Common) -> float:
    name = page.value[name_box.start : name_box.end]
    text = page.value[sentence.start : sentence.end]
    worth = 0.0
    place = min((at for part in re.split("[/／]", name) if (at := text.find(part, 2, 6 + len(part))) >= 0), default=-1)
    if place >= 0 and not re.search("[，,]", text[2:place]) and len(name) > 2:
        return -2.0  # 协助店长做好…, 辅导营业部经理…: the post that is helped or led does something else
    if _HELPS.match(text):
        worth -= 0.3 if _LEADERS.search(name) else 0.0
    elif _LEADS.match(text.removeprefix("负责")):
        worth += 0.15 if _LEADERS.search(name) else -0.05
    pairs, characters = _name_pieces(name)
    here = _pieces(sentence.label + text)
    if pairs:
        worth += common.telling(pairs, here) / len(pairs) ** 0.5
    if characters:
        worth += 0.2 * common.telling(characters, here) / len(characters) ** 0.5
    return worth


@lru_cache(1024)
def _name_pieces(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pairs of characters that set a post's name apart, and its characters: those without its rank.

    In order, for what is summed over them must not hang on that of a set.
    """
    own = _RANKS.sub(" ", name)
    found = dict.fromkeys(a + b for a, b in pairwise(own) if " " not in a + b)
    if not found:
        found = dict.fromkeys(a + b for a, b in pairwise(name))
    return tuple(found), tuple(dict.fromkeys(own.replace(" ", "")))


@lru_cache(1024)  # three thousand bytes each
def _pieces(text: str) -> frozenset[str]:
    return frozenset([*text, *map(add, text, text[1:])])
