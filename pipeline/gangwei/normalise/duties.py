"""Duties: what is done, to what, how often. The verb is looked for at the head of the first main clause.

Verbs come from a list (rules/typed/verbs.txt), longest first, because a duty nearly always begins with its verb once
adverbs and phrases are passed over. Only where it does not, the clause is cut into words and the first verb that is a
word of its own is taken: few duties, and only these pay for segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from gangwei.model import Duty, Entry
from gangwei.normalise.duty_further import read_further
from gangwei.normalise.duty_verbs import (
    TIDY,
    Found,
    clause_end,
    past_phrase,
    read_done_to,
    read_noun_of,
    read_row,
    tells_time,
    verb_behind,
    without_adverbs,
)
from gangwei.normalise.duty_words import MEETINGS, DutyGrammar, duty_grammar
from gangwei.normalise.frequency import COUNT, PHRASE, TIMES, read_frequency
from gangwei.normalise.numbers import NUMBER, fold

__all__ = ["duty_grammar", "read_duty"]

_LONGEST: Final = 300  # of a duty: the first main clause stands at its head

_LABEL: Final = re.compile(r"\s{0,4}[^:,;。()]{1,14}(?:\([^()]{0,10}\))?(?<!\d)\s{0,4}:\s{0,4}(?=\S)")
_INSIDE: Final = re.compile(
    r"在[^,;。]{1,24}?(?:领导下|指导下|带领下|下|期间|过程中|前提下|中|时|前|后|内|范围内)[,]?(?=.)"
)
_ASKED: Final = re.compile(r"受[^,;。]{1,10}?(?:委托|邀请|指派|委派|派遣)[,]?(?=.)")
_WHEN: Final = re.compile(r"[^,;。:]{2,16}?(?:的?时候?|期间|之?前|之?后|过程中|情况下|的?同时)[,]")
_UPON: Final = re.compile(
    r"(?:接到|收到|发现|发生|遇)[^,;。:]{1,16}?(?:(?:时|后)[,]?(?=.)|(?=立即|及时|应当?|须))|[^,;。:]{2,14}?(?:时|前|后)(?=.)"
)
_WITHIN: Final = re.compile(
    rf"(?:{NUMBER}\s*个?(?:分钟|小时|工作日|日|天|秒)|\d{{1,2}}:\d{{2}})(?:之?[内前]|以[内前])[,]?(?=.)"
)
_HAS_RIGHT: Final = re.compile(r"[^,;。]{1,60}?(?P<has>具有|享有|有)(?!权)(?=[^,;。有]{1,30}权(?:力|限)?(?:\Z|[,;。]))")
_AUTHORITY: Final = re.compile(r"(?:具有|享有|拥有|有)(?!权)(?=[^,;。]{1,60}?权(?:力|限|利)?(?:\Z|[,;。]))")
_TOPIC: Final = re.compile(r"[^,;。:]{4,30}的,(?=.)")  # 超过40分钟的，告知计划员
_MANNER: Final = re.compile(r"[^,;。、的对]{2,8}地(?=.)")
_COUNT_HEAD: Final = re.compile(rf"{TIMES}(?!性)(?=[^,;。\s])")
_COUNT_TAIL: Final = re.compile(rf"(?:(?<!\s)\s++)?{COUNT}\Z")
_WHITHER: Final = re.compile(r"(?<=[^,;。\s])到(?:户|家|店|人|岗|位|门|站|场|桌|点)\Z")  # 配送鲜奶到户
_LIMIT_TAIL: Final = re.compile(r"(?:控制)?在\s{0,4}[±≤<约]?\s{0,4}\d[^,;。]{0,12}\Z")
_MEASURED: Final = frozenset("次场遍轮份家个名篇回趟项件条户人节期台时张组批间位套上右内")
_TO: Final = ("对于", "对")
_ALWAYS: Final = ("并", "并且", "以便", "从而")  # end an object whatever follows
_JOINED_BEFORE, _JOINED_BEHIND = "合兼一归吞", tuple("购发行网列联存")  # 合并, 并购: no conjunction


def read_duty(entry: Entry, kind: str, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> Duty:
    """What a statement says is done, to what, and how often; `cut` tells the words of a clause."""
    return Duty(entry, kind, *_meaning(entry.text[:_LONGEST], grammar, cut))


@lru_cache(20_000)  # posts are copied from each other: the same statement comes again in a batch
def _meaning(text: str, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> tuple[str, str, str]:
    """The action, the object and the frequency of a statement."""
    line = fold(text)
    frequency = read_frequency(line, grammar.verbs)
    place = label.end() if ":" in line and (label := _LABEL.match(line)) else 0
    if "的," in line and (topic := _TOPIC.match(line, place)):
        place = topic.end()
    if "有权" in line and (right := line.find("有权", place, clause_end(line, place))) >= 0:
        place = right + 2
    found, begin = _head(line, place, grammar, cut)
    if found is None:
        found = read_further(line, begin, grammar, cut)
    if found is None:
        return "", "", frequency
    action = "|".join(found.verbs)
    if found.object is not None:
        return action, found.object, frequency
    start, end = _object(line, found, bool(frequency), grammar)
    return action, text[start:end].strip(TIDY), frequency


def _head(line: str, place: int, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> tuple[Found | None, int]:
    """The verbs at the head of the first main clause, and the place where it begins."""
    in_charge = False
    held: str | None = None
    openers = grammar.openers
    while place < len(line):
        if line[place] in TIDY:
            place += 1
            continue
        word = openers.at(line, place)
        if (shorter := grammar.hidden.get(word)) and cut(line[place : clause_end(line, place)])[0] == shorter:
            word = shorter
        kind = openers.senses[word] if word else ""
        if kind == "charge":
            in_charge = True
            result = _charge(line, place, grammar)
            if result is not None:
                return result, place
            place += len(word)
            continue
        if (
            kind in ("strong", "verb") and held is None and not tells_time(line, place + len(word))
        ):  # most duties begin with their verb
            return read_row(line, place, grammar), place
        if found := PHRASE.match(line, place) or _WITHIN.match(line, place):
            place = found.end()
            continue
        if kind == "moment" or (kind == "adverb" and place + len(word) < len(line)):
            place += len(word)
            continue
        if passed := _past_circumstance(line, place, grammar):
            place = passed
            continue
        if (right := _AUTHORITY.match(line, place)) is not None:
            return Found((right[0],), right.end()), place
        if holding := "" if kind == "" and word else grammar.holding.at(line, place):
            begin = place + len(holding)
            verb = verb_behind(line, begin, clause_end(line, begin), grammar, near=False)
            row = read_row(line, verb, grammar) if verb is not None else None
            return (Found(row.verbs, row.end, line[begin:verb].strip(TIDY)) if row else None), place
        if kind != "preposition":
            break
        begin = place + len(word)
        if word in _TO:
            if right := _HAS_RIGHT.match(line, begin):
                return Found((right["has"],), right.end()), place
            if (done := read_done_to(line, begin, grammar)) is not None:
                return done, place
        behind = past_phrase(line, begin, word, grammar)
        if behind is None:
            return None, place
        held = without_adverbs(line[begin:behind].strip(TIDY), grammar) if word in _TO else held
        place = behind
        if held is not None:
            break
    end = clause_end(line, place)
    if not in_charge and (nominal := read_noun_of(line, place, end, grammar)) is not None:
        return nominal, place
    row = read_row(line, place, grammar)
    if row and held and not _COUNT_TAIL.sub("", line[row.end : end]).strip(TIDY):
        return Found(row.verbs, row.end, held), place
    return row, place


def _past_circumstance(line: str, place: int, grammar: DutyGrammar) -> int | None:
    """Where the clause goes on behind a place, a time, a condition or a manner: 在…下, 发现异常时, 迅速而准确地."""
    strong = grammar.strong_at(line, place)
    if (
        found := _INSIDE.match(line, place)
        or _ASKED.match(line, place)
        or (None if strong else _WHEN.match(line, place))
    ):
        return found.end()
    if (
        (upon := _UPON.match(line, place))
        and grammar.openers.senses.get(grammar.openers.at(line, place)) != "preposition"
        and (line[upon.end() - 1] == "," or _may_open(line, upon.end(), grammar))
        and (line.startswith(MEETINGS, place) or not _acts(line, place, grammar))
    ):
        return upon.end()
    if (manner := _MANNER.match(line, place)) and _may_open(line, manner.end(), grammar):
        return manner.end()
    return None


def _acts(line: str, place: int, grammar: DutyGrammar) -> bool:
    """Whether a clause begins with its verb here; a verb with 前, 时 or 后 behind it tells a time."""
    verb = grammar.verb_at(line, place)
    return len(verb) > 1 and not tells_time(line, place + len(verb))


def _may_open(line: str, place: int, grammar: DutyGrammar) -> bool:
    """Whether a clause may go on at a place: with a verb, a preposition, 将."""
    return bool(
        grammar.openers.at(line, place)
        or grammar.verb_at(line, place)
        or grammar.holding.at(line, place)
        or PHRASE.match(line, place)
        or _WITHIN.match(line, place)
    )


def _charge(line: str, charge: int, grammar: DutyGrammar) -> Found | None:
    """The reading of 负责, None where it is passed over: before a verb, before N的V, before 对."""
    place = charge + 2
    if grammar.openers.senses.get(grammar.openers.at(line, place)) == "strong":
        return None
    end = clause_end(line, place)
    while (word := grammar.adverbs.at(line, place)) and place + len(word) < end and not grammar.strong_at(line, place):
        rest = place + len(word)
        if not _may_open(line, rest, grammar):
            break
        place = rest
    if not line[place:end].strip(TIDY):
        return Found(("负责",), end)
    if grammar.strong_at(line, place) or PHRASE.match(line, place):
        return None
    verb = grammar.verb_at(line, place)
    if not verb and grammar.prepositions.at(line, place):
        return None
    if (nominal := read_noun_of(line, place, end, grammar, plain=True)) is not None:
        return nominal
    if len(verb) > 1 and not _is_compound(line, place + len(verb), end, grammar):
        return None
    return Found(("负责",), charge + 2)


def _is_compound(line: str, place: int, end: int, grammar: DutyGrammar) -> bool:
    """Whether what follows a verb makes a noun of it: 生产现场, 采购合同, 销售管理."""
    rest = line[place:end].strip(TIDY)
    if not rest or grammar.compound.at(line, place):
        return True
    tail = grammar.work.of(rest)
    return grammar.verb_endings.of(rest, len(rest) - (len(tail) if len(tail) < len(rest) else 0)) in grammar.nominal


def _object(line: str, found: Found, often: bool, grammar: DutyGrammar) -> tuple[int, int]:
    """Where the object begins and ends: to the comma or to the next verb, without counts."""
    start, end = found.end, clause_end(line, found.end)
    last = found.verbs[-1]
    if line[start : start + 1] in ("着", "了", "的", "等") and start + 1 < end:
        start += 1
    if often and (phrase := PHRASE.match(line, start)):
        start = phrase.end()
    if (count := _COUNT_HEAD.match(line, start)) and count.end() < end:
        start = count.end()
    if last not in grammar.taking:
        end = _cut_at_verb(line, start, end, last, grammar)
    elif (joined := _joined_clause(line, start, end, grammar)) is not None:
        end = joined
    if line[end - 1 : end] in _MEASURED and (tail := _COUNT_TAIL.search(line, start, end)):
        end = tail.start()
    if "到" in line and (whither := _WHITHER.search(line, start, end)):
        end = whither.start()
    if "在" in line and (limit := _LIMIT_TAIL.search(line, start, end)):
        end = limit.start()
    if often:
        for phrase in PHRASE.finditer(line, start, end):
            if phrase.end() == end:
                end = phrase.start()
    return start, end


def _joined_clause(line: str, start: int, end: int, grammar: DutyGrammar) -> int | None:
    """Where 并 begins another deed behind a noun (参与评标并出具意见), not one more verb (协助经理制定并实施方案)."""
    place = line.find("并", start, end)
    behind = place + 1 + line.startswith("且", place + 1)
    if place <= start or len(grammar.verb_at(line, behind)) < len("出具"):  # of one character it may begin a name
        return None
    return None if grammar.verb_endings.of(line[start:place]) or _verb_within(line, start, place, grammar) else place


def _verb_within(line: str, start: int, end: int, grammar: DutyGrammar) -> bool:
    return any(grammar.verbs.senses[verb] and len(verb) > 1 for _, verb in grammar.verbs.each(line[:end], start))


def _cut_at_verb(line: str, start: int, end: int, verb: str, grammar: DutyGrammar) -> int:
    """Where the object ends because another clause begins: before 并, 确保, or before what its object does."""
    pivot = verb in grammar.pivots
    ends = [(found.start(), found[0]) for found in grammar.ending.finditer(line, start, end)]
    if pivot:
        ends += [(place, word) for place, word in grammar.strong.each(line[:end], start) if grammar.strong.senses[word]]
    for place, word in ends:
        behind, before = place + len(word), line[place - 1]
        if place <= start or (word == "并" and (before in _JOINED_BEFORE or line.startswith(_JOINED_BEHIND, behind))):
            continue
        listed = not set("的和与及、").isdisjoint(line[start:place])
        if word not in _ALWAYS and (
            "的" in line[behind:end]
            or grammar.name_tails.at(line, behind)
            or before == "的"
            or (before in "、和与及" and not pivot)
            or (line[behind:end] in grammar.work.senses and (not pivot or listed))
            or line.startswith("等", behind)
        ):
            continue
        if not pivot or (place - start > 1 and not (listed and behind >= end)):
            return place
    return end
