"""How well "same duty" is told, on corpora/pairs: F1 by half and by kind. `--fit` writes weights made from the first half.

    python benchmarks/pairs.py [--fit] [--errors] [--embeddings DIR]

The first half (duties_a.tsv) is tuned on, the second (duties_b.tsv) is not, but its figures were seen while the first was. The third set
(duties_c.tsv) was written when all was done, and scored once. `--errors` shows those of the first alone.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from gangwei.compare.embeddings import Embeddings
from gangwei.compare.judge import Judge, signs_of
from gangwei.compare.wording import Statement, Wording
from gangwei.model import Entry
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.rulebook import load
from gangwei.rulebook.likeness import SIGNS, WEIGHTS_FILE, load_likeness
from gangwei.rulebook.place import rules_folder
from gangwei.segment import Segmenter

FOLDER = Path(__file__).parent.parent / "corpora" / "pairs"
EASY = ("wording", "neighbour", "unrelated")
Pair = tuple[dict[str, str], Statement, Statement]


def read(half: str) -> list[Pair]:
    folder = rules_folder()
    rules = load(folder)
    wording = Wording(load_likeness(folder), rules.typed.verbs)
    grammar, cut = duty_grammar(rules.typed), Segmenter().cut

    def statement(text: str) -> Statement:
        return wording.read(text, read_duty(Entry(text, 0, len(text), ""), "duty", grammar, cut).action)

    with (FOLDER / f"duties_{half}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row, statement(row["left"]), statement(row["right"])) for row in rows]


def f1(found: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (said to be same, is same)."""
    right = sum(said and true for said, true in found)
    precision = right / max(1, sum(said for said, _ in found))
    recall = right / max(1, sum(true for _, true in found))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def fit(pairs: list[Pair]) -> None:
    signs = np.array([signs_of(left, right)[0] for _, left, right in pairs])
    same = np.array([row["relation"] == "same" for row, *_ in pairs])
    model = LogisticRegression(C=2.0, max_iter=10_000)
    chances = cross_val_predict(model, signs, same, cv=10, method="predict_proba")[:, 1]
    left_out = f1(list(zip(chances >= 0.5, same, strict=True)))[2]
    print(f"left out in turn: F1 {left_out:.3f}")
    model.fit(signs, same)
    path = rules_folder() / WEIGHTS_FILE
    head = path.read_text(encoding="utf-8").partition("[limits]")[0]
    weights = "\n".join(f"{name} = {weight:.2f}" for name, weight in zip(SIGNS, model.coef_[0], strict=True))
    limits = f"bias = {model.intercept_[0]:.2f}\nsame = 0.5\ncluster = 0.65\nembedding = 6.0\nembedding_middle = 0.75"
    path.write_text(f"{head}[limits]\n{limits}\n\n[weights]\n{weights}\n", encoding="utf-8")


def cosines(pairs: list[Pair], folder: Path) -> list[float | None]:
    """Those of the embeddings that a model gives the two of each pair."""
    embeddings = Embeddings(folder, [text for row, *_ in pairs for text in (row["left"], row["right"])])
    return [embeddings.cosine(2 * number, 2 * number + 1) for number in range(len(pairs))]


def report(half: str, pairs: list[Pair], folder: Path | None) -> None:
    judge = Judge(load_likeness(rules_folder()))
    near = cosines(pairs, folder) if folder else [None] * len(pairs)
    found = [
        (row["kind"], judge.verdict(left, right, cosine).score >= judge.same, row["relation"] == "same")
        for (row, left, right), cosine in zip(pairs, near, strict=True)
    ]
    kinds = list(dict.fromkeys(kind for kind, *_ in found))
    for name, chosen in (
        ("all", kinds),
        ("easy", EASY),
        ("hard", [kind for kind in kinds if kind not in EASY]),
        *((kind, (kind,)) for kind in kinds),
    ):
        told = [(said, true) for kind, said, true in found if kind in chosen]
        share = sum(said == true for said, true in told) / len(told)
        scores = "P {:.3f}  R {:.3f}  F1 {:.3f}".format(*f1(told)) if any(true for _, true in told) else " " * 27
        print(f"{half}  {name:13} {len(told):4} pairs  right {share:.3f}  {scores}".rstrip())


def main(words: list[str]) -> None:
    first = read("a")
    if "--fit" in words:
        fit(first)
    if "--errors" in words:
        judge = Judge(load_likeness(rules_folder()))
        for row, left, right in first:
            score = judge.verdict(left, right).score
            if (score >= judge.same) != (row["relation"] == "same"):
                print(f"{score:.2f} {row['kind']} {row['relation']}: {row['left']} / {row['right']}")
                for s in (left, right):
                    print("      ", [t.word for t in s.mains], [t.word for t in s.others], s.sense)
    folder = Path(words[words.index("--embeddings") + 1]) if "--embeddings" in words else None
    report("a", first, folder)
    if "--errors" not in words:
        for half in "bc":
            report(half, read(half), folder)


if __name__ == "__main__":
    main(sys.argv[1:])
