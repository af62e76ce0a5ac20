"""Which label words are labels: place decides, not the string.

部门 is a label in 部门市场部 and not in 与相关部门沟通. What speaks for a label: a bracket or a colon, a line of its own, the
end of a sentence or another label's value before it, a list or a typed value behind it, and the document's own
repetition of the same labels in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from gangwei.label_evidence import ENOUGH, NO_MARK, Weighed, form_signs, weigh
from gangwei.label_parts import parts_among
from gangwei.label_places import Place, may_be_marked, place_of, with_number
from gangwei.label_scene import Scene, Signs
from gangwei.label_values import TYPED, VALUE_LOOK, last_value, value_fits
from gangwei.label_words import Wordings
from gangwei.lexer import Hit
from gangwei.model import Decision, Field, made
from gangwei.ordinals import Ordinal
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

_ROUNDS: Final = 2
# What stands before the heading of a part that a document adds.
_APPENDED: Final = frozenset(["附", "附件"])
_LONGEST_APPENDED: Final = 24
_FEWEST_BEFORE: Final = 3
_FEWEST_TITLES: Final = 2


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
    free = _free_hits(text, hits, ordinals, names)
    firsts = frozenset([o.start for o in ordinals if o.value == 1 or o.style == "bullet" or _is_first_of_level(o)])
    scene = Scene(
        text,
        free,
        {hit.start: index for index, hit in enumerate(free)},
        _next_labels(text, free),
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
        frozenset([hit.word for hit in free if hit.rule.keep and text[hit.end : hit.end + 1] in _COLONS]),
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


def _free_hits(text: str, hits: Sequence[Hit], ordinals: Sequence[Ordinal], names: Names) -> list[Hit]:
    """The label words that are no part of a number (权限一:), each without what does not belong to it."""
    hits = _with_keys(text, _with_bracketed(text, hits, names))
    ends = {hit.end for hit in hits}
    cleaned = [
        _without_noun(text, hit, names)
        # Behind another label's word the noun is part of the label: 岗位目的|工作内容.
        if hit.word[:2] in _NOUNS and hit.start not in ends and text[hit.start - 1 : hit.start] in _BEFORE_NOUN
        else hit
        for hit in hits
    ]
    free: list[Hit] = []
    place, following = -1, len(ordinals)
    for read, next_label in zip(cleaned, _next_labels(text, cleaned), strict=True):
        start, end, word, rule = hit = read
        if word in _APPENDED and _heads_duties(text, end, names):
            continue
        if end < next_label <= end + _LONGEST_REST and rule.field not in TYPED and word[:2] in _OF_POSTS:
            hit = _without_value(text, read, next_label, names)
        while place + 1 < following and ordinals[place + 1].start <= start:
            place += 1
        if place < 0 or ordinals[place].end <= start:
            free.append(hit)
    return free


def _heads_duties(text: str, start: int, names: Names) -> bool:
    """Whether a line goes on, behind a colon, with a heading of somebody's duties: 附：教研组长岗位职责."""
    end = text.find("\n", start) % (len(text) + 1)
    if text[start : start + 1] not in _COLONS or end - start > _LONGEST_APPENDED:
        return False
    heading = names.heading(text[start:end].strip(" \t\u3000:："))
    return heading is not None and heading.tail != ""


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


def sure_titles(text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The places of the sure word for posts' names that stands there most often, if any does more than once.

    It need not have been taken for a label: what stands behind it may be a label that we do not know.
    """
    sure = [hit for hit in hits if hit.rule.field is Field.TITLE and hit.rule.strength in ("strong", "fair")]
    return _commonest(text, [hit for hit in sure if text[hit.end : hit.end + 1] not in _LISTED], hits)


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
        is_near = 0 < behind.start - hit.end <= VALUE_LOOK and text[hit.end] not in _LISTED
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
    kept.sort(key=_HIT_START)
    return tuple(kept)


_HIT_START: Final = itemgetter(0)
_BRACKETED: Final = re.compile(r"【([^【】\n]{2,14})】")
_BEFORE_NOUN: Final = ("他", "它", "项", "的")
_NOUNS: Final = frozenset(["工作", "组织"])
_COLONS: Final = (":", "：")
_INDENT: Final = " \t\u3000"
_LONGEST_LABEL: Final = 14
_SMALL: Final = frozenset(["职称", "能力", "技能", "素质"])
_SMALL_RULE: Final = LabelRule("requirement.marked.keep", Field.REQUIREMENT, (), "marked", keep=True)
_OF_POSTS: Final = ("岗位", "职位", "职务")
# What is left of a post's name behind a label word that took its beginning.
_LONGEST_REST: Final = 8
_LISTED: Final = ("、", "，", ",", "。", "；", ";", "的", "和")
_FEWEST_BRACKETED: Final = 3
_HEADLINE_PARTS: Final = re.compile("[-—–|｜]")
_LONGEST_HEADLINE: Final = 40
# A key of a file of keys and values, alone or in a list.
_KEY: Final = re.compile(r"^[ \t]{0,12}(?:-[ ]{1,3})?(?P<key>[a-z][a-z0-9_]{1,24}):(?=[ \t\r\n])", re.MULTILINE)
_KEY_SIGN: Final = re.compile(
    r"\n[ \t]{0,12}(?:-[ ]{1,3})?(?:title|name|role|department|reports_to|responsibilities|duties):"
)
_FEWEST_KEYS: Final = 3
_UNKNOWN: Final = LabelRule("other.bracket", Field.OTHER, (), "strong")


def _with_bracketed(text: str, hits: Sequence[Hit], names: Names) -> Sequence[Hit]:
    """The label words, and all else in 【】 where a text puts its labels there, whether we know the word or not."""
    if "】" not in text:
        return hits
    starts = {hit.start: hit for hit in hits}
    found = list(_BRACKETED.finditer(text))
    if sum(match.start(1) in starts for match in found) < _FEWEST_BRACKETED:
        return hits
    added: list[Hit] = []
    for match in found:
        hit = starts.get(match.start(1))
        if hit is None or hit.end != match.end(1):
            if hit is None and names.label_of(match[1]) is None and _is_before_post(text, match.end(), names):
                continue  # 【某某公司】前端组-高级工程师
            added.append(Hit(*match.span(1), match[1], names.label_of(match[1]) or _UNKNOWN))
    if not added:
        return hits
    inside = [(hit.start, hit.end) for hit in added]
    kept = [h for h in hits if not any(start <= h.start < end for start, end in inside)]
    return sorted([*kept, *added], key=_HIT_START)


def _is_before_post(text: str, end: int, names: Names) -> bool:
    """Whether the rest of a line names a post: what stands in a bracket before it is who looks for one."""
    break_at = text.find("\n", end)
    rest = text[end : break_at if break_at >= 0 else len(text)].strip()
    return 2 <= len(rest) <= _LONGEST_HEADLINE and names.is_post(_HEADLINE_PARTS.split(rest)[-1].strip())


def _with_keys(text: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The label words without those within a key (role in role_id), and the keys that we do not know, where lines of a
    text are keys with their values (reports_to: 站长)."""
    keys = [match.span("key") for match in _KEY.finditer(text)] if _KEY_SIGN.search(text) else []
    known = {hit.start: hit.end for hit in hits}
    if sum(known.get(start) == end for start, end in keys) < _FEWEST_KEYS:
        return hits
    taken = [(start, end) for start, end in keys if known.get(start) != end]
    starts = [start for start, _ in taken]
    kept = [hit for hit in hits if not _is_in_key(taken, starts, hit)]
    added = [Hit(start, end, text[start:end], _UNKNOWN) for start, end in taken]
    return sorted([*kept, *added], key=_HIT_START)


def _is_in_key(keys: Sequence[tuple[int, int]], starts: Sequence[int], hit: Hit) -> bool:
    place = bisect_right(starts, hit.start) - 1
    return place >= 0 and keys[place][1] > hit.start


def _without_noun(text: str, hit: Hit, names: Names) -> Hit:
    """The label word without the noun that begins it, where a word is left: 完成其他工作|权力:…, 活动的组织|职责与权限"""
    start = hit.start + 2
    for end in range(min(len(text), start + _LONGEST_LABEL), hit.end - 1, -1):
        if rule := names.rule_of(text[start:end]):
            return Hit(start, end, text[start:end], rule)
    return hit


def _without_value(text: str, hit: Hit, following: int, names: Names) -> Hit:
    """The label of a post's name, one of `_OF_POSTS`, without the first word of that name: 职位|薪酬主管, before the next
    label."""
    word, start = hit.word[:2], hit.start + 2
    rule = names.rule_of(word) if word != hit.word else None
    if rule and value_fits(text, start, following, rule, word, names):
        return Hit(hit.start, start, word, rule)
    return hit


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


def _next_labels(text: str, hits: Sequence[Hit]) -> list[int]:
    """For each label word where the next one stands that could be a label; the end of the text for the last."""
    following = len(text)
    found = [following] * len(hits)
    for index in range(len(hits) - 1, -1, -1):
        start, end, _, rule = hits[index]
        found[index] = following
        if rule.strength != "marked" or text[end : end + 1] in (":", "：", "】", "\n"):
            following = start
    return found


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
            if text[end : end + 1] in _LISTED:
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
