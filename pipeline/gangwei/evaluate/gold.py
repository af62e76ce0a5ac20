"""What people found: gold files after GUIDE.md, and the list of documents that are kept aside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gangwei.errors import UsageError
from gangwei.evaluate.facts import ITEMS, POSTS, DocumentFacts, RoleFacts, UnitFact

_DOCUMENTS: Final = "documents"


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document's gold; `text` is None where the document is no plain text in UTF-8, so that offsets say nothing."""

    facts: DocumentFacts
    layout: str = ""
    text: str | None = None


def read_gold(folder: Path) -> dict[str, GoldDocument]:
    """The gold of each document by its name, in order of names; JSON files that hold no roles are passed over."""
    gold: dict[str, GoldDocument] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} cannot be read as gold ({error})") from None
        if isinstance(document, dict) and "roles" in document:
            text = _text(folder / _DOCUMENTS / f"{path.stem}.txt")
            gold[path.stem] = GoldDocument(_facts(document, path), str(document.get("layout") or ""), text)
    if not gold:
        raise UsageError(f"{folder} holds no gold: one JSON file a document, with its roles")
    return gold


def read_split(path: Path) -> frozenset[str]:
    """The names of the documents kept aside: one a line, `#` begins a remark."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error})") from None
    return frozenset(name for line in lines if (name := line.partition("#")[0].strip()))


def _facts(document: Mapping[str, object], path: Path) -> DocumentFacts:
    company = _string(document.get("company"), path)
    roles = tuple(_role(role, path) for role in _objects(document.get("roles"), path))
    units = tuple(
        UnitFact(_string(unit.get("name"), path), function)
        for unit in _objects(document.get("units"), path)
        for function in _strings(unit.get("functions"), path)
    )
    return DocumentFacts(tuple(replace(role, company=role.company or company) for role in roles), units)


def _role(role: Mapping[str, object], path: Path) -> RoleFacts:
    title, company, department = (_string(role.get(key), path) for key in ("title", "company", "department"))
    return RoleFacts(title, company, department, {kind: _strings(role.get(kind), path) for kind in (*POSTS, *ITEMS)})


def _objects(value: object, path: Path) -> tuple[Mapping[str, object], ...]:
    if not isinstance(value, list | None) or not all(isinstance(entry, dict) for entry in value or ()):
        raise UsageError(f"{path}: roles and units must be lists of objects")
    return tuple(value or ())


def _strings(value: object, path: Path) -> tuple[str, ...]:
    if not isinstance(value, list | None) or not all(isinstance(entry, str) for entry in value or ()):
        raise UsageError(f"{path}: {value!r} must be a list of strings")
    return tuple(value or ())


def _string(value: object, path: Path) -> str:
    if not isinstance(value, str | None):
        raise UsageError(f"{path}: {value!r} must be a string or null")
    return value or ""


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
