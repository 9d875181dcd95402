"""The plan of a club: meetings and webinars, and what was decided there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotFound
from core.people.scope import Scope
from core.people.text_length import require_length
from core.practice.access import led_association, visible_association, visible_practice
from core.practice.keys import checked_keys
from core.practice.tables import ClubDecision, ClubEvent, EventKind, EventState
from core.store.base import utc_now
from core.store.evidence import link_to_attach
from core.store.live import live_row
from core.words import day

_LONGEST = 2000
_YEARS = range(2000, 2101)
_MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What a line of the plan says."""

    kind: EventKind
    title: str
    held_on: date
    time: str = ""
    leader: str = ""
    url: str = ""
    subject: str = ""
    elements: tuple[str, ...] = ()
    deficits: str = ""
    practice_id: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionText:
    """What a club decides."""

    text: str
    responsible: str = ""
    due: str = ""
    event_id: int | None = None


def list_events(session: Session, scope: Scope, association_id: int) -> list[ClubEvent]:
    """Return the plan of a club, the earliest day first."""
    visible_association(session, scope, association_id)
    query = select(ClubEvent).where(ClubEvent.association_id == association_id, col(ClubEvent.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(ClubEvent.held_on), col(ClubEvent.id))))


def deleted_events(session: Session, scope: Scope, association_id: int) -> list[ClubEvent]:
    """Return what was deleted from the plan, for those who keep it."""
    led_association(session, scope, association_id)
    query = select(ClubEvent).where(ClubEvent.association_id == association_id, col(ClubEvent.deleted_at).is_not(None))
    return list(session.exec(query.order_by(col(ClubEvent.held_on), col(ClubEvent.id))))


def plan_event(session: Session, scope: Scope, association_id: int, plan: EventPlan) -> ClubEvent:
    """Add a line to the plan. Raises InvalidInput for what is missing or cannot be."""
    club = led_association(session, scope, association_id)
    event = ClubEvent(
        organisation_id=club.organisation_id, association_id=association_id, title="", held_on=plan.held_on,
        created_by=scope.actor_name,
    )
    _fill(session, scope, event, plan)
    session.add(event)
    session.flush()
    return event


def change_event(session: Session, scope: Scope, event_id: int, plan: EventPlan, version_seen: int) -> ClubEvent:
    """Change a line of the plan. Raises EditConflict when somebody changed it meanwhile."""
    event = _led(session, scope, event_id, version_seen)
    _fill(session, scope, event, plan)
    session.add(event)
    session.flush()
    return event


def close_event(
    session: Session, scope: Scope, event_id: int, state: EventState, version_seen: int, *, attended: int | None = None,
    summary: str = "",
) -> ClubEvent:
    """Note that a meeting was held, with how many and what came of it; that it was cancelled, or stands again."""
    event = _led(session, scope, event_id, version_seen)
    if state is EventState.HELD and event.held_on > date.today():
        raise InvalidInput(f"{day(event.held_on)} ещё не наступило.", "Отметьте после встречи или исправьте дату.")
    if attended is not None and not 0 <= attended <= _MOST_PEOPLE:
        raise InvalidInput(f"Участников {attended} быть не может.", "Впишите, сколько человек участвовало.")
    event.state, event.attended = state, attended if state is EventState.HELD else None
    event.summary = _text("Итог", summary, 10_000)
    session.add(event)
    session.flush()
    return event


def delete_event(session: Session, scope: Scope, event_id: int) -> ClubEvent:
    """Delete a line of the plan; it can be restored."""
    event = _led(session, scope, event_id)
    event.deleted_at = utc_now()
    session.add(event)
    return event


def restore_event(session: Session, scope: Scope, event_id: int) -> ClubEvent:
    """Bring a line of the plan back."""
    event = _led(session, scope, event_id, deleted=True)
    event.deleted_at = None
    session.add(event)
    return event


def visible_event(session: Session, scope: Scope, event_id: int) -> ClubEvent:
    """Return a line of a plan; raise NotFound when there is none in the reader's municipality."""
    event = live_row(session, ClubEvent, event_id, "Встреча")
    visible_association(session, scope, event.association_id)
    return event


def list_decisions(session: Session, scope: Scope, association_id: int) -> list[ClubDecision]:
    """Return what a club decided, the latest first."""
    visible_association(session, scope, association_id)
    query = select(ClubDecision).where(
        ClubDecision.association_id == association_id, col(ClubDecision.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(ClubDecision.decided_on).desc(), col(ClubDecision.id).desc())))


def add_decision(session: Session, scope: Scope, association_id: int, decision: DecisionText) -> ClubDecision:
    """Write down what the club decided, today or at one of its meetings."""
    club = led_association(session, scope, association_id)
    decided_on = date.today()
    if decision.event_id is not None:
        event = visible_event(session, scope, decision.event_id)
        if event.association_id != association_id:
            raise NotFound("Встреча")
        decided_on = min(event.held_on, decided_on)
    text = _text("Решение", decision.text, _LONGEST)
    if not text:
        raise InvalidInput("Решение пустое.", "Напишите, что решили.")
    row = ClubDecision(
        organisation_id=club.organisation_id, association_id=association_id, event_id=decision.event_id, text=text,
        responsible=decision.responsible.strip()[:300], due=decision.due.strip()[:120], decided_on=decided_on,
        created_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def mark_decision(session: Session, scope: Scope, decision_id: int, *, done: bool) -> ClubDecision:
    """Note that a decision was carried out, or that it was not after all."""
    row = _led_decision(session, scope, decision_id)
    row.done_on = date.today() if done else None
    session.add(row)
    return row


def delete_decision(session: Session, scope: Scope, decision_id: int) -> ClubDecision:
    """Delete a decision that was written by mistake; the журнал keeps it."""
    row = _led_decision(session, scope, decision_id)
    row.deleted_at = utc_now()
    session.add(row)
    return row


def _fill(session: Session, scope: Scope, event: ClubEvent, plan: EventPlan) -> None:
    title = " ".join(plan.title.split())
    if not title:
        raise InvalidInput("У встречи должна быть тема.", "Впишите её.")
    if len(title) > 300:
        raise InvalidInput(f"Тема: {len(title)} знаков, а помещается 300.", "Сократите.")
    if plan.held_on.year not in _YEARS:
        raise InvalidInput(f"Дата {day(plan.held_on)} невозможна.", "Проверьте год.")
    if plan.practice_id is not None:
        visible_practice(session, scope, plan.practice_id)
    event.kind, event.title, event.held_on = plan.kind, title, plan.held_on
    event.time, event.leader = plan.time.strip()[:20], " ".join(plan.leader.split())[:200]
    event.url = link_to_attach(plan.url).url if plan.url.strip() else ""
    kept = event.elements if event.subject == plan.subject else ()
    event.subject = plan.subject.strip()[:120]
    event.elements = checked_keys(session, scope, event.subject, plan.elements, of_task_types=False, kept=kept)
    event.deficits = _text("Затруднения", plan.deficits, _LONGEST)
    event.practice_id = plan.practice_id


def _text(name: str, text: str, longest: int) -> str:
    words = text.replace("\r\n", "\n").strip()
    return require_length(words, longest, name)


def _led(
    session: Session, scope: Scope, event_id: int, version_seen: int | None = None, *, deleted: bool = False
) -> ClubEvent:
    """Return a line of a plan that the actor keeps, as they saw it."""
    event = session.get(ClubEvent, event_id)
    if event is None or (event.deleted_at is not None and not deleted):
        raise NotFound("Встреча")
    led_association(session, scope, event.association_id)
    if version_seen is not None and event.version != version_seen:
        raise EditConflict(f"Встречу «{event.title}» тем временем изменил другой человек.", "Обновите страницу.")
    return event


def _led_decision(session: Session, scope: Scope, decision_id: int) -> ClubDecision:
    row = live_row(session, ClubDecision, decision_id, "Решение")
    led_association(session, scope, row.association_id)
    return row
