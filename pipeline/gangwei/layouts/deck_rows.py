"""The rows of names of a chapter of slides, the sentences between them, and what speaks for cutting those apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from gangwei.layouts.deck_chunks import Box, number_of
from gangwei.layouts.deck_heads import field_at
from gangwei.layouts.deck_words import is_heading
from gangwei.model import Field
from gangwei.page import Page

_UNOWNED: Final = -0.45
_UNOWNED_INDICATOR: Final = -0.9
_UNOWNED_BY_HEAD: Final = -0.15
_FEWEST_HEADED: Final = 2
_ADVICE: Final = ("原则", "理念", "思路", "方法", "建议", "要点", "意义")
_ADVISED: Final = -0.8
_CHART: Final = ("架构图", "结构图", "组织图")


class Gap(NamedTuple):
    """What stands between two rows of names: sentences, and what parts each from the one before it."""

    sentences: tuple[Box, ...]
    # Before each sentence, and one behind the last: labels (l), heads (o), those of duties (d) and of other fields (f),
    # of advice (a), numbers (n), those that go on (c), breaks (b).
    parted: tuple[str, ...]
    ahead: bool  # a colon stands behind the name before it


class Rows(NamedTuple):
    """The rows of names, what stands before, between and behind them, and the labels behind sentences by their starts."""

    names: list[tuple[Box, ...]]
    gaps: list[Gap]
    behind: Mapping[int, str]
    doubled: frozenset[int]  # the rows of a name that stands behind its duties and before 任职要求, once for each


def rows_of(page: Page, boxes: Sequence[Box]) -> Rows:
    """The rows of names of a chapter, and what stands before, between and behind them."""
    rows: list[list[Box]] = []
    gaps: list[Gap] = []
    sentences: list[Box] = []
    parted: list[str] = [""]
    ahead = is_headed = False  # whether a slide's head stands behind the name before
    number = 0  # the last one that stood alone
    behind: dict[int, str] = {}
    doubled: list[int] = []
    charted = _charted(page, boxes)
    are_titles = _are_titles(page, boxes)
    for at, box in enumerate(boxes):
        if box.start in charted:
            continue
        if box.kind in ("post", "unit"):
            if rows and not sentences and rows[-1][-1].kind == box.kind and not ahead and not is_headed:
                rows[-1].append(box)
            else:
                gaps.append(Gap(tuple(sentences), tuple(parted), ahead))
                rows.append([box])
                sentences, parted = [], [""]
                if gaps[-1].sentences and not are_titles and _goes_on(page, boxes, at):
                    doubled += [len(rows) - 1, len(rows)]
                    gaps.append(Gap((), ("",), False))
                    rows.append([box])
            ahead = page.value[box.end : box.end + 1] in (":", "：")
            is_headed = False
        elif box.kind in ("sentence", "kpi"):
            sentences.append(box)
            parted.append("")
        elif box.kind in ("label", "other"):
            text = page.value[box.start : box.end]
            field = field_at(page, box.start, box.end) if box.kind == "other" else None
            if parted[-1] == "" and sentences and box.kind == "label" and not _is_own(page, boxes, at):
                behind[sentences[-1].start] = text
            is_duties = field is Field.DUTY
            parted[-1] += "a" if text.endswith(_ADVICE) else ""
            parted[-1] += "d" if is_duties else "f" if field else box.kind[0]
            is_headed = is_headed or (box.kind == "other" and (is_heading(text) or text.endswith(_CHART)))
        elif box.kind == "number":
            after = number_of(page, box)
            parted[-1] += "c" if after == number + 1 > 1 else "n"
            number = after
        else:
            parted[-1] += "b"
    gaps.append(Gap(tuple(sentences), tuple(parted), ahead))
    return Rows([tuple(row) for row in rows], gaps, behind, frozenset(doubled))


def _are_titles(page: Page, boxes: Sequence[Box]) -> bool:
    """Whether names with the label of a field stand behind what they are about: 薪酬主管考核指标 ends a chapter."""
    last = next((at for at in range(len(boxes) - 1, -1, -1) if boxes[at].kind == "post"), -1)
    if last < 0 or any(box.kind in ("sentence", "kpi") for box in boxes[last:]):
        return False
    return last + 1 < len(boxes) and field_at(page, boxes[last + 1].start, boxes[last + 1].end) is not None


def _goes_on(page: Page, boxes: Sequence[Box], at: int) -> bool:
    """Whether the label of another field than duties stands right behind a post's name, with a sentence below it."""
    label, first = (boxes[at + 1], boxes[at + 2]) if at + 2 < len(boxes) else (None, None)
    if label is None or first is None or boxes[at].kind != "post" or label.kind != "other":
        return False
    field = field_at(page, label.start, label.end)
    if field is None or first.kind not in ("sentence", "kpi"):
        return False
    for box in boxes[at + 3 :]:
        if box.kind in ("post", "unit"):
            break
        if box.kind == "other" and field_at(page, box.start, box.end) is Field.DUTY:
            return False  # 任职要求 … 岗位职责 …: all of the next slide
    # Over duties it is the title of the slide before them: 薪酬主管任职要求.
    return field is Field.AUTHORITY or (
        field is not Field.DUTY and page.rules.senses.duty.match(page.value, first.start) is None
    )


def _is_own(page: Page, boxes: Sequence[Box], at: int) -> bool:
    """Whether a label is that of the sentence behind it."""
    following = boxes[at + 1] if at + 1 < len(boxes) else None
    return following is not None and following.label == page.value[boxes[at].start : boxes[at].end]


def _charted(page: Page, boxes: Sequence[Box]) -> frozenset[int]:
    """Where the names of organisation charts stand: before 组织架构图, and units that open a chapter and stand again
    beside text."""
    charted: set[int] = set()
    row: list[Box] = []
    is_opening = True
    for at, box in enumerate(boxes):
        if box.kind in ("post", "unit"):
            row.append(box)
            continue
        if box.kind == "other" and row:
            if len(row) > 1 and page.value.endswith(_CHART, box.start, box.end):
                charted.update(name.start for name in row)
            elif is_opening:
                again = {page.value[other.start : other.end] for other in boxes[at:] if other.kind == "unit"}
                charted.update(name.start for name in row if page.value[name.start : name.end] in again)
            is_opening = False
        is_opening = is_opening and box.kind not in ("sentence", "kpi")
        row = []
    return frozenset(charted)


def are_headed(rows: Sequence[Sequence[Box]], gaps: Sequence[Gap]) -> bool:
    """Whether a chapter sets units over their functions, one by one, and speaks of nobody else."""
    if len(rows) < _FEWEST_HEADED or any(len(row) > 1 or row[0].kind != "unit" for row in rows):
        return False
    return not gaps[0].sentences and all(gap.sentences for gap in gaps[1:])


class Cuts:
    """What speaks for the places where a gap is cut, and against what is left between them."""

    def __init__(self, gap: Gap) -> None:
        self._gap = gap
        count = len(gap.sentences)
        parted = gap.parted
        self._is_numbered = sum(["n" in part for part in parted[1:-1]]) <= max(1, count // 3)
        # Who has a label over his duties has one over the next list; elsewhere it is a slide's head.
        has_duties = "d" in parted[0] or ("f" in parted[0] and any("d" in part for part in parted))
        # Up to each place, how many are labelled and how many have a head, that of a field or of advice: up to where no
        # name before the gap owns anything, for what stands below 定岗原则 is nobody's.
        self._labelled = _counted(parted, "oldf")
        self._headed = _counted(parted, "o")
        self._fields = _counted(parted, "" if has_duties else "df")
        self._advised = _counted(parted, "a")
        # What cuts are worth, as far as that was asked.
        self.worths: dict[tuple[int, int], float] = {}

    def worth(self, first: int, last: int) -> float:
        """What it is worth that `first` sentences go to the names before the gap and `last` to those behind it."""
        worth = self.worths[first, last] = self._weighed(first, last)
        return worth

    def _weighed(self, first: int, last: int) -> float:
        gap, labelled = self._gap, self._labelled
        count = len(gap.sentences)
        worth = _ADVISED if first and self._advised[first] else 0.0
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


def _counted(parted: Sequence[str], signs: str) -> list[int]:
    """How many places up to each, and up to the end, have one of some signs."""
    wanted = frozenset(signs)
    if wanted.isdisjoint("".join(parted)):
        return [0] * (len(parted) + 1)
    return list(accumulate([not wanted.isdisjoint(part) for part in parted], initial=0))
