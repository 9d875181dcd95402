"""Corporate deficits that a club or an association confirmed by discussion: who, when, by which minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.diagnostics.groups import Group, GroupKind
from core.diagnostics.lines import Line, LineKind
from core.diagnostics.remark_tables import DeficitConfirmation
from core.errors import InvalidInput, NotFound
from core.people.association_tables import Association
from core.people.associations import association_name
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.people.text_length import require_length
from core.store.base import utc_now
from core.words import day

_LONGEST_PROTOCOL = 120
_LONGEST_REMARK = 2000


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed, apart from the database; shares are those of that day."""

    id: int
    version: int
    association_id: int | None
    by: str
    organisation_id: int
    subject: str
    competence_id: int | None
    item_id: int | None
    element: str
    on: date
    protocol: str
    remark: str
    share: float | None
    low: float | None
    high: float | None
    respondents: int | None

    @property
    def words(self) -> str:
        """Return «РМО учителей математики, 12.10.2026, протокол № 3»."""
        return f"{self.by}, {day(self.on)}, протокол № {self.protocol}"

    def is_about(self, line: Line) -> bool:
        """Say whether the line is what was confirmed, or belongs to the confirmed competence."""
        if line.kind is LineKind.ITEM and self.item_id is not None:
            return line.id == self.item_id
        return self.competence_id is not None and line.kind is LineKind.COMPETENCE and line.id == self.competence_id


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures that stood on the screen when people confirmed."""

    share: float
    low: float
    high: float
    respondents: int


def list_confirmations(session: Session, scope: Scope) -> tuple[Confirmed, ...]:
    """Return the live confirmations of the viewer's organisations and of those above, and of their associations."""
    allowed = scope.require(Action.VIEW_DEFICITS)
    tree = load_tree(session, Scope.local_administrator())
    whole = allowed.organisations
    above = {one.id for place in whole or () for one in tree.above(place)}
    query = select(DeficitConfirmation, Association).join(
        Association, col(Association.id) == DeficitConfirmation.association_id, isouter=True
    )
    found = []
    for row, by in session.exec(query.where(col(DeficitConfirmation.deleted_at).is_(None))):
        near = whole is None or row.organisation_id in whole or row.organisation_id in above
        own = row.association_id is not None and allowed.sees_association(row.association_id, row.organisation_id)
        if near or own:
            found.append(_confirmed(row, by))
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))


def confirmations_in(
    confirmations: Sequence[Confirmed], group: Group, places: frozenset[int]
) -> tuple[Confirmed, ...]:
    """Return the confirmations that hold in the group, whatever they are about, the latest first.

    `places` are the organisations whose confirmations hold for groups by subject: see `places_of`.
    """
    if group.kind is GroupKind.ASSOCIATION:
        return tuple(one for one in confirmations if one.association_id == group.association_id)
    if group.kind is GroupKind.SUBJECT:
        return tuple(
            one for one in confirmations if one.subject == group.subject and one.organisation_id in places
        )
    return ()


def places_of(session: Session, scope: Scope, school_id: int | None) -> frozenset[int]:
    """Return whose confirmations hold for a whole subject: of the school and those above it, else of no school."""
    return places_in(load_tree(session, Scope.local_administrator()), scope, school_id)


def places_in(tree: Tree, scope: Scope, school_id: int | None) -> frozenset[int]:
    """Return what `places_of` returns, by a tree of all organisations that was read before."""
    seen = scope.organisations
    if school_id is None and seen is not None and len(seen) == 1:
        school_id = next(iter(seen))
    if school_id is not None:
        return frozenset({school_id, *(one.id or 0 for one in tree.above(school_id))})
    return frozenset(
        number for number, one in tree.organisations.items() if one.kind is not OrganisationKind.SCHOOL
    )


def confirm_deficit(
    session: Session, scope: Scope, association_id: int, *, subject: str, confirmed_on: date, protocol: str,
    remark: str = "", item_id: int | None = None, competence_id: int | None = None, element: str = "",
    numbers: Numbers | None = None,
) -> int:
    """Note that the association confirmed the deficit in its meeting; return the id of the note.

    Raises NotFound for an association outside the scope, InvalidInput without minutes, for a day to come, or when the
    same thing is confirmed already.
    """
    allowed = scope.require(Action.CONFIRM_FIELDS)
    row = session.get(Association, association_id)
    if row is None or row.deleted_at is not None or not allowed.sees_association(association_id, row.organisation_id):
        raise NotFound("Объединение")
    protocol, remark = protocol.strip(), remark.strip()
    if not protocol:
        raise InvalidInput("Не указан номер протокола.", "Впишите номер протокола заседания, на котором это обсудили.")
    if confirmed_on > date.today():
        raise InvalidInput(f"Заседание {day(confirmed_on)} ещё не состоялось.", "Укажите прошедший день.")
    for name, text, longest in (
        ("Номер протокола", protocol, _LONGEST_PROTOCOL), ("Примечание", remark, _LONGEST_REMARK)
    ):
        require_length(text, longest, name)
    if item_id is None and competence_id is None and not element:
        raise InvalidInput("Не сказано, что подтверждается.", "Выберите вопрос, компетенцию или элемент содержания.")
    _require_new(session, association_id, subject, item_id, competence_id, element)
    confirmation = DeficitConfirmation(
        organisation_id=row.organisation_id, association_id=association_id, subject=subject,
        competence_id=competence_id, item_id=item_id, element=element, confirmed_on=confirmed_on, protocol=protocol,
        remark=remark, written_by=allowed.actor_name,
        share=numbers.share if numbers else None, low=numbers.low if numbers else None,
        high=numbers.high if numbers else None, respondents=numbers.respondents if numbers else None,
    )
    session.add(confirmation)
    session.flush()
    return confirmation.id or 0


def withdraw_confirmation(session: Session, scope: Scope, confirmation_id: int) -> None:
    """Take a confirmation back; it stays in the journal of changes. Raises NotFound outside the scope."""
    allowed = scope.require(Action.CONFIRM_FIELDS)
    row = session.get(DeficitConfirmation, confirmation_id)
    if (
        row is None
        or row.deleted_at is not None
        or not allowed.sees_association(row.association_id or 0, row.organisation_id)
    ):
        raise NotFound("Подтверждение")
    row.deleted_at, row.deleted_by = utc_now(), allowed.actor_name
    session.add(row)


def _require_new(
    session: Session, association_id: int, subject: str, item_id: int | None, competence_id: int | None, element: str
) -> None:
    standing = session.exec(
        select(DeficitConfirmation).where(
            DeficitConfirmation.association_id == association_id, DeficitConfirmation.subject == subject,
            DeficitConfirmation.item_id == item_id, DeficitConfirmation.competence_id == competence_id,
            DeficitConfirmation.element == element, col(DeficitConfirmation.deleted_at).is_(None),
        )
    ).first()
    if standing is not None:
        raise InvalidInput(
            f"Это объединение уже подтвердило дефицит {day(standing.confirmed_on)}, протокол № {standing.protocol}.",
            "Чтобы записать заново, сначала снимите прежнее подтверждение.",
        )


def _confirmed(row: DeficitConfirmation, by: Association | None) -> Confirmed:
    return Confirmed(
        row.id or 0, row.version, row.association_id, association_name(by) if by is not None else "объединение",
        row.organisation_id, row.subject, row.competence_id, row.item_id, row.element, row.confirmed_on, row.protocol,
        row.remark, row.share, row.low, row.high, row.respondents,
    )
