"""`gangwei synth`: hard documents made to order, with their gold, laid out so that `gangwei evaluate` can score them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

_UNITS: Final = {"": 1, "B": 1, "KB": 1000, "MB": 1_000_000}


def _bytes(ctx: click.Context, _: click.Parameter, value: str | None) -> int | None:
    """A size such as 3KB or 1.5MB in bytes."""
    if value is None:
        return None
    number = value.upper().rstrip("KMB")
    try:
        size = round(float(number) * _UNITS[value.upper().removeprefix(number).strip()])
    except (ValueError, KeyError):
        raise click.BadParameter(f"{value!r} is no size; write 900, 3KB or 1MB", ctx) from None
    if not 100 <= size <= 20_000_000:
        raise click.BadParameter("a document has between 100 bytes and 20MB", ctx)
    return size


def _names(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name for name in value.replace("，", ",").split(",") if name)


@click.command
@click.option("-n", "number", type=click.IntRange(min=1), default=100, show_default=True, help="How many documents.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="A new or an empty folder."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The first document's seed; each has its own.")
@click.option("--layout", "layouts", callback=_names, default="", help="Layouts, a comma between; any when not named.")
@click.option(
    "--faults",
    callback=_names,
    default="",
    help="Faults that each document gets, a comma between; `mixed`: up to three of all, drawn for each.",
)
@click.option("--script", type=click.Choice(["hans", "hant", "both"]), default="hans", show_default=True)
@click.option("--size", callback=_bytes, help="About how long each is in UTF-8, such as 3KB.")
def command(
    number: int,
    output: Path,
    seed: int,
    layouts: Sequence[str],
    faults: Sequence[str],
    script: str,
    size: int | None,
) -> None:
    """Make hard documents with known gold.

    The documents go to OUTPUT/documents, the gold of each beside it as OUTPUT/<name>.json, so that
    `gangwei evaluate TABLES OUTPUT` scores what was read from OUTPUT/documents. Same options, same bytes.
    """
    from gangwei.errors import UsageError
    from gangwei.synth import as_json, generate

    documents = output / "documents"
    if output.exists() and any(output.iterdir()):
        raise UsageError(f"{output} is not empty; name a new folder")
    documents.mkdir(parents=True, exist_ok=True)
    for place in range(seed, seed + number):
        made = generate(
            place,
            layouts[place % len(layouts)] if layouts else None,
            _drawn(place) if tuple(faults) == ("mixed",) else faults,
            ("hans", "hant")[place % 2] if script == "both" else script,
            size=size,
        )
        (documents / (made.name + made.suffix)).write_bytes(made.data)
        (output / f"{made.name}.json").write_text(as_json(made.gold), encoding="utf-8")
    click.echo(f"{number} documents in {documents}, their gold in {output}")


def _drawn(seed: int) -> tuple[str, ...]:
    from random import Random

    from gangwei.synth import FAULTS

    rng = Random(f"{seed}:mixed")
    return tuple(rng.sample(tuple(FAULTS), rng.randint(0, 3)))
