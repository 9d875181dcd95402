"""A class's work <-> the packed columns of its row."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.intake.contract import ParsedClass
from core.intake.matrix import FORMAT, Scores, pack_scores, unpack_scores
from core.intake.tables import ClassWork

_INT16 = np.dtype("<i2")


def pack_class(
    part: ParsedClass, *, assessment_id: int, school_id: int, upload_id: int, absent: int = 0
) -> dict[str, object]:
    """Return the values of the row that holds the work of one class. Inverse of `unpack_class`."""
    blob, checksum = pack_scores(part.scores)
    participants, items = part.scores.shape
    has_test_scores = bool((part.test_scores >= 0).any())
    return {
        "assessment_id": assessment_id,
        "school_id": school_id,
        "class_name": part.class_name,
        "upload_id": upload_id,
        "participants": participants,
        "absent": absent,
        "items": items,
        "codes": zlib.compress("\n".join(part.codes).encode(), 6),
        "totals": part.totals.astype(_INT16).tobytes(),
        "marks": part.marks.astype(np.int8).tobytes(),
        "journal_marks": part.journal_marks.astype(np.int8).tobytes(),
        "variants": part.variants.astype(_INT16).tobytes(),
        "test_scores": part.test_scores.astype(_INT16).tobytes() if has_test_scores else b"",
        "scores": blob,
        "scores_format": FORMAT,
        "scores_checksum": checksum,
        "version": 1,
    }


@dataclass(frozen=True)
class ClassColumns:
    """The participants of one stored class, as parallel read-only arrays of length n; `scores` is n × items."""

    row: ClassWork

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the participants; unpacked only when somebody asks."""
        text = zlib.decompress(self.row.codes).decode()
        return tuple(text.split("\n")) if self.row.participants else ()

    @cached_property
    def scores(self) -> Scores:
        """The int8 matrix participants × items with sentinels."""
        row = self.row
        return unpack_scores(row.scores, row.participants, row.items, row.scores_checksum, row.scores_format)

    @property
    def totals(self) -> NDArray[np.int16]:
        """Primary scores."""
        return np.frombuffer(self.row.totals, dtype=_INT16)

    @property
    def marks(self) -> NDArray[np.int8]:
        """Marks 2..5, 0 where there is none."""
        return np.frombuffer(self.row.marks, dtype=np.int8)

    @property
    def journal_marks(self) -> NDArray[np.int8]:
        """Marks of the journal 2..5, 0 where there is none."""
        return np.frombuffer(self.row.journal_marks, dtype=np.int8)

    @property
    def variants(self) -> NDArray[np.int16]:
        """Variants, 0 where unknown."""
        return np.frombuffer(self.row.variants, dtype=_INT16)

    @property
    def test_scores(self) -> NDArray[np.int16]:
        """Test scores of ЕГЭ 0..100; an empty array where the procedure has none."""
        return np.frombuffer(self.row.test_scores, dtype=_INT16)


def unpack_class(row: ClassWork) -> ClassColumns:
    """Return the columns of a stored class; each is decoded when first used."""
    return ClassColumns(row)
