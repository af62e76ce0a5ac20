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
from collections.abc import Mapping
from typing import Final, NamedTuple

from gangwei.faults.finding import NOTHING, Bench, Doubt, Finding, Sight
from gangwei.faults.pinyin import BRACKET, syllables
from gangwei.faults.shifted_runs import (
    LOST,
    START,
    Parts,
    Run,
    Slot,
    characters,
    decoded,
    encoded,
    is_usual,
    plain,
    readings,
)
from gangwei.faults.wording import Wording, has_doubled_mark
from gangwei.text import Edit

SHIFT: Final = "shifted bytes"

_HAN: Final = re.compile("[\u3400-\u9fff]")
# Asking the dictionary is dear: a page has a handful of such runs, a text with very many has another fault.
_MOST_RUNS: Final = 200
_MOST_WORK: Final = 3_000
# How much better, in natural logarithms of likelihood, the repaired text must be than the printed one for each of its
# characters, and than the text with any other lost byte. Set on garbles made from sound text (tests/test_faults.py).
_GAIN: Final = 2.0
_MARGIN: Final = 2.0
# By how much less a full stop must be likelier than the next best: most lost bytes are of one.
_STOP: Final = 1.5
# What sound text is likelier than, for each character.
_SOUND: Final = -9.5
# What a word across the border of a known stretch can add to its likelihood.
_SLACK: Final = 6.0
# How much it adds that the same two characters stand elsewhere in the text, and how many candidates are asked.
_SECOND: Final = 3.0
_SECONDED: Final = 8
_ASKED: Final = 20_000
# What stands behind an unreadable mark is rarer than this for each character where it is a garble and no question.
_RARE: Final = -14.0


class _Answer(NamedTuple):
    """A reading without slots: the text, how likely it is, and by how much more than the next best one."""

    text: str
    likelihood: float
    margin: float


class _Source(NamedTuple):
    """A text with what helps to read it: a dictionary, the text without its pinyin, and what that pinyin says."""

    text: str
    wording: Wording
    sound: str
    glosses: Mapping[str, frozenset[str]]


def find_shifts(sight: Sight, bench: Bench) -> Finding:
    """Edits that put shifted runs right, and doubts about runs of which the lost byte stays open."""
    text = sight.text
    if not any(mark in text for mark in LOST):
        return NOTHING
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    source: _Source | None = None
    end = tries = work = 0
    for match in START.finditer(text):
        if match.start() < end:
            continue
        if tries >= _MOST_RUNS or work >= _MOST_WORK:
            doubts.append(Doubt(match.start(), match.end(), "too many lost bytes before it: not looked at"))
            break
        source = source or _Source(
            text, Wording(bench.lexicon(), bench.simplify, bench.rules.words), plain(text[:_ASKED]), _glosses(text)
        )
        runs = readings(text, match)
        tries += 1
        work += sum(len(run.parts) for run in runs)
        found = _best(source, runs, _before(text, match.start(), edits)) or _unreadable(source, match)
        if isinstance(found, Edit):
            edits.append(found)
        elif found:
            doubts.append(found)
        end = found.end if found else end
    return Finding(tuple(edits), tuple(doubts))


def _before(text: str, place: int, edits: list[Edit]) -> str:
    """What stands before a place, repaired, without pinyin."""
    start = max(0, place - 24)
    if edits and edits[-1].end > start:
        return plain(edits[-1].replacement + text[edits[-1].end : place])[-4:]
    return plain(text[start:place])[-4:]


def _best(source: _Source, runs: list[Run], before: str) -> Edit | Doubt | None:
    """The likeliest reading as an edit; a doubt where another one is nearly as likely; nothing for sound text."""
    text, wording = source.text, source.wording
    if runs and not any(run.is_whole for run in runs):
        # Nothing can be put right here, and a question followed by sound words need not be doubted.
        behind = text[runs[0].start + 1 : runs[0].end]
        if wording.likelihood(behind) > _SOUND * len(behind):
            return None
    answers: list[tuple[float, Run, _Answer]] = []
    for run in runs:
        if not _is_promising(source, run):
            continue
        after = plain(text[run.end : run.end + 24])[:4]
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


def _is_promising(source: _Source, run: Run) -> bool:
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


def _filled(source: _Source, parts: Parts, before: str, after: str) -> _Answer | None:
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
        ranked = _seconded(source.sound, left, ranked, right)
        if len(ranked) > 1:
            margin = min(margin, ranked[0][0] - ranked[1][0])
        text += ranked[0][1]
    if has_doubled_mark(before[-1:] + text + after[:1]):
        margin = 0.0
    return _Answer(text, wording.likelihood(before + text + after), margin)


def _seconded(sound: str, left: str, ranked: list[tuple[float, str]], right: str) -> list[tuple[float, str]]:
    """The best few candidates again, those before the others that the text itself puts beside their neighbours."""
    for place, (likelihood, char) in enumerate(ranked[:_SECONDED]):
        if _HAN.fullmatch(char) and ((left and left[-1] + char in sound) or (right and char + right[0] in sound)):
            ranked[place] = (likelihood + _SECOND, char)
        elif char == "。":
            ranked[place] = (likelihood + _STOP, char)
    return sorted(ranked, reverse=True)


def _candidates(source: _Source, slot: Slot) -> list[str]:
    """The characters that may have stood in a slot; those that the document itself reads so come alone."""
    wording = source.wording
    glossed = source.glosses.get(slot.reading, frozenset())
    if slot.lead is None and slot.trail is None:
        found = sorted(glossed)
    else:
        found = [char for char in characters(slot.lead, slot.trail) if is_usual(char) and wording.is_known(char)]
        found = [char for char in found if char in glossed] or found
    if slot.head is not None:
        # A gloss stands behind Traditional characters alone, also where the pair of bytes was none.
        heads = ((char, decoded(slot.head, encoded(char)[0])) for char in found)
        found = [char for char, head in heads if head and wording.simplified(head) != head]
    return found


def _glosses(text: str) -> dict[str, frozenset[str]]:
    """Which characters the document itself reads how."""
    found: dict[str, set[str]] = {}
    for match in BRACKET.finditer(text):
        if match.start() and text[match.start() - 1] not in LOST:
            found.setdefault(match[1], set()).add(text[match.start() - 1])
    return {reading: frozenset(chars) for reading, chars in found.items()}
