"""Which words stand before the names of posts: those of the document's own forms."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from gangwei.label_hits import HIT_START
from gangwei.label_values import TYPED, VALUE_LOOK, value_fits
from gangwei.label_words import Wordings
from gangwei.labels import LISTED, Label
from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.titles import Names

_FEWEST_TITLES: Final = 2


def sure_titles(text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The places of the sure word for posts' names that stands there most often, if any does more than once.

    It need not have been taken for a label: what stands behind it may be a label that we do not know.
    """
    sure = [hit for hit in hits if hit.rule.field is Field.TITLE and hit.rule.strength in ("strong", "fair")]
    return _commonest(text, [hit for hit in sure if text[hit.end : hit.end + 1] not in LISTED], hits)


def _head_tables(text: str, titles: Sequence[Hit], others: Sequence[Hit | Label]) -> bool:
    """Whether a line break and another label word stand right behind each of some words: heads of columns, set one
    below the other where a table goes on over pages."""
    starts = [other.start for other in others]
    for title in titles:
        place = bisect_right(starts, title.start)
        if place == len(others) or "\n" not in (gap := text[title.end : starts[place]]) or gap.strip():
            return False
    return True


def likely_titles(text: str, labels: Sequence[Label], words: Wordings) -> tuple[Hit, ...]:
    """The places of the label of posts' names, of the word that stands there most often, if any does more than once."""
    return _commonest(
        text,
        [
            Hit(label.start, label.end, label.word, label.rule)
            for label in labels
            if label.rule.field is Field.TITLE and not _is_others(text, label, words)
        ],
        labels,
    )


def paired_titles(text: str, hits: Sequence[Hit], words: Wordings, names: Names) -> tuple[Hit, ...]:
    """The places of an everyday word for posts' names (岗位, 职称) that begins a form again and again: a post's name stands
    between it and one and the same label word, each time."""
    pairs: dict[tuple[str, str], list[Hit]] = {}
    for hit, behind in pairwise(hits):
        is_near = 0 < behind.start - hit.end <= VALUE_LOOK and text[hit.end] not in LISTED
        if hit.rule.field is Field.TITLE and is_near and not _is_others(text, hit, words):
            pairs.setdefault((hit.word, behind.word), []).append(hit)
    starts = {hit.start: behind.start for hit, behind in pairwise(hits)} if pairs else {}
    for titles in sorted(pairs.values(), key=len, reverse=True):
        fitting = sum(value_fits(text, t.end, starts[t.start], t.rule, t.word, names) for t in titles)
        if fitting >= _FEWEST_TITLES and 2 * fitting > len(titles):
            return tuple(titles)
    return ()


def _commonest(text: str, found: Sequence[Hit], others: Sequence[Hit | Label]) -> tuple[Hit, ...]:
    if len(found) < _FEWEST_TITLES:
        return ()
    word, count = Counter([hit.word for hit in found]).most_common(1)[0]
    if count < _FEWEST_TITLES:
        return ()
    titles = tuple([hit for hit in found if hit.word == word])
    return () if _head_tables(text, titles, others) else titles


def _is_others(text: str, label: Hit | Label, words: Wordings) -> bool:
    """Whether the label of a post's name is the end of another label, by the word before it: 所带|岗位"""
    start = label.end - len(label.word)
    rule = words.rule_of(text[max(0, start - 2) : label.end]) if text[start : label.end] == label.word else None
    return rule is not None and rule.field in TYPED and rule.field is not Field.TITLE


def with_form(hits: Sequence[Hit], form: Sequence[Hit]) -> tuple[Hit, ...]:
    """The labels of a form, and the label words that none of them touches."""
    kept = list(form)
    place, count = 0, len(form)  # how many of the form begin where a word does or before it
    for hit in hits:
        while place < count and form[place].start <= hit.start:
            place += 1
        is_within = place > 0 and form[place - 1].end > hit.start
        if not is_within and (place == count or form[place].start >= hit.end):
            kept.append(hit)
    kept.sort(key=HIT_START)
    return tuple(kept)
