"""Slide text: the boxes of a deck in any order, run together, with the numbers of the slides strewn in.

A deck is cut into chapters (`deck_marks`), a chapter into boxes (`deck_boxes`), and the sentences of a chapter are shared
among its posts and units (`deck_owners`). What a post has on several slides - duties here, requirements there - is put
together by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from gangwei.layouts.deck_boxes import cut_boxes
from gangwei.layouts.deck_chunks import Box
from gangwei.layouts.deck_marks import Chapter, deck_chapters, deck_marks, deck_stretches
from gangwei.layouts.deck_owners import Group, Habits, habits_of, share
from gangwei.layouts.deck_words import is_indicator
from gangwei.layouts.reading import Reading
from gangwei.model import Entry, Field, FoundRole, FoundUnit, Span
from gangwei.page import Page

_RULE: Final = "slide sentence"
# What the head of a chapter or a slide says of the sentences under it; the last of these words counts.
_SENSES: Final = (
    (
        Field.REQUIREMENT,
        re.compile(
            "任职要求|任职资格|任职条件|上岗条件|上岗要求|岗位要求|资格要求|能力要求|招聘要求|素质要求|任职标准|应知应会|录用条件|用人标准|资格|条件"
        ),
    ),
    (Field.KPI, re.compile("考核指标|绩效指标|关键指标|业绩指标|KPI|指标")),
    (Field.AUTHORITY, re.compile("岗位权限|工作权限|管理权限|主要权限|权限")),
)
# The head of a chapter that speaks of posts ends in one of these; the head of one that gives advice in one of those.
_ADVICE: Final = re.compile(
    "(?:建立|改进|方向|方法|建议|计划|展望|总结|重要性|意义|安排|保障|原则|机制|流程|制度|文化|福利|优化|建设|案例|分析|问题|实施|技巧|目的|背景|历程|要求与规范|规范要求|评估|措施|协作|沟通|创新|提升)$"
)
_OF_POSTS: Final = re.compile("职责|分工|岗位|责任|职能|任职|指标|角色|权限|资格")
_POSTS_END: Final = re.compile("(?:职责|分工|岗位|责任|职能|设置|角色|架构)$")
_NO_DEPARTMENT: Final = re.compile("组织|架构|设置|[与和及各]部门$")
_SPLIT: Final = re.compile("[；;]")
_UNIT_LIKE: Final = re.compile("[\u4e00-\u9fff]{2,8}(?:团队|班组|小组)$")


class _Read(NamedTuple):
    """A chapter with its boxes and who owns them."""

    title: str
    department: Entry | None
    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]


def read_slides(page: Page) -> Iterator[tuple[Span, Reading]]:
    """The stretches of slide text of a page, each with what it says."""
    for start, end in deck_stretches(page):
        marks = deck_marks(page, start, end)
        chapters = [
            (c, _named_boxes(page, c, cut_boxes(page, c.start, c.end, marks)))
            for c in deck_chapters(page, start, end, marks)
        ]
        chapters = [(chapter, _without_pairs(page, boxes)) for chapter, boxes in chapters]
        habits = habits_of([share(page, boxes, Habits()) for _, boxes in chapters])
        read = [
            _Read(
                page.value[chapter.title_start : chapter.title_end],
                _department(page, chapter),
                tuple(boxes),
                tuple(share(page, boxes, habits)),
            )
            for chapter, boxes in chapters
        ]
        roles, units, claimed = _Deck(page).read(read)
        if roles or units:
            yield Span(start, end), Reading(roles, units, None, claimed, "slides_flat")


def _named_boxes(page: Page, chapter: Chapter, boxes: list[Box]) -> list[Box]:
    """The boxes of a chapter; a title that names a post is a box of its own."""
    heading = page.names.heading(page.value[chapter.title_start : chapter.title_end])
    if heading and heading.kind == "post":
        start = chapter.title_start + heading.name.start
        return [Box("post", start, start + len(heading.name.text)), *boxes]
    return boxes


def _without_pairs(page: Page, boxes: Sequence[Box]) -> list[Box]:
    """The boxes without the pairs (售后经理/售后专员) whose posts stand apart as well: those pairs head a slide."""
    names = {page.value[box.start : box.end] for box in boxes if box.kind == "post"}
    kept = []
    for box in boxes:
        parts = re.split(r"[/／]", page.value[box.start : box.end])
        is_pair = box.kind == "post" and len(parts) > 1 and all(part in names for part in parts)
        kept.append(box._replace(kind="other") if is_pair else box)
    return kept


def _department(page: Page, chapter: Chapter) -> Entry | None:
    """The unit that a chapter's title names."""
    text = page.value[chapter.title_start : chapter.title_end]
    heading = page.names.heading(text)
    if heading and heading.kind == "unit" and not _NO_DEPARTMENT.search(heading.name.text):
        start = chapter.title_start + heading.name.start
        return page.entry(start, start + len(heading.name.text), "chapter")
    for match in _POSTS_END.finditer(text):
        name = re.sub("(?:岗位|工作|主要|的)+$", "", text[: match.start()])
        if _UNIT_LIKE.fullmatch(name):
            return page.entry(chapter.title_start, chapter.title_start + len(name), "chapter")
    return None


class _Deck:
    """The posts and units of a deck as they grow. It lives inside `read_slides`."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._roles: list[FoundRole] = []
        self._units: dict[str, FoundUnit] = {}
        self._claimed: list[tuple[int, int]] = []

    def read(
        self, chapters: Sequence[_Read]
    ) -> tuple[tuple[FoundRole, ...], tuple[FoundUnit, ...], tuple[tuple[int, int], ...]]:
        """The posts, the units, and the places that are accounted for."""
        for chapter in chapters:
            if _ADVICE.search(chapter.title) and not _POSTS_END.search(chapter.title):
                continue
            if self._tells(chapter):
                for group in chapter.groups:
                    self._take(chapter, group)
                self._claimed += [(box.start, box.end) for box in chapter.boxes if box.kind in ("number", "other")]
        return tuple(self._roles), tuple(self._units.values()), tuple(self._claimed)

    def _tells(self, chapter: _Read) -> bool:
        """Whether a chapter says what posts do, and does not only speak of them."""
        if chapter.department or _OF_POSTS.search(chapter.title):
            return True
        sentences = [box for group in chapter.groups for box in group.sentences]
        starts = sum(bool(self._page.rules.senses.duty.match(self._page.value, box.start)) for box in sentences)
        fields = {_sense_of_slide(self._page, chapter, group) for group in chapter.groups}
        return bool(sentences) and (starts * 2 >= len(sentences) or fields != {None})

    def _take(self, chapter: _Read, group: Group) -> None:
        page = self._page
        sentences = sorted(group.sentences)
        self._claimed.append((group.name.start, group.name.end))
        self._claimed += [(box.start, box.end) for box in sentences]
        name = page.entry(group.name.start, group.name.end, "slide title")
        if group.name.kind == "unit":
            items = tuple(page.entry(s, e, _RULE) for box in sentences for s, e in _items(page, box))
            unit = self._units.get(name.text)
            self._units[name.text] = FoundUnit(unit.name, unit.functions + items) if unit else FoundUnit(name, items)
            return
        found: dict[Field, list[Entry]] = {
            field: [] for field in (Field.DUTY, Field.REQUIREMENT, Field.KPI, Field.AUTHORITY)
        }
        sense = _sense_of_slide(page, chapter, group)
        for box in sentences:
            found[sense or _sense(page, box)] += [page.entry(s, e, _RULE) for s, e in _items(page, box)]
        self._merge(chapter, name, {field: tuple(entries) for field, entries in found.items()})

    def _merge(self, chapter: _Read, name: Entry, found: dict[Field, tuple[Entry, ...]]) -> None:
        """Another slide of a post that is known, or a new post."""
        entries = [entry for field in found.values() for entry in field]
        place = next((i for i, role in enumerate(self._roles) if self._is_same(role, name, chapter, found)), None)
        if place is None:
            start, end = min(name.start, entries[0].start), max(name.end, entries[-1].end)
            role = FoundRole(name, None, chapter.department, layout="slides_flat", confidence=0.7, start=start, end=end)
            self._roles.append(role)
            place = len(self._roles) - 1
        role = self._roles[place]
        self._roles[place] = replace(
            role,
            department=role.department or chapter.department,
            duties=role.duties + found[Field.DUTY],
            requirements=role.requirements + found[Field.REQUIREMENT],
            kpis=role.kpis + found[Field.KPI],
            authorities=role.authorities + found[Field.AUTHORITY],
        )

    def _is_same(self, role: FoundRole, name: Entry, chapter: _Read, found: dict[Field, tuple[Entry, ...]]) -> bool:
        if role.title.text != name.text:
            return False
        departments = {entry.text for entry in (role.department, chapter.department) if entry}
        return len(departments) < 2 or not found[Field.DUTY] or not role.duties


def _items(page: Page, sentence: Box) -> Iterator[tuple[int, int]]:
    """The items of a sentence: a slide's block of prose is cut at ；"""
    place = sentence.start
    stops = [match.start() for match in _SPLIT.finditer(page.value, sentence.start, sentence.end)]
    for stop in [*stops, sentence.end]:
        span = page.trim(place, stop)
        if span.end > span.start:
            yield span.start, span.end
        place = stop + 1


def _sense_of_slide(page: Page, chapter: _Read, group: Group) -> Field | None:
    """What the heads around a group say that its sentences are: None where they say nothing."""
    first = min(group.name.start, group.sentences[0].start)
    heads = [page.value[box.start : box.end] for box in chapter.boxes if box.kind == "other" and box.end <= first]
    for text in [*reversed(heads[-6:]), chapter.title]:
        if "职责" in text and not re.search("指标|任职|要求|资格|权限", text):
            return None
        fields = [(match.end(), field) for field, pattern in _SENSES for match in pattern.finditer(text)]
        if fields:
            return max(fields)[1]
    return None


def _sense(page: Page, sentence: Box) -> Field:
    """What a sentence is where no head says so."""
    text = page.value[sentence.start : sentence.end]
    senses = page.rules.senses
    if sentence.kind == "kpi" or (is_indicator(text) and not senses.duty.match(text)):
        return Field.KPI
    if senses.requirement.search(text) and not senses.duty.match(text):
        return Field.REQUIREMENT
    return Field.DUTY
