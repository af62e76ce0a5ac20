"""Characters of a page with their places -> lines, columns, paragraphs.

Places count from the upper left corner, downwards. A line that reaches the end of its column goes on in the next one,
unless that begins like an item; so a paragraph becomes one line again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from gangwei.readers.page import OWN_NUMERAL


class Run(NamedTuple):
    """Characters that stand close together on one line."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Glyph(NamedTuple):
    """A character and its place; one without extent only parts others."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """The characters in the order of the file, put together where one follows close on the other."""
    runs: list[Run] = []
    text: list[str] = []
    left = top = right = bottom = 0.0
    is_parted = False
    for glyph in _in_order(glyphs):
        if not glyph.text.strip():
            if text and glyph.text in (" ", "\N{IDEOGRAPHIC SPACE}"):
                text.append(glyph.text)
            is_parted |= glyph.text == GAP
            continue
        height = glyph.bottom - glyph.top
        gap = glyph.left - right
        shared = min(bottom, glyph.bottom) - max(top, glyph.top)
        is_near = shared >= 0.5 * min(height, bottom - top) and -height < gap < height
        if text and is_near:
            if is_parted and not _is_autospace(text[-1], glyph.text, gap, height):
                text.append(" ")
            right, top, bottom = max(right, glyph.right), min(top, glyph.top), max(bottom, glyph.bottom)
        else:
            if text:
                runs.append(Run(left, top, right, bottom, "".join(text).strip()))
                text = []
            left, top, right, bottom = glyph.left, glyph.top, glyph.right, glyph.bottom
        text.append(glyph.text)
        is_parted = False
    if text:
        runs.append(Run(left, top, right, bottom, "".join(text).strip()))
    return runs


def _is_autospace(before: str, behind: str, gap: float, height: float) -> bool:
    """Whether a small gap is what word processors leave between Chinese and Latin characters or digits, and no blank.

    >>> _is_autospace("满", "3", 2.5, 12), _is_autospace("职责", "篇", 2.5, 12), _is_autospace("满", "3", 12, 12)
    (True, False, False)
    """
    pair = before[-1:] + behind[:1]
    return gap <= _AUTOSPACE * height and bool(_AUTOSPACED.fullmatch(pair))


def _in_order(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters, those of a line from the left: what came from another font may stand behind it in the file."""
    line: list[Glyph] = []
    last: Glyph | None = None
    jumps_back = False
    for glyph in glyphs:
        if glyph.text.strip():
            height = min(glyph.bottom - glyph.top, last.bottom - last.top) if last else 0
            if last and min(last.bottom, glyph.bottom) - max(last.top, glyph.top) < 0.5 * height:
                yield from sorted(line, key=_left) if jumps_back else line
                line, jumps_back = [], False
            elif last and glyph.left < last.left - 0.5 * height:
                jumps_back = True
            last = glyph
        line.append(glyph)
    yield from sorted(line, key=_left) if jumps_back else line


def _left(glyph: Glyph) -> float:
    return glyph.left


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs that stand at one height together, from the top and from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: ((run.top + run.bottom) / 2, run.left)):
        last = rows[-1][-1] if rows else None
        if last and min(last.bottom, run.bottom) - max(last.top, run.top) >= 0.5 * min(last.height, run.height):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


class Column(NamedTuple):
    """Rows that are read one after the other, and where lines of text end there on the right."""

    rows: list[list[Run]]
    right: float


def in_columns(rows: Sequence[list[Run]], right: float) -> list[Column]:
    """The rows in the order of reading: stretches of rows that columns of text part are read column by column."""
    parts: list[Column] = []
    held: list[list[Run]] = []
    place = 0
    while place < len(rows):
        end, gap = _gutter(rows, place)
        before = [[run for run in row if run.right <= gap] for row in rows[place:end]]
        behind = [[run for run in row if run.left >= gap] for row in rows[place:end]]
        if _is_text(before, gap) and _is_text(behind, right):
            parts += [Column(held, right)] if held else []
            held = []
            for side, limit in ((before, _right(before)), (behind, right)):
                parts += in_columns([row for row in side if row], limit)
            place = end
            continue
        held.append(rows[place])
        place += 1
    return [*parts, Column(held, right)] if held else parts


class Paragraphs(NamedTuple):
    """Lines of text, one for each paragraph; whether the last one may go on elsewhere."""

    lines: list[str]
    is_open: bool


def paragraphs(rows: Sequence[list[Run]], right: float, *, is_cell: bool = False) -> Paragraphs:
    """The text of rows of one column; runs far apart in a row have a tab between them."""
    pitches = [lower[0].top - upper[0].top for upper, lower in pairwise(rows)]
    pitch = median(pitches) if pitches else 0
    shortest = 0 if is_cell else _SHORTEST_WRAPPED
    lines: list[str] = []
    is_open = False
    before: list[Run] = []
    for row in rows:
        text = _joined(row)
        if before and not is_open and len(row) == 1:
            room = right - 0.7 * row[0].height - before[-1].right  # less what lies between a cell's text and its wall
            is_open = _unbroken(row[0]) >= room and not _ENDS.search(lines[-1])
        is_close = bool(before) and row[0].top - before[0].top <= max(pitch * 1.4, 2.2 * row[0].height)
        alike = bool(before) and 0.8 <= row[0].height / max(before[0].height, 0.1) <= 1.25
        if is_open and is_close and alike and len(row) == 1 and not _BEGINS.match(text):
            lines[-1] = joined(lines[-1], text)
        else:
            lines.append(text)
        is_open = row[-1].right >= right - 1.6 * row[-1].height and not _ENDS.search(text) and len(text) > shortest
        before = row
    return Paragraphs(lines, is_open)


def _unbroken(run: Run) -> float:
    """How wide the piece is with which a line begins and within which no line breaks: a character and what is no word.

    Where there was no room for it on the line before, that line broke for want of room and goes on here.
    """
    piece = _PIECE.match(run.text)
    return (run.right - run.left) * (_width(piece[0]) / max(_width(run.text), 1)) if piece else 0.0


def _width(text: str) -> int:
    """How many half characters wide."""
    return sum(1 if character.isascii() else 2 for character in text)


def goes_on(before: str, behind: str) -> bool:
    """Whether a line is the rest of the one before it, which a page break parted.

    >>> goes_on("负责仓库的收货、", "上架和复核。"), goes_on("负责收货。", "负责上架。"), goes_on("收货", "2、上架")
    (True, False, False)
    """
    return bool(before) and bool(behind) and not _ENDS.search(before) and not _BEGINS.match(behind)


def joined(before: str, behind: str) -> str:
    """Two pieces of one line, with a blank between Latin words and nothing between Chinese ones."""
    is_latin = before[-1:].isascii() and behind[:1].isascii() and before[-1:] != "-"
    return before + (" " if is_latin and not behind[:1].isdigit() else "") + behind


def margin_of(rows: Iterable[list[Run]]) -> float:
    """Where full lines of text end on the right: some a little earlier or later. Rows of several runs are no text."""
    ends = [(row[0].right, row[0].height) for row in rows if len(row) == 1 and len(row[0].text) >= _LONG_LINE]
    furthest = max(ends, default=(0.0, 0.0))[0]
    return median(right for right, height in ends if right >= furthest - 3 * height) if ends else 0.0


def _gutter(rows: Sequence[list[Run]], start: int) -> tuple[int, float]:
    """Up to which row one white column goes down from `start` between text on both sides, and its middle; 0: none."""
    first = rows[start]
    if len(first) != 2:
        return start, 0
    low, high = first[0].right, first[1].left
    end = start
    for row in rows[start:]:
        middle = (low + high) / 2
        if any(run.left < middle < run.right for run in row):
            break
        narrower = max([low, *(run.right for run in row if run.right <= middle)])
        nearer = min([high, *(run.left for run in row if run.left >= middle)])
        if nearer - narrower < _WHITE * row[0].height:
            break
        low, high = narrower, nearer
        end += 1
    return end, (low + high) / 2


def _is_text(rows: Sequence[list[Run]], right: float) -> bool:
    """Whether one side of a gutter holds running text: lines that fill it, not labels or numbers."""
    filled = [row for row in rows if row]
    if len(filled) < _FEWEST_ROWS:
        return False
    width = right - min(row[0].left for row in filled)
    wide = sum(1 for row in filled if row[-1].right - row[0].left >= 0.7 * width)
    length = sum(len(run.text) for row in filled for run in row) / len(filled)
    return wide * 2 >= len(filled) and length >= _LONG_LINE


def _right(rows: Iterable[list[Run]]) -> float:
    return max((row[-1].right for row in rows if row), default=0)


def _joined(row: Sequence[Run]) -> str:
    text = row[0].text
    for left, right in pairwise(row):
        gap = right.left - left.right
        text += ("\t" if gap > 1.5 * right.height else " ") + right.text
    return text


GAP: Final = "\u200a"  # a blank that does not stand in the file, but seems to
_AUTOSPACE: Final = 0.4
_AUTOSPACED: Final = re.compile("[\u3400-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u3400-\u9fff]")
_FEWEST_ROWS: Final = 4
_WHITE: Final = 1.2  # how many line heights part columns
_LONG_LINE: Final = 8
_SHORTEST_WRAPPED: Final = 6
# How a line begins that goes on with nothing: an ordinal, a label.
_BEGINS: Final = re.compile(
    rf"(?:{OWN_NUMERAL.pattern}|\d{{1,2}}(?:\.\d{{1,2}}){{2,3}}|\d{{1,2}}\.\d{{1,2}}\s|第[一二三四五六七八九十百\d]+[章节条款篇]"
    r"|[-–—*]\s|[^\d\s：:，。；（(]{1,8}[：:])"
)
_ENDS: Final = re.compile(r"[。；;！!？?]\s*$")
_PIECE: Final = re.compile("[\u4e00-\u9fff]?[^\u4e00-\u9fff\\s]*")
