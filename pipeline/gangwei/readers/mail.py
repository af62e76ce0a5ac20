"""Letters (.eml) and pages saved with their pictures (.mht) -> the page or the text, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from typing import Final

from gangwei.errors import ReadError
from gangwei.model import Document
from gangwei.readers.archive import Unpacked, safe_name
from gangwei.readers.decoding import Decoded, decode
from gangwei.readers.html import read_html
from gangwei.readers.source import Source, document, storable


def read_mail(source: Source) -> Iterator[Document]:
    """The one document of a letter or of a saved page: its first page, else its text."""
    parts = _parts(source)
    chosen = next(
        (part for kind in ("text/html", "text/plain") for part in parts if part.get_content_type() == kind), None
    )
    title = _subject(parts[0])
    if chosen is None:
        yield document(source, "", title=title)
        return
    decoded = _text(chosen)
    told = replace(source, decoded=decoded)
    if chosen.get_content_type() == "text/plain":
        yield document(told, decoded.text, title=title)
        return
    for found in read_html(told):
        yield replace(found, title=found.title or title)


def attached(source: Source) -> Iterator[Unpacked]:
    """What is attached to a letter; the pictures of a page are no attachments."""
    for part in _parts(source)[1:]:
        name = part.get_filename()
        if name and part.get_content_maintype() not in ("image", "multipart"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield Unpacked(safe_name(_decoded_header(name)), content[: source.limits.bytes])


def _parts(source: Source) -> list[Message]:
    """The message and all that is in it."""
    try:
        parts = []
        for part in message_from_bytes(source.data, policy=compat32).walk():
            parts.append(part)
            if len(parts) > source.limits.members:
                break
    except (MessageError, ValueError, LookupError, RecursionError, TypeError) as error:
        raise ReadError(
            f"the message is damaged ({type(error).__name__}); open it in its program and save it anew"
        ) from None
    return parts


def _text(part: Message) -> Decoded:
    content = part.get_payload(decode=True)
    return decode(content if isinstance(content, bytes) else b"", str(part.get_content_charset("")))


def _subject(message: Message) -> str:
    return _decoded_header(str(message.get("Subject", "")))


def _decoded_header(value: str) -> str:
    """A header as it is meant.

    >>> _decoded_header("=?gb2312?B?u+G8xg==?=")
    '会计'
    """
    try:
        pieces = decode_header(value[:_LONGEST_HEADER])
    except (HeaderParseError, ValueError):
        return storable(value[:_LONGEST_HEADER])
    texts = (piece if isinstance(piece, str) else decode(piece, charset or "").text for piece, charset in pieces)
    return storable(" ".join("".join(texts).split()))


_LONGEST_HEADER: Final = 2000
