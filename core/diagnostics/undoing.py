"""Taking back a file of answers, or a whole wave: what it had replaced counts again."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, SurveyUploadState
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.store.base import utc_now


def get_survey_upload(session: Session, scope: Scope, upload_id: int) -> SurveyUpload:
    """Return the upload; raise NotFound when any of its answers lies outside the scope."""
    upload = session.get(SurveyUpload, upload_id)
    if upload is None or not scope.knows_organisation(upload.organisation_id):
        raise NotFound("Загрузка анкеты")
    places = session.exec(
        select(Response.organisation_id, Response.subject).where(Response.upload_id == upload_id).distinct()
    )
    if not all(scope.sees_results(organisation, subject) for organisation, subject in places):
        raise NotFound("Загрузка анкеты")
    return upload


def undo_survey(session: Session, scope: Scope, upload_id: int) -> SurveyUpload:
    """Take a file back as a whole; a second time changes nothing.

    What a later file has replaced stays so: the answers before it pass to that file, and do not count beside it.
    """
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    upload = get_survey_upload(session, scope, upload_id)
    if upload.state is SurveyUploadState.UNDONE:
        return upload
    now = utc_now()
    later: dict[int, int | None] = {}
    for row in session.exec(select(Response).where(Response.upload_id == upload_id)).all():
        later[row.organisation_id] = row.replaced_by
        if row.deleted_at is None:
            row.deleted_at = now
            session.add(row)
    alive: set[int] = set()
    for row in session.exec(select(Response).where(Response.replaced_by == upload_id)).all():
        row.replaced_by = later.get(row.organisation_id)
        if row.replaced_by is None:
            row.deleted_at = row.deleted_by = None
            alive.add(row.upload_id)
        session.add(row)
    for key in alive:
        before = session.get(SurveyUpload, key)
        if before is not None and before.state is SurveyUploadState.REPLACED:
            before.state = SurveyUploadState.STORED
            session.add(before)
    upload.state = SurveyUploadState.UNDONE
    session.add(upload)
    return upload


def undo_wave(session: Session, scope: Scope, wave_id: int) -> int:
    """Take back every file of a wave, the newest first; return how many there were."""
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    wave = session.get(DiagnosticWave, wave_id)
    if wave is None or wave.deleted_at is not None or not scope.knows_organisation(wave.organisation_id):
        raise NotFound("Волна диагностики")
    uploads = session.exec(
        select(SurveyUpload.id)
        .where(SurveyUpload.wave_id == wave_id, SurveyUpload.state != SurveyUploadState.UNDONE)
        .order_by(col(SurveyUpload.id).desc())
    ).all()
    for upload_id in uploads:
        undo_survey(session, scope, upload_id or 0)
    return len(uploads)
