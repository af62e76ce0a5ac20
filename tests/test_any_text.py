"""Whatever a text, it is read: samples with marks, words and pieces of others put in, taken out and doubled."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

import pytest

import gangwei

_SAMPLES: Final = sorted((Path(__file__).parents[1] / "corpora/samples/documents").rglob("*.txt"))
_MARKS: Final = "｜||\t\n\n  　:：、；;。.()（）【】[]《》-—1234一二三①②●◆★*#>/\\+年月%“”\"'"
_WORDS: Final = (
    *("职务", "岗位职责", "直接上级", "部门", "经理", "要求", "KPI", "权限", "主管", "篇一", "问：", "答："),
    *("一、", "1.", "（一）", "第一条", "\n\n", "||", "|---|", "01", "02"),
)


@pytest.mark.torture
def test_changed_texts_are_read(pytestconfig: pytest.Config) -> None:
    rng = Random("any text")
    texts = [path.read_text(errors="replace") for path in _SAMPLES]
    for _ in range(50_000 if pytestconfig.getoption("--torture") else 600):
        _read(_changed(rng, texts))


@pytest.mark.parametrize(
    "text",
    ["角色 做什么\n问|台", "权限\n|\n|岗位|\n", "职务||\n经理|主管|", "|", "：", "1", "一、", "• 约 2页"],
)
def test_a_few_marks_are_read(text: str) -> None:
    _read(text)


def _read(text: str) -> None:
    """Read a text; where that fails, the text is in the message, for a test of its own."""
    try:
        found = gangwei.extract(text)
    except Exception as error:
        raise AssertionError(f"{error!r} on {text!r}") from error
    assert all(0 <= note.start <= note.end <= len(text) for note in found.notes)
    for role in found.roles:
        assert all(0 <= item.start < item.end <= len(text) for item in role.found.duties)


def _changed(rng: Random, texts: list[str]) -> str:
    text = rng.choice(texts)
    if len(text) > 1500:
        begin = rng.randrange(len(text) - 1200)
        text = text[begin : begin + 1200]
    for _ in range(rng.randint(1, 12)):
        place = rng.randrange(len(text) + 1)
        behind = min(len(text), place + rng.randint(1, 60))
        match rng.randrange(6):
            case 0 | 1:
                text = text[:place] + rng.choice(_MARKS) * rng.choice((1, 1, 1, 2, 5)) + text[place:]
            case 2:
                text = text[:place] + rng.choice(_WORDS) + text[place:]
            case 3:
                text = text[:place] + text[behind:]
            case 4:
                text = text[:behind] + text[place:behind] * rng.choice((1, 2, 6)) + text[behind:]
            case 5:
                other = rng.choice(texts)
                begin = rng.randrange(max(1, len(other) - 80))
                text = text[:place] + other[begin : begin + rng.randint(5, 80)] + text[place:]
    return text.replace("\n", rng.choice((" ", "", "\t"))) if rng.random() < 0.1 else text
