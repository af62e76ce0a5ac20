"""rules/senses.toml: words that tell what a sentence is about where no heading does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gangwei.rulebook.files import RuleFile


@dataclass(frozen=True, slots=True)
class SenseRules:
    """Patterns of plain words; `duty`, `offer` and `applicant` are matched at a start, the others are searched for.

    `everyday` are the words of `closing` that people also work with.
    """

    requirement: re.Pattern[str]
    duty: re.Pattern[str]
    duty_words: frozenset[str]  # those of its pattern
    closing: re.Pattern[str]
    benefit: re.Pattern[str]
    offer: re.Pattern[str]
    applicant: re.Pattern[str]
    everyday: frozenset[str]
    joints: Joints


class Joints(NamedTuple):
    """Words by which items that ran together without a mark are parted, by what they do there."""

    opens: frozenset[str]
    may_open: frozenset[str]
    when: frozenset[str]
    ends: frozenset[str]
    goes_on: frozenset[str]
    binds: frozenset[str]
    causes: frozenset[str]
    acts: frozenset[str]
    makes_noun: tuple[str, ...]


def load_senses(folder: Path) -> SenseRules:
    """The sense rules of a folder."""
    file = RuleFile.open(folder, "senses.toml")
    patterns: dict[str, re.Pattern[str]] = {}
    duty_words: frozenset[str] = frozenset()
    for name, key in (
        ("requirement", "words"),
        ("duty", "starts"),
        ("closing", "words"),
        ("benefit", "words"),
        ("offer", "starts"),
        ("applicant", "starts"),
    ):
        table = file.table(name)
        file.check_keys(table, name, (key, "example", "never"))
        words = file.words(table, key, name)
        duty_words = frozenset(words) if name == "duty" else duty_words
        pattern = _pattern(words, at_start=key == "starts")
        found = pattern.match if key == "starts" else pattern.search
        if not found(file.string(table, "example", name)):
            file.fault(f"{name}: its example is not found")
        for text in file.words(table, "never", name):
            if found(text):
                file.fault(f"{name}: {text!r} must not be found")
        patterns[name] = pattern
    everyday = _everyday(file, patterns["closing"])
    joints = _joints(file)
    file.close()
    return SenseRules(**patterns, duty_words=duty_words, everyday=everyday, joints=joints)


def _everyday(file: RuleFile, closing: re.Pattern[str]) -> frozenset[str]:
    table = file.table("everyday")
    file.check_keys(table, "everyday", ("words", "example", "never"))
    words = frozenset(file.words(table, "words", "everyday"))
    for word in sorted(words):
        if not closing.fullmatch(word):
            file.fault(f"everyday: {word!r} is no word of closing")
    if not words.intersection(closing.findall(file.string(table, "example", "everyday"))):
        file.fault("everyday: its example is not found")
    for text in file.words(table, "never", "everyday"):
        if words.intersection(closing.findall(text)):
            file.fault(f"everyday: {text!r} must not be found")
    return words


def _joints(file: RuleFile) -> Joints:
    groups: dict[str, tuple[str, ...]] = {}
    for entry in file.entries("joint"):
        file.check_keys(entry, "joint", ("name", "words", "example"))
        name = file.string(entry, "name", "joint")
        words = tuple(file.words(entry, "words", f"joint {name}"))
        if name in groups or name not in Joints._fields:
            file.fault(f"joint: {name!r} is no group, or stands twice")
        if not any(word in file.string(entry, "example", f"joint {name}") for word in words):
            file.fault(f"joint {name}: its example holds none of its words")
        groups[name] = words
    missing = [name for name in Joints._fields if name not in groups]
    for name in missing:
        file.fault(f"joint: the group {name} is missing")
    nouns = groups.pop("makes_noun", ())
    return Joints(**{name: frozenset(groups.get(name, ())) for name in Joints._fields[:-1]}, makes_noun=nouns)


def _pattern(words: Sequence[str], *, at_start: bool) -> re.Pattern[str]:
    """What finds any of the words, a foreign one from its own beginning: no medical in Biomedical. At a start, one look at the first character turns down most texts: without it all
    words would be tried there, one by one. A search looks for first characters by itself."""
    found = "|".join(map(_found, sorted(words, key=len, reverse=True))) or "(?!)"
    firsts = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(f"(?=[{firsts}])(?:{found})" if at_start and firsts else found)


def _found(word: str) -> str:
    return rf"(?<![A-Za-z]){re.escape(word)}" if "A" <= word[0] <= "z" else re.escape(word)
