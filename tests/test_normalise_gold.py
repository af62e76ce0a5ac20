"""The typed gold of corpora/typed: no column falls below what is asked for, and each kind has enough values."""

from __future__ import annotations

import pytest
from benchmarks.typed import FOLDER, KINDS, asked, score

from gangwei.rulebook.place import rules_folder
from gangwei.rulebook.typed import TypedRules, load_typed
from gangwei.segment import Segmenter

LEAST = 300  # values of a kind are asked for at least


@pytest.fixture(scope="module")
def rules() -> TypedRules:
    return load_typed(rules_folder())


@pytest.mark.parametrize("half", ["a", "b"])
@pytest.mark.parametrize("kind", KINDS)
def test_columns_stand_above_what_is_asked_for(kind: str, half: str, rules: TypedRules) -> None:
    scores = score(kind, half, rules, Segmenter())
    assert scores
    for column, results in scores.items():
        assert len(results) > LEAST / 2
        wrong = [message for right, message in results if not right]
        share = 1 - len(wrong) / len(results)
        assert share >= asked(kind, column), "\n".join([f"{kind}.{column}", *(wrong if half == "a" else ())])


def test_no_value_stands_twice() -> None:
    for kind in ("titles", "kpis", "requirements", "duties"):
        files = [(FOLDER / f"{kind}_{half}.tsv").read_text(encoding="utf-8").splitlines()[1:] for half in "ab"]
        keys = [tuple(line.split("\t")[: 2 if kind == "titles" else 1]) for lines in files for line in lines]
        assert len(keys) >= LEAST
        assert sorted(keys) == sorted(set(keys))
