"""From an inspected form to a preview: instrument, wave, schools and teachers found, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from sqlmodel import Session, col, select

from core.diagnostics.catalogue import readable_instruments
from core.diagnostics.changes import school_changes, stored_survey
from core.diagnostics.matching import choose_instrument
from core.diagnostics.places import Places
from core.diagnostics.preview import (
    ChosenInstrument,
    InspectedSurvey,
    RespondentPreview,
    SurveyOptions,
    SurveyPreview,
)
from core.diagnostics.reading.mapping import SurveyMapping
from core.diagnostics.subjects import teacher_subject
from core.diagnostics.teachers_met import TeacherIndex
from core.diagnostics.wave_tables import DiagnosticWave
from core.intake.contract import Finding
from core.intake.personal import without_persons
from core.intake.preview import SchoolTarget
from core.people.academic_year import year_on
from core.people.scope import Action, Scope
from core.words import plural


def preview_survey(session: Session, scope: Scope, file: InspectedSurvey, options: SurveyOptions) -> SurveyPreview:
    """Return what storing the form would do. Reads only; the same path serves the dry run and the save."""
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    inspection, findings = file.inspection, list(file.inspection.findings)
    preview = SurveyPreview(file.file_name, file.sha256, inspection, tuple(findings), options)
    mapping = inspection.mapping
    if inspection.refused or mapping is None or not inspection.is_sure or inspection.scores is None:
        return preview
    known = readable_instruments(session, scope)
    instrument = choose_instrument(mapping, known, _name(file.file_name, options), options.instrument_id)
    if instrument is None:
        findings.append(_other_questions(mapping))
        return replace(preview, findings=tuple(findings))
    instrument = _named_like(instrument, options)
    held_on = options.held_on or max(
        (person.answered_on for person in inspection.people if person.answered_on is not None), default=date.today()
    )
    places = Places(session, scope, options, file.file_name, mapping.sheet)
    targets = [places.of(person.school) for person in inspection.people]
    respondents = _respondents(session, scope, file, targets, held_on)
    organisation = places.owner([one.target for one in respondents])
    findings += places.findings
    findings += _outside(scope, respondents)
    wave = _wave(session, instrument, organisation, options, held_on)
    findings += _wave_findings(instrument, wave)
    preview = replace(
        preview, instrument=instrument, organisation=organisation, wave_id=wave.id if wave else None,
        held_on=wave.held_on if wave else held_on, respondents=respondents, scores=inspection.scores,
        new_schools=places.new, findings=tuple(findings),
    )
    if wave is not None and not preview.refused:
        preview = replace(preview, changes=school_changes(session, wave, preview))
        findings += _replacements(preview)
        preview = replace(
            preview, findings=tuple(findings), stored_before=stored_survey(session, wave, preview)
        )
    return preview


def _respondents(
    session: Session, scope: Scope, file: InspectedSurvey, targets: Sequence[SchoolTarget], day: date
) -> tuple[RespondentPreview, ...]:
    """Return where the answers of each row go; somebody whose school is not named goes where the teacher works."""
    inspection = file.inspection
    rows = inspection.rows if inspection.rows is not None else np.zeros(0, dtype=np.int32)
    places = Places.known_schools(session, scope, targets)
    index = TeacherIndex(session, scope, places.keys(), day)
    taken: set[int] = set()
    found: list[RespondentPreview] = []
    for person, target, row in zip(inspection.people, targets, rows.tolist(), strict=True):
        met = index.find(person, target.id if target.id in places and not places[target.id].is_above else None)
        if met is not None and met.id in taken:
            met = None
        if met is not None:
            taken.add(met.id)
            target = places[met.organisation_id].target
        subject = teacher_subject(person.subject) or (teacher_subject(met.subjects[0]) if met and met.subjects else "")
        found.append(
            RespondentPreview(
                row=row, target=target, teacher_id=met.id if met else None, code=person.code, subject=subject,
                position=person.position, experience_years=person.experience_years, consent=person.consent,
            )
        )
    return tuple(found)


def _wave(
    session: Session, instrument: ChosenInstrument, organisation: SchoolTarget | None, options: SurveyOptions, day: date
) -> DiagnosticWave | None:
    """Return the stored wave that the file belongs to; None for a new one.

    With a day given it is that day's wave, else the wave of the same kind and title in the same academic year.
    """
    if instrument.view is None or organisation is None or organisation.id is None:
        return None
    rows = session.exec(
        select(DiagnosticWave)
        .where(
            DiagnosticWave.instrument_id == instrument.view.id, DiagnosticWave.organisation_id == organisation.id,
            DiagnosticWave.kind == options.wave, DiagnosticWave.title == options.title.strip(),
            col(DiagnosticWave.deleted_at).is_(None),
        )
        .order_by(col(DiagnosticWave.held_on).desc())
    ).all()
    if options.held_on is not None:
        return next((row for row in rows if row.held_on == options.held_on), None)
    same_year = [row for row in rows if year_on(row.held_on) == year_on(day)]
    return min(same_year, key=lambda row: abs((row.held_on - day).days), default=None)


def _name(file_name: str, options: SurveyOptions) -> str:
    stem = without_persons(file_name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    return options.instrument_name.strip()[:300] or f"Анкета «{stem[:200]}»"


def _named_like(instrument: ChosenInstrument, options: SurveyOptions) -> ChosenInstrument:
    """Return a new instrument under the name of the one whose sections it has, unless the user gave a name."""
    like = instrument.like
    if not instrument.is_new or like is None or options.instrument_name.strip():
        return instrument
    sections = {item.section for item in like.items}
    if {item.section for item in instrument.items} != sections or len(instrument.items) != len(like.items):
        return instrument
    return replace(instrument, name=f"{like.name} (вопросы из файла)"[:300])


def _other_questions(mapping: SurveyMapping) -> Finding:
    return Finding(
        "error", "instrument_differs", "Вопросы файла не те, что в выбранной анкете или тесте.",
        "Выберите другую анкету или не выбирайте никакой: тогда она найдётся по вопросам или будет создана.",
        sheet=mapping.sheet, row=mapping.header_row,
    )


def _wave_findings(instrument: ChosenInstrument, wave: DiagnosticWave | None) -> list[Finding]:
    if wave is None or set(instrument.item_ids) <= set(wave.item_ids):
        return []
    return [
        Finding(
            "error", "wave_differs", "В этой волне педагогам задавали другие вопросы.",
            "Укажите другую дату или другое название волны: ответы сохранятся отдельно.",
        )
    ]


def _outside(scope: Scope, respondents: Sequence[RespondentPreview]) -> list[Finding]:
    """Refuse answers of teachers whom the actor may not diagnose, and say which row names them."""
    for one in respondents:
        if one.target.id is not None and not scope.sees_results(one.target.id, one.subject):
            subject = f"«{one.subject}»" if one.subject else "не указан"
            return [
                Finding(
                    "error", "outside_scope",
                    f"Строка {one.row}: ответы этого педагога ({one.target.name}, предмет {subject}) вне Ваших прав.",
                    "Оставьте в файле только педагогов Вашего объединения или попросите загрузить файл администрацию.",
                    row=one.row,
                )
            ]
    return []


def _replacements(preview: SurveyPreview) -> list[Finding]:
    """Say for each school whose answers are stored already how much the file would change."""
    return [
        Finding(
            "warning", "answers_replaced",
            f"Ответы этой волны ({change.name}) уже загружены и будут заменены: новых педагогов {len(change.added)}, "
            f"исключённых {len(change.removed)}, изменено "
            f"{plural(len(change.changed), 'ответ', 'ответа', 'ответов')}.",
            "Прежние ответы можно вернуть, отменив загрузку.",
        )
        for change in preview.changes
        if change.replaced and not change.is_empty
    ]
