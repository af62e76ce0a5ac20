"""rules/labels.toml as frozen label rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.model import Field
from gangwei.rulebook.files import RuleFile

KEYS: Final = ("field", "strength", "words", "then", "keep", "group", "example", "never")
STRENGTHS: Final = ("strong", "weak", "marked")
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


def load_labels(folder: Path) -> Mapping[str, LabelRule]:
    """Each label word with its rule."""
    file = RuleFile.open(folder, "labels.toml")
    rules: dict[str, LabelRule] = {}
    for number, entry in enumerate(file.entries("label"), 1):
        where = f"label {number}"
        file.check_keys(entry, where, KEYS)
        field = file.string(entry, "field", where)
        then = file.string(entry, "then", where, default="")
        for name in filter(None, (field, then)):
            if name not in FIELDS:
                file.fault(f"{where}: field {name!r} is none of {', '.join(FIELDS)}")
        strength = file.string(entry, "strength", where)
        if strength not in STRENGTHS:
            file.fault(f"{where}: strength {strength!r} is none of {', '.join(STRENGTHS)}")
        words = file.words(entry, "words", where)
        if not words:
            file.fault(f"{where}: words must not be empty")
        for word in words:
            if word in rules:
                file.fault(f"{where}: {word!r} stands under {rules[word].name} already")
        if file.faults:
            continue
        rule = LabelRule(
            f"{field}.{strength}{'.keep' if entry.get('keep') else ''}",
            Field(field),
            words,
            strength,
            Field(then) if then else None,
            entry.get("keep") is True,
            entry.get("group") is True,
            file.string(entry, "example", where),
            file.words(entry, "never", where),
        )
        if not any(word in rule.example for word in words):
            file.fault(f"{where}: example {rule.example!r} holds none of its words")
        rules.update(dict.fromkeys(words, rule))
    file.close()
    return rules
