"""A result folder with so many duties, as `gangwei extract` would write it, to measure `gangwei compare` on.

    python benchmarks/duties.py 1000000 FOLDER
    /usr/bin/time -v gangwei compare FOLDER -o OUT

Each role begins as one of corpora/samples: it has most of its duties, some of them reworded, and some of another role. A tenth of the roles are
copies of a template. Of a million duties some two thirds are different wordings.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from gangwei.model import Entry
from gangwei.normalise.duties import duty_grammar, read_duty
from gangwei.rulebook import load
from gangwei.segment import Segmenter
from gangwei.sinks.written import write_rows
from gangwei.tables import TABLES, Cell, Row, Table

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
FRONTS = ("", "负责", "认真", "按计划", "协助主管", "及时", "每日", "每周", "每月", "定期", "按流程", "做好")
PLACES = ("本店", "本区", "辖区内", "一车间", "二车间", "总部", "分公司", "北区", "南区", "项目部", "园区", "夜班")
TAILS = (
    "",
    "，确保质量",
    "，做好记录",
    "，及时上报",
    "，提高效率",
    "，控制成本",
    "，避免差错",
    "，并归档",
    "，保证进度",
    "，防止遗漏",
)
DUTIES_OF_A_ROLE = 14


def sample_roles() -> list[tuple[str, tuple[str, ...]]]:
    """Titles and duties of the samples."""
    found = [
        (role["title"], tuple(role["duties"]))
        for path in sorted(SAMPLES.glob("*.json"))
        for role in json.loads(path.read_text(encoding="utf-8"))["roles"]
        if len(role["duties"]) > 2  # else there is hardly anything to compare
    ]
    assert found, SAMPLES
    return found


def roles(count: int) -> Iterator[tuple[str, list[str]]]:
    """Roles with so many duties in all."""
    known, draw = sample_roles(), random.Random(1)
    while count > 0:
        title, own = draw.choice(known)
        _, others = draw.choice(known)
        if draw.random() < 0.1:  # copies
            duties = list(own)
        else:
            chosen = [*draw.sample(own, min(len(own), DUTIES_OF_A_ROLE - 4)), *draw.sample(others, min(len(others), 4))]
            duties = [_reworded(text, draw) for text in chosen]
        yield title, duties[:count]
        count -= len(duties)


def _reworded(text: str, draw: random.Random) -> str:
    if draw.random() < 0.3:  # as it stands
        return text
    return f"{draw.choice(FRONTS)}{text}{draw.choice(('', f'（{draw.choice(PLACES)}）'))}{draw.choice(TAILS)}"


def main(count: int, folder: Path) -> None:
    folder.mkdir(parents=True)
    rules = load()
    grammar, cut = duty_grammar(rules.typed), Segmenter().cut
    found = list(roles(count))

    def row(table: Table, **cells: Cell) -> Row:
        return tuple(cells.get(c.name, "" if c.type == "string" else 0) for c in table.columns)

    def rows(table: Table) -> Iterator[Row]:
        for number, (title, duties) in enumerate(found):
            name = f"{number:06}.txt"
            source: dict[str, Cell] = {"doc_id": name, "role_id": f"{name}#1", "status": "ok", "n_roles": 1}
            if table.name == "duties":
                for position, text in enumerate(duties, 1):
                    duty = read_duty(Entry(text, 0, len(text), ""), "duty", grammar, cut)
                    said = {"text": text, "action": duty.action, "object": duty.object}
                    yield row(table, **source, **said, kind="duty", position=position, end=len(text))
            elif table.name in ("documents", "roles"):
                yield row(table, **source, title=title, title_full=title, company=f"公司{number % 20_000}", position=1)

    for table in TABLES:
        if table.name != "texts":
            write_rows(folder, table, rows(table), ("parquet",))
    print(f"{len(found)} roles, {count} duties, {len({text for _, some in found for text in some})} different ones")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
