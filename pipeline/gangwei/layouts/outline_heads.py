"""Heads of posts and units: which open a role or a unit, which go on with one, which name one in passing."""

from __future__ import annotations

import re
from typing import Final

from gangwei.head import Head
from gangwei.labels import Label
from gangwei.layouts.cuts import CHAPTERS
from gangwei.layouts.item_senses import sense_of
from gangwei.layouts.outline_state import Chapter, OpenRole, State
from gangwei.layouts.section import POSTS
from gangwei.layouts.subjects import subject_post
from gangwei.model import Field, FoundRole, FoundUnit, Span
from gangwei.page import Line
from gangwei.rolls import is_roll
from gangwei.sentences import sentences
from gangwei.speakers import is_article

_NUMBERED_CHAPTERS: Final = CHAPTERS | {"han", "two", "digit"}
_MENTION_LOOK: Final = 60
_HEADING_LOOK: Final = 8
_HEADING_STYLES: Final = CHAPTERS | {"han", "条"}
_LONGEST_CHAPTER: Final = 20
_SECTION_LOOK: Final = 40
_ROUND_NAME: Final = "*_：: "
_TELLS_DUTIES: Final = re.compile("职责(?!.{0,6}(?:要求|资格|条件))")
# What a unit is, how it is made up: 理事会：理事会是最高权力机构
_IS_SET_UP: Final = re.compile(
    "[ ]?(?:[\u4e00-\u9fff]{2,8}(?<!职[能责])(?<!任务)(?<!工作)(?:是|为|由)|由|是|本[\u4e00-\u9fff]{1,4}(?:设|由))"
)
# Who works there, all of them.
_COLLECTIVE: Final = ("人员", "干部", "成员", "员工", "职工")
# A bare name, the line that tells of it, the next name.
_PAIR: Final = 2
# A sentence that says nothing else: 其责任对销售经理负责。
_ANSWERS: Final = re.compile(
    "(?:其责任|其|工作上)?直?接?(?:对|向)(?P<post>[^，。；、,;]{2,12}?)(?:负责|汇报工作|报告工作|汇报)[。；;]?"
)


def _names_page(state: State, head: Head) -> bool:
    """Whether a bare name in a page's text is the post that its front matter names in full: 产品经理 for 资深产品经理."""
    title = state.role.title if state.role else None
    return title is not None and state.is_of_page() and not head.tail and title.text.endswith(head.name.text)


def open_head(state: State, head: Head) -> int:
    if _is_value_below(state, head):
        return head.end
    if (head.mentions and not _takes_mentions(state, head)) or _names_page(state, head):
        return head.start
    was_in_article = state.in_article
    state.in_article = head.end > head.start and is_article(state.page, state.page.lines[head.line])
    if head.mentions:
        return _take_mention(state, head)
    if head.kind == "unit":
        return _open_unit(state, head)
    state.claimed.append((head.start, head.end))
    if _goes_on(state, head):
        state.in_article = state.in_article or was_in_article
        if head.superior and state.role:
            state.role.fields.setdefault(Field.SUPERVISOR, [state.page.entry(*head.superior, "answers to")])
        state.begin(
            head.field or Field.DUTY, head.start, head.depth, is_labelled=head.field is not None, word=head.tail
        )
        if state.section:
            state.section.is_rowed = head.in_row
        return head.end
    page = state.page
    state.finish_role()
    state.closed = False
    state.unit = None
    over = _section_over(state, head)
    if _comes_back(state, head, over):
        kind = over.rule.field if over else head.field or Field.DUTY
        state.begin(kind, head.start, head.depth, is_labelled=True, word=over.word if over else head.tail)
        return head.end
    if state.chapter and not state.stands_in(state.chapter, page.lines[head.line]):
        state.chapter = None
    rule = f"heading: post + {head.tail}" if head.tail else "heading: post"
    role = state.role = OpenRole(page.entry(head.name.start, head.name.end, rule), head.start, head)
    if head.superior:
        role.fields[Field.SUPERVISOR] = [page.entry(*head.superior, "answers to")]
    if head.name.unit:
        entry = page.entry(head.start, head.end, "unit in brackets")
        role.fields[Field.DEPARTMENT] = [entry._replace(text=head.name.unit)]
    if head.department:
        role.fields[Field.DEPARTMENT] = [page.entry(*head.department, "headline")]
    if head.company:
        role.fields[Field.COMPANY] = [page.entry(*head.company, "headline")]
    for key, entries in state.pending.items():
        role.fields.setdefault(key, []).extend(entries)
    state.pending = {}
    role.tails.add(head.tail)
    role.in_article = state.in_article
    if over:
        role.in_section = True
        state.begin(over.rule.field, head.start, head.depth, is_labelled=True, word=over.word)
    else:
        state.begin(
            head.field or Field.DUTY, head.start, head.depth, is_labelled=head.field is not None, word=head.tail
        )
    if state.section:
        state.section.is_rowed = head.in_row
    if head.is_card and state.section:
        state.section.is_card = True
    elif head.in_list and state.section and head.end < page.lines[head.line].end:
        state.section.is_told, state.section.end = True, head.end
    return head.end


def _is_value_below(state: State, head: Head) -> bool:
    """Whether a name stands on the line below 直接下级 and is that field's value: then it is taken."""
    waiting = state.section
    if waiting is None or waiting.field not in POSTS or waiting.entries:
        return False
    if head.tail or head.depth or head.mentions:
        return False
    waiting.entries += state.posts(head.name.start, head.name.end, "value on the next line")
    if state.role:
        state.role.fields.setdefault(waiting.field, []).extend(waiting.entries)
    return True


def _section_over(state: State, head: Head) -> Label | None:
    """The heading of a section that holds several posts, each under its bare name: ## 工作内容⏎**店员**⏎…⏎**店长**"""
    page = state.page
    if head.tail or head.in_row or head.field or page.lines[head.line].depth:
        return None
    above = next((i for i in range(head.line - 1, max(-1, head.line - _SECTION_LOOK), -1) if page.lines[i].depth), None)
    mark = -1 if above is None else page.marks.label[above]
    if above is None or mark < 0 or not page.labels[mark].is_whole_line:
        return None
    label, below = page.labels[mark], page.lines[above + 1]
    if label.rule.field not in (Field.DUTY, Field.REQUIREMENT) or label.rule.keep:
        return None
    name = page.names.post(page.value[below.body : below.end].strip(_ROUND_NAME))
    return label if name and page.names.is_post(name.text) else None


def _comes_back(state: State, head: Head, over: Label | None) -> bool:
    """Whether an article, or a section that holds several posts, goes on with a post of one before it: the post is read
    on, and is still one."""
    known = state.by_article.get(head.name.text) if over or (state.in_article and head.tail) else None
    if known is None:
        return False
    state.role, built = known
    state.roles.remove(built)
    if head.superior:
        state.role.fields.setdefault(Field.SUPERVISOR, [state.page.entry(*head.superior, "answers to")])
    return True


def _goes_on(state: State, head: Head) -> bool:
    """Whether a head goes on with the post being read: 督导的基本素质, then 督导的工作内容."""
    role = state.role
    if role is None:
        return False
    if not head.tail:  # the next slide of the same post
        same = role.head is not None and role.head.name.text == head.name.text
        return same and ((head.in_row and role.head is not None and role.head.in_row) or _asks_for(state, head))
    if role.title is None:
        subject = subject_post(state.page, role.start)
        if subject and subject.text == head.name.text:
            role.title, role.head = subject, head
    if role.head is None or role.head.name.text != head.name.text or head.tail in role.tails:
        return False
    if head.number or role.head.number or _is_part(state, head):
        return False
    role.tails.add(head.tail)
    if head.name.unit:
        entry = state.page.entry(head.start, head.end, "stands in")
        role.fields.setdefault(Field.DEPARTMENT, [entry._replace(text=head.name.unit)])
    return True


def _asks_for(state: State, head: Head) -> bool:
    """Whether what is asked stands below the post's name again, and what it does stood under a label before: 工作内容⏎…⏎店员
    （1名）⏎任职要求"""
    role, page = state.role, state.page
    fields = {section.field for section in role.sections if section.is_labelled and section.pieces} if role else set()
    index = head.line + 1
    label = page.marks.label[index] if index < len(page.lines) else -1
    return fields == {Field.DUTY} and label >= 0 and page.labels[label].rule.field is Field.REQUIREMENT


def _is_part(state: State, head: Head) -> bool:
    """Whether a head stands on a line with a part's number (第2篇：店长岗位职责)."""
    line = state.page.lines[head.line]
    return line.ordinal >= 0 and state.page.ordinals[line.ordinal].style in CHAPTERS


def _takes_mentions(state: State, head: Head) -> bool:
    """Whether a name with a colon and a sentence (司机：负责送货) opens something here, not an item of a list."""
    line = state.page.lines[head.line]
    owner = state.role.title if state.role else state.unit
    if owner and state.section and owner.text.startswith(head.name.text) and not head.in_list:
        return False  # the post's own list: 第九条 矿长是…第一责任人
    if state.page.value[head.end - 1] in ":：" and is_roll(state.page.value[head.end : line.end], state.page.names):
        return False
    if head.kind == "unit" and _IS_SET_UP.match(state.page.value, head.end):
        return False
    if line.ordinal >= 0 and state.page.ordinals[line.ordinal].style == "条":
        return True
    if _goes_on_numbering(state, line):
        return True
    if head.in_list and (state.role is None or state.role.title is None or state.closed or state.section is None):
        return True
    title = state.role.title.text if state.role and state.role.title else ""
    if head.in_list and (title[:1] == "各" or title.endswith(_COLLECTIVE)):
        return True  # 班干部职责⏎1. 班长：负责…
    is_bracket = state.page.value[head.end - 1] in "(（"
    in_row = head.line - 1 in state.mentions or head.line + 1 in state.mentions
    is_list = state.section is None or state.section.field in POSTS or state.closed or _is_below_pair(state, head, line)
    if not is_list and not (in_row and is_bracket):
        return False
    text = state.page.value[head.end : min(line.end, head.end + _MENTION_LOOK)].lstrip()
    if is_bracket or (head.kind == "unit" and in_row):
        return True
    if _is_among_others(state, head, line):
        return False
    return bool(state.page.rules.senses.duty.match(text))


def _is_below_pair(state: State, head: Head, line: Line) -> bool:
    """Whether the post at hand is a bare name over one line, below which a list of posts goes on with theirs behind
    colons: 订单员⏎受理订单。⏎采购助理：整理单据。"""
    own = state.role.head if state.role else None
    if own is None or own.tail or own.mentions or line.ordinal >= 0 or head.kind != "post":
        return False
    return head.line == own.line + _PAIR and state.page.lines[own.line + 1].ordinal < 0


def _is_among_others(state: State, head: Head, line: Line) -> bool:
    """Whether a numbered line stands in a list whose other lines name nobody."""
    if line.ordinal < 0 or head.in_list:
        return False
    ordinals = state.page.ordinals
    return ordinals[line.ordinal].before >= 0 or any(o.before == line.ordinal for o in ordinals[line.ordinal + 1 :])


def _goes_on_numbering(state: State, line: Line) -> bool:
    """Whether a line's number follows that of the head of the post being read."""
    ordinal = state.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
    if ordinal is None or ordinal.before < 0 or state.role is None or state.role.head is None:
        return False
    return state.page.line_index(state.page.ordinals[ordinal.before].start) == state.role.head.line


def _take_mention(state: State, head: Head) -> int:
    """Take a post or a unit with its one line of text; returns the line's end."""
    page = state.page
    line_end = head.stop or page.lines[head.line].end
    spans = [page.trim(start, end) for start, end in sentences(page, head.end, line_end, is_wrapped=head.stop > 0)]
    if page.value[head.end - 1] in "(（":
        spans = [Span(s.start, s.end - 1) if page.value[s.end - 1] in ")）" else s for s in spans]
    answers = [_superior_in(state, span) if head.kind == "post" else None for span in spans]
    superiors = tuple(page.entry(*answer, "answers to") for answer in answers if answer)
    spans = [span for span, answer in zip(spans, answers, strict=True) if not answer]
    entries = tuple(page.entry(span.start, span.end, "mention") for span in spans)
    name = page.entry(head.name.start, head.name.end, "mention")
    state.finish_role()
    state.closed = True
    state.claimed.append((head.start, line_end))
    if head.kind == "unit":
        state.units.append(FoundUnit(name, entries))
        return line_end
    raw = page.text.raw_span(head.start, line_end)
    stands = state.chapter and state.stands_in(state.chapter, page.lines[head.line])
    department = state.chapter.name if state.chapter and stands else None
    is_told = _is_under_duties(state, head)
    wanted = [not is_told and sense_of(page, entry.text) is Field.REQUIREMENT for entry in entries]
    state.roles.append(
        FoundRole(
            name,
            company=state.employer,
            department=department,
            supervisors=superiors,
            duties=tuple([entry for entry, is_wanted in zip(entries, wanted, strict=True) if not is_wanted]),
            requirements=tuple([entry for entry, is_wanted in zip(entries, wanted, strict=True) if is_wanted]),
            layout="qa_article",
            start=raw.start,
            end=raw.end,
        )
    )
    return line_end


def _is_under_duties(state: State, head: Head) -> bool:
    """Whether the chapter's heading over a list of posts says that it tells what they do: 一、岗位核心职责与分类."""
    page = state.page
    for line in page.lines[max(0, head.line - _HEADING_LOOK) : head.line][::-1]:
        is_chapter = line.depth > 0 or (line.ordinal >= 0 and page.ordinals[line.ordinal].style in _HEADING_STYLES)
        if is_chapter and line.end - line.body <= _LONGEST_CHAPTER:
            return _TELLS_DUTIES.search(page.value, line.body, line.end) is not None
    return False


def _superior_in(state: State, span: Span) -> Span | None:
    """The superior that a sentence names and says nothing else."""
    match = _ANSWERS.fullmatch(state.page.value, *span)
    names = state.page.names
    is_named = match is not None and (names.is_post(match["post"]) or names.is_unit(match["post"]))
    return Span(*match.span("post")) if match and is_named else None


def _open_unit(state: State, head: Head) -> int:
    if state.section and state.role and not head.tail and not head.depth and head.strength < 1:
        return head.start
    if state.role and not head.tail and _goes_on_groups(state, head):
        return head.start
    state.finish_role()
    name = state.page.entry(head.name.start, head.name.end, "heading: unit")
    line = state.page.lines[head.line]
    is_numbered = line.ordinal >= 0 and state.page.ordinals[line.ordinal].style in _NUMBERED_CHAPTERS
    is_employer = state.company is not None and state.company.text == name.text
    is_title = head.line <= 1 and "岗位" in head.tail and not is_employer  # 机修车间岗位责任制
    is_over_post = not head.tail and (head.line > 1 or (head.line == 1 and head.strength > 0))
    if is_over_post or head.depth or is_numbered or is_title:
        state.chapter = Chapter(name, head.depth, head.line, head.tail)
    state.closed = False
    state.unit, state.unit_start = name, head.start
    state.begin(Field.UNIT, head.start, head.depth, is_labelled=head.field is not None)
    state.claimed.append((head.start, head.end))
    return head.end


def _goes_on_groups(state: State, head: Head) -> bool:
    """Whether a numbered line goes on with the numbers of groups within the post being read (三、交接班)."""
    line = state.page.lines[head.line]
    ordinal = state.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
    if ordinal is None or ordinal.before < 0 or state.role is None:
        return False
    return state.page.ordinals[ordinal.before].start > state.role.start
