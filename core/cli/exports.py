"""The command that writes a document of the register, or the plan of a work, to a file."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Final

from sqlmodel import Session

from core.blueprints.catalogue import items_of
from core.blueprints.drafts import BlueprintDraft
from core.blueprints.tables import Blueprint
from core.blueprints.template import blueprint_workbook
from core.cli.output import say
from core.cli.stores import opened_engine
from core.documents.kinds import year_key
from core.documents.package import meeting_package
from core.documents.register import KINDS, endings_of, list_documents, maker_bytes
from core.documents.text import NoteKind, NoteSubject
from core.errors import InvalidInput
from core.people.academic_year import year_on
from core.people.scope import Scope
from core.store.live import live_row
from core.store.unit_of_work import reading

_SCOPE = Scope.local_administrator()
_BLUEPRINT, _PACKAGE, _EDITION = "blueprint", "package", "roadmap-edition"
_BY_YEAR: Final = frozenset({"qualification-plan", "association-plan", "monitoring"})
_NOTES: Final = {kind.value: kind for kind in NoteKind}

EXPORTS: Final = (*KINDS, _BLUEPRINT, _PACKAGE)
"""What can be written."""


def export(options: Namespace) -> int:
    """Write the chosen document to the given file; its ending decides where there are several formats.

    Without a number: print what there is of this kind.
    """
    with reading(opened_engine()) as session:
        if options.id is None:
            return _print_subjects(session, options.kind)
        if options.output is None:
            raise InvalidInput("Не указано, куда сохранить.", "Добавьте -o ФАЙЛ.")
        content = _content(session, options.kind, options.id, options.output.suffix.lower().removeprefix("."))
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise InvalidInput(
            f"Файл «{options.output}» не удалось записать.", f"Проверьте путь и права ({error.strerror})."
        ) from error
    say(f"Сохранено: {options.output}")
    return 0


def _print_subjects(session: Session, kind: str) -> int:
    if kind not in KINDS:
        raise InvalidInput("Не указан номер.", "Добавьте номер плана работы или заседания.")
    for row in list_documents(session, _SCOPE, kind):
        say(f"{row.subject.key}\t{row.organisation}\t{row.subject.title}")
    return 0


def _content(session: Session, kind: str, key: str, ending: str) -> bytes:
    """Return the file. Raises InvalidInput for an ending that this kind does not have, NotFound for no such thing."""
    if kind == _BLUEPRINT:
        _require(ending, ("xlsx",), "План работы")
        return _blueprint(session, key)
    if kind == _PACKAGE:
        _require(ending, ("zip",), "Пакет к заседанию")
        return meeting_package(session, _SCOPE, _number(key)).file.content
    _require(ending, endings_of(KINDS[kind]), KINDS[kind].title)
    return maker_bytes(session, _SCOPE, KINDS[kind], _key(kind, key), ending)


def _require(ending: str, known: tuple[str, ...], what: str) -> None:
    if ending not in known:
        shown = " или ".join(f".{one}" for one in known)
        raise InvalidInput(f"«{what}» сохраняется как {shown}, а не «.{ending}».", "Измените окончание имени файла.")


def _key(kind: str, given: str) -> str:
    """Return the key of the register for what people type: a number alone means this academic year, or all of a work.

    >>> _key("minutes", "4"), _key("qualification-plan", "3|2027"), _key("work-short", "7")
    ('4', '3|2027', '7||0')
    """
    if "|" in given:
        return given
    if kind in _BY_YEAR:
        return year_key(_number(given), year_on(date.today()))
    if kind == _EDITION:
        raise InvalidInput(
            f"«{given}» – карта без номера редакции.", f"Добавьте его после черты, например «{given}|1», в кавычках."
        )
    if kind in _NOTES:
        year = 0 if _NOTES[kind].is_of_work else year_on(date.today())
        return NoteSubject(_number(given), year=year).key
    return given


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise InvalidInput(f"«{key}» – не номер.", "Номера печатает та же команда без номера и файла.")
    return int(key)


def _blueprint(session: Session, key: str) -> bytes:
    blueprint = live_row(session, Blueprint, _number(key), "План работы")
    return blueprint_workbook(BlueprintDraft.of(blueprint, items_of(session, blueprint.id or 0)))
