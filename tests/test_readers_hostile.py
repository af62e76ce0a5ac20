"""Broken files of every format: cut off, bits flipped, pieces swapped. Each gives rows within its limits, whatever comes.

What the libraries do on such files cannot be known, so the files are read as a run reads them: in a process that may
die, in which case the row says so. The changes are drawn from a seed: a red run can be run again.
"""

from __future__ import annotations

import os
import random
import resource
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangwei.errors import ReadError
from gangwei.readers import READERS, UNPACKERS, read
from gangwei.readers.decoding import decode
from gangwei.readers.source import Source
from hostile import LIMITS, MAKERS, check, made, rows

CHANGES = 320


def changed(data: bytes, draw: random.Random) -> bytes:
    """The file with one kind of damage: as disks, networks and people who mean harm do it."""
    body = bytearray(data)
    how = draw.randrange(7)
    place = draw.randrange(len(body))
    if how == 0:
        return bytes(body[:place])
    if how == 1:
        for _ in range(draw.choice((1, 1, 3, 20))):
            body[draw.randrange(len(body))] ^= 1 << draw.randrange(8)
    elif how == 2:
        body[place : place + draw.randrange(1, 64)] = draw.randbytes(draw.randrange(64))
    elif how == 3:
        body[place : place + 4] = draw.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
    elif how == 4:
        piece = body[place : place + draw.randrange(1, 300)]
        body[draw.randrange(len(body)) :][:0] = b""
        body += piece * draw.randrange(1, 20)
    elif how == 5:
        del body[place : place + draw.randrange(1, 400)]
    else:
        other = draw.randrange(len(body))
        size = draw.randrange(1, 200)
        body[place : place + size] = body[other : other + size]
    return bytes(body)


@pytest.mark.parametrize("kind", MAKERS)
def test_whole_files_are_read(kind: str) -> None:
    found = list(rows(made(kind)))
    assert {status for _, status, _ in found} <= {"ok", "empty"}, found


@pytest.mark.parametrize("start", ["", "<p>"])
def test_a_line_of_a_hundred_million_bytes(start: str) -> None:
    data = start.encode() + "职责".encode() * 16_700_000
    began = time.process_time()
    found = list(read(data, source="a.txt", doc_id="a"))
    assert time.process_time() - began < 20
    assert {document.status for document in found} <= {"partial", "failed"}
    assert all(len(document.text) <= 2_000_000 for document in found)


# Where, as a part of the length; how many bytes go there; and which come.
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 80), st.binary(max_size=30)), min_size=1, max_size=5)


@pytest.mark.parametrize("kind", MAKERS)
@given(edits=EDITS)
@settings(max_examples=30)
def test_any_edits_of_a_file_give_rows(kind: str, edits: list[tuple[float, int, bytes]]) -> None:
    data = made(kind)
    for part, length, new in edits:
        place = int(part * len(data))
        data = data[:place] + new + data[place + length :]
    assert list(rows(data))


@pytest.mark.parametrize("media_type", sorted({*READERS, *UNPACKERS}))
@given(data=st.binary(max_size=200))
@settings(max_examples=30)
def test_a_reader_reads_any_bytes_or_says_why_not(media_type: str, data: bytes) -> None:
    """Also those that it would never be handed, because their beginning says that they are something else."""
    source = Source(data, decode(data), media_type, doc_id="a", limits=LIMITS)
    try:
        if media_type in UNPACKERS:
            assert all(member.failed or isinstance(member.data, bytes) for member in UNPACKERS[media_type](source))
        else:
            for document in READERS[media_type](source):
                check(document)
    except ReadError as error:
        assert str(error)  # noqa: PT017  (a reason is one of two right answers)


@pytest.mark.parametrize("kind", MAKERS)
def test_damaged_files_give_rows(kind: str) -> None:
    """All in one child: where it dies, the seed of the change is in the message."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        os._exit(_be_child(kind, writer))
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        words = told.read().decode().splitlines()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, (status, words[-3:])
    assert len(words) == CHANGES


def _be_child(kind: str, writer: int) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)
    with os.fdopen(writer, "w", buffering=1) as told:
        try:
            for seed in range(CHANGES):
                data = changed(made(kind), random.Random(f"{kind} {seed}"))
                started = time.process_time()
                ids = [doc_id for doc_id, _, _ in rows(data)]
                assert ids
                assert len(set(ids)) == len(ids)
                assert time.process_time() - started < 5
                told.write(f"{seed}\n")
        except BaseException as error:  # noqa: BLE001  (it is told, and the parent fails)
            told.write(f"seed {seed}: {type(error).__name__} {error!s:.300}\n")
            return 1
    return 0
