"""Setting targets of a year: for the organisation as a whole, for all schools below it, a group of them, or one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.intake.cells import without_invisible
from core.monitoring.access import seen_unit
from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.plan_tables import IndicatorTarget, TargetLevel
from core.monitoring.reporting_year import reporting_year
from core.monitoring.side_by_side import is_judged
from core.monitoring.targets import clusters_in
from core.monitoring.typed_values import checked_value
from core.people.academic_year import year_name
from core.people.organisations import Tree, load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes

TARGET_FIELDS = ("code", "value", "comment")


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom targets are set, and how it is called: «все школы», «группа «сельские школы»»."""

    level: TargetLevel
    cluster: str
    unit_id: int
    name: str

    @property
    def key(self) -> str:
        """Return what tells it from the others."""
        return f"{self.level.name}:{self.cluster}:{self.unit_id}"


def audiences(session: Session, scope: Scope, organisation_id: int, year: int) -> tuple[Audience, ...]:
    """Return for whom the organisation sets targets in the year: itself, all schools, groups of schools, each below.

    Raises NotAllowed without the right to see indicators, NotFound out of reach.
    """
    unit = seen_unit(session, scope, organisation_id)
    found = [Audience(TargetLevel.WHOLE, "", organisation_id, f"{unit.name} в целом")]
    if unit.kind is OrganisationKind.SCHOOL:
        return tuple(found)
    tree = _tree(session, year)
    below = tree.below(organisation_id) - {organisation_id}
    schools = [one for one in tree.schools() if one.id in below]
    if schools:
        found.append(Audience(TargetLevel.SCHOOLS, "", organisation_id, "все школы"))
    named = clusters_in(session, year)
    groups = sorted({named[one.id or 0] for one in schools if one.id in named}, key=natural_key)
    found += [Audience(TargetLevel.CLUSTER, one, organisation_id, f"группа «{one}»") for one in groups]
    each = sorted(
        (tree.organisations[key] for key in below & tree.organisations.keys()), key=lambda one: natural_key(one.name)
    )
    return (*found, *(Audience(TargetLevel.UNIT, "", one.id or 0, one.name) for one in each))


def target_rows(
    session: Session, scope: Scope, organisation_id: int, year: int, audience: Audience
) -> list[IndicatorTarget]:
    """Return the targets that the organisation set for the audience, in the order of the catalogue."""
    seen_unit(session, scope, organisation_id)
    query = select(IndicatorTarget).where(
        _among(organisation_id, year, audience), col(IndicatorTarget.deleted_at).is_(None)
    )
    return sorted(session.exec(query), key=lambda one: natural_key(one.code))


def save_targets(
    session: Session, scope: Scope, organisation_id: int, year: int, audience: Audience, changes: GridChanges
) -> EditOutcome:
    """Save edited targets, as `core.store.edits` does. NotAllowed or NotFound for who does not lead there.

    An indicator stands once for an audience; for schools only what schools report.
    """
    scope.require(Action.MANAGE_INDICATORS).require_organisation(organisation_id)
    known = {one.key: one for one in audiences(session, scope, organisation_id, year)}
    if audience.key not in known:
        raise NotFound("Для кого цель")
    passports = passports_of_year(list_passports(session, scope, organisation_id), year)
    kind = _kind_of(session, audience, year)
    deleted = {one.row_id for one in changes.deleted}
    taken = {
        one.code: one.id or 0 for one in target_rows(session, scope, organisation_id, year, audience)
        if one.id not in deleted
    }

    def validate(row: IndicatorTarget, name: str, value: object) -> object:
        match name:
            case "code":
                passport = _passport(passports, value, year)
                if not passport.is_reported_by(kind):
                    raise InvalidInput(
                        f"Показатель {passport.code} – не для этих организаций (уровень: {passport.level.value}).",
                        "Выберите другой показатель.",
                    )
                if audience.level is not TargetLevel.WHOLE and not is_judged(passport):
                    raise InvalidInput(
                        f"По результатам ВПР ({passport.code}) целей другим организациям не ставят.",
                        "Результаты ВПР не применяют для оценки школ: поставьте цель о помощи и мерах.",
                    )
                mine = row.id or -id(row)
                if taken.setdefault(passport.code, mine) != mine:
                    raise InvalidInput(f"Цель по показателю {passport.code} уже есть.", "Измените её строку.")
                return passport.code
            case "value":
                found = None
                if row.code in passports:
                    found = checked_value(passports[row.code], kind, "plan", value)
                if found is None:
                    raise InvalidInput("Цель не указана.", "Внесите число; чтобы убрать цель, удалите строку.")
                return found
        return without_invisible(str(value or "")).strip()[:4000]

    fixed = {
        "organisation_id": organisation_id, "year": year, "level": audience.level, "cluster": audience.cluster,
        "unit_id": audience.unit_id,
    }
    return save_changes(
        session, IndicatorTarget, changes, TARGET_FIELDS, validate, fixed, _among(organisation_id, year, audience)
    )


def _passport(passports: Mapping[str, Passport], value: object, year: int) -> Passport:
    """Return the indicator that was chosen as «П41. Доля …» or typed as «П41»."""
    code = str(value or "").split(". ", 1)[0].strip()
    if code not in passports:
        raise InvalidInput(f"Показателя «{code}» за {year_name(year)} нет.", "Выберите показатель из списка.")
    return passports[code]


def _kind_of(session: Session, audience: Audience, year: int) -> OrganisationKind:
    """Return of what kind the organisations are for which the targets hold."""
    if audience.level in (TargetLevel.SCHOOLS, TargetLevel.CLUSTER):
        return OrganisationKind.SCHOOL
    unit = _tree(session, year).organisations.get(audience.unit_id)
    return unit.kind if unit is not None else OrganisationKind.SCHOOL


def _tree(session: Session, year: int) -> Tree:
    return load_tree(session, Scope.local_administrator(), reporting_year(year).day)


def _among(organisation_id: int, year: int, audience: Audience) -> ColumnElement[bool]:
    return (
        (col(IndicatorTarget.organisation_id) == organisation_id) & (col(IndicatorTarget.year) == year)
        & (col(IndicatorTarget.level) == audience.level) & (col(IndicatorTarget.cluster) == audience.cluster)
        & (col(IndicatorTarget.unit_id) == audience.unit_id)
    )
