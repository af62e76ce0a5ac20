"""What a finder is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from gangwei.rulebook.faults import BlockRule, FaultRules, LineRule
from gangwei.segment import Lexicon
from gangwei.text import Edit


class Doubt(NamedTuple):
    """A place that looks like a fault and is left as it is; offsets into the value at hand."""

    start: int
    end: int
    message: str


class Finding(NamedTuple):
    """What a finder found: edits in order, without overlaps, and doubts."""

    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Sight(NamedTuple):
    """A text with the places of the anchors in it: words without which no rule of a kind can apply."""

    text: str
    places: Mapping[str, list[int]]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Words that are looked for all at once."""

    words: tuple[str, ...]
    machine: ahocorasick_rs.AhoCorasick

    @classmethod
    def of(cls, words: Iterable[str]) -> Anchors:
        ordered = tuple(sorted(set(words)))
        return cls(ordered, ahocorasick_rs.AhoCorasick(ordered))

    def places(self, text: str) -> Mapping[str, list[int]]:
        """Where each of the words begins, for those that are there at all; no lone surrogate may be in the text.

        >>> dict(Anchors.of(("旳", "第")).places("客户旳第1页、第2页"))
        {'旳': [2], '第': [3, 7]}
        """
        found: dict[int, list[int]] = {}
        for word, start, _ in self.machine.find_matches_as_indexes(text, overlapping=True):
            if word in found:
                found[word].append(start)
            else:
                found[word] = [start]
        return {self.words[word]: places for word, places in found.items()}


@dataclass(frozen=True, slots=True)
class Bench:
    """What finders work with besides the text: rules, the words of labels, a dictionary, a way to Simplified."""

    rules: FaultRules
    anchors: Anchors
    furniture: Mapping[str, tuple[LineRule | BlockRule, ...]]
    menu: frozenset[str]
    label_words: frozenset[str]
    doubled_labels: frozenset[str]
    lexicon: Callable[[], Lexicon]
    simplify: Callable[[str], str]


# A finder of faults in a text; it never rewrites.
Finder = Callable[[Sight, Bench], Finding]

NOTHING = Finding()
