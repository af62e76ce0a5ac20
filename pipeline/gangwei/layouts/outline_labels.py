"""Labels: which open a role, a section or a short field, and which belong to an item of a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from gangwei.headlines import read_headline
from gangwei.label_rows import LabelRow
from gangwei.label_values import last_value
from gangwei.labels import Label
from gangwei.layouts.columns import row_head
from gangwei.layouts.cuts import CHAPTERS
from gangwei.layouts.indicator_cells import is_column_head
from gangwei.layouts.outline_state import Chapter, OpenRole, State
from gangwei.layouts.reading import POSTS, SECTIONS, Section
from gangwei.layouts.subjects import subject_post
from gangwei.layouts.values import post_at_end, short_value, title_between, value_end
from gangwei.model import Entry, Field, Span
from gangwei.ordinals import DEPTH
from gangwei.page import Line, Page, tidy
from gangwei.rulebook.columns import NUMBER, TARGET
from gangwei.titles import Name

_LONGEST_ASIDE: Final = 40
_OF_SHARES: Final = ("百分比", "比重", "比例")
_SHARE: Final = re.compile(r"[ ]?\d{1,3}[ ]?[%％][ \u3000]?")
_SHORTEST_PROSE: Final = 12
_FIRST_ITEMS: Final = 3
_BRACKET: Final = re.compile(r"[(（]([^()（）\s]{2,20})[)）]")
_FEWEST_HEADS: Final = 3
_MOST_HEADS: Final = 8
_LONGEST_COLUMN: Final = 12
# What stands before a label that ends a sentence about what follows.
_ANNOUNCING: Final = ("具体", "其", "主要", "，", ",", "承担以下", "履行以下", "有以下", "下列", "的")
_WORD: Final = re.compile(r"\w")
_CALLS: Final = re.compile("[征招聘]")
_SENTENCE_END: Final = re.compile("[。；;！!\n]")
# What names a section of requirements and, among small labels, one of them: 学历：…⏎技能：…
_SMALL_AMONG_OTHERS: Final = re.compile("(?:技能|能力|素质|知识|素养)(?:要求)?$")
# Behind 职责 the name of what they ask for; alone, of the duties themselves.
_OF_DUTIES: Final = "职责要求"
_LIABLE: Final = "责任"
_AND_LIABLE: Final = ("和责任", "与责任", "及责任")
# An employer or a part of one.
_OF_ANY_SIZE: Final = ("单位", "所在单位", "用人单位", "用工单位", "所属单位")
# Of an advertisement, whatever list they stand in.
_OF_ADS: Final = re.compile(
    "薪|工资|待遇|福利|地点|地址|时间|联系|电话|邮箱|报名|备注|人数|编号|说明|日期|名额|来源|链接"
)
# What heads duties with how each is measured beside it.
_WITH_STANDARDS: Final = ("及衡量标准", "与衡量标准", "和衡量标准")
# Labels that stay with the field that they close.
_MOST_COLUMNS: Final = 8
_REST: Final = frozenset(["其他", "其它"])
# Among small labels of requirements what somebody must be able to use.
# Words that a careers page heads its vacancies with.
_OF_VACANCIES: Final = re.compile("招聘|招募|热招|在招|校园|社会|空缺|开放")
_TOOLS: Final = frozenset(["工具", "可用工具", "工具设备"])


def open_label(state: State, label: Label, following: int) -> int:
    kind = label.rule.field
    if (label.rule.keep and not _keeps(state, label)) or _is_item(state, label) or _goes_on_list(state, label):
        return label.start
    if _heads_column(state, label) or _heads_group(state, label):
        return label.end
    if _is_among_heads_of_indicators(state, label):
        return label.start
    if _heads_last_group(state, label):
        return label.start
    state.claimed.append((label.start, label.end))
    if row := state.beside.get(label.start):
        return _take_beside(state, label, row)
    if kind in SECTIONS or kind is Field.UNIT:
        _open_section(state, label)
        return _end_of_group(state, label) or label.end
    if kind is Field.OTHER:
        if end := _end_of_share(state, label):
            return end
        if end := _end_of_column(state, label):
            return end
        if end := _end_above_list(state, label):
            state.claimed.append((label.end, end))
            state.begin(Field.DUTY, end, 0, is_labelled=False)
            below = state.page.lines[state.page.line_index(label.start) + 1]
            if state.section and below.ordinal < 0:
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
    """Take a label whose value stands in the line below it, in its column."""
    start, end = row.values.get(label.start, Span(label.end, label.end))
    if label.rule.field is Field.TITLE:
        _open_title(state, label, start, end)
    elif label.rule.field is not Field.OTHER:
        _take_short_field(state, label, start, end)
    state.section = None
    state.claimed.append((start, end))
    return state.page.lines[row.line].end if label.start == row.labels[-1] else label.end


def _heads_chapter(state: State, label: Label) -> bool:
    """Whether a label heads a chapter by its number: what stands in 伍、联络方式 is said of no post."""
    line = state.page.lines[state.page.line_index(label.end - 1)]
    return line.ordinal >= 0 and state.page.ordinals[line.ordinal].style in CHAPTERS


def _open_other(state: State, label: Label) -> None:
    """A field that no table holds; 其他 among requirements is one of them."""
    depth = state.depth_of(label)
    section = state.section
    is_small = label.word in _REST or (label.word in _TOOLS and section is not None and bool(section.keep))
    if is_small and section and section.field is Field.REQUIREMENT:
        state.begin(Field.REQUIREMENT, label.start, depth, is_labelled=True, keep=label.word, word=label.word)
    else:
        state.section = Section(Field.OTHER, label.start, label.end, depth, True, label.word)


def _end_of_share(state: State, label: Label) -> int:
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


def _end_of_column(state: State, label: Label) -> int:
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


def _heads_last_group(state: State, label: Label) -> bool:
    """Whether 其他 goes on with the numbers of the groups of duties above it: 一、销售 … 二、质量 … 三、其他"""
    section = state.section
    if label.word not in _REST or section is None or section.field is not Field.DUTY or not section.pieces:
        return False
    line = state.page.lines[state.page.line_index(label.start)]
    ordinal = state.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
    if ordinal is None or ordinal.before < 0 or not label.is_whole_line:
        return False
    return state.page.ordinals[ordinal.before].start >= section.pieces[0][0]


def _end_above_list(state: State, label: Label) -> int:
    """Where the line of a field that no table holds ends, where a list of what the post does begins below it (薪水：面议⏎
    1、负责…), or 0."""
    page, role = state.page, state.role
    if role is None or role.title is None or any(s.pieces for s in role.sections):
        return 0
    index = page.line_index(label.start)
    line = page.lines[index]
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


def _heads_column(state: State, label: Label) -> bool:
    """Whether a label stands in a row of column heads over one list (序号 职责 负责程度 1…), behind the list's own."""
    section = state.section
    if section is None or section.field not in SECTIONS or section.pieces:
        return False
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


def _is_among_heads_of_indicators(state: State, label: Label) -> bool:
    """Whether a label in a line of its own is the head of a column of indicators, a cell a line, below the label that opens
    them: 考核指标⏎权重⏎目标值⏎账物相符率⏎…"""
    page, section = state.page, state.section
    if section is None or section.field is not Field.KPI or label.rule.field not in (Field.KPI, Field.OTHER):
        return False
    if not label.is_whole_line or label.has_mark:
        return False
    first, last = page.line_index(section.start), page.line_index(label.end - 1)
    return last - first <= _MOST_COLUMNS and all(
        line.ordinal < 0 and is_column_head(page, line.start, line.end) for line in page.lines[first + 1 : last + 1]
    )


def _heads_group(state: State, label: Label) -> bool:
    """Whether a numbered label heads one of the groups of a post's duties, whose other groups have names of their own:
    一、日常工作 before 二、销售支持, both below 内勤岗位职责."""
    page, role, section = state.page, state.role, state.section
    if label.rule.field is not Field.ROUTINE or not label.is_whole_line or role is None:
        return False
    line = page.lines[page.line_index(label.start)]
    if line.ordinal < 0:
        return False
    if role.head is None or section is None or section.field is not Field.DUTY or section.start != role.head.start:
        return False
    following = page.ordinal_behind(line.ordinal)
    return following is not None and all(other.start != following.start for other in page.labels)


def _end_of_group(state: State, label: Label) -> int:
    """Where the line of a numbered label ends that says what a group of duties is about, above their list, as others of the
    form do: （一）职责描述：日常检验⏎1、取样…⏎（二）职责描述：…; or 0."""
    page, section = state.page, state.section
    index = page.line_index(label.end - 1)
    line = page.lines[index]
    if section is None or section.field is not Field.DUTY or not label.has_mark or line.ordinal < 0:
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
        head = row_head(page.rules, page.value[line.start : line.end]) if line.ordinal < 0 else None
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


def _is_item(state: State, label: Label) -> bool:
    """Whether a label heads one item of the requirements (3知识技能:熟悉…), or is one (职称 among them)."""
    if state.section is None or state.section.field is not Field.REQUIREMENT:
        return False
    if label.rule.field is Field.TITLE:
        names_post = state.role is not None and state.role.title is not None and "职称" in state.role.title.rule
        return label.word == "职称" and not names_post
    line = state.page.lines[state.page.line_index(label.start)]
    if line.ordinal >= 0 and state.section.is_labelled and label.has_mark and not label.is_whole_line:
        bulleted = state.page.ordinals[line.ordinal].style == "bullet" and label.start <= line.body
        if (
            bulleted
            and _SMALL_AMONG_OTHERS.search(label.word)
            and _WORD.search(state.page.value, state.section.end, label.start)
        ):
            return True
    numbered = state.page.value[label.start : label.start + 1].isdigit() and not label.is_whole_line
    is_section = label.rule.field is Field.REQUIREMENT and not label.rule.keep
    return numbered and is_section and state.section.is_labelled


def _goes_on_list(state: State, label: Label) -> bool:
    """Whether a numbered label of nothing that we look for goes on with a list whose items are no labels (4、社保：办理增减员)."""
    page, section = state.page, state.section
    if section is None or section.field not in SECTIONS or label.rule.field is not Field.OTHER:
        return False
    if label.rule.strength == "strong" or _OF_ADS.search(label.word):
        return False
    line = page.lines[page.line_index(label.start)]
    before = page.ordinals[line.ordinal].before if line.ordinal >= 0 and not label.is_whole_line else -1
    if before < 0 or label.start > line.body:
        return False
    above = page.lines[page.line_index(page.ordinals[before].start)]
    return all(not above.start <= other.start <= above.body for other in page.labels)


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


def _keeps(state: State, label: Label) -> bool:
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


def _open_title(state: State, label: Label, start: int, end: int) -> None:
    name, span = title_between(state.page, start, end)
    company: Entry | None = None
    if name and (called := _called(state.page, span)):
        name, company = called
    if (name and _lists_posts(state.page, label, span)) or _heads_part_of_site(state.page, label, name):
        state.finish_role()
        state.pending, state.section = {}, None
        return
    if name is None and _is_named_above(state):
        state.section = None
        return
    if name and state.is_of_page() and not state.page.names.is_post(name.text):
        _open_other(state, label)
        return
    if name and state.role and _names_again(state.role, name.text):
        state.section = None
        state.claimed.append((span.start, span.end))
        return
    if name and state.role and state.role.head and state.role.title and state.role.title.text == name.text:
        _drop_form_head(state.role)
    state.finish_role()
    if name is None:
        # A template, or talk about forms: sections that follow belong to no post.
        state.pending, state.section = {}, None
        state.closed = state.is_template = True
        return
    state.closed = False
    _share_department(state)
    title = state.page.entry(name.start, name.end, f"label {label.word}")._replace(text=name.text)
    state.role = OpenRole(title, label.start, None, state.pending, depth=state.depth_of(label))
    if company:
        state.role.fields.setdefault(Field.COMPANY, [company])
    if name.unit:
        entry = state.page.entry(span.start, span.end, "unit in brackets")._replace(text=name.unit)
        state.role.fields.setdefault(Field.DEPARTMENT, []).append(entry)
    state.pending = {}
    state.section = None
    state.claimed.append((span.start, span.end))


def _called(page: Page, span: Span) -> tuple[Name, Entry | None] | None:
    """The post and the employer of a page's title that is a headline: title: 晨光书店诚征店长"""
    if not _CALLS.search(page.value, span.start + 1, span.end - 1):
        return None
    headline = read_headline(page, span.start, span.end)
    if headline is None or not headline.is_call or headline.title is None or headline.company is None:
        return None
    name = page.names.post(page.value[slice(*headline.title)])
    if name is None:
        return None
    at = headline.title.start
    return name._replace(start=at + name.start, end=at + name.end), page.entry(*headline.company, "headline")


def _heads_part_of_site(page: Page, label: Label, name: Name | None) -> bool:
    """Whether the label is a heading of a careers page under which no post's name stands first: ## 招聘职位"""
    is_heading = label.is_whole_line and page.lines[page.line_index(label.start)].depth > 0
    if not is_heading or not _OF_VACANCIES.search(label.word):
        return False
    return name is None or not page.names.is_post(name.text)


def _names_again(role: OpenRole, name: str) -> bool:
    """Whether a label names the post again whose name stands over the facts of an advertisement: 门店实习生⏎学历要求：中专⏎
    招聘岗位：2015届门店实习生"""
    if role.head is None or role.head.tail or role.title is None or not name.endswith(role.title.text):
        return False
    told = [section for section in role.sections if section.pieces]
    return bool(told) and not any(section.is_labelled and not section.keep for section in told)


def _lists_posts(page: Page, label: Label, span: Span) -> bool:
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


def _is_named_above(state: State) -> bool:
    """Whether the form's own heading names the post, over the form's first labels (锅炉工岗位说明书⏎岗位名称⏎…)."""
    role = state.role
    if role is None or role.head is None or any(section.pieces for section in role.sections):
        return False
    return bool(role.head.tail) and state.page.names.is_post(role.head.name.text)


def _drop_form_head(role: OpenRole) -> None:
    """Take what stands between a form's heading (出纳员职务说明书) and the label with the same post's name for none of
    its duties: there the form's head begins (一、基本资料 编号：3)."""
    own = role.head.start if role.head else -1
    if not any(section.is_labelled and section.pieces and section.start != own for section in role.sections):
        role.sections = []


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
        state.section.group = label.rule.group
        state.section.has_measures = kind is Field.DUTY and label.word.endswith(_WITH_STANDARDS)
        state.section.end = label.end
        state.section.is_nest = nested or (label.rule.keep and above is not None and above.is_nest)


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
    if above is None or label.is_whole_line or not label.has_mark or not _SMALL_AMONG_OTHERS.search(label.word):
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
