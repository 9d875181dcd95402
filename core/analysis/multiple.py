"""Many tests at once: which of them stand when false discoveries are kept to a share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def benjamini_hochberg(probabilities: Floats, share: float) -> NDArray[np.bool_]:
    """Say which p-values (any shape, NaN = not tested) are discoveries with at most `share` false ones on average.

    Source: Benjamini Y., Hochberg Y. (1995), Controlling the false discovery rate, JRSS B 57.
    """
    flat = probabilities[~np.isnan(probabilities)]
    ordered = np.sort(flat)
    passed = np.nonzero(ordered <= share * np.arange(1, ordered.size + 1) / max(ordered.size, 1))[0]
    if not passed.size:
        return np.zeros(probabilities.shape, dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        result: NDArray[np.bool_] = probabilities <= ordered[passed[-1]]
    return result
