"""What was uploaded: the files of waves, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.diagnostics.instrument_tables import Instrument
from core.diagnostics.undoing import get_survey_upload
from core.diagnostics.wave_tables import DiagnosticWave, SurveyUpload, SurveyUploadState
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.words import day


@dataclass(frozen=True, slots=True)
class SurveyUploadSummary:
    """One stored file: the wave it belongs to in words, and how many teachers it holds."""

    id: int
    wave: str
    file_name: str
    respondents: int
    without_consent: int
    state: SurveyUploadState
    uploaded_at: datetime
    uploaded_by: str


def list_survey_uploads(session: Session, scope: Scope) -> tuple[SurveyUploadSummary, ...]:
    """Return the uploads that the actor may undo, the newest first."""
    allowed = scope.require(Action.MANAGE_DIAGNOSTICS)
    query = (
        select(SurveyUpload, DiagnosticWave, Instrument)
        .join(DiagnosticWave, col(DiagnosticWave.id) == SurveyUpload.wave_id)
        .join(Instrument, col(Instrument.id) == DiagnosticWave.instrument_id)
        .where(col(SurveyUpload.deleted_at).is_(None))
        .order_by(col(SurveyUpload.id).desc())
    )
    found = []
    for upload, wave, instrument in session.exec(query).all():
        try:
            get_survey_upload(session, allowed, upload.id or 0)
        except NotFound:
            continue
        words = ", ".join(part for part in (instrument.name, wave.title, wave.kind.value, day(wave.held_on)) if part)
        found.append(
            SurveyUploadSummary(
                upload.id or 0, words, upload.file_name, upload.respondents, upload.without_consent, upload.state,
                upload.uploaded_at, upload.uploaded_by,
            )
        )
    return tuple(found)
