"""Corporate deficits that a club confirmed, as its page shows them; they are kept by diagnostics."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.diagnostics.confirmations import Confirmed, list_confirmations
from core.diagnostics.tables import Competence, InstrumentItem
from core.people.scope import Action, Scope
from core.practice.access import visible_association


@dataclass(frozen=True, slots=True)
class ClubDeficit:
    """One confirmation: what was confirmed, in words. Its numbers are shown where deficits are, by their rules."""

    what: str
    confirmed: Confirmed


def club_deficits(session: Session, scope: Scope, association_id: int) -> list[ClubDeficit]:
    """Return what the club confirmed, the latest first; nothing for somebody who may not see deficits."""
    visible_association(session, scope, association_id)
    if not scope.allows(Action.VIEW_DEFICITS):
        return []
    found = [one for one in list_confirmations(session, scope) if one.association_id == association_id]
    competences = select(Competence).where(col(Competence.id).in_({one.competence_id for one in found}))
    items = select(InstrumentItem).where(col(InstrumentItem.id).in_({one.item_id for one in found}))
    names = {row.id: row.name for row in session.exec(competences)}
    texts = {row.id: row.text for row in session.exec(items)}
    return [
        ClubDeficit(one.element or names.get(one.competence_id) or texts.get(one.item_id) or one.subject, one)
        for one in found
    ]
