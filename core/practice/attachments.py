"""Files and links of a practice: plans of lessons, sheets for pupils, recordings."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.scope import Scope
from core.practice.access import changeable_practice, visible_practice
from core.practice.tables import Practice, PracticeAttachment
from core.store.attachments import fetch
from core.store.base import utc_now
from core.store.evidence import Attached, Author, EvidenceKind, link_to_attach, store_file
from core.store.unit_of_work import reading

_MOST = 20


def list_attachments(session: Session, scope: Scope, practice_id: int) -> list[PracticeAttachment]:
    """Return what is attached, the oldest first; raise NotFound when the actor may not read the practice."""
    visible_practice(session, scope, practice_id)
    query = select(PracticeAttachment).where(
        PracticeAttachment.practice_id == practice_id, col(PracticeAttachment.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(PracticeAttachment.id))))


def removed_attachments(session: Session, scope: Scope, practice_id: int) -> list[PracticeAttachment]:
    """Return what was taken away and can be restored, for those who may attach."""
    _attachable(session, scope, practice_id)
    query = select(PracticeAttachment).where(
        PracticeAttachment.practice_id == practice_id, col(PracticeAttachment.deleted_at).is_not(None)
    )
    return list(session.exec(query.order_by(col(PracticeAttachment.id))))


def attach_file(
    engine: Engine, scope: Scope, practice_id: int, file_name: str, content: bytes, title: str = ""
) -> int:
    """Keep a file with the practice, in a transaction of its own; return the id. Refusals are those of `store_file`."""
    with reading(engine) as session:
        _attachable(session, scope, practice_id)

    def note(session: Session, attached: Attached) -> int:
        return _add(session, scope, _attachable(session, scope, practice_id), attached).id or 0

    return store_file(engine, Author(scope.actor_name, scope.actor_id), file_name, content, title, note)


def attach_link(session: Session, scope: Scope, practice_id: int, url: str, title: str = "") -> PracticeAttachment:
    """Note an address with the practice. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, _attachable(session, scope, practice_id), link_to_attach(url, title))


def open_attachment(session: Session, scope: Scope, attachment_id: int) -> tuple[PracticeAttachment, bytes]:
    """Return a file with its content; raise NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _found(session, attachment_id)
    visible_practice(session, scope, row.practice_id)
    if row.kind is not EvidenceKind.FILE:
        raise NotFound("Файл")
    return row, fetch(row.stored_name, row.sha256)


def remove_attachment(session: Session, scope: Scope, attachment_id: int) -> PracticeAttachment:
    """Take a file or a link away; it can be restored."""
    row = _found(session, attachment_id)
    _attachable(session, scope, row.practice_id)
    row.deleted_at = utc_now()
    session.add(row)
    return row


def restore_attachment(session: Session, scope: Scope, attachment_id: int) -> PracticeAttachment:
    """Bring a file or a link back."""
    row = session.get(PracticeAttachment, attachment_id)
    if row is None:
        raise NotFound("Приложение")
    _attachable(session, scope, row.practice_id)
    row.deleted_at = None
    session.add(row)
    return row


def _attachable(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Return a practice to which the actor may attach: who may change it, and its author at any time."""
    practice, reader = visible_practice(session, scope, practice_id)
    if not reader.wrote(practice):
        try:
            changeable_practice(session, scope, practice_id)
        except NotAllowed as refusal:
            raise NotAllowed("Файлы прикладывает автор практики.", "Спросите его в обсуждении.") from refusal
    return practice


def _add(session: Session, scope: Scope, practice: Practice, attached: Attached) -> PracticeAttachment:
    query = select(PracticeAttachment.id).where(
        PracticeAttachment.practice_id == practice.id, col(PracticeAttachment.deleted_at).is_(None)
    )
    if len(session.exec(query).all()) >= _MOST:
        raise InvalidInput(f"К практике приложено уже {_MOST} файлов и ссылок.", "Удалите лишние.")
    row = PracticeAttachment(
        organisation_id=practice.organisation_id, practice_id=practice.id or 0, **asdict(attached),
        added_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def _found(session: Session, attachment_id: int) -> PracticeAttachment:
    row = session.get(PracticeAttachment, attachment_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("Приложение")
    return row
