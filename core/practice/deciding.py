"""The way of a practice: on trial in a club, tried, recommended to others, or rejected with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.association_tables import Association
from core.people.associations import association_name
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.practice.access import decides, reader_of, visible_association, visible_practice
from core.practice.effect import effects_of, seen_from_outside
from core.practice.effect_words import frozen_effects
from core.practice.states import NEXT, PracticeState
from core.practice.tables import Practice, PracticeStep
from core.words import day

_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Trial:
    """Where, by whom and until when a practice is tried."""

    association_id: int
    responsible: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """By which decision a practice was tried or is recommended."""

    body: str
    protocol_number: str
    protocol_date: date
    reason: str = ""


def send_to_trial(session: Session, scope: Scope, practice_id: int, trial: Trial, version_seen: int) -> Practice:
    """Let a club or an association try the practice; from now on the whole municipality reads it.

    Raises InvalidInput out of turn or for a term that cannot be, EditConflict when somebody was faster.
    """
    practice = _taken(session, scope, practice_id, version_seen, PracticeState.ON_TRIAL)
    association = visible_association(session, scope, trial.association_id)
    if not trial.responsible.strip():
        raise InvalidInput("Не указано, кто отвечает за апробацию.", "Впишите фамилию или должность.")
    _require_days(trial.starts_on, trial.ends_on)
    if trial.ends_on <= trial.starts_on:
        raise InvalidInput(
            f"Апробация кончается ({day(trial.ends_on)}) не позже, чем начинается ({day(trial.starts_on)}).",
            "Исправьте даты.",
        )
    step = _step(scope, practice, PracticeState.ON_TRIAL)
    step.association_id, step.body = association.id, association_name(association)[:300]
    step.responsible = trial.responsible.strip()[:300]
    step.starts_on, step.ends_on = trial.starts_on, trial.ends_on
    practice.association_id, practice.trial_until = association.id, trial.ends_on
    return _done(session, practice, step)


def decide(
    session: Session, scope: Scope, practice_id: int, state: PracticeState, verdict: Verdict, version_seen: int
) -> Practice:
    """Note that the practice was tried, or that it is recommended; the change of results is kept as it stands today.

    Raises likewise, and InvalidInput without number and date of the minutes.
    """
    if state not in (PracticeState.TRIED, PracticeState.RECOMMENDED):
        raise ValueError(f"not a verdict: {state}")
    practice = _taken(session, scope, practice_id, version_seen, state)
    if not verdict.protocol_number.strip():
        raise InvalidInput("Не указан номер протокола.", "Впишите номер и дату протокола.")
    _require_days(verdict.protocol_date)
    if verdict.protocol_date > date.today():
        raise InvalidInput(f"Дата протокола {day(verdict.protocol_date)} ещё не наступила.", "Исправьте дату.")
    step = _step(scope, practice, state)
    step.association_id = practice.association_id
    step.body = verdict.body.strip()[:300] or _body(session, practice)
    step.protocol_number, step.protocol_date = verdict.protocol_number.strip()[:60], verdict.protocol_date
    step.reason = _good_reason(verdict.reason)
    step.effects = frozen_effects(effects_of(session, seen_from_outside(scope), practice_id))
    practice.trial_until = None
    return _done(session, practice, step)


def reject(session: Session, scope: Scope, practice_id: int, reason: str, version_seen: int) -> Practice:
    """Reject a practice, or withdraw a recommendation; the author reads the reason. Raises likewise."""
    practice = _taken(session, scope, practice_id, version_seen, PracticeState.REJECTED)
    if not reason.strip():
        raise InvalidInput("Не сказано, почему практика отклонена.", "Напишите причину: её прочитает автор.")
    step = _step(scope, practice, PracticeState.REJECTED)
    step.reason = _good_reason(reason)
    practice.trial_until = None
    return _done(session, practice, step)


def trial_places(session: Session, scope: Scope, practice_id: int) -> list[Association]:
    """Return the clubs and associations in which the practice can be tried: of its subject, clubs first."""
    practice, reader = visible_practice(session, scope, practice_id)
    query = select(Association).where(col(Association.deleted_at).is_(None))
    found = [
        row
        for row in session.exec(query)
        if reader.reads(row.organisation_id) and (not row.subjects or practice.subject in row.subjects)
    ]
    return sorted(found, key=lambda row: (row.kind.value != "предметный клуб", row.kind.value, row.name))


def _taken(
    session: Session, scope: Scope, practice_id: int, version_seen: int, state: PracticeState
) -> Practice:
    """Return a practice on which the actor may take this decision now, as they saw it."""
    practice, _reader = visible_practice(session, scope, practice_id)
    scope.require(Action.DECIDE_PRACTICES)
    if not decides(scope, practice.organisation_id, practice.subject):
        raise NotAllowed(
            f"О практике «{practice.title}» решают руководитель объединения и методист её организации.",
            "Обратитесь к ним.",
        )
    teacher = reader_of(session, scope).teacher_id
    if teacher is not None and teacher == practice.author_teacher_id:
        raise NotAllowed("О собственной практике решает другой человек.", "Попросите методиста или руководителя.")
    if practice.version != version_seen:
        raise EditConflict(f"{_what_happened(session, practice)} Сейчас: {practice.state.value}.", "Обновите страницу.")
    if state not in NEXT[practice.state]:
        raise InvalidInput(
            f"Практика сейчас {practice.state.value}, поэтому «{state.value}» она стать не может.",
            "Порядок такой: предложена, на апробации, апробирована, рекомендована.",
        )
    return practice


def _what_happened(session: Session, practice: Practice) -> str:
    query = select(PracticeStep).where(PracticeStep.practice_id == practice.id).order_by(col(PracticeStep.id).desc())
    step = session.exec(query.limit(1)).first()
    if step is None:
        return f"Практику «{practice.title}» тем временем изменил кто-то другой."
    return f"С практикой «{practice.title}» уже поработал другой человек ({step.state.value}: {step.actor})."


def _done(session: Session, practice: Practice, step: PracticeStep) -> Practice:
    practice.state = step.state
    session.add(step)
    session.add(practice)
    session.flush()
    return practice


def _step(scope: Scope, practice: Practice, state: PracticeState) -> PracticeStep:
    if practice.id is None:
        raise NotFound("Практика")
    return PracticeStep(
        organisation_id=practice.organisation_id, practice_id=practice.id, state=state, actor=scope.actor_name,
        actor_id=scope.actor_id,
    )


def _body(session: Session, practice: Practice) -> str:
    association = session.get(Association, practice.association_id) if practice.association_id is not None else None
    return association_name(association)[:300] if association is not None else ""


def _good_reason(reason: str) -> str:
    text = reason.strip()
    return require_length(text, 2000, "Пояснение")


def _require_days(*days: date) -> None:
    for one in days:
        if one.year not in _YEARS:
            raise InvalidInput(f"Дата {day(one)} невозможна.", "Проверьте год.")
