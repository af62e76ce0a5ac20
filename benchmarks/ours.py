"""Our side, as `gangwei extract --workers 1` runs it, and the time of its stages, by wrapping calls from outside."""

from __future__ import annotations

import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import GeneratorType, ModuleType
from typing import Any, Final

from gangwei import readers, table_rows
from gangwei.batch import merge
from gangwei.batch.run import Reading, run
from gangwei.extraction import read
from gangwei.model import Document
from gangwei.normalise.relations import relation_grammar
from gangwei.rulebook import load
from gangwei.sinks.parts import PartWriter

# stage: where the function lives. A name that is not there is told, not passed over.
STAGES: Final = (
    ("decode", "gangwei.readers.decoding:decode"),
    ("prepare", "gangwei.extraction:prepare"),
    ("segment", "gangwei.segment:Segmenter.cut"),
    ("lexer", "gangwei.lexer:Lexer.hits"),
    ("ordinals", "gangwei.ordinals:read_ordinals"),
    ("labels", "gangwei.labels:read_labels"),
    ("lines", "gangwei.page:read_lines"),
    ("layouts", "gangwei.layouts:read_layouts"),
    ("layouts: outline", "gangwei.layouts.outline:read_outline"),
    ("layouts: grid", "gangwei.layouts.grid:read_grids"),
    ("layouts: flat", "gangwei.layouts.flat:read_flat_tables"),
    ("layouts: slides", "gangwei.layouts.slides:read_slides"),
    ("layouts: company", "gangwei.company:find_company"),
    ("normalise", "gangwei.normalise:read_roles"),
    ("notes", "gangwei.notes:unclaimed"),
    ("notes", "gangwei.notes:coverage_of"),
    ("rows", "gangwei.table_rows:rows_of"),
    ("write", "gangwei.sinks.parts:PartWriter.add"),
    ("write", "gangwei.sinks.parts:PartWriter.keep_as"),
    ("write", "gangwei.batch.merge:merge"),
)


class Ours:
    """The whole line in process, with workers as its children; rules are loaded once."""

    def __init__(self) -> None:
        rulebook = load()
        self.extract: Callable[[Any], Any] = lambda document: read(document, rulebook)
        self.extract(Document("部门：市场部 职务：经理"))
        self._reading = Reading(
            lambda found: readers.read_file(Path(found.path), source=found.source, doc_id=found.doc_id),
            self.extract,
            rulebook.digest,
            grammar=relation_grammar(rulebook.typed),
        )

    def run(self, folder: Path, output: Path, workers: int = 1) -> int:
        """Bytes on disk to CSV and Parquet on disk, as the batch does it; how many documents."""
        summary = run([str(folder)], output, self._reading, workers=workers, overwrite=True)
        return int(summary.rows["documents"])

    def run_here(self, paths: Sequence[Path], output: Path, clock: Clock) -> None:
        """The same in this process and without the batch's plan and journal, so that stages can be timed."""
        output.mkdir(parents=True, exist_ok=True)
        part_path = output / "part"
        with PartWriter(part_path) as part:
            for path in paths:
                with clock.stage("read"):
                    documents = list(readers.read(path.read_bytes(), source=path.name, doc_id=path.name))
                for document in documents:
                    with clock.stage("extract, the rest"):
                        extraction = self.extract(document)
                    part.add(table_rows.rows_of(extraction))
            part.keep_as(part_path)
        merge.merge([[part_path]], output, merge.Shape())


class Clock:
    """Seconds by stage, without those of the stages inside; `missing` names what could not be wrapped."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.missing: list[str] = []
        self._inside: list[float] = []
        self._undo: list[tuple[object, str, object]] = []

    @contextmanager
    def stage(self, name: str) -> Any:  # a context manager's own type says nothing here
        self._inside.append(0.0)
        began = time.perf_counter()
        try:
            yield
        finally:
            passed = time.perf_counter() - began
            self.seconds[name] += passed - self._inside.pop()
            if self._inside:
                self._inside[-1] += passed

    @contextmanager
    def wrapped(self) -> Any:
        """While inside, the functions of `STAGES` are timed; the product knows nothing of it."""
        for name, place in STAGES:
            self._wrap(name, place)
        try:
            yield
        finally:
            for holder, attribute, original in reversed(self._undo):
                setattr(holder, attribute, original)
            self._undo.clear()

    def _wrap(self, name: str, place: str) -> None:
        module_name, _, path = place.partition(":")
        try:
            module = importlib.import_module(module_name)
            *outer, attribute = path.split(".")
            holder: object = module
            for part in outer:
                holder = getattr(holder, part)
            original = getattr(holder, attribute)
        except (ImportError, AttributeError):
            self.missing.append(place)
            return

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                found = original(*args, **kwargs)
            return self._drawn(name, found) if isinstance(found, GeneratorType) else found

        for target in [holder] if outer else _holders(original, attribute, module):
            self._undo.append((target, attribute, original))
            setattr(target, attribute, timed)

    def _drawn(self, name: str, found: Iterator[Any]) -> Iterator[Any]:
        """A generator works while it is drawn from, not when it is called."""
        while True:
            with self.stage(name):
                try:
                    value = next(found)
                except StopIteration:
                    return
            yield value


def _holders(original: object, attribute: str, home: ModuleType) -> list[ModuleType]:
    """The modules that know a function by its name: `from x import y` makes a second holder."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "gangwei"]
    return [home, *(module for module in modules if module is not home and vars(module).get(attribute) is original)]
