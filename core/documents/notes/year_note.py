"""The summary note of an academic year: of an association, a school or a municipality."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.analysis.fields import Reach
from core.analysis.problem_fields import FoundField
from core.analysis.status import Status
from core.documents.notes import year_help, year_results
from core.documents.notes.sentences import graded, key_name, paragraph, paragraphs, quoted, some
from core.documents.notes.year_figures import YearFigures, YearPlace, year_figures
from core.documents.text import DocumentText, NoteKind, NoteSubject, Section, Signature
from core.people.association_tables import Association
from core.people.associations import association_name
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.planning.recommendations.wording import VPR_LINE
from core.words import Case, academic_year, count_of, decline, long_day, noun, number

_MOST_TASKS = 15
"""Fields and deficits that a task names."""
_SIGNS = {
    NoteKind.ASSOCIATION_YEAR: "Руководитель методического объединения",
    NoteKind.SCHOOL_YEAR: "Заместитель директора",
    NoteKind.MUNICIPALITY_YEAR: "Методист муниципальной методической службы",
}
_CONSIDERED = {
    NoteKind.ASSOCIATION_YEAR: "на заседании методического объединения",
    NoteKind.SCHOOL_YEAR: "на заседании методического (педагогического) совета",
    NoteKind.MUNICIPALITY_YEAR: "на заседании муниципального методического совета",
}
_APPROVED = {
    NoteKind.ASSOCIATION_YEAR: "Заместитель директора",
    NoteKind.SCHOOL_YEAR: "Директор",
    NoteKind.MUNICIPALITY_YEAR: "Начальник управления образования",
}
_ABOUT = {
    NoteKind.SCHOOL_YEAR: "о качестве образования и методической работе школы",
    NoteKind.MUNICIPALITY_YEAR: "о качестве образования и методической работе в муниципалитете",
}


def year_note(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, today: date) -> DocumentText:
    """Return the note as the figures give it; `core.documents.note_place` has checked that the actor may have it."""
    place = year_place(session, kind, subject)
    figures = year_figures(session, scope, place, today)
    sections = (
        _summary(figures), year_results.works(figures), year_results.fields(figures), year_results.effects(figures),
        year_help.deficits(figures), year_help.recommendations(figures), year_help.roadmaps(figures),
        year_help.support(figures), year_help.indicators(figures), year_help.practices(figures), _tasks(figures),
    )
    is_vpr = any(one.summary.procedure.startswith("ВПР") for one in figures.works)
    about = _ABOUT.get(kind) or f"о работе {decline(place.name, Case.GENITIVE)}"
    organisation = session.get_one(Organisation, place.organisation_id)
    above_school = kind is NoteKind.ASSOCIATION_YEAR and organisation.kind is not OrganisationKind.SCHOOL
    return DocumentText(
        kind=kind, subject=subject, organisation_id=place.organisation_id,
        organisation=organisation.name, title="Сводная справка",
        subtitle=f"{about} за {academic_year(place.year)} учебный год", date=long_day(today),
        sections=tuple(one for one in sections if one is not None), signatures=(Signature(_SIGNS[kind]),),
        reservation=VPR_LINE if is_vpr else "", considered_by=_CONSIDERED[kind],
        approved_by=_APPROVED[NoteKind.MUNICIPALITY_YEAR if above_school else kind],
    )


def year_place(session: Session, kind: NoteKind, subject: NoteSubject) -> YearPlace:
    """Return of whom a note of a year tells; `core.documents.note_place` has checked that the actor may have it."""
    if kind is NoteKind.ASSOCIATION_YEAR:
        row = session.get_one(Association, subject.object_id)
        return YearPlace(
            kind, row.organisation_id, subject.year, association_name(row), subject.object_id, tuple(row.subjects)
        )
    name = session.get_one(Organisation, subject.object_id).name
    return YearPlace(kind, subject.object_id, subject.year, name)


def _summary(figures: YearFigures) -> Section:
    """Return the year in a few sentences; the sections that follow give the numbers."""
    fields = figures.fields
    surely = [one for one in fields if one.field.status is Status.SURELY_BELOW]
    systemic = [_named(one) for one in fields if one.field.reach is Reach.SYSTEMIC]
    deficits = [one.line.name for one in figures.deficits or () if one.is_corporate]
    subjects = f" Предметы: {some(figures.place.subjects)}." if figures.place.subjects else ""
    return Section(
        "summary", "Главное за год",
        paragraphs(
            f"Справка составлена по данным программы: {_basis(figures)}.{subjects}",
            paragraph(
                f"Обучающиеся: {count_of(len(fields), 'проблемное поле')}, из них достоверно ниже порога – "
                f"{number(len(surely))}.",
                f"Системные: {some(systemic, _MOST_TASKS)}." if systemic else "",
            ) if figures.works else "",
            f"Педагоги: корпоративные дефициты – {some(quoted(deficits), _MOST_TASKS)}." if deficits else "",
            _managed(figures),
        ),
    )


def _basis(figures: YearFigures) -> str:
    """Return on how many works and diagnostics the note stands; what there was none of is not counted."""
    works = count_of(len(figures.works), "работа") if figures.works else "работ за год нет"
    if figures.deficits is None:
        return works
    if not figures.rounds:
        return f"{works}, диагностики педагогов не было"
    return f"{works}, {count_of(len(figures.rounds), 'диагностика')} педагогов"


def _named(one: FoundField) -> str:
    return f"«{key_name(one.field.kind, one.field.key)}» ({graded(one.work.subject, one.work.grade)})"


def _managed(figures: YearFigures) -> str:
    """Return what was planned and done, as far as the actor sees it."""
    done = ""
    if figures.roadmaps:
        whole = sum(one.progress.measures for one in figures.roadmaps)
        done = f"выполнено {number(sum(one.progress.done for one in figures.roadmaps))} из {number(whole)} мероприятий"
    count = len(figures.recommendations or ())
    sent = f"{noun(count, 'отправлена', 'отправлены', 'отправлено')} {count_of(count, 'рекомендация')}" if count else ""
    said = "; ".join(part for part in (sent, done) if part)
    return f"Управление: {said}." if said else ""


def _tasks(figures: YearFigures) -> Section:
    """Return what follows for the next year from what the sections found."""
    fields = figures.fields
    waiting = sum(one.review is None for one in fields)
    repeated = [_named(one) for one in fields if one.field.repeats]
    overdue = sum(one.overdue for one in figures.roadmaps or ())
    bare = [row.name for row in figures.coverage.rows if row.empty == len(row.cells)] if figures.coverage else []
    tasks = paragraphs(
        f"Рассмотреть на заседании {count_of(waiting, 'проблемное поле')} без решения и назвать причины."
        if waiting else "",
        f"Изменить форму помощи там, где затруднение повторяется: {some(repeated, _MOST_TASKS)}."
        if repeated else "",
        f"Спланировать помощь по дефицитам, на которые она ещё не отвечает: {some(quoted(bare), _MOST_TASKS)}."
        if bare else "",
        f"Разобрать причины просрочки: {count_of(overdue, 'мероприятие')}." if overdue else "",
        "Провести новые работы по тем же элементам содержания и сравнить результат с этим годом."
        if figures.works else "Загрузить результаты работ года: без них не видно, что усвоили обучающиеся.",
    )
    return Section(
        "tasks", f"Задачи на {academic_year(figures.place.year + 1)} учебный год",
        tuple(f"{place}. {text}" for place, text in enumerate(tasks, start=1)),
    )
