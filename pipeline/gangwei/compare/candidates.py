"""Which of many are worth a look: the nearest by shared features; the only import of scikit-learn and sparse_dot_topn.

Nothing is held for all pairs at once: blocks of rows are multiplied in turn, and a feature that more than `_CROWD` have
is left out, so that time grows with the number of rows and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sparse_dot_topn import sp_matmul_topn

Matrix = Any  # scipy is not typed

_WIDTH: Final = 2**22  # of the feature space: with a million features, few fall together
_CROWD: Final = 1_500
_BLOCK: Final = 4_000


def vectors(features: Iterable[Sequence[str]]) -> Matrix:
    """A row of unit length for each list of features, rare ones heavier."""
    hashing = HashingVectorizer(
        analyzer=_as_they_are, n_features=_WIDTH, alternate_sign=False, norm=None, dtype=np.float32
    )
    counts = hashing.transform(features)
    frequent = np.bincount(counts.indices, minlength=_WIDTH) > max(_CROWD, 3)
    if frequent.any():
        counts.data[frequent[counts.indices]] = 0
        counts.eliminate_zeros()
    if not counts.nnz:
        return counts
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return _narrow(weighted.astype(np.float32))


def nearest(rows: Matrix, top: int, least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs (i, j) of rows with i < j, each once, in order, where one is among the `top` nearest of the other."""
    if not rows.nnz:
        return
    columns, count = rows.T.tocsr(), rows.shape[0]
    keys, scores = [], []
    for begin in range(0, count, _BLOCK):
        found = sp_matmul_topn(
            rows[begin : begin + _BLOCK], columns, top_n=top + 1, threshold=least, n_threads=1
        ).tocoo()
        one, other = found.row.astype(np.int64) + begin, found.col.astype(np.int64)
        apart = one != other
        keys.append((np.minimum(one, other) * count + np.maximum(one, other))[apart])
        scores.append(found.data[apart])
    pairs, places = np.unique(np.concatenate(keys), return_index=True)
    kept = np.concatenate(scores)[places]
    for begin in range(0, len(pairs), _BLOCK):
        part = pairs[begin : begin + _BLOCK]
        yield from zip(
            (part // count).tolist(), (part % count).tolist(), kept[begin : begin + _BLOCK].tolist(), strict=True
        )


def similarity(rows: Matrix, one: int, other: int) -> float:
    """The cosine of two rows."""
    ours, theirs = (slice(rows.indptr[number], rows.indptr[number + 1]) for number in (one, other))
    _, left, right = np.intersect1d(rows.indices[ours], rows.indices[theirs], assume_unique=True, return_indices=True)
    return float(rows.data[ours][left] @ rows.data[theirs][right])


def _as_they_are(features: Sequence[str]) -> Sequence[str]:
    return features


def _narrow(rows: Matrix) -> Matrix:
    """The rows without the columns that nothing is in: their transpose is short then."""
    used, places = np.unique(rows.indices, return_inverse=True)
    return csr_matrix((rows.data, places.astype(np.int32), rows.indptr), shape=(rows.shape[0], len(used)))
