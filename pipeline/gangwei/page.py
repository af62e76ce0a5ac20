"""One document as the layouts see it: lines, labels, ordinals over the prepared text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from gangwei.labels import Label
from gangwei.lexer import Hit
from gangwei.model import Block, BlockKind, Document, Entry, Span, made
from gangwei.ordinals import Ordinal
from gangwei.rulebook import Rulebook
from gangwei.text import Text
from gangwei.titles import Names

_MARKDOWN: Final = re.compile(
    r"(?P<hashes>#{1,6})[ \t]*|>[ \t]*|\*\*|__|[▍▎▌▋▊▉█┃▏][ \t]*|[☀-☏☓-☰☸-✐✔-❕❗-❥➡-⟿⬅-⭕\U0001f300-\U0001faff][\ufe0f\u200d]*"
)
# Words to find a page by are no heading: #招聘 #远程
_TAGS: Final = re.compile(r"#[^#\s]+(?:[ \t]+#[^#\s]+)+$")
# A heading between two rows of dashes: ———— 2 茶饮师 ————, ====== 门卫 ======
_DECORATED: Final = re.compile(
    r"([-—–─━═=~～*·•▬◆■_])\1{2,}+[ \t\u3000]*+(?:\d{1,2}[ 、.]+)?(?P<text>\S.{1,40}?)[ \t\u3000]*\1{3,}$"
)
_DECORATED_DEPTH: Final = 2
# A longer line that begins as a heading of Markdown does holds its text besides.
_LONGEST_HEADING: Final = 160
_BETWEEN_HAN: Final = re.compile(r"(?<=[^\x00-\xff])[ \t\u3000\xa0\r\n]+(?=[^\x00-\xff])")
_BLANK_RUN: Final = re.compile(r"[ \t\u3000\xa0\r\n]+")
_BLANKS: Final = " \t\u3000\xa0"
_FENCE: Final = "---\n"
_INDENT: Final = " \t\u3000"
_AROUND: Final = " \t\r\u3000\xa0"
_SHARPS: Final = ("C", "F", "c")
_DOTTED: Final = (".NET", ".Net", ".net")
_LEADING: Final = " \t\u3000\xa0\r\n:：、,，.。;；*_|#>~＊\u200b\ufeff"
_DASHES: Final = "-–—"
_LEADING_OR_DASH: Final = _LEADING + _DASHES
_TRAILING: Final = " \t\u3000\xa0\r\n:：、,，.。;；*_|#~＊\u200b\ufeff\\"


class Line(NamedTuple):
    """A line of the text without the blanks around it; `body` begins behind markup and ordinal.

    `depth` is 1 to 6 for a heading by markup or format, else 0; `ordinal` an index into the page's ordinals or -1.
    """

    start: int
    end: int
    body: int
    depth: int
    ordinal: int


class LineMarks(NamedTuple):
    """What many passes ask of the lines, seen once: by line the character that its body begins with (or a line break
    where it is empty) and the one that it ends with, each row of them a string in which a sign is looked for at once, and
    the index of the label that the line begins with, or -1; and whether any line is a heading by markup or format."""

    first: str
    last: str
    label: tuple[int, ...]
    has_headings: bool


def front_end_of(text: str) -> int:
    """Where the front matter that a text begins with ends, before the line that closes it; -1 where there is none."""
    return text.find(f"\n{_FENCE}", len(_FENCE)) if text.startswith(_FENCE) else -1


@dataclass(frozen=True, slots=True)
class Page:
    """The prepared text with all that was read of it so far; offsets are into `value`."""

    document: Document
    text: Text
    value: str
    lines: tuple[Line, ...]
    marks: LineMarks
    line_starts: tuple[int, ...]
    hits: tuple[Hit, ...]
    labels: tuple[Label, ...]
    label_starts: tuple[int, ...]
    ordinals: tuple[Ordinal, ...]
    ordinal_starts: tuple[int, ...]
    rules: Rulebook
    names: Names
    front_end: int

    def ordinal_behind(self, index: int) -> Ordinal | None:
        """The number that goes on from the one at an index of `ordinals`, or None where none does."""
        return next((other for other in islice(self.ordinals, index + 1, None) if other.before == index), None)

    def ordinals_in(self, start: int, end: int) -> Sequence[Ordinal]:
        return self.ordinals[bisect_left(self.ordinal_starts, start) : bisect_left(self.ordinal_starts, end)]

    def holds(self, signs: Sequence[str]) -> bool:
        """Whether one of some signs stands in the text: what a pass asks first that concerns few documents."""
        return any(sign in self.value for sign in signs)

    def line_index(self, place: int) -> int:
        """The index of the line in which a place lies (or of the one before it)."""
        return bisect_right(self.line_starts, place, 1) - 1

    def lines_below(self, index: int) -> Iterator[Line]:
        """The lines behind the one at an index of `lines`; they are not copied, for the first nearly always ends a search."""
        return map(self.lines.__getitem__, range(index + 1, len(self.lines)))

    def trim(self, start: int, end: int) -> Span:
        """The span without blanks, markup and closing marks around it."""
        return made(Span, self.trimmed(start, end))

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same as `trim` as a plain pair."""
        value = self.value
        has_marks = start < end and value[start] in _LEADING_OR_DASH  # few begin so
        while has_marks and start < end and value[start] in _LEADING:
            if value[start] == "." and value.startswith(_DOTTED, start):
                break  # .NET工程师
            start += 1
        while end > start and value[end - 1] in _TRAILING:
            if value[end - 1] == "#" and value[end - 2 : end - 1] in _SHARPS and end - 1 > start:
                break  # 熟悉C#
            end -= 1
        if has_marks and end - start > 1 and value[start] in _DASHES and value[start + 1] in _INDENT:
            return self.trimmed(start + 1, end)
        return start, end

    def entry(self, start: int, end: int, rule: str, group: str = "", before: str = "") -> Entry:
        """The value at a span of the page as an entry of the document; `before` is put in front of its text."""
        return made(Entry, (before + tidy(self.value[start:end]), *self.text.raw_edges(start, end), rule, group))

    def named(self, start: int, end: int, text: str, rule: str) -> Entry:
        """The name that is read from a span of the page, as an entry of the document."""
        return made(Entry, (text, *self.text.raw_edges(start, end), rule, ""))


def marks_of(value: str, lines: Sequence[Line], label_starts: Sequence[int]) -> LineMarks:
    """The marks of lines among labels that begin at `label_starts`."""
    labels: list[int] = []
    place, count = 0, len(label_starts)
    has_headings = False
    for begin, _, body, depth, _ in lines:
        start = begin
        has_headings = has_headings or depth > 0
        while start and value[start - 1] in _BLANKS:  # a label may begin with them
            start -= 1
        while place < count and label_starts[place] < start:
            place += 1
        labels.append(place if place < count and label_starts[place] <= body + 1 else -1)
    first = "".join([value[body] if body < end else "\n" for _, end, body, _, _ in lines])
    return LineMarks(first, "".join([value[end - 1] for _, end, _, _, _ in lines]), tuple(labels), has_headings)


def tidy(text: str) -> str:
    """The text in one line: no blanks between Chinese characters, no markup.

    >>> tidy("对 “重要客户”\\n进行开拓")
    '对“重要客户”进行开拓'
    """
    if " " in text or "\n" in text or "\u3000" in text or "\t" in text or "\xa0" in text:
        text = _BLANK_RUN.sub(" ", _BETWEEN_HAN.sub("", text))
    return (text.replace("**", "") if "*" in text else text).strip()


def _mark_start(value: str, ordinal: Ordinal) -> int:
    """Where the mark itself begins: a bullet's blanks are its own."""
    return ordinal.end - len(value[ordinal.start : ordinal.end].lstrip(_INDENT))


def read_lines(value: str, ordinals: Sequence[Ordinal], blocks: Sequence[Block], text: Text) -> tuple[Line, ...]:
    """The lines of a text that hold anything."""
    depths = _heading_depths(blocks, text)
    at = {o.start if value[o.start] not in _INDENT else _mark_start(value, o): i for i, o in enumerate(ordinals)}
    lines: list[Line] = []
    place = 0
    for raw in value.split("\n"):
        start, end = place, place + len(raw)
        place = end + 1
        if not raw:
            continue
        if raw[0] in _AROUND or raw[-1] in _AROUND:
            stripped = raw.strip(_AROUND)
            if not stripped:
                continue
            start += raw.index(stripped[0])
            end = start + len(stripped)
        body, depth, ordinal = start, depths.get(start, 0) if depths else 0, -1
        if start not in at and "\u4e00" <= value[start] <= "\u9fff" and value[start] != value[end - 1]:
            lines.append(made(Line, (start, end, start, depth, -1)))
            continue  # as most lines are
        if value[start] == value[end - 1] and (match := _DECORATED.match(value, start, end)):
            body, end, depth = match.start("text"), match.end("text"), depth or _DECORATED_DEPTH
        while body < end:
            if body in at:
                number = at[body]
                ordinal, body = number if ordinal < 0 else ordinal, ordinals[number].end
            elif "\u4e00" <= value[body] <= "\u9fff":
                break  # as nearly all go on
            elif match := _MARKDOWN.match(value, body, end):
                if (
                    match["hashes"]
                    and (body == start or value[start] == ">")
                    and end - start <= _LONGEST_HEADING
                    and not _TAGS.match(value, start, end)
                ):
                    depth = len(match["hashes"])
                body = match.end()
            elif value[body] in " \t\u3000\xa0":
                body += 1
            else:
                break
        lines.append(made(Line, (start, end, body, depth, ordinal)))
    return tuple(lines)


def _heading_depths(blocks: Sequence[Block], text: Text) -> dict[int, int]:
    """Where in the prepared text a heading of the format begins, and how deep it is."""
    headings = {block.start: block.level for block in blocks if block.kind is BlockKind.HEADING}
    if not headings:
        return {}
    depths: dict[int, int] = {}
    for run in text.runs:
        for start, level in headings.items():
            if run.raw <= start < run.raw + run.length:
                depths[run.value + start - run.raw] = level
    return depths
