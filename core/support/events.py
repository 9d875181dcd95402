"""The plan of methodical events of a year: содержание, сроки, форма и методы, ответственные; what was held, and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import Field
from sqlmodel import Session, col, select

from core.analysis.intervals import wilson
from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.diagnostics.competence_choice import competence_value
from core.errors import InvalidInput, NotFound
from core.people.cell_values import choice_of_cell, number_of_cell
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.store.live import live_row
from core.store.settings import reference_directory
from core.support.access import require_managed, sees_organisation
from core.support.cells import deadline_cell, long_text, past_day_cell, position_cell
from core.support.course_feedback import FEWEST
from core.support.event_tables import EventFeedback, EventState, MethodicalEvent

EVENT_FIELDS = (
    "position", "content", "deadline_text", "form", "responsible", "subject", "state", "held_on", "participants",
    "outcome", "competence_id",
)
SATISFIED_FROM = 4
"""Of 1..5."""
_LONGEST = {"form": 300, "responsible": 500, "subject": 120}


class PlanRow(Record):
    """A row that a plan begins with."""

    content: str = Field(min_length=3)
    deadline: str
    form: str
    responsible: str


class EventPlan(Sourced):
    """The file data/events.yaml."""

    forms: tuple[str, ...] = Field(min_length=1)
    rows: tuple[PlanRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with what participants said: mean 1..5, share of satisfied with its 95 % interval.

    NaN and no comments where fewer than five answered: they have no names, and must not be guessed.
    """

    row: MethodicalEvent
    answers: int
    """How many answered, in any case."""
    mean: float
    satisfied: float
    low: float
    high: float
    comments: tuple[str, ...]


def load_event_plan(path: Path | None = None) -> EventPlan:
    """Return the file's content; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "events.yaml", EventPlan)


@lru_cache(maxsize=1)
def event_plan() -> EventPlan:
    """Return the forms and the rows that a plan begins with, read once."""
    return load_event_plan()


def list_events(session: Session, scope: Scope, organisation_id: int, year: int) -> list[EventCard]:
    """Return the plan of an organisation in an academic year (its spring), in order.

    Its teachers see it too. Raises NotFound for an organisation elsewhere.
    """
    scope.require(Action.VIEW_HELP)
    actor = actor_of(session, scope)
    if not sees_organisation(scope, organisation_id) and organisation_id not in actor.workplaces:
        raise NotFound("Организация")
    query = select(MethodicalEvent).where(
        MethodicalEvent.organisation_id == organisation_id, MethodicalEvent.year == year,
        col(MethodicalEvent.deleted_at).is_(None),
    )
    rows = list(session.exec(query.order_by(col(MethodicalEvent.position), col(MethodicalEvent.id))))
    said: dict[int, list[EventFeedback]] = {}
    feedback = select(EventFeedback).where(
        col(EventFeedback.event_id).in_([row.id for row in rows]), col(EventFeedback.deleted_at).is_(None)
    )
    for one in session.exec(feedback.order_by(col(EventFeedback.id))):
        said.setdefault(one.event_id, []).append(one)
    return [_card(row, said.get(row.id or 0, [])) for row in rows]


def begin_plan(session: Session, scope: Scope, organisation_id: int, year: int) -> list[MethodicalEvent]:
    """Fill an empty plan with the rows of data/events.yaml. Raises InvalidInput when something is planned already."""
    require_managed(scope, organisation_id)
    if list_events(session, scope, organisation_id, year):
        raise InvalidInput("В плане уже есть строки.", "Дополните его в таблице.")
    made = [
        MethodicalEvent(
            organisation_id=organisation_id, year=year, position=float(position), content=row.content,
            deadline_text=row.deadline, form=row.form, responsible=row.responsible,
        )
        for position, row in enumerate(event_plan().rows, start=1)
    ]
    session.add_all(made)
    session.flush()
    return made


def save_events(session: Session, scope: Scope, organisation_id: int, year: int, changes: GridChanges) -> EditOutcome:
    """Save the plan, new and deleted rows too; conflicts and refusals as in every grid."""
    require_managed(scope, organisation_id)
    here = (col(MethodicalEvent.organisation_id) == organisation_id) & (col(MethodicalEvent.year) == year)
    fixed = {"organisation_id": organisation_id, "year": year}

    def validate(row: MethodicalEvent, field: str, value: object) -> object:
        return competence_value(session, scope, value) if field == "competence_id" else _event_value(row, field, value)

    return save_changes(session, MethodicalEvent, changes, EVENT_FIELDS, validate, fixed, here)


def say_of_event(session: Session, scope: Scope, event_id: int, satisfaction: int, comment: str = "") -> None:
    """Store what a participant says of an event, without a name. Whoever sees the plan may."""
    event = held_event(session, event_id)
    list_events(session, scope, event.organisation_id, event.year)
    if not 1 <= satisfaction <= 5:
        raise InvalidInput(f"Оценки {satisfaction} не бывает.", "Выберите от 1 до 5.")
    session.add(
        EventFeedback(
            organisation_id=event.organisation_id, event_id=event_id, satisfaction=satisfaction,
            comment=comment.strip()[:2000],
        )
    )
    session.flush()


def held_event(session: Session, event_id: int) -> MethodicalEvent:
    """Return an event that was held; raise NotFound where there is none, InvalidInput for one that was not held."""
    row = live_row(session, MethodicalEvent, event_id, "Мероприятие")
    if row.state is not EventState.HELD:
        raise InvalidInput("Мероприятие ещё не проведено.", "Сначала отметьте в плане, что оно проведено.")
    return row


def _card(row: MethodicalEvent, said: list[EventFeedback]) -> EventCard:
    if len(said) < FEWEST:
        nothing = float("nan")
        return EventCard(row, len(said), nothing, nothing, nothing, nothing, ())
    marks = np.array([one.satisfaction for one in said])
    share = float((marks >= SATISFIED_FROM).mean())
    low, high = wilson([share], [len(said)])
    comments = tuple(one.comment for one in said if one.comment)
    return EventCard(row, len(said), float(marks.mean()), share, float(low[0]), float(high[0]), comments)


def _event_value(row: MethodicalEvent, field: str, value: object) -> object:
    if field == "state":
        return choice_of_cell(value, EventState, "состояние")
    if field == "position":
        return position_cell(value)
    if field == "held_on":
        return past_day_cell(value, date(row.year - 1, 7, 1), "Проведено раньше начала учебного года.")
    if field == "participants":
        return number_of_cell(value, "число участников")
    if field == "deadline_text":
        return deadline_cell(value)
    return long_text(field, value, _LONGEST, {"content": "Не указано содержание."})
