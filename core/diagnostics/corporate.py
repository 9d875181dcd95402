"""Corporate deficits: which difficulties the teachers of a subject or an association share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from core.diagnostics.confirmations import Confirmed, confirmation_of, list_confirmations, places_of
from core.diagnostics.groups import Group, GroupKind, groups_of, may_be_shown
from core.diagnostics.lines import Line, LineKind, lacks, lines_of
from core.diagnostics.rounds import Round, RoundAnswers, find_round, load_round
from core.diagnostics.standing import DEFAULT_RULE, CorporateRule, Floats, Standing, group_shares, standings
from core.errors import NotFound
from core.people.scope import Action, Scope


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

    def of(self, least: Standing) -> tuple[SharedDeficit, ...]:
        """Return those that are at least so serious, of groups by subject and association."""
        return tuple(
            one for one in self.found if one.standing >= least and one.group.kind is not GroupKind.WHOLE
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


def chosen_groups(loaded: RoundAnswers, asked: DeficitFilter) -> tuple[Group, ...]:
    """Return the groups that the filter leaves; raise NotFound for a school without answers in reach."""
    groups = groups_of(loaded.answers.respondents, loaded.area, asked.school_id)
    if asked.school_id is not None and not groups:
        raise NotFound("Ответы педагогов этой школы")
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
    lacking = lacks(loaded.answers, lines)
    shares = group_shares(lacking, [group.rows for group in groups])
    confirmed = [[confirmation_of(confirmations, group, line, places) for line in lines] for group in groups]
    marked = np.array([[one is not None for one in row] for row in confirmed], dtype=np.bool_)
    found_standing = standings(shares, marked.reshape(shares.asked.shape))
    shown = shown_cells_of(loaded, groups, lacking)
    found = [
        SharedDeficit(
            group, line, int(shares.asked[i, j]), int(shares.lacking[i, j]), float(shares.share[i, j]),
            float(shares.low[i, j]), float(shares.high[i, j]), Standing(int(found_standing[i, j])), confirmed[i][j],
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


def shown_cells_of(loaded: RoundAnswers, groups: Sequence[Group], lacking: Floats) -> np.ndarray:
    """Return groups × lines: True where the share may be shown. Lines that the same people answered are alike."""
    shown = np.zeros((len(groups), lacking.shape[1]), dtype=np.bool_)
    known: dict[bytes, tuple[bool, ...]] = {}
    for column in range(lacking.shape[1]):
        answered = ~np.isnan(lacking[:, column])
        pattern = answered.tobytes()
        if pattern not in known:
            rows = frozenset(int(row) for row in np.flatnonzero(answered))
            known[pattern] = may_be_shown(loaded.answers.respondents, loaded.area, groups, rows)
        shown[:, column] = known[pattern]
    return shown


def _rank(one: SharedDeficit) -> tuple[float | str | int, ...]:
    return (-one.standing, -one.share, -one.asked, one.group.name, one.line.columns[0])
