"""rules/spoken.toml: the forms of headings that speak to the reader, as patterns with the rule of what they announce."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gangwei.model import Field
from gangwei.rulebook.files import RuleFile
from gangwei.rulebook.labels import FIELDS, LabelRule

SPOKEN_KEYS: Final = ("field", "forms", "example", "never")
# What tells nothing in a heading: blanks, quotes, marks of emphasis.
_SILENT: Final = re.compile("[\\s'’‘\"“”「」`*_#~～…?？!！。,，]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Headings of one field: a pattern for the whole heading as `bare` leaves it, and their rule."""

    pattern: re.Pattern[str]
    rule: LabelRule


def bare(heading: str) -> str:
    """A heading without what tells nothing in it.

    >>> bare("What you’ll do?")
    'whatyoulldo'
    """
    return _SILENT.sub("", heading).lower()


@dataclass(frozen=True, slots=True)
class SpokenRules:
    """All forms; `letters` fits only what is made of their characters, which few lines are."""

    forms: tuple[Spoken, ...]
    letters: re.Pattern[str]


def load_spoken(folder: Path) -> SpokenRules:
    """The spoken headings of a folder."""
    file = RuleFile.open(folder, "spoken.toml")
    table = file.table("words")
    lists = {name: _alternatives(file.words(table, name, f"words {name}")) for name in table}
    found = [_spoken(file, entry, f"spoken {n}", lists) for n, entry in enumerate(file.entries("spoken"), 1)]
    file.close()
    forms = tuple(filter(None, found))
    han = "".join(sorted({char for form in forms for char in form.pattern.pattern if "\u4e00" <= char <= "\u9fff"}))
    letters = re.compile(rf"(?:[{han}\W]|kpi|okr|ta)+|[a-z\W]+", re.IGNORECASE)
    return SpokenRules(forms, letters)


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(bare(word)) for word in sorted(words, key=len, reverse=True))


def _spoken(file: RuleFile, entry: Mapping[str, object], where: str, lists: Mapping[str, str]) -> Spoken | None:
    file.check_keys(entry, where, SPOKEN_KEYS)
    field = file.string(entry, "field", where)
    forms, never = file.words(entry, "forms", where), file.words(entry, "never", where)
    example = file.string(entry, "example", where)
    if field not in FIELDS:
        file.fault(f"{where}: field {field!r} is none of {', '.join(FIELDS)}")
        return None
    pattern = re.compile("|".join(_form(file, form, where, lists) for form in forms) or "(?!)")
    if not pattern.fullmatch(bare(re.split("[:：]", example)[0])):
        file.fault(f"{where}: no form fits its example {example!r}")
    for text in never:
        if pattern.fullmatch(bare(text)):
            file.fault(f"{where}: {text!r} must not fit")
    return Spoken(pattern, LabelRule(f"{field}.spoken", Field(field), (), "strong", example=example, never=never))


def _form(file: RuleFile, form: str, where: str, lists: Mapping[str, str]) -> str:
    parts: list[str] = []
    for word in form.split():
        name, sign = (word[:-1], word[-1]) if word[-1] in "?*" else (word, "")
        if name.isascii() and name.isupper() and name not in lists:
            file.fault(f"{where}: {name!r} in {form!r} has no list under [words]")
        parts.append(f"(?:{lists.get(name) or re.escape(bare(name))}){sign}")
    return "".join(parts)
