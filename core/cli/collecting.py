"""Commands of the yearly cycle of monitoring: the collection and who owes, closing and opening, the year's note."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.cli.units import monitored_unit
from core.errors import NotFound
from core.monitoring.collection import Collection, held_collection
from core.monitoring.leading_collection import (
    Dates,
    change_collection,
    close_collection,
    open_collection,
    plan_collection,
    reopen_collection,
)
from core.monitoring.owing import Owing, owing
from core.monitoring.year_summary import year_summary
from core.people.academic_year import year_name, year_on
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from core.words import day, plural

_SCOPE = Scope.local_administrator()
_ACTOR = "Командная строка"


def add_commands(parser: ArgumentParser) -> None:
    """Add the commands of the year below `indicators`."""
    commands = parser.add_subparsers(title="действия", metavar="ДЕЙСТВИЕ")
    one = _command(commands.add_parser("collection", help="сбор значений: сроки, состояние, кто не сдал"), collection)
    one.add_argument("--json", action="store_true", help="вывести JSON")
    one = _command(commands.add_parser("open", help="запланировать или изменить сроки и открыть сбор"), open_)
    one.add_argument("--from", dest="since", type=date.fromisoformat, metavar="ГГГГ-ММ-ДД", help="с какого дня")
    one.add_argument("--until", type=date.fromisoformat, required=True, metavar="ГГГГ-ММ-ДД", help="до какого дня")
    one.add_argument("--responsible", default="", help="кто отвечает")
    _command(commands.add_parser("close", help="закрыть сбор: дальше не вносят и не сдают"), close)
    one = _command(commands.add_parser("reopen", help="снова открыть закрытый сбор"), reopen)
    one.add_argument("--reason", required=True, help="почему")
    one.add_argument("--until", type=date.fromisoformat, required=True, metavar="ГГГГ-ММ-ДД", help="до какого дня")
    _command(commands.add_parser("note", help="аналитическая записка по итогам года"), note)


def collection(options: Namespace) -> int:
    """Print the state of the collection, and what each organisation still owes."""
    year = _year(options)
    with reading(opened_engine()) as session:
        unit = monitored_unit(session, options.organisation)
        found = held_collection(session, _SCOPE, unit, year)
        owed = owing(session, _SCOPE, unit, year)
    if options.json:
        say_json([_record(found, one) for one in owed])
        return 0
    say(_state(found, year))
    say_table(
        ("Организация", "Что осталось", "Сдано", "Ближайший срок"),
        [(one.name, one.words, f"{one.expected - len(one.values)} из {one.expected}",
          day(one.due_on) if one.due_on is not None else "—") for one in owed],
    )
    return 0


def open_(options: Namespace) -> int:
    """Plan the collection or change its dates, and make the tables of all organisations."""
    year = _year(options)
    dates = Dates(options.since or date.today(), options.until, options.responsible)

    def work(session: Session) -> str:
        unit = monitored_unit(session, options.organisation)
        found = held_collection(session, _SCOPE, unit, year)
        if found is None or found.organisation_id != unit:
            row = plan_collection(session, _SCOPE, unit, year, dates)
        else:
            row = change_collection(session, _SCOPE, found.id, found.version, dates)
        made = open_collection(session, _SCOPE, row.id or 0, row.version)
        return f"Сбор за {year_name(year)} открыт до {day(dates.closes_on)}, новых строк: {made}."

    return _written(work)


def close(options: Namespace) -> int:
    """Close the collection."""
    year = _year(options)

    def work(session: Session) -> str:
        found = _own(session, options, year)
        locked = close_collection(session, _SCOPE, found.id, found.version)
        values = plural(locked, "значение", "значения", "значений")
        return f"Сбор за {year_name(year)} закрыт. Закрыто принятых: {values}."

    return _written(work)


def reopen(options: Namespace) -> int:
    """Open a closed collection again, with a reason."""
    year = _year(options)

    def work(session: Session) -> str:
        found = _own(session, options, year)
        reopen_collection(session, _SCOPE, found.id, found.version, options.reason, options.until)
        return f"Сбор за {year_name(year)} снова открыт до {day(options.until)}."

    return _written(work)


def note(options: Namespace) -> int:
    """Print the note of the year."""
    with reading(opened_engine()) as session:
        say(year_summary(session, _SCOPE, monitored_unit(session, options.organisation), _year(options)).text)
    return 0


def _command(parser: ArgumentParser, run: Callable[[Namespace], int]) -> ArgumentParser:
    # Without a default of their own, so that what stands before the name of the action counts too.
    parser.add_argument(
        "--organisation", metavar="КОД", default=SUPPRESS, help="организация; по умолчанию та, где собирают показатели"
    )
    parser.add_argument("--year", type=int, default=SUPPRESS, help="отчётный год; по умолчанию последний полный")
    parser.set_defaults(run=run)
    return parser


def _year(options: Namespace) -> int:
    year: int | None = options.year
    return year or year_on(date.today()) - 1


def _written(work: Callable[[Session], str]) -> int:
    with writing(opened_engine(), _ACTOR) as session:
        done = work(session)
    say(done)
    return 0


def _own(session: Session, options: Namespace, year: int) -> Collection:
    """Return the collection that the organisation itself planned."""
    unit = monitored_unit(session, options.organisation)
    found = held_collection(session, _SCOPE, unit, year)
    if found is None or found.organisation_id != unit:
        raise NotFound("Сбор показателей этой организации")
    return found


def _state(found: Collection | None, year: int) -> str:
    if found is None:
        return f"Сбор за {year_name(year)} не запланирован."
    state = found.state(date.today())
    return f"{state.sign} Сбор за {year_name(year)}: {state.value} ({day(found.opens_on)} – {day(found.closes_on)})"


def _record(found: Collection | None, one: Owing) -> dict[str, object]:
    return {
        "organisation": one.name, "expected": one.expected, "owed": [value.code for value in one.values],
        "due_on": one.due_on.isoformat() if one.due_on is not None else None,
        "state": found.state(date.today()).value if found is not None else None,
    }
