"""What may stand in a chunk of slide text before its sentence and is no name: heads of slides, labels of other boxes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from gangwei.layouts.deck_phrases import FORBIDDEN, LABEL, NOWHERE, OTHER, Candidate, Phrase
from gangwei.layouts.deck_words import LONGEST_LABEL, NO_LABEL, is_heading, is_not_head
from gangwei.model import Field
from gangwei.page import Page
from gangwei.rulebook import Rulebook

# The most that may speak for a label: before the sentence and behind what is no label, and behind the label of the
# sentence before.
_BEST_FIRST: Final = -1.0
_BEST_OTHER: Final = -1.7
_BEST_BEHIND: Final = -0.9
USUAL_LABEL: Final = 4
_LONGEST_HEAD_WORDS: Final = 8
_LONGEST_HEAD: Final = 20
_HEAD: Final = -0.5
# What no sentence of duties begins with.
_HEAD_OF_POSTS: Final = -0.15
_OF_POSTS: Final = ("岗位", "职责", "职能")
_SECTION: Final = 0.6
_SHORTEST_SECTION: Final = 4
_SECTIONS: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.KPI, Field.AUTHORITY])
_NO_SECTIONS: Final[frozenset[str]] = frozenset()
_NOT_OF_HEAD: Final = frozenset(["制定", "制订", "编制", "完善", "建立", "优化", "执行", "落实", "确定"])


def is_section(page: Page, text: str) -> bool:
    """Whether a text is the label of a field, as over the parts of one post's slide: 任职要求, 考核指标."""
    return text in _sections_of(page.rules)


def field_at(page: Page, start: int, end: int) -> Field | None:
    """The field that a box is the label of, by itself or, where it is a short word, alone on its line: 职责, 权限."""
    text = page.value[start:end]
    if is_section(page, text):
        return page.rules.labels[text].field
    if len(text) >= _SHORTEST_SECTION or page.value[start - 1 : start] != "\n" or page.value[end : end + 1] != "\n":
        return None
    rule = page.rules.labels.get(text)
    return rule.field if rule and rule.field in _SECTIONS and not rule.keep else None


@lru_cache(4)
def _sections_of(rules: Rulebook) -> frozenset[str]:
    return frozenset(
        word
        for word, rule in rules.labels.items()
        if len(word) >= _SHORTEST_SECTION and rule.field in _SECTIONS and rule.strength != "marked" and not rule.keep
    )


@lru_cache(4)
def _section_starts(rules: Rulebook) -> frozenset[str]:
    return frozenset(word[:2] for word in _sections_of(rules))


def holds_section(phrase: Phrase) -> bool:
    """Whether a phrase may hold the label of a field."""
    text, edges = phrase.text, phrase.edges
    starts = _section_starts(phrase.page.rules)
    if starts.isdisjoint([text[edge : edge + 2] for edge in edges]):
        return False
    sections = _sections_of(phrase.page.rules)
    return any(
        text[edge:end] in sections for edge in edges if text[edge : edge + 2] in starts for end in edges if end > edge
    )


def best_head(phrase: Phrase, at: int, kind_before: int) -> float:
    """The most that may speak for what begins at a word of a closed phrase and is neither a name nor a field's label."""
    is_first = at == 0 and not phrase.previous
    if at < phrase.last_heading:
        return 0.0 if is_first else _HEAD_OF_POSTS
    if kind_before == LABEL:
        return _BEST_BEHIND if phrase.edges[at] + USUAL_LABEL in phrase.edges else FORBIDDEN
    return _BEST_FIRST if is_first else _BEST_OTHER


def _is_of_posts(text: str) -> bool:
    return any(word in text for word in _OF_POSTS)


def heads_at(phrase: Phrase, at: int, worth: float, reach: Sequence[float]) -> list[Candidate]:
    """The labels and heads that may begin at a word; with `reach`, by how much what is behind each place may be better than
    what is known, those only that may lead to a better way where what stands before them is worth as much."""
    text, edges, word = phrase.text, phrase.edges, phrase.words[at]
    is_first = at == 0 and not phrase.previous
    may_be_head = at < phrase.last_heading and word not in _NOT_OF_HEAD
    sections = _sections_of(phrase.page.rules) if phrase.has_sections else _NO_SECTIONS
    labels, ends_heading, begin = phrase.labels(at), phrase.ends_heading, edges[at]
    whole = 0 if phrase.kind else len(text)  # what nothing is behind
    first = at + 2 if is_not_head(word) else at + 1  # 协助|店长: what follows is no name
    found: list[Candidate] = []
    for stop in range(first, min(phrase.count, at + _LONGEST_HEAD_WORDS) + 1):
        end = edges[stop]
        length = end - begin
        if length > _LONGEST_HEAD:
            break
        if length >= _SHORTEST_SECTION and text[begin:end] in sections:
            found.append((OTHER, stop, stop, _SECTION, NOWHERE, 0.0))
        elif length >= _SHORTEST_SECTION and may_be_head and ends_heading[stop] and is_heading(text[begin:end]):
            gain = 0.0 if is_first else _HEAD_OF_POSTS if _is_of_posts(text[begin:end]) else _HEAD
            gain -= 0.03 * (length - 12) if length > 12 else 0.0
            found.append((OTHER, stop, stop, gain, NOWHERE, 0.0))
        elif length <= LONGEST_LABEL and labels[stop - at - 1] > NO_LABEL:
            less = 0.05 * (length - 8) if length > 8 else 0.0
            gain, again = (0.0, 0.0) if end == whole else (_BEST_OTHER, _BEST_BEHIND)
            if length != USUAL_LABEL:
                again = FORBIDDEN
            elif is_first and end != whole:
                gain += 0.7
            if reach and worth + (again if again > gain else gain - less) + reach[stop] < 0.0:
                continue
            found.append((OTHER, stop, stop, gain - less, LABEL, again))
    return found
