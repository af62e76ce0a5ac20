"""Web archives (WARC) -> a page for each answer in them; the only import of fastwarc, which the extra `warc` installs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count

from gangwei.errors import ReadError
from gangwei.readers.archive import Unpacked, safe_name, within
from gangwei.readers.source import Source, budget_of


def answers(source: Source) -> Iterator[Unpacked]:
    """The pages of a web archive in their order; answers that brought no page are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise ReadError("a web archive (WARC), for which a package is missing; install gangwei[warc]") from None
    budget = budget_of(source)
    records = iter(ArchiveIterator(io.BytesIO(source.data), record_types=WarcRecordType.response))
    for number in count():
        try:
            record = next(records, None)
            if record is None:
                return
            if number >= source.limits.members:
                raise ReadError(f"more than {source.limits.members} pages, the rest was not read (limit: members)")
            if getattr(record.http_headers, "status_code", 200) != 200 or not _is_text(record.http_content_type):
                continue
            name = safe_name((record.headers.get("WARC-Target-URI") or "?").partition("://")[2])
            found = within(source, budget, name, record.reader.read)
        except (OSError, ValueError) as error:
            raise ReadError(f"the web archive is cut off or damaged ({error}); what was lost was not read") from None
        yield found


def _is_text(content_type: str | None) -> bool:
    return (content_type or "").lower().startswith("text/")
