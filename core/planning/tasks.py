"""Tasks that came of decisions and belong to no roadmap."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.planning.access import actor_of, changes, sees
from core.planning.measure_values import require_note
from core.planning.statuses import DONE_STATUSES, OPEN_STATUSES, MeasureStatus
from core.planning.tables import Task


def list_tasks(session: Session, scope: Scope, *, mine: bool = False, with_closed: bool = False) -> list[Task]:
    """Return the tasks that the actor sees, or only their own, the nearest first; tasks without a day come last."""
    scope.require(Action.VIEW_ROADMAPS)
    actor = actor_of(session, scope)

    def is_wanted(row: Task) -> bool:
        if row.status not in OPEN_STATUSES and not with_closed:
            return False
        own = _is_own(row, actor.teacher_id, scope.actor_id)
        return own or (not mine and sees(scope, actor, row.organisation_id, row.association_id))

    found = [row for row in session.exec(select(Task).where(col(Task.deleted_at).is_(None))) if is_wanted(row)]
    return sorted(found, key=lambda row: (row.due_on or date.max, row.id or 0))


def update_task(
    session: Session, scope: Scope, task_id: int, status: MeasureStatus, note: str, version_seen: int,
    today: date | None = None,
) -> Task:
    """Set the status of a task. Who answers for it may, and who holds the meetings.

    Raises InvalidInput for a missing note, EditConflict when somebody else changed it meanwhile.
    """
    scope.require(Action.VIEW_ROADMAPS)
    task = session.get(Task, task_id)
    actor = actor_of(session, scope)
    if task is None or task.deleted_at is not None:
        raise NotFound("Поручение")
    own = _is_own(task, actor.teacher_id, scope.actor_id)
    if not own and not sees(scope, actor, task.organisation_id, task.association_id):
        raise NotFound("Поручение")
    if not own and not changes(scope, Action.HOLD_MEETINGS, task.organisation_id, task.association_id):
        raise NotAllowed("Поручение отмечает исполнитель или тот, кто ведёт заседания.")
    if task.version != version_seen:
        raise EditConflict(
            f"Поручение тем временем изменил кто-то другой: сейчас «{task.status.value}».", "Обновите страницу."
        )
    require_note(status, note)
    task.status, task.status_note = status, note.strip()[:2000]
    task.done_on = (today or date.today()) if status in DONE_STATUSES else None
    session.add(task)
    session.flush()
    return task


def _is_own(task: Task, teacher_id: int | None, account_id: int | None) -> bool:
    by_account = task.account_id is not None and task.account_id == account_id
    return by_account or (task.teacher_id is not None and task.teacher_id == teacher_id)
