"""What proves that measures were carried out: files and links."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.access import updatable_measure, visible_measure
from core.planning.tables import Evidence, EvidenceKind
from core.store.attachments import fetch, forget, keep
from core.store.base import utc_now
from core.store.file_kinds import file_kind
from core.store.unit_of_work import reading, writing

_MOST = 50


def list_evidence(session: Session, scope: Scope, measure_id: int) -> list[Evidence]:
    """Return the proofs of a measure, the oldest first; raise NotFound when the actor does not see the measure."""
    visible_measure(session, scope, measure_id)
    query = select(Evidence).where(Evidence.measure_id == measure_id, col(Evidence.deleted_at).is_(None))
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
    kind = file_kind(file_name, content)
    stored = keep(content, kind.ending)
    try:
        with writing(engine, actor or scope.actor_name, scope.actor_id) as session:
            roadmap, _measure = updatable_measure(session, scope, measure_id)
            _require_room(session, measure_id)
            row = Evidence(
                organisation_id=roadmap.organisation_id, measure_id=measure_id, kind=EvidenceKind.FILE,
                title=_title(title, file_name), stored_name=stored, file_name=_plain_name(file_name),
                media_type=kind.media_type, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
                added_by=scope.actor_name,
            )
            session.add(row)
            session.flush()
            return row.id or 0
    except BaseException:
        forget(stored)
        raise


def attach_link(session: Session, scope: Scope, measure_id: int, url: str, title: str = "") -> Evidence:
    """Note an address as a proof. Raises InvalidInput for anything but an http or https address."""
    roadmap, _measure = updatable_measure(session, scope, measure_id)
    _require_room(session, measure_id)
    address = url.strip()
    parts = _split(address)
    if parts is None or len(address) > 2000 or any(sign.isspace() for sign in address):
        raise InvalidInput(f"«{address[:80]}» не похоже на адрес страницы.", "Вставьте адрес, который начинается с https://.")
    row = Evidence(
        organisation_id=roadmap.organisation_id, measure_id=measure_id, kind=EvidenceKind.LINK,
        title=_title(title, parts), url=address, added_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


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



def _found(session: Session, evidence_id: int) -> Evidence:
    row = session.get(Evidence, evidence_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("Подтверждение")
    return row


def _require_room(session: Session, measure_id: int) -> None:
    query = select(Evidence.id).where(Evidence.measure_id == measure_id, col(Evidence.deleted_at).is_(None))
    if len(session.exec(query).all()) >= _MOST:
        raise InvalidInput(f"К мероприятию приложено уже {_MOST} подтверждений.", "Удалите лишние.")


def _split(address: str) -> str | None:
    """Return the host of an http or https address; None for anything else."""
    try:
        parts = urlsplit(address)
        return parts.hostname if parts.scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def _plain_name(file_name: str) -> str:
    """Return the last part of the user's name of the file, without signs that no system allows."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    cleaned = "".join("_" if sign in '<>:"|?*' or not sign.isprintable() else sign for sign in name)
    return cleaned[-255:] or "файл"


def _title(title: str, otherwise: str) -> str:
    return (title.strip() or _plain_name(otherwise))[:300]
