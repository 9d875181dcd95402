"""The command that brings a teachers' questionnaire or test in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from core.cli.findings import finding_as_json, say_finding
from core.cli.output import say, say_json
from core.cli.stores import ACTOR, ready_engine
from core.diagnostics.form_shares import QuestionShare, form_shares
from core.diagnostics.opening import open_survey
from core.diagnostics.preview import InspectedSurvey, SurveyOptions, SurveyPreview
from core.diagnostics.previewing import preview_survey
from core.diagnostics.reading.mapping import LAYOUT
from core.diagnostics.storing import StoredWave, store_survey
from core.diagnostics.wave_tables import WaveKind
from core.errors import EditConflict, InvalidInput, QualityError
from core.intake.contract import Finding
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from core.words import day, plural, share

_SCOPE = Scope.local_administrator()
_SHOWN = 5


def add_arguments(parser: ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("file", type=Path, metavar="ФАЙЛ")
    parser.add_argument("--school", metavar="КОД", help="школа педагогов или муниципалитет, проводящий диагностику")
    parser.add_argument("--instrument", type=int, metavar="НОМЕР", help="анкета или тест (найдётся по вопросам)")
    parser.add_argument("--wave", choices=list(WaveKind), default=WaveKind.ENTRY, type=WaveKind, help="волна (входная)")
    parser.add_argument("--date", type=date.fromisoformat, metavar="ГГГГ-ММ-ДД", help="день (последнего ответа)")
    parser.add_argument("--title", metavar="НАЗВАНИЕ", help="курс или название, чтобы отличать волны одного года")
    parser.add_argument("--create-organisations", action="store_true", help="создавать школы, которых нет в системе")
    parser.add_argument("--dry-run", action="store_true", help="только проверить, ничего не сохранять")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=survey)


def survey(options: Namespace) -> int:
    """Store the file's answers as a wave; return 0 if they are stored (or fit, in a dry run), 1 if refused.

    Raise InvalidInput for a file that cannot be opened.
    """
    chosen = SurveyOptions(
        wave=options.wave, held_on=options.date, title=options.title or "", organisation_code=options.school,
        instrument_id=options.instrument, create_organisations=options.create_organisations,
    )
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Файл «{options.file}» не удалось открыть.", "Проверьте путь к файлу.") from error
    return 0 if bring_in(ready_engine(), options.file, content, chosen, options.dry_run, options.json) else 1


def bring_in(
    engine: Engine, path: Path, content: bytes, options: SurveyOptions, dry_run: bool, as_json: bool
) -> bool:
    """Store the answers of a form (or only look at them, in a dry run), print the report; say whether it fits."""
    with reading(engine) as session:
        file = open_survey(session, _SCOPE, content, path.name, options)
        preview = preview_survey(session, _SCOPE, file, options)
    findings = list(preview.findings)
    if preview.needs_mapping and not preview.refused:
        findings.append(_unknown_columns())
    stored: StoredWave | None = None
    if not _refused(findings) and not dry_run:
        try:
            stored, preview = _store(engine, file, preview)
        except QualityError as error:
            findings.append(Finding("error", "not_stored", error.message, error.advice))
        else:
            findings += [] if stored.is_new else [_known(preview)]
    shares = form_shares(preview)
    if as_json:
        say_json(_report(path, preview, stored, findings, shares))
    else:
        _describe(path, preview, stored, findings, shares)
    return not _refused(findings)


def _store(engine: Engine, file: InspectedSurvey, preview: SurveyPreview) -> tuple[StoredWave, SurveyPreview]:
    """Store the preview; look once more when somebody else has stored the same answers a moment ago."""
    try:
        with writing(engine, ACTOR) as session:
            return store_survey(session, _SCOPE, preview), preview
    except EditConflict:
        with reading(engine) as session:
            preview = preview_survey(session, _SCOPE, file, preview.options)
        with writing(engine, ACTOR) as session:
            return store_survey(session, _SCOPE, preview), preview


def _refused(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _unknown_columns() -> Finding:
    return Finding(
        "error", "layout_unknown", "Не удалось понять, какие столбцы таблицы — вопросы и что означают ответы.",
        "Загрузите файл на экране «Профессиональные дефициты»: там столбцы и шкалу можно назначить вручную.",
    )


def _known(preview: SurveyPreview) -> Finding:
    before = preview.stored_before
    when = day(before.uploaded_at.date()) if before else "раньше"
    return Finding("warning", "already_stored", f"Эти ответы уже загружены {when}.", "Повторная загрузка не нужна.")


def _report(
    path: Path, preview: SurveyPreview, stored: StoredWave | None, findings: Sequence[Finding],
    shares: Sequence[QuestionShare],
) -> dict[str, object]:
    return {
        "file": str(path),
        "layout": LAYOUT if preview.inspection.mapping is not None and preview.inspection.is_sure else None,
        "instrument": preview.instrument.name if preview.instrument else None,
        "wave": preview.options.wave.value,
        "held_on": preview.held_on.isoformat() if preview.held_on else None,
        "organisation": preview.organisation.name if preview.organisation else None,
        "participants": len(preview.inspection.people),
        "respondents": len(preview.inspection.people),
        "teachers": preview.matched,
        "without_consent": preview.inspection.without_consent,
        "questions": len(shares),
        "need_help_share": {one.text: one.share for one in shares},
        "items": [
            {
                "code": one.code, "question": one.text, "section": one.section, "need_help": one.share,
                "low": one.low, "high": one.high, "n": one.n,
            }
            for one in shares
        ],
        "stored": stored is not None,
        "upload_id": stored.upload_id if stored else None,
        "wave_id": stored.wave_id if stored else None,
        "instrument_id": stored.instrument_id if stored else None,
        "findings": [finding_as_json(finding) for finding in findings],
    }


def _describe(
    path: Path, preview: SurveyPreview, stored: StoredWave | None, findings: Sequence[Finding],
    shares: Sequence[QuestionShare],
) -> None:
    people = len(preview.inspection.people)
    name = preview.instrument.name if preview.instrument else "анкета не распознана"
    say(
        f"{path.name}: {name}; {plural(people, 'педагог', 'педагога', 'педагогов')} "
        f"(узнано {preview.matched}), {plural(len(shares), 'вопрос', 'вопроса', 'вопросов')}"
    )
    for finding in findings:
        say_finding(finding)
    for one in sorted(shares, key=lambda one: -one.share if one.n else 1.0)[:_SHOWN]:
        say(f"  нужна помощь {share(one.share, one.low, one.high, one.n)}: {one.text[:100]}")
    if _refused(findings):
        say("  не принят, ничего не сохранено")
    elif stored is None:
        say("  проверен, ничего не сохранено (пробный запуск)")
    else:
        say(f"  {'сохранён' if stored.is_new else 'уже загружен'}, волна {stored.wave_id}")
