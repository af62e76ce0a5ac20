"""The farm: documents of about 3 KB as they come in, from the generator; the same on every machine."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

from gangwei.synth import FAULTS, generate

SIZE: Final = 3000
LAYOUTS: Final = ("form_inline", "form_lines", "table_flat", "slides_flat", "job_ad")
# All documents are UTF-8: what is compared is the reading, and the naive side guesses encodings at a high price already.
_ENCODINGS: Final = ("utf16", "gb18030", "big5", "utf8_bom")
# pypinyin is slow the first time it meets a character; two strengths are enough.
_FAULTS: Final = tuple(name for name in FAULTS if name not in (*_ENCODINGS, "glosses_heavy"))


def make_farm(folder: Path, number: int, size: int = SIZE) -> list[Path]:
    """Write so many documents; one in three is Traditional, one in two has a fault or two."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in range(number):
        rng = Random(f"farm:{seed}")
        layout = LAYOUTS[seed % len(LAYOUTS)]
        faults = rng.sample(_FAULTS, rng.randint(1, 2)) if rng.random() < 0.5 else ()
        made = generate(seed, layout, faults, "hant" if rng.random() < 1 / 3 else "hans", size=size)
        path = folder / f"{seed:06d}-{layout}{made.suffix}"
        path.write_bytes(made.data)
        paths.append(path)
    return paths
