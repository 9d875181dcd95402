"""Shipped reference data in the database."""

import pytest
from sqlmodel import col, select

from core.blueprints import seeding
from core.blueprints.catalogue import catalogue, find_blueprint, find_scale, items_of, match_by_items, narrow
from core.blueprints.reference import load_blueprints
from core.blueprints.seeding import seed_reference
from core.blueprints.tables import Blueprint, BlueprintItem, Origin, ThresholdPreset
from core.store.base import utc_now
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing


def seed(engine):
    with writing(engine, actor="Поставка") as session:
        return seed_reference(session)


def test_seeding_twice_changes_nothing(engine):
    first = seed(engine)
    assert first.added > 90
    with reading(engine) as session:
        entries = len(session.exec(select(AuditEntry.id)).all())
    second = seed(engine)
    assert (second.added, second.updated, second.kept) == (0, 0, 0)
    with reading(engine) as session:
        assert len(session.exec(select(AuditEntry.id)).all()) == entries


def test_the_catalogue_knows_every_shipped_blueprint(sqlite_engine):
    seed(sqlite_engine)
    with reading(sqlite_engine) as session:
        known = catalogue(session)
    assert len(known) == len(load_blueprints())
    russian = next(entry for entry in known if (entry.procedure, entry.subject) == ("ОГЭ", "Русский язык"))
    assert russian.max_score == 37
    assert [item.code for item in russian.items if item.extended] == ["1", "13", "ГК1", "ГК2", "ГК3", "ГК4", "ФК1"]
    assert [criterion.code for criterion in russian.items[0].criteria] == ["ИК1", "ИК2", "ИК3"]


def test_a_work_is_found_by_its_items(sqlite_engine):
    seed(sqlite_engine)
    with reading(sqlite_engine) as session:
        known = catalogue(session)
    codes = [str(number) for number in range(1, 26)]
    maxima = [1] * 19 + [2] * 6
    (entry,) = match_by_items(known, codes, maxima)
    assert (entry.procedure, entry.subject, entry.grade) == ("ОГЭ", "Математика", 9)
    assert match_by_items(known, codes[:-1], maxima[:-1]) == ()
    assert match_by_items(known, codes, [None] * 25) == (entry,)
    assert match_by_items(known, [*codes[:-1], "24"], maxima) == ()
    assert match_by_items(known, [], []) == ()
    subjects = [one.subject for one in narrow(known, procedure="ЕГЭ", year=2026)]
    assert subjects == ["Математика профильная", "Русский язык"]
    assert narrow(known, procedure="ЕГЭ", year=2010) == ()


def test_blueprint_and_scale_by_work(sqlite_engine):
    seed(sqlite_engine)
    with reading(sqlite_engine) as session:
        blueprint = find_blueprint(session, "ВПР", "Физика", 8, 2022)
        assert blueprint is not None
        assert [item.code for item in items_of(session, blueprint.id)][-2:] == ["10(1)", "10(2)"]
        assert find_blueprint(session, "ВПР", "Физика", 8, 2026) is None
        assert find_blueprint(session, "ОГЭ", "Физика", None, 2026) is not None
        assert find_blueprint(session, "ВПР", "Литература", None, 2026) is None
        scale = find_scale(session, "ВПР", "Физика", 8, 2022, max_score=18)
        assert (scale.from_3, scale.from_4, scale.from_5) == (5, 8, 11)
        assert find_scale(session, "ВПР", "Физика", 8, 2022, max_score=20) is None
        assert find_scale(session, "ВПР", "Физика", 11, 2022, max_score=27).max_score is None
        assert find_scale(session, "ЕГЭ", "Физика", 11, 2026).minimum_test_score == 36


def test_what_a_person_changed_survives_a_new_delivery(engine, monkeypatch):
    seed(engine)
    with writing(engine, actor="Методист") as session:
        edited = find_blueprint(session, "ВПР", "Русский язык", 4, 2026)
        item = items_of(session, edited.id)[0]
        item.element = "ударение"
        session.add(item)
        preset = session.exec(select(ThresholdPreset).where(ThresholdPreset.name == "Единый порог 50 %")).one()
        preset.basic_sufficient = 0.55
        session.add(preset)
        gone = find_blueprint(session, "ВПР", "Математика", 4, 2026)
        gone.deleted_at = utc_now()
        session.add(gone)
    assert seed(engine).added == 0

    def delivered():
        return {name: changed_source(record) for name, record in load_blueprints().items()}

    def changed_source(record):
        return record.model_copy(update={"source": "Новая редакция источника"})

    monkeypatch.setattr(seeding, "load_blueprints", delivered)
    report = seed(engine)
    assert (report.added, report.updated, report.kept) == (0, len(load_blueprints()) - 2, 2)
    with reading(engine) as session:
        assert items_of(session, edited.id)[0].element == "ударение"
        assert session.get(Blueprint, edited.id).source != "Новая редакция источника"
        assert session.get(Blueprint, gone.id).deleted_at is not None
        updated = find_blueprint(session, "ВПР", "Физика", 8, 2022)
        assert updated.source == "Новая редакция источника"
        assert len(items_of(session, updated.id)) == 11
        assert session.exec(
            select(ThresholdPreset.basic_sufficient).where(ThresholdPreset.name == "Единый порог 50 %")
        ).one() == pytest.approx(0.55)


def test_own_blueprint_goes_before_the_shipped_one(sqlite_engine):
    seed(sqlite_engine)
    with writing(sqlite_engine, actor="Методист") as session:
        own = Blueprint(
            procedure="ВПР", subject="Физика", grade=8, year_from=2022, year_to=2022, origin=Origin.UPLOADED
        )
        session.add(own)
        session.flush()
        session.add(BlueprintItem(blueprint_id=own.id, position=0, code="1", max_score=1))
    with reading(sqlite_engine) as session:
        assert find_blueprint(session, "ВПР", "Физика", 8, 2022).id == own.id
        assert find_blueprint(session, "ВПР", "Физика", 8, 2021).origin is Origin.SHIPPED


def test_a_preset_of_the_same_name_is_left_to_the_person(sqlite_engine):
    with writing(sqlite_engine, actor="Методист") as session:
        session.add(
            ThresholdPreset(
                name="САО 50/15", basic_sufficient=0.4, basic_insufficient=0.4, advanced_sufficient=0.1,
                advanced_insufficient=0.1,
            )
        )
    assert seed(sqlite_engine).kept == 1
    with reading(sqlite_engine) as session:
        names = session.exec(select(ThresholdPreset.name).order_by(col(ThresholdPreset.name))).all()
    assert sorted(names) == ["ВПР-ФИОКО-2026", "Единый порог 50 %", "САО 50/15"]
