"""Bytes -> documents: what a file is, is told by its content; one file here for each kind of format."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.decoding import Decoded, declared_charset, decode
from gangwei.readers.html import read_html
from gangwei.readers.identify import binary_type, text_type, unreadable
from gangwei.readers.pdf import read_pdf
from gangwei.readers.records import read_delimited, read_objects
from gangwei.readers.slides import read_pptx
from gangwei.readers.source import LIMITS, Limits, RecordColumns, Source, document
from gangwei.readers.spreadsheet import read_xls, read_xlsx
from gangwei.readers.word import read_docx

__all__ = ["LIMITS", "READERS", "Limits", "RecordColumns", "read", "read_file", "read_text"]


def read(
    data: bytes, *, source: str, doc_id: str, limits: Limits = LIMITS, columns: RecordColumns | None = None
) -> Iterator[Document]:
    """The documents of a file's bytes: at least one, a record of a table each; one that failed says why.

    >>> [document.text for document in read("职务：经理".encode(), source="a.txt", doc_id="a.txt")]
    ['职务：经理']
    """
    digest = hashlib.sha256(data).hexdigest()
    cut = ""
    if len(data) > limits.bytes:
        cut = f"the file is longer than {limits.bytes} bytes, the rest was not read (limit: bytes)"
        data = data[: limits.bytes]
    made = Source(data, _NOTHING, "text/plain", source, doc_id, digest, limits, columns or RecordColumns(), cut)
    try:
        made = _identified(made)
        if made.media_type not in READERS:
            raise unreadable(made.media_type)
        yield from READERS[made.media_type](made)
    except ReadError as error:
        yield document(made, "", failed=str(error))


def read_file(
    path: Path, *, source: str, doc_id: str, limits: Limits = LIMITS, columns: RecordColumns | None = None
) -> Iterator[Document]:
    """The documents of a file on disk; a file that cannot be opened is one that failed."""
    try:
        data = _content(path, limits.bytes + 1)
    except (OSError, ReadError, ValueError) as error:
        reason = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
        advice = "; check that it is still there and that you may read it" if isinstance(error, OSError) else ""
        yield Document("", doc_id, source, media_type="", status="failed", error=f"cannot be read: {reason}{advice}")
        return
    yield from read(data, source=source, doc_id=doc_id, limits=limits, columns=columns)


def read_text(source: Source) -> Iterator[Document]:
    """The one document of plain text: the text itself."""
    yield document(source, source.decoded.text)


def _identified(source: Source) -> Source:
    if found := binary_type(source.data):
        return replace(source, media_type=found)
    decoded = decode(source.data, declared_charset(source.data[:2048]))
    return replace(source, decoded=decoded, media_type=text_type(decoded.text, source.source or source.doc_id))


def _content(path: Path, most: int) -> bytes:
    """At most so many bytes of a regular file. Opening a pipe or a device could wait for ever, so these are refused."""
    _refuse_special(path.stat().st_mode)
    # Between the look and the opening another thing may have taken the name.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAIT)) as file:
        _refuse_special(os.fstat(file.fileno()).st_mode)
        return file.read(most)


def _refuse_special(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReadError("a folder, not a file; pass it as an input and its files are read")
    if not stat.S_ISREG(mode):
        raise ReadError("a pipe, a socket or a device, not a file; copy what it gives into a file")


_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)  # Windows has no such pipes
_NOTHING: Final = Decoded("", "", 0, ())
Reader = Callable[[Source], Iterator[Document]]
READERS: Final[Mapping[str, Reader]] = {
    "text/plain": read_text,
    "text/html": read_html,
    "text/csv": read_delimited,
    "text/tab-separated-values": read_delimited,
    "application/x-ndjson": read_objects,
    "application/json": read_objects,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx,
    "application/vnd.ms-excel": read_xls,
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": read_pptx,
}
