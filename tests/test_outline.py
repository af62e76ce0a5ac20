"""Documents to outlines: the cases of tests/cases, which a reader of Chinese can check."""

from __future__ import annotations

from pathlib import Path

import pytest

from gangwei.extraction import extract
from gangwei.model import Extraction
from gangwei.rulebook import Rulebook

CASES = [
    Path(__file__).parent / "cases" / name
    for name in ("outline.txt", "forms.txt", "tables.txt", "copied.txt", "articles.txt", "boards.txt")
]


def _cases() -> list[tuple[str, str, str]]:
    return [case for path in CASES for case in _cases_of(path)]


def _cases_of(path: Path) -> list[tuple[str, str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    found = []
    for block in "\n".join(lines).split("\n===\n"):
        given, _, expected = block.partition("\n---")
        title, _, text = given.partition("\n")
        found.append((title, text, expected.strip("\n")))
    assert found
    return found


def outline(extraction: Extraction) -> str:
    lines = []
    for role in extraction.roles:
        found = role.found
        head = [found.title.text, found.department.text if found.department else "-"]
        head += [f"公司 {found.company.text}"] if found.company else []
        head += [f"上级 {entry.text}" for entry in found.supervisors]
        head += [f"下级 {entry.text}" for entry in found.subordinates]
        lines.append(" | ".join(head))
        sections = {
            "职责": found.duties,
            "权限": found.authorities,
            "指标": found.kpis,
            "要求": found.requirements,
            "日常": found.routines,
        }
        lines += [f"  {name} {entry.text}" for name, entries in sections.items() for entry in entries]
    for unit in extraction.units:
        lines += [f"部门 {unit.name.text}: {entry.text}" for entry in unit.functions]
    return "\n".join(lines)


@pytest.mark.parametrize(("title", "text", "expected"), _cases(), ids=[case[0] for case in _cases()])
def test_a_document_is_read_as_its_outline(title: str, text: str, expected: str, rulebook: Rulebook) -> None:
    assert outline(extract(text, rulebook)) == expected, title
