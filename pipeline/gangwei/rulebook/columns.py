"""rules/columns.toml: what heads the columns of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.model import Field
from gangwei.rulebook.files import RuleFile

KEYS: Final = ("field", "words", "example")
# What a column may hold beside the fields of forms.
NUMBER: Final = "number"
TARGET: Final = "target"
GROUP: Final = "group"
CORNER: Final = "corner"
KINDS: Final = (*map(str, Field), NUMBER, TARGET, GROUP, CORNER)


@dataclass(frozen=True, slots=True)
class ColumnRules:
    """Each word that heads a column with its kind: a `Field`'s value, or one of NUMBER, TARGET, GROUP, CORNER.

    `endings` are read at the end of a head that is no word of ours.
    """

    words: Mapping[str, str]
    endings: Mapping[str, str]


def load_columns(folder: Path) -> ColumnRules:
    """The column rules of a folder."""
    file = RuleFile.open(folder, "columns.toml")
    words, endings = _read(file, "column"), _read(file, "ending")
    file.close()
    return ColumnRules(words, endings)


def _read(file: RuleFile, section: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, entry in enumerate(file.entries(section), 1):
        where = f"{section} {number}"
        file.check_keys(entry, where, KEYS)
        kind = file.string(entry, "field", where)
        if kind not in KINDS:
            file.fault(f"{where}: field {kind!r} is none of {', '.join(KINDS)}")
        example = file.string(entry, "example", where)
        listed = file.words(entry, "words", where)
        if not any(word in example for word in listed):
            file.fault(f"{where}: example {example!r} holds none of its words")
        for word in listed:
            if word in found:
                file.fault(f"{where}: {word!r} stands under {found[word]} already")
            found[word] = kind
    return found
