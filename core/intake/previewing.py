"""From an inspected file to a preview: schools, works and stored predecessors found, nothing stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from sqlmodel import Session, col, select

from core.intake.contract import AssessmentKey, Finding, ParsedClass, ParsedWork, ReferenceReport
from core.intake.differences import compare_class
from core.intake.packing import unpack_class
from core.intake.preview import (
    ClassPreview,
    InspectedFile,
    SchoolTarget,
    StoredBefore,
    UploadOptions,
    UploadPreview,
    WorkPreview,
)
from core.intake.reference import kept_rows
from core.intake.resolving import SchoolResolver, complete_key, find_assessment, fitting_blueprint
from core.intake.tables import ClassWork, ReferenceRow, Upload, UploadState
from core.people.ownership import Owners, new_owner, owners_for
from core.people.scope import Action, Scope
from core.words import plural


def preview_upload(session: Session, scope: Scope, file: InspectedFile, options: UploadOptions) -> UploadPreview:
    """Return what storing the file would do. Reads only; the same path serves the dry run and the save."""
    scope = scope.require(Action.UPLOAD)
    inspection = file.inspection
    findings = list(inspection.findings)
    resolver = SchoolResolver(session, scope, options, file.file_name)
    works: list[WorkPreview] = []
    if not inspection.refused:
        owners = owners_for(session, scope)
        works = [_preview_work(session, work, resolver, findings, owners) for work in inspection.works]
        findings += resolver.findings
        findings += _classes_named_twice(works)
        findings += _replacements(works)
    if not (works or inspection.reports or inspection.sheets or findings):
        findings.append(Finding("error", "nothing_found", "В файле нет результатов.", "Проверьте, тот ли файл выбран."))
    reports = tuple(
        replace(report, assessment=_with_year(report.assessment, findings, report.sheet))
        for report in inspection.reports
    )
    findings += _foreign_rows(session, scope, reports)
    preview = UploadPreview(
        file_name=file.file_name,
        sha256=file.sha256,
        layout=inspection.layout,
        inspection=inspection,
        findings=tuple(findings),
        works=tuple(works),
        reports=reports,
        new_schools=tuple(resolver.new.values()),
        create_organisations=options.create_organisations,
    )
    return replace(preview, stored_before=_stored_before(session, scope, preview))


def _preview_work(
    session: Session, work: ParsedWork, resolver: SchoolResolver, findings: list[Finding], owners: Owners
) -> WorkPreview:
    key = complete_key(work, findings)
    assessment = find_assessment(session, key, work.items) if key.subject else None
    blueprint = fitting_blueprint(session, key, work.items, owners) if key.subject else None
    stored = live_classes(session, assessment.id) if assessment and assessment.id else {}
    parts = tuple(_preview_class(work, part, resolver.resolve(part.school, work), stored) for part in work.classes)
    return WorkPreview(
        parsed=work,
        key=key,
        assessment_id=assessment.id if assessment else None,
        blueprint_id=blueprint.id if blueprint else None,
        blueprint_title=blueprint.title if blueprint else "",
        classes=parts,
    )


def _preview_class(work: ParsedWork, part: ParsedClass, target: SchoolTarget, stored: LiveClasses) -> ClassPreview:
    row = stored.get((target.id, part.class_name))
    if row is None:
        return ClassPreview(part, target)
    return ClassPreview(part, target, row.id, row.version, compare_class(unpack_class(row), part, work.items))


LiveClasses: TypeAlias = Mapping[tuple[int | None, str], ClassWork]
"""Stored classes of one work by school and class name."""


def live_classes(session: Session, assessment_id: int) -> LiveClasses:
    """Return the stored classes of a work that count now: neither deleted nor replaced by a corrected file."""
    rows = session.exec(
        select(ClassWork).where(
            ClassWork.assessment_id == assessment_id,
            col(ClassWork.deleted_at).is_(None),
            col(ClassWork.replaced_by).is_(None),
        )
    )
    return {(row.school_id, row.class_name): row for row in rows}


def _classes_named_twice(works: list[WorkPreview]) -> list[Finding]:
    counted = Counter(
        (work.key, part.school.code, part.part.class_name, work.parsed.sheet) for work in works for part in work.classes
    )
    return [
        Finding(
            "error",
            "class_twice",
            f"Класс «{class_name or 'единственный'}» школы {code} встречается в работе дважды.",
            "Оставьте в файле одну запись класса.",
            sheet=sheet,
            value=class_name,
        )
        for (_key, code, class_name, sheet), times in counted.items()
        if times > 1
    ]


def _replacements(works: list[WorkPreview]) -> list[Finding]:
    """Say for each class that is stored already how much the file would change in it."""
    findings = []
    for work in works:
        for part in work.classes:
            change = part.difference
            if change is None or change.is_empty:
                continue
            class_name = f"{work.key.grade or ''}{part.part.class_name}" or "единственный класс"
            findings.append(
                Finding(
                    "warning",
                    "class_replaced",
                    f"Результаты класса «{class_name}» ({part.school.name}) уже загружены и будут заменены: "
                    f"новых участников {len(change.added)}, исключённых {len(change.removed)}, "
                    f"изменённых ячеек {len(change.changed)}.",
                    "Прежний вариант можно вернуть, отменив загрузку.",
                    sheet=work.parsed.sheet,
                )
            )
    return findings


def _with_year(key: AssessmentKey, findings: list[Finding], sheet: str) -> AssessmentKey:
    if key.subject and key.year:
        return key
    findings.append(
        Finding(
            "error",
            "report_unnamed",
            "В отчёте не указаны предмет или год.",
            "Укажите предмет и год вручную.",
            sheet=sheet,
        )
    )
    return key


def _foreign_rows(session: Session, scope: Scope, reports: tuple[ReferenceReport, ...]) -> list[Finding]:
    """Say of which organisations rows of aggregated reports are not stored; refuse a report of strangers alone."""
    found: list[Finding] = []
    for report in reports:
        kept = {row.group for row, _organisation in kept_rows(session, scope, report)}
        left_out = [row.group for row in report.rows if row.group not in kept]
        if left_out and not kept:
            found.append(
                Finding(
                    "error", "report_foreign", "В сводном отчёте нет ни одной строки о вашей организации.",
                    "Такой отчёт загружает специалист муниципалитета или администратор системы.", sheet=report.sheet,
                )
            )
        elif left_out:
            rows = plural(len(left_out), "строка", "строки", "строк")
            more = " и другие" if len(left_out) > 2 else ""
            found.append(
                Finding(
                    "warning", "report_rows_foreign",
                    f"{rows} сводного отчёта — о других организациях ({', '.join(left_out[:2])}{more}): "
                    "они не сохраняются.",
                    "Строки страны, региона и муниципалитета сохраняются для сравнения у вас.", sheet=report.sheet,
                )
            )
    return found


def _stored_before(session: Session, scope: Scope, preview: UploadPreview) -> StoredBefore | None:
    """Return the upload that already holds this content: the same bytes, or the same data saved again.

    Rows of reports belong to who uploaded them, so the same report of another organisation is not the same.
    """
    query = select(Upload).where(
        Upload.sha256 == preview.sha256, Upload.state == UploadState.STORED, col(Upload.deleted_at).is_(None)
    )
    if preview.reports and not preview.refused:
        owner = new_owner(session, scope, Action.UPLOAD)
        own = select(ReferenceRow.upload_id).where(
            ReferenceRow.owner_id == owner, col(ReferenceRow.deleted_at).is_(None)
        )
        query = query.where(col(Upload.id).in_(own))
    same = session.exec(query.order_by(col(Upload.id).desc())).first()
    classes = [part for work in preview.works for part in work.classes]
    if classes:
        if any(part.difference is None or not part.difference.is_empty for part in classes):
            return None
        if same is None:
            row = session.get(ClassWork, classes[0].replaces)
            same = session.get(Upload, row.upload_id) if row is not None else None
    if same is None or same.id is None:
        return None
    return StoredBefore(same.id, same.file_name, same.uploaded_at, same.uploaded_by)
