"""Labels that head columns or groups of a list, and where what stands beside or above a list ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from gangwei.labels import Label
from gangwei.layouts.columns import column_of, row_head
from gangwei.layouts.indicator_cells import is_column_head
from gangwei.layouts.indicator_lines import are_heads
from gangwei.layouts.outline_state import State
from gangwei.layouts.section import SECTIONS, Section
from gangwei.model import Field
from gangwei.ordinals import DEPTH
from gangwei.page import Line, Page, tidy
from gangwei.rulebook.columns import NUMBER, TARGET

_LONGEST_ASIDE: Final = 40
_OF_SHARES: Final = ("百分比", "比重", "比例")
_SHARE: Final = re.compile(r"[ ]?\d{1,3}[ ]?[%％][ \u3000]?")
_SHORTEST_PROSE: Final = 12
_FIRST_ITEMS: Final = 3
_FEWEST_HEADS: Final = 3
_FEWEST_NUMBERS: Final = 2
_LONGEST_BESIDE: Final = 16
_MOST_HEADS: Final = 8
_COLONS: Final = ":： "
_LONGEST_COLUMN: Final = 12
# Labels that stay with the field that they close.
REST: Final = frozenset(["其他", "其它"])


def end_of_share(state: State, label: Label) -> int:
    """Where the share of time ends that a group of duties takes, before its tasks (占工作时间的百分比：40% 登记账目…), or 0."""
    section = state.section
    if section is None or section.field is not Field.DUTY or not label.word.endswith(_OF_SHARES):
        return 0
    share = _SHARE.match(state.page.value, label.end)
    if share is None:
        return 0
    state.claimed.append(share.span())
    state.begin(Field.DUTY, share.end(), section.depth, is_labelled=True, word=section.word)
    return share.end()


def end_of_column(state: State, label: Label) -> int:
    """Where a line of the indicators ends which says behind a gap how much one counts (合格率98%      权重40): the list
    goes on below it; or 0."""
    page, section = state.page, state.section
    if section is None or section.field is not Field.KPI or page.value[label.start] not in " \t\u3000":
        return 0
    line = page.lines[page.line_index(label.end - 1)]
    if not label.end < line.end <= label.end + _LONGEST_COLUMN:
        return 0
    state.claimed.append((label.end, line.end))
    state.begin(Field.KPI, line.end, section.depth, is_labelled=True, word=section.word)
    return line.end


def is_among_heads(state: State, section: Section, label: Label) -> bool:
    """Whether a label is none because it is one of the heads of the section's columns or groups."""
    if section.field is Field.KPI:
        return _is_among_heads_of_indicators(state, section, label)
    return section.field is Field.DUTY and label.word in REST and _heads_last_group(state, section, label)


def _heads_last_group(state: State, section: Section, label: Label) -> bool:
    """Whether 其他 goes on with the numbers of the groups of duties above it: 一、销售 … 二、质量 … 三、其他"""
    if not section.pieces:
        return False
    line = state.page.lines[state.page.line_index(label.start)]
    ordinal = state.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
    if ordinal is None or ordinal.before < 0 or not label.is_whole_line:
        return False
    return state.page.ordinals[ordinal.before].start >= section.pieces[0][0]


def end_above_list(state: State, label: Label) -> int:
    """Where the value of a field that no table holds ends, where a list of what the post does begins below it (薪水：面议⏎
    1、负责…) or right behind it (联系部门：各部门1、负责…2、检查…), or 0."""
    page, role = state.page, state.role
    if role is None or role.title is None or any(s.pieces for s in role.sections):
        return 0
    index = page.line_index(label.start)
    line = page.lines[index]
    if label.has_mark and (place := _list_in_line(state, label, line)):
        return place
    value = page.trim(label.end, line.end)
    if index + 1 == len(page.lines) or not 0 < value.end - value.start <= _LONGEST_ASIDE:
        return 0
    below = page.lines[index + 1]
    first = page.ordinals[below.ordinal] if below.ordinal >= 0 else None
    if first is None:
        # Prose, and not the value going on: 工作地点：大理⏎修剪草坪。检查喷灌。
        is_prose = page.value[below.end - 1] == "。" and below.end - below.body >= _SHORTEST_PROSE
        if not is_prose or label.is_whole_line:
            return 0
    elif (
        not label.at_line_start
        or not (first.value == 1 or first.style == "bullet")
        or page.ordinals_in(label.end, value.start + 3)
    ):
        return 0
    # Of a list one of its first items may say so for all.
    lines = page.lines[index + 1 : index + 1 + (_FIRST_ITEMS if first else 1)]
    is_told = any(page.rules.senses.duty.match(page.value, item.body) for item in lines)
    return line.end if is_told else 0


def _list_in_line(state: State, label: Label, line: Line) -> int:
    """Where a list of what the post does begins behind a short value in its line; 0 for nowhere."""
    page = state.page
    numbers = page.ordinals_in(label.end + 1, line.end)
    if len(numbers) < _FEWEST_NUMBERS or numbers[0].value != 1 or numbers[0].start - label.end > _LONGEST_BESIDE:
        return 0
    is_list = numbers[1].value == numbers[0].value + 1 and numbers[1].style == numbers[0].style
    is_told = any(page.rules.senses.duty.match(page.value, number.end) for number in numbers[:_FIRST_ITEMS])
    return numbers[0].start if is_list and is_told else 0


def heads_column(state: State, section: Section, label: Label) -> bool:
    """Whether a label stands in a row of column heads over one list (序号 职责 负责程度 1…), behind the list's own."""
    if section.field not in SECTIONS:
        return False
    if section.pieces:
        return section.pieces == [(section.end, label.start)] and _ends_heads(state, section, label)
    if section.end != label.start and state.page.value[section.end : label.start].strip():
        return False
    if label.rule.field in (Field.OTHER, Field.KPI) and _is_row_of_heads(state, label):
        section.end = label.end
        section.has_measures |= label.rule.field is Field.KPI
        return True
    if section.field is Field.DUTY and _is_in_stack_of_heads(state, label):
        section.end = label.end
        return True
    ordinals = state.page.ordinals_in(label.end, label.end + 1)
    if label.rule.field is not Field.OTHER or not any(o.value == 1 for o in ordinals):
        return False
    section.end = label.end
    return True


def _ends_heads(state: State, section: Section, label: Label) -> bool:
    """Whether a label is the last head of columns, behind others, over the section's list: 主要职责|序号应负职责|衡量标准|1…"""
    if label.rule.field not in (Field.OTHER, Field.KPI) or label.has_mark:
        return False
    if label.start - section.end > _LONGEST_COLUMN or not state.page.ordinals_in(label.end, label.end + 1):
        return False
    if column_of(state.page.rules, state.page.value[section.end : label.start].strip()) is None:
        return False
    section.pieces.clear()
    section.end = label.end
    section.has_measures |= label.rule.field is Field.KPI
    return True


def _is_among_heads_of_indicators(state: State, section: Section, label: Label) -> bool:
    """Whether a label is the head of a column of indicators, behind the label that opens them, a cell a line or all in one:
    考核指标⏎权重⏎目标值⏎账物相符率⏎…, 考核指标序号指标名称权重1账物相符率50%…"""
    page = state.page
    if label.has_mark:
        return False
    if not label.is_whole_line and label.rule.field in (Field.KPI, Field.OTHER, Field.SUMMARY):
        return are_heads(page, *page.trim(section.end, label.end))
    if label.rule.field not in (Field.KPI, Field.OTHER) or not label.is_whole_line:
        return False
    first, last = page.line_index(section.start), page.line_index(label.end - 1)
    return last - first <= _MOST_HEADS and all(
        line.ordinal < 0 and is_column_head(page, line.start, line.end) for line in page.lines[first + 1 : last + 1]
    )


def heads_group(state: State, label: Label) -> bool:
    """Whether a numbered label heads one of the groups of a post's duties, whose other groups have names of their own:
    一、日常工作 before 二、销售支持, both below 内勤岗位职责."""
    page, role, section = state.page, state.role, state.section
    if not label.is_whole_line or role is None:
        return False
    line = page.lines[page.line_index(label.start)]
    if line.ordinal < 0:
        return False
    if role.head is None or section is None or section.field is not Field.DUTY or section.start != role.head.start:
        return False
    following = page.ordinal_behind(line.ordinal)
    return following is not None and all(other.start != following.start for other in page.labels)


def end_of_heads(state: State, label: Label) -> int:
    """Where the line of a label for duties ends that is a head of columns, with nothing but another behind it, over a list:
    序号 工作职责 |工作标准⏎1 录入订单 当天录入; or 0."""
    page, section = state.page, state.section
    if section is None or section.field is not Field.DUTY or label.has_mark:
        return 0
    index = page.line_index(label.end - 1)
    line = page.lines[index]
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is None or below.ordinal < 0 or not 0 < line.end - label.end <= _LONGEST_COLUMN:
        return 0
    column = column_of(page.rules, page.value[label.end : line.end].strip())
    if column is None or column.kind not in (Field.KPI, TARGET):
        return 0
    section.has_measures = True
    section.end = line.end
    state.claimed.append((label.end, line.end))
    return line.end


def end_of_group(state: State, label: Label) -> int:
    """Where the line of a numbered label ends that says what a group of duties is about, above their list, as others of the
    form do: （一）职责描述：日常检验⏎1、取样…⏎（二）职责描述：…; or 0."""
    page, section = state.page, state.section
    if section is None or section.field is not Field.DUTY or not label.has_mark:
        return 0
    index = page.line_index(label.end - 1)
    line = page.lines[index]
    if line.ordinal < 0:
        return 0
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is None or below.ordinal < 0 or not 0 < line.end - label.end <= _LONGEST_ASIDE:
        return 0
    ordinal, first = page.ordinals[line.ordinal], page.ordinals[below.ordinal]
    is_list = first.style == "bullet" or first.value == 1
    if not is_list or DEPTH[first.style] <= DEPTH[ordinal.style]:
        return 0
    if not any(other.word == label.word and other.start != label.start for other in page.labels):
        return 0
    span = page.trim(label.end, line.end)
    section.heading = tidy(page.value[slice(*span)])
    section.end = line.end
    state.claimed.append((label.end, line.end))
    return line.end


def _label_start(label: Label) -> int:
    return label.start


def _is_in_stack_of_heads(state: State, label: Label) -> bool:
    """Whether a label stands in a line of its own among lines that are all heads of columns, one of them of what no duty
    is: 工作职责⏎时间分配⏎主要职责⏎衡量标准⏎15%⏎…"""
    page = state.page
    if not label.is_whole_line or label.has_mark:
        return False
    here = page.line_index(label.end - 1)
    above = reversed(page.lines[max(0, here - _MOST_HEADS) : here + 1])
    kinds = [*_kinds_of_heads(page, above), *_kinds_of_heads(page, page.lines[here + 1 : here + _MOST_HEADS])]
    return len(kinds) > _FEWEST_HEADS and bool({Field.OTHER, NUMBER, TARGET}.intersection(kinds))


def _kinds_of_heads(page: Page, lines: Iterable[Line]) -> Iterator[str]:
    """What the lines announce as heads of columns, up to the first one that is no head."""
    for line in lines:
        head = row_head(page.rules, page.value[line.start : line.end].rstrip(_COLONS)) if line.ordinal < 0 else None
        if head is None:
            return
        yield head.kind


def _is_row_of_heads(state: State, label: Label) -> bool:
    """Whether a label's line holds labels alone, three at the least, over a list: 职责范围 负责程度 衡量标准⏎1、…"""
    page = state.page
    index = page.line_index(label.start)
    if label.has_mark or index + 1 >= len(page.lines) or page.lines[index + 1].ordinal < 0:
        return False
    line = page.lines[index]
    first, last = (bisect_left(page.labels, place, key=_label_start) for place in (line.start, line.end))
    labels = page.labels[first:last]
    rest = page.value[line.body : line.end]
    for other in labels:
        rest = rest.replace(page.value[slice(*page.trim(other.start, other.end))], "", 1)
    return len(labels) >= _FEWEST_HEADS and labels[0].rule.field is Field.DUTY and not rest.strip()
