"""What proves a mark by hand, and the texts of regulations: files and links."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.cycle.access import markable_cycle, may_mark, require_leading, seen_organisation
from core.cycle.cycle_tables import CycleEvidence, CycleMark, Regulation
from core.cycle.hand_marks import stage_of
from core.errors import InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.store.attachments import fetch
from core.store.base import utc_now
from core.store.evidence import Attached, Author, EvidenceKind, link_to_attach, store_file
from core.store.unit_of_work import reading

_MOST = 20


@dataclass(frozen=True, slots=True)
class Proven:
    """To what a file or a link belongs: a mark or a regulation, by its id; the other one is None."""

    mark_id: int | None = None
    regulation_id: int | None = None


def list_evidence(session: Session, scope: Scope, proven: Proven, *, deleted: bool = False) -> list[CycleEvidence]:
    """Return the files and links, the oldest first, or those that were taken away.

    Texts of regulations are for everybody who sees the organisation; what proves a mark may name people and is for
    those who mark on its stage: NotAllowed or NotFound otherwise.
    """
    _readable(session, scope, proven)
    there = col(CycleEvidence.deleted_at)
    query = select(CycleEvidence).where(
        CycleEvidence.mark_id == proven.mark_id, CycleEvidence.regulation_id == proven.regulation_id,
        there.is_not(None) if deleted else there.is_(None),
    )
    return list(session.exec(query.order_by(col(CycleEvidence.id))))


def attach_file(engine: Engine, scope: Scope, proven: Proven, file_name: str, content: bytes, title: str = "") -> int:
    """Keep a file, in a transaction of its own; return its id. Refusals are those of `store_file`."""
    with reading(engine) as session:
        _changeable(session, scope, proven)

    def note(session: Session, attached: Attached) -> int:
        return _add(session, scope, proven, attached).id or 0

    return store_file(engine, Author(scope.actor_name, scope.actor_id), file_name, content, title, note)


def attach_link(session: Session, scope: Scope, proven: Proven, url: str, title: str = "") -> CycleEvidence:
    """Note an address. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, proven, link_to_attach(url, title))


def open_evidence(session: Session, scope: Scope, evidence_id: int) -> tuple[CycleEvidence, bytes]:
    """Return a file with its content; refusals as `list_evidence`, StoreUnavailable when it is damaged."""
    row = _found(session, evidence_id)
    _readable(session, scope, Proven(row.mark_id, row.regulation_id))
    if row.deleted_at is not None or row.kind is not EvidenceKind.FILE:
        raise NotFound("Файл")
    return row, fetch(row.stored_name, row.sha256)


def remove_evidence(session: Session, scope: Scope, evidence_id: int) -> CycleEvidence:
    """Take a file or a link away; it can be brought back."""
    row = _found(session, evidence_id)
    _changeable(session, scope, Proven(row.mark_id, row.regulation_id))
    row.deleted_at = utc_now()
    session.add(row)
    return row


def restore_evidence(session: Session, scope: Scope, evidence_id: int) -> CycleEvidence:
    """Bring a file or a link back that was taken away."""
    row = _found(session, evidence_id)
    _changeable(session, scope, Proven(row.mark_id, row.regulation_id))
    row.deleted_at = None
    session.add(row)
    return row


def _add(session: Session, scope: Scope, proven: Proven, attached: Attached) -> CycleEvidence:
    organisation_id = _changeable(session, scope, proven)
    if len(list_evidence(session, scope, proven)) >= _MOST:
        raise InvalidInput(f"Приложено уже {_MOST} документов.", "Уберите лишние.")
    row = CycleEvidence(
        organisation_id=organisation_id, mark_id=proven.mark_id, regulation_id=proven.regulation_id,
        **asdict(attached), added_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def _changeable(session: Session, scope: Scope, proven: Proven) -> int:
    """Return whose it is; raise unless the actor marks on the stage of an open cycle, or keeps the regulations."""
    owner = _owner(session, proven)
    seen_organisation(session, scope, owner)
    mark = session.get(CycleMark, proven.mark_id) if proven.mark_id is not None else None
    if mark is None:
        require_leading(scope, owner)
    else:
        markable_cycle(session, scope, mark.cycle_id, stage_of(session, mark.cycle_id, mark.stage_number))
    return owner


def _readable(session: Session, scope: Scope, proven: Proven) -> None:
    owner = _owner(session, proven)
    seen_organisation(session, scope, owner)
    mark = session.get(CycleMark, proven.mark_id) if proven.mark_id is not None else None
    if mark is None:
        return
    scope.require(Action.MARK_CYCLE)
    if not may_mark(scope, owner, stage_of(session, mark.cycle_id, mark.stage_number).association_id):
        raise NotFound("Подтверждение")


def _owner(session: Session, proven: Proven) -> int:
    if proven.mark_id is not None:
        mark = session.get(CycleMark, proven.mark_id)
        if mark is not None:
            return mark.organisation_id
    elif proven.regulation_id is not None:
        regulation = session.get(Regulation, proven.regulation_id)
        if regulation is not None and regulation.deleted_at is None:
            return regulation.organisation_id
    raise NotFound("То, к чему приложен документ")


def _found(session: Session, evidence_id: int) -> CycleEvidence:
    row = session.get(CycleEvidence, evidence_id)
    if row is None:
        raise NotFound("Документ")
    return row
