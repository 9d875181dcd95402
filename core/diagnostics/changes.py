"""What a form changes in the answers that are stored: respondent by respondent, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sqlmodel import Session, col, select

from core.diagnostics.answers import NO_ANSWER, Answers, unpack_answers
from core.diagnostics.contract import InstrumentView
from core.diagnostics.loading import live_responses
from core.diagnostics.preview import AnswerChange, SchoolChange, StoredSurvey, SurveyPreview
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, SurveyUploadState
from core.people.teachers import code_name


def wave_scores(preview: SurveyPreview, item_ids: Sequence[int], asked: Sequence[int]) -> Answers:
    """Return the file's answers in the order of the wave's items; what the file does not ask has no answer.

    `asked` are the items of the file's columns.
    """
    if preview.scores is None:
        return np.zeros((0, len(item_ids)), dtype=np.int8)
    columns = {item: column for column, item in enumerate(asked)}
    ordered = np.full((len(preview.scores), len(item_ids)), NO_ANSWER, dtype=np.int8)
    for place, item in enumerate(item_ids):
        if item in columns:
            ordered[:, place] = preview.scores[:, columns[item]]
    return ordered


def school_changes(session: Session, wave: DiagnosticWave, preview: SurveyPreview) -> tuple[SchoolChange, ...]:
    """Return for each stored school of the file what would change.

    A file that shares a respondent with the stored answers of a school takes their place; one with other respondents
    only is added to them.
    """
    rows = session.exec(live_responses(wave.id or 0)).all()
    scores = wave_scores(preview, wave.item_ids, preview.instrument.item_ids if preview.instrument else ())
    found: list[SchoolChange] = []
    for unit in dict.fromkeys(one.target.id for one in preview.respondents if one.target.id is not None):
        stored = [row for row in rows if row.organisation_id == unit]
        places = [place for place, one in enumerate(preview.respondents) if one.target.id == unit]
        view = preview.instrument.view if preview.instrument else None
        found.append(_school_change(unit, stored, places, scores, preview, wave, view))
    return tuple(found)


def stored_survey(session: Session, wave: DiagnosticWave, preview: SurveyPreview) -> StoredSurvey | None:
    """Return the upload of the wave that holds the same answers already, None when the file would change something."""
    if not preview.changes or not all(change.is_empty for change in preview.changes):
        return None
    upload = session.exec(
        select(SurveyUpload)
        .where(
            SurveyUpload.wave_id == wave.id, SurveyUpload.state == SurveyUploadState.STORED,
            col(SurveyUpload.deleted_at).is_(None),
        )
        .order_by((col(SurveyUpload.sha256) == preview.sha256).desc(), col(SurveyUpload.id).desc())
    ).first()
    if upload is None:
        return None
    return StoredSurvey(
        upload.id or 0, wave.id or 0, upload.file_name, upload.uploaded_at, upload.uploaded_by
    )


def _school_change(
    unit: int,
    stored: Sequence[Response],
    places: Sequence[int],
    scores: Answers,
    preview: SurveyPreview,
    wave: DiagnosticWave,
    view: InstrumentView | None,
) -> SchoolChange:
    name = preview.respondents[places[0]].target.name
    old = {(row.teacher_id, "" if row.teacher_id else row.code): index for index, row in enumerate(stored)}
    new = {preview.respondents[place].key: place for place in places}
    common = [key for key in new if key in old]
    if not common:
        return SchoolChange(unit, name, ())
    before = unpack_answers(stored, len(wave.item_ids))
    words = {answer.score: answer.text for answer in view.answers} if view else {}
    questions = {item.id: item.text for item in view.items} if view else {}
    changed = [
        AnswerChange(
            _code(key), questions.get(wave.item_ids[item], "?"), _word(words, was[item]), _word(words, now[item])
        )
        for key in common
        for was, now in ((before[old[key]], scores[new[key]]),)
        for item in np.nonzero(was != now)[0].tolist()
    ]
    changed += [
        AnswerChange(_code(key), "предмет", stored[old[key]].subject, preview.respondents[new[key]].subject)
        for key in common
        if stored[old[key]].subject != preview.respondents[new[key]].subject
    ]
    return SchoolChange(
        unit, name, tuple((row.id or 0, row.version) for row in stored),
        added=tuple(_code(key) for key in new if key not in old),
        removed=tuple(_code(key) for key in old if key not in new), changed=tuple(changed),
    )


def _code(key: tuple[int | None, str]) -> str:
    return code_name(key[0]) if key[0] is not None else key[1]


def _word(words: Mapping[int, str], score: int) -> str:
    return "нет ответа" if score == NO_ANSWER else words.get(int(score), str(int(score)))
