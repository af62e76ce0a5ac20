"""How sentences of slide text begin: what each word speaks for, with what stands before and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
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
        "is_figure",
        "is_never_first",
        "is_setting",
        "is_verb",
        "may_be_sure",
        "may_open",
        "may_take_over",
        "says_when",
        "start",
        "text",
    )

    def __init__(self, word: str) -> None:
        self.text = word
        first, tag = word[0], lexicon().tag(word)
        is_han = "\u4e00" <= first <= "\u9fff"
        is_written = is_han or first.isalnum()
        # Whether a sentence may begin with its first character, and whether none begins with the word.
        self.may_open = is_written or first in _OPENING
        self.is_never_first = word in _NEVER_FIRST or word in _BOUNDS or not is_written or first in _OF_FIGURES
        self.may_be_sure = first in _SURE_FIRSTS
        self.may_take_over = self.may_be_sure or first in _PREPOSITION_FIRSTS
        self.goes_on = _MAY_GO_ON.get(word)
        self.is_figure = first in NUMERALS or not is_han
        says_when = word[-1] in _TIME_ENDS and _TIME_START.fullmatch(word) is not None
        self.says_when = says_when or first in "每各"
        # A verb before it is anything else, and the name of an action, as verb or noun: 检查, 培训.
        self.is_verb = tag == "v"
        self.is_action = tag[:1] == "v"
        # Whether it says when or how, or takes a verb: the sentence goes on behind it.
        self.is_setting = says_when or tag[:1] in ("t", "d", "r") or bool(_LIGHT_VERB.match(word))
        # How well a sentence begins with it where nothing else says so.
        self.start = _start_of(tag[:1])


def _start_of(tag: str) -> float:
    if tag == "v":
        return 0.5
    if tag in {"p", "d"}:
        return 0.3
    if tag and tag in "cuyf":
        return -1.0
    return -0.4 if tag == "n" else -0.1


@lru_cache(8192)
def known(word: str) -> Word:
    """What is known of a word; most stand in more than one deck."""
    return Word(word)


@lru_cache(4)
def _duty_starts(rules: Rulebook) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words that duties begin with: those of one character, of two, and what longer ones begin with."""
    words = rules.senses.duty_words
    return (
        frozenset(word for word in words if len(word) == 1),
        frozenset(word for word in words if len(word) == _VERB),
        frozenset(word[:2] for word in words if len(word) > _VERB),
    )


def duties_at(page: Page, text: str, places: Sequence[int]) -> list[bool]:
    """For each of some places of a text, whether a duty may begin there."""
    ones, pairs, longer = _duty_starts(page.rules)
    match = page.rules.senses.duty.match
    found = [text[place : place + 2] in pairs or text[place] in ones for place in places]
    if not longer.isdisjoint([text[place : place + 2] for place in places]):
        found = [match(text, place) is not None for place in places]
    return found


def starts_of(
    page: Page, text: str, words: Sequence[Word], places: Sequence[int], duties: Sequence[bool], end: int
) -> list[float]:
    """How well a sentence begins with each of the words that stand at some places of a text; up to `end` what is asked
    of somebody may stand, and a duty may begin where `duties` says so."""
    verbs = verbs_of(page.rules.typed)
    wanted = 0
    starts = [_NEVER] * len(words)
    for at, word in enumerate(words):
        place = places[at]
        if not at or 0 <= wanted < place:
            wanted = _wanted_from(page, text, place, end)
        if word.is_never_first:
            continue
        if word.may_be_sure and _SURE_START.match(text, place):
            start = 1.3 if word.goes_on is None else 0.5
        elif word.goes_on is not None:
            start = word.goes_on
        elif wanted >= 0:
            start = 0.3
        elif word.is_figure and _WITHIN.match(text, place):
            start = 0.7
        elif word.is_figure and _YEARS.match(text, place):
            start = 0.3
        elif duties[at] or word.says_when:
            start = 0.7
        else:
            start = 0.5 if word.text in verbs else word.start
        starts[at] = start
    return starts


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


def is_verb(page: Page, word: str) -> bool:
    """Whether a word is a verb before it is anything else."""
    if not known(word).is_verb:
        return False
    return word in verbs_of(page.rules.typed) or bool(page.rules.senses.duty.fullmatch(word))


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
