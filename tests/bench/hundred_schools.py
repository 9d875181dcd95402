"""A municipality of a hundred schools: the demo's eight, and copies of what each of them holds."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection, Engine, MetaData, Table, insert, select

from core.demo.filling import fill_demo
from core.demo.municipality import MUNICIPALITY, SCHOOLS
from core.people.organisations import create_organisation
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading, writing

COUNT = 100
_ALL = Scope.local_administrator()
_OF_SCHOOLS = (
    "class_work", "course_enrolment", "self_education", "lesson_visit", "methodical_event", "contest",
    "indicator_value", "meeting", "recommendation", "mentorship", "practice", "field_review",
)
"""Tables whose rows belong to a school and are copied as they are."""


def fill_demo_store(engine: Engine, folder: Path) -> int:
    """Fill a store with the demo, its attached files beside it; return the id of the municipality."""
    with patch.dict(os.environ, {"QUALITY_STORE": str(folder)}), writing(engine, "замер") as session:
        fill_demo(session, _ALL)
    return _ids(engine)[MUNICIPALITY.code]


def fill_hundred(engine: Engine, folder: Path) -> int:
    """Fill a store with a hundred schools; return the id of the municipality."""
    town = fill_demo_store(engine, folder)
    known = _ids(engine)
    with writing(engine, "замер") as session:
        copies = {
            create_organisation(
                session, _ALL, code=f"bench{number:03d}", name=f"МБОУ «Школа № {number}»",
                kind=OrganisationKind.SCHOOL, parent_id=town,
            ).id or 0: known[SCHOOLS[number % len(SCHOOLS)].code]
            for number in range(len(SCHOOLS) + 1, COUNT + 1)
        }
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for new, old in copies.items():
            for name in _OF_SCHOOLS:
                _copy(connection, tables.tables[name], old, new)
            _copy_roadmaps(connection, tables, old, new)
            _copy_answers(connection, tables.tables["response"], old, new)
    return town


def _ids(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        return {row.code: row.id or 0 for row in session.query(Organisation)}


def _rows(connection: Connection, table: Table, column: str, value: int) -> list[dict[str, object]]:
    query = select(table).where(table.c[column] == value)
    return [dict(row) | {"id": None} for row in connection.execute(query).mappings()]


def _copy(connection: Connection, table: Table, old: int, new: int) -> None:
    column = "school_id" if "school_id" in table.c else "organisation_id"
    rows = [row | {column: new} for row in _rows(connection, table, column, old)]
    if table.name == "field_review":
        # A decision is about a unit, and there is one a unit.
        rows = [row | {"unit": str(row["unit"]).replace(f":{old}", f":{new}")} for row in rows]
    if rows:
        connection.execute(insert(table), [_without_id(row) for row in rows])


def _copy_roadmaps(connection: Connection, tables: MetaData, old: int, new: int) -> None:
    roadmap, measure = tables.tables["roadmap"], tables.tables["measure"]
    for row in connection.execute(select(roadmap).where(roadmap.c.organisation_id == old)).mappings().all():
        made = connection.execute(insert(roadmap), _without_id(dict(row) | {"organisation_id": new}))
        key = made.inserted_primary_key
        measures = [
            _without_id(one | {"organisation_id": new, "roadmap_id": key[0] if key else None, "parent_id": None})
            for one in _rows(connection, measure, "roadmap_id", row["id"])
        ]
        if measures:
            connection.execute(insert(measure), measures)


def _copy_answers(connection: Connection, table: Table, old: int, new: int) -> None:
    rows = [
        _without_id(row | {"organisation_id": new, "teacher_id": None, "code": f"{row['code']}-{new}"})
        for row in _rows(connection, table, "organisation_id", old)
    ]
    if rows:
        connection.execute(insert(table), rows)


def _without_id(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "id"}
