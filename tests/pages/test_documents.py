"""The screen «Документы»: what can be made, the package for a meeting, templates; an empty store; a teacher."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.people.scope import Action, Scope
from tests.pages.conftest import SHELL

PAGE = "manage/documents.py"


def _opened(**state: object) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=60).run().switch_page(PAGE)
    for name, value in state.items():
        run.session_state[name] = value
    return run.run()


def _said(run: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("markdown", "caption", "subheader", "error") for one in run.get(kind))


def test_an_empty_store_says_what_to_do(open_screen):
    run = open_screen(PAGE)
    assert not run.exception and "Документов пока нет" in _said(run)


def test_documents_are_filtered_by_kind_and_opened_by_address(filled):
    run = _opened(documents_document=["Протокол заседания"])
    assert not run.exception
    frame = run.dataframe[0].value
    assert set(frame["document"]) == {"Протокол заседания"} and len(frame) == 3
    assert frame["about"][0].startswith("№ 3, Методический совет, 26.11.2026")
    run.query_params["document_code"], run.query_params["document_key"] = "minutes", "1"
    run = run.run()
    assert "Из чего: повестка, явка, решения и голосование заседания" in _said(run)


def test_the_package_lists_what_belongs_to_the_meeting(filled):
    run = _opened(documents_tab="Пакет к заседанию")
    assert not run.exception
    assert "1. Повестка (DOCX)" in _said(run) and "Ход – Дорожная карта" in _said(run)


@pytest.mark.parametrize(("actions", "told"), [
    (frozenset(Action), "Назначьте заседание"),
    (frozenset({Action.VIEW_ROADMAPS, Action.VIEW}), "пакеты к заседаниям ваших объединений и советов"),
])
def test_only_who_holds_meetings_is_told_to_arrange_one(screen_store, monkeypatch, actions, told):
    scope = replace(Scope.local_administrator(), actions=actions)
    monkeypatch.setattr(Scope, "local_administrator", lambda: scope)
    run = _opened(documents_tab="Пакет к заседанию")
    assert not run.exception
    said = _said(run)
    assert told in said and ("Назначьте" in said) == (Action.HOLD_MEETINGS in actions)


def test_templates_show_their_names_with_examples(filled):
    run = _opened(documents_tab="Шаблоны", documents_template="minutes")
    assert not run.exception and "Действует шаблон из поставки" in _said(run)
    names = run.dataframe[0].value
    assert "вопросы → решения → срок" in set(names["name"])


def test_kinds_come_first_and_a_kind_leads_to_its_documents(filled):
    run = _opened()
    assert not run.exception
    kinds = run.dataframe[0].value
    assert len(kinds) == len(set(kinds["document"])) > 15 and len(run.dataframe) == 1
    minutes = kinds[kinds["document"] == "Протокол заседания"]
    assert list(minutes["count"]) == [3] and list(minutes["school_year"]) == ["2026/2027"]
    assert "документы этого вида" in _said(run)
