"""Opening the cycle of a year on the command line."""

from __future__ import annotations

from argparse import Namespace

from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.cycle.cycles import open_cycle
from core.cycle.opened import OpenedCycle, opened_cycle
from core.errors import NotFound
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.tables import Organisation
from core.store.unit_of_work import writing
from core.words import day

_SCOPE = Scope.local_administrator()
_ACTOR = "Командная строка"
_HEADER = ("Этап", "Название", "Начало", "Окончание", "Кто отвечает")


def opening(options: Namespace, unit: Organisation, year: int, model_code: str) -> int:
    """Open the cycle of the organisation in the year by the model and print its stages."""
    with writing(opened_engine(), _ACTOR) as session:
        open_cycle(session, _SCOPE, unit.id or 0, model_code, year)
        opened = opened_cycle(session, _SCOPE, unit.id or 0, year)
    if opened is None:
        raise NotFound("Цикл")
    if options.json:
        say_json(_facts(opened, unit))
        return 0
    say(f"Открыт цикл {year_name(year)} учебного года: {unit.name}, модель «{opened.model.file.short}».")
    say_table(
        _HEADER, [(one.number, one.name, day(one.starts_on), day(one.ends_on), one.who) for one in opened.stages]
    )
    return 0


def _facts(opened: OpenedCycle, unit: Organisation) -> dict[str, object]:
    return {
        "cycle": opened.id, "organisation": unit.name, "year": opened.year, "model": opened.model.code,
        "stages": [
            {
                "number": one.number, "name": one.name, "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(), "who": one.who,
            }
            for one in opened.stages
        ],
    }
