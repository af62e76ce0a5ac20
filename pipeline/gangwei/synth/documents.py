"""Made documents with their gold: a brief, a layout, faults, bytes. The same seed gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Final, NamedTuple

from gangwei.errors import UsageError
from gangwei.synth.adverts import csv_records, job_ad, jsonl_records
from gangwei.synth.articles import qa_article, variants_article
from gangwei.synth.brief import Brief, write_brief
from gangwei.synth.faults import FAULTS
from gangwei.synth.forms import form_inline, form_lines
from gangwei.synth.markup import html
from gangwei.synth.negatives import negative
from gangwei.synth.regulations import regulation, unit_functions
from gangwei.synth.sheet import Draft, Kind, Piece
from gangwei.synth.slides import slides_flat
from gangwei.synth.tables import matrix, pipe_table, tab_table, table_flat
from gangwei.synth.traditional import traditional
from gangwei.synth.vocabulary import Post, Unit, vocabulary

SCRIPTS: Final = ("hans", "hant")
_NEAR: Final = 0.08
_TRIES: Final = 4


class SynthDocument(NamedTuple):
    """A made document: what its file is called and holds, and its gold in the form of GUIDE.md."""

    name: str
    suffix: str
    data: bytes
    gold: dict[str, object]


def generate(
    seed: int,
    layout: str | None = None,
    faults: Sequence[str] = (),
    script: str = "hans",
    roles: Sequence[Post] | None = None,
    size: int | None = None,
) -> SynthDocument:
    """One made document, of a layout of `LAYOUTS` or any, with faults of `FAULTS`, of about `size` bytes in UTF-8.

    Faults that a layout cannot have are left out; `gold["faults"]` names those that changed something. Posts given as
    `roles` are written as they are.

    >>> generate(7, "form_inline").gold["layout"]
    'form_inline'
    >>> generate(7, "form_inline") == generate(7, "form_inline")
    True
    """
    _check(layout, faults, script)
    name = layout or Random(f"{seed}:layout").choice(tuple(LAYOUTS))
    hant = script == "hant"
    draft = _fit(seed, name, hant, roles, size)
    made = []
    converted = False
    for fault in FAULTS:
        if fault not in faults or draft.shape not in FAULTS[fault].shapes:
            continue
        if FAULTS[fault].late and not converted:
            draft, converted = _in_script(draft), True
        changed = FAULTS[fault].apply(draft, Random(f"{seed}:{fault}"))
        if changed != draft and (changed.encoding == draft.encoding or _can_encode(changed)):
            draft = changed
            made.append(fault)
    if not converted:
        draft = _in_script(draft)
    stem = f"{name}-{seed:06d}"
    return SynthDocument(stem, draft.suffix, _bytes(draft), _gold(stem, name, script, draft, made))


def _check(layout: str | None, faults: Sequence[str], script: str) -> None:
    if layout is not None and layout not in LAYOUTS:
        raise UsageError(f"no layout {layout!r}; there are {', '.join(LAYOUTS)}")
    if unknown := [fault for fault in faults if fault not in FAULTS]:
        raise UsageError(f"no fault {unknown[0]!r}; there are {', '.join(FAULTS)}")
    if script not in SCRIPTS:
        raise UsageError(f"no script {script!r}; there are {', '.join(SCRIPTS)}")


def _fit(seed: int, layout: str, hant: bool, roles: Sequence[Post] | None, size: int | None) -> Draft:
    """The draft, written again with more or less room until its size is near the one that was asked for."""
    words = vocabulary()
    room = size // 3 if size else Random(f"{seed}:room").randint(350, 1800)
    best: tuple[float, Draft] | None = None
    for _ in range(_TRIES if size and roles is None else 1):
        brief = write_brief(words, Random(f"{seed}:brief"), room, hant=hant, roles=roles)
        draft = LAYOUTS[layout](brief, Random(f"{seed}:{layout}"))
        if not size:
            return draft
        length = len("".join([piece.text for piece in draft.pieces]).encode())
        miss = abs(length - size) / size
        if best is None or miss < best[0]:
            best = miss, draft
        if miss <= _NEAR:
            break
        room = min(size, max(60, round(room * size / max(length, 1))))
    assert best is not None
    return best[1]


def _in_script(draft: Draft) -> Draft:
    if not draft.hant:
        return draft
    convert = traditional().convert
    return replace(draft, pieces=tuple([Piece(kind, convert(text), number) for kind, text, number in draft.pieces]))


def _text(draft: Draft) -> str:
    if draft.suffix == ".csv":
        return "".join([_quoted(piece, '""') for piece in draft.pieces])
    if draft.suffix == ".jsonl":
        return "".join([_quoted(piece, '\\"') for piece in draft.pieces])
    return "".join([piece.text for piece in draft.pieces])


def _quoted(piece: Piece, quote: str) -> str:
    return piece.text if piece.kind is Kind.MARKUP else piece.text.replace('"', quote)


def _can_encode(draft: Draft) -> bool:
    try:
        _text(draft).encode(draft.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _bytes(draft: Draft) -> bytes:
    text = _text(draft)
    if draft.suffix == ".html":
        text = text.replace('charset="utf-8"', f'charset="{draft.encoding.removesuffix("-sig")}"', 1)
    # utf-16 takes the machine's byte order; files must be the same everywhere.
    return b"\xff\xfe" + text.encode("utf-16-le") if draft.encoding == "utf-16" else text.encode(draft.encoding)


def _gold(name: str, layout: str, script: str, draft: Draft, faults: list[str]) -> dict[str, object]:
    return {
        "doc_id": name,
        "layout": layout,
        "script": script,
        "company": draft.company,
        "roles": [_role(post) for post in draft.roles],
        "units": [_unit(unit) for unit in draft.units],
        "faults": faults,
    }


def _role(post: Post) -> dict[str, object]:
    role: dict[str, object] = {
        "title": post.title,
        "department": post.department or None,
        "supervisors": list(post.supervisors),
        "subordinates": list(post.subordinates),
        "summary": post.summary,
        "duties": list(post.duties),
        "authorities": list(post.authorities),
        "kpis": list(post.kpis),
        "requirements": list(post.requirements),
        "routines": list(post.routines),
    }
    return role | {"company": post.company} if post.company else role


def _unit(unit: Unit) -> dict[str, object]:
    return {"name": unit.name, "functions": list(unit.functions)}


def as_json(gold: dict[str, object]) -> str:
    """The gold as its file holds it."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


LAYOUTS: Final[dict[str, Callable[[Brief, Random], Draft]]] = {
    "form_inline": form_inline,
    "form_lines": form_lines,
    "table_flat": table_flat,
    "pipe_table": pipe_table,
    "matrix": matrix,
    "tab_table": tab_table,
    "html": html,
    "slides_flat": slides_flat,
    "variants_article": variants_article,
    "qa_article": qa_article,
    "regulation": regulation,
    "job_ad": job_ad,
    "csv_records": csv_records,
    "jsonl_records": jsonl_records,
    "unit_functions": unit_functions,
    "negative": negative,
}
