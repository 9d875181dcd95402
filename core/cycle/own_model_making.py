"""Making own models: a copy or a file, changes of the draft, putting it in force, taking it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import yaml
from pydantic import JsonValue
from sqlmodel import Session, col, select

from core.blueprints.yaml_files import uploaded_yaml
from core.cycle.access import is_seen, require_leading
from core.cycle.model_check import require_model, unknown_screens
from core.cycle.model_content import Content, content_of, plain_content, read_content, rows_of, written
from core.cycle.model_editing import LastChange, change_part
from core.cycle.model_words import FIELD_WORDS
from core.cycle.models import models
from core.cycle.own_model_tables import OwnModel, OwnModelEdition
from core.cycle.own_models import editable_model, find_model, newest_edition, own_content
from core.cycle.records import Level, ModelFile
from core.errors import EditConflict, InvalidInput, NotFound
from core.people.cell_values import text_of_cell
from core.people.scope import Scope
from core.store.audit import record_event
from core.store.author import author_of
from core.store.base import utc_now
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.words import plural

HEAD_FIELDS: Final = ("short", "title", "organisation", "level", "purpose", "theme", "closing", "source")
"""What the model as a whole says in single texts."""
_LONGEST = 3000


def copy_model(session: Session, scope: Scope, organisation_id: int, code: str, short: str) -> OwnModel:
    """Make an own model of the organisation out of another one; it is in force once it is put in force.

    Raises NotAllowed and NotFound without the right, InvalidInput for an empty name or one that is taken.
    """
    require_leading(scope, organisation_id)
    origin = find_model(session, scope, code)
    own = origin.file.model_copy(update={"short": _short_name(session, organisation_id, short)})
    return _add(session, organisation_id, own, origin.code)


def upload_model(session: Session, scope: Scope, organisation_id: int, file: ModelFile) -> OwnModel:
    """Make an own model out of a checked file; raise as `copy_model` does."""
    require_leading(scope, organisation_id)
    own = file.model_copy(update={"short": _short_name(session, organisation_id, file.short)})
    return _add(session, organisation_id, own, "")


def read_model_file(content: bytes, file_name: str) -> ModelFile:
    """Return the model of an uploaded file; raise InvalidInput naming file and key for a broken or hostile one."""
    file = uploaded_yaml(content, file_name, ModelFile)
    unknown = unknown_screens(file)
    if unknown:
        raise InvalidInput(f"Файл «{file_name[-80:]}»: {' '.join(unknown[:3])}", "Исправьте файл и загрузите снова.")
    return file


def put_in_force(session: Session, scope: Scope, model_id: int, version_seen: int) -> OwnModel:
    """Check the draft and keep it as the next edition. Raises InvalidInput with the problems, EditConflict when
    somebody changed the draft meanwhile."""
    row = editable_model(session, scope, model_id)
    if row.version != version_seen:
        raise _overtaken(row)
    file = require_model(read_content(row.content))
    content = written(file.model_dump(mode="json"))
    last = newest_edition(session, model_id)
    if last is not None and last.content == content:
        raise InvalidInput("С прошлой редакции в модели ничего не изменилось.", "Вводить в действие нечего.")
    number = row.edition + 1
    session.add(
        OwnModelEdition(
            organisation_id=row.organisation_id, own_model_id=model_id, number=number, title=file.short,
            content=content, made_by=author_of(session).actor,
        )
    )
    row.edition = number
    session.add(row)
    session.flush()
    return row


def delete_model(session: Session, scope: Scope, model_id: int) -> OwnModel:
    """Take an own model out of the lists; cycles that stand on it keep their edition."""
    row = editable_model(session, scope, model_id)
    row.deleted_at = utc_now()
    session.add(row)
    return row


def restore_model(session: Session, scope: Scope, model_id: int) -> OwnModel:
    """Bring a deleted own model back; refused while another one has its name."""
    row = session.get(OwnModel, model_id)
    if row is None or row.deleted_at is None or not is_seen(session, scope, row.organisation_id):
        raise NotFound("Удалённая модель")
    require_leading(scope, row.organisation_id)
    _short_name(session, row.organisation_id, row.title)
    row.deleted_at = None
    session.add(row)
    session.flush()
    return row


def keep_content(session: Session, row: OwnModel, content: Content, said: str) -> None:
    """Keep a changed draft, and write into the audit trail in words what was changed."""
    row.content = written(content)
    row.title = str(content["short"])
    row.changed_at, row.changed_by = utc_now(), author_of(session).actor
    session.add(row)
    record_event(
        session, "изменено", "own_model", row.id, organisation_id=row.organisation_id, field="content", new=said
    )
    session.flush()


def _add(session: Session, organisation_id: int, file: ModelFile, origin: str) -> OwnModel:
    row = OwnModel(
        organisation_id=organisation_id, title=file.short, origin_code=origin, content=written(content_of(file)),
        changed_by=author_of(session).actor,
    )
    session.add(row)
    session.flush()
    return row


def _short_name(session: Session, organisation_id: int, short: str) -> str:
    name = text_of_cell(short)
    if not 3 <= len(name) <= 60:
        raise InvalidInput("Короткое название модели – от 3 до 60 знаков.", "Назовите её так, как зовёт школа.")
    taken = session.exec(
        select(OwnModel.title).where(
            OwnModel.organisation_id == organisation_id, col(OwnModel.deleted_at).is_(None), OwnModel.title == name
        )
    ).first()
    if taken is not None or any(one.file.short == name for one in models()):
        raise InvalidInput(f"Модель «{name}» уже есть.", "Назовите новую иначе.")
    return name


def change_head(
    session: Session, scope: Scope, model_id: int, version_seen: int, values: Mapping[str, str]
) -> OwnModel:
    """Change single texts of the draft. Raises InvalidInput for an unknown field or level or a text that is too long,
    EditConflict when somebody changed the model meanwhile."""
    row = editable_model(session, scope, model_id)
    if row.version != version_seen:
        raise _overtaken(row)
    content = read_content(row.content)
    changed: list[str] = []
    for name, value in values.items():
        text = text_of_cell(value)
        if name not in HEAD_FIELDS or (name == "level" and text not in [one.value for one in Level]):
            raise InvalidInput("Такого поля у модели нет, ничего не сохранено.", "Обновите страницу.")
        if len(text) > _LONGEST or (name == "short" and len(text) > 60):
            raise InvalidInput(f"«{FIELD_WORDS[name]}»: текст слишком длинный.", "Сократите его.")
        if content.get(name, "") != text:
            content[name] = text
            changed.append(FIELD_WORDS[name])
    if changed:
        keep_content(session, row, content, ", ".join(changed))
    return row


def save_part(session: Session, scope: Scope, model_id: int, path: str, changes: GridChanges) -> EditOutcome:
    """Save what was changed in a part of the draft, such as «stages» or «stages/12/outputs», cell by cell.

    A cell, row or part that somebody else changed meanwhile is reported, not overwritten.
    """
    row = editable_model(session, scope, model_id)
    content = read_content(row.content)
    outcome = change_part(content, path, changes, LastChange(row.version, row.changed_by, row.changed_at))
    if not outcome.refused and outcome.versions:
        count = plural(len(outcome.versions), "строка", "строки", "строк")
        keep_content(session, row, content, f"{_part_words(content, path)}: {count}")
    return outcome


def model_yaml(session: Session, scope: Scope, model_id: int) -> bytes:
    """Return the draft as a file like those of data/models."""
    plain = plain_content(own_content(session, scope, model_id))
    text = yaml.safe_dump(_tidy(plain), allow_unicode=True, sort_keys=False, width=110)
    return f"# Описание: core/cycle/records.py и data/models/README.md.\n{text}".encode()


def _tidy(value: JsonValue) -> JsonValue:
    """Return the value with its keys in the order of the files and without empty ones."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    if not isinstance(value, dict):
        return value
    order = list(FIELD_WORDS)
    filled = {name: one for name, one in value.items() if one not in ("", [], None, False)}
    return {name: _tidy(filled[name]) for name in sorted(filled, key=order.index)}


def _part_words(content: Content, path: str) -> str:
    first, *rest = path.split("/")
    if not rest:
        return FIELD_WORDS.get(first, first)
    row = next(one for one in rows_of(content, first) if str(one["#"]) == rest[0])
    name = f"этап {row.get('number')}" if first == "stages" else f"таблица «{row.get('title')}»"
    return f"{name}, {FIELD_WORDS.get(rest[1], rest[1])}"


def _overtaken(row: OwnModel) -> EditConflict:
    return EditConflict(
        f"Модель тем временем изменили: {row.changed_by or 'неизвестно кто'}.", "Проверьте её и повторите."
    )
