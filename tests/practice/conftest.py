"""The region of tests/people with the plan of a work, and practices in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from sqlalchemy import Engine

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.practice.deciding import Trial, Verdict, decide, send_to_trial
from core.practice.library import PracticeCard, get_practice
from core.practice.practices import PracticeDraft, create_practice
from core.practice.tables import PracticeState
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_plan
from tests.people.conftest import Region, build

EVERYBODY = Scope.local_administrator()
MATHS = "Математика"


@dataclass
class Library:
    """The region with practices by their titles."""

    engine: Engine
    region: Region
    ids: dict[str, int] = field(default_factory=dict)

    def scope(self, name: str) -> Scope:
        if name == "все":
            return EVERYBODY
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    def draft(self, title: str = "Дроби на полосках", **changes: object) -> PracticeDraft:
        made = PracticeDraft(
            self.region.units["школа 1"], title, MATHS, elements=("дроби",), by_me=True, problem="Правила заучивают.",
            actions="Складываем полоски.", repeat="Нарезать полоски.",
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def add(
        self, who: str = "учитель", title: str = "Дроби на полосках", *, offer: bool = True, **changes: object
    ) -> int:
        with writing(self.engine, who) as session:
            row = create_practice(session, self.scope(who), self.draft(title, **changes), offer=offer)
            self.ids[title] = row.id or 0
            return row.id or 0

    def card(self, practice: int, who: str = "все") -> PracticeCard:
        with reading(self.engine) as session:
            return get_practice(session, self.scope(who), practice)

    def publish(self, practice: int) -> None:
        """Send the practice to a trial in the club of the district."""
        with writing(self.engine, "методист") as session:
            scope = self.scope("методист")
            send_to_trial(session, scope, practice, self.trial(), get_practice(session, scope, practice).version)

    def trial(self) -> Trial:
        club = self.region.associations["РМО математиков"]
        return Trial(club, "Методист", date(2026, 10, 1), date(2026, 12, 25))

    def rule(self, practice: int, state: PracticeState = PracticeState.TRIED, who: str = "методист") -> None:
        with writing(self.engine, who) as session:
            version = get_practice(session, self.scope(who), practice).version
            decide(session, self.scope(who), practice, state, VERDICT, version)


VERDICT = Verdict("", "3", date(2026, 11, 10), "Обсудили на заседании.")


def new_library(engine: Engine) -> Library:
    region = build(engine)
    with writing(engine, "подготовка теста") as session:
        add_plan(session)
    return Library(engine, region)


@pytest.fixture(autouse=True)
def store_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))


@pytest.fixture
def library(sqlite_engine: Engine) -> Iterator[Library]:
    yield new_library(sqlite_engine)


@pytest.fixture
def both(engine: Engine) -> Iterator[Library]:
    yield new_library(engine)
