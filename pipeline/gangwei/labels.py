"""Which label words are labels: place decides, not the string.

部门 is a label in 部门市场部 and not in 与相关部门沟通. What speaks for a label: a bracket or a colon, a line of its own, the
end of a sentence or another label's value before it, a list or a typed value behind it, and the document's own
repetition of the same labels in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from gangwei.label_evidence import ENOUGH, NO_MARK, Weighed, form_signs, weigh
from gangwei.label_hits import COLONS, free_hits, next_labels
from gangwei.label_parts import parts_among
from gangwei.label_places import Place, may_be_marked, place_of, with_number
from gangwei.label_scene import Scene, Signs
from gangwei.label_values import TYPED, VALUE_LOOK, last_value, value_fits
from gangwei.lexer import Hit
from gangwei.model import Decision, Field, made
from gangwei.ordinals import Ordinal
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

_ROUNDS: Final = 2
_FEWEST_BEFORE: Final = 3


class Label(NamedTuple):
    """A label at [start:end] of the text, with its brackets and colon; its value begins at `end`."""

    start: int
    end: int
    word: str
    rule: LabelRule
    has_mark: bool
    at_line_start: bool
    is_whole_line: bool


def read_labels(
    text: str,
    hits: Sequence[Hit],
    ordinals: Sequence[Ordinal],
    names: Names,
    decisions: list[Decision] | None = None,
    form: Sequence[Hit] = (),
) -> tuple[Label, ...]:
    """The label words that are labels, in order; into `decisions` goes why each was taken or not.

    Those of `form` are labels for sure: the document repeats them.
    """
    free = free_hits(text, hits, ordinals, names)
    firsts = frozenset([o.start for o in ordinals if o.value == 1 or o.style == "bullet" or _is_first_of_level(o)])
    scene = Scene(
        text,
        free,
        {hit.start: index for index, hit in enumerate(free)},
        next_labels(text, free),
        firsts,
        {o.end: o.start for o in ordinals},
        names,
        _learned(free, form) if form else frozenset(),
        frozenset(
            [
                i
                for i, hit in enumerate(free)
                if hit.rule.strength == "marked" and hit.end not in firsts and not may_be_marked(text, hit.end)
            ]
        ),
        _repeated(free),
        frozenset([hit.word for hit in free if hit.rule.keep and text[hit.end : hit.end + 1] in COLONS]),
        _in_lines(text, free),
        parts_among(text, free, ordinals),
    )
    known: _Known = {}
    labels: _Labels = {}
    found = _pass(scene, frozenset(), known, labels)
    # A form that repeats says where its labels stand: between the same two labels, form after form.
    in_form: frozenset[int] = frozenset()
    for _ in range(_ROUNDS):
        places = _form_places(text, tuple(found.values()), free)
        if not places:
            break
        before, in_form = in_form, places
        if places <= found.keys():
            break  # they are labels as it is
        # Up to the first that changes all is as it was.
        first = min((places - found.keys()) | (before - places))
        kept = {index: label for index, label in found.items() if index < first}
        again = _pass(scene, places, known, labels, kept=kept, first=first)
        if len(again) == len(found):
            break
        found = again
    if decisions is not None:
        _pass(scene, in_form, known, labels, decisions)
    return _by_company(tuple(found.values()))


def _learned(free: Sequence[Hit], form: Sequence[Hit]) -> frozenset[int]:
    """The indices of the label words that are those of a form."""
    learned = {(hit.start, hit.end) for hit in form}
    return frozenset([index for index, hit in enumerate(free) if (hit.start, hit.end) in learned])


def _by_company(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels, those of requirements read as small ones where a small one stands before them (学历…能力), and 职称 as
    a requirement between small ones."""
    if _SMALL.isdisjoint([label.word for label in labels]):
        return labels
    found = list(labels)
    for index, label in enumerate(labels):
        if label.word not in _SMALL or not index:
            continue
        before = found[index - 1].rule
        behind = labels[index + 1].rule if index + 1 < len(labels) else _SMALL_RULE
        is_behind = behind.field is Field.REQUIREMENT or label.rule.field is Field.REQUIREMENT
        if before.field is Field.REQUIREMENT and before.keep and is_behind and not label.is_whole_line:
            found[index] = label._replace(rule=_SMALL_RULE)
    return tuple(found)


_INDENT: Final = " \t\u3000"
_SMALL: Final = frozenset(["职称", "能力", "技能", "素质"])
_SMALL_RULE: Final = LabelRule("requirement.marked.keep", Field.REQUIREMENT, (), "marked", keep=True)
LISTED: Final = ("、", "，", ",", "。", "；", ";", "的", "和")


def _in_lines(text: str, hits: Sequence[Hit]) -> bool:
    """Whether words for duties and words for requirements both fill lines of their own: 职责⏎…⏎要求⏎…"""
    found = {
        rule.field
        for start, end, _, rule in hits
        if text[end : end + 1] in ("\n", "")
        and (start == 0 or text[start - 1] == "\n")
        and rule.field in (Field.DUTY, Field.REQUIREMENT)
        and not rule.keep
    }
    return len(found) > 1


def _is_first_of_level(ordinal: Ordinal) -> bool:
    """Whether a number of two levels is the first of a chapter's list: 3.1"""
    return ordinal.style == "two" and ordinal.value % 100 == 1


def _repeated(hits: Sequence[Hit]) -> frozenset[int]:
    """The indices of the label words that have the same one before or behind them elsewhere too."""
    first: dict[tuple[str, str], int] = {}
    repeated: set[int] = set()
    for index, (one, two) in enumerate(pairwise(hits)):
        pair = one.word, two.word
        if pair in first:
            repeated.update((first[pair], first[pair] + 1, index, index + 1))
        else:
            first[pair] = index
    return frozenset(repeated)


# What each label word weighs, by its index and that of the label near before it (or -1).
_Known = dict[tuple[int, int], Weighed]
# The labels that label words make, by their indices.
_Labels = dict[int, Label]


def _pass(
    scene: Scene,
    in_form: frozenset[int],
    known: _Known,
    labels: _Labels,
    decisions: list[Decision] | None = None,
    *,
    kept: _Labels | None = None,
    first: int = 0,
) -> _Labels:
    """One reading of all label words from left to right, the labels by their indices: what was taken before a word
    speaks for or against it. `kept` are the labels before the word with which it begins, the `first`."""
    found = kept or {}
    last_index, last = next(reversed(found.items()), (-1, None))
    unmarked = scene.unmarked - scene.learned
    for index, hit in enumerate(scene.hits[first:] if first else scene.hits, first):
        if index in unmarked:
            if decisions is not None and not (last and hit.start < last.end):
                decisions.append(_decision(hit, NO_MARK, is_label=False))
            continue
        if last and hit.start < last.end:
            continue
        near = last if last and hit.start - last.end <= VALUE_LOOK else None
        key = index, last_index if near else -1
        if key in known:
            weighed = known[key]
        else:
            weighed = known[key] = weigh(scene, index, place_of(scene.text, hit, scene.numbers), near)
        is_label = weighed.weight >= ENOUGH
        if not is_label or decisions is not None:
            more = _LEARNED if index in scene.learned else form_signs(weighed, last, in_form=index in in_form)
            is_label = is_label or (bool(more) and weighed.weight + more[0][0] >= ENOUGH)
            if decisions is not None:
                decisions.append(_decision(hit, [*weighed.signs, *more], is_label=is_label))
        if not is_label:
            continue
        if index not in labels:
            labels[index] = _label_of(scene.text, hit, weighed.place)
        found[index] = last = labels[index]
        last_index = index
    return found


def _label_of(text: str, hit: Hit, place: Place) -> Label:
    """The label that a label word makes."""
    begin = place.begin
    # Behind a Chinese character or at a line's start no number stands, as nearly everywhere.
    if place.number >= 0 or not (begin == 0 or (before := text[begin - 1]) == "\n" or "\u4e00" <= before <= "\u9fff"):
        begin = with_number(text, place)
    while place.at_line_start and text[begin] in _INDENT:
        begin += 1  # what a line is set in by is none of the label's
    has_mark = place.has_colon or place.is_closed
    return made(Label, (begin, place.end, hit.word, hit.rule, has_mark, place.at_line_start, place.is_whole_line))


_LEARNED: Final[Signs] = [(20.0, "the document repeats it")]


def _decision(hit: Hit, signs: Signs, *, is_label: bool) -> Decision:
    outcome = "taken" if is_label else "failed"
    reasons = ", ".join(reason for _, reason in signs if reason)
    return Decision(hit.rule.field, hit.start, hit.end, hit.word, f"label {hit.rule.name}", outcome, reasons)


def _form_places(text: str, found: Sequence[Label], hits: Sequence[Hit]) -> frozenset[int]:
    """The indices of the label words that stand between the same two labels in two forms or more."""
    words = [label.word for label in found]
    count: dict[str, int] = {}
    for word in words:
        count[word] = count[word] + 1 if word in count else 1
    if len(count) == len(found):
        return frozenset()
    starts, ends = [label.start for label in found], [label.end for label in found]
    between: dict[tuple[str, str, str], list[int]] = {}
    place, last = 0, len(found)  # how many labels begin at the word or before it
    for index, (start, end, word, rule) in enumerate(hits):
        while place < last and starts[place] <= start:
            place += 1
        at = place
        if place and ends[place - 1] > start:
            at -= 1  # the label itself
        after_word = words[place] if place < last else ""
        if rule.keep:
            if text[end : end + 1] in LISTED:
                continue  # one of several nouns: 法律知识、技能
            # Small labels come in any number: what counts is the section that they stand in.
            while at and found[at - 1].rule.keep:
                at -= 1
            after_word = ""
        key = (words[at - 1] if at else "", word, after_word)
        if key not in between:
            between[key] = [index]
        # Once a form: of several in one stretch the first counts.
        elif not at or hits[between[key][-1]].start < starts[at - 1]:
            between[key].append(index)
    places: set[int] = set()
    for (before_word, _, after_word), alike in between.items():
        many = 2 * len(alike)
        if many > 2 and many >= count.get(before_word, 0) and (not after_word or many >= count[after_word]):
            places.update(alike)
    return frozenset(places)


def values_stand_before(text: str, labels: Sequence[Label], names: Names) -> bool:
    """Whether a text puts the values of its short fields before their labels: 住院部归属科室医疗院长汇报上级"""
    before = behind = 0
    for previous, label, following in zip(labels, labels[1:], labels[2:], strict=False):
        if label.rule.field not in TYPED or label.has_mark:
            continue
        behind += value_fits(text, label.end, following.start, label.rule, label.word, names)
        start = last_value(text, previous.end, label.start)
        before += value_fits(text, start, label.start, label.rule, label.word, names)
    return before >= _FEWEST_BEFORE and before > 2 * behind
