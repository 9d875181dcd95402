"""«Дорожные карты»: one measure, its progress and its proofs."""

import pytest
from sqlmodel import select

from core.planning.editing import save_measures
from core.planning.tables import Evidence, MeasureStatus
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.pages.roadmaps.conftest import click, opened, rows_of, said
from tests.pages.town import EVERYTHING

PDF = b"%PDF-1.7\n..."


def test_progress_of_a_measure_with_its_obligatory_note(school, screen_store):
    measure = rows_of(screen_store, school)["1"]
    run = opened(measure=measure.id)
    name = f"{measure.id}_{measure.version}"
    run.pills(key=f"roadmaps_status_{name}").set_value(MeasureStatus.NOT_DONE).run()
    run = click(run, f"roadmaps_save_{measure.id}")
    assert "ставится с примечанием" in run.error[0].value
    run.text_area(key=f"roadmaps_note_{name}").set_value("Не было справки").run()
    run = click(run, f"roadmaps_save_{measure.id}")
    assert "Ход мероприятия отмечен" in said(run)
    now = rows_of(screen_store, school)["1"]
    assert (now.status, now.status_note) == (MeasureStatus.NOT_DONE, "Не было справки")


def test_a_colleague_who_was_faster_is_shown_and_the_note_stays(school, screen_store):
    measure = rows_of(screen_store, school)["1"]
    run = opened(measure=measure.id)
    name = f"{measure.id}_{measure.version}"
    run.text_area(key=f"roadmaps_note_{name}").set_value("Мой текст").run()
    with writing(screen_store, "Петрова") as session:
        edit = CellEdit(measure.id or 0, measure.version, "progress", 70, 0)
        save_measures(session, EVERYTHING, school, GridChanges([edit]))
    run = click(run, f"roadmaps_save_{measure.id}")
    assert "тем временем изменил кто-то другой" in run.error[0].value
    assert run.text_area(key=f"roadmaps_note_{name}").value == "Мой текст"
    run = click(run, f"roadmaps_again_{measure.id}")
    run = click(run, f"roadmaps_save_{measure.id}")
    assert rows_of(screen_store, school)["1"].status_note == "Мой текст"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("запуск.pdf", b"MZ\x90\x00", "программа, её нельзя приложить"),
        ("видео.pdf", PDF + b"0" * (21 * 1024 * 1024), "а помещается 20"),
        ("пусто.pdf", b"", "пуст"),
    ],
)
def test_files_that_are_no_proof(school, screen_store, name, content, words):
    measure = rows_of(screen_store, school)["1"]
    run = opened(measure=measure.id)
    run.text_area(key=f"roadmaps_note_{measure.id}_{measure.version}").set_value("Пишу примечание").run()
    run.file_uploader(key=f"roadmaps_file_{measure.id}_0").set_value([(name, content, "")]).run()
    run = click(run, f"roadmaps_attach_{measure.id}")
    assert words in run.error[0].value
    assert run.text_area(key=f"roadmaps_note_{measure.id}_{measure.version}").value == "Пишу примечание"
    with reading(screen_store) as session:
        assert session.exec(select(Evidence)).all() == []


def test_proofs_are_attached_taken_away_and_brought_back(school, screen_store):
    measure = rows_of(screen_store, school)["1"]
    run = opened(measure=measure.id)
    run.file_uploader(key=f"roadmaps_file_{measure.id}_0").set_value([("Справка.pdf", PDF, "")]).run()
    run = click(run, f"roadmaps_attach_{measure.id}")
    assert "Файл «Справка.pdf» приложен" in said(run)
    run.text_input(key=f"roadmaps_url_{measure.id}").set_value("javascript:alert(1)").run()
    run = click(run, f"roadmaps_link_{measure.id}")
    assert "не похоже на адрес" in run.error[0].value
    assert run.text_input(key=f"roadmaps_url_{measure.id}").value == "javascript:alert(1)"
    run.text_input(key=f"roadmaps_url_{measure.id}").set_value("https://example.org/a").run()
    run = click(run, f"roadmaps_link_{measure.id}")
    assert "Подтверждения (2)" in said(run)
    with reading(screen_store) as session:
        first = session.exec(select(Evidence.id).order_by(Evidence.id)).first()
    run = click(run, f"roadmaps_remove_{first}")
    assert "Подтверждения (1)" in said(run)
    run = click(run, f"roadmaps_restore_proof_{first}")
    assert "Подтверждения (2)" in said(run)
