"""`gangwei evaluate`: how good the tables are, measured against gold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from gangwei.commands.terminal import console_for_text, json_text, visible
from gangwei.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from gangwei.evaluate import Evaluation
    from gangwei.evaluate.facts import DocumentFacts
    from gangwei.evaluate.rules import RuleUse
    from gangwei.evaluate.scores import Tally

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
# The fields whose rule the tables name, and whose values are scored.
_SCORED: Final = frozenset(
    ["title", "supervisor", "subordinate", "duty", "authority", "kpi", "requirement", "routine", "unit"]
)
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command
@click.argument("output", type=_FOLDER)
@click.argument("gold", type=_FOLDER)
@click.option("--split", type=_FILE, help="A file with the names of the documents kept aside, one a line.")
@click.option("--worst", type=click.IntRange(min=0), help="List only so many documents, the lowest ones.")
@click.option("--show", "shown", metavar="DOC", help="List what was missed and what is wrong in one document.")
@click.option(
    "--by-rule", is_flag=True, help="List how often each rule fired and was right, and label rules that never did."
)
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(
    output: Path, gold: Path, split: Path | None, worst: int | None, shown: str | None, by_rule: bool, as_json: bool
) -> None:
    """Score tables against gold, by field, layout and document.

    OUTPUT is a folder that `gangwei extract --format csv` wrote. GOLD holds one JSON file a document, and the documents
    in GOLD/documents. A document is found by its source's name without suffix.
    """
    from gangwei.evaluate import evaluate, read_gold, read_split, read_tables, rule_uses

    golden = read_gold(gold)
    held_out = read_split(split) if split else frozenset()
    if unknown := sorted((held_out | ({shown} if shown else frozenset())) - set(golden)):
        raise UsageError(f"{gold} has no gold for {', '.join(unknown)}")
    found = read_tables(output)
    if shown:
        from gangwei.evaluate.tables import FoundDocument

        _print_differences(golden[shown].facts, found.get(shown, FoundDocument()).facts)
        return
    if by_rule:
        _print_rules(rule_uses(found, golden), as_json=as_json)
        return
    evaluation = evaluate(found, golden)
    if as_json:
        click.echo(json_text(_figures(evaluation, held_out)))
    else:
        _print(evaluation, held_out, worst)


def _figures(evaluation: Evaluation, held_out: frozenset[str]) -> dict[str, object]:
    figures = _summary(evaluation) | {
        "provenance": evaluation.provenance.share,
        "provenance_simplified": evaluation.provenance.share_simplified,
        "false_roles": evaluation.false_roles,
        "fields": {kind: _scores(tally) for kind, tally in evaluation.fields.items()},
        "layouts": {layout: _summary(part) for layout, part in evaluation.layouts.items()},
        "documents": {document.name: _scores(document.total) for document in evaluation.documents},
        "reliability": [bin_._asdict() for bin_ in evaluation.reliability],
    }
    if held_out:
        at_hand, aside = evaluation.halves(held_out)
        figures["halves"] = {"at_hand": _summary(at_hand), "held_out": _summary(aside)}
    return figures


def _summary(evaluation: Evaluation) -> dict[str, object]:
    return {
        "n_documents": len(evaluation.documents),
        "macro": evaluation.macro,
        "macro_interval": list(evaluation.interval),
        "micro": evaluation.micro,
    }


def _scores(tally: Tally) -> dict[str, object]:
    return tally._asdict() | {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _print(evaluation: Evaluation, held_out: frozenset[str], worst: int | None) -> None:
    console = console_for_text()
    halves = evaluation.halves(held_out) if held_out else ()
    _print_fields(console, evaluation, halves)
    rows = [
        (layout or "-", str(len(part.documents)), f"{part.macro:.3f}", f"{part.micro:.3f}")
        for layout, part in evaluation.layouts.items()
    ]
    _table(console, ["layout", "documents", "macro F1", "micro F1"], rows)
    _print_documents(console, evaluation, held_out, worst)
    if bins := evaluation.reliability:
        rows = [(f"{b.low:g} to {b.high:g}", str(b.roles), f"{b.confidence:.3f}", f"{b.right:.3f}") for b in bins]
        _table(console, ["confidence", "roles", "mean", "right"], rows)
    without = sum(not d.tallies["title"].gold for d in evaluation.documents)
    provenance = evaluation.provenance
    console.print(f"false roles in {without} documents without roles: {evaluation.false_roles}")
    console.print(
        f"provenance {provenance.right}/{provenance.items} = {provenance.share:.3f}, "
        f"with Traditional text converted first {provenance.share_simplified:.3f}"
    )
    for name, part in zip(("at hand", "held out"), halves, strict=False):
        console.print(_headline(name, part))
    console.print(_headline("all", evaluation))


def _print_fields(console: Console, evaluation: Evaluation, halves: Sequence[Evaluation]) -> None:
    parts = [half.fields for half in halves]
    rows = [
        (kind, *_tally_cells(tally), *(f"{part[kind].f1:.3f}" for part in parts))
        for kind, tally in evaluation.fields.items()
    ]
    headings = ["field", "gold", "found", "right", "P", "R", "F1"]
    _table(console, headings + ["F1 at hand", "F1 held out"][: len(parts)], rows)


def _print_documents(console: Console, evaluation: Evaluation, held_out: frozenset[str], worst: int | None) -> None:
    ordered = sorted(evaluation.documents, key=lambda document: (document.total.f1, document.name))
    rows = [
        (document.name, document.layout, "held out" if document.name in held_out else "", *_tally_cells(document.total))
        for document in ordered[:worst]
    ]
    _table(console, ["document", "layout", "", "gold", "found", "right", "P", "R", "F1"], rows, texts=3)


def _print_differences(gold: DocumentFacts, found: DocumentFacts) -> None:
    from rich.text import Text

    from gangwei.evaluate import differences

    console = console_for_text()
    for role in differences(gold, found):
        if role.gold is not None:
            heading = f"{role.gold} -> {'not found' if role.found is None else role.found}"
        else:
            heading = "units" if role.found is None else f"too much: {role.found}"
        console.print(Text(visible(heading), style="bold"))
        for difference in role.differences:
            sign, style = ("-", "red") if difference.missed else ("+", "yellow")
            console.print(Text(f"  {sign} {difference.kind}: {visible(difference.text)}", style=style))


def _print_rules(uses: Sequence[RuleUse], *, as_json: bool) -> None:
    from gangwei import rulebook

    rules = {f"label {word}": rule for word, rule in rulebook.load().labels.items()}
    fired = {rules[use.rule] for use in uses if use.rule in rules}
    silent = [rule for rule in dict.fromkeys(rules.values()) if rule not in fired and rule.field in _SCORED]
    if as_json:
        never = [{"rule": rule.name, "example": rule.example} for rule in silent]
        click.echo(json_text({"rules": [use._asdict() for use in uses], "never_fired": never}))
        return
    console = console_for_text()
    rows = [(use.rule, use.kind, str(use.fired), str(use.right), str(use.fired - use.right)) for use in uses]
    _table(console, ["rule", "field", "fired", "right", "wrong"], rows, texts=2)
    _table(console, ["never fired", "example"], [(rule.name, rule.example) for rule in silent], texts=2)


def _headline(name: str, part: Evaluation) -> str:
    low, high = part.interval
    return (
        f"{name + ':':9} documents {len(part.documents)}  micro F1 {part.micro:.4f}  "
        f"macro F1 {part.macro:.4f} (95 %: {low:.3f} to {high:.3f})"
    )


def _tally_cells(tally: Tally) -> tuple[str, ...]:
    shares = (tally.precision, tally.recall, tally.f1)
    return (*map(str, tally), *(f"{share:.3f}" for share in shares))


def _table(console: Console, headings: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> None:
    """Print a table whose first `texts` columns hold words, the others numbers."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < texts else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console.print(table)
    console.print()
