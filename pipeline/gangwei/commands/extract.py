"""`gangwei extract`: many documents in, one folder of tables out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from gangwei.commands.terminal import console_for_text, json_text, one_line

if TYPE_CHECKING:
    from gangwei.batch.run import Progress, Reading
    from gangwei.readers import Limits, RecordColumns
    from gangwei.sinks.tally import Summary

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
_STAGES: Final = {"list": "listing", "read": "reading", "write": "writing tables"}
_REDRAWN: Final = 0.1  # seconds
_MOST: Final = 1 << 40
_STOPPED: Final = 130  # 128 + SIGINT


@click.command
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o",
    "--output",
    default="output",
    show_default=True,
    type=click.Path(),
    help="The folder for the tables.",
)
@click.option(
    "--format",
    "formats",
    help="csv,parquet by default. Any of csv, parquet, jsonl, xlsx, duckdb, commas between.",
)
@click.option(
    "--headers",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="Language of headers and scales in CSV and of table sheets in XLSX.",
)
@click.option("--partitioned", is_flag=True, help="Write each Parquet table as a folder of files.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read; by default one for each core.")
@click.option(
    "--resume", is_flag=True, help="Go on with the run in the output folder; documents done are not read again."
)
@click.option("--overwrite", "--restart", is_flag=True, help="Begin anew in an output folder that holds a run.")
@click.option(
    "--retry-failed",
    is_flag=True,
    help="Go on with the run, and read again what failed in it, such as with a new limit.",
)
@click.option(
    "--keep-text", is_flag=True, help="Write the text of each document, which start and end lead into, as table texts."
)
@click.option("--rules", type=_FOLDER, help="Another rules folder.")
@click.option(
    "--text-column",
    default="",
    help="The column of table files (CSV, JSON) that holds the description: name or number.",
)
@click.option("--title-column", default="", help="The column that holds the post's name.")
@click.option("--company-column", default="", help="The column that holds the employer.")
@click.option("--department-column", default="", help="The column that holds the department.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=60,
    show_default=True,
    help="Processor seconds that a document may take.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(min=64),
    default=1024,
    show_default=True,
    help="Megabytes of memory that reading a document may take.",
)
@click.option(
    "--limit",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Another limit, such as pages=100; may be given several times. An unknown name lists all.",
)
@click.option(
    "--libreoffice",
    is_flag=True,
    help="Have LibreOffice, which must be installed, read .ppt files and what gangwei's own readers refuse.",
)
@click.option(
    "--log",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to which what happens is added as JSON lines; by default .gangwei/log.jsonl of the output folder.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="What runs it: processes of this machine, or Spark, which writes partitioned Parquet.",
)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    inputs: tuple[str, ...],
    output: str,
    formats: str | None,
    headers: str,
    partitioned: bool,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    retry_failed: bool,
    keep_text: bool,
    rules: Path | None,
    text_column: str,
    title_column: str,
    company_column: str,
    department_column: str,
    time_limit: float,
    memory_limit: int,
    limit: tuple[str, ...],
    libreoffice: bool,
    log: Path | None,
    engine: str,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read documents and write what they say as tables.

    INPUT is a file, a folder, which is read with all folders below it, or a pattern with * in quotes. The tables and
    their description (datapackage.json) come to the output folder.

    The exit status is 0 where all documents were read, 1 where some failed (their rows in `documents` say why), 2 for
    a wrong call.
    """
    from gangwei.readers import RecordColumns
    from gangwei.readers.libreoffice import installed

    run = _engine(engine, formats, headers, partitioned, keep_text, workers, retry_failed, log)
    columns = RecordColumns(text_column, title_column, company_column, department_column)
    started = time.monotonic()
    n_read = 0

    def told(progress: Progress) -> None:
        nonlocal n_read
        n_read = max(n_read, progress.documents)
        draw(progress)

    try:
        with _progress(is_shown=not quiet) as draw:
            summary = run(
                inputs,
                output,
                _reading(rules, columns, _limits(limit), installed() if libreoffice else ""),
                resume=resume,
                overwrite=overwrite,
                time_limit=time_limit,
                memory_limit=memory_limit << 20,
                tell=told,
            )
    except KeyboardInterrupt:
        click.echo(f"gangwei: stopped; what was read is kept, --resume goes on: {output}", err=True)
        return _STOPPED
    seconds = time.monotonic() - started
    if as_json:
        click.echo(json_text(_figures(summary, output, n_read, seconds)))
    elif not quiet:
        _print(summary, output, n_read, seconds)
    return int("failed" in summary.documents)


def _engine(
    engine: str,
    formats: str | None,
    headers: str,
    partitioned: bool,
    keep_text: bool,
    workers: int | None,
    retry_failed: bool,
    log: Path | None,
) -> Callable[..., Summary]:
    """What makes a run, with all that engines do not have in common."""
    from gangwei.batch.merge import Shape
    from gangwei.batch.run import run
    from gangwei.errors import UsageError
    from gangwei.sinks import check_formats

    if engine == "spark":
        if (formats or "parquet").strip() != "parquet" or headers != "en":
            raise UsageError("--engine spark writes Parquet alone: leave out --format and --headers")
        if workers or retry_failed or log:
            raise UsageError("--workers, --retry-failed and --log are for --engine local: Spark has its own ways")
        from gangwei.batch.spark import check_installed, run_on_spark

        check_installed()
        return partial(run_on_spark, keep_text=keep_text)
    names = tuple(dict.fromkeys(name.strip() for name in (formats or "csv,parquet").split(",")))
    check_formats(names)
    if partitioned and "parquet" not in names:
        raise UsageError("--partitioned is for Parquet: add parquet to --format")
    shape = Shape(names, headers, keep_text, partitioned)
    return lambda inputs, output, *rest, **options: run(
        inputs, Path(output), *rest, shape=shape, workers=workers, retry_failed=retry_failed, log_to=log, **options
    )


def _reading(rules: Path | None, columns: RecordColumns, limits: Limits, libreoffice: str) -> Reading:
    from gangwei.batch.journal import program
    from gangwei.batch.run import Reading
    from gangwei.extraction import read
    from gangwei.model import Document
    from gangwei.normalise.relations import relation_grammar
    from gangwei.readers import read_file
    from gangwei.readers.libreoffice import check_version
    from gangwei.rulebook import load

    rulebook = load(rules)
    read(Document("部门：市场部"), rulebook)  # loads what is loaded at first use, for the workers to inherit
    return Reading(
        lambda found: read_file(
            Path(found.path),
            source=found.source,
            doc_id=found.doc_id,
            limits=limits,
            columns=columns,
            dead=dict(found.dead),
            libreoffice=libreoffice,
        ),
        lambda document: read(document, rulebook),
        rulebook.digest,
        program(),
        repr((columns, limits, libreoffice)),
        lambda: check_version(libreoffice),
        relation_grammar(rulebook.typed),
    )


def _limits(given: tuple[str, ...]) -> Limits:
    """The limits with those that the call names.

    >>> _limits(("pages=3",)).pages
    3
    """
    from dataclasses import fields, replace

    from gangwei.errors import UsageError
    from gangwei.readers import LIMITS

    names = [field.name for field in fields(LIMITS)]
    changed: dict[str, int] = {}
    for text in given:
        name, _, number = text.partition("=")
        if name not in names or not (number.isascii() and number.isdigit() and 0 < int(number[:19]) < _MOST):
            raise UsageError(f"--limit {text}: write NAME=NUMBER; the names are {', '.join(names)}")
        changed[name] = int(number)
    return replace(LIMITS, **changed)


@contextmanager
def _progress(*, is_shown: bool) -> Iterator[Callable[[Progress], None]]:
    """What draws how far the run is, on the terminal; nothing where standard error is none."""
    if not (is_shown and sys.stderr.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeRemainingColumn(),
    )
    # Without a thread of its own: workers are forked from this process.
    with Bars(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bars:
        bar = bars.add_task("", total=None, figures="")
        drawn = began = time.monotonic()
        stage = ""

        def draw(progress: Progress) -> None:
            nonlocal drawn, began, stage
            now = time.monotonic()
            if progress.stage == stage and now - drawn < _REDRAWN:
                return
            if progress.stage != stage:
                stage, began = progress.stage, now
                bars.reset(bar, description=_STAGES[stage])
            drawn = now
            figures = f"{progress.done} of {progress.total} files" if progress.total else f"{progress.done} files"
            if progress.documents:
                figures += f", {progress.documents} documents, {progress.documents / max(now - began, 0.1):.0f}/s"
            if progress.failed:
                figures += f", {progress.failed} failed"
            bars.update(bar, completed=progress.done, total=progress.total or None, figures=figures, refresh=True)

        yield draw


def _figures(summary: Summary, output: str, n_read: int, seconds: float) -> dict[str, object]:
    return {
        "output": output,
        "documents": summary.documents,
        "rows": summary.rows,
        "items": summary.items,
        "relations": summary.relations,
        "coverage": summary.coverage,
        "failures": [{"doc_id": doc_id, "error": error} for doc_id, error in summary.failures],
        "remarks": summary.remarks,
        "documents_read": n_read,  # in this run; others stood already
        "seconds": round(seconds, 2),
        "documents_per_second": round(n_read / seconds, 1),
    }


def _print(summary: Summary, output: str, n_read: int, seconds: float) -> None:
    from rich.table import Table

    rows = summary.rows
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    table.add_row("documents", _counted(rows["documents"], summary.documents))
    table.add_row("roles", str(rows["roles"]))
    table.add_row("relations", _counted(rows["relations"], summary.relations))
    table.add_row("duties", _counted(rows["duties"], summary.items))
    for name in ("kpis", "requirements", "units", "notes", "repairs"):
        table.add_row(name, str(rows[name]))
    table.add_row("coverage", f"{summary.coverage:.1%} of the text, mean over documents")
    table.add_row("time", f"{seconds:.1f} s, {n_read} documents read, {n_read / seconds:.0f}/s")
    table.add_row("tables", one_line(output))
    console = console_for_text()
    console.print(table)
    for remark in summary.remarks:
        console.print(f"\n{one_line(remark)}", soft_wrap=True)
    if summary.failures:
        console.print(f"\n{summary.documents['failed']} failed and need eyes:")
        for doc_id, error in summary.failures:
            console.print(f"  {one_line(doc_id)}: {one_line(error)}", soft_wrap=True)


def _counted(total: int, kinds: dict[str, int]) -> str:
    """The total with what it is made of.

    >>> _counted(12, {"ok": 11, "failed": 1})
    '12 (ok 11, failed 1)'
    """
    return f"{total} ({', '.join(f'{kind} {n}' for kind, n in kinds.items())})" if kinds else str(total)
