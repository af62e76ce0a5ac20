"""compare.toml and likeness.toml: the words by which two statements say the same work, and how much each sign weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.rulebook.files import RuleFile

WORDS_FILE: Final = "compare.toml"
WEIGHTS_FILE: Final = "likeness.toml"
# The signs in the order in which compare/judge.py gives them.
SIGNS: Final = (
    *("action", "object", "object_least", "rest", "negation", "opposite", "mode", "turned"),
    *("apart", "spelled_out"),
)
LIMITS: Final = ("bias", "same", "cluster", "embedding", "embedding_middle")
_GROUP_KEYS: Final = ("name", "words", "example")
_LIST_KEYS: Final = ("words", "example")
_OPPOSITE_KEYS: Final = ("left", "right", "example")


@dataclass(frozen=True, slots=True, eq=False)
class LikenessRules:
    """The words of compare.toml and the weights of likeness.toml."""

    actions: Mapping[str, str]  # word -> the name of its group
    things: Mapping[str, str]
    modes: Mapping[str, str]
    umbrella: frozenset[str]
    negation: frozenset[str]
    light: frozenset[str]
    general: frozenset[str]
    abbreviations: Mapping[str, str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    bias: float
    weights: tuple[float, ...]  # in the order of SIGNS
    same: float  # from here on the two of a pair are more likely one duty than not
    embedding: float  # the weight of the cosine of two embeddings, where there are any
    embedding_middle: float  # the cosine that says nothing either way
    cluster: float  # from here on the two are taken for one where nearly all others are not


def load_likeness(folder: Path) -> LikenessRules:
    """The rules for comparing of a rules folder; RuleError with a line for each fault."""
    file = RuleFile.open(folder, WORDS_FILE)
    actions, things, modes = (_groups(file, section) for section in ("action", "thing", "mode"))
    lists = {section: _list(file, section) for section in ("umbrella", "negation", "light", "general", "abbreviation")}
    short = _abbreviations(file, lists["abbreviation"])
    opposites = tuple(_opposites(file))
    for word in sorted(actions.keys() & things.keys()):
        file.fault(f"thing {things[word]!r}: {word!r} stands under action {actions[word]!r} already")
    for word in sorted(lists["umbrella"] & actions.keys() - modes.keys()):
        file.fault(f"umbrella: {word!r} stands under action {actions[word]!r} already")
    file.close()
    weights, limits = _weights(folder)
    return LikenessRules(
        actions=actions,
        things=things,
        modes=modes,
        umbrella=lists["umbrella"],
        negation=lists["negation"],
        light=lists["light"],
        general=lists["general"],
        abbreviations=short,
        opposites=opposites,
        weights=weights,
        **limits,
    )


def _groups(file: RuleFile, section: str) -> dict[str, str]:
    found: dict[str, str] = {}
    names: set[str] = set()
    for number, entry in enumerate(file.entries(section), 1):
        where = f"{section} {number}"
        file.check_keys(entry, where, _GROUP_KEYS)
        name = file.string(entry, "name", where)
        if name in names:
            file.fault(f"{where}: there is a group {name!r} already")
        names.add(name)
        words = file.words(entry, "words", where)
        _check_example(file, f"{section} {name!r}", words, file.string(entry, "example", where))
        for word in words:
            if found.setdefault(word, name) != name:
                file.fault(f"{section} {name!r}: {word!r} stands under {found[word]!r} already")
    return found


def _list(file: RuleFile, section: str) -> frozenset[str]:
    entries = file.entries(section)
    if len(entries) != 1:
        file.fault(f"there must be one [[{section}]]")
    found: frozenset[str] = frozenset()
    for entry in entries:
        file.check_keys(entry, section, _LIST_KEYS)
        found |= frozenset(file.words(entry, "words", section))
        _check_example(file, section, tuple(sorted(found)), file.string(entry, "example", section))
    return found


def _opposites(file: RuleFile) -> list[tuple[frozenset[str], frozenset[str]]]:
    found = []
    for number, entry in enumerate(file.entries("opposite"), 1):
        where = f"opposite {number}"
        file.check_keys(entry, where, _OPPOSITE_KEYS)
        left, right = (file.words(entry, side, where) for side in ("left", "right"))
        _check_example(file, where, (*left, *right), file.string(entry, "example", where))
        for word in sorted(set(left) & set(right)):
            file.fault(f"{where}: {word!r} stands on both sides")
        found.append((frozenset(left), frozenset(right)))
    return found


def _abbreviations(file: RuleFile, words: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in sorted(words):
        short, mark, long = word.partition("=")
        if not (short and mark and long):
            file.fault(f"abbreviation: {word!r} must be written short=long")
        found[short] = long
    return found


def _check_example(file: RuleFile, where: str, words: tuple[str, ...], example: str) -> None:
    if not words:
        file.fault(f"{where}: there must be words")
    elif example and not any(word.partition("=")[0] in example for word in words):
        file.fault(f"{where}: example {example!r} holds none of the words")


def _weights(folder: Path) -> tuple[tuple[float, ...], dict[str, float]]:
    """The weights in the order of `SIGNS`, and the limits by name."""
    file = RuleFile.open(folder, WEIGHTS_FILE)
    table = file.table("weights")
    file.check_keys(table, "weights", SIGNS)
    weights = tuple(_number(file, table, sign) for sign in SIGNS)
    limits = file.table("limits")
    file.check_keys(limits, "limits", LIMITS)
    found = {key: _number(file, limits, key) for key in LIMITS}
    file.close()
    return weights, found


def _number(file: RuleFile, table: Mapping[str, object], key: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        file.fault(f"{key} must be there and a number")
        return 0.0
    return float(value)
