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
from typing import Final, NamedTuple

from gangwei.lexer import Hit
from gangwei.model import Decision, Field
from gangwei.ordinals import Ordinal
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

_ACCEPT: Final = 2.5
_OPEN: Final = frozenset("【[〖「『《<〔")
_CLOSE: Final = frozenset("】]〗」』》>〕")
_ENDS: Final = frozenset("。；;！!？?】]")
_BLANKS: Final = frozenset(" \u3000\xa0*_#>")
_EDGES: Final = frozenset("\n\r|\t")
# Behind a word, these say that it is part of a sentence.
_GOES_ON: Final = frozenset(
    "的和与及或、，,。.；;内中等之并将已是为有不也都而且者在由对被给向从到以让把就要能会可应须该其人性化制率员书表图"
)
_GOES_ON_FROM: Final = frozenset(
    "（(的和与及或各本该其此每相有关全某按据经由在对向为给让使被以把将从到不无非及时好定了这那同属他她它并做写"
)
_TYPED: Final = frozenset(
    [Field.TITLE, Field.DEPARTMENT, Field.SUPERVISOR, Field.SUBORDINATE, Field.COMPANY, Field.DEPUTY]
)
# Fields whose values are short, so that an everyday word behind one may well be the next label.
_SHORT: Final = _TYPED | {Field.OTHER}
_GLOSS: Final = re.compile(
    r"[ \t]*[(（][^()（）\n]{1,24}[)）]|[ \t]?[A-Z][A-Za-z ]{3,24}(?=[:：\n]|$)|[ ]?\d{1,2}(?=[:：])|[(（/][A-Z][A-Za-z ]{2,24}[)）]?"
)
_VALUE_LOOK: Final = 40
_ROUNDS: Final = 2
_LONG_LINE: Final = 100
_FEWEST_BEFORE: Final = 3
# What stands behind a small label of requirements, by what the label's word names.
_FITTING: Final = (
    (
        re.compile("学历|教育|文化"),
        re.compile("[^，。；;,]{0,4}(?:小学|初中|高中|中专|职高|技校|大专|专科|本科|大学|学士|硕士|研究生|博士|不限)"),
    ),
    (
        re.compile("经验|经历|年限|资历"),
        re.compile("(?:有|具有|至少)?(?:[0-9一二两三四五六七八九十半]{1,3}[年个]|不限|无要求)"),
    ),
    (re.compile("年龄"), re.compile("[0-9]{2}|不限")),
    (re.compile("性别"), re.compile("男|女|不限")),
    (re.compile("外语|语言|语文"), re.compile("英语|日语|韩语|外语|不限|普通话|CET")),
    (re.compile("专业"), re.compile("不限|[^，。；;]{1,10}(?:专业|类|相关|管理|工程|学)")),
)


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
) -> tuple[Label, ...]:
    """The label words that are labels, in order; into `decisions` goes why each was taken or not."""
    hits = _with_bracketed(text, hits, names)
    starts = [o.start for o in ordinals]
    free = [hit for hit in hits if not _in_ordinal(ordinals, starts, hit)]
    scene = _Scene(
        text,
        free,
        _next_labels(text, free),
        {o.start for o in ordinals if o.value == 1 or o.style == "bullet"},
        {o.end: o.start for o in ordinals},
        names,
        Counter((a.word, b.word) for a, b in zip(free, free[1:], strict=False)),
    )
    found, judged = _pass(scene, frozenset())
    # A form that repeats says where its labels stand: between the same two labels, form after form.
    for _ in range(_ROUNDS):
        places = _form_places(found, free)
        if not places:
            break
        again, judged = _pass(scene, places)
        if len(again) == len(found):
            break
        found = again
    if decisions is not None:
        decisions.extend(judged)
    return found


_BRACKETED: Final = re.compile(r"【([^【】\n]{2,14})】")
_FEWEST_BRACKETED: Final = 3
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
            added.append(Hit(*match.span(1), match[1], names.label_of(match[1]) or _UNKNOWN))
    if not added:
        return hits
    inside = [(hit.start, hit.end) for hit in added]
    kept = [h for h in hits if not any(start <= h.start < end for start, end in inside)]
    return sorted([*kept, *added], key=_hit_start)


def _hit_start(hit: Hit) -> int:
    return hit.start


class _Scene(NamedTuple):
    """What the places of the label words are judged by."""

    text: str
    hits: Sequence[Hit]
    followers: Sequence[int]
    firsts: set[int]
    marks: dict[int, int]
    names: Names
    pairs: Counter[tuple[str, str]]


def _repeats(scene: _Scene, index: int) -> bool:
    """Whether a label word has the same one before or behind it elsewhere too."""
    hits, pairs = scene.hits, scene.pairs
    behind = index > 0 and pairs[hits[index - 1].word, hits[index].word] > 1
    return behind or index + 1 < len(hits) and pairs[hits[index].word, hits[index + 1].word] > 1


def _next_labels(text: str, hits: Sequence[Hit]) -> list[int]:
    """For each label word where the next one stands that could be a label; the end of the text for the last."""
    following = len(text)
    found: list[int] = []
    for hit in reversed(hits):
        found.append(following)
        if hit.rule.strength != "marked" or text[hit.end : hit.end + 1] in (":", "：", "】", "\n"):
            following = hit.start
    return found[::-1]


def _in_ordinal(ordinals: Sequence[Ordinal], starts: Sequence[int], hit: Hit) -> bool:
    """Whether a label word is part of a number (权限一:)."""
    place = bisect_right(starts, hit.start) - 1
    return place >= 0 and ordinals[place].end > hit.start


def _pass(scene: _Scene, places: frozenset[int]) -> tuple[tuple[Label, ...], list[Decision]]:
    found: list[Label] = []
    judged: list[Decision] = []
    for index, hit in enumerate(scene.hits):
        if found and hit.start < found[-1].end:
            continue
        label, score, reason = _judge(scene, hit, index, found, in_form=index in places)
        taken = score >= _ACCEPT
        outcome = "taken" if taken else "failed"
        judged.append(Decision(hit.rule.field, hit.start, hit.end, hit.word, f"label {hit.rule.name}", outcome, reason))
        if taken:
            found.append(label)
    return tuple(found), judged


def _form_places(found: Sequence[Label], hits: Sequence[Hit]) -> frozenset[int]:
    """The indices of the label words that stand between the same two labels in two forms or more."""
    if not any(count > 1 for count in Counter(label.word for label in found).values()):
        return frozenset()
    starts = [label.start for label in found]
    between: dict[tuple[str, str, str], list[int]] = {}
    for index, hit in enumerate(hits):
        place = bisect_right(starts, hit.start)
        if place and found[place - 1].end > hit.start:
            place -= 1  # the label itself
            after = found[place + 1] if place + 1 < len(found) else None
        else:
            after = found[place] if place < len(found) else None
        if hit.rule.keep:
            # Small labels come in any number: what counts is the section that they stand in.
            while place and found[place - 1].rule.keep:
                place -= 1
            after = None
        before = found[place - 1] if place else None
        key = (before.word if before else "", hit.word, after.word if after else "")
        seen = between.setdefault(key, [])
        # Once a form: of several in one stretch the first counts.
        if not seen or before is None or hits[seen[-1]].start < before.start:
            seen.append(index)
    count = Counter(label.word for label in found)
    return frozenset(
        index
        for (before_word, _, after_word), places in between.items()
        if len(places) > 1 and len(places) * 2 >= max(count[before_word], count[after_word] if after_word else 0)
        for index in places
    )


def _judge(scene: _Scene, hit: Hit, index: int, found: Sequence[Label], *, in_form: bool) -> tuple[Label, float, str]:
    text, hits, followers, firsts, marks, names, _ = scene
    start, end = hit.start, hit.end
    length = len(text)
    # Left: what stands before the word.
    left = start
    bracketed = False
    while left and (text[left - 1] in _BLANKS or text[left - 1] > "\U0001f000"):
        left -= 1
    if left and text[left - 1] in _OPEN:
        left -= 1
        bracketed = text[end : end + 1] in _CLOSE
        while left and text[left - 1] in _BLANKS:
            left -= 1
    begin = left
    if left in marks:
        left = marks[left]
        while left and text[left - 1] in _BLANKS:
            left -= 1
    before = text[left - 1] if left else "\n"
    at_line_start = before in _EDGES
    # Right: what stands behind it.
    right = end
    if match := _GLOSS.match(text, right):
        after_gloss = match.end()
        if (
            text[after_gloss : after_gloss + 1] in (":", "：", "\n", "\t", "")
            or text[after_gloss : after_gloss + 1] in _CLOSE
        ):
            right = after_gloss
    while right < length and text[right] in _BLANKS:
        right += 1
    # A closing bracket counts with its opening one, or where that was lost at the head of a line or sentence.
    closed = right < length and text[right] in _CLOSE
    closed = closed and (bracketed or text[right] in "】]" and (at_line_start or before in _ENDS))
    if closed:
        right += 1
        while right < length and text[right] in _BLANKS:
            right += 1
    colon = right < length and text[right] in ":：" and not (text[right] == ":" and text[right - 1].isdigit())
    if colon:
        right += 1
        while right < length and text[right] in _BLANKS:
            right += 1
    following = text[right] if right < length else "\n"
    is_whole_line = at_line_start and following in _EDGES
    has_mark = colon or closed
    behind_label = bool(found) and found[-1].end == start
    after_sentence = before in _ENDS
    after_value = _after_value(text, start, found, names)
    is_free = at_line_start or behind_label or after_sentence or after_value or bracketed or begin in marks
    strength = hit.rule.strength
    score = {"strong": 1.0, "fair": 0.3, "weak": -0.5, "marked": -1.0}[strength]
    reasons = [f"{strength} word"]
    if strength == "marked" and not (has_mark or is_whole_line):
        return Label(begin, right, hit.word, hit.rule, False, at_line_start, False), -9.0, "no mark behind it"
    if closed:
        score += 4.0
        reasons.append("bracket")
    if colon:
        score += 3.0 if is_free else 1.5 if strength == "strong" else -1.0
        reasons.append("colon")
    if at_line_start:
        score += 1.5
        reasons.append("line start")
        if is_whole_line:
            score += 2.0 if begin in marks and text[marks[begin]] in "一二三四五六七八九十" else 1.5
            reasons.append("whole line")
            below = right
            while below < length and text[below] in "\r\n \t\u3000":
                below += 1
            if strength == "marked" and below in firsts:
                score += 1.0
                reasons.append("a list below")
        elif text[end : end + 1] in (" ", "\t", "\u3000"):
            score += 0.7
            reasons.append("blank behind")
    elif behind_label:
        score += 1.5
        reasons.append("right behind a label")
    elif after_sentence:
        score += 1.5
        reasons.append("after a sentence")
    elif left < begin or begin < start:
        score += 0.4
    if (
        not at_line_start
        and not is_whole_line
        and text[start - 1 : start] in (" ", "\u3000")
        and text[end : end + 1] in (" ", "\u3000")
    ):
        score += 1.2
        evidence_of_blanks = True
        reasons.append("blanks around it")
    else:
        evidence_of_blanks = False
    if (
        begin in marks
        and not at_line_start
        and not has_mark
        and begin - marks[begin] < 5
        and not _is_chapter(text, marks[begin])
    ):
        score -= 3.0
        reasons.append("begins an item")
    if begin in marks and text[marks[begin]] == "第" and hit.rule.field in _TYPED:
        score -= 3.0
        reasons.append("heads a chapter")
    if not at_line_start and not closed and before in _GOES_ON_FROM and begin == start:
        score -= 3.0
        reasons.append(f"goes on from {before}")
    going_on = (
        not colon and not closed and not is_whole_line and following in _GOES_ON and text[end : end + 1] == following
    )
    if going_on:
        score -= 3.0
        reasons.append(f"goes on with {following}")
    evidence = after_value or behind_label or evidence_of_blanks
    if not is_whole_line:
        if right in firsts:
            score += 2.0
            evidence = True
            reasons.append("a list behind")
        elif index + 1 < len(hits) and hits[index + 1].start == right and strength == "strong":
            score += 1.5
            evidence = True
            reasons.append("a label behind")
        if _value_fits(text, right, min(followers[index], right + _VALUE_LOOK), hit.rule, hit.word, names):
            score += 2.5 + (3.0 if going_on else 0.0)
            evidence = True
            reasons.append("a fitting value behind")
        elif strength == "weak" and hit.rule.field in _TYPED and not has_mark and text[end : end + 1] not in "\t|":
            score -= 2.0
            reasons.append("no fitting value behind")
    if after_value:
        score += 1.5
        reasons.append("behind a fitting value")
    short = bool(found) and (found[-1].rule.field in _SHORT or found[-1].rule.keep)
    # In a text with line breaks a form's labels begin lines; only one that ran together has them anywhere.
    runs_on = is_free or _line_length(text, start) > _LONG_LINE
    if in_form and runs_on and (strength in ("strong", "fair") or evidence or strength == "weak" and (short or is_free)):
        # Form after form at the same place: then not even 对 behind it makes it part of a sentence.
        score += 3.0 if strength == "weak" else 2.5
        if going_on:
            score += 3.0 if strength == "strong" else 1.5
        reasons.append("at its place in the form")
    elif (strength in ("strong", "fair") or evidence) and _repeats(scene, index):
        score += 1.5
        reasons.append("repeats in this order")
    label = Label(_with_number(text, begin, marks), right, hit.word, hit.rule, has_mark, at_line_start, is_whole_line)
    return label, score, ", ".join(reasons)


def _line_length(text: str, place: int) -> int:
    """The length of the line around a place, or twice the bound where it is longer."""
    begin = text.rfind("\n", max(0, place - _LONG_LINE), place)
    end = text.find("\n", place, place + _LONG_LINE)
    return 2 * _LONG_LINE if begin < 0 or end < 0 else end - begin


def _is_chapter(text: str, place: int) -> bool:
    """Whether a number is of the kind that heads a section (一、) and not an item (1.)."""
    return text[place : place + 1] in "一二三四五六七八九十（(第"


def _with_number(text: str, place: int, marks: dict[int, int]) -> int:
    """Where a label begins together with the number of its section, if it has one: 二、工作内容, 3工作权限."""
    if place in marks:
        return marks[place]
    digits = place
    while digits and digits > place - 2 and text[digits - 1].isdigit():
        digits -= 1
    if digits < place and digits and not text[digits - 1].isalnum():
        return digits
    if digits < place and digits and "\u4e00" <= text[digits - 1] <= "\u9fff" and text[digits - 1] not in "第约近满":
        return digits
    return place


def _after_value(text: str, start: int, found: Sequence[Label], names: Names) -> bool:
    """Whether what stands before a word is just the value of the label before it."""
    if not found or not 0 < start - found[-1].end <= _VALUE_LOOK:
        return False
    label = found[-1]
    if label.rule.field not in _TYPED:
        return False
    return "\n" not in text[label.end : start] and _value_fits(text, label.end, start, label.rule, label.word, names)


def _value_fits(text: str, start: int, end: int, rule: LabelRule, word: str, names: Names) -> bool:
    """Whether what stands behind a label, to the next label word or the line's end, is such a value."""
    if rule.field not in _TYPED:
        if rule.field is not Field.REQUIREMENT or not rule.keep:
            return False
        pattern = next((pattern for key, pattern in _FITTING if key.search(word)), None)
        return pattern is not None and pattern.match(text, start, end) is not None
    line_end = text.find("\n", start, end)
    value = text[start : line_end if line_end >= 0 else end].strip(" \t\u3000:：。；;")
    if not value:
        return False
    if rule.field is Field.DEPARTMENT:
        return names.is_unit(value)
    if rule.field is Field.COMPANY:
        return names.is_company(value)
    if value in ("无", "暂无"):
        return True
    return all(names.is_post(name.text) for name in names.split(value)) and not value.startswith(("的", "和", "与"))


def label_at(labels: Sequence[Label], starts: Sequence[int], place: int) -> Label | None:
    """The label that stands at a place of the text, if any; `starts` are the labels' starts."""
    index = bisect_right(starts, place) - 1
    return labels[index] if index >= 0 and labels[index].end > place else None


def values_stand_before(text: str, labels: Sequence[Label], names: Names) -> bool:
    """Whether a text puts the values of its short fields before their labels: 住院部归属科室医疗院长汇报上级"""
    before = behind = 0
    for previous, label, following in zip(labels, labels[1:], labels[2:], strict=False):
        if label.rule.field not in _TYPED or label.has_mark:
            continue
        behind += _value_fits(text, label.end, following.start, label.rule, label.word, names)
        start = last_value(text, previous.end, label.start)
        before += _value_fits(text, start, label.start, label.rule, label.word, names)
    return before >= _FEWEST_BEFORE and before > 2 * behind


def last_value(text: str, start: int, end: int) -> int:
    """Where the value that stands right before a label begins: behind the last sentence, at most so far back."""
    start = max(start, end - _VALUE_LOOK)
    for place in range(end - 1, start - 1, -1):
        if text[place] in "。；;\n：:":
            return place + 1
    return start
