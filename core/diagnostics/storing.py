"""Storing a previewed form: instrument, wave, answers — everything in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.blueprints.tables import Origin
from core.diagnostics.answers import pack_answers
from core.diagnostics.catalogue import remember_mapping
from core.diagnostics.changes import wave_scores
from core.diagnostics.defaults import DEFAULT_LEVELS
from core.diagnostics.instrument_tables import (
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentLevel,
)
from core.diagnostics.loading import live_responses
from core.diagnostics.preview import ChosenInstrument, SchoolChange, SurveyPreview
from core.diagnostics.reading.mapping import SurveyMapping
from core.diagnostics.teachers_met import associations_on
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, SurveyUploadState
from core.errors import EditConflict, InvalidInput
from core.intake.new_schools import create_schools
from core.intake.uploading import clean_file_name
from core.people.scope import Action, Scope
from core.people.teachers import code_name
from core.store.audit import insert_created
from core.store.base import utc_now


@dataclass(frozen=True, slots=True)
class StoredWave:
    """The result of storing. `is_new` is False when the same answers were stored before."""

    upload_id: int
    wave_id: int
    instrument_id: int
    is_new: bool


def store_survey(
    session: Session, scope: Scope, preview: SurveyPreview, operation_id: str | None = None
) -> StoredWave:
    """Store the preview. Raise InvalidInput for a refused file, EditConflict when the store changed since the preview.

    The caller's unit of work makes it all or nothing; a repeated `operation_id` gives back the first result.
    """
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    if preview.refused:
        raise InvalidInput("Файл не принят: в нём есть ошибки.", "Исправьте отмеченные ячейки и загрузите файл снова.")
    if preview.instrument is None or preview.organisation is None or preview.inspection.mapping is None:
        raise InvalidInput("В файле не распознаны ответы педагогов.", "Назначьте столбцы таблицы на экране загрузки.")
    if operation_id:
        done = session.exec(select(SurveyUpload).where(SurveyUpload.operation_id == operation_id)).first()
        if done is not None:
            return _stored(session, done, is_new=False)
    if preview.stored_before is not None:
        known = session.get(SurveyUpload, preview.stored_before.upload_id)
        if known is not None:
            return _stored(session, known, is_new=False)
    schools, scope = create_schools(session, scope, preview.new_schools, preview.options.create_organisations)
    organisation = preview.organisation.id or schools[preview.organisation.code]
    scope.require_organisation(organisation)
    instrument_id, item_ids = _instrument(session, preview.instrument, preview.inspection.mapping, organisation)
    wave = _wave(session, preview, instrument_id, item_ids, organisation)
    upload = SurveyUpload(
        wave_id=wave.id or 0, organisation_id=organisation, file_name=clean_file_name(preview.file_name),
        sha256=preview.sha256, uploaded_by=scope.actor_name, respondents=len(preview.respondents),
        without_consent=preview.inspection.without_consent,
        findings=[{"code": one.code, "message": one.message} for one in preview.findings[:20]],
        operation_id=operation_id,
    )
    session.add(upload)
    session.flush()
    _require_unchanged(session, wave, preview)
    _replace(session, upload, preview.changes)
    _add_responses(session, scope, preview, wave, upload, schools, item_ids)
    if preview.options.mapping is not None:
        remember_mapping(
            session, scope, preview.inspection.header, preview.inspection.mapping, instrument_id, organisation
        )
    return StoredWave(upload.id or 0, wave.id or 0, instrument_id, is_new=True)


def _instrument(
    session: Session, chosen: ChosenInstrument, mapping: SurveyMapping, organisation_id: int
) -> tuple[int, tuple[int, ...]]:
    """Return the instrument's id and the id of the item for each column of answers, creating what is new."""
    if chosen.view is not None:
        return chosen.view.id, chosen.item_ids
    row = Instrument(
        organisation_id=organisation_id, kind=mapping.kind, name=chosen.name, origin=Origin.UPLOADED,
        source="Вопросы взяты из загруженного файла",
    )
    session.add(row)
    session.flush()
    key = row.id or 0
    session.add_all(
        InstrumentAnswer(
            instrument_id=key, text=answer.text, score=answer.score, is_deficit=answer.is_deficit,
            is_resource=answer.is_resource,
        )
        for answer in mapping.answers
    )
    session.add_all(
        InstrumentLevel(instrument_id=key, name=level.name, from_share=level.from_share, is_deficit=level.is_deficit)
        for level in (chosen.like.levels if chosen.like is not None else DEFAULT_LEVELS)
    )
    items = [
        InstrumentItem(
            instrument_id=key, position=place, code=item.code[:20], text=item.text, section=item.section,
            competence_id=item.competence_id, maximum=item.maximum,
        )
        for place, item in enumerate(chosen.items, start=1)
    ]
    session.add_all(items)
    session.flush()
    return key, tuple(item.id or 0 for item in items)


def _wave(
    session: Session, preview: SurveyPreview, instrument_id: int, item_ids: tuple[int, ...], organisation_id: int
) -> DiagnosticWave:
    stored = session.get(DiagnosticWave, preview.wave_id) if preview.wave_id is not None else None
    if stored is not None:
        return stored
    wave = DiagnosticWave(
        instrument_id=instrument_id, organisation_id=organisation_id, kind=preview.options.wave,
        held_on=preview.held_on or date.today(), title=preview.options.title.strip()[:300], item_ids=list(item_ids),
    )
    session.add(wave)
    session.flush()
    return wave


def _require_unchanged(session: Session, wave: DiagnosticWave, preview: SurveyPreview) -> None:
    """Raise EditConflict when the stored answers of a school are no longer as the preview showed them."""
    seen = {change.organisation_id: set(change.replaced) for change in preview.changes}
    known = {row for rows in seen.values() for row in rows}
    for row in session.exec(live_responses(wave.id or 0)):
        changed_since = row.organisation_id in seen and bool(seen[row.organisation_id])
        if changed_since and (row.id or 0, row.version) not in known:
            raise EditConflict(
                "Пока Вы смотрели предпросмотр, ответы этой волны изменил другой человек.",
                "Откройте файл ещё раз: предпросмотр покажет отличия от новых данных.",
            )
        known.discard((row.id or 0, row.version))
    if known:
        raise EditConflict(
            "Пока Вы смотрели предпросмотр, часть ответов этой волны отменил другой человек.",
            "Откройте файл ещё раз: предпросмотр покажет отличия от новых данных.",
        )


def _replace(session: Session, upload: SurveyUpload, changes: tuple[SchoolChange, ...]) -> None:
    """Set aside the answers that the file replaces, and mark the uploads of which nothing is left."""
    earlier: set[int] = set()
    for change in changes:
        if change.is_empty:
            continue
        for key, _version in change.replaced:
            row = session.get(Response, key)
            if row is not None:
                row.deleted_at, row.replaced_by = utc_now(), upload.id
                session.add(row)
                earlier.add(row.upload_id)
    session.flush()
    for key in earlier:
        alive = session.exec(
            select(Response.id).where(Response.upload_id == key, col(Response.deleted_at).is_(None))
        ).first()
        before = session.get(SurveyUpload, key)
        if alive is None and before is not None:
            before.state = SurveyUploadState.REPLACED
            session.add(before)


def _add_responses(
    session: Session,
    scope: Scope,
    preview: SurveyPreview,
    wave: DiagnosticWave,
    upload: SurveyUpload,
    schools: dict[str, int],
    item_ids: tuple[int, ...],
) -> None:
    same = {change.organisation_id for change in preview.changes if change.is_empty}
    teachers = {one.teacher_id for one in preview.respondents if one.teacher_id is not None}
    associations = associations_on(session, teachers, wave.held_on)
    scores = wave_scores(preview, wave.item_ids, item_ids)
    rows: list[dict[str, object]] = []
    for one, answers in zip(preview.respondents, scores, strict=True):
        school = one.target.id or schools[one.target.code]
        scope.require_results(school, one.subject)
        if school in same:
            continue
        blob, checksum = pack_answers(answers)
        rows.append(
            {
                "wave_id": wave.id, "upload_id": upload.id, "organisation_id": school, "teacher_id": one.teacher_id,
                "code": one.code if one.teacher_id is None else code_name(one.teacher_id), "subject": one.subject,
                "position": one.position, "experience_years": one.experience_years, "consent": one.consent,
                "association_ids": associations.get(one.teacher_id or 0, []), "answers": blob,
                "answers_checksum": checksum, "version": 1,
            }
        )
    insert_created(session, Response, rows)


def _stored(session: Session, upload: SurveyUpload, *, is_new: bool) -> StoredWave:
    wave = session.get(DiagnosticWave, upload.wave_id)
    return StoredWave(upload.id or 0, upload.wave_id, wave.instrument_id if wave else 0, is_new)
