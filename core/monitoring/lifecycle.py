"""The way of a value: handed in by the unit, accepted or returned from above, locked, opened again with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput
from core.monitoring.access import require_accepting, require_entering
from core.monitoring.automatic.computing import compute
from core.monitoring.collection import closed_for, is_open, require_begun, require_open
from core.monitoring.hiding import members_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.monitoring.values import EDITABLE, entry_rows
from core.people.scope import Scope
from core.store.base import utc_now
from core.words import plural

_OPENED = frozenset({ValueState.SUBMITTED, ValueState.ACCEPTED, ValueState.LOCKED})


def submit_values(
    session: Session, scope: Scope, organisation_id: int, year: int, codes: Iterable[str] | None = None,
    today: date | None = None,
) -> int:
    """Hand in the open values of a unit and a year (these codes, all by default); return how many were handed in.

    Figures that the program counts are written down as the records say them at this moment. Raises InvalidInput while
    a value has an error, naming the first ones; nothing is handed in then.
    """
    require_entering(scope, organisation_id)
    wanted, closed = None if codes is None else set(codes), closed_for(session, organisation_id, year)
    rows = [
        row
        for row in entry_rows(session, scope, organisation_id, year)
        if row.state in EDITABLE and (wanted is None or row.passport.code in wanted)
        and is_open(closed, row.returned_at)
    ]
    if not rows:
        require_open(closed, [None])
    require_begun(session, organisation_id, year, today or date.today())
    _require_no_errors({row.passport.code: [one.text for one in row.findings if one.is_error] for row in rows})
    counted = _counted(session, organisation_id, year, [row.passport for row in rows if row.is_counted], today)
    for row in rows:
        value = session.get_one(IndicatorValue, row.id)
        if row.is_counted:
            value.numerator, value.denominator = counted.get(row.passport.code, (None, None))
        value.state, value.reason = ValueState.SUBMITTED, ""
        value.submitted_at, value.submitted_by = utc_now(), scope.actor_name
        session.add(value)
    session.flush()
    return len(rows)


def accept_values(
    session: Session, scope: Scope, organisation_id: int, year: int, codes: Iterable[str] | None = None,
    versions: Mapping[int, int] | None = None,
) -> int:
    """Accept the values that the unit handed in; what was accepted is what counts above from now on.

    `versions` are those of the rows that the person looked at, by id: EditConflict when another number was handed in
    since, so that nobody accepts what they did not see.
    """
    require_accepting(session, scope, organisation_id)
    rows = _in_state(session, organisation_id, year, {ValueState.SUBMITTED}, codes)
    changed = [row.code for row in rows if versions is not None and versions.get(row.id or 0) != row.version]
    if changed:
        raise EditConflict(
            f"Пока вы смотрели, сданы другие значения: {', '.join(changed[:5])}.", "Посмотрите на них и примите их."
        )
    for row in rows:
        row.accepted_numerator, row.accepted_denominator, row.accepted_fact = row.numerator, row.denominator, row.fact
        row.accepted_at, row.accepted_by = utc_now(), scope.actor_name
        row.state = ValueState.ACCEPTED
        session.add(row)
    session.flush()
    return len(rows)


def return_values(
    session: Session, scope: Scope, organisation_id: int, year: int, reason: str, codes: Iterable[str] | None = None
) -> int:
    """Return values to the unit with a reason: handed-in ones, and accepted or locked ones that are opened again.

    What was accepted before goes on counting above until the corrected value is accepted in its turn.
    """
    require_accepting(session, scope, organisation_id)
    said = reason.strip()
    if not said:
        raise InvalidInput("Не сказано, почему показатели возвращаются.", "Напишите причину: её увидит организация.")
    rows = _in_state(session, organisation_id, year, _OPENED, codes)
    for row in rows:
        row.state, row.reason, row.returned_at = ValueState.RETURNED, said[:1000], utc_now()
        session.add(row)
    session.flush()
    return len(rows)


def lock_values(session: Session, scope: Scope, organisation_id: int, year: int) -> int:
    """Lock the accepted values of a unit and a year."""
    require_accepting(session, scope, organisation_id)
    rows = _in_state(session, organisation_id, year, {ValueState.ACCEPTED}, None)
    for row in rows:
        row.state = ValueState.LOCKED
        session.add(row)
    session.flush()
    return len(rows)


def _in_state(
    session: Session, organisation_id: int, year: int, states: Iterable[ValueState], codes: Iterable[str] | None
) -> list[IndicatorValue]:
    query = select(IndicatorValue).where(
        IndicatorValue.organisation_id == organisation_id, IndicatorValue.year == year,
        col(IndicatorValue.state).in_(list(states)),
    )
    if codes is not None:
        query = query.where(col(IndicatorValue.code).in_(list(codes)))
    return list(session.exec(query.order_by(col(IndicatorValue.id))))


def _counted(
    session: Session, organisation_id: int, year: int, passports: Iterable[Passport], today: date | None
) -> dict[str, tuple[float, float | None]]:
    """Return what the program counts and sums for the unit with everything below it, by code.

    Of an organisation below whose value was accepted, that value stands in place of the records.
    """
    wanted = {one.code: one for one in passports}
    if not wanted:
        return {}
    keys = [one.automatic for one in wanted.values() if one.automatic]
    found = compute(session, [organisation_id] if keys else [], year, keys, today)
    members = members_of(found.tree).get(organisation_id, frozenset({organisation_id}))
    accepted = _accepted_below(session, members - {organisation_id}, year)
    sums: dict[str, tuple[float, float | None]] = {}
    for code, passport in wanted.items():
        own = found.parts.get(passport.automatic, {})
        parts = {key: (own[key].numerator, own[key].denominator) for key in members if key in own}
        parts |= {key: kept for (key, one), kept in accepted.items() if one == code}
        if parts:
            below = sum(part[1] for part in parts.values())
            is_number = passport.kind is IndicatorKind.NUMBER
            sums[code] = sum(part[0] for part in parts.values()), None if is_number else below
    return sums


def _accepted_below(
    session: Session, organisations: Iterable[int], year: int
) -> dict[tuple[int, str], tuple[float, float]]:
    query = select(IndicatorValue).where(
        IndicatorValue.year == year, col(IndicatorValue.organisation_id).in_(list(organisations)),
        col(IndicatorValue.accepted_at).is_not(None),
    )
    found: dict[tuple[int, str], tuple[float, float]] = {}
    for row in session.exec(query):
        above = row.accepted_numerator if row.accepted_numerator is not None else row.accepted_fact
        if above is not None:
            found[row.organisation_id, row.code] = above, row.accepted_denominator or 0.0
    return found


def _require_no_errors(errors: dict[str, list[str]]) -> None:
    wrong = {code: texts for code, texts in errors.items() if texts}
    if not wrong:
        return
    named = "; ".join(f"{code}: {texts[0]}" for code, texts in list(wrong.items())[:3])
    count = plural(len(wrong), "показатель", "показателя", "показателей")
    raise InvalidInput(f"Сдать нельзя, исправьте {count}. {named}", "Остальные замечания видны в таблице ввода.")
