"""Commands that bring results in and take them back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from core.blueprints.naming import canonical_procedure, canonical_subject
from core.cli.findings import finding_as_json, say_finding
from core.cli.output import say, say_json
from core.cli.stores import ACTOR, opened_engine, ready_engine
from core.cli.surveys import bring_in
from core.diagnostics.preview import SurveyOptions
from core.errors import EditConflict, InvalidInput, QualityError
from core.intake.contract import AssessmentKey, Finding
from core.intake.history import assessment_name
from core.intake.layouts.survey import TEACHER_SURVEY
from core.intake.opening import open_file
from core.intake.preview import InspectedFile, UploadOptions, UploadPreview
from core.intake.previewing import preview_upload
from core.intake.undoing import undo_upload
from core.intake.uploading import StoredUpload, store_upload
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing

_SCOPE = Scope.local_administrator()


def import_files(options: Namespace) -> int:
    """Import each file by itself; return 0 if all are stored (or fit, in a dry run), 1 if any was refused."""
    engine = ready_engine()
    chosen = _options(options)
    accepted = [_import(engine, path, chosen, options.dry_run, options.json) for path in options.files]
    return 0 if all(accepted) else 1


def undo(options: Namespace) -> int:
    """Take an upload back as a whole."""
    with writing(opened_engine(), ACTOR) as session:
        upload = undo_upload(session, _SCOPE, options.upload)
        say(f"Загрузка {upload.id} («{upload.file_name}») отменена.")
    return 0


def _options(options: Namespace) -> UploadOptions:
    procedure = options.procedure and (canonical_procedure(options.procedure) or options.procedure)
    subject = options.subject and canonical_subject(options.subject, procedure)
    if options.subject and subject is None:
        raise InvalidInput(f"Предмет «{options.subject}» неизвестен.", "Укажите полное название предмета.")
    key = AssessmentKey(procedure, subject, options.grade, options.year)
    return UploadOptions(key, options.school, create_organisations=options.create_organisations)


def _import(engine: Engine, path: Path, options: UploadOptions, dry_run: bool, as_json: bool) -> bool:
    try:
        content = path.read_bytes()
    except OSError as error:
        finding = Finding("error", "file_missing", f"Файл «{path}» не удалось открыть.", "Проверьте путь к файлу.")
        if as_json:
            say_json({"file": str(path), "stored": False, "findings": [finding_as_json(finding)]})
        else:
            say(f"{finding.message} {finding.advice} ({error.strerror})", stream=sys.stderr)
        return False
    with reading(engine) as session:
        file = open_file(session, _SCOPE, content, path.name, options)
        preview = preview_upload(session, _SCOPE, file, options)
    if any(finding.code == TEACHER_SURVEY for finding in preview.findings):
        chosen = SurveyOptions(organisation_code=options.school_code, create_organisations=options.create_organisations)
        return bring_in(engine, path, content, chosen, dry_run, as_json)
    stored: StoredUpload | None = None
    findings = list(preview.findings)
    if preview.needs_mapping and not findings:
        findings.append(
            Finding(
                "error",
                "layout_unknown",
                "Не удалось понять, какие столбцы таблицы что означают.",
                "Загрузите файл на экране «Загрузка результатов»: там столбцы можно назначить вручную.",
            )
        )
    accepted = not any(finding.severity == "error" for finding in findings)
    if accepted and not dry_run:
        try:
            stored, preview = _store(engine, file, preview, options)
        except QualityError as error:
            findings.append(Finding("error", "not_stored", error.message, error.advice))
            accepted = False
        else:
            if not stored.is_new:
                findings.append(_known(preview))
    if as_json:
        say_json(_report(path, preview, stored, findings))
    else:
        _describe(path, preview, stored, findings, dry_run)
    return accepted


def _store(
    engine: Engine, file: InspectedFile, preview: UploadPreview, options: UploadOptions
) -> tuple[StoredUpload, UploadPreview]:
    """Store the preview; look once more when somebody else has stored the same classes a moment ago."""
    try:
        with writing(engine, ACTOR) as session:
            return store_upload(session, _SCOPE, preview), preview
    except EditConflict:
        with reading(engine) as session:
            preview = preview_upload(session, _SCOPE, file, options)
        with writing(engine, ACTOR) as session:
            return store_upload(session, _SCOPE, preview), preview


def _known(preview: UploadPreview) -> Finding:
    before = preview.stored_before
    when = f"{before.uploaded_at:%d.%m.%Y}" if before else "раньше"
    who = f" ({before.uploaded_by})" if before and before.uploaded_by else ""
    return Finding(
        "warning", "already_stored", f"Эти данные уже загружены {when}{who}.", "Повторная загрузка не нужна."
    )


def _report(
    path: Path, preview: UploadPreview, stored: StoredUpload | None, findings: Sequence[Finding]
) -> dict[str, object]:
    works = preview.works
    key = works[0].key if works else preview.reports[0].assessment if preview.reports else AssessmentKey()
    if not works and preview.inspection.works:
        key = preview.inspection.works[0].assessment
    parsed = preview.inspection.works
    items = parsed[0].items if parsed else preview.reports[0].items if preview.reports else ()
    report: dict[str, object] = {
        "file": str(path),
        "layout": preview.layout,
        "assessment": {"procedure": key.procedure, "subject": key.subject, "grade": key.grade, "year": key.year},
        "participants": sum(work.participants for work in parsed),
        "absent": sum(work.absent for work in parsed),
        "items": [item.code for item in items],
        "maxima": [item.max_score for item in items],
        "stored": stored is not None,
        "upload_id": stored.upload_id if stored else None,
        "findings": [finding_as_json(finding) for finding in findings],
    }
    if len(works) > 1:
        report["works"] = [assessment_name_of(work.key) for work in works]
    return report


def assessment_name_of(key: AssessmentKey) -> str:
    """Return the name of a work from its key."""
    return assessment_name(key.procedure or "", key.subject or "", key.grade, key.year or 0, key.title)


def _describe(
    path: Path, preview: UploadPreview, stored: StoredUpload | None, findings: Sequence[Finding], dry_run: bool
) -> None:
    names = "; ".join(assessment_name_of(work.key) for work in preview.works) or (preview.layout or "не распознан")
    say(f"{path.name}: {names}; участников {preview.participants}, отсутствовали {preview.absent}")
    for finding in findings:
        say_finding(finding)
    if any(finding.severity == "error" for finding in findings):
        say("  не принят, ничего не сохранено")
    elif dry_run:
        say("  проверен, ничего не сохранено (пробный запуск)")
    elif stored is not None:
        say(f"  {'сохранён' if stored.is_new else 'уже загружен'}, загрузка {stored.upload_id}")
