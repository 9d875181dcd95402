"""Own indicators of an organisation: made, copied from the catalogue, changed by a new version from a year on.

Values keep the version that held in their year. A version under which values were handed in is not changed any more:
its successor is. What came with the program is read and copied only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.monitoring.access import seen_unit
from core.monitoring.passport_drafts import PassportDraft, checked_draft
from core.monitoring.passport_tables import IndicatorPassport
from core.monitoring.passports import Passport, list_passports
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.academic_year import year_name
from core.people.organisations import get_organisation
from core.people.ownership import owner_names
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.base import utc_now
from core.store.history import HistoryLine, history
from core.store.live import live_row

_CODE = re.compile(r"[А-ОР-ЯЁ]\d{2}(\.\d{1,2})?")
"""A Cyrillic letter and two digits; «П» is the catalogue's."""
_YEARS = range(2000, 2101)
_HANDED_IN = (ValueState.SUBMITTED, ValueState.ACCEPTED, ValueState.LOCKED)


@dataclass(frozen=True, slots=True)
class PassportView:
    """One version of a passport as it is listed."""

    passport: Passport
    version: int
    owner: str
    """«каталог» or the name of the organisation."""
    may_change: bool


def passport_views(session: Session, scope: Scope, organisation_id: int) -> tuple[PassportView, ...]:
    """Return every version of the indicators that hold for a unit; NotAllowed or NotFound out of reach."""
    seen_unit(session, scope, organisation_id)
    found = list_passports(session, scope, organisation_id)
    names = owner_names(session, [one.organisation_id for one in found])
    versions = dict(session.exec(select(IndicatorPassport.id, IndicatorPassport.version)).all())
    return tuple(
        PassportView(
            one, versions[one.id], "каталог" if one.organisation_id is None else names[one.organisation_id],
            one.organisation_id is not None and leads(scope, one.organisation_id),
        )
        for one in found
    )


def free_code(session: Session, _scope: Scope) -> str:
    """Return the first code that nobody uses: «С01», «С02» …"""
    taken = set(session.exec(select(IndicatorPassport.code)))
    return next(code for number in range(1, 100) if (code := f"С{number:02}") not in taken)


def create_passport(
    session: Session, scope: Scope, organisation_id: int, code: str, draft: PassportDraft, valid_from: int
) -> IndicatorPassport:
    """Store an own indicator of an organisation, in use from a year on.

    Raises InvalidInput for a code that is taken, for what is missing, and for what must not be an indicator.
    """
    _require_leading(scope, organisation_id)
    unit = get_organisation(session, scope, organisation_id)
    wanted = code.strip().upper()
    if not _CODE.fullmatch(wanted):
        raise InvalidInput(
            f"Код «{code}» не подходит.", "Код – русская буква, кроме «П», и две цифры, например С01; «П» – у каталога."
        )
    taken = select(IndicatorPassport.id).where(
        IndicatorPassport.code == wanted,
        or_(col(IndicatorPassport.deleted_at).is_(None), col(IndicatorPassport.organisation_id) != organisation_id),
    )
    if session.exec(taken).first() is not None:
        raise InvalidInput(f"Код «{wanted}» уже занят.", f"Свободен код {free_code(session, scope)}.")
    _require_year(valid_from)
    values = checked_draft(draft, unit.kind)
    basis = f"Собственный показатель: {unit.name}."
    row = _thrown_away(session, organisation_id, wanted, valid_from) or IndicatorPassport(
        organisation_id=organisation_id, code=wanted, goal="", name="", valid_from=valid_from
    )
    row.deleted_at, row.deleted_by, row.valid_to, row.basis = None, None, None, basis
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def correct_passport(
    session: Session, scope: Scope, passport_id: int, version_seen: int, draft: PassportDraft
) -> IndicatorPassport:
    """Change a version under which nothing was handed in yet."""
    row = _own(session, scope, passport_id, version_seen)
    _require_unused(session, row, row.valid_from, "Правила сданных значений не меняют")
    for name, value in checked_draft(draft, _kind_of(session, scope, row)).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def revise_passport(
    session: Session, scope: Scope, passport_id: int, version_seen: int, draft: PassportDraft, valid_from: int
) -> IndicatorPassport:
    """Store a new version in use from a year on; the one before ends the year before, and keeps its values."""
    row = _own(session, scope, passport_id, version_seen)
    _require_year(valid_from)
    if valid_from <= row.valid_from:
        raise InvalidInput(
            f"Эта версия действует с {year_name(row.valid_from)}, новая должна начаться позже.", "Поставьте другой год."
        )
    if row.valid_to is not None:
        raise InvalidInput(
            f"Эта версия действует по {year_name(row.valid_to)}: её сменила другая или показатель завершён.",
            "Измените последнюю версию.",
        )
    _require_unused(session, row, valid_from, "По прежней версии за эти годы уже сданы значения")
    values = checked_draft(draft, _kind_of(session, scope, row))
    row.valid_to = valid_from - 1
    session.add(row)
    later = _thrown_away(session, row.organisation_id or 0, row.code, valid_from) or IndicatorPassport(
        organisation_id=row.organisation_id, code=row.code, goal="", name="", valid_from=valid_from
    )
    later.deleted_at, later.deleted_by, later.valid_to, later.basis = None, None, None, row.basis
    for name, value in values.items():
        setattr(later, name, value)
    session.add(later)
    session.flush()
    return later


def end_passport(session: Session, scope: Scope, passport_id: int, version_seen: int, valid_to: int) -> None:
    """Let an indicator end with a year; values of later years must not have been handed in."""
    row = _own(session, scope, passport_id, version_seen)
    _require_year(valid_to)
    if valid_to < row.valid_from:
        raise InvalidInput(f"Версия действует с {year_name(row.valid_from)}.", "Поставьте этот год или более поздний.")
    if row.valid_to is not None:
        raise InvalidInput(f"Версия уже действует только по {year_name(row.valid_to)}.", "Обновите страницу.")
    _require_unused(session, row, valid_to + 1, "За более поздние годы уже сданы значения")
    row.valid_to = valid_to
    session.add(row)
    session.flush()


def delete_passport(session: Session, scope: Scope, passport_id: int, version_seen: int) -> None:
    """Throw a version away under which nothing was handed in; the one before holds again."""
    row = _own(session, scope, passport_id, version_seen)
    _require_unused(session, row, row.valid_from, "По этой версии уже сданы значения")
    later = select(IndicatorPassport.id).where(
        IndicatorPassport.code == row.code, IndicatorPassport.valid_from > row.valid_from,
        col(IndicatorPassport.deleted_at).is_(None),
    )
    if session.exec(later).first() is not None:
        raise InvalidInput("За этой версией идёт более поздняя.", "Сначала удалите её.")
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)
    before = session.exec(
        select(IndicatorPassport).where(
            IndicatorPassport.code == row.code, IndicatorPassport.valid_to == row.valid_from - 1,
            col(IndicatorPassport.deleted_at).is_(None),
        )
    ).first()
    if before is not None:
        before.valid_to = row.valid_to
        session.add(before)
    session.flush()


def passport_history(session: Session, scope: Scope, organisation_id: int, passport_id: int) -> list[HistoryLine]:
    """Return who changed what in a passport that holds for the unit; NotFound for another one."""
    seen_unit(session, scope, organisation_id)
    if all(one.id != passport_id for one in list_passports(session, scope, organisation_id)):
        raise NotFound("Паспорт показателя")
    return history(session, "indicator_passport", passport_id)


def leads(scope: Scope, organisation_id: int) -> bool:
    """Say whether the actor leads collections, targets and own indicators of the organisation."""
    return scope.allows(Action.MANAGE_INDICATORS) and scope.require(Action.MANAGE_INDICATORS).sees_organisation(
        organisation_id
    )


def _own(session: Session, scope: Scope, passport_id: int, version_seen: int) -> IndicatorPassport:
    row = live_row(session, IndicatorPassport, passport_id, "Паспорт показателя")
    if row.organisation_id is None:
        scope.require(Action.MANAGE_INDICATORS)
        raise NotAllowed(
            f"Паспорт «{row.code}» – из каталога, его не меняют.", "Скопируйте его: копия будет вашим показателем."
        )
    _require_leading(scope, row.organisation_id)
    if row.version != version_seen:
        raise EditConflict(
            "Паспорт тем временем изменил кто-то другой.", "Сравните с записанным и решите, что сохранить."
        )
    return row


def _require_leading(scope: Scope, organisation_id: int) -> None:
    scope.require(Action.MANAGE_INDICATORS).require_organisation(organisation_id)


def _require_year(year: int) -> None:
    if year not in _YEARS:
        raise InvalidInput(f"Год {year} не подходит.", "Поставьте отчётный год, например 2027.")


def _require_unused(session: Session, row: IndicatorPassport, first: int, why: str) -> None:
    """Raise InvalidInput where values from the year `first` on were handed in under this version."""
    query = select(IndicatorValue.year).where(
        IndicatorValue.code == row.code, IndicatorValue.year >= first,
        # A value that was returned still counts above as it was accepted before.
        or_(col(IndicatorValue.state).in_(_HANDED_IN), col(IndicatorValue.accepted_at).is_not(None)),
    )
    if row.valid_to is not None:
        query = query.where(IndicatorValue.year <= row.valid_to)
    year = session.exec(query.order_by(col(IndicatorValue.year).desc())).first()
    if year is not None:
        raise InvalidInput(
            f"{why} (последние – за {year_name(year)}).", f"Сделайте новую версию, с {year_name(year + 1)} года."
        )


def _thrown_away(session: Session, organisation_id: int, code: str, valid_from: int) -> IndicatorPassport | None:
    """Return the deleted version of the same place, which is used again: a code and a year stand once."""
    return session.exec(
        select(IndicatorPassport).where(
            IndicatorPassport.organisation_id == organisation_id, IndicatorPassport.code == code,
            IndicatorPassport.valid_from == valid_from, col(IndicatorPassport.deleted_at).is_not(None),
        )
    ).first()


def _kind_of(session: Session, scope: Scope, row: IndicatorPassport) -> OrganisationKind:
    return get_organisation(session, scope, row.organisation_id or 0).kind
