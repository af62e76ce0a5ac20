"""The strings that most forms of a document hold, cut into what may be labels: words of the lexicon, and others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import add
from typing import Final, NamedTuple

from gangwei.label_values import value_fits
from gangwei.label_words import Wordings
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

SURE: Final = frozenset(["strong", "fair"])
# Small labels of so many characters are hardly ever words of a sentence (技能技巧); shorter ones are (知识).
NO_PROSE: Final = 4
SECTION_NUMBER: Final = re.compile(r"[一二三四五六七八九十)）][、．.]?$|\d$")
# Before a word these say that it goes on: 本|岗位要求.
GOES_ON_FROM: Final = frozenset("的和与及或各本该其此每相有关按据经由在对向为给让使被以把将从到不非定同并（(、，,")
# Words that end in one of these.
_WORD_ENDS: Final = frozenset(["规定", "稳定", "固定", "特定", "检定", "鉴定", "机关", "海关"])
# Before a sure word of four characters and more these still do.
_JOINS: Final = frozenset("的和与及或、，,")
# Behind a word these say the same.
_GOES_ON: Final = frozenset("的和与及或、，,。；;内等之")
# What begins the next label or value, and goes on with no word: 协作关系|内部：各车间
_WITHIN: Final = ("内部", "内外")
# Behind a word these make another word of it: 职位描述|书.
_LONGER_WORD: Final = frozenset("书表图率员化性")
# Behind a word these make the name of the whole form of it.
_PAPERS: Final = ("书", "表")
# Before a label's word these belong to it: 职位|设置目的.
_MODIFIERS: Final = frozenset(["岗位", "职位", "职务", "工作", "主要", "本岗", "直接"])
# What begins so is the end of a value, or a sentence.
_NO_LABEL: Final = re.compile(
    "[\u4e00-\u9fff]?(?:以上|以下|以内|以外|左右|不限)|[个项种名些元岁位]|人(?![员力事数才际])|负责|完[成毕]|协助|其他|其它|相关|有关"
)
# Characters that a label's word may have before it: 需|具备条件.
_PREFIXES: Final = frozenset("需应须拟")
_NO_LETTERS: Final = re.compile("[^\u4e00-\u9fffA-Za-z]+")
_RANK: Final = "主管"
_JOINTS: Final = "/／"
_LONGEST_UNKNOWN: Final = 8
_SHORTEST_UNKNOWN: Final = 3
_LONGEST_WORD: Final = 14
_LONGEST_TAIL: Final = 2
_SHORTEST_MODIFIER: Final = 2
# Bounds that keep the work linear in the text.
_LONGEST_RUN: Final = 24
_MOST_PLACES: Final = 20
_MOST_CUT: Final = 4
# Before the first number of a list stand no units: 1、, 1编制, but not 1级.
_FIRSTS: Final = frozenset("①⑴❶")
_NUMBER_MARKS: Final = frozenset(")）、．.,，。")
_COUNTED: Final = frozenset("年月日天次个级人名元项份条类小")
# What a post is paid, behind 待遇.
_PAY: Final = ("底薪", "月薪", "年薪", "面议", "面谈")
_LONGEST_PAY: Final = 16
_PAID_IN: Final = ("元", "万", "k", "K")


class Form(NamedTuple):
    """One form: its text without blanks, where that begins in the document's text without blanks, and the places in
    it that a blank or a line break stood before."""

    value: str
    start: int
    gaps: frozenset[int]


class Word(NamedTuple):
    """A string that most forms hold, its rule, and its places in each form."""

    text: str
    rule: LabelRule
    places: tuple[tuple[int, ...], ...]


class FormWords:
    """What some forms have in common; a class only to share the forms between the steps."""

    def __init__(self, forms: Sequence[Form], words: Wordings, names: Names, enough: int) -> None:
        self._forms: Final = forms
        self._words: Final = words
        self._names: Final = names
        self._enough: Final = enough
        self._supports: Final[dict[str, int]] = {}

    def read(self) -> list[Word]:
        """The words that stand in enough of the forms at places that could be a label's."""
        found: dict[str, Word] = {}
        for run in dict.fromkeys(self._runs()):
            for text, rule in self._words_of(run):
                if text not in found:
                    is_sure = rule.strength in SURE
                    places = tuple([self._places(form, text, is_sure=is_sure) for form in self._forms])
                    if len(places) - places.count(()) >= self._enough and not self._are_parted(text, places):
                        found[text] = Word(text, rule, places)
        return list(found.values())

    def _are_parted(self, text: str, places: Sequence[Sequence[int]]) -> bool:
        """Whether a string that is no known label has a blank within it wherever it stands: a value, and a label."""
        if text in self._words.labels:
            return False
        return not any(
            form.gaps.isdisjoint(range(place + 1, place + len(text)))
            for form, found in zip(self._forms, places, strict=True)
            for place in found
        )

    def _runs(self) -> list[str]:
        """The longest strings of Chinese characters that most forms hold, in the order of the longest form."""
        values = [form.value for form in self._forms]
        grams = Counter(chain.from_iterable([set(map(add, value, value[1:])) for value in values]))
        longest = max(values, key=len)
        is_letter = bytearray(b"\x01") * len(longest)
        for others in _NO_LETTERS.finditer(longest):
            start, end = others.span()
            is_letter[start:end] = bytes(end - start)
        runs: list[str] = []
        done, length = 0, len(longest)
        for place, gram in enumerate(map(add, longest, longest[1:])):
            if grams[gram] < self._enough or not (is_letter[place] and is_letter[place + 1]):
                continue
            limit = place + _LONGEST_RUN if place + _LONGEST_RUN < length else length
            # What does not reach beyond the run before is a part of it.
            end = place + 2 if done < place + 2 else done + 1
            if end > limit or not (is_letter[end - 1] or longest[end - 1] in _JOINTS):
                continue
            piece = longest[place:end]
            holders = [value for value in values if piece in value]
            if len(holders) < self._enough:
                continue
            while end < limit and (is_letter[end] or longest[end] in _JOINTS):
                piece = longest[place : end + 1]
                more = [value for value in holders if piece in value]
                if len(more) < self._enough:
                    break
                holders, end = more, end + 1
            runs.append(longest[place:end])
            done = end
        return runs

    def _words_of(self, run: str) -> list[tuple[str, LabelRule]]:
        """The label words that a repeated string is made of; what is left of it may be a label that we do not know."""
        found: list[tuple[str, LabelRule]] = []
        place = rest = begin = 0
        while place < len(run):
            start, end = self._known_at(run, place)
            if start == end:
                place += 1
                continue
            if run[end : end + 1] in _PAPERS and not self._known_at(run, end)[1] > end:
                place = rest = begin = end + 1  # the form's own name: 职务说明|书
                continue
            text = run[place:end]
            rule = self._words.labels.get(text) or self._words.labels[run[start:end]]
            if place - rest == 1 and run[rest] in _PREFIXES:
                text, place = run[rest:end], rest
            found += self._unknown(run[rest:place])
            found.append((text, rule))
            if rule.keep:
                is_first_part = end - place == _SHORTEST_MODIFIER and len(run) - end == _LONGEST_TAIL
                is_first_part = is_first_part and run[end:] not in self._words.labels
                if is_first_part and not value_fits(run, end, len(run), rule, text, self._names):
                    found += self._unknown(run[place:])  # a longer label that begins as this one: 知识|结构
                begin = end
            elif rule.strength in SURE:
                found += self._unknown(run[begin:place])
                begin = end
            elif place - begin >= _SHORTEST_MODIFIER:
                # An everyday word may be the end of a longer label: 用人|标准, 职务|目标.
                found += self._unknown(run[begin:end])
            place = rest = end
        return found + self._unknown(run[rest:]) + self._unknown(run[begin:])

    def _known_at(self, run: str, place: int) -> tuple[int, int]:
        """The longest label word at a place of a string, with or without a word before it that belongs to labels."""
        skip = _SHORTEST_MODIFIER if run[place : place + _SHORTEST_MODIFIER] in _MODIFIERS else 0
        limit = min(place + _LONGEST_WORD, len(run))
        end = self._longest_at(run, place, limit)
        if skip and end - place == skip and end < len(run):
            end = 0  # such a word alone belongs to what follows
        behind = self._longest_at(run, place + skip, limit) if skip else 0
        if behind > end:
            return place + skip, behind
        if not end:
            return place, place
        return place, end if run[place:end] in self._words.sure else self._surer_end(run, place, end)

    def _longest_at(self, run: str, place: int, limit: int) -> int:
        """Where the longest label word of two characters or more ends that begins at a place; 0 where none does."""
        labels = self._words.labels
        for length in self._words.lengths.get(run[place : place + 2], ()):
            if 1 < length <= limit - place and run[place : place + length] in labels:
                return place + length
        return 0

    def _surer_end(self, run: str, place: int, end: int) -> int:
        """Where a sure word ends that begins a less sure one, where a sure word begins behind it: 直属下级|岗位概述."""
        sure = self._words.sure
        for cut in range(end - 1, place + 1, -1):
            if run[place:cut] in sure:
                for stop in range(end + 1, min(cut + _LONGEST_WORD, len(run)) + 1):
                    if run[cut:stop] in sure:
                        return cut
        return end

    def _unknown(self, piece: str) -> list[tuple[str, LabelRule]]:
        """The label, or the two, that a string which the lexicon lacks may be."""
        rule_of = self._words.rule_of
        text = piece.strip(_JOINTS)
        if len(text) < _SHORTEST_UNKNOWN or "的" in text or _NO_LABEL.match(text):
            return []
        for cut in _cuts_of(len(text)):
            first, second = rule_of(text[:cut]), rule_of(text[cut:])
            if first and second and not self._is_rank(text[:cut]):
                return [(text[:cut], first), (text[cut:], second)]
        text = self._core(text)
        rule = rule_of(text) if _SHORTEST_UNKNOWN <= len(text) <= _LONGEST_UNKNOWN else None
        is_label = rule is not None and (self._begins_as_label(text) or not self._begins_with_value(text))
        if rule and self._is_rank(text):
            return []
        return [(text, rule)] if rule and is_label else []

    def _is_rank(self, text: str) -> bool:
        """Whether a string is a superior that several posts share: 客服|主管."""
        return text.endswith(_RANK) and text not in self._words.labels and self._names.is_post(text)

    def _begins_as_label(self, text: str) -> bool:
        """Whether a word that labels are known by begins a string, and no unit's or post's name ends in it: 所带|岗位."""
        length = self._words.cue_at(text)
        return length > 0 and not self._ends_value(text[:length])

    def _begins_with_value(self, text: str) -> bool:
        return any(map(self._is_value, accumulate(text[:-1])))

    def _is_value(self, text: str) -> bool:
        """Whether a string is a unit's or a post's name, or the end of one."""
        is_name = self._names.is_unit(text) or (self._names.is_post(text) and self._names.head_of(text) != "岗")
        return (is_name and len(text) > _SHORTEST_MODIFIER) or self._ends_value(text)

    def _ends_value(self, text: str) -> bool:
        """Whether a string ends units or posts, so that a label may begin behind it (车间|上承岗位)."""
        rules = self._names.rules
        return text in rules.unit_heads or text in rules.heads

    def _core(self, text: str) -> str:
        """A string without first characters that belong to values: it is then found in more forms, or they end units
        and posts (车间|上承岗位)."""
        best, support = text, self._support(text)
        if self._begins_as_label(text):
            return text  # 所带岗位, and not 所|带岗位
        for cut in range(1, len(text) - 2):
            first = text[:cut]
            is_value = self._is_value(first)
            if is_value and self._begins_as_label(text[cut:]):
                return text[cut:]
            if is_value or (cut < _MOST_CUT and self._support(text[cut:]) > support):
                best, support = text[cut:], self._support(text[cut:])
        return best

    def _are_two(self, value: str, start: int, middle: int, end: int) -> bool:
        """Whether a label is two small ones that most forms part, the first left empty: 学历|经验."""
        first, second = self._words.labels.get(value[start:middle]), self._words.labels.get(value[middle:end])
        return bool(first and second and first.keep and second.keep) and self._support(value[start:end]) < self._enough

    def _support(self, text: str) -> int:
        """In how many of the forms a string stands."""
        known = self._supports.get(text)
        if known is None:
            known = self._supports[text] = len([True for form in self._forms if text in form.value])
        return known

    def _places(self, form: Form, text: str, *, is_sure: bool) -> tuple[int, ...]:
        """Where a string stands in a form and is not part of a phrase."""
        value = form.value
        place = value.find(text)
        if place < 0:
            return ()
        found: list[int] = []
        length = len(text)
        goes_on_from = _JOINS if is_sure and length >= NO_PROSE else GOES_ON_FROM
        while place >= 0 and len(found) < _MOST_PLACES:
            end = place + length
            # A form begins with the label of a post's name.
            if place == 0 or not (
                (value[place - 1] in goes_on_from and self._goes_on_from(value, place))
                or (value[end : end + 1] in _GOES_ON and not value.startswith(_WITHIN, end))
                or (value[end : end + 1] in _LONGER_WORD and end not in form.gaps)
                or self._is_part(value, place, end)
            ):
                found.append(place)
            place = value.find(text, place + 1)
        return tuple(found)

    def _goes_on_from(self, value: str, place: int) -> bool:
        """Whether a phrase goes on at a place, by the words before the character that may say so."""
        if value[place - 2 : place] in _WORD_ENDS:
            return False
        before = value[place - 1]
        if before in "、．." and SECTION_NUMBER.search(value, max(0, place - 3), place):
            return False
        labels = self._words.labels
        return before != "的" or not any(value[place - n : place] in labels for n in (2, 3, 4, 6) if n <= place)

    def _is_part(self, value: str, place: int, end: int) -> bool:
        """Whether a string is part of a longer label, unless that is the less sure one: 美术指导|下属岗位."""
        labels, sure = self._words.labels, self._words.sure
        longer = sure if value[place:end] in sure else labels
        for more in (1, 2):
            if (
                more <= place
                and value[place - more : end] in longer
                and not self._are_two(value, place - more, place, end)
            ):
                return True
        for more in (1, 2, 3, 4):
            stop = end + more
            if value[place:stop] in labels and stop <= len(value) and not self._are_two(value, place, end, stop):
                return True
        return False


@lru_cache(100)
def _cuts_of(length: int) -> tuple[int, ...]:
    """Where a string of some length may be cut in two labels that we do not know, from the middle on."""
    cuts = range(
        max(_SHORTEST_UNKNOWN, length - _LONGEST_UNKNOWN), min(length - _SHORTEST_UNKNOWN, _LONGEST_UNKNOWN) + 1
    )
    return tuple(sorted(cuts, key=lambda cut: abs(2 * cut - length)))


def begins_list(value: str, place: int) -> bool:
    """Whether the first number of a list stands at a place: ①, 1、, （一）, 1编制"""
    first, behind = value[place : place + 1], value[place + 1 : place + 2]
    if first in ("(", "（"):
        return behind in ("1", "１", "一") and value[place + 2 : place + 3] in (")", "）")
    if first not in ("1", "１", "一"):
        return first in _FIRSTS
    return behind in _NUMBER_MARKS or (first == "1" and "\u4e00" <= behind <= "\u9fff" and behind not in _COUNTED)


def is_pay(value: str, place: int) -> bool:
    """Whether what stands at a place is what a post is paid: 底薪, 6000元, 8000-12000元"""
    behind = value[place : place + _LONGEST_PAY].lstrip("0123456789,.-~—至")
    return value.startswith(_PAY, place) or (value[place : place + 1].isdigit() and behind.startswith(_PAID_IN))
