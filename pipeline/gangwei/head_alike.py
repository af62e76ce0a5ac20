"""Headings known by the label right below them: the first one of a form under each post's bare name stands under the
name of another, whether we know its word or not.

店长⏎工作地点：…⏎…⏎收银员⏎工作地点：…⏎…⏎理货人员⏎工作地点：…
And by the facts between them and the section below, as many under each: 出纳⏎财务部⏎1⏎大专⏎工作职责：
And by the heading of vacancies that they stand under, one of them by a word we know: ## 岗位⏎### 程序⏎- …⏎### 美工
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.model import Field, Span
from gangwei.name_values import Name
from gangwei.page import Page
from gangwei.titles import Heading

_FEWEST: Final = 2
_LONGEST: Final = 14
# How many lines stand from a post's name to the heading of its first section.
_FEWEST_FACTS: Final = 3
_MOST_FACTS: Final = 8
_STOPS: Final = frozenset("。；;，,")
_SECTIONS: Final = frozenset([Field.DUTY, Field.REQUIREMENT])
_COLONS: Final = frozenset(":：")
_NO_NAME: Final = re.compile(
    r"[，。；：！？、,;:!?@]|^[\d\W]|\d$|(?<=[\u4e00-\u9fff]{2})(?:如下|以下|类|类别|要求|条件|内容|信息|待遇)$"
)

_VACANCIES: Final = re.compile(
    "(?:招[聘募新收]|开放|在招|热招|需求|空缺)?(?:岗位|职位|职缺)(?:需求|列表|一览|介绍)?[:：]?"
)


def with_alike(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the short lines that stand right over the label that stands right below two posts' bare names."""
    at, labels = page.marks.label, page.labels
    over: Counter[tuple[str, bool]] = Counter()
    bare = [head for head in heads if head.kind == "post" and not (head.tail or head.mentions)]
    for head in bare:
        if head.line + 1 < len(at) and at[head.line + 1] >= 0:
            over[labels[at[head.line + 1]].word, page.marks.last[head.line] in _COLONS] += 1
    wanted = {key for key, count in over.items() if count >= _FEWEST}
    if not wanted:
        return list(heads)
    taken = {head.line for head in heads}
    found = list(heads)
    for index in range(bare[0].line + 1, len(at) - 1):
        if at[index + 1] < 0 or at[index] >= 0 or index in taken:
            continue
        if (labels[at[index + 1]].word, page.marks.last[index] in _COLONS) not in wanted:
            continue
        line = page.lines[index]
        start = max(line.body, page.value.rfind("\t", line.body, line.end) + 1)
        text = page.value[start : line.end].rstrip(":： *")
        if line.ordinal < 0 and _may_name(page, text):
            head = make_head(page, Heading("post", Name(text, 0, len(text)), ""), line, index, start, line.end)
            found.append(head._replace(strength=_FEWEST))
    return sorted(found)


def over_facts(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the posts over so many short lines as others stand over, with a section's heading below these: a list
    of vacancies that unfolds, in lines."""
    at, labels = page.marks.label, page.labels
    sections: dict[str, list[tuple[int, int]]] = {}
    for index, mark in enumerate(at):
        if mark >= 0 and labels[mark].is_whole_line and labels[mark].rule.field in _SECTIONS:
            facts = _facts_above(page, index)
            if facts >= _FEWEST_FACTS:
                sections.setdefault(labels[mark].word, []).append((index, facts))
    found = list(heads)
    for below in sections.values():
        rows = _rows(page, below) if len(below) >= _FEWEST else []
        if not rows:
            continue
        taken = {index for row in rows for index in range(row.start, row.stop)}
        found = [head for head in found if head.line not in taken]
        found += (_over_row(page, row) for row in rows)
    return sorted(found)


def under_vacancies(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the headings over lists that stand beside a post's bare name under a heading of vacancies."""
    if not page.marks.has_headings:
        return list(heads)
    taken = {head.line for head in heads}
    posts = {head.line for head in heads if head.kind == "post" and head.depth and not (head.tail or head.mentions)}
    found = list(heads)
    for index, line in enumerate(page.lines):
        if not line.depth or not _VACANCIES.fullmatch(page.value, line.body, line.end):
            continue
        below = _headings_below(page, index)
        if len(below) < _FEWEST or posts.isdisjoint(below):
            continue
        for place in below:
            if place not in taken and page.marks.label[place] < 0 and _may_name(page, text := _text(page, place)):
                at = page.lines[place]
                head = make_head(page, Heading("post", Name(text, 0, len(text)), ""), at, place, at.body, at.end)
                found.append(head._replace(strength=_FEWEST))
    return sorted(found)


def _headings_below(page: Page, index: int) -> list[int]:
    """The headings one level below another that each stand over a list."""
    found: list[int] = []
    depth = page.lines[index].depth
    for place in range(index + 1, len(page.lines) - 1):
        line = page.lines[place]
        if 0 < line.depth <= depth:
            break
        if line.depth == depth + 1 and not page.lines[place + 1].depth and page.lines[place + 1].ordinal >= 0:
            found.append(place)
    return found


def _facts_above(page: Page, index: int) -> int:
    """How many short lines without a label stand right above a line."""
    count = 0
    while count <= _MOST_FACTS and (above := index - count - 1) >= 0 and page.marks.label[above] < 0:
        line = page.lines[above]
        if line.end - line.body > _LONGEST or page.marks.last[above] in _STOPS:
            break
        count += 1
    return count


def _rows(page: Page, below: Sequence[tuple[int, int]]) -> list[range]:
    """The lines from a post's name to the heading of its first section, where names stand so far above most of them."""
    for size in range(_FEWEST_FACTS, _MOST_FACTS + 1):
        rows = [range(index - size, index) for index, facts in below if facts >= size]
        posts = sum(page.names.is_post(_text(page, row.start)) for row in rows)
        if posts >= _FEWEST and posts * 2 > len(rows):
            return [row for row in rows if _may_name(page, _text(page, row.start))]
    return []


def _over_row(page: Page, row: range) -> Head:
    line, text = page.lines[row.start], _text(page, row.start)
    head = make_head(page, Heading("post", Name(text, 0, len(text)), ""), line, row.start, line.body, line.end)
    unit = next((index for index in row[1:] if page.names.is_unit(_text(page, index))), None)
    department = Span(page.lines[unit].body, page.lines[unit].end) if unit is not None else None
    return head._replace(strength=_FEWEST, department=department)


def _text(page: Page, index: int) -> str:
    return page.value[page.lines[index].body : page.lines[index].end]


def _may_name(page: Page, text: str) -> bool:
    """Whether a short text may name a post: it says nothing that one does or must bring, and names no employer."""
    if not 2 <= len(text) <= _LONGEST or _NO_NAME.search(text):
        return False
    senses = page.rules.senses
    if senses.duty.match(text) or senses.requirement.search(text) or senses.benefit.search(text):
        return False
    names = page.names
    return not (text in page.rules.titles.ad_headings or names.is_company(text) or names.is_unit(text))
