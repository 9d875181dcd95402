"""The region of tests/people with a work in which geometry fails in one class of school 1."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.planning.recommendations.addressees import Addressee, list_addressees
from core.planning.recommendations.answering import Answer, answer_recommendation
from core.planning.recommendations.drafting import propose, write_about
from core.planning.recommendations.listing import view_recommendation
from core.planning.tables import AddresseeKind
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_plan, add_work
from tests.people.conftest import Region, build

TODAY = date.today()
EVERYBODY = Scope.local_administrator()
TERM = f"до {TODAY + timedelta(days=20):%d.%m.%Y}"


@dataclass
class Town:
    """The region with a work in which geometry fails in one class of school 1."""

    engine: Engine
    region: Region
    work: int

    def scope(self, name: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    @property
    def school(self) -> int:
        return self.region.units["школа 1"]

    @property
    def key(self) -> str:
        return f"{self.work}|class:{self.school}:А|element|геометрия"

    def to(self, kind: AddresseeKind, teacher: str = "Смирнова") -> Addressee:
        with reading(self.engine) as session:
            found = list_addressees(session, EVERYBODY, self.school, "Математика", 6, "А")
        wanted = self.region.teachers[teacher] if kind is AddresseeKind.TEACHER else None
        return next(one for one in found if one.kind is kind and one.teacher_id == wanted)

    def write(
        self, kind: AddresseeKind = AddresseeKind.ASSOCIATION, *, send: bool = True, scope: Scope = EVERYBODY,
        term: str = TERM, key: str = "",
    ) -> int:
        to = self.to(kind)
        with writing(self.engine, "Методист") as session:
            proposal = propose(session, scope, key or self.key, to, TODAY)
            values = {"title": proposal.title, "text": proposal.text, "deadline_text": term}
            return write_about(session, scope, key or self.key, to, values, send=send, today=TODAY).id or 0

    def view(self, recommendation_id: int, scope: Scope = EVERYBODY):
        with reading(self.engine) as session:
            return view_recommendation(session, scope, recommendation_id, TODAY)

    def answer(self, recommendation_id: int, answer: Answer, reason: str = "", scope: Scope = EVERYBODY) -> None:
        version = self.view(recommendation_id).row.version
        with writing(self.engine, "Адресат") as session:
            answer_recommendation(session, scope, recommendation_id, answer, reason, version)


def build_school(engine: Engine) -> Town:
    region = build(engine)
    with writing(engine, "подготовка теста") as session:
        ids = {"school1": region.units["школа 1"], "school2": region.units["школа 2"]}
        return Town(engine, region, add_work(session, ids, plan_id=add_plan(session)))


@pytest.fixture
def town(sqlite_engine: Engine) -> Town:
    return build_school(sqlite_engine)
