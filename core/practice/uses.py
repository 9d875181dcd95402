"""«Применил у себя»: in which class a colleague applied a practice, and what came of it in their own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.academic_year import year_on
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.people.text_length import require_length
from core.practice.access import decides, reader_of, visible_practice
from core.practice.library import class_words
from core.practice.names import names_for
from core.practice.states import PracticeState, UseOutcome
from core.practice.tables import PracticeUse
from core.practice.values import good_class
from core.store.base import utc_now
from core.store.live import live_row
from core.words import day, number

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class UseMark:
    """That somebody applied a practice in a class."""

    school_id: int
    grade: int
    letter: str
    applied_on: date
    outcome: UseOutcome
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShownUse:
    """A mark as the actor may see it."""

    id: int
    school: str
    class_name: str
    applied_on: date
    outcome: UseOutcome
    text: str
    author: str
    may_change: bool


def list_uses(session: Session, scope: Scope, practice_id: int) -> list[ShownUse]:
    """Return who applied the practice where, the latest first."""
    practice, reader = visible_practice(session, scope, practice_id)
    query = select(PracticeUse).where(PracticeUse.practice_id == practice_id, col(PracticeUse.deleted_at).is_(None))
    rows = list(session.exec(query.order_by(col(PracticeUse.applied_on).desc(), col(PracticeUse.id).desc())))
    names = names_for(
        session, scope, (row.author_teacher_id for row in rows), (row.organisation_id for row in rows)
    )
    moderates = decides(scope, practice.organisation_id, practice.subject)
    return [
        ShownUse(
            row.id or 0, names.organisation(row.organisation_id), class_words(row.grade, row.letter, row.year),
            row.applied_on, row.outcome, row.text, names.writer(row), moderates or row.author_id == reader.account_id,
        )
        for row in rows
    ]


def mark_use(session: Session, scope: Scope, practice_id: int, mark: UseMark) -> PracticeUse:
    """Note that the actor applied a published practice in a class; a second mark of the class changes the first one.

    Raises InvalidInput for a day to come or a practice that nobody should apply yet, NotFound for a school elsewhere.
    """
    offering = scope.require(Action.OFFER_PRACTICES)
    practice, reader = visible_practice(session, scope, practice_id)
    if practice.state in (PracticeState.DRAFT, PracticeState.REJECTED):
        raise InvalidInput(f"Практика сейчас {practice.state.value}: применять её рано.", "Обновите страницу.")
    if mark.school_id not in reader.workplaces and not offering.sees_results(mark.school_id, practice.subject):
        raise NotFound("Школа")
    if mark.applied_on > date.today():
        raise InvalidInput(f"Дата {day(mark.applied_on)} ещё не наступила.", "Отметьте, когда проведёте.")
    grade, letter, year = good_class(mark.grade, mark.letter, year_on(mark.applied_on))
    text = mark.text.strip()
    require_length(text, _LONGEST, "Отзыв")
    row = session.exec(
        select(PracticeUse).where(
            PracticeUse.practice_id == practice_id, PracticeUse.organisation_id == mark.school_id,
            PracticeUse.grade == grade, PracticeUse.letter == letter, PracticeUse.year == year,
            PracticeUse.author_id == scope.actor_id,
        )
    ).first() or PracticeUse(
        organisation_id=mark.school_id, practice_id=practice_id, grade=grade or 0, letter=letter, year=year or 0,
        applied_on=mark.applied_on, author=scope.actor_name, author_id=scope.actor_id,
        author_teacher_id=reader.teacher_id,
    )
    row.applied_on, row.outcome, row.text, row.deleted_at = mark.applied_on, mark.outcome, text, None
    session.add(row)
    session.flush()
    return row


def remove_use(session: Session, scope: Scope, use_id: int) -> PracticeUse:
    """Take a mark away: its author, or who decides on the practice. It can be marked again."""
    row = live_row(session, PracticeUse, use_id, "Отметка")
    practice, reader = visible_practice(session, scope, row.practice_id)
    if row.author_id != reader.account_id and not decides(scope, practice.organisation_id, practice.subject):
        raise NotAllowed("Отметку снимает тот, кто её поставил.")
    row.deleted_at = utc_now()
    session.add(row)
    return row


def places_to_offer(
    session: Session, scope: Scope, subject: str, *, schools_only: bool = False
) -> list[tuple[int, str]]:
    """Return (id, name) of the organisations in which the actor may offer a practice or mark a use in the subject."""
    if not scope.allows(Action.OFFER_PRACTICES):
        return []
    offering = scope.require(Action.OFFER_PRACTICES)
    reader = reader_of(session, scope)
    units = load_tree(session, scope).organisations.values()
    found = {
        unit.id or 0: unit.name
        for unit in units
        if offering.sees_results(unit.id or 0, subject)
        and (unit.kind is OrganisationKind.SCHOOL if schools_only else unit.kind is not OrganisationKind.REGION)
    }
    found |= names_for(session, scope, (), reader.workplaces).organisations
    return sorted(found.items(), key=lambda pair: natural_key(pair[1]))


def uses_words(uses: Sequence[ShownUse]) -> str:
    """Return what colleagues say, counted: «помогло – 3, пока рано судить – 1»; a self-report, not a measurement."""
    return ", ".join(f"{outcome.value} – {number(count)}" for outcome, count in _counted(use.outcome for use in uses))


def _counted(outcomes: Iterable[UseOutcome]) -> list[tuple[UseOutcome, int]]:
    counts = Counter(outcomes)
    return [(outcome, counts[outcome]) for outcome in UseOutcome if counts[outcome]]
