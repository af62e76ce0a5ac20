"""The parser on our own documents scores no less than tests/floors.toml says: the whole way, by the command."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gangwei.cli import main
from gangwei.evaluate import Evaluation, evaluate, read_gold, read_tables

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def evaluation(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("floors")
    arguments = ["extract", str(samples / "documents"), "--output", str(folder / "out"), "--format", "csv", "--quiet"]
    status = main(arguments)
    assert status in (0, 1)
    return evaluate(read_tables(folder / "out"), read_gold(samples))


def test_the_whole(evaluation: Evaluation) -> None:
    assert evaluation.macro >= FLOORS["macro"], evaluation.macro


@pytest.mark.parametrize("layout", FLOORS["layouts"])
def test_each_layout(evaluation: Evaluation, layout: str) -> None:
    scores = {document.name: round(document.total.f1, 2) for document in evaluation.layouts[layout].documents}
    assert evaluation.layouts[layout].macro >= FLOORS["layouts"][layout], scores


def test_no_layout_without_a_floor(evaluation: Evaluation) -> None:
    assert set(evaluation.layouts) == set(FLOORS["layouts"])


def test_roles_where_there_are_none(evaluation: Evaluation) -> None:
    assert evaluation.false_roles <= FLOORS["false_roles"]


def test_values_lead_back(evaluation: Evaluation) -> None:
    assert evaluation.provenance.right / evaluation.provenance.items >= FLOORS["provenance"]
