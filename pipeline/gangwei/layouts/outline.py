"""Documents that are read from top to bottom: forms, labelled lines, headings with lists.

Labels and headings cut the text. A heading or a title's label opens a role, a section's label opens a section, and what
lies between belongs to the last one opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gangwei.company import find_company
from gangwei.head import Head
from gangwei.label_rows import label_rows
from gangwei.labels import Label, values_stand_before
from gangwei.layouts.cuts import Answer, Cut, Stamp, read_cuts
from gangwei.layouts.employers import Employer, entry_of
from gangwei.layouts.outline_headings import open_heading
from gangwei.layouts.outline_heads import open_head
from gangwei.layouts.outline_labels import open_behind, open_label
from gangwei.layouts.outline_state import Outline, State
from gangwei.layouts.reading import Reading
from gangwei.layouts.section import POSTS, SECTIONS
from gangwei.model import Field, Span
from gangwei.ordinals import DEPTH
from gangwei.page import Line, Page

# The short fields of a form's head.
_HEAD_FIELDS: Final = POSTS | {Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.OTHER}
_LONGEST_FORM_HEAD: Final = 60
_LONGEST_FORM_NAME: Final = 24
_LONGEST_OVER: Final = 12
_FORM_NAME: Final = re.compile(
    r"(?:岗位|职务|职位|工作)[\u4e00-\u9fff]{0,6}(?:说明书|阐明书|规范|描述表|描述书|说明卡|任务书|责任书)[\s\d第共页]*$"
)
_ENDS: Final = re.compile("[。；;，,]")


def outline_of(page: Page) -> Outline:
    """The cuts of a page, its employer, and on which side of its labels the values stand."""
    values_before = values_stand_before(page.value, page.labels, page.names)
    rows = label_rows(page)
    return Outline(*read_cuts(page, rows), find_company(page), values_before, rows)


def read_outline(page: Page, outline: Outline, taken: Sequence[Span] = ()) -> Reading:
    """What the page says outside the stretches that another layout has taken, read as an outline."""
    state = State(page, outline, taken)
    previous_end = 0
    for index, cut in enumerate(state.cuts):
        thing = cut.thing
        if state.values_before and isinstance(thing, Label) and _has_value_before(state, thing):
            previous_end = open_behind(state, thing, previous_end)
            continue
        if previous_end < cut.start:
            state.content(previous_end, _before_form_head(state, previous_end, cut))
        following = state.cuts[index + 1].start if index + 1 < len(state.cuts) else len(page.value)
        previous_end = _open(state, cut, following)
    state.content(previous_end, len(page.value))
    state.finish_role()
    state.adopt_orphans()
    roles, company = state.employed()
    return Reading(roles, tuple(state.units), company, tuple(state.claimed), "outline")


def _has_value_before(state: State, label: Label) -> bool:
    """Whether a label is one of a form's head; one without a field of ours that ends a list closes the form (签字：)."""
    if label.rule.field is Field.OTHER and label.has_mark and state.section and state.section.field in SECTIONS:
        return False
    return label.rule.field in _HEAD_FIELDS


def _before_form_head(state: State, start: int, cut: Cut) -> int:
    """Where the text before a form's first label ends: before the form's own heading (某某公司岗位说明书)."""
    if not isinstance(cut.thing, Label) or cut.thing.rule.field not in _HEAD_FIELDS:
        return cut.start
    if match := _FORM_NAME.search(state.page.value, max(start, cut.start - _LONGEST_FORM_NAME), cut.start):
        cut = cut._replace(start=match.start())
    if state.company is None:
        return cut.start
    place = state.page.value.rfind(state.company.text, max(start, cut.start - _LONGEST_FORM_HEAD), cut.start)
    if place < 0 or _ENDS.search(state.page.value, place, cut.start):
        return cut.start
    return place


def _open(state: State, cut: Cut, following: int) -> int:
    """Take what begins at a cut; returns where the text that it opens begins."""
    thing = cut.thing
    if isinstance(thing, Label):
        return open_label(state, thing, following)
    if isinstance(thing, Head):
        return open_head(state, thing)
    if isinstance(thing, Span):
        state.close()
        return cut.end
    if isinstance(thing, Employer) and state.employ(entry_of(state.page, thing)):
        return cut.end
    if isinstance(thing, Employer):
        state.borders.append(cut.start)
        state.close()
        state.employer, state.employer_at = entry_of(state.page, thing), cut.start
        return cut.end
    if isinstance(thing, Stamp):
        state.part(thing.start)
        return cut.end
    if isinstance(thing, Answer):
        return _open_answer(state, thing, cut)
    open_heading(state, thing)
    goes_on = state.section is not None and not state.section.is_unknown and not state.closed
    goes_on = goes_on and not _is_over_items(state, thing, following)
    return cut.start if goes_on else cut.end


def _is_over_items(state: State, line: Line, following: int) -> bool:
    """Whether a short numbered heading stands right over an item that a label begins: 三、其他条件⏎- 健康状况：…"""
    page = state.page
    index = page.line_index(line.start)
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if line.ordinal < 0 or below is None or below.ordinal < 0 or not below.start <= following <= below.body:
        return False
    is_named = page.value.endswith(("条件", "要求"), line.body, line.end)
    is_bare = is_named or not page.rules.senses.duty.match(page.value, line.body)
    is_bare = is_bare and line.end - line.body <= _LONGEST_OVER
    return is_bare and DEPTH[page.ordinals[below.ordinal].style] > DEPTH[page.ordinals[line.ordinal].style]


def _open_answer(state: State, answer: Answer, cut: Cut) -> int:
    if state.role is None or (answer.subject and answer.subject != (state.role.title and state.role.title.text)):
        return cut.start
    entry = state.page.entry(answer.start, answer.end, "answers to")
    state.role.fields.setdefault(Field.SUPERVISOR, [entry])
    state.claimed.append((cut.start, cut.end))
    return cut.end
