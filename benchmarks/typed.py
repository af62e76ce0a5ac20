"""How exactly typed values are read, on corpora/typed: by column and half, against the figures that are asked for.

    python benchmarks/typed.py [KIND]              # titles, relations, kpis, requirements, duties
    python benchmarks/typed.py duties --errors     # what is wrong on the half that is tuned on

Half `a` is tuned on, half `b` is not: its errors are not shown.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

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
ASKED, ASKED_STRICTLY = 0.90, 0.97
STRICT = ("degree", "min_age", "max_age", "min_years", "target", "weight")  # of indicators and requirements
KINDS = ("titles", "relations", "kpis", "requirements", "duties")
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
                value = shown(getattr(got, column.removeprefix("title_")))
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


def asked(kind: str, column: str) -> float:
    """The exactness that is asked for."""
    return ASKED_STRICTLY if column in STRICT and kind != "relations" else ASKED


def main(words: list[str]) -> None:
    rules, cut = load_typed(rules_folder()), Segmenter()
    chosen = [word for word in words if word in KINDS] or KINDS
    print(f"{'':27}{'tuned on':>18}{'not tuned on':>18}   asked")
    for kind in chosen:
        halves = {half: score(kind, half, rules, cut) for half in "ab"}
        for column in halves["a"]:
            line = f"{kind:14}{column:13}"
            for scores in halves.values():
                right, count = sum(right for right, _ in scores[column]), len(scores[column])
                line += f"{right / count:10.3f} of {count:<4}"
            shares = [sum(right for right, _ in scores[column]) / len(scores[column]) for scores in halves.values()]
            least = asked(kind, column)
            print(f"{line}   {least:.2f}{'' if min(shares) >= least else '   below'}")
            if "--errors" in words:
                print(*(f"    {message}" for right, message in halves["a"][column] if not right), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
