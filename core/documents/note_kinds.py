"""Kinds of documents whose text is written from figures: notes on works and on academic years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlmodel import Session, col, select

from core.analysis.loading import load_works
from core.analysis.work import Unit, UnitLevel, Work
from core.documents.kinds import DocumentKind, Ending, Maker, Subject
from core.documents.note_document import note_document
from core.documents.note_place import place_of_note
from core.documents.note_workbook import note_workbook
from core.documents.text import NoteKind, NoteSubject
from core.errors import NotFound
from core.intake.history import assessment_name
from core.intake.tables import Assessment
from core.people.academic_year import year_name
from core.people.association_tables import Association
from core.people.associations import association_name, list_associations
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import Organisation, OrganisationKind

_LONGEST = 160
_LARGEST_FIRST = (UnitLevel.REGION, UnitLevel.MUNICIPALITY, UnitLevel.SCHOOL, UnitLevel.CLASS)
_SOURCE = "результаты работы, пороги, план работы, проблемные поля и решения по ним"
_YEAR_SOURCE = "работы года, проблемные поля, диагностика педагогов, рекомендации, дорожные карты, помощь, показатели"


def _works(session: Session, scope: Scope) -> list[Subject]:
    """Return each work in its schools and above them; in single classes for those who see only these."""
    viewing = scope.require(Action.VIEW)
    query = select(Assessment).where(col(Assessment.deleted_at).is_(None))
    rows = session.exec(query.order_by(col(Assessment.year).desc(), col(Assessment.subject), col(Assessment.id))).all()
    return [
        subject
        for work in load_works(session, viewing, rows)
        for subject in _units(work, [one for one in work.units if one.level is not UnitLevel.CLASS] or work.units)
    ]


def _units(work: Work, units: Sequence[Unit]) -> list[Subject]:
    """Return the work in those of the units that are shown, the largest first."""
    shown = [one for one in units if work.suppression.of(one) is Hidden.NO]
    name = assessment_name(work.procedure, work.subject, work.grade, work.year, work.title)
    return [
        Subject(
            NoteSubject(work.assessment_id, one.key).key, f"{name}, {one.full_name}"[:_LONGEST], one.organisation_id,
            work.year,
        )
        for one in sorted(shown, key=lambda one: (_LARGEST_FIRST.index(one.level), natural_key(one.full_name)))
    ]


def _find_work(session: Session, scope: Scope, key: str) -> Subject:
    """Return a work in any unit that the actor sees, a class too."""
    subject = NoteSubject.parse(key)
    if subject is None:
        raise NotFound("Документ")
    place = place_of_note(session, scope, NoteKind.WORK_SHORT, subject)
    (work,) = load_works(session, scope.require(Action.VIEW), [session.get_one(Assessment, subject.object_id)])
    return next(one for one in _units(work, work.units) if one.key == place.subject.key)


def _years(session: Session, scope: Scope) -> list[int]:
    """Return the years of which the actor sees a work, the latest first."""
    viewing = scope.require(Action.VIEW)
    query = select(Assessment).where(col(Assessment.deleted_at).is_(None))
    return sorted({work.year for work in load_works(session, viewing, session.exec(query).all())}, reverse=True)


def _associations(session: Session, scope: Scope) -> list[Subject]:
    viewing = scope.require(Action.VIEW)
    if not scope.allows(Action.VIEW_PEOPLE):
        return []
    rows = [row for row in list_associations(session, scope) if _sees_whole(viewing, row)]
    return [
        Subject(
            NoteSubject(row.id or 0, year=year).key, f"{association_name(row)}, {year_name(year)}"[:_LONGEST],
            row.organisation_id, year,
        )
        for year in _years(session, scope)
        for row in rows
    ]


def _sees_whole(viewing: Scope, row: Association) -> bool:
    return viewing.sees_association(row.id or 0, row.organisation_id) and all(
        viewing.sees_results(row.organisation_id, subject) for subject in row.subjects
    )


def _schools(session: Session, scope: Scope) -> list[Subject]:
    return _organisations(session, scope, frozenset({OrganisationKind.SCHOOL}))


def _towns(session: Session, scope: Scope) -> list[Subject]:
    return _organisations(session, scope, frozenset({OrganisationKind.MUNICIPALITY}))


def _organisations(session: Session, scope: Scope, kinds: frozenset[OrganisationKind]) -> list[Subject]:
    viewing = scope.require(Action.VIEW)
    if viewing.subjects is not None or viewing.classes is not None:
        return []
    units: list[Organisation] = [
        unit for unit in load_tree(session, scope).organisations.values()
        if unit.kind in kinds and viewing.sees_organisation(unit.id or 0)
    ]
    return [
        Subject(
            NoteSubject(unit.id or 0, year=year).key, f"{unit.name}, {year_name(year)}"[:_LONGEST], unit.id or 0, year
        )
        for year in _years(session, scope)
        for unit in sorted(units, key=lambda one: natural_key(one.name))
    ]


def _makers(kind: NoteKind) -> dict[Ending, Maker]:
    """Return how a note is made as text and as its tables."""

    def made(make: Callable[[Session, Scope, NoteKind, NoteSubject], bytes]) -> Maker:
        def of_key(session: Session, scope: Scope, key: str) -> bytes:
            subject = NoteSubject.parse(key)
            if subject is None:
                raise NotFound("Документ")
            return make(session, scope, kind, subject)

        return of_key

    return {"docx": made(note_document), "xlsx": made(note_workbook)}


NOTE_KINDS: tuple[DocumentKind, ...] = (
    DocumentKind(
        NoteKind.ASSOCIATION_YEAR.value, NoteKind.ASSOCIATION_YEAR.words, "problem-fields", _YEAR_SOURCE, Action.VIEW,
        _associations, _makers(NoteKind.ASSOCIATION_YEAR), ("year-note",),
    ),
    DocumentKind(
        NoteKind.SCHOOL_YEAR.value, NoteKind.SCHOOL_YEAR.words, "problem-fields", _YEAR_SOURCE, Action.VIEW, _schools,
        _makers(NoteKind.SCHOOL_YEAR), ("year-note",),
    ),
    DocumentKind(
        NoteKind.MUNICIPALITY_YEAR.value, NoteKind.MUNICIPALITY_YEAR.words, "problem-fields", _YEAR_SOURCE, Action.VIEW,
        _towns, _makers(NoteKind.MUNICIPALITY_YEAR), ("year-note",),
    ),
    DocumentKind(
        NoteKind.WORK_SHORT.value, NoteKind.WORK_SHORT.words, "results", _SOURCE, Action.VIEW, _works,
        _makers(NoteKind.WORK_SHORT), ("work-note",), _find_work,
    ),
    DocumentKind(
        NoteKind.WORK_LONG.value, NoteKind.WORK_LONG.words, "results", _SOURCE, Action.VIEW, _works,
        _makers(NoteKind.WORK_LONG), ("work-note",), _find_work,
    ),
)
