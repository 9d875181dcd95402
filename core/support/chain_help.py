"""The step «Методическая помощь» of the chain: which help answers the competences behind a field or a deficit."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.diagnostics.instrument_tables import Competence, InstrumentItem
from core.diagnostics.lines import LineKind
from core.errors import NotFound
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.planning.chain_contract import ChainKind, ChainLink, Door, Focus
from core.planning.recommendations.bases import FieldKey
from core.planning.recommendations.deficits import is_deficit
from core.support.access import sees_organisation
from core.support.given_help import Given, HelpKind, given_help
from core.words import count_of


def help_links(session: Session, scope: Scope, focus: Focus) -> list[ChainLink]:
    """Return the help with the competences of the focus, one link a competence and kind, as far as the actor sees it.

    It counts from the day of the work on which the field was found, in all organisations whose help is seen as a whole.
    """
    if not scope.allows(Action.VIEW_HELP):
        return []
    since, competences = _asked(session, focus)
    if not competences:
        return []
    ids = session.exec(select(Organisation.id).where(col(Organisation.deleted_at).is_(None)))
    places = [key for key in ids if key is not None and sees_organisation(scope, key)]
    elements = {key: (row.subject, row.element) for key, row in competences.items() if row.element}
    given = given_help(session, places, since, date.today(), elements)
    return [
        link
        for key, row in competences.items()
        for kind in HelpKind
        if (link := _link(given, key, row.name, kind)) is not None
    ]


def _asked(session: Session, focus: Focus) -> tuple[date, dict[int, Competence]]:
    """Return from when help counts, and the competences that the focus is about by id."""
    today = date.today()
    days = [date(today.year - (today.month < 9), 9, 1)]
    found: dict[int, Competence] = {}
    for key in focus.keys:
        if is_deficit(key):
            rows = _of_line(session, key.rpartition("|")[2])
        else:
            wanted = FieldKey.read(key)
            work = session.get(Assessment, wanted.assessment_id)
            if work is None:
                raise NotFound("Проблемное поле")
            days.append(work.held_on or date(work.year, 1, 1))
            rows = _of_element(session, work.subject, wanted.name) if wanted.kind is Kind.ELEMENT else []
        found.update({row.id or 0: row for row in rows})
    return min(days), found


def _of_element(session: Session, subject: str, element: str) -> list[Competence]:
    query = select(Competence).where(
        Competence.subject == subject, Competence.element == element, col(Competence.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Competence.id))))


def _of_line(session: Session, line: str) -> list[Competence]:
    """Return the competence of «competence:5» or of the question «item:14»; none of a part of a questionnaire."""
    kind, _colon, number = line.partition(":")
    if not number.isdecimal():
        return []
    key: int | None = int(number)
    if kind == LineKind.ITEM:
        item = session.get(InstrumentItem, key)
        key = item.competence_id if item is not None else None
    row = session.get(Competence, key) if key is not None else None
    return [row] if row is not None else []


def _link(given: Given, competence: int, name: str, kind: HelpKind) -> ChainLink | None:
    helped, planned = len(given.helped(competence, kind)), given.planned(competence, kind)
    if not helped and not planned:
        return None
    of_what = "мероприятие" if kind is HelpKind.EVENT else "педагог"
    words = [
        f"получили: {count_of(helped, 'педагог')}" if helped else "",
        f"запланирована или идёт: {count_of(planned, of_what)}" if planned else "",
    ]
    door = Door("mentorship" if kind is HelpKind.MENTORSHIP else "development", "Открыть")
    state = "помощь оказана" if helped else "помощь идёт"
    return ChainLink(ChainKind.HELP, f"{kind.value}: «{name}»", state, "; ".join(filter(None, words)), door)
