"""A small municipality stored row by row, so that use cases are tested without files.

Two schools in one municipality; school 1 has classes А, Б, В, school 2 has А and Б and a class В of three pupils.
Six items, an element each (two of them share «дроби»); «геометрия» fails in the class 1А.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlmodel import Session

from core.blueprints.tables import Blueprint, BlueprintItem, Level
from core.intake.contract import ParsedClass, SchoolRef
from core.intake.packing import pack_class
from core.intake.tables import Assessment, ClassWork, Upload
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership

ELEMENTS = ("дроби", "дроби", "проценты", "геометрия", "уравнения", "функции")
MAXIMA = (1, 2, 1, 1, 1, 2)
CLASSES = ((1, "А", 24), (1, "Б", 22), (1, "В", 20), (2, "А", 25), (2, "Б", 21), (2, "В", 3))


def add_organisations(session: Session) -> dict[str, int]:
    """Add a region, a municipality and two schools; return ids by a short name."""
    ids: dict[str, int] = {}
    plan = (
        ("region", "Область", OrganisationKind.REGION, None),
        ("town", "Город", OrganisationKind.MUNICIPALITY, "region"),
        ("school1", "Школа № 1", OrganisationKind.SCHOOL, "town"),
        ("school2", "Школа № 2", OrganisationKind.SCHOOL, "town"),
    )
    for short, name, kind, parent in plan:
        unit = Organisation(code=short, name=name, kind=kind)
        session.add(unit)
        session.flush()
        ids[short] = unit.id or 0
        if parent is not None:
            session.add(OrganisationMembership(organisation_id=ids[short], parent_id=ids[parent]))
    return ids


def add_plan(session: Session, year: int = 2026) -> int:
    """Add the plan of the work and return its id."""
    plan = Blueprint(procedure="ВПР", subject="Математика", grade=6, year_from=year, year_to=year)
    session.add(plan)
    session.flush()
    for place, (element, most) in enumerate(zip(ELEMENTS, MAXIMA, strict=True)):
        session.add(BlueprintItem(
            blueprint_id=plan.id or 0, position=place, code=str(place + 1), max_score=most, element=element,
            level=Level.BASIC if place < 5 else Level.ADVANCED, task_type="вычисления" if place < 3 else "рассуждение",
        ))
    return plan.id or 0


def simulated(size: int, seed: int, untaught: Sequence[int] = ()) -> np.ndarray:
    """Return scores of a class; items in `untaught` are hardly solved."""
    random = np.random.default_rng(seed)
    ease = np.full(len(MAXIMA), 1.9)
    ease[list(untaught)] = -2.0
    chance = 1 / (1 + np.exp(-(random.normal(0, 1, size)[:, None] + ease)))
    return random.binomial(MAXIMA, chance).astype(np.int8)


def add_work(
    session: Session, ids: dict[str, int], *, plan_id: int | None, year: int = 2026, grade: int = 6,
    untaught: dict[tuple[int, str], Sequence[int]] | None = None,
) -> int:
    """Store the work in all classes and return its id."""
    weak = {(1, "А"): (3,)} if untaught is None else untaught
    work = Assessment(
        procedure="ВПР", subject="Математика", grade=grade, year=year, item_codes=[str(i + 1) for i in range(6)],
        item_maxima=list(MAXIMA), item_levels=["Б"] * 5 + ["П"], items_key=f"key{year}", blueprint_id=plan_id,
    )
    upload = Upload(file_name="впр.xlsx", sha256=f"{year}{grade}", layout="fisoko-individual")
    session.add(work)
    session.add(upload)
    session.flush()
    for place, (school, name, size) in enumerate(CLASSES):
        scores = simulated(size, 100 * year + 10 * grade + place, weak.get((school, name), ()))
        session.add(class_row(scores, name, ids[f"school{school}"], work.id or 0, upload.id or 0))
    session.flush()
    return work.id or 0


def class_row(scores: np.ndarray, name: str, school_id: int, work_id: int, upload_id: int) -> ClassWork:
    """Return the row of a class with marks that follow the totals."""
    n = len(scores)
    totals = np.maximum(scores, 0).sum(axis=1).astype(np.int16)
    marks = np.digitize(totals, (4, 6, 8)).astype(np.int8) + np.int8(2)
    part = ParsedClass(
        SchoolRef(), name, tuple(str(60001 + i) for i in range(n)), scores, totals, marks, marks.copy(),
        np.ones(n, dtype=np.int16), np.full(n, -1, dtype=np.int16), np.arange(n, dtype=np.int32),
    )
    return ClassWork(**pack_class(part, assessment_id=work_id, school_id=school_id, upload_id=upload_id, absent=1))


def scope_of(
    ids: dict[str, int], *schools: str, own: Sequence[str] = (), actions: frozenset[Action] | None = None
) -> Scope:
    """Return a scope of these organisations; `own` are schools whose small groups may be shown."""
    return Scope(
        7, "Методист", frozenset(ids[name] for name in schools), frozenset(ids[name] for name in own), None, None,
        frozenset(Action) if actions is None else actions,
    )
