"""Faulty rule files are refused before any work, every fault at once with its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gangwei import rulebook as rulebooks
from gangwei.errors import RuleError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(rulebooks.rules_folder(), tmp_path / "rules")


def faults(folder: Path) -> list[str]:
    with pytest.raises(RuleError) as caught:
        rulebooks.load(folder)
    return str(caught.value).splitlines()


def test_faults_of_several_files_come_together(folder: Path) -> None:
    with (folder / "labels.toml").open("a", encoding="utf-8") as file:
        file.write('[[label]]\nfield = "nonsense"\nstrength = "strong"\nwords = ["甲乙丙"]\nexample = "甲乙丙：丁"\n')
    with (folder / "faults.toml").open("a", encoding="utf-8") as file:
        file.write("[bogus]\n")
    found = faults(folder)
    assert [line for line in found if "labels.toml" in line and "nonsense" in line]
    assert [line for line in found if "faults.toml" in line and "bogus" in line]


def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "titles.toml").unlink()
    assert any("titles.toml: cannot be read" in line for line in faults(folder))


def test_a_word_under_two_fields_is_a_fault(folder: Path) -> None:
    with (folder / "labels.toml").open("a", encoding="utf-8") as file:
        file.write('[[label]]\nfield = "kpi"\nstrength = "strong"\nwords = ["岗位职责"]\nexample = "岗位职责：发货"\n')
    assert any("岗位职责" in line and "already" in line for line in faults(folder))


def test_reworded_lists_of_different_length_are_a_fault(folder: Path) -> None:
    with (folder / "labels.toml").open("a", encoding="utf-8") as file:
        file.write('[[reworded]]\nwords = ["甲", "乙"]\nas = ["丙"]\n')
    assert any("2 words, but 1" in line for line in faults(folder))


def test_a_reworded_label_is_a_label(folder: Path) -> None:
    labels = rulebooks.load(folder).labels
    assert labels["衡量原则"].field is labels["衡量标准"].field


def test_the_same_rules_have_the_same_digest(folder: Path) -> None:
    before = rulebooks.load(folder).digest
    assert rulebooks.load(folder).digest == before
    with (folder / "labels.toml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert rulebooks.load(folder).digest != before
