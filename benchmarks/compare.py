"""How long `gangwei compare` takes for N different duties, all against all, by step.

    python benchmarks/compare.py [N]        # 20,000 where not named

The duties are made of those of corpora/samples and corpora/pairs: each alone, then two by two, until there are enough.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
from pathlib import Path
from time import process_time

from gangwei.compare.corpus import Text
from gangwei.compare.duties import Duties
from gangwei.compare.judge import Judge
from gangwei.compare.wording import Wording
from gangwei.model import Entry
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.rulebook import load
from gangwei.rulebook.likeness import load_likeness
from gangwei.rulebook.place import rules_folder
from gangwei.segment import Segmenter

CORPORA = Path(__file__).parent.parent / "corpora"


def statements(count: int) -> list[str]:
    """So many different duties."""
    found: dict[str, None] = {}
    for path in sorted((CORPORA / "samples").glob("*.json")):
        for role in json.loads(path.read_text(encoding="utf-8"))["roles"]:
            found |= dict.fromkeys(role["duties"])
    for half in "ab":
        with (CORPORA / "pairs" / f"duties_{half}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found |= dict.fromkeys((row["left"], row["right"]))
    alone = [text for text in found if len(text) <= 40]
    draw = random.Random(1)
    while len(found) < count:
        found["，".join(draw.sample(alone, 2))] = None
    return list(found)[:count]


def main(count: int) -> None:
    rules = load()
    likeness = load_likeness(rules_folder())
    grammar, cut = duty_grammar(rules.typed), Segmenter().cut
    texts = []
    for text in statements(count):
        duty = read_duty(Entry(text, 0, len(text), ""), "duty", grammar, cut)
        texts.append(Text(text, duty.action, duty.object, is_authority=False))
    judge = Judge(likeness)
    wording = Wording(likeness, rules.typed.verbs)
    wording.read("起草合同")
    clock = [process_time()]

    def step(name: str, what: str) -> None:
        clock.append(process_time())
        print(f"{name:22} {clock[-1] - clock[-2]:6.2f} s  {what}")

    duties = Duties(texts, wording, judge)
    step("statements, vectors", f"{len(texts)} different duties")
    pairs = list(duties.candidates(range(len(texts))))
    step("candidates", f"{len(pairs)} pairs, the nearest of all against all")
    same = sum(duties.alike(*pair) >= judge.cluster for pair in pairs)
    step("judgement", f"{same} pairs are one duty")
    print(f"{'all against all':22} {clock[-1] - clock[0]:6.2f} s")
    star = duties.clusters([1] * len(texts))
    step("clusters, from anew", f"{len(set(star.middle))} clusters")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
