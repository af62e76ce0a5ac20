"""Web archives (WARC) -> a page for each answer in them; the only import of fastwarc, which the extra `warc` installs."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gangwei.errors import ReadError
from gangwei.readers.archive import Unpacked, safe_name
from gangwei.readers.source import Source, budget_of


def answers(source: Source) -> Iterator[Unpacked]:
    """The pages of a web archive in their order; answers that brought no page are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise ReadError("a web archive (WARC), for which a package is missing; install gangwei[warc]") from None
    budget = budget_of(source)
    for number, record in enumerate(ArchiveIterator(io.BytesIO(source.data), record_types=WarcRecordType.response)):
        if number >= source.limits.members:
            raise ReadError(f"more than {source.limits.members} pages, the rest was not read (limit: members)")
        kind = (record.http_content_type or "").lower()
        if getattr(record.http_headers, "status_code", 200) != 200 or not kind.startswith("text/"):
            continue
        most = min(source.limits.bytes, budget.left)
        data = record.reader.read(most)
        budget.left -= len(data)
        yield Unpacked(safe_name((record.headers.get("WARC-Target-URI") or "?").partition("://")[2]), data)
