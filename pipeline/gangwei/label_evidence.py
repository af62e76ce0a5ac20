"""What speaks for a label word being a label, and what against it: each sign has a weight, and the sum decides.

The weights were set by hand on documents of our own and on the development half of the gold.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gangwei.label_behind import LONG_WORD, add_right, fits_behind
from gangwei.label_places import ENDS, Place, is_joined, is_over_sentence
from gangwei.label_scene import Case, LastLabel, Scene, Signs, add_numbered, heads_parts, runs_on
from gangwei.label_values import EXPERIENCE, TYPED, VALUE_LOOK, says_years, value_fits
from gangwei.lexer import Hit
from gangwei.model import Field, made
from gangwei.titles import Names

ENOUGH: Final = 2.5
_STRENGTH: Final = {
    "strong": (1.0, "strong word"),
    "fair": (0.3, "fair word"),
    "weak": (-0.5, "weak word"),
    "marked": (-1.0, "marked word"),
}
# Behind a word, these say that it is part of a sentence.
_GOES_ON: Final = frozenset(
    "的和与及或、，,。.；;内中等之并将已是为有不也都而且者在由对被给向从到以让把就要能会可应须该其人交"
)
# Before a word too.
_GOES_ON_FROM: Final = frozenset(
    "（(的和与及或各本该其此每相有关全某按据经由在对向为给让使被以把将从到不无非及时好定了这那同属他她它并做写负担"
)
# Words that end in such a character.
_WORD_ENDS: Final = frozenset(("机关", "海关", "及时", "准时", "按时", "小时"))
# Behind a label's word these make another word of it: 岗位职责说明书, 考核指标率.
_LONGER_WORD: Final = frozenset("书表图率员化性")
# Behind a superior's word these make a sentence of it: 报上级主管部门审批, 在分管校长直接领导下.
_OF_RULE: Final = ("部门", "单位", "机关", "下,", "下，", "下开展", "下的", "下进行")
# Fields whose values are short, so that an everyday word behind one may well be the next label.
_SHORT: Final = TYPED | {Field.OTHER}
# Fields that pages show as rows of a label and a short value.
_FACTS: Final = _SHORT | {Field.TITLE, Field.DEPARTMENT, Field.COMPANY, Field.SUPERVISOR, Field.SUBORDINATE}
_OF_SECTIONS: Final = frozenset([Field.DUTY, Field.REQUIREMENT, Field.OTHER, Field.KPI, Field.AUTHORITY])
_OF_OTHERS: Final = frozenset([Field.SUPERVISOR, Field.SUBORDINATE])
_LINE_AND_VALUE: Final = 2
_BULLETS: Final = frozenset("•·-*")
_SMALL_AMONG_OTHERS: Final = frozenset(["技能", "能力", "素质"])
_LONGEST_FACT: Final = 48
_NEAR_NUMBER: Final = 5
# 【岗位说明】 holds more than the word 岗位.
_IN_BRACKET: Final = re.compile("【[^【】\n]{3,14}】")
_NUMERALS: Final = "一二三四五六七八九十"
# What heads the numbers of a table right behind its label: 2.2 工作内容|序号|具体职责
_NUMBER_HEADS: Final = frozenset(["序号", "编号"])


_WIDE_BLANK: Final = re.compile(r"(?:[ \u3000]{2,8}|[\t\u3000])(?=[^\s:：])")

NO_MARK: Final[Signs] = [(-9.0, "no mark behind it")]
# The number of a form's field before its label: 2 职务：经理3 直接上司：…
_BARE_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,2}[ ]?$")
_IN_SENTENCE: Final = frozenset("\n，,")
_COLONS: Final = (":", "：")
# A number or a date, the value of a field that no table holds: 填写日期2019-3-1|工作综述…
_FIGURE: Final = re.compile(r"[:：]?[A-Z]{0,3}\d[\d.\-/－—年月]{0,12}[日人名级元A-Z]?")


class Weighed(NamedTuple):
    """The signs for a label word and against it that its own place gives, their sum, and whether any speaks for it.

    `case` is None where a word lacks the mark that it needs: then nothing else is asked.
    """

    place: Place
    case: Case | None
    signs: Signs
    weight: float
    has_evidence: bool


def weigh(scene: Scene, index: int, place: Place, last: LastLabel | None) -> Weighed:
    """What a label word's place says of it; `last` is the label before it where that is near."""
    hit = scene.hits[index]
    strength = hit.rule.strength
    in_rows = is_apart = False
    if place.at_line_start:
        in_rows = last is not None and _is_row_of_facts(scene.text, hit, last)
        is_apart = not place.has_colon and strength in ("marked", "weak") and _is_set_apart(scene, hit)
    if strength == "marked" and not (
        place.has_colon or place.is_closed or place.is_whole_line or in_rows or is_apart
        or (place.number >= 0 and heads_parts(scene.text, place))
        or (place.end in scene.firsts and (len(hit.word) >= LONG_WORD or _heads_chapter(scene, place)
                                           or _is_behind_value(scene.text, hit, last, scene.names)))
    ):  # fmt: skip
        return made(Weighed, (place, None, NO_MARK, NO_MARK[0][0], False))
    case = _case(scene, index, hit, place, last)
    rule = hit.rule
    fits = not place.is_whole_line and (rule.keep or rule.field in TYPED) and fits_behind(scene, index, hit, place)
    signs = [_STRENGTH[strength]]
    if place.is_closed or place.has_colon:
        _add_marks(signs, case, fits=fits)
    _add_left(signs, case)
    _add_against(signs, case, fits=fits)
    if in_rows:
        signs.append((4.0, "a row of facts"))
    has_evidence = is_apart or case.after_value or case.behind_label or case.between_blanks
    if not place.is_whole_line:
        has_evidence = add_right(signs, case, fits=fits) or has_evidence
    if case.after_value:
        signs.append((1.5, "behind a fitting value"))
    elif last is not None and last.rule.keep and _is_valued(scene, hit, last):
        if strength == "strong" and not place.at_line_start:
            signs.append((1.5, "behind a small label's value"))
        elif _is_small(hit):
            signs.append((1.0, "behind another small label's value"))
    if is_apart:
        signs.append((1.5, "set apart from what stands behind it"))
    total = 0.0
    for weight, _ in signs:
        total += weight
    return made(Weighed, (place, case, signs, total, has_evidence))


def _heads_chapter(scene: Scene, place: Place) -> bool:
    """Whether a chapter's number stands right before a word: 三、要求1、…"""
    return place.at_line_start and place.number >= 0 and scene.text[place.number] in _NUMERALS


def _is_behind_value(text: str, hit: Hit, last: LastLabel | None, names: Names) -> bool:
    """Whether nothing but a value that fits the label before it stands before a word: 直接主管副总经理|内容|一、…"""
    if last is None or last.rule.field not in TYPED or not 0 < hit.start - last.end <= VALUE_LOOK:
        return False
    return value_fits(text, last.end, hit.start, last.rule, last.word, names)


def _is_row_of_facts(text: str, hit: Hit, last: LastLabel) -> bool:
    """Whether a word begins a bulleted line of one short value, below a line that another label begins with a bullet:
    • 部门 Logistics ⏎ • 汇报对象 Plant Manager."""
    if text[hit.end : hit.end + 1] not in (" ", "\t", "\u3000"):
        return False
    if not ((hit.rule.field in _FACTS or hit.rule.keep) and (last.rule.field in _FACTS or last.rule.keep)):
        return False
    begin = text.rfind("\n", 0, hit.start) + 1
    above = text.rfind("\n", 0, max(0, begin - 1)) + 1
    end = text.find("\n", hit.end)
    if not above <= last.end <= begin or text[begin : begin + 1] not in _BULLETS or text[above] != text[begin]:
        return False
    return not any(mark in text[hit.end : end] for mark in "。；;") and end - hit.end <= _LONGEST_FACT


def _is_set_apart(scene: Scene, hit: Hit) -> bool:
    """Whether a wide blank stands between the word that begins a line and what stands behind it: 技能　　会用量具"""
    is_small = hit.rule.keep or hit.rule.field is Field.REQUIREMENT
    return is_small and _WIDE_BLANK.match(scene.text, hit.end) is not None


def _case(scene: Scene, index: int, hit: Hit, place: Place, last: LastLabel | None) -> Case:
    text, hits = scene.text, scene.hits
    start, end = hit.start, hit.end
    after_value = (
        last is not None
        and 0 < start - last.end <= VALUE_LOOK
        and (
            _FIGURE.fullmatch(text, last.end, start) is not None
            if last.rule.field is Field.OTHER
            else last.rule.field in TYPED
            and "\n" not in text[last.end : start]
            and value_fits(text, last.end, start, last.rule, last.word, scene.names)
        )
    )
    between_blanks = (
        not place.at_line_start
        and text[start - 1 : start] in (" ", "\u3000")
        and text[end : end + 1] in (" ", "\u3000")
    )
    label_behind = (
        place.end in scene.at
        and scene.at[place.end] == index + 1
        and (_is_likely(scene, index + 1, hits[index + 1]) or _heads_numbers(scene, index + 1))
    )
    goes_on = (
        place.following in _GOES_ON
        and not label_behind
        and not (
            place.following in "对有"
            and hit.rule.field is Field.AUTHORITY
            and (place.before in ENDS or index in scene.parts)
        )
        and not (place.has_colon or place.is_closed or place.is_whole_line)
        and text[end : end + 1] == place.following
    )
    behind_label = last is not None and last.end == start
    after_sentence = place.before in ENDS or (place.before == "." and _is_full_stop(text, start))
    is_free = (
        place.at_line_start or behind_label or after_sentence or after_value or place.is_bracketed or place.number >= 0
        or (place.has_colon and _BARE_NUMBER.search(text[max(0, start - _NEAR_NUMBER) : start]) is not None)
    )  # fmt: skip
    return made(Case, (
        scene, index, hit, place, last, behind_label, after_sentence, after_value, between_blanks, goes_on,
        label_behind, place.has_colon or place.is_closed, is_free,
    ))  # fmt: skip


def _is_valued(scene: Scene, hit: Hit, last: LastLabel) -> bool:
    """Whether a value that fits stands between a small label and a label word in the same line."""
    # A sentence goes on behind a comma: 工作经验：五年以上，其中管理|经验两年.
    if not _IN_SENTENCE.isdisjoint(scene.text[last.end : hit.start]):
        return False
    return value_fits(scene.text, last.end, hit.start, last.rule, last.word, scene.names)


def _is_likely(scene: Scene, index: int, hit: Hit) -> bool:
    """Whether a label word that stands right behind another one is a sure one, or has a colon or a value that fits
    behind it."""
    if hit.rule.strength in ("strong", "fair") or scene.text[hit.end : hit.end + 1] in _COLONS:
        return True
    return hit.rule.keep and value_fits(scene.text, hit.end, scene.followers[index], hit.rule, hit.word, scene.names)


def _heads_numbers(scene: Scene, index: int) -> bool:
    """Whether a word heads the numbers of a table, and a likely label right behind it the next column."""
    hits = scene.hits
    if hits[index].word not in _NUMBER_HEADS or index + 1 == len(hits) or hits[index + 1].start != hits[index].end:
        return False
    return _is_likely(scene, index + 1, hits[index + 1])


def _is_full_stop(text: str, place: int) -> bool:
    """Whether what stands before a place, blanks aside, is a Chinese word and a full stop, and no list number."""
    before = text[max(0, place - _NEAR_NUMBER) : place].rstrip()
    return len(before) > 1 and before[-1] == "." and "\u4e00" <= before[-2] <= "\u9fff" and before[-2] not in _NUMERALS


def _is_small(hit: Hit) -> bool:
    """Whether a word is a small label of requirements, or one among others: 学历：高中 经验：一年 能力：…"""
    return hit.rule.keep or hit.word in _SMALL_AMONG_OTHERS


def _add_marks(signs: Signs, case: Case, *, fits: bool) -> None:
    """Brackets and colons."""
    if case.place.is_closed:
        signs.append((4.0, "bracket"))
    if case.place.has_colon:
        is_sure = case.hit.rule.strength == "strong" or case.place.end in case.scene.firsts
        is_small = case.last is not None and case.last.rule.keep and _is_small(case.hit)
        glued = 3.0 if is_small else 1.5 if is_sure else -1.0
        # 机构：　|职位：库管员 stands among the fields of a form.
        is_field = fits and case.place.has_gap and case.hit.rule.field in TYPED
        signs.append((3.0 if case.is_free or is_field else glued, "colon"))


def _add_left(signs: Signs, case: Case) -> None:
    """What stands before the word, and whether it fills its line."""
    place, scene = case.place, case.scene
    if place.at_line_start:
        signs.append((1.5, "line start"))
        if place.is_whole_line:
            numbered = place.number >= 0 and scene.text[place.number] in "一二三四五六七八九十"
            signs.append((2.0 if numbered else 1.5, "whole line"))
            if case.hit.rule.strength == "marked":
                _add_heading(signs, case)
            if case.hit.rule.field in _OF_OTHERS and not place.has_colon and is_over_sentence(scene.text, place.end):
                signs.append((-6.0, "over a sentence"))  # 一、管理岗位⏎负责…。
            if case.hit.rule.keep and _is_in_column(case):
                signs.append((1.0, "in a column of labels and values"))
        elif scene.text[case.hit.end : case.hit.end + 1] in (" ", "\t", "\u3000"):
            signs.append((0.7, "blank behind"))
    elif case.behind_label:
        signs.append((1.5, "right behind a label"))
    elif case.at in scene.parts:
        signs.append((3.0, "behind a part's number"))
    elif case.after_sentence:
        signs.append((1.5, "after a sentence"))
    elif place.number >= 0 and scene.text[place.number] in _NUMERALS and case.hit.rule.strength == "strong":
        signs.append((1.5, "behind a chapter's number"))
    elif place.has_gap:
        signs.append((0.4, ""))
    if case.between_blanks:
        signs.append((1.2, "blanks around it"))


def _add_heading(signs: Signs, case: Case) -> None:
    """What makes a heading of a line that an everyday word fills."""
    place, scene = case.place, case.scene
    if scene.text.startswith("#", scene.text.rfind("\n", 0, place.begin) + 1, place.begin + 1):
        signs.append((1.0, "a heading by markup"))
    elif _first_below(scene.text, place.end) in scene.firsts:
        signs.append((1.0, "a list below"))
    elif scene.in_lines and case.hit.rule.field in _OF_SECTIONS:
        signs.append((1.0, "as other sections' names stand"))


def _is_in_column(case: Case) -> bool:
    """Whether one line parts a small label that fills its line from another such label above: 擅长工具⏎Excel⏎工作技能."""
    last, text = case.last, case.scene.text
    if last is None or not last.rule.keep:
        return False
    between = text[last.end : case.hit.start]
    return between.startswith("\n") and between.count("\n") == _LINE_AND_VALUE and "\n\n" not in between


def _add_against(signs: Signs, case: Case, *, fits: bool) -> None:
    """What says that the word is part of a sentence."""
    place, text, hit = case.place, case.scene.text, case.hit
    rule, has_mark, start = hit.rule, case.has_mark, hit.start
    if place.number >= 0:
        add_numbered(signs, case, fits=fits)
    if place.before in _GOES_ON_FROM and place.begin == start:
        # A remark may be a field of its own: 班长（直接上级：车间主任）.
        is_remark = place.before in "（(" and place.has_colon and rule.field in TYPED
        is_word_end = text[max(0, start - 2) : start] in _WORD_ENDS
        # 直接下级无|工作概要：…
        is_value = place.before == "无" and (place.has_colon or case.after_value) and rule.strength == "strong"
        if not (place.at_line_start or place.is_closed or is_remark or is_word_end or is_value or case.behind_label):
            signs.append((-3.0, f"goes on from {place.before}"))
    if place.begin < start and not has_mark and _IN_BRACKET.match(text, place.begin):
        signs.append((-4.0, "is part of what stands in brackets"))
    if rule.field is Field.TITLE and not has_mark and is_joined(text, start):
        signs.append((-9.0, "is a part of a subject line"))  # 姓名+应聘职位+学历, （注明姓名 + 应聘岗位）
    if place.before == "是" and place.begin == start and not has_mark:
        signs.append((-3.0, "goes on from 是"))  # 行业背景是加分项
    if case.goes_on:
        signs.append((-3.0, f"goes on with {place.following}"))
    if rule.keep:
        if hit.word in case.scene.marked_words and not (has_mark or place.at_line_start):
            signs.append((-3.0, "has a colon elsewhere"))
        if place.before in "，," and not has_mark and case.at not in case.scene.learned:
            signs.append((-2.0, "within a sentence"))
        is_of_years = hit.word.endswith(EXPERIENCE) and not (has_mark or place.at_line_start or case.behind_label)
        if is_of_years and says_years(text, start):
            signs.append((-4.0, "ends what says how many years"))
        if case.last is not None and _ends_value_of_last(case, case.last):
            signs.append((-4.0, "ends what the label before it asks for"))
    if rule.field is Field.DEPUTY and place.following == "\n" and not (place.at_line_start or has_mark):
        signs.append((-6.0, "ends a post's name"))
    if "A" <= place.before <= "z" and place.before.isalpha() and hit.word.isascii() and not has_mark:
        signs.append((-6.0, "within an English sentence"))
    if rule.field is Field.SUPERVISOR and not has_mark and text.startswith(_OF_RULE, hit.end):
        signs.append((-6.0, "is part of what a sentence names"))
    following = text[hit.end : hit.end + 1]
    if following == "心" and hit.word.endswith("责任"):
        signs.append((-8.0, "is part of 责任心"))
    if following in _LONGER_WORD and not (rule.field in TYPED and fits):
        signs.append((-8.0, f"is part of a longer word with {following}"))


def _ends_value_of_last(case: Case, last: LastLabel) -> bool:
    """Whether a small label's word ends the label before it too: 工作经验三年以上管理|经验"""
    if case.has_mark or case.place.at_line_start or case.behind_label:
        return False
    return last.word != case.hit.word and last.word.endswith(case.hit.word)


def form_signs(weighed: Weighed, last: LastLabel | None, *, in_form: bool) -> Signs:
    """What the document's own order of labels says; a sum of ENOUGH with the other signs makes a label."""
    case = weighed.case
    if case is None:
        return []
    strength = case.hit.rule.strength
    likely = strength in ("strong", "fair") or weighed.has_evidence
    short = last is not None and (last.rule.field in _SHORT or last.rule.keep)
    if in_form and (likely or (strength == "weak" and (short or case.is_free))) and runs_on(case):
        # Form after form at the same place: then not even 对 behind it makes it part of a sentence.
        weight = 3.0 if strength == "weak" else 2.5
        if case.goes_on:
            weight += 3.0 if strength == "strong" else 1.5
        return [(weight, "at its place in the form")]
    # 其中管理|经验两年以上 stands in a line of its own in each of the lists.
    may_repeat = likely and (strength != "weak" or case.has_mark or runs_on(case))
    return _REPEATS if may_repeat and case.at in case.scene.repeats else []


_REPEATS: Final[Signs] = [(1.5, "repeats in this order")]


def _first_below(text: str, place: int) -> int:
    while place < len(text) and text[place] in "\r\n \t\u3000":
        place += 1
    return place
