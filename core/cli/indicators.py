"""The command that lists the figures of indicators."""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace
from datetime import date

from core.cli import collecting
from core.cli.output import say_json, say_table
from core.cli.stores import opened_engine
from core.cli.units import monitored_unit
from core.monitoring.scorecard import Cell, Scorecard, scorecard
from core.monitoring.similar import Similar, similar_schools
from core.monitoring.similar_words import similar_words
from core.monitoring.wording import fact_words, plan_words, source_words
from core.people.academic_year import year_on
from core.people.scope import Scope
from core.store.unit_of_work import reading


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--organisation", metavar="КОД", help="организация; по умолчанию та, где собирают показатели")
    parser.add_argument("--year", type=int, help="отчётный год (весна учебного года); по умолчанию последний полный")
    parser.add_argument("--similar", action="store_true", help="рядом – похожие школы той же группы (для школы)")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=indicators)
    collecting.add_commands(parser)


def indicators(options: Namespace) -> int:
    """Print the figures of an organisation in a reporting year."""
    year = options.year or year_on(date.today()) - 1
    everybody = Scope.local_administrator()
    with reading(opened_engine()) as session:
        unit = monitored_unit(session, options.organisation)
        card = scorecard(session, everybody, unit, (year,))
        similar = similar_schools(session, everybody, unit, year) if options.similar else {}
    found = [(code, card.cells[card.units[0][0], code, year]) for code in card.codes()]
    if options.json:
        say_json([_record(card, code, cell, similar.get(code), options.similar) for code, cell in found])
        return 0
    rows = [
        (code, card.passport(code).name, fact_words(card.passport(code), cell.fact),
         plan_words(card.passport(code), cell), source_words(cell),
         *((_group(card, code, similar.get(code)),) if options.similar else ()))
        for code, cell in found
    ]
    further = ("Похожие школы",) if options.similar else ()
    say_table(("Код", "Показатель", "Значение", "План", "Откуда", *further), rows)
    return 0


def _group(card: Scorecard, code: str, similar: Similar | None) -> str:
    return similar_words(card.passport(code), similar) if similar is not None else ""


def _record(
    card: Scorecard, code: str, cell: Cell, similar: Similar | None, with_similar: bool
) -> dict[str, object]:
    passport, fact = card.passport(code), cell.fact
    known = fact if fact is not None and fact.is_known else None
    return {
        "code": code, "name": passport.name, "goal": passport.goal, "kind": passport.kind.value, "unit": passport.unit,
        "year": cell.year, "value": known.value if known else None, "numerator": fact.numerator if fact else None,
        "denominator": fact.denominator if fact else None,
        "low": _known(known.low) if known else None, "high": _known(known.high) if known else None, "plan": cell.plan,
        "plan_state": cell.plan_state.value, "source": cell.source.value, "waiting": cell.waiting,
        **({"similar": _others(similar)} if with_similar else {}),
    }


def _others(similar: Similar | None) -> dict[str, object] | None:
    """Return the group of a school; null for an indicator or a school without one, null values where too few."""
    if similar is None:
        return None
    pooled, change = similar.pooled, similar.difference
    return {
        "cluster": similar.cluster, "schools": similar.counted, "others": similar.others,
        "withheld": similar.withheld, "value": _known(pooled.value) if pooled else None,
        "numerator": pooled.numerator if pooled else None, "denominator": pooled.denominator if pooled else None,
        "low": _known(pooled.low) if pooled else None, "high": _known(pooled.high) if pooled else None,
        "difference": _known(change.difference), "difference_low": _known(change.low),
        "difference_high": _known(change.high),
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
