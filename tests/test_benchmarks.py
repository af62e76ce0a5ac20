"""The benchmarks time what the program does: every stage that they name is there, and is run."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ours import STAGES, Clock, Ours


def test_every_stage_of_the_benchmark_is_one_of_the_program(tmp_path: Path) -> None:
    document = tmp_path / "one.txt"
    document.write_text("部门：仓储部\n职务：仓储主管\n岗位职责：\n1、盘点。\n2、发货。\n", encoding="utf-8")
    clock = Clock()
    with clock.wrapped():
        Ours().run_here([document], tmp_path / "out", clock)
    assert clock.missing == []
    assert {name for name, _ in STAGES} | {"read"} <= clock.seconds.keys()
    assert (tmp_path / "out" / "roles.csv").is_file()
