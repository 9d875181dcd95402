"""What the screen of deficits can be asked for: rounds, subjects, associations, schools in the viewer's reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from core.diagnostics.groups import GroupKind, groups_of
from core.diagnostics.rounds import Round, list_rounds, load_round
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind


@dataclass(frozen=True, slots=True)
class DeficitOptions:
    """Rounds, the latest first; subjects and associations of one round; schools that answered, by id."""

    rounds: tuple[Round, ...]
    subjects: tuple[str, ...]
    associations: Mapping[int, str]
    schools: Mapping[int, str]


def deficit_options(session: Session, scope: Scope, round_key: str | None = None) -> DeficitOptions:
    """Return what can be chosen, for one round (the latest); a round out of reach is taken for the latest."""
    if not scope.allows(Action.VIEW_DEFICITS) and not scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        return DeficitOptions((), (), {}, {})
    rounds = list_rounds(session, scope)
    if not rounds:
        return DeficitOptions((), (), {}, {})
    chosen = next((one for one in rounds if one.key == round_key), rounds[0])
    loaded = load_round(session, scope, chosen)
    groups = groups_of(loaded.answers.respondents, loaded.area)
    subjects = tuple(group.subject for group in groups if group.kind is GroupKind.SUBJECT and group.subject)
    associations = {group.association_id: group.name for group in groups if group.association_id is not None}
    places = {loaded.answers.respondents[row].organisation_id for row in loaded.area.rows}
    tree = load_tree(session, scope)
    schools = {
        number: unit.name
        for number, unit in tree.organisations.items()
        if number in places and unit.kind is OrganisationKind.SCHOOL
    }
    ordered = dict(sorted(schools.items(), key=lambda one: natural_key(one[1])))
    return DeficitOptions(rounds, subjects, associations, ordered)
