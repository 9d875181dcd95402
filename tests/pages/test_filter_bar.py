from streamlit.testing.v1 import AppTest

from pages.widgets.filter_bar import Chosen, options_of

ROWS = [
    {"subject": "Русский язык", "grade": 4, "year": 2025},
    {"subject": "Русский язык", "grade": 11, "year": 2026},
    {"subject": "Математика", "grade": 5, "year": 2026},
]


def script() -> None:
    import streamlit as st

    from pages.widgets.filter_bar import filter_bar

    rows = [
        {"subject": "Русский язык", "grade": 4, "year": 2025, "work": 1},
        {"subject": "Русский язык", "grade": 11, "year": 2026, "work": 2},
        {"subject": "Математика", "grade": 5, "year": 2026, "work": 3},
    ]
    chosen = filter_bar("fields", rows, ("subject", "grade", "year"))
    st.caption(chosen.words())
    st.write(",".join(str(row["work"]) for row in rows if chosen.admits(row)))


def test_nothing_chosen_admits_everything():
    run = AppTest.from_function(script).run()
    assert run.markdown[0].value == "1,2,3"
    assert run.caption[0].value == "все данные"
    assert run.button(key="fields_reset").disabled


def test_a_choice_narrows_the_rows_and_the_other_options():
    run = AppTest.from_function(script).run()
    run.multiselect(key="fields_subject").select("Русский язык").run()
    assert run.markdown[0].value == "1,2"
    assert run.multiselect(key="fields_grade").options == ["4", "11"]
    assert run.caption[0].value == "Русский язык"


def test_choice_is_taken_from_the_address():
    run = AppTest.from_function(script)
    run.query_params["fields_subject"] = "Математика"
    run.query_params["fields_grade"] = "5"
    run.run()
    assert run.markdown[0].value == "3"
    assert run.caption[0].value == "Математика, 5 класс"


def test_an_unknown_value_in_the_address_is_ignored():
    run = AppTest.from_function(script)
    run.query_params["fields_subject"] = "Астрология"
    run.run()
    assert not run.exception
    assert run.markdown[0].value == "1,2,3"


def test_reset_clears_all_filters():
    run = AppTest.from_function(script).run()
    run.multiselect(key="fields_subject").select("Русский язык")
    run.multiselect(key="fields_year").select(2026)
    run.run()
    run.button(key="fields_reset").click().run()
    assert run.markdown[0].value == "1,2,3"
    assert run.multiselect(key="fields_subject").value == []


def test_options_go_with_the_other_facets_and_keep_what_is_chosen():
    chosen = Chosen({"subject": ("Математика",), "grade": (4,)})
    assert options_of("grade", ROWS, chosen) == [4, 5]
    assert options_of("subject", ROWS, Chosen({"year": (2026,)})) == ["Математика", "Русский язык"]
    assert options_of("grade", ROWS, Chosen({})) == [4, 5, 11]
