"""Forms learned from the document: what repeats in the same order between the values is the form's labels.

Where several posts are given in one form, each form begins anew at the label of the post's name. What stands in most of
the forms in the same order is a label, whether the lexicon has it or not: an empty field is then seen as empty, and a
word of the lexicon that a segmenter would cut wrongly is found by its letters. Blanks and line breaks are left out of
the comparison, for forms put them into their labels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from gangwei.form_starts import behind_groups, forms_of, heads_of, starts_of, word_behind
from gangwei.form_words import NO_PROSE, SECTION_NUMBER, SURE, Form, FormWords, Word, begins_list, is_pay
from gangwei.label_values import EXPERIENCE, TYPED, VALUE_LOOK, are_like, says_years, value_fits
from gangwei.label_words import Wordings
from gangwei.lexer import Hit
from gangwei.model import Field, made
from gangwei.rulebook.labels import LabelRule
from gangwei.titles import Names

# A bound that keeps the work linear in the text: forms compared at a time.
_MOST_FORMS: Final = 12
_ROUNDS: Final = 2
# Texts whose lines are shorter than this, on average, have their line breaks.
_SHORT_LINE: Final = 60
_ENDS: Final = frozenset("。；;！!？?】]》）)%％:：\n")
_MARKS: Final = frozenset(":：】]")
_WORD: Final = re.compile(r"\S+")
_FIRST_NUMBER: Final = re.compile(r"[①⑴❶]|[(（]?[1１一][)）、．.,，。\u4e00-\u9fff]|[【】\[\]:：■●◆★▪□▲]")
# Of two places in a form the first is the label's, unless the other looks so much more like one.
_MORE: Final = 0.2
_MARKED: Final = 1.25
# Before a small label's word these say that it closes a phrase: 有较强的组织|能力.
_IN_PROSE: Final = re.compile(r"(?:[有具]|较强|良好|一定)[^，。；、,;\d先]{0,10}$|的$")
_PHRASE: Final = 12
_POSTS: Final = frozenset([Field.TITLE, Field.SUPERVISOR, Field.SUBORDINATE])
# So many small labels in one order are no words of sentences; the last of them may be one of these.
_FEWEST_SMALL: Final = 3
_REST: Final = frozenset(["其他", "其它"])
# What the values of a label that we do not know say of it: a word that has its field.
_BY_VALUES: Final = frozenset([Field.DUTY, Field.OTHER, Field.SUMMARY])
_OF_VALUES: Final = ((re.compile("有权|权(?:力|限)?(?:[。；;\\d]|$)"), "权限"),)
# Names the employer elsewhere; in a form it may name the post's department.
_UNIT: Final = "单位"
# Words that say what kind of list stands behind them only with others: 主要职掌…|权责…, 职责…|标准…
_OPEN: Final = frozenset(["权责", "标准", "目标"])


class _Label(NamedTuple):
    """A label of the form: its place in each form, or -1."""

    text: str
    rule: LabelRule
    places: tuple[int, ...]


class _Gap(NamedTuple):
    """The stretch of a form between two labels of the row, and the label before it."""

    low: int
    high: int
    last: _Label | None


def learn_form(text: str, titles: Sequence[Hit], hits: Sequence[Hit], words: Wordings, names: Names) -> tuple[Hit, ...]:
    """The labels of a form that the text repeats, wherever they stand in it; `titles` are the labels of posts' names,
    `hits` all label words.

    Empty where the text repeats no form.
    """
    if len(titles) < 2:
        return ()
    offsets = list(chain.from_iterable([range(*word.span()) for word in _WORD.finditer(text)]))
    words_of_text = text.split()
    compact = "".join(words_of_text)
    starts = starts_of(compact, offsets, titles, word_behind(titles, hits), names)
    forms = forms_of(compact, list(accumulate(map(len, words_of_text), initial=0)), starts)
    if len(forms) < 2:
        return ()
    is_lined = text.count("\n") * _SHORT_LINE > len(text)
    found = list(heads_of(compact, offsets, starts))
    for first in range(0, len(forms), _MOST_FORMS):
        some = forms[max(0, min(first, len(forms) - _MOST_FORMS)) : first + _MOST_FORMS]
        for label in _Learner(some, words, names, is_lined=is_lined).labels():
            for form, place in zip(some, label.places, strict=True):
                if place >= 0:
                    begin = form.start + place
                    start, end = offsets[begin], offsets[begin + len(label.text) - 1] + 1
                    found.append(made(Hit, (start, end, label.text, label.rule)))
            if label.rule.field is Field.DUTY and not first:
                found += behind_groups(compact, offsets, label.text, label.rule)
    found.sort(key=_hit_place)
    kept: list[Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)


def _hit_place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


class _Learner:
    """The labels that some forms have in common; a class only to share the forms between the steps."""

    def __init__(self, forms: Sequence[Form], words: Wordings, names: Names, *, is_lined: bool) -> None:
        self.forms: Final = forms
        self.is_lined: Final = is_lined
        self.words: Final = words
        self.names: Final = names
        self.enough: Final = max(2, len(forms) - len(forms) // 3)

    def labels(self) -> list[_Label]:
        """The labels that stand in the same order in most forms, in that order."""
        words = FormWords(self.forms, self.words, self.names, self.enough).read()
        words.sort(key=_weight, reverse=True)
        # Where lines are whole, what the lexicon lacks may be part of a sentence (年度目标分解到各车间).
        sure = [w for w in words if w.rule.strength in SURE and not (self.is_lined and w.text not in self.words.labels)]
        once = [word for word in sure if max(map(len, word.places)) == 1]
        row = _best_row([_Label(w.text, w.rule, tuple([p[0] if p else -1 for p in w.places])) for w in once])
        # A word may be told for a label by one that was found after it.
        for _ in range(_ROUNDS):
            known = {label.text for label in row}
            for word in words:
                if word.text not in known:
                    row = self._with(row, word)
        row = self._with_small(self._filled(row, words), words)
        return [self._by_values(row, at) for at in range(len(row))]

    def _filled(self, row: list[_Label], words: Sequence[Word]) -> list[_Label]:
        """The row with the labels that some forms seemed not to have, where they stand before one found after them."""
        by_text = {word.text: word for word in words}
        # From the last on: what is empty stands right before the next label.
        for label in reversed([label for label in row if min(label.places) < 0]):
            again = self._with([other for other in row if other is not label], by_text[label.text])
            found = next((other for other in again if other.text == label.text), label)
            row = again if found.places.count(-1) < label.places.count(-1) else row
        return row

    def _by_values(self, row: Sequence[_Label], at: int) -> _Label:
        """The label at a place of the row; one that the lexicon lacks is what its values are."""
        label = row[at]
        if label.text == _UNIT:
            units = [self.names.is_unit(value.strip(":：")) for value in self._values(row, at)]
            return label._replace(rule=self.words.labels["部门"]) if 2 * sum(units) > len(units) else label
        if (label.text in self.words.labels and label.text not in _OPEN) or label.rule.field not in _BY_VALUES:
            return label
        if not any(other.rule.field is Field.DUTY for other in row if other is not label):
            return label  # the powers may stand behind the duties, in one list
        if label.text == "权责":
            return label._replace(rule=self.words.labels["权限"])
        values = self._values(row, at)
        for pattern, word in _OF_VALUES:
            if values and sum(bool(pattern.search(value)) for value in values) * 2 > len(values):
                return label._replace(rule=self.words.labels[word])
        # What says how much of a deed is none of these: 外来车辆烘干30分钟.
        is_kpi = label.rule.field is Field.OTHER and values and are_like(values, Field.KPI)
        return label._replace(rule=self.words.labels["考核指标"]) if is_kpi else label

    def _values(self, row: Sequence[_Label], at: int) -> list[str]:
        """What stands behind the label at a place of the row, in the forms that fill it in."""
        values: list[str] = []
        length = len(row[at].text)
        for number, form in enumerate(self.forms):
            start = row[at].places[number] + length
            end = next((b.places[number] for b in row[at + 1 :] if b.places[number] >= 0), len(form.value))
            if start >= length and end > start:
                values.append(form.value[start:end])
        return values

    def _with(self, row: list[_Label], word: Word) -> list[_Label]:
        """The row with a word put between the two labels between which most forms have it, if they do."""
        best: tuple[float, int, _Label] | None = None
        needed = self._needed(word)
        for at in self._positions(row, word):
            gaps = [self._gap(row, at, number) for number in range(len(self.forms))]
            places: list[int] = []
            signs = 0.0
            for form, gap, candidates in zip(self.forms, gaps, word.places, strict=True):
                place, sign = self._place_in(form, gap, word, candidates)
                places.append(place if sign or not needed else -1)
                signs += sign
            behind = [_behind_mark(form, gap) for form, gap in zip(self.forms, gaps, strict=True)]
            if word.text not in self.words.labels and _is_shared_value(behind, places, word.text, self.names):
                continue
            support = sum(place >= 0 for place in places)
            filled = [gap.high > place + len(word.text) for gap, place in zip(gaps, places, strict=True) if place >= 0]
            is_likely = signs >= needed * (sum(filled) if sum(filled) > 1 else support)
            if (not is_likely or support < len(self.forms)) and (small := self._small_places(gaps, word)):
                places, support, is_likely = small, len(small), True
            if support >= self.enough and is_likely and (best is None or support + signs > best[0]):
                best = support + signs, at, _Label(word.text, word.rule, tuple(places))
        return [*row[: best[1]], best[2], *row[best[1] :]] if best else row

    def _small_places(self, gaps: Sequence[_Gap], word: Word) -> list[int]:
        """The places of a word that all forms hold behind a label of requirements, if it is one of the small labels
        there: some form leaves it or the one before it empty, most do not."""
        if word.rule.field is not Field.REQUIREMENT:
            return []
        places: list[int] = []
        touching = empty = 0
        for form, gap, candidates in zip(self.forms, gaps, word.places, strict=True):
            within = [place for place in candidates if gap.low <= place and place + len(word.text) <= gap.high]
            is_wanted = gap.last and gap.last.rule.field is Field.REQUIREMENT
            if not (is_wanted and within) or _IN_PROSE.search(form.value, max(gap.low, within[0] - _PHRASE), within[0]):
                return []
            places.append(within[0])
            is_empty = within[0] + len(word.text) == gap.high
            empty += is_empty
            touching += is_empty or within[0] == gap.low
        return places if touching and 2 * empty <= len(places) else []

    def _with_small(self, row: list[_Label], words: Sequence[Word]) -> list[_Label]:
        """The row with the small labels that all forms hold once and in one order behind a label of requirements, the
        first of them right behind it: 任用条件|学历…经历…证照…其他…"""
        for at in range(len(row)):
            if row[at].rule.field is not Field.REQUIREMENT or row[at].rule.keep or min(row[at].places) < 0:
                continue
            stop = next((n for n in range(at + 1, len(row)) if not row[n].rule.keep), len(row))
            gaps = [self._gap([*row[: at + 1], *row[stop:]], at + 1, number) for number in range(len(self.forms))]
            small = sorted(
                filter(None, [self._small(gaps, word) for word in [*words, *self._cues(words)]]), key=_mean_place
            )
            is_chain = len(small) >= _FEWEST_SMALL and all(_follows(*pair) for pair in pairwise(small))
            if is_chain and all(gap.low == place for gap, place in zip(gaps, small[0].places, strict=True)):
                return [*row[: at + 1], *small, *row[stop:]]
        return row

    def _cues(self, words: Sequence[Word]) -> Iterator[Word]:
        """The words that small labels are known by and that the lexicon has as none alone (经历), where all forms hold them."""
        known = {word.text for word in words}
        for text in self.words.small:
            if text not in self.words.labels and text not in known:
                places = tuple([tuple([m.start() for m in re.finditer(text, form.value)]) for form in self.forms])
                if all(places) and (rule := self.words.rule_of(text)):
                    yield Word(text, rule, places)

    def _small(self, gaps: Sequence[_Gap], word: Word) -> _Label | None:
        """A word as a small label of requirements, if each form holds it once in a stretch."""
        if not (word.rule.keep and word.rule.field is Field.REQUIREMENT) and word.text not in _REST:
            return None
        places: list[int] = []
        for form, gap, candidates in zip(self.forms, gaps, word.places, strict=True):
            within = [place for place in candidates if gap.low <= place and place + len(word.text) <= gap.high]
            if len(within) != 1:
                return None
            if word.text in EXPERIENCE:
                is_prose = form.value[within[0] - 1] == "无" or says_years(form.value, within[0], gap.low)
            else:
                before = max(gap.low, within[0] - _PHRASE)
                is_prose = word.text not in _REST and _IN_PROSE.search(form.value, before, within[0]) is not None
            if is_prose:
                return None
            places += within
        return _Label(word.text, self.words.labels["其他要求"] if word.text in _REST else word.rule, tuple(places))

    def _positions(self, row: Sequence[_Label], word: Word) -> list[int]:
        """Where in the row a word could stand: between which labels each form has it."""
        votes: dict[int, int] = {}
        for number, candidates in enumerate(word.places):
            present = [(place, at) for at, label in enumerate(row) if (place := label.places[number]) >= 0]
            seen: set[int] = set()
            for candidate in candidates:
                index = bisect_left(present, (candidate, -1))
                first = present[index - 1][1] + 1 if index else 0
                last = present[index][1] if index < len(present) else len(row)
                seen.update(range(first, last + 1))
            for at in seen:
                votes[at] = votes.get(at, 0) + 1
        return sorted(at for at, count in votes.items() if count >= self.enough)

    def _gap(self, row: Sequence[_Label], at: int, number: int) -> _Gap:
        before, behind = at - 1, at
        while before >= 0 and row[before].places[number] < 0:
            before -= 1
        while behind < len(row) and row[behind].places[number] < 0:
            behind += 1
        last = row[before] if before >= 0 else None
        low = last.places[number] + len(last.text) if last else 0
        return _Gap(low, row[behind].places[number] if behind < len(row) else len(self.forms[number].value), last)

    def _needed(self, word: Word) -> float:
        """How much the places of a word must look like a label's."""
        rule, is_known = word.rule, word.text in self.words.labels
        if rule.field is Field.ROUTINE and rule.keep:
            return _MARKED  # 每月 is how often before it is what is done every month
        if is_known and (len(word.text) >= NO_PROSE if rule.keep else rule.strength in SURE):
            return 0.0
        return 0.75 if len(word.text) < NO_PROSE and (rule.keep or rule.strength == "marked") else 0.5

    def _place_in(self, form: Form, gap: _Gap, word: Word, candidates: Sequence[int]) -> tuple[int, float]:
        """The place of a word in a stretch of a form that looks most like a label's, and how much it does."""
        best, most = -1, 0.0
        for place in candidates:
            end = place + len(word.text)
            if gap.low <= place and end <= gap.high:
                sign = self._sign(form, gap, word.rule, place, end)
                if best < 0 or sign > most + _MORE:
                    best, most = place, sign
        return best, most

    def _sign(self, form: Form, gap: _Gap, rule: LabelRule, start: int, end: int) -> float:
        """How much a place in a form looks like that of a label: what ends before it, what begins behind it."""
        value, (low, high, before) = form.value, gap
        if (
            rule.strength == "marked"
            and before
            and self._ends_value(value, _behind_mark(form, gap).low, before, start, end)
        ):
            return 0.0
        sign = 0.0
        is_apart = start in (0, low) or value[start - 1] in _ENDS or start in form.gaps
        is_apart = is_apart or (value[start - 1] == "." and not value[start - 2].isdigit())
        if is_apart or SECTION_NUMBER.search(value, max(low, start - 3), start):
            sign += 0.5
        elif before and before.rule.field in TYPED and start - low <= VALUE_LOOK:
            sign += 0.5 * value_fits(value, low, start, before.rule, before.text, self.names)
        fits = (rule.field in TYPED or rule.keep) and value_fits(
            value, end, min(high, end + VALUE_LOOK), rule, value[start:end], self.names
        )
        fits = fits or (value[start:end] == _UNIT and self.names.is_unit(value[end : min(high, end + VALUE_LOOK)]))
        if fits or begins_list(value, end) or (rule.field is Field.OTHER and is_pay(value, end)):
            sign += 0.75
        elif end == high or _FIRST_NUMBER.match(value, end) or (end in form.gaps and start in form.gaps):
            sign += 0.75 if value[end : end + 1] in _MARKS else 0.5
        elif rule.field is Field.OTHER and value[end : end + 1].isdigit():
            sign += 0.25  # 编制|6
        if rule.field in TYPED and start > low:
            sign += 0.5 * value_fits(value, max(low, start - VALUE_LOOK), start, rule, value[start:end], self.names)
        return sign

    def _ends_value(self, value: str, low: int, before: _Label, start: int, end: int) -> bool:
        """Whether an everyday word without a mark is the end of a post's name (直接上级客服部|主管|岗位定员), which is none
        without it (报告上级总经理|督导|领班)."""
        is_bare = before.rule.field in _POSTS and value[end : end + 1] not in _MARKS
        return is_bare and self.names.is_post(value[low:end]) and not self.names.is_post(value[low:start])


def _weight(word: Word) -> float:
    return sum(map(bool, word.places)) + (2.0 if word.rule.strength in SURE else 0.0) + len(word.text) / 4


def _behind_mark(form: Form, gap: _Gap) -> _Gap:
    """The stretch behind the colon of the label before it."""
    return _Gap(gap.low + 1, gap.high, gap.last) if form.value[gap.low : gap.low + 1] in (":", "：") else gap


def _is_shared_value(gaps: Sequence[_Gap], places: Sequence[int], text: str, names: Names) -> bool:
    """Whether a string stands right behind the same label in all forms that hold it, and not all do, or it is the kind
    of value that the label announces: a value that several posts share."""
    held = [gap for gap, place in zip(gaps, places, strict=True) if place >= 0]
    if not all(gap.last and gap.low == place for gap, place in zip(gaps, places, strict=True) if place >= 0):
        return False
    last = held[0].last if held else None
    return min(places) < 0 or bool(last and value_fits(text, 0, len(text), last.rule, last.text, names))


def _best_row(labels: Sequence[_Label]) -> list[_Label]:
    """The heaviest row of labels in which each stands behind the one before it in every form that holds both."""
    ordered = sorted(labels, key=_mean_place)
    best: list[float] = []
    back: list[int] = []
    for i, label in enumerate(ordered):
        weight, source = 0.0, -1
        for j in range(i):
            if best[j] > weight and _follows(ordered[j], label):
                weight, source = best[j], j
        best.append(weight + sum(place >= 0 for place in label.places) * len(label.text))
        back.append(source)
    row: list[_Label] = []
    place = max(range(len(best)), key=best.__getitem__) if best else -1
    while place >= 0:
        row.append(ordered[place])
        place = back[place]
    return row[::-1]


def _mean_place(label: _Label) -> float:
    places = [place for place in label.places if place >= 0]
    return sum(places) / len(places)


def _follows(before: _Label, behind: _Label) -> bool:
    length = len(before.text)
    pairs = zip(before.places, behind.places, strict=True)
    return False not in [a + length <= b for a, b in pairs if a >= 0 and b >= 0]
