"""Marks by the mark scale for works whose file has none."""

import numpy as np
import pytest
from sqlmodel import select

from core.analysis.loading import load_work
from core.analysis.scale_marks import fill_marks
from core.blueprints.tables import MarkScale
from core.intake.tables import ClassWork
from core.people.scope import Scope
from core.store.unit_of_work import writing
from tests.analysis.stored import CLASSES, add_organisations, add_work

ALL = Scope.local_administrator()


def scale(**changes) -> MarkScale:
    values = {
        "procedure": "ВПР", "subject": "Математика", "grade": 6, "year_from": 2026, "year_to": 2026, "max_score": 8,
        "from_3": 3, "from_4": 5, "from_5": 7, "conditions": [],
    }
    return MarkScale(**{**values, **changes})


def without_marks(session, names) -> None:
    for row in session.exec(select(ClassWork)):
        if row.class_name in names:
            row.marks = bytes(row.participants)
            session.add(row)


def test_every_participant_gets_the_mark_of_the_score(sqlite_engine):
    with writing(sqlite_engine, "Методист") as session:
        work_id = add_work(session, add_organisations(session), plan_id=None)
        without_marks(session, "АБВ")
        session.add(scale())
        session.flush()
        work = load_work(session, ALL, work_id)
    assert work.marks_by_scale
    assert work.scale_words == "2: 0–2, 3: 3–4, 4: 5–6, 5: 7–8; шкала 2026 года"
    assert work.marks.tolist() == (2 + np.digitize(work.totals, (3, 5, 7))).tolist()


def test_marks_of_a_file_stay_as_they_are(sqlite_engine):
    with writing(sqlite_engine, "Методист") as session:
        work_id = add_work(session, add_organisations(session), plan_id=None)
        session.add(scale())
        session.flush()
        before = load_work(session, ALL, work_id)
        assert not before.marks_by_scale
        without_marks(session, "Б")
        session.flush()
        work = load_work(session, ALL, work_id)
    assert {part.class_name for part in work.classes if part.marks_by_scale} == {"Б"}
    is_given = np.repeat([part.class_name == "Б" for part in work.classes], [n for _, _, n in CLASSES])
    assert work.marks[~is_given].tolist() == before.marks[~is_given].tolist()
    assert work.marks[is_given].tolist() == (2 + np.digitize(work.totals[is_given], (3, 5, 7))).tolist()


@pytest.mark.parametrize(
    "changes",
    [
        {"max_score": 20},
        {"from_4": None, "from_5": None},
        {"conditions": [{"mark": 3, "at_least": 1, "items": ["9"], "words": "за геометрию"}]},
    ],
)
def test_without_a_complete_scale_there_are_no_marks(sqlite_engine, changes):
    with writing(sqlite_engine, "Методист") as session:
        work_id = add_work(session, add_organisations(session), plan_id=None)
        without_marks(session, "АБВ")
        session.add(scale(**changes))
        session.flush()
        work = load_work(session, ALL, work_id)
    assert not work.marks_by_scale
    assert work.scale_words == ""
    assert not work.marks.any()


def test_a_condition_lowers_the_mark():
    asked = scale(conditions=[{"mark": 4, "at_least": 2, "items": ["2"], "words": "не менее 2 баллов за задание 2"}])
    scores = np.array([[4, 2], [6, 0]], dtype=np.int8)
    totals = scores.sum(axis=1).astype(np.int16)
    marks, filled = fill_marks(np.zeros(2, dtype=np.int8), [2], totals, scores, asked, ["1", "2"])
    assert (marks.tolist(), filled) == ([4, 3], (True,))
