"""How many teachers lack the competences linked to content elements, by the latest rounds and by discussion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from core.diagnostics.confirmations import Confirmed, list_confirmations, places_of
from core.diagnostics.corporate import measured
from core.diagnostics.groups import GroupKind, groups_of
from core.diagnostics.instrument_tables import Competence
from core.diagnostics.lines import LineKind, lines_of
from core.diagnostics.pupil_sides import ElementKey
from core.diagnostics.rounds import latest_rounds, load_round
from core.diagnostics.standing import Standing
from core.diagnostics.triangulation import TeacherSide
from core.people.scope import Action, Scope

_UNKNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class TeacherSides:
    """Shares by element; elements whose shares are too small to be shown; links of competences by their id."""

    found: Mapping[ElementKey, Sequence[TeacherSide]]
    hidden: frozenset[ElementKey]
    linked: Mapping[int, ElementKey]


def teacher_sides(session: Session, scope: Scope, school_id: int | None = None) -> TeacherSides:
    """Return the shares among teachers of the subject, or of their associations for those who see only these."""
    allowed = scope.require(Action.VIEW_DEFICITS)
    names = _linked(session)
    linked = {number: key for number, (key, _name) in names.items()}
    confirmations = list_confirmations(session, scope)
    places = places_of(session, allowed, school_id)
    found: dict[ElementKey, list[TeacherSide]] = {}
    hidden: set[ElementKey] = set()
    for one in latest_rounds(session, scope):
        loaded = load_round(session, scope, one)
        lines = [line for line in lines_of(loaded.answers, LineKind.COMPETENCE) if line.id in linked]
        kind = GroupKind.SUBJECT if loaded.area.rows else GroupKind.ASSOCIATION
        groups = groups_of(loaded.answers.respondents, loaded.area, school_id)
        listed = measured(loaded, [group for group in groups if group.kind is kind], lines, confirmations, places)
        for deficit in listed.found:
            key = linked[deficit.line.id or 0]
            if deficit.group.subject in ("", key[0]) and deficit.asked:
                found.setdefault(key, []).append(
                    TeacherSide(
                        deficit.line.id or 0, deficit.line.name, deficit.group.name, deficit.asked, deficit.lacking,
                        deficit.share, deficit.low, deficit.high, deficit.standing, one.name,
                        deficit.confirmed.words if deficit.confirmed else "",
                    )
                )
        gone = {group.subject for group in listed.hidden}
        hidden |= {linked[line.id or 0] for line in lines if linked[line.id or 0][0] in gone}
    for confirmed in confirmations:
        _add_discussed(found, confirmed, names, places)
    return TeacherSides(found, frozenset(key for key in hidden if key not in found), linked)


def _add_discussed(
    found: dict[ElementKey, list[TeacherSide]], confirmed: Confirmed, names: Mapping[int, tuple[ElementKey, str]],
    places: frozenset[int],
) -> None:
    """Add what was confirmed by discussion but asked in no round: it has no share."""
    if confirmed.organisation_id not in places:
        return
    number = confirmed.competence_id or 0
    key, name = names.get(number, ((confirmed.subject, confirmed.element), confirmed.element))
    if not key[1] or any(side.competence_id == number for side in found.get(key, ())):
        return
    found.setdefault(key, []).append(
        TeacherSide(
            number, name, confirmed.by, 0, 0, _UNKNOWN, _UNKNOWN, _UNKNOWN, Standing.CORPORATE,
            confirmed=confirmed.words,
        )
    )


def _linked(session: Session) -> dict[int, tuple[ElementKey, str]]:
    query = select(Competence).where(col(Competence.deleted_at).is_(None), Competence.element != "")
    return {row.id or 0: ((row.subject, row.element), row.name) for row in session.exec(query)}
