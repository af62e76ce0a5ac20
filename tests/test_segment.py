"""Words: the Rust port against jieba itself, our own words, the dictionary."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import tracemalloc
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangwei.segment import Lexicon, Segmenter, lexicon

WORDS = ("直接上级", "上岗资格鉴定", "任职资格", "岗位/职务", "A岗", "KPI", "Job Title", "职务代理人")
FAST = Segmenter(WORDS)


@pytest.fixture(scope="module")
def reference() -> Segmenter:
    return Segmenter(WORDS, reference=True)


def test_words_of_ours_stay_in_one_piece() -> None:
    assert FAST.cut("直接上级总经理") == ["直接上级", "总经理"]
    assert "上岗资格鉴定" in FAST.cut("上岗资格鉴定由主管签字")


def test_the_port_and_jieba_give_the_same_words_of_documents(reference: Segmenter, samples: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "shared" / "gold" / "documents"
    paths = sorted(folder.glob("*")) or sorted((samples / "documents").glob("*"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert FAST.cut(text) == reference.cut(text), path.name


def test_the_port_and_jieba_give_the_same_words_of_random_text(reference: Segmenter) -> None:
    chance = random.Random(11)
    pieces = [
        "岗位职责",
        "abc",
        "B超",
        "3.5%",
        "AT&T",
        "C#",
        "c++",
        "-",
        "_",
        ".",
        "é",
        "，",
        "\n",
        "\r\n",
        " ",
        "\u3000",
        "T恤",
    ]
    pieces += [
        "江南style",
        "α",
        "龥",
        "鿿",
        "𠀀",
        "㐀",
        "豈",
        "Ⅳ",
        "１２",
        "ー",
        "한",
        "\x85",
        "\u2028",
        "\x0b",
        "😀",
        *WORDS,
    ]
    pieces += [word[:2] for word in WORDS]
    for _ in range(3000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 10)))
        assert FAST.cut(text) == reference.cut(text), text
    for _ in range(1000):
        text = "".join(chr(chance.choice((*range(1, 0x250, 7), *range(0x4E00, 0x9FFF, 61)))) for _ in range(12))
        assert FAST.cut(text) == reference.cut(text), text


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_the_words_joined_are_the_text(text: str) -> None:
    assert "".join(FAST.cut(text)) == text


def test_lone_surrogates_are_cut_too(reference: Segmenter) -> None:
    assert FAST.cut("岗位\ud800职责") == ["岗位", "\ud800", "职责"]
    assert "".join(reference.cut("岗位\ud800职责")) == "岗位\ud800职责"


def test_frequencies_are_those_of_the_dictionary() -> None:
    import jieba

    path = Path(jieba.__file__).with_name("dict.txt")
    lines = [line.split(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 300_000
    chance = random.Random(3)
    for word, frequency, *_ in [line for line in chance.sample(lines, 500) if line[0] >= "一"]:
        assert FAST.frequency(word) == int(frequency)
    assert lexicon().frequency("岗置") == lexicon().frequency("") == lexicon().frequency("Q版") == 0
    assert lexicon().frequency("岗位 2321") == 0  # a line of it begins so
    # What a look-up relies on: the words of one first character stand together, in order of these.
    firsts = [first for first, _ in groupby(line[0][0] for line in lines[80:])]
    assert firsts == sorted(set(firsts))


def test_a_dictionary_that_was_asked_for_all_its_words_is_no_larger() -> None:
    asked = Lexicon()
    words = [word for character in map(chr, range(0x4E00, 0x9FA0)) for word in asked.words_from(character)[::20]]
    assert len(words) > 20_000  # of all first characters
    tracemalloc.start()
    try:
        assert all(map(asked.frequency, words))
        assert all(map(asked.tag, words))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 8_000_000  # as words of Python it was 92 MB


def test_start_is_quick_and_loads_no_dictionary_of_jieba() -> None:
    code = (
        "import sys, time; start = time.process_time(); from gangwei.segment import Segmenter;"
        "s = Segmenter(['直接上级']); assert s.cut('直接上级') == ['直接上级'];"
        "assert 'jieba' not in sys.modules; print(time.process_time() - start)"
    )
    best = min(float(_python(code)) for _ in range(2))
    assert best < 1.0  # 0.2 s on the machine it was written on


def test_a_planted_cache_is_neither_read_nor_written(tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    code = "from gangwei.segment import Segmenter; print(Segmenter(reference=True).cut('客户关系')[0])"
    assert _python(code, tmp_path) == "客户关系"
    assert (tmp_path / "jieba.cache").read_bytes() == b"planted"
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


def _python(code: str, temporary: Path | None = None) -> str:
    environment = {**os.environ, "TMPDIR": str(temporary or tempfile.gettempdir()), "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent / "pipeline")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("piece", ["龥", "我", "7", " ", "(", "\n", "中华人民共和国", "ab ", "-"])
def test_time_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        FAST.cut(text)
        return time.process_time() - started

    short, long = seconds(16_000), seconds(256_000)
    assert long < 0.3 or long < 48 * short
