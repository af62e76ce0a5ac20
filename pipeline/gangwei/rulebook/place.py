"""Where the rule files lie."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def rules_folder() -> Path:
    """The folder with the rule files that came with this gangwei.

    A wheel carries them inside the package; in a work tree, and so in an editable install, they are edited at its root.

    >>> rules_folder().name
    'rules'
    """
    shipped = _PACKAGE / "rules"
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent / "rules"
