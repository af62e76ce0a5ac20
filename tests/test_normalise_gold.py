"""The typed gold of corpora/typed, scored by column: floors that may only rise. Run it as a program for the figures."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gangwei.model import Entry, FoundRole
from gangwei.normalise import read_roles
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.normalise.kpis import kpi_grammar, read_kpi
from gangwei.normalise.requirements import read_requirement, requirement_grammar
from gangwei.normalise.titles import read_title, title_grammar
from gangwei.rulebook.place import rules_folder
from gangwei.rulebook.typed import TypedRules, load_typed
from gangwei.segment import Segmenter

FOLDER = Path(__file__).parent.parent / "corpora" / "typed"
FLOOR, STRICT = 0.90, 0.97
STRICT_COLUMNS = ("degree", "min_age", "max_age", "min_years", "target", "weight")
Scores = dict[str, list[tuple[bool, str]]]


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def shown(value: object) -> str:
    """A typed value as the gold prints it."""
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def score(kind: str, half: str, rules: TypedRules, cut: Segmenter) -> Scores:
    """By column: whether each row is right, and what was wanted and got."""
    scores: Scores = {}
    if kind == "relations":
        return {"target": list(relation_rows(f"relations_{half}.tsv", rules, cut.cut))}
    for row in rows(f"{kind}_{half}.tsv"):
        if kind == "titles":
            got: object = read_title(row["title"], row["department"], "", title_grammar(rules))
            text = f"{row['department']} {row['title']}"
        else:
            text = row["text"]
            entry = Entry(text, 0, len(text), "gold")
            if kind == "kpis":
                got = read_kpi(entry, kpi_grammar(rules))
            elif kind == "requirements":
                got = read_requirement(entry, requirement_grammar(rules))
            else:
                got = read_duty(entry, "duty", duty_grammar(rules), cut.cut)
        for column, wanted in row.items():
            if column not in ("text", "department", "title"):
                value = shown(getattr(got, column))
                scores.setdefault(column, []).append((value == wanted, f"{text}: {column} {value!r}, not {wanted!r}"))
    return scores


def relation_rows(name: str, rules: TypedRules, cut: Callable[[str], list[str]]) -> Iterator[tuple[bool, str]]:
    posts: list[tuple[str, str]] = []
    references: list[tuple[int, str, str]] = []
    for line in [*(FOLDER / name).read_text(encoding="utf-8").splitlines(), "#\torg\t"]:
        cells = line.split("\t")
        if cells[0] == "post":
            posts.append((cells[2], cells[3]))
        elif cells[0] == "ref":
            references.append((int(cells[1]), cells[2], cells[3]))
        elif posts:
            roles = tuple(
                FoundRole(
                    Entry(title, 0, 0, ""),
                    department=Entry(department, 0, 0, "") if department else None,
                    supervisors=tuple(Entry(text, 0, 0, "") for source, text, _ in references if source == number),
                )
                for number, (department, title) in enumerate(posts, 1)
            )
            wanted = {(source, text): target for source, text, target in references}
            for number, role in enumerate(read_roles(roles, rules, cut), 1):
                for relation in role.relations:
                    target = shown(relation.target + 1 if relation.target is not None else None)
                    right = wanted[number, relation.entry.text]
                    yield target == right, f"{role.title_full} -> {relation.entry.text}: {target!r}, not {right!r}"
            posts, references = [], []


KINDS = ("titles", "kpis", "requirements", "duties", "relations")


@pytest.fixture(scope="module")
def rules() -> TypedRules:
    return load_typed(rules_folder())


@pytest.mark.parametrize("half", ["a", "b"])
@pytest.mark.parametrize("kind", KINDS)
def test_columns_stand_above_their_floor(kind: str, half: str, rules: TypedRules) -> None:
    scores = score(kind, half, rules, Segmenter())
    assert scores
    for column, results in scores.items():
        assert len(results) > 60
        floor = STRICT if column in STRICT_COLUMNS and kind != "relations" else FLOOR
        wrong = [message for right, message in results if not right]
        assert 1 - len(wrong) / len(results) >= floor, "\n".join([f"{kind}.{column}", *wrong])


if __name__ == "__main__":
    loaded, segmenter = load_typed(rules_folder()), Segmenter()
    for kind_ in sys.argv[1:2] or KINDS:
        for half_ in sys.argv[2:3] or ("a", "b"):
            for column_, results_ in score(kind_, half_, loaded, segmenter).items():
                right_ = sum(right for right, _ in results_)
                figures = f"{right_:4}/{len(results_):<4}{right_ / len(results_):7.3f}"
                sys.stdout.write(f"{kind_:13}{half_}  {column_:12}{figures}\n")
                if sys.argv[2:]:
                    sys.stdout.writelines(f"    {message}\n" for right, message in results_ if not right)
