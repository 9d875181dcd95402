"""What recommendations stand on: problem fields, with the numbers of the day of writing (`deficits` does others)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.loading import load_work
from core.analysis.measuring import Measures, measure
from core.analysis.status import Status
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview, ReviewState
from core.errors import InvalidInput, NotFound
from core.intake.tables import Assessment, ClassWork, Upload
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.suppression import SMALLEST_SHOWN
from core.planning.field_links import work_name
from core.planning.field_measures import FieldReach, FieldWords, about
from core.planning.tables import BasisKind, RecommendationBasis
from core.store.base import utc_now
from core.words import percent, plural, share


@dataclass(frozen=True, slots=True)
class FieldKey:
    """A problem field as addresses hold it: «22|organisation:3|element|площадь и периметр»."""

    assessment_id: int
    unit: str
    kind: Kind
    name: str

    @classmethod
    def read(cls, key: str) -> FieldKey:
        """Return the parts; raise NotFound for a text that names no field."""
        parts = key.split("|", 3)
        if len(parts) != 4 or not parts[0].isdecimal() or parts[2] not in set(Kind):
            raise NotFound("Проблемное поле")
        return cls(int(parts[0]), parts[1], Kind(parts[2]), parts[3])

    @property
    def key(self) -> str:
        """Return the address."""
        return "|".join((str(self.assessment_id), self.unit, self.kind.value, self.name))

    @property
    def is_class(self) -> bool:
        """Say whether it is a field of one class."""
        return self.unit.startswith("class:")


@dataclass(frozen=True, slots=True)
class FrozenBasis:
    """A field or deficit ready to be written about: the basis that is not stored yet, and what chooses addressees."""

    basis: RecommendationBasis
    subject: str
    grade: int | None
    about: str
    """Kind of the problem field in words, by which the text is chosen; "" for a deficit."""
    place_id: int
    is_school: bool
    letter: str
    """Name of the class without its grade, "" when it is no class."""


def freeze_field(session: Session, scope: Scope, key: str) -> FrozenBasis:
    """Return a problem field with its numbers of now.

    Raises NotFound for a field that the actor does not see, InvalidInput for one that people rejected.
    """
    wanted, viewing = FieldKey.read(key), scope.require(Action.VIEW)
    measures, row, column = cell_of(session, viewing, wanted)
    assessment = session.get_one(Assessment, wanted.assessment_id)
    unit, estimates = measures.units[row], measures.estimates
    review = _review(session, wanted)
    if review is not None and review.state is ReviewState.REJECTED:
        raise InvalidInput(f"Поле «{wanted.name}» отклонено.", "Рекомендации пишут по полям, которые не отклонены.")
    unit_name = f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name)
    words = FieldWords(
        wanted.kind, wanted.name, assessment.subject, assessment.grade, work_name(assessment), unit_name,
        FieldReach.CLASS, "", None, None,
    )
    basis = RecommendationBasis(
        organisation_id=unit.organisation_id, recommendation_id=0, kind=BasisKind.FIELD, key=wanted.key,
        place_id=unit.organisation_id, label=about(words), source=work_name(assessment), unit_name=unit_name,
        finding=_finding(measures, row, column), cause=review.cause if review is not None else "",
        facility=float(estimates.facility[row, column]), low=float(estimates.low[row, column]),
        high=float(estimates.high[row, column]), participants=int(estimates.participants[row, column]),
        threshold=float(measures.sums.sufficient[column]), inside_only=_is_inside_only(session, wanted),
        stored_on=review.decided_at.date() if review is not None
        else _results_stored(session, viewing, wanted.assessment_id, unit.organisation_id),
    )
    is_school = wanted.is_class or unit.level.value == "school"
    letter = wanted.unit.split(":", 2)[2].lstrip("0123456789") if wanted.is_class else ""
    return FrozenBasis(
        basis, assessment.subject, assessment.grade, wanted.kind.words, unit.organisation_id, is_school, letter
    )


def bases_of(session: Session, recommendation_ids: Collection[int]) -> dict[int, list[RecommendationBasis]]:
    """Return the bases of recommendations; the caller has checked that the actor sees them."""
    query = select(RecommendationBasis).where(
        col(RecommendationBasis.recommendation_id).in_(recommendation_ids),
        col(RecommendationBasis.deleted_at).is_(None),
    )
    found: dict[int, list[RecommendationBasis]] = {key: [] for key in recommendation_ids}
    for one in session.exec(query.order_by(col(RecommendationBasis.id))):
        found[one.recommendation_id].append(one)
    return found


def numbers_in_words(one: RecommendationBasis, *, inside: bool = False) -> str:
    """Return the frozen numbers: «47,0 % (43–52 %, n = 261), порог 60 %».

    Numbers that would give fewer than five people away are told `inside` only, to who may see them anyway; never in
    texts, which anybody may read.
    """
    few = one.participants is not None and one.participants < SMALLEST_SHOWN
    if (few or one.inside_only) and not inside:
        who = "педагогов" if one.kind is BasisKind.DEFICIT else "участников"
        return f"доля не приводится: меньше пяти {who}" if few else "доля не приводится: видна группа меньше пяти"
    value = one.facility if one.kind is BasisKind.FIELD else one.share
    if value is None:
        return ""
    if one.low is None or one.high is None:
        people = plural(one.participants or 0, "педагога", "педагогов", "педагогов")
        words = f"{percent(value, 0)} из {people}"
    else:
        words = share(value, one.low, one.high, one.participants or 0)
    return words if one.threshold is None else f"{words}, порог {percent(one.threshold, 0)}"


def cell_of(session: Session, viewing: Scope, wanted: FieldKey) -> tuple[Measures, int, int]:
    """Return the measures with row and column of a field; NotFound when the actor does not see it."""
    work = load_work(session, viewing, wanted.assessment_id)
    measures = measure(work, work_sums(work, (wanted.kind,)))
    row = measures.row(wanted.unit)
    names = [one.name for one in measures.sums.grouping.keys]
    if row is None or wanted.name not in names:
        raise NotFound("Проблемное поле")
    column = names.index(wanted.name)
    if measures.estimates.participants[row, column] == 0 or measures.hidden[row, column]:
        raise NotFound("Проблемное поле")
    return measures, row, column


def _is_inside_only(session: Session, wanted: FieldKey) -> bool:
    """Say whether somebody outside the school, who sees all other figures, must not learn this one."""
    work = load_work(session, Scope.local_administrator(), wanted.assessment_id)
    outside = replace(work, classes=tuple(replace(part, owned=False) for part in work.classes))
    measures = measure(outside, work_sums(outside, (wanted.kind,)))
    row = measures.row(wanted.unit)
    names = [one.name for one in measures.sums.grouping.keys]
    return row is None or wanted.name not in names or bool(measures.hidden[row, names.index(wanted.name)])


def _finding(measures: Measures, row: int, column: int) -> str:
    status = Status(int(measures.status[row, column]))
    parts = [f"{status.words} порога" if status.is_below else status.words]
    if measures.confirmed[row, column]:
        parts.append("слабое место")
    return ", ".join(parts)


def _review(session: Session, wanted: FieldKey) -> FieldReview | None:
    return session.exec(
        select(FieldReview).where(
            FieldReview.assessment_id == wanted.assessment_id, FieldReview.unit == wanted.unit,
            FieldReview.kind == wanted.kind.value, FieldReview.key == wanted.name,
            col(FieldReview.deleted_at).is_(None),
        )
    ).first()


def _results_stored(session: Session, viewing: Scope, assessment_id: int, place_id: int) -> date:
    """Return the day on which the last results of the place came."""
    places = load_tree(session, viewing).below(place_id)
    last = session.exec(
        select(func.max(Upload.uploaded_at))
        .join(ClassWork, col(ClassWork.upload_id) == Upload.id)
        .where(
            ClassWork.assessment_id == assessment_id, col(ClassWork.school_id).in_(places),
            col(ClassWork.deleted_at).is_(None),
        )
    ).one()
    return last.date() if last is not None else utc_now().date()
