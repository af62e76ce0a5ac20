"""White space that a reader does not see changes nothing: line ends, widths of blanks, blanks before a line's end, indents."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gangwei
from gangwei.text import Text
from gangwei.white_space import with_plain_white_space

_SAMPLES: Final = sorted((Path(__file__).parents[1] / "corpora/samples/documents").rglob("*.txt"))
_ODD: Final = "\r\v\x85\u2028\u2029\u00a0\u2003\u202f"
_WAYS: Final[dict[str, Callable[[str], str]]] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "narrow blanks": lambda text: text.replace(" ", "\u2009"),
    "blanks at ends": lambda text: text.replace("\n", " \u3000\n"),
    "an indent": lambda text: re.sub("(?m)^(?=.)", "\u3000\u3000", text),
    "double spacing": lambda text: re.sub("\n", "\n\n", text) if "\n\n" in text else text,
}


@pytest.mark.parametrize("way", _WAYS)
def test_unseen_white_space_changes_no_role(way: str) -> None:
    read = 0
    for path in _SAMPLES[::16]:
        text = path.read_text(encoding="utf-8", errors="replace")
        if text.startswith("---") or "```" in text or "\r" in text or not re.search("^[^\\s\ufeff]", text):
            continue  # where white space has a meaning
        changed = _WAYS[way](text)
        assert _told(gangwei.extract(changed), changed) == _told(gangwei.extract(text), text), path.name
        read += changed != text
    assert read > 4


def _told(found: gangwei.Extraction, text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What a reader sees of the roles, each item with what stands at its place, without white space."""
    return [
        (
            role.found.title.text,
            role.found.layout,
            [
                (entry.text, re.sub(r"\s", "", text[entry.start : entry.end]))
                for entries in (
                    role.found.duties,
                    role.found.authorities,
                    role.found.kpis,
                    role.found.requirements,
                    role.found.supervisors,
                )
                for entry in entries
            ],
        )
        for role in found.roles
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("职务 \u3000\n\t1、" + _ODD), max_size=60))
def test_only_white_space_changes(raw: str) -> None:
    text = with_plain_white_space(Text.of(raw))
    assert not re.search(rf"[{_ODD}]|[ \u3000]\n", text.value)
    assert "".join(text.value.split()) == "".join(raw.split())
    for place, character in enumerate(text.value):
        start, end = text.raw_span(place, place + 1)
        assert character.isspace() or raw[start:end] == character


def test_plain_text_is_left_alone() -> None:
    text = Text.of("职务：店长\n\n一、职责\n　1、开店\n\n\n二、权限\n")
    assert with_plain_white_space(text) is text
