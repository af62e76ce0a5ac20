"""What a reader is handed, its limits, and the documents it makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gangwei.errors import ReadError
from gangwei.model import Block, Document, Note
from gangwei.readers.decoding import Decoded


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost; what lies beyond is not read, and the document's row says so."""

    bytes: int = 256 << 20  # of a file
    characters: int = 2_000_000  # of one document
    records: int = 1_000_000  # of a table file
    nodes: int = 1_000_000  # elements and texts of a page
    cells: int = 200_000  # of one table of a page, or of one record
    members: int = 10_000  # of an archive, with those of archives in it; parts of an office file
    unpacked: int = 1 << 30  # bytes that come out of one packed file
    ratio: int = 200  # how many times its own size a packed file of more than a few kilobytes may hold
    depth: int = 2  # of archives in archives
    places: int = 8_000_000  # of the rectangle that a sheet's cells fill
    pages: int = 2_000  # of a PDF file
    conversion: int = (
        45  # seconds of processor time for LibreOffice, where a run asks for it; by the clock twice as many
    )


@dataclass(slots=True)
class Budget:
    """How many bytes and files may still be unpacked of one input, archives within archives included."""

    left: int
    members: int

    @classmethod
    def of(cls, size: int, limits: Limits) -> Budget:
        """The budget of an input of so many bytes."""
        return cls(min(limits.unpacked, max(size * limits.ratio, _SMALL)), limits.members)


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """Which columns of a table file hold what, by name or by number from 1; empty: the reader finds it."""

    text: str = ""
    title: str = ""
    company: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its bytes, for textual formats decoded, and what is known of it."""

    data: bytes
    decoded: Decoded
    media_type: str
    source: str = ""
    doc_id: str = ""
    sha256: str = ""
    limits: Limits = Limits()
    columns: RecordColumns = RecordColumns()
    cut: str = ""  # why not all bytes are here
    budget: Budget | None = None  # shared by the members of one archive; None: the file has its own
    depth: int = 0  # of archives around it
    libreoffice: str = ""  # the version of the one that may be asked for help, "" none


class DamagedError(ReadError):
    """A file that its reader can make nothing of; another program may."""


def budget_of(source: Source) -> Budget:
    """What the input may unpack to: what is left of it in an archive, else its own."""
    return source.budget or Budget.of(len(source.data), source.limits)


def document(
    source: Source,
    text: str,
    *,
    number: int = 0,
    title: str = "",
    blocks: tuple[Block, ...] = (),
    notes: tuple[Note, ...] = (),
    partial: str = "",
    failed: str = "",
) -> Document:
    """One document of a source: `number` counts the records of a table file from 1, 0 is the file itself.

    Text beyond the limit is cut off; `partial` and `failed` are the reasons for these states.
    """
    reasons = [reason for reason in (partial, source.cut if not number else "") if reason]
    limit = source.limits.characters
    if len(text) > limit:
        reasons.append(f"the text is longer than {limit} characters, the rest was not read (limit: characters)")
        text = text[:limit]
        blocks = tuple(block._replace(end=min(block.end, limit)) for block in blocks if block.start < limit)
        notes = tuple(note._replace(end=min(note.end, limit)) for note in notes if note.start <= limit)
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if lost:
        reasons.append(f"{lost} character{'s' if lost > 1 else ''} could not be decoded and stand as U+FFFD")
        notes += tuple(
            Note("damage", *found.span(), f"bytes that are no {source.decoded.encoding}, or lost before")
            for found in islice(_LOST.finditer(text), _NOTES)
        )
    status = "ok" if text.strip(BLANKS) else "empty"
    if reasons:
        status = "partial"
    return Document(
        text=text,
        doc_id=f"{source.doc_id}#{number}" if number else source.doc_id,
        source=source.source,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.decoded.encoding,
        title=storable(" ".join(title.split())),
        blocks=blocks,
        notes=notes,
        status="failed" if failed else status,
        error=one_line(failed or "; ".join(reasons)),
    )


def one_line(reason: str) -> str:
    """A reason as one printable line of bounded length.

    >>> one_line("not a\\n\\x1b[31mtable")
    'not a [31mtable'
    """
    line = " ".join(_UNPRINTABLE.sub(" ", reason[:2000]).split())
    return line if len(line) <= 300 else line[:299] + "…"


def storable(text: str) -> str:
    """The text without lone surrogates, which no table can hold.

    >>> storable("岗位\\ud800")
    '岗位�'
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


_SMALL: Final = 16 << 20  # bytes that any packed file may unpack to
LIMITS: Final = Limits()
# All that may stand alone on an empty line: blanks of every width, also of none.
BLANKS: Final = (
    " \t\n\r\f\v\0\xa0\N{IDEOGRAPHIC SPACE}\N{BRAILLE PATTERN BLANK}\u2028\u2029\ufeff"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
)
_NOTES: Final = 100  # places named; the row counts all of them
_LOST: Final = re.compile("\N{REPLACEMENT CHARACTER}+")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
