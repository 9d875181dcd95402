"""Answers of respondents <-> the packed column of a response. One int8 an item, in the order of the wave's items."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.wave_tables import Response
from core.errors import StoreUnavailable

NO_ANSWER = -1
"""The respondent left the item out, or it was not asked: it leaves the denominator."""

Answers = NDArray[np.int8]
"""Scores; NO_ANSWER where there is none."""


def pack_answers(scores: Sequence[int] | Answers) -> tuple[bytes, int]:
    """Return (blob, checksum) for the scores of one respondent. Inverse of `unpack_answers`."""
    raw = np.asarray(scores, dtype=np.int8).tobytes()
    return raw, zlib.crc32(raw)


def unpack_answers(responses: Sequence[Response], items: int) -> Answers:
    """Return the read-only matrix respondents × items; raise StoreUnavailable when stored answers are damaged."""
    for row in responses:
        if len(row.answers) != items or zlib.crc32(row.answers) != row.answers_checksum:
            raise StoreUnavailable(
                "Ответы одного из педагогов повреждены в базе данных.",
                "Восстановите базу из последней резервной копии.",
            )
    raw = b"".join(bytes(row.answers) for row in responses)
    return np.frombuffer(raw, dtype=np.int8).reshape(len(responses), items)
