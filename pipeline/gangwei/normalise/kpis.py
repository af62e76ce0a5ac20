"""Indicators: name, measure, direction, comparator, target, unit, weight, period, out of one line of text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import Entry, Kpi
from gangwei.normalise.numbers import NUMBER, fold, print_number, read_number
from gangwei.rulebook.typed import COMPARATORS, MEASURES, Endings, TypedRules, Words, pairs, pattern, senses

_LONGEST: Final = 400  # of an indicator: what stands behind is explanation
_GONE: Final = "\0"  # stands for each character that has been read already, so that offsets stay

_WEIGHT: Final = re.compile(
    r"[\s,;(、]*(?:考核|绩效|指标|所占)?(?:权重|比重|分值|配分)[占为:=\s(]*(\d+(?:\.\d+)?)\s*(%|分)?\)?\s*\)?"
)
_WEIGHT_BRACKET: Final = re.compile(
    r"\(\s*(?:占|共|计|满分)?[:为]?\s*(\d+(?:\.\d+)?)\s*(?:%|分)\s*\)(?=\s*(?:[,;。]|\Z))"
)
_WEIGHT_BEHIND: Final = re.compile(
    r"[,;\s]\s*(?:占(?:比)?\s*(\d+(?:\.\d+)?)\s*%|(?:占|满分|计)?\s*(\d+(?:\.\d+)?)\s*分)\s*[。;]?\s*\Z"
)
_SPAN: Final = r"半年度?|季度?|学期|学年|年度?|月度?|周度?|星期|天|日"
_EACH: Final = re.compile(rf"(?:每(?:个)?(?:{_SPAN}|班|人(?=每))|按(?:{_SPAN})(?:(?:考核|统计|评价)|(?=\Z|[,;。)])))(?![均末初底报结会])")
_TERM: Final = re.compile(
    r"(?:(?:考核|评价)周期[:为]?)?(半年度|季度|月度|年度|周度|日度|全年|年均|当年|当月|当季|学期|上半年|下半年|半年|每年)(?:考核|评价|统计)?"
)
_CALENDAR: Final = re.compile("[每按]|年[度均]|[月周日]度|季度|[当全]年|[当][月季]|学期|半年")
_SLASH: Final = re.compile(rf"\s*/\s*(?:每|人)?({_SPAN})(?![\u4e00-\u9fff])")
_ALONE: Final = re.compile(rf"({_SPAN})(?=[^度均])")
_NUMBER: Final = re.compile(rf"(?P<part>[百千万])分之(?P<parts>{NUMBER}|百)|[±]?(?P<plain>{NUMBER})")
_RANGE: Final = re.compile(rf"\s*(?:[-~—]+|至|到)\s*(?P<last>{NUMBER})")
_TO_LAST, _STROKE = frozenset(" -~—至到"), frozenset(" /")
_DIVISOR: Final = re.compile(r"\s*/\s*(?:[\u4e00-\u9fff]{1,4}|[A-Za-z0-9³²]{1,6})")
_WITHIN: Final = re.compile(r"控制在(?![^,;()]{0,20}(?:\d|分之))[^,;()]{1,20}?(?:范围内|以内|之内|以下|内)")
_BRACKET: Final = re.compile(r"\([^()]*\)?")
_LOOSE_UNIT: Final = re.compile(r"(?:[\u4e00-\u9fff]{1,2}|[A-Za-z]{2,5})(?=\Z|[,;。/()\s\0])")
_STOP: Final = frozenset("\0,;。()、/ \t\n!")
_PARTS: Final = {"百": "%", "千": "‰", "万": "‱"}
_ASSERTED: Final = frozenset([">=", "<=", ">", "<"])
# Behind one of these a comparing character is the end of a word: 签约, 需要, 存在.
_PART_OF: Final = {
    "约": tuple("签续预节合契履违租特公"),
    "为": tuple("行作成认人因"),
    "到": tuple("签报收迟得达"),
    "在": tuple("存内现所"),
    "应": tuple("响供反对适效"),
    "要": tuple("重主必纪需摘概"),
    "需": tuple("必急内刚"),
    "至": tuple("甚乃直"),
    "达": tuple("送传表抵下到"),
    "是": tuple("但凡"),
}
_VAGUE: Final = ("情况", "程度", "状况", "水平")  # more of them says nothing
_FIRST: Final = frozenset("第近")


class _Target(NamedTuple):
    """A number with what stands round it; `start` and `end` hold the comparator too."""

    start: int
    end: int
    value: str
    unit: str
    comparator: str
    period: str
    closed: bool  # nothing of a name follows it


class KpiGrammar:
    """The words of indicators, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        kpis = rules.kpis
        before = senses(kpis, COMPARATORS[:6], "before ")
        self.before: Final = Endings({**before, **dict.fromkeys(kpis["before"], "")})
        # Inside a name these say what is compared with, number or not (不超过合同价的3%).
        self.limit_senses: Final = {
            word: sense for word, sense in before.items() if len(word) > 1 and sense in _ASSERTED and word != "达到"
        }
        self.limits: Final = pattern(self.limit_senses)
        self.behind: Final = Words(senses(kpis, (">=", "<=", "~", "between"), "behind "))
        self.units: Final = Words(senses(kpis, MEASURES))
        self.measures: Final = Endings(senses(kpis, MEASURES, "name "))
        self.polarity: Final = Words(senses(kpis, ("up", "down")))
        changes = {**dict.fromkeys(kpis["rising"], "up"), **dict.fromkeys(kpis["falling"], "down")}
        self.changes: Final = Endings(changes)
        self.changing: Final = Words(changes)
        self.against: Final = Endings(dict.fromkeys(kpis["against"], "against"))
        self.openings: Final = Words(dict.fromkeys(kpis["opening"], "opening"))
        self.passed: Final = Endings(dict.fromkeys(kpis["before"], "before"))
        self.canonical: Final = tuple(pairs(kpis["same"]).items())
        self.tails: Final = Endings(dict.fromkeys(kpis["tail"], "tail"))
        self.change_tail: Final = Endings(dict.fromkeys(kpis["change_tail"], "tail"))
        self.periods: Final = pairs(kpis["period"])
        self.period_heads: Final = Words(dict.fromkeys(kpis["period head"], "head"))
        self.zero_tails: Final = Words(dict.fromkeys(kpis["zero tail"], "zero"))


@lru_cache(maxsize=4)
def kpi_grammar(rules: TypedRules) -> KpiGrammar:
    """The grammar of indicators of a rulebook."""
    return KpiGrammar(rules)


def read_kpi(entry: Entry, grammar: KpiGrammar) -> Kpi:
    """The indicator that a line states; what it does not state is empty."""
    text = entry.text[:_LONGEST]
    line, weight = _take_weight(fold(text))
    line, period = _take_period(line, grammar)
    line, within = _take_within(line)
    target = _target(line, grammar)
    comparator = target.comparator if target else "<=" if within else ""
    stem, behind = (line[: target.start], line[target.end :]) if target else (line, "")
    name, raw, change, limit, named = _name(text, stem, behind, bool(target), grammar)
    if limit and comparator not in _ASSERTED:
        comparator = limit
    value, unit = (target.value, target.unit) if target else ("", "")
    measure = _measure(raw, unit, grammar)
    if (
        weight is None
        and unit == "分"
        and measure == "score"
        and not comparator
        and grammar.measures.sense(raw) == "rate"
    ):
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
            line[start] in "每按考评" or start == 0 or line[start - 1] in _STOP or _begins_target(line, end, grammar)
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
        line = line[:start] + _GONE * (end - start) + line[end:]
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
    return line[: found.start()] + _GONE * (found.end() - found.start()) + line[found.end() :]


def _target(line: str, grammar: KpiGrammar) -> _Target | None:
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
        if target.comparator in _ASSERTED and target.start < start:
            open_target = open_target or target
    return open_target


def _read_target(line: str, found: re.Match[str], grammar: KpiGrammar) -> _Target | None:
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
    if line[end : end + 1] in _TO_LAST and (span := _RANGE.match(line, end)) and (last := read_number(span["last"])) is not None:
        shown, between, end = f"{shown}-{print_number(last)}", True, span.end()
        further, end = _unit(line, end, grammar)
        unit = further or unit
    behind, end = _behind(line, end, "", grammar)
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
    closed = end >= len(line) or line[end] in _STOP
    return _Target(start, end, shown, unit, comparator, period, closed)


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
        if not word or line[place - len(word) - 1 : place - len(word)] in _PART_OF.get(word, ()):
            return place, comparator, soft
        sense = grammar.before.senses[word]
        if sense and not comparator:
            comparator, soft = sense, sense in "=~" or word[0] in "达控须应"
        place -= len(word)


def _name(text: str, stem: str, behind: str, has_target: bool, grammar: KpiGrammar) -> tuple[str, str, str, str, str]:
    """The canonical name, the name as printed, the direction of a word of change, a limit stated in it, its period."""
    change = limit = period = ""
    if "(" in stem:
        stem = _BRACKET.sub(lambda found: _GONE * len(found[0]), stem)
    if (stated := grammar.limits.search(stem)) and stated.start() > 1:
        stem, limit = stem[: stated.start()], grammar.limit_senses[stated[0]]
    start, end = 0, len(stem)
    if not stem.strip("\0 ,:;、"):
        rest = behind.strip("\0 ,:;。、")
        name = raw = _plain(rest, rest)
        return _fold_name(name, grammar), raw, "", "", ""
    while True:
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
        if not period and end - start > 2 and (single := _ALONE.match(stem, start)) and stem[start] in "年月日周季半":
            if grammar.period_heads.at(stem, single.end()) and single.end() < end:
                period, start = grammar.periods.get(single[1], ""), single.end()
                continue
        word = grammar.changes.of(stem, end) if has_target else ""
        if word and end - len(word) > start and not change:
            change, end = grammar.changes.senses[word], end - len(word)
            continue
        word = grammar.against.of(stem, end) or (grammar.passed.of(stem, end) if has_target else "")
        if word and end - len(word) > start + 1 and stem[end - len(word) - 1] not in _PART_OF.get(word, ()):
            end -= len(word)
            continue
        break
    raw = _plain(text[start:end], stem[start:end])
    name = raw
    if change and (tail := grammar.change_tail.of(name)) and len(tail) < len(name):
        name = name[: -len(tail)]
    return _fold_name(name, grammar), raw, change, limit, period


def _plain(text: str, stem: str) -> str:
    """The characters of a text that have not been read otherwise."""
    if _GONE not in stem:
        return text
    return "".join(shown for shown, read in zip(text, stem, strict=False) if read != _GONE).strip(" ,:;、")


def _fold_name(name: str, grammar: KpiGrammar) -> str:
    tail = grammar.tails.of(name)
    if tail and len(tail) < len(name):
        name = name[: -len(tail)]
    for word, put in grammar.canonical:
        if word in name:
            name = name.replace(word, put)
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
    direction = ""
    for _, word in grammar.polarity.each(name):
        direction = grammar.polarity.senses[word]
    return direction
