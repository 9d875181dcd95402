"""Teachers' questions and their answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class RequestState(StrEnum):
    """How far a request for help is."""

    OPEN = "ждёт ответа"
    ANSWERED = "есть ответ"
    SETTLED = "вопрос решён"
    WITHDRAWN = "снят"


class HelpRequest(Versioned, SoftDeleted, table=True):
    """A teacher's question and its answer; answers that both sides agree to share grow into a bank."""

    __tablename__ = "help_request"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    """Whom it is addressed to; None: the methodists of the organisation."""
    subject: str = Field(default="", max_length=120)
    element: str = Field(default="", max_length=300)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    question: str = Field(sa_type=Text)
    asked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    asked_by: str = Field(default="", max_length=120)
    state: RequestState = Field(default=RequestState.OPEN)
    answer: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str = Field(default="", max_length=120)
    may_be_shared: bool = Field(default=False)
    """The teacher agrees that question and answer stand in the bank, without the name."""
    in_bank: bool = Field(default=False)
    was_useful: bool | None = Field(default=None)
