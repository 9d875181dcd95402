"""Topics of self-education and the stages of work on them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class SelfEducationPhase(StrEnum):
    """Stages of work on a topic of self-education."""

    DIAGNOSTIC = "подготовительный (диагностический)"
    PRACTICE = "практический"
    SUMMARY = "обобщающий"
    SPREADING = "внедренческий"


class SelfEducation(Versioned, SoftDeleted, table=True):
    """A topic of self-education, for one to three years."""

    __tablename__ = "self_education"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    topic: str = Field(max_length=500)
    relevance: str = Field(default="", sa_type=Text)
    aim: str = Field(default="", sa_type=Text)
    tasks: str = Field(default="", sa_type=Text)
    literature: str = Field(default="", sa_type=Text)
    starts_on: date
    ends_on: date


class SelfEducationStage(Versioned, SoftDeleted, table=True):
    """A row of the plan: этап | мероприятия | сроки | ожидаемые результаты | форма отчёта."""

    __tablename__ = "self_education_stage"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    topic_id: int = Field(foreign_key="self_education.id", index=True)
    phase: SelfEducationPhase = Field(default=SelfEducationPhase.DIAGNOSTIC)
    position: float = Field(default=1.0)
    activities: str = Field(default="", sa_type=Text)
    deadline_text: str = Field(default="", max_length=500)
    expected_result: str = Field(default="", sa_type=Text)
    report_form: str = Field(default="", max_length=300)
    report: str = Field(default="", sa_type=Text)
    reported_on: date | None = Field(default=None)
