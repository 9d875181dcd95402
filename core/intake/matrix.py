"""How scores are held: an int8 matrix participants × items with sentinels, packed into one blob a class.

The matrix is the truth; everything else about scores is computed from it.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from core.errors import StoreUnavailable

NOT_ATTEMPTED = -1
"""«X — не приступал»: the participant wrote the work and left this item out. Counts as 0 by default."""
NOT_ADMINISTERED = -2
"""«не пройдено» or not offered to this participant: leaves the denominator."""
NO_MARK = 0
"""«нет отметки» in columns of marks."""
MAX_SCORE = 127
FORMAT = 1

Scores = NDArray[np.int8]


def pack_scores(scores: Scores) -> tuple[bytes, int]:
    """Return (blob, checksum) for an int8 matrix participants × items, row-major. Inverse of `unpack_scores`."""
    raw = np.ascontiguousarray(scores, dtype=np.int8).tobytes()
    return raw, zlib.crc32(raw)


def unpack_scores(blob: bytes, participants: int, items: int, checksum: int, format_version: int = FORMAT) -> Scores:
    """Return the read-only matrix participants × items; raise StoreUnavailable when the blob is damaged."""
    if format_version != FORMAT or len(blob) != participants * items or zlib.crc32(blob) != checksum:
        raise StoreUnavailable(
            "Результаты одного из классов повреждены в базе данных.",
            "Восстановите базу из последней резервной копии.",
        )
    return np.frombuffer(blob, dtype=np.int8).reshape(participants, items)
