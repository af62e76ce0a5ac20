"""The roles of a document as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text
from rich.tree import Tree

from gangwei.commands.paint import STYLES
from gangwei.commands.terminal import one_line
from gangwei.model import Duty, Extraction, Field, Kpi, Requirement, Role


def outline(extraction: Extraction) -> Tree:
    """The document, its roles with their values, and its units; typed values stand dim behind their wording."""
    document = extraction.document
    facts = (
        ("status", document.status),
        ("error", document.error),
        ("script", extraction.script),
        ("company", extraction.company),
        ("title", extraction.title),
        ("coverage", f"{extraction.coverage:.3f}"),
        ("repairs", len(extraction.repairs)),
    )
    tree = Tree(_line(document.source or document.doc_id, "bold", facts))
    for role in extraction.roles:
        _add_role(tree, role)
    for unit in extraction.units:
        branch = tree.add(_line(unit.name.text, STYLES[Field.UNIT]))
        for place, function in enumerate(unit.functions, 1):
            branch.add(_line(f"{place}. {function.text}"))
    return tree


def _add_role(tree: Tree, role: Role) -> None:
    found = role.found
    facts = (
        ("full", role.title_full if role.title_full != found.title.text else ""),
        ("level", role.level),
        ("function", role.function),
        ("variants", " | ".join(role.variants)),
        ("layout", found.layout),
        ("confidence", f"{found.confidence:.2f}"),
    )
    branch = tree.add(_line(found.title.text or "(no title)", STYLES[Field.TITLE], facts))
    for field, values in (
        (Field.COMPANY, [found.company.text] if found.company else []),
        (Field.DEPARTMENT, [found.department.text] if found.department else []),
        (Field.SUPERVISOR, [entry.text for entry in found.supervisors]),
        (Field.SUBORDINATE, [entry.text for entry in found.subordinates]),
        (Field.DEPUTY, [entry.text for entry in found.deputies]),
        (Field.SUMMARY, [found.summary.text] if found.summary else []),
    ):
        if values:
            branch.add(Text.assemble((str(field), STYLES[field]), " ", one_line("、".join(values))))
    kinds = {"duty": Field.DUTY, "authority": Field.AUTHORITY, "routine": Field.ROUTINE}
    for kind, field in kinds.items():
        _add_items(branch, field, [(d.entry.text, _duty(d)) for d in role.duties if d.kind == kind])
    _add_items(branch, Field.KPI, [(kpi.entry.text, _kpi(kpi)) for kpi in role.kpis])
    _add_items(branch, Field.REQUIREMENT, [(need.entry.text, _requirement(need)) for need in role.requirements])


def _add_items(branch: Tree, field: Field, items: Sequence[tuple[str, Iterable[tuple[str, object]]]]) -> None:
    if items:
        list_ = branch.add(Text(str(field), STYLES[field]))
        for place, (text, facts) in enumerate(items, 1):
            list_.add(_line(f"{place}. {text}", "", facts))


def _duty(duty: Duty) -> tuple[tuple[str, object], ...]:
    return ("action", duty.action), ("object", duty.object), ("frequency", duty.frequency)


def _kpi(kpi: Kpi) -> tuple[tuple[str, object], ...]:
    return (
        ("name", kpi.name),
        ("measure", kpi.measure),
        ("direction", kpi.direction),
        ("target", f"{kpi.comparator} {kpi.target} {kpi.unit}".strip()),
        ("weight", kpi.weight),
        ("period", kpi.period),
    )


def _requirement(need: Requirement) -> tuple[tuple[str, object], ...]:
    return (
        ("category", need.category),
        ("degree", need.degree),
        ("years", need.min_years),
        ("from age", need.min_age),
        ("to age", need.max_age),
        ("gender", need.gender),
        ("preferred", need.preferred or None),
    )


def _line(text: str, style: str = "", facts: Iterable[tuple[str, object]] = ()) -> Text:
    line = Text(one_line(text), style)
    said = "  ".join(f"{name} {value}" for name, value in facts if value not in ("", None))
    return Text.assemble(line, ("   " + one_line(said), "dim")) if said else line
