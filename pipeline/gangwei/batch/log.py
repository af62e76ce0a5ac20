"""The log of a run: a JSON object a line with what happened when. No text and no name of a document stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from gangwei.errors import UsageError


class Log(Protocol):
    """Takes an event and what there is to say of it."""

    def __call__(self, event: str, **facts: object) -> None: ...


def no_log(event: str, **facts: object) -> None:
    """A log that keeps nothing."""


@contextmanager
def logging_to(path: Path) -> Iterator[Log]:
    """A log that adds to a file; each line is there as soon as it is told."""
    try:
        opened = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise UsageError(f"{path}: the log cannot be written: {error.strerror}") from None
    with opened as file:

        def log(event: str, **facts: object) -> None:
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            file.write(json.dumps({"time": time, "event": event, **facts}) + "\n")

        try:
            yield log
        except BaseException as error:
            log("stopped", why=type(error).__name__)
            raise
