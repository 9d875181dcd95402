"""What was typed just before the click counts: the browser sends the last field and the click in one message."""

from tests.pages.roadmaps.conftest import click, opened, rows_of, said


def test_the_note_and_the_progress_of_the_last_moment_are_saved(school, screen_store):
    row = rows_of(screen_store, school)["1"]
    run = opened(measure=row.id)
    run.number_input(key=f"roadmaps_progress_{row.id}_{row.version}").set_value(40)
    run.text_area(key=f"roadmaps_note_{row.id}_{row.version}").set_value("Собраны листы наблюдения.")
    run = click(run, f"roadmaps_save_{row.id}")
    assert "Ход мероприятия отмечен" in said(run)
    now = rows_of(screen_store, school)["1"]
    assert (now.progress, now.status_note) == (40, "Собраны листы наблюдения.")


def test_a_link_a_number_and_a_remark_of_the_last_moment(school, screen_store):
    row = rows_of(screen_store, school)["1"]
    run = opened(measure=row.id)
    run.text_input(key=f"roadmaps_number_{row.id}").set_value("абв")
    run = click(run, f"roadmaps_move_{row.id}")
    assert "«абв» не похоже на номер пункта" in said(run)
    run.text_input(key=f"roadmaps_url_{row.id}").set_value("https://школа.рф/протокол")
    run = click(run, f"roadmaps_link_{row.id}")
    assert "Ссылка приложена" in said(run)
    run = opened("Согласование", roadmap=school)
    run.text_input(key=f"roadmaps_remark_{school}").set_value("Уточнить срок пункта 1.")
    run = click(run, f"roadmaps_remark_{school}_add")
    assert "Замечание записано" in said(run) and "Уточнить срок пункта 1" in said(run)
