"""What layouts have in common: a reading of a stretch, and how sections become a role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from gangwei.items import read_items
from gangwei.layouts.indicator_lines import indicators_in_table
from gangwei.layouts.item_senses import (
    NO_VALUE,
    has_sense,
    is_offer,
    sense_of,
)
from gangwei.layouts.section import SECTIONS, Section
from gangwei.layouts.section_items import take_items
from gangwei.model import Entry, Field, FoundRole, FoundUnit
from gangwei.page import Page, tidy
from gangwei.sentences import sentences

_FIELDS: Final = tuple(Field)
# What is welcome besides, wherever the rest of what is asked stands.
_BONUS: Final = re.compile("加分|优先")
_TICKS: Final = re.compile("[☑□☐√✓✔][\\s\\S]{0,12}[☑□☐√✓✔]")
# What a heading over neither duties nor requirements speaks of.
NOT_OF_POSTS: Final = re.compile(
    "公司|团队|企业|关于|福利|待遇|薪|流程|联系|投递|应聘方式|理由|文化|提供|收获|获得|得到|给你|给什么|亮点|地址|时间|方式|备注|问答|加入|环境|回报|成长|发展|挑战|困难|难点|问题|误区|建议|典型|简历|履历|应征|请附|检附|介绍|报名|须知|纪律|制度|工具|示例|例子|输入|输出|格式|禁止|不"
)
_OF_ROUTINES: Final = re.compile("日常|每[日天周月]|例行")


class Reading(NamedTuple):
    """What one layout makes of a page; `claimed` are spans of the page that it explains."""

    roles: tuple[FoundRole, ...]
    units: tuple[FoundUnit, ...]
    company: Entry | None
    claimed: tuple[tuple[int, int], ...]
    layout: str


def build_role(
    page: Page,
    title: Entry,
    start: int,
    fields: Mapping[Field, Sequence[Entry]],
    sections: Sequence[Section],
    chapter: Entry | None = None,
    layout: str = "outline",
) -> tuple[FoundRole | None, list[tuple[int, int]]]:
    """The role that a title, its short fields and its sections make, and the spans that it explains; None where
    nothing is said of it."""
    # A table gives some items ready made, put together from two cells.
    found: dict[Field, list[Entry]] = {kind: [] for kind in _FIELDS}
    for kind in SECTIONS & fields.keys():
        found[kind] += fields[kind]
    told = [section for section in sections if section.pieces]
    over_duties = {section.word for section in told if section.field is Field.DUTY}
    lists = sum(section.is_labelled for section in told if section.field is Field.DUTY)
    asks_apart = any(map(_asks_apart, told))
    claimed: list[tuple[int, int]] = []
    summary: Entry | None = None
    names_posts = bool(fields.get(Field.SUPERVISOR) or fields.get(Field.SUBORDINATE))
    is_form = names_posts or bool(fields.get(Field.DEPARTMENT))
    end = start
    group = ""
    for section, following in zip(told, [*told[1:], None], strict=False):
        if section.group and following and following.field is section.field and not following.group:
            group = tidy(page.value[slice(*page.trim(section.pieces[0][0], section.pieces[-1][1]))])
            claimed.append((section.pieces[0][0], section.pieces[-1][1]))
            continue
        begin, stop = section.pieces[0][0], section.pieces[-1][1]
        end = max(end, stop)
        kind = section.field
        is_short = kind is Field.SUMMARY or (
            len(over_duties) > 1
            and section.word in ("岗位描述", "职位描述", "工作描述", "岗位说明", "主要工作", "主要工作职责")
        )
        if is_short and not page.ordinals_in(begin, stop):
            parts = sentences(page, begin, stop)
            if len(parts) == 1 or (lists and kind is Field.SUMMARY and _is_paragraph(page, parts)):
                claimed.append((begin, stop))
                if len(parts) == 1 and not NO_VALUE.match(page.value[slice(*parts[0])]):
                    summary = summary or page.entry(*parts[0], f"label {section.word}")
                continue
        if kind is Field.SUMMARY:
            if _TICKS.search(page.value[begin:stop]):
                continue
            kind = Field.DUTY
        if section.is_unknown:
            known = _field_by_sense(page, section, begin, stop)
            if known is None:
                continue
            kind, section.is_labelled = known, True
        heading = group or section.heading
        if kind is Field.KPI and not section.is_column and (cells := indicators_in_table(page, begin, stop)):
            found[kind] += cells
            claimed.append((begin, stop))
            continue
        unused = take_items(
            page, section, kind, begin, stop, found, heading,
            is_form=is_form, asks_apart=asks_apart, has_lists=lists > 0,
        )  # fmt: skip
        claimed += _without(begin, stop, unused)
        group = ""
    department = _first(fields, Field.DEPARTMENT) or chapter
    if not names_posts and not summary and not any(found.values()):
        return None, []
    return FoundRole(
        title,
        _first(fields, Field.COMPANY),
        department,
        tuple(fields.get(Field.SUPERVISOR, ())),
        tuple(fields.get(Field.SUBORDINATE, ())),
        tuple(fields.get(Field.DEPUTY, ())),
        summary,
        tuple(found[Field.DUTY]),
        tuple(found[Field.AUTHORITY]),
        tuple(found[Field.KPI]),
        tuple(found[Field.REQUIREMENT]),
        tuple(found[Field.ROUTINE]),
        layout,
        start=page.text.raw_span(start, start + 1).start,
        end=page.text.raw_span(start, max(end, start + 1)).end,
    ), claimed


def _asks_apart(section: Section) -> bool:
    """Whether a section says under a label of its own what a post requires."""
    return (
        section.field is Field.REQUIREMENT
        and section.is_labelled
        and not section.keep
        and not _BONUS.search(section.word)
    )


def _is_paragraph(page: Page, parts: Sequence[tuple[int, int]]) -> bool:
    """Whether sentences run on in one line: about a post whose duties have a list of their own they are no duties."""
    return bool(parts) and "\n" not in page.value[parts[0][0] : parts[-1][1]]


def _first(fields: Mapping[Field, Sequence[Entry]], kind: Field) -> Entry | None:
    entries = fields.get(kind)
    return entries[0] if entries else None


def _without(start: int, end: int, holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch without some stretches in it."""
    kept: list[tuple[int, int]] = []
    for hole in sorted(holes):
        if hole[0] > start:
            kept.append((start, hole[0]))
        start = max(start, hole[1])
    return [*kept, (start, end)] if start < end else kept


def _field_by_sense(page: Page, section: Section, start: int, end: int) -> Field | None:
    """What the items under a heading that we do not know are, by the sense of most of them; None where they are
    neither duties nor requirements."""
    if NOT_OF_POSTS.search(section.word):
        return None
    items = [page.value[item.start : item.end] for item in read_items(page, start, end, Field.DUTY).items]
    offers = sum(is_offer(page, text) for text in items)
    duties = sum(page.rules.senses.duty.match(text) is not None for text in items)
    wanted = sum(sense_of(page, text) is Field.REQUIREMENT for text in items if has_sense(page, text))
    if not items or offers * 2 >= len(items) or (duties + wanted) * 2 <= len(items):
        return None
    if duties < wanted:
        return Field.REQUIREMENT
    return Field.ROUTINE if _OF_ROUTINES.match(section.word) else Field.DUTY
