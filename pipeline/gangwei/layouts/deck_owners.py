"""Which post of a chapter of slides owns which sentences.

Names that stand together share what stands before them and what stands behind: the first of them own what is before,
one by one, the others what is behind. How many do, where the sentences between two groups of names are cut, and whether
some belong to nobody, is decided for the whole chapter at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box
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
_UNOWNED_BY_HEAD: Final = -0.15
_NAME_ALONE: Final = -0.9
_REVERSED: Final = -0.8
_USUAL: Final = 3
_MOST: Final = 7


class Group(NamedTuple):
    """A post or a unit with the sentences that it owns."""

    name: Box
    sentences: tuple[Box, ...]


class Habits(NamedTuple):
    """What is usual in a deck: how many sentences a post has, and how often its name stands before them."""

    size: float = _USUAL
    names_first: float = 0.5
    weight: float = 0.0


class _Gap(NamedTuple):
    """What stands between two rows of names: sentences, and what parts each from the one before it."""

    sentences: tuple[Box, ...]
    parted: tuple[str, ...]  # before each sentence, and one behind the last
    ahead: bool  # a colon stands behind the name before it


def share(page: Page, boxes: Sequence[Box], habits: Habits) -> list[Group]:
    """The posts and units of a chapter with the sentences that each owns."""
    rows, gaps = _rows(page, boxes)
    if not rows:
        return []
    common = _common(page, boxes)
    # For each row, how many of its names own what is before: the worth so far and the choices.
    states: dict[int, tuple[float, tuple[Group, ...]]] = {}
    for before in range(len(rows[0]) + 1):
        worth, groups = _gap(page, None, rows[0][:before], gaps[0], common, habits)
        states[before] = (worth, groups)
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        later: dict[int, tuple[float, tuple[Group, ...]]] = {}
        for before, (worth, groups) in states.items():
            for after in range(len(following) + 1) if following else (0,):
                names = following[:after] if following else ()
                gained, more = _gap(page, row[before:], names, gaps[index + 1], common, habits)
                if after not in later or later[after][0] < worth + gained:
                    later[after] = (worth + gained, groups + more)
        states = later
    return list(max(states.values(), key=lambda state: state[0])[1])


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


def _rows(page: Page, boxes: Sequence[Box]) -> tuple[list[tuple[Box, ...]], list[_Gap]]:
    """The rows of names of a chapter, and what stands before, between and behind them."""
    rows: list[list[Box]] = []
    gaps: list[_Gap] = []
    sentences: list[Box] = []
    parted: list[str] = [""]
    ahead = False
    for box in boxes:
        if box.kind in ("post", "unit"):
            if rows and not sentences and rows[-1][-1].kind == box.kind and not ahead:
                rows[-1].append(box)
            else:
                gaps.append(_Gap(tuple(sentences), tuple(parted), ahead))
                rows.append([box])
                sentences, parted = [], [""]
            ahead = page.value[box.end : box.end + 1] in (":", "：")
        elif box.kind in ("sentence", "kpi"):
            sentences.append(box)
            parted.append("")
        elif box.kind == "other":
            parted[-1] += "o"
        else:
            parted[-1] += "n" if box.kind == "number" else "b"
    gaps.append(_Gap(tuple(sentences), tuple(parted), ahead))
    return [tuple(row) for row in rows], gaps


def _gap(
    page: Page,
    left: Sequence[Box] | None,
    right: Sequence[Box],
    gap: _Gap,
    common: Mapping[str, float],
    habits: Habits,
) -> tuple[float, tuple[Group, ...]]:
    """The best way to give the sentences of a gap to the names before it and the names behind it."""
    left = left or ()
    count = len(gap.sentences)
    best: tuple[float, tuple[Group, ...]] | None = None
    for first in _numbers(len(left), count):
        for last in _numbers(len(right), count - first):
            worth = _cut_worth(gap, first, last)
            left_worth, left_groups = _given(page, left, gap.sentences[:first], common, habits, is_before=True)
            right_worth, right_groups = _given(
                page, right, gap.sentences[count - last :], common, habits, is_before=False
            )
            worth += left_worth + right_worth + (1.0 if gap.ahead and first else 0.0)
            if best is None or worth > best[0]:
                best = (worth, left_groups + right_groups)
    assert best is not None
    return best


def _numbers(names: int, sentences: int) -> Iterator[int]:
    """How many sentences so many names may own: a multiple of their number, or none."""
    yield 0
    if names == 1:
        yield from range(1, sentences + 1)
    elif names:
        yield from range(names, sentences + 1, names)


def _cut_worth(gap: _Gap, first: int, last: int) -> float:
    """How much speaks for the places where a gap is cut, and against what is left between them."""
    count = len(gap.sentences)
    middle = count - first - last
    inside = gap.parted[1:-1]
    numbered = sum("n" in part for part in inside)
    worth = 0.0
    cuts = {place for place in (first, count - last) if 0 < place < count}
    for place in cuts:
        part = gap.parted[place]
        if "b" in part:
            worth += 0.4
        if "n" in part and numbered <= max(1, count // 3):
            worth += 0.6
        labelled = ["o" in other for other in gap.parted]
        if labelled[1:place] and labelled[place + 1 : -1] and all(labelled[1:place]) != any(labelled[place + 1 : -1]):
            worth += 0.3
    if middle:
        by_head = any("o" in part for part in gap.parted[first : count - last + 1])
        left = gap.sentences[first : count - last]
        worth += sum(
            _UNOWNED_INDICATOR if box.kind == "kpi" else _UNOWNED_BY_HEAD if by_head else _UNOWNED for box in left
        )
    elif first and first == last:
        worth += 0.2
    return worth


def _given(
    page: Page,
    names: Sequence[Box],
    sentences: Sequence[Box],
    common: Mapping[str, float],
    habits: Habits,
    *,
    is_before: bool,
) -> tuple[float, tuple[Group, ...]]:
    """What it is worth that names own sentences, in order or in reverse, and the groups."""
    if not names:
        return 0.0, ()
    if not sentences:
        return _NAME_ALONE * len(names), ()
    size = len(sentences) // len(names)
    parts = [tuple(sentences[i * size : (i + 1) * size]) for i in range(len(names))]
    orders = [(0.0, names)] if len(names) == 1 else [(0.0, names), (_REVERSED, names[::-1])]
    best: tuple[float, tuple[Group, ...]] | None = None
    for worth, order in orders:
        groups = tuple(Group(name, part) for name, part in zip(order, parts, strict=True))
        gained = worth + sum(
            _worth(page, group, common, habits, is_before=is_before, in_row=len(names) > 1) for group in groups
        )
        if len(names) > 1:
            gained += 0.2 * (len(names) - 1)
        if best is None or gained > best[0]:
            best = (gained, groups)
    assert best is not None
    return best


def _worth(
    page: Page, group: Group, common: Mapping[str, float], habits: Habits, *, is_before: bool, in_row: bool
) -> float:
    """How well sentences fit a name: what they share with it, and how many there are."""
    count = len(group.sentences)
    if group.name.kind == "unit":
        alone = 0.0 if in_row else -1.2
        return (
            alone
            + _OWNED
            + sum(_likeness(page, group.name, box, common) for box in group.sentences)
            - 0.8 * (count - 1)
        )
    worth = _OWNED + sum(_likeness(page, group.name, box, common) for box in group.sentences)
    indicators = sum(box.kind == "kpi" for box in group.sentences)
    worth += _MIXED * min(indicators, count - indicators)
    items = sum(
        1 + page.value.count("；", box.start, box.end - 1) + page.value.count(";", box.start, box.end - 1)
        for box in group.sentences
    )
    if in_row:
        worth -= 0.15 * (count - 1)
    elif count > 1 or items == 1:
        worth -= 0.12 * min(4.0, abs(count - habits.size))
    worth -= 0.35 * max(0, count - _MOST)
    side = habits.names_first if is_before else 1 - habits.names_first
    return worth + 0.6 * habits.weight * (side - 0.5)


# What sentences and names have in common


def _common(page: Page, boxes: Sequence[Box]) -> dict[str, float]:
    """How telling each pair and each character of a chapter's sentences is: less, the more sentences hold it."""
    texts = [box.label + page.value[box.start : box.end] for box in boxes if box.kind in ("sentence", "kpi")]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_pieces(text))
    most = max(1, len(texts))
    return {piece: 1.0 - 0.8 * (count - 1) / most for piece, count in counts.items()}


def _likeness(page: Page, name_box: Box, sentence: Box, common: Mapping[str, float]) -> float:
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
        worth += sum(common.get(pair, 0.0) for pair in pairs if pair in here) / len(pairs) ** 0.5
    if characters:
        worth += 0.2 * sum(common.get(char, 0.0) for char in characters if char in here) / len(characters) ** 0.5
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


@lru_cache(4096)
def _pieces(text: str) -> frozenset[str]:
    return frozenset([*text, *(a + b for a, b in pairwise(text))])
