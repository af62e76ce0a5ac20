"""What kinds of names there are: whether a string is a post, a unit, an employer, by its words and its ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from gangwei.rulebook.labels import LabelRule
from gangwei.rulebook.titles import TitleRules

LONGEST_POST: Final = 24
LONGEST_UNIT: Final = 18
_GRADES: Final = frozenset("ABCDE")
_LONGEST_HEAD: Final = 6
_LONGEST_UNIT_HEAD: Final = 5
TAIL_BRACKET = re.compile(r"(?:(?<!\s)\s++)?[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]$")
# Kinds within a name: 主任（中、西）药师
_INNER_BRACKET: Final = re.compile("(?<=[\u4e00-\u9fff])[(（][^()（）]{1,8}[)）](?=[\u4e00-\u9fff、])")
_JOINT = re.compile(r"(?:(?<!\s)\s++)?[/／、|｜]\s*+|(?<=.)(?:或者?|兼任?|及|和|与)(?=.)")
BAD = re.compile(r"[，。；？！,;?!\n“”\"→←⇒>]|——|\.{2}|：|:")
# In a bracket behind a name commas part what one works with: 网站工程师(后端, Node.js)
_BAD_REMARK: Final = re.compile(r"[，。；？！;?!\n“”\"→←⇒>：:]|——|\.{2}|,[ ]?[^A-Za-z ]{5}")
# What a name may begin with that begins with a digit: 3D设计师, 5G工程师
_DIMENSION: Final = re.compile(r"\d{1,3}[A-JL-VX-Za-jl-vx-z]")
_ENGLISH_COMPANY: Final = re.compile(r"[A-Z0-9][\w&'’.,()/ -]{2,60}$", re.ASCII)
_BILINGUAL: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9/（）()+]*)(?: +|[/／] ?)[(（]?[A-Z][A-Za-z0-9 &/,.-]+[)）]?$"
)
# What says something of units names none: 还有几个岗位没有单独部门
_TELLS: Final = re.compile(
    "人员[及和与]|下设|没有|还有|搬到|位于|坐落|前往|所说|几个|哪些|哪个|什么|怎么|如何|是否|适用|履行|负责(?!人)"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
# No longer word that ends so is a unit: 客户关系, 专业本科
_TIES: Final = ("干部", "关系", "体系", "联系", "本科", "专科", "学科")
_MOST_WORDS: Final = 4
_SMALL_WORDS: Final = re.compile(
    "(?:an?|the|any|each|your|our|their|his|her|my|this|that|and|or|as|to|for|of|by|in|on|at|with|from|is|be|was|are|no|if|every"
    "|ask|contact|call)"
)
_WORD_BORDER: Final = re.compile(r"[\s/]")
# A deputy by what he looks after, in words: 主管生产的副矿长
_LOOKS_AFTER: Final = re.compile("(?:分管|主管|协管)[\u4e00-\u9fff、]{2,10}?的(?=[\u4e00-\u9fff]{2})")


def _is_capitalised(words: Sequence[str]) -> bool:
    """Whether words are a name in English of which only the first has a capital, and no sentence: Front end developer"""
    return (
        1 < len(words) <= _MOST_WORDS
        and words[0][:1].isupper()
        and all(word.isascii() and word.replace("-", "").isalpha() for word in words)
        and not any(_SMALL_WORDS.fullmatch(word.lower()) for word in words)
    )


def last_characters(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.rstrip("。")[-1:] for word in words)


def ends_in_other_han(text: str, ends: frozenset[str]) -> bool:
    """Whether a text's last character is Chinese and none of those given."""
    return "\u4e00" <= text[-1:] <= "\u9fff" and text[-1] not in ends


class NameKinds:
    """Questions about what a string names, answered by the title rules of a rulebook.

    A class only to hold the rules and the caches; it has no state that changes an answer.
    """

    def __init__(
        self,
        rules: TitleRules,
        labels: Mapping[str, LabelRule],
        cut: Callable[[str], list[str]],
        is_place: Callable[[str], bool],
    ) -> None:
        self.rules = rules
        self.cut = cut
        self._is_place = is_place
        self._labels = labels
        self._not_starts = tuple(word for word in rules.not_starts if len(word) > 1)
        self._heads = rules.heads | rules.weak_heads | rules.not_heads
        self._company_heads = rules.company_heads | rules.legal_heads
        # The last characters of all that may end a name: most texts are turned down by theirs.
        self._head_ends = last_characters(self._heads | rules.head_characters)
        self._english_ends = last_characters(rules.english_heads) | {"s"}
        self._name_ends = self._head_ends | self._english_ends
        self._unit_ends = last_characters(rules.unit_heads)
        self._any_ends = self._name_ends | self._unit_ends
        # Their last two: of those that end in such a character most are turned down by these.
        self._head_tails = frozenset(head[-2:] for head in rules.heads)
        self._unit_tails = frozenset(head[-2:] for head in rules.unit_heads)
        self._company_ends = last_characters(self._company_heads)
        self.is_post: Callable[[str], bool] = lru_cache(8_000)(self._is_post)
        self.is_bilingual: Callable[[str], bool] = lru_cache(1_000)(self._is_bilingual)
        self.is_unit: Callable[[str], bool] = lru_cache(8_000)(self._is_unit)
        # Pass after pass asks what the same line names.
        self.head_of: Callable[[str], str] = lru_cache(8_000)(self._head_of)
        self.is_company: Callable[[str], bool] = lru_cache(4_000)(self._is_company)
        # What a label word announces.
        self.rule_of: Final = labels.get

    def _head_of(self, name: str) -> str:
        """The word that ends a post's name, or "".

        "仓储部副经理" gives "经理"; "加工" gives "".
        """
        rules, last = self.rules, name[-1:]
        if last in self._head_ends:
            heads = self._heads
            for length in range(min(_LONGEST_HEAD, len(name)), 1, -1):
                tail = name[-length:]
                if tail in heads:
                    if tail not in rules.not_heads:
                        return tail
                    # 审查岗 is no 查岗: the last character is a word of its own.
                    words = self.cut(name) if last in rules.head_characters and len(name) > length else []
                    return last if len(words) > 1 and words[-1] == last and len(words[-2]) > 1 else ""
            if len(name) > 1 and last in rules.head_characters and HAN.match(name[-2]):
                return last
        if last not in self._english_ends:
            return ""
        words = _WORD_BORDER.split(name)
        word = words[-1]
        if word.islower() and _is_capitalised(words):
            word = word.capitalize()  # Front end developer
        return word if word in rules.english_heads or word.removesuffix("s") in rules.english_heads else ""

    def ends_of_names(self, text: str, ends: Sequence[int]) -> list[int]:
        """The numbers of the places of a text at which a name may end, by the character before them."""
        lasts = self._any_ends
        return [number for number, end in enumerate(ends) if text[end - 1] in lasts]

    def may_end_post(self, text: str, end: int) -> bool:
        """Whether the name of a post, and not a word for a kind of work, may end at a place of a text."""
        last, heads = text[end - 1], self.rules.heads
        if last not in self._name_ends:
            return False
        if last in self.rules.head_characters or last in self._english_ends:
            return True
        if text[max(0, end - 2) : end] not in self._head_tails:
            return False
        return any(text[begin:end] in heads for begin in range(max(0, end - _LONGEST_HEAD), end - 1))

    def may_end_unit(self, text: str, end: int) -> bool:
        """Whether a unit's name may end at a place of a text: by its last characters."""
        last, heads = text[end - 1], self.rules.unit_heads
        if last not in self._unit_ends or last in heads:
            return last in heads
        if text[max(0, end - 2) : end] not in self._unit_tails:
            return False
        return any(text[begin:end] in heads for begin in range(max(0, end - _LONGEST_UNIT_HEAD), end))

    def _is_post(self, name: str) -> bool:
        if ends_in_other_han(name, self._name_ends):
            return False
        core = TAIL_BRACKET.sub("", name)
        if BAD.search(core) or (core is not name and _BAD_REMARK.search(name, len(core))):
            return False
        if "、" in core:
            core = _INNER_BRACKET.sub("", core)
        if "的" in core and (charge := _LOOKS_AFTER.match(core)):
            core = core[charge.end() :]  # 分管安全的副经理
        if not 2 <= len(core) <= (48 if not HAN.match(core) else LONGEST_POST):
            return False
        if (
            not core
            or "的" in core
            or (core[0].isdigit() and not _DIMENSION.match(core))
            or ("为" in core and "行为" not in core)
            or "进行" in core
        ):
            return False
        if core.startswith(self.rules.not_starts) and self._begins_as_none(core):
            return False
        if core in self.rules.not_heads or core in self.rules.unit_heads or "职责" in core:
            return False
        if core[-1] in _GRADES and HAN.match(core[-2]):
            core = core[:-1]  # 会计A beside 会计B
        if self.head_of(core) and "、" not in core:
            return True
        parts = _JOINT.split(core)
        return len(parts) > 1 and all(part and self.head_of(part) for part in parts)

    def _begins_as_none(self, core: str) -> bool:
        """Whether a word begins a name with which none begins; a single character must be a word there: 报|主管, 报关|员."""
        if core.startswith(self._not_starts):
            return True
        return self.cut(core)[0] in self.rules.not_starts

    def _is_bilingual(self, name: str) -> bool:
        """Whether a post's name stands before its English name: 仓库主管 Warehouse Supervisor."""
        match = _BILINGUAL.match(name)
        return match is not None and self.is_post(match["name"])

    def _is_unit(self, name: str) -> bool:
        if name[-1:] not in self._unit_ends:
            return False
        if not 2 <= len(name) <= LONGEST_UNIT or BAD.search(name) or "的" in name or "｜" in name or "|" in name:
            return False
        rules = self.rules
        if len(name) > 2 and name in rules.unit_heads:
            return True  # 总经办
        if (
            name in rules.not_units
            or name[-4:] in rules.not_units
            or _TELLS.search(name)
            or name.count("、") > 1
            or "等" in name
            or "职责" in name
        ):
            return False
        last = name[-2:]
        word = self.cut(name)[-1] if last in rules.not_units and last not in rules.unit_heads else ""
        if len(word) > 1 and (word in rules.not_units or word.endswith(_TIES)):
            return False
        if name.startswith(rules.not_starts):
            return False
        return any(name[-length:] in rules.unit_heads for length in range(1, min(_LONGEST_UNIT_HEAD, len(name)) + 1))

    def label_of(self, words: str) -> LabelRule | None:
        """The label at the end of a longer wording: 可行使的权力 is about 权力."""
        for start in range(len(words) - 1):
            rule = self._labels.get(words[start:])
            if rule and not rule.keep:
                return rule
        return None

    def _is_company(self, name: str) -> bool:
        if name.endswith(self.rules.english_companies):
            return _ENGLISH_COMPANY.match(name) is not None
        if name[-1:] not in self._company_ends or not 4 <= len(name) <= 30 or BAD.search(name) or "的" in name:
            return False
        return any(name[-length:] in self._company_heads for length in range(1, min(9, len(name)) + 1))

    def is_place(self, word: str) -> bool:
        """Whether a word is the name of a place."""
        return word in self.rules.places or self._is_place(word)
