"""What a reader of an outline keeps in mind: who and what the text is about, and what was read so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from gangwei.head import Head
from gangwei.items import Item, read_items
from gangwei.label_rows import LabelRow
from gangwei.labels import Label
from gangwei.layouts.cuts import Cut, outside
from gangwei.layouts.item_senses import has_sense, says_nothing, sense_of
from gangwei.layouts.levels import stands_below
from gangwei.layouts.reading import build_role
from gangwei.layouts.section import POSTS, SECTIONS, Section
from gangwei.layouts.subjects import (
    called_post,
    headline_post,
    post_of_document,
    ruled_post,
    subject_post,
    subject_within,
    untitled,
)
from gangwei.layouts.values import posts_between
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Line, Page

_WORD: Final = re.compile(r"\w")
# Fields of a word or a number: what runs on behind them is not theirs, and the reader is told of it.
_OF_FACTS: Final = re.compile(
    "日期|时间$|编号|编码|代码|代号|版本|版次|页码|页次|密级|人数|定员|签[字名]|审核|批准|电话|邮箱|网址"
)
_LONGEST_FACT: Final = 120
# What an item may begin with and go on behind: 团队管理：负责…
_SMALL_HEAD: Final = re.compile(r"[^，。；：:\s]{2,10}[：:]")
_SHORTEST_FUNCTION: Final = 8
_NEAR_STAMP: Final = 2
_TITLE_LINES: Final = 2
_FEWEST_SECTIONS: Final = 2
_LONGEST_TITLE: Final = 30
_MOST_OF: Final = 0.6


class Chapter(NamedTuple):
    """The unit whose chapter the text is in, the depth of the chapter's heading, its line, and the word behind the name."""

    name: Entry
    depth: int
    line: int
    tail: str


@dataclass(slots=True)
class OpenRole:
    """The role being read: filled while its text goes on, frozen by `build_role`."""

    title: Entry | None = None
    start: int = 0
    head: Head | None = None
    fields: dict[Field, list[Entry]] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    depth: int = 0
    tails: set[str] = field(default_factory=set)
    in_article: bool = False
    in_section: bool = False


class Outline(NamedTuple):
    """What a page is read by from top to bottom, the same whatever other layouts take of it."""

    cuts: Sequence[Cut]
    mentions: frozenset[int]
    company: Entry | None
    values_before: bool
    rows: tuple[LabelRow, ...]


class State:
    """One pass over the cuts of a page."""

    def __init__(self, page: Page, outline: Outline, taken: Sequence[Span]) -> None:
        self.page = page
        self.cuts = outside(outline.cuts, taken)
        self.is_rest = bool(taken)  # another layout has found what the document is about
        self.mentions = outline.mentions
        self.company = outline.company
        self.employer: Entry | None = None
        self.employer_at = -1
        self.borders: list[int] = []  # where somebody else's text begins
        self.values_before = outline.values_before
        self.beside = {start: row for row in outline.rows for start in row.labels}
        self.role: OpenRole | None = None
        self.pending: dict[Field, list[Entry]] = {}
        self.section: Section | None = None
        self.unit: Entry | None = None
        self.unit_start = -1
        self.chapter: Chapter | None = None
        # Whether the heading over the posts, or the document's title, says that duties follow.
        self.title_of_duties = self.of_duties = _is_of_duties(page)
        self.shares_departments = _shares_departments(page)
        self.shared_department: list[Entry] = []
        self.closed = False
        self.in_article = False
        self.is_template = False
        self.by_article: dict[str, tuple[OpenRole, FoundRole]] = {}
        self.roles: list[FoundRole] = []
        self.orphans: list[OpenRole] = []
        self.alone: OpenRole | None = None  # the one labelled post of which nothing is said behind its name
        self.units: list[FoundUnit] = []
        self.claimed: list[tuple[int, int]] = []

    def begin(
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
        """Begin a section at a place."""
        section = self.section = Section(kind, start, start, depth, is_labelled, word, then, keep)
        section.of_duties = self.of_duties and not is_labelled and not word
        if self.role and kind in SECTIONS:
            self.role.sections.append(section)

    def is_of_page(self) -> bool:
        """Whether the post at hand is the one that the page's front matter names: all that follows is about it."""
        return self.role is not None and self.role.head is None and self.role.start < self.page.front_end

    def depth_of(self, label: Label) -> int:
        """The depth of the heading that a label stands in, 0 where it stands in none."""
        if not (label.at_line_start and self.page.marks.has_headings):
            return 0
        return self.page.lines[self.page.line_index(label.start)].depth

    def content(self, start: int, end: int) -> None:
        """Take what stands between two cuts for the section at hand."""
        if self.section is None or start >= end or not _WORD.search(self.page.value, start, end):
            return
        section = self.section
        if section.field is Field.REQUIREMENT and (duties := self._list_behind(start, end)):
            self.section.pieces.append((start, duties))
            self.begin(
                Field.DUTY,
                duties,
                0,
                is_labelled=True,
                word=self.role.head.tail if self.role and self.role.head else "",
            )
            section, start = self.section, duties
        if section.field in SECTIONS or section.field is Field.UNIT:
            section.pieces.append((start, end))
        if section.field is Field.UNIT:
            self._unit_functions(start, end, is_labelled=section.is_labelled)
        elif section.field is Field.OTHER and not (end - start > _LONGEST_FACT and _OF_FACTS.search(section.word)):
            self.claimed.append((start, end))

    def _list_behind(self, start: int, end: int) -> int:
        """Where the list of what a post does begins, below a requirement that stands whole in its label's line right
        under the post's heading (上岗资格：持证⏎① 执行…); 0 for nowhere."""
        section, role, page = self.section, self.role, self.page
        if section is None or role is None or role.head is None:
            return 0
        if section.keep or section.pieces or any(s.pieces for s in role.sections):
            return 0
        index = page.line_index(start)
        below = page.lines[index + 1] if index + 1 < len(page.lines) else None
        if below is None or below.start >= end or below.ordinal < 0 or page.ordinals[below.ordinal].value != 1:
            return 0
        line_end = page.lines[index].end
        if not _WORD.search(page.value, start, line_end) or page.ordinals_in(start, line_end):
            return 0
        items = [page.value[item.start : item.end] for item in read_items(page, below.start, end, Field.DUTY).items]
        wanted = sum(sense_of(page, text) is Field.REQUIREMENT for text in items)
        return below.start if items and wanted * 2 < len(items) else 0

    def _unit_functions(self, start: int, end: int, *, is_labelled: bool) -> None:
        page = self.page
        closing = page.rules.senses.closing.search
        items = [
            item
            for item in read_items(page, start, end, Field.UNIT).items
            if item.number > 0
            or not (
                closing(page.value, item.start, item.end) or says_nothing(page, item, page.value[item.start : item.end])
            )
        ]
        # A heading that stands twice is nobody's function: 售楼部岗位职责⏎售楼部岗位职责
        headings = page.names.rules.ad_headings
        texts = [page.value[item.start : item.end] for item in items]
        items = [
            item
            for item, text in zip(items, texts, strict=True)
            if text not in headings and not self._heads_again(text)
        ]
        if self.unit is None or not items:
            return
        telling = sum(page.rules.senses.duty.match(page.value, item.start) is not None for item in items)
        has_names = any(page.names.is_post(page.value[i.start : i.end].rstrip("0123456789人名 ")) for i in items)
        has_names = has_names or (len(items) == 1 and _lists_units(page, page.value[items[0].start : items[0].end]))
        numbered = any(item.number for item in items) and (is_labelled or _is_worded(items))
        if has_names or not (numbered or telling * 2 > len(items) or self._is_told(start)):
            return  # a list of names under a unit's name, or a contents list
        functions = tuple(page.entry(i.start, i.end, "unit functions", i.group) for i in items)
        self.units.append(FoundUnit(self.unit, functions))
        self.claimed.append((start, end))

    def _heads_again(self, text: str) -> bool:
        """Whether a text is a heading of the unit at hand."""
        if self.unit is None or not text.startswith(self.unit.text):
            return False
        heading = self.page.names.heading(text)
        return heading is not None and bool(heading.tail) and heading.name.text == self.unit.text

    def _is_told(self, start: int) -> bool:
        """Whether a label in the same line says that a unit's functions follow: 主要职责：文电、会务…"""
        section = self.section
        return section is not None and bool(section.word) and self.page.value[start - 1] in ":： "

    def finish_role(self) -> None:
        """End the role at hand: it is kept where something is said of it."""
        role, self.role = self.role, None
        self.section = None
        if role is None:
            return
        if self.employer:
            role.fields.setdefault(Field.COMPANY, [self.employer])
        must_tell = role.title is None or (role.head is not None and role.head.is_guess)
        role.title = role.title or subject_post(self.page, role.start)
        if role.title is None:
            role.title, must_tell = self._subject_of(role), False
        if role.title is None:
            self.orphans.append(role)
            return
        chapter = self.chapter.name if self.chapter and Field.DEPARTMENT not in role.fields else None
        self._keep(role, role.title, chapter, must_tell=must_tell)

    def _subject_of(self, role: OpenRole) -> Entry | None:
        """The post that the first of several labelled sections begins with: 岗位概述⏎跟单员主要负责…"""
        told = [section for section in role.sections if section.is_labelled and section.pieces]
        if len(told) < _FEWEST_SECTIONS or told[0].field not in (Field.SUMMARY, Field.DUTY):
            return None
        start, end = self.page.trim(*told[0].pieces[0])
        return subject_within(self.page, start, end)

    def _keep(self, role: OpenRole, title: Entry, department: Entry | None, *, must_tell: bool = False) -> None:
        built, claimed = build_role(self.page, title, role.start, role.fields, role.sections, department)
        if built is None and role.head is None:
            self.alone = None if self.alone else role
        if built and not (must_tell and not _tells(self.page, built)) and (title.text or _tells_all(self.page, built)):
            self.claimed += claimed
            self.roles.append(built)
            if role.in_article or role.in_section:
                self.by_article[title.text] = role, built

    def adopt_orphans(self) -> None:
        """Sections that no title stands over belong to the post that the headline names."""
        is_template = self.is_template and not self.roles
        if not is_template:
            self._adopt_by_title_below()
        named = bool(self.roles) or self.is_rest or is_template
        for orphan in self.orphans:
            post = None if is_template else headline_post(self.page, orphan.start)
            if post is None and (called := called_post(self.page, orphan.start)):
                post = called, None, None
            if post is None or any(post[0].start < place <= orphan.start for place in self.borders):
                alone = not named and len(self.orphans) == 1
                if alone and (ruled := ruled_post(self.page)):
                    self._keep(orphan, ruled, None, must_tell=True)
                elif alone and (_is_whole(orphan) or _is_form(orphan)):
                    title = post_of_document(self.page, orphan.start) or untitled(self.page, orphan.start)
                    self._keep(orphan, title, None, must_tell=True)
                continue
            title, company, department = post
            if company:
                orphan.fields.setdefault(Field.COMPANY, [company])
            self._keep(orphan, title, department, must_tell=True)
        self.roles.sort(key=_role_start)

    def _adopt_by_title_below(self) -> None:
        """Where the one label of a post's name stands behind all that is said of the post, it is whose that is."""
        alone, first = self.alone, self.orphans[0] if self.orphans else None
        if first is None or alone is None or alone.title is None or self.roles or self.borders:
            return
        if headline_post(self.page, first.start) is not None:
            return
        for orphan in self.orphans:
            for kind, entries in orphan.fields.items():
                alone.fields.setdefault(kind, entries)
        alone.sections = [section for orphan in self.orphans for section in orphan.sections]
        alone.start = first.start
        self.orphans = []
        self._keep(alone, alone.title, None, must_tell=True)

    def close(self) -> None:
        """End all that is open: what follows belongs to nobody until something opens."""
        self.finish_role()
        self.pending = {}
        self.unit = None
        self.section = None
        self.closed = True

    def stands_in(self, chapter: Chapter, line: Line) -> bool:
        """Whether a post's heading stands in a unit's chapter: below its heading, not beside it."""
        above = self.page.lines[chapter.line]
        if chapter.line <= 1 and "岗位" in chapter.tail and above.ordinal < 0 and line.start > above.end:
            return True  # the title over all: 机修车间岗位责任制
        if line.ordinal < 0 and above.ordinal < 0 and line.depth == above.depth == 0:
            return not chapter.tail
        if line.ordinal < 0 and above.ordinal < 0 and line.depth == above.depth and not chapter.tail:
            below = self.page.lines[chapter.line + 1]  # <h3>市场部</h3><h3>品牌经理</h3>
            return self.page.names.is_post(self.page.value[below.body : below.end])
        return stands_below(self.page, line, above)

    def posts(self, start: int, end: int, rule: str) -> list[Entry]:
        """The posts that a stretch names."""
        entries, span = posts_between(self.page, start, end, rule)
        if entries:
            self.claimed.append((span.start, span.end))
        return entries

    def assign(self, kind: Field, entries: list[Entry]) -> None:
        """Give a short field to the role being read, or to the next one where a new form has begun."""
        role = self.role
        if role and kind in POSTS and self._is_said_again(role, role.fields.get(kind), entries):
            return
        is_beside = role is not None and (
            (kind is Field.COMPANY and not self._has_sections(role))
            or (kind is Field.DEPARTMENT and self._has_facts(role))
        )
        if role and not role.fields.get(kind) and (kind in POSTS or is_beside or not self._has_text(role)):
            role.fields[kind] = entries
        else:
            self.pending[kind] = entries

    def _is_said_again(self, role: OpenRole, own: list[Entry] | None, entries: list[Entry]) -> bool:
        """Whether a form whose first field is the post's name tells at its end what it told behind that name."""
        if not own or role.title is None or own[0].start < role.title.end:
            return False
        return [entry.text for entry in own] == [entry.text for entry in entries]

    def _has_sections(self, role: OpenRole) -> bool:
        """Whether a role has a section that a label opened, or a list of its own."""
        return any(
            section.is_labelled
            or (section.pieces and self.page.ordinals_in(section.pieces[0][0], section.pieces[-1][1]))
            for section in role.sections
        )

    def _has_facts(self, role: OpenRole) -> bool:
        """Whether facts are all that stands below a post's bare heading so far: 学历要求：本科⏎所属部门：…"""
        if role.head is None or role.head.tail or role.head.mentions:
            return False
        told = [section for section in role.sections if section.pieces and not section.keep]
        lines = [
            line
            for section in told
            for line in self.page.value[section.pieces[0][0] : section.pieces[-1][1]].splitlines()
            if line.strip()
        ]
        is_listed = all(
            line.lstrip().startswith("[") or (_SMALL_HEAD.search(line) and len(line) <= _LONGEST_TITLE)
            for line in lines
        )
        return is_listed and not any(section.is_labelled for section in told)

    def _has_text(self, role: OpenRole) -> bool:
        """Whether anything is said of a role so far; the head of a table that begins under its name says nothing, nor
        does its own heading (门卫岗位职责⏎部门：…)."""
        own = role.head.start if role.head else -1
        told = [section for section in role.sections if section.field is not Field.SUMMARY]
        if any(section.is_labelled and (section.pieces or section.start != own) for section in told):
            return True
        return any(self._tells(*piece) for section in role.sections for piece in section.pieces)

    def _tells(self, start: int, end: int) -> bool:
        """Whether a line of a stretch is an item, or reads as a duty or a requirement does; a row of a table says nothing."""
        first, last = self.page.line_index(start), self.page.line_index(end - 1)
        for line in self.page.lines[first : last + 1]:
            text = self.page.value[max(start, line.start) : min(end, line.end)]
            if text[:1] != "|" and (line.ordinal >= 0 or has_sense(self.page, text)):
                return True
        return False

    def employ(self, employer: Entry) -> bool:
        """Give an employer's name to the post whose name stands right above it, on a page that begins with posts."""
        role = self.role
        if role is None or role.title is None or self.employer or self._has_text(role):
            return False
        role.fields.setdefault(Field.COMPANY, [employer])
        return True

    def part(self, place: int) -> None:
        """End what somebody else wrote; a name right above the line with his name and the hour is the headline below it."""
        line = self.page.line_index(place)
        if self.role and line - self.page.line_index(self.role.start) <= _NEAR_STAMP:
            return
        self.borders.append(place)
        self.close()
        if self.employer and line - self.page.line_index(self.employer_at) > _NEAR_STAMP:
            self.employer = None

    def employed(self) -> tuple[tuple[FoundRole, ...], Entry | None]:
        """The roles and the page's employer: none where several employ the posts, and then each role has its own."""
        named = {role.company.text: role.company for role in self.roles if role.company}
        if len(named) > 1:
            return tuple(self.roles), None
        company = next(iter(named.values()), self.company)
        if self.employer_at >= 0:
            return tuple([replace(role, company=None) for role in self.roles]), company
        # What a label names is surer than what the head of the page may name.
        is_labelled = company is not None and company.rule.startswith("label ")
        return tuple(self.roles), company if is_labelled else self.company


def _shares_departments(page: Page) -> bool:
    """Whether departments stand over groups of posts: fewer labels of theirs than of posts, each right above one of
    these, and none below a post's."""
    fields = [label.rule.field for label in page.labels if label.at_line_start]
    places = [index for index, kind in enumerate(fields) if kind is Field.DEPARTMENT]
    titles = fields.count(Field.TITLE)
    if not 0 < len(places) < titles or fields.index(Field.DEPARTMENT) > fields.index(Field.TITLE):
        return False
    return all(fields[place + 1 : place + 2] == [Field.TITLE] for place in places)


def _is_of_duties(page: Page) -> bool:
    """Whether a title says that the document tells duties: 幼儿园岗位职责."""
    return any(
        line.end - line.body <= _LONGEST_TITLE and page.names.is_duty_heading(page.value[line.body : line.end])
        for line in page.lines[:_TITLE_LINES]
    )


def _lists_units(page: Page, text: str) -> bool:
    """Whether a text names units and says nothing of them: 办公室、财务科、综合科."""
    names = text.split("、")
    return len(names) > 1 and sum(map(page.names.is_unit, names)) * 2 > len(names)


def _is_worded(items: Sequence[Item]) -> bool:
    """Whether the items of a list are more than names: long ones, and more than one."""
    return len(items) > 1 and sum(item.end - item.start for item in items) >= _SHORTEST_FUNCTION * len(items)


def _is_whole(role: OpenRole) -> bool:
    """Whether a post is told of as in an advertisement: its duties and what it asks for, each under a label of its own."""
    told = {section.field for section in role.sections if section.is_labelled and section.pieces}
    return {Field.DUTY, Field.REQUIREMENT} <= told


def _is_form(role: OpenRole) -> bool:
    """Whether a post is told of as in a form: whom it is under or over, and its duties under a label of their own."""
    has_duties = any(s.field is Field.DUTY and s.is_labelled and s.pieces for s in role.sections)
    return has_duties and (Field.SUPERVISOR in role.fields or Field.SUBORDINATE in role.fields)


def _tells(page: Page, role: FoundRole) -> bool:
    """Whether what stands under a headline reads as duties and requirements do, by half of its items at the least."""
    senses = page.rules.senses
    items = [*role.duties, *role.requirements, *role.kpis, *role.authorities]
    texts = [_SMALL_HEAD.sub("", item.text) for item in items]
    telling = sum(bool(senses.duty.match(text) or senses.requirement.search(text)) for text in texts)
    return telling * 2 >= len(items) > 0


def _tells_all(page: Page, role: FoundRole) -> bool:
    """Whether duties and requirements, several of each, read as such by most of their items: then somebody is sought,
    though nothing says for which post."""
    senses = page.rules.senses
    does = sum(senses.duty.match(item.text) is not None for item in role.duties)
    wanted = sum(senses.requirement.search(item.text) is not None for item in role.requirements)
    return does >= max(2, _MOST_OF * len(role.duties)) and wanted >= max(2, _MOST_OF * len(role.requirements))


def _role_start(role: FoundRole) -> int:
    return role.start
