"""Makes docs/show.png: what `gangwei show` prints of a sample, its first post alone. Needs Chromium and Noto Sans Mono CJK.

    .venv/bin/python docs/picture.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE: Final = "corpora/samples/documents/form-bank-branch.txt"
COLUMNS: Final = 124
FONT: Final = 14  # a Latin letter of the font is half as wide as it is high, a Chinese one as wide
LINE: Final = 20
SECOND_POST: Final = "淮浦农村商业银行网点岗位说明书编号JZ-WD-02"
PAGE: Final = """<!doctype html><meta charset="utf-8"><style>
{stylesheet}
body {{ margin: 0; background: #1c1c1c; color: #d9d9d9 }}
pre {{ margin: 12px 16px; font: %dpx/%dpx "Noto Sans Mono CJK SC", monospace }}
</style><pre>{code}</pre>""" % (FONT, LINE)


def main() -> None:
    program = Path(sys.executable).with_name("gangwei")
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    call = [str(program), "show", SAMPLE]
    printed = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode()
    with (ROOT / os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text(f"$ gangwei show {SAMPLE}\n", "bold"))
        console.print(_first_post(Text.from_ansi(printed)))
    html = console.export_html(theme=MONOKAI, code_format=PAGE, inline_styles=False)
    height = (html.partition("<pre>")[2].count("\n") + 1) * LINE + 24
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "show.html")
        page.write_text(html, encoding="utf-8")
        size = f"--window-size={COLUMNS * FONT // 2 + 40},{height}"
        picture = f"--screenshot={ROOT / 'docs' / 'show.png'}"
        browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.5"]
        subprocess.run([*browser, size, picture, str(page)], check=True, capture_output=True)


def _first_post(shown: Text) -> Text:
    """The output with its other posts left out, which three dots say."""
    plain = shown.plain
    second = plain.index(SECOND_POST)
    behind = plain.index("\n", second)
    end = plain.index("\n├── ", plain.index("\n├── ") + 1)
    return Text("\n").join((shown[:second] + Text(" …"), shown[behind + 1 : end], Text("├── …")))


if __name__ == "__main__":
    main()
