"""Faults of a page's make-up: labels, ordinals, line ends, marks, and what a site puts between. The gold never changes.

`FAULTS` at the foot names them all, in the order in which they are made, with the kinds of documents that can have them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final, NamedTuple

from gangwei.synth.garble import gbk_shift, glosses, radicals, swapped
from gangwei.synth.page_furniture import chunk_numbers, furniture, page_heads
from gangwei.synth.sheet import Draft, Kind, Piece, Shape
from gangwei.synth.vocabulary import vocabulary

_TEXT: Final = frozenset(
    {Kind.LABEL, Kind.MARK, Kind.VALUE, Kind.ITEM, Kind.STOP, Kind.ORDINAL, Kind.HEADING, Kind.PROSE}
)
_NUMBER: Final = re.compile(r"\d+")
_HALF: Final = str.maketrans("，：；（）", ",:;()")
_WIDE: Final = str.maketrans(",:;()0123456789", "，：；（）０１２３４５６７８９")
_MIXED: Final = str.maketrans("，；", ",;")
_SIGNS: Final = str.maketrans("≥≤", "≧≦")
_MANGLED: Final = {"五、": "动词 (verb的缩写)", "六、": "不及物动词 "}


def label_swaps(draft: Draft, _: Random) -> Draft:
    """Synonyms in labels, as sites that copy put them: 附属部门 for 所属部门."""

    def swap(piece: Piece) -> Piece:
        text = piece.text
        for old, new in vocabulary().swaps:
            text = text.replace(old, new)
        return Piece(piece.kind, text)

    return _each(draft, {Kind.LABEL}, swap)


def label_blanks(draft: Draft, rng: Random) -> Draft:
    """Blanks between the characters of short labels, the same labels all through: 职 务."""
    blank = rng.choice((" ", "  ", "　"))
    spaced: dict[str, bool] = {}

    def spread(piece: Piece) -> Piece:
        if spaced.setdefault(piece.text, rng.random() < 0.6) and re.fullmatch("[一-鿿]{2,4}", piece.text):
            return Piece(piece.kind, blank.join(piece.text))
        return piece

    return _each(draft, {Kind.LABEL}, spread)


def mangled_ordinals(draft: Draft, rng: Random) -> Draft:
    """Ordinals after a translation there and back: 1。 for 1、, a part of speech for 五、."""

    def mangle(piece: Piece) -> Piece:
        text = piece.text
        if text in _MANGLED and rng.random() < 0.5:
            return Piece(piece.kind, _MANGLED[text], piece.number)
        if text[-1:] in ("、", ".") and rng.random() < 0.3:
            return Piece(piece.kind, text[:-1] + rng.choice(("。", ",")), piece.number)
        return piece

    return _each(draft, {Kind.ORDINAL}, mangle)


def missing_ordinals(draft: Draft, rng: Random) -> Draft:
    """A number that is skipped, or an item that lost its ordinal where a line of its own still shows it."""
    pieces = list(draft.pieces)
    for places in _lists(draft.pieces):
        if len(places) < 3 or rng.random() < 0.5:
            continue
        chosen = rng.randrange(1, len(places))
        if pieces[places[chosen] - 1].kind is Kind.LINE and rng.random() < 0.5:
            # Emptied, not taken out: the places of the others stay good.
            pieces[places[chosen]] = Piece(Kind.ORDINAL, "", 0)
        else:
            for place in places[chosen:]:
                pieces[place] = _renumbered(pieces[place], +1)
    return replace(draft, pieces=tuple(piece for piece in pieces if piece.text))


def doubled_ordinals(draft: Draft, rng: Random) -> Draft:
    """A number used twice, or an ordinal printed twice."""
    pieces = list(draft.pieces)
    for places in _lists(draft.pieces):
        if len(places) < 3 or rng.random() < 0.5:
            continue
        chosen = rng.randrange(2, len(places))
        if rng.random() < 0.5:
            piece = pieces[places[chosen]]
            pieces[places[chosen]] = Piece(piece.kind, piece.text.rstrip() * 2, piece.number)
        else:
            for place in places[chosen:]:
                pieces[place] = _renumbered(pieces[place], -1)
    return replace(draft, pieces=tuple(pieces))


def _lists(pieces: tuple[Piece, ...]) -> list[list[int]]:
    """The places of the ordinals of each list with Arabic numbers."""
    found: list[list[int]] = []
    for place, piece in enumerate(pieces):
        if piece.kind is not Kind.ORDINAL or not piece.number:
            continue
        if piece.number == 1:
            found.append([])
        if found and _NUMBER.search(piece.text):
            found[-1].append(place)
    return found


def _renumbered(piece: Piece, by: int) -> Piece:
    return Piece(piece.kind, _NUMBER.sub(lambda match: str(int(match[0]) + by), piece.text, count=1), piece.number)


def lost_breaks(draft: Draft, rng: Random) -> Draft:
    """All on one line. Where a line end alone parted two items a blank is left, as a reader needs it."""
    between = rng.choice(("", " "))
    pieces = []
    for piece in draft.pieces:
        if piece.kind is Kind.BREAK and "\n" in piece.text:
            pieces.append(Piece(Kind.BREAK, between))
        elif piece.kind is Kind.LINE:
            pieces.append(Piece(Kind.LINE, " "))
        elif piece.kind is Kind.MARK and "\n" in piece.text:
            pieces.append(Piece(Kind.MARK, piece.text.replace("\n", " ")))
        else:
            pieces.append(piece)
    return replace(draft, pieces=tuple(pieces))


def widths(draft: Draft, rng: Random) -> Draft:
    """Marks in half width, in full width with the digits, or some so and some so."""
    table = rng.choice((_HALF, _WIDE, _MIXED))
    share = 0.4 if table is _MIXED else 1.0

    def fold(piece: Piece) -> Piece:
        return Piece(piece.kind, piece.text.translate(table), piece.number) if rng.random() < share else piece

    return _each(draft, _TEXT, fold)


def blanks_2800(draft: Draft, rng: Random) -> Draft:
    """Lines that hold nothing but a Braille blank, as pages print them for room."""

    def widen(piece: Piece) -> Piece:
        return Piece(piece.kind, "\n\u2800\n") if piece.text == "\n" and rng.random() < 0.3 else piece

    return _each(draft, {Kind.BREAK, Kind.LINE}, widen)


def br_remnants(draft: Draft, _: Random) -> Draft:
    """`<br>` stripped to its letters, before ordinals that stood on a line of their own."""
    pieces = list(draft.pieces)
    for place in range(1, len(pieces)):
        if (
            pieces[place].kind is Kind.ORDINAL
            and pieces[place].text[:1].isdigit()
            and pieces[place - 1].kind is Kind.LINE
        ):
            pieces[place - 1] = Piece(Kind.LINE, "br")
    return replace(draft, pieces=tuple(pieces))


def escaped_newlines(draft: Draft, rng: Random) -> Draft:
    """Line ends as backslash and letter, as dumps of records have them."""
    end = rng.choice(("\\n", "\\r\\n"))
    return _each(
        draft, {Kind.BREAK, Kind.LINE, Kind.MARK}, lambda piece: piece._replace(text=piece.text.replace("\n", end))
    )


def big5(draft: Draft, _: Random) -> Draft:
    """Big5, which has ≧ and no ≥."""
    signed = tuple(Piece(piece.kind, piece.text.translate(_SIGNS), piece.number) for piece in draft.pieces)
    return replace(draft, pieces=signed, encoding="big5")


def _encoded(codec: str) -> Callable[[Draft, Random], Draft]:
    return lambda draft, _: replace(draft, encoding=codec)


def _each(draft: Draft, kinds: set[Kind] | frozenset[Kind], change: Callable[[Piece], Piece]) -> Draft:
    return replace(draft, pieces=tuple(change(piece) if piece.kind in kinds else piece for piece in draft.pieces))


class Fault(NamedTuple):
    """How a fault is made, and in what kinds of documents. `late`: after conversion to Traditional."""

    apply: Callable[[Draft, Random], Draft]
    shapes: frozenset[Shape]
    late: bool = False


_PROSE: Final = frozenset({Shape.PROSE})
_PLAIN: Final = frozenset({Shape.PROSE, Shape.ROWS})
_ALL: Final = frozenset(Shape)

FAULTS: Final[dict[str, Fault]] = {
    "label_swaps": Fault(label_swaps, _ALL),
    "label_blanks": Fault(label_blanks, _ALL),
    "missing_ordinals": Fault(missing_ordinals, _ALL),
    "doubled_ordinals": Fault(doubled_ordinals, _ALL),
    "mangled_ordinals": Fault(mangled_ordinals, _ALL),
    "page_heads": Fault(page_heads, _PROSE),
    "chunk_numbers": Fault(chunk_numbers, _PROSE),
    "widths": Fault(widths, _ALL),
    "br_remnants": Fault(br_remnants, _PROSE),
    "blanks_2800": Fault(blanks_2800, _PROSE),
    "lost_breaks": Fault(lost_breaks, _PROSE),
    "furniture": Fault(furniture, _PLAIN),
    "escaped_newlines": Fault(escaped_newlines, _PROSE),
    "swapped": Fault(swapped, _ALL, late=True),
    "radicals": Fault(radicals, _ALL, late=True),
    "gbk_shift": Fault(gbk_shift, _ALL, late=True),
    "glosses_light": Fault(glosses(0.15, whole=False), _ALL, late=True),
    "glosses_medium": Fault(glosses(0.5, whole=False), _ALL, late=True),
    "glosses_heavy": Fault(glosses(0.95, whole=True), _ALL, late=True),
    "utf8_bom": Fault(_encoded("utf-8-sig"), _ALL, late=True),
    "utf16": Fault(_encoded("utf-16"), _ALL, late=True),
    "gb18030": Fault(_encoded("gb18030"), _ALL, late=True),
    "big5": Fault(big5, _ALL, late=True),
}
