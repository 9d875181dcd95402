"""The command that lists practices."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from core.blueprints.naming import canonical_subject
from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.errors import InvalidInput
from core.people.scope import Scope
from core.practice.library import PracticeCard, PracticeFilter, find_practices
from core.practice.sheet import library_sheet
from core.store.unit_of_work import reading
from core.workbooks.writing import write_workbook


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--subject", help="предмет")
    parser.add_argument("--element", help="элемент содержания или тип заданий, на который отвечает практика")
    parser.add_argument("-o", "--output", type=Path, metavar="ФАЙЛ.xlsx", help="сохранить список в файл")
    parser.add_argument("--json", action="store_true", help="вывести JSON")
    parser.set_defaults(run=practices)


def practices(options: Namespace) -> int:
    """Print the practices, or write them to a workbook."""
    with reading(opened_engine()) as session:
        found = find_practices(session, Scope.local_administrator(), _filter(options))
    if options.element:
        wanted = options.element.casefold()
        found = [one for one in found if wanted in {key.casefold() for key in (*one.elements, *one.task_types)}]
    if options.output is not None:
        return _write(options.output, found)
    if options.json:
        say_json([_record(one) for one in found])
        return 0
    header = ("№", "Состояние", "Практика", "Предмет", "Отвечает на", "Автор", "Организация")
    rows = [
        (one.id, one.state.value, one.title, one.subject, "; ".join((*one.elements, *one.task_types)), one.author,
         one.organisation)
        for one in found
    ]
    say_table(header, rows)
    return 0


def _filter(options: Namespace) -> PracticeFilter:
    if not options.subject:
        return PracticeFilter()
    return PracticeFilter(subjects=(canonical_subject(options.subject) or options.subject,))


def _write(path: Path, found: list[PracticeCard]) -> int:
    try:
        path.write_bytes(write_workbook([library_sheet(found)]))
    except OSError as error:
        raise InvalidInput(
            f"Файл «{path}» не удалось записать.", f"Проверьте путь и права ({error.strerror})."
        ) from error
    say(f"Сохранено: {path}")
    return 0


def _record(one: PracticeCard) -> dict[str, object]:
    return {
        "id": one.id, "title": one.title, "subject": one.subject, "elements": list(one.elements),
        "task_types": list(one.task_types), "method": one.method, "grades": list(one.grades), "state": one.state.value,
        "author": one.author, "organisation": one.organisation, "class": one.class_name, **one.texts, "uses": one.uses,
        "notes": one.notes, "attachments": one.attachments, "created_at": one.created_at.isoformat(),
    }
