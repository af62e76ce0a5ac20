"""A fuzzing harness for each reader: atheris changes files of one kind, led by which lines of the reader they reach.

    make fuzz                         half a minute for each kind, ten minutes in all, from seed 1
    make fuzz KINDS=docx TIME=600     one kind, ten minutes

What is looked for: an exception that is no ReadError, a row that breaks what holds of any row (hostile.check), and
files that take longer than a minute. A find is written to build/fuzz/KIND/; once mended, it becomes a case of
tests/test_readers_hostile.py or of the reader's own tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["gangwei.readers"]):
    from hostile import MAKERS, made, rows


def main() -> None:
    kind, *arguments = sys.argv[1:]
    if kind not in MAKERS:
        sys.exit(f"{kind}: none of {', '.join(MAKERS)}")
    seeds = Path("build/fuzz") / kind
    seeds.mkdir(parents=True, exist_ok=True)
    (seeds / "seed").write_bytes(made(kind))
    options = [
        f"-artifact_prefix={seeds}/find-",
        "-timeout=60",
        "-rss_limit_mb=4096",
        f"-max_len={4 * len(made(kind))}",
    ]
    atheris.Setup([sys.argv[0], str(seeds), *options, *arguments], test_one)
    atheris.Fuzz()


def test_one(data: bytes) -> None:
    """Read one file as a run does; a wrong row or an exception ends the harness with a find."""
    assert list(rows(data))


if __name__ == "__main__":
    main()
