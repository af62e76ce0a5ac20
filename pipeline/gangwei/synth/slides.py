"""Slides whose text boxes came out one after another: titles before or behind their sentences, numbers strewn in."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import Draft, Kind, Sheet, han_number, sentences
from gangwei.synth.vocabulary import Post, Unit

_NUMBERS: Final = ("01", "02", "03", "04", "010203", "01020304", "010302", "030201")


def slides_flat(brief: Brief, rng: Random) -> Draft:
    """A slide deck run together: cover, contents, a chapter a department, and advice that is nobody's duty.

    A chapter keeps its posts' titles all before or all behind their sentences, so that a reader can tell.
    """
    chapters: dict[str, list[Post]] = {}
    for post in brief.posts:
        chapters.setdefault(post.department or "", []).append(post)
    named = rng.random() < 0.7
    title = f"{brief.company if named else ''}岗位设置与职责"
    # One sentence a unit; no more units than a slide has places.
    units = (
        tuple(Unit(unit.name, sentences(unit.functions)[:1]) for unit in brief.units[:4]) if rng.random() < 0.5 else ()
    )
    headings = (["部门职能概述"] if units else []) + [f"{name}岗位职责" for name in chapters] + ["考核与持续改进"]
    sheet = Sheet()
    sheet.put(Kind.HEADING, title)
    sheet.put(
        Kind.NOISE,
        f"汇报人：{rng.choice(('XX', 'AA', '人力资源部'))}20{rng.randint(16, 24)}-{rng.randint(1, 12):02}-15",
    )
    sheet.put(Kind.NOISE, "目录CONTENTS")
    for heading in headings:
        sheet.put(Kind.NOISE, heading)
    labels = rng.choice(("", "", "before", "behind"))
    roles: list[Post] = []
    number = 0
    if units:
        number += 1
        _open(sheet, number, headings[0], rng)
        for unit in units:
            sheet.put(Kind.ITEM, unit.functions[0])
            sheet.put(Kind.STOP, "。")
        for unit in units:
            sheet.put(Kind.TITLE, unit.name)
        sheet.put(Kind.NOISE, "".join(f"{place:02}" for place in range(1, len(units) + 1)))
    for department, posts in chapters.items():
        number += 1
        _open(sheet, number, f"{department}岗位职责", rng)
        roles += _chapter(sheet, department, posts, brief, labels, rng)
    _open(sheet, number + 1, "考核与持续改进", rng)
    for sentence in rng.sample(brief.words("prose.essay"), 2):
        sheet.put(Kind.PROSE, sentence)
    sheet.put(Kind.NOISE, "感谢聆听\n")
    return Draft(sheet.pieces, tuple(roles), units, brief.company if named else None, title, hant=brief.hant)


def _open(sheet: Sheet, number: int, heading: str, rng: Random) -> None:
    sheet.put(Kind.NOISE, f"{number:02}")
    sheet.put(Kind.HEADING, heading)
    sheet.put(Kind.NOISE, rng.choice(("CHAPTER", "CHAPTER", f"第{han_number(number)}部分")))
    sheet.put(Kind.BREAK, rng.choice(("", "", "\n\n")))


def _chapter(
    sheet: Sheet, department: str, posts: Sequence[Post], brief: Brief, labels: str, rng: Random
) -> list[Post]:
    behind = rng.random() < 0.5
    strewn = rng.random() < 0.6
    roles = []
    for post in posts:
        duties = sentences(post.duties)
        if strewn:
            sheet.put(Kind.NOISE, rng.choice(_NUMBERS))
        if not behind:
            sheet.put(Kind.TITLE, post.title)
        shown: set[str] = set()
        for duty in duties:
            label = _label(duty, brief) if labels else ""
            if label in shown:
                label = ""  # no slide has two boxes of one name
            shown.add(label)
            if labels == "before":
                sheet.put(Kind.NOISE, label)
            sheet.put(Kind.ITEM, duty)
            sheet.put(Kind.STOP, "。")
            if labels == "behind":
                sheet.put(Kind.NOISE, label)
        if behind:
            sheet.put(Kind.TITLE, post.title)
        roles.append(Post(post.title, department or None, duties=duties))
    return roles


def _label(sentence: str, brief: Brief) -> str:
    return next(label for word, label in brief.vocabulary.slide_labels if word in sentence)
