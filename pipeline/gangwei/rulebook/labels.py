"""rules/labels.toml as frozen label rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gangwei.model import Field
from gangwei.rulebook.files import RuleFile

LABEL_KEYS: Final = ("field", "strength", "words", "then", "keep", "group", "example", "never")
COMPOUND_KEYS: Final = ("field", "strength", "then", "firsts", "lasts", "example", "never")
REWORDED_KEYS: Final = ("words", "as")
CUE_KEYS: Final = ("field", "words", "keep", "example")
SEQUENCE_KEYS: Final = ("words", "example")
STRENGTHS: Final = ("strong", "fair", "weak", "marked")
# So many words of a sequence, one behind the other, make a form of it.
FEWEST_OF_SEQUENCE: Final = 2
# Words that a compound may make and words that may be reworded: ours make some thousands, and have some tens.
MOST_MADE: Final = 50_000
MOST_REWORDED: Final = 200
FIELDS: Final = tuple(str(field) for field in Field)


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Words that announce one field; the meaning of each key stands in rules/README.md."""

    name: str
    field: Field
    words: tuple[str, ...]
    strength: str
    then: Field | None = None
    keep: bool = False
    group: bool = False
    example: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell what a label announces that no list holds: 归口单位 by its 单位."""

    words: tuple[str, ...]
    rule: LabelRule


@dataclass(frozen=True, slots=True)
class LabelRules:
    """Each label word with its rule, the cues for those that no rule has, and label words in the order of forms."""

    words: Mapping[str, LabelRule]
    cues: tuple[Cue, ...]
    sequences: tuple[tuple[str, ...], ...]


def load_labels(folder: Path) -> LabelRules:
    """The label rules of a folder."""
    file = RuleFile.open(folder, "labels.toml")
    rules: dict[str, LabelRule] = {}
    for number, entry in enumerate(file.entries("label"), 1):
        where = f"label {number}"
        file.check_keys(entry, where, LABEL_KEYS)
        words = file.words(entry, "words", where)
        for word in words:
            if word in rules:
                file.fault(f"{where}: {word!r} stands under {rules[word].name} already")
        if rule := _rule(file, entry, where, words):
            rules.update(dict.fromkeys(words, rule))
    for number, entry in enumerate(file.entries("compound"), 1):
        where = f"compound {number}"
        file.check_keys(entry, where, COMPOUND_KEYS)
        firsts, lasts = file.words(entry, "firsts", where), file.words(entry, "lasts", where)
        if len(firsts) * len(lasts) > MOST_MADE:
            file.fault(f"{where}: makes more than {MOST_MADE} words")
            continue
        words = tuple(first + last for first in firsts for last in lasts if not last.startswith(first))
        if rule := _rule(file, entry, where, words):
            for word in words:
                rules.setdefault(word, rule)
    for number, entry in enumerate(file.entries("reworded"), 1):
        _reword(file, entry, f"reworded {number}", rules)
    cues = tuple(filter(None, (_cue(file, e, f"cue {n}") for n, e in enumerate(file.entries("cue"), 1))))
    sequences = tuple(_sequence(file, e, f"sequence {n}", rules) for n, e in enumerate(file.entries("sequence"), 1))
    file.close()
    return LabelRules(rules, cues, sequences)


def _sequence(
    file: RuleFile, entry: Mapping[str, object], where: str, rules: Mapping[str, LabelRule]
) -> tuple[str, ...]:
    file.check_keys(entry, where, SEQUENCE_KEYS)
    words = file.words(entry, "words", where)
    for word in words:
        if word not in rules:
            file.fault(f"{where}: {word!r} is no label")
    if sum(word in file.string(entry, "example", where) for word in words) < FEWEST_OF_SEQUENCE:
        file.fault(f"{where}: its example holds fewer than {FEWEST_OF_SEQUENCE} of its words")
    return words


def _cue(file: RuleFile, entry: Mapping[str, object], where: str) -> Cue | None:
    file.check_keys(entry, where, CUE_KEYS)
    words = file.words(entry, "words", where)
    rule = _rule(file, {**entry, "strength": "fair"}, where, words)
    return Cue(words, replace(rule, name=f"{rule.field}.cue")) if rule else None


def _reword(file: RuleFile, entry: Mapping[str, object], where: str, rules: dict[str, LabelRule]) -> None:
    """Add each label under the words that copying sites put in place of its own."""
    file.check_keys(entry, where, REWORDED_KEYS)
    words, others = file.words(entry, "words", where), file.words(entry, "as", where)
    if len(words) != len(others):
        file.fault(f"{where}: {len(words)} words, but {len(others)} in their place")
        return
    if len(words) > MOST_REWORDED:
        file.fault(f"{where}: more than {MOST_REWORDED} words")
        return
    # Everyday words mean what they say in their new words too: 工作标准, but 工作原则 is a principle.
    sure = [(label, rule) for label, rule in rules.items() if rule.strength in ("strong", "fair")]
    for label, rule in sure:
        for word, other in zip(words, others, strict=True):
            if word in label and label != word:
                rules.setdefault(label.replace(word, other), rule)


def _rule(file: RuleFile, entry: Mapping[str, object], where: str, words: tuple[str, ...]) -> LabelRule | None:
    faults = len(file.faults)
    field = file.string(entry, "field", where)
    then = file.string(entry, "then", where, default="")
    for name in filter(None, (field, then)):
        if name not in FIELDS:
            file.fault(f"{where}: field {name!r} is none of {', '.join(FIELDS)}")
    strength = file.string(entry, "strength", where)
    if strength not in STRENGTHS:
        file.fault(f"{where}: strength {strength!r} is none of {', '.join(STRENGTHS)}")
    if not words:
        file.fault(f"{where}: holds no words")
    example = file.string(entry, "example", where)
    if not any(word in example for word in words):
        file.fault(f"{where}: example {example!r} holds none of its words")
    never = file.words(entry, "never", where)
    if len(file.faults) > faults:
        return None
    return LabelRule(
        f"{field}.{strength}{'.keep' if entry.get('keep') else ''}",
        Field(field),
        words,
        strength,
        Field(then) if then else None,
        entry.get("keep") is True,
        entry.get("group") is True,
        example,
        never,
    )
