"""Faults of characters, made as the world makes them: bytes dropped from GBK, pinyin in brackets, swapped look-alikes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import groupby
from random import Random
from typing import Final

from gangwei.errors import GangweiError
from gangwei.synth.sheet import Draft, Kind, Piece
from gangwei.synth.traditional import traditional

# Full-width marks that sites fold to ASCII byte by byte, without asking where a character begins.
_FOLDED: Final = {mark.encode("gbk"): chr(ord(mark) - 0xFEE0).encode() for mark in "！（），：；？"}

_RADICALS: Final = {
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code) for code in (*range(0x2F00, 0x2FD6), 0x2EE9, 0x2EDA)
}
_SWAPPED: Final = {ord("的"): "旳"}


def shift_gbk(text: str) -> str:
    """The text after a site folded full-width marks in its GBK bytes and decoded what was left.

    保 ends and 户's neighbour 客 begins with the two bytes of ？, so the fold eats half of each, and what follows is read
    one byte late until a character's second byte stands alone:

    >>> shift_gbk("確保客戶滿意，每月回訪")
    '確??蛻魸M意,每月回訪'
    >>> shift_gbk("檢查完成。客戶回訪")
    '檢查完成??蛻艋卦L'
    """
    data = text.encode("gb18030", "replace")
    for pair, mark in _FOLDED.items():
        data = data.replace(pair, mark)
    return "".join(_decode(data))


def _decode(data: bytes) -> Iterator[str]:
    """GB18030 as browsers decode it: a byte that opens nothing is a question mark, and the next one starts afresh."""
    while data:
        try:
            yield data.decode("gb18030")
            return
        except UnicodeDecodeError as error:
            yield data[: error.start].decode("gb18030") + "?"
            data = data[error.start + 1 :]


def gbk_shift(draft: Draft, _: Random) -> Draft:
    """Traditional pages only: there the shift ends after a few characters, as it does on the pages that show it."""
    if not draft.hant:
        return draft
    pieces: list[Piece] = []
    for is_markup, group in groupby(draft.pieces, key=lambda piece: piece.kind is Kind.MARKUP):
        run = list(group)
        # The fold knows no pieces: a stop and the next sentence are two neighbours like any others.
        text = "".join(piece.text for piece in run)
        if is_markup or (shifted := shift_gbk(text)) == text:
            pieces += run
        else:
            pieces.append(Piece(Kind.PROSE, shifted))
    return replace(draft, pieces=tuple(pieces))


def glosses(share: float, whole: bool) -> Callable[[Draft, Random], Draft]:
    """A fault that puts pinyin behind characters: behind a `share` of the characters that conversion changed, the same
    ones all through the page; with `whole`, some twice and some others too."""

    def apply(draft: Draft, rng: Random) -> Draft:
        changed = _changed()
        chosen: dict[str, bool] = {}
        doubled: dict[str, bool] = {}

        def gloss(text: str) -> str:
            shown = []
            for character in text:
                shown.append(character)
                if not "一" <= character <= "鿿":
                    continue
                if character not in chosen:
                    odds = share if character in changed else (share / 10 if whole or not draft.hant else 0.0)
                    chosen[character] = rng.random() < odds
                    doubled[character] = whole and rng.random() < 0.05
                if chosen[character]:
                    shown.append(f"({_pinyin(character)})" * (2 if doubled[character] else 1))
            return "".join(shown)

        return replace(draft, pieces=_over_text(draft, gloss))

    return apply


@cache
def _changed() -> frozenset[str]:
    return frozenset(new for old, new in traditional().characters.items() if ord(new) != old)


@cache
def _pinyin(character: str) -> str:
    try:
        pypinyin = import_module("pypinyin")  # for tests and benchmarks; the product has no use for it
    except ImportError:
        raise GangweiError("the fault glosses needs the package pypinyin") from None
    return str(pypinyin.pinyin(character, style=pypinyin.Style.TONE)[0][0])


def swapped(draft: Draft, _: Random) -> Draft:
    """旳 for 的 all through."""
    return replace(draft, pieces=_over_text(draft, lambda text: text.translate(_SWAPPED)))


def radicals(draft: Draft, _: Random) -> Draft:
    """Radicals for the characters that look like them, as PDF readers emit them."""
    return replace(draft, pieces=_over_text(draft, lambda text: text.translate(_RADICALS)))


def _over_text(draft: Draft, change: Callable[[str], str]) -> tuple[Piece, ...]:
    return tuple(
        piece if piece.kind is Kind.MARKUP else Piece(piece.kind, change(piece.text), piece.number)
        for piece in draft.pieces
    )
