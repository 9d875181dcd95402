"""Doors of «Модели и документы»: each opens its screen on the very tab that the model names."""

import re
from collections.abc import Iterator, Mapping

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.cycle.models import mentions, models
from core.documents.register import KINDS
from core.people.association_tables import Association, AssociationKind
from core.store.engine import default_engine
from core.store.unit_of_work import reading
from pages.manage.helping.doors import SPOTS, doors_of
from pages.widgets.screens import is_built, screen_at
from tests.pages.conftest import SHELL

PLACES = sorted({place for model in models() for one in mentions(model.file) for place in one.places})
OPENED = {
    "roadmaps_tab": ("roadmap", "1"), "mentorship_pair_tab": ("pair", "1"), "section": ("meeting", "1"),
    "practices_club_tab": ("club", ""),
}
"""What must be open for an inner place to be seen: parameter and value in the address."""
OWN = {"development_tab": "Моё развитие"}
"""The tab of teachers, whom the local administrator is not."""


def named() -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Give each door with a tab once: the screen and the parameters of its address."""
    seen = {
        (path, tuple(door.query.items()))
        for path, where in PLACES if path != "documents" for door in doors_of(path, where)
        if door.query and door.query != OWN
    }
    yield from sorted((path, query) for path, query in seen)


@pytest.fixture(scope="module")
def person(filled) -> AppTest:
    """Give one person's session: doors are opened one after the other, as a reader of the help does."""
    return AppTest.from_file(str(SHELL), default_timeout=60).run()


def opened(person: AppTest, path: str, query: Mapping[str, str]) -> AppTest:
    """Open an address from the help, which has forgotten what was open there before (`_forget_open`)."""
    person.query_params.clear()
    person.switch_page(screen_at("help").file).run()
    for name in query:
        if name in person.session_state:
            del person.session_state[name]
    for name, value in query.items():
        person.query_params[name] = value
    return person.switch_page(screen_at(path).file).run()


@pytest.fixture(scope="module")
def club(filled) -> str:
    with reading(default_engine()) as session:
        found = session.exec(select(Association.id).where(Association.kind == AssociationKind.SUBJECT_CLUB)).first()
    return str(found)


@pytest.mark.parametrize(("path", "query"), named(), ids=str)
def test_a_door_opens_its_tab(person, club, path, query):
    asked = dict(query)
    inner = {OPENED[name][0]: OPENED[name][1] or club for name in asked if name in OPENED}
    run = opened(person, path, {**asked, **inner})
    assert not run.exception
    if "section" in asked:
        assert run.session_state[f"meeting_typed_section_{inner['meeting']}"] == asked["section"]
        return
    shown = {name: run.session_state[name] for name in asked if not (inner and name == "practices_view")}
    assert {name: str(value).lower() for name, value in shown.items()} == {name: asked[name].lower() for name in shown}


def test_a_tab_that_is_not_there_or_not_for_the_reader_is_not_opened(person):
    assert opened(person, "admin", {"admin_tab": "Кладовая"}).session_state["admin_tab"] == "Организации"
    assert opened(person, "development", OWN).session_state["development_tab"] == "Курсы"


def test_whatever_a_model_names_first_has_a_door():
    titles = {kind.title for kind in KINDS.values()}
    for path, where in PLACES:
        names = re.findall("«([^»]+)»", where)
        if not names or not is_built(path):
            continue
        known = titles if path == "documents" else SPOTS[path]
        assert names[0] in known, (path, where)
        doors = doors_of(path, where)
        assert all(door.query and door.label.startswith(screen_at(path).title) for door in doors), (path, where)


def test_a_place_in_another_one_has_one_door_and_places_side_by_side_have_each_its_own():
    labels = [door.label for door in doors_of("practices", "«Клубы и объединения»: «План и встречи», «Участники»")]
    assert labels == ["Лучшие практики: План и встречи", "Лучшие практики: Участники"]
    assert [door.label for door in doors_of("cycle", "«Нормативные акты», «Сравнение»")] == [
        "Управленческий цикл: Нормативные акты", "Управленческий цикл: Сравнение",
    ]
    assert [door.query for door in doors_of("recommendations", "адресат – педагог")] == [{}]


def test_a_screen_begins_anew_when_somebody_comes_back(person):
    """Whoever looked at «Полнота» once and follows «Загрузить результаты» later must see where files are dropped."""
    run = opened(person, "upload", {"upload_tab": "Полнота"})
    assert run.session_state["upload_tab"] == "Полнота" == run.run().session_state["upload_tab"]
    run.query_params.clear()
    run = run.switch_page(screen_at("help").file).run()
    assert run.switch_page(screen_at("upload").file).run().session_state["upload_tab"] == "Загрузить"
