"""Documents that are read from top to bottom: forms, labelled lines, headings with lists.

Labels and headings cut the text. A heading or a title's label opens a role, a section's label opens a section, and what
lies between belongs to the last one opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gangwei.company import find_company
from gangwei.head import Head
from gangwei.items import Item, read_items, sentences
from gangwei.label_rows import LabelRow, label_rows
from gangwei.label_values import last_value
from gangwei.labels import Label, values_stand_before
from gangwei.layouts.cuts import BOLD_LINE, CHAPTERS, Answer, Cut, outside, read_cuts
from gangwei.layouts.levels import stands_below
from gangwei.layouts.reading import (
    POSTS,
    SECTIONS,
    Reading,
    Section,
    build_role,
    headline_post,
    subject_post,
)
from gangwei.layouts.values import post_at_end, posts_between, short_value, title_between, value_end
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Line, Page
from gangwei.speakers import is_article

_WORD: Final = re.compile(r"\w")
# The short fields of a form's head.
_HEAD_FIELDS: Final = POSTS | {Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.OTHER}
# Labels that stay with the field that they close.
_REST: Final = frozenset(["其他", "其它"])
_NUMBERED_CHAPTERS: Final = CHAPTERS | {"han", "two", "digit"}
_MENTION_LOOK: Final = 60
_SHORTEST_FUNCTION: Final = 8
_LONGEST_FORM_HEAD: Final = 60
_LONGEST_FORM_NAME: Final = 24
_FORM_NAME: Final = re.compile(
    r"(?:岗位|职务|职位|工作)[\u4e00-\u9fff]{0,6}(?:说明书|阐明书|规范|描述表|描述书|说明卡|任务书|责任书)[\s\d第共页]*$"
)
_ENDS: Final = re.compile("[。；;，,]")


class _Chapter(NamedTuple):
    """The unit whose chapter the text is in, the depth of the chapter's heading, its line, and the word behind the name."""

    name: Entry
    depth: int
    line: int
    tail: str


@dataclass(slots=True)
class _Open:
    """The role being read: filled while its text goes on, frozen by `build_role`."""

    title: Entry | None = None
    start: int = 0
    head: Head | None = None
    fields: dict[Field, list[Entry]] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    depth: int = 0
    tails: set[str] = field(default_factory=set)
    in_article: bool = False


class Outline(NamedTuple):
    """What a page is read by from top to bottom, the same whatever other layouts take of it."""

    cuts: Sequence[Cut]
    mentions: frozenset[int]
    company: Entry | None
    values_before: bool
    rows: tuple[LabelRow, ...]


def outline_of(page: Page) -> Outline:
    """The cuts of a page, its employer, and on which side of its labels the values stand."""
    values_before = values_stand_before(page.value, page.labels, page.names)
    return Outline(*read_cuts(page), find_company(page), values_before, label_rows(page))


def read_outline(page: Page, outline: Outline, taken: Sequence[Span] = ()) -> Reading:
    """What the page says outside the stretches that another layout has taken, read as an outline."""
    return _Reader(page, outline, taken).read()


class _Reader:
    """One pass over the cuts of a page. Its state is what a reader keeps in mind: who and what the text is about."""

    def __init__(self, page: Page, outline: Outline, taken: Sequence[Span]) -> None:
        self.page = page
        self.cuts = outside(outline.cuts, taken)
        self.mentions = outline.mentions
        self.company = outline.company
        self.values_before = outline.values_before
        self.beside = {start: row for row in outline.rows for start in row.labels}
        self.role: _Open | None = None
        self.pending: dict[Field, list[Entry]] = {}
        self.section: Section | None = None
        self.unit: Entry | None = None
        self.unit_start = -1
        self.chapter: _Chapter | None = None
        self.closed = False
        self.in_article = False
        self.is_template = False
        self.by_article: dict[str, tuple[_Open, FoundRole]] = {}
        self.roles: list[FoundRole] = []
        self.orphans: list[_Open] = []
        self.units: list[FoundUnit] = []
        self.claimed: list[tuple[int, int]] = []

    def read(self) -> Reading:
        previous_end = 0
        for index, cut in enumerate(self.cuts):
            thing = cut.thing
            if self.values_before and isinstance(thing, Label) and self._has_value_before(thing):
                previous_end = self._open_behind(thing, previous_end)
                continue
            self._content(previous_end, self._before_form_head(previous_end, cut))
            following = self.cuts[index + 1].start if index + 1 < len(self.cuts) else len(self.page.value)
            previous_end = self._open(cut, following)
        self._content(previous_end, len(self.page.value))
        self._finish_role()
        self._adopt_orphans()
        return Reading(tuple(self.roles), tuple(self.units), self.company, tuple(self.claimed), "outline")

    def _has_value_before(self, label: Label) -> bool:
        """Whether a label is one of a form's head; one without a field of ours that ends a list closes the form (签字：)."""
        if label.rule.field is Field.OTHER and label.has_mark and self.section and self.section.field in SECTIONS:
            return False
        return label.rule.field in _HEAD_FIELDS

    def _before_form_head(self, start: int, cut: Cut) -> int:
        """Where the text before a form's first label ends: before the form's own heading (某某公司岗位说明书)."""
        if not isinstance(cut.thing, Label) or cut.thing.rule.field not in _HEAD_FIELDS:
            return cut.start
        if match := _FORM_NAME.search(self.page.value, max(start, cut.start - _LONGEST_FORM_NAME), cut.start):
            cut = cut._replace(start=match.start())
        if self.company is None:
            return cut.start
        place = self.page.value.rfind(self.company.text, max(start, cut.start - _LONGEST_FORM_HEAD), cut.start)
        if place < 0 or _ENDS.search(self.page.value, place, cut.start):
            return cut.start
        return place

    # What a cut opens

    def _open(self, cut: Cut, following: int) -> int:
        """Take what begins at a cut; returns where the text that it opens begins."""
        thing = cut.thing
        if isinstance(thing, Head):
            return self._open_head(thing)
        if isinstance(thing, Label):
            return self._open_label(thing, following)
        if isinstance(thing, Span):
            self._close()
            return cut.end
        if isinstance(thing, Answer):
            return self._open_answer(thing, cut)
        self._open_heading(thing)
        goes_on = self.section is not None and not self.section.is_unknown and not self.closed
        return cut.start if goes_on else cut.end

    def _open_answer(self, answer: Answer, cut: Cut) -> int:
        if self.role is None or (answer.subject and answer.subject != (self.role.title and self.role.title.text)):
            return cut.start
        entry = self.page.entry(answer.start, answer.end, "answers to")
        self.role.fields.setdefault(Field.SUPERVISOR, [entry])
        self.claimed.append((cut.start, cut.end))
        return cut.end

    def _open_heading(self, line: Line) -> None:
        """A heading that names no post, no unit and no field: it ends what stands above its level."""
        page = self.page
        if is_article(page, line):
            if self.in_article:
                self._close()
            return
        if line.depth:
            level = self.section.depth if self.section else 0
            if level and line.depth > level:
                return
            above = self.role.head.depth if self.role and self.role.head else self.role.depth if self.role else 0
            if self.role and above < line.depth and (above or level == line.depth):
                self._begin_unknown(line)
                return
            self._close()
            if self.chapter and not 0 < self.chapter.depth < line.depth:
                self.chapter = None
        elif BOLD_LINE.match(page.value, line.start, line.end) or (
            line.ordinal < 0 and page.value[line.end - 1] in ":："
        ):
            self._begin_unknown(line)
        elif line.ordinal < 0:
            self._close()
        elif self._ends_part(line) or page.names.is_duty_heading(page.value[line.body : line.end]):
            self._close()
            if unit := page.names.unit_of_heading(page.value[line.body : line.end]):
                start = line.body + unit.start
                name = page.entry(start, start + len(unit.text), "heading: posts of a unit")
                self.chapter = _Chapter(name, 0, page.line_index(line.start), "")
            elif self.chapter and not stands_below(page, line, page.lines[self.chapter.line]):
                self.chapter = None
        elif word := self._announced_duties():
            self._begin(Field.DUTY, line.start, 0, is_labelled=True, word=word)
        elif self._goes_on_section(line):
            self.section = None  # a field that we do not know

    def _announced_duties(self) -> str:
        """The 职责 of the post's own heading where a requirement with its value in one line stands before them, or ""."""
        section, head = self.section, self.role.head if self.role else None
        if section is None or head is None or head.field is not Field.DUTY:
            return ""
        if section.field is not Field.REQUIREMENT or len(section.pieces) != 1:
            return ""
        end = self.page.trim(*section.pieces[0]).end
        return head.tail if self.page.line_index(section.start) == self.page.line_index(end - 1) else ""

    def _goes_on_section(self, line: Line) -> bool:
        """Whether a numbered heading goes on with the number of the label that opened the section: 二、 after 一、岗位职责."""
        before = self.page.ordinals[line.ordinal].before
        if before < 0 or self.section is None or self.role is None or not self.section.word:
            return False
        opened = self.page.lines[self.page.line_index(self.section.start)]
        is_heads = self.role.head is not None and self.section.start == self.role.head.start
        return opened.ordinal == before and not is_heads

    def _begin_unknown(self, line: Line) -> None:
        """Begin a section of the role at hand under a heading that is no label of ours."""
        self._begin(Field.DUTY, line.start, line.depth, is_labelled=False, word=self.page.value[line.body : line.end])
        if self.section:
            self.section.is_unknown = True

    def _ends_part(self, line: Line) -> bool:
        """Whether a numbered heading goes on with a numbering that began before what is being read, or with its head."""
        ordinal = self.page.ordinals[line.ordinal]
        if ordinal.style in CHAPTERS or not self.section:
            return True
        if ordinal.before < 0:
            return False
        before = self.page.ordinals[ordinal.before].start
        return before <= (self.role.start if self.role else self.unit_start if self.unit else -1)

    def _close(self) -> None:
        self._finish_role()
        self.pending = {}
        self.unit = None
        self.section = None
        self.closed = True

    # Heads

    def _open_head(self, head: Head) -> int:
        if self._is_value_below(head):
            return head.end
        self.in_article = is_article(self.page, self.page.lines[head.line])
        if head.mentions:
            return self._take_mention(head) if self._takes_mentions(head) else head.start
        if head.kind == "unit":
            return self._open_unit(head)
        self.claimed.append((head.start, head.end))
        if self._goes_on(head):
            self._begin(head.field or Field.DUTY, head.start, head.depth, is_labelled=True, word=head.tail)
            return head.end
        page = self.page
        self._finish_role()
        self.closed = False
        self.unit = None
        if self._comes_back(head):
            self._begin(head.field or Field.DUTY, head.start, head.depth, is_labelled=True, word=head.tail)
            return head.end
        if self.chapter and not self._stands_in(self.chapter, page.lines[head.line]):
            self.chapter = None
        rule = f"heading: post + {head.tail}" if head.tail else "heading: post"
        role = self.role = _Open(page.entry(head.name.start, head.name.end, rule), head.start, head)
        if head.superior:
            role.fields[Field.SUPERVISOR] = [page.entry(*head.superior, "answers to")]
        if head.name.unit:
            entry = page.entry(head.start, head.end, "unit in brackets")
            role.fields[Field.DEPARTMENT] = [entry._replace(text=head.name.unit)]
        if head.department:
            role.fields[Field.DEPARTMENT] = [page.entry(*head.department, "headline")]
        if head.company:
            role.fields[Field.COMPANY] = [page.entry(*head.company, "headline")]
        for key, entries in self.pending.items():
            role.fields.setdefault(key, []).extend(entries)
        self.pending = {}
        role.tails.add(head.tail)
        role.in_article = self.in_article
        self._begin(head.field or Field.DUTY, head.start, head.depth, is_labelled=bool(head.tail), word=head.tail)
        return head.end

    def _stands_in(self, chapter: _Chapter, line: Line) -> bool:
        """Whether a post's heading stands in a unit's chapter: below its heading, not beside it."""
        above = self.page.lines[chapter.line]
        if line.ordinal < 0 and above.ordinal < 0 and line.depth == above.depth == 0:
            return not chapter.tail
        return stands_below(self.page, line, above)

    def _is_value_below(self, head: Head) -> bool:
        """Whether a name stands on the line below 直接下级 and is that field's value: then it is taken."""
        waiting = self.section
        if waiting is None or waiting.field not in POSTS or waiting.entries:
            return False
        if head.tail or head.depth or head.mentions:
            return False
        waiting.entries += self._posts(head.name.start, head.name.end, "value on the next line")
        if self.role:
            self.role.fields.setdefault(waiting.field, []).extend(waiting.entries)
        return True

    def _comes_back(self, head: Head) -> bool:
        """Whether an article goes on with a post of an article before it: the post is read on, and is still one."""
        known = self.by_article.get(head.name.text) if self.in_article and head.tail else None
        if known is None:
            return False
        self.role, built = known
        self.roles.remove(built)
        if head.superior:
            self.role.fields.setdefault(Field.SUPERVISOR, [self.page.entry(*head.superior, "answers to")])
        return True

    def _goes_on(self, head: Head) -> bool:
        """Whether a head goes on with the post being read: 督导的基本素质, then 督导的工作内容."""
        role = self.role
        if role is None or not head.tail:
            return False
        if role.title is None:
            subject = subject_post(self.page, role.start)
            if subject and subject.text == head.name.text:
                role.title, role.head = subject, head
        if role.head is None or role.head.name.text != head.name.text or head.tail in role.tails:
            return False
        if head.number or role.head.number or self._is_part(head):
            return False
        role.tails.add(head.tail)
        if head.name.unit:
            entry = self.page.entry(head.start, head.end, "stands in")
            role.fields.setdefault(Field.DEPARTMENT, [entry._replace(text=head.name.unit)])
        return True

    def _is_part(self, head: Head) -> bool:
        """Whether a head stands on a line with a part's number (第2篇：店长岗位职责)."""
        line = self.page.lines[head.line]
        return line.ordinal >= 0 and self.page.ordinals[line.ordinal].style in CHAPTERS

    def _takes_mentions(self, head: Head) -> bool:
        """Whether a name with a colon and a sentence (司机：负责送货) opens something here, not an item of a list."""
        line = self.page.lines[head.line]
        if line.ordinal >= 0 and self.page.ordinals[line.ordinal].style == "条":
            return True
        if self._goes_on_numbering(line):
            return True
        if head.in_list and (self.role is None or self.role.title is None or self.closed or self.section is None):
            return True
        is_bracket = self.page.value[head.end - 1] in "(（"
        in_row = head.line - 1 in self.mentions or head.line + 1 in self.mentions
        is_list = self.section is None or self.section.field in POSTS or self.closed
        if not is_list and not (in_row and is_bracket):
            return False
        text = self.page.value[head.end : min(line.end, head.end + _MENTION_LOOK)].lstrip()
        if is_bracket or (head.kind == "unit" and in_row):
            return True
        if self._is_among_others(head, line):
            return False
        return bool(self.page.rules.senses.duty.match(text))

    def _is_among_others(self, head: Head, line: Line) -> bool:
        """Whether a numbered line stands in a list whose other lines name nobody."""
        if line.ordinal < 0 or head.in_list:
            return False
        ordinals = self.page.ordinals
        return ordinals[line.ordinal].before >= 0 or any(o.before == line.ordinal for o in ordinals[line.ordinal + 1 :])

    def _goes_on_numbering(self, line: Line) -> bool:
        """Whether a line's number follows that of the head of the post being read."""
        ordinal = self.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
        if ordinal is None or ordinal.before < 0 or self.role is None or self.role.head is None:
            return False
        return self.page.line_index(self.page.ordinals[ordinal.before].start) == self.role.head.line

    def _take_mention(self, head: Head) -> int:
        """Take a post or a unit with its one line of text; returns the line's end."""
        page = self.page
        line_end = head.stop or page.lines[head.line].end
        spans = [page.trim(start, end) for start, end in sentences(page, head.end, line_end, is_wrapped=head.stop > 0)]
        if page.value[head.end - 1] in "(（":
            spans = [Span(s.start, s.end - 1) if page.value[s.end - 1] in ")）" else s for s in spans]
        entries = tuple(page.entry(span.start, span.end, "mention") for span in spans)
        name = page.entry(head.name.start, head.name.end, "mention")
        self._finish_role()
        self.closed = True
        self.claimed.append((head.start, line_end))
        if head.kind == "unit":
            self.units.append(FoundUnit(name, entries))
            return line_end
        raw = page.text.raw_span(head.start, line_end)
        stands = self.chapter and self._stands_in(self.chapter, page.lines[head.line])
        department = self.chapter.name if self.chapter and stands else None
        self.roles.append(
            FoundRole(
                name,
                department=department,
                duties=entries,
                layout="qa_article",
                start=raw.start,
                end=raw.end,
            )
        )
        return line_end

    def _open_unit(self, head: Head) -> int:
        if self.section and self.role and not head.tail and not head.depth and head.strength < 1:
            return head.start
        if self.role and not head.tail and self._goes_on_groups(head):
            return head.start
        self._finish_role()
        name = self.page.entry(head.name.start, head.name.end, "heading: unit")
        line = self.page.lines[head.line]
        is_numbered = line.ordinal >= 0 and self.page.ordinals[line.ordinal].style in _NUMBERED_CHAPTERS
        if (not head.tail and head.line > 1) or head.depth or is_numbered:
            self.chapter = _Chapter(name, head.depth, head.line, head.tail)
        self.closed = False
        self.unit, self.unit_start = name, head.start
        self._begin(Field.UNIT, head.start, head.depth, is_labelled=bool(head.tail))
        self.claimed.append((head.start, head.end))
        return head.end

    def _goes_on_groups(self, head: Head) -> bool:
        """Whether a numbered line goes on with the numbers of groups within the post being read (三、交接班)."""
        line = self.page.lines[head.line]
        ordinal = self.page.ordinals[line.ordinal] if line.ordinal >= 0 else None
        if ordinal is None or ordinal.before < 0 or self.role is None:
            return False
        return self.page.ordinals[ordinal.before].start > self.role.start

    # Labels

    def _open_label(self, label: Label, following: int) -> int:
        kind = label.rule.field
        if (label.rule.keep and not self._keeps(label)) or self._is_item(label):
            return label.start
        if self._heads_column(label):
            return label.end
        self.claimed.append((label.start, label.end))
        if row := self.beside.get(label.start):
            return self._take_beside(label, row)
        if kind in SECTIONS or kind is Field.UNIT:
            self._open_section(label)
            return label.end
        if kind is Field.OTHER:
            self._open_other(label)
            return label.end
        end = value_end(self.page, label.end, following, self.mentions, is_posts=kind in POSTS)
        if kind is Field.TITLE:
            self._open_title(label, label.end, end)
        else:
            self._take_short_field(label, label.end, end)
        if self.role and (self.section is None or (self.section.field in POSTS and self.section.entries)):
            # What follows on lines of its own, without a label, is what the post does.
            self._begin(Field.DUTY, label.start, self._depth(label), is_labelled=False)
        return end

    def _take_beside(self, label: Label, row: LabelRow) -> int:
        """Take a label whose value stands in the line below it, in its column."""
        start, end = row.values.get(label.start, Span(label.end, label.end))
        if label.rule.field is Field.TITLE:
            self._open_title(label, start, end)
        elif label.rule.field is not Field.OTHER:
            self._take_short_field(label, start, end)
        self.section = None
        self.claimed.append((start, end))
        return self.page.lines[row.line].end if label.start == row.labels[-1] else label.end

    def _open_other(self, label: Label) -> None:
        """A field that no table holds; 其他 among requirements is one of them."""
        depth = self._depth(label)
        if label.word in _REST and self.section and self.section.field is Field.REQUIREMENT:
            self._begin(Field.REQUIREMENT, label.start, depth, is_labelled=True, keep=label.word, word=label.word)
        else:
            self.section = Section(Field.OTHER, label.start, label.end, depth, True, label.word)

    def _heads_column(self, label: Label) -> bool:
        """Whether a label stands in a row of column heads over one list (序号 职责 负责程度 1…), behind the list's own."""
        section = self.section
        if section is None or section.field not in SECTIONS or section.pieces or section.end != label.start:
            return False
        ordinals = self.page.ordinals_in(label.end, label.end + 1)
        if label.rule.field is not Field.OTHER or not any(o.value == 1 for o in ordinals):
            return False
        section.end = label.end
        return True

    def _is_item(self, label: Label) -> bool:
        """Whether a label heads one item of the requirements (3知识技能:熟悉…), or is one (职称 among them)."""
        if self.section is None or self.section.field is not Field.REQUIREMENT:
            return False
        if label.rule.field is Field.TITLE:
            return label.word == "职称"
        numbered = self.page.value[label.start : label.start + 1].isdigit() and not label.is_whole_line
        is_section = label.rule.field is Field.REQUIREMENT and not label.rule.keep
        return numbered and is_section and self.section.is_labelled

    def _open_behind(self, label: Label, previous_end: int) -> int:
        """Take a label whose value stands before it; what stands further before belongs to the section before."""
        start = last_value(self.page.value, previous_end, label.start)
        if label.rule.field is Field.TITLE:
            start = post_at_end(self.page, start, label.start)
        if start > previous_end:
            self._content(previous_end, start)
        self.claimed.append((label.start, label.end))
        if label.rule.field is Field.TITLE:
            self._open_title(label, start, label.start)
        elif label.rule.field is not Field.OTHER:
            self._take_short_field(label, start, label.start)
        self.section = None
        return label.end

    def _keeps(self, label: Label) -> bool:
        """Whether a small label (学历) stands where small labels stand: at the head of an item it is part of the item."""
        line = self.page.lines[self.page.line_index(label.start)]
        if line.ordinal >= 0 and label.start <= line.body and not label.is_whole_line:
            return False
        within = self.section.field if self.section else None
        if label.rule.field is Field.ROUTINE:
            return within is Field.ROUTINE and label.has_mark
        if within is Field.REQUIREMENT:
            return label.has_mark or not label.at_line_start or label.is_whole_line
        if within in (Field.DUTY, Field.KPI, Field.UNIT) and not label.at_line_start:
            return False
        if within is Field.OTHER and label.is_whole_line:
            return self.role is not None
        return self.role is not None and (label.has_mark or not label.at_line_start)

    def _depth(self, label: Label) -> int:
        return self.page.lines[self.page.line_index(label.start)].depth if label.at_line_start else 0

    def _open_title(self, label: Label, start: int, end: int) -> None:
        self._finish_role()
        name, span = title_between(self.page, start, end)
        if name is None:
            # A template, or talk about forms: sections that follow belong to no post.
            self.pending, self.section = {}, None
            self.closed = self.is_template = True
            return
        self.closed = False
        title = self.page.entry(name.start, name.end, f"label {label.word}")._replace(text=name.text)
        self.role = _Open(title, label.start, None, self.pending, depth=self._depth(label))
        if name.unit:
            entry = title._replace(text=name.unit, rule="unit in brackets")
            self.role.fields.setdefault(Field.DEPARTMENT, []).append(entry)
        self.pending = {}
        self.section = None
        self.claimed.append((span.start, span.end))

    def _take_short_field(self, label: Label, start: int, end: int) -> None:
        """Take a department, an employer, superiors or subordinates."""
        kind, rule = label.rule.field, f"label {label.word}"
        if kind not in POSTS:
            self.section = None
            entry = short_value(self.page, start, end, rule)
            if entry:
                self.claimed.append((start, end))
                self._assign(kind, [entry])
            return
        entries = self._posts(start, end, rule)
        self._begin(kind, label.start, self._depth(label), is_labelled=True)
        if self.section:
            self.section.entries += entries
        self._assign(kind, entries)

    def _posts(self, start: int, end: int, rule: str) -> list[Entry]:
        entries, span = posts_between(self.page, start, end, rule)
        if entries:
            self.claimed.append((span.start, span.end))
        return entries

    def _assign(self, kind: Field, entries: list[Entry]) -> None:
        """Give a short field to the role being read, or to the next one where a new form has begun."""
        role = self.role
        if role and not role.fields.get(kind) and (kind in POSTS or not self._has_text(role)):
            role.fields[kind] = entries
        else:
            self.pending[kind] = entries

    def _has_text(self, role: _Open) -> bool:
        """Whether anything is said of a role so far; the head of a table that begins under its name says nothing."""
        if any(section.is_labelled for section in role.sections):
            return True
        pieces = (self.page.trim(*piece) for section in role.sections for piece in section.pieces)
        return any("|" not in self.page.value[span.start - 2 : span.start + 1] for span in pieces)

    def _open_section(self, label: Label) -> None:
        kind, depth = label.rule.field, self._depth(label)
        if kind is Field.UNIT:
            self._open_unit_section(label)
            return
        if self.unit and kind in (Field.DUTY, Field.SUMMARY) and not self.role:
            self._begin(Field.UNIT, label.start, depth, is_labelled=True)
            return
        if kind is Field.DUTY and label.is_whole_line and self._speaks_of_another(label.start):
            self._finish_role()
        if self.role is None:
            self.role = _Open(None, label.start, fields=self.pending)
            self.pending = {}
            self.closed = False
        above = self.section if self.section and self.section.field is Field.REQUIREMENT else None
        begins_nest = above is not None and (above.is_nest or (not above.pieces and above.end == label.start))
        nested = kind is Field.REQUIREMENT and not label.rule.keep and begins_nest
        keep = label.word if label.rule.keep or nested else ""
        self._begin(kind, label.start, depth, is_labelled=True, then=label.rule.then, keep=keep, word=label.word)
        if self.section:
            self.section.group = label.rule.group
            self.section.end = label.end
            self.section.is_nest = nested or (label.rule.keep and above is not None and above.is_nest)

    def _speaks_of_another(self, place: int) -> bool:
        """Whether the paragraph over a second 岗位职责 has another post for its subject than the role at hand."""
        role = self.role
        if role is None or role.title is None or not any(s.field is Field.DUTY for s in role.sections):
            return False
        subject = subject_post(self.page, place)
        return subject is not None and subject.start > role.title.start and subject.text != role.title.text

    def _open_unit_section(self, label: Label) -> None:
        """部门职能 and the like: of the unit that the form or the chapter names."""
        name = self.chapter.name if self.chapter else None
        if Field.DEPARTMENT in self.pending:
            name = self.pending.pop(Field.DEPARTMENT)[0]
        if name:
            self._finish_role()
            self.unit, self.unit_start = name, label.start
            self._begin(Field.UNIT, label.start, self._depth(label), is_labelled=True, word=label.word)
        else:
            self.section = Section(Field.OTHER, label.start, label.end, self._depth(label), True, label.word)

    def _begin(
        self,
        kind: Field,
        start: int,
        depth: int,
        *,
        is_labelled: bool,
        then: Field | None = None,
        keep: str = "",
        word: str = "",
    ) -> None:
        self.section = Section(kind, start, start, depth, is_labelled, word, then, keep)
        if self.role and kind in SECTIONS:
            self.role.sections.append(self.section)

    # What stands between the cuts

    def _content(self, start: int, end: int) -> None:
        if start >= end or self.section is None or not _WORD.search(self.page.value, start, end):
            return
        if self.section.field in SECTIONS or self.section.field is Field.UNIT:
            self.section.pieces.append((start, end))
        if self.section.field is Field.UNIT:
            self._unit_functions(start, end, is_labelled=self.section.is_labelled)
        elif self.section.field is Field.OTHER:
            self.claimed.append((start, end))

    def _unit_functions(self, start: int, end: int, *, is_labelled: bool) -> None:
        page = self.page
        closing = page.rules.senses.closing.search
        items = [
            item
            for item in read_items(page, start, end, Field.UNIT).items
            if item.number > 0 or not closing(page.value, item.start, item.end)
        ]
        if self.unit is None or not items:
            return
        telling = sum(page.rules.senses.duty.match(page.value, item.start) is not None for item in items)
        has_names = any(page.names.is_post(page.value[i.start : i.end].rstrip("0123456789人名 ")) for i in items)
        numbered = any(item.number for item in items) and (is_labelled or _is_worded(items))
        if has_names or not (numbered or telling * 2 > len(items) or self._is_told(start)):
            return  # a list of names under a unit's name, or a contents list
        functions = tuple(page.entry(i.start, i.end, "unit functions", i.group) for i in items)
        self.units.append(FoundUnit(self.unit, functions))
        self.claimed.append((start, end))

    def _is_told(self, start: int) -> bool:
        """Whether a label in the same line says that a unit's functions follow: 主要职责：文电、会务…"""
        section = self.section
        return section is not None and bool(section.word) and self.page.value[start - 1] in ":： "

    # Roles

    def _finish_role(self) -> None:
        role, self.role = self.role, None
        self.section = None
        if role is None:
            return
        must_tell = role.title is None or (role.head is not None and role.head.is_guess)
        role.title = role.title or subject_post(self.page, role.start)
        if role.title is None:
            self.orphans.append(role)
            return
        chapter = self.chapter.name if self.chapter and Field.DEPARTMENT not in role.fields else None
        self._keep(role, role.title, chapter, must_tell=must_tell)

    def _keep(self, role: _Open, title: Entry, department: Entry | None, *, must_tell: bool = False) -> None:
        built, claimed = build_role(self.page, title, role.start, role.fields, role.sections, department)
        if built and not (must_tell and not _tells(self.page, built)):
            self.claimed += claimed
            self.roles.append(built)
            if role.in_article:
                self.by_article[title.text] = role, built

    def _adopt_orphans(self) -> None:
        """Sections that no title stands over belong to the post that the headline names."""
        if self.is_template and not self.roles:
            return
        for orphan in self.orphans:
            post = headline_post(self.page, orphan.start)
            if post is None:
                continue
            title, company, department = post
            if company:
                orphan.fields.setdefault(Field.COMPANY, [company])
            self._keep(orphan, title, department, must_tell=True)
        self.roles.sort(key=_role_start)


def _is_worded(items: Sequence[Item]) -> bool:
    """Whether the items of a list are more than names: long ones, and more than one."""
    return len(items) > 1 and sum(item.end - item.start for item in items) >= _SHORTEST_FUNCTION * len(items)


def _tells(page: Page, role: FoundRole) -> bool:
    """Whether what stands under a headline reads as duties and requirements do, by half of its items at the least."""
    senses = page.rules.senses
    items = [*role.duties, *role.requirements, *role.kpis, *role.authorities]
    telling = sum(bool(senses.duty.match(i.text) or senses.requirement.search(i.text)) for i in items)
    return telling * 2 >= len(items) > 0


def _role_start(role: FoundRole) -> int:
    return role.start
