"""Labels: which open a role, a section or a short field."""

from __future__ import annotations

import re
from typing import Final

from gangwei.label_rows import LabelRow
from gangwei.label_values import last_value
from gangwei.labels import Label
from gangwei.layouts.cuts import CHAPTERS
from gangwei.layouts.outline_columns import (
    REST,
    end_above_list,
    end_of_column,
    end_of_group,
    end_of_heads,
    end_of_share,
    heads_column,
    heads_group,
    is_among_heads,
)
from gangwei.layouts.outline_items import SMALL_AMONG_OTHERS, is_of_section, keeps
from gangwei.layouts.outline_names import (
    called_in_title,
    caller_of,
    drop_form_head,
    drop_own_heading,
    heads_part_of_site,
    is_named_above,
    labelled_fields,
    lists_posts,
    named_above,
    named_before,
    names_again,
)
from gangwei.layouts.outline_state import Chapter, OpenRole, State
from gangwei.layouts.section import POSTS, SECTIONS, Section
from gangwei.layouts.subjects import subject_post
from gangwei.layouts.values import post_at_end, short_value, title_between, value_end, without_gloss
from gangwei.model import Entry, Field, Span

_BRACKET: Final = re.compile(r"[(（]([^()（）\s]{2,20})[)）]")
# What stands before a label that ends a sentence about what follows.
_ANNOUNCING: Final = ("具体", "其", "主要", "，", ",", "承担以下", "履行以下", "有以下", "下列", "的")
_WORD: Final = re.compile(r"\w")
_SENTENCE_END: Final = re.compile("[。；;！!\n]")
# Behind 职责 the name of what they ask for; alone, of the duties themselves.
_OF_DUTIES: Final = "职责要求"
_LIABLE: Final = "责任"
_AND_LIABLE: Final = ("和责任", "与责任", "及责任")
# An employer or a part of one.
_OF_ANY_SIZE: Final = ("单位", "所在单位", "用人单位", "用工单位", "所属单位")
_GROUPS: Final = tuple([f"职责{number}" for number in "一二三四五六七八九十"])
_LONGEST_GROUP: Final = 10
# What heads duties with how each is measured beside it.
_WITH_STANDARDS: Final = ("及衡量标准", "与衡量标准", "和衡量标准")
# Among small labels of requirements what somebody must be able to use.
_TOOLS: Final = frozenset(["工具", "可用工具", "工具设备"])


def open_label(state: State, label: Label, following: int) -> int:
    kind, section = label.rule.field, state.section
    if label.rule.keep and not keeps(state, label):
        return label.start
    if section is not None:
        if is_of_section(state, section, label):
            return label.start
        if heads_column(state, section, label) or (kind is Field.ROUTINE and heads_group(state, label)):
            return label.end
        if is_among_heads(state, section, label):
            return label.start
    state.claimed.append((label.start, label.end))
    if label.start in state.beside:
        return _take_beside(state, label, state.beside[label.start])
    if kind in SECTIONS or kind is Field.UNIT:
        _open_section(state, label)
        return end_of_group(state, label) or end_of_heads(state, label) or label.end
    if kind is Field.OTHER:
        if end := end_of_share(state, label):
            return end
        if end := end_of_column(state, label):
            return end
        if end := end_above_list(state, label):
            state.claimed.append((label.end, end))
            state.begin(Field.DUTY, end, 0, is_labelled=False)
            index = state.page.line_index(label.start)
            is_below = end == state.page.lines[index].end
            if state.section and is_below and state.page.lines[index + 1].ordinal < 0:
                state.section.is_card = True  # a paragraph on the post
            return end
        if label.at_line_start and _heads_chapter(state, label):
            state.close()
        _open_other(state, label)
        return label.end
    end = value_end(state.page, label.end, following, state.mentions, is_posts=kind in POSTS)
    if kind is Field.TITLE:
        _open_title(state, label, label.end, end)
    else:
        _take_short_field(state, label, label.end, end)
    if state.role and (state.section is None or (state.section.field in POSTS and state.section.entries)):
        # What follows on lines of its own, without a label, is what the post does.
        state.begin(Field.DUTY, label.start, state.depth_of(label), is_labelled=False)
    return end


def _take_beside(state: State, label: Label, row: LabelRow) -> int:
    """Take a label whose value stands behind a row of labels."""
    start, end = row.values.get(label.start, Span(label.end, label.end))
    if label.rule.field is Field.TITLE:
        _open_title(state, label, start, end)
    elif label.rule.field is not Field.OTHER:
        _take_short_field(state, label, start, end)
    state.section = None
    state.claimed.append((start, end))
    return row.end if label.start == row.labels[-1] else label.end


def _heads_chapter(state: State, label: Label) -> bool:
    """Whether a label heads a chapter by its number: what stands in 伍、联络方式 is said of no post."""
    line = state.page.lines[state.page.line_index(label.end - 1)]
    return line.ordinal >= 0 and state.page.ordinals[line.ordinal].style in CHAPTERS


def _open_other(state: State, label: Label) -> None:
    """A field that no table holds; 其他 among requirements is one of them."""
    depth = state.depth_of(label)
    section = state.section
    is_small = label.word in REST or (label.word in _TOOLS and section is not None and bool(section.keep))
    if is_small and section and section.field is Field.REQUIREMENT:
        state.begin(Field.REQUIREMENT, label.start, depth, is_labelled=True, keep=label.word, word=label.word)
    else:
        state.section = Section(Field.OTHER, label.start, label.end, depth, True, label.word)


def open_behind(state: State, label: Label, previous_end: int) -> int:
    """Take a label whose value stands before it; what stands further before belongs to the section before."""
    start = last_value(state.page.value, previous_end, label.start)
    if label.rule.field is Field.TITLE:
        start = post_at_end(state.page, start, label.start)
    if start > previous_end:
        state.content(previous_end, start)
    state.claimed.append((label.start, label.end))
    if label.rule.field is Field.TITLE:
        _open_title(state, label, start, label.start)
    elif label.rule.field is not Field.OTHER:
        _take_short_field(state, label, start, label.start)
    state.section = None
    return label.end


def _open_title(state: State, label: Label, start: int, end: int) -> None:
    name, span = title_between(state.page, start, end)
    company: Entry | None = None
    if name and (found := called_in_title(state.page, span)):
        name, company = found
    if name and (caller := caller_of(state.page, span)):
        state.finish_role()
        state.pending, state.section = {Field.COMPANY: [caller]}, None
        return
    if (name and lists_posts(state.page, label, span)) or heads_part_of_site(state.page, label, name):
        state.finish_role()
        state.pending, state.section = {}, None
        return
    if name is None and is_named_above(state):
        state.section = None
        return
    if label.is_whole_line and (above := named_above(state.page, label)):
        state.finish_role()
        state.closed = False
        state.role = OpenRole(above, above.start, None, state.pending, depth=state.depth_of(label))
        state.pending = {}
        state.begin(Field.SUMMARY, label.start, state.depth_of(label), is_labelled=True)
        return
    if name is None and (before := named_before(state.page, label)):
        name, span = before, Span(before.start, before.end)
    if name and state.is_of_page() and not state.page.names.is_post(without_gloss(name.text)):
        _open_other(state, label)
        return
    if name and state.role and names_again(state.role, name.text):
        state.section = None
        state.claimed.append((span.start, span.end))
        return
    if name and state.role and state.role.head and state.role.title and state.role.title.text == name.text:
        drop_form_head(state.role)
        if not state.role.sections:  # the fields before the label are those of the form, too: 部门:销售部 职位:销售员
            state.pending = {**labelled_fields(state.role), **state.pending}
            state.role = None
    elif name and state.role and state.role.sections:
        drop_own_heading(state.page, state.role, label, name)
    state.finish_role()
    if name is None:
        # A template, or talk about forms: sections that follow belong to no post.
        state.pending, state.section = {}, None
        state.closed = state.is_template = True
        return
    state.closed = False
    _share_department(state)
    title = state.page.named(name.start, name.end, name.text, f"label {label.word}")
    state.role = OpenRole(title, label.start, None, state.pending, depth=state.depth_of(label))
    if company:
        state.role.fields.setdefault(Field.COMPANY, [company])
    if name.unit:
        entry = state.page.named(span.start, span.end, name.unit, "unit in brackets")
        state.role.fields.setdefault(Field.DEPARTMENT, []).append(entry)
    state.pending = {}
    state.section = None
    state.claimed.append((span.start, span.end))


def _share_department(state: State) -> None:
    """A department that stands alone in its line over several posts (部门：生产部⏎岗位：…⏎岗位：…) is that of each."""
    waiting = state.pending.get(Field.DEPARTMENT)
    if not state.shares_departments:
        return
    if waiting:
        state.shared_department = waiting
    elif state.shared_department:
        state.pending[Field.DEPARTMENT] = state.shared_department


def _take_short_field(state: State, label: Label, start: int, end: int) -> None:
    """Take a department, an employer, superiors or subordinates."""
    kind, rule = label.rule.field, f"label {label.word}"
    if kind not in POSTS:
        state.section = None
        entry = short_value(state.page, start, end, rule)
        if entry and kind is Field.COMPANY and label.word in _OF_ANY_SIZE and _is_part(state, entry.text):
            kind = Field.DEPARTMENT
        if entry:
            state.claimed.append((start, end))
            if kind is Field.COMPANY and entry.text[0] in "'\"" and entry.text[-1] == entry.text[0]:
                entry = entry._replace(text=entry.text.strip("'\""))  # of a front matter
            state.assign(kind, [entry])
        return
    entries = state.posts(start, end, rule)
    state.begin(kind, label.start, state.depth_of(label), is_labelled=True)
    if state.section:
        state.section.entries += entries
    state.assign(kind, entries)


def _is_part(state: State, name: str) -> bool:
    """Whether a name is that of a unit and of no employer."""
    return state.page.names.is_unit(name) and not state.page.names.is_company(name)


def _open_section(state: State, label: Label) -> None:
    _drop_lead_in(state, label)
    kind, depth = label.rule.field, state.depth_of(label)
    if label.word == _OF_DUTIES and state.role and any(s.field is Field.DUTY and s.pieces for s in state.role.sections):
        kind = Field.REQUIREMENT
    if label.word == _LIABLE and state.role and any(s.word.endswith(_AND_LIABLE) for s in state.role.sections):
        kind = Field.AUTHORITY  # the second half of 权力和责任
    if kind is Field.UNIT:
        _open_unit_section(state, label)
        return
    if state.unit and kind in (Field.DUTY, Field.SUMMARY) and not state.role:
        state.begin(Field.UNIT, label.start, depth, is_labelled=True)
        return
    if kind is Field.DUTY and label.is_whole_line and _speaks_of_another(state, label.start):
        state.finish_role()
    named = _named_beside(state, label)
    if named and state.role and state.role.title and state.role.title.text != named.text:
        state.finish_role()
    if state.role is None:
        state.role = OpenRole(None, label.start, fields=state.pending)
        state.pending = {}
        state.closed = False
    state.role.title = state.role.title or named
    above = state.section if state.section and state.section.field is Field.REQUIREMENT else None
    begins_nest = above is not None and (above.is_nest or (not above.pieces and above.end == label.start))
    nested = kind is Field.REQUIREMENT and not label.rule.keep and (begins_nest or _is_among_small(state, label, above))
    keep = label.word if (label.rule.keep and not _heads_part(state, label)) or nested else ""
    state.begin(kind, label.start, depth, is_labelled=True, then=label.rule.then, keep=keep, word=label.word)
    if state.section:
        state.section.group = label.rule.group or _heads_numbered_group(state, label)
        state.section.has_measures = kind is Field.DUTY and label.word.endswith(_WITH_STANDARDS)
        state.section.end = label.end
        state.section.is_nest = nested or (label.rule.keep and above is not None and above.is_nest)


def _heads_numbered_group(state: State, label: Label) -> bool:
    """Whether the number of a group of duties stands right before a label for them: 职责一|职责描述：销售管理"""
    if label.rule.field is not Field.DUTY or not label.has_mark:
        return False
    place = state.page.value.find(label.word, label.start, label.end)  # 职责二 may be a part of the label
    return state.page.value[max(0, place - _LONGEST_GROUP) : place].rstrip(" \n\r:：").endswith(_GROUPS)


def _heads_part(state: State, label: Label) -> bool:
    """Whether a small label is a heading of its own that asks for something: ### 经验要求"""
    is_heading = label.is_whole_line and state.page.lines[state.page.line_index(label.start)].depth > 0
    return is_heading and label.word.endswith("要求")


def _named_beside(state: State, label: Label) -> Entry | None:
    """The post that a bracket behind a section's label names: 岗位职责（绿化工）"""
    bracket = _BRACKET.search(state.page.value, label.start, label.end)
    if bracket is None or not state.page.names.is_post(bracket[1]):
        return None
    return state.page.entry(*bracket.span(1), "in brackets behind a label")


def _is_among_small(state: State, label: Label, above: Section | None) -> bool:
    """Whether a section's label with its value in one line is a small label: it stands behind one, or at the head of
    the section that holds them (任职条件：⏎技能：…)."""
    if above is None or label.is_whole_line or not label.has_mark or not SMALL_AMONG_OTHERS.search(label.word):
        return False
    if state.page.value[label.start] in "【[「〖":
        return False
    return bool(above.keep) or not _WORD.search(state.page.value, above.end, label.start)


def _drop_lead_in(state: State, label: Label) -> None:
    """Take the sentence that a label ends off the section before: 值长对机组全面负责,具体|职责如下： So too the role's own
    name before it: …。厨师长|岗位要求："""
    page, section = state.page, state.section
    if section is None or not section.pieces or section.pieces[-1][1] != label.start:
        return
    start, end = section.pieces[-1]
    end = page.trim(start, end).end if page.value[end - 1] in "\n " else end
    if page.value[end : end + 1] in ("，", ",") and page.lines[page.line_index(end - 1)].ordinal < 0:
        end += 1  # a clause on a line of its own above the label
    own = state.role.title.text if state.role and state.role.title else ""
    if not page.value.endswith((*_ANNOUNCING, own) if own else _ANNOUNCING, start, end):
        return
    ends = [match.end() for match in _SENTENCE_END.finditer(page.value, start, end)]
    begin = ends[-1] if ends else start
    if own and page.value[begin:end].endswith(own) and page.value[begin:end].strip() != own:
        return
    section.pieces[-1:] = [(start, begin)] if begin > start else []
    state.claimed.append((begin, end))


def _speaks_of_another(state: State, place: int) -> bool:
    """Whether the paragraph over a second 岗位职责 has another post for its subject than the role at hand."""
    role = state.role
    if role is None or role.title is None or not any(s.field is Field.DUTY for s in role.sections):
        return False
    subject = subject_post(state.page, place)
    return subject is not None and subject.start > role.title.start and subject.text != role.title.text


def _open_unit_section(state: State, label: Label) -> None:
    """部门职能 and the like: of the unit that the form or the chapter names."""
    name = state.chapter.name if state.chapter else state.unit if state.role is None else None
    if Field.DEPARTMENT in state.pending:
        name = state.pending.pop(Field.DEPARTMENT)[0]
    if name:
        state.finish_role()
        state.unit, state.unit_start = name, label.start
        state.chapter = state.chapter or Chapter(name, 0, state.page.line_index(label.start), label.word)
        state.begin(Field.UNIT, label.start, state.depth_of(label), is_labelled=True, word=label.word)
    else:
        state.section = Section(Field.OTHER, label.start, label.end, state.depth_of(label), True, label.word)
