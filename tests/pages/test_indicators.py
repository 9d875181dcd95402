"""The screen «Показатели»: an empty store, the scorecard, one indicator, entering, acceptance, expected results."""

import re

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import SHELL

PAGE = "monitor/indicators.py"


def _opened(tab: str | None = None, code: str | None = None) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=60).run().switch_page(PAGE)
    if code is not None:
        run.query_params["indicator"] = code
    run = run.run()
    if tab is not None:
        run.session_state["indicators_tab"] = tab
        run = run.run()
    return run


def _said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def test_an_empty_store_says_what_to_do(open_screen):
    run = open_screen(PAGE)
    assert not run.exception and "Организаций пока нет" in _said(run)


def test_the_scorecard_has_words_and_signs_beside_numbers(filled):
    run = _opened()
    assert not run.exception
    frame = run.dataframe[0].value.set_index("code")
    assert frame.loc["П42.1", "2026"].startswith("84,5") and "из 1" in frame.loc["П42.1", "2026"]
    assert frame.loc["П01", "move"] == "▲ лучше" and frame.loc["П42.1", "move"] == "≈ без изменений"


def test_organisations_stand_side_by_side_by_years_and_by_indicators(filled):
    run = _opened()
    run.session_state["indicators_unit"] = run.selectbox(key="indicators_unit").options.index("Заречный район") + 1
    run.session_state["indicators_way"] = "Организации по годам"
    run = run.run()
    assert not run.exception and run.dataframe[0].value["name"].iloc[0] == "Заречный район"
    run.selectbox(key="indicators_matrix_code").select("П42.1").run()
    assert not run.exception and "без рейтинга" in _said(run)
    assert len(run.dataframe[0].proto.selection_mode) == 2, "columns can be chosen, so that nobody sorts by them"
    frame = run.dataframe[0].value.set_index("name")
    assert frame.loc["Заречный район", "2026"] == "84,5 % (82,7–86,2\xa0%), 1\xa0375 из 1\xa0627"
    assert list(frame.index[1:]) == sorted(frame.index[1:]) and not frame["2026"].str.contains("план").any()
    run.selectbox(key="indicators_matrix_code").select("П12").run()
    assert len(run.dataframe[0].proto.selection_mode) == 1
    assert "✓ план выполнен (60 %" in run.dataframe[0].value.set_index("name").loc["МБОУ «Гимназия № 3»", "2026"]
    run.session_state["indicators_way"] = "Организации за год"
    run = run.run()
    assert not run.exception and "П01" in run.dataframe[0].value.columns and len(run.dataframe[0].value) == 9
    run.button(key="indicators_up").click().run()
    assert not run.exception and run.selectbox(key="indicators_unit").value == 1


def test_a_school_stands_beside_its_group_and_a_sum_names_who_accepted(filled):
    run = _opened(code="П12")
    run.session_state["indicators_unit"] = run.selectbox(key="indicators_unit").options.index("Заречный район") + 1
    run = run.run()
    below = run.dataframe[0].value.set_index("name")
    assert below.loc["МБОУ «Гимназия № 3»", "accepted"] == "20.06.2026, Учебные данные"
    assert below.loc["МБОУ «Лесновская средняя школа»", "accepted"] == "—"
    run.session_state["indicators_unit"] = run.selectbox(key="indicators_unit").options.index("МБОУ «Гимназия № 3»") + 1
    run = run.run()
    assert not run.exception and "Похожие школы" in _said(run) and "без этой: 3" in _said(run)


def test_one_indicator_with_interval_parts_and_passport(filled):
    run = _opened(code="П42.1")
    assert not run.exception
    said = _said(run)
    assert "Успеваемость по ВПР" in said and "82,7–86,2" in said and "без заметных изменений" in said
    assert "Числитель" in said and "В. П. Симонов" not in said
    assert "МБОУ «Гимназия № 3»" in list(run.dataframe[0].value["name"])


def test_acceptance_names_the_school_that_waits(filled):
    run = _opened("Приёмка")
    assert not run.exception and "Ждут решения: 1 организация" in _said(run).replace("\xa0", " ")
    offered = run.selectbox(key="indicators_decided").options
    assert offered[0] == "● принять или вернуть: МБОУ «Лесновская средняя школа»"
    first = run.dataframe[0].value.iloc[0]
    assert first["code"] == "П12" and first["says"].startswith("76,2 %") and first["before"].startswith("28,6 %")
    assert "Резкое изменение за год" in first["remarks"]


def test_entry_begins_with_a_button_and_shows_the_grid(filled):
    run = _opened("Ввод и сдача")
    assert not run.exception and "ещё не начали вносить" in _said(run)
    run.button(key="indicators_prepare").click().run()
    assert not run.exception and "Вносят люди" in _said(run) and "срок прошёл" in _said(run)
    _choose(run, "МБОУ «Гимназия № 3»")
    run.session_state["indicators_tab"] = "Ввод и сдача"
    run = run.run()
    assert "Всё сдано и принято." in _said(run) and "срок прошёл" not in _said(run)


def test_the_register_and_expected_results(filled):
    run = _opened("Проблемные поля")
    assert not run.exception
    outcomes = " ".join(run.dataframe[0].value["outcome"])
    assert "✓ снято" in outcomes and "● сохраняется" in outcomes and "○ ещё не проверено" in outcomes
    run = _opened("Ожидаемые результаты")
    assert not run.exception and len(run.dataframe[0].value) == 7
    _choose(run, "Северная область")
    assert not run.exception and "ещё нет" in _said(run)


def test_the_collection_names_who_owes_and_is_closed_and_opened_with_a_reason(filled):
    run = _opened("Сбор")
    _choose(run, "Заречный район")
    assert not run.exception and "срок прошёл, не закрыт" in _said(run)
    owed = run.dataframe[0].value.set_index("name")
    assert owed.loc["МБОУ «Ольховская основная школа»", "words"].startswith("○ исправить возвращённые: П01")
    assert owed.loc["МБОУ «Гимназия № 3»", "done"] == "49 из 49"
    run.session_state["indicators_close_box"] = True
    run = run.run().button(key="indicators_close_collection").click().run()
    assert not run.exception and "вносить и сдавать нельзя" in _said(run)
    run.session_state["indicators_reopen_box"] = True
    run = run.run().button(key="indicators_reopen").click().run()
    assert "Не сказано, почему сбор открывается снова" in _said(run)
    run.text_input(key="indicators_reopen_why").input("Уточняются ОГЭ")
    run.session_state["indicators_reopen_box"] = True
    run = run.button(key="indicators_reopen").click().run()
    assert not run.exception and "Уточняются ОГЭ" in _said(run)


def test_the_year_is_summed_up_and_its_proposals_are_listed(filled):
    run = _opened("Итоги года")
    _choose(run, "Заречный район")
    note = run.text_area[0].value
    assert not run.exception and "План не выполнен" in note and "95 % интервалом" in note
    proposed = run.dataframe[0].value
    assert "Средняя школа № 2" in " ".join(proposed["unit"]) and "из 119" in " ".join(proposed["why"])


def test_targets_and_passports_are_shown_and_an_own_indicator_is_made(filled):
    run = _opened("Цели")
    _choose(run, "Заречный район")
    assert not run.exception and "все школы" in run.selectbox(key="indicators_audience").options
    run = _opened("Паспорта")
    assert not run.exception and "П13" not in list(run.dataframe[0].value["code"])
    run.session_state["indicators_new_passport"] = True
    run = run.run()
    place = "indicators_new_passport_0"
    for name, text in (("name", "Рейтинг школ по ВПР"), ("goal", "Своя"), ("responsible", "завуч")):
        run.text_input(key=f"{place}_{name}").input(text)
    for name, text in (("source", "протоколы"), ("numerator", "уроки"), ("denominator", "все уроки")):
        run.text_area(key=f"{place}_{name}").input(text)
    run = run.button(key="indicators_new_passport_create").click().run()
    assert "Результаты ВПР не применяют" in _said(run)
    run.text_input(key=f"{place}_name").input("Доля открытых уроков")
    run = run.button(key="indicators_new_passport_create").click().run()
    assert not run.exception and "Показатель С01 создан" in _said(run)
    assert "С01" in list(run.dataframe[0].value["code"])


def test_the_screen_begins_where_values_are_collected_with_the_tabs_of_the_work(filled):
    run = _opened()
    assert run.selectbox(key="indicators_unit").value == 2 and run.query_params["indicators_unit"] == "2"
    assert [one.label for one in run.tabs][:4] == ["Табло", "Ввод и сдача", "Сбор", "Приёмка"]
    _choose(run, "МБОУ «Гимназия № 3»")
    names = [one.label for one in run.tabs]
    assert "Сбор" not in names and "Цели" not in names and "Ввод и сдача" in names
    years = run.selectbox(key="indicators_year")
    assert all(re.fullmatch(r"\d{4}/\d{4}", one) for one in years.options) and "Год идёт" not in _said(run)
    assert "Год идёт" in _said(years.select_index(0).run())


def test_only_what_is_named_is_returned_and_accepted(filled):
    run = _opened("Приёмка")
    field = next(one for one in run.multiselect if one.key.startswith("indicators_decided_codes"))
    run = field.select("П26. Доля педагогов – участников профессиональных конкурсов").run()
    assert run.button(key="indicators_accept").label == "Принять (1)"
    run = run.button(key="indicators_return").click().run()
    assert "Не сказано, почему" in _said(run)
    run.text_input(key="indicators_reason").input("Уточните участников")
    run = run.button(key="indicators_return").click().run()
    assert "Возвращено: 1 показатель" in _said(run).replace("\xa0", " ")
    assert run.button(key="indicators_accept").label == "Принять (48)"
    run = run.button(key="indicators_accept").click().run()
    assert not run.exception and "Принято: 48 показателей" in _said(run).replace("\xa0", " ")


def _choose(run: AppTest, name: str) -> None:
    run.session_state["indicators_unit"] = run.selectbox(key="indicators_unit").options.index(name) + 1
    run.run()
