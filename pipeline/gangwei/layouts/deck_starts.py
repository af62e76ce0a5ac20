"""How sentences of slide text begin: what each word speaks for, with what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from sys import maxsize
from typing import Final

from gangwei.layouts.cell_senses import verbs_of
from gangwei.page import Page
from gangwei.rulebook import Rulebook
from gangwei.segment import lexicon

# A sentence that begins so is not the end of a phrase before it.
_PLAIN_PAIRS: Final = frozenset(
    ["负责", "根据", "按照", "依据", "针对", "协助", "配合", "通过", "积极", "定期", "及时", "确保"]
    + ["每" + unit for unit in "日天周月季年"]
)
_PLAIN_FIRSTS: Final = frozenset("对与为向按在")
_SURE_START: Final = re.compile(
    "负责|根据|按照|依据|针对|协助|通过|积极|确保|制定|[与向](?:客户|各|相关|供应商|厂家|家长|业主|研发|其他|上级|合作)|依照|会同|遵照"
)
# Things that dictionaries have for verbs.
_THINGS: Final = frozenset(["设备", "工作", "活动", "行动", "生活"])
# What these begin with: most words are turned down by their first character.
_SURE_FIRSTS: Final = frozenset("负根按依会遵针协通积确制与向")
_PREPOSITION_FIRSTS: Final = frozenset("对向为")
_PREPOSITION_PAIRS: Final = frozenset(["根据", "依照", "会同", "遵照", "按照", "依据", "针对"])
# Behind the first words of a phrase these begin another one.
_STARTS_INSIDE: Final = re.compile("(?<![对由并能须应可自和与及、])(?:根据|按照|依据|针对|负责(?=.{3})|协助(?=.{3}))")
FIRST_INSIDE: Final = 3
_VERB: Final = 2
_LONGEST_FIRST: Final = 3
_YEARS: Final = re.compile("[\\d一二两三四五六七八九十]+年")
# When something is done: 48小时内, 三个工作日内
_WITHIN: Final = re.compile("[\\d一二两三四五六七八九十]{1,4}(?:小时|分钟|[天日周]|个?工作日|个月)(?:之|以)?[内前]")
# Words that a phrase may go on with as well: a sentence begins with them only where more speaks for it.
_MAY_GO_ON: Final = {"与": 0.1, "对": 0.5, "为": 0.2, "向": 0.3, "在": 0.1, "将": 0.3, "以": 0.0, "按": 0.5}
_TIME_START: Final = re.compile("[每各]|[班课会餐][前后]|上班|下班|首[件次]|.{1,6}[前后时](?![台勤期])")
_TIME_ENDS: Final = frozenset("每各前后班件次时")
_LIGHT_VERB: Final = re.compile(
    "负责|协助|参与|组织|监督|配合|指导|督促|统筹|主持|牵头|推动|推进|开展|做好|加强|进行|完成|严格|全面|定期|及时|每|按|参加|督导|安排|管理和|帮助|引导|带领|领导|合理|主动|积极"
)
# 大专|以上学历
_BOUNDS: Final = frozenset(["以上", "以下", "以内", "之内", "及以上"])
_NEVER_FIRST: Final = frozenset("的地得等及和或并者们")
_OF_FIGURES: Final = frozenset("月内天")
NUMERALS: Final = "0123456789零一二两三四五六七八九十百"
_OPENING: Final = '“《"【（('
_NEVER: Final = -9.0


class Word:
    """What is known of a word wherever it stands."""

    __slots__ = (
        "goes_on",
        "is_action",
        "is_duty",
        "is_fixed",
        "is_open",
        "is_setting",
        "is_verb",
        "may_be_sure",
        "may_open",
        "may_take_over",
        "start",
        "text",
    )

    def __init__(self, word: str, rules: Rulebook) -> None:
        self.text = word
        first, tag = word[0], lexicon().tag(word)
        is_han = "\u4e00" <= first <= "\u9fff"
        is_written = is_han or first.isalnum()
        is_never_first = word in _NEVER_FIRST or word in _BOUNDS or not is_written or first in _OF_FIGURES
        says_when = word[-1] in _TIME_ENDS and _TIME_START.fullmatch(word) is not None
        # Whether a sentence may begin with its first character.
        self.may_open = is_written or first in _OPENING
        # Whether what is behind it may make it a start that is sure, and the end of what stands before it.
        self.may_be_sure = first in _SURE_FIRSTS
        self.may_take_over = self.may_be_sure or first in _PREPOSITION_FIRSTS
        self.goes_on = _MAY_GO_ON.get(word)
        # Whether a duty begins with it; None where what is behind it decides.
        self.is_duty = _is_duty(word, rules)
        # A verb before it is anything else, and the name of an action, as verb or noun: 检查, 培训.
        is_verb = word in verbs_of(rules.typed)
        self.is_verb = tag == "v" and (is_verb or rules.senses.duty.fullmatch(word) is not None)
        self.is_action = tag[:1] == "v" and word not in _THINGS
        # Whether it says when or how, or takes a verb: the sentence goes on behind it.
        self.is_setting = says_when or tag[:1] in ("t", "d", "r") or _LIGHT_VERB.match(word) is not None
        # How well a sentence begins with it: whatever stands around it, or as long as nothing there says otherwise.
        self.is_fixed = is_never_first or (self.goes_on is not None and not self.may_be_sure)
        self.is_open = self.may_be_sure or first in NUMERALS or not is_han or self.is_duty is None
        if is_never_first:
            self.start = _NEVER
        elif self.goes_on is not None:
            self.start = self.goes_on
        elif self.is_duty or says_when or first in "每各":
            self.start = 0.7
        else:
            self.start = 0.5 if is_verb else _start_of("n" if word in _THINGS else tag[:1])


def _start_of(tag: str) -> float:
    if tag == "v":
        return 0.5
    if tag in {"p", "d"}:
        return 0.3
    if tag and tag in "cuyf":
        return -1.0
    return -0.4 if tag == "n" else -0.1


def _is_duty(word: str, rules: Rulebook) -> bool | None:
    """Whether a duty begins with a word; None where what is behind the word decides."""
    if rules.senses.duty.match(word):
        return True
    return None if word in _parts_of_duty_words(rules) else False


@lru_cache(4)
def _parts_of_duty_words(rules: Rulebook) -> frozenset[str]:
    """The beginnings of the words that duties begin with."""
    return frozenset(word[:length] for word in rules.senses.duty_words for length in range(1, len(word)))


@lru_cache(4)
def words_of(rules: Rulebook) -> Callable[[str], Word]:
    """What tells what is known of a word; most words stand in more than one deck."""
    return lru_cache(8192)(partial(Word, rules=rules))


def starts_of(
    page: Page, text: str, words: Sequence[Word], places: Sequence[int], end: int
) -> tuple[list[float], list[bool]]:
    """How well a sentence begins with each of the words that stand at some places of a text, and whether a duty may begin
    there; up to `end` what is asked of somebody may stand."""
    wanted = _wanted_from(page, text, 0, end)
    starts, duties = [_NEVER] * len(words), [False] * len(words)
    for at, word in enumerate(words):
        place = places[at]
        is_duty = word.is_duty
        if is_duty is None:
            is_duty = page.rules.senses.duty.match(text, place) is not None
        duties[at] = is_duty
        if 0 <= wanted < place:
            wanted = _wanted_from(page, text, place, end)
        if word.is_fixed:
            starts[at] = word.start
        elif word.is_open:
            starts[at] = _start_within(text, place, word, is_wanted=wanted >= 0, is_duty=is_duty)
        else:
            starts[at] = word.start if wanted < 0 else 0.3
    return starts, duties


def _start_within(text: str, place: int, word: Word, *, is_wanted: bool, is_duty: bool) -> float:
    """How well a sentence begins with a word of which what stands behind it says more than the word."""
    if word.may_be_sure and _SURE_START.match(text, place):
        return 1.3 if word.goes_on is None else 0.5
    if word.goes_on is not None:
        return word.goes_on
    if is_wanted:
        return 0.3
    if _WITHIN.match(text, place):
        return 0.7
    if _YEARS.match(text, place):
        return 0.3
    return 0.7 if is_duty else word.start


def _wanted_from(page: Page, text: str, place: int, end: int) -> int:
    """Where in a stretch of text the first word stands of what is asked of somebody, or -1."""
    match = page.rules.senses.requirement.search(text, place, end)
    return match.start() if match else -1


def begins_again(text: str, words: Sequence[Word], places: Sequence[int], duties: Sequence[bool], at: int) -> float:
    """How much speaks against a sentence that begins with a word, because another one begins right behind:
    管理|对活动进行…"""
    word, following, behind = words[at], words[at + 1], places[at + 1]
    if word.is_setting or len(word.text) > _LONGEST_FIRST:
        return 0.0
    if text[behind] in _PREPOSITION_FIRSTS or text[behind : behind + 2] in _PREPOSITION_PAIRS:
        return -0.9
    if following.may_be_sure and _SURE_START.match(text, behind) and not is_plain_start(text, places[at]):
        return -0.9
    return -0.5 if duties[at + 1] and following.is_action and len(following.text) > 1 else 0.0


def are_three_verbs(words: Sequence[Word], at: int) -> bool:
    """Whether a sentence that begins with a word would begin with two verbs before a third: 收货|入库|核对送货单."""
    first, second, third = words[at : at + 3]
    if not (first.is_action and second.is_action and third.is_action) or first.is_setting:
        return False
    return len(first.text) >= _VERB <= len(second.text) and len(third.text) >= _VERB


def begins_inside(text: str, place: int, end: int) -> int:
    """Where behind a place the first sentence begins that begins surely, or -1."""
    match = _STARTS_INSIDE.search(text, place, end)
    return match.start() if match else -1


def is_light(text: str, place: int = 0, end: int = maxsize) -> bool:
    """Whether a text begins with a verb that takes another one: 开展培训, 组织检查."""
    return _LIGHT_VERB.match(text, place, end) is not None


def is_plain_start(text: str, place: int = 0) -> bool:
    """Whether a text begins as sentences do and labels do not: 负责…, 根据…"""
    return text[place : place + 1] in _PLAIN_FIRSTS or text[place : place + 2] in _PLAIN_PAIRS
