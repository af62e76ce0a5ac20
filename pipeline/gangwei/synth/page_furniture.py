"""What pagination and document sites put into a text: page heads, their own numbers, and a frame of site text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from gangwei.synth.sheet import Draft, Kind, Piece
from gangwei.synth.vocabulary import vocabulary


def page_heads(draft: Draft, rng: Random) -> Draft:
    """The document's head and a page number at every so many characters, in mid-word as well as between items."""
    pages = max(2, sum(len(piece.text) for piece in draft.pieces) // 500 + 1)
    style = rng.choice(
        ("{head}第{n}页共{pages}页", "第 {n} 页 共 {pages} 页", "{head}", "\n- {n} -\n", "\n{head}\n第{n}页\n")
    )
    if not draft.head:
        style = "第 {n} 页 共 {pages} 页"
    return _interrupted(draft, rng.randint(350, 600), lambda n: style.format(head=draft.head, n=n, pages=pages), 1)


def chunk_numbers(draft: Draft, rng: Random) -> Draft:
    """A line end and the site's own number at every so many characters, in mid-word."""
    return _interrupted(draft, rng.randint(300, 700), lambda n: f"\n{n}、", 2)


def _interrupted(draft: Draft, every: int, text: Callable[[int], str], number: int) -> Draft:
    """The draft with noise inside items, between two Han characters, so that no number grows and no item is cut in two."""
    pieces: list[Piece] = []
    run = 0
    for piece in draft.pieces:
        run += len(piece.text)
        if run >= every and piece.kind is Kind.ITEM and (cut := _cut_place(piece.text)):
            pieces += (
                Piece(Kind.ITEM, piece.text[:cut]),
                Piece(Kind.NOISE, text(number)),
                Piece(Kind.ITEM, piece.text[cut:]),
            )
            number += 1
            run = 0
        else:
            pieces.append(piece)
    return replace(draft, pieces=tuple(pieces))


def _cut_place(text: str) -> int:
    """A place in the middle of an item with Han characters on both sides, or 0."""
    middle = len(text) // 2
    for place in range(middle, max(1, middle - 4), -1):
        if "一" <= text[place - 1] <= "鿿" and "一" <= text[place] <= "鿿":
            return place
    return 0


def furniture(draft: Draft, rng: Random) -> Draft:
    """What a document site prints around a page."""
    words = vocabulary().words
    values = {
        "n": rng.randint(1000000, 9999999),
        "date": f"202{rng.randint(0, 4)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}",
        "pages": rng.randint(3, 30),
        "kb": rng.randint(20, 90),
        "head": draft.head or "岗位职责",
    }
    before, behind = words["furniture.before"], words["furniture.behind"]
    opening = [before[i].format(**values) for i in sorted(rng.sample(range(len(before)), rng.randint(4, 10)))]
    ending = [behind[i] for i in sorted(rng.sample(range(len(behind)), rng.randint(3, 9)))]
    noise = (Piece(Kind.NOISE, "\n".join(opening) + "\n\n"), Piece(Kind.NOISE, "\n\n" + "\n".join(ending) + "\n"))
    return replace(draft, pieces=(noise[0], *draft.pieces, noise[1]))
