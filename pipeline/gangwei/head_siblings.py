"""Headings known by what stands below them: lines of one style with sections of the same names below each.

### 贡献者 and ### 维护者, with 职责 and 权限 below each, name holders of duties, whether we know the words or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from gangwei.head import Head, make_head
from gangwei.headlines import names_both
from gangwei.model import Field
from gangwei.page import Line, Page
from gangwei.titles import Heading

_LONGEST: Final = 30
_LONGEST_NAME: Final = 16
_FEWEST: Final = 2
# A heading that its number sets apart has its first label so many lines below it at most.
_LOOK: Final = 2
_NUMBERED: Final = frozenset(["han", "han_paren", "章", "节", "篇", "two", "digit"])
_SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.REQUIREMENT, Field.KPI, Field.ROUTINE])
# Duties alone may be those of a program's parts; who has rights or must bring something is a person.
_OF_PEOPLE: Final = frozenset([Field.AUTHORITY, Field.REQUIREMENT, Field.SUPERVISOR, Field.SUBORDINATE])
_TELLING: Final = _SECTIONS | _OF_PEOPLE
_HOLDERS: Final = re.compile("[\u4e00-\u9fff]{1,8}(?:者|人员|人)$")
_NO_NAME: Final = re.compile(r"[，。；：、！？!?,;:]|^[\W\d]*$|模块|服务|系统|接口|组件|功能")


class _Sibling(NamedTuple):
    line: int
    heading: Heading | None
    words: frozenset[str]
    fields: frozenset[Field]


def with_siblings(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads, and the lines of a style that have the same sections below them, two or more."""
    duties = [label for label in page.labels if label.rule.field is Field.DUTY and label.at_line_start]
    if len(duties) < _FEWEST:
        return list(heads)
    taken = {head.line: head for head in heads}
    styles: dict[str, list[_Sibling]] = {}
    for index, line in enumerate(page.lines):
        if page.marks.label[index] >= 0 or not 2 <= line.end - line.body <= _LONGEST or _is_listed(page, index):
            continue
        if (style := _style(page, line)) and (sibling := _sibling(page, index, style, taken)):
            styles.setdefault(style, []).append(sibling)
    found = list(heads)
    for siblings in styles.values():
        for sibling in _alike(page, siblings):
            line = page.lines[sibling.line]
            if sibling.heading:
                head = make_head(page, sibling.heading, line, sibling.line, line.body, line.end)
                found.append(head._replace(strength=2))
    return sorted(found)


def _is_listed(page: Page, index: int) -> bool:
    """Whether a line is the first of a list right below its label: 权限： over 1、三百元以内费用的审批权."""
    above = page.lines[index - 1] if index else None
    at = page.marks.label[index - 1] if index else -1
    if above is None or at < 0 or page.lines[index].ordinal < 0:
        return False
    label = page.labels[at]
    return label.has_mark and label.end == above.end and label.rule.field in _SECTIONS - {Field.DUTY}


def _sibling(page: Page, index: int, style: str, taken: dict[int, Head]) -> _Sibling | None:
    """A line with sections below it that could be a name, or is one already."""
    line = page.lines[index]
    labels = list(_labels_below(page, index, style))
    if not labels:
        return None
    words = frozenset(page.labels[place].word for place in labels)
    fields = frozenset(page.labels[place].rule.field for place in labels)
    if index in taken:
        return _Sibling(index, None, words, fields)
    name = page.names.post(page.value[line.body : line.end].split("`")[0])
    if name is None or not 2 <= len(name.text) <= _LONGEST_NAME or _NO_NAME.search(name.text):
        return None
    if name.text.startswith(tuple(page.rules.titles.ad_headings)):
        return None
    if names_both(page, line.body, line.end):
        return None  # 某某大学 招聘 水手
    if page.rules.senses.duty.match(name.text) and not _HOLDERS.match(name.text):
        return None
    return _Sibling(index, Heading("post", name, ""), words, fields)


def _labels_below(page: Page, index: int, style: str) -> Iterator[int]:
    """The labels of sections that stand below a heading, before the next one of its style or above it."""
    line = page.lines[index]
    is_near = line.depth > 0
    for place in range(index + 1, len(page.lines)):
        below = page.lines[place]
        if not is_near and place - index > _LOOK:
            return
        if (0 < below.depth <= line.depth) or _style(page, below) == style:
            return
        at = page.marks.label[place]
        if at >= 0 and page.labels[at].rule.field in _TELLING and not page.labels[at].rule.keep:
            is_near = True
            yield at


def _alike(page: Page, siblings: Sequence[_Sibling]) -> list[_Sibling]:
    """The siblings that share a section with another one, where they are people."""
    lines = {sibling.line for sibling in siblings}
    siblings = [sibling for sibling in siblings if not _goes_on_list(page, page.lines[sibling.line], lines)]
    count = Counter(word for sibling in siblings for word in sibling.words)
    alike = [sibling for sibling in siblings if any(count[word] >= _FEWEST for word in sibling.words)]
    fields = frozenset[Field]().union(*(sibling.fields for sibling in alike))
    if len(alike) < _FEWEST or Field.DUTY not in fields:
        return []
    names = [sibling.heading.name.text for sibling in alike if sibling.heading]
    if not (fields & _OF_PEOPLE) and not any(_HOLDERS.match(name) or page.names.is_post(name) for name in names):
        return []
    return alike


def _goes_on_list(page: Page, line: Line, siblings: set[int]) -> bool:
    """Whether a line's number goes on with that of a line that is no sibling: the last item of a list."""
    before = page.ordinals[line.ordinal].before if line.ordinal >= 0 and not line.depth else -1
    return before >= 0 and page.line_index(page.ordinals[before].start) not in siblings


def _style(page: Page, line: Line) -> str:
    """What sets a line apart as a heading: the depth of its markup, the style of its number, the brackets around it, or
    that it names nothing but who works somewhere: 【仓管人员】, 总务人员."""
    if line.depth:
        return f"#{line.depth}"
    if line.ordinal >= 0:
        style = page.ordinals[line.ordinal].style
        return style if style in _NUMBERED else ""
    if page.value[line.body] == "【" and page.value[line.end - 1] == "】":
        return "【"
    return "人" if _HOLDERS.fullmatch(page.value, line.body, line.end) else ""
