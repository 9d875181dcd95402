"""Targets by unit and level: the nearest wins and says whose it is."""

from datetime import date

import pytest

from core.errors import NotAllowed, NotFound
from core.monitoring.plan_tables import TargetLevel
from core.monitoring.scorecard import scorecard
from core.monitoring.setting_targets import audiences, save_targets, target_rows
from core.monitoring.targets import GivenTarget, UnitPlace, target_for
from core.monitoring.value_tables import TypicalCluster
from core.monitoring.wording import plan_words
from core.people.tables import OrganisationKind
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import CODES, YEAR, Monitoring

REGION, TOWN, SCHOOL = 1, 2, 3
PATH = ((SCHOOL, OrganisationKind.SCHOOL), (TOWN, OrganisationKind.MUNICIPALITY), (REGION, OrganisationKind.REGION))
VILLAGE = UnitPlace(PATH, "сельские")


def given(level: TargetLevel, by: int, value: float, cluster: str = "", unit: int = 0) -> GivenTarget:
    return GivenTarget(by, "П41", level, cluster, unit or by, value)


ALL, ONE = TargetLevel.SCHOOLS, TargetLevel.UNIT


@pytest.mark.parametrize(("plan", "targets", "value", "origin"), [
    (70.0, [given(ONE, TOWN, 60, unit=SCHOOL)], 70.0, "цель школы"),
    (None, [given(ALL, TOWN, 50), given(ONE, TOWN, 60, unit=SCHOOL)], 60.0, "цель муниципалитета для этой организации"),
    (None, [given(ALL, TOWN, 50), given(TargetLevel.CLUSTER, TOWN, 40, "сельские")], 40.0,
     "цель муниципалитета для группы «сельские»"),
    (None, [given(ALL, TOWN, 50), given(TargetLevel.CLUSTER, TOWN, 40, "городские")], 50.0,
     "цель муниципалитета для всех школ"),
    (None, [given(ALL, REGION, 45), given(ALL, TOWN, 50)], 50.0, "цель муниципалитета для всех школ"),
    (None, [given(ALL, REGION, 45)], 45.0, "цель региона для всех школ"),
    (None, [given(TargetLevel.WHOLE, SCHOOL, 55), given(ONE, TOWN, 60, unit=SCHOOL)], 55.0, "цель школы"),
])
def test_the_nearest_target_wins(plan, targets, value, origin):
    found = target_for(VILLAGE, plan, targets)
    assert found is not None and (found.value, found.origin) == (value, origin)


def test_a_target_of_the_whole_or_for_schools_is_not_everybodys():
    assert target_for(VILLAGE, None, [given(TargetLevel.WHOLE, TOWN, 50)]) is None
    town = UnitPlace(PATH[1:])
    assert target_for(town, None, [given(ALL, TOWN, 50)]) is None
    assert target_for(town, None, [given(ONE, REGION, 50, unit=4)]) is None


def test_targets_are_set_in_the_grid_and_stand_on_the_scorecard(monitoring: Monitoring):
    specialist, town = monitoring.scope("специалист"), monitoring.unit("район")
    with writing(monitoring.engine, "специалист") as session:
        session.add(TypicalCluster(organisation_id=monitoring.unit("школа 2"), name="сельские", valid_from=YEAR - 1))
        session.flush()
        known = {one.name: one for one in audiences(session, specialist, town, YEAR)}
        rows = [{"code": "П41. Доля обучающихся", "value": 50, "comment": "решение совета"}]
        assert save_targets(session, specialist, town, YEAR, known["все школы"], GridChanges(added=rows)).versions
        lower = GridChanges(added=[{"code": "П41", "value": 30}])
        assert save_targets(session, specialist, town, YEAR, known["группа «сельские»"], lower).versions
        for cells, said in (
            ({"code": "П41", "value": 60}, "уже есть"), ({"code": "П25", "value": 160}, "больше 100"),
            ({"code": "П15", "value": 1}, "не для этих организаций"), ({"code": "Ш99", "value": 1}, "нет"),
            ({"code": "П25"}, "не указана"),
            ({"code": "П42.1", "value": 85}, "По результатам ВПР"),
        ):
            outcome = save_targets(session, specialist, town, YEAR, known["все школы"], GridChanges(added=[cells]))
            assert said in str(outcome.refused[0].error), cells
    with reading(monitoring.engine) as session:
        card = scorecard(session, specialist, town, (YEAR,), CODES, with_children=True, today=date(YEAR, 11, 1))
        cells = {name: card.cells[key, CODES[0], YEAR] for key, name in card.units}
    assert cells["район"].plan is None and cells["школа 1"].plan == 50.0
    assert (cells["школа 2"].plan, cells["школа 2"].plan_origin) == (30.0, "цель муниципалитета для группы «сельские»")
    assert "50 %, цель муниципалитета для всех школ" in plan_words(card.passport(CODES[0]), cells["школа 1"])


def test_a_target_is_changed_and_taken_back_by_who_leads(sqlite_monitoring: Monitoring):
    monitoring = sqlite_monitoring
    specialist, town = monitoring.scope("специалист"), monitoring.unit("район")
    with writing(monitoring.engine, "специалист") as session:
        whole = audiences(session, specialist, town, YEAR)[0]
        added = GridChanges(added=[{"code": "П41", "value": 50}])
        row = next(iter(save_targets(session, specialist, town, YEAR, whole, added).versions))
        edit = CellEdit(row, 1, "value", 65, 50.0)
        assert save_targets(session, specialist, town, YEAR, whole, GridChanges([edit])).saved
        save_targets(session, specialist, town, YEAR, whole, GridChanges(deleted=[RowDelete(row, 2)]))
        assert not target_rows(session, specialist, town, YEAR, whole)
        assert save_targets(session, specialist, town, YEAR, whole, added).versions
    with writing(monitoring.engine, "директор") as session, pytest.raises(NotFound):
        save_targets(session, monitoring.scope("директор"), town, YEAR, whole, added)
    with writing(monitoring.engine, "наблюдатель") as session, pytest.raises(NotAllowed):
        save_targets(session, monitoring.scope("наблюдатель"), town, YEAR, whole, added)
