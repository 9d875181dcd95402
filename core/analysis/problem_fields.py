"""The list of problem fields that an actor sees, with earlier years and what people have decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.field_detail import is_review_shown
from core.analysis.fields import FieldKey, ProblemField, Reach, find_problem_fields, with_repeats
from core.analysis.kept import once_a_work
from core.analysis.loading import load_works
from core.analysis.measuring import measure
from core.analysis.results import DEFAULT_KINDS
from core.analysis.severity import SeverityWord
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview
from core.analysis.weakspot import POSSIBLE
from core.analysis.work import UnitLevel, Work
from core.errors import NotFound
from core.intake.history import assessment_name
from core.intake.tables import Assessment
from core.intake.works import live_works
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.store.answers import shared_answer

_YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """What to list; an empty tuple or None means «all»."""

    assessment_id: int | None = None
    procedures: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[Kind, ...] = DEFAULT_KINDS
    levels: tuple[UnitLevel, ...] = ()
    organisation_id: int | None = None
    """This organisation, its classes and everything below it."""
    reach: Reach | None = None
    severities: tuple[SeverityWord, ...] = ()
    with_every_possible: bool = False
    """List also weak spots that are merely possible and not below the threshold, many of which are chance."""
    preset: str | None = None
    """Name of a threshold preset instead of the one chosen for each procedure."""
    absent_as_zero: bool = True
    """False: «X — не приступал» leaves the denominator."""


@dataclass(frozen=True, slots=True)
class WorkHeader:
    """Which work a field belongs to, and which thresholds were used."""

    assessment_id: int
    procedure: str
    subject: str
    grade: int | None
    year: int
    title: str
    participants: int
    """0 where the number is hidden."""
    preset: str
    has_plan: bool
    keys: int = 0
    """How many elements, task types, … of the asked kinds were examined."""
    examined: tuple[str, ...] = ()
    """Their names."""

    @property
    def name(self) -> str:
        """Return «ВПР, Математика, 4 класс, 2026»."""
        return assessment_name(self.procedure, self.subject, self.grade, self.year, self.title)


@dataclass(frozen=True, slots=True)
class FoundField:
    """A problem field with its work and the decision on it, if people have taken one."""

    field: ProblemField
    work: WorkHeader
    review: FieldReview | None
    are_numbers_shown: bool = True
    """Whether the numbers that stand in the decision may be shown."""


@dataclass(frozen=True, slots=True)
class FieldList:
    """The fields, the most serious first, and what the list stands on."""

    fields: tuple[FoundField, ...]
    works: tuple[WorkHeader, ...]
    """Every work that was examined, also those without a field."""
    expected_by_chance: float
    """How many «возможные слабые места» chance alone would give over all comparisons of these units, listed or not."""
    hidden_cells: int
    """Cells of small groups that were left out."""


@shared_answer
def problem_fields(session: Session, scope: Scope, chosen: FieldFilter | None = None) -> FieldList:
    """Return the problem fields of the visible works that pass the filter.

    Works without a plan are listed by item when elements were asked for. Fields of a unit outside the filter are left
    out, but units are always compared within the whole visible work.
    """
    visible = scope.require(Action.VIEW)
    wanted = chosen or FieldFilter()
    works = load_works(
        session, scope, _assessments(session, visible, wanted), wanted.preset, wanted.absent_as_zero
    )
    inside = None
    if wanted.organisation_id is not None:
        if not visible.knows_organisation(wanted.organisation_id):
            raise NotFound("Организация")
        inside = load_tree(session, visible).below(wanted.organisation_id)
    earlier = _earlier_works(session, scope, works, wanted)
    reviews = _reviews(session, [work.assessment_id for work in works])
    found: list[FoundField] = []
    headers: list[WorkHeader] = []
    chance, hidden = 0.0, 0
    for work in works:
        asked = tuple(wanted.kinds), tuple(wanted.levels), wanted.with_every_possible
        own = _fields_of(work, *asked)
        chance += POSSIBLE * own.tested
        hidden += own.hidden
        header = header_of(work, own.examined)
        headers.append(header)
        decided = reviews.get(work.assessment_id, {})
        for field in _fields_with_repeats(work, *asked, earlier[work.assessment_id]):
            if _passes(field, wanted, inside):
                review = decided.get(field.field_key) if decided else None
                found.append(FoundField(field, header, review, review is None or is_review_shown(work, review)))
    found.sort(key=lambda one: -one.field.severity.total)
    return FieldList(tuple(found), tuple(headers), chance, hidden)


@dataclass(frozen=True, slots=True)
class _FieldsOfWork:
    """The fields of a work by itself, without earlier years, and what `FieldList` adds up."""

    fields: tuple[ProblemField, ...]
    examined: tuple[str, ...]
    tested: int
    hidden: int


@once_a_work
def _fields_of(
    work: Work, kinds: tuple[Kind, ...], levels: tuple[UnitLevel, ...] = (), with_every_possible: bool = False
) -> _FieldsOfWork:
    measures = measure(work, work_sums(work, kinds_for(work, kinds)), levels or tuple(UnitLevel))
    return _FieldsOfWork(
        find_problem_fields(work, measures, with_every_possible=with_every_possible),
        tuple(key.name for key in measures.sums.grouping.keys), sum(measures.tested.values()),
        int(measures.hidden.sum()),
    )


@once_a_work
def _fields_with_repeats(
    work: Work, kinds: tuple[Kind, ...], levels: tuple[UnitLevel, ...], with_every_possible: bool,
    earlier: tuple[Work, ...],
) -> tuple[ProblemField, ...]:
    """Return the fields with the years in which the same keys were fields of the same units in earlier works.

    Organisations are compared with the same grade of earlier years; a class with itself, one grade lower a year before.
    """
    years: dict[FieldKey, set[int]] = defaultdict(set)
    for before in earlier:
        for field in _fields_of(before, kinds).fields:
            is_class = field.unit.level is UnitLevel.CLASS
            if _is_same_cohort(work, before) if is_class else before.grade == work.grade:
                years[field.field_key].add(before.year)
    found = {key: tuple(sorted(one)) for key, one in years.items()}
    return with_repeats(_fields_of(work, kinds, levels, with_every_possible).fields, found)


def _is_same_cohort(work: Work, before: Work | Assessment) -> bool:
    return work.grade is not None and before.grade == work.grade - (work.year - before.year)


def kinds_for(work: Work, kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """Return the kinds, with single items in place of elements where no item of the work has an element."""
    if any(item.elements for item in work.items):
        return tuple(kinds)
    return tuple(dict.fromkeys(Kind.ITEM if kind is Kind.ELEMENT else kind for kind in kinds))


def header_of(work: Work, examined: tuple[str, ...] = ()) -> WorkHeader:
    """Return what lists say of a work in which these keys were examined."""
    return WorkHeader(
        work.assessment_id, work.procedure, work.subject, work.grade, work.year, work.title,
        0 if work.suppression.of(None) else work.participants,
        work.thresholds.name, work.has_plan, len(examined), examined,
    )


def _assessments(session: Session, scope: Scope, wanted: FieldFilter) -> list[Assessment]:
    limits = wanted.procedures, wanted.subjects, wanted.grades, wanted.years

    def is_asked(one: Assessment) -> bool:
        if wanted.assessment_id not in (None, one.id) or not scope.sees_subject(one.subject):
            return False
        traits = one.procedure, one.subject, one.grade, one.year
        return all(not limit or trait in limit for limit, trait in zip(limits, traits, strict=True))

    return sorted(live_works(session, is_asked), key=lambda one: -one.year)


def _passes(field: ProblemField, wanted: FieldFilter, inside: frozenset[int] | None) -> bool:
    if inside is not None and field.unit.organisation_id not in inside:
        return False
    if wanted.reach is not None and field.reach is not wanted.reach:
        return False
    return not wanted.severities or field.severity.word in wanted.severities


def _reviews(session: Session, assessment_ids: Sequence[int]) -> dict[int, dict[FieldKey, FieldReview]]:
    query = select(FieldReview).where(
        col(FieldReview.assessment_id).in_(assessment_ids), col(FieldReview.deleted_at).is_(None)
    )
    found: dict[int, dict[FieldKey, FieldReview]] = defaultdict(dict)
    for row in session.exec(query):
        found[row.assessment_id][row.unit, Kind(row.kind), row.key] = row
    return found


def _earlier_works(
    session: Session, scope: Scope, works: Sequence[Work], wanted: FieldFilter
) -> Mapping[int, tuple[Work, ...]]:
    """Return by work those of up to three earlier years of the same grade, or of the same pupils."""
    loaded = {work.assessment_id: work for work in works}
    rest = live_works(
        session, lambda one: one.id not in loaded and any(_is_earlier(one, work) for work in works)
    )
    before_works = load_works(session, scope, rest, wanted.preset, wanted.absent_as_zero)
    loaded |= {work.assessment_id: work for work in before_works}
    return {
        work.assessment_id: tuple(before for before in loaded.values() if _is_earlier(before, work)) for work in works
    }


def _is_earlier(before: Work | Assessment, work: Work) -> bool:
    same = (before.procedure, before.subject) == (work.procedure, work.subject)
    if not same or not 0 < work.year - before.year <= _YEARS_BACK or work.grade is None:
        return False
    return before.grade == work.grade or _is_same_cohort(work, before)
