"""rules/confidence.toml: how much each sign says of whether a role was read right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.rulebook.files import RuleFile

SIGNS: Final = (
    "title_by_label",
    "title_by_heading",
    "title_is_post",
    "title_is_long",
    "has_department",
    "has_superior",
    "no_duties",
    "one_item",
    "duty_words",
    "odd_items",
    "by_sense",
    "unclaimed",
    "flat_table",
    "slides",
    "mention",
    "alone",
    "same_form",
    "same_title",
)
_LARGEST: Final = 20.0


@dataclass(frozen=True, slots=True)
class ConfidenceRules:
    """The weights of a logistic model over the signs of a role, from 0 to 1 each."""

    bias: float
    weights: Mapping[str, float]


def load_confidence(folder: Path) -> ConfidenceRules:
    """The confidence rules of a folder."""
    file = RuleFile.open(folder, "confidence.toml")
    table = file.table("weights")
    file.check_keys(table, "weights", ("bias", *SIGNS))
    weights = {name: _weight(file, table, name) for name in ("bias", *SIGNS)}
    file.close()
    return ConfidenceRules(weights.pop("bias"), weights)


def _weight(file: RuleFile, table: Mapping[str, object], name: str) -> float:
    value = table.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _LARGEST:
        file.fault(f"weights: {name} must be a number from -{_LARGEST:g} to {_LARGEST:g}")
        return 0.0
    return float(value)
