"""Corporate deficits as a basis: found again by their address, frozen with the share of that day."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from core.diagnostics.corporate import DeficitFilter, SharedDeficit, shared_deficits
from core.diagnostics.lines import LineKind
from core.diagnostics.rounds import Round
from core.diagnostics.wave_tables import DiagnosticWave
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.association_tables import Association
from core.people.grants import Grant
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.tables import Organisation, OrganisationKind
from core.planning.recommendations.bases import FrozenBasis
from core.planning.tables import BasisKind, RecommendationBasis

_ABOUT = {LineKind.ITEM: "по вопросу", LineKind.COMPETENCE: "по компетенции", LineKind.SECTION: "по разделу"}
_OUTSIDE = Grant(frozenset({Action.VIEW_DEFICITS}), None)
"""Shares of all schools, and nothing personal."""


def deficit_key(shown: Round, one: SharedDeficit) -> str:
    """Return the address of a deficit: «3-2027-входная|subject:Физика:|item:14»."""
    return "|".join((shown.key, one.group.key, one.line.key))


def is_deficit(key: str) -> bool:
    """Say whether an address names a deficit and not a problem field, which has four parts."""
    return key.count("|") == 2


def freeze_deficit(session: Session, scope: Scope, key: str) -> FrozenBasis:
    """Return a corporate deficit with its numbers of now.

    Raises NotFound for one that the actor does not see, InvalidInput for a difficulty that is not corporate.
    """
    shown, one = _found(session, scope, key)
    if not one.is_corporate:
        raise InvalidInput(
            f"«{one.line.name}» – {one.standing.words}, а не корпоративный дефицит.",
            "Рекомендацию пишут по корпоративному дефициту; подтвердить его может объединение.",
        )
    place = _place(session, shown, one)
    basis = RecommendationBasis(
        organisation_id=place.id or 0, recommendation_id=0, kind=BasisKind.DEFICIT, key=key, place_id=place.id,
        label=f"{_ABOUT[one.line.kind]} «{one.line.name}»"[:500], source=shown.name[:500],
        unit_name=f"{one.group.name}, {short_name(place.name)}"[:300], finding=f"{one.standing.words} дефицит",
        share=one.share, low=one.low, high=one.high, participants=one.asked,
        inside_only=_is_inside_only(session, key, place),
        stored_on=one.confirmed.on if one.confirmed is not None else shown.held_on,
    )
    return FrozenBasis(basis, one.group.subject, None, "", place.id or 0, place.kind is OrganisationKind.SCHOOL, "")


def sees_deficit(session: Session, scope: Scope, key: str) -> bool:
    """Say whether the actor is shown this deficit with its share."""
    try:
        _found(session, scope, key)
    except (NotFound, NotAllowed):
        return False
    return True


def _is_inside_only(session: Session, key: str, place: Organisation) -> bool:
    """Say whether somebody who sees all shares, of the municipality or of more, must not learn this one.

    It would give a group of fewer than five away, if not by itself then by subtraction from what they are shown.
    """
    tree = load_tree(session, Scope.local_administrator())
    regions = {key for key, unit in tree.organisations.items() if unit.kind is OrganisationKind.REGION}
    above = [tree.below(unit.id or 0) for unit in tree.above(place.id or 0) if unit.kind is not OrganisationKind.SCHOOL]
    # A region of one municipality shows what the municipality shows: it is asked once.
    reaches = {units - regions: units for units in (*above, frozenset(tree.organisations))}
    viewers = (Scope.of(None, "", (replace(_OUTSIDE, organisations=units),)) for units in reaches.values())
    return not all(sees_deficit(session, viewer, key) for viewer in viewers)


def _found(session: Session, scope: Scope, key: str) -> tuple[Round, SharedDeficit]:
    parts = key.split("|", 2)
    kind = parts[-1].partition(":")[0]
    if len(parts) != 3 or kind not in set(LineKind):
        raise NotFound("Дефицит")
    school = parts[1].rpartition(":")[2]
    asked = DeficitFilter(parts[0], LineKind(kind), school_id=int(school) if school.isdecimal() else None)
    found = shared_deficits(session, scope, asked)
    one = next((each for each in found.found if each.group.key == parts[1] and each.line.key == parts[2]), None)
    if one is None or found.round is None:
        raise NotFound("Дефицит")
    return found.round, one


def _place(session: Session, shown: Round, one: SharedDeficit) -> Organisation:
    """Return whose teachers they are: the school, the association's organisation, or where the round was held."""
    if one.group.school_id is not None:
        return session.get_one(Organisation, one.group.school_id)
    if one.group.association_id is not None:
        association = session.get_one(Association, one.group.association_id)
        return session.get_one(Organisation, association.organisation_id)
    wave = session.get_one(DiagnosticWave, shown.wave_ids[0])
    return session.get_one(Organisation, wave.organisation_id)
