"""The note on a work, short and in sixteen sections (structure: domain.md §5.5; order of the long form: ФИОКО-like)."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.analysis.work import UnitLevel
from core.documents.notes import work_advice, work_fields, work_items, work_passport, work_results
from core.documents.notes.advice import advice
from core.documents.notes.sentences import by_subject
from core.documents.notes.work_figures import WorkFigures, work_figures
from core.documents.text import DocumentText, NoteKind, NoteSubject, Section, Signature
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.recommendations.wording import VPR_LINE
from core.planning.tables import AddresseeKind
from core.words import long_day

_SIGNS = {
    UnitLevel.CLASS: "Заместитель директора",
    UnitLevel.SCHOOL: "Заместитель директора",
    UnitLevel.MUNICIPALITY: "Методист муниципальной методической службы",
    UnitLevel.REGION: "Специалист",
}


def work_note(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, today: date) -> DocumentText:
    """Return the note as the figures give it. Errors as in `work_figures`.

    The subject of the returned note names the unit that it is about.
    """
    figures = work_figures(session, scope, subject.object_id, subject.unit)
    found = advice(session, scope, figures)
    association = work_advice.addressed(found, AddresseeKind.ASSOCIATION)
    sections: tuple[Section, ...]
    if kind is NoteKind.WORK_SHORT:
        sections = (
            work_passport.passport(figures), work_results.marks(figures), work_results.scores(figures),
            work_items.items(figures), work_fields.fields(figures), work_results.journal(figures),
            work_advice.conclusion(figures), association,
        )
    else:
        sections = (
            work_passport.passport(figures), work_passport.individual(figures), work_results.marks(figures),
            work_results.journal(figures), work_results.scores(figures), work_items.items(figures),
            work_items.outcomes(figures), work_items.groups(figures), work_fields.fields(figures),
            work_advice.addressed(found, AddresseeKind.ADMINISTRATION), association,
            work_advice.addressed(found, AddresseeKind.TEACHER), work_advice.addressed(found, AddresseeKind.PARENTS),
            work_advice.methods(figures, found), work_advice.plan(figures, found), work_advice.conclusion(figures),
        )
    return DocumentText(
        kind=kind, subject=NoteSubject(subject.object_id, figures.unit.key),
        organisation_id=figures.unit.organisation_id,
        organisation=session.get_one(Organisation, figures.unit.organisation_id).name,
        title="Аналитическая справка", subtitle=_subtitle(figures), date=long_day(today), sections=sections,
        signatures=(Signature(_SIGNS[figures.unit.level]),), reservation=VPR_LINE if figures.is_vpr else "",
    )


def _subtitle(figures: WorkFigures) -> str:
    work = figures.work
    grade = f", {work.grade} класс" if work.grade is not None else ""
    where = f", {figures.unit.name}" if figures.unit.level is UnitLevel.CLASS else ""
    title = f" ({work.title})" if work.title else ""
    what = work.procedure if work.procedure.isupper() else f"работы «{work.procedure}»"
    return f"об итогах {what} по {by_subject(work.subject)}{grade}{where}, {work.year} год{title}"
