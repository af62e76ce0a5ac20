"""Headings that name a post or a unit, wherever a line can hold one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from gangwei.calls import calls_for_people, read_call
from gangwei.cards import with_cards
from gangwei.contents import contents_lines
from gangwei.head import Head, make_head
from gangwei.head_alike import over_facts, under_vacancies, with_alike
from gangwei.head_chapters import without_chapters
from gangwei.head_fellows import (
    above_labels,
    by_number,
    has_label,
    indent_of,
    of_posts,
    part_mark,
    with_bare_fellows,
    with_bullet_names,
    with_fellows,
)
from gangwei.head_inline import BEFORE_COLON, BRACKET, COUNTED, inline_heads, is_over_text, spaced
from gangwei.head_kept import only_with_text
from gangwei.head_siblings import with_siblings
from gangwei.head_stacks import in_own_words, with_stacks
from gangwei.headlines import read_headline
from gangwei.label_rows import LabelRow
from gangwei.lead_ins import BELOW, read_lead_in, read_offer
from gangwei.model import Field
from gangwei.name_values import Name
from gangwei.openings import read_opening
from gangwei.page import Line, Page
from gangwei.questions import ASKING_ENDS, asked
from gangwei.rosters import with_roster
from gangwei.speakers import is_article, spoken_lines, with_speakers
from gangwei.titles import Heading
from gangwei.told_lists import with_told_list

_LONGEST: Final = 44
_FEWEST_VARIANTS: Final = 2
_LONGEST_FELLOW: Final = 12
_LONGEST_WORK: Final = 5
_MOST_VALUES: Final = 8
_LOOK: Final = 40
_MOST_GROUPS: Final = 12
_SHORTEST_OPENING: Final = 8
_SET_IN: Final = 4
_LONGEST_NUMBER: Final = 5
# What ends the sentence over a list, be it in its own line.
_LEADS: Final = re.compile("(?:包括|如下|下列|以下|包含|负责)[^，。；]{0,6}[(（①][1一a）①)]?")
_OPEN_BRACKETS: Final = "【《“「『（("
# How long the document is, behind its name: 会计职务说明书 12页
_PAGES: Final = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000_]{1,3}(?:共|第)?\d{1,3}页$")
# What an item ends with and a heading that is a bare name does not.
_ITEM_ENDS: Final = frozenset("。；;，,")
_COUNT_BEFORE: Final = re.compile(
    r"(?:招聘|需求)?(?:人数|名额)[:：]?\s?(?:\d{1,3}|若干|不限)\s?[名人位]?\s?(?P<name>[^\s\d，。；：:名人位][^\s\d，。；：:]{1,19})$"
)
_VARIANT: Final = re.compile(
    r"【?(?:篇[一二三四五六七八九十\d]+[:：])?(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)的?(?P<tail>(?:(?:岗位|工作|主要|具体|基本|日常|核心)的?){0,3}职责(?:内容|描述)?)"
    r"[:：\s]*(?:篇|之|第)?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?=\s|$|】|[1１一][、.．，,。])"
)
_VALUED: Final = frozenset([Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR])
_PAIR_BEHIND: Final = 2
_ABOUT: Final = "关于"
_CHIEFS: Final = frozenset(["部门负责人", "负责人", "部门主管", "部门经理", "部门领导", "单位负责人"])


def read_heads(page: Page, rows: Sequence[LabelRow]) -> tuple[Head, ...]:
    """The headings of a page that name posts or units, in order; `rows` are its rows of labels."""
    found: list[Head] = []
    marks = page.marks
    entries, values = contents_lines(page), {index for row in rows for index in row.lines}
    variants = _numbered_names(page)
    spoken = spoken_lines(page)
    is_calling = calls_for_people(page)
    for index, whole in enumerate(page.lines):
        if index in entries or index in values:
            continue
        if index in variants:
            found.append(variants[index])
            continue
        line = spoken.get(index, whole)
        length = line.end - line.body
        if line.depth and (head := _behind_count(page, line, index)):
            found.append(head)
            continue
        if (
            marks.label[index] >= 0
            or length < 2
            or (index in spoken and has_label(page, line))
            or _is_value(page, index)
        ):
            continue
        text = page.value[line.body : line.end]
        head = _announcing(page, line, index, found[-1] if found else None)
        if head := head or (read_call(page, line, index) if is_calling or "A" <= text[0] <= "Z" else None):
            found.append(head)
            continue
        text = text if length <= _LONGEST else ""
        if text.endswith("页") and (pages := _PAGES.search(text)):
            text = text[: pages.start()]
        heading = _heading_in(page, line, text) if text else None
        if heading and not heading.tail and (text[-1] in _ITEM_ENDS or _is_listed_unit(page, line, heading)):
            heading = None
        if heading and (
            _is_listed_deed(page, line, heading)
            or _is_site(page, heading)
            or (not heading.tail and _ends_in_field(page, line))
        ):
            heading = None
        if heading and heading.kind == "unit" and heading.tail.endswith("制度"):
            continue  # what all do there, not what it is for
        if heading and heading.kind == "post" and _heads_chapter(page, line) and page.names.unit_of_heading(text):
            continue
        if heading and (not BRACKET.match(text) or COUNTED.search(text)):
            head = make_head(page, heading, line, index, line.body, line.end)
            is_wanted = heading.kind == "post" and not heading.tail and COUNTED.search(text) is not None
            found.append(head._replace(in_list=is_wanted and is_over_text(page, index)))
            continue
        inline = inline_heads(page, line, index)
        if not inline and heading:
            inline = [make_head(page, heading, line, index, line.body, line.end)]
        found += inline
    found = sorted(with_speakers(page, [*found, *_glued(page, found)]))
    found = of_posts(page, by_number(page, with_bare_fellows(page, with_fellows(page, found))))
    found = with_stacks(page, with_siblings(page, with_alike(page, above_labels(page, found))))
    found = with_roster(page, with_cards(page, _without_article_title(page, without_chapters(page, found))))
    found = under_vacancies(page, with_bullet_names(page, only_with_text(page, found, entries)))
    return tuple(in_own_words(page, with_told_list(page, over_facts(page, found))))


def _behind_count(page: Page, line: Line, index: int) -> Head | None:
    """The post that a heading names behind how many are wanted: ## 招聘人数：10人客户经理"""
    match = _COUNT_BEFORE.match(page.value, line.body, line.end)
    if match is None or not page.names.is_post(match["name"]):
        return None
    heading = Heading("post", Name(match["name"], 0, len(match["name"])), "")
    return make_head(page, heading, line, index, match.start("name"), line.end)._replace(strength=2)


def _heading_in(page: Page, line: Line, text: str) -> Heading | None:
    """What a short line names that may be a heading."""
    heading = page.names.heading(text.rstrip("*#_ "))
    if heading is None and text[-1] == "。" and is_article(page, line):
        heading = page.names.heading(text.rstrip("。"))  # 第七条办公室职责。
        heading = heading if heading and heading.tail else None
    if heading is None:
        heading = spaced(page, text) or _counted(page, text)
        heading = heading or (asked(page, text) if text[-1] in ASKING_ENDS else None)
    return heading


def _announcing(page: Page, line: Line, index: int, above: Head | None) -> Head | None:
    """The head that a sentence makes which says of whom the list below it, or within it, tells; `above` is the head
    before it."""
    text = page.value[line.body : line.end]
    has_colon = ":" in text or "：" in text
    may_lead = (
        has_colon
        or text.endswith(BELOW)
        or (("(" in text or "（" in text or "①" in text) and _LEADS.search(text) is not None)
    )
    head = read_lead_in(page, line, index) if may_lead else None
    if head and above and above.line == index - 1 and above.tail and _is_same(above.name.text, head.name.text):
        if text.startswith(above.name.text) and "。" in text[:-1]:
            return None  # 出纳职责⏎出纳管现金。主要职责包括：
        head = head._replace(name=head.name._replace(text=above.name.text))
    if head is None and not has_colon:
        return read_offer(page, line, index)
    if head is None and text[-1] in ":：" and len(text) > _SHORTEST_OPENING:
        head = read_opening(page, line, index)
        if head and above and above.line == index - 1 and above.name.text == head.name.text:
            return None  # below its own heading such a sentence is told with the list
    return head


def _is_same(name: str, told: str) -> bool:
    """Whether a sentence tells of the post that the heading above it names, in longer words or shorter ones."""
    return name.endswith(told) or told.endswith(name)


def _without_article_title(page: Page, heads: Sequence[Head]) -> Sequence[Head]:
    """The heads without the title of an article of variants: the post that others after it name, each over a list, while
    prose alone stands below the title."""
    first = next((head for head in heads if head.kind == "post"), None)
    if first is None or not first.tail or first.number:
        return heads
    variants = [head for head in heads if head.tail and head.name.text == first.name.text and head is not first]
    if len(variants) < _FEWEST_VARIANTS or page.ordinals_in(first.end, variants[0].start):
        return heads
    if not all(head.number or page.ordinals_in(head.end, head.end + _LONGEST) for head in variants):
        return heads
    return [head for head in heads if head is not first]


def _counted(page: Page, text: str) -> Heading | None:
    """The post that stands alone in its line with how many are wanted: 厨师1名."""
    counted = COUNTED.search(text) if "名" in text or "人" in text or "位" in text else None
    if counted is None or not 2 <= counted.start() <= _LONGEST_FELLOW:
        return None
    name = page.names.post(text)
    if name is None or name.end > counted.start() or not page.names.is_post(name.text):
        return None
    return Heading("post", name, "")


def _is_listed_deed(page: Page, line: Line, heading: Heading) -> bool:
    """Whether a post's name is a deed in a list, by its verb and the kind of work that ends it: - 陈列货品及收银."""
    if heading.kind != "post" or heading.tail:
        return False
    name = heading.name.text
    if line.ordinal < 0:
        is_weak = page.names.head_of(name) in page.rules.titles.weak_heads
        return line.depth > 0 and is_weak and _is_among_deeds(page, line)
    if page.names.head_of(name) not in page.rules.titles.weak_heads:
        return False
    if len(name) > _LONGEST_WORK and page.rules.senses.duty.match(name) is not None:
        return True
    return _is_among_deeds(page, line)


def _is_among_deeds(page: Page, line: Line) -> bool:
    """Whether a line stands in a list that a heading over deeds opens: ## 工作内容⏎1. 网站前端开发; without markup, where
    it goes on with the number of a line that names no post."""
    place = bisect_left(page.label_starts, line.start) - 1
    if place < 0 or page.labels[place].rule.field is not Field.DUTY or not page.labels[place].is_whole_line:
        return False
    level = page.lines[page.line_index(page.labels[place].start)].depth
    if line.ordinal < 0:
        # ### 前端, a group of the deeds of the post that a heading above names
        return 0 < level < line.depth and _is_owned(page, page.line_index(page.labels[place].start), level)
    if level:
        return True
    if _begins_below(page, line.ordinal, page.line_index(page.labels[place].start)):
        return True
    before = page.ordinals[line.ordinal].before
    if before < 0 or page.ordinals[line.ordinal].style == "bullet":
        return False
    above = page.lines[page.line_index(page.ordinals[before].start)]
    return not page.names.is_post(page.value[above.body : above.end])


def _begins_below(page: Page, ordinal: int, index: int) -> bool:
    """Whether the numbers that lead to one begin right below the label in line `index`, a post's own, as groups of its deeds
    do: 店长⏎工作描述：⏎1. 门店运营⏎a) …⏎2. 内部销售"""
    for _ in range(_MOST_GROUPS):
        if (before := page.ordinals[ordinal].before) < 0:
            break
        ordinal = before
    if page.ordinals[ordinal].style == "bullet" or page.line_index(page.ordinals[ordinal].start) != index + 1:
        return False
    above = page.lines[max(0, index - _LOOK) : index]
    return any(line.ordinal < 0 and page.names.is_post(page.value[line.body : line.end]) for line in above)


def _is_owned(page: Page, index: int, level: int) -> bool:
    """Whether a heading above that of a section, of its level or a higher one, names a post."""
    for line in page.lines[max(0, index - _LOOK) : index]:
        if 0 < line.depth <= level:
            headline = read_headline(page, line.body, line.end)
            if headline and headline.title and headline.is_sure:
                return True
    return False


def _ends_in_field(page: Page, line: Line) -> bool:
    """Whether the label of a post's name stands within a line: 一、基本信息|岗位名称|财务部经理"""
    within = page.labels[bisect_left(page.label_starts, line.body + 1) : bisect_left(page.label_starts, line.end)]
    return any(label.rule.field is Field.TITLE and label.rule.strength == "strong" for label in within)


def _is_site(page: Page, heading: Heading) -> bool:
    """Whether a bare heading names where an office is, and no unit: 上海办公室"""
    name = heading.name.text
    return heading.kind == "unit" and not heading.tail and name.endswith("办公室") and page.names.is_place(name[:-3])


def _is_listed_unit(page: Page, line: Line, heading: Heading) -> bool:
    """Whether a unit's bare name is an item of a list with bullets."""
    bulleted = line.ordinal >= 0 and page.ordinals[line.ordinal].style == "bullet"
    return heading.kind == "unit" and bulleted and not part_mark(page, line)


def _heads_chapter(page: Page, line: Line) -> bool:
    return line.ordinal >= 0 and page.ordinals[line.ordinal].style in ("章", "节", "篇", "编")


def _numbered_names(page: Page) -> dict[int, Head]:
    """Headings of variants (活动执行职责1, 活动执行职责2): the same name before the same word, numbered.

    Whatever stands so is the name of a post, whether it ends in a word of posts or not.
    """
    by_name: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for index, line in enumerate(page.lines):
        if "职责" not in page.value[line.body : line.end]:
            continue
        match = _VARIANT.match(page.value, line.body, line.end)
        if match and not page.rules.senses.duty.match(match["name"]):
            known = page.names.heading(match[0].strip("【】"))
            # 司机的工作内容和|职责3: what is known to be a name and a tail is no longer name.
            name = known.name.text if known and known.kind == "post" and known.tail else match["name"]
            if name.startswith(_ABOUT) and page.names.is_post(name[len(_ABOUT) :]):
                name = name[len(_ABOUT) :]  # 关于|设计师|的职责1
            by_name.setdefault(name, []).append((index, match))
    found: dict[int, Head] = {}
    for name, places in by_name.items():
        if len(places) < 2 or page.names.is_unit(name) or name.endswith("各"):  # 酒店各|岗位职责1
            continue
        for index, match in places:
            line = page.lines[index]
            start = page.value.index(name, match.start("name")) - line.body
            tail = page.value[line.body + start + len(name) : match.end("tail")].removeprefix("的")
            heading = Heading("post", Name(name, start, start + len(name)), tail, match["number"])
            found[index] = make_head(page, heading, line, index, line.body, match.end())
    return found


def _glued(page: Page, heads: Sequence[Head]) -> list[Head]:
    """Headings that lost the line break before them: the same words head another part (…办事细致人事专员岗位职责 篇3)."""
    known = {
        page.value[head.name.start : head.name.end] + head.tail: head
        for head in heads
        if head.tail and head.kind == "post"
    }
    taken = {head.line for head in heads}
    found: list[Head] = []
    for index, line in enumerate(page.lines if known else ()):
        if index in taken:
            continue
        for text, head in known.items():
            if text not in page.value[line.body + 4 : line.end]:
                continue
            place = page.value.rfind(text, line.body + 4, line.end)
            is_quoted = page.value[place - 1] in _OPEN_BRACKETS
            if place > 0 and not is_quoted and line.end - place - len(text) <= _LONGEST_NUMBER:
                name = head.name._replace(start=place, end=place + len(head.name.text))
                number = page.value[place + len(text) : line.end].strip(" 篇:：()（）")
                found.append(head._replace(start=place, end=line.end, name=name, line=index, number=number or "0"))
                break
    return found


def mention_lines(heads: Sequence[Head]) -> frozenset[int]:
    """The lines on which a post stands with what it does."""
    return frozenset(head.line for head in heads if head.mentions)


def _is_value(page: Page, index: int) -> bool:
    """Whether a line is the value of a short field whose label fills the line above it, or one of its values."""
    line, labels = page.lines[index], page.marks.label
    if index > 1 and _is_chief_of_form(page, index):
        return True
    top, last = index - 1, max(0, index - _MOST_VALUES)
    while top >= last and labels[top] < 0:
        top -= 1
    if top < last:
        return False
    label = page.labels[labels[top]]
    is_of_many = label.rule.field is Field.SUBORDINATE
    if not label.is_whole_line:
        is_valued = is_of_many and line.start - indent_of(page, line) >= _SET_IN
    else:
        is_valued = label.rule.field in _VALUED or (label.rule.keep and label.rule.field is Field.REQUIREMENT)
        is_valued = is_of_many or (is_valued and top == index - 1)
    if not is_valued:
        return False
    colon = BEFORE_COLON.match(page.value, line.body, line.end)
    if colon and line.end - colon.end() > _LONGEST_FELLOW:
        return False
    for between in range(top + 1, index):
        above = page.lines[between]
        is_name = page.names.is_post(page.value[above.body : above.end]) or _asks_subordinates(page, between - 1)
        if "\n\n" in page.value[above.end : page.lines[between + 1].start] or not is_name:
            return False
    return True


def _is_chief_of_form(page: Page, index: int) -> bool:
    """Whether a line names who heads the unit that a form is about: 部门名称⏎设备部⏎部门负责人⏎设备部经理⏎…"""
    names = [page.value[line.body : line.end].rstrip(":： ") for line in page.lines[index - 1 : index + 2]]
    is_label = names[1] in _CHIEFS and len(names) > _PAIR_BEHIND and page.names.is_post(names[-1])
    if not (is_label or names[0] in _CHIEFS):
        return False
    marks = page.marks.label[max(0, index - _MOST_VALUES) : index]
    return any(mark >= 0 and page.labels[mark].rule.field is Field.DEPARTMENT for mark in marks)


def _asks_subordinates(page: Page, index: int) -> bool:
    """Whether the label of subordinates fills a line: what stands below it is one, whatever its name."""
    label = page.marks.label[max(0, index)]
    return label >= 0 and page.labels[label].is_whole_line and page.labels[label].rule.field is Field.SUBORDINATE
