"""rules/spoken.toml: the forms of headings that speak to the reader, with the rule of what they announce."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from gangwei.model import Field
from gangwei.rulebook.files import RuleFile
from gangwei.rulebook.labels import FIELDS, LabelRule

SPOKEN_KEYS: Final = ("field", "forms", "example", "never")
# What tells nothing in a heading: blanks, quotes, marks of emphasis.
_SILENT: Final = re.compile("[\\s'’‘\"“”「」`*_#~～….?？!！。,，]+")


class Part(NamedTuple):
    """A part of a form: any of some words; it may be missing, or stand there several times."""

    words: frozenset[str]
    lengths: tuple[int, ...]
    may_lack: bool
    may_repeat: bool

    def ends(self, heading: str, starts: set[int]) -> set[int]:
        """Where the part may end that begins at any of some places."""
        found = set(starts) if self.may_lack else set()
        while starts:
            ends = {at + n for at in starts for n in self.lengths if heading[at : at + n] in self.words} - found
            found |= ends
            starts = ends if self.may_repeat else set()
        return found


@dataclass(frozen=True, slots=True)
class Spoken:
    """Headings of one field: the forms that fit the whole of a heading as `bare` leaves it, and their rule."""

    forms: tuple[tuple[Part, ...], ...]
    rule: LabelRule

    def fits(self, heading: str) -> bool:
        """Whether a form fits a heading from end to end."""
        return any(_fits(form, heading) for form in self.forms)


def _fits(form: Sequence[Part], heading: str) -> bool:
    places = {0}
    for part in form:
        if not (places := part.ends(heading, places)):
            return False
    return len(heading) in places


def bare(heading: str) -> str:
    """A heading without what tells nothing in it.

    >>> bare("What you’ll do?")
    'whatyoulldo'
    """
    return _SILENT.sub("", heading).lower()


@dataclass(frozen=True, slots=True)
class SpokenRules:
    """All forms, by the characters that a heading of each may begin with; `letters` fits only what is made of their
    characters, which few lines are."""

    forms: Mapping[str, tuple[Spoken, ...]]
    letters: re.Pattern[str]

    def rule_of(self, heading: str) -> LabelRule | None:
        """The rule of what a heading announces, if it speaks to the reader."""
        return next((one.rule for one in self.forms.get(heading[:1], ()) if one.fits(heading)), None)


def load_spoken(folder: Path) -> SpokenRules:
    """The spoken headings of a folder."""
    file = RuleFile.open(folder, "spoken.toml")
    table = file.table("words")
    lists = {name: frozenset(map(bare, file.words(table, name, f"words {name}"))) for name in table}
    found = [_spoken(file, entry, f"spoken {n}", lists) for n, entry in enumerate(file.entries("spoken"), 1)]
    file.close()
    forms = tuple(filter(None, found))
    words = {word for spoken in forms for form in spoken.forms for part in form for word in part.words}
    han = "".join(sorted({char for word in words for char in word if "\u4e00" <= char <= "\u9fff"}))
    # Capitals are spelt out: to ignore the case of some hundred Chinese characters takes longer than to load the rest.
    letters = re.compile(rf"(?:[{han}\W]|[Kk][Pp][Ii]|[Oo][Kk][Rr]|[Tt][Aa])+|[A-Za-z\W]+")
    by_first: dict[str, list[Spoken]] = {}
    for spoken in forms:
        firsts = [(form, _firsts(form)) for form in spoken.forms]
        for first in dict.fromkeys(char for _, chars in firsts for char in chars):
            some = tuple(form for form, chars in firsts if first in chars)
            by_first.setdefault(first, []).append(Spoken(some, spoken.rule))
    return SpokenRules({first: tuple(found) for first, found in by_first.items()}, letters)


def _firsts(form: Sequence[Part]) -> list[str]:
    """The characters that a form may begin with."""
    found: list[str] = []
    for part in form:
        found += sorted({word[:1] for word in part.words})
        if not part.may_lack:
            break
    return found


def _spoken(
    file: RuleFile, entry: Mapping[str, object], where: str, lists: Mapping[str, frozenset[str]]
) -> Spoken | None:
    file.check_keys(entry, where, SPOKEN_KEYS)
    field = file.string(entry, "field", where)
    forms, never = file.words(entry, "forms", where), file.words(entry, "never", where)
    example = file.string(entry, "example", where)
    if field not in FIELDS:
        file.fault(f"{where}: field {field!r} is none of {', '.join(FIELDS)}")
        return None
    rule = LabelRule(f"{field}.spoken", Field(field), (), "strong", example=example, never=never)
    spoken = Spoken(tuple(_form(file, form, where, lists) for form in forms), rule)
    if not spoken.fits(bare(re.split("[:：]", example)[0])):
        file.fault(f"{where}: no form fits its example {example!r}")
    for text in never:
        if spoken.fits(bare(text)):
            file.fault(f"{where}: {text!r} must not fit")
    return spoken


def _form(file: RuleFile, form: str, where: str, lists: Mapping[str, frozenset[str]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for word in form.split():
        name, sign = (word[:-1], word[-1]) if word[-1] in "?*" else (word, "")
        if name.isascii() and name.isupper() and name not in lists:
            file.fault(f"{where}: {name!r} in {form!r} has no list under [words]")
        words = lists.get(name) or frozenset([bare(name)])
        lengths = tuple(sorted({len(one) for one in words}))
        parts.append(Part(words, lengths, may_lack=sign != "", may_repeat=sign == "*"))
    return tuple(parts)
