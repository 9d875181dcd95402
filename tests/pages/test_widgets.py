import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from core.documents.file_names import dated_name, free_name, plain_name
from core.intake.contract import Finding
from core.workbooks.writing import write_workbook
from pages.widgets.findings import findings_table
from pages.widgets.passport import VPR_LINE, Passport
from pages.widgets.tables import Column, Table, table_height


def test_names_of_files_are_accepted_everywhere():
    assert dated_name('Поля: 4 "А" / 2026', "xlsx", date(2026, 11, 2)) == "Поля 4 А 2026, 02.11.2026.xlsx"
    assert plain_name(" nul ") == "nul_" and plain_name('"..."') == "Документ" and len(plain_name("я" * 300)) == 100
    assert plain_name("План, 2026/2027") == "План, 2026-2027"
    assert free_name("Карта", "docx", {"карта.docx", "карта (2).docx"}) == "Карта (3).docx"


@pytest.mark.parametrize(("title", "name"), [
    ("Программа – Иванова Анна Петровна – Смирнова Ольга Игоревна, Петров О. И.", "Программа"),
    ("Опыт Сидорова Петра Ильича по геометрии", "Опыт по геометрии"),
    ("Рекомендация – Ветровой Анне Олеговне", "Рекомендация"),
    ("МБОУ «Лицей им. А. С. Пушкина» – Петрова-Водкина Анна Ильинична", "МБОУ «Лицей им. А. С. Пушкина»"),
    ("Клуб «Северная Двина», Первый Кирпич", "Клуб «Северная Двина», Первый Кирпич"),
    ("Петров О.И.", "Документ"),
])
def test_names_of_files_name_nobody(title, name):
    assert plain_name(title) == name


def test_a_table_goes_out_with_real_numbers_and_its_passport():
    table = Table(
        "Задания",
        (
            Column("code", "Задание"),
            Column("facility", "Выполнение", "percent"),
            Column("n", "Участников", "integer"),
            Column("at", "Когда", "moment"),
        ),
        [{"code": "=1+1", "facility": 0.625, "n": 24, "at": datetime(2026, 11, 2, 14, 5)}, {"code": "2"}],
    )
    passport = Passport("директору", "ВПР, 24 участника", "доля баллов", procedure="ВПР")
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([table.sheet(passport.notes())])))
    values = [[cell.value for cell in row] for row in book["Задания"].iter_rows(min_row=3)]
    assert values == [
        ["Задание", "Выполнение", "Участников", "Когда"],
        ["'=1+1", 0.625, 24, "02.11.2026 14:05"],
        ["2", None, None, None],
    ]
    assert book["Задания"]["B4"].number_format == "0.0%"
    assert book["Задания"]["A4"].data_type == "s"
    assert any(VPR_LINE in str(row[0].value) for row in book["Паспорт"].iter_rows())


def test_only_reports_of_vpr_carry_the_federal_reservation():
    assert VPR_LINE in Passport("", "", "", procedure="ВПР").warnings()
    assert Passport("", "", "", ("Мало данных.",), procedure="ОГЭ").warnings() == ("Мало данных.",)


def test_findings_stand_errors_first_with_their_place():
    findings = [
        Finding("warning", "w", "Пустая строка."),
        Finding("error", "e", "Балл 7 больше 5.", "Исправьте.", "8А", 14, "E", "5 (5б)", "7"),
    ]
    first, second = findings_table(findings).rows
    assert first["severity"] == "✖ ошибка"
    assert first["place"] == "лист «8А», строка 14, столбец E «5 (5б)»"
    assert first["value"] == "7"
    assert second["severity"] == "! предупреждение"


def test_findings_on_a_screen_speak_of_no_commands():
    said = "Укажите предмет (в командной строке: --subject «Русский язык»)."
    (row,) = findings_table([Finding("error", "e", "Не удалось определить предмет.", said)]).rows
    assert row["advice"] == "Укажите предмет."


def test_findings_say_whether_the_file_can_be_saved():
    def script(severity: str) -> None:
        from core.intake.contract import Finding
        from pages.widgets.findings import show_findings

        show_findings("f", [Finding(severity, "x", "Замечание."), Finding("warning", "y", "Ещё одно.")])

    refused = AppTest.from_function(script, args=("error",)).run()
    assert refused.error[0].value == "1\xa0ошибка и 1\xa0предупреждение. Файл не сохранён."
    allowed = AppTest.from_function(script, args=("warning",)).run()
    assert allowed.warning[0].value == "2\xa0предупреждения. Сохранить файл можно."


def test_a_figure_is_never_a_bare_number():
    def script() -> None:
        from core.analysis.status import Status
        from pages.widgets.figures import Figure, show_figures

        show_figures([Figure("Орфография", "41,0 %", 8, "24,0–60,0 %", Status.SURELY_BELOW)])

    run = AppTest.from_function(script).run()
    assert run.metric[0].value == "41,0 %"
    assert "▼▼ достоверно ниже" in run.markdown[0].value
    assert run.caption[0].value == "95 % интервал: 24,0–60,0 % · 8\xa0участников, малая выборка"


def test_steps_run_in_order_and_give_back_their_results():
    def script() -> None:
        import streamlit as st

        from pages.widgets.progress import run_steps

        st.write(run_steps("Читаем", [("а.xlsx", lambda: 1), ("б.xlsx", lambda: 2)]))

    run = AppTest.from_function(script).run()
    assert not run.exception
    assert run.json[0].value == "[1, 2]"
    assert not run.get("progress")


def test_a_chosen_row_is_given_back():
    def script() -> None:
        import streamlit as st

        from pages.widgets.tables import Column, Table, show_table

        rows = [{"name": "первая"}, {"name": "вторая"}]
        st.session_state["t"] = {"selection": {"rows": [1], "columns": [], "cells": []}}
        row = show_table("t", Table("Таблица", (Column("name", "Имя"),), rows), choose=True)
        st.write("" if row is None else row["name"])

    run = AppTest.from_function(script).run()
    assert not run.exception
    assert run.markdown[0].value == "вторая"


def test_numbers_of_tables_are_written_alike():
    def script() -> None:
        from pages.widgets.tables import Column, Table, show_table

        columns = (
            Column("share", "Доля", "percent"), Column("mean", "Среднее", "decimal", digits=2),
            Column("year", "С года", "year"),
        )
        show_table("t", Table("Таблица", columns, [{"share": 0.25, "mean": 3.2, "year": 2026}]), download=False)

    run = AppTest.from_function(script).run()
    assert not run.exception
    settings = json.loads(run.dataframe[0].proto.columns)
    assert settings["share"]["type_config"] == {"type": "number", "format": "percent", "step": 0.001}
    assert settings["mean"]["type_config"]["step"] == 0.01
    assert settings["year"]["type_config"]["format"] == "%d", "no space between thousands and hundreds of a year"


@pytest.mark.parametrize(("rows", "height"), [(0, "auto"), (2, "content"), (5, "content"), (6, 210)])
def test_a_table_of_few_rows_leaves_no_empty_ones(rows: int, height: int | str):
    assert table_height(210, rows, 1) == height
    assert table_height(None, rows, 1) == "auto"
