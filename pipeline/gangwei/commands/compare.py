"""`gangwei compare`: role definitions across companies, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gangwei.commands.terminal import console_for_text, json_text, one_line

if TYPE_CHECKING:
    from gangwei.compare import Summary

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command
@click.argument("outputs", metavar="OUTPUT...", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("comparison"),
    help="The folder for the tables; comparison where not named.",
)
@click.option("--format", "formats", default="csv,parquet", help="Any of csv, parquet, jsonl, commas between.")
@click.option(
    "--headers",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of headers and scales in CSV.",
)
@click.option("--rules", "folder", type=_FOLDER, help="Another rules folder.")
@click.option("--embeddings", "model", type=_FOLDER, help="The folder of a sentence-embedding model on this machine.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    outputs: tuple[Path, ...],
    output: Path,
    formats: str,
    headers: str,
    folder: Path | None,
    model: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compare what roles do across documents and companies.

    OUTPUT is a folder that `gangwei extract` wrote, as CSV, Parquet or JSON lines; several may be named. The tables say
    which roles do the same work, whatever their titles; which duties a family of roles shares and which one company
    alone states; which roles are copies of one template.
    """
    from gangwei import rulebook
    from gangwei.compare import compare
    from gangwei.errors import UsageError
    from gangwei.rulebook.likeness import load_likeness
    from gangwei.rulebook.place import rules_folder

    folder = folder or rules_folder()
    names = tuple(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    try:
        summary = compare(outputs, output, rulebook.load(folder), load_likeness(folder), names, model, headers)
    except OSError as error:
        raise UsageError(f"{error.filename or output}: {error.strerror or error}") from None
    if as_json:
        click.echo(json_text(summary))
    elif not quiet:
        _print(summary, output)


def _print(summary: Summary, output: Path) -> None:
    console = console_for_text()
    console.print(
        f"{summary.roles} roles, {summary.families} families of two or more, {summary.copies} copied passages"
    )
    console.print(f"{summary.duties} duties in {summary.duty_clusters} clusters")
    for case, count in summary.cases.items():
        console.print(f"{count:12} pairs of {case.replace('_', ' ').replace('title', 'title,')}")
    console.print(one_line(str(output)))
