"""What proves that measures were carried out: files and links."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.access import updatable_measure, visible_measure
from core.planning.tables import Evidence
from core.store.attachments import fetch
from core.store.base import utc_now
from core.store.evidence import Attached, Author, EvidenceKind, link_to_attach, store_file
from core.store.unit_of_work import reading

_MOST = 50


def list_evidence(session: Session, scope: Scope, measure_id: int, *, deleted: bool = False) -> list[Evidence]:
    """Return the proofs of a measure, the oldest first, or those that were taken away.

    Raises NotFound when the actor does not see the measure.
    """
    visible_measure(session, scope, measure_id)
    there = col(Evidence.deleted_at)
    query = select(Evidence).where(
        Evidence.measure_id == measure_id, there.is_not(None) if deleted else there.is_(None)
    )
    return list(session.exec(query.order_by(col(Evidence.id))))


def attach_file(
    engine: Engine, scope: Scope, measure_id: int, file_name: str, content: bytes, title: str = "", actor: str = ""
) -> int:
    """Keep a file and note it as a proof, in a transaction of its own; return the id of the proof.

    Whatever fails, neither a file nor a note is left. `actor` is the name for the journal, by default the scope's.
    Raises InvalidInput for a file that is empty, larger than 20 MB, a program or not of an allowed kind.
    """
    with reading(engine) as session:
        updatable_measure(session, scope, measure_id)

    def note(session: Session, attached: Attached) -> int:
        roadmap, _measure = updatable_measure(session, scope, measure_id)
        return _add(session, scope, roadmap.organisation_id, measure_id, attached).id or 0

    return store_file(engine, Author(actor or scope.actor_name, scope.actor_id), file_name, content, title, note)


def attach_link(session: Session, scope: Scope, measure_id: int, url: str, title: str = "") -> Evidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    roadmap, _measure = updatable_measure(session, scope, measure_id)
    return _add(session, scope, roadmap.organisation_id, measure_id, link_to_attach(url, title))


def open_evidence(session: Session, scope: Scope, evidence_id: int) -> tuple[Evidence, bytes]:
    """Return a file of evidence with its content; raise NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _found(session, evidence_id)
    visible_measure(session, scope, row.measure_id)
    if row.kind is not EvidenceKind.FILE:
        raise NotFound("Файл")
    return row, fetch(row.stored_name, row.sha256)


def remove_evidence(session: Session, scope: Scope, evidence_id: int) -> None:
    """Take a proof away; the file stays until the row is thrown away, so that it can be restored."""
    row = _found(session, evidence_id)
    updatable_measure(session, scope, row.measure_id)
    row.deleted_at = utc_now()
    session.add(row)


def restore_evidence(session: Session, scope: Scope, evidence_id: int) -> Evidence:
    """Bring a proof back that was taken away."""
    row = session.get(Evidence, evidence_id)
    if row is None:
        raise NotFound("Подтверждение")
    updatable_measure(session, scope, row.measure_id)
    row.deleted_at = None
    session.add(row)
    return row


def _add(session: Session, scope: Scope, organisation_id: int, measure_id: int, attached: Attached) -> Evidence:
    _require_room(session, measure_id)
    row = Evidence(
        organisation_id=organisation_id, measure_id=measure_id, **asdict(attached), added_by=scope.actor_name
    )
    session.add(row)
    session.flush()
    return row


def _found(session: Session, evidence_id: int) -> Evidence:
    row = session.get(Evidence, evidence_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("Подтверждение")
    return row


def _require_room(session: Session, measure_id: int) -> None:
    query = select(Evidence.id).where(Evidence.measure_id == measure_id, col(Evidence.deleted_at).is_(None))
    if len(session.exec(query).all()) >= _MOST:
        raise InvalidInput(f"К мероприятию приложено уже {_MOST} подтверждений.", "Удалите лишние.")
