"""Which records stand behind an input of a stage that names only some of them: results of ВПР apart from those of НИКО.

What a stage takes in is followed from all works, or all answers of teachers, together; a document that names them one
by one is answered one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarkState, counted
from core.cycle.place import CyclePlace, cycle_place
from core.cycle.records import Derived, Input, Source
from core.diagnostics.instrument_tables import Instrument, InstrumentKind
from core.diagnostics.remark_tables import AttestationRemark
from core.diagnostics.rounds import answered_rounds
from core.intake.class_heads import class_heads
from core.intake.works import live_works
from core.people.scope import Action, Scope
from core.words import plural

_PROCEDURES: Final[Mapping[str, Source]] = {
    "ВПР": Source.VPR, "НИКО": Source.NATIONAL, "ГИА": Source.FINAL, "ОГЭ": Source.FINAL, "ЕГЭ": Source.FINAL,
    "ГВЭ": Source.FINAL, "PISA": Source.INTERNATIONAL, "TIMSS": Source.INTERNATIONAL, "PIRLS": Source.INTERNATIONAL,
}
_INSTRUMENTS: Final = {InstrumentKind.QUESTIONNAIRE: Source.QUESTIONNAIRE, InstrumentKind.TEST: Source.TEST}
_WORKS: Final = ("работа", "работы", "работ")
_WORDS: Final[Mapping[Source, tuple[str, str, str]]] = {
    Source.FINAL: _WORKS, Source.VPR: _WORKS, Source.NATIONAL: _WORKS, Source.INTERNATIONAL: _WORKS,
    Source.OTHER: _WORKS, Source.QUESTIONNAIRE: ("анкета", "анкеты", "анкет"), Source.TEST: ("тест", "теста", "тестов"),
    Source.EXPERTS: ("замечание", "замечания", "замечаний"),
}
_DERIVED: Final[Mapping[Source, Derived]] = {
    **dict.fromkeys((one for one, words in _WORDS.items() if words is _WORKS), Derived.WORKS_UPLOADED),
    Source.QUESTIONNAIRE: Derived.SURVEYS_UPLOADED, Source.TEST: Derived.SURVEYS_UPLOADED,
    Source.EXPERTS: Derived.DEFICITS_COLLECTED,
}
"""What the mark of an input with the source is followed from without it."""


class SourceCount(NamedTuple):
    """How many things of a source there are: works, instruments, remarks; of instruments the answers too."""

    things: int
    answers: int = 0


def source_counts(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> Mapping[Source, SourceCount]:
    """Return what the records of an organisation and a year's cycle hold of each source, as far as the actor sees.

    Raises NotAllowed without the right to look, NotFound for an organisation out of reach.
    """
    place = cycle_place(session, scope.require(Action.VIEW), organisation_id, year, today)
    found = {one: SourceCount(count) for one, count in _works(session, scope, place).items()}
    if scope.allows(Action.VIEW_DEFICITS):
        found |= _surveys(session, scope, place)
        found[Source.EXPERTS] = SourceCount(_remarks(session, scope, place))
    return found


def mark_of_sources(item: Input, whole: Mark, counts: Mapping[Source, SourceCount]) -> Mark:
    """Return the mark of an input from the sources that it names; `whole` where it names none, or nothing is seen.

    Where only the kind of records as a whole is known (an own model was changed), `whole` stays too.
    """
    named = [one for one in item.sources if _DERIVED[one] is item.derived]
    if not named or whole.state is MarkState.CLOSED:
        return whole
    things = sum(counts[one].things for one in named if one in counts)
    answers = sum(counts[one].answers for one in named if one in counts)
    said = plural(things, *_WORDS[named[0]])
    if answers:
        said += f", {plural(answers, 'ответ', 'ответа', 'ответов')}"
    return counted(things, things, said, "Таких данных за два учебных года нет.")


def _works(session: Session, scope: Scope, place: CyclePlace) -> Counter[Source]:
    works = live_works(session, lambda one: one.year in place.result_years)
    heads = class_heads(session, scope.require(Action.VIEW), works)
    return Counter(
        _PROCEDURES.get(one.procedure, Source.OTHER) for one in works
        if any(head.school_id in place.units for head in heads.get(one.id or 0, ()))
    )


def _surveys(session: Session, scope: Scope, place: CyclePlace) -> dict[Source, SourceCount]:
    kinds = dict(session.exec(select(Instrument.id, Instrument.kind)).all())
    found: dict[Source, SourceCount] = {}
    for one in answered_rounds(session, scope, place.result_years):
        source = _INSTRUMENTS.get(InstrumentKind(kinds[one.round.instrument_id]))
        answers = sum(row.organisation_id in place.units for row in one.responses)
        if source is not None and answers:
            before = found.get(source, SourceCount(0))
            found[source] = SourceCount(before.things + 1, before.answers + answers)
    return found


def _remarks(session: Session, scope: Scope, place: CyclePlace) -> int:
    """Count the remarks of experts in both years of the results; who is meant and what was said is not asked."""
    seen = scope.require(Action.VIEW_DEFICITS)
    query = select(AttestationRemark.organisation_id, AttestationRemark.subject).where(
        col(AttestationRemark.deleted_at).is_(None), col(AttestationRemark.organisation_id).in_(place.units),
        AttestationRemark.remarked_on >= place.since.replace(year=place.year - 2),
        AttestationRemark.remarked_on <= place.until,
    )
    return sum(seen.sees_results(organisation_id, subject) for organisation_id, subject in session.exec(query))
