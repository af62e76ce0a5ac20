"""`gangwei show`: one document in colour, its roles as an outline, and why a value was taken or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gangwei.commands.terminal import console_for_text, json_text, one_line
from gangwei.model import Field

if TYPE_CHECKING:
    from rich.console import Console

    from gangwei.model import Extraction


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--why", type=click.Choice([str(field) for field in Field]), help="List why values were taken or not.")
@click.option("--rules", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another rules folder.")
@click.option("--libreoffice", is_flag=True, help="Have LibreOffice read what gangwei's own readers do not.")
@click.option("--json", "as_json", is_flag=True, help="Print all that was read as JSON.")
def command(file: Path, why: str | None, rules: Path | None, libreoffice: bool, as_json: bool) -> int:
    """Show one document in colour, its roles, and why a value was taken.

    Values are coloured by their field, labels bold, ordinals and noise dim, what nothing claimed underlined; of a
    repair both sides stand there, ‹before→after›. The roles follow as an outline. A file of many records is shown
    record by record.
    """
    from gangwei import rulebook
    from gangwei.extraction import read
    from gangwei.readers import read_file
    from gangwei.readers.libreoffice import installed

    helper = installed() if libreoffice else ""
    book = rulebook.load(rules)
    console = console_for_text()
    extractions: list[Extraction] = []
    any_failed = False
    for document in read_file(file, source=file.name, doc_id=file.name, libreoffice=helper):
        extraction = read(document, book, why=True)
        any_failed |= document.status == "failed"
        if as_json:
            extractions.append(extraction)
        elif why:
            _print_decisions(console, extraction, Field(why))
        else:
            _print_document(console, extraction)
    if as_json:
        click.echo(json_text(extractions))
    return int(any_failed)


def _print_document(console: Console, extraction: Extraction) -> None:
    from gangwei.commands.outline import outline
    from gangwei.commands.paint import legend, painted

    console.print(painted(extraction), soft_wrap=True)
    console.print()
    console.print(legend(), soft_wrap=True)
    console.print()
    console.print(outline(extraction))
    for note in extraction.notes:
        console.print(f"note {note.code} [{note.start}:{note.end}] {one_line(note.message)}", soft_wrap=True)


def _print_decisions(console: Console, extraction: Extraction, field: Field) -> None:
    from rich.table import Table
    from rich.text import Text

    decisions = [decision for decision in extraction.decisions if decision.field is field]
    if not decisions:
        console.print(f"nothing in this document was thought to be a {field}")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("place", "text", "rule", "outcome", "reason"):
        table.add_column(heading, overflow="fold")
    styles = {"taken": "green", "lost": "yellow", "failed": "red"}
    for decision in decisions:
        place = f"{decision.start}:{decision.end}"
        words = (place, decision.text, decision.rule, decision.outcome, decision.reason)
        table.add_row(*(Text(one_line(word)) for word in words), style=styles.get(decision.outcome, ""))
    console.print(table)
