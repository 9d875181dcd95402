"""An empty store becomes a municipality that looks like a real one; a store with data is left alone."""

import hashlib
from collections import Counter

import numpy as np
import pytest
from sqlalchemy import Engine, Table, func
from sqlmodel import Session, col, select

from core.analysis.tables import FieldReview, ReviewState
from core.blueprints.tables import Blueprint, BlueprintItem
from core.demo.filling import fill_demo
from core.demo.municipality import SCHOOLS
from core.errors import InvalidInput, NotAllowed
from core.intake.history import completeness, list_uploads, list_works
from core.intake.packing import unpack_class
from core.intake.tables import Assessment, ClassWork, ReferenceRow
from core.monitoring.tables import IndicatorValue
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.audit import CREATED
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from core.tables import ALL_TABLES, tables_of
from tests.demo.conftest import Demo

ADMINISTRATOR = Scope.local_administrator()


def fingerprint(session: Session) -> str:
    """Return one text for everything that was simulated, in the order of the store."""
    digest = hashlib.sha256()
    for row in session.exec(select(ClassWork).order_by(col(ClassWork.id))):
        for blob in (row.codes, row.scores, row.totals, row.marks, row.journal_marks, row.variants, row.test_scores):
            digest.update(blob)
        digest.update(f"{row.class_name}|{row.absent}|{row.school_id}|{row.assessment_id}".encode())
    for line in session.exec(select(ReferenceRow).order_by(col(ReferenceRow.id))):
        digest.update(repr(sorted(line.values.items())).encode())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_data_on_both_databases(engine: Engine, demo: Demo) -> None:
    with writing(engine, "Учебные данные") as session:
        summary = fill_demo(session, ADMINISTRATOR)
    with reading(engine) as again, reading(demo.engine) as first:
        assert fingerprint(again) == fingerprint(first)
    assert summary == demo.summary


def test_another_seed_gives_other_data(sqlite_engine: Engine, demo: Demo) -> None:
    with writing(sqlite_engine, "Учебные данные") as session:
        fill_demo(session, ADMINISTRATOR, seed=7)
    with reading(sqlite_engine) as other, reading(demo.engine) as first:
        assert fingerprint(other) != fingerprint(first)


def test_a_second_time_is_refused_in_words(demo: Demo) -> None:
    with (
        pytest.raises(InvalidInput, match="только в пустом хранилище"),
        writing(demo.engine, "Учебные данные") as session,
    ):
        fill_demo(session, ADMINISTRATOR)


def test_a_store_with_an_organisation_is_left_alone(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine, "Администратор") as session:
        session.add(Organisation(code="1", name="Наша школа", kind=OrganisationKind.SCHOOL))
    with pytest.raises(InvalidInput), writing(sqlite_engine, "Учебные данные") as session:
        fill_demo(session, ADMINISTRATOR)
    with reading(sqlite_engine) as session:
        assert [unit.name for unit in session.exec(select(Organisation))] == ["Наша школа"]
        assert session.exec(select(Assessment)).all() == []


def test_only_an_administrator_may_fill(sqlite_engine: Engine) -> None:
    nobody = Scope(None, "Наблюдатель", None, None, None, None, frozenset())
    with pytest.raises(NotAllowed), writing(sqlite_engine, "Наблюдатель") as session:
        fill_demo(session, nobody)


def test_eight_schools_of_three_years_with_ten_works_each(demo: Demo) -> None:
    with reading(demo.engine) as session:
        tree = load_tree(session, ADMINISTRATOR)
        works = list_works(session, ADMINISTRATOR)
    schools = tree.schools()
    assert len(schools) == len(SCHOOLS) == 8
    assert {unit.name for unit in tree.above(schools[0].id or 0)} == {"Заречный район", "Северная область"}
    assert Counter(work.year for work in works) == {2024: 10, 2025: 10, 2026: 10}
    assert {work.procedure for work in works} == {"ВПР", "ОГЭ", "ЕГЭ"}
    assert all(work.has_blueprint for work in works)
    assert sum(work.classes for work in works) == demo.summary.classes
    assert sum(work.participants for work in works) == demo.summary.participants > 6000


def test_every_work_agrees_with_its_blueprint_of_that_year(demo: Demo) -> None:
    with reading(demo.engine) as session:
        for work in session.exec(select(Assessment)):
            plan = session.get(Blueprint, work.blueprint_id)
            assert plan is not None
            assert plan.year_from <= work.year <= plan.year_to
            items = session.exec(
                select(BlueprintItem).where(BlueprintItem.blueprint_id == plan.id).order_by(col(BlueprintItem.position))
            ).all()
            assert [item.code for item in items] == work.item_codes
            assert [item.max_score for item in items] == work.item_maxima
            assert all(item.element and item.level for item in items)


def test_the_short_works_begin_in_2025(demo: Demo) -> None:
    """КИМ of ВПР changed in 2025: the work of 2024 has other items and another maximum."""
    with reading(demo.engine) as session:
        found = session.exec(
            select(Assessment).where(
                Assessment.procedure == "ВПР", Assessment.subject == "Русский язык", Assessment.grade == 4
            )
        )
        assert {work.year: sum(work.item_maxima) for work in found} == {2024: 38, 2025: 24, 2026: 24}


def test_class_sizes_run_from_six_to_twenty_eight(demo: Demo) -> None:
    with reading(demo.engine) as session:
        rows = session.exec(
            select(ClassWork.participants).join(Assessment, col(Assessment.id) == ClassWork.assessment_id).where(
                Assessment.procedure != "ЕГЭ"
            )
        ).all()
    assert 6 in rows
    assert min(rows) >= 5
    assert 26 <= max(rows) <= 28


def test_scores_are_possible_and_add_up(demo: Demo) -> None:
    with reading(demo.engine) as session:
        maxima = {work.id: np.array(work.item_maxima) for work in session.exec(select(Assessment))}
        for row in session.exec(select(ClassWork)):
            columns = unpack_class(row)
            assert (columns.scores <= maxima[row.assessment_id]).all()
            assert (columns.scores >= -2).all()
            assert (columns.scores.clip(min=0).sum(axis=1) == columns.totals).all()
            assert len(set(columns.codes)) == row.participants


def test_numbers_look_as_a_methodist_knows_them(demo: Demo) -> None:
    """Facility 0.2–0.95 outside a planted weakness, quality of knowledge about 35–65 %, journals a little kinder."""
    with reading(demo.engine) as session:
        for work in session.exec(select(Assessment)):
            rows = session.exec(select(ClassWork).where(ClassWork.assessment_id == work.id))
            columns = [unpack_class(row) for row in rows]
            scores = np.vstack([one.scores for one in columns])
            offered = (scores != -2).sum(axis=0)
            facility = scores.clip(min=0).sum(axis=0, dtype=np.int64) / (offered * np.array(work.item_maxima))
            assert 0.15 <= facility.min() < facility.max() <= 0.96, work
            marks = np.concatenate([one.marks for one in columns])
            if work.procedure == "ЕГЭ":
                tests = np.concatenate([one.test_scores for one in columns])
                assert not marks.any()
                assert 55 <= tests.mean() <= 78
                continue
            assert 0.35 <= (marks >= 4).mean() <= 0.68, work
            assert 0.04 <= (marks == 2).mean() <= 0.25, work
            if work.procedure == "ВПР":
                journal = np.concatenate([one.journal_marks for one in columns])
                both = journal > 0
                assert 0.5 <= (marks[both] == journal[both]).mean() <= 0.75, work
                assert 0.01 <= (scores == -1).mean() <= 0.12


def test_the_board_shows_the_gap_of_the_small_school(demo: Demo) -> None:
    with reading(demo.engine) as session:
        board = completeness(session, ADMINISTRATOR, 2026)
    small = next(school for school in board.schools if school.code == "edu990108")
    work = next(work for work in board.works if (work.subject, work.grade) == ("Математика", 4))
    assert work.id not in board.participants[small.id or 0]
    grade_nine_and_below = [one for one in board.works if one.procedure != "ЕГЭ" and one.id != work.id]
    assert all(one.id in board.participants[small.id or 0] for one in grade_nine_and_below)


def test_a_topic_not_taught_leaves_the_denominator(demo: Demo) -> None:
    with reading(demo.engine) as session:
        row = session.exec(
            select(ClassWork)
            .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
            .join(Organisation, col(Organisation.id) == ClassWork.school_id)
            .where(
                Organisation.code == "edu990106", Assessment.subject == "Математика", Assessment.grade == 5,
                Assessment.year == 2026,
            )
        ).one()
        work = session.get(Assessment, row.assessment_id)
    assert work is not None
    blocked = (unpack_class(row).scores == -2).all(axis=0)
    assert [code for code, is_blocked in zip(work.item_codes, blocked, strict=True) if is_blocked] == ["3.1", "3.2"]


def test_reports_of_region_and_country_stand_beside_the_municipality(demo: Demo) -> None:
    with reading(demo.engine) as session:
        rows = session.exec(select(ReferenceRow)).all()
    assert len(rows) == demo.summary.reference_rows == 108
    assert {row.kind for row in rows} == {"items", "marks"}
    assert {row.group_level for row in rows} == {"country", "region", "municipality"}
    for row in rows:
        if row.kind == "marks":
            assert abs(sum(row.values.values()) - 100) < 0.1
        else:
            assert all(15 <= value <= 96 for value in row.values.values())


def test_some_fields_were_already_decided_on(demo: Demo) -> None:
    with reading(demo.engine) as session:
        reviews = session.exec(select(FieldReview)).all()
    assert len(reviews) == demo.summary.reviews
    assert all(one.cause for one in reviews if one.state is ReviewState.CONFIRMED)
    assert all(one.remark for one in reviews if one.state is ReviewState.REJECTED)
    assert {one.state for one in reviews} == set(ReviewState)
    assert all(one.low is not None and one.low < (one.facility or 0) < (one.high or 0) for one in reviews)


def test_uploads_read_like_real_files(demo: Demo) -> None:
    with reading(demo.engine) as session:
        uploads = list_uploads(session, ADMINISTRATOR)
    names = [upload.file_name for upload in uploads]
    assert len(names) == len(set(names)) == demo.summary.uploads
    assert "ВПР 2026 Математика 4 класс Индивидуальные результаты.xlsx" in names
    assert {upload.layout for upload in uploads} == {"demo"}
    assert all(str(upload.uploaded_at.year) in upload.file_name for upload in uploads)


def rows_of(session: Session, table: Table) -> int:
    return session.connection().execute(select(func.count()).select_from(table)).scalar_one()


def test_the_audit_trail_is_kept_and_small(demo: Demo) -> None:
    with reading(demo.engine) as session:
        entries = session.exec(select(AuditEntry)).all()
        values = len(session.exec(select(IndicatorValue.id)).all())
    made = [entry.object_id for entry in entries if entry.object_type == "indicator_value"]
    assert len(made) == len(set(made)) == values, "one entry for each value of three years"
    assert {entry.actor for entry in entries} == {"Учебные данные"}
    of_cycles = [entry for entry in entries if entry.object_type in tables_of(("cycle",))]
    with reading(demo.engine) as session:
        rows = {name: rows_of(session, ALL_TABLES.tables[name]) for name in tables_of(("cycle",))}
    begun = Counter(entry.object_type for entry in of_cycles if entry.action == CREATED)
    assert begun == Counter({name: count for name, count in rows.items() if count}), "each row of a cycle begins once"
    assert len(of_cycles) < 3 * sum(rows.values()), "days and people of stages are set after the opening"
    assert len([entry for entry in entries if entry.object_type != "indicator_value"]) - len(of_cycles) < 3000


def test_the_summary_is_a_russian_sentence(demo: Demo) -> None:
    text = str(demo.summary)
    assert text.startswith("Учебный муниципалитет готов: Заречный район, Северная область (вымышлены);")
    assert "30\N{NO-BREAK SPACE}работ" in text
