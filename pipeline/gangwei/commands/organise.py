"""`gangwei organise`: the organisation of a run's companies as edges and a graph, posts by the user's own taxonomy."""

from __future__ import annotations

from pathlib import Path

import click

from gangwei.commands.terminal import console_for_text, json_text, one_line

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command
@click.argument("output", type=_FOLDER)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("organisation"),
    help="The folder to write; organisation where not named.",
)
@click.option(
    "--taxonomy", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV of code, name, aliases."
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
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    output: Path,
    target: Path,
    taxonomy: Path | None,
    formats: str,
    headers: str,
    folder: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write who stands above whom, and posts by a taxonomy.

    Edges and a graph of each company, over all its documents; each post with its place in a taxonomy of your own.

    OUTPUT is a folder that `gangwei extract` wrote, as CSV, Parquet or JSON lines.
    """
    from gangwei import rulebook
    from gangwei.errors import UsageError
    from gangwei.organise import organise

    names = tuple(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    try:
        summary = organise(output, target, rulebook.load(folder), taxonomy, names, headers)
    except OSError as error:
        raise UsageError(f"{error.filename or target}: {error.strerror or error}") from None
    if as_json:
        click.echo(json_text(summary))
    elif not quiet:
        console = console_for_text()
        console.print(f"{summary.roles} roles")
        for what, counts in (("edges", summary.reach), ("doubts", summary.doubts), ("taxonomy", summary.taxonomy)):
            if counts:
                console.print(f"{what}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        console.print(one_line(str(target)))
