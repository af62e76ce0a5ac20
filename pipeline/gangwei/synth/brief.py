"""What a document is to say: the company, its posts with as much of each as the document has room for, its units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from gangwei.synth.vocabulary import Post, Unit, Vocabulary

_TARGET: Final = re.compile(r"([≥≤])(\d+(?:\.\d+)?)(.*)$")
_HALF: Final = str.maketrans("，：；（）", ",:;()")


class Brief(NamedTuple):
    """What a layout is asked to write. Texts stand as they are to be printed, in Simplified characters."""

    company: str
    industry: str
    posts: tuple[Post, ...]
    units: tuple[Unit, ...]
    hant: bool
    half: bool
    room: int
    vocabulary: Vocabulary

    def label(self, field: str, rng: Random) -> str:
        labels = self.vocabulary.labels[field]
        return rng.choice(labels.hant if self.hant else labels.hans)

    def words(self, key: str) -> tuple[str, ...]:
        return self.vocabulary.words[key]

    def colon(self) -> str:
        return ":" if self.half else "："


def write_brief(
    vocabulary: Vocabulary, rng: Random, room: int, *, hant: bool = False, roles: Sequence[Post] | None = None
) -> Brief:
    """A brief of about `room` characters, of the posts given or of posts drawn from one company's industry."""
    industry = rng.choice(vocabulary.industries)
    company = rng.choice(industry.companies)
    half = rng.random() < 0.35
    if roles is None:
        chosen = _fill(_draw(vocabulary, industry.posts, rng), _Habits.drawn(vocabulary, rng, hant), rng, room)
    else:
        chosen = list(roles)
    units = rng.sample(industry.units, min(len(industry.units), 1 + room // 400))
    if half:
        chosen = [_halved(post) for post in chosen]
        units = [Unit(unit.name, _half_all(unit.functions)) for unit in units]
    return Brief(company, industry.name, tuple(chosen), tuple(units), hant, half, room, vocabulary)


class _Habits(NamedTuple):
    """How one document's author writes targets, weights and small labels."""

    target: str
    weight: str
    smalls: tuple[tuple[str, tuple[str, ...]], ...]
    generals: tuple[str, ...]

    @classmethod
    def drawn(cls, vocabulary: Vocabulary, rng: Random, hant: bool) -> _Habits:
        smalls: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if rng.random() < (0.8 if hant else 0.35):
            drawn = rng.sample(vocabulary.requirements, rng.randint(2, 4))
            colon = rng.choice("：：:")
            smalls = tuple(((small.hant if hant else small.label) + colon, small.values) for small in drawn)
        weight = rng.choice(("", "", "（权重{}%）", "({}%)", "（{}分）", "({}分)"))
        target = rng.choice(("as is", "as is", "as is", "in words", "above", "none"))
        return cls(target, weight, smalls, vocabulary.words["general_duties"])


def _draw(vocabulary: Vocabulary, own: Sequence[Post], rng: Random) -> Iterator[Post]:
    """The company's own posts first, then anybody's, then all over again."""
    first = rng.sample(own, len(own))
    yield from first
    others = [post for industry in vocabulary.industries for post in industry.posts if post not in first]
    rng.shuffle(others)
    while True:
        yield from others
        yield from first


def _fill(posts: Iterator[Post], habits: _Habits, rng: Random, room: int) -> list[Post]:
    chosen: list[Post] = []
    left = room
    for post in posts:
        shaped = _shape(post, habits, rng)
        length = length_of(shaped)
        if chosen and length > left:
            if left > 60:
                chosen.append(_cut(shaped, left))
            break
        chosen.append(shaped)
        left -= length
    return chosen


def length_of(post: Post) -> int:
    """How many characters a post's texts have, with a few for marks and labels."""
    lists = (post.duties, post.kpis, post.requirements, post.authorities, post.routines)
    return 40 + len(post.summary or "") + sum(len(text) + 3 for texts in lists for text in texts)


def _cut(post: Post, room: int) -> Post:
    """The post with so few of its duties, and little else, that it has room."""
    kept = post._replace(
        kpis=post.kpis[:1], requirements=post.requirements[:1], authorities=(), routines=(), summary=None
    )
    while len(kept.duties) > 2 and length_of(kept) > room:
        kept = kept._replace(duties=kept.duties[:-1])
    return kept


def _shape(post: Post, habits: _Habits, rng: Random) -> Post:
    duties = post.duties
    if (count := rng.randint(4, len(duties))) < len(duties):
        kept = sorted(rng.sample(range(len(duties)), count))
        duties = tuple(duties[i] for i in kept)
    if rng.random() < 0.4:
        duties += (rng.choice(habits.generals),)
    requirements = post.requirements
    if habits.smalls:
        requirements = tuple(label + rng.choice(values) for label, values in habits.smalls) + requirements[1:]
    return post._replace(duties=duties, kpis=_weighed(post.kpis, habits), requirements=requirements)


def _weighed(kpis: Sequence[str], habits: _Habits) -> tuple[str, ...]:
    """Indicators in the author's way, with weights that make a hundred.

    >>> _weighed(("漏检率≤0.3%",), _Habits("in words", "({}%)", (), ()))
    ('漏检率不超过0.3%(100%)',)
    """
    texts = [_TARGET.sub(lambda match: _in_words(match, habits.target), kpi) for kpi in kpis]
    if not habits.weight:
        return tuple(texts)
    left, weighed = 100, []
    for place, text in enumerate(texts, 1):
        share = left if place == len(texts) else left // (len(texts) - place + 1) // 10 * 10
        weighed.append(text + habits.weight.format(share))
        left -= share
    return tuple(weighed)


def _in_words(match: re.Match[str], habit: str) -> str:
    sign, number, unit = match.groups()
    up = sign == "≥"
    match habit:
        case "in words":
            return ("不低于" if up else "不超过") + number + unit
        case "above":
            # A measure per month keeps its sign: 5件/月以下 is nobody's Chinese.
            return sign + number + unit if "/" in unit else number + unit + ("以上" if up else "以下")
        case "none":
            return ""
        case _:
            return sign + number + unit


def _halved(post: Post) -> Post:
    return post._replace(
        summary=post.summary and post.summary.translate(_HALF),
        duties=_half_all(post.duties),
        kpis=_half_all(post.kpis),
        requirements=_half_all(post.requirements),
        authorities=_half_all(post.authorities),
        routines=_half_all(post.routines),
    )


def _half_all(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text.translate(_HALF) for text in texts)
