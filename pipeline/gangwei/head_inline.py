"""Headings that share their line with text: 司机：负责送货, 跟单员2名：…, 仓储部职责 1、…"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from gangwei.head import Head, make_head
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.page import Line, Page
from gangwei.rolls import behind_person, is_roll
from gangwei.titles import Heading

_SHORTEST_DEED: Final = 5
# So many lines of one shape make a row.
_ROW: Final = 3
_WORDS: Final = re.compile("[\u4e00-\u9fff、，]{4,60}")
_LONGEST_SECOND: Final = 30
_SPACED: Final = re.compile(r"[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]{1,4})+$")
_IN_BRACKETS: Final = re.compile("【([^【】\n]{4,24})】(?!相关|推荐|更多|的|是|为)(?=[^\n]{4})")
# What tells a reader that a list follows: 以下是对…的详细总结。
_ANNOUNCING: Final = re.compile("(?:以下|下面|如下)[^。；\n]{0,50}[。:：]?$")
# What stands behind a post in the headline of an advertisement: a count, a salary, a code.
_ADVERT: Final = re.compile(
    r"[ \t\u3000]+(?:[\d一二三四五六七八九十若干数]{1,3}\s?[名人位]|(?:参考)?编号|底薪|月薪|薪|\d{1,3}(?:\.\d{1,2})?(?:\s?[-~—至]\s?\d{1,3}(?:\.\d{1,2})?)?[kKwW千万]|[（(]|急|面议|兼职|全职|\d{3,})"
)
_NEAR_NUMBER: Final = 6
_SECOND: Final = 2
# Cards are numbered so: 01行政助理
_CARD_NUMBER: Final = re.compile("0\\d[ ]?(?=[\u4e00-\u9fffA-Za-z])")
_OF_SECTIONS: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.SUMMARY])
_BEFORE_DASH: Final = re.compile(r"(?P<name>[^\s，。；:：()（）—-]{2,16})[ ]?(?:——|—|--)[ ]?(?=\S{4})")
# What the head of a controlled paper calls the paper's name: 文件名称, 标题
_OF_PAPER: Final = ("名称", "标题", "题目", "题名", "主题")
_LONGEST_OF_PAPER: Final = 6
# A heading and its first item in one line: 营业部负责人职责1 1。执行…
_FIRST_CHUNK: Final = re.compile(r"[^\s，。；]{2,24}(?=[ \t\u3000])")
_OVER_BRACKET: Final = re.compile(r"(?P<name>[^\n（(:：，。；]{2,24})[（(]")
BEFORE_COLON: Final = re.compile(r"(?:[^\n:：，。；]{2,30}|[A-Z][A-Za-z /&()+#-]{20,48})(?=[:：])")
# An item right behind a name's colon: 客房部：•打扫客房
_BULLET: Final = re.compile("[ ]?[•●·▪◆■]")
# A post with how many are wanted, before a colon: 跟单员2名：, 检验员（若干）：
_COUNT: Final = r"[（(]?\s?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|若干)\s?[名人位][)）]?"
COUNTED: Final = re.compile(_COUNT + r"\s*$")
_COUNT_BEHIND: Final = re.compile(rf"[:：]\s?{_COUNT}[，,。；;、 ]\s?(?=\S)")
_COUNTED_LINE: Final = re.compile(rf"[^\n:：，。；]{{2,24}}?{_COUNT}\s*[:：]")
# A post with what it does in brackets, the bracket closed or not: 司机(负责送货)
BRACKET: Final = re.compile(r"(?P<name>[^\s，。；:：()（）]{2,20})[(（](?P<text>[^()（）]{2,60})[)）]?[。；;，,]?$")
# A heading glued to the end of the line before: …规范。销售督导的工作内容⏎
_LAST_CHUNK: Final = re.compile(r"(?<=[。；;！!])[^。；;，,！!\n]{4,24}$")


def inline_heads(page: Page, line: Line, index: int) -> list[Head]:
    """Headings that share their line with text."""
    value = page.value
    text = value[line.body : line.end]
    found: list[Head] = []
    if text[:1] == "【" and (head := _bracketed(page, line, index)):
        return [head]
    colon = BEFORE_COLON.match(value, line.body, line.end) if ":" in text or "：" in text else None
    if colon and (head := _wanted(page, colon, line, index) or _of_paper(page, colon, line, index)):
        return [head]
    if match := _FIRST_CHUNK.match(value, line.body, line.end):
        heading = page.names.heading(match[0])
        if heading and heading.tail and (second := _second_heading(page, match.end(), line.end)):
            return [make_head(page, heading._replace(number=second.number), line, index, line.body, line.end)]
        if (
            heading
            and heading.tail
            and (value[match.end() : match.end() + 12].strip() or _starts_list(page, match.end()))
        ):
            return [make_head(page, heading, line, index, line.body, match.end())]
        if heading and heading.kind == "post" and _ADVERT.match(value, match.end(), line.end):
            return [make_head(page, heading, line, index, line.body, line.end)]
        if named := _over_label(page, match, line, index):
            return [named]
    if match := colon:
        heading = page.names.heading(match[0].rstrip("*")) or spaced(page, match[0])
        if heading and _is_over_list(page, match.end() + 1, line):
            head = make_head(page, heading, line, index, line.body, match.end() + 1)
            return [head._replace(strength=3, in_list=True)]
        if heading and _BULLET.match(value, match.end() + 1, line.end):
            return [make_head(page, heading, line, index, line.body, match.end() + 1)._replace(strength=2)]
        if heading and match.end() < line.end - 1:
            if _is_over_deeds(page, index) and is_roll(value[match.end() + 1 : line.end], page.names):
                return [make_head(page, heading, line, index, line.body, line.end)._replace(strength=2, in_list=True)]
            if line.depth and not heading.tail and _is_over_labels(page, index):
                return [make_head(page, heading, line, index, line.body, line.end)]
            if heading.kind == "post" and not heading.tail and _names_superior(page, match.end() + 1, line.end):
                head = make_head(page, heading, line, index, line.body, match.end() + 1)
                return [head._replace(strength=3, in_list=True)]
            end = match.end() + 1 if heading.tail else behind_person(value, match.end() + 1)
            return [make_head(page, heading, line, index, line.body, end, mentions=not heading.tail)]
        if heading:
            return [make_head(page, heading, line, index, line.body, match.end() + 1)]
    has_bracket = "（" in text or "(" in text
    if has_bracket and (match := _OVER_BRACKET.match(value, line.body, line.end)):
        heading = page.names.heading(match["name"])
        place = bisect_left(page.label_starts, match.end())
        if (
            heading
            and heading.kind == "post"
            and page.labels[place : place + 1]
            and page.labels[place].start == match.end()
        ):
            return [make_head(page, heading, line, index, line.body, match.end("name"))._replace(strength=2)]
    has_dash = "—" in text or "--" in text
    if has_dash and (match := _BEFORE_DASH.match(value, line.body, line.end)) and page.names.is_post(match["name"]):
        heading = Heading("post", Name(match["name"], 0, len(match["name"])), "")
        return [make_head(page, heading, line, index, line.body, match.end(), mentions=True)]
    match = BRACKET.match(value, line.body, line.end) if has_bracket else None
    if match and page.names.is_post(match["name"]) and _is_mention(page, match["text"], index):
        heading = Heading("post", Name(match["name"], 0, len(match["name"])), "")
        return [make_head(page, heading, line, index, line.body, match.start("text"), mentions=True)]
    if match := _LAST_CHUNK.search(value, max(line.body, line.end - 26), line.end):
        heading = page.names.heading(match[0])
        if heading and heading.tail:
            found.append(make_head(page, heading, line, index, match.start(), line.end))
    return found


def spaced(page: Page, text: str) -> Heading | None:
    """What a heading names whose characters stand apart: 门 卫 职 责, 镇 长"""
    if text[1:2] not in (" ", "\t", "\u3000") or not _SPACED.match(text):
        return None
    places = [place for place, char in enumerate(text) if not char.isspace()]
    heading = page.names.heading("".join(text.split()))
    if heading is None:
        return None
    name = heading.name
    return heading._replace(name=name._replace(start=places[name.start], end=places[name.end - 1] + 1))


def _of_paper(page: Page, colon: re.Match[str], line: Line, index: int) -> Head | None:
    """The heading that the head of a controlled paper gives for its name: 文件名称：验收员岗位职责 编号：ZZ-02"""
    if not colon[0].endswith(_OF_PAPER) or len(colon[0]) > _LONGEST_OF_PAPER:
        return None
    start = page.trim(colon.end(), line.end).start
    words = page.value[start : line.end].split(None, 1)
    heading = page.names.heading(words[0]) if words else None
    if heading is None or not heading.tail or heading.kind != "post":
        return None
    return make_head(page, heading, line, index, start, start + len(words[0]))._replace(start=line.start)


def _over_label(page: Page, match: re.Match[str], line: Line, index: int) -> Head | None:
    """The head that a post's name with its count makes, where the first label stands behind a blank in its line:
    行政助理1名 岗位职责：⏎"""
    place = bisect_left(page.label_starts, match.end())
    label = page.labels[place] if place < len(page.labels) else None
    if label is None or label.start - match.end() > 1 or not label.has_mark or label.rule.keep:
        return None
    number = _CARD_NUMBER.match(match[0])
    skipped = number.end() if number else 0
    if label.rule.field not in _OF_SECTIONS or not (skipped or COUNTED.search(match[0])):
        return None
    name = page.names.post(match[0][skipped:])
    if name is None or not page.names.is_post(name.text):
        return None
    name = name._replace(start=name.start + skipped, end=name.end + skipped)
    return make_head(page, Heading("post", name, ""), line, index, line.body, label.start)._replace(strength=2)


def _second_heading(page: Page, start: int, end: int) -> Heading | None:
    """The heading that stands beside another one and ends the line, as titles for search engines do: 店长岗位职责 门店店长
    岗位职责篇一."""
    text = page.value[start:end].strip(" \t\u3000")
    heading = page.names.heading(text) if 2 < len(text) <= _LONGEST_SECOND and "职责" in text else None
    return heading if heading is not None and heading.tail else None


def _bracketed(page: Page, line: Line, index: int) -> Head | None:
    """The heading in brackets that text stands behind in its line: 【店员招聘条件】…以下是详细说明。"""
    match = _IN_BRACKETS.match(page.value, line.body, line.end)
    heading = page.names.heading(match[1]) if match else None
    if match is None or heading is None or not heading.tail:
        return None
    heading = heading._replace(name=heading.name._replace(start=heading.name.start + 1, end=heading.name.end + 1))
    end = line.end if _ANNOUNCING.search(page.value, match.end(), line.end) else match.end()
    return make_head(page, heading, line, index, line.body, end)


def _names_superior(page: Page, start: int, end: int) -> bool:
    """Whether a label of superiors stands in a stretch: 店长：排班、盘点。直属上级：区经理"""
    place = bisect_left(page.label_starts, start)
    within = page.labels[place : bisect_left(page.label_starts, end, place)]
    return any(label.rule.field is Field.SUPERVISOR and label.has_mark for label in within)


def _wanted(page: Page, match: re.Match[str], line: Line, index: int) -> Head | None:
    """The post that stands with how many are wanted before what is said of it: 2、跟单员2名：女，大专以上。

    One without a count is of the same kind where the numbered line beside it has one.
    """
    if behind := _COUNT_BEHIND.match(page.value, match.end(), line.end):
        return _with_count_behind(page, match, behind, index)
    counted = COUNTED.search(match[0])
    if counted is None and not any(
        _COUNTED_LINE.match(page.value, beside.body, beside.end)
        for beside in page.lines[max(0, index - 1) : index + 2]
        if line.ordinal >= 0 and beside is not line and beside.ordinal >= 0
    ):
        return None
    name = page.names.post(match[0])
    if name is None or not page.names.is_post(name.text):
        return None
    heading = Heading("post", name, "")
    head = make_head(page, heading, line, index, line.body, match.end() + 1)
    return head._replace(strength=3, in_list=True)


def _with_count_behind(page: Page, match: re.Match[str], behind: re.Match[str], index: int) -> Head | None:
    """The post before a colon behind which its count stands: 行李员：1名，男，形象好. One that we do not know is of the
    kind where the line beside it is so."""
    line = page.lines[index]
    name = page.names.post(match[0])
    if name is None or name.text in page.rules.labels:
        return None
    if not page.names.is_post(name.text) and not any(
        (colon := BEFORE_COLON.match(page.value, beside.body, beside.end))
        and _COUNT_BEHIND.match(page.value, colon.end(), beside.end)
        and page.names.is_post(colon[0])
        for beside in (page.lines[i] for i in (index - 1, index + 1) if 0 <= i < len(page.lines))
    ):
        return None
    head = make_head(page, Heading("post", name, ""), line, index, line.body, behind.end())
    return head._replace(strength=3, in_list=True)


def is_over_text(page: Page, index: int) -> bool:
    """Whether a list or a label begins in the line below."""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is not None and below.ordinal >= 0 and COUNTED.search(page.value, below.body, below.end) is None:
        ordinal = page.ordinals[below.ordinal]
        return ordinal.value == 1 or ordinal.style == "bullet"
    return _is_over_labels(page, index)


def _is_over_labels(page: Page, index: int) -> bool:
    """Whether a label begins the line below a heading: what the heading says behind the name is a motto."""
    return index + 1 < len(page.lines) and page.marks.label[index + 1] >= 0


def _starts_list(page: Page, place: int) -> bool:
    """Whether a list begins right behind a place."""
    return any(o.start - place < _NEAR_NUMBER and o.value == 1 for o in page.ordinals_in(place, place + 12))


def _is_over_deeds(page: Page, index: int) -> bool:
    """Whether the line below tells what somebody does: 抢险组：张伟、刘洋⏎负责…"""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is None or page.marks.label[index + 1] >= 0:
        return False
    if below.ordinal >= 0:
        return page.ordinals[below.ordinal].value == 1
    return page.rules.senses.duty.match(page.value, below.body) is not None


def _is_over_list(page: Page, place: int, line: Line) -> bool:
    """Whether a list of two items or more begins right behind a colon and goes on in its line: 质检员：1、验收材料；2、填写记录"""
    numbers = page.ordinals_in(place, line.end)
    if not numbers or numbers[0].value != 1 or page.value[place : numbers[0].start].strip():
        return False
    return any(other.value == _SECOND and other.style == numbers[0].style for other in numbers[1:])


def _is_mention(page: Page, text: str, index: int) -> bool:
    """Whether a bracket says what a post does: by its verb, or because the line beside it is of the same shape."""
    if page.rules.senses.duty.match(text):
        return True
    for line in (page.lines[i] for i in _alike(page, index)):
        match = BRACKET.match(page.value, line.body, line.end)
        if match and page.names.is_post(match["name"]) and min(len(text), len(match["text"])) > _SHORTEST_DEED:
            return True
    around = range(max(0, index - 2), min(len(page.lines), index + 3))
    rows = [_tells_deed(page, at) for at in around]
    return any(all(rows[at : at + _ROW]) for at in range(len(rows) - _ROW + 1))


def _tells_deed(page: Page, index: int) -> bool:
    """Whether a line is a post's name with some words in brackets, and not a count or a grade: 工长（带工人施工）"""
    line = page.lines[index]
    match = BRACKET.match(page.value, line.body, line.end)
    return match is not None and _WORDS.fullmatch(match["text"]) is not None and page.names.is_post(match["name"])


def _alike(page: Page, index: int) -> Iterator[int]:
    """The lines above and below a line, past a short one with a colon that heads some of them: 销售："""
    for step in (-1, 1):
        beside = index + step
        if 0 <= beside < len(page.lines) and _heads_few(page, page.lines[beside]):
            beside += step
        if 0 <= beside < len(page.lines):
            yield beside


def _heads_few(page: Page, line: Line) -> bool:
    return line.end - line.body <= _SHORTEST_DEED + 1 and page.value[line.end - 1] in ":："
