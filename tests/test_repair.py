"""Text preparation: the cases that a reader of Chinese can check, and what holds for every text."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangwei.model import Document
from gangwei.repair import UNCERTAIN, Prepared, Tools, prepare, tools_of
from gangwei.rulebook.faults import load_faults
from gangwei.rulebook.labels import load_labels
from gangwei.rulebook.place import rules_folder
from gangwei.text import Edit, Text, rewrite

CASES = Path(__file__).parent / "cases" / "repair.txt"
TOOLS: Tools = tools_of(load_faults(rules_folder()), tuple(load_labels(rules_folder()).words))


class Case(NamedTuple):
    kind: str
    title: str
    text: str
    expected: str


def read_cases() -> list[Case]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not re.match("#{1,3} |#$", line)]
    cases = []
    for part in re.split("^#### ", "\n".join(lines), flags=re.MULTILINE)[1:]:
        kind, _, rest = part.partition("\n")
        for case in re.split("^== ", rest, flags=re.MULTILINE)[1:]:
            title, _, body = case.partition("\n")
            text, found, expected = body.partition("\n--\n")
            assert found, f"{title}: no line --"
            cases.append(Case(kind.strip(), title, _plain(text), _plain(expected)))
    return cases


def _plain(text: str) -> str:
    text = text.strip("\n").replace("⏎", "\n")
    text = re.sub(r"\{U\+([0-9A-F]{4,6})\}", lambda match: chr(int(match[1], 16)), text)
    return text[1:-1] if text.startswith("«") and text.endswith("»") else text


def prepared(text: str) -> Prepared:
    return prepare(Document(text), TOOLS)


ALL_CASES = read_cases()


def params(*kinds: str) -> list[object]:
    return [pytest.param(case, id=case.title) for case in ALL_CASES if case.kind in kinds]


def test_there_are_cases_of_every_kind() -> None:
    assert {case.kind for case in ALL_CASES} == {"seen", "made up", "negative", "known failures"}


@pytest.mark.parametrize("case", params("seen", "made up"))
def test_a_fault_is_repaired(case: Case) -> None:
    found = prepared(case.text)
    assert found.text.value == case.expected


@pytest.mark.parametrize("case", params("negative"))
def test_sound_text_is_left_alone(case: Case) -> None:
    found = prepared(case.text)
    assert found.text.value == case.text == case.expected
    assert found.repairs == ()


@pytest.mark.xfail(reason="not repaired yet", strict=True)
@pytest.mark.parametrize("case", params("known failures"))
def test_a_known_failure(case: Case) -> None:
    assert prepared(case.text).text.value == case.expected


def test_each_repair_names_its_place_in_the_document() -> None:
    text = "負責(zé)客戶旳維護"
    found = prepared(text)
    assert [(repair.fault, repair.before, repair.after) for repair in found.repairs] == [
        ("pinyin gloss", "(zé)", ""),
        ("swapped character", "旳", "的"),
    ]
    assert all(text[repair.start : repair.end] == repair.before for repair in found.repairs)
    assert found.script == "hant"


def test_a_front_matter_may_explain_its_entries() -> None:
    found = prepared("---\n# Page title\ntitle: 招聘窑工\n\n# Who sees it.\nsummary: 窑工\n---\n会看火候。")
    assert found.text.value == "---\n\ntitle: 招聘窑工\n\n\nsummary: 窑工\n---\n会看火候。"


def test_what_is_not_certain_is_noted_and_left() -> None:
    text = "负责客户?服务工作"
    found = prepared(text)
    assert found.text.value == text
    assert [(note.code, text[note.start : note.end]) for note in found.notes] == [(UNCERTAIN, "?")]


# Characters that finders look for, so that random text meets them.
SITES = (
    "旳",
    "设?",
    "第1页共6页",
    "\n2、",
    "……1",
    "目录",
    "下载 相关",
    "相似文档",
    "温馨提示",
    "©",
    "某某公司",
    "公司3.",
    "br1、",
)
GARBLES = (
    "?",
    "？",
    "(zé)",
    "（fùzé）",
    "?;顒",
    "?shù)",
    "&nbsp;",
    "\\n",
    "三。",
    "。。",
    "职职责责",
    "岗 位",
    "1.",
    "2.",
    "....",
)
CHARACTERS = (
    "負",
    "動",
    "Ａ",
    "⼯",
    "著",
    "着",
    "\n",
    "\r\n",
    "\ufeff",
    "\ud800",
    "\U0001f600",
    "\u2800",
    "\u3000",
    "\0",
    "·",
)
PIECES = st.sampled_from((*SITES, *GARBLES, *CHARACTERS))
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=25).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_prepared_and_leads_back(raw: str) -> None:
    found = prepared(raw)
    text = found.text
    assert text.raw == raw
    for repair in found.repairs:
        assert raw[repair.start : repair.end] == repair.before
    for note in found.notes:
        assert 0 <= note.start <= note.end <= len(raw)
    for one, two in pairwise(text.runs):
        assert one.value + one.length <= two.value
        assert one.raw + one.length <= two.raw
    outside = TOOLS.simplifier.simplify(TOOLS.simplifier.fold(raw))
    assert len(outside) == len(raw)
    starts = [text.raw_span(place, place + 1).start for place in range(len(text.value))]
    assert starts == sorted(starts)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_outside_of_edits_only_characters_change_one_for_one(raw: str) -> None:
    text = prepared(raw).text
    for run in text.runs:
        value, before = text.value[run.value : run.value + run.length], raw[run.raw : run.raw + run.length]
        assert len(value) == len(before)
        if before.isascii():
            assert value == before


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_no_edits_give_the_same_text(raw: str) -> None:
    text = Text.of(raw)
    assert rewrite(text, ()) is text
    assert rewrite(text, [Edit(0, 0, "", "nothing")]).value == raw


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_preparing_is_repeatable(raw: str) -> None:
    assert prepared(raw) == prepared(raw)


HOSTILE = [
    "|盘点<br>收货<br>发货|\n",
    "我",
    "發",
    "?",
    "(",
    "（fā",
    "7",
    " ",
    "\n",
    "旳",
    "。",
    ".",
    "-",
    "/",
    "一 ",
    "确?;",
    "?;顒",
    "设?",
    "\n2、",
]
HOSTILE += [
    "第1页",
    "某公司说明书第1页",
    "公司3.",
    "下载\n",
    "评论\n",
    "温馨提示\n",
    "职职责责",
    "總則……1 ",
    "發(fā)",
    "當?shù)氐",
    "&nbsp;",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        document = Document((piece * length)[:length])
        runs = []
        for _ in range(3):
            started = time.process_time()
            prepare(document, TOOLS)
            runs.append(time.process_time() - started)
        return min(runs)

    seconds(100)
    short, long = seconds(3_000), seconds(24_000)
    # Eight times the text: quadratic time would be sixty-four times as much.
    assert long < 0.15 or long < 24 * short


def test_a_sound_page_costs_little() -> None:
    plain = ("一、负责仓库的收发与保管，每月盘点一次；参加部门例会。\n二、执行安全制度，完成主管交办的工作。\n" * 20)[
        :1000
    ]
    prepare(Document(plain), TOOLS)
    best = min(_timed(plain) for _ in range(20))
    # 0.09 ms on the machine it was written on; ten times that on a busy one.
    assert best < 0.001


def _timed(text: str) -> float:
    started = time.process_time()
    prepare(Document(text), TOOLS)
    return time.process_time() - started
