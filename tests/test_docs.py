"""The papers say what the program does: every command, option, column, code and rule key; their examples run."""

from __future__ import annotations

import doctest
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import unquote

import click
import duckdb
import pytest

import gangwei
from gangwei import cli
from gangwei.extraction import extract
from gangwei.readers import LIMITS, identify
from gangwei.rulebook import columns, labels, titles
from gangwei.sinks import FORMATS, read_csv
from gangwei.sinks.scales import SCALES
from gangwei.tables import TABLES, Table

ROOT = Path(__file__).resolve().parent.parent
BOTH = ("README.md", "README.zh.md")
PAPERS = (
    *(
        *BOTH,
        "rules/README.md",
        "corpora/README.md",
        "output/README.md",
        "benchmarks/README.md",
        "docs/duckdb.md",
        "docs/compare.md",
        "docs/organise.md",
        "docs/spark.md",
    ),
    "CHANGELOG.md",
)


@pytest.fixture(scope="module")
def tables(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds `corpora` and, as `make run` leaves it, `output`; with texts."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "corpora").symlink_to(samples.parent)
    call = ["extract", str(samples / "documents"), "--output", str(folder / "output"), "--keep-text", "--quiet"]
    assert cli.main([*call, "--workers", "1", "--format", "csv,parquet,xlsx,duckdb"]) == 0
    return folder


def read(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


def prose(paper: str) -> str:
    """A paper without its blocks of code."""
    return re.sub(r"^```.*?^```", "", read(paper), flags=re.M | re.S)


def section(paper: str, heading: str) -> str:
    """What stands below the heading that begins so, to the next one of its level or above."""
    text = prose(paper)
    found = re.search(rf"^(#+) {re.escape(heading)}(?=\s|$)", text, re.M)
    assert found, f"{paper} has no heading {heading}"
    below = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", below, re.M)
    return below[: end.start()] if end else below


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their heads."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("| ---"):
            found.pop()
        elif line.startswith("| "):
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return found


def code(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def blocks(paper: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", read(paper), re.M | re.S)


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in cli.COMMANDS:
        command = cli.cli.get_command(click.Context(cli.cli), name)
        assert command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", command.commands[inner]) for inner in command.commands)
        else:
            yield name, command


# Commands


@pytest.mark.parametrize("paper", BOTH)
@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_option_of_every_command(paper: str, name: str, command: click.Command) -> None:
    written = section(paper, f"gangwei {name}")
    options = [set(param.opts) for param in command.params if isinstance(param, click.Option)]
    assert [code(row[0]) for row in rows(written)] == options
    for param in command.params:
        if isinstance(param.type, click.Choice):
            assert set(param.type.choices) <= code(written), param.name


@pytest.mark.parametrize("paper", BOTH)
def test_formats_and_exit_status(paper: str) -> None:
    options = {row[0]: row[1] for row in rows(section(paper, "gangwei extract"))}
    assert set(FORMATS) <= code(options["`--format`"])
    status = section(paper, "Exit status" if paper == "README.md" else "退出状态")
    said = {int(row[0]) for row in rows(status)}
    assert said == {0, 1, cli.WRONG_CALL, cli.INTERNAL, cli.INTERRUPTED, cli.BROKEN_PIPE}


@pytest.mark.parametrize("paper", BOTH)
def test_make_targets(paper: str) -> None:
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.M)
    assert targets
    assert {f"make {target}" for target in targets} <= code(section(paper, "Start" if paper == "README.md" else "开始"))


# Tables


@pytest.mark.parametrize("paper", BOTH)
@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_column_of_every_table(paper: str, table: Table) -> None:
    written = rows(section(paper, f"{table.name} {table.header}"))
    assert [row[:3] for row in written] == [[f"`{c.name}`", c.type, c.header] for c in table.columns]
    for row, column in zip(written, table.columns, strict=True):
        scale = SCALES.get((table.name, column.name), {})
        assert row[3]
        assert set(scale) - {"none"} <= code(row[3]), column.name


@pytest.mark.parametrize("paper", BOTH)
@pytest.mark.parametrize(("table", "column"), [("notes", "code"), ("repairs", "fault")])
def test_every_code_of_notes_and_repairs(paper: str, table: str, column: str, tables: Path) -> None:
    seen = {str(row[column]) for row in read_csv(tables / "output" / f"{table}.csv")}
    assert len(seen) > 2
    heading = {"notes": ("Notes", "备注"), "repairs": ("Where a value comes from", "值从哪里来")}[table]
    assert seen <= {word for row in rows(section(paper, heading[BOTH.index(paper)])) for word in code(row[0])}


def test_the_results_page_names_every_table() -> None:
    assert [row[0] for row in rows(read("output/README.md"))] == [f"`{table.name}`" for table in TABLES]


# Input


@pytest.mark.parametrize("paper", BOTH)
def test_what_is_not_read_and_the_limits(paper: str) -> None:
    written = section(paper, "What is read" if paper == "README.md" else "读什么")
    assert identify._UNREADABLE
    for what, _ in identify._UNREADABLE.values():
        assert what in written
    limits = {(code(row[0]).pop(), row[1]) for row in rows(written) if code(row[0]) and len(row) == 3}
    assert {(field.name, f"{getattr(LIMITS, field.name):,}") for field in fields(LIMITS)} <= limits


# Rules


def test_every_rule_file_and_key() -> None:
    files = sorted((ROOT / "rules").rglob("*.toml")) + sorted((ROOT / "rules").rglob("*.txt"))
    assert files
    named = code(prose("rules/README.md"))
    for file in files:
        assert file.relative_to(ROOT / "rules").as_posix() in named
    for file in (file for file in files if file.suffix == ".toml"):
        written = section("rules/README.md", "typed/" if file.parent.name == "typed" else file.name)
        said = {word.strip("[]") for word in code(written)}
        keys = {
            key
            for name, value in tomllib.loads(file.read_text(encoding="utf-8")).items()
            for key in (name, *(key for entry in (value if isinstance(value, list) else ()) for key in _keys(entry)))
        }
        assert keys <= said, f"{file.name}: {sorted(keys - said)}"


def test_every_key_that_the_loaders_know() -> None:
    said = {word.strip("[]") for word in code(prose("rules/README.md"))}
    known = {*labels.LABEL_KEYS, *labels.COMPOUND_KEYS, *labels.REWORDED_KEYS, *labels.STRENGTHS}
    known |= {*titles.LISTS, *columns.KEYS, *columns.KINDS}
    assert known <= said


def _keys(entry: object) -> list[str]:
    return list(entry) if isinstance(entry, dict) else []


@pytest.mark.parametrize("paper", BOTH)
def test_rules_are_added_as_the_readme_says(paper: str, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    label, swap = blocks(paper, "toml")
    for name, added in (("labels.toml", label), ("faults.toml", swap)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{added}")
    text = "岗位名称：仓管员\n岗泣职责：1、盘点。2、发货。\n打分看什么：盘点准确率99%以上；发货差错不超过2次"
    before, after = extract(text), extract(text, gangwei.load(folder))
    assert not before.roles[0].kpis
    assert [kpi.entry.text for kpi in after.roles[0].kpis] == ["盘点准确率99%以上", "发货差错不超过2次"]
    assert [(repair.before, repair.after) for repair in after.repairs] == [("岗泣", "岗位")]


def test_the_label_of_the_rules_page_is_sound(tmp_path: Path) -> None:
    shutil.copy(ROOT / "rules" / "labels.toml", tmp_path)
    [example] = blocks("rules/README.md", "toml")
    with (tmp_path / "labels.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{example}")
    assert "打分看什么" in labels.load_labels(tmp_path).words


# Questions to the database


def test_the_ten_questions_have_answers(tables: Path) -> None:
    questions = blocks("docs/duckdb.md", "sql")
    assert len(questions) == 10
    with duckdb.connect(str(tables / "output" / "gangwei.duckdb"), read_only=True) as base:
        for question in questions:
            answer = base.execute(question).fetchall()
            assert answer, question
            assert base.execute(question).fetchall() == answer, "rows come in an order that is stated"


# Python


@pytest.mark.parametrize("paper", BOTH)
def test_examples_run(paper: str, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tables)
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(verbose=False)
    told: list[str] = []
    examples = blocks(paper, "python")
    assert examples
    for number, block in enumerate(examples, 1):
        test = doctest.DocTestParser().get_doctest(block, names, f"{paper}, block {number}", paper, 0)
        test.globs = names  # one block goes on where another ended
        assert test.examples
        runner.run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)


@pytest.mark.parametrize("paper", BOTH)
def test_every_name_of_the_package(paper: str) -> None:
    heading = "From Python" if paper == "README.md" else "在 Python 里"
    named = {word.partition("(")[0] for row in rows(section(paper, heading)) for word in code(row[0])}
    assert named == set(gangwei.__all__)


# Links and pictures


@pytest.mark.parametrize("paper", PAPERS)
def test_links_lead_somewhere(paper: str) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(paper)):
        assert not link.startswith("http"), link
        name, _, anchor = unquote(link).partition("#")
        target = ((ROOT / paper).parent / name).resolve() if name else ROOT / paper
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(prose(str(target.relative_to(ROOT)))), link


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\s-]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size < 300_000
        assert all(f"docs/{picture.name}" in read(paper) for paper in BOTH)


@pytest.mark.parametrize("paper", BOTH)
@pytest.mark.parametrize("command", ["make evaluate", "make bench"])
def test_figures_stand_beside_their_command(paper: str, command: str) -> None:
    found = re.search(rf"<!-- figures: {command} -->\n(.*?)<!-- /figures -->", read(paper), re.S)
    assert found
    assert rows(found[1])
