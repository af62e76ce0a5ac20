"""Duties: what is done, to what, how often. The verb is looked for at the head of the first main clause.

Verbs come from a list (rules/typed/verbs.txt), longest first, because a duty nearly always begins with its verb once
adverbs and phrases are passed over. Only where it does not, the sentence is cut into words and the first verb that is
a word of its own is taken; that is one duty in twenty, and the only one that pays for segmentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from gangwei.model import Duty, Entry
from gangwei.normalise.frequency import COUNT, PHRASE, TIMES, read_frequency
from gangwei.normalise.numbers import NUMBER, fold
from gangwei.rulebook.typed import Endings, TypedRules, Words, pattern

_LONGEST: Final = 300  # of a duty: the first main clause stands at its head

_LABEL: Final = re.compile(r"\s*[^:,;。()]{1,14}(?:\([^()]{0,10}\))?(?<!\d)\s*:\s*(?=\S)")
_END: Final = re.compile(r"[,;。:!?\n]")
_MARK: Final = re.compile(r"\s*(?:[、/]|并且|以及|并|和|与|及|或)\s*")
_INSIDE: Final = re.compile(
    r"在[^,;。]{1,24}?(?:领导下|指导下|带领下|下|期间|过程中|前提下|中|时|前|后|内|范围内)[,]?(?=.)"
)
_WHEN: Final = re.compile(r"[^,;。:]{2,16}?(?:的?时候?|期间|之?前|之?后|过程中|情况下|的?同时)[,]")
_UPON: Final = re.compile(
    r"(?:接到|收到|发现|发生|遇到|遇有|遇)[^,;。:]{1,16}?(?:时|后)[,]?(?=.)|[^,;。:]{2,14}?(?:时|前|后)(?=.)"
)
_WITHIN: Final = re.compile(
    rf"(?:{NUMBER}\s*个?(?:分钟|小时|工作日|日|天|秒)|\d{{1,2}}:\d{{2}})(?:之?[内前]|以[内前])[,]?(?=.)"
)
_HAS_RIGHT: Final = re.compile(r"[^,;。]{1,60}?(?P<has>具有|享有|有)(?!权)(?=[^,;。有]{1,30}权(?:力|限)?(?:\Z|[,;。]))")
_TIDY: Final = " \t,;、。:"
_COUNT_HEAD: Final = re.compile(rf"{TIMES}(?!性)(?=[^,;。\s])")
_MEASURED: Final = frozenset("次场遍轮份家个名篇回趟项件条户人节期台时张组批间位套上右内")
_COUNT_TAIL: Final = re.compile(rf"\s*{COUNT}\Z")
_AUTHORITY: Final = re.compile(r"(?:具有|享有|拥有|有)(?!权)(?=[^,;。]{1,60}?权(?:力|限|利)?(?:\Z|[,;。]))")
_MANNER: Final = re.compile(r"[^,;。、的对]{2,8}地(?=.)")
_MEETINGS: Final = ("接到", "收到", "发现", "发生", "遇")
_RIGHT: Final = "权"
_SHORT_PREPOSITIONS: Final = frozenset(["与", "和", "同", "跟", "向", "给", "替", "会同", "联合", "对", "对于"])
_REASONS: Final = frozenset(["为", "为了", "随着", "由于", "因", "除", "本着", "遵循", "基于"])
_TO: Final = ("对于", "对")
_WORK_TAIL: Final = "工作"
_CARRIERS: Final = ("提供", "进行", "做好", "提出", "开展")
_GOES_ON: Final = {"处": tuple("罚理置分方境"), "部": tuple("门件分位署"), "员": ("工",)}
_LONGEST_DEED: Final = 6
_MOST: Final = 8  # verbs in one row


class _Found(NamedTuple):
    """Verbs with the place behind them, or an object that stood before them."""

    verbs: tuple[str, ...]
    end: int
    object: str | None = None


class DutyGrammar:
    """The words of duties, made ready once a rulebook."""

    def __init__(self, rules: TypedRules) -> None:
        groups = rules.duties
        every = (*rules.verbs, *groups["taking"], *groups["pivot"])
        nouns = dict.fromkeys(groups["noun"], "")
        self.verbs: Final = Words({**dict.fromkeys(every, "verb"), **nouns})
        self.verb_endings: Final = Endings(dict.fromkeys((verb for verb in every if len(verb) > 1), "verb"))
        self.attributive: Final = frozenset(groups["attributive"])
        self.nominal: Final = frozenset(groups["nominal"])
        strong = (verb for verb in every if verb not in self.nominal and len(verb) > 1)
        self.strong: Final = Words({**dict.fromkeys(strong, "verb"), **nouns})
        self.taking: Final = frozenset(groups["taking"])
        self.adverbs: Final = Words(dict.fromkeys(groups["adverb"], "adverb"))
        self.adverb_endings: Final = Endings(
            dict.fromkeys((word for word in groups["adverb"] if len(word) > 1), "adverb")
        )
        self.moments: Final = Words(dict.fromkeys(groups["moment"], "moment"))
        self.prepositions: Final = Words(dict.fromkeys(groups["preposition"], "preposition"))
        self.holding: Final = Words(dict.fromkeys(groups["holding"], "holding"))
        self.light: Final = Words(dict.fromkeys(groups["light"], "light"))
        self.compound: Final = Words(dict.fromkeys(groups["compound"], "compound"))
        self.pairs: Final = frozenset(tuple(pair.split("+")) for pair in groups["pair"])
        self.ending: Final = pattern(groups["ending"])
        self.name_tails: Final = Words(dict.fromkeys(groups["name tail"], "tail"))
        self.pivots: Final = frozenset(groups["pivot"])
        self.work: Final = Endings(dict.fromkeys(groups["work"], "work"))
        self.verb_modifiers: Final = Words(dict.fromkeys(groups["verb modifier"], "modifier"))

    def verb_at(self, line: str, place: int) -> str:
        """The verb at a place, no noun that begins like one."""
        word = self.verbs.at(line, place)
        return word if word and self.verbs.senses[word] else ""

    def strong_at(self, line: str, place: int) -> str:
        """The verb at a place that makes no nouns."""
        word = self.strong.at(line, place)
        return word if word and self.strong.senses[word] else ""


@lru_cache(maxsize=4)
def duty_grammar(rules: TypedRules) -> DutyGrammar:
    """The grammar of duties of a rulebook."""
    return DutyGrammar(rules)


def read_duty(entry: Entry, kind: str, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> Duty:
    """What a statement says is done, to what, and how often."""
    text = entry.text[:_LONGEST]
    line = fold(text)
    frequency = read_frequency(line, grammar.verbs)
    place = label.end() if ":" in line and (label := _LABEL.match(line)) else 0
    found, begin = _head(line, place, grammar)
    if found is None:
        found = _further(line, begin, grammar, cut)
    if found is None:
        return Duty(entry, kind, "", "", frequency)
    action = "|".join(found.verbs)
    if found.object is not None:
        return Duty(entry, kind, action, found.object, frequency)
    start, end = _object(line, found, bool(frequency), grammar)
    return Duty(entry, kind, action, text[start:end].strip(_TIDY), frequency)


def _head(line: str, place: int, grammar: DutyGrammar) -> tuple[_Found | None, int]:
    """The verbs at the head of the first main clause, and the place where it begins."""
    in_charge = False
    held: str | None = None
    while place < len(line):
        if line[place] in _TIDY:
            place += 1
            continue
        strong = grammar.strong_at(line, place)
        if strong == "负责":
            in_charge, charge = True, place
            place += 2
            result = _charge(line, charge, place, grammar)
            if result is not None:
                return result, charge
            continue
        moment = grammar.moments.at(line, place)
        if strong and not moment and not strong.startswith(_MEETINGS) and len(grammar.adverbs.at(line, place)) < len(strong):
            row = _row(line, place, grammar)  # most duties begin with their verb
            if row and strong not in grammar.attributive and not held:
                return row, place
            break
        if found := PHRASE.match(line, place) or _WITHIN.match(line, place):
            place = found.end()
            continue
        if moment:
            place += len(moment)
            continue
        if found := _INSIDE.match(line, place) or (_WHEN.match(line, place) if not strong else None):
            place = found.end()
            continue
        if (
            (upon := _UPON.match(line, place))
            and not grammar.prepositions.at(line, place)
            and (line[upon.end() - 1] == "," or _opens(line, upon.end(), grammar))
        ):
            if line.startswith(_MEETINGS, place) or not grammar.verb_at(line, place):
                place = upon.end()
                continue
        verb = grammar.verb_at(line, place)
        if (word := grammar.adverbs.at(line, place)) and len(word) >= len(verb) and place + len(word) < len(line):
            place += len(word)
            continue
        if (right := _AUTHORITY.match(line, place)) is not None:
            return _Found((right[0],), right.end()), place
        if (manner := _MANNER.match(line, place)) and _opens(line, manner.end(), grammar):
            place = manner.end()
            continue
        if word := grammar.holding.at(line, place):
            if (passed := _verb_in(line, place + len(word), grammar)) is not None:
                held, place = line[place + len(word) : passed].strip(_TIDY), passed
                found_verbs = _row(line, place, grammar)
                return (_Found(found_verbs.verbs, found_verbs.end, held) if found_verbs else None), place
            return None, place
        if (word := grammar.prepositions.at(line, place)) and len(word) >= len(verb):
            if word in _TO and (right := _HAS_RIGHT.match(line, place + len(word))):
                return _Found((right["has"],), right.end()), place
            if word in _TO and (done := _done_to(line, place + len(word), grammar)) is not None:
                return done, place
            passed = _past_phrase(line, place + len(word), word, grammar)
            if passed is None:
                return None, place
            if word in _TO:
                held = _without_adverbs(line[place + len(word) : passed].strip(_TIDY), grammar)
            place = passed
            continue
        break
    end = _clause_end(line, place)
    if not in_charge and (nominal := _noun_of(line, place, end, grammar)) is not None:
        return nominal, place
    found_verbs = _row(line, place, grammar)
    if found_verbs and held and not line[found_verbs.end : end].strip(_TIDY):
        return _Found(found_verbs.verbs, found_verbs.end, held), place
    return found_verbs, place


def _charge(line: str, charge: int, place: int, grammar: DutyGrammar) -> _Found | None:
    """The reading of 负责, None where it is passed over: before a verb, before N的V, before 对."""
    end = _clause_end(line, place)
    while (word := grammar.adverbs.at(line, place)) and place + len(word) < end and not grammar.strong_at(line, place):
        rest = place + len(word)
        if not (grammar.verb_at(line, rest) or grammar.adverbs.at(line, rest) or grammar.prepositions.at(line, rest)):
            break
        place = rest
    if not line[place:end].strip(_TIDY):
        return _Found(("负责",), end)
    if grammar.strong_at(line, place) or PHRASE.match(line, place):
        return None
    if grammar.prepositions.at(line, place) and not grammar.verb_at(line, place):
        return None
    nominal = _noun_of(line, place, end, grammar, plain=True)
    if nominal is not None:
        return nominal
    verb = grammar.verb_at(line, place)
    if verb and len(verb) > 1 and not _is_compound(line, place + len(verb), end, grammar):
        return None
    return _Found(("负责",), charge + 2)


def _is_compound(line: str, place: int, end: int, grammar: DutyGrammar) -> bool:
    """Whether what follows a verb makes a noun of it: 生产现场, 采购合同, 销售管理."""
    rest = line[place:end].strip(_TIDY)
    if not rest:
        return True
    if grammar.compound.at(line, place):
        return True
    tail = grammar.work.of(rest)
    verb = grammar.verb_endings.of(rest[: len(rest) - len(tail)] if len(tail) < len(rest) else rest)
    return bool(verb) and verb in grammar.nominal


def _noun_of(line: str, place: int, end: int, grammar: DutyGrammar, *, plain: bool = False) -> _Found | None:
    """The reading of N的V (办公用品的采购): V with the object N; None where the clause has another shape."""
    if not plain and (verb := grammar.verb_at(line, place)) and verb not in grammar.attributive:
        return None
    clause = line[place:end].rstrip(_TIDY)
    of = clause.rfind("的")
    if of < 1:
        return None
    verbs = _verbs_at_end(clause[of + 1 :], grammar, whole=True)
    return _Found(verbs, end, clause[:of].strip(_TIDY).removeprefix("对于").removeprefix("对")) if verbs else None


def _verbs_at_end(text: str, grammar: DutyGrammar, *, whole: bool) -> tuple[str, ...]:
    """The verbs that a noun phrase ends with (绩效考核 -> 考核); with `whole` nothing but them and their modifiers."""
    tail = grammar.work.of(text)
    if tail and len(tail) < len(text) and grammar.verb_endings.of(text[: len(text) - len(tail)]):
        text = text[: len(text) - len(tail)]
    verbs: list[str] = []
    end = len(text)
    while end and len(verbs) < _MOST and (verb := grammar.verb_endings.of(text, end)):
        verbs.append(verb)
        end -= len(verb)
        if end and text[end - 1] in "、和与及并或/":
            end -= 1
            end -= 1 if text[:end].endswith("以") else 0
        elif not (end and grammar.verb_endings.of(text, end) and not whole) and not _joins(text, end, grammar):
            break
    while whole and end and (modifier := _modifier(text, end, grammar)):
        end -= len(modifier)
    return tuple(reversed(verbs)) if not (whole and end) else ()


def _joins(text: str, end: int, grammar: DutyGrammar) -> bool:
    return bool(end and grammar.verb_endings.of(text, end))


def _modifier(text: str, end: int, grammar: DutyGrammar) -> str:
    for length in (3, 2):
        if length <= end and text[end - length : end] in grammar.verb_modifiers.senses:
            return text[end - length : end]
    return ""


def _done_to(line: str, place: int, grammar: DutyGrammar) -> _Found | None:
    """The reading of 对N进行V and of 对N的V behind 负责; None where it is neither."""
    end = _clause_end(line, place)
    for start, word in grammar.light.each(line[:end], place + 1):
        if start + len(word) >= end:
            break
        deeds = line[start + len(word) : end].strip(_TIDY)
        verbs = _verbs_of_deeds(deeds, grammar) or _verbs_of_deeds(deeds.partition("并")[0], grammar)
        if verbs and start > place:
            return _Found(verbs, end, _without_adverbs(line[place:start].strip(_TIDY), grammar))
        if word == "进行" and start > place and 2 <= len(deeds) <= _LONGEST_DEED:
            return _Found((deeds,), end, _without_adverbs(line[place:start].strip(_TIDY), grammar))
        if word == "进行":
            break
    of = line.rfind("的", place, end)
    if of > place:
        verbs = _verbs_at_end(line[of + 1 : end].rstrip(_TIDY), grammar, whole=True)
        if verbs:
            return _Found(verbs, end, line[place:of].strip(_TIDY))
    return None


def _without_adverbs(name: str, grammar: DutyGrammar) -> str:
    """An object without the adverb behind it: 对设备定期进行检查."""
    while (word := grammar.adverb_endings.of(name)) and len(name) > len(word) + 1:
        name = name[: len(name) - len(word)].rstrip(_TIDY)
    phrase = next((found for found in PHRASE.finditer(name) if found.end() == len(name) and found.start()), None)
    return name[: phrase.start()] if phrase else name


def _verbs_of_deeds(text: str, grammar: DutyGrammar) -> tuple[str, ...]:
    """The verbs of what is done: 绩效考核 -> 考核, 产品宣传、入店培训 -> 宣传 and 培训."""
    verbs = _verbs_at_end(text, grammar, whole=False)
    if not verbs:
        return ()
    pieces = [piece for piece in _MARK.split(text[:_LONGEST]) if piece]
    if len(pieces) > len(verbs) and len(pieces) <= _MOST:
        ends = [_verbs_at_end(piece, grammar, whole=False) for piece in pieces]
        if all(ends):
            return tuple(verb for found in ends for verb in found)
    return verbs


def _opens(line: str, place: int, grammar: DutyGrammar) -> bool:
    """Whether a clause may go on at a place: a verb, a preposition, 将."""
    return bool(grammar.verb_at(line, place) or grammar.holding.at(line, place) or grammar.prepositions.at(line, place))


def _past_phrase(line: str, place: int, word: str, grammar: DutyGrammar) -> int | None:
    """Where the clause goes on behind a phrase that a preposition began: behind its comma, or at its verb."""
    end = _clause_end(line, place)
    comma = end + 1 if end < len(line) and line[end] == "," else None
    if word in _REASONS and comma:
        return comma
    verb = _verb_in(line[:end], place, grammar)
    if verb is None:
        return comma
    found = grammar.verb_at(line, verb)
    if found in grammar.light.senses and (to := line.rfind("对", place + 1, verb)) > place:
        return to
    strong, last = found not in grammar.nominal, not line[verb + len(found) : end].strip(_TIDY)
    if word in _TO and not strong and not last:
        return comma
    if comma and (last or not strong) and word not in _SHORT_PREPOSITIONS:
        return comma
    return verb


def _verb_in(line: str, place: int, grammar: DutyGrammar) -> int | None:
    """The place of the verb behind a noun phrase that begins at `place`: the first that is always a verb, else the last."""
    spare, end, last_end = None, _clause_end(line, place), -1
    for start, verb in grammar.verbs.each(line[:end], place):
        if not grammar.verbs.senses[verb] or _names_someone(line, start + len(verb)):
            continue
        if start <= place or len(verb) < 2 or line[start - 1] in "、和与及" and spare is None and start - place < 3:
            continue
        behind = start + len(verb)
        if line.startswith(("的", _RIGHT), behind) or grammar.name_tails.at(line, behind):
            continue
        if verb not in grammar.nominal:
            if "的" in line[behind:end] and line[behind : behind + 2] in ("给", "于"):
                continue
            if any(grammar.strong_at(line, behind) == word for word in _CARRIERS):
                continue
            if spare is not None and "并" in line[last_end:start]:
                return spare
            return spare if spare is not None and _is_pair(line, spare, start, verb, grammar) else start
        joined = spare is not None and (
            last_end == start or (mark := _MARK.match(line, last_end)) and mark.end() == start
        )
        if not joined:
            spare = start
        last_end = behind
    return spare


def _is_pair(line: str, first: int, second: int, verb: str, grammar: DutyGrammar) -> bool:
    return (line[first:second], verb) in grammar.pairs


def _row(line: str, place: int, grammar: DutyGrammar) -> _Found | None:
    """The verb at a place with those that are joined to it before an object comes."""
    verb = grammar.verb_at(line, place)
    if not verb or (verb in grammar.nominal and _names_someone(line, place + len(verb))):
        return None
    verbs = [verb]
    place += len(verb)
    while len(verbs) < _MOST:
        mark = _MARK.match(line, place)
        after = mark.end() if mark else place
        while mark and (word := grammar.adverbs.at(line, after)) and not grammar.verb_at(line, after):
            after += len(word)
        following = grammar.verb_at(line, after)
        if verbs[-1] in grammar.taking and not (mark and following in grammar.taking):
            break
        if len(following) < 2 or (not mark and (verbs[-1], following) not in grammar.pairs):
            break
        if mark and line.startswith(("情况", "率", "的"), after + len(following)):
            break
        verbs.append(following)
        place = after + len(following)
    return _Found(tuple(verbs), place)


def _names_someone(line: str, place: int) -> bool:
    """Whether a verb that ends at a place is part of a name: 管理处, 检验员."""
    following, after = line[place : place + 1], line[place + 1 : place + 2]
    if following in ("处", "部", "员"):
        return after not in _GOES_ON[following]
    return following in ("室", "者") or line.startswith(("人员", "单位"), place)


def _further(line: str, place: int, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> _Found | None:
    """The first verb behind a subject (财务经理审批费用), where the segmenter says that it is a word."""
    end = _clause_end(line, place)
    clause = line[place:end]
    candidates = [start for start, verb in grammar.strong.each(clause) if start and grammar.strong.senses[verb]]
    if not candidates or clause.endswith(("权", "权力", "权限")):
        return None
    starts, at = set(), 0
    for word in cut(clause):
        starts.add(at)
        at += len(word)
    for start in candidates:
        found = _row(line, place + start, grammar)
        if start in starts and found and found.end < end and not line.startswith("的", found.end):
            if line[found.end : end] in grammar.work.senses:
                continue
            if not grammar.name_tails.at(line, found.end) and line[found.end] not in "权等、和与及":
                return found
    return None


def _object(line: str, found: _Found, often: bool, grammar: DutyGrammar) -> tuple[int, int]:
    """Where the object begins and ends: to the comma or to the next verb, without counts."""
    start, end = found.end, _clause_end(line, found.end)
    last = found.verbs[-1]
    if line[start : start + 1] in ("着", "了") and start + 1 < end:
        start += 1
    if often and (phrase := PHRASE.match(line, start)):
        start = phrase.end()
    if count := _COUNT_HEAD.match(line, start):
        start = count.end() if count.end() < end else start
    if last not in grammar.taking:
        end = _cut_at_verb(line, start, end, last, grammar)
    if line[end - 1 : end] in _MEASURED and (tail := _COUNT_TAIL.search(line, start, end)):
        end = tail.start()
    if often:
        for phrase in PHRASE.finditer(line, start, end):
            if phrase.end() == end:
                end = phrase.start()
    return start, end


def _cut_at_verb(line: str, start: int, end: int, verb: str, grammar: DutyGrammar) -> int:
    """Where the object ends because another clause begins: before 并, 确保, or before what its object does."""
    pivot = verb in grammar.pivots
    ends = [(found.start(), found[0]) for found in grammar.ending.finditer(line, start, end)]
    if pivot:
        ends += [(place, word) for place, word in grammar.strong.each(line[:end], start) if grammar.strong.senses[word]]
    for place, word in ends:
        behind = place + len(word)
        if place <= start or (
            word == "并" and (line[place - 1] in "合兼一归吞" or line[behind : behind + 1] in tuple("购发行网列联存"))
        ):
            continue
        if word not in ("并", "并且", "以便", "从而") and (
            "的" in line[behind:end]
            or grammar.name_tails.at(line, behind)
            or line[place - 1] == "的"
            or (line[place - 1] in "、和与及" and not pivot)
            or line[behind:end] in grammar.work.senses
            or line.startswith("等", behind)
        ):
            continue
        if not pivot or place - start > 1:
            return place
    return end


def _clause_end(line: str, place: int) -> int:
    found = _END.search(line, place)
    return found.start() if found else len(line)
