"""Corporate deficits: which difficulties the teachers of a subject or an association share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from core.diagnostics.confirmations import Confirmed, list_confirmations, places_in, places_of
from core.diagnostics.group_cells import cells_of
from core.diagnostics.groups import Group, GroupKind, groups_by_school, groups_of
from core.diagnostics.lines import Line, LineKind, lines_of
from core.diagnostics.rounds import Round, RoundAnswers, find_round, list_rounds, load_round
from core.diagnostics.standing import DEFAULT_RULE, CorporateRule, Standing
from core.errors import NotFound
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.words import plural


@dataclass(frozen=True, slots=True)
class DeficitFilter:
    """What to list; None and an empty tuple mean «all»."""

    round_key: str | None = None
    """None: the latest round."""
    kind: LineKind = LineKind.ITEM
    subjects: tuple[str, ...] = ()
    associations: tuple[int, ...] = ()
    """With subjects or associations given, only those groups are listed."""
    school_id: int | None = None
    """A school, or a municipality: the teachers of its schools alone."""


@dataclass(frozen=True, slots=True)
class SharedDeficit:
    """One difficulty in one group: `asked` answered, `lacking` have it; the share 0..1 with its 95 % interval."""

    group: Group
    line: Line
    asked: int
    lacking: int
    share: float
    low: float
    high: float
    standing: Standing
    confirmed: Confirmed | None = None

    @property
    def is_corporate(self) -> bool:
        """Say whether it is corporate, by numbers or by discussion."""
        return self.standing is Standing.CORPORATE


class DeficitCount(NamedTuple):
    """How many groups may be shown, and in how many of their lines a deficit is at least possible."""

    groups: int
    shared: int


@dataclass(frozen=True, slots=True)
class DeficitList:
    """The difficulties of all groups that may be shown, the worst first, and what the list stands on."""

    round: Round | None
    """None where nobody has answered anything."""
    found: tuple[SharedDeficit, ...]
    """Every line of every shown group, also those without a difficulty."""
    groups: tuple[Group, ...]
    """Groups that are shown."""
    hidden: tuple[Group, ...]
    """Groups that are too small to be shown, or would give a small one away."""
    rule: CorporateRule = DEFAULT_RULE

    @property
    def hidden_words(self) -> str:
        """Return how many groups are not shown and why, "" for none."""
        count = sum(one.kind is not GroupKind.WHOLE for one in self.hidden)
        if not count:
            return ""
        said = plural(count, "группа скрыта", "группы скрыты", "групп скрыто")
        them, by_them = ("в ней", "по ней") if said.split()[-1] == "скрыта" else ("в них", "по ним")
        return f"{said}: {them} меньше пяти педагогов или {by_them} можно вычислить малую группу."

    def of(self, least: Standing) -> tuple[SharedDeficit, ...]:
        """Return those that are at least so serious, of groups by subject and association."""
        return tuple(
            one for one in self.found if one.standing >= least and one.group.kind is not GroupKind.WHOLE
        )

    def of_everybody(self, least: Standing) -> tuple[SharedDeficit, ...]:
        """Return those that are at least so serious among the teachers of all subjects together."""
        return tuple(one for one in self.found if one.standing >= least and one.group.kind is GroupKind.WHOLE)

    def told_once(self, least: Standing) -> tuple[SharedDeficit, ...]:
        """Return those of `of`, without the teachers of a subject where they are the very members of an association."""
        listed = self.of(least)
        bodies = {(one.line.key, one.group.rows) for one in listed if one.group.association_id is not None}
        return tuple(
            one for one in listed
            if one.group.association_id is not None or (one.line.key, one.group.rows) not in bodies
        )


def shared_deficits(session: Session, scope: Scope, wanted: DeficitFilter | None = None) -> DeficitList:
    """Return what teachers of subjects and associations find hard, for those who may see shares.

    Raises NotAllowed without the right, NotFound for a round outside the scope.
    """
    scope.require(Action.VIEW_DEFICITS)
    asked = wanted or DeficitFilter()
    chosen = find_round(session, scope, asked.round_key)
    if chosen is None:
        return DeficitList(None, (), (), ())
    loaded = load_round(session, scope, chosen)
    groups = chosen_groups(loaded, asked)
    lines = lines_of(loaded.answers, asked.kind)
    confirmations = list_confirmations(session, scope)
    places = places_of(session, scope.require(Action.VIEW_DEFICITS), asked.school_id)
    return measured(loaded, groups, lines, confirmations, places)


def latest_deficits(session: Session, scope: Scope, place_id: int) -> DeficitList:
    """Return `shared_deficits` of a school or a municipality, of the latest round in which its teachers answered.

    Without a round where nobody of them has answered anything. Raises NotAllowed as `shared_deficits`.
    """
    scope.require(Action.VIEW_DEFICITS)
    for one in list_rounds(session, scope):
        try:
            listed = shared_deficits(session, scope, DeficitFilter(one.key, school_id=place_id))
        except NotFound:
            # Only others have answered in this round.
            continue
        if any(group.kind is GroupKind.WHOLE for group in (*listed.groups, *listed.hidden)):
            return listed
    return DeficitList(None, (), (), ())


def chosen_groups(loaded: RoundAnswers, asked: DeficitFilter) -> tuple[Group, ...]:
    """Return the groups that the filter leaves; raise NotFound for a school or municipality without any in reach."""
    groups = groups_of(loaded.answers.respondents, loaded.area, asked.school_id)
    if asked.school_id is not None and not groups:
        raise NotFound("Ответы педагогов этой организации")
    if not asked.subjects and not asked.associations:
        return groups
    return tuple(
        one
        for one in groups
        if (one.kind is GroupKind.SUBJECT and one.subject in asked.subjects)
        or (one.association_id is not None and one.association_id in asked.associations)
    )


def measured(
    loaded: RoundAnswers, groups: Sequence[Group], lines: Sequence[Line], confirmations: Sequence[Confirmed],
    places: frozenset[int],
) -> DeficitList:
    """Return the difficulties of the groups; what may not be shown is left out, cell by cell."""
    shares, standing, shown, confirmed = cells_of(loaded, groups, lines, confirmations, lambda _group: places)
    found = [
        SharedDeficit(
            group, line, int(shares.asked[i, j]), int(shares.lacking[i, j]), float(shares.share[i, j]),
            float(shares.low[i, j]), float(shares.high[i, j]), Standing(int(standing[i, j])), confirmed[i][j],
        )
        for i, group in enumerate(groups)
        for j, line in enumerate(lines)
        if shown[i, j]
    ]
    visible = {id(one.group) for one in found}
    return DeficitList(
        loaded.round, tuple(sorted(found, key=_rank)), tuple(one for one in groups if id(one) in visible),
        tuple(one for one in groups if id(one) not in visible),
    )


def deficit_counts(
    session: Session, scope: Scope, loaded: Sequence[RoundAnswers], school_ids: Collection[int | None]
) -> dict[int | None, DeficitCount]:
    """Return how many groups of each school may be shown in these rounds, and how many deficits they share.

    None is all schools together. It counts what `shared_deficits` lists, and raises the same NotAllowed.
    """
    allowed = scope.require(Action.VIEW_DEFICITS)
    confirmations = list_confirmations(session, scope)
    tree = load_tree(session, Scope.local_administrator())
    places = {school_id: places_in(tree, allowed, school_id) for school_id in school_ids}
    found = dict.fromkeys(school_ids, DeficitCount(0, 0))
    for one in loaded:
        by_school = groups_by_school(one.answers.respondents, one.area, school_ids)
        groups = [group for own in by_school.values() for group in own]
        cells = cells_of(
            one, groups, lines_of(one.answers, LineKind.ITEM), confirmations,
            # An association has no school, and its confirmations are its own wherever they were made.
            lambda group: places.get(group.school_id, frozenset()),
        )
        serious = cells.shown & (cells.standing >= Standing.POSSIBLE)
        first = 0
        for school_id, own in by_school.items():
            rows, first = slice(first, first + len(own)), first + len(own)
            groups_before, shared_before = found[school_id]
            seen = int(cells.shown[rows].any(axis=1).sum())
            found[school_id] = DeficitCount(groups_before + seen, shared_before + int(serious[rows].sum()))
    return found


def _rank(one: SharedDeficit) -> tuple[float | str | int, ...]:
    return (-one.standing, -one.share, -one.asked, one.group.name, one.line.columns[0])
