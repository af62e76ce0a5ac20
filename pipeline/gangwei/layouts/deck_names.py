"""Names in slide text: where a post's or a unit's name begins among the words of a chunk, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from gangwei.layouts.deck_words import LONGEST_LABEL, NO_LABEL, is_heading, is_verb, label_alone
from gangwei.model import Field
from gangwei.page import Page
from gangwei.rulebook import Rulebook

NEVER: Final = -50.0
_LONGEST_HEAD_WORDS: Final = 8
_LONGEST_HEAD: Final = 20
_USUAL_LABEL: Final = 4
_MOST_POST_WORDS: Final = 14
_MOST_WEAK_WORDS: Final = 5
_MOST_UNIT_WORDS: Final = 6
_NOWHERE: Final = 1_000_000
_LONG_NAME: Final = 6
_LONGER_NAME: Final = 10
_NOT_BEHIND_NAME: Final = frozenset("的、和及等，,并由或之者们")
_NOT_IN_NAME: Final = frozenset("由在从请让每各为及时")
_OF_SLIDES: Final = re.compile("岗位|职责|指标|要求|选择|条件|资格|任职|说明|职能")
# Of the words for a kind of work those that are said of persons first.
_PERSONS: Final = frozenset(
    [
        "客服",
        "前台",
        "导购",
        "库管",
        "仓管",
        "网管",
        "美工",
        "迎宾",
        "咨客",
        "礼宾",
        "护工",
        "编导",
        "主笔",
        "裁判",
        "模特",
    ]
)
# What is done to a post, and words that stand before a post inside a sentence.
_TAKES_POST: Final = frozenset(
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
_RANK: Final = re.compile("副?(?:经理|主管|专员|主任|总监|代表|助理|[组班队部科处课]长|负责人)")
_RANKS: Final = ("经理", "主管", "专员", "主任", "总监", "助理")
# What ends a name and is none by itself.
_BARE: Final = re.compile(_RANK.pattern + "|管理员|工程师|操作[工员]|技工|维修工")
_HOLDS: Final = frozenset(["持有", "具有", "具备", "担任", "取得", "获得"])
_NOT_FIRST: Final = frozenset(["说明", "概述", "职能", "职责", "划分", "架构"])
_NOT_OF_HEAD: Final = frozenset(["制定", "制订", "编制", "完善", "建立", "优化", "执行", "落实", "确定"])
_NOT_IN_UNIT: Final = frozenset(["负责", "协助", "组织", "进行", "参与", "根据", "提供"])
_POST: Final = 1.5
_FIRST_UNIT: Final = -0.6
_NEXT_UNIT: Final = 2.4
_HEAD: Final = -0.5
_OTHER: Final = -1.7
_SECTION: Final = 0.6
_SHORTEST_SECTION: Final = 4
_SECTIONS: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.KPI, Field.AUTHORITY])


def is_person(page: Page, name: str) -> bool:
    """Whether a name ends as those of persons do, and not in a word for a kind of work (画面设计)."""
    head = page.names.head_of(name)
    return head not in page.rules.titles.weak_heads or head in _PERSONS


def is_section(page: Page, text: str) -> bool:
    """Whether a text is the label of a field, as over the parts of one post's slide: 任职要求, 考核指标."""
    return text in _sections_of(page.rules)


@lru_cache(4)
def _sections_of(rules: Rulebook) -> frozenset[str]:
    return frozenset(
        word
        for word, rule in rules.labels.items()
        if len(word) >= _SHORTEST_SECTION and rule.field in _SECTIONS and rule.strength != "marked" and not rule.keep
    )


def takes_post(page: Page, text: str) -> bool:
    """Whether a text ends in someone who is to do what follows: 指导店长, 组织员工."""
    return text[:2] in _TAKES_POST and (page.names.is_post(text[2:]) or text.endswith(("员工", "人员", "学员", "客户")))


class Counts:
    """How often names stand in the slide text of a page; each is counted once, however often it is asked for."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._counts: dict[str, int] = {}

    def of(self, name: str) -> int:
        count = self._counts.get(name)
        if count is None:
            count = self._counts[name] = self._value.count(name)
        return count


class Words(NamedTuple):
    """The first words of a chunk, their borders in its text, and whether a sentence ends it or stands before it.

    `posts`, `units` and `weak` say for each word where the next one is that may end such a name.
    """

    page: Page
    counts: Counts
    text: str
    words: Sequence[str]
    edges: Sequence[int]
    is_closed: bool
    is_behind_sentence: bool
    posts: Sequence[int]
    units: Sequence[int]
    weak: Sequence[int]


def words_of(page: Page, counts: Counts, text: str, words: Sequence[str], *, is_closed: bool, is_behind: bool) -> Words:
    """The first words of a chunk with what is known of them; `is_behind`: a sentence stands before the chunk."""
    names = page.names
    edges = list(accumulate(map(len, words), initial=0))
    return Words(
        page,
        counts,
        text,
        words,
        edges,
        is_closed,
        is_behind,
        _next_of([names.may_end_post(word) for word in words]),
        _next_of([names.may_end_unit(word) for word in words]),
        _next_of([word in page.rules.titles.weak_heads for word in words]),
    )


def _next_of(signs: Sequence[bool]) -> list[int]:
    """For each place the next one that has a sign, far behind all where none has."""
    following = _NOWHERE
    found: list[int] = []
    for place in range(len(signs) - 1, -1, -1):
        following = place if signs[place] else following
        found.append(following)
    return found[::-1]


# A name, a label or a head that may begin at a word: "post", "unit" or "other", the word behind it, the word behind its
# tail (岗位职责), what speaks for it; what ends right before it that changes this, and what then does (None: nothing
# may). A plain tuple, for there are hundreds in a deck of a page.
Candidate = tuple[str, int, int, float, str | None, float | None]


def candidates(chunk: Words, at: int) -> Iterator[Candidate]:
    """The names, labels and heads that may begin at a word."""
    yield from _posts(chunk, at)
    if chunk.units[at] < at + _MOST_UNIT_WORDS and (count := _unit_words(chunk.page, chunk.words[at:])):
        stop = at + count
        after = stop + _tail_words(chunk, stop)
        is_end = chunk.edges[after] == len(chunk.text) and not chunk.is_closed
        gain = 0.6 if is_end else 2 * _FIRST_UNIT if chunk.is_closed else _FIRST_UNIT
        yield "unit", stop, after, gain, "unit", _NEXT_UNIT
    yield from _heads(chunk, at)


def _posts(chunk: Words, at: int) -> Iterator[Candidate]:
    page, words, edges = chunk.page, chunk.words, chunk.edges
    if at == 1 and (words[0] in _TAKES_POST or words[0] in _HELPS):
        return  # 辅导|营业部经理|开展…: a sentence
    count = 0
    if chunk.posts[at] < at + _MOST_POST_WORDS:
        count = page.names.first_post(words[at : at + _MOST_POST_WORDS])
    if not count and chunk.weak[at] < at + _MOST_WEAK_WORDS:
        count = _weak_post(chunk, at)
    stop = at + count
    if not count or (gain := _post_gain(chunk, at, stop)) <= NEVER:
        return
    again = 0.6 if edges[stop] - edges[at] < 3 else 0.0
    yield "post", stop, stop + _tail_words(chunk, stop), gain, "post", gain - again
    if len(words) > stop and len(words[stop]) > 1 and words[stop] in page.rules.titles.heads:
        yield "post", stop + 1, stop + 1, gain - 1.0, None, None  # 门卫保安


def _heads(chunk: Words, at: int) -> Iterator[Candidate]:
    """The labels of other boxes and the heads of slides that may begin at a word."""
    text, edges, words = chunk.text, chunk.edges, chunk.words
    is_first = at == 0 and not chunk.is_behind_sentence
    sections = _sections_of(chunk.page.rules)
    begin = edges[at]
    for stop in range(at + 1, min(len(words), at + _LONGEST_HEAD_WORDS) + 1):
        length = edges[stop] - begin
        if length > _LONGEST_HEAD:
            return
        head = text[begin : edges[stop]]
        if length < 2 or (stop == at + 1 and (head in _TAKES_POST or head in _HELPS)):
            continue  # 协助|店长: what follows is no name
        if head in sections:
            yield "other", stop, stop, _SECTION, None, None
        elif length >= 4 and is_heading(head) and words[at] not in _NOT_OF_HEAD:
            gain = (0.0 if is_first else _HEAD) - 0.03 * max(0, length - 12)
            yield "other", stop, stop, gain, None, None
        elif length <= LONGEST_LABEL and label_alone(head) > NO_LABEL:
            is_end = edges[stop] == len(text) and not chunk.is_closed
            gain = 0.0 if is_end else _OTHER + (0.7 if is_first and length == _USUAL_LABEL else 0.0)
            less = 0.05 * max(0, length - 8)
            again = (0.0 if is_end else -0.9) - less if length == _USUAL_LABEL else None
            yield "other", stop, stop, gain - less, "label", again


def _weak_post(chunk: Words, at: int) -> int:
    """How many words make a name that ends in a word for a kind of work (舞台监督), where the chunk ends there or a
    sentence begins behind it."""
    page, rules, counts = chunk.page, chunk.page.rules.titles, chunk.counts
    so_far = ""
    for count, word in enumerate(chunk.words[at : at + _MOST_WEAK_WORDS], 1):
        so_far += word
        if count == 1 and page.rules.senses.duty.match(word):
            return 0
        if word not in rules.weak_heads or len(so_far) < 3 or not page.names.is_post(so_far):
            continue
        following = chunk.words[at + count : at + count + 1]
        is_known = "/" in so_far or counts.of(so_far) > 1 or word in _PERSONS
        if is_known and (not following or following[0] not in rules.heads | rules.weak_heads):
            return count
    return 0


def _post_gain(chunk: Words, at: int, stop: int) -> float:
    """How much speaks for the words being the whole name of a post."""
    page, edges, counts = chunk.page, chunk.edges, chunk.counts
    name = chunk.text[edges[at] : edges[stop]]
    if at and _BARE.fullmatch(chunk.words[at]):
        return NEVER  # the rest of a longer name
    following = chunk.text[edges[stop] : edges[stop] + 1]
    if following and following in _NOT_BEHIND_NAME:
        return NEVER
    if name[0] in "/／" or chunk.text.startswith(("资格", "证"), edges[stop]):
        return NEVER
    parts = re.split("[/／]", name)
    length = len(parts[0]) if len(parts) > 1 else len(name)
    gain = _POST
    if page.rules.senses.duty.match(name) and length > _LONG_NAME:
        gain -= 0.8
    gain += _inside(page, chunk.words[at:stop])
    if length <= 2:
        gain -= 0.7 if at or page.names.head_of(name) == name else 0.2
    elif at and stop == at + 1 and length == 3:
        gain -= 0.5
    gain -= 0.2 * max(0, length - _LONG_NAME) + 0.3 * max(0, length - _LONGER_NAME)
    if len(parts) > 1:
        gain += 0.3 + (0.3 if parts[1][:2] in parts[0] else 0.0)
        gain -= 0.15 * max(0, len(parts[0]) - len(parts[1]) - 2)
    if page.names.head_of(parts[-1]) in page.rules.titles.weak_heads:
        gain -= 0.7
    if length > 2 and counts.of(name) > 1:
        gain += 0.6
    rest = chunk.words[at + 2 : stop]
    if len(parts) == 1 and len(rest) and len("".join(chunk.words[at : at + 2])) == _USUAL_LABEL:
        # 质量把关|化验员: who needs no word before it may have a label there
        own = "".join(rest)
        gain -= 0.5 if len(own) > 1 and page.names.is_post(own) and not _BARE.search(own) else 0.0
        gain -= 0.4 if len(own) > 3 and counts.of(own) > counts.of(name) else 0.0
    beginning = "".join(chunk.words[at : at + 2])
    if len(beginning) > 3 and stop > at + 2 and counts.of(beginning) > 1:
        gain += 0.25
        # 信息技术支持经理 beside 信息技术支持专员
        gain += 0.4 if sum(counts.of(beginning + rank) > 0 for rank in _RANKS) > 1 else 0.0
    return gain


def _inside(page: Page, words: Sequence[str]) -> float:
    """How much the words of a name speak against its being one name: 班前|检查|服务员 is done to a post."""
    if any(word in _NOT_IN_NAME for word in words[:-1]) or _OF_SLIDES.search("".join(words[:-1])):
        return NEVER
    worth = 0.0
    if words[-1] == "岗" and len(words) > 1 and len(words[-2]) == 1:
        return NEVER
    if words[0] == "培训" and len(words) > 1 and words[1].endswith("员") and not _RANK.fullmatch(words[1]):
        return NEVER
    if words[0] in _HOLDS:
        return NEVER
    if words[0] in _TAKES_POST and len(words) > 1 and not _RANK.fullmatch(words[1]):
        return NEVER
    if is_verb(page, words[0]) and len(words) > 1 and not _RANK.fullmatch(words[1]) and len(words[1]) > 1:
        worth -= 1.3
    for index, word in enumerate(words[:-1]):
        behind = words[index + 1]
        if index and word in _TAKES_POST and len(behind) > 1 and not _RANK.fullmatch(behind):
            worth -= 1.5
        elif index and len(word) > 2 and page.names.is_unit(word) and behind not in page.rules.titles.unit_heads:
            worth -= 0.6  # 客户维护|营业部经理
    return worth


def _tail_words(chunk: Words, stop: int) -> int:
    """How many words behind a name belong to it as its heading's tail: 部门经理|岗位|职责, 市场部|职能."""
    tails = chunk.page.rules.titles.tails
    for count in (3, 2, 1):
        tail = "".join(chunk.words[stop : stop + count])
        if len(chunk.words) >= stop + count and (tail in tails or tail == "职能"):
            return count
    return 0


def _unit_words(page: Page, words: Sequence[str]) -> int:
    """How many of the words make a unit's name, from the first on; 0 where none begins there."""
    so_far = ""
    if words[0] in page.rules.titles.tails or words[0] in _NOT_FIRST:
        return 0
    for count, word in enumerate(words[:_MOST_UNIT_WORDS]):
        so_far += word
        if so_far[0] in "、/" or (count and len(word) > 1 and word in _NOT_IN_UNIT) or word in "由以从为在":
            return 0
        if is_heading(so_far):
            return 0
        if len(so_far) > 2 and page.names.is_unit(so_far):
            following = words[count + 1 : count + 2]
            return count + (2 if following and following[0] in ("部", "中心", "室", "处") else 1)
    return 0
