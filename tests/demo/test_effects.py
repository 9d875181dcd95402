"""The register of problem fields and the change after measures in the demo municipality."""

import pytest
from sqlmodel import select

from core.monitoring.effect_words import change_words, comparison_words
from core.monitoring.effects import Outcome, field_register
from core.monitoring.whole_chain import whole_chain_of_field
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.chain_contract import ChainKind
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
TOWN = "reg99_m001"


def test_fields_are_cleared_persist_or_wait(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        rows = {(one.label, one.before_work[-4:]): one for one in field_register(session, ALL, town.id or 0)}
    assert rows["обыкновенные дроби", "2025"].outcome is Outcome.CLEARED
    assert rows["площадь и периметр", "2025"].outcome is Outcome.PERSISTS
    assert rows["геометрия", "2026"].outcome is Outcome.NOT_YET and not rows["геометрия", "2026"].after_work
    assert rows["знаки препинания при обособлении", "2024"].outcome is Outcome.CAME_BACK
    change = rows["обыкновенные дроби", "2025"].unit
    assert change.is_certain and change.low < change.difference < change.high
    assert "с 2025 года ВПР составлены иначе" in rows["обыкновенные дроби", "2024"].reservation


def test_schools_with_a_carried_out_measure_are_compared_with_the_others(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        rows = {(one.label, one.before_work[-4:]): one for one in field_register(session, ALL, town.id or 0)}
    found = rows["обыкновенные дроби", "2025"]
    assert (found.schools_acted, found.schools_others, found.measures) == (2, 6, 3)
    assert found.beyond.difference == pytest.approx(found.acted.difference - found.others.difference)
    assert 0 < found.beyond.low < found.beyond.difference < found.beyond.high
    assert "без мероприятий (6" in comparison_words(found) and "→" in change_words(found.acted)
    without_effect = rows["площадь и периметр", "2025"]
    assert (without_effect.schools_acted, without_effect.measures) == (1, 1)
    assert without_effect.beyond.low < 0 < without_effect.beyond.high
    assert comparison_words(rows["обыкновенные дроби", "2024"]) == "мероприятий по полю ещё не выполнено"


def test_the_chain_ends_with_the_change(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        keys = {one.label: one.key for one in field_register(session, ALL, town.id or 0)
                if one.before_work.endswith("2025")}
        chains = {label: whole_chain_of_field(session, ALL, key).steps for label, key in keys.items()}
    last = chains["площадь и периметр"][-1]
    assert last.kind is ChainKind.EFFECT
    assert last.links[0].state == "● сохраняется (2025/2026)" and "не доказывает" in last.links[0].note
    solved = chains["обыкновенные дроби"]
    measures = [link for step in solved if step.kind is ChainKind.MEASURE for link in step.links]
    assert any("Практикум" in link.title for link in measures)
    assert solved[-1].links[0].state == "✓ снято (2025/2026)"
    assert "выполнено 3\xa0мероприятия (2\xa0школы)" in solved[-1].links[0].note.lower()
