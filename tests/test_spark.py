"""Runs under Spark: the tables of a local run, row for row and byte for byte, whatever dies or runs twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import gangwei
from gangwei.batch import plan
from gangwei.batch.merge import Shape
from gangwei.batch.run import Reading, run
from gangwei.cli import main
from gangwei.commands.extract import _reading
from gangwei.errors import GangweiError, UsageError
from gangwei.model import Document, Extraction
from gangwei.readers import LIMITS, RecordColumns
from gangwei.sinks.reading import read_rows
from gangwei.tables import TABLES
from test_batch import READING, extract, fill, read, records_of, tables
from test_companies import POSTS
from test_companies import fill as fill_companies
from test_libreoffice import open_document

pytest.importorskip("pyspark", reason="make engine installs Spark")
from pyspark.sql import SparkSession

from gangwei.batch import spark
from gangwei.batch.executor import PARTS, STAGED, Work, make_parts, write_group
from gangwei.batch.journal import Terms
from gangwei.batch.spark import run_on_spark
from gangwei.batch.store import Store

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PARTITIONED = Shape(("parquet",), keep_text=True, partitioned=True)


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """One for all tests, because its start takes longest: two processes, a task is tried up to four times."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    patch.setenv(
        "PYTHONPATH", os.pathsep.join(str(Path(__file__).parents[n] / f) for n, f in ((0, "."), (1, "pipeline")))
    )
    made = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").getOrCreate()
    yield made
    made.stop()
    patch.undo()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = fill(tmp_path / "in")
    (root / "link.txt").symlink_to("/etc/passwd")
    (root / "company 1" / "C#1\n.txt").write_text("岗位", encoding="utf-8")
    (root / "company 1.txt").write_text("岗位", encoding="utf-8")
    return root


def files(output: Path) -> dict[str, bytes]:
    """The files of all tables; what stands in the manifest of how they were made may differ."""
    found = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*.parquet/*.parquet")}
    return found | {"datapackage.json": (output / "datapackage.json").read_bytes()}


def same(folder: Path, output: Path, reading: Reading = READING) -> bool:
    """Whether the tables are those of a local run, to the byte."""
    summary = run([str(folder)], output.with_name("local"), reading, shape=PARTITIONED, overwrite=True)
    assert summary.rows["documents"] > 0
    return files(output) == files(output.with_name("local"))


def test_the_tables_are_those_of_a_local_run(session: SparkSession, folder: Path, tmp_path: Path) -> None:
    summary = run_on_spark([str(folder)], str(tmp_path / "out"), READING, keep_text=True)
    assert summary.documents == {"failed": 1, "ok": 202}
    assert summary == run([str(folder)], tmp_path / "csv", READING, shape=Shape(("csv",), keep_text=True))
    assert same(folder, tmp_path / "out")
    # Over a run of another kind nothing of that stays.
    run_on_spark([str(folder)], str(tmp_path / "csv"), READING, keep_text=True, overwrite=True)
    assert files(tmp_path / "csv") == files(tmp_path / "out")
    assert not list((tmp_path / "csv").glob("*.csv"))
    run([str(folder)], tmp_path / "csv", READING, shape=Shape(("csv",), keep_text=True), overwrite=True)
    for table in TABLES:
        assert list(read_rows(tmp_path / "out", table)) == list(read_rows(tmp_path / "csv", table))


def test_urls_are_read_and_written(session: SparkSession, folder: Path, tmp_path: Path) -> None:
    (folder / "link.txt").unlink()
    output = folder / "out"
    for _ in range(2):
        run_on_spark([f"local://{folder}"], f"local://{output}", READING, keep_text=True, resume=True)
    output.rename(tmp_path / "out")
    assert same(folder, tmp_path / "out")
    with pytest.raises(UsageError, match="no such file or folder"):
        run_on_spark([f"local://{tmp_path}/no"], f"local://{tmp_path}/none", READING)
    assert not (tmp_path / "none").exists()


def test_tasks_share_a_large_table(session: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = records_of(tmp_path, 900)
    path.write_text(path.read_text(encoding="utf-8").replace("工作", "工作" * 2000), encoding="utf-8")
    assert path.stat().st_size > plan.LONG
    monkeypatch.setattr(spark, "_SHARE", 4_000_000)
    run_on_spark([str(path)], str(tmp_path / "out"), READING, keep_text=True)
    assert len(Store(str(tmp_path / "out")).names(PARTS)) > 1
    assert same(path, tmp_path / "out")


def dies(document: Document) -> Extraction:
    """Takes the process of Spark along in which it is read, once."""
    mark = Path(os.environ["GANGWEI_TEST_MARK"])
    if document.text.startswith("岗位职责77") and not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    if document.text.startswith("岗位职责99"):
        os._exit(3)
    return extract(document)


def test_a_process_that_dies_changes_nothing(session: SparkSession, folder: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    def reading(document: Document) -> Extraction:
        os.environ["GANGWEI_TEST_MARK"] = str(mark)
        return dies(document)

    summary = run_on_spark([str(folder)], str(tmp_path / "out"), Reading(read, reading, "deadly"), keep_text=True)
    assert mark.exists()
    assert summary.documents == {"failed": 2, "ok": 201}
    assert same(folder, tmp_path / "out", Reading(read, reading, "deadly"))


def test_a_run_repeated_changes_nothing_and_reads_only_what_is_new(
    session: SparkSession, folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    first = run_on_spark([str(folder)], str(output), READING, keep_text=True)
    with pytest.raises(UsageError, match="holds a run already"):
        run_on_spark([str(folder)], str(output), READING, keep_text=True)
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet/*")}
    parts = set(Store(str(output)).names(PARTS))
    assert run_on_spark([str(folder)], str(output), READING, keep_text=True, resume=True) == first
    assert times == {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet/*")}
    (folder / "company 1" / "new.txt").write_text("新", encoding="utf-8")
    (folder / "company 2" / "post 002.txt").unlink()
    run_on_spark([str(folder)], str(output), READING, keep_text=True, resume=True)
    assert same(folder, output)
    now = set(Store(str(output)).names(PARTS))
    assert parts & now
    assert len(now - parts) <= 3


def test_a_task_that_runs_twice_changes_nothing(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    store = Store(str(output))
    work = Work(str(output), READING, Terms("rules-1", "", ""), PARTITIONED, 60, 1 << 30)
    shards = plan.shards(plan.find([str(folder)], output), "")
    store.write(".gangwei/spark/slices/0", b"".join(b"%d 0 1 " % n + plan.to_line(s) for n, s in enumerate(shards)))

    def standing() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in output.rglob("*") if path.is_file()}

    made = list(make_parts(work, 0))
    assert len(made) > 2
    before = standing()
    assert list(make_parts(work, 0)) == made
    assert standing() == before
    store.write(".gangwei/spark/groups/0", b'["%s"]' % b'","'.join(name.encode() for _, name in made))
    told = list(write_group(work, "source", 0))
    before = standing()
    assert list(write_group(work, "source", 0)) == told
    assert standing() == before
    assert store.names(f"{STAGED}/source/roles.parquet") == ["00000.parquet"]


def test_what_goes_wrong_is_said_in_a_line(session: SparkSession, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(GangweiError, match="another version of gangwei") as raised:
        run_on_spark([str(folder)], str(tmp_path / "out"), READING._replace(program="another"))
    assert "\n" not in str(raised.value)
    assert not tables(tmp_path / "out")


def _refuse() -> None:
    raise UsageError("--libreoffice: this machine has another one")


def test_an_executor_that_cannot_read_as_the_run_says_is_refused(
    session: SparkSession, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(GangweiError, match="this machine has another one"):
        run_on_spark([str(folder)], str(tmp_path / "out"), READING._replace(options="other", check=_refuse))
    assert not tables(tmp_path / "out")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_on_executors(session: SparkSession, tmp_path: Path) -> None:
    rows = "<office:text><text:p>职务：仓管员</text:p><text:p>职责：</text:p><text:p>1、盘点</text:p><text:p>2、发货</text:p></office:text>"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.odt").write_bytes(open_document("text", rows))
    words = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--format", "parquet", "--quiet"]
    assert main([*words, "--engine", "spark", "--libreoffice"]) == 0
    assert pd.read_parquet(tmp_path / "out" / "duties.parquet")["text"].tolist() == ["盘点", "发货"]


def test_the_command(session: SparkSession, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text("职务：仓管员\n职责：\n1、盘点\n2、发货\n", encoding="utf-8")
    words = ["extract", str(path.parent), "-o", str(tmp_path / "out"), "--format", "parquet"]
    assert main([*words, "--engine", "spark", "--json"]) == 0
    assert pd.read_parquet(tmp_path / "out" / "duties.parquet")["text"].tolist() == ["盘点", "发货"]
    assert json.loads(capfd.readouterr().out)["documents_read"] == 1
    assert main([*words, "--engine", "spark", "--resume", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["documents_read"] == 0
    assert main([*words, "--engine", "spark", "--resume", "--headers", "zh"]) == 2
    assert "--engine spark writes Parquet" in capfd.readouterr().err


def test_a_frame_of_spark(session: SparkSession) -> None:
    jobs = pd.DataFrame({"id": ["a", "b"], "职位描述": ["职务：仓管员\n职责：\n1、盘点\n2、发货", "公司春节放假通知"]})

    def duties(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for frame in frames:
            yield gangwei.extract_frame(frame.set_index("id"))["duties"][["doc_id", "text"]].astype(object)

    found = session.createDataFrame(jobs).mapInPandas(duties, "doc_id string, text string").collect()
    assert sorted((row.doc_id, row.text) for row in found) == [("a", "发货"), ("a", "盘点")]


def test_posts_of_other_documents(session: SparkSession, tmp_path: Path) -> None:
    root = fill_companies(tmp_path / "in", list(POSTS))
    reading = _reading(None, RecordColumns(), LIMITS, "")
    run_on_spark([str(root)], str(tmp_path / "out"), reading, keep_text=True)
    assert same(root, tmp_path / "out", reading)
