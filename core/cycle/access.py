"""Who sees a cycle, who leads it, who marks what was done on a stage."""

from __future__ import annotations

from sqlmodel import Session

from core.cycle.cycle_tables import Cycle, CycleStage, CycleState
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.organisations import get_organisation
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.store.live import live_row


def seen_organisation(session: Session, scope: Scope, organisation_id: int) -> Organisation:
    """Return an organisation whose cycle the actor may see; NotAllowed without the right, NotFound out of reach."""
    return get_organisation(session, scope.require(Action.VIEW), organisation_id)


def is_seen(session: Session, scope: Scope, organisation_id: int) -> bool:
    """Say whether the actor may see the cycle of an organisation; NotAllowed without the right to see any."""
    try:
        seen_organisation(session, scope, organisation_id)
    except NotFound:
        return False
    return True


def seen_cycle(session: Session, scope: Scope, cycle_id: int) -> Cycle:
    """Return a cycle that the actor may see; NotAllowed and NotFound as above, NotFound for a withdrawn one too."""
    row = live_row(session, Cycle, cycle_id, "Цикл")
    if not is_seen(session, scope, row.organisation_id):
        # A foreign cycle is told of in the words of one that there is not.
        raise NotFound("Цикл")
    return row


def may_lead(scope: Scope, organisation_id: int) -> bool:
    """Say whether the actor leads the cycle of the organisation: opens it, sets dates, keeps the regulations."""
    return scope.allows(Action.MANAGE_CYCLE) and scope.require(Action.MANAGE_CYCLE).sees_organisation(organisation_id)


def require_leading(scope: Scope, organisation_id: int) -> None:
    """Raise NotAllowed or NotFound unless the actor leads the cycle of the organisation."""
    scope.require(Action.MANAGE_CYCLE).require_organisation(organisation_id)


def led_cycle(session: Session, scope: Scope, cycle_id: int) -> Cycle:
    """Return an open cycle that the actor leads; InvalidInput for a closed one."""
    row = seen_cycle(session, scope, cycle_id)
    require_leading(scope, row.organisation_id)
    return _open(row)


def may_mark(scope: Scope, organisation_id: int, association_id: int | None) -> bool:
    """Say whether the actor marks what was done on a stage: who leads the cycle, or heads what answers for it."""
    if not scope.allows(Action.MARK_CYCLE):
        return False
    marking = scope.require(Action.MARK_CYCLE)
    if marking.sees_all_associations(organisation_id):
        return True
    return association_id is not None and marking.sees_association(association_id, organisation_id)


def markable_cycle(session: Session, scope: Scope, cycle_id: int, stage: CycleStage) -> Cycle:
    """Return the open cycle of a stage on which the actor marks; NotAllowed, NotFound and InvalidInput otherwise."""
    row = seen_cycle(session, scope, cycle_id)
    scope.require(Action.MARK_CYCLE)
    if not may_mark(scope, row.organisation_id, stage.association_id):
        raise NotAllowed(
            f"Этап {stage.number} отмечает администрация или руководитель объединения, которое за него отвечает.",
            "Сообщите о сделанном им.",
        )
    return _open(row)


def _open(row: Cycle) -> Cycle:
    if row.state is CycleState.CLOSED:
        raise InvalidInput("Этот цикл закрыт: его записи не меняют.", "Продолжайте в цикле следующего года.")
    return row
