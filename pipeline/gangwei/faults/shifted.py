"""Runs of characters that were shifted by one byte when a site rewrote GBK text without keeping to its characters.

The site put an ASCII mark for each pair of bytes that spells a full-width one (A3BB is ；), also where the pair is the
second byte of one character and the first of the next: 保活 is B1A3 BBEE. What is left of the first character, B1, is
printed as ?, the mark follows, and from there every character is made of the second byte of one and the first byte
of the next, until a second byte happens to fall on a letter: it is printed alone, and what follows is sound again. The
same site put pinyin behind each pair that spells a Traditional character, with the same neglect: 當地 is AE94 B5D8, and
94B5 is 數, so that (shù) stands in the middle of 地, whose B5 takes the bracket with it: 當?shù)氐….

So every printed run says which bytes it had, but for one byte before it and sometimes one behind it. A dictionary says
which byte makes words; where it does not say so clearly, the run is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from gangwei.faults.finding import NOTHING, Bench, Doubt, Finding, Sight
from gangwei.faults.pinyin import BRACKET, LETTERS, syllables
from gangwei.faults.wording import Wording
from gangwei.text import Edit

SHIFT: Final = "shifted bytes"

_LOST: Final = "?\N{REPLACEMENT CHARACTER}"
# Full-width marks by their second byte after A3, under both of their printed forms.
_MARKS: Final = {
    mark: byte
    for marks, byte in ((",，", 0xAC), (";；", 0xBB), (":：", 0xBA), ("?？", 0xBF), ("!！", 0xA1), ("(（", 0xA8), (")）", 0xA9))
    for mark in marks
}
_TORN_GLOSS: Final = rf"[(（]?([{LETTERS}]{{1,7}})[)）]"
_START: Final = re.compile(rf"[{_LOST}](?:{_TORN_GLOSS}|(?=[,;:?!()，；：？！（）]|[^\x00-\u200f\s])(?![，。、]))")
_GLOSS: Final = re.compile(_TORN_GLOSS)
_TORN: Final = re.compile(rf"[{_LOST}]{_TORN_GLOSS}")
_HAN: Final = re.compile("[\u3400-\u9fff]")
# What a run may spell: Chinese characters, and the marks of Chinese text.
_SPELLED: Final = re.compile("[\u3400-\u9fff。、“”‘’《》〈〉「」『』【】〔〕…—·～％－／０-９Ａ-Ｚａ-ｚ，；：？！（）]")
_LONGEST_RUN: Final = 80
# Searching the dictionary is dear: a page has a handful of such runs, a text with more of them is not worth it.
_MOST_RUNS: Final = 200

# How much better, in natural logarithms of likelihood, the repaired text must be than the printed one for each of its
# characters, and than the text with any other lost byte. Set on garbles made from sound text (tests/test_faults.py).
_GAIN: Final = 2.0
_MARGIN: Final = 2.0


# What a word across the border of a known stretch can add to its likelihood.
_SLACK: Final = 10.0
# What stands behind an unreadable mark is rarer than this for each character where it is a garble and no question.
_RARE: Final = -14.0


class _Slot(NamedTuple):
    """A character of which a byte is lost (None). `head` is the byte before a torn gloss, `reading` a gloss behind."""

    lead: int | None
    trail: int | None
    head: int | None = None
    reading: str = ""


_Parts = tuple[str | _Slot, ...]


class _Run(NamedTuple):
    """A printed run [start:end] and what its bytes spell: characters and slots; `is_whole` unless a mark is lost too."""

    start: int
    end: int
    parts: _Parts
    is_whole: bool = True


class _Answer(NamedTuple):
    """A reading without slots: the text, how likely it is, and by how much more than the next best one."""

    text: str
    likelihood: float
    margin: float


class _Source(NamedTuple):
    """A text with what helps to read it: a dictionary, and the readings that its own glosses give to characters."""

    text: str
    wording: Wording
    glosses: Mapping[str, frozenset[str]]


def find_shifts(sight: Sight, bench: Bench) -> Finding:
    """Edits that put shifted runs right, and doubts about runs of which the lost byte stays open."""
    text = sight.text
    if not any(mark in text for mark in _LOST):
        return NOTHING
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    source: _Source | None = None
    end = tries = 0
    for match in _START.finditer(text):
        if match.start() < end or tries >= _MOST_RUNS:
            continue
        tries += 1
        source = source or _Source(text, Wording(bench.lexicon(), bench.simplify), _glosses(text))
        found = _best(source, _readings(text, match)) or _unreadable(source, match)
        if isinstance(found, Edit):
            edits.append(found)
        elif found:
            doubts.append(found)
        end = found.end if found else end
    return Finding(tuple(edits), tuple(doubts))


def _readings(text: str, match: re.Match[str]) -> list[_Run]:
    """All ways to read a printed run; empty where its bytes spell nothing."""
    place = match.start()
    gloss = match[1]
    if gloss is not None and syllables(gloss):
        head = _encoded(_plain(text[max(0, place - 24) : place])[-1:])
        if len(head) != 2:
            return []
        torn = _TORN.match(text, match.end())
        if torn and syllables(torn[1]):  # both bytes of a character were torn off, each by a gloss
            return [_Run(place, torn.end(), (_Slot(None, None, head[1], torn[1]),))]
        return [_Run(place, *rest) for rest in _follow(text, match.end(), None, head[1])]
    if text[place + 1] in _MARKS:
        return [_Run(place, *rest) for rest in _follow(text, place + 1, None, None)]
    # The mark itself may have been taken for the rest of the lost character: any of them may have stood there.
    return [
        _Run(place, end, (_Slot(None, 0xA3), *parts), is_whole)
        for pending in sorted(set(_MARKS.values()))
        for end, parts, is_whole in _follow(text, place + 1, pending, None)
    ]


def _follow(text: str, place: int, pending: int | None, head: int | None) -> Iterator[tuple[int, _Parts, bool]]:
    """Where a run that goes on at `place` may end, and what it spells; `pending` is the byte that is still unpaired."""
    parts: _Parts = ()
    while len(parts) < _LONGEST_RUN:
        char = text[place : place + 1]
        if pending is not None and char and char in _LOST:
            end, reading, is_whole = _closed_by(text, place + 1)
            yield end, (*parts, _Slot(pending, None, reading=reading)), is_whole
        code = b"\xa3" + bytes([_MARKS[char]]) if char in _MARKS else _encoded(char)
        if not code or len(code) > 2 or (len(code) == 1 and not 0x40 <= code[0] <= 0x7E):
            return
        part = _Slot(None, code[0], head) if pending is None else _decoded(pending, code[0])
        if not part:
            return
        parts = (*parts, part)
        place, pending, head = place + 1, code[-1], None
        if pending < 0x80:
            yield place, parts if len(code) == 1 else (*parts, chr(pending)), True
            return


def _closed_by(text: str, place: int) -> tuple[int, str, bool]:
    """Where a run ends whose last byte was lost before `place`; its reading, and whether nothing else was lost.

    ASCII tears the byte off and stands behind it, a gloss too, though it may lose its bracket. Before anything else a
    mark must have gone with the byte.
    """
    following = text[place : place + 1]
    gloss = _GLOSS.match(text, place)
    if gloss and syllables(gloss[1]):
        return place if following in "(（" else gloss.end(), gloss[1], True
    return place, "", following in _MARKS or following < "\x80"


def _best(source: _Source, runs: list[_Run]) -> Edit | Doubt | None:
    """The likeliest reading as an edit; a doubt where another one is nearly as likely; nothing for sound text."""
    text, wording, _ = source
    answers: list[tuple[float, _Run, _Answer]] = []
    for run in runs:
        if not _is_promising(source, run):
            continue
        before = _plain(text[max(0, run.start - 24) : run.start])[-4:]
        after = _plain(text[run.end : run.end + 24])[:4]
        answer = _filled(source, run.parts, before, after)
        if answer:
            printed = wording.likelihood(before + text[run.start : run.end] + after)
            answers.append(((answer.likelihood - printed) / len(answer.text), run, answer))
    if not answers:
        return None
    answers.sort(key=lambda found: (-found[0], found[1].end))
    gain, run, answer = answers[0]
    if gain < _GAIN:
        return None
    rivals = [other.likelihood for _, _, other in answers[1:] if other.text != answer.text]
    if not run.is_whole or min(answer.margin, answer.likelihood - max(rivals, default=float("-inf"))) < _MARGIN:
        return Doubt(run.start, run.end, f"shifted bytes, perhaps {answer.text}")
    return Edit(run.start, run.end, answer.text, SHIFT)


def _is_promising(source: _Source, run: _Run) -> bool:
    """Whether what is known of a run already reads better than what is printed, if its slots cost nothing."""
    known = "".join(part if isinstance(part, str) else " " for part in run.parts).split(" ")
    best = sum(map(source.wording.likelihood, known)) + _SLACK * (len(known) + 1)
    return best - source.wording.likelihood(source.text[run.start : run.end]) >= _GAIN * len(run.parts)


def _unreadable(source: _Source, match: re.Match[str]) -> Doubt | None:
    """A doubt where what follows a mark that might begin a run is no sound text either."""
    start, end = match.start(), match.end()
    if match[1] is None:
        following = "".join(_HAN.findall(source.text[end : end + 6]))
        if len(following) < 2 or source.wording.likelihood(following) > _RARE * len(following):
            return None
    elif not syllables(match[1]):
        return None
    return Doubt(start, max(end, start + 1), "bytes were lost here and the text cannot be read")


def _filled(source: _Source, parts: _Parts, before: str, after: str) -> _Answer | None:
    """The parts with the likeliest character in each slot."""
    wording = source.wording
    text = ""
    margin = float("inf")
    for number, part in enumerate(parts):
        if isinstance(part, str):
            text += part
            continue
        right = "".join(part for part in parts[number + 1 : number + 5] if isinstance(part, str))
        right = (right + after)[:4] if number + 5 > len(parts) else right
        left = (before + text)[-4:]
        ranked = wording.ranked(left, _candidates(source, part), right)
        if not ranked:
            return None
        if len(ranked) > 1:
            margin = min(margin, ranked[0][0] - ranked[1][0])
        text += ranked[0][1]
    return _Answer(text, wording.likelihood(before + text + after), margin)


def _candidates(source: _Source, slot: _Slot) -> list[str]:
    """The characters that may have stood in a slot; those that the document itself reads so come alone."""
    wording = source.wording
    glossed = source.glosses.get(slot.reading, frozenset())
    if slot.lead is None and slot.trail is None:
        found = sorted(glossed)
    else:
        found = [char for char in _characters(slot.lead, slot.trail) if wording.is_known(char)]
        found = [char for char in found if char in glossed] or found
    if slot.head is not None:
        # A gloss stands behind Traditional characters alone, also where the pair of bytes was none.
        heads = ((char, _decoded(slot.head, _encoded(char)[0])) for char in found)
        found = [char for char, head in heads if head and wording.simplified(head) != head]
    return found


@cache
def _characters(lead: int | None, trail: int | None) -> tuple[str, ...]:
    leads = range(0x81, 0xFF) if lead is None else (lead,)
    trails = range(0x40, 0xFF) if trail is None else (trail,)
    return tuple(char for one in leads for two in trails if (char := _decoded(one, two)))


def _glosses(text: str) -> dict[str, frozenset[str]]:
    """Which characters the document itself reads how."""
    found: dict[str, set[str]] = {}
    for match in BRACKET.finditer(text):
        if match.start() and text[match.start() - 1] not in _LOST:
            found.setdefault(match[1], set()).add(text[match.start() - 1])
    return {reading: frozenset(chars) for reading, chars in found.items()}


def _decoded(lead: int, trail: int) -> str:
    """The character of two bytes; "" where they spell none."""
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return char if _SPELLED.fullmatch(char) else ""


def _encoded(char: str) -> bytes:
    try:
        return char.encode("gb18030")
    except UnicodeEncodeError:
        return b""


def _plain(text: str) -> str:
    """The text without the pinyin in it."""
    return BRACKET.sub(lambda match: "" if syllables(match[1]) else match[0], text)
