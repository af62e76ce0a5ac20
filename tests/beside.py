"""Puts what a person sees of a file beside what is read of it, as one picture for each file.

    .venv/bin/python tests/beside.py FILE... FOLDER

Left the file's pages (LibreOffice prints them as PDF; Chromium shows web pages and saved ones), in the middle the text as read, its
tables by their cells and the notes of its reader, right what `gangwei show` prints. Needs soffice, chromium and fonts-noto-cjk.
`tests/rich_files.py` and `tests/files` have files to look at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import pypdfium2
from rich.console import Console

from gangwei import rulebook
from gangwei.commands.outline import outline
from gangwei.commands.paint import painted
from gangwei.extraction import read
from gangwei.model import Block, BlockKind, Document
from gangwei.readers import read_file

WEB: Final = (".html", ".htm", ".mht")
PAGES: Final = 4  # of a file
WIDTH: Final = 620
STYLE: Final = (
    'body{margin:8px;font:13px/1.5 "Noto Sans CJK SC";display:flex;gap:14px;align-items:flex-start;background:#fff}'
    "section{width:620px;overflow:hidden}img{width:610px;border:1px solid #888;margin-bottom:6px}td{border:1px solid #777;padding:1px 6px;vertical-align:top;white-space:pre-wrap}"
    "table{border-collapse:collapse;margin:4px 0}p{margin:0;white-space:pre-wrap}.h{font-weight:bold}.i{color:#064}small{color:#a30;display:block}pre{white-space:pre-wrap;font:12px/1.5 'Noto Sans CJK SC'}"
)


def main() -> None:
    *files, folder = map(Path, sys.argv[1:])
    for path in files:
        with tempfile.TemporaryDirectory() as scratch:
            _picture(path, Path(scratch), folder / f"{path.name}.png")


def _picture(path: Path, scratch: Path, target: Path) -> None:
    documents = list(read_file(path, source=path.name, doc_id=path.name))
    rules = rulebook.load()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=76, file=nowhere, force_terminal=True)
        for document in documents:
            extraction = read(document, rules)
            console.print(painted(extraction))
            console.print(outline(extraction))
    shown = console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
    seen = "".join(f'<img src="{place.name}">' for place in _pages(path, scratch))
    text = "".join(map(_as_read, documents))
    page = f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><section>{seen}</section><section>{text}</section><section>{shown}</section>'
    (scratch / "page.html").write_text(page, encoding="utf-8")
    _shoot((scratch / "page.html").as_uri(), target, scratch, 3 * WIDTH + 50, 1500)


def _pages(path: Path, scratch: Path) -> list[Path]:
    """Pictures of the file's first pages."""
    if path.suffix in WEB:
        _shoot(path.resolve().as_uri(), scratch / "page0.png", scratch, 2 * WIDTH, 1600)
        return [scratch / "page0.png"]
    printed = path
    if path.suffix != ".pdf":
        command = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
        call = [*command, "--convert-to", "pdf", "--outdir", str(scratch), str(path)]
        subprocess.run(call, check=True, capture_output=True)
        printed = scratch / f"{path.stem}.pdf"
    places = []
    with pypdfium2.PdfDocument(printed) as pdf:
        for number in range(min(len(pdf), PAGES)):
            places.append(scratch / f"page{number}.png")
            pdf[number].render(scale=1.5).to_pil().save(places[-1])
    return places


def _as_read(document: Document) -> str:
    """The text by its blocks, tables by their cells."""
    lines: list[str] = [f"<p><b>{document.status}</b> {escape(document.error)}</p>"]
    for table, held in groupby(document.blocks, key=lambda block: block.table if block.kind is BlockKind.CELL else -1):
        blocks = list(held)
        if table >= 0:
            rows = "".join(
                f"<tr>{''.join(map(_cell(document), row))}</tr>"
                for _, row in groupby(blocks, key=lambda block: block.row)
            )
            lines.append(f"<table>{rows}</table>")
            continue
        for block in blocks:
            kind = {BlockKind.HEADING: "h", BlockKind.ITEM: "i"}.get(block.kind, "")
            lines.append(f'<p class="{kind}">{escape(document.text[block.start : block.end])}</p>')
    if not document.blocks:
        lines.append(f"<p>{escape(document.text)}</p>")
    lines += [f"<small>{note.code}: {escape(note.message)}</small>" for note in document.notes]
    return "".join(lines)


def _cell(document: Document) -> Callable[[Block], str]:
    def written(block: Block) -> str:
        return f'<td rowspan="{block.rows}" colspan="{block.columns}">{escape(document.text[block.start : block.end])}</td>'

    return written


def _shoot(address: str, target: Path, scratch: Path, width: int, height: int) -> None:
    call = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={scratch / 'browser'}"]
    call += [f"--window-size={width},{height}", f"--screenshot={target}", address]
    subprocess.run(call, check=True, capture_output=True)


if __name__ == "__main__":
    main()
