"""Groups of respondents: subjects, associations, schools; and which of them a viewer may be shown. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.diagnostics.contract import Respondent
from core.diagnostics.disclosure import shown_cells, shown_groups

NO_SUBJECT = "предмет не указан"


class GroupKind(StrEnum):
    """What the teachers of a group have in common; the value stands in addresses."""

    SUBJECT = "subject"
    ASSOCIATION = "association"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Group:
    """Teachers who answered and have something in common; `rows` are those of the answers.

    `school_id` narrows a subject or the whole to one school; an association is never narrowed.
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
    `associations` are those whose shares the viewer may see, by id with name and organisation.
    """

    rows: frozenset[int]
    opened: frozenset[int]
    known: frozenset[int]
    associations: Mapping[int, tuple[str, int]]


def groups_of(respondents: Sequence[Respondent], area: Area, school_id: int | None = None) -> tuple[Group, ...]:
    """Return the whole, the subjects and the associations that the viewer may ask about, whatever their size.

    With a school: its teachers alone, and its own associations.
    """
    inside = [row for row in sorted(area.rows) if school_id in (None, respondents[row].organisation_id)]
    found = [Group(GroupKind.WHOLE, "Все предметы", tuple(inside), school_id=school_id)] if inside else []
    for subject in sorted({respondents[row].subject for row in inside}):
        rows = tuple(row for row in inside if respondents[row].subject == subject)
        found.append(Group(GroupKind.SUBJECT, subject or NO_SUBJECT, rows, subject, school_id=school_id))
    for number, (name, owner) in sorted(area.associations.items(), key=lambda one: one[1]):
        members = tuple(row for row, one in enumerate(respondents) if number in one.association_ids)
        if members and school_id in (None, owner):
            found.append(Group(GroupKind.ASSOCIATION, name, members, association_id=number))
    return tuple(found)


def may_be_shown(
    respondents: Sequence[Respondent], area: Area, groups: Sequence[Group], answered: frozenset[int]
) -> tuple[bool, ...]:
    """Return for each group whether the share of those who `answered` may be shown.

    It is decided for everything that the viewer can ask for at all, not only for these groups, so that no change of
    filters uncovers anybody. Whom the viewer knows one by one anyway is left out of the counts.
    """
    counted = sorted((area.rows & answered) - area.known)
    schools = sorted({respondents[row].organisation_id for row in counted})
    subjects = sorted({respondents[row].subject for row in counted})
    cells: dict[tuple[int, str], list[int]] = {}
    for row in counted:
        cells.setdefault((respondents[row].organisation_id, respondents[row].subject), []).append(row)
    shown = shown_cells([[len(cells.get((school, subject), ())) for subject in subjects] for school in schools])
    free: dict[tuple[int | None, str | None], list[int]] = {}
    for i, school in enumerate(schools):
        for j, subject in enumerate(subjects):
            if shown.cells[i][j]:
                free[school, subject] = cells[school, subject]
        if shown.schools[i]:
            free[school, None] = [row for row in counted if respondents[row].organisation_id == school]
    for j, subject in enumerate(subjects):
        if shown.subjects[j]:
            free[None, subject] = [row for row in counted if respondents[row].subject == subject]
    if shown.whole and counted:
        free[None, None] = counted
    members = {
        number: [
            row
            for row, one in enumerate(respondents)
            if number in one.association_ids and row in answered and row not in area.known
        ]
        for number in area.associations
    }
    associations = shown_groups({key: rows for key, rows in members.items() if rows}, list(free.values()))
    answers = []
    for group in groups:
        unknown = (set(group.rows) & answered) - area.known
        if not unknown:
            answers.append(bool(set(group.rows) & answered))
        elif group.association_id is not None:
            answers.append(group.association_id in associations)
        else:
            asked = group.subject if group.kind is GroupKind.SUBJECT else None
            answers.append((group.school_id, asked) in free)
    return tuple(answers)
