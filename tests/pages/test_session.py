import pytest
from sqlmodel import Session

from core.blueprints.tables import ThresholdPreset
from core.errors import QualityError
from core.people.scope import Scope
from pages.widgets import session as screens

calls: list[str] = []


def preset(name: str) -> ThresholdPreset:
    return ThresholdPreset(
        name=name, basic_sufficient=0.6, basic_insufficient=0.57, advanced_sufficient=0.3, advanced_insufficient=0.285
    )


def count_presets(session: Session, scope: Scope, label: str = "") -> int:
    calls.append(label)
    from sqlmodel import select

    return len(session.exec(select(ThresholdPreset)).all())


def add_preset(session: Session, scope: Scope, name: str) -> None:
    session.add(preset(name))


def add_and_fail(session: Session, scope: Scope, name: str) -> None:
    session.add(preset(name))
    session.flush()
    raise QualityError("Не вышло.")


@pytest.fixture(autouse=True)
def no_calls():
    calls.clear()


def test_an_answer_is_computed_once_until_the_data_change(screen_store):
    assert [screens.read(count_presets), screens.read(count_presets)] == [0, 0]
    assert len(calls) == 1
    screens.write(add_preset, "Свои")
    assert screens.read(count_presets) == 1
    assert len(calls) == 2


def test_other_arguments_are_another_question(screen_store):
    screens.read(count_presets, "a")
    screens.read(count_presets, "b")
    screens.read(count_presets, label="a")
    assert calls == ["a", "b", "a"]


def test_nobody_gets_an_answer_computed_for_other_rights(screen_store, monkeypatch):
    screens.read(count_presets)
    monkeypatch.setattr(screens, "current_scope", lambda: Scope.of(3, "Гость", ()))
    screens.read(count_presets)
    assert len(calls) == 2


def test_a_refused_write_leaves_nothing(screen_store):
    with pytest.raises(QualityError):
        screens.write(add_and_fail, "Свои")
    assert screens.read(count_presets) == 0


def test_a_write_is_in_the_audit_trail_under_the_actors_name(screen_store):
    from sqlmodel import select

    from core.store.tables import AuditEntry
    from core.store.unit_of_work import reading

    screens.write(add_preset, "Свои")
    with reading(screen_store) as session:
        entry = session.exec(select(AuditEntry)).one()
    assert (entry.actor, entry.action) == ("Локальный администратор", "создано")
