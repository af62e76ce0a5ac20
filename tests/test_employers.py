"""Whose posts a page holds: the cases of tests/cases/employers.txt, which a reader of Chinese can check."""

from __future__ import annotations

from pathlib import Path

import pytest

from gangwei.extraction import read
from gangwei.model import Document
from gangwei.rulebook import Rulebook

CASES = Path(__file__).parent / "cases" / "employers.txt"


def _cases() -> list[tuple[str, str, str, str]]:
    text = CASES.read_text(encoding="utf-8").partition("\n")[2]
    found = []
    for block in text.split("\n===\n"):
        given, _, expected = block.partition("\n---")
        about, title, page = given.split("\n", 2)
        found.append((about, title, page, expected.strip("\n")))
    return found


@pytest.mark.parametrize(("about", "title", "text", "expected"), _cases(), ids=[case[0] for case in _cases()])
def test_a_pages_employer(about: str, title: str, text: str, expected: str, rulebook: Rulebook) -> None:
    found = read(Document(text, title=title), rulebook)
    assert found.roles, about
    assert found.company == expected, about
