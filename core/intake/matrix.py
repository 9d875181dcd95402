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
"""Row-major int8, compressed by zlib: about 0.3 bytes a score instead of 1; unpacking a class takes some 10 µs."""

Scores = NDArray[np.int8]


def pack_scores(scores: Scores) -> tuple[bytes, int]:
    """Return (blob, checksum) for an int8 matrix participants × items. Inverse of `unpack_scores`."""
    raw = np.ascontiguousarray(scores, dtype=np.int8).tobytes()
    return zlib.compress(raw, 1), zlib.crc32(raw)


def unpack_scores(blob: bytes, participants: int, items: int, checksum: int, format_version: int = FORMAT) -> Scores:
    """Return the read-only matrix participants × items; raise StoreUnavailable when the blob is damaged."""
    raw = _decompressed(blob, participants * items) if format_version == FORMAT else b""
    if len(raw) != participants * items or zlib.crc32(raw) != checksum:
        raise StoreUnavailable(
            "Результаты одного из классов повреждены в базе данных.",
            "Восстановите базу из последней резервной копии.",
        )
    return np.frombuffer(raw, dtype=np.int8).reshape(participants, items)


def _decompressed(blob: bytes, size: int) -> bytes:
    """Return at most `size` + 1 bytes, so that a damaged blob cannot fill the memory; b"" when it is no zlib."""
    try:
        return zlib.decompressobj().decompress(blob, size + 1)
    except zlib.error:
        return b""
