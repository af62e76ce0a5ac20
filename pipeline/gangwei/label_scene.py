"""What a label word is judged by: the words of the text, the one before it, and what its place says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from gangwei.label_places import Place
from gangwei.lexer import Hit
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

_LONG_LINE: Final = 100

# What each sign weighs, and what it is.
Signs = list[tuple[float, str]]


class LastLabel(Protocol):
    """The label taken before the word at hand: where it ends, and its rule."""

    @property
    def end(self) -> int: ...
    @property
    def word(self) -> str: ...
    @property
    def rule(self) -> LabelRule: ...


class Scene(NamedTuple):
    """What the label words of a text are judged by: the words, `at` where each begins, where lists begin.

    By their index: `learned` are labels of a form that the text repeats, `unmarked` words that need a mark and have
    none, `repeats` those that have the same one before or behind them elsewhere too, `parts` those behind the numbers of a
    list of parts. `marked_words` are small labels that the text writes with a colon; `in_lines` tells that its sections
    have their names in lines of their own.
    """

    text: str
    hits: Sequence[Hit]
    at: Mapping[int, int]
    followers: Sequence[int]
    firsts: frozenset[int]
    numbers: Mapping[int, int]
    names: Names
    learned: frozenset[int]
    unmarked: frozenset[int]
    repeats: frozenset[int]
    marked_words: frozenset[str]
    in_lines: bool
    parts: frozenset[int]


class Case(NamedTuple):
    """A label word, by its index among those of the scene, with what its place says of it."""

    scene: Scene
    at: int
    hit: Hit
    place: Place
    last: LastLabel | None
    behind_label: bool
    after_sentence: bool
    after_value: bool
    between_blanks: bool
    goes_on: bool
    before_label: bool
    has_mark: bool
    is_free: bool  # nothing that could be one phrase with the word stands before it


def runs_on(case: Case) -> bool:
    """In a text with line breaks a form's labels begin lines; only one that ran together has them anywhere."""
    return case.is_free or _line_length(case.scene.text, case.hit.start) > _LONG_LINE


def _line_length(text: str, place: int) -> int:
    """The length of the line around a place, or twice the bound where it is longer."""
    begin = text.rfind("\n", max(0, place - _LONG_LINE), place)
    end = text.find("\n", place, place + _LONG_LINE)
    return 2 * _LONG_LINE if begin < 0 or end < 0 else end - begin
