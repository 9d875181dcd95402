"""Files and links of a practice: plans of lessons, sheets for pupils, recordings."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import NotAllowed
from core.people.scope import Scope
from core.practice.access import changeable_practice, visible_practice
from core.practice.tables import Practice, PracticeAttachment
from core.store.author import Author
from core.store.evidence import Attached, link_to_attach
from core.store.evidence_table import EvidenceTable, attach, bring_back, opened, take_away

_ATTACHMENTS = EvidenceTable(
    PracticeAttachment, "Приложение", 20, "К практике приложено уже 20 файлов и ссылок.", "Удалите лишние."
)


def list_attachments(session: Session, scope: Scope, practice_id: int) -> list[PracticeAttachment]:
    """Return what is attached, the oldest first; raise NotFound when the actor may not read the practice."""
    visible_practice(session, scope, practice_id)
    return _ATTACHMENTS.rows(session, PracticeAttachment.practice_id == practice_id)


def removed_attachments(session: Session, scope: Scope, practice_id: int) -> list[PracticeAttachment]:
    """Return what was taken away and can be restored, for those who may attach."""
    _attachable(session, scope, practice_id)
    return _ATTACHMENTS.rows(session, PracticeAttachment.practice_id == practice_id, deleted=True)


def attach_file(
    engine: Engine, scope: Scope, practice_id: int, file_name: str, content: bytes, title: str = ""
) -> int:
    """Keep a file with the practice, in a transaction of its own; return the id. Refusals are those of `store_file`."""
    return attach(
        engine, Author(scope.actor_name, scope.actor_id), file_name, content, title,
        may=lambda session: _attachable(session, scope, practice_id),
        add=lambda session, attached: _add(session, scope, practice_id, attached),
    )


def attach_link(session: Session, scope: Scope, practice_id: int, url: str, title: str = "") -> PracticeAttachment:
    """Note an address with the practice. Raises InvalidInput for anything but an http or https address."""
    return _add(session, scope, practice_id, link_to_attach(url, title))


def open_attachment(session: Session, scope: Scope, attachment_id: int) -> tuple[PracticeAttachment, bytes]:
    """Return a file with its content; raise NotFound out of scope, StoreUnavailable when it is damaged."""
    row = _ATTACHMENTS.found(session, attachment_id)
    visible_practice(session, scope, row.practice_id)
    return opened(row)


def remove_attachment(session: Session, scope: Scope, attachment_id: int) -> PracticeAttachment:
    """Take a file or a link away; it can be restored."""
    row = _ATTACHMENTS.found(session, attachment_id)
    _attachable(session, scope, row.practice_id)
    return take_away(session, row)


def restore_attachment(session: Session, scope: Scope, attachment_id: int) -> PracticeAttachment:
    """Bring a file or a link back."""
    row = _ATTACHMENTS.found(session, attachment_id, deleted=True)
    _attachable(session, scope, row.practice_id)
    return bring_back(session, row)


def _attachable(session: Session, scope: Scope, practice_id: int) -> Practice:
    """Return a practice to which the actor may attach: who may change it, and its author at any time."""
    practice, reader = visible_practice(session, scope, practice_id)
    if not reader.wrote(practice):
        try:
            changeable_practice(session, scope, practice_id)
        except NotAllowed as refusal:
            raise NotAllowed("Файлы прикладывает автор практики.", "Спросите его в обсуждении.") from refusal
    return practice


def _add(session: Session, scope: Scope, practice_id: int, attached: Attached) -> PracticeAttachment:
    practice = _attachable(session, scope, practice_id)
    row = PracticeAttachment(
        organisation_id=practice.organisation_id, practice_id=practice_id, **asdict(attached),
        added_by=scope.actor_name,
    )
    return _ATTACHMENTS.add(session, row, PracticeAttachment.practice_id == practice_id)
