"""`gangwei report`: one HTML page on an output folder, to be opened from disk."""

from __future__ import annotations

from pathlib import Path

import click

from gangwei.commands.terminal import one_line


@click.command
@click.argument("output", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("comparison", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; report.html in the folder where not named.",
)
def command(output: Path, comparison: Path | None, page: Path | None) -> None:
    """Write one HTML page on the tables of a run.

    OUTPUT is a folder that `gangwei extract` wrote, as CSV, Parquet or JSON lines. The page shows figures, what needs
    eyes, roles with their source, organisation charts. It opens from disk and asks no network. It holds up to 500
    documents in detail and says what it leaves out. With COMPARISON, a folder that `gangwei compare` wrote, it shows for
    each family of roles which company states which duty.
    """
    from gangwei.errors import UsageError
    from gangwei.report import write_report

    path = page or output / "report.html"
    try:
        gathered = write_report(output, path, comparison)
        size = path.stat().st_size
    except OSError as error:
        raise UsageError(f"{error.filename or path}: {error.strerror or error}") from None
    shown = (
        f"{gathered.documents} documents"
        if gathered.shown == gathered.documents
        else (f"{gathered.documents} documents, {gathered.shown} of them in detail")
    )
    click.echo(f"{one_line(str(path))}: {shown}, {size / 1e6:.1f} MB")
