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
from itertools import accumulate, pairwise
from operator import add
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box, number_of
from gangwei.layouts.deck_heads import is_section
from gangwei.layouts.deck_words import is_heading
from gangwei.model import Field
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
_UNOWNED: Final = -0.45
_UNOWNED_INDICATOR: Final = -0.9
_MIXED: Final = -0.8
# A block of prose is all that a slide says of a post.
_MORE_PROSE: Final = -0.5
_UNOWNED_BY_HEAD: Final = -0.15
_NAME_ALONE: Final = -0.9
_REVERSED: Final = -0.8
_USUAL: Final = 3
_MOST: Final = 7
_FUNCTIONS_BEHIND: Final = re.compile("的?(?:主要|部门|核心)?职能")
_CHART: Final = ("架构图", "结构图", "组织图")
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


class _Gap(NamedTuple):
    """What stands between two rows of names: sentences, and what parts each from the one before it."""

    sentences: tuple[Box, ...]
    # Before each sentence, and one behind the last: labels, heads (o), of duties (d) and other fields (f), numbers, those that go on (c), breaks.
    parted: tuple[str, ...]
    ahead: bool  # a colon stands behind the name before it


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
        self._rows, self._gaps = _rows(page, boxes)
        self._common = _Common(page, boxes if self._rows else ())
        self._alike: dict[tuple[int, int], float] = {}
        self._cuts = [_Cuts(gap) for gap in self._gaps]

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
        return {
            number: self._given(
                names, (0, number) if is_before else (count - number, count), sentences, habits, is_before=is_before
            )
            for number in _numbers(len(names), count)
        }

    def _given(
        self, names: Sequence[Box], place: tuple[int, int], sentences: Sequence[Box], habits: Habits, *, is_before: bool
    ) -> _Given:
        """What it is worth that names own sentences, in order or in reverse."""
        start, end = place
        if not names:
            return _Given(0.0, (), place)
        if start == end:
            return _Given(_NAME_ALONE * len(names), (), place)
        size = (end - start) // len(names)
        is_row = len(names) > 1
        orders = [(0.0, names), (_REVERSED, names[::-1])] if is_row else [(0.0, names)]
        best: _Given | None = None
        for worth, order in orders:
            gained = worth + sum(
                [
                    self._worth(name, sentences[at : at + size], habits, is_before=is_before, in_row=is_row)
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

    def _worth(self, name: Box, sentences: Sequence[Box], habits: Habits, *, is_before: bool, in_row: bool) -> float:
        """How well sentences fit a name: what they share with it, and how many there are."""
        count = len(sentences)
        alike = sum([self._likeness(name, box) for box in sentences])
        if name.kind == "unit":
            if _FUNCTIONS_BEHIND.match(self._page.value, name.end):
                return _OWNED + alike - 0.1 * (count - 1)  # a slide of its own
            return (0.0 if in_row else -1.2) + _OWNED + alike - 0.8 * (count - 1)
        worth = _OWNED + alike
        if count > 1:
            indicators = sum([box.kind == "kpi" for box in sentences])
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
            found = self._alike[key] = _likeness(self._page, name, sentence, self._common)
        return found


def _rows(page: Page, boxes: Sequence[Box]) -> tuple[list[tuple[Box, ...]], list[_Gap]]:
    """The rows of names of a chapter, and what stands before, between and behind them."""
    rows: list[list[Box]] = []
    gaps: list[_Gap] = []
    sentences: list[Box] = []
    parted: list[str] = [""]
    ahead = is_headed = False  # whether a slide's head stands behind the name before
    number = 0  # the last one that stood alone
    for box in boxes:
        if box.kind in ("post", "unit"):
            if rows and not sentences and rows[-1][-1].kind == box.kind and not ahead and not is_headed:
                rows[-1].append(box)
            else:
                gaps.append(_Gap(tuple(sentences), tuple(parted), ahead))
                rows.append([box])
                sentences, parted = [], [""]
            ahead = page.value[box.end : box.end + 1] in (":", "：")
            is_headed = False
        elif box.kind in ("sentence", "kpi"):
            sentences.append(box)
            parted.append("")
        elif box.kind in ("label", "other"):
            text = page.value[box.start : box.end]
            is_field = box.kind == "other" and is_section(page, text)
            is_duties = is_field and page.rules.labels[text].field is Field.DUTY
            parted[-1] += "d" if is_duties else "f" if is_field else box.kind[0]
            is_headed = is_headed or (box.kind == "other" and (is_heading(text) or text.endswith(_CHART)))
        elif box.kind == "number":
            after = number_of(page, box)
            parted[-1] += "c" if after and after == number + 1 else "n"
            number = after
        else:
            parted[-1] += "b"
    gaps.append(_Gap(tuple(sentences), tuple(parted), ahead))
    return [tuple(row) for row in rows], gaps


def _numbers(names: int, sentences: int) -> Sequence[int]:
    """How many sentences so many names may own: a multiple of their number, or none."""
    return range(0, min(sentences, names * _MOST_OWNED) + 1, names) if names else (0,)


class _Cuts:
    """What speaks for the places where a gap is cut, and against what is left between them."""

    def __init__(self, gap: _Gap) -> None:
        self._gap = gap
        count = len(gap.sentences)
        self._is_numbered = sum("n" in part for part in gap.parted[1:-1]) <= max(1, count // 3)
        # How many places are labelled, up to each, and how many have a head.
        self._labelled = list(accumulate([not set(part).isdisjoint("oldf") for part in gap.parted], initial=0))
        self._headed = list(accumulate(["o" in part for part in gap.parted], initial=0))
        # Who has a label over his duties has one over the next list; elsewhere it is a slide's head.
        fields = [not set(part).isdisjoint("df") and "d" not in gap.parted[0] for part in gap.parted]
        self._fields = list(accumulate(fields, initial=0))
        self._worths: dict[tuple[int, int], float] = {}

    def worth(self, first: int, last: int) -> float:
        """What it is worth that `first` sentences go to the names before the gap and `last` to those behind it."""
        found = self._worths.get((first, last))
        if found is None:
            found = self._worths[first, last] = self._weighed(first, last)
        return found

    def _weighed(self, first: int, last: int) -> float:
        gap, labelled = self._gap, self._labelled
        count = len(gap.sentences)
        worth = 0.0
        # Where one side owns nothing, no change of post speaks for the place.
        is_parted = first + last == count or (first > 0 and last > 0)
        for place in {place for place in (first, count - last) if is_parted and 0 < place < count}:
            part = gap.parted[place]
            if "b" in part:
                worth += 0.4
            if "n" in part and self._is_numbered:
                worth += 0.6
            if 1 < place < count - 1:
                are_all = labelled[place] - labelled[1] == place - 1
                if are_all != (labelled[count] > labelled[place + 1]):
                    worth += 0.3
        if first + last < count:
            # A slide's title may stand behind what it is about, the label of a field does not.
            by_head = self._headed[count - last + 1] > self._headed[first]
            by_head = by_head or self._fields[count - last] > self._fields[first]
            unowned = _UNOWNED_BY_HEAD if by_head else _UNOWNED
            left = gap.sentences[first : count - last]
            worth += sum([_UNOWNED_INDICATOR if box.kind == "kpi" else unowned for box in left])
        elif first and first == last:
            worth += 0.2
        return worth


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
