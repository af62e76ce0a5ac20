"""Verbs in a clause: a row of joined verbs, the verbs that a noun phrase ends with, the verb behind a phrase."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gangwei.normalise.duty_words import DutyGrammar
from gangwei.normalise.frequency import COUNT, PHRASE
from gangwei.segment import lexicon

TIDY: Final = " \t,;、。:"  # what is stripped from objects, and passed over between phrases

_END: Final = re.compile(r"[,;。:!?\n]")
_MARK: Final = re.compile(r"(?:(?<!\s)\s++)?(?:[、/]|并且|以及|并|和|与|及|或)\s*+")
_RIGHT: Final = "权"  # 审批权 is no deed
_TO: Final = ("对于", "对")
_SHORT_PREPOSITIONS: Final = frozenset(["与", "和", "同", "跟", "向", "给", "替", "会同", "联合", *_TO])
_REASONS: Final = frozenset(["为", "为了", "随着", "由于", "因", "除", "本着", "遵循", "基于"])
_CARRIERS: Final = ("提供", "进行", "做好", "提出", "开展")  # a verb right before them is their modifier
_GOES_ON: Final = {"处": tuple("罚理置分方境"), "部": tuple("门件分位署"), "员": ("工",)}
_STATES: Final = ("情况", "率", "程度", "状况", "过程")  # 执行情况 is a name
_PAPER: Final = re.compile("[单书表簿函](?![据位独格面籍])")  # 通知单, 申请表
_TAIL: Final = re.compile(rf"{COUNT}\Z")
# Behind a verb: what it says is a time or a condition (开门前, 维修过程中).
_THEN: Final = re.compile(r"时(?![间效段限代])|前(?![台期端厅后方沿往来线置])|后(?![台期端勤续厅方备厨])|过程中|期间")
_LONGEST_DEED: Final = 6
_MOST: Final = 8  # verbs in one row


class Found(NamedTuple):
    """Verbs with the place behind them, and the object where it stood in front of them."""

    verbs: tuple[str, ...]
    end: int
    object: str | None = None


def clause_end(line: str, place: int) -> int:
    """Where the clause at a place ends: at the next mark, or with the line."""
    found = _END.search(line, place)
    return found.start() if found else len(line)


def tells_time(line: str, place: int) -> bool:
    """Whether a verb that ends at a place says when: 开门前, 维修过程中."""
    return _THEN.match(line, place) is not None


def read_row(line: str, place: int, grammar: DutyGrammar) -> Found | None:
    """The verb at a place with those that are joined to it before an object comes."""
    verb = grammar.verb_at(line, place)
    if not verb or (verb in grammar.nominal and _names_someone(line, place + len(verb))):
        return None
    verbs = [verb]
    place += len(verb)
    while len(verbs) < _MOST:
        mark = _MARK.match(line, place)
        if not mark and verbs[-1] not in grammar.paired:
            break
        after = mark.end() if mark else place
        if mark and (phrase := PHRASE.match(line, after)):
            after = phrase.end()
        while mark and (word := grammar.adverbs.at(line, after)) and not grammar.verb_at(line, after):
            after += len(word)
        following = grammar.verb_at(line, after) or (_last_of_row(line, after) if mark and len(verbs) > 1 else "")
        if verbs[-1] in grammar.taking and not (mark and following in grammar.taking):
            break
        if len(following) < 2 or (not mark and (verbs[-1], following) not in grammar.pairs):
            break
        if mark and line.startswith(("情况", "率", "的"), after + len(following)):
            break
        verbs.append(following)
        place = after + len(following)
    return Found(tuple(verbs), place)


def _last_of_row(line: str, place: int) -> str:
    """What ends a clause behind joined verbs, where the dictionary calls it a verb: 上锁 of 停电、挂牌、上锁."""
    word = line[place : clause_end(line, place)].rstrip(TIDY)
    return word if len(word) == len("上锁") and lexicon().tag(word) == "v" else ""


def _names_someone(line: str, place: int) -> bool:
    """Whether a verb that ends at a place is part of a name: 管理处, 检验员."""
    following = line[place : place + 1]
    if following in _GOES_ON:
        return line[place + 1 : place + 2] not in _GOES_ON[following]
    return following in ("室", "者") or line.startswith(("人员", "单位"), place)


def verbs_at_end(text: str, grammar: DutyGrammar, *, whole: bool) -> tuple[str, ...]:
    """The verbs that a noun phrase ends with (绩效考核: 考核); with `whole`, only if nothing but their modifiers precedes."""
    tail = grammar.work.of(text)
    if tail and len(tail) < len(text) and grammar.verb_endings.of(text, len(text) - len(tail)):
        text = text[: len(text) - len(tail)]
    verbs: list[str] = []
    end = len(text)
    while end and len(verbs) < _MOST and (verb := grammar.verb_endings.of(text, end)):
        verbs.append(verb)
        end -= len(verb)
        if end and text[end - 1] in "、和与及并或/":
            end -= 2 if text[:end].endswith("以及") else 1
        elif (grammar.verb_endings.of(text, end), verb) not in grammar.pairs and (
            not whole or not grammar.verb_endings.of(text, end)
        ):
            break
    while whole and end and (modifier := modifier_before(text, end, grammar)):
        end -= len(modifier)
    return tuple(reversed(verbs)) if not (whole and end) else ()


def modifier_before(text: str, end: int, grammar: DutyGrammar) -> str:
    """What says how a deed is done, right before it: 日常 of 日常巡检."""
    for length in (3, 2):
        if length <= end and text[end - length : end] in grammar.verb_modifiers.senses:
            return text[end - length : end]
    return ""


def read_noun_of(line: str, place: int, end: int, grammar: DutyGrammar, *, plain: bool = False) -> Found | None:
    """N的V (办公用品的采购): V with the object N; None where the clause has another shape. `plain`: 负责 stood before."""
    if not plain and (verb := grammar.verb_at(line, place)) and verb not in grammar.attributive:
        return None
    of = line.rfind("的", place, end)
    if of <= place:
        return None
    verbs = verbs_at_end(line[of + 1 : end].rstrip(TIDY), grammar, whole=True)
    return Found(verbs, end, line[place:of].strip(TIDY).removeprefix("对于").removeprefix("对")) if verbs else None


def read_done_to(line: str, place: int, grammar: DutyGrammar) -> Found | None:
    """对N进行V, or 对N的V; `place` is behind 对. None where it is neither."""
    end = clause_end(line, place)
    for light in grammar.light.finditer(line, place + 1, end):
        deeds = line[light.end() : end].strip(TIDY)
        if not deeds:
            break
        verbs = _verbs_of_deeds(deeds, grammar) or _verbs_of_deeds(deeds.partition("并")[0], grammar)
        if not verbs and light[0] == "进行" and 2 <= len(deeds) <= _LONGEST_DEED:
            verbs = (deeds,)
        if verbs:
            return Found(verbs, end, without_adverbs(line[place : light.start()].strip(TIDY), grammar))
        if light[0] == "进行":
            break
    return read_noun_of(line, place, end, grammar, plain=True)


def _verbs_of_deeds(text: str, grammar: DutyGrammar) -> tuple[str, ...]:
    """The verbs of what is done: 绩效考核 -> 考核, 产品宣传、入店培训 -> 宣传 and 培训."""
    verbs = verbs_at_end(text, grammar, whole=False)
    pieces = [piece for piece in _MARK.split(text) if piece] if verbs else []
    if len(verbs) < len(pieces) <= _MOST:
        ends = [verbs_at_end(piece, grammar, whole=False) for piece in pieces]
        if all(ends):
            return tuple(verb for found in ends for verb in found)
    return verbs


def deeds_at_end(text: str, begin: int, grammar: DutyGrammar) -> tuple[tuple[str, ...], int]:
    """The verbs of the joined deeds that a noun phrase ends with, from `begin` on, and where they begin.

    报价单、装箱单制作与订舱: 制作 and 订舱; of 采购申请、保管和休药期管理 each has its own.
    """
    pieces: list[tuple[int, str]] = []
    place = begin
    for mark in (*_MARK.finditer(text, begin), None):
        pieces.append((place, text[place : mark.start() if mark else len(text)]))
        place = mark.end() if mark else len(text)
    verbs: list[str] = []
    first = len(text)
    for at, piece in reversed(pieces[-_MOST:]):
        found = verbs_at_end(piece, grammar, whole=False)
        if not found:
            break
        verbs[:0] = found
        first = at + piece.rfind(found[0], 0, len(piece) - sum(map(len, found[1:])))
    return tuple(verbs), first


def without_adverbs(name: str, grammar: DutyGrammar) -> str:
    """An object without the adverb or the period behind it: 设备 of 对设备定期进行检查."""
    while (word := grammar.adverb_endings.of(name)) and len(name) > len(word) + 1:
        name = name[: len(name) - len(word)].rstrip(TIDY)
    phrase = next((found for found in PHRASE.finditer(name) if found.end() == len(name) and found.start()), None)
    return name[: phrase.start()] if phrase else name


def past_phrase(line: str, place: int, word: str, grammar: DutyGrammar) -> int | None:
    """Where the clause goes on behind a phrase that a preposition began: behind its comma, or at its verb."""
    end = clause_end(line, place)
    comma = end + 1 if end < len(line) and line[end] == "," else None
    if word in _REASONS and comma and (word != "为" or grammar.strong_at(line, place)):
        return comma
    verb = verb_behind(line, place, end, grammar, near=word in _SHORT_PREPOSITIONS)
    if verb is None:
        return comma
    found = grammar.verb_at(line, verb)
    if grammar.light.match(found) and (to := line.rfind("对", place + 1, verb)) > place:
        return to
    if (held := grammar.holding_in.search(line, place + 1, verb)) and word not in _TO:
        return held.start()
    behind = verb + len(found)
    strong, last = found not in grammar.nominal, not _TAIL.sub("", line[behind:end]).strip(TIDY)
    if word in _TO and not strong and not last:
        return comma
    if (
        comma
        and word not in _SHORT_PREPOSITIONS
        and (last or (not strong and (grammar.ground.at(line, behind) or grammar.ground_endings.of(line, end))))
    ):
        return comma
    return verb


def verb_behind(line: str, place: int, end: int, grammar: DutyGrammar, *, near: bool) -> int | None:
    """The place of the verb behind a noun phrase that begins at `place`.

    The first verb that makes no nouns, else the last verb; `near`: the phrase is short, so the first of any kind.
    """
    spare: int | None = None
    spare_end = -1
    for start, verb in grammar.verbs.each(line[:end], place):
        behind = start + len(verb)
        if start <= place or len(verb) < 2 or not grammar.verbs.senses[verb] or _names_someone(line, behind):
            continue
        if line[start - 1] in "、和与及" and spare is None and start - place < 3:
            continue
        if _PAPER.match(line, behind):
            continue
        if line.startswith(("的", _RIGHT, *_STATES), behind):
            continue
        if verb not in grammar.nominal:
            if any(line.startswith(word, behind) for word in _CARRIERS) or _is_ground(line, behind, end, grammar):
                continue
            joined = spare is not None and ("并" in line[spare_end:start] or (line[spare:start], verb) in grammar.pairs)
            return spare if joined or (near and spare is not None) else start
        if near and (spare is not None or _is_ground(line, behind, end, grammar)):
            continue
        mark = _MARK.match(line, spare_end) if spare is not None else None
        joined = spare_end == start or bool(mark and mark.end() == start)
        if spare is None or not (joined or behind >= end):
            spare = start
        spare_end = behind
    return spare


def _is_ground(line: str, place: int, end: int, grammar: DutyGrammar) -> bool:
    """Whether a verb that ends at a place stands in a name (反馈意见) right before the verb of the clause."""
    word = grammar.ground.at(line, place)
    behind = place + len(word)
    return bool(word) and behind < end and len(grammar.verb_at(line, behind)) > 1
