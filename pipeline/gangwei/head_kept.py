"""Which headings stand over text of their own: bare names in a row are a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.contents import contents_names
from gangwei.head import Head
from gangwei.head_fellows import indent_of, part_mark
from gangwei.model import Field
from gangwei.ordinals import Ordinal
from gangwei.page import Page

_LOOK_AHEAD: Final = 3
_CLAUSE: Final = re.compile("[^，,。；;\n]{4,24}[，,]")
_FEWEST_NAMES: Final = 3
_FEWEST_WANTED: Final = 2
_FEWEST_SURE: Final = 2
_LONGEST_FACTS: Final = 160
_MOST_FACTS: Final = 6
_TELLING: Final = frozenset(Field) - {Field.TITLE, Field.OTHER, Field.COMPANY, Field.UNIT}


def only_with_text(page: Page, heads: Sequence[Head], contents: frozenset[int]) -> list[Head]:
    """The heads that have text of their own: bare names in a row are a list of names; `contents` are lines of a list of
    contents."""
    if not heads:
        return []
    lines_of_heads = {head.line for head in heads}
    kept: list[Head] = []
    unsure: list[Head] = []
    tailed = {head.name.text for head in heads if head.tail}
    bare = {head.line for head in heads if not head.tail and not head.mentions}
    listed = contents_names(page, contents)
    # Where the name of a sure post stands so over its list, one that may be a kind of work does too.
    weak_heads = page.rules.titles.weak_heads
    is_row = any(
        h.line in bare
        and h.kind == "post"
        and _opens_list(page, h)
        and page.names.head_of(h.name.text) not in weak_heads
        for h in heads
    )
    told = _told(page, heads, lines_of_heads) | _wanted(page, heads)
    for head in heads:
        if head.tail or head.mentions or head.in_list or head.kind == "unit":
            # 采购部⏎采购经理, not among names in a row
            over_post = head.kind == "unit" and {head.line - 1, head.line, head.line + 1} & bare == {
                head.line,
                head.line + 1,
            }
            kept.append(head._replace(strength=head.strength + _opens_list(page, head) + over_post))
            continue
        if _is_listed_name(page, head, bare) or _ends_section(page, head, lines_of_heads):
            continue
        weak = page.names.head_of(head.name.text) in weak_heads
        is_listed = head.name.text in listed
        strength = (
            head.strength + (head.name.text in tailed) + (weak and is_row and _opens_list(page, head)) + is_listed
        )
        is_above_label = False
        following = _below_facts(page, head)
        for index in range(following, min(following + _LOOK_AHEAD, len(page.lines))):
            line = page.lines[index]
            label = page.marks.label[index]
            if label >= 0:
                if _tells(page, index):
                    strength += 2 if index == following else 1
                    is_above_label = index == following
                break
            if index in lines_of_heads:
                strength -= 1 if index == following else 0
                break
            if line.ordinal >= 0 and index == following:
                ordinal = page.ordinals[line.ordinal]
                strength += 1 if ordinal.value == 1 or ordinal.style == "bullet" else 0
            if index == following and line.ordinal < 0:
                strength += page.rules.senses.duty.match(page.value, line.body) is not None or head.line in told
                strength += 2 * _is_told_over_list(page, head, index)
        if not is_above_label and (not _has_fellows(page, head, lines_of_heads) or _ends_chart(page, head, bare)):
            continue
        if strength >= (2 if weak else 1):
            in_row = is_listed or head.line in told or _in_row(page, head, lines_of_heads)
            kept.append(head._replace(strength=strength, in_row=in_row))
        elif strength == 0 and not weak and _stands_alone(page, head, lines_of_heads):
            unsure.append(head)
    # Where the names of two posts stand so over what they do, others stand over deeds that we do not know.
    sure = [head for head in kept if unsure and head.line in bare and _fills_line(page, head)]
    if unsure and len(sure) >= max(_FEWEST_SURE, len(unsure)):
        alike = {head.line for head in sure}
        kept = [head._replace(in_row=head.in_row or head.line in alike) for head in kept]
        kept = sorted([*kept, *(head._replace(strength=1, in_row=True) for head in unsure)])
    return kept


def _fills_line(page: Page, head: Head) -> bool:
    """Whether the name of a post is all of its line, without number or markup."""
    line = page.lines[head.line]
    is_bare = head.kind == "post" and line.ordinal < 0 and not line.depth
    return is_bare and page.value[line.start : line.end] == head.name.text


def _stands_alone(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether the bare name of a post fills a line without number or markup, and no other name stands right over it or
    below it."""
    if not _fills_line(page, head):
        return False
    above = page.marks.label[head.line - 1] if head.line else -1
    below = page.lines[head.line + 1] if head.line + 1 < len(page.lines) else None
    is_listed = above >= 0 and page.labels[above].is_whole_line
    if below is None or is_listed or below.ordinal >= 0 or page.marks.label[head.line + 1] >= 0:
        return False
    return head.line - 1 not in lines_of_heads and head.line + 1 not in lines_of_heads


def _told(page: Page, heads: Sequence[Head], lines_of_heads: set[int]) -> frozenset[int]:
    """The lines of bare posts' names with one sentence below each, where a verb of duties begins most of the sentences."""
    lines, duty = page.lines, page.rules.senses.duty
    found: list[int] = []
    sure = 0
    for head in _bare_over_text(page, heads):
        below = head.line + 1
        line = lines[below]
        is_last = below + 1 == len(lines) or below + 1 in lines_of_heads or lines[below + 1].ordinal >= 0
        if is_last and page.value[line.end - 1] in "。；;":
            found.append(head.line)
            clause = _CLAUSE.match(page.value, line.body, line.end)  # 门店的最高管理者,负责…
            sure += duty.match(page.value, line.body) is not None or (
                clause is not None and duty.match(page.value, clause.end()) is not None
            )
    return frozenset(found) if sure >= _FEWEST_NAMES and sure * 2 > len(found) else frozenset()


def _wanted(page: Page, heads: Sequence[Head]) -> frozenset[int]:
    """The lines of bare posts' names that an empty line parts from what is before, each right over what its holder must
    be and can: a list of vacancies in paragraphs."""
    lines, senses = page.lines, page.rules.senses
    found: list[int] = []
    for head in _bare_over_text(page, heads):
        below = head.line + 1
        if (head.line and not _is_parted(page, head.line)) or _is_parted(page, below):
            continue
        if senses.requirement.search(page.value, lines[below].body, lines[below].end):
            found.append(head.line)
    return frozenset(found if len(found) >= _FEWEST_WANTED else ())


def _bare_over_text(page: Page, heads: Sequence[Head]) -> Iterator[Head]:
    """The bare names of posts, without a number, right over a line that begins with neither a number nor a label."""
    lines = page.lines
    for head in heads:
        below = head.line + 1
        if head.kind != "post" or head.tail or head.mentions or below >= len(lines) or lines[head.line].ordinal >= 0:
            continue
        if lines[below].ordinal < 0 and page.marks.label[below] < 0:
            yield head


def _is_parted(page: Page, index: int) -> bool:
    """Whether an empty line stands over a line."""
    return "\n\n" in page.value[page.lines[index - 1].end : page.lines[index].start]


def _is_listed_name(page: Page, head: Head, bare: set[int]) -> bool:
    """Whether a bare name is the last of a list of names with bullets, whatever stands below it."""
    line, above = page.lines[head.line], page.lines[head.line - 1]
    if head.line - 1 not in bare or line.depth or line.ordinal < 0 or above.ordinal < 0:
        return False
    return page.ordinals[line.ordinal].style == page.ordinals[above.ordinal].style == "bullet"


def _ends_section(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether a bare name is an item of a list with bullets right below a section's label: 职责⏎• 跟进个案⏎• 督导助理"""
    line = page.lines[head.line]
    if line.depth or line.ordinal < 0 or page.ordinals[line.ordinal].style != "bullet":
        return False
    indent, index = line.start - indent_of(page, line), head.line - 1
    while index >= 0 and (above := page.lines[index]).ordinal >= 0 and index not in lines_of_heads:
        if page.ordinals[above.ordinal].style != "bullet" or above.start - indent_of(page, above) != indent:
            return False
        index -= 1
    if index < 0 or index == head.line - 1 or page.marks.label[index] < 0:
        return False
    label = page.labels[page.marks.label[index]]
    return label.is_whole_line and label.rule.field in (Field.DUTY, Field.REQUIREMENT)


def _below_facts(page: Page, head: Head) -> int:
    """The line below a bare name, or below the facts of an advertisement right under it (工作地点：…⏎薪资：…)."""
    index = head.line + 1
    last = min(len(page.lines) - 1, head.line + _MOST_FACTS)
    while index <= last and (label := page.marks.label[index]) >= 0:
        if page.labels[label].rule.field is not Field.OTHER or page.labels[label].is_whole_line or _tells(page, index):
            break
        index += 1
    return index


def _tells(page: Page, index: int) -> bool:
    """Whether a line that begins with a label has one of a section or a field of posts: 月薪：2500元。任职要求：…"""
    first = page.marks.label[index]
    end = page.lines[index].end
    if end - page.lines[index].start > _LONGEST_FACTS:  # a form that ran together
        end = page.labels[first].end
    for label in map(page.labels.__getitem__, range(first, len(page.labels))):
        if label.start >= end:
            return False
        if label.rule.field in _TELLING:
            return True
    return False


def _in_row(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether the number before or behind that of a bare name heads a name too: 七、门卫 behind 六、司机."""
    line = page.lines[head.line]
    if line.ordinal < 0 or page.ordinals[line.ordinal].style == "bullet":
        return False
    before = page.ordinals[line.ordinal].before
    if before >= 0 and page.line_index(page.ordinals[before].start) in lines_of_heads:
        return True
    following = page.ordinal_behind(line.ordinal)
    return following is not None and page.line_index(following.start) in lines_of_heads


def _is_told_over_list(page: Page, head: Head, index: int) -> bool:
    """Whether a line begins with the name above it and a list stands below: 店长⏎店长是门店的负责人。其职责包括：⏎- 排班"""
    if index + 1 >= len(page.lines) or not page.value.startswith(head.name.text, page.lines[index].body):
        return False
    below = page.lines[index + 1].ordinal
    return below >= 0 and (page.ordinals[below].style == "bullet" or page.ordinals[below].value == 1)


def _opens_list(page: Page, head: Head) -> bool:
    """Whether the line below a head has the first number of a list."""
    line = page.lines[head.line + 1] if head.line + 1 < len(page.lines) else None
    return line is not None and line.ordinal >= 0 and page.ordinals[line.ordinal].value == 1


def _ends_chart(page: Page, head: Head, bare: set[int]) -> bool:
    """Whether a bare name is the last of a row of them, line by line: an organisation chart, a list of vacancies."""
    if page.lines[head.line].depth:
        return False
    return all(head.line - step in bare for step in range(1, _FEWEST_NAMES))


def _is_over_indented(page: Page, head: Head) -> bool:
    """Whether a sure post's bullet has bullets of its own, set in from it: * 运维工程师⏎    * 负责集群运维工作"""
    line = page.lines[head.line]
    below = page.lines[head.line + 1] if head.line + 1 < len(page.lines) else None
    if below is None or below.ordinal < 0 or page.ordinals[below.ordinal].style != "bullet" or head.kind != "post":
        return False
    is_set_in = below.start - indent_of(page, below) > line.start - indent_of(page, line)
    return is_set_in and page.names.is_post(head.name.text)


def _begins_chapter(page: Page, ordinal: Ordinal) -> bool:
    """Whether a number of two levels is the first one of its chapter: 3.1 behind 2.4."""
    return ordinal.style == "two" and page.ordinals[ordinal.before].value // 100 != ordinal.value // 100


def _has_fellows(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether the numbers before and behind a numbered bare name head names too (or there are none)."""
    line = page.lines[head.line]
    if line.ordinal < 0:
        return True
    ordinal = page.ordinals[line.ordinal]
    if ordinal.style == "bullet":
        return bool(part_mark(page, line)) or _is_over_indented(page, head)
    if ordinal.style in ("条", "节", "章"):
        return True  # articles are of all kinds
    if ordinal.before >= 0 and not _begins_chapter(page, ordinal):
        return page.line_index(page.ordinals[ordinal.before].start) in lines_of_heads
    following = page.ordinal_behind(line.ordinal)
    return following is None or page.line_index(following.start) in lines_of_heads
