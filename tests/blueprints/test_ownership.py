"""Whose plans, scales and presets are: who changes them, who reads them, which of them counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.analysis.loading import load_work
from core.blueprints.catalogue import catalogue, find_scale
from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.editing import (
    copy_blueprint,
    create_blueprint,
    delete_blueprint,
    get_blueprint,
    list_blueprints,
    restore_blueprint,
)
from core.blueprints.editing_items import save_item_changes
from core.blueprints.editing_presets import add_presets, restore_preset, save_preset_changes, save_presets
from core.blueprints.editing_scales import add_scales, list_scales, save_scale_changes, save_scales
from core.blueprints.overview import list_summaries
from core.blueprints.tables import Level, MarkScale, ThresholdPreset
from core.blueprints.thresholds import choose_preset, list_presets, presets_in_use
from core.errors import NotAllowed, NotFound
from core.intake.attaching import attach_blueprint, blueprints_for
from core.intake.contract import ItemSpec
from core.intake.history import list_works
from core.intake.packing import pack_class
from core.intake.resolving import items_key
from core.intake.tables import Assessment, ClassWork, Upload
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.ownership import owners_for
from core.people.scope import Scope
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.intake.builders import parsed_class
from tests.people.conftest import DAY, Region, build, cheap_passwords  # noqa: F401

ALL = Scope.local_administrator()
DRAFT = BlueprintDraft(
    procedure="ВПР", subject="Математика", grade=8, year_from=2026,
    items=(DraftItem("1", 2, Level.BASIC, ("общий элемент",)), DraftItem("2", 1, Level.BASIC, ("общий элемент",))),
)
SCALE = {
    "procedure": "ВПР", "subject": "Математика", "grade": 8, "year_from": 2026, "year_to": 2026, "max_score": 3,
    "from_3": 1, "from_4": 2, "from_5": 3,
}
PRESET = {
    "name": "Порог", "basic_sufficient": "60", "basic_insufficient": "50", "advanced_sufficient": "40",
    "advanced_insufficient": "30", "procedures": "ВПР",
}


@dataclass
class House:
    """A region of schools, with the scopes of its people."""

    region: Region

    def scope(self, name: str) -> Scope:
        if name == "все":
            return ALL
        with reading(self.region.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account, DAY)

    @contextmanager
    def acting(self, name: str) -> Iterator[tuple[Session, Scope]]:
        with writing(self.region.engine, name) as session:
            yield session, self.scope(name)


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(build(sqlite_engine))


def elements(draft: BlueprintDraft, name: str) -> BlueprintDraft:
    return replace(draft, items=tuple(replace(item, elements=(name,)) for item in draft.items))


def a_plan(house: House, actor: str, name: str) -> int:
    with house.acting(actor) as (session, scope):
        return create_blueprint(session, scope, elements(DRAFT, name)).id or 0


def a_work(house: House, *schools: str, blueprint_id: int | None = None) -> int:
    """Store a work of the named schools, one class each."""
    part = parsed_class([[1, 0], [2, 1], [0, 1], [1, 1], [2, 0]])
    specs = (ItemSpec("1", 2, None), ItemSpec("2", 1, None))
    with house.acting("все") as (session, _scope):
        upload = Upload(file_name="итоги.xlsx", sha256="0", layout="vpr_form")
        work = Assessment(
            procedure="ВПР", subject="Математика", grade=8, year=2026, item_codes=["1", "2"], item_maxima=[2, 1],
            item_levels=[None, None], items_key=items_key(specs), blueprint_id=blueprint_id,
        )
        session.add_all([upload, work])
        session.flush()
        for school in schools:
            place = {
                "assessment_id": work.id or 0, "upload_id": upload.id or 0, "school_id": house.region.units[school]
            }
            session.add(ClassWork(**pack_class(part, **place, absent=0)))
        return work.id or 0


def element_of(house: House, actor: str, work_id: int) -> set[str]:
    """Return how the work's content elements are called for the actor."""
    with reading(house.region.engine) as session:
        work = load_work(session, house.scope(actor), work_id)
        return {name for item in work.items for name in item.elements}


def test_the_nearest_owner_stands_first(house: House) -> None:
    units = house.region.units
    with reading(house.region.engine) as session:
        orders = {name: owners_for(session, house.scope(name), DAY).order for name in ("директор", "методист", "все")}
    assert orders["директор"] == (units["школа 1"], units["район"], units["регион"])
    assert orders["методист"] == (units["район"], units["регион"])
    assert orders["все"] == ()


def test_a_school_makes_plans_for_itself_and_a_municipality_for_its_schools(house: House) -> None:
    units = house.region.units
    with house.acting("методист школы") as (session, scope):
        own = create_blueprint(session, scope, DRAFT)
        assert own.organisation_id == units["школа 1"]
        with pytest.raises(NotAllowed):
            create_blueprint(session, scope, replace(DRAFT, year_from=2027), organisation_id=units["школа 2"])
    with house.acting("методист") as (session, scope):
        assert create_blueprint(session, scope, DRAFT).organisation_id == units["район"]
        assert create_blueprint(session, scope, DRAFT, organisation_id=units["школа 2"]).organisation_id
        with pytest.raises(NotAllowed):
            create_blueprint(session, scope, DRAFT, organisation_id=units["школа 3"])
    with house.acting("администратор") as (session, scope):
        assert create_blueprint(session, scope, DRAFT).organisation_id is None


def test_shared_plans_and_those_above_are_read_and_not_changed(house: House) -> None:
    shared, district = a_plan(house, "администратор", "общий"), a_plan(house, "методист", "районный")
    with house.acting("методист школы") as (session, scope):
        assert {one.id for one in list_blueprints(session, scope)} == {shared, district}
        owners = {one.id: (one.owner, one.may_change) for one in list_summaries(session, scope)}
        assert owners == {shared: ("общий", False), district: ("район", False)}
        for plan in (shared, district):
            with pytest.raises(NotAllowed, match="Создайте свой"):
                delete_blueprint(session, scope, plan)
            with pytest.raises(NotAllowed):
                save_item_changes(session, scope, plan, GridChanges(added=[{"code": "9", "max_score": 1}]))
        own = copy_blueprint(session, scope, shared, 2026, 2026)
        assert own.organisation_id == house.region.units["школа 1"]
        delete_blueprint(session, scope, own.id or 0)
        restore_blueprint(session, scope, own.id or 0)
    with house.acting("методист") as (session, scope):
        delete_blueprint(session, scope, district)
        with pytest.raises(NotAllowed, match="администратор всей системы"):
            delete_blueprint(session, scope, shared)


def test_plans_of_a_school_do_not_exist_for_another(house: House) -> None:
    own = a_plan(house, "методист школы", "школьный")
    stranger = replace(house.scope("директор"), organisations=frozenset({house.region.units["школа 2"]}), grants=())
    with writing(house.region.engine, "тест") as session:
        assert list_blueprints(session, stranger) == [] and list_summaries(session, stranger) == []
        with pytest.raises(NotFound):
            get_blueprint(session, stranger, own)
        with pytest.raises(NotFound):
            delete_blueprint(session, stranger, own)
        assert [one.id for one in list_blueprints(session, house.scope("методист"))] == [own], "above it is seen"


def test_a_work_is_read_by_the_most_specific_plan(house: House) -> None:
    shared = a_plan(house, "администратор", "общий")
    work = a_work(house, "школа 1", "школа 2", blueprint_id=shared)
    for actor in ("директор", "методист", "все"):
        assert element_of(house, actor, work) == {"общий"}
    a_plan(house, "методист", "районный")
    school = a_plan(house, "методист школы", "школьный")
    assert element_of(house, "директор", work) == {"школьный"}
    assert element_of(house, "методист", work) == {"районный"}
    assert element_of(house, "все", work) == {"общий"}
    with house.acting("методист школы") as (session, scope):
        delete_blueprint(session, scope, school)
    assert element_of(house, "директор", work) == {"районный"}


def test_a_plan_attached_by_one_school_does_not_reach_the_others(house: House) -> None:
    school = a_plan(house, "методист школы", "школьный")
    work = a_work(house, "школа 1", "школа 2", blueprint_id=school)
    assert element_of(house, "директор", work) == {"школьный"}
    assert element_of(house, "методист", work) == set(), "nobody above reads by it"
    with reading(house.region.engine) as session:
        assert [one.has_blueprint for one in list_works(session, house.scope("методист"))] == [False]
    a_plan(house, "администратор", "общий")
    assert element_of(house, "методист", work) == {"общий"}


def test_a_school_attaches_plans_to_its_own_works_only(house: House) -> None:
    shared = a_plan(house, "администратор", "общий")
    common, own = a_work(house, "школа 1", "школа 2"), a_work(house, "школа 1")
    with house.acting("методист школы") as (session, scope):
        assert [one.id for one in blueprints_for(session, scope, own)] == [shared]
        attach_blueprint(session, scope, own, shared)
        with pytest.raises(NotAllowed, match="другие школы"):
            attach_blueprint(session, scope, common, shared)
    with house.acting("методист") as (session, scope):
        attach_blueprint(session, scope, common, shared)


def test_a_file_is_recognised_by_the_plans_that_count(house: House) -> None:
    a_plan(house, "методист школы", "школьный")
    known = {}
    for name in ("директор", "методист"):
        with reading(house.region.engine) as session:
            known[name] = len(catalogue(session, owners_for(session, house.scope(name), DAY)))
    assert known == {"директор": 1, "методист": 0}


def test_scales_are_of_their_owner(house: House) -> None:
    with house.acting("администратор") as (session, scope):
        add_scales(session, scope, [SCALE])
    with house.acting("методист школы") as (session, scope):
        add_scales(session, scope, [SCALE | {"from_4": None, "from_5": None}])
        shared, own = session.exec(select(MarkScale).order_by(MarkScale.id)).all()
        assert (shared.organisation_id, own.organisation_id) == (None, house.region.units["школа 1"])
        assert [one.id for one in list_scales(session, scope)] == [shared.id, own.id]
        with pytest.raises(NotAllowed, match="общий справочник"):
            save_scales(session, scope, [CellEdit(shared.id or 0, 1, "from_3", 2, 1)])
        with pytest.raises(NotAllowed):
            save_scale_changes(session, scope, GridChanges(deleted=[RowDelete(shared.id or 0, 1)]))
    with reading(house.region.engine) as session:
        found = {
            name: find_scale(
                session, "ВПР", "Математика", 8, 2026, owners=owners_for(session, house.scope(name), DAY)
            )
            for name in ("директор", "методист")
        }
    assert found["директор"] is not None and found["директор"].id == own.id
    assert found["методист"] is not None and found["методист"].id == shared.id


def test_presets_are_of_their_owner_and_names_are_free_elsewhere(house: House) -> None:
    for actor in ("администратор", "методист", "методист школы"):
        with house.acting(actor) as (session, scope):
            add_presets(session, scope, [PRESET])
    with house.acting("методист школы") as (session, scope):
        shared, district, own = session.exec(select(ThresholdPreset).order_by(ThresholdPreset.id)).all()
        assert len(list_presets(session, scope)) == 3
        for foreign in (shared, district):
            with pytest.raises(NotAllowed):
                save_presets(session, scope, [CellEdit(foreign.id or 0, 1, "source", "моё", "")])
            with pytest.raises(NotAllowed):
                save_preset_changes(session, scope, GridChanges(deleted=[RowDelete(foreign.id or 0, 1)]))
            with pytest.raises(NotAllowed):
                restore_preset(session, scope, foreign.id or 0)
        assert presets_in_use(session, scope, 2026)["ВПР"] is own
    with reading(house.region.engine) as session:
        for actor, preset in (("методист", district), ("все", shared)):
            chosen = choose_preset(session, "ВПР", 2026, owners_for(session, house.scope(actor), DAY))
            assert chosen is not None and chosen.id == preset.id


def test_without_organisations_everything_is_shared(house: House) -> None:
    with house.acting("все") as (session, scope):
        plan = create_blueprint(session, scope, DRAFT)
        assert plan.organisation_id is None and [one.may_change for one in list_summaries(session, scope)] == [True]
