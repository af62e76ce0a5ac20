"""What stands behind a label word in its line and speaks for it: a list, another label, a value that fits."""

from __future__ import annotations

from typing import Final

from gangwei.label_places import Place, parts_lists
from gangwei.label_scene import Case, Scene, Signs, runs_on
from gangwei.label_values import TYPED, VALUE_LOOK, begins_section, value_fits
from gangwei.lexer import Hit
from gangwei.model import Field

# What goes on with a sentence whatever the word.
_JOINS: Final = frozenset("的和与及或、，,。.；;等")
# A word of so many characters right before a list needs no mark.
LONG_WORD: Final = 4


def add_right(signs: Signs, case: Case, *, fits: bool) -> bool:
    """What stands behind the word in its line: a list, another label, a value that fits; whether any speaks for it."""
    place, scene, hit = case.place, case.scene, case.hit
    speaks_for = fits
    # What a word announces may well begin with 对 or 有: 岗位|对公客户经理, 任职要求|中专以上.
    begins = 3.0 if case.goes_on and place.following not in _JOINS else 0.0
    if place.end in scene.firsts:
        signs.append((2.0, "a list behind"))
        speaks_for = True
        is_weak = hit.rule.strength == "weak" and hit.rule.field is not Field.REQUIREMENT
        if is_weak and not case.is_free and parts_lists(scene.text, hit.start, place.end):
            signs.append((1.0, "between two lists"))
    elif hit.rule.strength == "strong" and hit.rule.field is not Field.OTHER and _is_over_list(scene, place.end):
        signs.append((2.0, "a list below"))
        speaks_for = True
    elif case.before_label and hit.rule.strength == "strong":
        signs.append((1.5, "a label behind"))
        speaks_for = True
    elif _heads_section(case):
        signs.append((1.5 + begins, "before what such a section begins with"))
        speaks_for = True
    if fits:
        signs.append((2.5 + begins, "a fitting value behind"))
        if hit.rule.strength == "weak" and _is_before_sure(case):
            signs.append((0.5, "a sure label behind the value"))
    elif (
        hit.rule.strength == "weak"
        and hit.rule.field in TYPED
        and not case.has_mark
        and scene.text[hit.end : hit.end + 1] not in "\t|"
    ):
        signs.append((-2.0, "no fitting value behind"))
    return speaks_for


def _is_before_sure(case: Case) -> bool:
    """Whether a strong word of a short field stands right behind the value, in text that ran together: 职务店长|直接上级"""
    place = case.scene.followers[case.at]
    behind = range(case.at + 1, len(case.scene.hits))
    following = next((case.scene.hits[at] for at in behind if case.scene.hits[at].start >= place), None)
    if following is None or following.rule.strength != "strong" or following.rule.field not in TYPED:
        return False
    return following.start == place and runs_on(case)


def _heads_section(case: Case) -> bool:
    """Whether a strong word that ran into the text before it stands before what its section begins with."""
    hit = case.hit
    if hit.rule.strength not in ("strong", "fair") or len(hit.word) < LONG_WORD or case.is_free or case.has_mark:
        return False
    return runs_on(case) and begins_section(case.scene.text, hit.start, hit.end, hit.rule.field)


def _is_over_list(scene: Scene, place: int) -> bool:
    """Whether a line ends at a place and a numbered list begins below it."""
    text = scene.text
    return text.startswith("\n", place) and text[place + 1 : place + 2].isdigit() and place + 1 in scene.firsts


def fits_behind(scene: Scene, index: int, hit: Hit, place: Place) -> bool:
    """Whether a value that fits stands behind a word, before the next one that may be a label."""
    following, end = scene.followers[index], place.end + VALUE_LOOK
    return value_fits(scene.text, place.end, following if following < end else end, hit.rule, hit.word, scene.names)
