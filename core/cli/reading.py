"""Commands that answer questions: works, items, problem fields."""

from __future__ import annotations

from argparse import Namespace

from core.analysis.problem_fields import FieldFilter, FieldList, FoundField, problem_fields
from core.analysis.results import ItemsOfWork, items_of_work
from core.blueprints.naming import canonical_subject
from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.errors import InvalidInput
from core.intake.history import WorkSummary, list_works
from core.people.scope import Scope
from core.store.unit_of_work import reading
from core.words import number, percent

_SCOPE = Scope.local_administrator()


def works(options: Namespace) -> int:
    """Print the stored works."""
    with reading(opened_engine()) as session:
        found = list_works(session, _SCOPE)
    if options.json:
        say_json([_work(work) for work in found])
    else:
        header = ("№", "Работа", "Участников", "Классов", "Школ", "Заданий", "План")
        say_table(
            header,
            [
                (
                    one.id,
                    one.name,
                    one.participants,
                    one.classes,
                    one.schools,
                    one.items,
                    "✓" if one.has_blueprint else "—",
                )
                for one in found
            ],
        )
    return 0


def _work(work: WorkSummary) -> dict[str, object]:
    return {
        "id": work.id,
        "procedure": work.procedure,
        "subject": work.subject,
        "grade": work.grade,
        "year": work.year,
        "title": work.title,
        "participants": work.participants,
        "absent": work.absent,
        "items": work.items,
        "classes": work.classes,
        "schools": work.schools,
        "has_blueprint": work.has_blueprint,
    }


def items(options: Namespace) -> int:
    """Print the item statistics of one work."""
    with reading(opened_engine()) as session:
        answer = items_of_work(session, _SCOPE, options.work)
    if options.json:
        say_json(items_json(answer))
        return 0
    statistics = answer.statistics
    say(f"Участников {statistics.participants}; альфа Кронбаха {_text(statistics.alpha)}; SEM {_text(statistics.sem)}")
    rows = [
        (
            item.code,
            item.max_score,
            percent(float(statistics.facility[index])),
            f"{percent(float(statistics.low[index]))}–{percent(float(statistics.high[index]))}",
            _text(float(statistics.discrimination[index])),
        )
        for index, item in enumerate(answer.work.items)
    ]
    say_table(("Задание", "Макс.", "Выполнение", "95 % интервал", "Задание–остаток"), rows)
    return 0


def items_json(answer: ItemsOfWork) -> dict[str, object]:
    """Return the item statistics as the command line prints them; undefined numbers are null."""
    statistics = answer.statistics
    columns = {
        "n": statistics.n,
        "mean": statistics.mean,
        "sd": statistics.sd,
        "facility": statistics.facility,
        "low": statistics.low,
        "high": statistics.high,
        "discrimination": statistics.discrimination,
        "item_total": statistics.item_total,
        "upper_lower": statistics.upper_lower,
        "alpha_without": statistics.alpha_without,
        "full": statistics.full,
        "partial": statistics.partial,
        "zero": statistics.zero,
        "skipped": statistics.skipped,
    }
    return {
        "n": statistics.participants,
        "alpha": statistics.alpha,
        "sem": statistics.sem,
        "mean": statistics.total_mean,
        "sd": statistics.total_sd,
        "items": [
            {"code": item.code, "max": item.max_score}
            | {name: column[index].item() for name, column in columns.items()}
            for index, item in enumerate(answer.work.items)
        ],
    }


def found_fields(options: Namespace) -> FieldList:
    """Return the problem fields that the options ask for."""
    subject = options.subject and canonical_subject(options.subject)
    if options.subject and subject is None:
        raise InvalidInput(f"Предмет «{options.subject}» неизвестен.", "Укажите полное название предмета.")
    chosen = FieldFilter(
        assessment_id=options.work,
        subjects=(subject,) if subject else (),
        years=(options.year,) if options.year else (),
    )
    with reading(opened_engine()) as session:
        return problem_fields(session, _SCOPE, chosen)


def show_problem_fields(options: Namespace) -> int:
    """Print the problem fields, the most serious first."""
    found = found_fields(options)
    if options.json:
        say_json([_field(one) for one in found.fields])
        return 0
    rows = [
        (
            one.work.name,
            one.field.unit.full_name,
            one.field.key,
            percent(one.field.facility),
            f"{percent(one.field.low)}–{percent(one.field.high)}",
            one.field.participants,
            one.field.finding,
            one.field.reach.words,
            one.field.severity.word.value,
        )
        for one in found.fields
    ]
    say_table(("Работа", "Где", "Поле", "Выполнение", "95 % интервал", "n", "Что найдено", "Охват", "Острота"), rows)
    return 0


def _field(one: FoundField) -> dict[str, object]:
    field = one.field
    return {
        "scope": field.unit.level.value,
        "unit": field.unit.full_name,
        "kind": field.kind.value,
        "key": field.key,
        "facility": field.facility,
        "low": field.low,
        "high": field.high,
        "threshold": field.threshold,
        "status": field.status.words,
        "weak_spot": field.weak_spot.value or None,
        "severity": field.severity.word.value,
        "severity_points": field.severity.total,
        "reach": field.reach.value,
        "repeats": bool(field.repeats),
        "n": field.participants,
        "items": list(field.items),
        "work": one.work.assessment_id,
    }


def _text(value: float) -> str:
    return "не определено" if value != value else number(value, 2)
