"""Groups of respondents: subjects, associations, schools; and which of them a viewer may be shown. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from core.diagnostics.contract import Respondent
from core.diagnostics.disclosure import shown_groups

NO_SUBJECT = "предмет не указан"

_Place: TypeAlias = tuple[int | None, str | None, int | None]
"""School, subject, association; None for «all»."""


class GroupKind(StrEnum):
    """What the teachers of a group have in common; the value stands in addresses."""

    SUBJECT = "subject"
    ASSOCIATION = "association"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Group:
    """Teachers who answered and have something in common; `rows` are those of the answers.

    `school_id` narrows a subject or the whole to one school, or to one municipality with its schools; an association
    is never narrowed.
    """

    kind: GroupKind
    name: str
    rows: tuple[int, ...]
    subject: str = ""
    association_id: int | None = None
    school_id: int | None = None

    @property
    def key(self) -> str:
        """Return what tells the group from the others."""
        return f"{self.kind.value}:{self.association_id or self.subject}:{self.school_id or ''}"


@dataclass(frozen=True, slots=True)
class Area:
    """What a viewer reaches, by rows of the answers.

    `rows` may be counted by subject and school; `opened` may be looked at one by one; of them `known` are open by
    office (the viewer's own answers are not: who sees only themselves learns no more of a group by that).
    `associations` are those whose shares the viewer may see, by id with name and organisation. `above` are the
    organisations above schools whose shares they may see, by id with everything below them.
    """

    rows: frozenset[int]
    opened: frozenset[int]
    known: frozenset[int]
    associations: Mapping[int, tuple[str, int]]
    above: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def within(self, place_id: int) -> frozenset[int]:
        """Return the organisations whose teachers are those of a place: a school alone, a municipality's schools."""
        return self.above.get(place_id) or frozenset({place_id})


def groups_of(respondents: Sequence[Respondent], area: Area, school_id: int | None = None) -> tuple[Group, ...]:
    """Return the whole, the subjects and the associations that the viewer may ask about, whatever their size.

    With a school or a municipality: its teachers alone, and its own associations.
    """
    return groups_by_school(respondents, area, (school_id,))[school_id]


def groups_by_school(
    respondents: Sequence[Respondent], area: Area, school_ids: Iterable[int | None]
) -> dict[int | None, tuple[Group, ...]]:
    """Return what `groups_of` says of each school and, for None, of all together."""
    inside = _by_place(respondents, area, area.rows)
    members: dict[int, list[int]] = {}
    for row, one in enumerate(respondents):
        for number in set(one.association_ids):
            members.setdefault(number, []).append(row)
    associations = sorted(area.associations.items(), key=lambda one: one[1])
    found: dict[int | None, tuple[Group, ...]] = {}
    for school_id in school_ids:
        rows = inside.get(school_id, [])
        owners = None if school_id is None else area.within(school_id)
        of_subject: dict[str, list[int]] = {}
        for row in rows:
            of_subject.setdefault(respondents[row].subject, []).append(row)
        found[school_id] = (
            *([Group(GroupKind.WHOLE, "Все предметы", tuple(rows), school_id=school_id)] if rows else []),
            *(
                Group(GroupKind.SUBJECT, subject or NO_SUBJECT, tuple(own), subject, school_id=school_id)
                for subject, own in sorted(of_subject.items())
            ),
            *(
                Group(GroupKind.ASSOCIATION, name, tuple(members[number]), association_id=number)
                for number, (name, owner) in associations
                if number in members and (owners is None or owner in owners)
            ),
        )
    return found


def may_be_shown(
    respondents: Sequence[Respondent], area: Area, groups: Sequence[Group], answered: frozenset[int]
) -> tuple[bool, ...]:
    """Return for each group whether the share of those who `answered` may be shown.

    It is decided for everything that the viewer can ask for at all, not only for these groups, so that no change of
    filters uncovers anybody: subjects first, then associations, subjects in municipalities and in schools, everything.
    Whom the viewer knows one by one anyway is left out of the counts.
    """
    inside = _by_place(respondents, area, (area.rows & answered) - area.known)
    sets: dict[_Place, list[int]] = {}
    for row in inside[None]:
        sets.setdefault((None, respondents[row].subject, None), []).append(row)
    for row, one in enumerate(respondents):
        if row in answered and row not in area.known:
            for number in one.association_ids:
                if number in area.associations:
                    sets.setdefault((None, None, number), []).append(row)
    places = sorted((one for one in inside if one is not None), key=lambda one: (one not in area.above, one))
    for place in places:
        for row in inside[place]:
            sets.setdefault((place, respondents[row].subject, None), []).append(row)
    for whole in (None, *places):
        sets[whole, None, None] = inside[whole]
    shown = shown_groups(sets)
    answers = []
    for group in groups:
        unknown = (set(group.rows) & answered) - area.known
        subject = group.subject if group.kind is GroupKind.SUBJECT else None
        known = not unknown and bool(set(group.rows) & answered)
        answers.append(known or (group.school_id, subject, group.association_id) in shown)
    return tuple(answers)


def _by_place(
    respondents: Sequence[Respondent], area: Area, rows: Collection[int]
) -> dict[int | None, list[int]]:
    """Return the rows of all places (None), of each school, and of each organisation above schools."""
    inside: dict[int | None, list[int]] = {None: sorted(rows)}
    around: dict[int, list[int]] = {}
    for place, below in area.above.items():
        for one in below:
            around.setdefault(one, []).append(place)
    for row in inside[None]:
        school = respondents[row].organisation_id
        for place in {school, *around.get(school, ())}:
            inside.setdefault(place, []).append(row)
    return inside
