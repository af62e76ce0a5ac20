"""Forms in one line of which each begins with a post's name that ran into the text before it.

…给出复盘报告|测试组长|汇报对象：研发总监01编制测试计划…03维护缺陷库|项目经理|汇报对象：…: the label that stands behind name
after name tells where they are, and a list numbered 01, 02, 03 behind such a name is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.faults.lost_lines import LOST_LINE
from gangwei.glued_heads import RANKS, more_of_name
from gangwei.label_values import TYPED, VALUE_LOOK
from gangwei.model import Field
from gangwei.repair import Prepared, repaired
from gangwei.text import Edit
from gangwei.titles import Names

SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT])

_COLON: Final = re.compile("(?<=[\u4e00-\u9fff])[:：]")
_LONGEST_LABEL: Final = 6
_LONGEST_NAME: Final = 16
_RUN_ON: Final = 200
# Each name is looked for in its whole line.
_TOO_LONG: Final = 30_000
_CLOSING: Final = re.compile("(?:感谢|谢谢)(?:您的?|各位|大家)?的?(?:聆听|观看|指导|关注)?[！!]?$")
_FEWEST: Final = 3
# The name in English behind the name of a post.
_GLOSS: Final = re.compile("[A-Z][A-Za-z /&-]{1,40}$")
_APART: Final = re.compile(r"[。；;！!？?，,、：:\n()（）\[\]【】\d%％A-Za-z]")
_LISTED: Final = re.compile("0[1-9](?=[\u4e00-\u9fff]{4})")
_NUMBER: Final = re.compile(r"0[1-9]|[①-⑳。；;]|\d{1,2}[、.．]")
# The number of a chapter and its heading, before the first name in it.
_CHAPTER: Final = re.compile("(?<!\\d)0?\\d[.、]?([\u4e00-\u9fff]{2,10})$")
_LONGEST_KNOWN: Final = 8
_SHORTEST_ITEM: Final = 4
_TITLED: Final = re.compile("(?:岗位|职位|职务)名称|职务|职称|姓名")
_LONGEST_LAST: Final = 80
# These name a post with the word before them: 实施|工程师.
_KINDS: Final = RANKS | {
    "工程师",
    "领班",
    "管理员",
    "技术员",
    "检验员",
    "操作员",
    "操作工",
    "顾问",
    "代表",
    "教师",
    "设计师",
    "师傅",
    "工人",
    "人员",
}
_NO_PART: Final = frozenset("的和与及或了等是对向将把为由给")


def with_forms(prepared: Prepared, names: Names) -> Prepared:
    """A prepared text with line breaks around the names that begin the forms of one long line."""
    text = prepared.text.value
    edits: set[Edit] = set()
    place = 0
    for line in text.split("\n"):
        if _RUN_ON < len(line) < _TOO_LONG:
            labels = _labels(line, names)
            heads = _heads(line, labels, names)
            if len(heads) >= _FEWEST:
                edits.update(
                    edit
                    for start, end, mark in _breaks(line, heads, labels, names)
                    for edit in (Edit(place + start, place + end, mark, LOST_LINE),)
                )
        place += len(line) + 1
    return repaired(prepared, sorted(edits)) if edits else prepared


def _labels(line: str, names: Names) -> list[tuple[int, int]]:
    """The labels of a line before colons; of several that end there the one that the line has most often."""
    ends = [colon.start() for colon in _COLON.finditer(line)]
    words = [[b for b in range(max(0, end - _LONGEST_LABEL), end - 1) if names.rule_of(line[b:end])] for end in ends]
    counts = Counter(line[b:end] for begins, end in zip(words, ends, strict=True) for b in begins)
    return [
        (max(begins, key=lambda b: counts[line[b:end]]), end) for begins, end in zip(words, ends, strict=True) if begins
    ]


def _heads(line: str, labels: Sequence[tuple[int, int]], names: Names) -> list[tuple[int, int]]:
    """The names, with their ends, that stand before one and the same label, and those that stand behind lists before
    another one."""
    named = {
        begin: name
        for (begin, _), before in zip(labels, [None, *labels], strict=False)
        if (name := _name_before(line, begin, names)) and not _is_value(line, name[0], before, names)
    }
    counts = Counter(line[begin:end] for begin, end in labels)
    tally = Counter(line[begin:end] for begin, end in labels if begin in named)
    main = max(tally, key=tally.__getitem__, default="")
    if tally[main] < _FEWEST or 2 * tally[main] <= counts[main]:
        return []
    found: list[tuple[int, int]] = []
    last = 0
    is_superior = False
    for begin, end in labels:
        name = named.get(begin)
        if name and (
            line[begin:end] == main
            or _NUMBER.search(line, last, name[0])
            or (is_superior and names.is_post(line[last : name[0]]))
        ):
            found.append(name)
        last = end + 1
        rule = names.rule_of(line[begin:end])
        is_superior = rule is not None and rule.field is Field.SUPERVISOR
    return found


def _is_value(line: str, start: int, before: tuple[int, int] | None, names: Names) -> bool:
    """Whether a name ends the value of the label before it: 直接上级：分管质量的|副总经理|直接下级：…"""
    rule = names.rule_of(line[slice(*before)]) if before else None
    if rule is None or before is None or rule.field not in TYPED:
        return False
    # 下级：检票员、场务|放映主管|岗位定位：… where no label names the posts: the value is whole before the name.
    if not _TITLED.search(line) and names.are_posts(line[before[1] + 1 : start] or "的"):
        return False
    return start - before[1] <= VALUE_LOOK and _NUMBER.search(line, before[1] + 1, start) is None


def _name_before(line: str, end: int, names: Names) -> tuple[int, int] | None:
    """Where the shortest name of a post begins and ends that a text runs into and that ends at a place."""
    if gloss := _GLOSS.search(line, max(0, end - 2 * _LONGEST_NAME), end):
        end = gloss.start()
    low = max(0, end - _LONGEST_NAME)
    low = max((mark.end() for mark in _APART.finditer(line, low, end)), default=low)
    # What the line says elsewhere too is a whole name.
    for start in range(max(low, end - _LONGEST_KNOWN), end - 2):
        name = line[start:end]
        if names.is_post(name) and name not in _KINDS and line.count(name) > 1 and _ends_before(line, start):
            return start, end
    words = names.cut(line[low:end])
    for begin in range(len(words) - 1, -1, -1):
        name = "".join(words[begin:])
        if words[begin] in _NO_PART:
            return None
        if (name in _KINDS and begin) or not names.is_post(name):
            continue
        start = low + len("".join(words[: begin - more_of_name(words[:begin])]))
        return (start, end) if _ends_before(line, start) else None
    return None


def _ends_before(line: str, start: int) -> bool:
    """Whether what begins at a place is neither a label's value nor one of a row."""
    return line[start - 1 : start] not in ("", ":", "：", "、", "，", ",")


def _breaks(
    line: str, heads: Sequence[tuple[int, int]], labels: Sequence[tuple[int, int]], names: Names
) -> Iterator[tuple[int, int, str]]:
    """The line breaks around the names, before labels and before the numbers of lists."""
    if closing := _CLOSING.search(line, len(line) - _LONGEST_NAME):
        yield closing.start(), closing.start(), "\n"
    stops = [*(_chapter(line, start, names)[0] for start, _ in heads[1:]), len(line)]
    for (start, end), stop in zip(heads, stops, strict=True):
        yield from _around(line, start, end, names)
        yield from ((begin, begin, "\n") for begin, _ in labels if end < begin < stop)
        before = None
        for match in _LISTED.finditer(line, end, stop):
            is_first = match[0] == "01"
            if is_first and before and (name := _name_before(line, match.start(), names)):
                yield from _around(line, *name, names)
            if is_first or (before and int(match[0]) == int(before[0]) + 1):
                yield match.start(), match.end(), f"\n{int(match[0])}、"
                before = match
        last = before.end() if before else end
        if label := _label_within(line, last + _SHORTEST_ITEM, min(stop, last + _LONGEST_LAST), names):
            yield from ((place, place, "\n") for place in label)


def _label_within(line: str, start: int, end: int, names: Names) -> tuple[int, int] | None:
    """The first label of a section that stands in a stretch without a mark: …分布|任职要求五年以上…"""
    for begin in range(start, end - 3):
        rule = names.rule_of(line[begin : begin + 4])
        if rule and rule.strength == "strong" and rule.field in SECTIONS and line[begin - 1] not in "[【":
            return begin, begin + 4
    return None


def _chapter(line: str, start: int, names: Names) -> tuple[int, int, int]:
    """Where the number of a chapter, its heading and the name behind it begin, where it stands before a name; the heading
    has no length where it is no unit's."""
    found = _CHAPTER.search(line, max(0, start - _LONGEST_NAME), start)
    if found is None:
        return start, start, start
    first = found.start(1)
    unit = next((stop for stop in range(start, first + 1, -1) if names.is_unit(line[first:stop])), None)
    if unit:
        return found.start(), first, unit  # 03|餐饮部|热饮店长
    return (start, start, start) if found[0][0] == "0" else (found.start(), start, start)


def _around(line: str, start: int, end: int, names: Names) -> Iterator[tuple[int, int, str]]:
    """The breaks around a name, and before the number and the heading of a chapter that stand before it; a number before
    a unit goes."""
    chapter, first, name = _chapter(line, start, names)
    yield chapter, first if first < name else chapter, "\n"
    yield from ((place, place, "\n") for place in {name, end} if place != chapter)
