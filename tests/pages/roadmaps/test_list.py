"""«Дорожные карты»: ways to begin, the list, what is deleted or does not exist, the journal."""

import io
from datetime import date

import openpyxl
from sqlmodel import select

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.planning.editing import save_measures
from core.planning.measures import view_roadmap
from core.planning.tables import MeasureField
from core.planning.templates import load_template
from core.planning.workbook import export_roadmap
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.pages.roadmaps.conftest import click, opened, rows_of, said
from tests.pages.town import EVERYTHING, build_town


def test_an_empty_store_offers_the_ways_to_begin(screen_store):
    build_town(screen_store)
    run = opened()
    assert "Дорожных карт пока нет" in said(run)
    assert run.segmented_control(key="roadmaps_way").options == [
        "Из проблемных полей", "По образцу", "Из файла", "По прежней карте", "С чистого листа",
    ]
    assert "Подтверждённых проблемных полей пока нет" in said(run)


def test_a_new_roadmap_without_a_title_is_refused_and_keeps_the_rest(screen_store):
    build_town(screen_store)
    run = opened()
    run.segmented_control(key="roadmaps_way").set_value("С чистого листа").run()
    run.text_input(key="roadmaps_new_blank_goal").set_value("Поднять качество").run()
    run.date_input(key="roadmaps_new_blank_ends").set_value(date(2020, 1, 1)).run()
    run = click(run, "roadmaps_make_blank")
    assert "Не заполнено поле «Название»" in run.error[0].value
    run.text_input(key="roadmaps_new_blank_title").set_value("Моя карта").run()
    run = click(run, "roadmaps_make_blank")
    assert "раньше, чем начинается" in run.error[0].value
    assert run.text_input(key="roadmaps_new_blank_goal").value == "Поднять качество"
    run.date_input(key="roadmaps_new_blank_ends").set_value(date(2030, 6, 30)).run()
    run = click(run, "roadmaps_make_blank")
    assert "Проект дорожной карты создан" in said(run)
    assert "Моя карта" in [one.value for one in run.subheader]
    assert "Впишите мероприятия" in said(run), "the next step is said"


def test_table_2_of_the_official_order_goes_out_and_in_the_same(screen_store):
    build_town(screen_store)
    run = opened()
    run.segmented_control(key="roadmaps_way").set_value("По образцу").run()
    run.checkbox(key="roadmaps_sample_years").uncheck().run()
    run.date_input(key="roadmaps_new_sample_nikolsky_starts").set_value(date(2020, 1, 1)).run()
    run = click(run, "roadmaps_make_sample")
    template = load_template("nikolsky")
    first = int(run.query_params["roadmap"][0])
    assert [one.proto.label for one in run.get("download_button")][:3] == ["DOCX", "DOCX с ходом", "XLSX"]
    with reading(screen_store) as session:
        content = export_roadmap(session, EVERYTHING, first)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    titles = [one.title for one in template.rows]
    assert [row[1] for row in sheet.iter_rows(values_only=True) if row[1] in titles] == titles
    run = opened()
    run.session_state["roadmaps_adding"] = True
    run.session_state["roadmaps_way"] = "Из файла"
    run.run()
    run.file_uploader(key="roadmaps_drop").set_value([("карта.xlsx", content, "")]).run()
    assert "Прочитано: 13" in said(run)
    run = click(run, "roadmaps_make_file")
    again = int(run.query_params["roadmap"][0])
    with reading(screen_store) as session:
        before, after = (
            [
                (row.number, row.title, row.deadline_text, row.indicator, row.owner_post)
                for row in view_roadmap(session, EVERYTHING, one).rows
            ]
            for one in (first, again)
        )
    assert len(before) == 13
    assert after == before


def test_the_list_and_the_roadmap_say_what_is_overdue_first(school):
    run = opened()
    row = run.dataframe[0].value.iloc[0]
    assert (row["title"], row["late"], row["done"]) == ("Карта школы", "⚠ 1", "0 из 3")
    run = opened(roadmap=school)
    shown = run.dataframe[0].value
    assert shown["number"].tolist()[0] == "1."
    assert shown["condition"].tolist()[0] == "⚠ просрочено с 01.10.2025"
    run.segmented_control(key="roadmaps_which").set_value("Просроченные").run()
    assert run.dataframe[0].value["number"].tolist() == ["1."]


def test_what_does_not_exist_is_said_kindly(school):
    assert "Такой дорожной карты нет" in said(opened(roadmap=9999))
    assert "Такого мероприятия нет" in said(opened(measure="9999"))


def test_a_confirmed_field_becomes_a_draft_and_leads_back(screen_store):
    ids, work = build_town(screen_store)
    unit = f"class:{ids['school1']}:А"
    with writing(screen_store, "Методист") as session:
        review = review_field(
            session, EVERYTHING, assessment_id=work, unit=unit, kind=Kind.ELEMENT, key="геометрия",
            state=ReviewState.CONFIRMED, cause="мало практики", remark="", seen_version=None,
        )
        review_id = review.id
    run = opened(roadmaps_fields=review_id)
    assert run.multiselect(key="roadmaps_chosen_fields").value == [review_id]
    run = click(run, "roadmaps_make_fields")
    assert "Проект дорожной карты создан" in said(run)
    with reading(screen_store) as session:
        links = session.exec(select(MeasureField)).all()
    assert links
    assert {link.review_id for link in links} == {review_id}
    run = opened(measure=links[0].measure_id)
    assert "геометрия" in said(run)
    assert any(one.proto.label == "К полю" for one in run.get("page_link"))


def test_a_deleted_roadmap_comes_back(school):
    run = click(opened(roadmap=school), f"roadmaps_delete_{school}")
    assert "Дорожных карт пока нет" in said(run)
    run = click(run, f"roadmaps_restore_{school}")
    assert run.dataframe[0].value["title"].tolist() == ["Карта школы"]


def test_the_journal_names_who_changed_what(school, screen_store):
    measure = rows_of(screen_store, school)["1"]
    with writing(screen_store, "Петрова") as session:
        edit = CellEdit(measure.id or 0, measure.version, "title", "Анализ итогов", "Анализ")
        save_measures(session, EVERYTHING, school, GridChanges([edit]))
    lines = opened("Журнал", roadmap=school).dataframe[0].value
    first = lines.iloc[0]
    assert (first["actor"], first["field"], first["old"], first["new"]) == (
        "Петрова", "название", "Анализ", "Анализ итогов",
    )
