"""How like the sentences of slide text are the names of posts: what they share, and who does such things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import Final

from gangwei.layouts.deck_chunks import Box
from gangwei.page import Page

_RANKS: Final = re.compile(
    r"总?经理|主任|主管|专员|总监|代表|助理|组长|队长|部长|科长|课长|处长|班长|员$|师$|工$|副|长$|部|科|处|室|中心|[/／]|高级|资深|岗$"
)
_HELPS: Final = ("协助", "配合", "服从", "辅助", "协同")
_LEADS: Final = (
    "制定", "制订", "编制", "审批", "审核", "统筹", "主持", "领导", "监督", "组织", "带领", "分解", "全面", "考核", "管理", "评审", "招募", "建立", "检查", "安排",
)  # fmt: skip
_LEADERS: Final = re.compile("总监|经理|主任|主管|[组队班科处院园校场店厂]长|负责人")
_PARTS: Final = re.compile("[/／]")


class NameSigns:
    """What sets a post's name apart: its parts, the pairs of its characters and the characters, without its rank."""

    __slots__ = ("characters", "is_leader", "is_short", "of_characters", "of_pairs", "pairs", "parts")

    def __init__(self, name: str) -> None:
        own = _RANKS.sub(" ", name)
        # In order, for what is summed over them must not hang on that of a set.
        pairs = tuple(dict.fromkeys(a + b for a, b in pairwise(own) if " " not in a + b))
        self.pairs = pairs or tuple(dict.fromkeys(a + b for a, b in pairwise(name)))
        self.characters = tuple(dict.fromkeys(own.replace(" ", "")))
        self.of_pairs, self.of_characters = len(self.pairs) ** 0.5, len(self.characters) ** 0.5
        self.parts = _PARTS.split(name)
        self.is_leader = _LEADERS.search(name) is not None
        self.is_short = len(name) <= _SHORT_NAME


_SHORT_NAME: Final = 2


@lru_cache(1024)
def signs_of(name: str) -> NameSigns:
    """What sets a post's name apart; a deck asks it for each of the sentences around."""
    return NameSigns(name)


class SentenceSigns:
    """A sentence with the pieces of one and two characters that stand in it and in its label, and what it begins with."""

    __slots__ = ("box", "helps", "is_indicator", "is_one_item", "leads", "pieces", "text")

    def __init__(self, page: Page, box: Box) -> None:
        value = page.value
        text = self.text = value[box.start : box.end]
        self.box = box
        self.pieces = _pieces(box.label + text)
        self.helps = text.startswith(_HELPS)
        self.leads = text.startswith(_LEADS, 2 if text.startswith("负责") else 0)
        self.is_indicator = box.kind == "kpi"
        self.is_one_item = value.find("；", box.start, box.end - 1) < 0 > value.find(";", box.start, box.end - 1)


def _pieces(text: str) -> set[str]:
    return {*text, *map(add, text, text[1:])}


class Likeness:
    """How like sentences and names of a chapter are: pieces that few sentences hold tell more than those of many."""

    def __init__(self, page: Page, names: Iterable[Box], sentences: Sequence[SentenceSigns]) -> None:
        self._page = page
        wanted: set[str] = set()
        for name in names:
            signs = signs_of(page.value[name.start : name.end])
            wanted.update(signs.pairs, signs.characters)
        counts: Counter[str] = Counter()
        for sentence in sentences:
            counts.update(wanted.intersection(sentence.pieces))
        self._counts = counts
        self._most = max(1, len(sentences))

    def of(self, name: Box, sentences: Sequence[SentenceSigns], behind: Mapping[int, str]) -> list[float]:
        """How like a name is each of some sentences; where a sentence has no label, the one behind it may be its own."""
        signs = signs_of(self._page.value[name.start : name.end])
        found: list[float] = []
        for sentence in sentences:
            pieces = sentence.pieces
            if not sentence.box.label and (label := behind.get(sentence.box.start, "")):
                pieces = _pieces(label + sentence.text)
            found.append(self._of(signs, sentence, pieces))
        return found

    def _of(self, name: NameSigns, sentence: SentenceSigns, pieces: Collection[str]) -> float:
        if not name.is_short and _is_named_inside(name, sentence.text):
            return -2.0  # 协助店长做好…, 辅导营业部经理…: the post that is helped or led does something else
        worth = 0.0
        if sentence.helps:
            worth -= 0.3 if name.is_leader else 0.0
        elif sentence.leads:
            worth += 0.15 if name.is_leader else -0.05
        if name.pairs:
            worth += self._telling(name.pairs, pieces) / name.of_pairs
        if name.characters:
            worth += 0.2 * self._telling(name.characters, pieces) / name.of_characters
        return worth

    def _telling(self, own: Sequence[str], pieces: Collection[str]) -> float:
        """How telling it is that some pieces of a name stand in a sentence, all together."""
        counts, most, worth = self._counts, self._most, 0.0
        for piece in own:
            if piece in pieces:
                worth += 1.0 - 0.8 * (counts[piece] - 1) / most
        return worth


def _is_named_inside(name: NameSigns, text: str) -> bool:
    """Whether a post's name stands right behind the first word of a sentence."""
    first = -1
    for part in name.parts:
        place = text.find(part, 2, 6 + len(part))
        if place >= 0 and (first < 0 or place < first):
            first = place
    return first >= 0 and not ("，" in text[2:first] or "," in text[2:first])
