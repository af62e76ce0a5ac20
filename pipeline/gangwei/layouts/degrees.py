"""The degree of responsibility (全责, 协办), or how often (每月), that a column of a form puts behind each duty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.items import Item
from gangwei.model import Field
from gangwei.page import Page
from gangwei.rulebook.columns import NUMBER, TARGET

_DEGREE: Final = re.compile(
    r"(?:(?<![\s。；;，,])[\s。；;，,]++)?(?:全责|部分|支持|主责|协办|主办|承办|配合|参与|次责|全部|协助|负责|主导|辅助|周期性|日常性|临时性|特别工作|特殊工作)"
    r"(?:[ \t\u3000]?(?:每?半?[年月周日天季旬]度?|随时|不?定期|按需|日常))?$"
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
_LONGEST_BESIDE: Final = 30
_MARKS: Final = frozenset("；;，,\n")
# The same with the column's name before each value: 频次：4次/月用时：15分钟/次
_OFTEN: Final = r"日常|经常|项目|每?批次?|每?班次?|每单|随时|不?定期|按需|偶尔|适时|每?半?[年季月周日天旬][度末初底]?(?![\u4e00-\u9fff]{0,2}度)|每[年季月周日天]\d{1,3}次"
_SPENT: Final = r"\d{1,3}(?:[-~～]\d{1,3})?[ ]?(?:%|％|(?:次|小时|分钟|天|人天|h|H)?[ ]?[/／每][ ]?(?:次|[年季月周日天])|次|小时|分钟|天)"
_NAMED: Final = re.compile(
    rf"[ \t\u3000|，,。；;]{{0,4}}(?:(?:发生频[次率]|频[次率]|用时|耗时|所需时间|时限|时间占比|占比|比重|权重)[ ]?[:：][ ]?(?:{_OFTEN}|{_SPENT})[ ]?){{1,3}}"
)
_FEWEST_NAMED: Final = 2
_LONGEST_HEADS: Final = 24
_NO_DUTIES: Final = frozenset([NUMBER, TARGET, str(Field.OTHER)])
_OF_INDICATORS: Final = _NO_DUTIES | {str(Field.KPI)}
_DEGREE_ENDS: Final = frozenset("责分持办合与部助导性作年月周日天季旬度期星班次件批单人户时需常尔")
_ALONE: Final = re.compile(
    r"(?:全责|部分|支持|主责|协办|主办|承办|次责|全部|主导|辅助|每?半?[年月周日天季旬]度?|随时|不?定期|按需|日常|略|\d{1,3}[ ]?[%％])"
)
_LONGEST_ALONE: Final = 5
_SHARE_WITHIN: Final = re.compile(r"(?<=[\u4e00-\u9fff)）])[ \t\u3000]\d{1,3}[%％](?=[ \t\u3000][\u4e00-\u9fff]|$)")
_SHARE: Final = re.compile(r"[ \t\u3000|]{1,8}\d{1,3}[%％]$")
_TOPIC: Final = re.compile(r"[\u4e00-\u9fff]{2,8}[ \t\u3000|]{1,8}(?=[\u4e00-\u9fff])")
_MOST_OF: Final = 0.6
_LONGEST_GROUP: Final = 12
_FEWEST_GROUPS: Final = 2
_FEWEST_ITEMS: Final = 4
_STOPS: Final = frozenset("。；;！!")
_WITHIN: Final = frozenset("，。；,;、：: ")


def with_measures(page: Page, items: Sequence[Item]) -> tuple[list[Item], list[tuple[int, int]]]:
    """The items without what the columns beside them held, and how each is measured: 编制计划 全责 计划准确率."""
    kept: list[Item] = []
    measures: list[tuple[int, int]] = []
    for item in items:
        match = _BESIDE.search(page.value, item.start, item.end)
        kept.append(item._replace(end=match.start()) if match else item)
        if match:
            measures.append(match.span("measure"))
    return (kept, measures) if measures else _behind_stops(page, kept)


def _behind_stops(page: Page, items: list[Item]) -> tuple[list[Item], list[tuple[int, int]]]:
    """The same of a column that ran together with the duties, each a sentence or more: 核对账目。|账实相符率"""
    stops = [page.value.rfind("。", item.start, item.end) for item in items]
    spans = [(stop + 1, item.end) for stop, item in zip(stops, items, strict=True)]
    has = [s > 0 and 1 < e - s <= _LONGEST_BESIDE and _MARKS.isdisjoint(page.value[s:e]) for s, e in spans]
    if len(items) < _FEWEST_NAMED or sum(has) < _MOST_OF * len(items):
        return items, []
    kept = [item._replace(end=stop) if told else item for item, stop, told in zip(items, stops, has, strict=True)]
    return kept, [span for span, told in zip(spans, has, strict=True) if told]


def parted_by_shares(page: Page, items: Sequence[Item]) -> Sequence[Item]:
    """The items, a single one without a number parted behind the share of time that stands behind each of several deeds:
    卸货上架 60% 点检叉车 40%"""
    if len(items) != 1 or items[0].number or "%" not in page.value[items[0].start : items[0].end]:
        return items
    ends = [match.end() for match in _SHARE_WITHIN.finditer(page.value, items[0].start, items[0].end)]
    if len(ends) < _FEWEST_NAMED:
        return items
    spans = [page.trim(a, b) for a, b in zip([items[0].start, *ends], [*ends, items[0].end], strict=True)]
    return [items[0]._replace(start=start, end=end) for start, end in spans if start < end]


def without_shares(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the share of time that a column puts behind each, and the topic that one puts before it:
    1 预算管理 编制年度预算 20%"""
    value = page.value
    shares = [
        _SHARE.search(value, max(item.start, item.end - 8), item.end) if value[item.end - 1] in "%％\n" else None
        for item in items
    ]
    if len(items) - shares.count(None) < max(2, _MOST_OF * len(items)):
        return list(items)
    ends = [match.start() if match else item.end for item, match in zip(items, shares, strict=True)]
    topics = [_TOPIC.match(page.value, item.start, end) for item, end in zip(items, ends, strict=True)]
    has_topics = None not in topics
    return [
        item._replace(start=topic.end() if has_topics and topic else item.start, end=end)
        for item, topic, end in zip(items, topics, ends, strict=True)
    ]


def without_heads(page: Page, items: Sequence[Item], field: Field) -> Sequence[Item]:
    """The items of a field without the heads of columns before the first of a list: 编号工作内容权责时限1…, 时限⏎安排楼层清扫⏎…"""
    kinds = _NO_DUTIES if field is Field.DUTY else _OF_INDICATORS
    for index, item in enumerate(items):
        if item.number or not _is_heads(page, item, kinds):
            return items[index:] if index else items
    return ()


def _is_heads(page: Page, item: Item, kinds: frozenset[str]) -> bool:
    """Whether an item is made of heads of columns and nothing else, the first of them of a kind that no item is."""
    text = "".join(page.value[item.start : item.end].split())
    if len(text) > _LONGEST_HEADS:
        return False
    words, labels = page.rules.columns.words, page.rules.labels
    ends = {0} if any(words.get(text[:end]) in kinds for end in range(1, len(text) + 1)) else set()
    for end in range(1, len(text) + 1):
        if any(text[start:end] in words or text[start:end] in labels for start in ends):
            ends.add(end)
    return len(text) in ends


def without_named(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the values that columns put behind each with their names (how often, how long, what share); where
    they ran together, each ends before such a value."""
    told = page.value[items[0].start : items[-1].end] if items else ""
    if (":" not in told and "：" not in told) or not _NAMED.search(told):
        return list(items)
    found = [list(_NAMED.finditer(page.value, item.start, item.end)) for item in items]
    # In lines of their own they are items that hold nothing else.
    own = sum(bool(m) and m[0].span() == (i.start, i.end) for i, m in zip(items, found, strict=True))
    if sum(map(len, found)) < max(_FEWEST_NAMED, _MOST_OF * (len(items) - own)):
        return list(items)
    kept: list[Item] = []
    for item, matches in zip(items, found, strict=True):
        ends = [*(match.start() for match in matches), item.end]
        starts = [item.start, *(match.end() for match in matches)]
        spans = [page.trim(start, end) for start, end in zip(starts, ends, strict=True)]
        kept += [item._replace(start=start, end=end) for start, end in spans if start < end]
    return kept


def without_degrees(page: Page, items: Sequence[Item]) -> list[Item]:
    """The items without the degree of responsibility (全责, 协办), or the word for how often, that a column put behind each,
    in its line or in lines of their own."""
    alone = {i for i in items if i.end - i.start <= _LONGEST_ALONE and _ALONE.fullmatch(page.value, i.start, i.end)}
    if len(alone) >= _FEWEST_NAMED:
        items = [item for item in items if item not in alone]
    value = page.value
    matches = [
        _DEGREE.search(value, max(item.start, item.end - 8), item.end) if value[item.end - 1] in _DEGREE_ENDS else None
        for item in items
    ]
    if len(items) - matches.count(None) < max(2, _MOST_OF * len(items)):
        return list(items)
    if any(match and _ANSWERS_FOR.search(value, i.start, i.end) for i, match in zip(items, matches, strict=True)):
        return list(items)
    return [
        item._replace(end=page.trim(item.start, match.start()).end) if match else item
        for item, match in zip(items, matches, strict=True)
    ]


def without_group_lines(page: Page, items: Sequence[Item]) -> Sequence[Item]:
    """The items without the short lines that head groups of them: all others are lines with a full stop, and two or more
    of the short ones stand right over such a line."""
    if len(items) < _FEWEST_ITEMS or any(item.number for item in items):
        return items
    if page.value.count("\n", items[0].start, items[-1].end) < len(items) - 1:
        return items
    told = [page.value[item.end : item.end + 1] in _STOPS for item in items]
    heads = {
        index
        for index, item in enumerate(items[:-1])
        if not told[index] and told[index + 1] and _is_short(page.value[item.start : item.end])
    }
    if len(heads) < _FEWEST_GROUPS or len(heads) + sum(told) < len(items):
        return items
    return [item for index, item in enumerate(items) if index not in heads]


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_GROUP and not _WITHIN.intersection(text)
