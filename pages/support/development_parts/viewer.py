"""Who looks at the screen, and of which organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.teachers import list_teachers
from core.planning.access import Actor, actor_of
from core.support.access import manages, names_of, sees_organisation
from pages.support.development_parts.address import SCREEN
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.session import current_scope, look, read


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person, and the organisation that was chosen (None: they see only people, or only themselves)."""

    scope: Scope
    actor: Actor
    unit: Organisation | None
    units: frozenset[int] | None
    """The chosen organisation with everything below it; None: whatever the person sees."""

    @property
    def manages(self) -> bool:
        """Say whether the person arranges the help of the chosen organisation."""
        return self.unit is not None and allowed(Action.MANAGE_HELP, self.unit.id or 0)

    @property
    def school(self) -> int | None:
        """Return the chosen school, None for a municipality or nothing."""
        is_school = self.unit is not None and self.unit.kind is OrganisationKind.SCHOOL
        return self.unit.id if self.unit is not None and is_school else None

    @property
    def workplace(self) -> int | None:
        """Return where the person works, None for somebody who is no teacher of the lists."""
        return min(self.actor.workplaces, default=None) if self.actor.teacher_id is not None else None

    def counts(self, organisation_id: int) -> bool:
        """Say whether what belongs to the organisation is listed."""
        return self.units is None or organisation_id in self.units

    def teachers(self) -> Mapping[int, str]:
        """Return for whom the person may arrange something here, by id: everybody of the school, or only themselves."""
        if self.manages and self.school is not None:
            return {card.id: card.name for card in read(list_teachers, self.school)}
        own = self.actor.teacher_id
        return {} if own is None or self.workplace is None else dict(look(names_of, [own]))

    def place_of_help(self) -> int | None:
        """Return the organisation in which the person arranges help for `teachers`."""
        return self.school if self.manages and self.school is not None else self.workplace


def who_looks(scope: Scope) -> Viewer:
    """Return who looks; somebody who sees whole organisations chooses one."""
    actor = read(actor_of)
    reach = organisations_for(scope, Action.VIEW_HELP)
    units = [unit for unit in reach if sees_organisation(scope, unit.id or 0)]
    if not units:
        return Viewer(scope, actor, None, None)
    unit = choose_organisation(f"{SCREEN}_unit", "Организация", units) if len(units) > 1 else units[0]
    if unit is None:
        return Viewer(scope, actor, None, None)
    tree: Tree = read(load_tree)
    return Viewer(scope, actor, unit, tree.below(unit.id or 0))


def allowed(action: Action, organisation_id: int) -> bool:
    """Say whether the person may take the action on the help of the whole organisation."""
    return manages(current_scope(), organisation_id, action)
