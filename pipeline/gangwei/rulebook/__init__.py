"""rules/ as one frozen Rulebook; a wrong rule file is refused here, before any work, with file and place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gangwei.rulebook.columns import ColumnRules, load_columns
from gangwei.rulebook.faults import FaultRules, load_faults
from gangwei.rulebook.labels import LabelRule, load_labels
from gangwei.rulebook.place import rules_folder
from gangwei.rulebook.senses import SenseRules, load_senses
from gangwei.rulebook.titles import TitleRules, load_titles
from gangwei.rulebook.typed import TypedRules, load_typed


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All words and rules of one rules folder; `digest` names them."""

    digest: str
    labels: Mapping[str, LabelRule]
    columns: ColumnRules
    titles: TitleRules
    senses: SenseRules
    faults: FaultRules
    typed: TypedRules


def load(folder: Path | None = None) -> Rulebook:
    """The rulebook of a folder; without one, the rules that came with the program."""
    folder = folder or rules_folder()
    return Rulebook(
        _digest(folder),
        load_labels(folder),
        load_columns(folder),
        load_titles(folder),
        load_senses(folder),
        load_faults(folder),
        load_typed(folder),
    )


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((*folder.rglob("*.toml"), *folder.rglob("*.txt"))):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
