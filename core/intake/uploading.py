"""Storing a previewed upload: everything in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput
from core.intake.new_schools import create_schools
from core.intake.packing import pack_class
from core.intake.personal import without_persons
from core.intake.preview import ClassPreview, UploadPreview, WorkPreview
from core.intake.previewing import live_classes
from core.intake.reference import store_report
from core.intake.resolving import find_assessment, items_key
from core.intake.tables import Assessment, ClassWork, Upload, UploadState
from core.people.scope import Action, Scope
from core.store.audit import insert_created

_NAME_LENGTH = 160


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """The result of storing: the upload and its works. `is_new` is False when the content was stored before."""

    upload_id: int
    assessment_ids: tuple[int, ...]
    is_new: bool


def store_upload(
    session: Session, scope: Scope, preview: UploadPreview, operation_id: str | None = None
) -> StoredUpload:
    """Store the preview. Raise InvalidInput for a refused file, EditConflict when the store changed since the preview.

    The caller's unit of work makes it all or nothing; a repeated `operation_id` gives back the first result.
    """
    scope = scope.require(Action.UPLOAD)
    if preview.refused:
        raise InvalidInput("Файл не принят: в нём есть ошибки.", "Исправьте отмеченные ячейки и загрузите файл снова.")
    if not (preview.works or preview.reports):
        raise InvalidInput("В файле не распознаны результаты.", "Назначьте столбцы таблицы на экране загрузки.")
    if operation_id:
        done = session.exec(select(Upload).where(Upload.operation_id == operation_id)).first()
        if done is not None and done.id is not None:
            return StoredUpload(done.id, _assessments_of(session, done.id), is_new=False)
    if preview.stored_before is not None:
        known = preview.stored_before.upload_id
        return StoredUpload(known, _assessments_of(session, known), is_new=False)
    upload = Upload(
        file_name=clean_file_name(preview.file_name),
        sha256=preview.sha256,
        layout=preview.layout or "",
        uploaded_by=scope.actor_name,
        participants=preview.participants,
        absent=preview.absent,
        findings=[{"code": one.code, "message": one.message} for one in preview.findings[:20]],
        operation_id=operation_id,
    )
    session.add(upload)
    session.flush()
    schools, scope = create_schools(session, scope, preview.new_schools, preview.create_organisations)
    assessments = [_store_work(session, scope, work, upload, schools) for work in preview.works]
    for report in preview.reports:
        store_report(session, scope, report, upload)
    session.flush()
    _mark_replaced(session, upload)
    return StoredUpload(upload.id or 0, tuple(dict.fromkeys(assessments)), is_new=True)


def clean_file_name(name: str) -> str:
    """Return the file's name as data to show: no folders, control characters or persons, at most 160 characters."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = without_persons("".join(letter for letter in name if letter.isprintable()))
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 20]}…{name[-18:]}"


def _store_work(session: Session, scope: Scope, work: WorkPreview, upload: Upload, schools: dict[str, int]) -> int:
    assessment = find_assessment(session, work.key, work.parsed.items)
    if assessment is None:
        assessment = Assessment(
            procedure=work.key.procedure or "",
            subject=work.key.subject or "",
            grade=work.key.grade,
            year=work.key.year or 0,
            held_on=work.key.held_on,
            title=work.key.title,
            item_codes=[item.code for item in work.parsed.items],
            item_maxima=[item.max_score for item in work.parsed.items],
            item_levels=[item.level for item in work.parsed.items],
            items_key=items_key(work.parsed.items),
            blueprint_id=work.blueprint_id,
        )
        session.add(assessment)
        session.flush()
    stored = live_classes(session, assessment.id or 0)
    absent = work.parsed.absent
    rows: list[dict[str, object]] = []
    for part in work.classes:
        school_id = part.school.id or schools[part.school.code]
        scope.require_results(school_id, assessment.subject)
        before = stored.get((school_id, part.part.class_name))
        _require_unchanged(part, before)
        if before is not None and part.difference is not None and part.difference.is_empty:
            continue
        if before is not None:
            before.replaced_by = upload.id
            session.add(before)
        # The file counts absent pupils for the whole work; they are kept with its first class.
        place = {"assessment_id": assessment.id or 0, "school_id": school_id, "upload_id": upload.id or 0}
        rows.append(pack_class(part.part, **place, absent=absent))
        absent = 0
    insert_created(session, ClassWork, rows)
    return assessment.id or 0


def _require_unchanged(part: ClassPreview, stored: ClassWork | None) -> None:
    """Raise EditConflict when the class is no longer as the preview showed it."""
    if (part.replaces, part.replaces_version) != ((stored.id, stored.version) if stored else (None, None)):
        raise EditConflict(
            f"Пока вы смотрели предпросмотр, результаты класса «{part.part.class_name}» изменил другой человек.",
            "Откройте файл ещё раз: предпросмотр покажет отличия от новых данных.",
        )


def _mark_replaced(session: Session, upload: Upload) -> None:
    """Set the state of earlier uploads of which this one has replaced everything."""
    replaced = session.exec(select(ClassWork.upload_id).where(ClassWork.replaced_by == upload.id).distinct()).all()
    for earlier_id in replaced:
        alive = session.exec(
            select(ClassWork.id).where(
                ClassWork.upload_id == earlier_id,
                col(ClassWork.replaced_by).is_(None),
                col(ClassWork.deleted_at).is_(None),
            )
        ).first()
        earlier = session.get(Upload, earlier_id)
        if alive is None and earlier is not None:
            earlier.state = UploadState.REPLACED
            session.add(earlier)


def _assessments_of(session: Session, upload_id: int) -> tuple[int, ...]:
    rows = session.exec(select(ClassWork.assessment_id).where(ClassWork.upload_id == upload_id).distinct())
    return tuple(rows)
