"""Command `deficits`: what teachers of subjects and associations share, without a browser."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.lines import LineKind
from core.diagnostics.standing import Standing
from core.diagnostics.subjects import teacher_subject
from core.people.scope import Scope
from core.store.unit_of_work import reading
from core.words import interval, percent

_SCOPE = Scope.local_administrator()


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--subject", help="предмет педагогов")
    parser.add_argument("--round", metavar="КЛЮЧ", help="диагностика; без неё — последняя")
    parser.add_argument("--by", choices=[one.value for one in LineKind], default=LineKind.ITEM.value, help="по чему")
    parser.add_argument("--all", action="store_true", help="и те, что корпоративными не стали")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=deficits)


def deficits(options: Namespace) -> int:
    """Print the corporate and possible deficits, the worst first."""
    subject = teacher_subject(options.subject) if options.subject else ""
    wanted = DeficitFilter(options.round, LineKind(options.by), (subject,) if subject else ())
    with reading(opened_engine()) as session:
        listed = shared_deficits(session, _SCOPE, wanted)
    found = listed.found if options.all else listed.of(Standing.POSSIBLE)
    if options.json:
        say_json([_row(one) for one in found])
        return 0
    if listed.round is None:
        say("Ответов педагогов пока нет. Загрузите анкету: python -m core survey ФАЙЛ.")
        return 0
    say(f"Диагностика: {listed.round.name} ({listed.round.key}).")
    rows = [
        (
            one.standing.words, one.group.name, one.line.name, percent(one.share), interval(one.low, one.high),
            f"{one.lacking} из {one.asked}", one.confirmed.words if one.confirmed else "",
        )
        for one in found
    ]
    say_table(("Что это", "Группа", "Затруднение", "Доля", "95 % интервал", "Педагогов", "Подтверждено"), rows)
    return 0


def _row(one: SharedDeficit) -> dict[str, object]:
    return {
        "group": one.group.name,
        "group_kind": one.group.kind.value,
        "kind": one.line.kind.value,
        "key": one.line.name,
        "section": one.line.section,
        "competence": one.line.competence.name if one.line.competence else None,
        "share": one.share,
        "low": one.low,
        "high": one.high,
        "lacking": one.lacking,
        "n": one.asked,
        "standing": one.standing.name.lower(),
        "corporate": one.is_corporate,
        "confirmed": one.confirmed.words if one.confirmed else None,
    }
