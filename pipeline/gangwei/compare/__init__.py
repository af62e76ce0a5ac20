"""Roles compared across documents and companies: families, aligned duties, copied passages, all with their places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from gangwei.compare.corpus import read_corpus
from gangwei.compare.tables import COMPARISON
from gangwei.errors import UsageError
from gangwei.rulebook import Rulebook
from gangwei.rulebook.likeness import LikenessRules
from gangwei.sinks import SINKS, file_of
from gangwei.sinks.atomic import write_text
from gangwei.sinks.datapackage import datapackage
from gangwei.sinks.written import write_rows
from gangwei.tables import TABLES, Row

MANIFEST: Final = "comparison.json"
FORMATS: Final = tuple(SINKS)
_PACKAGES: Final = ("rapidfuzz", "sklearn", "sparse_dot_topn")


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a comparison; `cases` counts all pairs of roles."""

    runs: list[str]
    roles: int
    families: int  # of two roles or more
    duties: int
    duty_clusters: int
    copies: int
    cases: dict[str, int]
    rows: dict[str, int]


def compare(
    folders: Sequence[Path],
    output: Path,
    rules: Rulebook,
    likeness: LikenessRules,
    formats: Sequence[str] = ("csv", "parquet"),
    model: Path | None = None,
    headers: str = "en",
) -> Summary:
    """Write the tables of a comparison; its figures. `model` is the folder of a sentence-embedding model, if any.

    `headers` is the language of headers and scales in CSV.
    """
    _check(output, formats)
    corpus = read_corpus(folders, frozenset(rules.typed.relations["bare"]))
    # What needs the packages of the extra is loaded when it is known that there is something to compare.
    from gangwei.compare import facts, rows  # noqa: PLC0415
    from gangwei.compare.copies import passages  # noqa: PLC0415
    from gangwei.compare.duties import Duties  # noqa: PLC0415
    from gangwei.compare.embeddings import Embeddings  # noqa: PLC0415
    from gangwei.compare.found import find  # noqa: PLC0415
    from gangwei.compare.judge import Judge  # noqa: PLC0415
    from gangwei.compare.pairs import find_pairs  # noqa: PLC0415
    from gangwei.compare.wording import Wording  # noqa: PLC0415

    embeddings = Embeddings(model, [text.text for text in corpus.texts]) if model else None
    duties = Duties(corpus.texts, Wording(likeness, rules.typed.verbs), Judge(likeness), embeddings)
    found = find(corpus, duties, passages(corpus, duties))
    pairs = find_pairs(found, likeness.same)
    made: dict[str, Iterator[Row]] = {
        "families": rows.families(found),
        "family_members": facts.family_members(found, folders),
        "family_facts": facts.family_facts(found, folders),
        "duty_clusters": rows.duty_clusters(found),
        "duty_members": rows.duty_members(found),
        "role_pairs": rows.role_pairs(found, pairs),
        "duty_pairs": rows.duty_pairs(found, pairs),
        "copies": rows.copies(found),
    }
    counts: dict[str, int] = {}
    files: dict[str, str] = {}
    output.mkdir(parents=True, exist_ok=True)
    (output / MANIFEST).unlink(missing_ok=True)
    for table in COMPARISON:
        files |= write_rows(output, table, _counted(made[table.name], table.name, counts), formats, headers)
        for form in set(SINKS) - set(formats):  # of a comparison that was here before
            (output / file_of(table, form)).unlink(missing_ok=True)
    write_text(
        output / "datapackage.json",
        datapackage([t.name for t in COMPARISON], formats, headers=headers, known=COMPARISON),
    )
    summary = Summary(
        list(corpus.runs),
        len(corpus.roles),
        sum(len(family.roles) > 1 for family in found.families),
        len(corpus.text),
        len(set(found.wordings.middle)),
        len({passage.copy for passage in found.passages}),
        rows.cases(found),
        counts,
    )
    manifest = {"summary": asdict(summary), "rules": rules.digest, "files": files}
    write_text(output / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    return summary


def _check(output: Path, formats: Sequence[str]) -> None:
    if unknown := [form for form in formats if form not in SINKS]:
        raise UsageError(f"--format {', '.join(unknown)}: known are {', '.join(SINKS)}")
    if any((output / file_of(TABLES[0], form)).exists() for form in SINKS):
        raise UsageError(f"{output} holds the tables of a run; name another folder for the comparison")
    for package in _PACKAGES:
        try:
            import_module(package)
        except ImportError:
            raise UsageError("gangwei compare needs packages: pip install 'gangwei[compare]'") from None


def _counted(rows: Iterator[Row], name: str, counts: dict[str, int]) -> Iterator[Row]:
    counts[name] = 0
    for row in rows:
        counts[name] += 1
        yield row
