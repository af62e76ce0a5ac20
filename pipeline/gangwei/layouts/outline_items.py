"""Labels that belong to a list: they head one of its items, or are one."""

from __future__ import annotations

import re
from typing import Final

from gangwei.labels import Label
from gangwei.layouts.outline_state import State
from gangwei.layouts.section import SECTIONS, Section
from gangwei.model import Field
from gangwei.page import Line

_WORD: Final = re.compile(r"\w")
# What names a section of requirements and, among small labels, one of them: 学历：…⏎技能：…
SMALL_AMONG_OTHERS: Final = re.compile("(?:技能|能力|素质|知识|素养)(?:要求)?$")
# Of an advertisement, whatever list they stand in.
_OF_ADS: Final = re.compile(
    "薪|工资|待遇|福利|地点|地址|时间|联系|电话|邮箱|报名|备注|人数|编号|说明|日期|名额|来源|链接"
)


def is_of_section(state: State, section: Section, label: Label) -> bool:
    """Whether a label is none because it is part of the section at hand."""
    if section.field is Field.REQUIREMENT and _is_item(state, section, label):
        return True
    return label.rule.field is Field.OTHER and section.field in SECTIONS and _goes_on_list(state, label)


def _is_item(state: State, section: Section, label: Label) -> bool:
    """Whether a label heads one item of the requirements (3知识技能:熟悉…), or is one (职称 among them)."""
    if label.rule.field is Field.TITLE:
        names_post = state.role is not None and state.role.title is not None and "职称" in state.role.title.rule
        return label.word == "职称" and not names_post
    line = state.page.lines[state.page.line_index(label.start)]
    if line.ordinal >= 0 and section.is_labelled and label.has_mark and not label.is_whole_line:
        bulleted = state.page.ordinals[line.ordinal].style == "bullet" and label.start <= line.body
        if (
            bulleted
            and SMALL_AMONG_OTHERS.search(label.word)
            and _WORD.search(state.page.value, section.end, label.start)
        ):
            return True
    numbered = state.page.value[label.start : label.start + 1].isdigit() and not label.is_whole_line
    is_section = label.rule.field is Field.REQUIREMENT and not label.rule.keep
    return numbered and is_section and section.is_labelled


def _goes_on_list(state: State, label: Label) -> bool:
    """Whether a numbered label of nothing that we look for goes on with a list whose items are no labels (4、社保：办理增减员)."""
    page = state.page
    if label.rule.strength == "strong" or _OF_ADS.search(label.word):
        return False
    line = page.lines[page.line_index(label.start)]
    before = page.ordinals[line.ordinal].before if line.ordinal >= 0 and not label.is_whole_line else -1
    if before < 0 or label.start > line.body:
        return False
    above = page.lines[page.line_index(page.ordinals[before].start)]
    return all(not above.start <= other.start <= above.body for other in page.labels)


def keeps(state: State, label: Label) -> bool:
    """Whether a small label (学历) stands where small labels stand: at the head of an item it is part of the item."""
    line = state.page.lines[state.page.line_index(label.start)]
    within = state.section.field if state.section else None
    if line.ordinal >= 0 and label.start <= line.body and not label.is_whole_line:
        # Behind an item that is left out (工作地点：…) a list of requirements goes on.
        if within is Field.OTHER and state.role is not None and (_is_listed(state, line) or _is_fact(state, label)):
            return True
        return within is Field.REQUIREMENT and bool(state.section and state.section.keep) and _is_fact(state, label)
    if label.rule.field is Field.ROUTINE:
        return within is Field.ROUTINE and label.has_mark
    if within is Field.REQUIREMENT:
        return label.has_mark or not label.at_line_start or label.is_whole_line
    if within is Field.DUTY and label.is_whole_line and _lists_anew(state, line):
        return state.role is not None
    if within in (Field.DUTY, Field.KPI, Field.UNIT) and not label.at_line_start:
        return False
    if label.is_whole_line and (within is Field.OTHER or line.depth):
        return state.role is not None  # ### 经验要求
    is_cell = "\t" in state.page.value[line.start : line.end]
    return state.role is not None and (label.has_mark or is_cell or not label.at_line_start)


def _lists_anew(state: State, line: Line) -> bool:
    """Whether a list begins right below a line that has no number, where another ends right above it: 3. 收银。⏎其他条件⏎1. 能轮班。"""
    page = state.page
    index = page.line_index(line.start)
    if line.ordinal >= 0 or not 0 < index < len(page.lines) - 1:
        return False
    above, below = page.lines[index - 1].ordinal, page.lines[index + 1].ordinal
    if above < 0 or below < 0:
        return False
    return page.ordinals[below].value == 1 < page.ordinals[above].value or (
        page.ordinals[above].style == page.ordinals[below].style == "bullet"
    )


def _is_fact(state: State, label: Label) -> bool:
    """Whether a small label and its value stand in a bulleted line with a blank between (• 最低学历 本科), right below
    another line of that kind."""
    page, section = state.page, state.section
    if section is None or not (label.has_mark or page.value[label.end - 1] in " \t\u3000"):
        return False
    if label.has_mark and state.role and any(told.is_labelled and not told.keep for told in state.role.sections):
        return False
    line = page.line_index(label.start)
    return page.lines[line].ordinal >= 0 and page.line_index(section.start) >= line - 1


def _is_listed(state: State, line: Line) -> bool:
    """Whether the field that no table holds begins at the item right before a line, in a list of the role's requirements."""
    page, section, role = state.page, state.section, state.role
    if section is None or role is None or not role.sections or role.sections[-1].field is not Field.REQUIREMENT:
        return False
    above = page.lines[page.line_index(section.end - 1)]
    is_item = above.ordinal >= 0 and section.start <= above.body and page.trim(section.end, above.end).end > section.end
    return is_item and page.ordinals[above.ordinal].style == page.ordinals[line.ordinal].style
