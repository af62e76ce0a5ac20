"""The sentences of a stretch, and what stands in one line without marks: demands, indicators, powers."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from gangwei.page import Page

_OPENERS: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_SENTENCE_END: Final = re.compile(
    r"[。；;！!？?\n（(《“「【\[）)》”」】\]]|\.(?=\s(?![a-z])|$)|(?<=[\u4e00-\u9fff）)])\.(?=[\u4e00-\u9fff])"
)
_TARGET_ONLY: Final = re.compile("每|不|低于|高于|大于|小于|控制|达(?![标成产])|至少|[≥≤<>=＜＞]")
_INDICATOR: Final = re.compile(
    r"(?>.*?[\u4e00-\u9fff]{2}).*(?:[率数量度比额分次耗值龄]|成本|利润|收入|周期|时长|\d\S{0,6}|为零|以[上下内])$"
)
# Where an indicator ends that the next one is glued to: behind a rate without a target, or behind a target.
_INDICATOR_END: Final = re.compile(
    r"率(?=[\u4e00-\u9fff])(?![年季月日周半本当万百千零为达到不低高大小在应须需要以控保与和及的或指目比较同环降提增下上每均])|[%％‰](?=[\u4e00-\u9fff])(?!(?:及|或)?以[上下内]|之|左|的)"
    r"|[%％‰](?:及|或)?以[上下内](?=[\u4e00-\u9fff])|(?:[≥≤<>＜＞=＝]|不(?:少|多|高|低|大|小)于|不?超过|达到?|低于|高于)\d{1,9}(?:次|起|件|人|天|万元|元|分|小时|户|笔)(?:/[月年周日])?"
    r"(?:以[上下内])?(?=[\u4e00-\u9fff])(?![以之每内])"
    # 换模时间45分钟以内|…, 不良率300PPM以下|…
    r"|\d{1,9}(?:\.\d{1,4})?(?:[\u4e00-\u9fff]{1,3}?|[A-Za-z]{1,4})以[上下内](?=[\u4e00-\u9fff])(?![的及或之为])"
)
# How much an indicator counts, in brackets behind it: 达成率≥98%(30%)|…
_SHARE_END: Final = re.compile(r"[（(](?:权重|占比?)?[:：]?\d{1,3}[%％分][)）]")
_PAUSE: Final = re.compile("[。；;，,、：:]")
_POWER: Final = re.compile(r"权(?:限|力)?(?:[（(][^（）()]*[）)])?$|^有权|^可")
# 店长负责…, 店长的主要职责是…, 店长是门店的带头人，负责…
_WHO_DOES: Final = re.compile(
    "(?P<who>[\u4e00-\u9fff]{2,14}?)(?:主要|全面|具体)?(?:负责|承担|致力于|专注于|的(?:主要|核心|基本)?(?:工作|职责|任务)[是为]|是[^，,]{2,30}[，,](?:主要|全面)?负责)"
)
# What no requirement ends with: 有一定的组织能力,有 较高的修养
_GOES_ON: Final = frozenset("，,、有的和及与对或")
# Where a power ends that the next one is glued to.
_POWER_END: Final = re.compile("权(?=[\u4e00-\u9fff])(?![限力利益衡重属威责和与及或的、])")
_FEWEST_CUTS: Final = 2
_SHORTEST_POWER: Final = 6
_ONLY_MARKS: Final = re.compile(r"[\W_]*$")
_LONGEST_BRACKET: Final = 60


def is_wanted(page: Page, text: str) -> bool:
    """Whether a text reads as what a holder must bring."""
    return bool(page.rules.senses.requirement.search(text))


def tells_who_does(page: Page, start: int, end: int) -> bool:
    """Whether a sentence begins with a post's name and says what its holder does."""
    match = _WHO_DOES.match(page.value, start, end)
    return match is not None and page.names.is_post(match["who"])


def sentences(page: Page, start: int, end: int, *, is_wrapped: bool = False) -> list[tuple[int, int]]:
    """The sentences between two places, trimmed: cut at 。；！ and, where they mean anything, at line breaks; never inside
    brackets."""
    value = page.value
    found: list[tuple[int, int]] = []
    begin, waiting, opened_at = start, "", 0
    for match in _SENTENCE_END.finditer(value, start, end):
        mark = match[0]
        if is_wrapped and mark == "\n":
            continue
        if waiting and match.start() - opened_at > _LONGEST_BRACKET:
            waiting = ""
        if mark in _OPENERS:
            if not waiting:
                waiting, opened_at = _OPENERS[mark], match.start()
            continue
        if mark in _CLOSERS:
            if mark == waiting:
                waiting = ""
            continue
        if waiting or (mark == "\n" and value[match.start() - 1] in "，,、"):
            continue
        stop = match.end() if mark in "！!？?" else match.start()
        _add(page, found, begin, stop)
        begin = match.end()
    _add(page, found, begin, end)
    return found


def demands_in(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Requirements parted by blanks only: 高中以上学历 持电工证 能上夜班"""
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", page.value[start:end])]
    texts = [page.value[s:e] for s, e in parts]
    if len(parts) > 1 and all(is_wanted(page, text) and text[-1] not in _GOES_ON for text in texts):
        return parts
    return [(start, end)]


def indicators_in(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Indicators parted by blanks only, or by nothing: 合格率94%以上 定额执行率, 合格率94%以上准时率≥95%"""
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", page.value[start:end])]
    texts = [page.value[s:e] for s, e in parts]
    if len(parts) > 1 and all(_INDICATOR.match(text) and not _TARGET_ONLY.match(text) for text in texts):
        return parts
    shares = [match.end() for match in _SHARE_END.finditer(page.value, start, end)]
    if len(shares) > 1 and shares[-1] == end:
        return [page.trimmed(a, b) for a, b in pairwise([start, *shares])]
    if _PAUSE.search(page.value, start, end):
        return [(start, end)]
    cuts = [start, *(m.end() for m in _INDICATOR_END.finditer(page.value, start, end)), end]
    parts = [page.trim(a, b) for a, b in pairwise(cuts)]
    texts = [page.value[s:e] for s, e in parts]
    if all(_INDICATOR.match(text) and not _TARGET_ONLY.match(text) for text in texts):
        return [(s, e) for s, e in parts]
    return [(start, end)]


def powers_in(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Powers parted by blanks only, or by nothing: 本部人员调配权 逾期费减免权（单笔20元以内）, 对计划的建议权对人员的考核权"""
    cuts = [start, *(m.end() for m in _POWER_END.finditer(page.value, start, end)), end]
    if len(cuts) > _FEWEST_CUTS and page.value[end - 1] == "权":
        found = [page.trim(a, b) for a, b in pairwise(cuts)]
        if all(b - a >= _SHORTEST_POWER for a, b in found):
            return [(a, b) for a, b in found]
    parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", page.value[start:end])]
    if len(parts) > 1 and all(_POWER.search(page.value[s:e]) for s, e in parts):
        return parts
    return [(start, end)]


def _add(page: Page, found: list[tuple[int, int]], start: int, end: int) -> None:
    span = page.trim(start, end)
    if span.start < span.end and not _ONLY_MARKS.match(page.value[span.start : span.end]):
        found.append((span.start, span.end))
