"""The degree of responsibility (全责, 协办), or how often (每月), that a column of a form puts behind each duty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.page import Page

_DEGREE: Final = re.compile(
    r"(?:(?<![\s。；;，,])[\s。；;，,]++)?(?:全责|部分|支持|主责|协办|主办|承办|配合|参与|次责|全部|协助|负责|主导|辅助)$"
    r"|(?<![\s。；;，,])[\s。；;，,]++(?:每?半?[年月周日天季旬]度?|每[个两双一三]?(?:季度|学期|星期|班|次|件|批|单|人|户)|随时|不定期|定期|按需|适时|经常|偶尔|日常"
    r"|[一二两三四五1-9]次?/[年月周日天季])$"
)
# A sentence that ends so: 对账实相符|负责.
_ANSWERS_FOR: Final = re.compile("对[^，。；]{1,24}负责$")
# A duty's degree and its measure, in columns of their own behind it.
_BESIDE: Final = re.compile(
    r"(?<=[^\s])[ \t\u3000|]{1,8}(?:(?:全责|部分|支持|主责|协办|主办|承办|配合|次责|全部|协助|主导|辅助)[ \t\u3000|]{1,8})?"
    r"(?:(?:衡量)?标准[:：])?(?P<measure>[^\s|][^\n|]{1,60})$"
)
_DEGREE_ENDS: Final = frozenset("责分持办合与部助导年月周日天季旬度期星班次件批单人户时需常尔")
_SHARE: Final = re.compile(r"[ \t\u3000|]{1,8}\d{1,3}[%％]$")
_TOPIC: Final = re.compile(r"[\u4e00-\u9fff]{2,8}[ \t\u3000|]{1,8}(?=[\u4e00-\u9fff])")
_MOST_OF: Final = 0.6


def with_measures(page: Page, items: Sequence[Item]) -> tuple[list[Item], list[tuple[int, int]]]:
    """The items without what the columns beside them held, and how each is measured: 编制计划 全责 计划准确率."""
    kept: list[Item] = []
    measures: list[tuple[int, int]] = []
    for item in items:
        match = _BESIDE.search(page.value, item.start, item.end)
        kept.append(item._replace(end=match.start()) if match else item)
        if match:
            measures.append(match.span("measure"))
    return kept, measures


def without_shares(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the share of time that a column puts behind each, and the topic that one puts before it:
    1 预算管理 编制年度预算 20%"""
    shares = [_SHARE.search(page.value, max(item.start, item.end - 8), item.end) for item in items]
    if len(items) - shares.count(None) < max(2, _MOST_OF * len(items)):
        return list(items)
    ends = [match.start() if match else item.end for item, match in zip(items, shares, strict=True)]
    topics = [_TOPIC.match(page.value, item.start, end) for item, end in zip(items, ends, strict=True)]
    has_topics = None not in topics
    return [
        item._replace(start=topic.end() if has_topics and topic else item.start, end=end)
        for item, topic, end in zip(items, topics, ends, strict=True)
    ]


def without_degrees(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the degree of responsibility (全责, 协办), or the word for how often, that a column put behind each."""
    ends = [(max(item.start, item.end - 8), item.end) for item in items]
    matches = [_DEGREE.search(page.value, *end) if page.value[end[1] - 1] in _DEGREE_ENDS else None for end in ends]
    if any(match and _ANSWERS_FOR.search(page.value, i.start, i.end) for i, match in zip(items, matches, strict=True)):
        return list(items)
    if len(items) - matches.count(None) < max(2, _MOST_OF * len(items)):
        return list(items)
    return [
        item._replace(end=page.trim(item.start, match.start()).end) if match else item
        for item, match in zip(items, matches, strict=True)
    ]
