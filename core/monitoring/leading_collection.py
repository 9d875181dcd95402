"""Leading the collection of a reporting year: planned with dates and lines, opened, closed, opened again with a reason.

Closing keeps every organisation below from entering and handing in, and locks what was accepted. Only who accepts
values from above opens a collection again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.monitoring.collection import Collection, collections_of_year, nearest, path_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.plan_tables import CollectionStep, Reporting
from core.monitoring.value_tables import Campaign, IndicatorValue, ValueState
from core.monitoring.values import make_rows
from core.people.academic_year import year_name
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.base import utc_now
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.store.history import HistoryLine, history
from core.store.live import live_row
from core.words import day

STEP_FIELDS = ("units", "goal", "kind", "responsible", "due_on", "note")
_SCHOOLS_BEFORE = timedelta(days=10)
"""Schools hand in earlier than the organisation above, which has to accept and to enter its own values."""
_LONGEST = {"goal": 200, "responsible": 300, "note": 1000}


@dataclass(frozen=True, slots=True)
class Dates:
    """From when to when values are collected, and who answers for it."""

    opens_on: date
    closes_on: date
    responsible: str = ""


def plan_collection(session: Session, scope: Scope, organisation_id: int, year: int, dates: Dates) -> Campaign:
    """Store the collection of a year in an organisation with everything below it, with the usual lines of its plan.

    Raises InvalidInput for impossible dates or where one is planned already; NotAllowed or NotFound out of reach.
    """
    _require_leading(scope, organisation_id)
    unit = get_organisation(session, scope, organisation_id)
    query = select(Campaign).where(Campaign.organisation_id == organisation_id, Campaign.year == year)
    row = session.exec(query).first()
    if row is not None and row.deleted_at is None:
        raise InvalidInput(f"Сбор за {year_name(year)} уже запланирован.", "Откройте его и измените сроки.")
    if row is None:
        row = Campaign(organisation_id=organisation_id, year=year, opens_on=dates.opens_on, closes_on=dates.closes_on)
    row.deleted_at = None
    _set_dates(session, row, dates)
    session.add(row)
    session.flush()
    if not _steps(session, row):
        earlier = max(dates.opens_on, dates.closes_on - _SCHOOLS_BEFORE)
        session.add(
            CollectionStep(
                campaign_id=row.id or 0, units=Reporting.SCHOOLS, responsible="заместитель директора",
                due_on=dates.closes_on if unit.kind is OrganisationKind.SCHOOL else earlier,
            )
        )
        if unit.kind is not OrganisationKind.SCHOOL:
            session.add(
                CollectionStep(
                    campaign_id=row.id or 0, units=Reporting.ABOVE, responsible="методическая служба",
                    due_on=dates.closes_on,
                )
            )
        session.flush()
    return row


def change_collection(session: Session, scope: Scope, campaign_id: int, version_seen: int, dates: Dates) -> Campaign:
    """Change dates and responsible of a collection that is not closed; EditConflict when somebody else changed it."""
    row = _led(session, scope, campaign_id, version_seen)
    _require_not_closed(row)
    _set_dates(session, row, dates)
    session.add(row)
    session.flush()
    return row


def open_collection(
    session: Session, scope: Scope, campaign_id: int, version_seen: int, today: date | None = None
) -> int:
    """Open the collection now: make the rows of all its organisations; return how many rows are new."""
    row = _led(session, scope, campaign_id, version_seen)
    _require_not_closed(row)
    on = today or date.today()
    if row.opens_on > on:
        row.opens_on = on
        session.add(row)
    tree = load_tree(session, Scope.local_administrator())
    below = [tree.organisations[key] for key in sorted(tree.below(row.organisation_id)) if key in tree.organisations]
    return make_rows(session, [unit for unit in below if unit.closed_on is None or unit.closed_on > on], row.year)


def close_collection(session: Session, scope: Scope, campaign_id: int, version_seen: int) -> int:
    """Close the collection and lock what was accepted in it; return how many values were locked."""
    row = _led(session, scope, campaign_id, version_seen)
    _require_not_closed(row)
    row.closed_at, row.closed_by = utc_now(), scope.actor_name
    session.add(row)
    below = load_tree(session, Scope.local_administrator()).below(row.organisation_id)
    accepted = select(IndicatorValue).where(
        IndicatorValue.year == row.year, IndicatorValue.state == ValueState.ACCEPTED,
        col(IndicatorValue.organisation_id).in_(below),
    )
    locked = session.exec(accepted.order_by(col(IndicatorValue.id))).all()
    for value in locked:
        value.state = ValueState.LOCKED
        session.add(value)
    session.flush()
    return len(locked)


def reopen_collection(
    session: Session, scope: Scope, campaign_id: int, version_seen: int, reason: str, closes_on: date
) -> Campaign:
    """Open a closed collection again until a day, with a reason. Locked values stay locked until they are returned.

    Raises NotAllowed for anybody but those who accept values here, InvalidInput without a reason.
    """
    row = _led(session, scope, campaign_id, version_seen)
    if not (scope.allows(Action.ACCEPT_INDICATORS)
            and scope.require(Action.ACCEPT_INDICATORS).sees_organisation(row.organisation_id)):
        raise NotAllowed(
            "Закрытый сбор открывает только муниципалитет или администратор.", "Обратитесь к ним и назовите причину."
        )
    said = reason.strip()
    if row.closed_at is None:
        raise InvalidInput("Сбор не закрыт.", "Обновите страницу.")
    if not said:
        raise InvalidInput("Не сказано, почему сбор открывается снова.", "Напишите причину: её увидят организации.")
    row.closed_at, row.closed_by = None, ""
    row.reopened_at, row.reopened_by, row.reopened_reason = utc_now(), scope.actor_name, said[:1000]
    _set_dates(session, row, Dates(row.opens_on, closes_on, row.responsible))
    session.add(row)
    session.flush()
    return row


def plan_rows(session: Session, scope: Scope, campaign_id: int) -> list[CollectionStep]:
    """Return the lines of the plan; NotFound for a collection out of reach."""
    row = _found(session, campaign_id)
    scope.require(Action.VIEW_INDICATORS).require_organisation(row.organisation_id)
    return _steps(session, row)


def save_plan(session: Session, scope: Scope, campaign_id: int, changes: GridChanges) -> EditOutcome:
    """Save edited lines of the plan, as `core.store.edits` does."""
    row = _found(session, campaign_id)
    _require_leading(scope, row.organisation_id)
    _require_not_closed(row)

    def validate(_step: CollectionStep, name: str, value: object) -> object:
        return _step_value(row, name, value)

    return save_changes(
        session, CollectionStep, changes, STEP_FIELDS, validate, {"campaign_id": campaign_id},
        col(CollectionStep.campaign_id) == campaign_id,
    )


def collection_history(session: Session, scope: Scope, campaign_id: int) -> list[HistoryLine]:
    """Return who planned, closed and opened the collection, and why; NotFound for one out of reach."""
    scope.require(Action.VIEW_INDICATORS).require_organisation(_found(session, campaign_id).organisation_id)
    return history(session, "campaign", campaign_id)


def _step_value(campaign: Campaign, name: str, value: object) -> object:
    text = str(value or "").strip()
    if name == "due_on":
        if not isinstance(value, date):
            raise InvalidInput("Не указан срок строки плана.", "Поставьте день, до которого сдают значения.")
        if not campaign.opens_on <= value <= campaign.closes_on:
            between = f"{day(campaign.opens_on)} до {day(campaign.closes_on)}"
            raise InvalidInput(f"Срок {day(value)} лежит вне сбора.", f"Поставьте день от {between}.")
        return value
    if name == "units":
        return _one_of({one.value: one for one in Reporting}, text or Reporting.EVERYBODY.value, "Кто вносит")
    if name == "kind":
        return _one_of({"": "", **{one.value: one.value for one in IndicatorKind}}, text, "Вид показателей")
    return text[: _LONGEST[name]]


def _one_of(known: Mapping[str, object], text: str, title: str) -> object:
    if text not in known:
        raise InvalidInput(f"«{title}»: значения «{text}» нет.", "Выберите из списка.")
    return known[text]


def _set_dates(session: Session, row: Campaign, dates: Dates) -> None:
    """Put the dates in; refuse those in reverse, and later ones than those of the collection above."""
    if dates.opens_on > dates.closes_on:
        raise InvalidInput(
            f"Сбор кончается ({day(dates.closes_on)}) раньше, чем начинается ({day(dates.opens_on)}).",
            "Поставьте дни по порядку.",
        )
    above = _above(session, row)
    if above is not None and dates.closes_on > above.closes_on:
        raise InvalidInput(
            f"Срок {day(dates.closes_on)} позже срока вышестоящей организации, {day(above.closes_on)}.",
            "Поставьте день не позже него.",
        )
    row.opens_on, row.closes_on, row.responsible = dates.opens_on, dates.closes_on, dates.responsible.strip()[:300]


def _above(session: Session, row: Campaign) -> Collection | None:
    path = path_of(load_tree(session, Scope.local_administrator()), row.organisation_id)
    return nearest(collections_of_year(session, row.year), path[1:])


def _led(session: Session, scope: Scope, campaign_id: int, version_seen: int) -> Campaign:
    row = _found(session, campaign_id)
    _require_leading(scope, row.organisation_id)
    if row.version != version_seen:
        raise EditConflict("Сбор тем временем изменил кто-то другой.", "Обновите страницу.")
    return row


def _found(session: Session, campaign_id: int) -> Campaign:
    return live_row(session, Campaign, campaign_id, "Сбор показателей")


def _require_leading(scope: Scope, organisation_id: int) -> None:
    scope.require(Action.MANAGE_INDICATORS).require_organisation(organisation_id)


def _require_not_closed(row: Campaign) -> None:
    if row.closed_at is not None:
        raise InvalidInput(
            f"Сбор за {year_name(row.year)} закрыт {day(row.closed_at.date())}.", "Сначала откройте его с причиной."
        )


def _steps(session: Session, row: Campaign) -> list[CollectionStep]:
    query = select(CollectionStep).where(
        CollectionStep.campaign_id == row.id, col(CollectionStep.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(CollectionStep.due_on), col(CollectionStep.id))))
