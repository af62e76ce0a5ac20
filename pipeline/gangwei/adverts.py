"""The posts of advertisements: lines over 岗位职责 or 任职要求 that name one, with the employer beside or above it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from gangwei.head import Head
from gangwei.headlines import Headline, may_call, read_headline
from gangwei.labels import Label
from gangwei.model import Field, Span
from gangwei.name_values import Name
from gangwei.page import Line, Page

_OPENING: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.SUMMARY])
# Fields that may stand between the headline and the first section.
_BESIDE: Final = frozenset(
    [Field.OTHER, Field.COMPANY, Field.DEPARTMENT, Field.SUPERVISOR, Field.SUBORDINATE, Field.DEPUTY]
)
_LOOK: Final = 14
_LONGEST_NAME: Final = 24
_LONGEST_FACT: Final = 44
_SENTENCE: Final = re.compile("[，。；！,;]")
_COMMA: Final = re.compile("[，,]")
_ABOVE: Final = 2
_MARKS_BEFORE: Final = 2
_BOLD: Final = re.compile(r"(?:\*\*|__|<b>|【)")
# What parts the posts of a thread: ---
_RULE: Final = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|={5,})[ \t]*$", re.MULTILINE)
_DASH: Final = re.compile("[-—–]")
_NO_NAME: Final = re.compile(
    r"[，。；？！：?!;:,、…]|^\W|我们|你们|你的|如何|怎么|什么|为什么|http|www|@|^[\d\W]+$|\d{4}[-/.年]|篇$|^第.{1,4}[章节条]"
)


class _Event(NamedTuple):
    place: int
    thing: Head | Label


def with_adverts(page: Page, heads: Sequence[Head]) -> tuple[Head, ...]:
    """The heads, those of advertisements among them, each with the employer and the unit that its headline names."""
    starts = [label.start for label in page.labels]
    has_headings = page.marks.has_headings
    openers = [
        label
        for label in page.labels
        if label.at_line_start and (_opens(label) or (has_headings and _heads(page, label)))
    ]
    if not openers:
        return tuple(sorted(_called(page, head, starts) for head in heads))
    heads = [_of_post(page, head) for head in heads]
    taken = {
        head.line: head for head in heads if not head.mentions and (head.kind == "post" or head.tail or head.depth)
    }
    mentions = frozenset(head.line for head in heads if head.mentions and page.value[head.end - 1] in ":：")
    found = list(heads)
    seen: set[Field] = set()
    floor, is_titled = 0, False
    borders = _borders(page)
    for event in _events(page, heads, openers):
        thing = event.thing
        line = page.line_index(event.place)
        if (border := bisect_left(borders, line)) and borders[border - 1] > floor:
            seen, floor, is_titled = set(), borders[border - 1], False
        if isinstance(thing, Head) or thing.rule.field is Field.TITLE:
            seen, floor, is_titled = set(), line + 1, True
            continue
        kind = thing.rule.field
        head = None
        if seen or not is_titled:
            search = _Search(page, starts, taken, mentions, is_first=not seen, is_again=kind in seen)
            head = search.above(line, floor)
        if head:
            found.append(head)
            seen, is_titled = set(), True
        seen.add(kind)
        floor = line + 1
    return tuple(sorted(_employed(page, head, starts) for head in found))


def _of_post(page: Page, head: Head) -> Head:
    """The head, of the post where its line joins a post with its unit behind a dash: 资深工程师-金融事业部"""
    if head.kind != "unit" or head.tail or not _DASH.search(head.name.text):
        return head
    line = page.lines[head.line]
    headline = read_headline(page, line.body, line.end)
    if headline is None or headline.title is None or not headline.is_sure or headline.unit is None:
        return head
    return _head(page, headline, line, head.line) if headline.title.end < headline.unit.start else head


def _borders(page: Page) -> list[int]:
    """The lines that begin another advertisement of a thread: what stands right behind a rule and is a heading."""
    lines = page.lines
    return [
        index
        for index in range(1, len(lines))
        if lines[index].depth and _RULE.search(page.value, lines[index - 1].end, lines[index].start)
    ]


def _called(page: Page, head: Head, label_starts: Sequence[int]) -> Head:
    """The head with what its own line says of the employer, where that calls for people: 某某商城招聘仓管员"""
    line = page.lines[head.line]
    return _employed(page, head, label_starts) if may_call(page, line.body, line.end) else head


def _opens(label: Label) -> bool:
    """Whether a label at a line's start opens a section of an advertisement; one over a group of duties (职责表述) stands in forms."""
    is_section = label.rule.field in _OPENING and not (label.rule.keep or label.rule.group)
    return is_section and (label.has_mark or label.is_whole_line)


def _heads(page: Page, label: Label) -> bool:
    """Whether a label of a section at a line's start begins a heading that says more than the label: ## Job Description / 工作内容"""
    is_section = label.rule.field in _OPENING and not label.rule.keep
    return is_section and page.lines[page.line_index(label.start)].depth > 0


def _events(page: Page, heads: Sequence[Head], openers: Sequence[Label]) -> Iterator[_Event]:
    """Heads, title labels and openers in the order of the page."""
    titles = [label for label in page.labels if label.rule.field is Field.TITLE and label.at_line_start]
    posts = [head for head in heads if head.kind == "post" and not head.mentions]
    things: list[Head | Label] = [*posts, *titles, *openers]
    yield from sorted([_Event(thing.start, thing) for thing in things], key=_PLACE)


_PLACE: Final = itemgetter(0)


class _Search(NamedTuple):
    """The search for the line that names the post whose sections begin at some line."""

    page: Page
    label_starts: Sequence[int]
    taken: dict[int, Head]
    mentions: frozenset[int]
    is_first: bool
    is_again: bool

    def above(self, line: int, floor: int) -> Head | None:
        page = self.page
        is_near = True
        for index in range(line - 1, max(floor, line - _LOOK) - 1, -1):
            candidate = page.lines[index]
            if index in self.taken:
                return None
            if label := self._label_of(candidate):
                if label.rule.field in _BESIDE or label.rule.keep:
                    continue
                return None
            if page.value[candidate.start] == "|" or index in self.mentions or self._is_fact(index):
                continue
            headline = read_headline(page, candidate.body, candidate.end)
            if headline and headline.title and self._is_headline(candidate, headline, is_near=is_near):
                return _head(page, headline, candidate, index)
            if is_near and (name := self._may_head(candidate)):
                return _named(name, candidate, index)
            if not self.is_first:
                return None
            is_near = is_near and _is_short(page, candidate)
        return None

    def _label_of(self, line: Line) -> Label | None:
        place = bisect_left(self.label_starts, line.start)
        if place < len(self.label_starts) and self.label_starts[place] <= line.body + _MARKS_BEFORE:
            return self.page.labels[place]
        return None

    def _is_fact(self, index: int) -> bool:
        """Whether a line is the short value of the label that is the line above: 工作地址 / 苏州工业园区12号"""
        page, above = self.page, self.page.lines[index - 1]
        label = self._label_of(above) if index else None
        is_labelled = label is not None and label.is_whole_line and label.rule.field is Field.OTHER
        return is_labelled and page.lines[index].depth == 0 and _is_short(page, page.lines[index])

    def _is_headline(self, line: Line, headline: Headline, *, is_near: bool) -> bool:
        """Whether a line that may be a headline is one, by what it says and where it stands."""
        if line.ordinal >= 0 and self._is_deed(line):
            return False
        if not headline.is_sure:
            return self.is_first or (self.is_again and _is_after_blank(self.page, line))
        if not self.is_first and not self.is_again and not (line.depth or _is_after_blank(self.page, line)):
            return False
        if headline.is_call or line.depth:
            return True
        is_list = line.ordinal >= 0 and self.page.value[line.end - 1] in "。；;，,"
        has_parts = headline.company is not None or headline.unit is not None
        return not is_list and (is_near or has_parts)

    def _is_deed(self, line: Line) -> bool:
        """Whether an item of several clauses says first what is done: • 统计到店人数，调整投放"""
        value = self.page.value
        comma = _COMMA.search(value, line.body, line.end)
        return comma is not None and self.page.rules.senses.duty.match(value, line.body, line.end) is not None

    def _may_head(self, line: Line) -> Name | None:
        """The name on a line that is set apart as a headline, though no word of ours says that it names a post."""
        page = self.page
        text = page.value[line.body : line.end].rstrip("*#_ ")
        if not (self.is_first or self.is_again) or not 2 <= len(text) <= _LONGEST_NAME:
            return None
        is_apart = line.depth > 0 or _BOLD.match(page.value, line.start) is not None
        if not is_apart and not (self.is_again and _is_after_blank(page, line) and line.ordinal < 0):
            return None
        name = page.names.post(text)
        if name is None or len(name.text) < 2 or _NO_NAME.search(name.text):
            return None
        return name if _is_free(page, name.text) and _is_free(page, text) else None


def _is_free(page: Page, text: str) -> bool:
    """Whether a text is none of the words that head other parts of such a page."""
    rules, senses = page.rules.titles, page.rules.senses
    bare = text.strip("0123456789 【】[]")
    if bare in page.rules.labels or bare in rules.ad_starts or bare in rules.ad_asides or page.names.label_of(bare):
        return False
    if text.startswith(tuple(rules.ad_headings)) or bare.endswith(rules.ad_notices) or page.names.is_company(bare):
        return False
    return not (senses.duty.match(bare) or senses.requirement.search(bare) or senses.closing.search(bare))


def _is_short(page: Page, line: Line) -> bool:
    """Whether a line is no text but one of the facts and buttons that boards put under a headline."""
    return line.end - line.body <= _LONGEST_FACT and _SENTENCE.search(page.value, line.body, line.end) is None


def _is_after_blank(page: Page, line: Line) -> bool:
    before = page.value[max(0, line.start - 4) : line.start]
    return before.count("\n") > 1


def _head(page: Page, headline: Headline, line: Line, index: int) -> Head:
    title = headline.title or Span(line.body, line.end)
    name = Name(page.value[title.start : title.end], title.start, title.end)
    return Head(
        line.start, line.end, "post", name, "", None, line.depth, index, 2,
        company=headline.company, department=headline.unit, is_guess=not headline.is_sure,
    )  # fmt: skip


def _named(name: Name, line: Line, index: int) -> Head:
    placed = name._replace(start=line.body + name.start, end=line.body + name.end)
    return Head(line.start, line.end, "post", placed, "", None, line.depth, index, 1, is_guess=True)


def _headline_over(page: Page, head: Head) -> Headline | None:
    """What the heading says under which a post's heading stands, where it calls for people and names only an employer."""
    for index in range(head.line - 1, -1, -1):
        line = page.lines[index]
        if 0 < line.depth < head.depth:
            headline = read_headline(page, line.body, line.end)
            return headline if headline and headline.is_call and headline.company and not headline.title else None
    return None


def _employed(page: Page, head: Head, label_starts: Sequence[int]) -> Head:
    """The head with the employer and the unit that its own line or a line right above it names (内推｜某公司｜某部)."""
    if head.kind != "post" or head.mentions or head.tail:
        return head
    line = page.lines[head.line]
    if head.company is None and head.department is None:
        own = read_headline(page, line.body, line.end)
        is_whole = own is not None and own.title is not None and page.value.count("/", line.body, own.title.start) > 1
        if own and own.title and not is_whole and own.title.start < head.name.end and head.name.start < own.title.end:
            name = Name(page.value[own.title.start : own.title.end], own.title.start, own.title.end, head.name.unit)
            head = head._replace(name=name, company=own.company, department=own.unit)
    if head.company is not None:
        return head
    if head.depth and (over := _headline_over(page, head)):
        return head._replace(company=over.company, department=head.department or over.unit)
    for index in range(head.line - 1, max(-1, head.line - 1 - _ABOVE), -1):
        above = page.lines[index]
        place = bisect_left(label_starts, above.start)
        if place < len(label_starts) and label_starts[place] <= above.body + 1:
            return head
        headline = read_headline(page, above.body, above.end)
        if headline and headline.title is None and headline.company:
            return head._replace(company=headline.company, department=head.department or headline.unit)
    return head
