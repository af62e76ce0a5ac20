"""Headings that name a post or a unit, wherever a line can hold one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.calls import read_call
from gangwei.cards import with_cards
from gangwei.contents import contents_lines, contents_names
from gangwei.head import Head, make_head
from gangwei.head_fellows import above_labels, by_number, has_label, indent_of, part_mark, with_fellows
from gangwei.head_siblings import with_siblings
from gangwei.label_rows import label_rows
from gangwei.lead_ins import read_lead_in
from gangwei.model import Field
from gangwei.ordinals import Ordinal
from gangwei.page import Line, Page
from gangwei.questions import asked
from gangwei.rosters import with_roster
from gangwei.speakers import spoken_line, with_speakers
from gangwei.titles import Heading, Name

_LONGEST: Final = 44
_LOOK_AHEAD: Final = 3
# What stands behind a post in the headline of an advertisement: a count, a salary, a code.
_ADVERT: Final = re.compile(
    r"[ \t\u3000]+(?:[\d一二三四五六七八九十若干数]{1,3}\s?[名人位]|(?:参考)?编号|底薪|月薪|薪|\d{1,3}(?:\.\d{1,2})?(?:\s?[-~—至]\s?\d{1,3}(?:\.\d{1,2})?)?[kKwW千万]|[（(]|急|面议|兼职|全职|\d{3,})"
)
_LONGEST_FELLOW: Final = 12
_LONGEST_WORK: Final = 5
_MOST_VALUES: Final = 8
_SET_IN: Final = 4
_LONGEST_NUMBER: Final = 5
_FEWEST_NAMES: Final = 3
_FEWEST_VARIANTS: Final = 2
_OPEN_BRACKETS: Final = "【《“「『（("
_NEAR_NUMBER: Final = 6
_SPACED: Final = re.compile(r"[\u4e00-\u9fff](?:[ \t\u3000]+[\u4e00-\u9fff]{1,4}){2,}$")
# What an item ends with and a heading that is a bare name does not.
_ITEM_ENDS: Final = frozenset("。；;，,")
_VARIANT: Final = re.compile(
    r"【?(?:篇[一二三四五六七八九十\d]+[:：])?(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)的?(?P<tail>(?:岗位|工作|主要|岗位工作)?职责)"
    r"[:：\s]*(?:篇|之|第)?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?=\s|$|】|[1１一][、.．，,。])"
)
_BEFORE_DASH: Final = re.compile(r"(?P<name>[^\s，。；:：()（）—-]{2,16})[ ]?(?:——|—|--)[ ]?(?=\S{4})")
_VALUED: Final = frozenset([Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR])
_TELLING: Final = frozenset(Field) - {Field.TITLE, Field.OTHER, Field.COMPANY, Field.UNIT}
# A heading and its first item in one line: 营业部负责人职责1 1。执行…
_FIRST_CHUNK: Final = re.compile(r"[^\s，。；]{2,24}(?=[ \t\u3000])")
_OVER_BRACKET: Final = re.compile(r"(?P<name>[^\n（(:：，。；]{2,24})[（(]")
_BEFORE_COLON: Final = re.compile(r"[^\n:：，。；]{2,30}(?=[:：])")
# A post with how many are wanted, before a colon: 跟单员2名：, 检验员（若干）：
_COUNT: Final = r"[（(]?\s?(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|若干)\s?[名人位][)）]?"
_COUNTED: Final = re.compile(_COUNT + r"\s*$")
_COUNT_BEHIND: Final = re.compile(rf"[:：]\s?{_COUNT}[，,。；;、 ]\s?(?=\S)")
_COUNTED_LINE: Final = re.compile(rf"[^\n:：，。；]{{2,24}}?{_COUNT}\s*[:：]")
# A heading glued to the end of the line before: …规范。销售督导的工作内容⏎
# A post with what it does in brackets, the bracket closed or not: 司机(负责送货)
_BRACKET: Final = re.compile(r"(?P<name>[^\s，。；:：()（）]{2,20})[(（](?P<text>[^()（）]{2,60})[)）]?[。；;，,]?$")
_LAST_CHUNK: Final = re.compile(r"(?<=[。；;！!])[^。；;，,！!\n]{4,24}$")


def read_heads(page: Page) -> tuple[Head, ...]:
    """The headings of a page that name posts or units, in order."""
    found: list[Head] = []
    label_starts = [label.start for label in page.labels]
    contents = contents_lines(page) | {row.line for row in label_rows(page)}
    variants = _numbered_names(page)
    for index, whole in enumerate(page.lines):
        if index in contents:
            continue
        if index in variants:
            found.append(variants[index])
            continue
        line = spoken_line(page, whole)
        if has_label(page, label_starts, line) or _is_value(page, label_starts, index):
            continue
        length = line.end - line.body
        if length < 2:
            continue
        if head := read_lead_in(page, line, index) or read_call(page, line, index):
            found.append(head)
            continue
        text = page.value[line.body : line.end] if length <= _LONGEST else ""
        heading = (
            page.names.heading(text.rstrip("*#_ ")) or _spaced(page, text) or _counted(page, text) or asked(page, text)
        )
        if heading and not heading.tail and (text[-1] in _ITEM_ENDS or _is_listed_unit(page, line, heading)):
            heading = None
        if heading and _is_listed_deed(page, line, heading):
            heading = None
        if heading and heading.kind == "unit" and heading.tail.endswith("制度"):
            continue  # what all do there, not what it is for
        if heading and heading.kind == "post" and _heads_chapter(page, line) and page.names.unit_of_heading(text):
            continue
        if heading and (not _BRACKET.match(text) or _COUNTED.search(text)):
            head = make_head(page, heading, line, index, line.body, line.end)
            is_wanted = heading.kind == "post" and not heading.tail and _COUNTED.search(text) is not None
            found.append(head._replace(in_list=is_wanted and _is_over_text(page, index)))
            continue
        inline = _inline(page, line, index)
        if not inline and heading:
            inline = [make_head(page, heading, line, index, line.body, line.end)]
        found += inline
    found = sorted(with_speakers(page, [*found, *_glued(page, found)]))
    found = by_number(page, with_fellows(page, found, label_starts), label_starts)
    found = with_siblings(page, above_labels(page, found, label_starts), label_starts)
    return tuple(
        _only_with_text(
            page, with_roster(page, with_cards(page, _without_article_title(page, found), label_starts), label_starts)
        )
    )


def _without_article_title(page: Page, heads: Sequence[Head]) -> Sequence[Head]:
    """The heads without the title of an article of variants: the post that others after it name, each over a list, while
    prose alone stands below the title."""
    first = next((head for head in heads if head.kind == "post"), None)
    if first is None or not first.tail:
        return heads
    variants = [head for head in heads if head.tail and head.name.text == first.name.text and head is not first]
    if len(variants) < _FEWEST_VARIANTS or page.ordinals_in(first.end, variants[0].start):
        return heads
    if not all(page.ordinals_in(head.end, head.end + _LONGEST) for head in variants):
        return heads
    return [head for head in heads if head is not first]


def _counted(page: Page, text: str) -> Heading | None:
    """The post that stands alone in its line with how many are wanted: 厨师1名."""
    counted = _COUNTED.search(text)
    if counted is None or not 2 <= counted.start() <= _LONGEST_FELLOW:
        return None
    name = page.names.post(text)
    if name is None or name.end > counted.start() or not page.names.is_post(name.text):
        return None
    return Heading("post", name, "")


def _is_listed_deed(page: Page, line: Line, heading: Heading) -> bool:
    """Whether a post's name is a deed in a list, by its verb and the kind of work that ends it: - 陈列货品及收银."""
    if line.ordinal < 0 or heading.kind != "post" or heading.tail:
        return False
    name = heading.name.text
    is_weak = page.names.head_of(name) in page.rules.titles.weak_heads
    return is_weak and len(name) > _LONGEST_WORK and page.rules.senses.duty.match(name) is not None


def _is_listed_unit(page: Page, line: Line, heading: Heading) -> bool:
    """Whether a unit's bare name is an item of a list with bullets."""
    bulleted = line.ordinal >= 0 and page.ordinals[line.ordinal].style == "bullet"
    return heading.kind == "unit" and bulleted and not part_mark(page, line)


def _heads_chapter(page: Page, line: Line) -> bool:
    return line.ordinal >= 0 and page.ordinals[line.ordinal].style in ("章", "节", "篇", "编")


def _spaced(page: Page, text: str) -> Heading | None:
    """What a heading names whose characters stand apart: 门 卫 职 责."""
    if text[1:2] not in " \t\u3000" or not _SPACED.match(text):
        return None
    places = [place for place, char in enumerate(text) if not char.isspace()]
    heading = page.names.heading("".join(text.split()))
    if heading is None:
        return None
    name = heading.name
    return heading._replace(name=name._replace(start=places[name.start], end=places[name.end - 1] + 1))


def _numbered_names(page: Page) -> dict[int, Head]:
    """Headings of variants (活动执行职责1, 活动执行职责2): the same name before the same word, numbered.

    Whatever stands so is the name of a post, whether it ends in a word of posts or not.
    """
    by_name: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for index, line in enumerate(page.lines):
        match = _VARIANT.match(page.value, line.body, line.end)
        if match and not page.rules.senses.duty.match(match["name"]):
            by_name.setdefault(match["name"], []).append((index, match))
    found: dict[int, Head] = {}
    for name, places in by_name.items():
        if len(places) < 2 or page.names.is_unit(name):
            continue
        for index, match in places:
            line = page.lines[index]
            heading = Heading("post", Name(name, 0, len(name)), match["tail"], match["number"])
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


def _is_value(page: Page, label_starts: Sequence[int], index: int) -> bool:
    """Whether a line is the value of a short field whose label fills the line above it, or one of its values."""
    line = page.lines[index]
    if (colon := _BEFORE_COLON.match(page.value, line.body, line.end)) and line.end - colon.end() > _LONGEST_FELLOW:
        return False
    for above_index in range(index - 1, max(-1, index - 1 - _MOST_VALUES), -1):
        above = page.lines[above_index]
        place = bisect_left(label_starts, indent_of(page, above))
        if place < len(label_starts) and label_starts[place] <= above.body + 1:
            label = page.labels[place]
            if not label.is_whole_line:
                is_set_in = page.lines[index].start - indent_of(page, page.lines[index]) >= _SET_IN
                return label.rule.field is Field.SUBORDINATE and is_set_in
            is_valued = label.rule.field in _VALUED or (label.rule.keep and label.rule.field is Field.REQUIREMENT)
            return label.rule.field is Field.SUBORDINATE or (is_valued and above_index == index - 1)
        is_name = page.names.is_post(page.value[above.body : above.end])
        is_name = is_name or _asks_subordinates(page, label_starts, above_index - 1)
        if "\n\n" in page.value[above.end : line.start] or not is_name:
            return False
        line = above
    return False


def _asks_subordinates(page: Page, label_starts: Sequence[int], index: int) -> bool:
    """Whether the label of subordinates fills a line: what stands below it is one, whatever its name."""
    above = page.lines[max(0, index)]
    place = bisect_left(label_starts, indent_of(page, above))
    if place == len(label_starts) or label_starts[place] > above.body + 1:
        return False
    return page.labels[place].is_whole_line and page.labels[place].rule.field is Field.SUBORDINATE


def _inline(page: Page, line: Line, index: int) -> list[Head]:
    """Headings that share their line with text."""
    value = page.value
    found: list[Head] = []
    if (match := _BEFORE_COLON.match(value, line.body, line.end)) and (head := _wanted(page, match, line, index)):
        return [head]
    if match := _FIRST_CHUNK.match(value, line.body, line.end):
        heading = page.names.heading(match[0])
        if (
            heading
            and heading.tail
            and (value[match.end() : match.end() + 12].strip() or _starts_list(page, match.end()))
        ):
            return [make_head(page, heading, line, index, line.body, match.end())]
        if heading and heading.kind == "post" and _ADVERT.match(value, match.end(), line.end):
            return [make_head(page, heading, line, index, line.body, line.end)]
    if match := _BEFORE_COLON.match(value, line.body, line.end):
        heading = page.names.heading(match[0])
        if heading and match.end() < line.end - 1:
            if line.depth and not heading.tail and _is_over_labels(page, index):
                return [make_head(page, heading, line, index, line.body, line.end)]
            if heading.kind == "post" and not heading.tail and _names_superior(page, match.end() + 1, line.end):
                head = make_head(page, heading, line, index, line.body, match.end() + 1)
                return [head._replace(strength=3, in_list=True)]
            return [make_head(page, heading, line, index, line.body, match.end() + 1, mentions=not heading.tail)]
        if heading:
            return [make_head(page, heading, line, index, line.body, match.end() + 1)]
    if match := _OVER_BRACKET.match(value, line.body, line.end):
        heading = page.names.heading(match["name"])
        place = bisect_left(page.labels, match.end(), key=lambda label: label.start)
        if (
            heading
            and heading.kind == "post"
            and page.labels[place : place + 1]
            and page.labels[place].start == match.end()
        ):
            return [make_head(page, heading, line, index, line.body, match.end("name"))._replace(strength=2)]
    if (match := _BEFORE_DASH.match(value, line.body, line.end)) and page.names.is_post(match["name"]):
        heading = Heading("post", Name(match["name"], 0, len(match["name"])), "")
        return [make_head(page, heading, line, index, line.body, match.end(), mentions=True)]
    match = _BRACKET.match(value, line.body, line.end)
    if match and page.names.is_post(match["name"]) and _is_mention(page, match["text"], index):
        heading = Heading("post", Name(match["name"], 0, len(match["name"])), "")
        return [make_head(page, heading, line, index, line.body, match.start("text"), mentions=True)]
    if match := _LAST_CHUNK.search(value, max(line.body, line.end - 26), line.end):
        heading = page.names.heading(match[0])
        if heading and heading.tail:
            found.append(make_head(page, heading, line, index, match.start(), line.end))
    return found


def _names_superior(page: Page, start: int, end: int) -> bool:
    """Whether a label of superiors stands in a stretch: 店长：排班、盘点。直属上级：区经理"""
    place = bisect_left(page.labels, start, key=lambda label: label.start)
    return any(
        label.rule.field is Field.SUPERVISOR and label.has_mark for label in page.labels[place:] if label.start < end
    )


def _wanted(page: Page, match: re.Match[str], line: Line, index: int) -> Head | None:
    """The post that stands with how many are wanted before what is said of it: 2、跟单员2名：女，大专以上。

    One without a count is of the same kind where the numbered line beside it has one.
    """
    if behind := _COUNT_BEHIND.match(page.value, match.end(), line.end):
        return _with_count_behind(page, match, behind, index)
    counted = _COUNTED.search(match[0])
    if counted is None and not any(
        _COUNTED_LINE.match(page.value, beside.body, beside.end)
        for beside in page.lines[max(0, index - 1) : index + 2]
        if line.ordinal >= 0 and beside is not line and beside.ordinal >= 0
    ):
        return None
    name = page.names.post(match[0])
    if name is None or not page.names.is_post(name.text):
        return None
    heading = Heading("post", name, "")
    head = make_head(page, heading, line, index, line.body, match.end() + 1)
    return head._replace(strength=3, in_list=True)


def _with_count_behind(page: Page, match: re.Match[str], behind: re.Match[str], index: int) -> Head | None:
    """The post before a colon behind which its count stands: 行李员：1名，男，形象好. One that we do not know is of the
    kind where the line beside it is so."""
    line = page.lines[index]
    name = page.names.post(match[0])
    if name is None or name.text in page.rules.labels:
        return None
    if not page.names.is_post(name.text) and not any(
        (colon := _BEFORE_COLON.match(page.value, beside.body, beside.end))
        and _COUNT_BEHIND.match(page.value, colon.end(), beside.end)
        and page.names.is_post(colon[0])
        for beside in (page.lines[i] for i in (index - 1, index + 1) if 0 <= i < len(page.lines))
    ):
        return None
    head = make_head(page, Heading("post", name, ""), line, index, line.body, behind.end())
    return head._replace(strength=3, in_list=True)


def _is_over_text(page: Page, index: int) -> bool:
    """Whether a list or a label begins in the line below."""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    if below is not None and below.ordinal >= 0 and _COUNTED.search(page.value, below.body, below.end) is None:
        ordinal = page.ordinals[below.ordinal]
        return ordinal.value == 1 or ordinal.style == "bullet"
    return _is_over_labels(page, index)


def _is_over_labels(page: Page, index: int) -> bool:
    """Whether a label begins the line below a heading: what the heading says behind the name is a motto."""
    below = page.lines[index + 1] if index + 1 < len(page.lines) else None
    place = bisect_left(page.labels, indent_of(page, below), key=lambda label: label.start) if below else 0
    return below is not None and place < len(page.labels) and page.labels[place].start <= below.body + 1


def _starts_list(page: Page, place: int) -> bool:
    """Whether a list begins right behind a place."""
    return any(o.start - place < _NEAR_NUMBER and o.value == 1 for o in page.ordinals_in(place, place + 12))


def _is_mention(page: Page, text: str, index: int) -> bool:
    """Whether a bracket says what a post does: by its verb, or because the line beside it is of the same shape."""
    if page.rules.senses.duty.match(text):
        return True
    for line in (page.lines[i] for i in _alike(page, index)):
        match = _BRACKET.match(page.value, line.body, line.end)
        if match and page.names.is_post(match["name"]) and min(len(text), len(match["text"])) > _LONGEST_NUMBER:
            return True
    return False


def _alike(page: Page, index: int) -> Iterator[int]:
    """The lines above and below a line, past a short one with a colon that heads some of them: 销售："""
    for step in (-1, 1):
        beside = index + step
        if 0 <= beside < len(page.lines) and _heads_few(page, page.lines[beside]):
            beside += step
        if 0 <= beside < len(page.lines):
            yield beside


def _heads_few(page: Page, line: Line) -> bool:
    return line.end - line.body <= _LONGEST_NUMBER + 1 and page.value[line.end - 1] in ":："


def _only_with_text(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The heads that have text of their own: bare names in a row are a list of names."""
    lines_of_heads = {head.line for head in heads}
    labels = [label.start for label in page.labels]
    kept: list[Head] = []
    tails = Counter(head.name.text for head in heads if head.tail)
    bare = {head.line for head in heads if not head.tail and not head.mentions}
    listed = contents_names(page)
    # Where the name of a sure post stands so over its list, one that may be a kind of work does too.
    weak_heads = page.rules.titles.weak_heads
    is_row = any(
        h.line in bare
        and h.kind == "post"
        and _opens_list(page, h)
        and page.names.head_of(h.name.text) not in weak_heads
        for h in heads
    )
    for head in heads:
        if head.tail or head.mentions or head.in_list or head.kind == "unit":
            kept.append(head._replace(strength=head.strength + _opens_list(page, head)))
            continue
        weak = page.names.head_of(head.name.text) in weak_heads
        is_listed = head.name.text in listed
        strength = (
            head.strength + (tails[head.name.text] > 0) + (weak and is_row and _opens_list(page, head)) + is_listed
        )
        is_above_label = False
        following = head.line + 1
        for index in range(following, min(following + _LOOK_AHEAD, len(page.lines))):
            line = page.lines[index]
            place = bisect_left(labels, indent_of(page, line))
            if place < len(labels) and labels[place] <= line.body + 1:
                if page.labels[place].rule.field in _TELLING:
                    strength += 2 if index == following else 1
                    is_above_label = index == following
                break
            if index in lines_of_heads:
                strength -= 1 if index == following else 0
                break
            if line.ordinal >= 0 and index == following:
                ordinal = page.ordinals[line.ordinal]
                strength += 1 if ordinal.value == 1 or ordinal.style == "bullet" else 0
            if index == following and line.ordinal < 0 and page.rules.senses.duty.match(page.value, line.body):
                strength += 1
        if not is_above_label and (not _has_fellows(page, head, lines_of_heads) or _ends_chart(page, head, bare)):
            continue
        if strength >= (2 if weak else 1):
            kept.append(head._replace(strength=strength, in_row=is_listed or _in_row(page, head, lines_of_heads)))
    return kept


def _in_row(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether the number before or behind that of a bare name heads a name too: 七、门卫 behind 六、司机."""
    line = page.lines[head.line]
    if line.ordinal < 0 or page.ordinals[line.ordinal].style == "bullet":
        return False
    before = page.ordinals[line.ordinal].before
    if before >= 0 and page.line_index(page.ordinals[before].start) in lines_of_heads:
        return True
    following = next((o for o in page.ordinals[line.ordinal + 1 :] if o.before == line.ordinal), None)
    return following is not None and page.line_index(following.start) in lines_of_heads


def _opens_list(page: Page, head: Head) -> bool:
    """Whether the line below a head has the first number of a list."""
    line = page.lines[head.line + 1] if head.line + 1 < len(page.lines) else None
    return line is not None and line.ordinal >= 0 and page.ordinals[line.ordinal].value == 1


def _ends_chart(page: Page, head: Head, bare: set[int]) -> bool:
    """Whether a bare name is the last of a row of them, line by line: an organisation chart, a list of vacancies."""
    if page.lines[head.line].depth:
        return False
    return all(head.line - step in bare for step in range(1, _FEWEST_NAMES))


def _begins_chapter(page: Page, ordinal: Ordinal) -> bool:
    """Whether a number of two levels is the first one of its chapter: 3.1 behind 2.4."""
    return ordinal.style == "two" and page.ordinals[ordinal.before].value // 100 != ordinal.value // 100


def _has_fellows(page: Page, head: Head, lines_of_heads: set[int]) -> bool:
    """Whether the numbers before and behind a numbered bare name head names too (or there are none)."""
    line = page.lines[head.line]
    if line.ordinal < 0:
        return True
    ordinal = page.ordinals[line.ordinal]
    if ordinal.style == "bullet":
        return bool(part_mark(page, line))
    if ordinal.style in ("条", "节", "章"):
        return True  # articles are of all kinds
    if ordinal.before >= 0 and not _begins_chapter(page, ordinal):
        return page.line_index(page.ordinals[ordinal.before].start) in lines_of_heads
    following = next((o for o in page.ordinals[line.ordinal + 1 :] if o.before == line.ordinal), None)
    return following is None or page.line_index(following.start) in lines_of_heads
