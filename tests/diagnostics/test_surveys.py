"""From a teachers' form to a wave: stored whole or not at all, compared with what is stored, taken back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.diagnostics.form_shares import form_shares
from core.diagnostics.instrument_tables import Instrument, SurveyProfile
from core.diagnostics.loading import instrument_view, live_responses, wave_answers
from core.diagnostics.preview import SurveyOptions
from core.diagnostics.storing import store_survey
from core.diagnostics.undoing import undo_survey, undo_wave
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, SurveyUploadState, WaveKind
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.actions import Action
from core.people.scope import Scope
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.diagnostics.forms import CAN, HELP, QUESTIONS, SHARE, SHEET, WELL, form, person, previewed, seeded, stored
from tests.intake.file_formats import written
from tests.people.conftest import DAY, Region, build

TEACHERS = (
    person("Иванова Анна Петровна", HELP, WELL, SHARE),
    person("Смирнова О. И.", CAN, WELL, WELL),
    person("Сидорова Вера Львовна", SHARE, HELP, WELL, school="школа 2"),
    person("Новикова Зоя Ильинична", HELP, CAN, WELL, school="школа 2", subject="Физика"),
)


@pytest.fixture
def region(sqlite_engine: Engine, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Region:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "keys"))
    return build(seeded(sqlite_engine))


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def live(session: Session, wave_id: int) -> list[Response]:
    return list(session.exec(live_responses(wave_id)))


def test_known_teachers_are_met_and_no_name_is_stored(region: Region) -> None:
    done = stored(region.engine, form(*TEACHERS))
    with reading(region.engine) as session:
        rows = live(session, done.wave_id)
        wave = session.get(DiagnosticWave, done.wave_id)
        ids = [region.teachers["Иванова"], region.teachers["Смирнова"], region.teachers["Сидорова"], None]
        assert [row.teacher_id for row in rows] == ids
        assert [row.subject for row in rows] == ["Математика"] * 3 + ["Физика"]
        assert wave.organisation_id == region.units["район"] and wave.held_on == date(2026, 9, 1)
        assert rows[0].association_ids and rows[3].code.startswith("П-")
        text = repr([row.model_dump() for row in rows])
        text += repr([(entry.old, entry.new) for entry in session.exec(select(AuditEntry))])
        assert "Новиков" not in text and "912 345" not in text
        answers = wave_answers(session, wave, rows)
        assert answers.scores.tolist() == [[1, 3, 4], [2, 3, 3], [4, 1, 3], [1, 2, 3]]


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_shows_what(region: Region) -> None:
    first = stored(region.engine, form(*TEACHERS))
    again = stored(region.engine, form(*TEACHERS))
    assert (again.is_new, again.upload_id) == (False, first.upload_id)
    corrected = [person("Иванова Анна Петровна", SHARE, WELL, SHARE), *TEACHERS[2:]]
    preview = previewed(region.engine, form(*corrected))
    one, other = preview.changes
    assert [(change.item, change.old, change.new) for change in one.changed] == [(QUESTIONS[0], HELP, SHARE)]
    assert len(one.removed) == 1 and other.is_empty
    assert any("исключённых 1" in finding.message for finding in preview.findings)
    second = stored(region.engine, form(*corrected))
    with reading(region.engine) as session:
        assert second.wave_id == first.wave_id
        assert [bytes(row.answers)[0] for row in live(session, first.wave_id)] == [4, 1, 4]
    with writing(region.engine, "тест") as session:
        undo_survey(session, Scope.local_administrator(), second.upload_id)
    with reading(region.engine) as session:
        assert len(live(session, first.wave_id)) == 4
        assert session.get(SurveyUpload, first.upload_id).state is SurveyUploadState.STORED


def test_another_school_adds_to_the_wave_of_the_district(region: Region) -> None:
    options = SurveyOptions(organisation_code="О2")
    first = stored(region.engine, form(*TEACHERS[:2]), options)
    second = stored(region.engine, form(*TEACHERS[2:]), options)
    assert first.wave_id == second.wave_id
    with reading(region.engine) as session:
        assert len(live(session, first.wave_id)) == 4
    with writing(region.engine, "тест") as session:
        assert undo_wave(session, Scope.local_administrator(), first.wave_id) == 2
    with reading(region.engine) as session:
        assert live(session, first.wave_id) == []


def test_a_form_without_schools_belongs_where_its_teachers_work(region: Region) -> None:
    head = ("ФИО", "Предмет")
    rows = [["Иванова Анна Петровна", "Математика", HELP, WELL, SHARE], ["Сидорова В. Л.", "Алгебра", HELP, WELL, CAN]]
    done = stored(region.engine, form(*rows, head=head), SurveyOptions(organisation_code="О2"))
    with reading(region.engine) as session:
        places = [(row.organisation_id, row.teacher_id) for row in live(session, done.wave_id)]
    assert places == [(region.units["школа 1"], region.teachers["Иванова"]), (region.units["район"], None)]
    preview = previewed(region.engine, form(*rows, head=head))
    assert [finding.code for finding in preview.findings] == ["school_missing"]


def test_shipped_questions_are_known_again_and_new_ones_take_over_the_levels(region: Region) -> None:
    with reading(region.engine) as session:
        shipped = session.exec(select(Instrument).where(Instrument.shipped_key == "maths-teaching")).one()
        view = instrument_view(session, shipped.id or 0)
    questions = tuple(f"{item.code}. {item.text}" for item in view.items)
    row = [*TEACHERS[0][:8], *([WELL] * len(questions))]
    other = [*TEACHERS[1][:8], *([CAN] * len(questions))]
    assert stored(region.engine, form(row, other, questions=questions)).instrument_id == view.id
    own = stored(region.engine, form(*TEACHERS))
    with reading(region.engine) as session:
        made = instrument_view(session, own.instrument_id)
    assert made.organisation_id == region.units["район"]
    assert [item.text for item in made.items] == list(QUESTIONS)
    assert made.levels == view.levels
    chosen = previewed(region.engine, form(*TEACHERS), SurveyOptions(instrument_id=view.id))
    assert [finding.code for finding in chosen.findings] == ["instrument_differs"]


def test_what_columns_mean_is_remembered(region: Region) -> None:
    rows = [["Предмет", *QUESTIONS], ["Физика", "умею", "не умею", "умею"], ["Физика", "не умею", "умею", "умею"]]
    content = written({SHEET: rows})
    options = SurveyOptions(organisation_code="О4")
    asked = previewed(region.engine, content, options)
    assert asked.needs_mapping and not asked.refused
    done = stored(region.engine, content, replace(options, mapping=asked.inspection.mapping))
    assert done.is_new
    with reading(region.engine) as session:
        assert len(session.exec(select(SurveyProfile)).all()) == 1
    again = previewed(region.engine, content, replace(options, wave=WaveKind.FINAL))
    assert not again.needs_mapping and len(again.respondents) == 2


def test_somebody_elses_change_meanwhile_is_not_overwritten(region: Region) -> None:
    first = stored(region.engine, form(*TEACHERS))
    late = previewed(region.engine, form(person("Иванова Анна Петровна", SHARE, SHARE, SHARE), *TEACHERS[1:]))
    stored(region.engine, form(person("Иванова Анна Петровна", CAN, CAN, CAN), *TEACHERS[1:]))
    with pytest.raises(EditConflict), writing(region.engine, "тест") as session:
        store_survey(session, Scope.local_administrator(), late)
    with reading(region.engine) as session:
        found = {row.teacher_id: bytes(row.answers) for row in live(session, first.wave_id)}
    assert found[region.teachers["Иванова"]] == b"\x02\x02\x02"


def test_a_refused_file_stores_nothing_and_an_operation_happens_once(region: Region) -> None:
    bad = previewed(region.engine, form(*TEACHERS, person("Лугова Рита Олеговна", "Не знаю", WELL, SHARE)))
    with pytest.raises(InvalidInput), writing(region.engine, "тест") as session:
        store_survey(session, Scope.local_administrator(), bad)
    good = previewed(region.engine, form(*TEACHERS))
    ids = []
    for _time in range(2):
        with writing(region.engine, "тест") as session:
            ids.append(store_survey(session, Scope.local_administrator(), good, "щелчок").upload_id)
    assert ids[0] == ids[1]
    with reading(region.engine) as session:
        assert len(session.exec(select(Response).where(col(Response.deleted_at).is_(None))).all()) == 4


def test_everybody_diagnoses_their_own_teachers_only(region: Region) -> None:
    director = scope_of(region, "директор")
    preview = previewed(region.engine, form(*TEACHERS), scope=director)
    assert "school_unknown" in [finding.code for finding in preview.findings]
    assert not previewed(region.engine, form(*TEACHERS[:2]), scope=director).refused
    head = scope_of(region, "руководитель шмо")
    physics = person("Петров Олег Ильич", HELP, WELL, SHARE, subject="Физика")
    outside = previewed(region.engine, form(TEACHERS[0], physics), scope=head)
    assert [finding.code for finding in outside.findings if finding.severity == "error"] == ["outside_scope"]
    with pytest.raises(NotAllowed):
        previewed(region.engine, form(*TEACHERS), scope=scope_of(region, "учитель"))
    assert not scope_of(region, "наблюдатель").allows(Action.MANAGE_DIAGNOSTICS)
    done = stored(region.engine, form(*TEACHERS))
    with pytest.raises(NotFound), writing(region.engine, "тест") as session:
        undo_survey(session, director, done.upload_id)


def test_shares_count_both_low_answers_as_need_of_help(region: Region) -> None:
    shares = form_shares(previewed(region.engine, form(*TEACHERS)))
    assert [(one.share, one.n) for one in shares] == [(0.75, 4), (0.5, 4), (0.0, 4)]
    assert shares[0].low < 0.75 < shares[0].high
