"""What a label word is judged by: the words of the text, the one before it, and what its place says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from gangwei.label_places import Place, goes_on_list
from gangwei.label_values import TYPED
from gangwei.lexer import Hit
from gangwei.model import Field
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

_LONG_LINE: Final = 100
# Fields whose values are short.
_SHORT: Final = TYPED | {Field.OTHER}
_OF_DEEDS: Final = frozenset([Field.DUTY, Field.ROUTINE])
_NEAR_NUMBER: Final = 5
_FULL_STOPS: Final = frozenset("。；;")

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


def heads_parts(text: str, place: Place) -> bool:
    """Whether a number stands before a word and the first of its parts right behind it: 3.2 |权限|3.2.1有权…"""
    number = text[place.number : place.begin].rstrip(" .、．\u3000")
    return "." in number and text.startswith(f"{number}.1", place.end)


def add_numbered(signs: Signs, case: Case, *, fits: bool) -> None:
    """What the number before a word says: that it begins an item, or heads what follows."""
    place, text, rule = case.place, case.scene.text, case.hit.rule
    has_mark = case.has_mark
    is_chapter = text[place.number] in "一二三四五六七八九十（(第"
    near = place.begin - place.number < _NEAR_NUMBER
    if heads_parts(text, place):
        signs.append((6.5, "over the parts of its number"))
    # A heading that lost the line break before its number: …提出建议。1.2 技能要求⏎
    is_glued = text[place.end : place.end + 1] == "\n" and text[place.number - 1] in _FULL_STOPS
    # So has one whose own list begins right behind it: …按期交付。2.岗位职责(1)编制…
    is_glued = is_glued or (place.end in case.scene.firsts and rule.strength in ("strong", "fair"))
    is_glued = is_glued or case.at in case.scene.parts or (case.before_label and rule.strength == "strong")
    # 1.职位名称 库管员 2.|直接上级 仓储主管
    is_glued = is_glued or (fits and rule.field in TYPED and rule.strength == "strong")
    if near and not (is_chapter or place.at_line_start or has_mark or is_glued):
        signs.append((-3.0, "begins an item"))
    if rule.strength == "marked" and place.is_whole_line and case.last and _goes_on_from(text, place, case.last):
        signs.append((1.0, "goes on with the numbers of labels"))
    if text[place.number] == "第" and rule.field in TYPED:
        signs.append((-3.0, "heads a chapter"))
    if rule.field is Field.OTHER and rule.strength == "strong" and _ends_row(case):
        signs.append((4.5, "ends a row of numbered fields"))
    elif rule.field is Field.OTHER and not (has_mark or place.is_whole_line):
        is_digit = text[place.number].isdigit()
        if is_digit and "\u4e00" <= place.following <= "\u9fff" and place.at_line_start:
            signs.append((-1.5, "begins a numbered line"))
    if rule.field in _OF_DEEDS and not has_mark and goes_on_list(text, place, case.last.end if case.last else -1):
        signs.append((-3.0, "goes on a list"))


def _goes_on_from(text: str, place: Place, last: LastLabel) -> bool:
    """Whether the label before a word begins its line with the number before that of the word: 1.直接上级：…⏎2.|工作职能⏎"""
    number = text[place.number : place.begin].rstrip(" .、．\u3000")
    if not number.isdecimal():
        return False
    begin = text.rfind("\n", 0, max(0, last.end - len(last.word))) + 1
    before = text[begin : last.end].lstrip(" \t\u3000")
    return before.startswith(tuple(f"{int(number) - 1}{mark}" for mark in ".、．"))


def _ends_row(case: Case) -> bool:
    """Whether a numbered word ends a line in which a label with a value stands before it: 3.部门 采供部 4.|职位级别"""
    last, text, place = case.last, case.scene.text, case.place
    if last is None or place.following != "\n" or last.rule.field not in _SHORT:
        return False
    return "\n" not in text[last.end : place.number] and text[place.number - 1] in " \u3000"
