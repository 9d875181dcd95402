"""Which stored classes a scope sees."""

from __future__ import annotations

from sqlmodel import col

from core.intake.tables import Assessment, ClassWork
from core.people.scope import ClassColumns

CLASS_COLUMNS = ClassColumns(
    school=col(ClassWork.school_id),
    subject=col(Assessment.subject),
    grade=col(Assessment.grade),
    letter=col(ClassWork.class_name),
    year=col(Assessment.year),
)
"""For `scope.within_classes` over a query of ClassWork joined with Assessment."""
