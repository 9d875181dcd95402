"""The region of tests/people with a roadmap of the school and one of its association."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.planning.editing import save_measures
from core.planning.measures import MeasureRow, view_roadmap
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.store.edits import EditOutcome
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.people.conftest import Region, build

TODAY = date(2026, 11, 22)
EVERYBODY = Scope.local_administrator()


@dataclass
class Plan:
    """A stored roadmap and the region around it."""

    engine: Engine
    region: Region
    roadmap_id: int

    def scope(self, name: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    def rows(self, on: date = TODAY, scope: Scope = EVERYBODY) -> dict[str, MeasureRow]:
        """Return the rows by their number without a stop at its end."""
        with reading(self.engine) as session:
            view = view_roadmap(session, scope, self.roadmap_id, on)
            return {row.number.rstrip("."): row for row in view.rows}

    def numbers(self) -> dict[str, str]:
        """Return titles by number."""
        return {number: row.title for number, row in self.rows().items()}

    def save(self, changes: GridChanges, scope: Scope = EVERYBODY, actor: str = "Петрова") -> EditOutcome:
        with writing(self.engine, actor) as session:
            return save_measures(session, scope, self.roadmap_id, changes)

    def add(self, title: str, parent: str | None = None, **cells: object) -> int:
        """Add a row below the row with this number and return its id."""
        above = self.rows()[parent].id if parent else None
        outcome = self.save(GridChanges(added=[{"title": title, "parent_id": above, **cells}]))
        assert not outcome.refused, outcome.refused
        (row_id,) = outcome.versions
        return row_id


def new_plan(engine: Engine, association: str | None = "ШМО математиков") -> Plan:
    region = build(engine)
    with writing(engine, "подготовка теста") as session:
        draft = RoadmapDraft(
            region.units["школа 1"], "Дорожная карта по математике", date(2026, 9, 1), date(2027, 5, 31),
            association_id=region.associations[association] if association else None, subject="Математика",
        )
        roadmap = create_roadmap(session, EVERYBODY, draft)
        return Plan(engine, region, roadmap.id or 0)


@pytest.fixture(autouse=True)
def store_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))


@pytest.fixture
def plan(engine: Engine) -> Iterator[Plan]:
    yield new_plan(engine)


@pytest.fixture
def sqlite_plan(sqlite_engine: Engine) -> Iterator[Plan]:
    yield new_plan(sqlite_engine)
