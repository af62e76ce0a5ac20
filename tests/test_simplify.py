"""Traditional to Simplified: the look-up against the package whose tables it uses, and what is ours."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.rulebook.faults import ScriptRules, load_faults
from gangwei.rulebook.place import rules_folder
from gangwei.simplify import HANS, HANT, MIXED, NONE, Simplifier, simplifier_of

RULES = load_faults(rules_folder()).script
OURS = simplifier_of(RULES)
BARE = simplifier_of(ScriptRules())
PACKAGE = opencc.OpenCC("t2s")

TRADITIONAL = "負責門市銷售與顧客關係維護，並彙整每週報表；協助主管訓練新進人員，執行庫存盤點。"
SIMPLIFIED = "负责门市销售与顾客关系维护，并汇整每周报表；协助主管训练新进人员，执行库存盘点。"


def by_package(text: str) -> str:
    return "".join(PACKAGE.convert(line) for line in re.split("(\n)", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TRADITIONAL, SIMPLIFIED),
        ("新臺幣、機臺、颱風", "新台币、机台、台风"),
        ("資料庫品質", "资料库品质"),
        ("檯面乾淨，乾隆年間", "台面干净，乾隆年间"),
        ("回覆、覆蓋、重覆", "回复、覆盖、重复"),
        ("裏、裡、麵、佔、週、綫、説", "里、里、面、占、周、线、说"),
        ("衞生、妳、姪、枱", "卫生、你、侄、台"),
    ],
)
def test_words_and_characters(text: str, expected: str) -> None:
    assert OURS.simplify(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("隨著業務擴大，沿著動線，本著誠信", "随着业务扩大，沿着动线，本着诚信"),
        ("著力、著手、著重、執著、沉著", "着力、着手、着重、执着、沉着"),
        ("業績顯著，著名學者的著作", "业绩显著，著名学者的著作"),
        ("擁有著名品牌，尊重著作權", "拥有著名品牌，尊重著作权"),
        ("記錄著進度", "记录着进度"),
        ("成效顯著，帶着團隊，隨著計畫", "成效显著，带着团队，随着计划"),
    ],
)
def test_zhe_and_zhu(text: str, expected: str) -> None:
    assert OURS.simplify(text) == expected


def test_the_examples_of_the_rules() -> None:
    for rule in RULES.variants:
        assert rule.find not in OURS.simplify("負責" + rule.example)
        for text in rule.never:
            assert OURS.simplify("負責" + text).count(rule.find) == text.count(rule.find)
    for find, put in {**RULES.characters, **RULES.radicals}.items():
        assert OURS.simplify("負責" + OURS.fold(find)) == "负责" + put


def test_no_character_of_ours_stands_in_the_package_too() -> None:
    changed = [char for char in RULES.characters if PACKAGE.convert(char) != char]
    assert changed == []


def test_the_same_as_the_package_on_documents(samples: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "shared" / "gold" / "documents"
    paths = sorted(folder.glob("*")) or sorted((samples / "documents").glob("*.txt"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        found, expected = BARE.simplify(text), by_package(text)
        if BARE.traditional.search(text):
            assert found == expected, path.name
        else:
            # What Simplified writes itself, such as 乾 and 徵, is not touched there.
            assert found == text


def test_the_same_as_the_package_but_where_phrases_overlap() -> None:
    chance = random.Random(7)
    phrases, characters = sorted(BARE.phrases), sorted(map(chr, BARE.characters))
    characters = [char for char in characters if char <= "\uffff"]
    different = 0
    for _ in range(1500):
        text = "負" + "".join(_pick(chance, phrases, characters) for _ in range(8))
        found, expected = BARE.simplify(text), PACKAGE.convert(text)
        assert found == _leftmost_longest(text)
        if found != expected:
            different += 1
            assert _has_overlap(text), (text, found, expected)
    assert different < 30


def _pick(chance: random.Random, phrases: list[str], characters: list[str]) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice(phrases)
    if kind == 1:
        word = chance.choice(phrases)
        return word[: chance.randrange(1, len(word) + 1)]
    return chance.choice(characters) if kind == 2 else chance.choice("的人工作，。A1\n")


def _leftmost_longest(text: str) -> str:
    """The definition, slowly: at each place the longest phrase that begins there, else the character."""
    pieces = []
    place = 0
    while place < len(text):
        words = [text[place:end] for end in range(min(len(text), place + 16), place, -1)]
        word = next((word for word in words if word in BARE.phrases), text[place])
        pieces.append(BARE.phrases.get(word) or BARE.characters.get(ord(word), word))
        place += len(word)
    return "".join(pieces)


def _has_overlap(text: str) -> bool:
    spans = [
        (start, start + n)
        for start in range(len(text))
        for n in range(2, 16)
        if text[start : start + n] in BARE.phrases
    ]
    return any(a < c < b < d for a, b in spans for c, d in spans)


def test_where_phrases_overlap_the_first_in_reading_order_wins() -> None:
    # 藉以 + 免 + 藉口 (so as to avoid a pretext), not 藉 + 以免藉口.
    assert BARE.simplify("負責覆覈，藉以免藉口") == "负责覆核，借以免借口"
    assert PACKAGE.convert("藉以免藉口") == "藉以免借口"


@given(st.text())
def test_the_length_never_changes(text: str) -> None:
    assert len(OURS.simplify(OURS.fold(text))) == len(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF)))
def test_text_without_chinese_stays(text: str) -> None:
    assert OURS.simplify(OURS.fold(text)) == text
    assert OURS.read(text)[1] == NONE


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (SIMPLIFIED, HANS),
        (TRADITIONAL, HANT),
        (TRADITIONAL + SIMPLIFIED, MIXED),
        (SIMPLIFIED * 3 + "經銷商", HANS),
        (TRADITIONAL * 3 + "经销商", HANT),
        ("主任", HANS),
        ("Sales 2024!", NONE),
        ("", NONE),
    ],
)
def test_script(text: str, script: str) -> None:
    assert OURS.read(text)[1] == script


def test_simplified_text_passes_unchanged() -> None:
    text = SIMPLIFIED + "乾坤、徵兆、慰藉、覆盖、夥同、显著、着手"
    assert OURS.simplify(text) is text


def test_folding_is_one_for_one_and_leaves_marks() -> None:
    assert OURS.fold("⼯程⻓，Ａ１ｚ﹑；：（）！ｱ①㎡\u2800\u3000") == "工程长，A1z、；：（）！ｱ①㎡ \u3000"
    for place in range(0xF900, 0xFB00):
        usual = unicodedata.normalize("NFKC", chr(place))
        assert OURS.fold(chr(place)) == (usual if len(usual) == 1 else chr(place))


@pytest.mark.parametrize("char", ["發", "乾", "于", "。", "7", "\n", "𠁞", "於", "著"])
def test_time_is_linear(char: str) -> None:
    def seconds(simplifier: Simplifier, length: int) -> float:
        text = char * length
        started = time.process_time()
        simplifier.simplify(simplifier.fold(text))
        simplifier.read(text)
        return time.process_time() - started

    short, long = seconds(OURS, 16_000), seconds(OURS, 256_000)
    assert long < 0.2 or long < 48 * short
