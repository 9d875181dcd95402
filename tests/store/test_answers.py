"""Answers are kept while nothing changes that they were read from, for equal rights, and no longer."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from core.people.account_tables import Account
from core.people.association_tables import Association
from core.people.grants import Grant
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.people.visit_tables import Visit
from core.planning.roadmap_tables import Roadmap
from core.store import answers
from core.store.answers import answer_of, kept_answer, shared_answer
from core.store.audit import record_event
from core.store.backup import backup, restore
from core.store.engine import open_engine
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from pages.widgets.session import read
from tests.store.rows import add_row

EVERYBODY = Scope.local_administrator()


@dataclass
class Counter:
    """A use case that counts the rows of a table, and how often it was carried out."""

    table: type
    times: int = 0

    def __hash__(self) -> int:
        return id(self)

    def __call__(self, session: Session, scope: Scope, more: int = 0) -> int:
        self.times += 1
        return int(session.exec(select(func.count()).select_from(self.table)).one()) + more


@pytest.fixture
def filled(sqlite_engine: Engine) -> Engine:
    with writing(sqlite_engine, "тест") as session:
        add_row(session, Roadmap)
        add_row(session, Association)
    return sqlite_engine


def asked(engine: Engine, use_case, *given, scope: Scope = EVERYBODY) -> object:
    with reading(engine) as session:
        return answer_of(session, scope, use_case, *given)


def renamed(engine: Engine, table: type, name: str) -> None:
    with writing(engine, "тест") as session:
        row = session.exec(select(table)).first()
        if isinstance(row, Roadmap):
            row.title = name
        else:
            row.name = name


def test_an_answer_is_worked_out_anew_only_after_a_change_in_its_tables(engine: Engine) -> None:
    with writing(engine, "тест") as session:
        add_row(session, Roadmap)
        add_row(session, Association)
    count = Counter(Roadmap)
    assert [asked(engine, count) for _ in range(3)] == [1, 1, 1] and count.times == 1
    renamed(engine, Association, "Другое объединение")
    assert asked(engine, count) == 1 and count.times == 1
    renamed(engine, Roadmap, "Другая карта")
    assert asked(engine, count) == 1 and count.times == 2
    with writing(engine, "тест") as session:
        session.delete(session.exec(select(Roadmap)).first())
    assert asked(engine, count) == 0


def test_other_rights_arguments_stores_and_days_have_their_own(
    filled: Engine, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = Counter(Roadmap)
    other = open_engine(f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'other.db')}")
    assert (asked(filled, count), asked(filled, count, 5), asked(other, count)) == (1, 6, 0)
    other.dispose()
    assert asked(filled, count, scope=Scope.of(7, "Иванов", ())) == 1
    assert count.times == 4

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return cls(2099, 1, 1)

    monkeypatch.setattr(answers, "date", Tomorrow)
    asked(filled, count)
    assert count.times == 5, "what is due today is not due tomorrow"


def test_an_answer_that_holds_another_one_depends_on_its_tables_too(filled: Engine) -> None:
    inner = Counter(Association)
    keep = kept_answer(inner)
    outer = Counter(Roadmap)

    def both(session: Session, scope: Scope) -> tuple[int, int]:
        return outer(session, scope), keep(session, scope)

    asked(filled, inner)
    for _again in range(2):
        assert asked(filled, both) == (1, 1)
    assert (outer.times, inner.times) == (1, 1)
    renamed(filled, Association, "Другое объединение")
    assert asked(filled, both) == (1, 1)
    assert (outer.times, inner.times) == (2, 2)
    renamed(filled, Roadmap, "Другая карта")
    asked(filled, both)
    assert (outer.times, inner.times) == (3, 2)


def test_rows_that_the_session_held_already_count_for_an_inner_answer(filled: Engine) -> None:
    """A session does not ask for a row twice; the inner answer must know of the table all the same."""

    @kept_answer
    def name_of(session: Session, _scope: Scope, key: int) -> str:
        return session.get_one(Organisation, key).name

    def told() -> str:
        with reading(filled) as session:
            key = session.exec(select(Organisation)).first().id
            return name_of(session, EVERYBODY, key)

    told()
    renamed(filled, Organisation, "Лицей")
    assert told() == "Лицей"


def test_who_writes_sees_what_they_wrote_and_nobody_else_does(filled: Engine) -> None:
    count = Counter(Association)
    keep = kept_answer(count)
    with reading(filled) as session:
        before = keep(session, EVERYBODY)
    with pytest.raises(ZeroDivisionError), writing(filled, "тест") as session:
        session.delete(session.exec(select(Association)).first())
        session.flush()
        assert keep(session, EVERYBODY) == before - 1
        assert asked(filled, count) == before
        raise ZeroDivisionError
    assert asked(filled, count) == before


def test_a_session_that_began_before_a_change_does_not_spoil_what_is_kept(engine: Engine) -> None:
    with writing(engine, "тест") as session:
        add_row(session, Roadmap)
    names: list[str] = []

    def title(session: Session, _scope: Scope) -> str:
        names.append(session.exec(select(Roadmap)).first().title)
        return names[-1]

    with reading(engine) as old:
        first = answer_of(old, EVERYBODY, title)
        renamed(engine, Roadmap, "Другая карта")
        assert asked(engine, title) == "Другая карта"
        assert answer_of(old, EVERYBODY, title) == first, "a session sees one state from beginning to end"
    assert asked(engine, title) == "Другая карта"
    assert len(names) == 3, "the newer answer stayed"


def test_what_nobody_counts_is_not_kept(filled: Engine) -> None:
    count = Counter(Visit)
    assert [asked(filled, count) for _ in range(2)] == [0, 0] and count.times == 2
    with writing(filled, "тест") as session:
        session.add(Visit())
    assert asked(filled, count) == 1


def test_events_are_seen_by_what_was_read_from_the_trail(filled: Engine) -> None:
    entries, roadmaps = Counter(AuditEntry), Counter(Roadmap)
    before = asked(filled, entries)
    asked(filled, roadmaps)
    with writing(filled, "тест") as session:
        record_event(session, "выгружено", "roadmap", 1)
    assert asked(filled, entries) == before + 1
    asked(filled, roadmaps)
    assert (entries.times, roadmaps.times) == (2, 1)


def test_many_who_ask_at_once_wait_for_the_first(filled: Engine) -> None:
    count = Counter(Roadmap)
    people = 6

    def slow(session: Session, scope: Scope) -> int:
        # Until everybody else stands in the queue.
        while sum(waiting for _lock, waiting in list(answers._turns.values())) < people:
            pass
        return count(session, scope)

    with ThreadPoolExecutor(people) as pool:
        found = list(pool.map(lambda _number: asked(filled, slow), range(people)))
    assert found == [1] * people and count.times == 1
    assert not answers._turns


def test_many_who_ask_while_somebody_writes_get_what_their_own_session_sees(engine: Engine) -> None:
    """Answers inside of answers, asked for in either order by several threads at once: nothing old, nobody stuck."""
    with writing(engine, "тест") as session:
        add_row(session, Roadmap)
        add_row(session, Association)

    def names(session: Session, _scope: Scope, table: type) -> tuple[str, ...]:
        return tuple(one.title if isinstance(one, Roadmap) else one.name for one in session.exec(select(table)))

    def pair(session: Session, scope: Scope, first: type, second: type) -> tuple[tuple[str, ...], ...]:
        return answer_of(session, scope, names, first), answer_of(session, scope, names, second)

    def ask(number: int) -> bool:
        tables = (Roadmap, Association) if number % 2 else (Association, Roadmap)
        with reading(engine) as session:
            return answer_of(session, EVERYBODY, pair, *tables) == pair_now(session, *tables)

    def pair_now(session: Session, *tables: type) -> tuple[tuple[str, ...], ...]:
        return tuple(names(session, EVERYBODY, table) for table in tables)

    def write(number: int) -> bool:
        renamed(engine, (Roadmap, Association)[number % 2], f"Имя {number}")
        return ask(number)

    with ThreadPoolExecutor(6) as pool:
        found = [pool.submit(write if number % 5 == 0 else ask, number) for number in range(100)]
        assert all(one.result(timeout=60) for one in found)
    assert not answers._turns


def test_a_day_ends_by_utc_too(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(Roadmap)
    asked(filled, count)
    monkeypatch.setattr(answers, "utc_now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    asked(filled, count)
    assert count.times == 2, "days of stored times are days of UTC"


def test_after_a_refusal_the_next_one_tries_again(filled: Engine) -> None:
    times: list[int] = []

    def refused_once(session: Session, _scope: Scope) -> int:
        times.append(1)
        if len(times) == 1:
            raise ZeroDivisionError
        return len(times)

    with pytest.raises(ZeroDivisionError):
        asked(filled, refused_once)
    assert asked(filled, refused_once) == 2 and not answers._turns


def test_what_is_shared_knows_no_person(filled: Engine) -> None:
    """Equal rights of two people give one answer, and it is worked out for nobody in particular."""
    grant = Grant(frozenset({Action.VIEW}), frozenset({1}))
    actors: list[int | None] = []

    @shared_answer
    def told(session: Session, scope: Scope) -> int:
        actors.append(scope.actor_id)
        return int(session.exec(select(func.count()).select_from(Roadmap)).one())

    with reading(filled) as session:
        for actor in (7, 8):
            told(session, Scope.of(actor, "Иванов", (grant,)))
        told(session, Scope.of(7, "Иванов", (Grant(frozenset({Action.VIEW}), frozenset({2})),)))
        assert session.get(Account, actors[0]) is None
    assert len(actors) == 2 and not {7, 8} & set(actors)


def test_a_refusal_is_not_kept(filled: Engine) -> None:
    asked_at: list[datetime] = []

    def refused(session: Session, _scope: Scope) -> None:
        asked_at.append(datetime.now())
        raise ZeroDivisionError

    for _again in range(2):
        with pytest.raises(ZeroDivisionError):
            asked(filled, refused)
    assert len(asked_at) == 2


def test_answers_asked_for_longest_ago_give_way(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_MOST", 2)
    count = Counter(Roadmap)
    for more in (1, 2, 1, 3, 1):
        asked(filled, count, more)
    assert count.times == 3
    asked(filled, count, 2)
    assert count.times == 4, "it was asked for longest ago"


def test_restoring_makes_every_answer_new(filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    backup(filled, tmp_path / "copy.db")
    count = Counter(Roadmap)
    asked(filled, count)
    for times in (2, 3):
        restore(tmp_path / "copy.db", filled.url.render_as_string(hide_password=False))
        asked(filled, count)
        assert count.times == times


def test_screens_keep_their_answers_the_same_way(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_SIGN_IN", "off")
    monkeypatch.setattr("pages.widgets.session.engine", lambda: filled)
    count = Counter(Roadmap)
    assert [read(count), read(count), read(count, more=1)] == [1, 1, 2]
    assert count.times == 2
    renamed(filled, Roadmap, "Другая карта")
    assert read(count) == 1 and count.times == 3
