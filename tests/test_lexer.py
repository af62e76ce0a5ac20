"""Label words: our own search against spaCy's PhraseMatcher, which it stands in for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gangwei.lexer import Lexer
from gangwei.rulebook import load
from gangwei.segment import Segmenter

RULES = load()
CUT = Segmenter(word for word, rule in RULES.labels.items() if rule.strength in ("strong", "fair")).cut
FAST = Lexer(RULES.labels, CUT)


@pytest.fixture(scope="module")
def reference() -> Lexer:
    return Lexer(RULES.labels, CUT, reference=True)


def test_of_overlapping_label_words_the_leftmost_longest_counts() -> None:
    assert [hit.word for hit in FAST.hits("直接上级:总经理 与相关部门沟通")] == ["直接上级", "部门"]
    assert [(hit.start, hit.end) for hit in FAST.hits("部门职责\n部门：市场部")] == [(0, 4), (5, 7)]


def test_no_label_word_begins_within_a_word() -> None:
    assert FAST.hits("总经理") == ()


def test_spacy_finds_the_same_in_documents(reference: Lexer, samples: Path) -> None:
    paths = sorted((samples / "documents").glob("*"))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert FAST.hits(text) == reference.hits(text), path.name


def test_spacy_finds_the_same_in_label_words_run_together(reference: Lexer) -> None:
    rng = random.Random(1)
    words = [*RULES.labels, "市场部", "经理", "负责", "、", " ", "\n", "1."]
    for _ in range(300):
        text = "".join(rng.choices(words, k=12))
        assert FAST.hits(text) == reference.hits(text), text
