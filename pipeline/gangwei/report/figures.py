"""Figures over all documents, counted while their rows pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from gangwei.sinks.reading import Record
from gangwei.tables import Cell

Bundle = Mapping[str, list[Record]]  # a document's rows by table

_NAMES: Final = 40  # of a list that has no end
_YEARS: Final = (1, 2, 3, 5, 8, 10)


class Figures:
    """Counts over all documents."""

    def __init__(self) -> None:
        self.n_documents = self.n_to_review = 0
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}
        self._with_text = 0
        self._coverage = 0.0

    def add(self, bundle: Bundle, *, is_to_review: bool) -> None:
        """Count one more document."""
        [document] = bundle["documents"]
        counts = self._counts
        self.n_documents += 1
        self.n_to_review += is_to_review
        for column in ("status", "script", "media_type"):
            counts[column][str(document[column])] += 1
        if document["n_chars"] and isinstance(document["coverage"], float):
            self._with_text += 1
            self._coverage += document["coverage"]
            counts["coverage"][_tenth(document["coverage"])] += 1
        counts["rows"].update({name: len(rows) for name, rows in bundle.items() if name in _ROWS})
        counts["notes"].update(str(note["code"]) for note in bundle["notes"])
        for role in bundle["roles"]:
            for column in ("layout", "level", "function"):
                counts[column][str(role[column])] += 1
            counts["confidence"][_tenth(role["confidence"])] += 1
            counts["fields"].update(field for field in ("company", "department", "summary") if role[field])
        for name, column in (("relations", "kind"), ("duties", "kind"), ("kpis", ""), ("requirements", "")):
            seen = {(row["role_id"], str(row[column]) if column else name) for row in bundle[name]}
            counts["fields"].update(field for _, field in seen)
        self._add_items(bundle)

    def _add_items(self, bundle: Bundle) -> None:
        counts = self._counts
        counts["action"].update(verb for row in bundle["duties"] for verb in str(row["action"]).split("|") if verb)
        counts["frequency"].update(str(row["frequency"]) for row in bundle["duties"] if row["frequency"])
        for row in bundle["kpis"]:
            counts["kpi"][str(row["name"])] += 1
            for column in ("measure", "period"):
                counts[column][str(row[column])] += 1
        for row in bundle["requirements"]:
            counts["category"][str(row["category"])] += 1
            if row["degree"]:
                counts["degree"][str(row["degree"])] += 1
            if isinstance(row["min_years"], int | float):
                counts["years"][_years(row["min_years"])] += 1
            if isinstance(row["max_age"], int):
                counts["age"][str(row["max_age"] // 5 * 5)] += 1
            if row["gender"]:
                counts["gender"][str(row["gender"])] += 1

    def found(self) -> dict[str, object]:
        """The figures, each list with the most frequent first."""
        listed = {name: _listed(counter) for name, counter in self._counts.items()}
        mean = round(self._coverage / self._with_text, 4) if self._with_text else None
        return {"documents": self.n_documents, "to_review": self.n_to_review, "mean_coverage": mean, **listed}


def _listed(counter: Counter[str]) -> dict[str, object]:
    ranked = sorted(counter.items(), key=lambda entry: (-entry[1], entry[0]))
    return {"top": ranked[:_NAMES], "kinds": len(ranked), "total": counter.total()}


def _tenth(share: Cell) -> str:
    """The tenth that a share from 0 to 1 lies in; the last one takes 1.

    >>> _tenth(0.0), _tenth(0.95), _tenth(1.0)
    ('0', '9', '9')
    """
    return str(min(int(float(share or 0) * 10), 9))


def _years(years: float) -> str:
    """The class of a number of years, by its lower bound.

    >>> _years(0.5), _years(3), _years(4), _years(20)
    ('0', '3', '3', '10')
    """
    return str(max((bound for bound in _YEARS if bound <= years), default=0))


_ROWS: Final = ("roles", "relations", "duties", "kpis", "requirements", "units")
_COUNTED: Final = (
    *("status", "script", "media_type", "coverage", "rows", "notes", "layout", "level", "function", "confidence"),
    *("fields", "action", "frequency", "kpi", "measure", "period", "category", "degree", "years", "age", "gender"),
)
