"""Documents that are read from top to bottom: forms, labelled lines, headings with lists.

Labels and headings cut the text. A heading or a title's label opens a role, a section's label opens a section, and what
lies between belongs to the last one opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gangwei.heads import Head, mention_lines, read_heads
from gangwei.items import read_items, sentences
from gangwei.labels import Label, last_value, values_stand_before
from gangwei.layouts.reading import Reading, Section, build_role, headline_post, subject_post
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Line, Page
from gangwei.titles import NOTHING, Name

_SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT, Field.ROUTINE, Field.SUMMARY])
_POSTS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY])
_PLACEHOLDER: Final = re.compile(r"_{2,}|\{|\}|﹍|…{2,}|<[^>]*>|\$\{|X{3,}|x{3,}|×{2,}")
_NOT_A_TITLE: Final = re.compile(r"[。；？！?!，]|的|是指|应当|填写|必须|要求|怎么|什么|一致|栏|如[：:]|例如")
_WORD: Final = re.compile(r"\w")
# A line in bold or in brackets with nothing behind it: a label, whether we know the word or not.
_BOLD_LINE: Final = re.compile(r"(?:[-*+•][ \t]+)?(?:\*\*[^*\n]{2,14}\*\*[:：]?|【[^】\n]{2,12}】[:：]?|▍[^\n]{2,14}|<b>[^<]{2,14}</b>)$")
# Headings that end what stands above them, without a number or markup of their own.
_OF_RULES: Final = re.compile(r"[^，。；：:]{2,14}(?:制度|规定|办法|流程|规程|须知|程序|纪律|守则|规范|细则|附则|总则|附件|附录|预案|要点)$")
# The short fields of a form's head.
_HEAD_FIELDS: Final = _POSTS | {Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.OTHER}
# Labels that stay with the field that they close.
_REST: Final = frozenset(["其他", "其它"])
_LONGEST_ANSWER: Final = 34
_LONGEST_ODD_TITLE: Final = 16
_ANSWER: Final = re.compile(
    r"(?P<self>[\u4e00-\u9fff]{2,12})?(?:直接)?(?:归|对|受|向|由)(?P<post>[\u4e00-\u9fff]{2,12}?)"
    r"(?:直接)?(?:管理?|负责|领导|汇报|汇报工作)[。；]?$"
)
_CHAPTER_STYLES: Final = {
    "章": 1,
    "节": 2,
    "编": 0,
    "篇": 0,
    "han": 3,
    "han_paren": 4,
    "digit": 5,
    "paren": 6,
    "circle": 7,
}


class Answer(NamedTuple):
    """A line that names the post at [start:end] to which another answers: `subject`, or "" for the post at hand."""

    start: int
    end: int
    subject: str


class Cut(NamedTuple):
    """A place where something new begins: a label, a head, or a heading that is neither."""

    start: int
    end: int
    thing: Label | Head | Line | Span | Answer


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


def read_outline(page: Page, taken: Sequence[Span] = ()) -> Reading:
    """What the page says outside the stretches that another layout has taken, read as an outline."""
    return _Reader(page, taken).read()


class _Reader:
    """One pass over the cuts of a page. Its state is what a reader keeps in mind: who and what the text is about."""

    def __init__(self, page: Page, taken: Sequence[Span]) -> None:
        self.page = page
        self.taken = taken
        self.role: _Open | None = None
        self.pending: dict[Field, list[Entry]] = {}
        self.pending_start = -1
        self.section: Section | None = None
        self.unit: tuple[Entry, Field] | None = None
        self.chapter: tuple[Entry, int] | None = None
        self.company: Entry | None = None
        self.closed = False
        self.is_template = False
        self.before = values_stand_before(page.value, page.labels, page.names)
        self.previous_end = 0
        self.mentions: frozenset[int] = frozenset()
        self.roles: list[FoundRole] = []
        self.orphans: list[_Open] = []
        self.units: list[FoundUnit] = []
        self.claimed: list[tuple[int, int]] = []

    def read(self) -> Reading:
        cuts = self._cuts()
        previous_end = 0
        for index, cut in enumerate(cuts):
            if self.before and isinstance(cut.thing, Label) and cut.thing.rule.field in _HEAD_FIELDS:
                previous_end = self._open_behind(cut.thing, previous_end)
                continue
            self._content(previous_end, cut.start)
            following = cuts[index + 1].start if index + 1 < len(cuts) else len(self.page.value)
            previous_end = self._open(cut, following)
        self._content(previous_end, len(self.page.value))
        self._finish_role()
        self._adopt_orphans()
        return Reading(tuple(self.roles), tuple(self.units), self.company, tuple(self.claimed), "outline")

    # Cuts

    def _cuts(self) -> list[Cut]:
        heads = read_heads(self.page)
        self.mentions = mention_lines(heads)
        cuts = [Cut(head.start, head.end, head) for head in heads]
        taken = [(head.start, head.end) for head in heads]
        for label in self.page.labels:
            if not any(start < label.end and label.start < end for start, end in taken):
                cuts.append(Cut(label.start, label.end, label))
        cuts += self._worded_labels({self.page.line_index(cut.start) for cut in cuts})
        starts = {cut.start for cut in cuts}
        lines_taken = {self.page.line_index(start) for start in starts}
        for index, line in enumerate(self.page.lines):
            if index in lines_taken or not self._is_heading(line, index):
                continue
            cuts.append(Cut(line.start, line.end, line))
        cuts += self._answers(lines_taken)
        cuts = [cut for cut in cuts if not any(span.start <= cut.start < span.end for span in self.taken)]
        cuts += (Cut(span.start, span.end, span) for span in self.taken)
        cuts.sort(key=_cut_start)
        return cuts

    def _worded_labels(self, taken: set[int]) -> Iterator[Cut]:
        """Lines that end in a label's word and a colon: 店长可以使用的权力："""
        for index, line in enumerate(self.page.lines):
            if index in taken or line.end - line.body > _LONGEST_ANSWER or self.page.value[line.end - 1] not in ":：":
                continue
            text = self.page.value[line.body : line.end - 1]
            rule = self.page.rules.labels.get(text.rpartition("的")[2]) if "的" in text[1:-1] else None
            if rule and rule.field in _SECTIONS and not rule.keep:
                label = Label(line.start, line.end, text, rule, True, True, True)
                yield Cut(line.start, line.end, label)

    def _answers(self, taken: set[int]) -> Iterator[Cut]:
        """Lines that say only to whom a post answers: 对总编辑负责, 归出版科科长管."""
        for index, line in enumerate(self.page.lines):
            if index in taken or line.end - line.body > _LONGEST_ANSWER:
                continue
            match = _ANSWER.match(self.page.value, line.body, line.end)
            if match and self.page.names.is_post(match["post"]):
                yield Cut(line.start, line.end, Answer(*match.span("post"), match["self"] or ""))

    def _open_answer(self, answer: Answer, cut: Cut) -> int:
        if self.role is None or (answer.subject and answer.subject != (self.role.title and self.role.title.text)):
            return cut.start
        entry = self.page.entry(answer.start, answer.end, "answers to")
        self.role.fields.setdefault(Field.SUPERVISOR, [entry])
        self.claimed.append((cut.start, cut.end))
        return cut.end

    def _is_heading(self, line: Line, index: int) -> bool:
        """Whether a line is a heading of its own kind: by markup, or a chapter's number before a short text."""
        length = line.end - line.body
        if line.depth:
            return length <= 60
        if _BOLD_LINE.match(self.page.value, line.start, line.end):
            return True
        if line.ordinal < 0 and _OF_RULES.match(self.page.value, line.body, line.end):
            return True
        if line.ordinal >= 0 and 2 <= length <= 30:
            ordinal = self.page.ordinals[line.ordinal]
            if ordinal.style in ("章", "节", "篇", "编"):
                return True
            last = self.page.value[line.end - 1]
            if ordinal.style in ("han", "han_paren") and last not in "。；;，,":
                return True
        return (
            length == 0 and set(self.page.value[line.start : line.end]) <= set("-—─=*_~ ") and line.end - line.start > 2
        )

    # What a cut opens

    def _open(self, cut: Cut, following: int) -> int:
        """Take what begins at a cut; returns where the text that it opens begins."""
        thing = cut.thing
        if isinstance(thing, Head):
            return self._open_head(thing, following)
        if isinstance(thing, Label):
            return self._open_label(thing, following)
        if isinstance(thing, Span):
            self._close()
            return cut.end
        if isinstance(thing, Answer):
            return self._open_answer(thing, cut)
        self._open_heading(thing)
        return cut.start if self.section is not None and not self.closed else cut.end

    def _open_heading(self, line: Line) -> None:
        """A heading that names no post, no unit and no field: it ends what stands above its level."""
        page = self.page
        if line.depth:
            level = self.section.depth if self.section else 0
            if level and line.depth > level:
                return
            above = self.role.head.depth if self.role and self.role.head else self.role.depth if self.role else 0
            if self.role and above < line.depth and (above or level == line.depth):
                self.section = None  # a field that we do not know
                return
            self._close()
            if self.chapter and not 0 < self.chapter[1] < line.depth:
                self.chapter = None
            return
        if _BOLD_LINE.match(page.value, line.start, line.end):
            self.section = None
            return
        if line.ordinal < 0:
            self._close()
            return
        ordinal = page.ordinals[line.ordinal]
        opened = self.role.start if self.role else self.unit[0].start if self.unit else 0
        if ordinal.style in ("章", "节", "篇", "编") or (ordinal.before >= 0 and page.text.raw_span(page.ordinals[ordinal.before].start, line.start).start < opened) or not self.section:
            self._close()
            self.chapter = None

    def _close(self) -> None:
        self._finish_role()
        self.pending = {}
        self.unit = None
        self.section = None
        self.closed = True

    def _open_head(self, head: Head, following: int) -> int:
        page = self.page
        waiting = self.section
        if (
            waiting
            and waiting.field in _POSTS
            and not waiting.entries
            and not (head.tail or head.depth or head.mentions)
        ):
            # A name on the line below 直接下级 is that field's value.
            waiting.entries += self._posts(head.name.start, head.name.end, "value on the next line")
            if self.role:
                self.role.fields.setdefault(waiting.field, []).extend(waiting.entries)
            return head.end
        if head.mentions:
            return self._take_mention(head) if self._takes_mentions(head) else head.start
        if head.kind == "unit":
            return self._open_unit(head)
        role = self.role
        if (
            role
            and role.title is None
            and (subject := subject_post(self.page, role.start))
            and subject.text == head.name.text
        ):
            role.title, role.head = subject, head
        if (
            role
            and role.head
            and head.tail
            and role.head.name.text == head.name.text
            and head.tail not in role.tails
            and not (head.number or role.head.number)
        ):
            # One post under several headings: 督导的基本素质, 督导的工作内容.
            role.tails.add(head.tail)
            if head.name.unit:
                role.fields.setdefault(
                    Field.DEPARTMENT, [page.entry(head.start, head.end, "stands in")._replace(text=head.name.unit)]
                )
            self.claimed.append((head.start, head.end))
            self._begin(head.field or Field.DUTY, head.start, head.depth, is_labelled=True, word=head.tail)
            return head.end
        self._finish_role()
        self.closed = False
        rule = f"heading: post + {head.tail}" if head.tail else "heading: post"
        self.role = _Open(page.entry(head.name.start, head.name.end, rule), head.start, head)
        if head.superior:
            self.role.fields[Field.SUPERVISOR] = [page.entry(*head.superior, "answers to")]
        if head.name.unit:
            self.role.fields[Field.DEPARTMENT] = [
                page.entry(head.start, head.end, "unit in brackets")._replace(text=head.name.unit)
            ]
        for key, entries in self.pending.items():
            self.role.fields.setdefault(key, []).extend(entries)
        self.pending = {}
        self.unit = None
        self.role.tails.add(head.tail)
        self._begin(head.field or Field.DUTY, head.start, head.depth, is_labelled=bool(head.tail), word=head.tail)
        self.claimed.append((head.start, head.end))
        return head.end

    def _takes_mentions(self, head: Head) -> bool:
        """Whether a name with a colon and a sentence (司机：负责送货) opens something here, not an item of a list."""
        line = self.page.lines[head.line]
        if line.ordinal >= 0 and self.page.ordinals[line.ordinal].style == "条":
            return True
        in_row = head.line - 1 in self.mentions or head.line + 1 in self.mentions
        is_list = self.section is None or self.section.field in _POSTS or self.closed
        is_list = is_list or (in_row and self.page.value[head.end - 1] in "(（")
        if not is_list:
            return False
        if self.page.value[head.end - 1] in "(（":
            return True
        text = self.page.value[head.end : head.end + 60].lstrip()
        return bool(self.page.rules.senses.duty.match(text))

    def _take_mention(self, head: Head) -> int:
        """A post or a unit with its one line of text."""
        page = self.page
        line_end = page.lines[head.line].end
        spans = [page.trim(start, end) for start, end in sentences(page, head.end, line_end)]
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
        department = self.chapter[0] if self.chapter else None
        self.roles.append(
            FoundRole(
                name,
                department=department,
                duties=entries,
                layout="qa_article",
                confidence=0.6,
                start=raw.start,
                end=raw.end,
            )
        )
        return line_end

    def _is_chapter(self, head: Head) -> bool:
        """Whether a unit's heading is numbered as a chapter is, so that the posts below it are its own."""
        line = self.page.lines[head.line]
        return line.ordinal >= 0 and self.page.ordinals[line.ordinal].style in ("han", "章", "节", "篇", "编", "two", "digit")

    def _open_unit(self, head: Head) -> int:
        page = self.page
        if self.section and self.role and not head.tail and not head.depth and head.strength < 1:
            return head.start
        self._finish_role()
        name = page.entry(head.name.start, head.name.end, "heading: unit")
        if (not head.tail and head.line > 1) or head.depth or self._is_chapter(head):
            self.chapter = (name, head.depth)
        self.closed = False
        self.unit = (name, Field.UNIT)
        self.section = None
        self._begin(Field.UNIT, head.start, head.depth, is_labelled=bool(head.tail))
        self.claimed.append((head.start, head.end))
        return head.end

    def _open_label(self, label: Label, following: int) -> int:
        page, rule = self.page, label.rule
        kind = rule.field
        if rule.keep and not self._keeps(label):
            return label.start
        if kind is Field.TITLE and self.section and self.section.field is Field.REQUIREMENT and label.word == "职称":
            return label.start
        if self._heads_column(label) or self._is_item(label):
            return label.start if self._is_item(label) else label.end
        self.claimed.append((label.start, label.end))
        value_end = self._value_end(label.end, following, posts=kind in _POSTS)
        if kind is Field.TITLE:
            self._open_title(label, label.end, value_end)
        elif kind is Field.DEPARTMENT or kind is Field.COMPANY:
            self._take_name(kind, label, value_end)
        elif kind in _POSTS:
            entries = self._posts(label.end, value_end, f"label {label.word}")
            self._begin(kind, label.start, self._depth(label), is_labelled=True)
            if self.section:
                self.section.entries += entries
            self._assign(kind, entries, label)
        elif kind in _SECTIONS or kind is Field.UNIT:
            self._open_section(label)
            return label.end
        elif label.word in _REST and self.section and self.section.field is Field.REQUIREMENT:
            self._begin(Field.REQUIREMENT, label.start, self._depth(label), is_labelled=True, keep=label.word, word=label.word)
            return label.end
        else:
            self.section = Section(Field.OTHER, label.start, label.end, self._depth(label), True, label.word)
            return label.end
        if kind is not Field.TITLE and kind not in _POSTS:
            self.section = None
        if self.role and (self.section is None or (self.section.field in _POSTS and self.section.entries)):
            # What follows on lines of its own, without a label, is what the post does.
            self._begin(Field.DUTY, label.start, self._depth(label), is_labelled=False)
        return value_end

    def _heads_column(self, label: Label) -> bool:
        """Whether a label stands in a row of column heads over one list (序号 职责 负责程度 1…), behind the list's own."""
        section = self.section
        if section is None or section.field not in _SECTIONS or section.pieces or section.end != label.start:
            return False
        if label.rule.field is not Field.OTHER or not any(
            o.start == label.end and o.value == 1 for o in self.page.ordinals_in(label.end, label.end + 1)
        ):
            return False
        section.end = label.end
        return True

    def _is_item(self, label: Label) -> bool:
        """Whether a label of requirements heads one numbered item of a list of them (3知识技能:熟悉…)."""
        within = self.section is not None and self.section.field is Field.REQUIREMENT and self.section.is_labelled
        numbered = self.page.value[label.start : label.start + 1].isdigit() and not label.is_whole_line
        return within and numbered and label.rule.field is Field.REQUIREMENT and not label.rule.keep

    def _open_behind(self, label: Label, previous_end: int) -> int:
        """Take a label whose value stands before it; what stands further before belongs to the section before."""
        page, kind = self.page, label.rule.field
        start = last_value(page.value, previous_end, label.start)
        if kind is Field.TITLE:
            # The form's head may stand before the title: the last words that name a post are it.
            words = page.value[start : label.start].split(" ")
            start = label.start - len(words[-1])
            post = _post_at_end(page, start, label.start)
            self._content(previous_end, post)
            start = post
        elif start > previous_end:
            self._content(previous_end, start)
        self.claimed.append((label.start, label.end))
        if kind is Field.TITLE:
            self._open_title(label, start, label.start)
        elif kind in _POSTS:
            self._assign(kind, self._posts(start, label.start, f"label {label.word}"), label)
        elif kind in (Field.DEPARTMENT, Field.COMPANY):
            span = page.trim(start, label.start)
            if span.end > span.start and page.value[span.start : span.end] not in NOTHING:
                self._assign(kind, [page.entry(span.start, span.end, f"label {label.word}")], label)
        self.section = None
        return label.end

    def _keeps(self, label: Label) -> bool:
        """Whether a small label (学历) stands where small labels stand: at the head of an item it is part of the item."""
        line = self.page.lines[self.page.line_index(label.start)]
        if line.ordinal >= 0 and label.start <= line.body and not label.is_whole_line:
            return False
        if label.rule.field is Field.ROUTINE:
            return self.section is not None and self.section.field is Field.ROUTINE and label.has_mark
        if self.section is not None and self.section.field is Field.REQUIREMENT:
            return label.has_mark or not label.at_line_start or label.is_whole_line
        if (
            self.section is not None
            and self.section.field in (Field.DUTY, Field.KPI, Field.UNIT)
            and not label.at_line_start
        ):
            return False
        return self.role is not None and (label.has_mark or not label.at_line_start)

    def _depth(self, label: Label) -> int:
        return self.page.lines[self.page.line_index(label.start)].depth if label.at_line_start else 0

    def _value_end(self, start: int, following: int, *, posts: bool) -> int:
        """Where a short field's value ends: at the next cut, or at the end of the line where it holds anything."""
        value = self.page.value
        line_end = value.find("\n", start, following)
        if line_end < 0:
            return following
        if value[start:line_end].strip(" \t\u3000\r*_|"):
            return line_end
        after = start
        while after < following and value[after] in " \t\u3000\r\n*_|":
            after += 1
        if self.page.line_index(after) in self.mentions:
            return start
        line_end = value.find("\n", after, following)
        if line_end < 0:
            return following
        # Posts below one another, up to the first line that is none.
        index = self.page.line_index(after) + 1
        while index < len(self.page.lines) and self.page.lines[index].end <= following:
            line = self.page.lines[index]
            if (
                not posts
                or "\n\n" in value[line_end : line.start]
                or not self.page.names.is_post(value[line.body : line.end])
            ):
                break
            line_end, index = line.end, index + 1
        return line_end

    def _open_title(self, label: Label, start: int, end: int) -> None:
        page = self.page
        self._finish_role()
        self.closed = False
        span = page.trim(start, end)
        text = page.value[span.start : span.end]
        name = page.names.post(text)
        if name is None or _PLACEHOLDER.search(text) or not self._may_be_title(name):
            # A template, or talk about forms: sections that follow belong to no post.
            self.pending, self.section = {}, None
            self.closed = self.is_template = True
            return
        begin = span.start + name.start
        title = page.entry(begin, begin + len(name.text), f"label {label.word}")
        self.role = _Open(title, label.start, None, self.pending, depth=self._depth(label))
        if name.unit:
            self.role.fields.setdefault(Field.DEPARTMENT, []).append(
                title._replace(text=name.unit, rule="unit in brackets")
            )
        self.pending = {}
        self.section = None
        self.claimed.append((span.start, span.end))

    def _may_be_title(self, name: Name) -> bool:
        if name.text in self.page.rules.labels:
            return False
        if self.page.names.is_post(name.text):
            return True
        return len(name.text) <= _LONGEST_ODD_TITLE and not _NOT_A_TITLE.search(name.text)

    def _take_name(self, kind: Field, label: Label, value_end: int) -> None:
        page = self.page
        span = page.trim(label.end, value_end)
        text = page.value[span.start : span.end]
        if text in NOTHING or _PLACEHOLDER.search(text) or len(text) > 40:
            return
        self.claimed.append((span.start, span.end))
        self._assign(kind, [page.entry(span.start, span.end, f"label {label.word}")], label)

    def _assign(self, kind: Field, entries: list[Entry], label: Label) -> None:
        """Give a short field to the role being read, or to the next one where a new form has begun."""
        has_text = self.role is not None and any(s.is_labelled or s.pieces for s in self.role.sections)
        if (self.role and not has_text and not self.role.fields.get(kind)) or (self.role and kind in _POSTS and not self.role.fields.get(kind)):
            self.role.fields[kind] = entries
        else:
            self.pending[kind] = entries

    def _posts(self, start: int, end: int, rule: str) -> list[Entry]:
        page = self.page
        span = page.trim(start, end)
        text = page.value[span.start : span.end]
        if text in NOTHING or _PLACEHOLDER.search(text):
            return []
        names = list(page.names.split(text))
        self.claimed.append((span.start, span.end))
        return [
            page.entry(span.start + name.start, span.start + name.end, rule)._replace(text=name.text) for name in names
        ]

    def _open_section(self, label: Label) -> None:
        kind = label.rule.field
        if kind is Field.UNIT:
            name = self.chapter[0] if self.chapter else None
            if Field.DEPARTMENT in self.pending:
                name = self.pending.pop(Field.DEPARTMENT)[0]
            if name:
                self._finish_role()
                self.unit = (name, Field.UNIT)
                self._begin(Field.UNIT, label.start, self._depth(label), is_labelled=True)
            else:
                self.section = Section(Field.OTHER, label.start, label.end, self._depth(label), True, label.word)
            return
        if self.unit and kind in (Field.DUTY, Field.SUMMARY) and not self.role:
            self._begin(Field.UNIT, label.start, self._depth(label), is_labelled=True)
            return
        if self.role is None:
            self.role = _Open(None, label.start)
            for key, entries in self.pending.items():
                self.role.fields[key] = entries
            self.pending = {}
            self.closed = False
        above = self.section
        nested = (
            kind is Field.REQUIREMENT
            and not label.rule.keep
            and above is not None
            and above.field is Field.REQUIREMENT
            and (above.is_nest or (not above.pieces and above.end == label.start))
        )
        keep = label.word if label.rule.keep or nested else ""
        self._begin(
            kind, label.start, self._depth(label), is_labelled=True, then=label.rule.then, keep=keep, word=label.word
        )
        if self.section:
            self.section.group = label.rule.group
            self.section.end = label.end
            self.section.is_nest = nested or (label.rule.keep and above is not None and above.is_nest)

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
        if self.role and kind in _SECTIONS:
            self.role.sections.append(self.section)

    # What stands between the cuts

    def _content(self, start: int, end: int) -> None:
        if start >= end or self.section is None or not _WORD.search(self.page.value, start, end):
            return
        section = self.section
        if section.field in _SECTIONS or section.field is Field.UNIT:
            section.pieces.append((start, end))
            if section.field is Field.UNIT and self.unit:
                self._unit_functions(start, end)
        elif section.field is Field.OTHER:
            self.claimed.append((start, end))

    def _unit_functions(self, start: int, end: int) -> None:
        page = self.page
        if not self.unit:
            return
        items = read_items(page, start, end, Field.UNIT)
        labelled = self.section is not None and self.section.is_labelled
        telling = [i for i in items.items if page.rules.senses.duty.match(page.value, i.start)]
        names = [i for i in items.items if page.names.is_post(page.value[i.start : i.end].rstrip("0123456789人名 "))]
        numbered = labelled and any(i.number for i in items.items)
        if names or (not numbered and len(telling) * 2 < len(items.items)):
            return  # a list of names under a unit's name, or a contents list
        functions = tuple(page.entry(i.start, i.end, "unit functions", i.group) for i in items.items)
        if functions:
            self.units.append(FoundUnit(self.unit[0], functions))
            self.claimed.append((start, end))

    def _finish_role(self) -> None:
        role, self.role = self.role, None
        self.section = None
        if role is None:
            return
        if role.title is None:
            role.title = subject_post(self.page, role.start)
        if role.title is None:
            self.orphans.append(role)
            return
        department = self.chapter[0] if self.chapter and Field.DEPARTMENT not in role.fields else None
        built, claimed = build_role(self.page, role.title, role.start, role.fields, role.sections, department)
        self.claimed += claimed
        if built:
            self.roles.append(built)

    def _adopt_orphans(self) -> None:
        """Sections that no title stands over belong to the post that the headline names."""
        for orphan in self.orphans if not self.is_template or self.roles else ():
            post = headline_post(self.page, orphan.start)
            if post is None:
                continue
            title, company, department = post
            if company and Field.COMPANY not in orphan.fields:
                orphan.fields[Field.COMPANY] = [company]
            built, claimed = build_role(self.page, title, orphan.start, orphan.fields, orphan.sections, department)
            if built:
                self.claimed += claimed
                self.roles.append(built)
        self.roles.sort(key=_role_start)


def _post_at_end(page: Page, start: int, end: int) -> int:
    """Where the post's name begins that ends a stretch: at the first place from which it is one."""
    words = page.names.cut(page.value[start:end])
    place = start
    for index in range(len(words)):
        rest = "".join(words[index:])
        if len(rest) <= _LONGEST_ODD_TITLE and page.names.is_post(rest):
            return place
        place += len(words[index])
    return start


def _cut_start(cut: Cut) -> tuple[int, int]:
    return cut.start, -cut.end


def _role_start(role: FoundRole) -> int:
    return role.start
