"""Headings that speak to the reader or ask him something, as labels: 你将负责, 怎么算做得好, What you will do."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from gangwei.labels import Label
from gangwei.ordinals import Ordinal
from gangwei.page import Line
from gangwei.rulebook import Rulebook
from gangwei.rulebook.spoken import bare

_LONGEST: Final = 36
_SHORTEST: Final = 1
_COLON: Final = re.compile("[:：][ \t\u3000*_】]*")
_MARKS_BEFORE: Final = frozenset("*#【[■●◆▍▎▶►□★")
# Before a heading to whom it speaks: 想当店长的话，最好要
_IF: Final = re.compile("(?:如果)?[你您]?(?:想要?|要|打算)(?:当|做|应聘|成为)[^，,。]{2,14}[，,]")
_IF_FIRSTS: Final = frozenset("如你您想要打")
_CLOSING: Final = " \t\u3000*_#】]"


def with_spoken(
    text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], labels: tuple[Label, ...], rules: Rulebook
) -> tuple[Label, ...]:
    """The labels, and the headings among the lines that speak to the reader; where both stand, the heading."""
    found = list(_headings(text, lines, ordinals, rules))
    if not found:
        return labels
    starts = [label.start for label in labels]
    taken: set[int] = set()
    kept: list[Label] = []
    for heading in found:
        place = bisect_left(starts, heading.start)
        if place and labels[place - 1].end > heading.start:
            place -= 1
        stop = place
        while stop < len(labels) and labels[stop].start < heading.end:
            stop += 1
        if stop - place == 1 and labels[place].end >= heading.end and labels[place].rule.name != "other.bracket":
            continue  # a label that we know
        taken.update(range(place, stop))
        kept.append(heading)
    kept += [label for index, label in enumerate(labels) if index not in taken]
    return tuple(sorted(kept, key=lambda label: label.start))


def _headings(text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], rules: Rulebook) -> Iterator[Label]:
    letters = rules.spoken.letters
    for index, line in enumerate(lines):
        _, line_end, body, _, _ = line
        farthest = body + _LONGEST
        colon = _COLON.search(text, body, farthest if farthest < line_end else line_end)
        stop = colon.start() if colon else line_end
        if text[body : body + 1] in _IF_FIRSTS and (condition := _IF.match(text, body, stop)):
            body = condition.end()
        if not _SHORTEST <= stop - body <= _LONGEST or not letters.fullmatch(text, body, stop):
            continue
        words = text[body:stop].rstrip(_CLOSING).lstrip("【[")
        if words in rules.labels:
            continue
        heading = bare(words)
        rule = rules.spoken.rule_of(heading)
        if rule is None or not (colon or _stands_apart(text, lines, ordinals, index)):
            continue
        end = colon.end() if colon else line.end
        start = line.start if line.ordinal >= 0 else line.body
        yield Label(start, end, words, rule, colon is not None, True, end >= line.end)


def _stands_apart(text: str, lines: Sequence[Line], ordinals: Sequence[Ordinal], index: int) -> bool:
    """Whether a line stands as a heading does: by markup, behind a blank line, or over a list that begins below it."""
    line = lines[index]
    if line.depth or text[line.start] in _MARKS_BEFORE or index + 1 == len(lines):
        return line.depth > 0 or text[line.start] in _MARKS_BEFORE
    below = lines[index + 1]
    if below.ordinal >= 0:
        ordinal = ordinals[below.ordinal]
        return ordinal.value == 1 or ordinal.style == "bullet"
    before = text[lines[index - 1].end : line.start] if index else "\n\n"
    return before.count("\n") > 1
