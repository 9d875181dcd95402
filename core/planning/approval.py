"""The way of a roadmap to its approval: association, council, order; back with remarks; editions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.planning.access import changes, id_of, visible_roadmap
from core.planning.measures import tree_of
from core.planning.periods import deadline_of
from core.planning.remarks import new_remark
from core.planning.snapshots import keep_snapshot
from core.planning.tables import ApprovalKind, ApprovalStep, MeasureKind, Roadmap, RoadmapState, SnapshotReason
from core.planning.tree import flat
from core.words import day

_OPEN = frozenset({RoadmapState.DRAFT, RoadmapState.RETURNED})


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where and by whom a roadmap was agreed. `body` is the association or council, `post` and `person` who signs."""

    body: str
    protocol_number: str
    protocol_date: date
    post: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """By which order a roadmap was approved. `body` is the organisation; the protocol may be left out."""

    order_number: str
    order_date: date
    body: str = ""
    post: str = ""
    person: str = ""
    protocol_number: str = ""
    protocol_date: date | None = None


def agree_by_association(
    session: Session, scope: Scope, roadmap_id: int, agreement: Agreement, version_seen: int
) -> Roadmap:
    """Note that the association agreed. Raises InvalidInput out of turn, EditConflict when somebody was faster."""
    roadmap = _taken(session, scope, roadmap_id, version_seen, Action.HOLD_MEETINGS, whole=False)
    if roadmap.association_id is None:
        raise InvalidInput(
            "Эта дорожная карта составлена не для объединения.", "Сразу согласуйте её с методическим советом."
        )
    _require_turn(roadmap, _OPEN, "согласовать с объединением")
    _require_ready(session, roadmap)
    return _agree(session, scope, roadmap, agreement, RoadmapState.AGREED_BY_ASSOCIATION)


def agree_by_council(
    session: Session, scope: Scope, roadmap_id: int, agreement: Agreement, version_seen: int
) -> Roadmap:
    """Note that the council agreed: after the association, or at once for a roadmap without one. Raises likewise."""
    roadmap = _taken(session, scope, roadmap_id, version_seen, Action.HOLD_MEETINGS, whole=True)
    turn = _OPEN if roadmap.association_id is None else frozenset({RoadmapState.AGREED_BY_ASSOCIATION})
    _require_turn(roadmap, turn, "согласовать с советом")
    _require_ready(session, roadmap)
    return _agree(session, scope, roadmap, agreement, RoadmapState.AGREED_BY_COUNCIL)


def approve(session: Session, scope: Scope, roadmap_id: int, order: Order, version_seen: int) -> Roadmap:
    """Approve a roadmap by order after the council; its content is frozen as the edition in force. Raises likewise."""
    roadmap = _taken(session, scope, roadmap_id, version_seen, Action.APPROVE_ROADMAPS, whole=True)
    _require_turn(roadmap, frozenset({RoadmapState.AGREED_BY_COUNCIL}), "утвердить")
    if not order.order_number.strip():
        raise InvalidInput("Не указан номер приказа.", "Впишите номер и дату приказа.")
    _require_past(order.order_date, "Дата приказа")
    snapshot = keep_snapshot(session, scope, roadmap, SnapshotReason.APPROVAL)
    step = _step(scope, roadmap, ApprovalKind.APPROVED, order.body, order.post, order.person)
    step.order_number, step.order_date = order.order_number.strip()[:60], order.order_date
    step.protocol_number, step.protocol_date = order.protocol_number.strip()[:60], order.protocol_date
    step.snapshot_id = snapshot.id
    session.add(step)
    roadmap.state, roadmap.approved_edition = RoadmapState.APPROVED, roadmap.edition
    session.add(roadmap)
    session.flush()
    return roadmap


def return_with_remarks(
    session: Session, scope: Scope, roadmap_id: int, remarks: Mapping[int | None, str], version_seen: int
) -> Roadmap:
    """Send an agreed roadmap back; `remarks` holds texts by the id of the measure, None for the whole roadmap.

    Raises InvalidInput without a remark, or for a roadmap that is a draft or approved; EditConflict likewise.
    """
    action = Action.APPROVE_ROADMAPS if scope.allows(Action.APPROVE_ROADMAPS) else Action.HOLD_MEETINGS
    roadmap = _taken(session, scope, roadmap_id, version_seen, action, whole=action is Action.APPROVE_ROADMAPS)
    agreed = frozenset({RoadmapState.AGREED_BY_ASSOCIATION, RoadmapState.AGREED_BY_COUNCIL})
    _require_turn(roadmap, agreed | {RoadmapState.DRAFT}, "вернуть")
    rows = [new_remark(roadmap.organisation_id, roadmap_id, roadmap.edition, scope, text) for text in remarks.values()]
    if not rows:
        raise InvalidInput("Замечаний нет.", "Напишите, что нужно исправить.")
    known = {branch.row.id for branch in flat(tree_of(session, roadmap_id))}
    for row, measure_id in zip(rows, remarks, strict=True):
        row.measure_id = measure_id if measure_id in known else None
        session.add(row)
    step = _step(scope, roadmap, ApprovalKind.RETURNED, "", "", "")
    step.remark = "\n".join(row.text for row in rows)[:2000]
    session.add(step)
    roadmap.state = RoadmapState.RETURNED
    session.add(roadmap)
    session.flush()
    return roadmap


def list_steps(session: Session, scope: Scope, roadmap_id: int) -> list[ApprovalStep]:
    """Return the steps of all editions, the first one first."""
    visible_roadmap(session, scope, roadmap_id)
    query = select(ApprovalStep).where(ApprovalStep.roadmap_id == roadmap_id)
    return list(session.exec(query.order_by(col(ApprovalStep.id))))


def approval_cautions(session: Session, scope: Scope, roadmap_id: int) -> list[str]:
    """Say what people may want to mend before they agree: deadlines and owners that are missing or not understood."""
    visible_roadmap(session, scope, roadmap_id)
    found: list[str] = []
    for branch in flat(tree_of(session, roadmap_id)):
        row, number = branch.row, branch.number
        if row.kind is MeasureKind.GROUP:
            continue
        deadline = deadline_of(row)
        if not row.deadline_text:
            found.append(f"Пункт {number}: не указан срок.")
        elif not deadline.is_understood:
            found.append(f"Пункт {number}: срок «{' '.join(row.deadline_text.split())}» не понят.")
        if not row.owner_post and row.owner_teacher_id is None and row.owner_account_id is None:
            found.append(f"Пункт {number}: не указан исполнитель.")
        if not row.indicator:
            found.append(f"Пункт {number}: нет индикативного показателя.")
    return found


def _taken(
    session: Session, scope: Scope, roadmap_id: int, version_seen: int, action: Action, *, whole: bool
) -> Roadmap:
    """Return a roadmap on which the actor may act, as they saw it; `whole`: only who acts for the organisation."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    association = None if whole else roadmap.association_id
    if not changes(scope, action, roadmap.organisation_id, association):
        raise NotAllowed(f"Нет права {action.value} для «{roadmap.title}».", "Обратитесь к руководителю организации.")
    if roadmap.version != version_seen:
        raise EditConflict(f"{_what_happened(session, roadmap)} Сейчас: {roadmap.state.value}.", "Обновите страницу.")
    return roadmap


def _what_happened(session: Session, roadmap: Roadmap) -> str:
    """Say who took the last step, for somebody who was slower."""
    query = select(ApprovalStep).where(ApprovalStep.roadmap_id == roadmap.id).order_by(col(ApprovalStep.id).desc())
    step = session.exec(query.limit(1)).first()
    if step is None:
        return f"«{roadmap.title}» тем временем изменил кто-то другой."
    order = f" (приказ № {step.order_number})" if step.order_number else ""
    return f"С дорожной картой «{roadmap.title}» уже поработал другой человек: {step.kind.value}{order}, {step.actor}."


def _agree(
    session: Session, scope: Scope, roadmap: Roadmap, agreement: Agreement, state: RoadmapState
) -> Roadmap:
    if not agreement.protocol_number.strip():
        raise InvalidInput("Не указан номер протокола.", "Впишите номер и дату протокола.")
    _require_past(agreement.protocol_date, "Дата протокола")
    is_council = state is RoadmapState.AGREED_BY_COUNCIL
    kind = ApprovalKind.AGREED_BY_COUNCIL if is_council else ApprovalKind.AGREED_BY_ASSOCIATION
    step = _step(scope, roadmap, kind, agreement.body, agreement.post, agreement.person)
    step.protocol_number, step.protocol_date = agreement.protocol_number.strip()[:60], agreement.protocol_date
    session.add(step)
    roadmap.state = state
    session.add(roadmap)
    session.flush()
    return roadmap


def _step(scope: Scope, roadmap: Roadmap, kind: ApprovalKind, body: str, post: str, person: str) -> ApprovalStep:
    return ApprovalStep(
        organisation_id=roadmap.organisation_id, roadmap_id=id_of(roadmap), edition=roadmap.edition, kind=kind,
        body=body.strip()[:300], post=post.strip()[:300], person=person.strip()[:200], actor=scope.actor_name,
        actor_id=scope.actor_id,
    )


def _require_turn(roadmap: Roadmap, turn: frozenset[RoadmapState], verb: str) -> None:
    if roadmap.state not in turn:
        names = " или ".join(f"«{state.value}»" for state in RoadmapState if state in turn)
        raise InvalidInput(
            f"Дорожную карту нельзя {verb}: сейчас она «{roadmap.state.value}», а нужно {names}.",
            "Порядок такой: объединение, совет, приказ.",
        )


def _require_ready(session: Session, roadmap: Roadmap) -> None:
    branches = flat(tree_of(session, id_of(roadmap)))
    if not any(branch.row.kind is MeasureKind.MEASURE for branch in branches):
        raise InvalidInput("В дорожной карте нет ни одного мероприятия.", "Добавьте мероприятия.")


def _require_past(when: date, name: str) -> None:
    if when > date.today():
        raise InvalidInput(f"{name} {day(when)} ещё не наступила.", "Исправьте дату.")


def steps_of_edition(steps: Sequence[ApprovalStep], edition: int) -> list[ApprovalStep]:
    """Return the steps that count for an edition: those after its last change or return."""
    found: list[ApprovalStep] = []
    for step in steps:
        if step.edition != edition:
            continue
        if step.kind in (ApprovalKind.CHANGED, ApprovalKind.RETURNED):
            found.clear()
        else:
            found.append(step)
    return found
