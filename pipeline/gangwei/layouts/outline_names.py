"""Which post the label of a name stands for where it does not say so itself: a headline behind it, a heading above or before it."""

from __future__ import annotations

import re
from typing import Final

from gangwei.headlines import read_headline
from gangwei.labels import Label
from gangwei.layouts.outline_state import OpenRole, State
from gangwei.model import Entry, Field, Span
from gangwei.name_values import Name
from gangwei.page import Page

_SHORTEST_EMPLOYER: Final = 2
# Among so many labels of a page its front matter stands.
_FRONT_LABELS: Final = 40
_CALLS: Final = re.compile("[征招聘]")
# Words that a careers page heads its vacancies with.
_OF_VACANCIES: Final = re.compile("招聘|招募|热招|在招|校园|社会|空缺|开放")
_LONGEST_HEADING: Final = 24


def called_in_title(page: Page, span: Span) -> tuple[Name, Entry | None] | None:
    """The post and the employer of a page's title that is a headline: title: 晨光书店诚征店长"""
    if not _CALLS.search(page.value, span.start + 1, span.end - 1):
        return _behind_employer(page, span)
    headline = read_headline(page, span.start, span.end)
    if headline is None or not headline.is_call or headline.title is None:
        return None
    if headline.company is None and not headline.is_sure:
        return None
    name = page.names.post(page.value[slice(*headline.title)])
    if name is None:
        return None
    at = headline.title.start
    company = page.entry(*headline.company, "headline") if headline.company else None
    return name._replace(start=at + name.start, end=at + name.end), company


def caller_of(page: Page, span: Span) -> Entry | None:
    """Who calls in a page's title that names no post: title: 望海协会 人才招募"""
    rules = page.rules.titles
    if not page.value.endswith((*rules.ad_notices, *rules.ad_starts), span.start, span.end):
        return None
    if not _CALLS.search(page.value, span.start + 1, span.end):
        return None
    headline = read_headline(page, span.start, span.end)
    if headline is None or headline.title or not (headline.company and headline.is_call):
        return None
    return page.entry(*headline.company, "headline")


def _behind_employer(page: Page, span: Span) -> tuple[Name, None] | None:
    """The post of a title that stands behind the name of the employer whom another field names: title: 好好书店-店长"""
    before, border, text = page.value[span.start : span.end].strip("'\"").partition("-")
    if not border or len(before) < _SHORTEST_EMPLOYER or not page.names.is_post(text):
        return None
    first = page.labels[:_FRONT_LABELS]
    employer = next((label for label in first if label.rule.field is Field.COMPANY and label.has_mark), None)
    if employer is None:
        return None
    named = page.value[employer.end : page.lines[page.line_index(employer.start)].end].strip("：: '\"")
    if not named.startswith(before.strip()):
        return None
    start = page.value.index(text, span.start + len(before))
    return Name(text, start, start + len(text)), None


def heads_part_of_site(page: Page, label: Label, name: Name | None) -> bool:
    """Whether the label is a heading of a careers page under which no post's name stands first: ## 招聘职位"""
    is_heading = label.is_whole_line and page.lines[page.line_index(label.start)].depth > 0
    if not is_heading or not _OF_VACANCIES.search(label.word):
        return False
    return name is None or not page.names.is_post(name.text)


def names_again(role: OpenRole, name: str) -> bool:
    """Whether a label names the post again whose name stands over the facts of an advertisement: 门店实习生⏎学历要求：中专⏎
    招聘岗位：2015届门店实习生"""
    if role.head is None or role.head.tail or role.title is None or not name.endswith(role.title.text):
        return False
    told = [section for section in role.sections if section.pieces]
    return bool(told) and not any(section.is_labelled and not section.keep for section in told)


def lists_posts(page: Page, label: Label, span: Span) -> bool:
    """Whether the label heads a list of the posts that are open, one line each: 招聘岗位：⏎- 会计1名⏎- 出纳1名"""
    index = page.line_index(span.start)
    if index + 1 >= len(page.lines) or page.line_index(label.start) == index:
        return False
    line, below = page.lines[index], page.lines[index + 1]
    if line.ordinal < 0 or below.ordinal < 0 or span.start > line.body:
        return False
    style = page.ordinals[line.ordinal].style
    name = page.names.post(page.value[below.body : below.end]) if page.ordinals[below.ordinal].style == style else None
    return name is not None and page.names.is_post(name.text)


_NUMERALS: Final = frozenset("一二三1234")
_LONGEST_PART: Final = 14
_ENDS: Final = frozenset("。；;，,：:")


def is_named_above(state: State) -> bool:
    """Whether the form's own heading names the post, over the form's first labels (锅炉工岗位说明书⏎岗位名称⏎…)."""
    role = state.role
    if role is None or role.head is None or not role.head.tail or not state.page.names.is_post(role.head.name.text):
        return False
    pieces = [piece for section in role.sections for piece in section.pieces]
    if not pieces:
        return True
    # 一、岗位基本信息 before the labels is no duty.
    text = state.page.value[slice(*pieces[0])].strip()
    if len(pieces) == 1 and len(text) <= _LONGEST_PART and text[:1] in _NUMERALS and _ENDS.isdisjoint(text):
        for section in role.sections:
            section.pieces = []
        return True
    return False


def drop_own_heading(page: Page, role: OpenRole, label: Label, name: Name) -> None:
    """Take the numbered heading of a post's form that runs into its first label for no item of the form before it:
    …能力强（二）督导岗位描述|职务督导"""
    near = page.ordinals_in(label.start - _LONGEST_HEADING, label.start)
    pieces = role.sections[-1].pieces
    if not near or not pieces or pieces[-1][1] <= near[-1].start:
        return
    heading = page.names.heading(page.value[near[-1].end : label.start].strip())
    if heading is not None and heading.tail and heading.name.text == name.text:
        pieces[-1] = pieces[-1][0], max(pieces[-1][0], near[-1].start)


def named_above(page: Page, label: Label) -> Entry | None:
    """The post that the line above a label names where a sentence stands below it: 开票员⏎岗位⏎负责各门店的开票"""
    index = page.line_index(label.start)
    if not 0 < index < len(page.lines) - 1:
        return None
    above, below = page.lines[index - 1], page.lines[index + 1]
    text = page.value[below.body : below.end]
    if below.ordinal >= 0 or page.names.is_post(text) or not page.rules.senses.duty.match(text):
        return None
    is_post = page.names.is_post(page.value[above.body : above.end])
    return page.entry(above.body, above.end, f"above the label {label.word}") if is_post else None


def named_before(page: Page, label: Label) -> Name | None:
    """The post that a form's heading names right before its first label, in one line with it: 仓库主管（岗位说明书）岗位名称"""
    start, end = page.trim(page.lines[page.line_index(label.start)].body, label.start)
    heading = page.names.heading(page.value[start:end])
    if heading is None or heading.kind != "post" or not heading.tail:
        return None
    return heading.name._replace(start=start + heading.name.start, end=start + heading.name.end)


def drop_form_head(role: OpenRole) -> None:
    """Take what stands between a form's heading (出纳员职务说明书) and the label with the same post's name for none of
    its duties: there the form's head begins (一、基本资料 编号：3)."""
    own = role.head.start if role.head else -1
    if not any(section.is_labelled and section.pieces and section.start != own for section in role.sections):
        role.sections = []


def labelled_fields(role: OpenRole) -> dict[Field, list[Entry]]:
    """The short fields of a post that labels announced, and not its heading."""
    labelled = {field: [e for e in entries if e.rule.startswith("label ")] for field, entries in role.fields.items()}
    return {field: entries for field, entries in labelled.items() if entries}
