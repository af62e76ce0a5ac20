"""The same posts in every format: what is read of them is as good as what is read of their text, better where cells help."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import formats
from gangwei.cli import main
from gangwei.evaluate import evaluate, read_gold, read_tables

NAMES = ("lines-heating", "reg-pharma", "variants-store-manager", "ad-car-4s", "table-lab-tab", "table-travel-pipe")
KINDS = {
    "txt": None, "docx": formats.as_docx, "doc": formats.as_doc, "rtf": formats.as_rtf, "xlsx": formats.as_xlsx, "pptx": formats.as_pptx,
    "pdf": formats.as_pdf,
}  # fmt: skip
NEAR = 0.01
# The same as LibreOffice saves it (office_files.py), which numbers, nests and names things in its own way.
SAVED = sorted((Path(__file__).parent / "files" / "libreoffice").iterdir())


@pytest.fixture(scope="module")
def scores(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """The F1 of each document in each format."""
    found: dict[str, dict[str, float]] = {}
    for kind, make in KINDS.items():
        folder = tmp_path_factory.mktemp(kind)
        for name in NAMES:
            original = samples / "documents" / f"{name}.txt"
            if make is None:
                shutil.copy(original, folder)
            else:
                parts = formats.parts_of(original.read_text(encoding="utf-8"))
                (folder / f"{name}.{kind}").write_bytes(make(parts))
        output = folder / "tables"
        assert (
            main(["extract", str(folder), "--output", str(output), "--format", "csv", "--workers", "1", "--quiet"]) == 0
        )
        evaluation = evaluate(read_tables(output), read_gold(samples))
        documents = (document for layout in evaluation.layouts.values() for document in layout.documents)
        found[kind] = {document.name: document.total.f1 for document in documents if document.name in NAMES}
    return found


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "txt"])
def test_a_format_loses_nothing(kind: str, scores: dict[str, dict[str, float]]) -> None:
    assert set(scores[kind]) == set(NAMES)
    lost = {name: (scores["txt"][name], f1) for name, f1 in scores[kind].items() if f1 < scores["txt"][name] - NEAR}
    assert not lost


def test_what_libreoffice_saves_loses_nothing(
    scores: dict[str, dict[str, float]], samples: Path, tmp_path: Path
) -> None:
    """Each file alone in a folder named by its format, since names repeat."""
    lost: dict[str, tuple[float, float]] = {}
    for path in SAVED:
        folder = tmp_path / path.suffix[1:] / path.stem
        folder.mkdir(parents=True)
        shutil.copy(path, folder)
        output = folder / "tables"
        call = ["extract", str(folder), "--output", str(output), "--format", "csv", "--workers", "1", "--quiet"]
        assert main(call) == 0, path.name
        evaluation = evaluate(read_tables(output), read_gold(samples))
        [f1] = [
            document.total.f1
            for layout in evaluation.layouts.values()
            for document in layout.documents
            if document.name == path.stem
        ]
        if f1 < scores["txt"][path.stem] - NEAR:
            lost[path.name] = (scores["txt"][path.stem], f1)
    assert len(SAVED) >= 15
    assert not lost
