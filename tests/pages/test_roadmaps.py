"""«Дорожные карты»: list, table, one measure, approval, hand-over; what is refused keeps what was typed."""

import io
from datetime import date

import openpyxl
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Action, Scope
from core.planning.approval import Agreement, Order, agree_by_council, approve
from core.planning.editing import save_measures
from core.planning.measures import view_roadmap
from core.planning.official_table import TableRow
from core.planning.roadmaps import RoadmapDraft, create_roadmap, get_roadmap
from core.planning.storing_tables import store_rows
from core.planning.tables import Evidence, Measure, MeasureField, MeasureStatus, Roadmap, RoadmapState
from core.planning.templates import load_template
from core.planning.workbook import export_roadmap
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from pages.widgets import session as screens
from tests.pages.conftest import SHELL
from tests.pages.town import EVERYTHING, build_town
from tests.people.conftest import add_account, build

SCREEN = "plan/roadmaps.py"
PDF = b"%PDF-1.7\n..."
ROWS = (
    TableRow("1", "Анализ", "до 1 октября 2025 г.", "Наличие справки", "Заместитель директора"),
    TableRow("2", "Помощь учителям"),
    TableRow("2.1", "Семинар", "Май 2030 г.", "Не менее 80 % учителей", "Руководитель ШМО"),
    TableRow("2.2", "Открытые уроки", "как получится", "", ""),
)


@pytest.fixture
def school(screen_store) -> int:
    """Return the id of a school's roadmap: one overdue measure, one section with two, one unreadable deadline."""
    ids, _work = build_town(screen_store)
    with writing(screen_store, "тест") as session:
        roadmap = create_roadmap(
            session, EVERYTHING,
            RoadmapDraft(ids["school1"], "Карта школы", date(2025, 9, 1), date(2030, 8, 31), subject="Математика"),
        )
        store_rows(session, roadmap, ROWS)
        return roadmap.id or 0


def opened(tab: str | None = None, **query: object) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(SCREEN)
    for key, value in query.items():
        run.query_params[key] = str(value)
    if tab is not None:
        run.session_state["roadmaps_tab"] = tab
    run.run()
    assert not run.exception
    return run


def click(run: AppTest, key: str) -> AppTest:
    run = run.button(key=key).click().run()
    assert not run.exception
    return run


def typed(run: AppTest, roadmap_id: int, rows=None, added=(), deleted=()) -> AppTest:
    name = f"measure:{roadmap_id}"
    generation = run.session_state[f"grid:{name}"].generation
    run.session_state[f"grid_editor:{name}:{generation}"] = {
        "edited_rows": rows or {}, "added_rows": list(added), "deleted_rows": list(deleted)
    }
    return run.run()


def save(run: AppTest, roadmap_id: int) -> AppTest:
    return click(run, f"grid_save:measure:{roadmap_id}")


def rows_of(engine, roadmap_id: int) -> dict[str, Measure]:
    with reading(engine) as session:
        view = view_roadmap(session, EVERYTHING, roadmap_id)
        return {row.number.rstrip("."): session.get_one(Measure, row.id) for row in view.rows}


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "error", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


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


def test_the_table_shows_how_deadlines_were_understood_and_folds(school):
    run = opened("Таблица", roadmap=school)
    assert run.data_editor[0].value["number"].tolist() == ["1.", "2.", "2.1", "2.2"]
    run.segmented_control(key="roadmaps_columns").set_value("Сроки").run()
    meant = dict(run.data_editor[0].value[["number", "meant"]].values)
    assert "проверка" in meant["2.1"]
    assert meant["2.2"], "a hint stands where a deadline was not understood"
    run.pills(key=f"roadmaps_folded_{school}").set_value(section(run, school)).run()
    assert run.data_editor[0].value["number"].tolist() == ["1.", "2."]


def section(run: AppTest, roadmap_id: int) -> list[int]:
    """Return the id of the section «2.»."""
    rows = run.session_state[f"grid:measure:{roadmap_id}"].snapshot.rows.values()
    return [row.id for row in rows if row.values["number"] == "2."]


def test_edits_in_folded_rows_and_other_columns_are_saved_together(school, screen_store):
    run = typed(opened("Таблица", roadmap=school), school, {"2": {"title": "Семинар-практикум"}})
    run.segmented_control(key="roadmaps_columns").set_value("Ход").run()
    run = typed(run, school, {"0": {"progress": 40}})
    run.pills(key=f"roadmaps_folded_{school}").set_value(section(run, school)).run()
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)"
    save(run, school)
    rows = rows_of(screen_store, school)
    assert (rows["2.1"].title, rows["1"].progress, rows["1"].status) == (
        "Семинар-практикум", 40, MeasureStatus.IN_PROGRESS,
    )


def test_another_number_moves_a_row_and_a_circle_is_refused(school, screen_store):
    run = save(typed(opened("Таблица", roadmap=school), school, {"3": {"number": "2.1"}}), school)
    assert rows_of(screen_store, school)["2.1"].title == "Открытые уроки"
    run = save(typed(run, school, {"1": {"number": "2.1.1"}, "0": {"title": "Анализ итогов"}}), school)
    refusal = run.error[0].value
    assert "Ничего не сохранено" in refusal
    assert "он сам находится внутри" in refusal
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)", "nothing typed is lost"
    assert rows_of(screen_store, school)["1"].title == "Анализ"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"deadline_text": "март 2020 г."}, "раньше начала дорожной карты"),
        ({"status": "не выполнено"}, "ставится с примечанием"),
        ({"owner": "Уволенный И. И."}, "больше не работает"),
        ({"progress": 140}, "от 0 до 100"),
    ],
)
def test_cells_against_the_rules_are_named_and_kept(school, screen_store, cells, words):
    run = save(typed(opened("Таблица", roadmap=school), school, {"0": cells, "2": {"title": "Иначе"}}), school)
    assert words in run.error[0].value
    assert "Строка «1.»" in run.error[0].value
    assert run.button(key=f"grid_save:measure:{school}").label == "Сохранить (2)"
    assert rows_of(screen_store, school)["2.1"].title == "Семинар"


def test_an_owner_is_chosen_by_name_and_sees_the_measure_among_their_own(school, screen_store, monkeypatch):
    region = build(screen_store)
    with writing(screen_store, "тест") as session:
        roadmap = create_roadmap(
            session, EVERYTHING, RoadmapDraft(region.units["школа 1"], "Карта", date(2025, 9, 1), date(2030, 8, 31))
        )
        store_rows(session, roadmap, ROWS)
        plan = roadmap.id or 0
    run = opened("Таблица", roadmap=plan)
    save(typed(run, plan, {"0": {"owner": "Смирнова Ольга Игоревна"}}), plan)
    assert rows_of(screen_store, plan)["1"].owner_teacher_id == region.teachers["Смирнова"]
    with reading(screen_store) as session:
        teacher = scope_for(session, session.get_one(Account, region.accounts["учитель"]))
    monkeypatch.setattr(screens, "current_scope", lambda: teacher)
    run = opened()
    assert [tab.label for tab in run.tabs][-1] == "Мои мероприятия (1)"
    mine = run.dataframe[0].value
    assert mine["title"].tolist() == ["1. Анализ"]
    run = opened(measure=rows_of(screen_store, plan)["1"].id)
    assert run.button(key=f"roadmaps_save_{rows_of(screen_store, plan)['1'].id}")
    other = opened(measure=rows_of(screen_store, plan)["2.1"].id)
    assert not [one for one in other.button if one.label == "Сохранить ход"]


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


def test_the_way_to_approval_a_new_edition_and_its_differences(school, screen_store):
    run = opened("Согласование", roadmap=school)
    assert "Пункт 2.2: срок «как получится» не понят" in said(run).replace("\\", "")
    name = f"roadmaps_step_{school}_AGREED_BY_COUNCIL"
    run = click(run, f"{name}_take")
    assert "Не указан номер протокола" in run.error[0].value
    run.text_input(key=f"{name}_number").set_value("4").run()
    run = click(run, f"{name}_take")
    name = f"roadmaps_step_{school}_APPROVED"
    run.text_input(key=f"{name}_number").set_value("17-о").run()
    run.text_input(key=f"{name}_person").set_value("Н. А. Огнева").run()
    run = click(run, f"{name}_take")
    assert "Дорожная карта утверждена: редакция 1" in said(run)
    later = {"deadline_text": "до 1 ноября 2025 г."}
    run = save(typed(opened("Таблица", roadmap=school), school, {"0": later}), school)
    run = opened("Согласование", roadmap=school)
    differences = next(frame.value for frame in run.dataframe if "what" in frame.value)
    assert differences[["what", "label", "old", "new"]].values.tolist() == [
        ["✎ изменено", "Срок", "до 1 октября 2025 г.", "до 1 ноября 2025 г."]
    ]
    with reading(screen_store) as session:
        assert get_roadmap(session, EVERYTHING, school).state is RoadmapState.DRAFT


def test_of_two_approvals_at_once_the_second_is_told_and_keeps_its_paper(school, screen_store):
    with writing(screen_store, "тест") as session:
        agree_by_council(session, EVERYTHING, school, Agreement("Совет", "4", date(2025, 9, 1)), 1)
        seen = get_roadmap(session, EVERYTHING, school).version
    run = opened("Согласование", roadmap=school)
    name = f"roadmaps_step_{school}_APPROVED"
    run.text_input(key=f"{name}_number").set_value("18-о").run()
    button = run.button(key=f"{name}_take")
    with writing(screen_store, "Директор") as session:
        approve(session, EVERYTHING, school, Order("17-о", date(2025, 9, 2)), seen)
    run = button.click().run()
    assert not run.exception
    assert "уже поработал другой человек: утверждено приказом (приказ № 17-о)" in run.error[0].value
    with reading(screen_store) as session:
        assert get_roadmap(session, EVERYTHING, school).approved_edition == 1


def test_return_with_remarks_and_their_settling(school, screen_store):
    run = opened("Согласование", roadmap=school)
    run.session_state[f"roadmaps_return_{school}_box"] = True
    run.run()
    run = click(run, f"roadmaps_return_{school}_take")
    assert "Замечаний нет" in run.error[0].value
    run.text_area(key=f"roadmaps_return_{school}_whole").set_value("Мало мероприятий").run()
    run = click(run, f"roadmaps_return_{school}_take")
    assert "Замечания (1)" in said(run)
    with reading(screen_store) as session:
        assert session.get_one(Roadmap, school).state is RoadmapState.RETURNED
    run = click(run, next(one.key for one in run.button if one.label == "Снять"))
    assert "Открытых замечаний нет" in said(run)


def test_who_only_looks_gets_no_buttons(school, screen_store, monkeypatch):
    observer = Scope(None, "Наблюдатель", None, None, None, None, frozenset({Action.VIEW, Action.VIEW_ROADMAPS}))
    monkeypatch.setattr(screens, "current_scope", lambda: observer)
    forbidden = ("Сохранить", "Удалить", "Согласовать", "Вернуть")
    for tab in ("Ход", "Таблица", "График", "Согласование", "Журнал"):
        run = opened(tab, roadmap=school)
        assert not run.data_editor
        assert not [one for one in run.button if one.label.startswith(forbidden)]
        assert "Дальше" not in said(run) and "отметить ход" not in said(run), "nothing is asked of who cannot do it"
    run = opened(measure=rows_of(screen_store, school)["1"].id)
    assert not [one for one in run.button if one.label in ("Сохранить ход", "Приложить", "Переместить")]
    assert not opened().get("expander")


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


def test_accounts_of_the_school_can_be_owners(screen_store):
    region = build(screen_store)
    with writing(screen_store, "тест") as session:
        add_account(session, region, "завуч", "школа 1")
        roadmap = create_roadmap(
            session, EVERYTHING, RoadmapDraft(region.units["школа 1"], "Карта", date(2025, 9, 1), date(2030, 8, 31))
        )
        store_rows(session, roadmap, ROWS)
        plan = roadmap.id or 0
    run = save(typed(opened("Таблица", roadmap=plan), plan, {"0": {"owner": "Завуч"}}), plan)
    assert not run.error
    assert rows_of(screen_store, plan)["1"].owner_account_id == region.accounts["завуч"]
