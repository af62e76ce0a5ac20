"""How much work it is to read a document, counted in calls of functions: a relapse shows without a clock."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from gangwei.extraction import read
from gangwei.model import Document
from gangwei.rulebook import load
from gangwei.synth import generate

_SIZE = 3000


def _calls_per_kilobyte(layout: str) -> float:
    """How many functions of Python and of C are called to read a document, for each kilobyte of it."""
    rules = load()
    text = generate(0, layout, size=_SIZE).data.decode()
    # What a process looks up and makes once is no work of a document; names met before are kept, so it reads another.
    read(Document(generate(1, layout, size=_SIZE).data.decode()), rules)
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(Document(text), rules)
    finally:
        sys.setprofile(before)
    return count / (len(text.encode()) / 1024)


# About 1.3 times what was counted when the bounds were set: room for a rule or two, none for a loop in a loop. Where a
# change brings a count down for good, bring its bound down too.
@pytest.mark.parametrize(
    ("layout", "bound"),
    [
        ("slides_flat", 17_000),
        ("form_lines", 9_100),
        ("form_inline", 8_100),
        ("table_flat", 7_700),
        ("job_ad", 8_300),
    ],
)
def test_reading_takes_few_calls(layout: str, bound: int) -> None:
    assert _calls_per_kilobyte(layout) < bound
