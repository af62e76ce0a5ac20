"""Headings known by the company they keep: lines of the same mark, number or place as those that name a post or a unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from gangwei.head import Head, make_head
from gangwei.headline_parts import is_generic
from gangwei.headlines import names_both
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.ordinals import DEPTH
from gangwei.page import Line, Page
from gangwei.titles import Heading

_LONGEST: Final = 44
_LONGEST_FELLOW: Final = 12
_LONGEST_UNKNOWN: Final = 6
_LONGEST_HEADING: Final = 20
_SHORTEST_UNKNOWN: Final = 2
_LONGEST_BARE: Final = 6
_FEWEST_BARE: Final = 2
_STOPS: Final = frozenset("。；;")
_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_OPENING: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.SUPERVISOR, Field.SUMMARY, Field.DEPARTMENT])
_JOINS: Final = frozenset("和及与或的")
_NO_NAME: Final = re.compile(r"[，。；：:、！？!?,;]")
_PART_MARKS: Final = frozenset("■●◆★▍▎▌▶►◎☆❖♦◇□")
# What parts a name from what stands beside it in its line: a wide blank, one between Chinese words or before a bracket.
_NAME_ENDS: Final = re.compile(r"[\t\u3000]| {2,}| (?=[（(\d`|｜—-])|(?<=[\u4e00-\u9fff）)]) ")
# A bracket behind a name that tells where and when: （厦门，每周 4 天以上）
_REMARK: Final = re.compile(r"[（(][^（()）]*[，,\d][^（()）]*[)）]?$")
# The same name in English behind it: 磨坊电工/Chargeman A4
_ENGLISH: Final = re.compile(r"(?<=[\u4e00-\u9fff)）]) ?[/／ ] ?[A-Za-z][\w .&/'-]{1,40}$")
_OF_BOOKS: Final = re.compile("汇编|制度|大全|一览|规定|办法")
_HOUSES: Final = re.compile("(?:[园校院厂司馆店所站局行社]|集团|中心|系统|行业|项目|制度)$")
_OF_ALL: Final = re.compile(
    "各|全体|所有|相关|其他|部门|岗位|单位|成员|主要|基本|工作|安全|管理|机构|具体|详细|核心|个人|日常|通用|共同|基础|公司|企业"
)
_HOLDERS: Final = re.compile("[\u4e00-\u9fff]{2,10}(?:者|人员|领导|干部|责任人)(?:[(（][\u4e00-\u9fff、]{1,8}[)）])?$")
_SHORTEST_BULLET: Final = 3
_LONGEST_BULLET: Final = 16
_FEWEST_BULLETS: Final = 2


def with_fellows(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the short lines of the same mark (■, ▍) with text below that name no post that we know."""
    marks = {mark for head in heads if head.kind == "post" and (mark := part_mark(page, page.lines[head.line]))}
    if not marks:
        return list(heads)
    taken = {head.line for head in heads}
    found = list(heads)
    for index, line in enumerate(page.lines):
        if index in taken or part_mark(page, line) not in marks or not 2 <= line.end - line.body <= _LONGEST_FELLOW:
            continue
        text = page.value[line.body : line.end]
        following = page.lines[index + 1] if index + 1 < len(page.lines) else None
        if following is None or part_mark(page, following) == part_mark(page, line) or _NO_NAME.search(text):
            continue
        if page.marks.label[index] < 0:
            found.append(
                make_head(page, Heading("post", Name(text, 0, len(text)), ""), line, index, line.body, line.end)
            )
            found[-1] = found[-1]._replace(strength=2)
    return sorted(found)


def with_bare_fellows(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the short lines without a full stop between sentences that have one, as the posts' bare names among
    them stand: 主席⏎主持会议。⏎文书⏎书写通知。"""
    bare = [head for head in heads if _is_bare(page, head)]
    if len(bare) < _FEWEST_BARE:
        return list(heads)
    taken = {head.line for head in heads}
    found: list[Head] = []
    for index in range(bare[0].line + 1, len(page.lines)):
        line = page.lines[index]
        if index in taken or page.marks.last[index] in _STOPS or (line.ordinal >= 0 and index < bare[-1].line):
            continue
        text = page.value[line.body : line.end]
        if not 2 <= len(text) <= _LONGEST_BARE or not _HAN.fullmatch(text) or not _stands_bare(page, index):
            if index < bare[-1].line:
                return list(heads)
            break
        if _OF_ALL.search(text) is None and text not in page.rules.titles.ad_headings:
            head = make_head(page, Heading("post", Name(text, 0, len(text)), ""), line, index, line.body, line.end)
            found.append(head._replace(strength=2, field=Field.DUTY))
    # Among them a word for a kind of work is a post, too.
    return sorted([*(head._replace(strength=head.strength + _is_bare(page, head)) for head in heads), *found])


def _is_bare(page: Page, head: Head) -> bool:
    """Whether a post's bare name is all of its line, over a sentence."""
    line = page.lines[head.line]
    if head.kind != "post" or head.tail or head.mentions or head.name.end - head.name.start != line.end - line.start:
        return False
    return _stands_bare(page, head.line)


def _stands_bare(page: Page, index: int) -> bool:
    """Whether a line has neither mark, number, label nor full stop, and stands right over a sentence that has one."""
    line = page.lines[index]
    if line.depth or line.ordinal >= 0 or page.marks.label[index] >= 0 or index + 1 == len(page.lines):
        return False
    return page.marks.last[index] not in _STOPS and page.marks.last[index + 1] in _STOPS


def by_number(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the short lines whose numbers go on with theirs and that could name a unit or holders of a post:
    1.3 车队 behind 1.2 机务部, 七、特种作业人员 behind 六、焊工职责."""
    by_line = {head.line: head for head in heads}
    found = list(heads)
    for index, line in enumerate(page.lines if by_line else ()):
        if line.ordinal < 0 or index in by_line or not 2 <= line.end - line.body <= _LONGEST_HEADING:
            continue
        before = page.ordinals[line.ordinal].before
        head = by_line.get(page.line_index(page.ordinals[before].start)) if before >= 0 else None
        text = page.value[line.body : line.end].rstrip(":： ")
        if head is None or head.mentions or page.marks.label[index] >= 0 or _NO_NAME.search(text):
            continue
        name = _name_beside(page, index, head, text)
        if name:
            heading = Heading(head.kind, Name(name, 0, len(name)), head.tail)
            found.append(make_head(page, heading, line, index, line.body, line.end)._replace(strength=2))
            by_line[index] = found[-1]
    return sorted([*found, *_holders_before(page, by_line)])


def _holders_before(page: Page, heads: Mapping[int, Head]) -> Iterator[Head]:
    """The numbered lines over deeper lists that name whoever works somewhere, right before such a line of a post: 1. 护理
    人员⏎（1）…⏎2. 厨师⏎（1）…"""
    for index in heads:
        place = index
        while heads[index].kind == "post" and _is_over_deeper(page, place):
            before = page.ordinals[page.lines[place].ordinal].before
            place = page.line_index(page.ordinals[before].start) if before >= 0 else index
            line = page.lines[place]
            text = page.value[line.body : line.end].rstrip(":： ")
            if place in heads or not (_HOLDERS.match(text) and _is_over_deeper(page, place)):
                break
            heading = Heading("post", Name(text, 0, len(text)), "")
            yield make_head(page, heading, line, place, line.body, line.end)._replace(strength=2)


def _name_beside(page: Page, index: int, head: Head, text: str) -> str:
    """What a short line names whose number goes on with that of a head; "" where it names nobody."""
    if head.kind == "post" and head.tail and (tail := page.names.duty_tail(text)):
        name = text.removesuffix(tail).rstrip("的")
        return name if _may_be_post(page, name) else ""
    is_holder = head.kind == "post" and _HOLDERS.match(text) is not None
    is_owner = head.tail or (_is_over_deeper(page, index) and _is_over_deeper(page, head.line))
    if is_holder and (is_owner or page.value.startswith(text, page.lines[min(index + 1, len(page.lines) - 1)].body)):
        return text  # 五、服务人员⏎服务人员直接面向顾客
    if len(text) > _LONGEST_FELLOW or head.tail:
        return ""
    if head.kind == "unit":
        return text if text.endswith(tuple(page.rules.titles.unit_heads)) and text not in page.rules.labels else ""
    if len(text) > _LONGEST_UNKNOWN or page.rules.senses.requirement.search(text):
        return ""
    is_alike = _is_over_deeper(page, index) and _is_over_deeper(page, head.line)
    return text if is_alike or (_is_over_section(page, index) and _is_over_section(page, head.line)) else ""


def _is_over_section(page: Page, index: int) -> bool:
    """Whether the line right below a numbered line holds the label of what its post does or must be: 月薪：…任职要求：…"""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is None or below.ordinal >= 0:
        return False
    first = bisect_left(page.label_starts, below.start)
    labels = page.labels[first : bisect_left(page.label_starts, below.end)]
    return any(label.rule.field in (Field.DUTY, Field.REQUIREMENT) and not label.rule.keep for label in labels)


def of_posts(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the lines right over a list that name with 岗位职责 a post that we do not know: 用药咨询岗位职责⏎1、…"""
    if "岗位" not in page.value or any(label.rule.field is Field.TITLE for label in page.labels):
        return list(heads)
    taken = {head.line for head in heads}
    found = list(heads)
    for index, line in enumerate(page.lines[:-1]):
        if index in taken or index + 1 in taken or not 2 <= line.end - line.body <= _LONGEST_HEADING:
            continue
        text = page.value[line.body : line.end].rstrip(":： ")
        if "岗位" not in text or not _is_over_list(page, index):
            continue
        tail = page.names.duty_tail(text)
        name = text.removesuffix(tail).rstrip("的")
        if _OF_BOOKS.search(tail) or _HOUSES.search(name):
            continue  # 幼儿园岗位责任制度汇编
        is_long = len(name) > _SHORTEST_UNKNOWN or name.endswith("岗")
        if tail.startswith("岗位") and is_long and _may_be_post(page, name):
            heading = Heading("post", Name(name, 0, len(name)), tail)
            found.append(make_head(page, heading, line, index, line.body, line.end)._replace(strength=2))
    return sorted(found)


def _is_over_list(page: Page, index: int) -> bool:
    """Whether the first number of a list stands in the line below, and no heading of its kind."""
    below = page.lines[index + 1]
    if below.ordinal < 0 or page.ordinals[below.ordinal].value != 1:
        return False
    return not page.names.is_duty_heading(page.value[below.body : below.end].rstrip(":： "))


def _may_be_post(page: Page, name: str) -> bool:
    """Whether what stands before 职责, as posts do in the headings beside it, may be a post that we do not know: 水手."""
    if (
        not 2 <= len(name) <= _LONGEST_FELLOW
        or _OF_ALL.search(name)
        or page.names.is_unit(name)
        or _NO_NAME.search(name)
        or name[-1] in _JOINS
        or is_generic(page, name)
    ):
        return False  # 幼儿园岗位职责 heads the duties of all who work there
    is_deed = len(name) > _LONGEST_UNKNOWN and page.rules.senses.duty.match(name) is not None
    return not is_deed and not name.startswith(page.rules.titles.not_starts)


def _is_over_deeper(page: Page, index: int) -> bool:
    """Whether a numbered line stands right above the first number of a deeper list: 3.3 水手⏎3.3.1 看护跳板."""
    if index + 1 >= len(page.lines):
        return False
    ordinal, below = page.lines[index].ordinal, page.lines[index + 1].ordinal
    if ordinal < 0 or below < 0:
        return False
    deeper = page.ordinals[below]
    return DEPTH[deeper.style] > DEPTH[page.ordinals[ordinal].style] and deeper.value % 100 == 1


def above_labels(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and numbered or marked-up short lines right above 岗位职责 or the like among them.

    They name a post whether we know the word or not, where other lines of the same number style do.
    """
    styles = {style for head in heads if head.kind == "post" and (style := _style(page, page.lines[head.line]))}
    taken = {head.line for head in heads}
    found = list(heads)
    at = page.marks.label
    for index, line in enumerate(page.lines[:-1] if styles else ()):
        if at[index + 1] < 0 or at[index] >= 0 or index in taken or not 2 <= line.end - line.body <= _LONGEST:
            continue
        style = _style(page, line)
        if not style or style not in styles:
            continue
        label = page.labels[at[index + 1]]
        text = _NAME_ENDS.split(_REMARK.sub("", page.value[line.body : line.end]))[0]
        name = page.names.post(text)
        if label.rule.keep or label.rule.field not in _OPENING or name is None or len(name.text) < 2:
            continue
        if names_both(page, line.body, line.end):
            continue  # 某某大学 招聘 水手
        if len(_ENGLISH.sub("", name.text)) > _LONGEST_FELLOW and not (
            name.text.isascii() or page.names.is_post(name.text)
        ):
            continue
        is_sentence = page.value[line.end - 1] in "。；;，," or page.rules.senses.duty.match(text)
        if is_sentence or _goes_on_list(page, index, taken):
            continue
        if not _NO_NAME.search(name.text) and name.text not in page.rules.labels:
            heading = Heading("post", name, "")
            found.append(make_head(page, heading, line, index, line.body, line.end)._replace(strength=2))
    return sorted(found)


def _goes_on_list(page: Page, index: int, taken: set[int]) -> bool:
    """Whether a numbered line goes on with the number of a line before it that heads nothing."""
    ordinal = page.ordinals[page.lines[index].ordinal] if page.lines[index].ordinal >= 0 else None
    if ordinal is None or ordinal.before < 0:
        return False
    return page.line_index(page.ordinals[ordinal.before].start) not in taken


def _style(page: Page, line: Line) -> str:
    """What sets a line apart as a heading: its markup's depth or its number's style."""
    if line.depth:
        return f"#{line.depth}"
    style = page.ordinals[line.ordinal].style if line.ordinal >= 0 else ""
    return style if style != "bullet" else part_mark(page, line)


def part_mark(page: Page, line: Line) -> str:
    """The bullet that a line begins with, of those that head a part and do not mark an item."""
    mark = page.value[line.start]
    return mark if mark in _PART_MARKS else ""


def indent_of(page: Page, line: Line) -> int:
    """Where the blanks before a line begin: a label may begin with them."""
    start = line.start
    while start and page.value[start - 1] in " \t\u3000\xa0":
        start -= 1
    return start


def has_label(page: Page, line: Line) -> bool:
    """Whether a line begins with a label, be it one of the page's or what stands behind its first words."""
    place = bisect_left(page.label_starts, indent_of(page, line))
    return place < len(page.labels) and page.label_starts[place] <= line.body + 1


def with_bullet_names(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the bullets that are a name and a colon, each over a bullet that is none, where two or more are."""
    found: dict[int, Head] = {}
    for index, line in enumerate(page.lines[:-1]):
        if not _SHORTEST_BULLET <= line.end - line.body <= _LONGEST_BULLET or not _is_over_bullet(page, index):
            continue
        name = page.value[line.body : line.end - 1].rstrip()
        kind = "post" if page.names.is_post(name) else "unit" if page.names.is_unit(name) else ""
        if kind and page.names.rule_of(name) is None:
            heading = Heading(kind, Name(name, 0, len(name)), "")
            found[index] = make_head(page, heading, line, index, line.body, line.end)._replace(strength=2)
    if len(found) < _FEWEST_BULLETS or all(head.kind == "unit" for head in found.values()):
        return list(heads)
    return sorted([*(head for head in heads if head.line not in found), *found.values()])


def _is_over_bullet(page: Page, index: int) -> bool:
    """Whether a line is a bullet that a colon ends, right over a bullet that none ends."""
    marks = page.marks
    if marks.last[index] not in ":：" or marks.last[index + 1] in ":：":
        return False
    own, below = page.lines[index].ordinal, page.lines[index + 1].ordinal
    if own < 0 or below < 0:
        return False
    return page.ordinals[own].style == page.ordinals[below].style == "bullet"
