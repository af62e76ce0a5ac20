"""What a file is by its content; a name's suffix is a hint where the content leaves it open, never more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from gangwei.errors import ReadError
from gangwei.readers.decoding import decode
from gangwei.readers.delimited import is_table
from gangwei.readers.objects import holds_object_lines, holds_objects
from gangwei.readers.ole import Ole, word_head
from gangwei.readers.source import BLANKS

BINARY: Final = "application/octet-stream"


def identify(data: bytes, name: str = "") -> str:
    """The media type of a file.

    >>> identify(b"%PDF-1.7 ..."), identify("<p>职责<p>要求<p>".encode()), identify("职务：经理".encode())
    ('application/pdf', 'text/html', 'text/plain')
    """
    return binary_type(data) or text_type(decode(data).text, name)


def binary_type(data: bytes) -> str:
    """The media type that the first bytes give away; an empty string where the content may be text."""
    for start, magic, media_type in _MAGIC:
        if data.startswith(magic, start):
            return media_type(data) if callable(media_type) else media_type
    if b"%PDF-" in data[:1024]:  # rubbish before the head is allowed
        return "application/pdf"
    return ""


def text_type(text: str, name: str = "") -> str:
    """The media type of decoded content; `BINARY` where it is no text at all."""
    head = text[:_HEAD]
    sample = head[:4096]
    strange = len(_CONTROLS.findall(sample))
    if strange > 4 and (strange * 10 > len(sample) or sample.count("\N{REPLACEMENT CHARACTER}") * 2 > len(sample)):
        return BINARY
    start = head.lstrip(BLANKS)
    if start[:1] in ("{", "["):
        if holds_object_lines(text):
            return "application/x-ndjson"
        if holds_objects(text):
            return "application/json"
    if start[:1] == "<":
        if _HTML_HEAD.match(start):
            return "text/html"
        if start.startswith("<?xml"):
            if _HTML_ROOT.search(start, 0, 2000):
                return "text/html"
            root = _OFFICE_ROOT.search(start, 0, 4000)
            return OFFICE_XML[root[1]] if root else "application/xml"
    if _MAIL_HEAD.match(start) and (headers := _headers(start)):
        return "multipart/related" if "multipart/related" in headers else "message/rfc822"
    if start.startswith("WARC/"):
        return "application/warc"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if table := is_table(head, suffix):
        return table
    return "text/html" if looks_like_html(head) else "text/plain"


def looks_like_html(text: str) -> bool:
    """Whether a text is a piece of HTML without its head: many block tags, on most lines.

    >>> looks_like_html("</ul><h1>前端</h1><ul><li>开发</li></ul>"), looks_like_html("1、用 <p> 和 <br> 分段。")
    (True, False)
    """
    tags = sum(1 for _ in _BLOCK_TAG.finditer(text))
    if tags < 3:
        return False
    # Rows between pipes break their cells with <br>: that is Markdown.
    lines = [line for line in text.split("\n") if not line.isspace() and line and line[0] != "|"]
    return bool(lines) and sum(1 for line in lines if _ANY_TAG.search(line)) * 2 >= len(lines)


def unreadable(media_type: str) -> ReadError:
    """The error for content that no reader takes: what it is and what to do."""
    what, remedy = _UNREADABLE.get(media_type, (f"a file of type {media_type}", _CONVERT))
    return ReadError(f"{what}, which is not read; {remedy}")


def _zip(data: bytes) -> str:
    names = b"\n".join(_member_names(data))
    for part, media_type in _ZIP_PARTS:
        if re.search(rb"^" + part, names, re.MULTILINE):
            return media_type
    kind = data[30:200] if data[26:30] == b"\x08\0\0\0" and data[30:38] == b"mimetype" else b""
    return next((media_type for part, media_type in _ZIP_KINDS if part in kind), "application/zip")


def _member_names(data: bytes) -> Iterator[bytes]:
    """The names in an archive's directory; of a cut-off archive those in the heads of its members."""
    end = data.rfind(b"PK\x05\x06", -(1 << 16))
    place = int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else len(data)
    found = False
    for _ in range(2000):
        if data[place : place + 4] != b"PK\x01\x02":
            break
        found = True
        name, extra, comment = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (28, 30, 32))
        yield data[place + 46 : place + 46 + name]
        place += 46 + name + extra + comment
    if not found:
        for head in islice(_MEMBER.finditer(data, 0, 1 << 20), 100):
            size = int.from_bytes(head[1], "little")
            yield data[head.end() : head.end() + min(size, 200)]


def _ole(data: bytes) -> str:
    try:
        ole = Ole(data)
    except ReadError:
        return "application/x-ole-storage"
    for part, media_type in _OLE_PARTS:
        if part in ole:
            return media_type
    # Of a file that is cut off the directory is lost: what it begins with, or a name left of it, still tells.
    for mark, media_type in _OLE_MARKS:
        if data.startswith(mark, _OLE_HEAD) or mark in data[-_OLE_DIRECTORY:]:
            return media_type
    return "application/msword" if word_head(data) else "application/x-ole-storage"


def _headers(text: str) -> str:
    """The head of a letter or a saved page in lower case, "" where the text is none."""
    head = _BLANK_LINE.split(text[:_HEAD], maxsplit=1)[0]
    names = {line.partition(":")[0].lower() for line in head.splitlines() if not line[:1].isspace()}
    is_head = len(names) > 1 and all(_HEADER_NAME.match(name) for name in names)
    return head.lower() if is_head and names & _MAIL_NAMES else ""


def _if_binary(media_type: str) -> Callable[[bytes], str]:
    """For marks that are plain letters: a text may begin with them, but it holds no zero bytes so soon."""
    return lambda data: media_type if b"\0" in data[:64] else ""


_HEAD: Final = 1 << 16
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ZIP_PARTS: Final = (
    (b"word/document", _OFFICE + "wordprocessingml.document"),
    (b"xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    (b"xl/workbook", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/presentation", _OFFICE + "presentationml.presentation"),
)
_ZIP_KINDS: Final = tuple(
    (kind, "application/" + kind.decode())
    for kind in (
        b"vnd.oasis.opendocument.text",
        b"vnd.oasis.opendocument.spreadsheet",
        b"vnd.oasis.opendocument.presentation",
        b"epub+zip",
    )
)
_OPEN_DOCUMENTS: Final = tuple(kind for _, kind in _ZIP_KINDS if "opendocument" in kind)
_MEMBER: Final = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_OLE_PARTS: Final = (
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("Book", "application/vnd.ms-excel"),
)
_OLE_HEAD: Final = 512
_OLE_DIRECTORY: Final = 1 << 16
_OLE_MARKS: Final = (
    (b"\x09\x08\x10\0\0\x06\x05\0", "application/vnd.ms-excel"),
    *((part.encode("utf-16-le"), media_type) for part, media_type in _OLE_PARTS if len(part) > 4),
)
# (where, mark, media type or how to tell it)
_MAGIC: Final[tuple[tuple[int, bytes, str | Callable[[bytes], str]], ...]] = (
    (0, b"PK\x03\x04", _zip),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _ole),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", _if_binary("application/x-bzip2")),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", "application/x-tar"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", _if_binary("image/bmp")),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", _if_binary("image/webp")),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", _if_binary("application/x-executable")),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"PAR1", _if_binary("application/vnd.apache.parquet")),
    (4, b"ftyp", _if_binary("video/mp4")),
    (0, b"ID3", _if_binary("audio/mpeg")),
    (0, b"RIFF", _if_binary("audio/wav")),
)
_CONVERT: Final = "save it as plain text, HTML or CSV"
_PICTURES: Final = tuple(f"image/{kind}" for kind in ("png", "jpeg", "gif", "bmp", "tiff", "webp"))
_ARCHIVES: Final = tuple(f"application/{kind}" for kind in ("x-7z-compressed", "vnd.rar", "zstd", "epub+zip"))
_UNREADABLE: Final = {
    BINARY: ("not text and of no format that is known", "if it is a document, open it in its program and save it as text"),
    _ZIP_PARTS[1][1]: ("a binary Excel file (.xlsb)", "save it as .xlsx"),
    "application/vnd.ms-powerpoint": ("a PowerPoint file (.ppt)", "save it as .pptx"),
    "application/x-encrypted-office": ("an Office file with a password", "take the password off and save it again"),
    "application/x-ole-storage": ("an Office container of an unknown program", _CONVERT),
    **dict.fromkeys(_OPEN_DOCUMENTS, ("an OpenDocument file", "save it as .docx or .xlsx")),
    "application/xml": ("an XML file", "save what it holds as plain text, HTML or CSV"),
    "application/json": ("a JSON file without a list of objects", "pass a list of objects or one object a line"),
    "application/x-executable": ("a program", "leave it out"),
    "application/vnd.sqlite3": ("an SQLite database", "export the table as CSV"),
    **dict.fromkeys(_PICTURES, ("a picture", "recognise its text first (OCR) and pass that")),
    **dict.fromkeys(("video/mp4", "audio/mpeg", "audio/wav"), ("sound or film", "leave it out")),
    **dict.fromkeys(_ARCHIVES, ("an archive", "unpack it and pass the files in it")),
}  # fmt: skip
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HTML_HEAD: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)(?=[\s>])", re.IGNORECASE)
_HTML_ROOT: Final = re.compile(r"<(?:!doctype\s+html|html)(?=[\s>])", re.IGNORECASE)
# Office files that are one XML file, by what their root is called.
OFFICE_XML: Final = {
    "wordDocument": "application/x-word-2003+xml",
    "package": "application/x-flat-package+xml",
    "Workbook": "application/x-excel-2003+xml",
}
_OFFICE_ROOT: Final = re.compile(r"<(?:\w{1,20}:)?(wordDocument|package|Workbook)\s[^<>]{0,3000}schemas[.-]microsoft")
_MAIL_HEAD: Final = re.compile(r"[A-Za-z][A-Za-z-]{1,40}: ?")
_HEADER_NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,60}\Z")
_MAIL_NAMES: Final = frozenset(["mime-version", "message-id", "content-type", "return-path"])
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n|\r\r")
_BLOCK_TAG: Final = re.compile(
    r"</?(?:p|div|ul|ol|li|dl|dt|dd|h[1-6]|table|tbody|thead|tr|td|th|br|section|article|header|footer|blockquote|pre|hr|center|form)(?=[\s>/])[^<>]{0,500}>",
    re.IGNORECASE,
)
_ANY_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--|-->")
