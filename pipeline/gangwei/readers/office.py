"""Packages of Office Open XML: the parts of a .docx, .pptx, .xlsx and how they hang together."""

from __future__ import annotations

import posixpath
from typing import Final
from xml.etree.ElementTree import Element

from gangwei.errors import ReadError
from gangwei.readers.packed import Member, Packed
from gangwei.readers.source import DamagedError, Limits, Source, budget_of
from gangwei.readers.xml import attribute, read_tree


class Package:
    """The parts of a package. What could not be read of those asked for is in `faults`, a line each."""

    def __init__(self, source: Source) -> None:
        self.limits: Limits = source.limits
        self.packed = Packed(source.data, source.limits, budget_of(source))
        self.faults: list[str] = []
        self._nodes = source.limits.nodes
        if self.packed.is_cut:
            self.faults.append("the file is cut off or damaged; what was lost was not read")
        if self.packed.has_more:
            self.faults.append(f"more than {self.limits.members} parts, the rest was not read (limit: members)")

    def tree(self, name: str) -> Element | None:
        """The root of an XML part, None where there is no such part; as far as it can be read."""
        member = self.packed.find(name)
        if member is None:
            return None
        root, cut = read_tree(self.packed.chunks(self._bounded(member)), self._nodes)
        self._nodes = max(self._nodes - sum(1 for _ in root.iter()), 1)  # all parts together
        if cut:
            self.faults.append(f"{name}: {cut}")
        return root

    def main(self, begins: str) -> str:
        """The name of the part that the package is about; `begins` is how such a name begins (word/document)."""
        for kind, target in self.targets("").values():
            if kind == "officeDocument" and self.packed.find(target):
                return target
        for member in self.packed.members:
            if member.name.startswith(begins) and member.name.endswith(".xml"):
                return member.name
        raise DamagedError(f"the part {begins}.xml is missing; open the file in its program and save it anew")

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to within its package, by the names it uses: kind of relation, name of the part."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if attribute(relation, "TargetMode") != "External":  # those are not looked at
                target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target")))
                kind = attribute(relation, "Type").rpartition("/")[2]
                found[attribute(relation, "Id")] = (kind, target.lstrip("/"))
        return found

    def only(self, targets: dict[str, tuple[str, str]], kind: str) -> Element | None:
        """The root of the one part that is referred to as of this kind."""
        name = next((target for told, target in targets.values() if told == kind), "")
        return self.tree(name) if name else None

    def partial(self) -> str:
        """Why the document is not read whole, "" where it is."""
        return "; ".join(dict.fromkeys(self.faults[:_NAMED]))

    def _bounded(self, member: Member) -> Member:
        if member.size > self.limits.bytes:
            raise ReadError(f"{member.name} unpacks to more than {self.limits.bytes} bytes (limit: bytes)")
        return member


_NAMED: Final = 3
