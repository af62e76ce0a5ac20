"""How well roles of one work are told from others, on corpora/pairs/families.tsv: F1 by half.

    python benchmarks/families.py TABLES     # the tables of corpora/samples, as gangwei extract wrote them

The thresholds were chosen on half `a`. Over half of the pairs that are not the same work are the nearest neighbours of a role, and so the hardest.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from gangwei.compare.corpus import Corpus, read_corpus
from gangwei.compare.duties import Duties
from gangwei.compare.families import Work
from gangwei.compare.judge import Judge
from gangwei.compare.wording import Wording
from gangwei.rulebook import load
from gangwei.rulebook.likeness import load_likeness
from gangwei.rulebook.place import rules_folder

FILE = Path(__file__).parent.parent / "corpora" / "pairs" / "families.tsv"


def work_of(folder: Path) -> tuple[Corpus, Work]:
    rules, likeness = load(), load_likeness(rules_folder())
    corpus = read_corpus([folder], frozenset(rules.typed.relations["bare"]))
    duties = Duties(corpus.texts, Wording(likeness, rules.typed.verbs), Judge(likeness))
    counts = Counter(corpus.text)
    middles = duties.clusters([counts[number] for number in range(len(corpus.texts))]).middle
    return corpus, Work(corpus, duties, middles)


def judged(folder: Path) -> list[tuple[str, bool, bool]]:
    """For each pair of the gold that was read: its half, whether it is said to be the same work, whether it is."""
    corpus, work = work_of(folder)
    numbers: dict[tuple[str, str], int] = {}
    for number, role in enumerate(corpus.roles):
        numbers.setdefault((role.doc_id, role.title), number)  # where posts of a document were counted anew
        numbers[role.role_id, role.title] = number
    found = []
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pair = [_number(numbers, row[f"{side}_role_id"], row[f"{side}_title"]) for side in ("left", "right")]
            if None not in pair:
                found.append((row["half"], work.is_same(*pair), row["same"] == "yes"))
    return found


def _number(numbers: dict[tuple[str, str], int], role_id: str, title: str) -> int | None:
    return numbers.get((role_id, title), numbers.get((role_id.rpartition("#")[0], title)))


def main(folder: Path) -> None:
    pairs = judged(folder)
    for half in "ab":
        said = [(one, other) for name, one, other in pairs if name == half]
        right = sum(one and other for one, other in said)
        precision = right / max(1, sum(one for one, _ in said))
        recall = right / max(1, sum(other for _, other in said))
        score = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{half}  same work     {len(said):4} pairs  P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
