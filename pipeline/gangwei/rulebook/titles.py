"""rules/titles.toml as frozen word sets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.rulebook.files import RuleFile

LISTS: Final = (
    "heads",
    "weak_heads",
    "head_characters",
    "english_heads",
    "not_heads",
    "not_starts",
    "ad_starts",
    "continues",
    "ad_notices",
    "ad_asides",
    "ad_headings",
    "places",
    "tails",
    "tail_kinds",
    "tail_cores",
    "tail_weak_cores",
    "tail_joined",
    "tail_ends",
    "rule_heads",
    "unit_heads",
    "not_units",
    "legal_heads",
    "english_companies",
    "company_heads",
    "company_generic",
    "portraits",
    "trade_names",
)


@dataclass(frozen=True, slots=True, eq=False)
class TitleRules:
    """What makes a string the name of a post, a unit, an employer; the keys' meaning stands in rules/README.md."""

    heads: frozenset[str]
    weak_heads: frozenset[str]
    head_characters: frozenset[str]
    english_heads: frozenset[str]
    not_heads: frozenset[str]
    not_starts: tuple[str, ...]
    ad_starts: tuple[str, ...]
    continues: frozenset[str]
    ad_notices: tuple[str, ...]
    ad_asides: frozenset[str]
    ad_headings: frozenset[str]
    places: frozenset[str]
    tails: frozenset[str]
    tail_kinds: tuple[str, ...]
    tail_cores: tuple[str, ...]
    tail_weak_cores: tuple[str, ...]
    tail_joined: tuple[str, ...]
    tail_ends: tuple[str, ...]
    rule_heads: tuple[str, ...]
    unit_heads: frozenset[str]
    not_units: frozenset[str]
    legal_heads: frozenset[str]
    english_companies: tuple[str, ...]
    company_heads: frozenset[str]
    company_generic: tuple[str, ...]
    portraits: tuple[str, ...]
    trade_names: frozenset[str]


def load_titles(folder: Path) -> TitleRules:
    """The title rules of a folder."""
    file = RuleFile.open(folder, "titles.toml")
    lists = {name: file.strings(name) for name in LISTS}
    for name in ("example_title", "example_unit"):
        file.word(name)
    file.close()
    return TitleRules(
        frozenset(lists["heads"]),
        frozenset(lists["weak_heads"]),
        frozenset(lists["head_characters"]),
        frozenset(lists["english_heads"]),
        frozenset(lists["not_heads"]),
        tuple(sorted(lists["not_starts"], key=len, reverse=True)),
        tuple(sorted(lists["ad_starts"], key=len, reverse=True)),
        frozenset(lists["continues"]),
        tuple(sorted(lists["ad_notices"], key=len, reverse=True)),
        frozenset(lists["ad_asides"]),
        frozenset(lists["ad_headings"]),
        frozenset(lists["places"]),
        frozenset(lists["tails"]),
        lists["tail_kinds"],
        lists["tail_cores"],
        lists["tail_weak_cores"],
        lists["tail_joined"],
        lists["tail_ends"],
        lists["rule_heads"],
        frozenset(lists["unit_heads"]),
        frozenset(lists["not_units"]),
        frozenset(lists["legal_heads"]),
        lists["english_companies"],
        frozenset(lists["company_heads"]),
        lists["company_generic"],
        tuple(sorted(lists["portraits"], key=len, reverse=True)),
        frozenset(lists["trade_names"]),
    )
