"""Slides whose text boxes came out one after another: titles before or behind their sentences, numbers strewn in.

A deck has habits (how chapters are marked, where titles and labels stand), and each slide may break them, as the order
of boxes is the order in which someone drew them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from gangwei.synth.brief import Brief
from gangwei.synth.sheet import Draft, Kind, Sheet, han_number, sentences
from gangwei.synth.vocabulary import Post, Unit

_ENGLISH: Final = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT")
_WEIGHT: Final = re.compile(r"[（(](?:权重)?\d+[%分][)）]$")
_FIGURE: Final = re.compile(r"\d")
_MOST_ON_SLIDE: Final = 4


class _Habits(NamedTuple):
    """How one deck's author draws."""

    first: float  # how often a title stands before its sentences
    labels: str
    numbers: str
    mark: str
    lines: bool
    broken: bool  # a site's line end now and then between two chapters


def slides_flat(brief: Brief, rng: Random) -> Draft:
    """A slide deck run together: cover, contents, a chapter a department, requirements and indicators on slides of
    their own, and advice that is nobody's duty."""
    habits = _Habits(
        rng.choice((0.0, 0.2, 0.5, 0.8, 1.0)),
        rng.choice(("none", "before", "behind", "mixed", "mixed")),
        rng.choice(("none", "slide", "slide", "box", "strewn")),
        rng.choice(("CHAPTER behind", "CHAPTER behind", "PART before", "PART behind", "han before", "number")),
        rng.random() < 0.12,
        rng.random() < 0.5,
    )
    deck = _Deck(brief, rng, habits)
    deck.write()
    return deck.draft()


class _Deck:
    """A deck as it is written. It lives inside `slides_flat`."""

    def __init__(self, brief: Brief, rng: Random, habits: _Habits) -> None:
        self._brief, self._rng, self._habits = brief, rng, habits
        self._sheet = Sheet()
        self._roles: list[Post] = []
        self._units: tuple[Unit, ...] = ()
        self._named = rng.random() < 0.7
        self._title = (brief.company if self._named else "") + rng.choice(brief.words("slides.titles"))

    def draft(self) -> Draft:
        company = self._brief.company if self._named else None
        return Draft(self._sheet.pieces, tuple(self._roles), self._units, company, self._title, hant=self._brief.hant)

    def write(self) -> None:
        brief, rng = self._brief, self._rng
        departments: dict[str, list[Post]] = {}
        for post in brief.posts:
            departments.setdefault(post.department or "", []).append(post)
        if rng.random() < 0.5 and len(brief.units) > 1:
            # One sentence a unit; no more units than a slide has places.
            self._units = tuple(Unit(unit.name, sentences(unit.functions)[:1]) for unit in brief.units[:4])
        later = [name for name in ("requirements", "kpis") if rng.random() < 0.35]
        openings = [rng.choice(brief.words("slides.unit_chapters"))] if self._units else []
        tail = rng.choice(("岗位职责", "岗位职责", "岗位角色与职责", "岗位分工", "岗位设置与职责"))
        openings += [f"{name}{tail}" for name in departments]
        openings += [rng.choice(brief.words(f"slides.{name}_chapters")) for name in later]
        openings.append(rng.choice(brief.words("slides.advice_chapters")))
        self._cover(openings)
        number = 0
        if self._units:
            self._open(number, openings[number])
            self._unit_slide()
            number += 1
        for name, posts in departments.items():
            self._open(number, openings[number])
            self._chapter(name, posts)
            number += 1
        for name in later:
            self._open(number, openings[number])
            self._later_chapter(name)
            number += 1
        self._open(number, openings[number])
        for _ in range(rng.randint(1, 2)):
            self._advice_slide()
        self._box(Kind.NOISE, rng.choice(("感谢聆听", "谢谢观看", "感谢您的聆听THANKYOU", "THANKS")))
        self._sheet.put(Kind.BREAK, "\n")

    def _box(self, kind: Kind, text: str) -> None:
        self._sheet.put(kind, text)
        if self._habits.lines and text and kind is not Kind.STOP:
            self._sheet.put(Kind.MARKUP, "\n")

    def _sentence(self, kind: Kind, text: str) -> None:
        self._sheet.put(kind, text)
        if not self._habits.lines or self._rng.random() < 0.5:
            self._sheet.put(Kind.STOP, "。")
        if self._habits.lines:
            self._sheet.put(Kind.MARKUP, "\n")

    def _cover(self, openings: Sequence[str]) -> None:
        rng = self._rng
        self._box(Kind.HEADING, self._title)
        author = rng.choice(("XX", "AA", "人力资源部", "代用名", "XXX"))
        self._box(Kind.NOISE, f"汇报人：{author}20{rng.randint(16, 24)}-{rng.randint(1, 12):02}-15")
        self._box(Kind.NOISE, rng.choice(("目录CONTENTS", "目录CONTENTS", "CONTENTS目录", "目录")))
        numbered = self._habits.mark == "number" or rng.random() < 0.2
        for number, opening in enumerate(openings, 1):
            if numbered:
                self._box(Kind.NOISE, f"{number:02}")
            self._box(Kind.NOISE, opening)

    def _open(self, number: int, heading: str) -> None:
        if self._habits.broken and self._rng.random() < 0.2:
            self._sheet.put(Kind.BREAK, "\n\n")
        number += 1
        mark = self._habits.mark
        if mark == "PART before":
            self._box(Kind.NOISE, f"PART{number:02}" if number % 2 else f"PART {_ENGLISH[min(number, 8) - 1]}")
        elif mark == "han before":
            self._box(Kind.NOISE, f"第{han_number(number)}部分")
        else:
            self._box(Kind.NOISE, f"{number:02}")
        self._box(Kind.HEADING, heading)
        if mark == "CHAPTER behind":
            self._box(Kind.NOISE, "CHAPTER")
        elif mark == "PART behind":
            self._box(Kind.NOISE, f"PART{_ENGLISH[min(number, 8) - 1]}")

    def _numbers(self, count: int) -> str:
        """The numbers of a slide's boxes, in the order in which they were drawn."""
        numbers = [f"{place:02}" for place in range(1, count + 1)]
        if self._rng.random() < 0.4:
            self._rng.shuffle(numbers)
        return "".join(numbers)

    def _unit_slide(self) -> None:
        rng, units = self._rng, self._units
        shape = rng.choice(("behind", "behind", "before", "split"))
        if rng.random() < 0.6:
            self._box(Kind.NOISE, rng.choice(self._brief.words("slides.unit_heads")))
        first = rng.randint(1, len(units) - 1) if shape == "split" else len(units) if shape == "behind" else 0
        for unit in units[:first]:
            self._sentence(Kind.ITEM, unit.functions[0])
        for unit in units:
            self._box(Kind.TITLE, unit.name)
        if self._habits.numbers != "none":
            self._box(Kind.NOISE, self._numbers(len(units)))
        for unit in units[first:]:
            self._sentence(Kind.ITEM, unit.functions[0])

    def _chapter(self, department: str, posts: Sequence[Post]) -> None:
        rng = self._rng
        left = list(posts)
        while left:
            if len(left) > 1 and rng.random() < 0.2:
                count = min(len(left), rng.randint(2, 4))
                self._row(department, left[:count])
            elif len(left) > 1 and rng.random() < 0.2:
                count = 2
                self._pair(department, left[:2])
            else:
                count = 1
                self._slide(department, left[0])
            left = left[count:]
        if rng.random() < 0.12:
            self._box(Kind.NOISE, rng.choice(self._brief.words("slides.slogans")))

    def _slide(self, department: str, post: Post) -> None:
        """A slide of one post."""
        rng, habits = self._rng, self._habits
        duties = sentences(post.duties)
        if len(duties) > _MOST_ON_SLIDE:
            duties = duties[: rng.randint(2, _MOST_ON_SLIDE)]
        is_first = rng.random() < habits.first
        labels = rng.choice(("none", "before", "behind")) if habits.labels == "mixed" else habits.labels
        strewn = rng.randint(0, len(duties)) if habits.numbers == "strewn" else -1
        if habits.numbers == "slide" and rng.random() < 0.7:
            self._box(Kind.NOISE, self._numbers(len(duties)))
        if is_first:
            self._box(Kind.TITLE, post.title)
        shown: set[str] = set()
        for place, duty in enumerate(duties):
            if place == strewn:
                self._box(Kind.NOISE, self._numbers(rng.randint(1, len(duties))))
            label = self._label(duty) if labels != "none" else ""
            label = "" if label in shown else label  # no slide has two boxes of one name
            shown.add(label)
            if labels == "before":
                self._box(Kind.NOISE, label)
            if habits.numbers == "box":
                self._box(Kind.NOISE, f"{place + 1:02}")
            self._sentence(Kind.ITEM, duty)
            if labels == "behind":
                self._box(Kind.NOISE, label)
        if not is_first:
            self._box(Kind.TITLE, post.title)
        self._roles.append(Post(post.title, department or None, duties=duties))

    def _row(self, department: str, posts: Sequence[Post]) -> None:
        """Posts in a row, and a sentence for each behind or before them."""
        rng = self._rng
        chosen = [rng.choice(sentences(post.duties)) for post in posts]
        names_first = rng.random() < 0.6
        if not names_first:
            for duty in chosen:
                self._sentence(Kind.ITEM, duty)
        for post in posts:
            self._box(Kind.TITLE, post.title)
        if rng.random() < 0.5:
            self._box(Kind.NOISE, rng.choice(self._brief.words("slides.row_heads")))
        self._box(Kind.NOISE, self._numbers(len(posts)))
        if names_first:
            for duty in chosen:
                self._sentence(Kind.ITEM, duty)
        self._roles += [
            Post(post.title, department or None, duties=(duty,)) for post, duty in zip(posts, chosen, strict=True)
        ]

    def _pair(self, department: str, posts: Sequence[Post]) -> None:
        """Two posts with a block of prose each; their names together head the slide."""
        rng = self._rng
        if rng.random() < 0.3:
            self._box(Kind.NOISE, "/".join(post.title for post in posts))
        for post in posts:
            duties = sentences(post.duties)[: rng.randint(2, 3)]
            is_first = rng.random() < 0.6
            if is_first:
                self._box(Kind.TITLE, post.title)
            for place, duty in enumerate(duties):
                self._sheet.put(Kind.ITEM, duty)
                self._sheet.put(Kind.STOP, "；" if place < len(duties) - 1 else "。")
            if self._habits.lines:
                self._sheet.put(Kind.MARKUP, "\n")
            if not is_first:
                self._box(Kind.TITLE, post.title)
            self._roles.append(Post(post.title, department or None, duties=duties))

    def _later_chapter(self, name: str) -> None:
        """A chapter of requirements or indicators of posts that are known."""
        rng = self._rng
        if rng.random() < 0.4:
            self._box(Kind.NOISE, rng.choice(self._brief.words(f"slides.{name}_heads")))
        is_first = rng.random() < 0.5
        by_title = {post.title: post for post in self._brief.posts}
        places = sorted(rng.sample(range(len(self._roles)), min(len(self._roles), rng.randint(2, 4))))
        for place in places:
            role = self._roles[place]
            items = self._items(by_title[role.title], name)
            if not items or any(other.title == role.title for other in self._roles if other is not role):
                continue
            if is_first:
                self._box(Kind.TITLE, role.title)
            for item in items:
                if name == "kpis":
                    self._box(Kind.ITEM, item)
                else:
                    self._sentence(Kind.ITEM, item)
            if not is_first:
                self._box(Kind.TITLE, role.title)
            self._roles[place] = role._replace(kpis=items) if name == "kpis" else role._replace(requirements=items)

    def _items(self, post: Post, name: str) -> tuple[str, ...]:
        if name == "requirements":
            return sentences(post.requirements)[:2]
        bare = [_WEIGHT.sub("", kpi) for kpi in post.kpis]
        return tuple(kpi for kpi in bare if _FIGURE.search(kpi))[:2]

    def _advice_slide(self) -> None:
        """What is nobody's duty: labels with a sentence each, and a head."""
        rng, brief = self._rng, self._brief
        pairs = rng.sample(brief.words("slides.advice"), rng.randint(2, 4))
        head = rng.choice(brief.words("slides.advice_heads"))
        is_first = rng.random() < 0.5
        if is_first:
            self._box(Kind.NOISE, head)
        behind = rng.random() < 0.5
        for pair in pairs:
            label, sentence = pair.split("：", 1)
            if not behind:
                self._box(Kind.NOISE, label)
            self._sentence(Kind.PROSE, sentence)
            if behind:
                self._box(Kind.NOISE, label)
        if not is_first:
            self._box(Kind.NOISE, head)

    def _label(self, sentence: str) -> str:
        return next(label for word, label in self._brief.vocabulary.slide_labels if word in sentence)
