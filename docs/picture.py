"""Makes docs/show.png, what `gangwei show` prints of a sample, with its first post alone; and docs/report.png, the same post on
the page of `gangwei report`.

    .venv/bin/python docs/picture.py

Needs chromium, pngquant, fonts-noto-cjk and fonts-dejavu-core of Debian.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
SAMPLE: Final = "corpora/samples/documents/form-bank-branch.txt"
SECOND_POST: Final = "淮浦农村商业银行网点岗位说明书编号JZ-WD-04"
COLUMNS: Final = 120
FONT: Final = 14  # a Latin letter is half as wide as a Chinese one
LINE: Final = 20
_COLOURS: Final = [(205, 73, 69), (120, 200, 90), (222, 180, 70), (100, 150, 250), (214, 112, 214), (80, 200, 210)]
_BRIGHT: Final = [(255, 110, 103), (150, 250, 110), (255, 220, 120), (150, 180, 255), (255, 150, 240), (130, 240, 245)]
THEME: Final = TerminalTheme(
    (24, 24, 28),
    (235, 235, 235),
    [(0, 0, 0), *_COLOURS, (220, 220, 220)],
    [(128, 128, 128), *_BRIGHT, (255, 255, 255)],
)
# The lines of the tree come from another font: in this one they are as wide as a Chinese character.
PAGE: Final = f"""<!doctype html><meta charset="utf-8"><style>
@font-face {{{{ font-family: lines; src: local("DejaVu Sans Mono"); unicode-range: U+2500-257F; size-adjust: 83.1% }}}}
{{stylesheet}}
body {{{{ margin: 0; background: {{background}}; color: {{foreground}} }}}}
pre {{{{ margin: 12px 16px; font: {FONT}px/{LINE}px lines, "Noto Sans Mono CJK SC" }}}}
</style><pre>{{code}}</pre>"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _picture_of_show(Path(folder))
        _picture_of_report(Path(folder))


def _picture_of_show(folder: Path) -> None:
    gangwei = str(Path(sys.executable).with_name("gangwei"))
    terminal = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    printed = subprocess.run([gangwei, "show", SAMPLE], cwd=ROOT, env=terminal, capture_output=True, check=True).stdout
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text(f"$ gangwei show {SAMPLE}\n", "bold"))
        console.print(_first_post(Text.from_ansi(printed.decode())))
    html = console.export_html(theme=THEME, code_format=PAGE, inline_styles=True)
    height = (html.partition("<pre>")[2].count("\n") + 1) * LINE + 24
    (folder / "show.html").write_text(html, encoding="utf-8")
    _shoot((folder / "show.html").as_uri(), COLUMNS * FONT // 2 + 32, height, DOCS / "show.png")


def _picture_of_report(folder: Path) -> None:
    gangwei = str(Path(sys.executable).with_name("gangwei"))
    tables = str(folder / "tables")
    subprocess.run([gangwei, "extract", SAMPLE, "-o", tables, "--keep-text", "--quiet"], cwd=ROOT, check=True)
    subprocess.run([gangwei, "report", tables], check=True, capture_output=True)
    _shoot(f"{(folder / 'tables' / 'report.html').as_uri()}#/role/0", 1280, 800, DOCS / "report.png")


def _shoot(address: str, width: int, height: int, picture: Path) -> None:
    browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.5"]
    with tempfile.TemporaryDirectory() as folder:
        raw = str(Path(folder, "raw.png"))
        call = [
            *browser,
            f"--user-data-dir={folder}",
            f"--window-size={width},{height}",
            f"--screenshot={raw}",
            address,
        ]
        subprocess.run(call, check=True, capture_output=True)
        subprocess.run(["pngquant", "--force", "--strip", "--output", str(picture), "64", raw], check=True)


def _first_post(shown: Text) -> Text:
    """The output without the other posts, for which dots stand: the text up to the second, the outline of the first."""
    plain = shown.plain
    second = plain.index(SECOND_POST)
    legend = plain.rindex("\n\n", 0, plain.index("label  title")) + 1
    third = plain.index("\n├── ", plain.index("\n├── ") + 1)
    return Text("\n").join((shown[:second] + Text(" …", "dim"), shown[legend:third], Text("├── …", "dim")))


if __name__ == "__main__":
    main()
