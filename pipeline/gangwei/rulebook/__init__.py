"""rules/ as one frozen Rulebook; a wrong rule file is refused here, before any work, with file and place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from gangwei.errors import RuleError
from gangwei.rulebook.columns import ColumnRules, load_columns
from gangwei.rulebook.confidence import ConfidenceRules, load_confidence
from gangwei.rulebook.faults import FaultRules, load_faults
from gangwei.rulebook.labels import Cue, LabelRule, load_labels
from gangwei.rulebook.place import rules_folder
from gangwei.rulebook.senses import SenseRules, load_senses
from gangwei.rulebook.spoken import SpokenRules, load_spoken
from gangwei.rulebook.titles import TitleRules, load_titles
from gangwei.rulebook.typed import TypedRules, load_typed


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All words and rules of one rules folder; `digest` names them."""

    digest: str
    labels: Mapping[str, LabelRule]
    cues: tuple[Cue, ...]
    sequences: tuple[tuple[str, ...], ...]
    spoken: SpokenRules
    columns: ColumnRules
    titles: TitleRules
    senses: SenseRules
    faults: FaultRules
    typed: TypedRules
    confidence: ConfidenceRules


_Rules = TypeVar("_Rules")


def load(folder: Path | None = None) -> Rulebook:
    """The rulebook of a folder; without one, the rules that came with the program.

    Raises RuleError with a line for each fault in any of the files.
    """
    folder = folder or rules_folder()
    faults: list[str] = []

    def loaded(load_rules: Callable[[Path], _Rules]) -> _Rules | None:
        try:
            return load_rules(folder)
        except RuleError as error:
            faults.append(str(error))
            return None

    labels, columns, titles = loaded(load_labels), loaded(load_columns), loaded(load_titles)
    senses, fault_rules, typed = loaded(load_senses), loaded(load_faults), loaded(load_typed)
    confidence, spoken = loaded(load_confidence), loaded(load_spoken)
    if (
        labels is None
        or columns is None
        or titles is None
        or senses is None
        or fault_rules is None
        or typed is None
        or confidence is None
        or spoken is None
    ):
        raise RuleError("\n".join(dict.fromkeys("\n".join(faults).splitlines())))
    return Rulebook(
        _digest(folder),
        labels.words,
        labels.cues,
        labels.sequences,
        spoken,
        columns,
        titles,
        senses,
        fault_rules,
        typed,
        confidence,
    )


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((*folder.rglob("*.toml"), *folder.rglob("*.txt"))):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
