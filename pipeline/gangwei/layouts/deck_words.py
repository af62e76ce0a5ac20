"""What the words of slide text speak for: where a sentence begins, what labels it, what a name is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from sys import maxsize
from typing import Final, NamedTuple

from gangwei.layouts.deck_starts import NUMERALS, is_plain_start
from gangwei.page import Page

SHORTEST_LABEL: Final = 2
LONGEST_LABEL: Final = 14
# What no label ends with: it belongs to the sentence behind.
_NO_LABEL_TAIL: Final = re.compile(
    "(?:及时|定期|严格|积极|主动|合理|逐一|逐个|首件|详细|每.{0,2}|各.{0,2}|[班课会餐][前后]|十?[一二三四五六七八九十]月|[上下本首当]次|[上下本当]月|(?<!所学)(?<!学历)专业|大专|本科|中专|高中|硕士)$"
)
_LONGEST_TAIL: Final = 3
_TAIL_ENDS: Final = frozenset("时期格极动理一个首件细前后月次业专科中士")
_AMOUNT: Final = re.compile("[\\d一二两三四五六七八九十]+(?:小时|分钟|[年名次个天家项])")
_NO_LABEL_HEAD: Final = re.compile("合理|积极|主动|认真|严格|及时|全面|负责|协助|参与|[月年季][末初底中]|当[日天月]")
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
_UNUSUAL_ENDS: Final = _TAIL_ENDS | _NO_LABEL_END
# A text that goes on from what stands before it.
_JOINED: Final = re.compile("[的得者们]|[和或并及](?![谐时购行])")
# What speaks against a label's head begins with one of these.
_HEAD_FIRSTS: Final = frozenset("的得者们和或并及负根按依针协配通积定确每对与为向在合主认严全参月年季当")
# A label that begins with one of these, or with what is no Chinese character, is looked at more closely.
SPECIAL_FIRSTS: Final = _HEAD_FIRSTS | frozenset(NUMERALS)
_LENGTHS: Final = {2: -1.0, 3: -0.4, 4: 0.75, 5: 0.15, 6: 0.3, 7: 0.0, 8: 0.0}
_LABEL_BASE: Final = -1.2
LABEL_WORTHS: Final = [_LABEL_BASE + _LENGTHS.get(length, -0.15 * (length - 7)) for length in range(LONGEST_LABEL + 1)]
NO_LABEL: Final = -9.0
_USUAL: Final = 0.5
_REPEATED: Final = 1.0
REPEATED_LENGTHS: Final = (4, 5, 6)
UNSHARED: Final = -0.3
# By how many pairs of characters a label shares with its sentence; more than two do not count.
SHARED_WORTHS: Final = (UNSHARED, 0.45, 0.9)
MOST_SHARED: Final = len(SHARED_WORTHS) - 1
BEST_SHARED: Final = SHARED_WORTHS[MOST_SHARED]
# The most that can speak for a label beside its sentence: what they share, or not, and its length.
BEST_LABEL: Final = _LABEL_BASE + _LENGTHS[4] + BEST_SHARED
BEST_LABEL_APART: Final = _LABEL_BASE + _LENGTHS[4] + UNSHARED
_HEAD_ENDS: Final = (
    "岗位", "职责", "职能", "设置", "原则", "指标", "要求", "资格", "条件", "流程", "机制", "体系", "划分", "概述", "说明", "架构", "分工", "权限", "方法", "建议", "要点", "管理层", "理念", "一览", "KPI", "使命", "定位", "构成",
)  # fmt: skip
HEAD_LASTS: Final = frozenset(word[-1] for word in _HEAD_ENDS)
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
# Without one of these no figure stands in a text.
NUMERAL: Final = re.compile("[\\d零一二两三四五六七八九十百]")
_INDICATOR: Final = re.compile(
    "率|度|量|额|数|时间|时长|时效|成本|能耗|损耗|利润|收入|事故|投诉|评分|得分|占比|周期|天数|次数|处罚|误差|产值|销售|费用|库存|线索|平均|期"
)
# 满意度90分|前厅经理
_PLACE_NAME: Final = re.compile("前[厅台端]|后[勤厨端台]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Usual(NamedTuple):
    """How labels usually are: how long in the chapter and in the deck, 0 where that is not known, and which the deck
    repeats; and which lengths of labels speak for them."""

    length: int
    in_deck: int
    words: frozenset[str]
    lengths: frozenset[int]


NOT_KNOWN: Final = Usual(0, 0, frozenset(), frozenset())


def usual_labels(length: int, in_deck: int, words: frozenset[str]) -> Usual:
    """How labels usually are."""
    lengths = {length or in_deck, *REPEATED_LENGTHS} if words else {length or in_deck}
    return Usual(length, in_deck, words, frozenset(lengths - {0}))


def is_not_head(word: str) -> bool:
    """Whether a word is done to whoever follows, or by them: no name or label begins with it alone."""
    return word in TAKES_POST or word in _HELPS


def shared_worth(label: str, sentence: str) -> float:
    """What a label gains by the pairs of characters that it shares with its sentence."""
    first = ""
    for place in range(len(label) - 1):
        pair = label[place : place + 2]
        if pair in sentence and pair != first:
            if first:
                return BEST_SHARED
            first = pair
    return SHARED_WORTHS[1] if first else UNSHARED


def usual_worth(page: Page, label: str, usual: Usual) -> float:
    """What a label gains that is as usual; one that begins as a sentence does gains nothing from the deck's length."""
    worth, length = _REPEATED if label in usual.words else 0.0, len(label)
    if length != (usual.length or usual.in_deck) or (not usual.length and page.rules.senses.duty.match(label)):
        return worth
    return worth + _USUAL


def best_usual(text: str, edges: Sequence[int], usual: Usual) -> float:
    """The most that a label can gain by being as usual that begins at one of some places of a text."""
    worth = _USUAL if usual.length or usual.in_deck else 0.0
    for word in usual.words:
        if word in text and word in [text[at : at + len(word)] for at in edges]:
            return worth + _REPEATED
    return worth


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
    return -1.2 if is_plain_start(text, place) or _NO_LABEL_HEAD.match(text, place) else 0.0


def label_tails(text: str, edges: Sequence[int]) -> list[int]:
    """For each of some places of a text the last place before it where no label begins that ends there, -1 where any may:
    what ends so is no label."""
    has_each = "每" in text or "各" in text
    tails = [-1] * len(edges)
    for number, end in enumerate(edges):
        last = text[end - 1]
        if end and (has_each or last in _UNUSUAL_ENDS or not "\u4e00" <= last <= "\u9fff"):
            tails[number] = label_tail(text, end)
    return tails


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
    match = None if "\u4e00" <= first <= "\u9fff" and first not in NUMERALS else _AMOUNT.match(text, place)
    return match.end() if match else maxsize


def is_heading(text: str) -> bool:
    """Whether a short text ends as the heads of slides do: 岗位设置原则."""
    return ends_heading(text, len(text)) and "、" not in text and not is_plain_start(text)


def ends_heading(text: str, end: int) -> bool:
    """Whether the head of a slide may end at a place of a text."""
    return text[end - 1 : end] in HEAD_LASTS and text.endswith(_HEAD_ENDS, 0, end)


def headings_end(text: str, edges: Sequence[int]) -> list[bool]:
    """For each of some places of a text, whether the head of a slide may end there."""
    lasts = HEAD_LASTS
    if lasts.isdisjoint(text):
        return [False] * len(edges)
    return [text[edge - 1 : edge] in lasts and text.endswith(_HEAD_ENDS, 0, edge) for edge in edges]


def figure_ends(text: str) -> list[tuple[int, int]]:
    """Where indicators with their targets begin and end in a run of them.

    >>> ["出勤率100%退货率低于1%"[start:end] for start, end in figure_ends("出勤率100%退货率低于1%")]
    ['出勤率100%', '退货率低于1%']
    """
    found: list[tuple[int, int]] = []
    if not NUMERAL.search(text):
        return found
    place = 0
    for match in _FIGURE.finditer(text):
        name = text[place : match.start()]
        behind = text[match.end() : match.end() + 1]
        is_cut = behind and (
            behind in "月年个号"
            or (behind in "后前" and match[0][-1] not in "%％‰上下内" and not _PLACE_NAME.match(text, match.end()))
        )
        is_named = _INDICATOR.search(name) or match[0][0] not in NUMERALS or match[0][0] in "0零"
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
