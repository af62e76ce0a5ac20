"""`gangwei rules`: what people who edit rule files need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gangwei.commands.terminal import one_line
from gangwei.errors import RuleError, UsageError

if TYPE_CHECKING:
    from gangwei.rulebook import Rulebook


@click.group
def command() -> None:
    """Check rule files."""


@command.command
@click.argument(
    "folder", required=False, metavar="[DIR]", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.pass_context
def check(context: click.Context, folder: Path | None) -> None:
    """Read all rule files of a folder, or those that came with gangwei, and name every fault with file and line.

    A fault is an unknown key, a word that stands twice or under two fields, an example that its rule does not match,
    a text that a rule must never match and does, a label word that is not read as that label even at its best place,
    on a line of its own with a colon behind it. Exit status 1 where there is one.
    """
    from gangwei import rulebook
    from gangwei.rulebook.likeness import load_likeness
    from gangwei.rulebook.place import rules_folder

    folder = folder or rules_folder()
    faults: list[str] = []
    for loaded in (rulebook.load, load_likeness):
        try:
            loaded(folder)
        except RuleError as error:
            faults += str(error).splitlines()
    if faults:
        for fault in faults:
            click.echo(one_line(fault))
        click.echo(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {folder}")
        context.exit(1)
    rules, words, files = _contents(folder)
    idle = [*_idle_labels(rulebook.load(folder))]
    for word, name in idle:
        click.echo(
            one_line(f"{folder / 'labels.toml'}: {word!r} under {name} is never read: another rule takes it first")
        )
    if idle:
        context.exit(1)
    click.echo(f"{rules} rules and {words} words in {files} files, no faults")


@command.command
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--rules", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Rules folder.")
def calibrate(gold: tuple[Path, ...], folder: Path | None) -> None:
    """Fit the weights of confidence to gold, and write them into the rules folder.

    GOLD is a folder of gold with its documents in GOLD/documents; several may be named. Each role that is found there
    is an example, right or wrong. With few examples the weights say little: some hundred roles are needed. Printed is how
    often roles were right in a fifth of the documents that the weights were fitted without, each fifth in turn.
    """
    from gangwei import rulebook
    from gangwei.evaluate.calibrate import examples, fitted, left_out, written
    from gangwei.evaluate.scores import reliability
    from gangwei.rulebook.place import rules_folder

    folder = folder or rules_folder()
    rules = rulebook.load(folder)
    found = [example for path in gold for example in examples(path, rules)]
    right = sum(example.is_right for example in found)
    if not 0 < right < len(found):
        raise UsageError(f"{right} of {len(found)} roles are right: examples of both kinds are needed")
    (folder / "confidence.toml").write_text(written(fitted(found)), encoding="utf-8")
    click.echo(f"weights from {len(found)} roles, {right} of them right, in {folder / 'confidence.toml'}")
    click.echo("roles of documents left out, by the confidence that the weights of the others give them:")
    for bin_ in reliability(left_out(found)):
        share = f"{bin_.right:.3f} right, mean confidence {bin_.confidence:.3f}"
        click.echo(f"  {bin_.low:g} to {bin_.high:g}: {bin_.roles} roles, {share}")


def _idle_labels(rules: Rulebook) -> Iterator[tuple[str, str]]:
    """The label words that another rule takes first, each with the name of its own."""
    from gangwei.extraction import read
    from gangwei.model import Document

    for word, rule in rules.labels.items():
        decisions = read(Document(f"岗位名称：仓储主管\n{word}：某某\n"), rules, why=True).decisions
        if not any(decision.text == word and decision.outcome == "taken" for decision in decisions):
            yield word, rule.name


def _contents(folder: Path) -> tuple[int, int, int]:
    import tomllib

    rules = words = files = 0
    for path in sorted(folder.rglob("*.toml")):
        more_rules, more_words = _count(tomllib.loads(path.read_text(encoding="utf-8")))
        rules, words, files = rules + more_rules, words + more_words, files + 1
    for path in sorted(folder.rglob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        words, files = words + sum(bool(line.strip()) and not line.startswith("#") for line in lines), files + 1
    return rules, words, files


def _count(value: object) -> tuple[int, int]:
    """How many tables (rules) and strings of lists (words) a TOML value holds; texts that must not match are no words."""
    rules = words = 0
    values = [v for key, v in value.items() if key != "never"] if isinstance(value, dict) else value
    for entry in values if isinstance(values, list) else ():
        more_rules, more_words = _count(entry)
        rules += more_rules + isinstance(entry, dict)
        words += more_words + (isinstance(value, list) and isinstance(entry, str))
    return rules, words
