"""Headings that name no post, no unit and no field: what they end, and what they begin."""

from __future__ import annotations

from typing import Final

from gangwei.layouts.cuts import BOLD_LINE, CHAPTERS, is_of_others
from gangwei.layouts.levels import stands_below
from gangwei.layouts.outline_state import Chapter, State
from gangwei.layouts.reading import NOT_OF_POSTS
from gangwei.layouts.section import SECTIONS
from gangwei.model import Field
from gangwei.page import Line
from gangwei.speakers import is_article

_LOOK: Final = 40
_RULES: Final = ("制度", "守则", "纪律", "规定", "须知")
_LONGEST_RULES: Final = 10
# What a numbered heading ends with that goes on with what a post requires: 二、技能与素质要求
_OF_REQUIREMENTS: Final = ("要求", "条件", "资格")


def open_heading(state: State, line: Line) -> None:
    """A heading that names no post, no unit and no field: it ends what stands above its level."""
    page = state.page
    if line.depth and _is_title_again(state, line):
        return
    if is_of_others(page, line):
        state.close()
        return
    if is_article(page, line):
        if state.in_article:
            state.close()
        return
    if line.depth:
        level = state.section.depth if state.section else 0
        if level and line.depth > level:
            return
        above = state.role.head.depth if state.role and state.role.head else state.role.depth if state.role else 0
        is_below = above < line.depth and (above or level == line.depth or state.is_of_page())
        if state.role and (is_below or (above == line.depth and _is_flat(state, line))):
            _begin_unknown(state, line)
            return
        state.close()
        if state.chapter and not 0 < state.chapter.depth < line.depth:
            state.chapter = None
    elif line.ordinal < 0 and page.value[line.end - 1] in ":：" and _opens_section(state, line):
        return
    elif BOLD_LINE.match(page.value, line.start, line.end) or (line.ordinal < 0 and page.value[line.end - 1] in ":："):
        _begin_unknown(state, line)
    elif line.ordinal < 0:
        state.close()
    elif _is_fellow_of_title(state, line):
        _begin_unknown(state, line)
    elif _heads_rules(state, line):
        state.close()
    elif _ends_part(state, line) or page.names.is_duty_heading(page.value[line.body : line.end]):
        is_of_duties = page.names.is_duty_heading(page.value[line.body : line.end])
        state.of_duties = is_of_duties or state.title_of_duties
        state.close()
        if unit := page.names.unit_of_heading(page.value[line.body : line.end]):
            start = line.body + unit.start
            name = page.entry(start, start + len(unit.text), "heading: posts of a unit")
            state.chapter = Chapter(name, 0, page.line_index(line.start), "")
        elif state.chapter and not stands_below(page, line, page.lines[state.chapter.line]):
            state.chapter = None
    elif word := _announced_duties(state):
        state.begin(Field.DUTY, line.start, 0, is_labelled=True, word=word)
    elif _goes_on_section(state, line):
        word = page.value[line.body : line.end]
        if word.endswith(_OF_REQUIREMENTS) and not NOT_OF_POSTS.search(word):
            state.begin(Field.REQUIREMENT, line.start, 0, is_labelled=True, word=word)
        elif state.section and state.section.field is Field.DUTY and _is_last_duty(state, line, word):
            # The last of several groups of duties has none below it: （三）完成领导交办的其他工作
            state.begin(Field.DUTY, line.start, 0, is_labelled=True, word=state.section.word)
        else:
            state.section = None  # a field that we do not know


def _heads_rules(state: State, line: Line) -> bool:
    """Whether a numbered heading is about rules for all, right below the heading of a page's posts: 一、食堂制度："""
    page, head = state.page, state.role.head if state.role else None
    text = page.value[line.body : line.end].rstrip(":： ")
    if head is None or not head.tail or page.lines[head.line].ordinal >= 0 or not text.endswith(_RULES):
        return False
    return len(text) <= _LONGEST_RULES and not page.rules.senses.duty.match(text)


def _is_last_duty(state: State, line: Line, word: str) -> bool:
    """Whether a heading that goes on with groups of duties is a duty itself: no list stands below it."""
    page = state.page
    below = next(page.lines_below(page.line_index(line.start)), None)
    if below is None or not page.rules.senses.duty.match(word):
        return False
    return below.ordinal < 0 or page.ordinals[below.ordinal].value != 1 or below.start in page.label_starts


def _is_title_again(state: State, line: Line) -> bool:
    """Whether a heading right below that of the post ends with the post's name: [招聘] 店员⏎# 某某书店 - 店员"""
    head = state.role.head if state.role else None
    page = state.page
    if head is None or state.role is None or any(section.pieces for section in state.role.sections):
        return False
    return page.line_index(line.start) == head.line + 1 and page.value.endswith(head.name.text, line.body, line.end)


def _is_flat(state: State, line: Line) -> bool:
    """Whether the sections of the post at hand stand on the level of its own heading, one of them behind a line that heads
    none: # 店员⏎# 团队规模⏎# 工作内容"""
    page = state.page
    first = page.line_index(line.start) + 1
    for index in range(first, min(first + _LOOK, len(page.lines))):
        below = page.lines[index]
        if not 0 < below.depth <= line.depth:
            continue
        label = page.labels[page.marks.label[index]] if page.marks.label[index] >= 0 else None
        if label and label.rule.field in SECTIONS:
            return below.depth == line.depth
        named = page.names.heading(page.value[below.body : below.end])
        if below.depth < line.depth or (named and named.kind == "post"):
            return False
    return False


def _announced_duties(state: State) -> str:
    """The 职责 of the post's own heading where a requirement with its value in one line stands before them, or ""."""
    section, head = state.section, state.role.head if state.role else None
    if section is None or head is None or head.field is not Field.DUTY:
        return ""
    if section.field is not Field.REQUIREMENT or len(section.pieces) != 1:
        return ""
    end = state.page.trim(*section.pieces[0]).end
    return head.tail if state.page.line_index(section.start) == state.page.line_index(end - 1) else ""


def _opens_section(state: State, line: Line) -> bool:
    """Whether a line with a colon stands right below a label of its own line, of which nothing is said yet: 职位描述⏎这份
    工作中：⏎…"""
    section = state.section
    if section is None or not section.is_labelled or section.pieces or section.field not in SECTIONS:
        return False
    return state.page.line_index(section.end) + 1 == state.page.line_index(line.start)


def _goes_on_section(state: State, line: Line) -> bool:
    """Whether a numbered heading goes on with the number of the label that opened the section: 二、 after 一、岗位职责."""
    before = state.page.ordinals[line.ordinal].before
    if before < 0 or state.section is None or state.role is None or not state.section.word:
        return False
    opened = state.page.lines[state.page.line_index(state.section.start)]
    is_heads = state.role.head is not None and state.section.start == state.role.head.start
    return opened.ordinal == before and not is_heads


def _begin_unknown(state: State, line: Line) -> None:
    """Begin a section of the role at hand under a heading that is no label of ours."""
    state.begin(Field.DUTY, line.start, line.depth, is_labelled=False, word=state.page.value[line.body : line.end])
    if state.section:
        state.section.is_unknown = True


def _is_fellow_of_title(state: State, line: Line) -> bool:
    """Whether a numbered line goes on with the numbering of a form's labels, the post's name among them, as a label that
    we do not know: 二、岗位系列：…, where 一、岗位名称：… opened the post."""
    role, before = state.role, state.page.ordinals[line.ordinal].before
    if role is None or role.head is not None or role.title is None:
        return False
    while before >= 0 and (start := state.page.ordinals[before].start) > role.start:
        before = state.page.ordinals[before].before
    return before >= 0 and start == role.start


def _ends_part(state: State, line: Line) -> bool:
    """Whether a numbered heading goes on with a numbering that began before what is being read, or with its head."""
    ordinal = state.page.ordinals[line.ordinal]
    if ordinal.style in CHAPTERS or not state.section:
        return True
    if ordinal.before < 0:
        return False
    before = state.page.ordinals[ordinal.before].start
    return before <= (state.role.start if state.role else state.unit_start if state.unit else -1)
