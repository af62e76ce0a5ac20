"""Made documents are read as well as tests/floors.toml says: without faults, and with all that are not encodings at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from benchmarks.made import measure

from gangwei.evaluate import Evaluation
from gangwei.synth import LAYOUTS

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))["made"]
DOCUMENTS = 4


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Evaluation]:
    return measure(("none", "all"), tuple(LAYOUTS), DOCUMENTS, tmp_path_factory.mktemp("made") / "farm")


@pytest.mark.parametrize("column", ["none", "all"])
def test_each_layout(found: dict[tuple[str, str], Evaluation], column: str) -> None:
    assert set(FLOORS[column]) == set(LAYOUTS)
    scores = {layout: found[column, layout].macro for layout in LAYOUTS}
    assert {layout: score for layout, score in scores.items() if score < FLOORS[column][layout]} == {}
