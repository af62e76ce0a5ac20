"""How well made documents are read: macro F1 by layout, without faults, with each fault alone, and with all at once.

    python benchmarks/made.py [--documents 10] [--layout NAME]... [--fault NAME]... [--short]

Every second document is Traditional. A fault that a layout cannot have, or that changed nothing in it, is not scored;
`--short` leaves out the columns of single faults. `pairs` takes two faults at a time, drawn for each document.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from gangwei.cli import main as gangwei
from gangwei.evaluate import Evaluation, evaluate, read_gold, read_tables
from gangwei.synth import FAULTS, LAYOUTS, as_json, generate

# Encodings are told apart by readers; of the strengths of glosses one is in a document.
ENCODINGS: Final = ("utf8_bom", "utf16", "gb18030", "big5")
GLOSSES: Final = ("glosses_light", "glosses_medium", "glosses_heavy")
SINGLE: Final = tuple(fault for fault in FAULTS if fault not in ENCODINGS)
FEWEST: Final = 3


def faults_of(column: str, seed: int) -> tuple[str, ...]:
    """The faults that a document of a column gets."""
    rng = Random(f"made:{seed}")
    usual = [fault for fault in SINGLE if fault not in GLOSSES]
    match column:
        case "none":
            return ()
        case "pairs":
            return tuple(rng.sample([*usual, rng.choice(GLOSSES)], 2))
        case "all":
            return (*usual, rng.choice(GLOSSES))
        case _:
            return (column,)


def measure(
    columns: Sequence[str], layouts: Sequence[str], number: int, folder: Path
) -> dict[tuple[str, str], Evaluation]:
    """The score of each column in each layout of which enough documents have its faults."""
    (folder / "documents").mkdir(parents=True)
    for column in columns:
        for layout in layouts:
            made = [
                generate(seed, layout, faults_of(column, seed), ("hans", "hant")[seed % 2])
                for seed in range(1, number + 1)
            ]
            faulty = [document for document in made if column == "none" or document.gold["faults"]]
            for document in faulty if len(faulty) >= min(FEWEST, number) else ():
                gold = {**document.gold, "layout": f"{column} {layout}"}
                name = f"{column}-{document.name}"
                (folder / "documents" / (name + document.suffix)).write_bytes(document.data)
                (folder / f"{name}.json").write_text(as_json(gold), encoding="utf-8")
    options = ["--format", "csv", "--workers", "1", "--quiet"]
    gangwei(["extract", str(folder / "documents"), "-o", str(folder / "out"), *options])
    parts = evaluate(read_tables(folder / "out"), read_gold(folder)).layouts
    found: dict[tuple[str, str], Evaluation] = {}
    for name, part in parts.items():
        column, _, layout = name.partition(" ")
        found[column, layout] = part
    return found


def table(found: Mapping[tuple[str, str], Evaluation], columns: Sequence[str], layouts: Sequence[str]) -> str:
    """A line for each layout, a figure for each column; - where too few documents have the fault."""
    heads = [f"{column:>{max(5, len(column))}}" for column in columns]
    lines = [" ".join([f"{'':16}", *heads])]
    for layout in layouts:
        cells = [f"{found[column, layout].macro:.3f}" if (column, layout) in found else "-" for column in columns]
        lines.append(
            " ".join([f"{layout:16}", *(f"{cell:>{len(head)}}" for cell, head in zip(cells, heads, strict=True))])
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10, help="how many of each layout in each column")
    parser.add_argument("--layout", action="append", choices=tuple(LAYOUTS), help="only this one; may be given again")
    parser.add_argument("--fault", action="append", choices=SINGLE, help="of the single faults only this one")
    parser.add_argument("--short", action="store_true", help="leave the single faults out")
    options = parser.parse_args()
    layouts = options.layout or tuple(LAYOUTS)
    columns = ("none", *(() if options.short else options.fault or SINGLE), "pairs", "all")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(columns, layouts, options.documents, Path(folder))
    print(table(found, columns, layouts))


if __name__ == "__main__":
    main()
