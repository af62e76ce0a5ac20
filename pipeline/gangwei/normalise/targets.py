"""Targets: a number with its unit, what is compared, and the period that it is for."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gangwei.normalise.kpi_words import ASSERTED, PART_OF, KpiGrammar
from gangwei.normalise.numbers import NUMBER, print_number, read_number

GONE: Final = "\0"  # stands for each character that has been read already, so that offsets stay
SPAN: Final = r"半年度?|季度?|学期|学年|年度?|月度?|周度?|星期|天|日"
STOP: Final = frozenset("\0,;。()、/ \t\n!")

_SLASH: Final = re.compile(rf"\s*/\s*(?:每|人)?({SPAN})(?:(?![\u4e00-\u9fff])|(?=以[内下上]|之?内|左右))")
_NUMBER: Final = re.compile(rf"(?P<part>[百千万])分之(?P<parts>{NUMBER}|百)|[±]?(?P<plain>{NUMBER})")
_RANGE: Final = re.compile(rf"\s*(?:[-~—]+|至|到)\s*(?P<last>{NUMBER})")
_TO_LAST, _STROKE = frozenset(" -~—至到"), frozenset(" /")
_DIVISOR: Final = re.compile(r"\s*/\s*(?:[\u4e00-\u9fff]{1,4}|[A-Za-z0-9³²]{1,6})")
_LOOSE_UNIT: Final = re.compile(r"(?:[\u4e00-\u9fff]{1,2}|[A-Za-z]{2,5})(?=\Z|[,;。/()\s\0])")
_PARTS: Final = {"百": "%", "千": "‰", "万": "‱"}
_SCORED: Final = frozenset("得扣")  # 5%以上得满分
_FIRST: Final = frozenset("第近")


class Target(NamedTuple):
    """A number with what stands round it; `start` and `end` hold the comparator too."""

    start: int
    end: int
    value: str
    unit: str
    comparator: str
    period: str
    closed: bool  # nothing of a name follows it


def read_target(line: str, grammar: KpiGrammar) -> Target | None:
    """The first number that states a target: nothing of a name follows it, or a comparator stands before it."""
    open_target = None
    for found in _NUMBER.finditer(line):
        start = found.start()
        before = line[start - 1] if start else ""
        if before in _FIRST or (before.isascii() and before.isalnum()) or before in (".", "/"):
            continue
        target = _read_target(line, found, grammar)
        if target is None:
            continue
        if target.closed:
            return target
        if target.comparator in ASSERTED and target.start < start:
            open_target = open_target or target
    return open_target


def _read_target(line: str, found: re.Match[str], grammar: KpiGrammar) -> Target | None:
    spoken, end = found["plain"], found.end()
    if found["part"]:
        value = 100.0 if found["parts"] == "百" else read_number(found["parts"])
        unit = _PARTS[found["part"]]
    else:
        value, unit = read_number(spoken), ""
    if value is None:
        return None
    shown, between = print_number(value), False
    if spoken == "零" and (tail := grammar.zero_tails.at(line, end)) and tail not in grammar.units.senses:
        end += len(tail)  # 零发生
    elif not unit:
        unit, end = _unit(line, end, grammar)
    if (
        line[end : end + 1] in _TO_LAST
        and (span := _RANGE.match(line, end))
        and (last := read_number(span["last"])) is not None
    ):
        shown, between, end = f"{shown}-{print_number(last)}", True, span.end()
        further, end = _unit(line, end, grammar)
        unit = further or unit
    behind, end = _behind(line, end, "", grammar)
    if unit == "日" and behind == "<=":
        unit = "天"  # 3日内 is three days, no date
    period = ""
    if line[end : end + 1] in _STROKE:
        if slash := _SLASH.match(line, end):
            period, end = grammar.periods.get(slash[1], ""), slash.end()
        elif unit and (divisor := _DIVISOR.match(line, end)):
            unit, end = unit + divisor[0].replace(" ", ""), divisor.end()
        behind, end = _behind(line, end, behind, grammar)
    start, comparator, soft = _comparator(line, found.start(), grammar)
    bare = spoken and not spoken[0].isascii() and not unit and not comparator
    if bare and line[found.start() - 1 : found.start()] != ":" and not (spoken == "零" and end > found.end()):
        return None
    if between or behind == "between":
        comparator = "between" if between else comparator
    elif behind and (soft or not comparator or behind == "~"):
        comparator = behind
    closed = end >= len(line) or line[end] in STOP or line[end] in _SCORED
    return Target(start, end, shown, unit, comparator, period, closed)


def _behind(line: str, place: int, behind: str, grammar: KpiGrammar) -> tuple[str, int]:
    """What words behind a number say (95%以上), the first of them, and where they end."""
    while word := grammar.behind.at(line, place):
        behind, place = behind or grammar.behind.senses[word], place + len(word)
    return behind, place


def _unit(line: str, place: int, grammar: KpiGrammar) -> tuple[str, int]:
    """The unit at a place, and where it ends: of the list, else a word or two before the end."""
    while place < len(line) and line[place] == " ":
        place += 1
    word = grammar.units.at(line, place)
    if word:
        end = place + len(word)
        return (word[1:] if word[0] == "个" and word in ("个工作日", "个小时", "个百分点", "个星期") else word), end
    if (other := _LOOSE_UNIT.match(line, place)) and not grammar.behind.at(line, place):
        return other[0], other.end()
    return "", place


def _comparator(line: str, place: int, grammar: KpiGrammar) -> tuple[int, str, bool]:
    """Where the words of comparison in front of a place begin, what they say, and whether they say it softly."""
    comparator, soft = "", True
    while True:
        while place and line[place - 1] in " :\0(=" and not (line[place - 1] == "=" and not comparator):
            place -= 1
        word = grammar.before.of(line, place)
        if not word or line[place - len(word) - 1 : place - len(word)] in PART_OF.get(word, ()):
            return place, comparator, soft
        sense = grammar.before.senses[word]
        if sense and not comparator:
            comparator, soft = sense, sense in "=~" or word[0] in "达控须应"
        place -= len(word)
