"""The order that fixes several pairs and groups at once: one that was issued, or a draft for those in preparation.

The key is the id of the organisation for its draft («3»), with the first pair of an issued order behind it («3|7»).
"""

from __future__ import annotations

from sqlmodel import Session

from core.documents.kinds import Subject, year_key
from core.documents.mentorship_documents import order_document
from core.errors import NotFound
from core.people.academic_year import year_on
from core.people.scope import Scope
from core.support.access import sees_organisation
from core.support.mentorship_cards import MentorshipCard, list_mentorships
from core.support.mentorship_tables import MentorshipState
from core.words import day, number


def order_subjects(session: Session, scope: Scope) -> list[Subject]:
    """Return the drafts and the issued orders on several pairs, as far as the actor sees all help of the organisation.

    Who sees only single pairs would get a part of an order that looks like the whole.
    """
    return [
        Subject(
            key, f"{_name(key, cards[0])}: пар и групп – {number(len(cards))}", cards[0].row.organisation_id,
            year_on(cards[0].row.starts_on), _name(key, cards[0]),
        )
        for key, cards in _orders(session, scope).items()
        if len(cards) > 1 or "|" not in key
    ]


def several_order(session: Session, scope: Scope, key: str) -> bytes:
    """Return the order of a key as .docx. Raises NotFound for none, and for one that the actor does not see whole."""
    cards = _orders(session, scope).get(key)
    if cards is None:
        raise NotFound("Приказ о закреплении")
    return order_document(session, scope, [card.id for card in cards])


def _orders(session: Session, scope: Scope) -> dict[str, list[MentorshipCard]]:
    """Return the pairs of each order by its key, in the order in which they were entered."""
    cards = [one for one in list_mentorships(session, scope) if sees_organisation(scope, one.row.organisation_id)]
    found: dict[str, list[MentorshipCard]] = {}
    first: dict[tuple[object, ...], int] = {}
    for card in sorted(cards, key=lambda one: one.id):
        row = card.row
        if row.state is MentorshipState.PREPARED:
            found.setdefault(str(row.organisation_id), []).append(card)
        if row.order_number and row.order_on is not None:
            begins = first.setdefault((row.organisation_id, row.order_number, row.order_on), card.id)
            found.setdefault(year_key(row.organisation_id, begins), []).append(card)
    return found


def _name(key: str, first: MentorshipCard) -> str:
    issued = first.row.order_on
    return f"№ {first.row.order_number} от {day(issued)}" if "|" in key and issued is not None else "Проект"
