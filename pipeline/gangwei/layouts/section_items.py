"""The items of a section, each into its field: what is parted, left out, or belongs elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gangwei.headlines import is_beside_posts, is_meta
from gangwei.items import Item, read_items
from gangwei.joints import clauses_in
from gangwei.layouts.cell_pairs import with_pairs
from gangwei.layouts.degrees import (
    parted_by_shares,
    with_measures,
    without_degrees,
    without_group_lines,
    without_heads,
    without_named,
    without_shares,
)
from gangwei.layouts.essays import is_essay
from gangwei.layouts.item_senses import (
    NO_VALUE,
    has_sense,
    is_beside,
    is_bulleted,
    is_offer,
    says_nothing,
    sense_of,
    small_field,
    without_closing,
)
from gangwei.layouts.section import Section
from gangwei.model import Entry, Field, Span
from gangwei.page import Page
from gangwei.sentences import tells_who_does

_AUTHORITY: Final = re.compile(
    r"^(?:[^，。；]{0,14}有权|有.{1,30}权|对.{2,40}(?:权|权力|权限)$|得要求)|(?:权|权力|权限|的提请|的否决权)$"
)
_SPLIT_AUTHORITY: Final = re.compile(r"(?<=[。；;])\s*(?=有权)")
_IN_ENGLISH: Final = re.compile(r"(?:(?<!\s)\s++)?[/／|｜]\s*+[A-Za-z][A-Za-z &'’-]*")
_OF_DEEDS: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.ROUTINE])
# Among duties only what is plainly offered is left out: 核算工资 is a duty.
_OFFERS: Final = re.compile(
    "(?=[五六公备津补花奖分可包食面带双提\\d])(?:五险|六险|公积金|备有|津贴|补贴|花红|奖金|分红|可晋升|包吃|包住|食宿|面议|带薪|双休|提成|公司提供|\\d[kK元千万薪])"
)
# How many people one manages, and that one manages nobody: no authority.
_NO_POWER: Final = re.compile("(?:不需|无需|无须|不用|不必).{0,2}负?担?管理责任|管理(?:人数)?[:：]?\\d.*人")
# Small labels of which all that stands in their line is one value.
_ONE_TOPIC: Final = re.compile("语|学历|年龄|性别|科系|专业|工具|证|照|身份|文化")
# Who begins a line so is told how to apply.
_APPLIES: Final = (
    "有意者",
    "意者",
    "有意应",
    "有意申请",
    "有意加入",
    "有兴趣者",
    "有兴趣的",
    "请将履历",
    "请将简历",
    "请将个人",
    "履历寄",
    "简历寄",
)
# Each of them holds one of these.
_APPLY: Final = re.compile("意者|有意|有兴趣|请将|历寄")
# Where to write to, and how many are wanted: 联系我：…@…, 社招 2 名，实习 2 名
_NO_ITEM: Final = re.compile("://|\\w[@#][A-Za-z0-9]|\\d[ ]?[名位](?:$|[，、,。；;]|实习)")


def take_items(
    page: Page,
    section: Section,
    kind: Field,
    begin: int,
    stop: int,
    found: dict[Field, list[Entry]],
    group: str,
    *,
    is_form: bool,
    asks_apart: bool = False,
    has_lists: bool = False,
) -> list[tuple[int, int]]:
    """Take the items of a section, each into its field; the stretches that are none of them. `asks_apart`: what the post
    requires stands under a label of its own; `has_lists`: what it does, too."""
    if section.keep and not section.is_column and (cut := _next_number(page, section.start, begin, stop)):
        # 1.学历:大专以上;2.两年以上经验: the second is no part of the first.
        plain = replace(section, keep="")
        return [
            *take_items(page, section, kind, begin, cut, found, group, is_form=is_form),
            *take_items(page, plain, kind, cut, stop, found, group, is_form=is_form),
        ]
    stop = stop if section.is_column else _before_call(page, begin, stop)
    read = read_items(page, begin, stop, kind, is_cell=section.is_column)
    items = _parted(page, section, kind, read.items)
    unused = list(read.left)
    rule = f"label {section.word}" if section.word else f"section {kind}"
    if section.keep and section.is_column:
        if len(items) == 1:
            _append_labelled(page, section, items[0], found)
            return unused
    elif section.keep and items:
        items = _with_label(page, section, items, found)
        rule = f"label {section.keep}"
    items, names = with_pairs(page, _bare_items(page, section, items, found))
    if group:
        items = [item if item.group else item._replace(group=group) for item in items]
    is_field = is_form and section.end > section.start  # a label of a form, not a heading
    if not (is_field or section.is_told or section.is_card) and is_essay(
        page,
        kind,
        items,
        owner=_owner_of(page, section),
        is_labelled=section.is_labelled,
        is_column=section.is_column,
        is_rowed=section.is_rowed,
    ):
        return [(begin, stop)]
    is_call = section.is_told and page.value[section.end - 1] not in ":：。"
    if is_call and not any(has_sense(page, page.value[item.start : item.end]) for item in items):
        return [(begin, stop)]
    restart = _restart(items)
    # Asked once: a list may be as long as its document.
    later = section.then or (_later_field(page, items[restart:]) if restart else None)
    if section.then and kind is Field.DUTY and not restart and found[kind] and _later_field(page, items):
        kind = section.then
    for index, item in enumerate(items):
        text = page.value[item.start : item.end]
        if says_nothing(page, item, text) or (kind is Field.AUTHORITY and _NO_POWER.match(text)):
            continue
        if (kind is Field.REQUIREMENT and is_offer(page, text)) or (
            kind is Field.DUTY and _OFFERS.search(text) and is_offer(page, text)
        ):
            unused.append((item.start, item.end))
            continue
        target = kind
        if restart and index >= restart and kind is Field.DUTY:
            target = later or kind
        elif section.then and kind is Field.DUTY and not restart:
            parts = list(_SPLIT_AUTHORITY.finditer(text))
            if parts and index == len(items) - 1:
                cut = item.start + parts[0].start()
                _add(page, found[kind], item._replace(end=cut), rule)
                _add(page, found[section.then], item._replace(start=item.start + parts[0].end()), rule)
                continue
        elif not section.is_labelled and kind is Field.DUTY:
            small = small_field(page, text)
            if _is_fact(page, item, small, has_lists=has_lists) or not _says_of_post(
                page, section, items, index, unused
            ):
                unused.append((item.start, item.end))
                continue
            is_duty = asks_apart or bool(section.of_duties and item.number)
            target = small or _sense_in(page, item, is_duty=is_duty)
        _add(page, found[target], item, rule, names.get(item.start) if names else None)
    return unused


def _before_call(page: Page, start: int, end: int) -> int:
    """Where a section ends before a line that tells how to apply, and whom to ask: 有意者请寄履历至：⏎王小姐⏎…"""
    if not _APPLY.search(page.value, start, end):
        return end
    for sign in _APPLIES:
        place = page.value.find(sign, start, end)
        line = page.lines[page.line_index(place)] if place >= 0 else None
        if (
            line
            and line.body == place > start
            and line.ordinal < 0
            and page.rules.senses.closing.search(page.value, place, line.end)
        ):
            end = line.start
    return end


def _is_fact(page: Page, item: Item, small: Field | None, *, has_lists: bool) -> bool:
    """Whether an item under no label is a fact beside the post: by its small label, or as a bullet over the post's lists."""
    if small is not None or not has_lists:
        return small is Field.OTHER
    return is_bulleted(page, item) and not has_sense(page, page.value[item.start : item.end])


def _sense_in(page: Page, item: Item, *, is_duty: bool) -> Field:
    """What an item under no label is: a duty where all there are or it says who does it, else by its words."""
    if is_duty or tells_who_does(page, item.start, item.end):
        return Field.DUTY
    return sense_of(page, page.value[item.start : item.end])


def _parted(page: Page, section: Section, kind: Field, items: Sequence[Item]) -> Sequence[Item]:
    """The items, one without a number parted where several ran together without a mark."""
    if len(items) != 1 or items[0].number or not section.is_labelled or kind not in _OF_DEEDS:
        return items
    return [items[0]._replace(start=s, end=e) for s, e in clauses_in(page, items[0].start, items[0].end)]


def _bare_items(page: Page, section: Section, items: Sequence[Item], found: dict[Field, list[Entry]]) -> list[Item]:
    """The items without what stands behind each: in columns of a form a degree and how it is measured, in prose that
    calls for people what is offered."""
    if section.is_told:
        items = [without_closing(page, item) for item in items]
    if section.has_measures and section.field is Field.DUTY:
        items, measures = with_measures(page, items)
        found[Field.KPI] += [page.entry(*page.trim(*span), f"column beside {section.word}") for span in measures]
    if section.field in (Field.DUTY, Field.KPI):
        items = without_heads(page, items, section.field)
    if section.field is Field.DUTY:
        items = without_shares(page, without_named(page, parted_by_shares(page, items)))
    if section.field in _OF_DEEDS and not section.is_column:
        items = without_group_lines(page, items)
    return without_degrees(page, items)


def _is_said(page: Page, section: Section, item: Item, *, told: bool) -> bool:
    """Whether an item under no label says something of the post, and not what stands beside it in an advertisement."""
    text = page.value[item.start : item.end]
    if (told and is_beside(page, text)) or (not (section.word or item.number) and is_meta(page, item.start, item.end)):
        return False
    owner = _owner_of(page, section)
    is_of_owner = bool(owner) and text.startswith(owner)
    return bool(item.number) or told or is_of_owner or _may_be_item(page, item, text)


def _owner_of(page: Page, section: Section) -> str:
    """The name before the word that a section begins with (住持职责): 住持对外代表寺院 says what he does."""
    if not section.word:
        return ""
    line = page.lines[page.line_index(section.start)]
    name, _, rest = page.value[line.body : line.end].partition(section.word)
    name = name.rstrip("的 ")
    return name if len(name) > 1 and not rest.strip(":：") else ""


def _next_number(page: Page, start: int, begin: int, stop: int) -> int:
    """Where in a stretch the number stands that goes on from the one at a place; 0 for nowhere."""
    first = bisect_left(page.ordinal_starts, start)
    if first == len(page.ordinals) or page.ordinals[first].start != start:
        return 0
    return next((o.start for o in page.ordinals_in(begin, stop) if o.before == first), 0)


def _add(page: Page, entries: list[Entry], item: Item, rule: str, name: Span | None = None) -> None:
    """Take an item; `name` stands before it in a cell of its own."""
    start, end = page.trimmed(item.start, item.end)
    if start >= end:
        return
    if name is None:
        entries.append(page.entry(start, end, rule, item.group))
        return
    entry = page.entry(start, end, rule, item.group, f"{page.value[slice(*name)]}：")
    entries.append(entry._replace(start=page.text.raw_span(*name).start))


def _with_label(page: Page, section: Section, items: Sequence[Item], found: dict[Field, list[Entry]]) -> Sequence[Item]:
    """The items of a small label: the first keeps the label in its text where both stand in one line."""
    first = items[0]
    is_below = "\n" in page.value[section.start : first.start]
    line = page.lines[page.line_index(section.start)]
    if section.start <= line.body and _ONE_TOPIC.search(section.keep):
        # A label that begins its line: what stands in one line behind it, or below it, is one value.
        same = [item for item in items if not item.number and "\n" not in page.value[first.start : item.start]]
        if same and (not is_below or len(same) > 1):
            first = first._replace(end=same[-1].end)
            items = [first, *items[len(same) :]]
    is_apart = len(items) > 1 and "\n\n" in page.value[first.end : items[1].start]
    if first.number or (is_below and len(items) > 1 and not items[1].number and not is_apart):
        return items
    number = next((o for o in page.ordinals_in(section.start, section.start + 1)), None)
    before = page.value[number.end if number else section.start : first.start].strip(" \t\u3000\n\r*#【】[]")
    # The label again in English is left off: 学历 / Education：
    before = _IN_ENGLISH.sub("", before)
    before = before if before.endswith((":", "：")) else f"{section.keep}:"
    if not NO_VALUE.match(page.value[first.start : first.end]):
        entry = page.entry(first.start, first.end, f"label {section.keep}", first.group, before)
        raw = page.text.raw_span(section.start, first.end)
        found[section.field].append(entry._replace(start=raw.start))
    return items[1:]


def _append_labelled(page: Page, section: Section, item: Item, found: dict[Field, list[Entry]]) -> None:
    """A cell in a column headed by a small label: the label goes before its text."""
    if not NO_VALUE.match(page.value[item.start : item.end]):
        rule = f"table: {section.keep}"
        found[section.field].append(page.entry(item.start, item.end, rule, item.group, f"{section.keep}："))


def _restart(items: Sequence[Item]) -> int:
    """The index of the item at which the numbering begins anew, or 0."""
    for index in range(2, len(items)):
        item = items[index]
        if item.number == 1 and items[index - 1].number > 1 and item.group == items[index - 1].group:
            return index
    return 0


def _later_field(page: Page, items: Sequence[Item]) -> Field | None:
    """What a second list under one heading is, where its items say so."""
    texts = [page.value[item.start : item.end] for item in items]
    if sum(bool(_AUTHORITY.search(text)) for text in texts) * 2 > len(texts):
        return Field.AUTHORITY
    return None


def _is_in_line(page: Page, section: Section, item: Item) -> bool:
    """Whether an item stands in the line that a section begins in."""
    return "\n" not in page.value[section.start : item.start]


def _says_of_post(
    page: Page, section: Section, items: Sequence[Item], index: int, unused: Sequence[tuple[int, int]]
) -> bool:
    """Whether an item under a post's name, without any heading, says something of the post."""
    item = items[index]
    if item.end <= page.front_end:
        return False  # what a page's front matter lists under a key that we do not know
    text = page.value[item.start : item.end]
    told = section.is_told and _is_in_line(page, section, item)
    is_call = section.is_told and page.value[section.end - 1] not in ":：。"
    told = told and (index > 0 or not is_call or has_sense(page, text))
    told = told or section.is_rowed or section.is_card or _goes_on(page, items, index, unused)
    return _is_said(page, section, item, told=told)


def _goes_on(page: Page, items: Sequence[Item], index: int, unused: Sequence[tuple[int, int]]) -> bool:
    """Whether an item goes on with one that was taken: a semicolon parts them, or it is a line between two such lines."""
    before, item = items[index - 1] if index else None, items[index]
    if before is None or (before.start, before.end) in unused:
        return False
    between = page.value[before.end : item.start]
    if between.strip() in ("；", ";"):
        return True
    behind = items[index + 1] if index + 1 < len(items) else None
    is_line = between.count("\n") == 1 and behind is not None and page.value.count("\n", item.end, behind.start) == 1
    return is_line and behind is not None and has_sense(page, page.value[behind.start : behind.end])


def _may_be_item(page: Page, item: Item, text: str) -> bool:
    """Whether a line under a post's name, with no section open, says anything of the post: no row of a table does."""
    line = page.lines[page.line_index(item.start)]
    if (
        _NO_ITEM.search(text)
        or not (has_sense(page, text) or tells_who_does(page, item.start, item.end))
        or is_beside_posts(page, item.start, line.end)
    ):
        return False
    return page.value[line.start] != "|"
