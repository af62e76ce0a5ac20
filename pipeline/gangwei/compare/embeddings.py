"""A sentence-embedding model of the user's, from a folder on this machine; the only import of sentence-transformers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from gangwei.errors import UsageError

_BLOCK: Final = 1_000


class Embeddings:
    """The vectors of texts, by their numbers."""

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an extra of several hundred megabytes
        except ImportError:
            raise UsageError("--embeddings needs a package: pip install 'gangwei[embeddings]'") from None
        try:
            # Nothing is fetched, and no code of the folder is run.
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"{folder}: no model that sentence-transformers can load: {error}") from None
        found = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        self._rows: Final[Any] = np.asarray(found, dtype=np.float32)  # Any: numbers of a width that the model decides

    def cosine(self, one: int, other: int) -> float:
        """How near two texts are."""
        return float(self._rows[one] @ self._rows[other])

    def nearest(self, among: Sequence[int], top: int) -> Iterator[tuple[int, int]]:
        """Pairs of places in `among`, i < j, where one is among the `top` nearest of the other."""
        rows = self._rows[list(among)]
        top = min(top, len(rows) - 1)
        pairs: set[tuple[int, int]] = set()
        for begin in range(0, len(rows) if top > 0 else 0, _BLOCK):
            alike = rows[begin : begin + _BLOCK] @ rows.T
            alike[np.arange(len(alike)), np.arange(begin, begin + len(alike))] = -1
            for place, others in enumerate(np.argpartition(-alike, top - 1, axis=1)[:, :top].tolist(), begin):
                pairs |= {(min(place, other), max(place, other)) for other in others}
        yield from sorted(pairs)
