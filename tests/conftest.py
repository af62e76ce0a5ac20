"""What many tests ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from gangwei import rulebook as rulebooks
from gangwei.rulebook import Rulebook

collect_ignore = ["fuzz/harness.py"]  # needs atheris, which `make fuzz` installs

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time and no clock: a red run can be run again.
settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=50)
settings.load_profile("house")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rules that come with the program."""
    return rulebooks.load()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of our own sample documents: their gold, and the documents themselves in `documents`."""
    folder = ROOT / "corpora" / "samples"
    assert any(folder.glob("*.json")), f"no samples in {folder}"
    return folder


@pytest.fixture(scope="session")
def shared_gold() -> Path:
    """The folder of development documents, which lies beside the repository and is not ours to publish."""
    folder = ROOT.parent / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("../shared/gold is not here")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="kill, starve and flood real workers many times")
