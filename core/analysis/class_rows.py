"""Stored classes of works, read and put together into columns of one work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlmodel import Session, col

from core.intake.class_heads import ClassHead
from core.intake.matrix import Scores, unpack_scores
from core.intake.tables import ClassWork

_INT16 = np.dtype("<i2")


class ClassRow(NamedTuple):
    """A stored class with its columns; participants' codes stay unread."""

    id: int
    assessment_id: int
    school_id: int
    class_name: str
    participants: int
    absent: int
    items: int
    totals: bytes
    marks: bytes
    journal_marks: bytes
    test_scores: bytes
    scores: bytes
    scores_format: int
    scores_checksum: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The participants of one or several classes."""

    scores: Scores
    totals: NDArray[np.int16]
    marks: NDArray[np.int8]
    journal_marks: NDArray[np.int8]
    test_scores: NDArray[np.int16]


_QUERY = (
    select(*(getattr(ClassWork, name) for name in ClassRow._fields))
    .where(col(ClassWork.deleted_at).is_(None), col(ClassWork.replaced_by).is_(None), col(ClassWork.participants) > 0)
    .order_by(col(ClassWork.id))
)


def class_rows(session: Session, assessment_id: int, classes: Sequence[ClassHead]) -> list[ClassRow]:
    """Return the rows of these classes of a work, in the order of their ids."""
    asked = {one.id for one in classes}
    query = _QUERY.where(col(ClassWork.assessment_id) == assessment_id)
    return [row for row in map(ClassRow._make, session.execute(query)) if row.id in asked]


def class_rows_of_schools(session: Session, assessment_id: int, school_ids: Iterable[int]) -> list[ClassRow]:
    """Return the rows of all classes of the schools, whoever asks: for sums over many classes only."""
    query = _QUERY.where(
        col(ClassWork.assessment_id) == assessment_id, col(ClassWork.school_id).in_(set(school_ids))
    )
    return [ClassRow(*row) for row in session.execute(query)]


def joined(rows: Sequence[ClassRow]) -> Columns:
    """Return the participants of the rows one after another."""
    parts = [_unpacked(row) for row in rows]
    return Columns(
        np.concatenate([part.scores for part in parts]), np.concatenate([part.totals for part in parts]),
        np.concatenate([part.marks for part in parts]), np.concatenate([part.journal_marks for part in parts]),
        np.concatenate([part.test_scores for part in parts]),
    )


def _unpacked(row: ClassRow) -> Columns:
    n = row.participants
    scores = unpack_scores(row.scores, n, row.items, row.scores_checksum, row.scores_format)
    test_scores = np.frombuffer(row.test_scores, dtype=_INT16) if row.test_scores else np.full(n, -1, dtype=_INT16)
    return Columns(
        scores, np.frombuffer(row.totals, dtype=_INT16), np.frombuffer(row.marks, dtype=np.int8),
        np.frombuffer(row.journal_marks, dtype=np.int8), test_scores,
    )
