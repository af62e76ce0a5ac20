"""Where the forms of a text begin that it repeats, and what opens each of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from gangwei.appraisals import is_of_appraiser
from gangwei.form_words import GOES_ON_FROM, SURE, Form
from gangwei.label_values import VALUE_LOOK, value_fits
from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

# A bound that keeps the work linear in the text: how much of each form is compared.
_LONGEST_FORM: Final = 6_000
_SHORTEST_FORM: Final = 12
_HEAD_LOOK: Final = 80
# The name of the paper that opens each form.
_PAPER: Final = re.compile(
    "(?:(?:说明|原则|阐明|描述|职务|责任|任务|职责|规范)书|规范|[职岗][位务]表|(?:登记|说明|描述|分析)表)(?:[（(][^（）()]{2,30}[)）])?"
)
_LONGEST_HEAD: Final = 40
HEAD: Final = LabelRule("other.head", Field.OTHER, (), "strong")


def word_behind(titles: Sequence[Hit], hits: Sequence[Hit]) -> str:
    """The label word that stands behind the posts' names most often."""
    starts = [hit.start for hit in hits]
    places = [bisect_left(starts, title.end) for title in titles]
    near = [
        hits[at].word for at, title in zip(places, titles, strict=True) if at < len(hits) and _is_near(title, hits[at])
    ]
    return Counter(near or [""]).most_common(1)[0][0]


def _is_near(title: Hit, hit: Hit) -> bool:
    return hit.start - title.end <= VALUE_LOOK


def starts_of(compact: str, offsets: Sequence[int], titles: Sequence[Hit], behind: str, names: Names) -> list[int]:
    """Where the forms begin: at the labels of posts' names, also those that a segmenter has cut wrongly.

    An everyday word (岗位) is one where a post's name stands between it and the word that stands `behind` such names.
    """
    starts = {bisect_left(offsets, hit.start) for hit in titles}
    word, rule = titles[0].word, titles[0].rule
    taken = {place + shift for place in starts for shift in range(4)}
    place = compact.find(word)
    while place >= 0:
        if (
            place not in taken
            and compact[place - 1 : place] not in GOES_ON_FROM
            and not is_of_appraiser(compact, place)
        ):
            name = place + len(word)
            end = compact.find(behind, name, name + VALUE_LOOK) if behind else -1
            fits = end >= 0 and word not in compact[name:end] and value_fits(compact, name, end, rule, word, names)
            if rule.strength in SURE or fits:
                starts.add(place)
        place = compact.find(word, place + 1)
    return sorted(starts)


def heads_of(compact: str, offsets: Sequence[int], starts: Sequence[int]) -> Iterator[Hit]:
    """What stands before each form and opens it, the paper's name in it: 某某公司岗位说明书|岗位名称…"""
    length = min(starts[0], _LONGEST_HEAD)
    while length and len({compact[start - length : start] for start in starts}) > 1:
        length -= 1
    found = list(_PAPER.finditer(compact, starts[0] - length, starts[0]))
    if not found:
        return
    behind = starts[0] - found[-1].end()
    word = compact[starts[0] - length : found[-1].end()]
    for start in starts:
        yield Hit(offsets[start - length], offsets[start - behind - 1] + 1, word, HEAD)


def forms_of(compact: str, gaps: Sequence[int], starts: Sequence[int]) -> list[Form]:
    """The forms of a text, each from one start to the next; `gaps` are the places that a blank stood before."""
    longest = max(b - a for a, b in pairwise(starts))
    ends = [*starts[1:], min(len(compact), starts[-1] + longest + _HEAD_LOOK)]
    forms: list[Form] = []
    for start, stop in zip(starts, ends, strict=True):
        end = min(stop, start + _LONGEST_FORM)
        if end - start >= _SHORTEST_FORM:
            within = gaps[bisect_left(gaps, max(start, 1)) : bisect_left(gaps, end)]
            forms.append(Form(compact[start:end], start, frozenset([gap - start for gap in within])))
    return forms


def behind_groups(compact: str, offsets: Sequence[int], label: str, rule: LabelRule) -> Iterator[Hit]:
    """The places of a label of the form behind the numbers of further groups of duties: 职责二：|工作任务…"""
    if "职责二" not in compact:
        return
    for number in "二三四五六七八":
        for mark in ("", ":", "："):
            place = compact.find(word := f"职责{number}{mark}{label}")
            while place >= 0:
                end = place + len(word)
                yield Hit(offsets[end - len(label)], offsets[end - 1] + 1, label, rule)
                place = compact.find(word, end)
