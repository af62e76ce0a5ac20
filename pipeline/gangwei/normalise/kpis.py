"""Indicators: name, measure, direction, comparator, target, unit, weight, period, out of one line of text."""

from __future__ import annotations

import re
from typing import Final

from gangwei.model import Entry, Kpi
from gangwei.normalise.kpi_words import ASSERTED, PART_OF, KpiGrammar, kpi_grammar
from gangwei.normalise.numbers import fold
from gangwei.normalise.targets import GONE, SPAN, STOP, read_target

__all__ = ["kpi_grammar", "read_kpi"]

_LONGEST: Final = 400  # of an indicator: what stands behind is explanation
_WEIGHT: Final = re.compile(
    r"(?:(?<![\s,;(、])[\s,;(、]++)?(?:考核|绩效|指标|所占)?(?:权重|比重|分值|配分)[占为:=\s(]{0,8}(\d{1,12}(?:\.\d{1,6})?)\s{0,4}(%|分)?\)?\s{0,4}\)?"
)
_WEIGHT_BRACKET: Final = re.compile(
    r"\(\s{0,4}(?:占|共|计|满分)?[:为]?\s{0,4}(\d{1,12}(?:\.\d{1,6})?)\s{0,4}(?:%|分)\s{0,4}\)(?=\s{0,4}(?:[,;。]|\Z))"
)
_WEIGHT_BEHIND: Final = re.compile(
    r"[,;\s]\s{0,4}(?:占(?:比)?\s{0,4}(\d{1,12}(?:\.\d{1,6})?)\s{0,4}%|(?:占|满分|计)?\s{0,4}(\d{1,12}(?:\.\d{1,6})?)\s{0,4}分)\s{0,4}[。;]?\s{0,4}\Z"
)
_EACH: Final = re.compile(
    rf"(?:每(?:个)?(?:{SPAN}|班|人(?=每))|按(?:{SPAN})(?:(?:考核|统计|评价)|(?=\Z|[,;。)])))(?![均末初底报结会])"
)
_TERM: Final = re.compile(
    r"(?:(?:考核|评价)周期[:为]?)?(半年度|季度|月度|年度|周度|日度|全年|年均|当年|当月|当季|学期|上半年|下半年|半年|每年)(?:考核|评价|统计)?"
)
_CALENDAR: Final = re.compile("[每按]|年[度均]|[月周日]度|季度|[当全]年|[当][月季]|学期|半年")
_ALONE: Final = re.compile(rf"({SPAN})(?=[^度均])")
_WITHIN: Final = re.compile(r"控制在(?![^,;()]{0,20}(?:\d|分之))[^,;()]{1,20}?(?:范围内|以内|之内|以下|内)")
_FROM: Final = re.compile(r"从(?=[^,;]{0,3}\d)[^,;]*\Z")  # 从75%提高到85%
_BRACKET: Final = re.compile(r"\([^()]*\)?")
_VAGUE: Final = ("情况", "程度", "状况", "水平")  # more of them says nothing


def read_kpi(entry: Entry, grammar: KpiGrammar) -> Kpi:
    """The indicator that a line states; what it does not state is empty."""
    text = entry.text[:_LONGEST]
    line, weight = _take_weight(fold(text))
    line, period = _take_period(line, grammar)
    line, within = _take_within(line)
    target = read_target(line, grammar)
    comparator = target.comparator if target else "<=" if within else ""
    stem, behind = (line[: target.start], line[target.end :]) if target else (line, "")
    name, raw, change, limit, named = _name(text, stem, behind, bool(target), grammar)
    if limit and comparator not in ASSERTED:
        comparator = limit
    value, unit = (target.value, target.unit) if target else ("", "")
    measure = _measure(raw, unit, grammar)
    if weight is None and unit == "分" and measure == "score" and not comparator and raw.endswith("率"):
        value, unit, measure, weight = "", "", "rate", float(value) if value.isdigit() else None
    direction = change or ("down" if within else "") or _direction(comparator, value, name, grammar)
    period = (target.period if target else "") or period or named
    return Kpi(entry, name, measure, direction, comparator, value, unit, weight, period)


def _take_weight(line: str) -> tuple[str, float | None]:
    found = _WEIGHT.search(line) if "重" in line or "分值" in line or "配分" in line else None
    if found:
        value = float(found[1])
        share = found[2] != "%" and "." in found[1] and value <= 1
        return _blank(line, found), round(value * 100, 6) if share else value
    found = _WEIGHT_BRACKET.search(line) if "(" in line else None
    if not found and ("分" in line or "占" in line):
        found = _WEIGHT_BEHIND.search(line)
    if found and line[: found.start()].strip():
        return _blank(line, found), float(next(filter(None, found.groups())))
    return line, None


def _take_period(line: str, grammar: KpiGrammar) -> tuple[str, str]:
    """The line without its period words that stand by themselves, and the first of them."""
    period = ""
    if not _CALENDAR.search(line):
        return line, period
    for found in (*_EACH.finditer(line), *_TERM.finditer(line)):
        start, end = found.span()
        stands = (
            line[start] in "每按考评" or start == 0 or line[start - 1] in STOP or _begins_target(line, end, grammar)
        )
        if not stands or (start and line[start - 1] == "比"):
            continue
        word = found[0].removeprefix("每").removeprefix("按").removeprefix("个")
        sense = next(
            (grammar.periods[key] for key in (word, word[:3], word[:2], word[:1]) if key in grammar.periods), ""
        )
        if found.re is _TERM:
            sense = grammar.periods.get(found[1], sense)
        if not sense and found.re is _TERM:
            continue
        period = period or sense
        line = line[:start] + GONE * (end - start) + line[end:]
    return line, period


def _begins_target(line: str, place: int, grammar: KpiGrammar) -> bool:
    rest = line[place : place + 4].lstrip()
    return (
        rest[:1].isdigit()
        or rest[:1] in "≥≤<>=±约"
        or bool(grammar.limits.match(line, place))
        or rest.startswith(("达到", "为"))
    )


def _take_within(line: str) -> tuple[str, bool]:
    found = _WITHIN.search(line) if "控制在" in line else None
    return (_blank(line, found), True) if found else (line, False)


def _blank(line: str, found: re.Match[str]) -> str:
    return line[: found.start()] + GONE * (found.end() - found.start()) + line[found.end() :]


def _name(text: str, stem: str, behind: str, has_target: bool, grammar: KpiGrammar) -> tuple[str, str, str, str, str]:
    """The canonical name, the name as printed, the direction of a word of change, a limit stated in it, its period."""
    change = limit = period = ""
    if "(" in stem:
        stem = _BRACKET.sub(lambda found: GONE * len(found[0]), stem)
    if (stated := grammar.limits.search(stem)) and stated.start() > 1:
        stem, limit = stem[: stated.start()], grammar.limit_senses[stated[0]]
    start, end = 0, len(stem)
    if not stem.strip("\0 ,:;、"):
        rest = behind.strip("\0 ,:;。、")
        name = raw = _plain(rest, rest)
        return _fold_name(name, grammar), raw, "", "", ""
    while start < end and (stem[start] in grammar.trimmed_heads or stem[end - 1] in grammar.trimmed_tails):
        while start < end and stem[start] in "\0 ,:;、":
            start += 1
        while end > start and stem[end - 1] in "\0 ,:;、的":
            end -= 1
        word = grammar.openings.at(stem, start) if start + 2 < end else ""
        if (
            word
            and (has_target or word not in ("控制", "完成", "达成", "要求", "实现"))
            and stem[start + len(word)] not in "率额情数时"
        ):
            start += len(word)
            continue
        word = grammar.changing.at(stem, start) if has_target and not change else ""
        if word and len(word) > 1 and end - start > len(word) + 1 and stem[start + len(word)] not in "率额幅量数":
            change, start = grammar.changing.senses[word], start + len(word)
            continue
        single = _ALONE.match(stem, start) if not period and start < end and stem[start] in "年月日周季半" else None
        if single and single.end() < end and grammar.period_heads.at(stem, single.end()):
            period, start = grammar.periods.get(single[1], ""), single.end()
            continue
        word = grammar.changes.of(stem, end) if has_target else ""
        if word and end - len(word) > start and not change:
            change, end = grammar.changes.senses[word], end - len(word)
            continue
        word = grammar.against.of(stem, end) or (grammar.passed.of(stem, end) if has_target else "")
        if word and end - len(word) > start + 1 and stem[end - len(word) - 1] not in PART_OF.get(word, ()):
            end -= len(word)
            continue
        break
    if has_target and "从" in stem and (origin := _FROM.search(stem, start, end)) and origin.start() > start:
        end = origin.start()
    raw = _plain(text[start:end], stem[start:end])
    name = raw
    if change and (tail := grammar.change_tail.of(name)) and len(tail) < len(name):
        name = name[: -len(tail)]
    return _fold_name(name, grammar), raw, change, limit, period


def _plain(text: str, stem: str) -> str:
    """The characters of a text that have not been read otherwise."""
    if GONE not in stem:
        return text
    return "".join(shown for shown, read in zip(text, stem, strict=False) if read != GONE).strip(" ,:;、")


def _fold_name(name: str, grammar: KpiGrammar) -> str:
    tail = grammar.tails.of(name)
    if tail and len(tail) < len(name):
        name = name[: -len(tail)]
    if grammar.canonical_any.search(name):
        name = grammar.canonical_any.sub(lambda found: grammar.canonical[found[0]], name)
    return name


def _measure(name: str, unit: str, grammar: KpiGrammar) -> str:
    if unit:
        word = grammar.units.at(unit, 0)
        sense = grammar.units.senses[word] if word else "count"
        return "rate" if sense == "count" and name.endswith("率") else sense  # 周转率8次 is a ratio
    return grammar.measures.sense(name) or "other"


def _direction(comparator: str, value: str, name: str, grammar: KpiGrammar) -> str:
    if value == "0":
        return "down"
    if comparator in (">=", ">"):
        return "up"
    if comparator in ("<=", "<"):
        return "down"
    if name.endswith(_VAGUE):
        return ""
    for end in range(len(name), 0, -1):
        if word := grammar.polarity.of(name, end):
            if word == "率" and (counted := grammar.polarity.of(name, end - 1)):
                word = counted  # 脱岗率 is of 脱岗
            return grammar.polarity.senses[word]
    return ""
