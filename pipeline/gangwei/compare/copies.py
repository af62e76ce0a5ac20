"""Passages that roles of different sources have in the same words: one template is not twenty companies.

A passage is a run of duties that is too long to be alike by chance. It is looked for by windows of neighbouring duties: the
shortest that holds `_CHARACTERS`. Windows that overlap in one role, and are shared, are one passage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from gangwei.compare.corpus import Corpus
from gangwei.compare.duties import Duties
from gangwei.compare.stars import stars

_CHARACTERS: Final = 45
_ALONE: Final = 70  # of a single duty
_ALIKE: Final = 0.9  # of two wordings by insertions and deletions: typing errors, another company's name
_NO_WORD: Final = re.compile(r"[\W\d_]+")

Window = tuple[int, ...]


class Passage(NamedTuple):
    """The part of a passage that a role has: its duties from `first` to `last`, in the order of the tables."""

    copy: int
    role: int
    first: int
    last: int


def passages(corpus: Corpus, duties: Duties) -> list[Passage]:
    """The passages that roles of at least two sources have, numbered from 0 in the order of their first role."""
    wordings = _near_copies(corpus, duties)
    windows = [list(_windows(corpus, wordings, role)) for role in range(len(corpus.roles))]
    sources: dict[Window, object] = {}
    shared: set[Window] = set()
    for role, found in enumerate(windows):
        source = corpus.roles[role].source
        shared |= {key for key, *_ in found if sources.setdefault(key, source) != source}
    joined: dict[Window, Window] = {}

    def root(key: Window) -> Window:
        while (above := joined.get(key, key)) != key:
            joined[key] = key = joined.get(above, above)
        return key

    for found in windows:
        before: tuple[Window, int] | None = None
        for key, first, last in found:
            if key in shared:
                if before is not None and first <= before[1]:
                    joined[root(key)] = root(before[0])
                before = key, last
    return list(_numbered(windows, shared, root))


def _numbered(
    windows: Sequence[list[tuple[Window, int, int]]], shared: set[Window], root: Callable[[Window], Window]
) -> Iterator[Passage]:
    numbers: dict[Window, int] = {}
    for role, found in enumerate(windows):
        open_: Passage | None = None
        for key, first, last in found:
            if key not in shared:
                continue
            copy = numbers.setdefault(root(key), len(numbers))
            if open_ is not None and open_.copy == copy and first <= open_.last + 1:
                open_ = open_._replace(last=last)
                continue
            if open_ is not None:
                yield open_
            open_ = Passage(copy, role, first, last)
        if open_ is not None:
            yield open_


def _windows(corpus: Corpus, wordings: Sequence[tuple[int, int]], role: int) -> Iterator[tuple[Window, int, int]]:
    """The shortest runs that are long enough, from each duty on and up to each: wordings, first and last duty."""
    duties = corpus.duties(role)
    own = [wordings[corpus.text[duty]] for duty in duties]
    ahead = ((first, range(first, len(own))) for first in range(len(own)))
    back = ((last, range(last, -1, -1)) for last in range(len(own)))
    runs = {run for begin, places in (*ahead, *back) if (run := _long_enough(own, begin, places))}
    for first, last in sorted(runs):
        yield tuple(wording for wording, _ in own[first : last + 1]), duties.start + first, duties.start + last


def _long_enough(own: Sequence[tuple[int, int]], begin: int, places: range) -> tuple[int, int] | None:
    length = 0
    for place in places:
        length += own[place][1]
        if length >= (_ALONE if place == begin else _CHARACTERS):
            return min(begin, place), max(begin, place)
    return None


def _near_copies(corpus: Corpus, duties: Duties) -> list[tuple[int, int]]:
    """For each wording the one that it is a near copy of, perhaps itself, and its length without marks and figures."""
    bare = [_NO_WORD.sub("", text.text) for text in corpus.texts]
    firsts: dict[str, int] = {}
    same = [firsts.setdefault(text, number) for number, text in enumerate(bare)]
    among = sorted(firsts.values())

    def alike(one: int, other: int) -> float:
        return Indel.normalized_similarity(bare[one], bare[other], score_cutoff=_ALIKE)

    def edges(some: Sequence[int]) -> Iterator[tuple[int, int, float]]:
        places = [among[number] for number in some]
        ranks = dict(zip(places, some, strict=True))
        return ((ranks[i], ranks[j], alike(i, j)) for i, j in duties.candidates(places))

    star = stars([1] * len(among), edges, lambda i, j: alike(among[i], among[j]), _ALIKE)
    rank = {place: number for number, place in enumerate(among)}
    return [(among[star.middle[rank[first]]], len(text)) for first, text in zip(same, bare, strict=True)]
