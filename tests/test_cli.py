"""The command line: how calls end, and that documents cannot drive a terminal."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import click
import pytest

from gangwei import cli
from gangwei.cli import COMMANDS, main
from gangwei.commands.outline import outline
from gangwei.commands.paint import legend, painted
from gangwei.commands.terminal import json_text, one_line, visible
from gangwei.errors import RuleError
from gangwei.model import (
    Decision,
    Document,
    Duty,
    Entry,
    Extraction,
    Field,
    FoundRole,
    FoundUnit,
    Kpi,
    Note,
    Repair,
    Requirement,
    Role,
)
from gangwei.rulebook.place import rules_folder

# How calls end


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Adds a command `poison` that raises what it is given."""

    def brew(error: BaseException) -> None:
        @click.command
        def command() -> None:
            raise error

        module = ModuleType("gangwei.commands.poison")
        module.command = command  # type: ignore[attr-defined]  # a module made by hand
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(COMMANDS, "poison", "Fails.")

    return brew


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_fits_the_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name]
    assert main([name, "--help"]) == 0
    assert "Usage: gangwei" in capsys.readouterr().out


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said and line in said for name, line in COMMANDS.items())
    assert "traceback" not in said
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("gangwei ")


@pytest.mark.parametrize(
    "call", [["juggle"], [], ["evaluate"], ["show", "not-there.txt"], ["rules", "check", "not-there"]]
)
def test_wrong_calls_end_with_2(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 2
    assert capsys.readouterr().err


def test_faults_of_rules_are_a_line_each(poison: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    poison(RuleError("labels.toml:3: unknown key 'wrods'\nlabels.toml:9: 部门 stands twice"))
    assert main(["poison"]) == 2
    assert capsys.readouterr().err == (
        "gangwei: labels.toml:3: unknown key 'wrods'\ngangwei: labels.toml:9: 部门 stands twice\n"
    )


def test_interrupt(poison: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    poison(KeyboardInterrupt())
    assert main(["poison"]) == 130
    assert capsys.readouterr().err == "gangwei: interrupted\n"


def test_own_faults_ask_for_a_report(poison: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    poison(ZeroDivisionError("line one\n\x1b[31mline two"))
    assert main(["poison"]) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ZeroDivisionError: line one ␛[31mline two" in said
    assert "report" in said
    with pytest.raises(ZeroDivisionError):
        main(["--traceback", "poison"])


def test_a_closed_pipe_ends_quietly() -> None:
    script = "import sys; from gangwei.cli import main; sys.exit(main(['--help']))"
    pipeline = Path(cli.__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", f"input(); {script}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=pipeline,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"\n")
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


# Terminals


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("岗位\t职责\n经理", "岗位\t职责\n经理"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "�31m"),
        ("a\rb\r\nc\x7f", "a␍b\nc␡"),
        ("\u202e\u2028\ud800\ufeff", "����"),
    ],
)
def test_nothing_moves_the_cursor(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert "\n" not in one_line(text)


def test_json_reads_back_and_is_safe_to_print() -> None:
    hostile = "经理\x1b[31m\x7f\x9b\u202e\U000e0001\ud800\n"
    said = json_text({"title": hostile, "span": Note("x", 1, 2, "y"), "field": Field.KPI})
    assert visible(said) == said
    assert json.loads(said) == {
        "title": hostile,
        "span": {"code": "x", "start": 1, "end": 2, "message": "y"},
        "field": "kpi",
    }


# show

TEXT = "部门：市场部 職务：[bold]经理[/bold]\n1、制定\x1b[2J计划；100%\n闲话"


def _entry(text: str) -> Entry:
    start = TEXT.index(text)
    return Entry(text, start, start + len(text), "made up")


@pytest.fixture
def extraction() -> Extraction:
    title, department, duty = _entry("[bold]经理[/bold]"), _entry("市场部"), _entry("制定\x1b[2J计划")
    found = FoundRole(title, department=department, duties=(duty,), layout="form", confidence=0.9)
    role = Role(
        found,
        title_full="市场部[bold]经理[/bold]",
        level="manager",
        duties=(Duty(duty, action="制定", object="计划"),),
        kpis=(Kpi(_entry("100%"), target="100", unit="%"),),
        requirements=(Requirement(_entry("闲"), category="other", preferred=True),),
    )
    place = TEXT.index("闲话")
    return Extraction(
        Document(TEXT, source="a\x1b.txt"),
        roles=(role,),
        units=(FoundUnit(department, (duty,)),),
        notes=(Note("unclaimed", place + 1, place + 2, "话"),),
        repairs=(Repair("script", TEXT.index("職"), TEXT.index("職") + 1, "職", "职"),),
        decisions=(Decision(Field.DEPARTMENT, 0, 2, "部门", "label department", "taken", "colon"),),
    )


def test_painted_text_is_the_document(extraction: Extraction) -> None:
    shown = painted(extraction)
    assert shown.plain == visible(TEXT).replace("職", "‹職→职›")
    styles = {shown.plain[span.start : span.end]: span.style for span in shown.spans}
    assert styles["部门"] == "bold"
    assert styles["市场部"] == "blue"
    assert styles["[bold]经理[/bold]"] == "bold bright_green"
    assert styles["话"] == "underline"
    assert "requirement" in legend().plain


def test_outline_holds_every_value_as_it_stands(extraction: Extraction) -> None:
    from rich.console import Console

    console = Console(width=200, markup=True, record=True, file=StringIO())
    console.print(outline(extraction))
    said = console.export_text()
    for line in (
        "[bold]经理[/bold]",
        "department 市场部",
        "1. 制定␛[2J计划   action 制定  object 计划",
        "target 100 %",
    ):
        assert line in said
    assert "\x1b" not in said


def test_show_reads_a_sample(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = samples / "documents" / "form-cinema.txt"
    gold = json.loads((samples / "form-cinema.json").read_text(encoding="utf-8"))
    assert main(["show", str(document)]) == 0
    said = capsys.readouterr().out
    assert all(role["title"] in said for role in gold["roles"])
    assert main(["show", str(document), "--why", "title"]) == 0
    assert "taken" in capsys.readouterr().out
    assert main(["show", str(document), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["roles"]


# rules


def test_our_own_rules_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check"]) == 0
    assert capsys.readouterr().out.endswith("no faults\n")


def test_a_wrong_rule_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.toml").write_text('[[lable]]\nfield = "title"\n', encoding="utf-8")
    assert main(["rules", "check", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "labels.toml:1: unknown section 'lable'" in said
    assert f"in {tmp_path}" in said


def test_a_label_word_that_is_never_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    labels = folder / "labels.toml"
    text = labels.read_text(encoding="utf-8")
    # A word with 旳 in it: the fault is mended before labels are looked for.
    labels.write_text(text.replace('"岗位名称", ', '"岗位名称", "岗位旳名称", ', 1), encoding="utf-8")
    assert main(["rules", "check", str(folder)]) == 1
    assert "'岗位旳名称' under title.strong is never read" in capsys.readouterr().out


def test_the_order_of_sets_changes_no_table(samples: Path, tmp_path: Path) -> None:
    names = ["slides-hotpot.txt", "slides-insurance.txt", "form-cinema.txt", "table-supermarket.txt", "ad-beauty.html"]
    written = []
    for seed in ("1", "2"):
        output = tmp_path / seed
        paths = [str(samples / "documents" / name) for name in names]
        call = [
            sys.executable,
            "-c",
            "from gangwei.cli import main; raise SystemExit(main())",
            "extract",
            *paths,
            "--output",
            str(output),
            "--format",
            "csv",
        ]
        subprocess.run([*call, "--quiet"], check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        written.append({path.name: path.read_bytes() for path in output.glob("*.csv")})
    assert len(written[0]) > 5
    assert written[0] == written[1]
