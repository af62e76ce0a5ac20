"""What the page takes; each limit is shown before it is met and named when it is."""

from __future__ import annotations

from typing import Final, NamedTuple

from gangwei.readers import Limits


class Allowance(NamedTuple):
    """How much one workspace, one upload and one correction may be."""

    bytes: int = 64 << 20  # of one uploaded file
    files: int = 10_000  # of a workspace
    total: int = 20 << 30  # bytes of all files of a workspace
    characters: int = 2_000_000  # of pasted text
    name: int = 240  # characters of a file's name with its folders
    correction: int = 20_000  # characters of one corrected value
    corrections: int = 5_000  # of one document


ALLOWANCE: Final = Allowance()
# What may come out of one upload.
READING: Final = Limits(bytes=ALLOWANCE.bytes, records=100_000, members=2_000, unpacked=256 << 20)
