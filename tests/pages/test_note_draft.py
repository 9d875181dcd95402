"""The draft of a note on the screen of documents: a section is changed, its news are shown, nothing typed is lost."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.documents.draft_tables import DraftSection
from core.documents.drafts import open_draft, write_section
from core.documents.text import NoteKind, NoteSubject
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from pages.manage.document_parts.draft import draft_name
from pages.widgets.documents import DOCUMENT_ADDRESS
from tests.pages.conftest import SHELL
from tests.pages.town import build_town

KIND = NoteKind.WORK_SHORT


def opened(subject: NoteSubject) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page("manage/documents.py")
    for name, value in zip(DOCUMENT_ADDRESS, (KIND.value, subject.key), strict=True):
        run.query_params[name] = value
    run.session_state[f"{draft_name(KIND, subject)}_folded"] = True
    return run.run()


def button(run: AppTest, label: str):
    return next(one for one in run.button if one.label == label)


def said(run: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("markdown", "caption", "warning", "success", "error")
                     for one in run.get(kind))


def test_a_section_is_changed_and_the_person_chooses_when_the_data_have_changed(screen_store: Engine) -> None:
    ids, work_id = build_town(screen_store)
    subject = NoteSubject(work_id, f"organisation:{ids['school1']}")
    run = opened(subject)
    assert not run.exception
    key = next(one.key for one in run.selectbox if one.label == "Раздел")
    run.selectbox(key=key).set_value("conclusion").run()
    run.text_area[0].set_value("Мой вывод **не жирный**.").run()
    assert "несохранённый" in said(run), "what was typed is kept before it is saved"
    button(run, "Сохранить").click().run()
    assert not run.exception and "Раздел сохранён." in said(run)
    assert run.text_area[0].value == "Мой вывод **не жирный**."
    with writing(screen_store, "Коллега") as session:
        row = session.exec(select(DraftSection)).one()
        assert row.text == "Мой вывод **не жирный**."
        row.based_on = row.based_on.replace("Качество", "Прежнее качество")
        session.add(row)
    run.run()
    assert "Данные изменились после правки" in said(run) and "~~Прежнее качество~~" in said(run)
    button(run, "Взять новый").click().run()
    assert not run.exception and "Качество знаний" in run.text_area[0].value


def test_a_colleagues_save_does_not_wipe_what_was_typed(screen_store: Engine) -> None:
    ids, work_id = build_town(screen_store)
    subject, everybody = NoteSubject(work_id, f"organisation:{ids['school1']}"), Scope.local_administrator()
    run = opened(subject)
    with reading(screen_store) as session:
        seen = open_draft(session, everybody, KIND, subject).sections[0]
    run.text_area[0].set_value("Текст второго.").run()
    with writing(screen_store, "Первый") as session:
        write_section(session, everybody, KIND, subject, "passport", "Текст первого.", seen.generated, seen.version)
    button(run, "Сохранить").click().run()
    assert run.text_area[0].value == "Текст второго."
    assert "Первый" in said(run) and "Текст первого." in said(run)
