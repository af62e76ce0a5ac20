"""Names in slide text: where a post's or a unit's name begins among the words of a chunk, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.layouts.deck_heads import USUAL_LABEL
from gangwei.layouts.deck_phrases import NEVER, NOWHERE, POST, UNIT, Candidate, Phrase
from gangwei.layouts.deck_starts import words_of
from gangwei.layouts.deck_words import HEAD_LASTS, TAKES_POST, is_heading, is_not_head
from gangwei.page import Page

_MOST_POST_WORDS: Final = 14
_MOST_WEAK_WORDS: Final = 5
_MOST_UNIT_WORDS: Final = 6
_MOST_KNOWN: Final = 4
_FAR: Final = 1_000_000
_LONG_NAME: Final = 6
_LONGER_NAME: Final = 10
_NOT_BEHIND_NAME: Final = frozenset("的、和及等，,并由或之者们给")
# Behind a name these make it a certificate's or a subject's: 会计证, 会计专业.
_OF_STUDIES: Final = re.compile("资格|专业|证(?![照券件明据监实])")
# What somebody gave out or agreed to before: 跟踪总经理|布置的事项, 经店长|批准后
_GIVEN: Final = re.compile(
    "(?:布置|交代|委派|下达|安排|授权|要求|指定)的|交办|指派|(?:批准|同意|签字|审批|审核|许可|确认)(?:后|的|方可)"
)
# What somebody is led to do: 指导青年律师|成长, 督促新员工|上岗前体检
_LED_TO: Final = (
    "成长",
    "学习",
    "上岗",
    "完成",
    "做好",
    "参加",
    "提高",
    "提升",
    "掌握",
    "操作",
    "正确",
    "进步",
    "开展",
)
# What is done with somebody.
_DONE_WITH: Final = ("沟通", "协商", "对接", "协调", "联系", "配合", "确认", "核对", "交接", "签订", "讨论", "合作")
_SHORT_NAME: Final = 2
_SHORTEST_WHOLE: Final = 4
# Whom somebody works with, or by whose words: 会同|保健医生|制定食谱, 依照|导演|的意见
_WITH: Final = frozenset(["会同", "协同", "陪同", "联合", "依照", "按照", "遵照", "根据", "听从", "服从", "征求"])
_NOT_IN_NAME: Final = frozenset([*"由在从请让每各为及时", "负责", *_WITH])
_OF_SLIDES: Final = re.compile("岗位|职责|指标|要求|选择|条件|资格|任职|说明|职能|定位|使命")
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
        "督导",
        "主笔",
        "裁判",
        "模特",
    ]
)
_RANK: Final = re.compile("副?(?:经理|主管|专员|主任|总监|代表|助理|[组班队部科处课]长|负责人)")
_RANKS: Final = ("经理", "主管", "专员", "主任", "总监", "助理")
# What ends a name and is none by itself.
_BARE: Final = re.compile(_RANK.pattern + "|管理员|工程师|操作[工员]|技工|维修工")
_HOLDS: Final = frozenset(["持有", "具有", "具备", "担任", "取得", "获得"])
_NOT_FIRST: Final = frozenset(["说明", "概述", "职能", "职责", "划分", "架构"])
# 一年以上医院药房|工作经验 names none.
_AMOUNT: Final = re.compile("[\\d一二两三四五六七八九十]+[年个名]")
_NOT_IN_UNIT: Final = frozenset(["负责", "协助", "组织", "进行", "参与", "根据", "提供"])
_POST: Final = 1.5
_FIRST_UNIT: Final = -0.6
_NEXT_UNIT: Final = 2.4
_KNOWN_UNIT: Final = 1.0
_HEADED_UNIT: Final = 1.8
_MOST_TOLD: Final = 5
_TWO_KINDS: Final = 3
_FUNCTIONS: Final = frozenset(["职能", "主要职能", "部门职能"])
# In the list of contents, on the title of its chapter, and once more.
_OFTEN: Final = 3


def is_person(page: Page, name: str) -> bool:
    """Whether a name ends as those of persons do, and not in a word for a kind of work (画面设计)."""
    head = page.names.head_of(name)
    return head not in page.rules.titles.weak_heads or head in _PERSONS


def takes_post(page: Page, text: str) -> bool:
    """Whether a text ends in someone who is to do what follows: 指导店长, 组织员工."""
    return text[:2] in TAKES_POST and (page.names.is_post(text[2:]) or text.endswith(("员工", "人员", "学员", "客户")))


class Counts:
    """How often names stand in the slide text of a page; each is counted once, however often it is asked for.

    `is_lenient`: a word for a kind of work may name a post that stands once: 文案策划.
    """

    def __init__(self, value: str, *, is_lenient: bool = False) -> None:
        self._value = value
        self.is_lenient = is_lenient
        self._counts: dict[str, int] = {}

    def of(self, name: str) -> int:
        count = self._counts.get(name)
        if count is None:
            count = self._counts[name] = self._value.count(name)
        return count


def names_of(phrase: Phrase, counts: Counts) -> dict[int, list[Candidate]]:
    """The names that may begin at the words of a phrase, by the numbers of the words."""
    names, words, ends, text = phrase.page.names, phrase.words, phrase.edges[1:], phrase.text
    found: dict[int, list[Candidate]] = {}
    # The words that may end such a name: most phrases have none.
    numbers = names.ends_of_names(text, ends)
    if not numbers:
        return found
    weak_heads = phrase.page.rules.titles.weak_heads
    post_ends = [number for number in numbers if names.may_end_post(text, ends[number])]
    unit_ends = [number for number in numbers if names.may_end_unit(text, ends[number])]
    weak_ends = [number for number in numbers if words[number] in weak_heads]
    if not post_ends and not unit_ends and not weak_ends:
        return found
    # For each word the next of them.
    posts, units = _next_of(post_ends, phrase.count), _next_of(unit_ends, phrase.count)
    weak = _next_of(weak_ends, phrase.count)
    helped = 0
    for at in range(1 + max(post_ends[-1:] + unit_ends[-1:] + weak_ends[-1:])):
        here: list[Candidate] = []
        if at == 1 and is_not_head(words[0]):  # 辅导|营业部经理|开展…: a sentence
            if not words_of(phrase.page.rules)(words[1]).is_action:
                helped = 1 + names.first_post(words[1 : 1 + _MOST_POST_WORDS])
        elif at >= helped:
            count = 0
            if posts and posts[at] < at + _MOST_POST_WORDS:
                count = names.first_post(words[at : at + _MOST_POST_WORDS])
                count = _whole(phrase, at, count) if count else 0 if at else _known(phrase, counts)
            if not count and weak and weak[at] < at + _MOST_WEAK_WORDS:
                count = _weak_post(phrase, counts, at)
            if count:
                _add_posts(phrase, counts, at, at + count, here)
        if units and units[at] < at + _MOST_UNIT_WORDS:
            _add_unit(phrase, counts, at, here)
        if here:
            found[at] = here
    return found


def _whole(phrase: Phrase, at: int, count: int) -> int:
    """How many words make the whole of a name that begins with a short one: 中控|操作工."""
    stop = at + count
    if stop == phrase.count or phrase.edges[stop] - phrase.edges[at] > _SHORT_NAME:
        return count
    more = phrase.page.names.first_post(phrase.words[stop : stop + _MOST_POST_WORDS])
    return count + more if more and _BARE.fullmatch(phrase.piece(stop, stop + more)) else count


def _known(phrase: Phrase, counts: Counts) -> int:
    """How many words at the head of a phrase make a name that the deck has elsewhere too: 薪酬专员|会计专业…"""
    for count in range(1, min(phrase.count, _MOST_KNOWN) + 1):
        name = phrase.piece(0, count)
        if _RANK.fullmatch(phrase.words[count - 1]) and counts.of(name) > 1 and phrase.page.names.is_post(name):
            return count
    return 0


def _next_of(numbers: list[int], count: int) -> list[int]:
    """For each of so many words the next one of some, far behind all behind the last; nothing where there is none."""
    if not numbers:
        return numbers
    found: list[int] = []
    for number in numbers:
        found += [number] * (number + 1 - len(found))
    return found + [_FAR] * (count - len(found))


def _add_posts(phrase: Phrase, counts: Counts, at: int, stop: int, found: list[Candidate]) -> None:
    words, edges = phrase.words, phrase.edges
    gain = _post_gain(phrase, counts, at, stop)
    if gain <= NEVER:
        return
    again = 0.6 if edges[stop] - edges[at] < 3 else 0.0
    found.append((POST, stop, stop + _tail_words(phrase, stop), gain, POST, gain - again))
    for cut in range(at + 1, stop - 1):
        if phrase.previous and _are_two(phrase, at, cut, stop):
            found.append((POST, cut, cut, gain - 0.3, NOWHERE, 0.0))
    if len(words) > stop and len(words[stop]) > 1 and words[stop] in phrase.page.rules.titles.heads:
        found.append((POST, stop + 1, stop + 1, gain - 1.0, NOWHERE, 0.0))  # 门卫保安


def _are_two(phrase: Phrase, at: int, cut: int, stop: int) -> bool:
    """Whether a name behind a sentence may be two, of the slide before and of the next one: 版师|设计总监."""
    names = phrase.page.names
    first, second = phrase.piece(at, cut), phrase.piece(cut, stop)
    if first[-1] not in "员师工" or second[0] in "/／" or phrase.words[cut] in phrase.page.rules.titles.continues:
        return False
    return names.is_post(first) and names.is_post(second) and not _BARE.fullmatch(second)


def _add_unit(phrase: Phrase, counts: Counts, at: int, found: list[Candidate]) -> None:
    count = _unit_words(phrase.page, phrase.words, at)
    if count:
        stop = at + count
        after = stop + _tail_words(phrase, stop)
        is_end = phrase.edges[after] == len(phrase.text) and not phrase.kind
        gain = 0.6 if is_end else 2 * _FIRST_UNIT if phrase.kind else _FIRST_UNIT
        if phrase.kind and after < phrase.count and phrase.starts[after] > 0.0:
            # 销售部|制定…, 销售部职能|制定…: a box with its name on top
            name = phrase.piece(at, stop)
            is_headed = phrase.piece(stop, after) in _FUNCTIONS
            gain += _HEADED_UNIT if is_headed else _KNOWN_UNIT if counts.of(name) >= _OFTEN else 0.0
        found.append((UNIT, stop, after, gain, UNIT, _NEXT_UNIT))


def _weak_post(phrase: Phrase, counts: Counts, at: int) -> int:
    """How many words make a name that ends in a word for a kind of work (舞台监督), where the chunk ends there or a
    sentence begins behind it."""
    page, rules = phrase.page, phrase.page.rules.titles
    so_far = ""
    for count, word in enumerate(phrase.words[at : at + _MOST_WEAK_WORDS], 1):
        so_far += word
        if count == 1 and page.rules.senses.duty.match(word):
            return 0
        if word not in rules.weak_heads or len(so_far) < 3 or not page.names.is_post(so_far):
            continue
        following = phrase.words[at + count : at + count + 1]
        is_known = "/" in so_far or counts.of(so_far) > 1 or word in _PERSONS
        is_known = is_known or (counts.is_lenient and not at and not phrase.previous)
        if is_known and phrase.kind == "kpi" and word not in _PERSONS:
            return 0  # 月度销售|达成率
        # 区域督导 at the head of a box: who has more before the word is a person
        is_head = word in _PERSONS and not at and not phrase.previous and len(so_far) >= _SHORTEST_WHOLE
        if is_known and (not following or is_head or _may_follow(phrase, at + count)):
            return count
    return 0


def _may_follow(phrase: Phrase, at: int) -> bool:
    """Whether the word behind a word for a kind of work leaves it a name by itself: no 护理|工作."""
    rules, word = phrase.page.rules.titles, phrase.words[at]
    if word in rules.heads or word in rules.weak_heads or word == "工作":
        return False
    return not phrase.starts or phrase.starts[at] >= 0.0


def _post_gain(phrase: Phrase, counts: Counts, at: int, stop: int) -> float:
    """How much speaks for the words being the whole name of a post."""
    page, edges = phrase.page, phrase.edges
    name = phrase.text[edges[at] : edges[stop]]
    if at and (_BARE.fullmatch(phrase.words[at]) or not _WITH.isdisjoint(phrase.words[max(0, at - 2) : at])):
        return NEVER  # the rest of a longer name, or of a sentence
    following = phrase.text[edges[stop] : edges[stop] + 1]
    is_told = following == "的" and _told_words(phrase, stop)
    if (
        following
        and following in _NOT_BEHIND_NAME
        and not is_told
        and not _is_known_before_with(phrase, counts, at, stop)
    ):
        return NEVER
    if name[0] in "/／" or _OF_STUDIES.match(phrase.text, edges[stop]) or _GIVEN.match(phrase.text, edges[stop]):
        return NEVER
    if "与" in name and phrase.text.startswith(_DONE_WITH, edges[stop]):
        return NEVER  # 日常事务与版师|沟通
    if at and phrase.words[at - 1] in TAKES_POST and phrase.text.startswith(_LED_TO, edges[stop]):
        return NEVER
    parts = re.split("[/／]", name) if "/" in name or "／" in name else [name]
    length = len(parts[0]) if len(parts) > 1 else len(name)
    gain = _POST
    if page.rules.senses.duty.match(name) and length > _LONG_NAME:
        gain -= 0.8
    gain += _inside(page, phrase.words[at:stop], counts)
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
    rest = phrase.words[at + 2 : stop]
    if len(parts) == 1 and len(rest) and len("".join(phrase.words[at : at + 2])) == USUAL_LABEL:
        # 质量把关|化验员: who needs no word before it may have a label there
        own = "".join(rest)
        gain -= 0.5 if len(own) > 1 and page.names.is_post(own) and not _BARE.search(own) else 0.0
        gain -= 0.4 if len(own) > 3 and counts.of(own) > counts.of(name) else 0.0
    beginning = "".join(phrase.words[at : at + 2])
    if len(beginning) > 3 and stop > at + 2 and counts.of(beginning) > 1:
        gain += 0.25
        # 信息技术支持经理 beside 信息技术支持专员
        gain += 0.4 if sum(counts.of(beginning + rank) > 0 for rank in _RANKS) > 1 else 0.0
    return gain


def _is_known_before_with(phrase: Phrase, counts: Counts, at: int, stop: int) -> bool:
    """Whether a name that the deck has elsewhere too heads a box that begins with 与: 派遣主管|与用工单位洽谈…"""
    if at or phrase.previous or phrase.text[phrase.edges[stop]] != "与" or not phrase.kind:
        return False
    return counts.of(phrase.piece(at, stop)) > 1 and not phrase.page.names.first_post(phrase.words[stop + 1 : stop + 6])


def _inside(page: Page, words: Sequence[str], counts: Counts) -> float:
    """How much the words of a name speak against its being one name: 班前|检查|服务员 is done to a post."""
    if not _NOT_IN_NAME.isdisjoint(words[:-1]) or _OF_SLIDES.search("".join(words[:-1])):
        return NEVER
    worth = 0.0
    if words[-1] == "岗" and len(words) > 1 and len(words[-2]) == 1:
        return NEVER
    if words[0] == "培训" and len(words) > 1 and words[1].endswith("员") and not _RANK.fullmatch(words[1]):
        return NEVER
    if words[0] in _HOLDS:
        return NEVER
    if words[0] in TAKES_POST and len(words) > 1 and not _RANK.fullmatch(words[1]):
        return NEVER
    know = words_of(page.rules)
    if len(words) > 1 and len(words[1]) > 1 and know(words[0]).is_verb and not _RANK.fullmatch(words[1]):
        # 阅读推广|专员: two kinds of work before a rank
        worth -= 0.4 if len(words) == _TWO_KINDS and know(words[1]).is_verb and _RANK.fullmatch(words[2]) else 1.3
    for index, word in enumerate(words[:-1]):
        behind = words[index + 1]
        if index and word in TAKES_POST and len(behind) > 1 and not _RANK.fullmatch(behind):
            worth -= 1.5
        elif index and len(word) > 2 and page.names.is_unit(word) and behind not in page.rules.titles.unit_heads:
            # 客户维护|营业部经理, and not 游客服务部|主管 where the deck has 游客服务部
            worth -= 0.0 if counts.of("".join(words[: index + 1])) > 1 else 0.6
    return worth


def _tail_words(phrase: Phrase, stop: int) -> int:
    """How many words behind a name belong to it as its heading's tail: 部门经理|岗位|职责, 市场部|职能."""
    tails = phrase.page.rules.titles.tails
    for after in range(min(stop + 3, phrase.count), stop, -1):
        tail = phrase.text[phrase.edges[stop] : phrase.edges[after]]
        if tail in tails or tail in ("职责", "职能"):
            return after - stop
    return _told_words(phrase, stop)


def _told_words(phrase: Phrase, stop: int) -> int:
    """How many words say behind a name that its duties follow: 合伙人|的三大职责."""
    if phrase.piece(stop, min(stop + 1, phrase.count)) != "的":
        return 0
    for after in range(stop + 2, min(stop + _MOST_TOLD, phrase.count) + 1):
        if phrase.words[after - 1] in ("职责", "职能", "任务"):
            return after - stop
    return 0


def _unit_words(page: Page, words: list[str], at: int) -> int:
    """How many of the words make a unit's name, from a word on; 0 where none begins there."""
    so_far = ""
    if words[at] in page.rules.titles.tails or words[at] in _NOT_FIRST or _AMOUNT.match("".join(words[at : at + 2])):
        return 0
    for place in range(at, min(len(words), at + _MOST_UNIT_WORDS)):
        word = words[place]
        so_far += word
        if word in ("、", "/") or (place > at and word in _NOT_IN_UNIT) or word in "由以从为在":
            return 0
        if word[-1] in HEAD_LASTS and is_heading(so_far):
            return 0
        if len(so_far) > 2 and page.names.is_unit(so_far):
            is_parted = place + 1 < len(words) and words[place + 1] in ("部", "中心", "室", "处")
            return place - at + (2 if is_parted else 1)
    return 0
