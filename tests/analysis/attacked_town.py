"""A stored municipality with a work whose classes have the sizes that a test gives, or random ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Engine
from sqlmodel import select

from core.intake.matrix import NOT_ADMINISTERED
from core.intake.tables import ClassWork, Upload
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.store.unit_of_work import writing
from tests.analysis.stored import add_organisations, add_plan, add_work, class_row, scope_of, simulated

SIZES = (1, 2, 3, 4, 5, 6, 8, 12, 25, 30)


@dataclass
class Town:
    """A stored municipality: ids of organisations and of the work, sizes of the classes by (school, class)."""

    engine: Engine
    ids: dict[str, int]
    work: int
    schools: tuple[str, ...]

    def everywhere(self, *own: str) -> Scope:
        return scope_of(self.ids, "region", "town", *self.schools, own=own)


def build(engine: Engine, classes: dict[tuple[int, str], int], *, seed: int = 1, withheld: bool = False) -> Town:
    """Store the town with these classes; `withheld`: the fourth item was offered to three of the first class."""
    with writing(engine, actor="тест") as session:
        ids = add_organisations(session)
        schools = sorted({school for school, _ in classes})
        for number in schools:
            if f"school{number}" not in ids:
                unit = Organisation(code=f"school{number}", name=f"Школа № {number}", kind=OrganisationKind.SCHOOL)
                session.add(unit)
                session.flush()
                ids[f"school{number}"] = unit.id or 0
                session.add(OrganisationMembership(organisation_id=unit.id or 0, parent_id=ids["town"]))
        work = add_work(session, ids, plan_id=add_plan(session))
        upload = session.exec(select(Upload.id)).one()
        for row in session.exec(select(ClassWork)).all():
            session.delete(row)
        session.flush()
        for place, ((school, name), size) in enumerate(classes.items()):
            scores = simulated(size, 100 * seed + place)
            if withheld and place == 0:
                scores[3:, 3] = NOT_ADMINISTERED
            session.add(class_row(scores, name, ids[f"school{school}"], work, upload or 0))
    return Town(engine, ids, work, tuple(f"school{number}" for number in schools))


def random_town(seed: int) -> dict[tuple[int, str], int]:
    rng = np.random.default_rng(seed)
    return {
        (school, letter): int(rng.choice(SIZES))
        for school in range(1, int(rng.integers(2, 5)) + 1)
        for letter in "АБВ"[: rng.integers(1, 4)]
    }
