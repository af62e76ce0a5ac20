"""What the words of slide text speak for: where a sentence begins, what labels it, what a name is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import add
from sys import maxsize
from typing import Final, NamedTuple

from gangwei.layouts.cell_senses import verbs_of
from gangwei.page import Page
from gangwei.segment import lexicon

SHORTEST_LABEL: Final = 2
LONGEST_LABEL: Final = 14
# A sentence that begins so is not the end of a phrase before it.
_PLAIN_START: Final = re.compile(
    "负责|根据|按照|依据|针对|协助|配合|通过|积极|定期|及时|确保|每[日天周月季年]|对|与|为|向|按|在"
)
_SURE_START: Final = re.compile(
    "负责|根据|按照|依据|针对|协助|通过|积极|确保|制定|[与向](?:客户|各|相关|供应商|厂家|家长|业主|研发|其他|上级|合作)"
)
# Behind the first words of a phrase these begin another one.
_STARTS_INSIDE: Final = re.compile("(?<![对由并能须应可自和与及、])(?:根据|按照|依据|针对|负责(?=.{3})|协助(?=.{3}))")
FIRST_INSIDE: Final = 3
_VERB: Final = 2
_LONGEST_FIRST: Final = 3
# What no label ends with: it belongs to the sentence behind.
_NO_LABEL_TAIL: Final = re.compile(
    "(?:及时|定期|严格|积极|主动|合理|逐一|逐个|首件|详细|每.{0,2}|各.{0,2}|[班课会餐][前后]|十?[一二三四五六七八九十]月|[上下本首当]次|[上下本当]月|(?<!所学)(?<!学历)专业|大专|本科|中专|高中|硕士)$"
)
_LONGEST_TAIL: Final = 3
_TAIL_ENDS: Final = frozenset("时期格极动理一个首件细前后月次业专科中士")
_YEARS: Final = re.compile("[\\d一二两三四五六七八九十]+年")
# When something is done: 48小时内, 三个工作日内
_WITHIN: Final = re.compile("[\\d一二两三四五六七八九十]{1,4}(?:小时|分钟|[天日周]|个?工作日|个月)(?:之|以)?[内前]")
_AMOUNT: Final = re.compile("[\\d一二两三四五六七八九十]+(?:小时|分钟|[年名次个天家项])")
_NO_LABEL_HEAD: Final = re.compile("合理|积极|主动|认真|严格|及时|全面|负责|协助|参与|[月年季][末初底中]|当[日天月]")
# Words that a phrase may go on with as well: a sentence begins with them only where more speaks for it.
_MAY_GO_ON: Final = {"与": 0.1, "对": 0.5, "为": 0.2, "向": 0.3, "在": 0.1, "将": 0.3, "以": 0.0, "按": 0.5}
_TIME_START: Final = re.compile("[每各]|[班课会餐][前后]|上班|下班|首[件次]|.{1,6}[前后时](?![台勤期])")
_TIME_ENDS: Final = frozenset("每各前后班件次时")
_PREPOSITION: Final = re.compile("根据|按照|依据|针对|对|向|为")
# What these begin with: most words are turned down by their first character.
_PREPOSITION_FIRSTS: Final = frozenset("根按依针对向为")
_SURE_FIRSTS: Final = frozenset("负根按依针协通积确制与向")
_LIGHT_VERB: Final = re.compile(
    "负责|协助|参与|组织|监督|配合|指导|督促|统筹|主持|牵头|推动|推进|开展|做好|加强|进行|完成|严格|全面|定期|及时|每|按|参加|督导|安排|管理和|帮助|引导|带领|领导|合理|主动|积极"
)
# What is done to a post, and words that stand before a post inside a sentence.
TAKES_POST: Final = frozenset(
    [
        "组织",
        "指导",
        "辅导",
        "检查",
        "监督",
        "带领",
        "安排",
        "通知",
        "督促",
        "主持",
        "召开",
        "抽查",
        "考核",
        "评估",
        "任命",
        "帮助",
        "提醒",
        "撰写",
        "填写",
        "记录",
        "登记",
        "统计",
        "引导",
        "选拔",
        "招募",
        "约谈",
        "教育",
        "培养",
        "带教",
        "陪同",
        "审核",
    ]
)
_HELPS: Final = frozenset(["协助", "配合", "服从", "辅助", "协同", "由", "请", "报", "与", "向", "对"])
_NO_LABEL_END: Final = frozenset("的地得并和与及或对将把被在为从向由于以等按至各每全了是不其该")
# A text that goes on from what stands before it.
_JOINED: Final = re.compile("[的得者们]|[和或并及](?![谐时购行])")
# What speaks against a label's head begins with one of these.
_HEAD_FIRSTS: Final = frozenset("的得者们和或并及负根按依针协配通积定确每对与为向在合主认严全参月年季当")
# 大专|以上学历
_BOUNDS: Final = frozenset(["以上", "以下", "以内", "之内", "及以上"])
_NO_LABEL_START: Final = frozenset("的地得等及和或并者们")
_LENGTHS: Final = {2: -1.0, 3: -0.4, 4: 0.75, 5: 0.15, 6: 0.3, 7: 0.0, 8: 0.0}
_LABEL_BASE: Final = -1.2
LABEL_WORTHS: Final = [_LABEL_BASE + _LENGTHS.get(length, -0.15 * (length - 7)) for length in range(LONGEST_LABEL + 1)]
NO_LABEL: Final = -9.0
_SHARED: Final = 0.45
_MOST_SHARED: Final = 2
_USUAL: Final = 0.5
_REPEATED: Final = 1.0
REPEATED_LENGTHS: Final = (4, 5, 6)
UNSHARED: Final = -0.3
# The most that can speak for a label beside its sentence: what they share, or not, and its length.
BEST_LABEL: Final = _LABEL_BASE + _LENGTHS[4] + _MOST_SHARED * _SHARED
BEST_LABEL_APART: Final = _LABEL_BASE + _LENGTHS[4] + UNSHARED
_HEAD_ENDS: Final = (
    "岗位", "职责", "职能", "设置", "原则", "指标", "要求", "资格", "条件", "流程", "机制", "体系", "划分", "概述", "说明", "架构", "分工", "权限", "方法", "建议", "要点", "管理层", "理念", "一览", "KPI", "使命", "定位",
)  # fmt: skip
_HEAD_LASTS: Final = frozenset(word[-1] for word in _HEAD_ENDS)
_FIGURE: Final = re.compile(
    r"""
    (?:≥|≤|>=|<=|[><=＞＜]|不低于|不少于|不超过|不高于|不大于|不小于|低于|高于|大于|小于|少于|超过|达到?|控制在|同比(?:下降|上升|增长|提升|降低)|下降|提升|提高|增长|降低|减少|为|在){0,6}+
    (?: 百分之[零一二三四五六七八九十百]{1,6} | \d{1,12}(?:[.,]\d{1,6})?(?:\s?[-~～—]\s?\d{1,12}(?:\.\d{1,6})?)? | 零 | [一二两三四五六七八九十百]{1,6}(?=[分次天日小件家个名人元万]) )
    \s?(?:百分点|个百分点|人次|万元|亿元|工作日|个工作日|小时|分钟|[%％‰分次天日元件家个名人吨起例条篇万秒台套单张份]|[\u4e00-\u9fff]{1,2}(?=\s?/\s?[日天周月季年人次]))?
    (?:\s?/\s?(?:日|天|周|月|季度?|年|人|次|家|台|百\w))?
    (?:以上|以下|以内|之内|内|及以上)?
    """,
    re.VERBOSE,
)
_NUMERALS: Final = "0123456789零一二两三四五六七八九十百"
# Without one of these no figure stands in a text.
_NUMERAL: Final = re.compile("[\\d零一二两三四五六七八九十百]")
_INDICATOR: Final = re.compile(
    "率|度|量|额|数|时间|时长|时效|成本|能耗|损耗|利润|收入|事故|投诉|评分|得分|占比|周期|天数|次数|处罚|误差|产值|销售|费用|库存|线索|平均|期"
)
# 满意度90分|前厅经理
_PLACE_NAME: Final = re.compile("前[厅台端]|后[勤厨端台]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Usual(NamedTuple):
    """How labels usually are: how long in the chapter and in the deck, 0 where that is not known, and which the deck
    repeats."""

    length: int
    in_deck: int
    words: frozenset[str]


NOT_KNOWN: Final = Usual(0, 0, frozenset())


@lru_cache(8192)
def _tag(word: str) -> str:
    return lexicon().tag(word)


def sentence_start(page: Page, word: str, text: str, place: int, *, is_wanted: bool, is_duty: bool) -> float:
    """How well a sentence begins with a word at a place of a text; `is_wanted`: what it says there is asked of somebody;
    `is_duty`: a duty may begin so."""
    first = word[0]
    is_han = "\u4e00" <= first <= "\u9fff"
    if word in _NO_LABEL_START or word in _BOUNDS or not (is_han or first.isalnum()) or first in "月内天":
        return -9.0
    is_sure = first in _SURE_FIRSTS and _SURE_START.match(text, place) is not None
    if word in _MAY_GO_ON:
        return 0.5 if is_sure else _MAY_GO_ON[word]
    if is_sure:
        return 1.3
    if is_wanted:
        return 0.3
    if first in _NUMERALS or not is_han:
        if _WITHIN.match(text, place):
            return 0.7
        if _YEARS.match(text, place):
            return 0.3
    if is_duty or first in "每各" or _says_when(word):
        return 0.7
    tag = _tag(word)[:1]
    if tag == "v" or word in verbs_of(page.rules.typed):
        return 0.5
    if tag in {"p", "d"}:
        return 0.3
    if tag and tag in "cuyf":
        return -1.0
    return -0.4 if tag == "n" else -0.1


def wanted_from(page: Page, text: str, place: int, end: int) -> int:
    """Where in a stretch of text the first word stands of what is asked of somebody, or -1."""
    match = page.rules.senses.requirement.search(text, place, end)
    return match.start() if match else -1


def is_verb(page: Page, word: str) -> bool:
    """Whether a word is a verb before it is anything else."""
    return _tag(word) == "v" and (word in verbs_of(page.rules.typed) or bool(page.rules.senses.duty.fullmatch(word)))


def is_action(word: str) -> bool:
    """Whether a word names an action, as verb or noun: 检查, 培训."""
    return _tag(word)[:1] == "v"


def begins_inside(text: str, place: int, end: int) -> int:
    """Where behind a place the first sentence begins that begins surely, or -1."""
    match = _STARTS_INSIDE.search(text, place, end)
    return match.start() if match else -1


def begins_again(word: str, following: str, text: str, place: int, *, is_duty: bool) -> float:
    """How much speaks against a sentence's first word, because another one begins right behind: 管理|对活动进行…

    `is_duty`: a duty may begin there.
    """
    length = len(word)
    if length > _LONGEST_FIRST or _is_setting(word):
        return 0.0
    behind = place + length
    first = text[behind : behind + 1]
    if (first in _PREPOSITION_FIRSTS and _PREPOSITION.match(text, behind)) or (
        first in _SURE_FIRSTS and _SURE_START.match(text, behind) and not _PLAIN_START.match(text, place)
    ):
        return -0.9
    return -0.5 if is_duty and len(following) > 1 and _tag(following)[:1] == "v" else 0.0


def three_verbs(word: str, second: str, third: str) -> float:
    """How much speaks against a sentence that begins with two verbs before a third: 收货|入库|核对送货单."""
    if len(word) < _VERB or len(second) < _VERB or len(third) < _VERB or _is_setting(word):
        return 0.0
    return -0.4 if is_action(word) and is_action(second) and is_action(third) else 0.0


@lru_cache(8192)
def _is_setting(word: str) -> bool:
    """Whether a word says when or how, or takes a verb: the sentence goes on behind it."""
    return _says_when(word) or _tag(word)[:1] in ("t", "d", "r") or bool(_LIGHT_VERB.match(word))


def _says_when(word: str) -> bool:
    """Whether a word says when something is done: 每, 班前, 会议时."""
    return word[-1] in _TIME_ENDS and _TIME_START.fullmatch(word) is not None


def is_not_head(word: str) -> bool:
    """Whether a word is done to whoever follows, or by them: no name or label begins with it alone."""
    return word in TAKES_POST or word in _HELPS


def is_light(text: str, place: int = 0, end: int = maxsize) -> bool:
    """Whether a text begins with a verb that takes another one: 开展培训, 组织检查."""
    return _LIGHT_VERB.match(text, place, end) is not None


def is_plain_start(text: str, place: int = 0) -> bool:
    """Whether a text begins as sentences do and labels do not: 负责…, 根据…"""
    return _PLAIN_START.match(text, place) is not None


def shared_worth(label: str, sentence: str) -> float:
    """What a label gains by the pairs of characters that it shares with its sentence."""
    shared = 0
    for pair in dict.fromkeys(map(add, label, label[1:])):
        if pair in sentence:
            shared += 1
            if shared == _MOST_SHARED:
                break
    return _SHARED * shared if shared else UNSHARED


def usual_worth(page: Page, label: str, usual: Usual) -> float:
    """What a label gains that is as usual; one that begins as a sentence does gains nothing from the deck's length."""
    worth = _REPEATED if label in usual.words else 0.0
    if usual.length:
        return worth + (_USUAL if len(label) == usual.length else 0.0)
    is_usual = len(label) == usual.in_deck and not page.rules.senses.duty.match(label)
    return worth + (_USUAL if is_usual else 0.0)


def best_usual(text: str, edges: Sequence[int], usual: Usual) -> float:
    """The most that a label can gain by being as usual that begins at one of some places of a text."""
    words = usual.words
    is_repeated = words and not words.isdisjoint(
        [text[at : at + length] for at in edges for length in REPEATED_LENGTHS]
    )
    return (_USUAL if usual.length or usual.in_deck else 0.0) + (_REPEATED if is_repeated else 0.0)


def label_alone(label: str) -> float:
    """How much speaks for a short text being a label, whatever stands beside it; NO_LABEL where it can be none."""
    length = len(label)
    if not SHORTEST_LABEL <= length <= LONGEST_LABEL or label_tail(label, length) >= 0:
        return NO_LABEL
    head = label_head(label, 0)
    return label_worth(label, 0, length) + head if head > NO_LABEL and amount_end(label, 0) > length else NO_LABEL


def label_worth(text: str, begin: int, end: int) -> float:
    """How much speaks for a label by its length and the marks inside it."""
    worth, label = LABEL_WORTHS[end - begin], text[begin:end]
    if "/" in label or "／" in label or "，" in label:
        worth -= 2.0
    if "、" in label:
        worth -= 0.8
    return worth


def label_head(text: str, place: int) -> float:
    """What speaks against a label that begins at a place of a text; NO_LABEL where none can."""
    if text[place : place + 1] not in _HEAD_FIRSTS:
        return 0.0
    if _JOINED.match(text, place):
        return NO_LABEL
    return -1.2 if _PLAIN_START.match(text, place) or _NO_LABEL_HEAD.match(text, place) else 0.0


def label_tail(text: str, end: int) -> int:
    """The last place before `end` where no label begins that ends there, -1 where any may: what ends so is no label."""
    last = text[end - 1]
    if last in _NO_LABEL_END or not ("\u4e00" <= last <= "\u9fff" or (last.isalnum() and not last.isdigit())):
        return end
    # Few labels end so that it is worth to look closer.
    tail = text[end - _LONGEST_TAIL : end] if end > _LONGEST_TAIL else text[:end]
    if last in _TAIL_ENDS or "每" in tail or "各" in tail:
        for begin in range(end - 1, max(-1, end - _LONGEST_TAIL - 1), -1):
            if _NO_LABEL_TAIL.match(text, begin, end):
                return begin
    return -1


def amount_end(text: str, place: int) -> int:
    """Where an amount ends that stands at a place and heads no label (三年, 2小时); far away where there is none."""
    first = text[place : place + 1]
    match = None if "\u4e00" <= first <= "\u9fff" and first not in _NUMERALS else _AMOUNT.match(text, place)
    return match.end() if match else maxsize


def is_heading(text: str) -> bool:
    """Whether a short text ends as the heads of slides do: 岗位设置原则."""
    return ends_heading(text, len(text)) and "、" not in text and not _PLAIN_START.match(text)


def ends_heading(text: str, end: int) -> bool:
    """Whether the head of a slide may end at a place of a text."""
    return text[end - 1 : end] in _HEAD_LASTS and text.endswith(_HEAD_ENDS, 0, end)


def headings_end(text: str, edges: Sequence[int]) -> list[bool]:
    """For each of some places of a text, whether the head of a slide may end there."""
    if _HEAD_LASTS.isdisjoint(text):
        return [False] * len(edges)
    return [ends_heading(text, edge) for edge in edges]


def figure_ends(text: str) -> list[tuple[int, int]]:
    """Where indicators with their targets begin and end in a run of them.

    >>> ["出勤率100%退货率低于1%"[start:end] for start, end in figure_ends("出勤率100%退货率低于1%")]
    ['出勤率100%', '退货率低于1%']
    """
    found: list[tuple[int, int]] = []
    if not _NUMERAL.search(text):
        return found
    place = 0
    for match in _FIGURE.finditer(text):
        name = text[place : match.start()]
        behind = text[match.end() : match.end() + 1]
        is_cut = behind and (
            behind in "月年个号"
            or (behind in "后前" and match[0][-1] not in "%％‰上下内" and not _PLACE_NAME.match(text, match.end()))
        )
        is_named = _INDICATOR.search(name) or match[0][0] not in _NUMERALS or match[0][0] in "0零"
        is_one = not re.search("[，,；;。]", name.lstrip("，,、；; "))
        if len(_HAN.findall(name)) >= 2 and is_named and is_one and not is_cut:
            found.append((place, match.end()))
            place = match.end()
    return found


def speaks_of_indicators(text: str) -> bool:
    """Whether a text announces indicators: 岗位考核指标."""
    return "指标" in text or "KPI" in text


def is_indicator(text: str) -> bool:
    """Whether a text is an indicator with a target: 客户满意度不低于95%."""
    ends = figure_ends(text)
    return bool(ends) and ends[0][0] == 0 and not text[ends[-1][1] :].strip("。") and not re.search("[，,；;]", text)
