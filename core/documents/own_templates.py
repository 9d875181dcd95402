"""Templates of organisations in place of the shipped ones: who put which, checked before, returned to the shipped one.

A document is filled with the template of its organisation, else of the nearest one above it, else the shipped one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from core.documents.record_tables import OwnTemplate
from core.documents.rendering import TemplateFile, Value, has_names, read_template, render_file, template_path
from core.documents.template_check import check_word_file
from core.documents.template_samples import sample_of, template_titles
from core.errors import InvalidInput, NotFound
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.store.attachments import fetch
from core.store.author import Author
from core.store.base import utc_now
from core.store.evidence import Attached, store_file
from core.store.unit_of_work import reading


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """Which template fills documents of an organisation; `from_above` names the organisation it is taken from."""

    name: str
    title: str
    is_own: bool
    from_above: str
    file_name: str
    added_at: datetime | None
    added_by: str


def fill(session: Session, organisation_id: int, name: str, values: Mapping[str, Value]) -> bytes:
    """Return the template that holds for an organisation, filled with the values as .docx.

    Raises InvalidInput with the place of the fault when the template does not work.
    """
    return render_file(template_for(session, organisation_id, name), values)


def template_for(session: Session, organisation_id: int, name: str) -> TemplateFile:
    """Return the template that holds for an organisation: its own, of the nearest one above, or the shipped one."""
    row = _holding(session, organisation_id, name)
    return read_template(template_path(name)) if row is None else _file(row)


def list_templates(session: Session, scope: Scope, organisation_id: int) -> list[TemplateRow]:
    """Return all templates as they hold for an organisation. Raises NotFound out of scope."""
    scope.require(Action.MANAGE_TEMPLATES).require_organisation(organisation_id)
    places = {unit.id: unit.name for unit in _tree(session).organisations.values()}
    found: list[TemplateRow] = []
    for name, title in template_titles().items():
        row = _holding(session, organisation_id, name)
        is_own = row is not None and row.organisation_id == organisation_id
        found.append(
            TemplateRow(
                name, title, is_own, "" if row is None or is_own else places.get(row.organisation_id, ""),
                template_path(name).name if row is None else row.file_name,
                None if row is None else row.added_at, "" if row is None else row.added_by,
            )
        )
    return found


def open_template(session: Session, scope: Scope, organisation_id: int, name: str) -> bytes:
    """Return the file of the template that holds for an organisation, to be changed in Word."""
    scope.require(Action.MANAGE_TEMPLATES).require_organisation(organisation_id)
    _require_known(name)
    return template_for(session, organisation_id, name).content


def put_template(
    engine: Engine, scope: Scope, organisation_id: int, name: str, file_name: str, content: bytes
) -> int:
    """Put a file in place of a template from now on, for the organisation and those below it; return its id.

    The file is checked and filled with a sample first: raises InvalidInput with the place of a fault, and nothing
    changes. NotAllowed without the right, NotFound out of scope.
    """
    with reading(engine) as session:
        _require_place(session, scope, organisation_id, name)
    check_template(name, file_name, content)

    def note(session: Session, attached: Attached) -> int:
        _require_place(session, scope, organisation_id, name)
        _take_away(session, organisation_id, name)
        row = OwnTemplate(
            organisation_id=organisation_id, template=name, **asdict(attached), added_by=scope.actor_name[:120]
        )
        session.add(row)
        session.flush()
        return row.id or 0

    author = Author(scope.actor_name, scope.actor_id)
    return store_file(engine, author, file_name, content, template_titles()[name], note)


def check_template(name: str, file_name: str, content: bytes) -> None:
    """Raise InvalidInput unless the file can fill documents of this name: a sane Word file that a sample fills."""
    check_word_file(file_name, content)
    file = TemplateFile(file_name[-80:], content)
    render_file(file, sample_of(name))
    if not has_names(file):
        raise InvalidInput(
            f"В файле «{file.shown}» нет ни одной метки: все документы вышли бы одинаковыми.",
            "Скачайте действующий шаблон и измените его.",
        )


def return_to_shipped(session: Session, scope: Scope, organisation_id: int, name: str) -> None:
    """Take the organisation's own template away; what holds above it, or the shipped one, holds again."""
    _require_place(session, scope, organisation_id, name)
    if not _take_away(session, organisation_id, name):
        raise InvalidInput("У организации нет своего шаблона этого документа.", "Он уже из поставки.")


def _take_away(session: Session, organisation_id: int, name: str) -> int:
    rows = session.exec(
        select(OwnTemplate).where(
            OwnTemplate.organisation_id == organisation_id, OwnTemplate.template == name,
            col(OwnTemplate.deleted_at).is_(None),
        )
    ).all()
    for row in rows:
        row.deleted_at = utc_now()
        session.add(row)
    session.flush()
    return len(rows)


def _require_place(session: Session, scope: Scope, organisation_id: int, name: str) -> None:
    scope.require(Action.MANAGE_TEMPLATES).require_organisation(organisation_id)
    _require_known(name)
    if organisation_id not in _tree(session).organisations:
        raise NotFound("Организация")


def _require_known(name: str) -> None:
    if name not in template_titles():
        raise NotFound("Шаблон")


def _holding(session: Session, organisation_id: int, name: str) -> OwnTemplate | None:
    """Return the row that holds for an organisation; None: the shipped template."""
    rows = session.exec(
        select(OwnTemplate)
        .where(OwnTemplate.template == name, col(OwnTemplate.deleted_at).is_(None))
        .order_by(col(OwnTemplate.id))
    ).all()
    if not rows:
        return None
    newest = {row.organisation_id: row for row in rows}
    places = [organisation_id, *(unit.id or 0 for unit in _tree(session).above(organisation_id))]
    return next((newest[place] for place in places if place in newest), None)


def _tree(session: Session) -> Tree:
    return load_tree(session, Scope.local_administrator())


def _file(row: OwnTemplate) -> TemplateFile:
    return TemplateFile(row.file_name, fetch(row.stored_name, row.sha256))
