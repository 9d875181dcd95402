"""What becomes of the unsettled things of a cycle when it is closed: carried over, dropped with a reason, solved."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import Versioned


class ItemKind(StrEnum):
    """What sort of thing it is; the value is what the user reads."""

    FIELD = "проблемное поле"
    MEASURE = "мероприятие"
    RECOMMENDATION = "рекомендация"
    DEFICIT = "корпоративный дефицит"
    INDICATOR = "показатель"
    MENTORSHIP = "наставничество"


class Outcome(StrEnum):
    """What the records say of it by the end of the cycle."""

    SOLVED = "решено"
    REPEATS = "повторяется"
    GOES_ON = "продолжается"
    INCOMPARABLE = "несопоставимо"


class Decision(StrEnum):
    """What people decided about it."""

    CARRIED = "перенести"
    DROPPED = "не переносить"
    SOLVED = "решено"


class CarriedItem(Versioned, table=True):
    """A thing of a cycle and what was decided about it; with `origin_id`, the same thing in the cycle before.

    While the cycle is open, only what people decided otherwise than proposed is stored; closing stores everything.
    """

    __tablename__ = "carried_item"
    __table_args__ = (UniqueConstraint("cycle_id", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    kind: ItemKind
    reference: str = Field(max_length=300)
    """What tells the thing from others in every cycle: «measure:12»."""
    words: str = Field(sa_type=Text)
    """What it is, with the numbers of that day."""
    outcome: Outcome
    decision: Decision
    reason: str = Field(default="", max_length=1000)
    """Why it is not carried over."""
    inside: bool = Field(default=False)
    """It tells of a small group: shown inside the own school only."""
    screen: str = Field(default="cycle", max_length=60)
    """Address of the screen where it is worked on."""
    origin_id: int | None = Field(default=None, foreign_key="carried_item.id", index=True)
    years: int = Field(default=1)
    """In how many cycles one after the other it has been met."""
