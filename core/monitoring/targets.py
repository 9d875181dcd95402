"""Which target holds for a unit: its own plan, else the nearest one that an organisation above set for it.

The nearest wins: what the unit plans for itself, then a target for this one unit, for its group of schools, for all
schools; of two organisations that set the same kind, the nearer one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.monitoring.plan_tables import IndicatorTarget, TargetLevel
from core.monitoring.value_tables import IndicatorValue, TypicalCluster
from core.people.organisations import Tree
from core.people.tables import OrganisationKind

_WHOSE = {
    OrganisationKind.REGION: "цель региона",
    OrganisationKind.MUNICIPALITY: "цель муниципалитета",
    OrganisationKind.SCHOOL: "цель школы",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the unit of its passport, and whose it is in words: «цель муниципалитета для всех школ»."""

    value: float
    origin: str


@dataclass(frozen=True, slots=True)
class GivenTarget:
    """A stored target, apart from the database; `unit_id` is who set it unless it is for one organisation."""

    organisation_id: int
    code: str
    level: TargetLevel
    cluster: str
    unit_id: int
    value: float


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """Where a unit stands: itself and all above it, the nearest first, with their kinds; its group of schools."""

    path: tuple[tuple[int, OrganisationKind], ...]
    cluster: str = ""

    @property
    def organisation_id(self) -> int:
        """Return the unit itself."""
        return self.path[0][0]

    @property
    def kind(self) -> OrganisationKind:
        """Return what the unit is."""
        return self.path[0][1]


def target_for(place: UnitPlace, plan: float | None, given: Iterable[GivenTarget]) -> Target | None:
    """Return the target that holds for a unit; `plan` is its own one, `given` are targets for one indicator and year.

    >>> town, school = (1, OrganisationKind.MUNICIPALITY), (2, OrganisationKind.SCHOOL)
    >>> everybody = GivenTarget(1, "П41", TargetLevel.SCHOOLS, "", 1, 60.0)
    >>> target_for(UnitPlace((school, town)), None, [everybody])
    Target(value=60.0, origin='цель муниципалитета для всех школ')
    >>> target_for(UnitPlace((school, town)), 70.0, [everybody])
    Target(value=70.0, origin='цель школы')
    """
    if plan is not None:
        return Target(plan, _WHOSE[place.kind])
    ranks = {key: rank for rank, (key, _kind) in enumerate(place.path)}
    kinds = dict(place.path)
    found = [
        (level_rank, ranks[one.organisation_id], one)
        for one in given
        if one.organisation_id in ranks and (level_rank := _nearness(place, one)) is not None
    ]
    if not found:
        return None
    nearest = min(found, key=lambda one: one[:2])[2]
    return Target(nearest.value, _origin(nearest, kinds[nearest.organisation_id], place))


class Targets:
    """The targets of a year for many units, read once."""

    def __init__(self, tree: Tree, given: Iterable[GivenTarget], clusters: Mapping[int, str]) -> None:
        self._tree, self._clusters = tree, clusters
        self._given: dict[str, list[GivenTarget]] = {}
        for one in given:
            self._given.setdefault(one.code, []).append(one)
        self._places: dict[int, UnitPlace] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the indicators for which somebody above the values set a target."""
        return tuple(self._given)

    def of(self, organisation_id: int, code: str, plan: float | None) -> Target | None:
        """Return the target of a unit for an indicator; `plan` is what the unit plans by itself."""
        given = self._given.get(code, ())
        if plan is None and not given:
            return None
        return target_for(self._place(organisation_id), plan, given)

    def _place(self, organisation_id: int) -> UnitPlace:
        if organisation_id not in self._places:
            unit = self._tree.organisations.get(organisation_id)
            own = (organisation_id, unit.kind if unit is not None else OrganisationKind.SCHOOL)
            above = ((one.id or 0, one.kind) for one in self._tree.above(organisation_id))
            self._places[organisation_id] = UnitPlace((own, *above), self._clusters.get(organisation_id, ""))
        return self._places[organisation_id]


def targets_of_year(session: Session, tree: Tree, year: int, codes: Collection[str] = ()) -> Targets:
    """Return the targets of a year (of these indicators, all by default). The caller has asked for the right.

    `tree` holds the organisations of the reporting year, those above the units too.
    """
    query = select(IndicatorTarget).where(IndicatorTarget.year == year, col(IndicatorTarget.deleted_at).is_(None))
    if codes:
        query = query.where(col(IndicatorTarget.code).in_(codes))
    given = [
        GivenTarget(row.organisation_id, row.code, row.level, row.cluster, row.unit_id, row.value)
        for row in session.exec(query)
    ]
    clusters = clusters_in(session, year) if any(one.cluster for one in given) else {}
    return Targets(tree, given, clusters)


def codes_with_target(session: Session, years: Collection[int]) -> tuple[str, ...]:
    """Return the indicators for which somebody set a target in these years, so that others need not be counted."""
    own = select(IndicatorValue.code).where(col(IndicatorValue.year).in_(years), col(IndicatorValue.plan).is_not(None))
    above = select(IndicatorTarget.code).where(
        col(IndicatorTarget.year).in_(years), col(IndicatorTarget.deleted_at).is_(None)
    )
    return tuple(sorted({*session.exec(own.distinct()), *session.exec(above.distinct())}))


def clusters_in(session: Session, year: int) -> dict[int, str]:
    """Return by school the group of schools in like circumstances to which it belongs in the year."""
    query = select(TypicalCluster).where(
        col(TypicalCluster.deleted_at).is_(None), TypicalCluster.valid_from <= year,
        (col(TypicalCluster.valid_to).is_(None)) | (col(TypicalCluster.valid_to) >= year),
    )
    return {row.organisation_id: row.name for row in session.exec(query.order_by(col(TypicalCluster.valid_from)))}


def _nearness(place: UnitPlace, one: GivenTarget) -> int | None:
    """Return how near the kind of the target is to the unit, None where it is not for this unit."""
    is_school = place.kind is OrganisationKind.SCHOOL
    match one.level:
        case TargetLevel.WHOLE:
            return 0 if one.organisation_id == place.organisation_id else None
        case TargetLevel.UNIT:
            return 1 if one.unit_id == place.organisation_id else None
        case TargetLevel.CLUSTER:
            return 2 if is_school and one.cluster == place.cluster else None
        case TargetLevel.SCHOOLS:
            return 3 if is_school else None


def _origin(one: GivenTarget, kind: OrganisationKind, place: UnitPlace) -> str:
    whose = _WHOSE[kind]
    match one.level:
        case TargetLevel.UNIT if one.organisation_id != place.organisation_id:
            return f"{whose} для этой организации"
        case TargetLevel.CLUSTER:
            return f"{whose} для группы «{one.cluster}»"
        case TargetLevel.SCHOOLS if one.organisation_id != place.organisation_id:
            return f"{whose} для всех школ"
    return whose
