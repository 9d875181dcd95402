"""The management cycle of an organisation: its stages, what is there and what is missing; the federal chain."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from sqlmodel import Session

from core.cli import cycle_closing
from core.cli.cycle_opening import opening
from core.cli.municipality import municipality
from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.cycle.derived import marks_of
from core.cycle.models import Model, models
from core.cycle.opened import opened_cycle
from core.cycle.overview import CycleView, StageView, cycle_view
from core.cycle.own_models import models_for
from core.cycle.records import Level
from core.cycle.self_check import CheckedLink, self_check
from core.errors import InvalidInput
from core.people.academic_year import parse_year, year_name, year_on
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading

_SCOPE = Scope.local_administrator()
_HEADER = ("Этап", "Название", "Состояние", "Готово", "Чего нет")
_FROM_ABOVE = (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL, OrganisationKind.REGION)


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument(
        "action", nargs="?", choices=("open", "close", "next", "municipality"),
        help="open – открыть цикл года, close – закрыть его, next – открыть следующий, municipality – школы рядом",
    )
    parser.add_argument("--acknowledge", action="store_true", help="close: закрыть с тем, что на этапах не сделано")
    parser.add_argument("--next", action="store_true", help="close: сразу открыть следующий цикл")
    parser.add_argument(
        "--model", metavar="МОДЕЛЬ",
        help="имя файла из data/models без .yaml или своя модель: own-НОМЕР; без него – открытого цикла или первая",
    )
    parser.add_argument("--organisation", metavar="КОД", help="организация; без неё – муниципалитет")
    parser.add_argument("--year", metavar="ГОД", help="учебный год: 2026/2027; без него – идущий")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=cycle)


def cycle(options: Namespace) -> int:
    """Print the stages of a model as they stand in an organisation and an academic year; or open or close the cycle."""
    if options.action is not None:
        return _change(options)
    year = parse_year(options.year) if options.year else year_on(date.today())
    with reading(opened_engine()) as session:
        unit = _organisation(list(load_tree(session, _SCOPE).organisations.values()), options.organisation)
        opened = opened_cycle(session, _SCOPE, unit.id or 0, year) if options.model is None else None
        marks = marks_of(session, _SCOPE, unit.id or 0, year)
        name = unit.name
        model = _model(session, unit, options.model) if opened is None else opened.model
    view, chain = cycle_view(model.file, marks, opened), self_check(marks)
    if options.json:
        say_json(_facts(model, name, year, view, chain))
        return 0
    say(f"{model.file.short}: {name}, {year_name(year)} учебный год")
    say_table(
        _HEADER,
        [
            (one.stage.number, one.stage.name, one.state.words, f"{one.done} из {one.known}", " ".join(one.missing))
            for one in view.stages
        ],
    )
    empty = [one.link.name.lower() for one in chain if one.is_empty]
    say(f"Пустые звенья цепочки: {', '.join(empty)}." if empty else "Пустых звеньев цепочки нет.")
    return 0


def _change(options: Namespace) -> int:
    year = parse_year(options.year) if options.year else year_on(date.today())
    with reading(opened_engine()) as session:
        unit = _organisation(list(load_tree(session, _SCOPE).organisations.values()), options.organisation)
        if options.action == "municipality":
            code = _model(session, unit, options.model).code if options.model else _first_model().code
            return municipality(session, _SCOPE, unit, year, code, as_json=options.json)
        code = _model(session, unit, options.model).code
    if options.action == "open":
        return opening(options, unit, year, code)
    carry_out = cycle_closing.close if options.action == "close" else cycle_closing.following
    return carry_out(options, unit, year)


def _first_model() -> Model:
    """Return the first model that was made for a municipality."""
    return next((one for one in models() if one.file.level is Level.MUNICIPALITY), models()[0])


def _model(session: Session, unit: Organisation, code: str | None) -> Model:
    """Return the model of this code that the organisation may go by, its own ones too; the first one without a code."""
    known = models_for(session, _SCOPE, unit.id or 0)
    found = models()[0] if code is None else next((one for one in known if one.code == code), None)
    if found is None:
        codes = ", ".join(one.code for one in known)
        raise InvalidInput(f"Модели «{code}» нет.", f"Есть такие: {codes}.")
    return found


def _organisation(units: list[Organisation], code: str | None) -> Organisation:
    if code is not None:
        found = next((unit for unit in units if unit.code.casefold() == code.strip().casefold()), None)
        if found is None:
            raise InvalidInput(f"Организации с кодом «{code}» нет.", "Проверьте код.")
        return found
    if not units:
        raise InvalidInput("Организаций ещё нет.", "Загрузите результаты или заполните хранилище учебными данными.")
    return min(units, key=lambda unit: (_FROM_ABOVE.index(unit.kind), unit.id or 0))


def _facts(
    model: Model, organisation: str, year: int, view: CycleView, chain: tuple[CheckedLink, ...]
) -> dict[str, object]:
    return {
        "model": model.code,
        "organisation": organisation,
        "year": year,
        "stages": [_stage(one) for one in view.stages],
        "chain": [
            {"link": one.link.name, "state": one.state.value, "missing": list(one.missing), "screen": one.link.screen}
            for one in chain
        ],
    }


def _stage(one: StageView) -> dict[str, object]:
    return {
        "number": one.stage.number,
        "name": one.stage.name,
        "state": one.state.value,
        "done": one.done,
        "known": one.known,
        "outputs": [
            {"name": item.item.name, "state": item.mark.state.value, "says": item.mark.words or None}
            for item in one.outputs
        ],
        "missing": list(one.missing),
        "screen": one.door,
        "starts_on": one.plan.starts_on.isoformat() if one.plan is not None else None,
        "ends_on": one.plan.ends_on.isoformat() if one.plan is not None else None,
        "overdue": one.is_overdue,
        "who": one.who,
    }
