"""The command that writes a table to an XLSX file, and a roadmap to a DOCX file too."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Final

from sqlmodel import Session

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, problem_fields
from core.analysis.results import items_of_work
from core.blueprints.catalogue import items_of
from core.blueprints.drafts import BlueprintDraft
from core.blueprints.tables import Blueprint
from core.blueprints.template import blueprint_workbook
from core.cli.help_exports import HELP_EXPORTS, HELP_NAMES
from core.cli.output import say
from core.cli.stores import opened_engine
from core.documents.minutes_document import minutes_document
from core.documents.practice_document import practice_document
from core.documents.recommendation_document import recommendation_document
from core.documents.roadmap_document import roadmap_document
from core.errors import InvalidInput, NotFound
from core.people.scope import Scope
from core.planning.workbook import export_roadmap
from core.store.unit_of_work import reading
from core.workbooks.writing import TableColumn, TableSheet, TableValue, write_workbook

_SCOPE = Scope.local_administrator()
_INTERVAL_NOTE = "Интервал — 95 %, Уилсона. Результаты ВПР не используются для оценки педагогов и школ."


def export(options: Namespace) -> int:
    """Write the chosen table or document to the given file; its ending decides where there are both."""
    with reading(opened_engine()) as session:
        content = _maker(options.kind, options.output.suffix.lower())(session, options.id)
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise InvalidInput(
            f"Файл «{options.output}» не удалось записать.", f"Проверьте путь и права ({error.strerror})."
        ) from error
    say(f"Сохранено: {options.output}")
    return 0


def _maker(kind: str, ending: str) -> Callable[[Session, int], bytes]:
    """Return what makes the file. Raises InvalidInput for an ending that this kind does not have."""
    if ending == ".docx" and kind in _DOCUMENTS:
        return _DOCUMENTS[kind]
    if kind in _DOCUMENTS and ending != ".xlsx":
        raise InvalidInput(
            f"Дорожная карта сохраняется как .xlsx или .docx, а не «{ending}».", "Измените окончание имени файла."
        )
    if kind in _ONLY_DOCUMENTS and ending != ".docx":
        what = _ONLY_DOCUMENTS[kind]
        raise InvalidInput(f"{what} сохраняется как .docx, а не «{ending}».", "Измените окончание имени файла.")
    return EXPORTS[kind]


def _items(session: Session, work_id: int) -> bytes:
    answer = items_of_work(session, _SCOPE, work_id)
    statistics = answer.statistics
    columns = (
        TableColumn("Задание"),
        TableColumn("Элемент содержания"),
        TableColumn("Макс. балл", "integer"),
        TableColumn("Участников", "integer"),
        TableColumn("Выполнение", "percent"),
        TableColumn("Нижняя граница", "percent"),
        TableColumn("Верхняя граница", "percent"),
        TableColumn("Полностью", "percent"),
        TableColumn("Частично", "percent"),
        TableColumn("Ноль баллов", "percent"),
        TableColumn("Не приступали", "percent"),
        TableColumn("Корреляция с остатком", "decimal"),
    )
    rows: list[list[TableValue]] = [
        [
            item.code,
            "; ".join(item.elements),
            item.max_score,
            int(statistics.n[index]),
            *(
                float(column[index])
                for column in (
                    statistics.facility,
                    statistics.low,
                    statistics.high,
                    statistics.full,
                    statistics.partial,
                    statistics.zero,
                    statistics.skipped,
                    statistics.discrimination,
                )
            ),
        ]
        for index, item in enumerate(answer.work.items)
    ]
    return write_workbook([TableSheet("Задания", "Выполнение заданий", columns, rows, (_INTERVAL_NOTE,))])


def _fields(session: Session, work_id: int) -> bytes:
    found = problem_fields(session, _SCOPE, FieldFilter(assessment_id=work_id))
    columns = (
        TableColumn("Где"),
        TableColumn("Вид"),
        TableColumn("Проблемное поле"),
        TableColumn("Выполнение", "percent"),
        TableColumn("Нижняя граница", "percent"),
        TableColumn("Верхняя граница", "percent"),
        TableColumn("Порог", "percent"),
        TableColumn("Участников", "integer"),
        TableColumn("Что найдено"),
        TableColumn("Охват"),
        TableColumn("Острота"),
        TableColumn("Задания"),
        TableColumn("Оговорки"),
    )
    rows: list[list[TableValue]] = [
        [
            one.field.unit.full_name,
            Kind(one.field.kind).words,
            one.field.key,
            one.field.facility,
            one.field.low,
            one.field.high,
            one.field.threshold,
            one.field.participants,
            one.field.finding,
            one.field.reach.words,
            one.field.severity.word.value,
            ", ".join(one.field.items),
            "; ".join(one.field.cautions),
        ]
        for one in found.fields
    ]
    return write_workbook([TableSheet("Проблемные поля", "Проблемные поля", columns, rows, (_INTERVAL_NOTE,))])


def _blueprint(session: Session, blueprint_id: int) -> bytes:
    blueprint = session.get(Blueprint, blueprint_id)
    if blueprint is None or blueprint.deleted_at is not None:
        raise NotFound("План работы")
    return blueprint_workbook(BlueprintDraft.of(blueprint, items_of(session, blueprint_id)))


def _recommendation(session: Session, recommendation_id: int) -> bytes:
    return recommendation_document(session, _SCOPE, recommendation_id)


def _minutes(session: Session, meeting_id: int) -> bytes:
    return minutes_document(session, _SCOPE, meeting_id)


def _practice(session: Session, practice_id: int) -> bytes:
    return practice_document(session, _SCOPE, practice_id)


def _roadmap(session: Session, roadmap_id: int) -> bytes:
    return export_roadmap(session, _SCOPE, roadmap_id)


def _roadmap_document(session: Session, roadmap_id: int) -> bytes:
    return roadmap_document(session, _SCOPE, roadmap_id)


_DOCUMENTS: Final[dict[str, Callable[[Session, int], bytes]]] = {"roadmap": _roadmap_document}
"""What can be a Word document, too."""

_ONLY_DOCUMENTS: Final = {
    "recommendation": "Рекомендация", "minutes": "Протокол", "practice": "Практика", **HELP_NAMES,
}
"""What is a Word document and no table."""

EXPORTS: Final[dict[str, Callable[[Session, int], bytes]]] = {
    "items": _items,
    "problem-fields": _fields,
    "blueprint": _blueprint,
    "roadmap": _roadmap,
    "recommendation": _recommendation,
    "minutes": _minutes,
    "practice": _practice,
    **HELP_EXPORTS,
}
