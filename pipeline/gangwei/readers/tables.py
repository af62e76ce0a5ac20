"""Rows of cells as a format names them -> a table of a page, with the places of its grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gangwei.model import Block, BlockKind
from gangwei.readers.page import Page


class Cell(NamedTuple):
    """A cell of a row: its text, its first column, how many columns and rows it covers.

    `goes_on`: it is the lower part of the cell above it and has no text of its own.
    """

    text: str
    column: int
    columns: int = 1
    rows: int = 1
    goes_on: bool = False


def add_table(page: Page, rows: Sequence[Sequence[Cell]], table: int, most: int) -> None:
    """Write a table to the page, a line for each row that holds text; spans of more than `most` places are not followed."""
    open_cells: dict[
        int, tuple[int, int]
    ] = {}  # column -> where the cell stands that may go on there: row, place in it
    places: list[list[Block | None]] = []
    budget = most
    for number, row in enumerate(rows):
        line: list[Block | None] = []
        for cell in row:
            budget -= cell.columns * cell.rows
            above = open_cells.get(cell.column) if cell.goes_on else None
            block = places[above[0]][above[1]] if above else None
            if above and block:
                if budget > 0:
                    places[above[0]][above[1]] = block._replace(rows=number - block.row + 1)
                line.append(None)
                continue
            columns, lines = (cell.columns, cell.rows) if budget > 0 else (1, 1)
            open_cells[cell.column] = (number, len(line))
            line.append(Block(BlockKind.CELL, 0, 0, 0, table, number, cell.column, lines, columns))
        places.append(line)
    for row, line in zip(rows, places, strict=True):
        page.add_row([(cell.text, block) for cell, block in zip(row, line, strict=True) if block])
    if budget <= 0:
        page.note("table", f"a table of more than {most} places; spans beyond were not followed")
