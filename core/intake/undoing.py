"""Undoing a whole upload, and undoing the undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from sqlmodel import Session, col, select

from core.errors import EditConflict, NotFound
from core.intake.previewing import live_classes
from core.intake.tables import Assessment, ClassWork, ReferenceRow, Upload, UploadState
from core.people.scope import Action, Scope
from core.store.base import utc_now


def get_upload(session: Session, scope: Scope, upload_id: int) -> Upload:
    """Return the upload; raise NotFound when any of its classes lies outside the scope."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise NotFound("Загрузка")
    query = select(ClassWork.school_id, Assessment.subject).join(
        Assessment, col(Assessment.id) == ClassWork.assessment_id
    )
    classes = set(session.exec(query.where(ClassWork.upload_id == upload_id)))
    if not all(scope.sees_results(school, subject) for school, subject in classes):
        raise NotFound("Загрузка")
    if not classes and scope.organisations is not None and upload.uploaded_by != scope.actor_name:
        raise NotFound("Загрузка")
    return upload


def undo_upload(session: Session, scope: Scope, upload_id: int) -> Upload:
    """Take an upload back as a whole: its rows are set aside, what it replaced counts again.

    What a later upload has replaced stays so: the row before it passes to that upload, and does not count beside it.
    """
    scope = scope.require(Action.UPLOAD)
    upload = get_upload(session, scope, upload_id)
    if upload.state is UploadState.UNDONE:
        return upload
    now = utc_now()
    later: dict[_Key, int | None] = {}
    own: list[ClassWork | ReferenceRow] = [
        *_rows(session, ClassWork, upload_id),
        *_rows(session, ReferenceRow, upload_id),
    ]
    for row in own:
        later[_key(row)] = row.replaced_by
        row.deleted_at, row.deleted_by = now, scope.actor_name
        session.add(row)
    restored = (
        *session.exec(select(ClassWork).where(ClassWork.replaced_by == upload_id)),
        *session.exec(select(ReferenceRow).where(ReferenceRow.replaced_by == upload_id)),
    )
    for row in restored:
        row.replaced_by = later.get(_key(row))
        session.add(row)
    for earlier_id in {row.upload_id for row in restored if row.replaced_by is None}:
        _set_state(session, earlier_id, UploadState.REPLACED, UploadState.STORED)
    upload.state = UploadState.UNDONE
    session.add(upload)
    return upload


def redo_upload(session: Session, scope: Scope, upload_id: int) -> Upload:
    """Bring an undone upload back in place of what it had replaced.

    Raise EditConflict when one of its classes has got later results meanwhile.
    """
    scope = scope.require(Action.UPLOAD)
    upload = get_upload(session, scope, upload_id)
    if upload.state is not UploadState.UNDONE:
        return upload
    rows = _rows(session, ClassWork, upload_id)
    live = {work: live_classes(session, work) for work in {row.assessment_id for row in rows}}
    for row in rows:
        now = live[row.assessment_id].get((row.school_id, row.class_name))
        if now is not None and now.upload_id > upload_id:
            raise EditConflict(
                f"Для класса «{row.class_name}» уже загружены другие результаты.",
                "Сначала отмените более позднюю загрузку или загрузите файл заново: предпросмотр покажет отличия.",
            )
        if now is not None:
            now.replaced_by = upload_id
            session.add(now)
            session.flush()
            if not any(_is_live(other) for other in _rows(session, ClassWork, now.upload_id)):
                _set_state(session, now.upload_id, UploadState.STORED, UploadState.REPLACED)
    reports = _rows(session, ReferenceRow, upload_id)
    for reference in reports:
        _replace_reference(session, reference)
    for restored in (*rows, *reports):
        restored.deleted_at = restored.deleted_by = None
        session.add(restored)
    upload.state = UploadState.STORED
    session.add(upload)
    return upload


def _replace_reference(session: Session, row: ReferenceRow) -> None:
    """Let a row of a report that comes back replace the one that stands in its place; a later one stays."""
    same = session.exec(
        select(ReferenceRow).where(
            *(getattr(ReferenceRow, name) == getattr(row, name) for name in _REFERENCE_KEY),
            col(ReferenceRow.deleted_at).is_(None),
            col(ReferenceRow.replaced_by).is_(None),
        )
    )
    for other in same:
        if other.upload_id > row.upload_id:
            raise EditConflict(
                f"Для «{row.group_name}» уже загружен другой отчёт.",
                "Сначала отмените более позднюю загрузку или загрузите файл заново.",
            )
        other.replaced_by = row.upload_id
        session.add(other)


_Row = TypeVar("_Row", ClassWork, ReferenceRow)
_Key: TypeAlias = tuple[object, ...]
_REFERENCE_KEY = ("procedure", "subject", "grade", "year", "kind", "group_level", "group_name", "owner_id")


def _key(row: ClassWork | ReferenceRow) -> _Key:
    """Return what is the same in a row and in the one that replaces it."""
    if isinstance(row, ClassWork):
        return row.assessment_id, row.school_id, row.class_name
    return tuple(getattr(row, name) for name in _REFERENCE_KEY)


def _rows(session: Session, table: type[_Row], upload_id: int) -> Sequence[_Row]:
    return session.exec(select(table).where(table.upload_id == upload_id)).all()


def _is_live(row: ClassWork) -> bool:
    return row.deleted_at is None and row.replaced_by is None


def _set_state(session: Session, upload_id: int, old: UploadState, new: UploadState) -> None:
    upload = session.get(Upload, upload_id)
    if upload is not None and upload.state is old:
        upload.state = new
        session.add(upload)
