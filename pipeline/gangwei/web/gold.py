"""Corrected documents as gold, in the format of corpora/: what `gangwei evaluate` measures with."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from gangwei.model import FoundRole
from gangwei.web.outline import Outline, from_json
from gangwei.web.problems import Problem
from gangwei.web.store import Record, Store

_LISTS: Final = (*("supervisors", "subordinates", "duties", "authorities", "kpis", "requirements", "routines"),)
_IN_MEMORY: Final = 16 << 20
_NOT_IN_NAMES: Final = re.compile(r"[^\w.-]+")


def gold_archive(store: Store) -> IO[bytes]:
    """A zip with each checked document, its gold beside it, and a line for each in meta.jsonl."""
    with store.read() as base:
        documents: list[Record] = base.execute(
            "SELECT d.*, o.now, t.text, (SELECT count(*) FROM documents e WHERE e._file = d._file) AS siblings "
            "FROM documents d JOIN outlines o ON o._doc = d._doc LEFT JOIN texts t ON t._doc = d._doc "
            "WHERE d._checked ORDER BY d._doc"
        ).fetchall()
    if not documents:
        raise Problem(409, "checked", "no document is marked as checked yet: mark those that are right as they stand")
    made: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (whoever sends it closes it)
    names: set[str] = set()
    lines = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in documents:
            name = _free_name(str(document["doc_id"]), names)
            gold = gold_of(name, document, from_json(str(document["now"])))
            archive.writestr(f"{name}.json", json.dumps(gold, ensure_ascii=False, indent=1) + "\n")
            if document["siblings"] == 1:  # the file itself, so that its reading is measured too
                suffix = PurePosixPath(str(document["source"])).suffix
                archive.write(store.path_of(int(str(document["_file"]))), f"documents/{name}.{_plain(suffix) or 'txt'}")
            else:
                archive.writestr(f"documents/{name}.txt", str(document["text"] or ""))
            lines.append({key: gold[key] for key in ("doc_id", "layout", "script")} | {"noise": []})
        archive.writestr("meta.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    made.seek(0)
    return made


def gold_of(name: str, document: Record, outline: Outline) -> dict[str, object]:
    """One document's gold, as corpora/README.md describes it."""
    layouts = [post.found.layout for post in outline.posts]
    return {
        "doc_id": name,
        "layout": layouts[0] if layouts else "",
        "script": document["script"],
        "company": outline.company or None,
        "roles": [_role(post.found, outline.company) for post in outline.posts],
        "units": [{"name": unit.name.text, "functions": [e.text for e in unit.functions]} for unit in outline.units],
    }


def _role(found: FoundRole, company: str) -> dict[str, object]:
    own = found.company.text if found.company else ""
    return {
        "title": found.title.text,
        **({"company": own} if own and own != company else {}),
        "department": found.department.text if found.department else None,
        "summary": found.summary.text if found.summary else None,
        **{name: [entry.text for entry in getattr(found, name)] for name in _LISTS},
    }


def _free_name(doc_id: str, taken: set[str]) -> str:
    """A file name for a document, without folders and suffix, that no other has."""
    path = PurePosixPath(doc_id)
    base = _plain(doc_id if "#" in path.suffix else str(path.with_suffix(""))) or "document"
    name, times = base, 1
    while name.lower() in taken:
        times += 1
        name = f"{base}-{times}"
    taken.add(name.lower())
    return name


def _plain(text: str) -> str:
    r"""The text as part of a file name.

    >>> _plain("销售部/经理 (1)"), _plain("../a"), _plain("a#2")
    ('销售部-经理-1', 'a', 'a-2')
    """
    return _NOT_IN_NAMES.sub("-", text).strip("-.")
