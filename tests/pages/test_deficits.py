"""The screen «Профессиональные дефициты»: with answers, without, with a bad file; what each role meets."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.diagnostics.contract import AnswerView
from core.diagnostics.remark_tables import DeficitConfirmation
from core.diagnostics.wave_tables import Response, WaveKind
from core.intake.contract import SheetView
from core.people.role_names import Role
from core.people.scope import Scope
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from pages.analyse.deficit_parts.instrument_rows import load_items, load_levels, store_items, store_levels
from pages.analyse.deficit_parts.upload_mapping import mapping_of
from pages.analyse.deficit_parts.wording import row_names
from tests.diagnostics.forms import seeded
from tests.diagnostics.stored_answers import MATHS, PHYSICS, District, add_wave, build_district
from tests.diagnostics.viewers import account_of
from tests.pages.conftest import SHELL, Open
from tests.pages.signing import Browser, cookie_of, signing_in

PAGE = "analyse/deficits.py"
ANSWERS = ("Необходима помощь", "Могу решить", "Успешно решаю", "Могу поделиться опытом")


@pytest.fixture
def district(screen_store: Engine) -> District:
    return build_district(screen_store)


def opened(tab: str = "", **query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = value
    if tab:
        run.session_state["deficits_tab"] = tab
    run = run.run()
    assert not run.exception, run.exception
    return run


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "error", "success")
    found = "\n".join(str(one.value) for kind in kinds for one in run.get(kind))
    return found.replace("\\", "").replace("\u00a0", " ")


def tabs(run: AppTest) -> list[str]:
    return [tab.label for tab in run.tabs]


def press(run: AppTest, label: str) -> AppTest:
    run = next(button for button in run.button if button.label.startswith(label)).click().run()
    assert not run.exception
    return run


def frame(run: AppTest, column: str):
    return next(one.value for one in run.dataframe if column in one.value)


def questionnaire(answer: str = ANSWERS[0]) -> bytes:
    """Return a form of eight teachers and six questions as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    head = ["ID", "Согласие на обработку данных", "Код педагога", "Предмет"]
    sheet.append([*head, *(f"{number}. Урок: насколько успешно Вы решаете задачу {number}?" for number in range(1, 7))])
    for number in range(8):
        hard = answer if number < 5 else ANSWERS[3]
        others = (ANSWERS[2 + (number + k) % 2] for k in range(5))
        sheet.append([number, "Да", f"П-{number:03d}", "Физика", hard, *others])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_an_empty_store_says_the_next_step(open_screen: Open):
    run = open_screen(PAGE)
    assert not run.exception
    assert run.title[0].value == "Профессиональные дефициты"
    assert "Анкета" in texts(run), "the tab of uploads is the first step"
    run = opened("Корпоративные")
    assert "Ответов педагогов пока нет" in texts(run)
    assert "Загрузка анкет" in texts(run)


def test_the_corporate_deficits_stand_first_with_numbers_and_words(district: District):
    run = opened()
    assert "2 корпоративных дефицита и 0 возможных; 5 групп педагогов." in texts(run)
    first = frame(run, "standing").iloc[0]
    assert first["standing"] == "▼▼ корпоративный"
    rows = frame(run, "standing")
    maths = rows[rows["group"] == MATHS].iloc[0]
    assert maths["line"] == "Q1"
    assert maths["share"].replace("\u00a0", " ") == "54,5 % (28–79 %), 6 из 11"


def test_filters_of_the_address_narrow_the_groups(district: District):
    run = opened(deficits_subject=PHYSICS)
    assert set(frame(run, "standing")["group"]) == {PHYSICS}


def test_competences_and_parts_can_be_asked_for(district: District):
    run = opened(deficits_kind="Компетенции")
    assert "Компетенция 1" in frame(run, "standing")["line"].tolist()


def test_the_matrix_says_what_to_do_where_a_side_is_missing(district: District):
    run = opened("Триангуляция")
    rows = frame(run, "element")
    assert rows["element"].tolist()[:2] == ["сила", "дроби"]
    assert set(rows["pupils"]) == {"нет данных"}
    assert "загрузите работу" in rows["hypothesis"].iloc[0]
    assert "гипотеза" in texts(run)


def test_all_tabs_open_for_the_local_administrator(district: District):
    names = tabs(opened())
    assert names == [
        "Корпоративные", "Триангуляция", "Личные", "Волны", "Замечания экспертов", "Педагоги-ресурсы",
        "Загрузка анкет", "Инструменты",
    ]
    for name in names:
        run = opened(name)
        assert not run.error, (name, run.error)


def as_person(district: District, monkeypatch: pytest.MonkeyPatch, account_id: int, tab: str = "") -> AppTest:
    with signing_in(monkeypatch) as browser:
        return _open(browser, district, account_id, tab)


def _open(browser: Browser, district: District, account_id: int, tab: str) -> AppTest:
    browser.token = cookie_of(district.engine, account_id)
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    if tab:
        run.session_state["deficits_tab"] = tab
    run = run.run()
    assert not run.exception
    return run


def test_a_teacher_sees_own_deficits_and_nobody_elses(district: District, monkeypatch):
    account = account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/1")
    run = as_person(district, monkeypatch, account, "Личные")
    assert tabs(run) == ["Корпоративные", "Триангуляция", "Личные", "Волны", "Педагоги-ресурсы"]
    said = texts(run)
    assert f"Учитель {MATHS} 1/1" in said
    assert not [name for name in district.teachers if name != f"{MATHS} 1/1" and f"Учитель {name}" in said]
    lines = frame(run, "mark")
    assert lines["line"].tolist() == ["Q1"]


def test_a_head_sees_the_association(district: District, monkeypatch):
    account = account_of(district, Role.ASSOCIATION_HEAD, "школа 1", f"{MATHS} 1/0", "ШМО математиков")
    run = as_person(district, monkeypatch, account, "Личные")
    assert {name.split()[1] + " " + name.split()[2] for name in frame(run, "name")["name"]} == {
        f"{MATHS} 1/{number}" for number in range(6)
    }


def test_a_specialist_sees_shares_only(district: District, monkeypatch):
    account = account_of(district, Role.MUNICIPAL_SPECIALIST, "район")
    run = as_person(district, monkeypatch, account)
    assert "Личные" not in tabs(run)
    rows = frame(run, "standing")
    assert {MATHS, PHYSICS} <= set(rows["group"])
    for share in rows["share"]:
        assert int(share.rsplit(" ", 1)[1]) >= 5
    assert "Учитель" not in texts(run)


def test_a_mentor_opens_their_own_only(district: District, monkeypatch):
    account = account_of(district, Role.MENTOR, "школа 1", f"{MATHS} 1/5")
    run = as_person(district, monkeypatch, account)
    assert tabs(run) == ["Личные"]
    assert f"Учитель {MATHS} 1/5" in texts(run)


def test_nobody_without_the_right(district: District, monkeypatch):
    account = account_of(district, Role.MENTOR, "школа 1")
    with reading(district.engine) as session:
        assert session.exec(select(Response)).first() is not None
    run = as_person(district, monkeypatch, account)
    assert "Нет права" in run.error[0].value


def choose_row(run: AppTest, row: int) -> AppTest:
    """Click a row of the list of deficits."""
    key = next(one.key for one in run.dataframe if one.key and one.key.startswith("deficits_list_"))
    run.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    run = run.run()
    assert not run.exception
    return run


def test_rows_of_a_chart_never_share_a_name():
    begun = "Насколько успешно Вы решаете в своей работе вот такую задачу:"
    names = row_names([f"{begun} урок", f"{begun} семья", f"{begun} урок"], 40)
    assert len(set(names)) == 3 and max(map(len, names)) <= 44
    assert names[0].endswith("урок") and names[1].endswith("семья")


def test_an_association_confirms_by_discussion(district: District):
    run = opened()
    rows = frame(run, "standing")
    place = rows.index[(rows["group"] == MATHS) & (rows["line"] == "Q1")][0]
    run = choose_row(run, int(place))
    assert f"Q1 — {MATHS}" in texts(run)
    run = press(run, "Подтвердить")
    assert "Не указан номер протокола" in texts(run)
    run.text_input(key="deficits_confirm_protocol").set_value("3")
    run.text_input(key="deficits_confirm_remark").set_value("Обсудили на заседании.")
    run = press(run, "Подтвердить")
    assert "Дефицит подтверждён" in texts(run)
    with reading(district.engine) as session:
        row = session.exec(select(DeficitConfirmation)).one()
    assert (row.protocol, row.remark) == ("3", "Обсудили на заседании.")
    assert (row.respondents, row.item_id) == (11, district.items[0])
    rows = frame(run, "standing")
    assert "✓ да" in rows[(rows["group"] == MATHS) & (rows["line"] == "Q1")]["confirmed"].tolist()


def drop(run: AppTest, content: bytes, name: str = "анкета.xlsx") -> AppTest:
    run.file_uploader(key="deficits_drop").upload(name, content)
    run = run.run()
    assert not run.exception
    return run


def test_a_questionnaire_is_recognised_saved_and_undone(district: District):
    run = drop(opened("Загрузка анкет"), questionnaire())
    said = texts(run)
    assert "Распознано: анкета" in said
    assert "8 педагогов, 6 вопросов или заданий" in said
    assert "не сказано, чьи это педагоги" in said
    assert not [button for button in run.button if button.label == "Сохранить"]
    run = run.selectbox(key="deficits_whose_0").set_value("школа 2").run()
    run = press(run, "Сохранить")
    assert "Сохранено" in texts(run)
    with reading(district.engine) as session:
        assert len(session.exec(select(Response).where(Response.deleted_at.is_(None))).all()) == 21 + 8
    run = press(run, "Отменить загрузку")
    with reading(district.engine) as session:
        assert len(session.exec(select(Response).where(Response.deleted_at.is_(None))).all()) == 21


def test_the_first_questionnaire_of_an_empty_store_names_its_school(screen_store: Engine):
    seeded(screen_store)
    run = drop(opened("Загрузка анкет"), questionnaire())
    assert "ещё нет ни одной школы" in texts(run)
    assert not [box for box in run.selectbox if box.label == "Чьи педагоги"], "there is nothing to choose from"
    run.text_input(key="deficits_school_name_0").set_value("МБОУ «Средняя школа № 7»")
    run = press(run, "Продолжить")
    assert any("Средняя школа № 7" in box.label for box in run.checkbox)
    run = press(run, "Сохранить")
    assert "Сохранено" in texts(run)
    run = opened("Корпоративные")
    assert "1 корпоративный дефицит" in texts(run)


def test_a_file_that_is_no_workbook_is_refused_in_words(district: District):
    run = drop(opened("Загрузка анкет"), b"not a workbook")
    assert run.error
    assert not [button for button in run.button if button.label == "Сохранить"]


def test_an_unknown_form_is_mapped_by_hand(district: District):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Кто", "А", "Б"])
    for number in range(6):
        sheet.append([f"к{number}", "х", "у"])
    target = io.BytesIO()
    book.save(target)
    run = drop(opened("Загрузка анкет"), target.getvalue())
    assert "Форма незнакома" in texts(run)
    run = press(run, "Применить")
    assert "Назначьте хотя бы один столбец" in texts(run)
    with reading(district.engine) as session:
        assert len(session.exec(select(Response)).all()) == 21


def test_two_waves_are_compared(district: District):
    run = opened("Волны")
    assert "Сравнивать пока не с чем" in texts(run)
    with writing(district.engine, "тест") as session:
        add_wave(session, district, WaveKind.FINAL, date(2026, 11, 1), lambda _subject, _number: [3, 3, 3])
    run = opened("Волны")
    rows = frame(run, "verdict")
    maths = rows[(rows["group"] == MATHS) & (rows["line"] == "Q1")].iloc[0]
    assert maths["verdict"] == "● дефицит сократился"
    assert "одни и те же люди: 11" in maths["remark"].replace("\u00a0", " ")


def test_a_remark_of_experts_joins_the_matrix(district: District):
    run = opened("Замечания экспертов")
    run.selectbox(key="deficits_remark_subject").set_value(PHYSICS)
    run.text_input(key="deficits_remark_element").set_value("сила")
    run = press(run, "Сохранить")
    assert "Замечание: не заполнено" in texts(run), "a remark without words is refused by the name of its field"
    run.text_area(key="deficits_remark_text").set_value("Опыты показывают, но не обсуждают.")
    run = press(run, "Сохранить")
    assert "Замечание сохранено" in texts(run)
    rows = frame(opened("Триангуляция"), "element")
    force = rows[rows["element"] == "сила"].iloc[0]
    assert (force["remarks"], force["signals"]) == ("1", "2 из 3")


def test_levels_are_edited_in_per_cent_and_competences_by_name(district: District):
    scope = Scope.local_administrator()
    with reading(district.engine) as session:
        level = load_levels(session, scope, 1)[1]
        item = load_items(session, scope, 1)[0]
    assert (level.values["name"], level.values["from_share"]) == ("средний", 40.0)
    assert item.values["competence_id"] == f"Компетенция 1 · {MATHS}"
    with writing(district.engine, "тест") as session:
        edit = CellEdit(level.id, level.version, "from_share", 50.0, 40.0)
        assert store_levels(session, scope, 1, GridChanges([edit])).saved
    with writing(district.engine, "тест") as session:
        seen = item.values["competence_id"]
        edit = CellEdit(item.id, item.version, "competence_id", f"Компетенция 2 · {PHYSICS}", seen)
        assert store_items(session, scope, 1, GridChanges([edit])).saved
    with reading(district.engine) as session:
        assert load_levels(session, scope, 1)[1].values["from_share"] == 50.0
        assert load_items(session, scope, 1)[0].values["competence_id"] == f"Компетенция 2 · {PHYSICS}"


SHEET = SheetView("Лист", 9, 3, False, (("Код", "1. Урок: веду?", "2. Урок: учу?"), ("7", "плохо", "хорошо")))
SCALE = [AnswerView("плохо", 1, True, False), AnswerView("хорошо", 2, False, True)]
ROLES = [("код педагога", None), ("вопрос или задание", None), ("вопрос или задание", None)]


def test_a_mapping_is_made_from_roles_and_answers():
    mapping, problems = mapping_of(SHEET, 1, 2, ROLES, SCALE)
    assert not problems
    assert (mapping.code, [item.column for item in mapping.items]) == (0, [1, 2])
    assert {item.section for item in mapping.items} == {"Урок"}
    assert mapping.answers == tuple(SCALE)


def test_a_mapping_says_what_is_wrong_with_it():
    twice = [AnswerView("плохо", 1, False, False), AnswerView("хорошо", 1, False, False)]
    _mapping, problems = mapping_of(SHEET, 2, 2, [("код педагога", None), ("код педагога", None)], twice)
    said = " ".join(problems)
    for words in ("двум столбцам", "хотя бы один столбец", "ниже строки заголовков", "один балл", "означает дефицит"):
        assert words in said


def test_the_upload_of_results_leads_a_questionnaire_here(district: District):
    run = AppTest.from_file(str(SHELL), default_timeout=30).run().switch_page("collect/upload.py").run()
    run.file_uploader(key="upload_drop").upload("анкета.xlsx", questionnaire())
    run = run.run()
    assert not run.exception
    assert "Это анкета педагогов" in run.dataframe[0].value["message"].iloc[0]
    assert any("Загрузить ответы педагогов" in str(link.proto) for link in run.get("page_link"))
