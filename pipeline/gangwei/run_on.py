"""Headings that lost their line breaks: …交办的工作。绿化主管岗位职责1、制定养护计划。

Sites strip the line ends off what they copy. A post's heading is then found by what stands around it: a sentence that
ends before it or the line's beginning, and its 岗位职责 with a list, or a field's label, behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.faults.lost_lines import LOST_LINE
from gangwei.glued_heads import glued_name, holds_title
from gangwei.label_values import TYPED
from gangwei.model import Field
from gangwei.repair import Prepared, repaired
from gangwei.rulebook.senses import SenseRules
from gangwei.run_on_parts import chaptered, parts_of, variants_of
from gangwei.text import Edit
from gangwei.titles import Names

# Labels that say who else a post has to do with: its own name stands before them.
_OF_OTHERS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE])
# Shorter lines have their breaks.
_LONG_LINE: Final = 60
_LAST_SENTENCE: Final = re.compile("(?<=[。；;！!？? ])[^。；;！!？? ]++[。！!]?[ ]*$")
_LONGEST_CLOSING: Final = 50
# Longer ones hold a page.
_RUN_ON: Final = 120
_LONGEST_NAME: Final = 20
_LONGEST_LABEL: Final = 6
_LONGEST_GLOSS: Final = 12
# A gloss on a name, which its bracket ends: 段长（班组长）
_GLOSSED: Final = re.compile("[\u4e00-\u9fff][(（][\u4e00-\u9fff、]{1,8}[)）]$")
# So much of a name is said again in the sentence below.
_SAID_AGAIN: Final = 2
# Where a document's title stands, and how long it is.
_HEAD: Final = 400
_LONGEST_TITLE: Final = 32
_SURE: Final = frozenset(["strong", "fair"])
_FEWEST_BRACKETS: Final = 3
# A list of contents is a row of headings: so much text at least stands below one that heads something.
_SHORTEST_BELOW: Final = 8
_TAIL: Final = re.compile(
    r"(?:职责|职能|责任制?|说明书|职责范围|职责描述|职责[及和与](?:权限|职权|要求|岗位要求|任职要求|任职资格))"
    r"(?![\u4e00-\u9fff]{0,2}(?:说明书|范围|描述)|[及和与](?:权限|职权|(?:岗位|任职)?要求|任职资格))[ \t]*[:：]?[ \t]*"
)
_LIST: Final = re.compile(r"[1１][ ]?[、.．,，)）:：。?？]|[一①⑴㈠][、.．]?|[(（][1１一][)）]|第[ ]?[1一][ ]?条|[【\[]")
# The number of a variant, with its list behind it: 岗位职责(三)1、
_COUNTED: Final = re.compile(r"[(（][一二三四五六七八九十\d]{1,3}[)）][ ]?(?=[1１][、.．,，)）]|①|[(（][1１一][)）])")
_COLON_LIST: Final = re.compile(r"(?<=[\u4e00-\u9fff）)])[:：][ ]?(?=[1１][、.．]\D|[（(][1一][)）]|一、)")
_BRACKETED: Final = re.compile(r"[\[【〔]([^\[\]【】〔〕\n]{2,8})[\]】〕]")
_LABELLED: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})[:：]")
_NO_NAME: Final = re.compile(r"[\[\]【】〔〕:：]")
_SENTENCE_END: Final = "。；;！!？?\n"
_APART: Final = _SENTENCE_END + " \t\u3000】]）)》"
_NUMBER: Final = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}[章节篇条][ ]?|[(（]?[一二三四五六七八九十\d]{1,3}[)）][、.．]?|[一二三四五六七八九十\d]{1,3}[、.．])[ ]?"
)
_NUMBERED: Final = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])[^，。；！？,;!?\n:：、.]{2,24}(?:职责|责任制?)"
)
_FEWEST_NUMBERED: Final = 2
_DOUBLED: Final = re.compile(r"^(?P<name>[\u4e00-\u9fff]{4,20}?)(?P=name)\d{0,2}(?=[一1][、.．])", re.MULTILINE)
# What stands behind a blank, as far as the next blank or mark.
_WORD: Final = re.compile("[\u4e00-\u9fff]{1,20}")
# What ends the name of the whole document.
_BOOK: Final = re.compile(
    "组织机构|机构设置|组织架构|人员组成|汇编|手册|大全|一览表?|说明书|(?:岗位|工作)职责|(?:管理|责任|规章|工作)制度"
)
# A numbered name, and behind it a sentence that has it for its subject: （二）值班长值班长作为…
_TWICE: Final = re.compile(
    r"(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])[ ]?(?P<name>[\u4e00-\u9fff]{2,12})"
    r"(?=(?P=name)(?:作为|是|为|负责|需|应|要|在|对|主要|全面|承担))"
)
# A heading, once or twice, and behind it such a sentence: 矿长（经理）安全生产责任制矿长是…
_TOLD_AGAIN: Final = re.compile(
    # Before all else whether such a word stands near.
    "(?<![\u4e00-\u9fff])(?=[\u4e00-\u9fff][^职责]{0,50}[职责])(?P<head>[\u4e00-\u9fff]{0,8}?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:[(（][^()（）\n]{1,10}[)）])?(?:岗位|工作|安全|生产|主要){0,3}(?:职责范围|职责|责任制))"
    "[ ]?(?P<again>(?P=head)[ ]?)?(?=(?P=name)(?:是|为|应|在|对|负责|全面|主要|必须|须|要))"
)
_OWNED: Final = re.compile(
    "(?<=[。；;])(?P<name>[\u4e00-\u9fff]{2,12})的(?P<label>[\u4e00-\u9fff]{2,6})[:：](?=[ ]?[1１(（①])"
)
_SECTIONS: Final = frozenset([Field.DUTY, Field.AUTHORITY, Field.KPI, Field.REQUIREMENT])
# What may be a heading over rules, with its list right behind it.
_RULES: Final = re.compile(
    r"(?<=[。；;])[ ]?[\u4e00-\u9fff]{4,20}[度定法程知序律则范](?=[ ]?(?:[1１一][、.．]|第一条|[(（][1一][)）]))"
)
# A label behind the marks of a heading.
_HASHED: Final = re.compile(
    r"(?:(?m:^)|(?<=[ 。；;.\t]))#{1,6}[ ](?P<word>[\u4e00-\u9fffA-Za-z]{2,12})[ ]?[:：]?(?=[ ]|[1１][.、．])"
)
# A number whose opening bracket is lost, or whose mark is another one, is none that heads of chapters have.
_HALF_NUMBER: Final = re.compile(r"[一二三四五六七八九十]{1,3}[)）,，。]")


def with_breaks(prepared: Prepared, names: Names, senses: SenseRules) -> Prepared:
    """A prepared text with its lost line breaks before and behind headings, and before a last word to the readers."""
    text = prepared.text.value
    doubled = list(_doubled(text, names)) if "职责" in text else []
    doubled += chaptered(text)
    if not doubled and max(map(len, text.split("\n"))) <= _LONG_LINE:
        return prepared
    finders = (_before_labels, _owned_labels, _variants, _twice, _rules, _hashed)
    deeds = senses.duty
    found = sorted(
        {
            *_before_lists(text, names, deeds),
            *_before_colons(text, names, deeds),
            *(s for finder in finders for s in finder(text, names)),
        }
    )
    ends = [*(start for start, _ in found[1:]), len(text)] if found else []
    found = [
        (start, end)
        for (start, end), following in zip(found, ends, strict=True)
        if following - end >= _SHORTEST_BELOW and _is_in_long_line(text, start)
    ]
    found += doubled
    edits = {
        edit
        for start, end in [*found, *_parts(text, names, senses.closing, found)]
        for edit in _breaks(text, start, end)
    }
    # Where a half number is taken out a break is put in besides.
    taken = {edit.start for edit in edits if edit.end > edit.start}
    kept = [edit for edit in edits if edit.end > edit.start or edit.start not in taken]
    return repaired(prepared, sorted(kept)) if kept else prepared


def _doubled(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """A document's title before its first heading, both alike and glued to its text: 店长职责和要求店长职责和要求1一、前言…"""
    for match in _DOUBLED.finditer(text):
        heading = names.heading(match["name"])
        if heading and heading.tail:
            yield match.end("name"), match.end()


def _variants(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The headings of an article's variants, which count on through all lines."""
    if "职责" in text:
        yield from variants_of(text, names)


def _twice(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The numbered names of posts before sentences that begin with the name again, and the headings that stand so."""
    yield from (match.span() for match in _TWICE.finditer(text) if names.is_post(match["name"]))
    for match in _TOLD_AGAIN.finditer(text) if "职责" in text or "责任制" in text else ():
        heading = names.heading(match["head"])
        if heading and heading.tail and heading.kind == "post":
            yield match.span("head")
            if match.end("head") < match.end():
                yield match.end("head"), match.end()


def _owned_labels(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The labels of sections behind a sentence that say whose they are: …的年度预算。售票员的任职要求：1.高中以上"""
    for match in _OWNED.finditer(text):
        rule = names.rule_of(match["label"])
        if rule and rule.field in _SECTIONS and names.is_post(match["name"]):
            yield match.span()


def _rules(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The headings over rules for all that end the duties before them: …保证书屋安全。图书借阅规定1、…"""
    return (match.span() for match in _RULES.finditer(text) if match[0].endswith(tuple(names.rules.rule_heads)))


def _hashed(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The headings of Markdown that their text, or the text before them, stands in one line with: # 工作内容 1. …。 # 要求 1. …"""
    if "# " in text:
        for match in _HASHED.finditer(text):
            rule = names.rule_of(match["word"])
            if rule is not None and not rule.keep:
                yield match.span()


def _parts(
    text: str, names: Names, closing: re.Pattern[str], heads: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """What begins lines in each line that holds far more than one."""
    place = 0
    for line in text.split("\n"):
        if len(line) > _RUN_ON:
            yield from (
                (place + start, place + end)
                for start, end in parts_of(
                    line, names, [start - place for start, _ in heads if 0 <= start - place < len(line)]
                )
            )
            last = _LAST_SENTENCE.search(line, len(line) - _LONGEST_CLOSING)
            if last and closing.search(last[0]):
                yield place + last.start(), place + last.start()
        place += len(line) + 1


def _breaks(text: str, start: int, end: int) -> Iterator[Edit]:
    start -= text[start - 1 : start] == "【"  # of 【第2篇】
    half = _HALF_NUMBER.match(text, start, end)
    is_inside = start > 0 and text[start - 1] != "\n"
    if is_inside or half:
        yield Edit(start, half.end() if half else start, "\n" if is_inside else "", LOST_LINE)
    if start < end < len(text) and text[end] != "\n":
        yield Edit(end, end, "\n", LOST_LINE)


def _is_in_long_line(text: str, place: int) -> bool:
    begin = text.rfind("\n", 0, place) + 1
    return text.find("\n", begin, begin + _LONG_LINE) < 0 and len(text) - begin > _LONG_LINE


def _before_lists(text: str, names: Names, duty: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The headings with a tail (岗位职责) before a list or a label."""
    # Numbered headings of a regulation are parted where its lines are read (`parted`).
    has_numbered: bool | None = None
    known: tuple[str, ...] | None = None
    tails = list(_TAIL.finditer(text))
    counts = {match.end(): counted for match in tails if (counted := _COUNTED.match(text, match.end()))}
    for match in tails:
        counted = counts.get(match.end()) if len(counts) > 1 else None
        end = (counted or match).end()
        is_over = counted is not None or _LIST.match(text, end) is not None or _is_label(text, end, names)
        if not is_over and match[0][-1] not in " \t":
            continue
        start = _start_of(text, match.start(), _APART)
        if is_over and (glued := glued_name(text, match.start(), names, duty)) is not None:
            if not _is_behind_label(text, glued, names):
                yield glued, end
            continue
        if not is_over and not _is_set_off(text, start, end):
            continue
        if start == match.start():
            known = _lined(text, names) if known is None else known
            start = next((end - len(line) for line in known if text.endswith(line, 0, match.end())), start)
        heading = names.heading(text[start : match.end()].rstrip(" \t:："))
        if (
            heading
            and heading.tail
            and not (_is_value(heading.name.text, names) or _holds_label(heading.name.text, names))
        ):
            begin = _with_number(text, start)
            if has_numbered is None:
                has_numbered = len(_NUMBERED.findall(text)) >= _FEWEST_NUMBERED
            if begin == start or not has_numbered:
                yield begin, end


def _is_behind_label(text: str, place: int, names: Names) -> bool:
    """Whether the sure label of a post's or a unit's name ends at a place: 直属人员|保洁员|职责1、…"""
    rules = (names.rule_of(text[place - length : place]) for length in range(4, _LONGEST_LABEL + 1) if length <= place)
    return any(rule is not None and rule.field in TYPED and rule.strength in _SURE for rule in rules)


def _before_colons(text: str, names: Names, duty: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The names of posts and units with a colon before the first number of a list, where several have one:
    …办理社会保险。招聘专员：1、发布招聘信息"""
    found: list[tuple[int, int]] = []
    for match in _COLON_LIST.finditer(text):
        start = glued_name(text, match.start(), names, duty)
        start = _start_of(text, match.start(), _APART) if start is None else start
        name = text[start : match.start()]
        if len(name) > 1 and names.rule_of(name) is None and (names.is_post(name) or names.is_unit(name)):
            found.append((_with_number(text, start), match.end()))
    if len(found) >= _FEWEST_NUMBERED:
        yield from found


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether a blank alone stands behind what begins a line or follows a sentence, or has its name said again behind it:
    …的问题。机修班职责 机修班是…, 第二章 保卫处安全责任制 保卫处是…"""
    before = text[max(0, start - _LONGEST_LABEL) : start].rstrip(" \t\u3000")
    behind = _WORD.match(text, end)
    if behind is None or _TAIL.search(behind[0]):
        return False  # in a list of contents the next heading stands there
    is_behind_sentence = not before or before[-1] in _SENTENCE_END
    return is_behind_sentence or text.startswith(text[start : start + _SAID_AGAIN], end)


def _lined(text: str, names: Names) -> tuple[str, ...]:
    """The posts' headings, without what stands before the name, that fill lines of their own at the text's head."""
    found: list[str] = []
    for line in text[:_HEAD].split("\n"):
        heading = names.heading(line) if _FEWEST_NUMBERED < len(line) <= _LONGEST_TITLE else None
        if heading is not None and heading.kind == "post" and heading.tail and not heading.number:
            found.append(line[heading.name.start :])
    return tuple(found)


def _before_labels(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """The posts' names right before a label in brackets, or before that of a superior, a unit: 大堂副理[直接上级]."""
    brackets = list(_BRACKETED.finditer(text))
    known = [bool(names.rule_of(match[1])) for match in brackets]
    for match, is_label in zip(brackets, known, strict=True):
        # Where labels stand in brackets, what else does is one too: [管理层次关系].
        if (is_label or sum(known) >= _FEWEST_BRACKETS) and (found := _named(text, match.start(), names)):
            yield found
    for match in _LABELLED.finditer(text):
        end = begin = match.start()
        while begin and end - begin < _LONGEST_LABEL and "\u4e00" <= text[begin - 1] <= "\u9fff":
            begin -= 1
        for start in range(begin, end - 1):
            rule = names.rule_of(text[start:end])
            if rule and rule.field in TYPED and (rule.strength == "strong" or rule.field in _OF_OTHERS):
                found = _named(text, start, names) if rule.strength == "strong" else None
                found = found or (_set_apart(text, start, names) if rule.field in _OF_OTHERS else None)
                if found:
                    yield found
                break


def _named(text: str, end: int, names: Names) -> tuple[int, int] | None:
    """The post's name, with its number, that ends at a place and stands behind a sentence's end or that number."""
    start = _start_of(text, end, _SENTENCE_END)
    name = text[start:end].strip()
    if _NO_NAME.search(name) or not names.is_post(name) or _is_value(name, names):
        return None
    return _with_number(text, start), end


def _set_apart(text: str, end: int, names: Names) -> tuple[int, int] | None:
    """The post's name that blanks part from the text before and from the label behind it: …素质要求 保安主管 上级："""
    stop = len(text[:end].rstrip(" \t\u3000"))
    start = _start_of(text, stop, _APART)
    name, before = text[start:stop], text[max(0, start - _LONGEST_NAME) : start].rstrip(" \t\u3000")
    if stop in (start, end) or before[-1:] in ":：、，," or "\n" in text[start - 1 : start]:
        return None
    if _NO_NAME.search(name) or not names.is_post(name) or _is_value(name, names):
        return None
    rules = (names.rule_of(before[-length:]) for length in range(2, _LONGEST_LABEL + 1))
    return None if any(rule is not None and rule.field in TYPED for rule in rules) else (_with_number(text, start), end)


def _start_of(text: str, end: int, apart: str) -> int:
    """Where a heading begins that ends at a place: behind what parts it from the text before, and behind its number;
    its end where nothing parts it."""
    start = end
    while start > max(0, end - _LONGEST_NAME):
        if text[start - 1] in ")）" and (glossed := _GLOSSED.search(text, max(0, start - _LONGEST_GLOSS), start)):
            start = glossed.start() + 1  # 段长（班组长）|安全职责
        elif text[start - 1] in apart:
            break
        else:
            start -= 1
    is_apart = start == 0 or text[start - 1] in apart
    for pattern in (_BOOK, _NUMBER):
        for match in pattern.finditer(text, start, end):
            start, is_apart = match.end(), True
    return start if is_apart else end


def _with_number(text: str, start: int) -> int:
    low = max(0, start - 8)
    number = next((m for m in _NUMBER.finditer(text, low, start) if m.end() == start), None)
    return number.start() if number else start


def _is_label(text: str, place: int, names: Names) -> bool:
    """Whether a sure label stands at a place, or any with a colon."""
    for length in range(2, _LONGEST_LABEL + 1):
        rule = names.rule_of(text[place : place + length])
        if rule is not None and (rule.strength == "strong" or text[place + length : place + length + 1] in (":", "：")):
            return True
    return False


def _holds_label(name: str, names: Names) -> bool:
    """Whether a sure label stands within a name: then it is a value, a label and a value (计量员|工作地点|公司总部)."""
    spans = ((start, start + length) for start in range(2, len(name) - 3) for length in (4, 5, 6))
    rules = (names.rule_of(name[start:end]) for start, end in spans if end <= len(name))
    return any(rule is not None and rule.strength == "strong" for rule in rules)


def _is_value(name: str, names: Names) -> bool:
    """Whether a name is a field's value with the label before it: 职务|文员, 基本信息|职务|文员."""
    if holds_title(name, names):
        return True
    rules = (names.rule_of(name[:length]) for length in range(2, _LONGEST_LABEL + 1))
    return any(
        rule is not None and rule.field in TYPED and (rule.strength == "strong" or rule.field == "title")
        for rule in rules
    )
