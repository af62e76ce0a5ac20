"""Text that knows its way back: the only code that rewrites text.

A `Text` is a value made from a raw string by edits. Runs of characters that stand in both are remembered, so that
every place in the value leads to its place in the raw string, through any number of rewritings.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final, NamedTuple

from gangwei.model import Span, made

# Where the runs begin in the raw string: they follow each other there as they do in the value.
_RAW: Final = itemgetter(1)
# Behind every place in a raw string: (place, _AFTER_ALL) sorts behind the run that begins at place.
_AFTER_ALL: Final = sys.maxsize


class Edit(NamedTuple):
    """Put `replacement` for [start:end] of the value at hand, because of `fault`."""

    start: int
    end: int
    replacement: str
    fault: str


class Run(NamedTuple):
    """`length` characters that stand at `value` in the value and at `raw` in the raw string."""

    value: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True)
class Text:
    """A string and its way back to the raw string that it was made from."""

    value: str
    raw: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, raw: str) -> Text:
        """The raw string itself, nothing rewritten.

        >>> Text.of("职务").value
        '职务'
        """
        return cls(raw, raw, (Run(0, 0, len(raw)),) if raw else ())

    def raw_span(self, start: int, end: int) -> Span:
        """The place in the raw string that [start:end] of the value came from.

        Text that an edit put in leads to what it replaced.

        >>> text = rewrite(Text.of("繼續(xù)教育"), [Edit(2, 6, "", "gloss")])
        >>> text.value, text.raw_span(0, 2), text.raw_span(2, 4)
        ('繼續教育', Span(start=0, end=2), Span(start=6, end=8))
        """
        return made(Span, self.raw_edges(start, end))

    def raw_edges(self, start: int, end: int) -> tuple[int, int]:
        """The same as `raw_span` as a plain pair."""
        if start >= end:
            place = self._raw_start(start)
            return place, place
        index = bisect_right(self.runs, (start, _AFTER_ALL)) - 1
        if index >= 0:
            value, raw, length = self.runs[index]
            if end <= value + length:  # no edit within: nearly always
                return raw + start - value, raw + end - value
        return self._raw_start(start), self._raw_end(end)

    def _raw_start(self, place: int) -> int:
        index = bisect_right(self.runs, (place, _AFTER_ALL)) - 1
        if index < 0:
            return 0
        run = self.runs[index]
        return run.raw + min(place - run.value, run.length)

    def _raw_end(self, place: int) -> int:
        index = bisect_right(self.runs, (place - 1, _AFTER_ALL)) - 1
        if index >= 0 and place <= (run := self.runs[index]).value + run.length:
            return run.raw + place - run.value
        return self.runs[index + 1].raw if index + 1 < len(self.runs) else len(self.raw)

    def value_span(self, start: int, end: int) -> Span:
        """The place in the value of [start:end] of the raw string; edges that an edit took away move inwards."""
        first = bisect_right(self.runs, start, key=_RAW) - 1
        if first >= 0:
            value, raw, length = self.runs[first]
            if start < end <= raw + length:  # no edit within: nearly always
                return made(Span, (value + start - raw, value + end - raw))
        if first < 0 or self.runs[first].raw + self.runs[first].length <= start:
            first += 1
        last = bisect_right(self.runs, end - 1, key=_RAW) - 1
        if first >= len(self.runs) or last < first:
            return Span(0, 0)
        run, stop = self.runs[first], self.runs[last]
        return Span(
            run.value + max(0, start - run.raw),
            stop.value + min(stop.length, end - stop.raw),
        )

    def with_value(self, value: str) -> Text:
        """The same way back under a value of the same length (a script conversion)."""
        if len(value) != len(self.value):
            raise ValueError(f"the length changed from {len(self.value)} to {len(value)}: use rewrite")
        return Text(value, self.raw, self.runs)


def rewrite(text: Text, edits: Iterable[Edit]) -> Text:
    """The text after the edits, which must not overlap; offsets of the edits are into `text.value`.

    >>> rewrite(Text.of("收\\n2、支计划"), [Edit(1, 4, "", "chunk number")]).value
    '收支计划'
    """
    ordered = sorted(edits)
    if not ordered:
        return text
    pieces: list[str] = []
    kept: list[tuple[int, int, int]] = []  # a stretch of the old value and where it begins in the new one
    place = length = 0
    for edit in ordered:
        if edit.start < place:
            raise ValueError(f"edits overlap at {edit.start}")
        if edit.start > place:
            kept.append((place, edit.start, length))
            pieces.append(text.value[place : edit.start])
            length += edit.start - place
        pieces.append(edit.replacement)
        length += len(edit.replacement)
        place = edit.end
    if place < len(text.value):
        kept.append((place, len(text.value), length))
        pieces.append(text.value[place:])
    return Text("".join(pieces), text.raw, _carry(text.runs, kept))


def _carry(runs: Sequence[Run], kept: Sequence[tuple[int, int, int]]) -> tuple[Run, ...]:
    """The parts of the old runs that lie in kept stretches, moved to where these begin."""
    carried: list[Run] = []
    index, count = 0, len(runs)
    for start, end, moved_to in kept:
        while index < count and runs[index].value + runs[index].length <= start:
            index += 1
        for i in range(index, count):
            value, raw, length = runs[i]
            if value >= end:
                break
            first = value if value > start else start
            last = value + length if value + length < end else end
            if last > first:
                carried.append(made(Run, (moved_to + first - start, raw + first - value, last - first)))
    return tuple(carried)
