"""The register of problem fields and the change after measures in the demo municipality."""

import pytest
from sqlmodel import select

from core.monitoring.effect_words import change_words, comparison_words
from core.monitoring.effects import Outcome, field_register
from core.monitoring.whole_chain import whole_chain_of_field
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.chain_contract import ChainKind
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure, MeasureField, Roadmap
from core.store.unit_of_work import reading, writing
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
TOWN = "reg99_m001"


class _Undo(Exception):
    pass


def test_fields_are_cleared_persist_or_wait(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        rows = {(one.label, one.before_work[-4:]): one for one in field_register(session, ALL, town.id or 0)}
    assert rows["обыкновенные дроби", "2025"].outcome is Outcome.CLEARED
    assert rows["площадь и периметр", "2025"].outcome is Outcome.PERSISTS
    assert rows["геометрия", "2026"].outcome is Outcome.NOT_YET and not rows["геометрия", "2026"].after_work
    change = rows["обыкновенные дроби", "2025"].unit
    assert change.is_certain and change.low < change.difference < change.high
    assert "с 2025 года ВПР составлены иначе" in rows["обыкновенные дроби", "2024"].reservation


def test_schools_with_a_carried_out_measure_are_compared_with_the_others(demo: Demo):
    with pytest.raises(_Undo), writing(demo.engine, "тест") as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        row = next(one for one in field_register(session, ALL, town.id or 0)
                   if (one.label, one.before_work[-4:]) == ("обыкновенные дроби", "2025"))
        assert comparison_words(row) == "мероприятий по полю ещё не выполнено"
        school = session.exec(select(Organisation).where(Organisation.code == "edu990101")).one()
        roadmap = session.exec(select(Roadmap)).first()
        roadmap.organisation_id = school.id or 0
        measure = Measure(
            organisation_id=school.id or 0, roadmap_id=roadmap.id or 0, title="Проба", status=MeasureStatus.DONE
        )
        session.add_all((roadmap, measure))
        session.flush()
        work, unit, kind, key = row.key.split("|")
        session.add(MeasureField(
            organisation_id=school.id or 0, measure_id=measure.id or 0, assessment_id=int(work), unit=unit, kind=kind,
            key=key,
        ))
        session.flush()
        found = next(one for one in field_register(session, ALL, town.id or 0) if one.key == row.key)
        assert (found.schools_acted, found.measures) == (1, 1) and found.schools_others == 7
        assert found.beyond.difference == pytest.approx(found.acted.difference - found.others.difference)
        assert found.beyond.low < found.beyond.difference < found.beyond.high
        assert "без мероприятий (7" in comparison_words(found) and "→" in change_words(found.acted)
        raise _Undo


def test_the_chain_ends_with_the_change(demo: Demo):
    with reading(demo.engine) as session:
        town = session.exec(select(Organisation).where(Organisation.code == TOWN)).one()
        key = next(one.key for one in field_register(session, ALL, town.id or 0) if one.label == "площадь и периметр")
        last = whole_chain_of_field(session, ALL, key).steps[-1]
    assert last.kind is ChainKind.EFFECT
    assert last.links[0].state == "● сохраняется (2025/2026)" and "не доказывает" in last.links[0].note
