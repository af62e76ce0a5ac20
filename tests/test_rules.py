"""Faulty rule files are refused before any work, every fault at once with its file."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from gangwei import rulebook as rulebooks
from gangwei.errors import RuleError
from gangwei.extraction import extract


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


# Files that mean harm: refused in a moment, with their name and place, whatever is in them.

WORDS = "".join(f'"词{n}",' for n in range(40_000))
LABEL = '[[label]]\nfield = "kpi"\nstrength = "strong"\nexample = "甲：乙"\n'
HOSTILE = {
    "nested lists": ("a = " + "[" * 200_000, "within each other"),
    "nested tables": ("a = " + "{a=" * 200_000, "within each other"),
    "a key of many parts": ("a." * 200_000 + "b = 1", "a key of more than 8 parts"),
    "a key of many quoted parts": ('"a b".' * 100_000 + "b = 1", "a key of more than 8 parts"),
    "a section of many parts": ("[" + "a." * 200_000 + "b]", "a key of more than 8 parts"),
    "a table in a line, of many parts": ("a = {b = 1, " + "c . " * 90_000 + "d = 1}", "a key of more than 8 parts"),
    "strings that do not end": ("a = " + '"' * 900_001, "not TOML"),
    "a string of escapes": ('a = "' + "\\\\" * 400_000 + '\\"', "not TOML"),
    "a long file": ("# " + "x" * 2_000_000, "longer than 1000000 bytes"),
    "a long word": (LABEL + f'words = ["{"甲" * 300}", "甲"]', "more than 200 characters"),
    "a word many times over": (LABEL + f"words = [{WORDS}{WORDS}]"[:990_000], "twice"),
    "words made of words": (f'[[compound]]\nfirsts = [{WORDS}]\nlasts = ["甲", "乙"]\n', "more than 50000 words"),
    "words for words": (f"[[reworded]]\nwords = [{WORDS}]\nas = [{WORDS}]\n"[:999_000], "more than 200 words"),
    "faults without end": ("[[label]]\n" * 10_000, "more faults"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_moment(name: str, folder: Path) -> None:
    content, reason = HOSTILE[name]
    (folder / "labels.toml").write_text(content, encoding="utf-8")
    started = time.process_time()
    found = faults(folder)
    assert time.process_time() - started < 5
    assert any("labels.toml" in line and reason in line for line in found), found[:3]
    assert len(found) < 200
    assert all(len(line) < 1000 for line in found)


def test_a_pipe_is_no_rule_file(folder: Path) -> None:
    (folder / "titles.toml").unlink()
    os.mkfifo(folder / "titles.toml")
    assert any("titles.toml: not a file" in line for line in faults(folder))


def test_a_rule_is_never_run_as_a_pattern(folder: Path) -> None:
    """What users write is taken as it stands: (a+)+ is five characters; only # and * of furniture mean something."""
    with (folder / "labels.toml").open("a", encoding="utf-8") as file:
        file.write('[[label]]\nfield = "kpi"\nstrength = "strong"\nwords = ["(a+)+$", "[^"]\nexample = "(a+)+$：1"\n')
    senses = (folder / "senses.toml").read_text(encoding="utf-8")
    (folder / "senses.toml").write_text(senses.replace('"优先",', '"优先", "(.*)*=",', 1), encoding="utf-8")
    rules = rulebooks.load(folder)
    assert rules.labels["(a+)+$"].field == "kpi"
    started = time.process_time()
    extract("岗位名称：会计\n岗位职责：\n1、" + "a" * 3000 + "!\n2、" + "=" * 3000, rules)
    assert time.process_time() - started < 5
