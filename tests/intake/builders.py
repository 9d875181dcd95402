"""Inspections made by hand, so that the use cases are tested without files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from core.intake.contract import (
    AssessmentKey,
    Finding,
    Inspection,
    ItemSpec,
    ParsedClass,
    ParsedWork,
    SchoolRef,
)
from core.intake.preview import InspectedFile

KEY = AssessmentKey(procedure="ВПР", subject="Математика", grade=4, year=2026)
ITEMS = (ItemSpec("1", 1, "Б"), ItemSpec("2", 2, "Б"), ItemSpec("3", 2, "П"))
SCHOOL = SchoolRef(code="edu223160", name="МБОУ СОШ № 1", municipality="Заречный район", region="Северная область")


def parsed_class(
    scores: Sequence[Sequence[int]],
    class_name: str = "А",
    school: SchoolRef = SCHOOL,
    marks: Sequence[int] | None = None,
    first_code: int = 40001,
) -> ParsedClass:
    """Return a class whose codes count up from `first_code`."""
    matrix = np.array(scores, dtype=np.int8)
    n = len(matrix)
    return ParsedClass(
        school=school,
        class_name=class_name,
        codes=tuple(str(first_code + index) for index in range(n)),
        scores=matrix,
        totals=np.where(matrix > 0, matrix, 0).sum(axis=1).astype(np.int16),
        marks=np.array(marks if marks is not None else [0] * n, dtype=np.int8),
        journal_marks=np.zeros(n, dtype=np.int8),
        variants=np.ones(n, dtype=np.int16),
        test_scores=np.full(n, -1, dtype=np.int16),
        rows=np.arange(9, 9 + n, dtype=np.int32),
    )


def inspected(
    *classes: ParsedClass,
    key: AssessmentKey = KEY,
    items: tuple[ItemSpec, ...] = ITEMS,
    findings: tuple[Finding, ...] = (),
    absent: int = 0,
    file_name: str = "впр.xlsx",
    content: str | None = None,
) -> InspectedFile:
    """Return a file with one work; its fingerprint depends on `content` (by default on the scores)."""
    text = content if content is not None else repr([(part.class_name, part.scores.tolist()) for part in classes])
    work = ParsedWork("fisoko-individual", key, items, classes, absent, "МА 4")
    inspection = Inspection("fisoko-individual", works=(work,), findings=findings)
    return InspectedFile(file_name, hashlib.sha256(text.encode()).hexdigest(), inspection)
