"""`gangwei serve`: the web page, on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

from gangwei.commands.terminal import one_line


@click.command
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("workspace"),
    help="The folder that keeps uploads, what was read and corrections; workspace where not named.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8700, help="The port; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", help="The address to listen on; another one opens the page to others.")
@click.option("--name", "names", multiple=True, help="A further host name that the page answers to.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that read; one for each core where not named.")
@click.option("--time-limit", type=click.FloatRange(1), default=60.0, help="Processor seconds a document may take.")
@click.option("--memory-limit", type=click.IntRange(64), default=1024, help="Megabytes that reading one may take.")
@click.option("--rules", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another rules folder.")
@click.option("--libreoffice", is_flag=True, help="Have LibreOffice read what gangwei's own readers do not.")
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
def command(
    workspace: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    workers: int | None,
    time_limit: float,
    memory_limit: int,
    rules: Path | None,
    libreoffice: bool,
    is_opened: bool,
) -> None:
    """Open a web page to upload, look, correct, compare and download.

    It listens on this machine only and asks no other host for anything. All it is given stays in the workspace, and is
    there again at the next start. Ctrl-C stops it.
    """
    from gangwei import rulebook
    from gangwei.readers.libreoffice import installed
    from gangwei.web.reader import Terms
    from gangwei.web.server import serve

    if rules:
        rulebook.load(rules)  # faults are told here, not by a process that dies of them

    def ready(address: str) -> None:
        click.echo(f"gangwei: {address} (workspace {one_line(str(workspace))}; Ctrl-C stops)")
        if is_opened:
            click.launch(address)

    serve(
        workspace,
        Terms(
            str(rules.resolve()) if rules else None, time_limit, memory_limit << 20, installed() if libreoffice else ""
        ),
        host=host,
        port=port,
        names=names,
        workers=workers or len(os.sched_getaffinity(0)),
        ready=ready,
    )
