"""The verb of a duty that does not begin with one of our verbs: only these duties pay for the segmenter and its dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from gangwei.normalise.duty_verbs import TIDY, Found, clause_end, deeds_at_end, modifier_before, read_row, tells_time
from gangwei.normalise.duty_words import MEETINGS, DutyGrammar
from gangwei.normalise.frequency import PHRASE
from gangwei.segment import lexicon

_NO_DEED: Final = frozenset(["是", "有", "遇", "让", "负", *MEETINGS])
_FORBIDDEN: Final = ("不得", "不准", "不许", "禁止", "严禁", "不能")
_MARKS: Final = "、/和与及并或"


def read_further(line: str, place: int, grammar: DutyGrammar, cut: Callable[[str], list[str]]) -> Found | None:
    """The verb of a clause that does not begin with one of ours: one that the dictionary calls a verb (打捞漂浮物), the
    first behind a subject (财务经理审批费用), those that it ends with (会议室预订与布置).

    The segmenter says which of them are words.
    """
    end = clause_end(line, place)
    clause = line[place:end]
    if clause.startswith(_FORBIDDEN) or clause.endswith(("权", "权力", "权限")):
        return None
    words = list(_words(clause, cut))
    if (first := _first_word(words, line, place, end, grammar)) is not None:
        return first
    starts = {at for at, _ in words}
    for start, verb in grammar.strong.each(clause):
        found = read_row(line, place + start, grammar) if start in starts and grammar.strong.senses[verb] else None
        if not start or not found or found.end >= end or line[found.end] in "的权等、和与及":
            continue
        if line[found.end : end] not in grammar.work.senses and not grammar.name_tails.at(line, found.end):
            return found
    return _at_end(clause, end, starts, grammar)


def _first_word(
    words: Sequence[tuple[int, str]], line: str, place: int, end: int, grammar: DutyGrammar
) -> Found | None:
    """The first word, where the dictionary calls it a verb and something stands behind it; of one character only
    before a word of two or more: what it does not know it cuts into characters."""
    if len(words) < 2 or grammar.openers.at(line, place):  # the verb, and what it is done to
        return None
    (_, first), (_, second), *_ = words
    behind = place + len(first)
    if lexicon().tag(first) != "v" or first in _NO_DEED or (len(first) == 1 and len(second) == 1):
        return None
    if (
        first in grammar.nominal
        or line[behind] in "的、和与及"
        or grammar.compound.at(line, behind)
        or tells_time(line, behind)
    ):
        return None
    return Found((first,), behind) if behind < end else None


def _words(clause: str, cut: Callable[[str], list[str]]) -> Iterator[tuple[int, str]]:
    """The words of a clause with their places."""
    at = 0
    for word in cut(clause):
        yield at, word
        at += len(word)


def _at_end(clause: str, end: int, starts: set[int], grammar: DutyGrammar) -> Found | None:
    """The verbs that a clause ends with, what stands before them as their object: 会议室预订与布置."""
    text = clause.rstrip(TIDY)
    of = text.rfind("的") + 1
    verbs, begin = deeds_at_end(text, of, grammar)
    if not verbs or begin not in starts or (begin > of and text[begin - 1] in _MARKS):
        return None
    name = _plain(text[: of - 1] if of else text[:begin], grammar).removeprefix("对")
    return Found(verbs, end, name) if len(name) > 1 and not PHRASE.search(name) else None


def _plain(name: str, grammar: DutyGrammar) -> str:
    """An object without what says how it is done: 数据库 of 数据库日常巡检."""
    name = name.strip(TIDY)
    while modifier := modifier_before(name, len(name), grammar):
        name = name[: len(name) - len(modifier)]
    return name
