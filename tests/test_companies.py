"""Superiors and subordinates that another document of the same company describes: found, noted, the same bytes anyhow."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Iterable
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from gangwei import cli
from gangwei.batch.companies import Found, resolve
from gangwei.batch.executor import STAGED
from gangwei.commands.extract import _reading
from gangwei.normalise.relations import RelationGrammar
from gangwei.readers import LIMITS, RecordColumns
from gangwei.sinks import read_csv
from gangwei.sinks.reading import Record, read_rows
from gangwei.tables import TABLES
from test_batch import children

POSTS = {
    "a/head.txt": (
        "白鹭港务有限公司",
        "装卸部",
        "经理",
        "直接上级：总经理\n直接下级：装卸队长、理货班长",
        "编制装卸作业计划",
    ),
    "b/gang.txt": ("白鹭港务有限公司", "装卸部", "装卸队长", "直接上级：装卸部经理", "安排装卸工当班任务"),
    "b/tally.txt": ("白鹭港务有限公司", "装卸部", "理货班长", "直接上级：部门经理", "核对到港货物件数"),
    "c/crane.txt": ("白鹭港务有限公司", "装卸部", "门机司机", "直接上级：经理", "操作门座起重机"),
    "c/other.txt": ("青禾粮贸有限公司", "采购部", "采购专员", "直接上级：装卸部经理", "收购玉米"),
    "d/ring1.txt": ("平川玻璃有限公司", "", "厂长", "直接上级：调度主任", "审批检修计划"),
    "d/ring2.txt": ("平川玻璃有限公司", "", "调度主任", "直接上级：厂长", "主持生产例会"),
    "e/nobody1.txt": ("某公司", "车间", "主任", "直接上级：厂长", "安排班组生产"),
    "e/nobody2.txt": ("某公司", "", "厂长", "直接下级：车间主任", "签发生产计划"),
}


def fill(folder: Path, names: list[str]) -> Path:
    for name in names:
        company, department, title, others, duty = POSTS[name]
        lines = [
            f"公司：{company}",
            f"部门：{department}" if department else "",
            f"职务：{title}",
            others,
            "岗位职责：",
        ]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([*filter(None, lines), f"1、{duty}", "2、填写工作记录"]), encoding="utf-8")
    return folder


def run(inputs: Path, output: Path, *options: str) -> Path:
    assert cli.main(["extract", str(inputs), "-o", str(output), "--quiet", *options]) == 0
    return output


def rows(output: Path, name: str) -> list[Record]:
    return list(read_csv(output / f"{name}.csv"))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("companies")
    return run(fill(folder / "in", list(POSTS)), folder / "out", "--workers", "1", "--format", "csv,parquet,duckdb")


def test_posts_of_other_documents_are_meant(output: Path) -> None:
    found = {(str(row["doc_id"]), str(row["title"])): row["target_role_id"] for row in rows(output, "relations")}
    assert found["b/gang.txt", "装卸部经理"] == found["b/tally.txt", "部门经理"] == found["c/crane.txt", "经理"]
    assert found["c/crane.txt", "经理"] == "a/head.txt#1"
    assert found["a/head.txt", "装卸队长"] == "b/gang.txt#1"
    assert found["a/head.txt", "总经理"] == ""
    assert found["c/other.txt", "装卸部经理"] == ""  # of another company


def test_a_name_of_nobody_is_no_company(output: Path) -> None:
    found = {str(row["doc_id"]): row["target_role_id"] for row in rows(output, "relations")}
    assert found["e/nobody1.txt"] == found["e/nobody2.txt"] == ""


def test_what_does_not_fit_together_is_noted(output: Path) -> None:
    said = [(row["doc_id"], row["message"]) for row in rows(output, "notes") if row["code"] == "contradiction"]
    assert said == [
        ("c/crane.txt", "门机司机 names 经理 its superior, and 经理 does not list 门机司机"),
        ("d/ring1.txt", "厂长 answers, over others, to itself"),
        ("d/ring2.txt", "调度主任 answers, over others, to itself"),
    ]


def test_the_same_bytes_in_one_go_or_in_several(output: Path, tmp_path: Path) -> None:
    names = list(POSTS)
    inputs = fill(tmp_path / "in", names[1:])
    run(inputs, tmp_path / "out", "--workers", "2", "--format", "csv,parquet")
    assert all(row["target_role_id"] != "a/head.txt#1" for row in rows(tmp_path / "out", "relations"))
    fill(inputs, names[:1])
    run(inputs, tmp_path / "out", "--workers", "2", "--format", "csv,parquet", "--resume")
    for path in output.glob("*.[cp]*"):
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes(), path.name
    assert not list((tmp_path / "out").glob(".companies*"))
    shutil.rmtree(inputs / "a")
    run(inputs, tmp_path / "out", "--format", "csv,parquet", "--resume")
    assert all(row["target_role_id"] != "a/head.txt#1" for row in rows(tmp_path / "out", "relations"))


def test_the_same_bytes_by_several_processes_also_where_all_are_lost(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangwei.batch.plan.LEAST", 1)
    monkeypatch.setattr("gangwei.batch.plan.MOST", 1)  # nine parts
    inputs, format_ = fill(tmp_path / "in", list(POSTS)), ("--format", "csv,parquet", "--workers", "4")
    run(inputs, tmp_path / "out", *format_)
    parent, seen = os.getpid(), tmp_path / "seen"

    def lost(lines: Iterable[str], grammar: RelationGrammar) -> dict[str, Found]:
        with seen.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()}\n")
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return resolve(lines, grammar)

    monkeypatch.setattr("gangwei.batch.companies.resolve", lost)
    run(inputs, tmp_path / "lost", *format_)
    assert len(set(seen.read_text(encoding="utf-8").split())) == 4
    for path in output.glob("*.[cp]*"):
        for name in ("out", "lost"):
            assert (tmp_path / name / path.name).read_bytes() == path.read_bytes(), (name, path.name)


def test_a_full_disk_met_by_another_process_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gangwei.batch.plan.LEAST", 1)
    monkeypatch.setattr("gangwei.batch.plan.MOST", 1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("gangwei.batch.companies.spread", full)
    call = ["extract", str(fill(tmp_path / "in", list(POSTS))), "-o", str(tmp_path / "out"), "--workers", "3"]
    assert cli.main([*call, "--quiet"]) != 0
    assert capsys.readouterr().err.count("No space left on device; mend that, then go on with --resume") == 1
    assert not children(os.getpid())


def test_an_organisation_is_read_of_them(output: Path, tmp_path: Path) -> None:
    assert cli.main(["organise", str(output), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    text = (tmp_path / "out" / "edges.csv").read_text(encoding="utf-8-sig")
    assert text.count('"company"') == 1 + 7  # the header, and seven edges between documents


def test_the_same_of_a_cluster(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What Spark has its executors do is done here, one task after the other; `make engine` has Spark itself do it.
    pytest.importorskip("fsspec", reason="make engine installs it")
    spark = import_module("gangwei.batch.spark")
    counted: list[int] = []
    counter = SimpleNamespace(add=counted.append, value=len(POSTS))
    session = SimpleNamespace(sparkContext=SimpleNamespace(accumulator=lambda _: counter))
    monkeypatch.setattr(spark, "_session", lambda: nullcontext(session))
    monkeypatch.setattr(spark, "_map", lambda _, n, work: sorted(said for number in range(n) for said in work(number)))
    monkeypatch.setattr("gangwei.batch.merge.GROUP", 1)
    monkeypatch.setattr("gangwei.batch.plan.LEAST", 2)
    monkeypatch.setattr("gangwei.batch.plan.MOST", 2)
    reading = _reading(None, RecordColumns(), LIMITS, "")
    spark.run_on_spark([str(output.parent / "in")], str(tmp_path / "out"), reading)
    assert len(list((tmp_path / "out" / "relations.parquet").iterdir())) > 2
    for table in TABLES[:3]:
        assert list(read_rows(tmp_path / "out", table)) == list(read_rows(output, table))
    assert sum(counted) == len(POSTS)
    assert not (tmp_path / "out" / STAGED).exists() or not list((tmp_path / "out" / STAGED).iterdir())
