"""The command that lists the figures of indicators."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from sqlmodel import Session, select

from core.cli.output import say_json, say_table
from core.cli.stores import opened_engine
from core.errors import NotFound
from core.monitoring.scorecard import Cell, Scorecard, scorecard
from core.monitoring.wording import fact_words, plan_words, source_words
from core.people.academic_year import year_on
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.unit_of_work import reading


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--organisation", metavar="КОД", help="организация; по умолчанию верхняя")
    parser.add_argument("--year", type=int, help="отчётный год (весна учебного года); по умолчанию последний полный")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=indicators)


def indicators(options: Namespace) -> int:
    """Print the figures of an organisation in a reporting year."""
    year = options.year or year_on(date.today()) - 1
    everybody = Scope.local_administrator()
    with reading(opened_engine()) as session:
        card = scorecard(session, everybody, _unit(session, options.organisation), (year,))
    found = [(code, card.cells[card.units[0][0], code, year]) for code in card.codes()]
    if options.json:
        say_json([_record(card, code, cell) for code, cell in found])
        return 0
    rows = [
        (code, card.passport(code).name, fact_words(card.passport(code), cell.fact),
         plan_words(card.passport(code), cell), source_words(cell))
        for code, cell in found
    ]
    say_table(("Код", "Показатель", "Значение", "План", "Откуда"), rows)
    return 0


def _unit(session: Session, code: str | None) -> int:
    """Return the organisation of the code, the top of the tree without one."""
    if code is None:
        tree = load_tree(session, Scope.local_administrator())
        top = next((key for key in sorted(tree.organisations) if tree.parents[key] is None), None)
        if top is None:
            raise NotFound("Организация")
        return top
    row = session.exec(select(Organisation).where(Organisation.code == code)).first()
    if row is None or row.deleted_at is not None:
        raise NotFound(f"Организация «{code}»")
    return row.id or 0


def _record(card: Scorecard, code: str, cell: Cell) -> dict[str, object]:
    passport, fact = card.passport(code), cell.fact
    known = fact if fact is not None and fact.is_known else None
    return {
        "code": code, "name": passport.name, "goal": passport.goal, "kind": passport.kind.value, "unit": passport.unit,
        "year": cell.year, "value": known.value if known else None, "numerator": fact.numerator if fact else None,
        "denominator": fact.denominator if fact else None,
        "low": known.low if known and known.low == known.low else None,
        "high": known.high if known and known.high == known.high else None, "plan": cell.plan,
        "plan_state": cell.plan_state.value, "source": cell.source.value, "waiting": cell.waiting,
    }
