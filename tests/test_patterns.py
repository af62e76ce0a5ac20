"""Every regular expression of the code and of rules/ takes time linear in the text, up to 256,000 characters.

The patterns are caught as they are compiled: at the import of each module, as the rules are loaded, and while our
samples are read. Each is run as its module runs it, on strings made to be hard for it (pumping.py).
"""

from __future__ import annotations

import ast
import importlib
import math
import pkgutil
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from types import FrameType

import pytest

import pumping

SHORT, LONG = 1 << 12, 1 << 18
GROWTH = 1.3
# Seconds of processor time. Its clock may tick by hundredths, so what takes less need not be looked at: what grows by
# the square takes ten seconds and more at full length.
NOTHING = 0.2
TOO_LONG = 0.5
HARDEST = 2  # strings of a pattern that are tried at full length
PARTS = 8  # tests, so that workers share them
SCANS = {"search", "finditer", "sub", "subn", "split", "findall"}
ALL = ("search", "match", "fullmatch")
# Patterns that a function makes and hands on, and how these are run.
MADE = {
    ("gangwei.rulebook.faults", "_compiled"): ("fullmatch",),  # furniture, on whole lines of bounded length
    ("gangwei.company", "_generic"): ("match",),
}

Found = tuple[str | bytes, int, str, int]  # pattern, flags, module, line


@cache
def patterns() -> tuple[Found, ...]:
    """All patterns of gangwei, from a fresh process, since here they were compiled long ago."""
    told = subprocess.run([sys.executable, __file__], capture_output=True, check=True, text=True)
    found: list[Found] = ast.literal_eval(told.stdout)
    return tuple(found)


def tell() -> None:
    """Compile them all, and print them."""
    compile_one = re._compiler.compile  # type: ignore[attr-defined]
    found: dict[tuple[str | bytes, int], tuple[str, int]] = {}

    def watched(pattern: str | bytes | re.Pattern[str], flags: int = 0) -> re.Pattern[str]:
        compiled: re.Pattern[str] = compile_one(pattern, flags)
        frame: FrameType | None = sys._getframe(1)
        while frame and frame.f_globals.get("__name__", "").partition(".")[0] in ("re", "functools"):
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "") if frame else ""
        if frame and module.startswith("gangwei") and isinstance(pattern, str | bytes):
            found.setdefault((pattern, compiled.flags), (module, frame.f_lineno))
        return compiled

    re._compiler.compile = watched  # type: ignore[attr-defined]
    import gangwei

    for module in pkgutil.walk_packages(gangwei.__path__, "gangwei."):
        try:
            importlib.import_module(module.name)
        except ImportError as error:  # of an extra that is not installed
            if str(error.name).startswith("gangwei"):
                raise
    samples = Path(__file__).resolve().parent.parent / "corpora" / "samples" / "documents"
    for path in sorted(samples.glob("*.txt"))[::3]:
        gangwei.extract(path.read_text(encoding="utf-8"))
    sys.stdout.write(repr([(*pattern, *place) for pattern, place in found.items()]))


@cache
def uses(module: str) -> tuple[dict[int, str], dict[str, set[str]], Counter[str], Counter[str]]:
    """Which line is within which constant or function, what is called on each, and how often it is named and asked for a method."""
    tree = ast.parse(Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8"))
    lines: dict[int, str] = {}
    methods: dict[str, set[str]] = defaultdict(set)
    named: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                lines.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), target.id))
        elif isinstance(node, ast.FunctionDef):
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines.setdefault(number, node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            methods[node.value.id].add(node.attr)
            asked[node.value.id] += 1
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            named[node.id] += 1
    return lines, methods, named, asked


def ways(module: str, line: int) -> tuple[str, ...]:
    """How a pattern is run, as far as its module tells; all ways where it is handed on."""
    lines, methods, named, asked = uses(module)
    name = lines.get(line, "")
    if (module, name) in MADE:
        return MADE[module, name]
    if not name.isupper() or named[name] != asked[name]:
        return ALL
    return tuple({"search" if method in SCANS else method for method in methods[name]} & set(ALL)) or ALL


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], way: str, text: str, clock: Callable[[], float]) -> float:
    """How long a run takes; one that takes far too long is ended."""
    subject = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    started = clock()
    signal.setitimer(signal.ITIMER_VIRTUAL, 8 * TOO_LONG)
    try:
        if way == "search":
            deque(pattern.finditer(subject), maxlen=0)  # type: ignore[arg-type]
        else:
            getattr(pattern, way)(subject)
    except TimeoutError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return clock() - started


def slow(pattern: str | bytes, flags: int, way: str) -> Iterator[str]:
    """What grows faster than it may, told with the string."""
    compiled = re.compile(pattern, flags)
    times: list[float] = []
    for text in pumping.strings(pattern, flags, SHORT):
        times.append(min(seconds(compiled, way, text, time.perf_counter) for _ in range(2)))
        if times[-1] > TOO_LONG:
            yield f"{way} on {SHORT} of {text[:20]!r}: {times[-1]:.1f} s"
            return
    for number in sorted(range(len(times)), key=lambda number: -times[number])[:HARDEST]:
        length, before = SHORT, 0.0
        while length < LONG and before < TOO_LONG:
            length *= 4
            text = next(islice(pumping.strings(pattern, flags, length), number, None))
            after = seconds(compiled, way, text, time.process_time)
            if after > NOTHING and (before == 0 or math.log(after / before, 4) > GROWTH):
                before = seconds(compiled, way, text[: len(text) // 4], time.process_time)
                if math.log(after / max(before, 1e-3), 4) > GROWTH:
                    yield f"{way} on {length} of {text[:20]!r}: {before:.3f} s for a quarter of it, {after:.3f} s"
                    return
            before = after


@pytest.mark.parametrize("part", range(PARTS))
def test_every_pattern_is_linear(part: int) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    assert len(patterns()) > 400
    old = signal.signal(signal.SIGVTALRM, end)
    try:
        found = [
            f"{module}:{line} {pattern!r:.90} {what}"
            for pattern, flags, module, line in patterns()[part::PARTS]
            for way in ways(module, line)
            for what in slow(pattern, flags, way)
        ]
    finally:
        signal.signal(signal.SIGVTALRM, old)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        ("(a+)+$", "match"),
        (r"\s*;", "search"),
        ("x[^y]*y", "search"),
        ("(?:>=|[><=])*1", "search"),
        ("(ab|a|b)*c", "fullmatch"),
    ],
)
def test_a_slow_pattern_is_found(pattern: str, way: str) -> None:
    old = signal.signal(signal.SIGVTALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    try:
        assert list(slow(pattern, 0, way))
    finally:
        signal.signal(signal.SIGVTALRM, old)


if __name__ == "__main__":
    tell()
