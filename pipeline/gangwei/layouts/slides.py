"""Slide text: the boxes of a deck in any order, run together, with the numbers of the slides strewn in.

A deck is cut into chapters (`deck_marks`), a chapter into boxes (`deck_boxes`), and the sentences of a chapter are shared
among its posts and units (`deck_owners`). What a post has on several slides - duties here, requirements there - is put
together by its name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from gangwei.layouts.deck_boxes import cut_deck
from gangwei.layouts.deck_chunks import BOX_START, Box
from gangwei.layouts.deck_fields import deck_relations, related
from gangwei.layouts.deck_heads import field_at
from gangwei.layouts.deck_marks import MARK_START, Chapter, Mark, deck_chapters, deck_stretch
from gangwei.layouts.deck_named import named_boxes
from gangwei.layouts.deck_names import Counts
from gangwei.layouts.deck_owners import Group, Habits, Shares, habits_of
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
    (Field.KPI, re.compile("考核指标|绩效指标|关键指标|业绩指标|KPI|指标|(?:考核|绩效|业绩)(?:标准|要点|内容|项目)")),
    (Field.AUTHORITY, re.compile("岗位权限|工作权限|管理权限|主要权限|权限")),
)
# The head of a chapter that speaks of posts ends in one of these; the head of one that gives advice in one of those.
_ADVICE: Final = re.compile(
    "(?:改进|方向|方法|建议|展望|总结|重要性|意义|原则|机制|优化|建立|案例|问题|技巧|目的|背景|历程|工作计划|工作安排|运行保障|规范要求)$"
)
# What a chapter may be about in which posts are named and not described.
_OF_COMPANY: Final = re.compile(
    "(?:制度|流程|文化|福利|计划|保障|安排|评估|沟通|协作|培训|历程|概况|建设|实施|分析|措施|提升|创新|须知|规范|要求)$"
)
_OF_UNITS: Final = re.compile("部门|机构|组织|架构|科室|职能")
_OF_POSTS: Final = re.compile("职责|分工|岗位|责任|职能|任职|指标|角色|权限|资格")
_POSTS_END: Final = re.compile("(?:职责|分工|岗位|责任|职能|设置|角色|架构)$")
_UNIT_TITLE: Final = re.compile(
    "(?P<unit>.{2,18}?)的?(?:岗位|职责|责任|职能|角色|分工|设置|要求|考核|指标|工作|主要|任职|资格|标准|说明|权限|人员|划分|介绍|概述|任务|内容|描述|[与和及、])+$"
)
_NO_DEPARTMENT: Final = re.compile("组织架构|架构|设置|[与和及各]部门$")
# An indicator, its name right before its target.
_MEASURED: Final = re.compile(
    "[^，,；;。]{2,14}(?:率|度|量|额|数|时间|时长|成本|费用|周期|差错|投诉|事故)(?:为|达到?|≥|≤|>|<|=|不低于|不超过|不少于|不高于|低于|高于|控制在|在)*[0-9百零]"
)
_KNOWS: Final = re.compile("掌握|了解|熟悉|具备|具有|能够")
_CLEAR: Final = re.compile("负责|制定|组织|协助|编制|监督|审核|处理|办理|建立|维护|完成|统筹|管理")
# What a title may say of a unit right behind its name.
_OF_UNIT: Final = re.compile(
    "岗位|职责|职能|(?:组织)?架构(?=[^。]{0,6}岗位)|组织(?!架构)|核心|关键|各岗|各级|人员|员工|团队|工作|主要|任职|考核|概述|概况|详解|的|[:：（(—-]"
)
_UNIT_WORDS: Final = 8
_FEWEST_UNITS: Final = 2
_FIGURE: Final = re.compile("[0-9０-９]|百分之|零|[一二三四五六七八九十][次天例]")
_HEADS_BACK: Final = 6
_LONGEST_OWN_HEAD: Final = 30
_DUTIES_BEHIND: Final = re.compile(r"[^\n。；]{2,18}?(?:岗位|工作|主要)?(?:职责|工作内容)\s*$")
# The number of an item in a run of them.
_ORDINAL: Final = re.compile(r"(?:\d{1,2}[、.．)）](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])[ ]?")
_SPLIT: Final = re.compile("[；;]")
_UNIT_LIKE: Final = re.compile("[\u4e00-\u9fff]{2,8}(?:团队|班组|小组|(?<![市现商])[厂场])$")


_FIELDS: Final = (Field.DUTY, Field.REQUIREMENT, Field.KPI, Field.AUTHORITY)


class _Read(NamedTuple):
    """A chapter with its boxes and who owns them."""

    title: str
    department: Entry | None
    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]


def read_slides(page: Page) -> Iterator[tuple[Span, Reading]]:
    """The stretch of slide text of a page, if any, with what it says."""
    stretch = deck_stretch(page)
    if not stretch:
        return
    start, end, marks = stretch
    relations = deck_relations(page, start, end, marks)
    if relations:
        marks = sorted([*marks, *(Mark("field", named.start, named.end) for named in relations)], key=MARK_START)
    counts = Counts(page.value)
    found = deck_chapters(page, start, end, marks)
    cut = cut_deck(page, counts, found, marks)
    cut = [_named_again(page, c, boxes, marks) for c, boxes in zip(found, cut, strict=True)]
    chapters = [(c, named_boxes(page, c, boxes)) for c, boxes in zip(found, cut, strict=True)]
    shares = [Shares(page, boxes) for _, boxes in chapters]
    habits = habits_of([chapter.shared(Habits()) for chapter in shares])
    read = [
        _Read(
            page.value[chapter.title_start : chapter.title_end],
            _department(page, chapter),
            tuple(boxes),
            tuple(owners.shared(habits)),
        )
        for (chapter, boxes), owners in zip(chapters, shares, strict=True)
    ]
    roles, units, claimed = _Deck(page).read(read)
    if roles or units:
        claimed = (*claimed, *((relation.start, relation.end) for relation in relations))
        roles = related(page, roles, relations, found)
        yield Span(start, end), Reading(roles, units, None, claimed, "slides_flat")


def _named_again(page: Page, chapter: Chapter, boxes: list[Box], marks: Sequence[Mark]) -> list[Box]:
    """The boxes of a chapter; one that tells of posts and names none is read again, and words for a kind of work
    may name one: 文案策划."""
    if any(box.kind in ("post", "unit") for box in boxes):
        return boxes
    if not _POSTS_END.search(page.value, chapter.title_start, chapter.title_end):
        return boxes
    return cut_deck(page, Counts(page.value, is_lenient=True), [chapter], marks)[0]


def _department(page: Page, chapter: Chapter) -> Entry | None:
    """The unit that a chapter's title names."""
    text = page.value[chapter.title_start : chapter.title_end]
    match = _UNIT_TITLE.match(text)
    name = match["unit"] if match else text
    if _NO_DEPARTMENT.search(name) or not (page.names.is_unit(name) or (match and _UNIT_LIKE.fullmatch(name))):
        name = _unit_before(page, text)
        if not name:
            return None
    return page.entry(chapter.title_start, chapter.title_start + len(name), "chapter")


def _unit_before(page: Page, title: str) -> str:
    """The unit that a title begins with, whatever it says of the unit: 人力资源部组织架构与岗位设置."""
    so_far = name = ""
    for word in page.names.cut(title)[:_UNIT_WORDS]:
        so_far += word
        if _OF_UNIT.match(title, len(so_far)) and page.names.is_unit(so_far):
            name = so_far
    return name


class _Deck:
    """The posts and units of a deck as they grow. It lives inside `read_slides`."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._roles: list[FoundRole] = []
        self._places: dict[str, list[int]] = {}  # of the roles, by their names
        self._units: dict[str, FoundUnit] = {}
        self._claimed: list[tuple[int, int]] = []

    def read(
        self, chapters: Sequence[_Read]
    ) -> tuple[tuple[FoundRole, ...], tuple[FoundUnit, ...], tuple[tuple[int, int], ...]]:
        """The posts, the units, and the places that are accounted for."""
        for chapter in chapters:
            advises = _ADVICE.search(chapter.title) and not _POSTS_END.search(chapter.title)
            tells = not advises and (self._tells(chapter) or self._goes_on(chapter))
            groups = [group for group in chapter.groups if tells or self._is_unit_of(chapter, group)]
            for group in groups:
                self._take(chapter, group)
            if groups:
                self._claimed += [
                    (box.start, box.end) for box in chapter.boxes if box.kind in ("number", "label", "other")
                ]
        return tuple(self._roles), tuple(self._units.values()), tuple(self._claimed)

    def _tells(self, chapter: _Read) -> bool:
        """Whether a chapter says what posts do, and does not only speak of them."""
        if chapter.department or _OF_POSTS.search(chapter.title):
            return True
        sentences = [box for group in chapter.groups for box in group.sentences]
        starts = sum(bool(self._page.rules.senses.duty.match(self._page.value, box.start)) for box in sentences)
        if _OF_COMPANY.search(chapter.title):
            full = [group for group in chapter.groups if len(group.sentences) > 1]
            return len(full) > 1 and starts * 3 >= 2 * len(sentences)
        fields = {_sense_of_slide(self._page, chapter, group) for group in chapter.groups}
        is_post = starts > 0 and self._page.names.is_post(chapter.title)
        return bool(sentences) and (is_post or starts * 2 >= len(sentences) or fields != {None})

    def _goes_on(self, chapter: _Read) -> bool:
        """Whether a chapter says more of posts that are known: what they must bring, what they are measured by."""
        names = [self._page.value[group.name.start : group.name.end] for group in chapter.groups]
        sentences = [box for group in chapter.groups for box in group.sentences]
        others = sum(_sense(self._page, box) is not Field.DUTY for box in sentences)
        return sum(name in self._places for name in names) * 2 > len(names) and others * 2 > len(sentences)

    def _is_unit_of(self, chapter: _Read, group: Group) -> bool:
        """Whether a group is one of several units that a chapter on the company sets beside one another."""
        if group.name.kind != "unit" or sum(other.name.kind == "unit" for other in chapter.groups) < _FEWEST_UNITS:
            return False
        return bool(_OF_UNITS.search(chapter.title)) or all(_is_duty(self._page, box) for box in group.sentences)

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
        found: dict[Field, list[Entry]] = {field: [] for field in _FIELDS}
        sense = _sense_of_slide(page, chapter, group)
        inside = _sections(page, chapter, sentences)
        for box in sentences:
            found[inside.get(box) or sense or _sense(page, box)] += [
                page.entry(s, e, _RULE) for s, e in _items(page, box)
            ]
        self._merge(chapter, name, {field: tuple(entries) for field, entries in found.items()})

    def _merge(self, chapter: _Read, name: Entry, found: dict[Field, tuple[Entry, ...]]) -> None:
        """Another slide of a post that is known, or a new post."""
        places = self._places.setdefault(name.text, [])
        for place in places:
            role = self._roles[place]
            if self._is_same(role, chapter, found):
                self._roles[place] = replace(
                    role,
                    department=role.department or chapter.department,
                    duties=role.duties + found[Field.DUTY],
                    requirements=role.requirements + found[Field.REQUIREMENT],
                    kpis=role.kpis + found[Field.KPI],
                    authorities=role.authorities + found[Field.AUTHORITY],
                )
                return
        entries = [entry for field in found.values() for entry in field]
        places.append(len(self._roles))
        self._roles.append(
            FoundRole(
                name,
                None,
                chapter.department,
                duties=found[Field.DUTY],
                requirements=found[Field.REQUIREMENT],
                kpis=found[Field.KPI],
                authorities=found[Field.AUTHORITY],
                layout="slides_flat",
                start=min(name.start, entries[0].start),
                end=max(name.end, entries[-1].end),
            )
        )

    def _is_same(self, role: FoundRole, chapter: _Read, found: dict[Field, tuple[Entry, ...]]) -> bool:
        departments = {entry.text for entry in (role.department, chapter.department) if entry}
        return len(departments) < 2 or not found[Field.DUTY] or not role.duties


def _items(page: Page, sentence: Box) -> Iterator[tuple[int, int]]:
    """The items of a sentence: a slide's block of prose is cut at ；"""
    place = sentence.start
    stops = [match.start() for match in _SPLIT.finditer(page.value, sentence.start, sentence.end)]
    for stop in [*stops, sentence.end]:
        span = page.trim(place, stop)
        number = _ORDINAL.match(page.value, span.start, span.end)
        span = page.trim(number.end(), span.end) if number else span
        if span.end > span.start:
            yield span
        place = stop + 1


def _sense_of_slide(page: Page, chapter: _Read, group: Group) -> Field | None:
    """What the heads around a group say that its sentences are: None where they say nothing."""
    first = min(group.name.start, group.sentences[0].start)
    if _DUTIES_BEHIND.match(page.value, group.name.start, min(group.sentences[0].start, first + _LONGEST_OWN_HEAD)):
        return None  # 调度员岗位职责 says what they are, whatever the slide before was about
    place = bisect_left(chapter.boxes, first, key=BOX_START)
    heads = (box for box in reversed(chapter.boxes[:place]) if box.kind in ("label", "other") and box.end <= first)
    texts = [page.value[box.start : box.end] for box in islice(heads, _HEADS_BACK)]
    for text in [*texts, chapter.title]:
        if text in page.rules.labels and page.rules.labels[text].field is Field.DUTY:
            return None
        fields = [(match.end(), field) for field, pattern in _SENSES for match in pattern.finditer(text)]
        if fields and _may_be(page, max(fields)[1], group.sentences):
            return max(fields)[1]
    return None


def _sections(page: Page, chapter: _Read, sentences: Sequence[Box]) -> dict[Box, Field]:
    """The sentences of a post that stand under the label of a field inside its slide (任职要求)."""
    found: dict[Box, Field] = {}
    current: Field | None = None
    own = set(sentences)
    is_inside = False
    starts = sorted([box.start for box in sentences])
    boxes = chapter.boxes
    within = slice(bisect_left(boxes, starts[0], key=BOX_START), bisect_right(boxes, starts[-1], key=BOX_START))
    for box in boxes[within]:
        field = field_at(page, box.start, box.end) if is_inside and box.kind in ("label", "other") else None
        if field:
            current = field
        elif box.kind in ("sentence", "kpi"):
            is_inside = box in own
            current = current if is_inside else None
            if current is Field.KPI and _is_duty(page, box) and not _FIGURE.search(page.value, box.start, box.end):
                current = None
            if current and is_inside:
                found[box] = current
    return found


def _may_be(page: Page, field: Field, sentences: Sequence[Box]) -> bool:
    """Whether sentences can be what a head says: a label over a duty may speak of indicators too."""
    duties = sum(_is_duty(page, box) for box in sentences)
    if field is Field.KPI:
        figures = sum(bool(_FIGURE.search(page.value, box.start, box.end)) for box in sentences)
        return figures * 2 > len(sentences) and duties * 2 <= len(sentences)
    if field is Field.REQUIREMENT and sum(box.kind == "kpi" for box in sentences) * 2 > len(sentences):
        return False
    return duties * 2 <= len(sentences)


def _is_duty(page: Page, sentence: Box) -> bool:
    """Whether a sentence says what is done, and not what is measured or what must be brought: 招聘完成率95%, 掌握…知识."""
    text = page.value[sentence.start : sentence.end]
    senses = page.rules.senses
    if not senses.duty.match(text) or _MEASURED.match(text):
        return False
    return not (_KNOWS.match(text) or senses.requirement.search(text)) or bool(_CLEAR.match(text))


def _sense(page: Page, sentence: Box) -> Field:
    """What a sentence is where no head says so."""
    text = page.value[sentence.start : sentence.end]
    senses = page.rules.senses
    if sentence.kind == "kpi" or _MEASURED.match(text) or (is_indicator(text) and not senses.duty.match(text)):
        return Field.KPI
    if senses.requirement.search(text) and not senses.duty.match(text):
        return Field.REQUIREMENT
    return Field.DUTY
