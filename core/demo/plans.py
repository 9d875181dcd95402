"""Blueprints and scales that only the demo has: data/demo, never put into a store where real works are kept."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from sqlmodel import Session

from core.blueprints.catalogue import find_blueprint, find_scale, items_of
from core.blueprints.records import BlueprintRecord
from core.blueprints.reference import load_blueprints, load_scales
from core.blueprints.seeding import seed_reference
from core.blueprints.tables import Blueprint, BlueprintItem, MarkScale, Origin
from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.demo.simulation import WorkPlan
from core.demo.works import YEARS, DemoWork
from core.errors import InvalidInput
from core.intake.history import assessment_name
from core.store.settings import reference_directory


class RepeatRecord(Record):
    """A work whose blueprint of 2026 also serves for other years of the demo."""

    procedure: str
    subject: str
    grade: int
    year_from: int
    year_to: int


class RepeatFile(Sourced):
    """The file data/demo/repeats.yaml."""

    repeats: tuple[RepeatRecord, ...] = Field(min_length=1)


def demo_directory() -> Path:
    """Return the folder of the demo's reference data."""
    return reference_directory() / "demo"


def seed_demo_plans(session: Session) -> None:
    """Put the shipped reference data and the demo's own blueprints and scales into the database.

    What the shipped data already holds for a year of the demo is used as it is and not doubled.
    """
    seed_reference(session)
    session.flush()
    for record in _demo_blueprints():
        if find_blueprint(session, record.procedure, record.subject, record.grade, record.year_from) is None:
            _add_blueprint(session, record)
    for file in load_scales(demo_directory() / "scales").values():
        for scale in file.scales:
            if find_scale(session, file.procedure, scale.subject, scale.grade, file.year_from) is None:
                session.add(MarkScale.model_validate({**file.values(scale), "origin": Origin.ENTERED}))
    session.flush()


def _repeated() -> list[BlueprintRecord]:
    """Return the shipped blueprints of 2026 moved to other years."""
    file = load_yaml(demo_directory() / "repeats.yaml", RepeatFile)
    newest = [one for one in load_blueprints().values() if one.year_to == YEARS[-1]]
    shipped = {(one.procedure, one.subject, one.grade): one for one in newest}
    found: list[BlueprintRecord] = []
    for repeat in file.repeats:
        plan = shipped[repeat.procedure, repeat.subject, repeat.grade]
        years = f"{repeat.year_from}" if repeat.year_from == repeat.year_to else f"{repeat.year_from}–{repeat.year_to}"
        grade = f", {repeat.grade} класс" if repeat.procedure == "ВПР" else ""
        title = f"{repeat.procedure}, {repeat.subject.lower()}{grade}, {years} (учебный план)"
        changes = {"year_from": repeat.year_from, "year_to": repeat.year_to, "title": title, "source": file.source}
        found.append(plan.model_copy(update=changes))
    return found


def _add_blueprint(session: Session, record: BlueprintRecord) -> None:
    row = Blueprint.model_validate({**record.values(), "origin": Origin.ENTERED})
    session.add(row)
    session.flush()
    session.add_all(_items(record, row.id or 0))


def work_plan(session: Session, work: DemoWork, year: int) -> WorkPlan:
    """Return the blueprint and scale of a work of the demo; raise InvalidInput when data/ lacks one of them."""
    key = (work.procedure, work.subject, work.grade, year)
    blueprint, scale = find_blueprint(session, *key), find_scale(session, *key)
    if blueprint is None or blueprint.id is None or scale is None:
        raise InvalidInput(
            f"В справочниках нет плана или шкалы работы «{assessment_name(*key)}».",
            "Верните папку data из поставки.",
        )
    return WorkPlan(blueprint.id, tuple(items_of(session, blueprint.id)), scale)


def recorded_plan(work: DemoWork, year: int) -> WorkPlan:
    """Return the blueprint and scale of a work as the files in data/ have them, without a database."""
    key = (work.procedure, work.subject, work.grade)
    record = next(
        one for one in (*load_blueprints().values(), *_demo_blueprints())
        if (one.procedure, one.subject, one.grade) == key and one.year_from <= year <= one.year_to
    )
    scale = next(
        MarkScale.model_validate(file.values(one))
        for file in (*load_scales().values(), *load_scales(demo_directory() / "scales").values())
        if file.procedure == work.procedure and file.year_from <= year <= file.year_to
        for one in file.scales
        if (one.subject, one.grade) == (work.subject, work.grade)
    )
    return WorkPlan(0, tuple(_items(record, 0)), scale)


def _demo_blueprints() -> tuple[BlueprintRecord, ...]:
    """Return the blueprints that only the demo has."""
    return (*load_blueprints(demo_directory() / "blueprints").values(), *_repeated())


def _items(record: BlueprintRecord, blueprint_id: int) -> list[BlueprintItem]:
    return [
        BlueprintItem.model_validate({**item.values(position), "blueprint_id": blueprint_id})
        for position, item in enumerate(record.items)
    ]
