"""Makes tests/files/libreoffice: some of our samples as LibreOffice saves them, in each of its formats; and tests/files/rich.

    python tests/office_files.py        needs soffice (Debian: libreoffice-writer, -calc, -impress)

The files are kept, so that tests need no LibreOffice; its files differ from those of other programs in what they leave
out and how they number lists, which is what they are here for.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import formats
import rich_files

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / "files" / "libreoffice"
SAMPLES = ROOT.parent / "corpora" / "samples" / "documents"
# The format it is given, and those that it saves.
SAVED = {
    "docx": ("doc", "docx", "rtf", "pdf", "html"),
    "xlsx": ("xls", "xlsx"),
    "pptx": ("pptx",),
}
NAMES = {
    "docx": ("lines-heating", "table-lab-tab"),
    "xlsx": ("table-lab-tab", "table-travel-pipe"),
    "pptx": ("lines-heating",),
}
MAKERS = {"docx": formats.as_docx, "xlsx": formats.as_xlsx, "pptx": formats.as_pptx}


RICH = FOLDER.with_name("rich")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for given, saved in SAVED.items():
            for name in NAMES[given]:
                source = Path(scratch) / f"{name}.{given}"
                parts = formats.parts_of((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
                source.write_bytes(MAKERS[given](parts))
                for kind in saved:
                    _save(source, kind, FOLDER, scratch)
        text, book = Path(scratch) / "rich.docx", Path(scratch) / "rich.xlsx"
        text.write_bytes(rich_files.rich_docx(with_controls=False))
        book.write_bytes(rich_files.rich_xlsx())
        for source, kind in ((text, "doc"), (text, "rtf"), (book, "xls")):
            _save(source, kind, RICH, scratch)


def _save(source: Path, kind: str, folder: Path, scratch: str) -> None:
    made = Path(scratch) / kind
    profile = f"-env:UserInstallation=file://{scratch}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(made), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}.{kind}"
    target.write_bytes((made / target.name).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
