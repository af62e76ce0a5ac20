"""How much each sign of a role says of whether it was read right: a logistic model fitted to gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from gangwei.confidence import probability, signs_of
from gangwei.evaluate.facts import RoleFacts, pair_roles, plain_facts, plain_role, stated
from gangwei.evaluate.gold import GoldDocument, read_gold
from gangwei.evaluate.scores import RoleVerdict, is_right
from gangwei.extraction import one_company, reader_of, understand
from gangwei.model import Entry, FoundRole
from gangwei.readers import read_file
from gangwei.rulebook import Rulebook
from gangwei.rulebook.confidence import SIGNS, ConfidenceRules

_DECAY: Final = 1.0  # what keeps the weights of rare signs small
_ROUNDS: Final = 40
_FOLDS: Final = 5


class Example(NamedTuple):
    """One role that was found in a document: its signs, and whether gold says that it was read right."""

    signs: Mapping[str, float]
    is_right: bool
    document: str = ""


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
        yield Example(signs[number], held is not None and is_right(held, stated(role).total()), path.stem)


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


def left_out(found: Sequence[Example]) -> tuple[RoleVerdict, ...]:
    """Each example with the confidence that weights give it which were fitted without its document and a fifth of all."""
    documents = sorted({example.document for example in found})
    fold = {document: number % _FOLDS for number, document in enumerate(documents)}
    verdicts: list[RoleVerdict] = []
    for number in range(_FOLDS):
        rules = rules_of(fitted([example for example in found if fold[example.document] != number]))
        aside = [example for example in found if fold[example.document] == number]
        verdicts += [RoleVerdict(probability(example.signs, rules), example.is_right) for example in aside]
    return tuple(verdicts)


def rules_of(weights: Mapping[str, float]) -> ConfidenceRules:
    """The weights as rules."""
    return ConfidenceRules(weights["bias"], {name: weights[name] for name in SIGNS})


def written(weights: Mapping[str, float]) -> str:
    """The text of confidence.toml."""
    return _HEAD + "".join(f"{name} = {weight:g}\n" for name, weight in weights.items())


_HEAD: Final = """\
# How much each sign says of whether a role was read right; README.md of this folder says what the signs are.
# Made by `gangwei rules calibrate` (`make confidence`) from gold.

[weights]
"""
