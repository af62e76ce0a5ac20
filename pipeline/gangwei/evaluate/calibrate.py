"""How much each sign of a role says of whether it was read right: a logistic model fitted to gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from gangwei.confidence import signs_of
from gangwei.evaluate.facts import RoleFacts, pair_roles, plain_facts, plain_role, stated
from gangwei.evaluate.gold import GoldDocument, read_gold
from gangwei.evaluate.scores import is_right
from gangwei.extraction import one_company, reader_of, understand
from gangwei.model import Entry, FoundRole
from gangwei.readers import read_file
from gangwei.rulebook import Rulebook
from gangwei.rulebook.confidence import SIGNS

_DECAY: Final = 1.0  # what keeps the weights of rare signs small
_ROUNDS: Final = 40


class Example(NamedTuple):
    """One role that was found: its signs, and whether gold says that it was read right."""

    signs: Mapping[str, float]
    is_right: bool


def examples(folder: Path, rules: Rulebook) -> Iterator[Example]:
    """All roles that are found in the documents of a folder of gold."""
    gold = read_gold(folder)
    for path in sorted((folder / "documents").iterdir()):
        if path.stem in gold:
            yield from _examples(path, gold[path.stem], rules)


def _examples(path: Path, gold: GoldDocument, rules: Rulebook) -> Iterator[Example]:
    reader = reader_of(rules)
    signs: list[Mapping[str, float]] = []
    roles: list[RoleFacts] = []
    for document in read_file(path, source=path.name, doc_id=path.name):
        found = understand(document, reader)
        company = found.reading.company.text if found.reading.company else one_company(found.reading)
        signs += signs_of(found.page, found.reading.roles, found.claimed)
        roles += [plain_role(_facts(role, company)) for role in found.reading.roles]
    right = {pair.found: pair.right for pair in pair_roles(plain_facts(gold.facts).roles, roles)}
    for number, role in enumerate(roles):
        held = right.get(number)
        yield Example(signs[number], held is not None and is_right(held, stated(role).total()))


def _facts(role: FoundRole, company: str) -> RoleFacts:
    lists = {
        "supervisors": role.supervisors,
        "subordinates": role.subordinates,
        "duties": role.duties,
        "authorities": role.authorities,
        "kpis": role.kpis,
        "requirements": role.requirements,
        "routines": role.routines,
    }
    return RoleFacts(
        role.title.text,
        _text(role.company) or company,
        _text(role.department),
        {kind: tuple(entry.text for entry in entries) for kind, entries in lists.items()},
    )


def _text(entry: Entry | None) -> str:
    return entry.text if entry else ""


def fitted(found: Sequence[Example]) -> dict[str, float]:
    """The bias and the weight of each sign under which the examples are likeliest, drawn towards 0 (Newton's method)."""
    x = np.array([[1.0, *(example.signs[name] for name in SIGNS)] for example in found])
    y = np.array([float(example.is_right) for example in found])
    decay = np.full(x.shape[1], _DECAY)
    decay[0] = 0.01
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - decay * weights
        curve = (x.T * (p * (1 - p))) @ x + np.diag(decay)
        weights = weights + np.linalg.solve(curve, slope)
    return {name: round(float(weight), 2) for name, weight in zip(("bias", *SIGNS), weights, strict=True)}


def written(weights: Mapping[str, float]) -> str:
    """The text of confidence.toml."""
    return _HEAD + "".join(f"{name} = {weight:g}\n" for name, weight in weights.items())


_HEAD: Final = """\
# How much each sign says of whether a role was read right; README.md of this folder says what the signs are.
# Made by `gangwei rules calibrate` (`make confidence`) from gold.

[weights]
"""
