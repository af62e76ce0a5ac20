"""Runs through real workers: the same bytes whatever happens, and no document costs another its rows."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gangwei.batch import plan
from gangwei.batch.merge import Shape
from gangwei.batch.plan import Input
from gangwei.batch.run import Progress, Reading, run
from gangwei.cli import main
from gangwei.errors import GangweiError, UsageError  # noqa: F401  (the runs in processes of their own take all names from here)
from gangwei.model import Document, Duty, Entry, Extraction, FoundRole, Note, Role
from gangwei.readers import read_file
from gangwei.sinks import read_csv
from gangwei.sinks.reading import read_documents
from gangwei.tables import TABLES, Cell

CSV = Shape(("csv",))


def read(found: Input) -> Iterator[Document]:
    return read_file(Path(found.path), source=found.source, doc_id=found.doc_id)


def extract(document: Document) -> Extraction:
    """A role with a duty; poison where the text is its name."""
    if poison := POISON.get(document.text.strip()):
        poison()
    duties = (Duty(Entry(document.text[:20], 0, 20, "made")),)
    found = FoundRole(Entry(document.text[:4], 0, 4, "made"), layout="made")
    notes = (Note("made", 0, 1, document.text[:1]),)
    return Extraction(document, "hans", roles=(Role(found, duties=duties),), notes=notes, coverage=0.5)


def slow_extract(document: Document) -> Extraction:
    """The same, slowly; a document "hold" waits until the file named `GO` in the environment is there."""
    time.sleep(0.01)
    while document.text == "hold" and not Path(os.environ["GO"]).exists():
        time.sleep(0.01)
    return extract(document)


def spin() -> None:
    while True:
        pass


def eat() -> None:
    eaten = []
    while True:
        eaten.append(bytes(1 << 24))  # asked for, never written: the memory limit must come before that of time


def fail() -> None:
    raise ValueError("at <object at 0x7f00deadbeef>\n二")


POISON: dict[str, Callable[[], object]] = {
    "spin": spin,
    "sleep": lambda: time.sleep(1000),
    "eat": eat,
    "fail": fail,
    "exit": lambda: os._exit(3),
    "leave": lambda: sys.exit(4),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "crash": lambda: ctypes.string_at(0),
}
READING = Reading(read, extract, "rules-1")
SLOW = Reading(read, slow_extract, "rules-1")


def tables(output: Path) -> dict[str, bytes]:
    """The files of the output, but not the work folder."""
    return {path.name: path.read_bytes() for path in sorted(output.iterdir()) if path.is_file()}


def rows(output: Path, table: str = "documents") -> list[dict[str, Cell]]:
    return list(read_csv(output / f"{table}.csv"))


def errors(output: Path) -> dict[Cell, Cell]:
    return {row["doc_id"]: row["error"] for row in rows(output) if row["status"] != "ok"}


def fill(root: Path, n: int = 200) -> Path:
    """Documents in three folders: several shards."""
    for number in range(n):
        path = root / f"company {number % 3}" / f"post {number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"岗位职责{number}：负责第{number}项工作", encoding="utf-8")
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "in")


def hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have slow runs of a filled folder wait at a document in its middle until a file is there: this one."""
    (folder / "company 1" / "post 100.txt").write_text("hold", encoding="utf-8")
    go = folder.with_name("go")
    monkeypatch.setenv("GO", str(go))
    return go


# The same bytes


def test_any_number_of_workers_any_place_and_any_order_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    shape = Shape(("csv", "parquet", "jsonl"), keep_text=True)
    summary = run([str(folder)], tmp_path / "one", READING, workers=1, shape=shape)
    elsewhere = folder.rename(tmp_path / "moved")
    for path in sorted(elsewhere.rglob("*.txt"), reverse=True):
        os.utime(path, (1, 1))
    run([str(elsewhere)], tmp_path / "deep" / "two", READING, workers=3, shape=shape)
    assert tables(tmp_path / "one") == tables(tmp_path / "deep" / "two")
    assert len(tables(tmp_path / "one")) == 3 * len(TABLES) + 2
    assert (summary.documents, summary.rows["roles"], summary.items) == ({"ok": 200}, 200, {"duty": 200})
    assert [row["doc_id"] for row in rows(tmp_path / "one")] == sorted(
        path.relative_to(elsewhere).as_posix() for path in elsewhere.rglob("*.txt")
    )


def test_no_clock_no_path_and_no_name_of_the_machine_stands_in_the_tables(folder: Path, tmp_path: Path) -> None:
    run([str(folder)], tmp_path / "out", READING)
    for content in tables(tmp_path / "out").values():
        assert str(tmp_path).encode() not in content
        assert time.strftime("%Y-%m-%d").encode() not in content


def test_a_finished_run_repeated_changes_nothing(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = run([str(folder)], output, READING)

    def written() -> dict[str, tuple[int, int]]:
        # Not when they were last read: a look at their digests counts as that.
        return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in output.iterdir() if p.is_file()}

    before = written()
    assert run([str(folder)], output, READING, resume=True) == first
    assert written() == before


def test_a_table_that_was_touched_is_written_again(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, READING)
    before = tables(output)
    (output / "roles.csv").write_text("x", encoding="utf-8")
    run([str(folder)], output, READING, resume=True)
    assert tables(output) == before


def test_only_what_is_new_is_read_again(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, READING, shape=CSV)
    parts = {path.name for path in (output / ".gangwei" / "parts").iterdir()}
    assert len(parts) > 2
    (folder / "company 1" / "a new one.txt").write_text("新", encoding="utf-8")
    (folder / "company 2" / "post 002.txt").unlink()
    run([str(folder)], output, READING, shape=CSV, resume=True)
    now = {path.name for path in (output / ".gangwei" / "parts").iterdir()}
    assert 0 < len(parts & now) < len(parts)
    assert len(now - parts) <= 3
    run([str(folder)], tmp_path / "fresh", READING, shape=CSV)
    assert tables(output) == tables(tmp_path / "fresh")


def test_formats_no_longer_asked_for_go_and_other_files_stay(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, READING, shape=Shape(("csv", "jsonl")))
    (output / "mine.jsonl").write_text("{}", encoding="utf-8")
    run([str(folder)], output, READING, shape=CSV, resume=True)
    assert not (output / "roles.jsonl").exists()
    assert (output / "mine.jsonl").exists()


def test_a_parquet_table_may_be_a_folder_of_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gangwei.batch.merge.GROUP", 2)
    single, folded = Shape(("csv", "parquet"), keep_text=True), Shape(("parquet",), keep_text=True, partitioned=True)
    output = tmp_path / "out"
    first = run([str(folder)], output, READING, shape=single)
    before = tables(output)
    assert run([str(folder)], output, READING, shape=folded, workers=3, resume=True) == first
    assert len(list((output / "duties.parquet").iterdir())) > 1
    assert not (output / "duties.csv").exists()
    found = list(read_documents(output))
    package = json.loads((output / "datapackage.json").read_text(encoding="utf-8"))
    assert all((output / path).is_file() for resource in package["resources"] for path in resource["path"])
    times = {path: path.stat().st_ino for path in output.rglob("*.parquet/*")}
    run([str(folder)], output, READING, shape=folded, resume=True)
    assert times == {path: path.stat().st_ino for path in output.rglob("*.parquet/*")}
    assert run([str(folder)], output, READING, shape=single, resume=True) == first
    assert tables(output) == before
    assert found == list(read_documents(output))
    assert not list(output.glob(".*aside*"))


def test_a_changed_document_is_not_mixed_with_old_work(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, READING, shape=CSV)
    path = folder / "company 0" / "post 000.txt"
    times = path.stat()
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("工作", "事情"), encoding="utf-8")  # of the same length
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    run([str(folder)], output, READING, shape=CSV, resume=True)
    assert "事情" in str(rows(output, "duties")[0]["text"])


class Patient:
    """Reads documents and notes which; some fail until they are cured."""

    def __init__(self, folder: Path, *sick: str) -> None:
        self._seen, self._cure, self._sick = folder / "seen", folder / "cure", sick

    def __call__(self, document: Document) -> Extraction:
        with self._seen.open("a", encoding="utf-8") as file:
            file.write(f"{document.doc_id}\n")
        if document.doc_id in self._sick and not self._cure.exists():
            POISON["exit" if self._sick.index(document.doc_id) else "fail"]()
        return extract(document)

    def cure(self) -> None:
        self._seen.unlink()
        self._cure.touch()

    def seen(self) -> list[str]:
        return sorted(self._seen.read_text(encoding="utf-8").splitlines())


def test_only_what_failed_is_read_again(folder: Path, tmp_path: Path) -> None:
    (folder / "company 2" / "post 002.txt").write_text("exit", encoding="utf-8")
    sick = ["company 0/post 000.txt", "company 1/post 100.txt", "company 2/post 002.txt"]
    patient, output = Patient(tmp_path, *sick[:2]), tmp_path / "out"
    reading = Reading(read, patient, "rules-1")
    run([str(folder)], output, reading, time_limit=1)
    assert sorted(map(str, errors(output))) == sick
    with pytest.raises(UsageError, match="take one of them"):
        run([str(folder)], output, reading, time_limit=1, overwrite=True, retry_failed=True)
    patient.cure()
    summary = run([str(folder)], output, reading, time_limit=1, retry_failed=True)
    assert summary.documents == {"failed": 1, "ok": 199}
    assert set(patient.seen()) == set(sick)
    run([str(folder)], tmp_path / "fresh", reading, time_limit=1)
    assert tables(output) == tables(tmp_path / "fresh")
    # Under another limit, what another one made is not read again but for what failed.
    patient.cure()
    told: list[Progress] = []
    run([str(folder)], output, reading, time_limit=2, retry_failed=True, tell=told.append)
    assert set(patient.seen()) == set(sick[2:])
    assert told[-2].documents == 1
    run([str(folder)], tmp_path / "fresh", reading, time_limit=2, resume=True)
    assert tables(output) == tables(tmp_path / "fresh")


def test_only_what_is_new_or_changed_is_read(folder: Path, tmp_path: Path) -> None:
    patient, output = Patient(tmp_path, "company 0/post 003.txt"), tmp_path / "out"
    reading, shape = Reading(read, patient, "rules-1"), Shape(("csv", "parquet"), keep_text=True)
    run([str(folder)], output, reading, shape=shape)
    patient.cure()
    (folder / "company 0" / "a new one.txt").write_text("新", encoding="utf-8")
    (folder / "company 1" / "post 001.txt").write_text("改", encoding="utf-8")
    (folder / "company 2" / "post 002.txt").unlink()
    (folder / "company 2" / "post 005.txt").rename(folder / "company 2" / "post 999.txt")
    told: list[Progress] = []
    run([str(folder)], output, reading, shape=shape, resume=True, tell=told.append)
    new = ["company 0/a new one.txt", "company 0/post 003.txt", "company 1/post 001.txt", "company 2/post 999.txt"]
    assert patient.seen() == new  # the second failed before
    assert told[-2].documents == 4
    run([str(folder)], tmp_path / "fresh", reading, shape=shape)
    assert tables(output) == tables(tmp_path / "fresh")
    # Other options give other rows: nothing is kept.
    patient.cure()
    run([str(folder)], output, reading._replace(options="another"), shape=shape, resume=True)
    assert len(patient.seen()) == 200


def test_a_record_that_failed_is_read_again_with_its_block(records: Path, tmp_path: Path) -> None:
    patient, output = Patient(tmp_path, "jobs.csv#205"), tmp_path / "out"
    reading = Reading(read, patient, "rules-1")
    run([str(records)], output, reading, shape=CSV)
    assert list(errors(output)) == ["jobs.csv#205"]
    patient.cure()
    run([str(records)], output, reading, shape=CSV, retry_failed=True)
    assert patient.seen() == sorted(f"jobs.csv#{n}" for n in range(201, 401))
    assert errors(output) == {}


def test_the_log_says_what_happened_and_nothing_of_documents(folder: Path, tmp_path: Path) -> None:
    (folder / "company 0" / "post 000.txt").write_text("exit", encoding="utf-8")
    output, log = tmp_path / "out", tmp_path / "log"
    run([str(folder)], output, READING, workers=2)
    run([str(folder)], output, READING, resume=True, log_to=log)
    with pytest.raises(UsageError, match="holds a run already"):
        run([str(folder)], output, READING, log_to=log)
    first, second = ((output / ".gangwei" / "log.jsonl").read_text(), log.read_text())
    events = [json.loads(line) for line in first.splitlines()]
    assert [event["event"] for event in events if event["event"] not in ("done", "died")] == [
        "listed",
        "read",
        "written",
    ]
    assert [(event["status"], event["tries"]) for event in events if event["event"] == "died"] == [(3, 0)]
    done = [event for event in events if event["event"] == "done"]
    assert (sum(event["documents"] for event in done), sum(event["failed"] for event in done)) == (200, 1)
    assert events[-1]["documents"] == {"failed": 1, "ok": 199}
    assert [json.loads(line)["event"] for line in second.splitlines()] == ["listed", "read", "written", "stopped"]
    assert json.loads(second.splitlines()[0])["standing"] == 200
    for word in ("company", "post", "负责", str(tmp_path)):
        assert word not in first + second
    with pytest.raises(UsageError, match="the log cannot be written: Is a directory"):
        run([str(folder)], output, READING, resume=True, log_to=tmp_path)


# Large tables


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table file of 1,000 records that counts as long."""
    monkeypatch.setattr(plan, "LONG", 1000)
    monkeypatch.setattr("gangwei.batch.run._SHARE", 1000)
    return records_of(tmp_path, 1000)


def records_of(tmp_path: Path, n: int) -> Path:
    """A table file of n records."""
    path = tmp_path / "in" / "jobs.csv"
    path.parent.mkdir()
    lines = [f"甲公司,会计{n},岗位职责：1、负责第{n}项工作" for n in range(n)]
    path.write_text("\n".join(["公司名称,职位名称,职位描述", *lines]), encoding="utf-8")
    return path


def test_workers_share_a_large_table(records: Path, tmp_path: Path) -> None:
    run([str(records)], tmp_path / "one", READING, workers=1)
    run([str(records.parent)], tmp_path / "three", READING, workers=3)
    assert tables(tmp_path / "one") == tables(tmp_path / "three")
    assert [row["doc_id"] for row in rows(tmp_path / "one")] == [f"jobs.csv#{n}" for n in range(1, 1001)]


def test_workers_that_end_at_the_same_time_are_not_in_each_others_way(records: Path, tmp_path: Path) -> None:
    lines = records.read_text(encoding="utf-8").splitlines()
    records.write_text("\n".join(lines[:61]), encoding="utf-8")
    for attempt in range(8):  # they met in four runs of ten when each of them wrote how long the table is
        run([str(records)], tmp_path / f"{attempt}", READING, shape=CSV, workers=8)
        assert len(rows(tmp_path / f"{attempt}")) == 60


def test_records_that_kill_their_reader_cost_no_other_record(records: Path, tmp_path: Path) -> None:
    def kills(document: Document) -> Extraction:
        if document.doc_id in {"jobs.csv#3", "jobs.csv#555", "jobs.csv#556"}:
            os._exit(9)
        return extract(document)

    for workers in (1, 2):
        run([str(records)], tmp_path / f"{workers}", Reading(read, kills, "rules-1"), workers=workers)
    assert tables(tmp_path / "1") == tables(tmp_path / "2")
    reason = "the process that read it ended with status 9"
    assert errors(tmp_path / "1") == dict.fromkeys(("jobs.csv#3", "jobs.csv#555", "jobs.csv#556"), reason)
    assert len(rows(tmp_path / "1", "roles")) == 997


def test_a_reader_that_dies_in_a_large_table_says_so(records: Path, tmp_path: Path) -> None:
    def dies(found: Input) -> Iterator[Document]:
        for number, document in enumerate(read(found)):
            if number == 700:
                os._exit(9)
            yield document

    for workers in (1, 2):
        run([str(records)], tmp_path / f"{workers}", Reading(dies, extract, "rules-1"), workers=workers)
    assert tables(tmp_path / "1") == tables(tmp_path / "2")
    reason = "the process that read it ended with status 9; the rest of the file was not read"
    assert errors(tmp_path / "1") == {"jobs.csv#701": reason}
    assert len(rows(tmp_path / "1")) == 701


# What is read


def test_each_input_has_a_row_whatever_it_is(tmp_path: Path) -> None:
    root = fill(tmp_path / "in", 3)
    (root / "empty.txt").touch()
    (root / "C#.txt").write_text("岗位", encoding="utf-8")
    (root / "rôle #2~3").write_text("岗位", encoding="utf-8")
    (root / "a\nb\t\x1b[31m.txt").write_text("岗位", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(root) + b"/\xff\xfe.txt")).write_text("岗位", encoding="utf-8")
    (root / "😀岗位.txt").write_text("岗位", encoding="utf-8")
    (root / ("岗" * 85)).write_text("岗位", encoding="utf-8")  # 255 bytes
    os.mkfifo(root / "pipe")
    (root / "link.txt").symlink_to("/etc/passwd")
    (root / "loop").symlink_to(root)
    run([str(root)], tmp_path / "out", READING, shape=CSV)
    found = {row["doc_id"]: (row["status"], row["error"]) for row in rows(tmp_path / "out")}
    assert found == {
        "C#.txt": ("ok", ""),
        "a\\u000ab\\u0009\\u001b[31m.txt": ("ok", ""),
        "company 0/post 000.txt": ("ok", ""),
        "company 1/post 001.txt": ("ok", ""),
        "company 2/post 002.txt": ("ok", ""),
        "empty.txt": ("empty", ""),
        "link.txt": ("failed", "a symbolic link, not followed"),
        "loop": ("failed", "a symbolic link, not followed"),
        "pipe": ("failed", "not a regular file"),
        "rôle #2\\u007e3": ("ok", ""),
        "\\xff\\xfe.txt": ("ok", ""),
        "😀岗位.txt": ("ok", ""),
        "岗" * 85: ("ok", ""),
    }


def test_equal_names_of_two_inputs_are_told_apart(tmp_path: Path) -> None:
    for name in ("2023", "2024"):
        (tmp_path / name / "部").mkdir(parents=True)
        (tmp_path / name / "部" / "a.txt").write_text(name, encoding="utf-8")
    (tmp_path / "a.txt").write_text("岗位", encoding="utf-8")
    inputs = [str(tmp_path / "2024"), str(tmp_path / "2023"), str(tmp_path / "a.txt"), str(tmp_path / "2023" / "部")]
    run(inputs, tmp_path / "out", READING, shape=CSV)
    assert [row["doc_id"] for row in rows(tmp_path / "out")] == ["a.txt", "部/a.txt", "部/a.txt~2"]
    run(inputs[::-1], tmp_path / "again", READING, shape=CSV)
    assert tables(tmp_path / "out") == tables(tmp_path / "again")


def test_patterns_count_names_from_their_last_plain_folder(tmp_path: Path) -> None:
    fill(tmp_path / "in", 6)
    (tmp_path / "in" / "company 9").symlink_to(tmp_path)
    found = plan.find([str(tmp_path / "in" / "company *" / "post 00[0-3].txt")], tmp_path / "out")
    assert [entry.doc_id for entry in found] == [
        "company 0/post 000.txt",
        "company 0/post 003.txt",
        "company 1/post 001.txt",
        "company 2/post 002.txt",
    ]


def test_order_is_that_of_the_bytes_of_whole_paths(tmp_path: Path) -> None:
    for name in ("a.txt", "a/z.txt", "a-b/x.txt", "a0.txt", "职/b.txt", "Z.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [entry.doc_id for entry in plan.find([str(tmp_path)], tmp_path / "out")]
    assert found == sorted(found, key=str.encode)
    assert len(found) == 6


def test_an_output_folder_inside_the_input_is_not_read(folder: Path) -> None:
    for _ in range(2):
        run([str(folder)], folder / "out", READING, shape=CSV, resume=True)
    assert len(rows(folder / "out")) == 200


def test_a_document_that_changes_or_goes_meanwhile_is_not_taken_for_read(tmp_path: Path) -> None:
    root = fill(tmp_path / "in", 10)
    paths = sorted(root.rglob("*.txt"))

    def meddled(found: Input) -> Iterator[Document]:
        if found.path == str(paths[2]):
            paths[2].write_text("另外", encoding="utf-8")
        if found.path == str(paths[3]):
            paths[3].unlink()
        return read(found)

    run([str(root)], tmp_path / "out", Reading(meddled, extract, "rules-1"), shape=CSV)
    reason = "changed while it was read: --resume reads it again"
    assert list(errors(tmp_path / "out").values()) == [reason, reason]
    run([str(root)], tmp_path / "out", READING, shape=CSV, resume=True)
    assert errors(tmp_path / "out") == {}
    assert len(rows(tmp_path / "out")) == 9


# Calls that are refused


def test_wrong_calls_are_refused_in_a_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing" / "in it").mkdir(parents=True)
    (tmp_path / "file").touch()
    for inputs, output, message in (
        (["/no/such"], "out", "/no/such: no such file or folder"),
        (["/no/such/*.txt"], "out", "nothing is called so"),
        ([str(tmp_path / "nothing")], "out", "no files in .*nothing"),
        ([str(folder)], "file", "file is a file: name a folder"),
        ([str(folder)], "file/out", "cannot be written to: Not a directory"),
        ([str(folder)], "in", "is the input and the output folder"),
        (["a\0b"], "out", "no such file"),
    ):
        with pytest.raises(UsageError, match=message) as raised:
            run(inputs, tmp_path / output, READING)
        assert "\n" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_a_run_is_neither_overwritten_nor_mixed_unasked(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    run([str(folder)], output, READING, shape=CSV)
    with pytest.raises(UsageError, match="holds a run already: --resume goes on with it, --overwrite begins anew"):
        run([str(folder)], output, READING)
    with pytest.raises(UsageError, match="take one of them"):
        run([str(folder)], output, READING, resume=True, overwrite=True)
    with pytest.raises(UsageError, match="the rules changed"):
        run([str(folder)], output, READING._replace(rules="rules-2"), resume=True)
    with pytest.raises(UsageError, match="another version of gangwei"):
        run([str(folder)], output, READING._replace(program="2"), resume=True)
    (output / ".gangwei" / "journal.json").unlink()
    with pytest.raises(UsageError, match="holds a run already"):
        run([str(folder)], output, READING)
    run([str(folder)], output, READING._replace(rules="rules-2"), overwrite=True, shape=CSV)
    run([str(folder)], output, READING._replace(rules="rules-2"), resume=True, shape=CSV)


def test_two_runs_do_not_write_to_one_folder(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / ".gangwei").mkdir(parents=True)
    with (output / ".gangwei" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="another run is writing to"):
            run([str(folder)], output, READING)
    run([str(folder)], output, READING, shape=CSV)


def test_progress_is_told_to_the_end(folder: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    run([str(folder)], tmp_path / "out", READING, shape=CSV, tell=told.append)
    assert [progress.stage for progress in told][:1] == ["list"]
    assert told[-1] == Progress("write", 200, 200)
    done = [progress.documents for progress in told if progress.stage == "read"]
    assert done == sorted(done)
    assert done[-1] == 200


# Poison


def poisoned(tmp_path: Path, *poisons: str) -> Path:
    root = fill(tmp_path / "in", 60)
    for place, poison in zip(range(0, 60, 6), poisons, strict=False):
        (root / "company 0" / f"post {place:03} {poison}.txt").write_text(poison, encoding="utf-8")
    return root


REASONS = {
    "spin": "took longer than 1 s, more than --time-limit allows",
    "sleep": "took longer than 1 s, more than --time-limit allows",
    "eat": "needs more than 600 MB of memory",
    "fail": "ValueError: at <object at 0x…> 二",
    "exit": "the process that read it ended with status 3",
    "leave": "the process that read it ended with status 4",
    "kill": "the process that read it died of SIGKILL",
    "crash": "the process that read it died of SIGSEGV",
}


@pytest.mark.parametrize("poison", ["fail", "exit", "leave", "kill", "crash"])
def test_a_document_that_kills_costs_nobody_else(tmp_path: Path, poison: str) -> None:
    root = poisoned(tmp_path, poison)
    summary = run([str(root)], tmp_path / "out", READING, shape=CSV, workers=2)
    assert summary.documents == {"failed": 1, "ok": 60}
    assert errors(tmp_path / "out") == {f"company 0/post 000 {poison}.txt": REASONS[poison]}
    assert summary.failures == [(f"company 0/post 000 {poison}.txt", REASONS[poison])]


@pytest.mark.slow
@pytest.mark.torture
def test_poison_of_every_kind_at_once(tmp_path: Path) -> None:
    root = poisoned(tmp_path, *POISON)
    for workers in (1, 2):
        run(
            [str(root)],
            tmp_path / f"{workers}",
            READING,
            shape=CSV,
            workers=workers,
            time_limit=1,
            memory_limit=600 << 20,
        )
    assert sorted(map(str, errors(tmp_path / "1").values())) == sorted(REASONS.values())
    assert len(rows(tmp_path / "1")) == 60 + len(POISON)
    assert tables(tmp_path / "1") == tables(tmp_path / "2")
    # A part that a limit cut is made again where the limit is another.
    (root / "company 0" / "post 000 spin.txt").write_text("岗位", encoding="utf-8")
    (root / "company 0" / "post 006 sleep.txt").write_text("岗位", encoding="utf-8")
    run([str(root)], tmp_path / "1", READING, shape=CSV, time_limit=2, resume=True)
    assert len(errors(tmp_path / "1")) == len(POISON) - 2


def test_a_result_of_enormous_size_is_refused(tmp_path: Path) -> None:
    def swells(document: Document) -> Extraction:
        if document.doc_id != "company 0/post 000.txt":
            return extract(document)
        return Extraction(document, notes=(Note("made", 0, 0, "职" * 300),) * 99_990)

    run([str(fill(tmp_path / "in", 3))], tmp_path / "out", Reading(read, swells, "rules-1"), shape=CSV)
    assert list(errors(tmp_path / "out")) == ["company 0/post 000.txt"]
    assert "too many" in str(errors(tmp_path / "out")["company 0/post 000.txt"])


# Death


def start(folder: Path, output: Path, *, session: bool = True) -> subprocess.Popen[bytes]:
    """The slow run in a process of its own."""
    code = (
        "import sys; from pathlib import Path; from test_batch import *\n"
        # What a shell starts with & would not hear Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "run([sys.argv[1]], Path(sys.argv[2]), SLOW, shape=CSV, workers=2, resume=True)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(output)],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=session,
    )


def wait_for_parts(output: Path, n: int) -> None:
    """Wait until so many parts stand."""
    parts = output / ".gangwei" / "parts"
    within(60, lambda: parts.is_dir() and sum(not path.name.startswith(".") for path in parts.iterdir()) >= n)


def children(parent: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()]


def is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return False


def within(seconds: float, is_so: Callable[[], object]) -> None:
    """Wait until it is so. Counted in short looks: while the whole machine stands still, none passes."""
    for _ in range(round(seconds * 100)):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError(f"not so after {seconds:g} s")


def end_within(seconds: float, process: subprocess.Popen[bytes]) -> None:
    within(seconds, lambda: process.poll() is not None)


def wait_until_dead(processes: list[int]) -> None:
    within(2, lambda: not any(map(is_alive, processes)))


def kill(processes: list[int]) -> None:
    """Kill processes, also where some have just ended."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.torture
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_dies_goes_on_to_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    hold(folder, monkeypatch)
    run([str(folder)], tmp_path / "whole", READING, shape=CSV)
    output = tmp_path / "out"
    process = start(folder, output)
    wait_for_parts(output, 1)
    workers = children(process.pid)
    assert len(workers) == 2
    process.send_signal(how)
    end_within(2, process)
    assert process.returncode != 0
    wait_until_dead(workers)
    assert not (output / "documents.csv").exists()
    kept = {path.name: path.stat().st_ino for path in (output / ".gangwei" / "parts").iterdir() if path.name[0] != "."}
    run([str(folder)], output, READING, shape=CSV, resume=True)
    assert tables(output) == tables(tmp_path / "whole")
    parts = {path.name: path.stat().st_ino for path in (output / ".gangwei" / "parts").iterdir()}
    assert kept.items() <= parts.items()  # work done is not done twice
    assert not [name for name in parts if name.startswith(".")]


@pytest.mark.slow
@pytest.mark.torture
def test_a_dead_worker_costs_a_retry_and_nothing_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = hold(folder, monkeypatch)
    run([str(folder)], tmp_path / "whole", READING, shape=CSV)
    process = start(folder, tmp_path / "out")
    wait_for_parts(tmp_path / "out", 1)
    workers = children(process.pid)
    assert len(workers) == 2
    kill(workers)
    go.touch()
    end_within(60, process)
    assert process.returncode == 0
    log = [json.loads(line) for line in (tmp_path / "out/.gangwei/log.jsonl").read_text(encoding="utf-8").splitlines()]
    tries = [line["tries"] for line in log if line["event"] == "died"]
    assert tries in ([0], [0, 0])  # one waits at its document, the other one may have had nothing left to do
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


@pytest.mark.torture
def test_a_disk_that_takes_no_more_stops_the_run_in_a_line(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    code = (
        "import resource, sys; from pathlib import Path; from test_batch import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))\n"
        "try: run([sys.argv[1]], Path(sys.argv[2]), READING, shape=CSV, resume=True)\n"
        "except GangweiError as error: sys.exit(str(error))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    for most in (2_000, 45_000):  # no part can be written; no table
        words = [sys.executable, "-c", code, str(folder), str(output), str(most)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "File too large" in done.stderr
        assert done.stderr.count("\n") == 1
        assert not (output / "documents.csv").exists()
    run([str(folder)], output, READING, shape=CSV, resume=True)
    run([str(folder)], tmp_path / "whole", READING, shape=CSV)
    assert tables(output) == tables(tmp_path / "whole")


# The command


FORM = "部门：市场部\n职务：经理\n直接上级：销售副总\n岗位职责：\n1、制定市场推广计划。\n2、管理品牌。\n"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    root = tmp_path / "forms"
    root.mkdir()
    (root / "经理.txt").write_text(FORM, encoding="utf-8")
    return root


def test_extract_writes_tables_and_says_so(forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(forms), "--output", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert re.search(r"documents +1 \(ok 1\)", printed.out)
    assert [row["title"] for row in rows(tmp_path / "out", "roles")] == ["经理"]
    assert (tmp_path / "out" / "roles.parquet").exists()


def test_quiet_says_nothing_and_json_says_all(forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(forms), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["extract", str(forms), "-o", str(tmp_path / "out"), "--json", "--resume"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["documents"], figures["rows"]["roles"], figures["documents_read"]) == ({"ok": 1}, 1, 0)


def test_a_failed_document_gives_status_1_and_cannot_drive_the_terminal(
    forms: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (forms / "[red]\x1b[2J\n\u202e.txt").symlink_to("nowhere")
    assert main(["extract", str(forms), "-o", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr().out
    assert "1 failed and need eyes:" in printed
    assert "[red]\\u001b[2J\\u000a\N{REPLACEMENT CHARACTER}.txt: a symbolic link, not followed" in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["/no/such"], "gangwei: /no/such: no such file or folder"),
        (["FORMS", "--format", "csv,docx"], "gangwei: --format docx: known are csv, parquet, jsonl, xlsx, duckdb"),
        (["FORMS", "--resume", "--overwrite"], "take one of them"),
        (["FORMS", "--rules", "/no/such"], "does not exist"),
        (["FORMS", "--partitioned", "--format", "csv"], "--partitioned is for Parquet"),
        (["FORMS", "--engine", "spark", "--format", "csv"], "--engine spark writes Parquet alone"),
        (["FORMS", "--engine", "spark", "--retry-failed"], "are for --engine local"),
        (["FORMS", "--engine", "spark"], "--engine spark needs packages: pip install 'gangwei[spark]'"),
        (["FORMS", "--workers", "0"], "0 is not in the range"),
        (["FORMS", "--time-limit", "0"], "is not in the range"),
        ([], "Missing argument"),
    ],
)
def test_wrong_calls_give_status_2(
    forms: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    message: str,
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)  # as where it is not installed
    given = [str(forms) if word == "FORMS" else word for word in words]
    assert main(["extract", *given, "-o", str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err


def test_options_reach_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text("甲,乙,丙\n某公司,会计,岗位职责：1、负责总账的核算；2、负责报税。\n", encoding="utf-8")
    columns = ["--text-column", "丙", "--title-column", "乙", "--company-column", "甲"]
    words = ["--format", "csv,jsonl", "--headers", "zh", "--keep-text", "--workers", "1", "--quiet", *columns]
    assert main(["extract", str(path), "-o", str(tmp_path / "out"), *words]) == 0
    assert (tmp_path / "out" / "roles.csv").read_text(encoding="utf-8-sig").startswith('"岗位编号"')
    assert rows(tmp_path / "out", "documents")[0]["doc_id"] == "jobs.csv#1"
    assert "会计" in str(rows(tmp_path / "out", "texts")[0]["text"])
    assert not (tmp_path / "out" / "roles.parquet").exists()


def test_the_command_loads_nothing_heavy() -> None:
    code = "import sys, gangwei.commands.extract; print([m for m in ('pyarrow', 'pandas', 'spacy', 'rich') if m in sys.modules])"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
