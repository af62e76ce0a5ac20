"""Bytes -> documents: what a file is, is told by its content; one file here for each kind of format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final, TypeVar

from gangwei.errors import ReadError
from gangwei.model import Document, Note
from gangwei.readers.archive import PACKED, Unpacked, inflated, untarred, unzipped
from gangwei.readers.decoding import Decoded, declared_charset, decode
from gangwei.readers.identify import binary_type, text_type, unreadable
from gangwei.readers.libreoffice import CONVERTED, OPTION, convert
from gangwei.readers.source import (
    LIMITS,
    DamagedError,
    Limits,
    RecordColumns,
    Source,
    budget_of,
    document,
    one_line,
    storable,
)
from gangwei.regular import NotRegularError, read_start

__all__ = ["LIMITS", "READERS", "Limits", "RecordColumns", "read", "read_file", "read_text"]


_NONE: Final[Mapping[int, str]] = {}
_NOTHING: Final = Decoded("", "", 0, ())


def read(
    data: bytes,
    *,
    source: str,
    doc_id: str,
    limits: Limits = LIMITS,
    columns: RecordColumns | None = None,
    dead: Mapping[int, str] = _NONE,
    libreoffice: str = "",
) -> Iterator[Document]:
    """The documents of a file's bytes: at least one, a record of a table or a file of an archive each; one that failed
    says why. `dead`: documents, counted from 0, on which a process died, and how; they are not tried again. `libreoffice`: what `libreoffice.installed` says, where that may read what no reader takes.

    >>> [document.text for document in read("职务：经理".encode(), source="a.txt", doc_id="a.txt")]
    ['职务：经理']
    """
    digest = hashlib.sha256(data).hexdigest()
    cut = ""
    if len(data) > limits.bytes:
        cut = f"the file is longer than {limits.bytes} bytes, the rest was not read (limit: bytes)"
        data = data[: limits.bytes]
    made = Source(
        data,
        _NOTHING,
        "text/plain",
        source,
        doc_id,
        digest,
        limits,
        columns or RecordColumns(),
        cut,
        libreoffice=libreoffice,
    )
    yield from _documents(made, _Watch(dead))


def read_file(
    path: Path,
    *,
    source: str,
    doc_id: str,
    limits: Limits = LIMITS,
    columns: RecordColumns | None = None,
    dead: Mapping[int, str] = _NONE,
    libreoffice: str = "",
) -> Iterator[Document]:
    """The documents of a file on disk; a file that cannot be opened is one that failed."""
    try:
        data = read_start(path, limits.bytes + 1)
    except OSError as error:
        reason = f"{error.strerror or type(error).__name__}; check that it is still there and that you may read it"
    except NotRegularError as error:
        reason = f"{error}; pass a folder as an input, copy what a pipe or a device gives into a file"
    except ValueError as error:
        reason = str(error)
    else:
        yield from read(
            data, source=source, doc_id=doc_id, limits=limits, columns=columns, dead=dead, libreoffice=libreoffice
        )
        return
    yield Document("", doc_id, source, media_type="", status="failed", error=f"cannot be read: {reason}")


def read_text(source: Source) -> Iterator[Document]:
    """The one document of plain text: the text itself."""
    yield document(source, source.decoded.text)


class _Watch:
    """Counts the documents of a file, and passes over those on which a process died.

    A death before document n came either where a source begins, which is tried first, or within one: then the place
    is given a second time, as ~n.
    """

    def __init__(self, dead: Mapping[int, str]) -> None:
        self._dead = dead
        self._number = 0

    def over(self, source: Source, documents: Iterator[Document]) -> Iterator[Document]:
        """The documents of one source, up to the one that died."""
        for place in count():
            reason = self._dead.get(~self._number if place else self._number)
            found = next(documents, None) if reason is None else _failed(source, place, reason)
            if found is None:
                return
            self._number += 1
            yield found
            if reason is not None:
                return


def _failed(source: Source, place: int, reason: str) -> Document:
    rest = "; the rest of the file was not read" if place else ""
    return document(source, "", number=place + 1 if place else 0, failed=reason + rest)


def _documents(source: Source, watch: _Watch) -> Iterator[Document]:
    """The documents of a file, of an archive those of its files and at the end its own."""
    try:
        source = _identified(source)
    except ReadError as error:
        yield from watch.over(source, iter((document(source, "", failed=str(error)),)))
        return
    if source.media_type not in UNPACKERS:
        yield from watch.over(source, _read(source))
    if source.media_type in UNPACKERS or source.media_type in ATTACHED:
        yield from _members(source, watch)


def _read(source: Source) -> Iterator[Document]:
    has_begun = False
    try:
        if source.media_type not in READERS:
            raise unreadable(source.media_type)
        for found in READERS[source.media_type](source):
            has_begun = True
            yield found
    except ReadError as error:
        is_refused = not has_begun and (isinstance(error, DamagedError) or source.media_type not in READERS)
        if not is_refused or source.media_type not in CONVERTED:
            yield document(source, "", failed=str(error))
        elif source.libreoffice:
            yield from _converted(source, error)
        else:
            yield document(source, "", failed=f"{error}, or call with {OPTION}")


def _converted(source: Source, error: ReadError) -> Iterator[Document]:
    """The documents of a file that LibreOffice saves in another format. Of a damaged one nobody knows whether that is
    all of it.
    """
    doubt = f"{error}; LibreOffice read it, perhaps not all of it" if isinstance(error, DamagedError) else ""
    suffix = CONVERTED[source.media_type].suffix
    message = f"{source.libreoffice} saved it as .{suffix}; places lead into the text of that"
    try:
        made = convert(source)
        for found in READERS[made.media_type](made):
            if doubt and found.status == "empty":
                raise ReadError("LibreOffice finds no text in it")
            why = "; ".join(filter(None, (doubt, found.error)))
            yield replace(
                found,
                media_type=source.media_type,
                status="partial" if doubt else found.status,
                error=one_line(why),
                notes=(Note("converted", 0, 0, message), *found.notes),
            )
    except ReadError as second:
        yield document(source, "", failed=f"{error}; {second}")


def _members(source: Source, watch: _Watch) -> Iterator[Document]:
    """The documents of the files in an archive, then the archive itself: whether all of it was read."""
    budget = budget_of(source)
    source = replace(source, budget=budget)
    number, why = 0, source.cut
    unpack = UNPACKERS.get(source.media_type) or ATTACHED[source.media_type]
    try:
        if source.depth >= source.limits.depth:
            raise ReadError(
                f"archives nested more than {source.limits.depth} deep are not read (limit: depth); unpack it"
            )
        for number, member in enumerate(unpack(source), 1):
            if not budget.members:
                raise ReadError(f"more than {source.limits.members} files, the rest was not read (limit: members)")
            budget.members -= 1
            inner = replace(
                source,
                data=member.data,
                decoded=_NOTHING,
                media_type="",
                source=f"{source.source}/{storable(member.name)}",
                doc_id=f"{source.doc_id}#{number}",
                sha256=hashlib.sha256(member.data).hexdigest() if not member.failed else "",
                cut=member.cut,
                depth=source.depth + 1,
            )
            if member.failed:
                yield from watch.over(inner, iter((document(inner, "", failed=member.failed),)))
            else:
                yield from _documents(inner, watch)
    except ReadError as error:
        why = f"{why}; {error}" if why else str(error)
    if source.media_type in UNPACKERS:
        yield from watch.over(source, iter((archive_row(source, number, why),)))


def archive_row(source: Source, members: int, why: str) -> Document:
    """The row of an archive: it has no text of its own."""
    found = document(source, "", failed="" if members else why)
    return found if not members else replace(found, status="partial" if why else "empty", error=one_line(why))


def _identified(source: Source) -> Source:
    """The source with what it is; a packed file is what was packed."""
    for _ in range(source.limits.depth + 1):
        found = binary_type(source.data)
        if not found:
            decoded = decode(source.data, declared_charset(source.data[:2048]))
            return replace(source, decoded=decoded, media_type=text_type(decoded.text, _named(source)))
        source = replace(source, media_type=found)
        if found not in PACKED:
            return source
        data, why = inflated(replace(source, budget=budget_of(source)))
        if why and not data:
            raise ReadError(f"a packed file that cannot be unpacked: {why}")
        source = replace(source, data=data, cut="; ".join(filter(None, (source.cut, why))))
    raise ReadError(f"packed more than {source.limits.depth} times over is not read (limit: depth); unpack it")


def _named(source: Source) -> str:
    name = source.source or source.doc_id
    return name[: -len(suffix)] if name.lower().endswith(suffix := ".gz") else name


_Found = TypeVar("_Found")


def _loaded(module: str, name: str) -> Callable[[Source], Iterator[_Found]]:
    """A function of one of the modules here, which is loaded when the first file comes that needs it."""

    def called(source: Source) -> Iterator[_Found]:
        found: Iterator[_Found] = getattr(import_module(f"{__name__}.{module}"), name)(source)
        return found

    return called


Reader = Callable[[Source], Iterator[Document]]
READERS: Final[Mapping[str, Reader]] = {
    "text/plain": read_text,
    "text/html": _loaded("html", "read_html"),
    "text/csv": _loaded("records", "read_delimited"),
    "text/tab-separated-values": _loaded("records", "read_delimited"),
    "application/x-ndjson": _loaded("records", "read_objects"),
    "application/json": _loaded("records", "read_objects"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _loaded("word", "read_docx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _loaded("spreadsheet", "read_xlsx"),
    "application/msword": _loaded("doc", "read_doc"),
    "application/rtf": _loaded("rtf", "read_rtf"),
    "application/x-word-2003+xml": _loaded("flat_xml", "read_word_xml"),
    "application/x-excel-2003+xml": _loaded("flat_xml", "read_excel_xml"),
    "application/x-flat-package+xml": _loaded("flat_xml", "read_flat_package"),
    "application/vnd.ms-excel": _loaded("spreadsheet", "read_xls"),
    "application/vnd.apache.parquet": _loaded("parquet", "read_parquet"),
    "message/rfc822": _loaded("mail", "read_mail"),
    "multipart/related": _loaded("mail", "read_mail"),
    "application/pdf": _loaded("pdf", "read_pdf"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _loaded("slides", "read_pptx"),
}
# Archives: the files in them are documents. Letters are documents, and what is attached to them too.
Unpacker = Callable[[Source], Iterator[Unpacked]]
UNPACKERS: Final[Mapping[str, Unpacker]] = {
    "application/zip": unzipped,
    "application/x-tar": untarred,
    "application/warc": _loaded("warc", "answers"),
}
ATTACHED: Final[Mapping[str, Unpacker]] = {"message/rfc822": _loaded("mail", "attached")}
