"""Personal deficits: one teacher's difficulties and levels, for that teacher, the head and the director."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session, col, select

from core.diagnostics.contract import WaveAnswers
from core.diagnostics.lines import Line, LineKind, can_help, lacks, lines_of
from core.diagnostics.measuring import shares_of_points
from core.diagnostics.rounds import Round, RoundAnswers, find_round, load_round
from core.people.organisations import load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher
from core.people.teachers import shown_name

NO_LEVEL = "нет ответов"


@dataclass(frozen=True, slots=True)
class PersonalLine:
    """One question, competence or part for one teacher."""

    line: Line
    share: float
    """Share of the possible points, 0..1; NaN without an answer."""
    level: str
    """The instrument's word for the share («минимальный»); for a question the answer itself where it is a scale."""
    lacks: bool
    can_help: bool


@dataclass(frozen=True, slots=True)
class PersonalDeficits:
    """What one teacher finds hard, and what they can help others with."""

    response_id: int
    name: str
    """The name by which the viewer may know the teacher, else the code of the answers."""
    teacher_id: int | None
    subject: str
    organisation: str
    experience: int | None
    is_own: bool
    """The viewer's own answers."""
    share: float
    level: str
    """Of everything that was asked."""
    sections: tuple[PersonalLine, ...]
    items: tuple[PersonalLine, ...]

    @property
    def hard(self) -> tuple[PersonalLine, ...]:
        """Return the questions in which help is needed."""
        return tuple(one for one in self.items if one.lacks)

    @property
    def strong(self) -> tuple[PersonalLine, ...]:
        """Return the questions in which the teacher can help others."""
        return tuple(one for one in self.items if one.can_help)


@dataclass(frozen=True, slots=True)
class PersonalList:
    """The teachers whom the viewer may look at one by one, those with most difficulties first."""

    round: Round | None
    teachers: tuple[PersonalDeficits, ...]


def personal_deficits(session: Session, scope: Scope, round_key: str | None = None) -> PersonalList:
    """Return the personal deficits of a round (the latest) that the viewer may see: own ones, or those of their people.

    Raises NotAllowed without the right, NotFound for a round outside the scope.
    """
    scope.require(Action.VIEW_PERSONAL_DEFICITS)
    chosen = find_round(session, scope, round_key)
    if chosen is None:
        return PersonalList(None, ())
    loaded = load_round(session, scope, chosen)
    rows = sorted(loaded.area.opened)
    names = _names(session, scope, loaded, rows)
    places = {number: one.name for number, one in load_tree(session, scope).organisations.items()}
    kinds = {kind: lines_of(loaded.answers, kind) for kind in (LineKind.ITEM, LineKind.SECTION)}
    items = _lines(loaded.answers, kinds[LineKind.ITEM], rows)
    sections = _lines(loaded.answers, kinds[LineKind.SECTION], rows)
    whole = shares_of_points(loaded.answers)
    found = []
    for row in rows:
        one = loaded.answers.respondents[row]
        found.append(
            PersonalDeficits(
                one.response_id, names[row], one.teacher_id, one.subject, places.get(one.organisation_id, ""),
                loaded.experience[row], row not in loaded.area.known, float(whole[row]),
                _level(loaded.answers, float(whole[row])), sections[row], items[row],
            )
        )
    return PersonalList(
        chosen, tuple(sorted(found, key=lambda one: (not one.is_own, -len(one.hard), natural_key(one.name))))
    )


def _lines(wave: WaveAnswers, lines: Sequence[Line], rows: Sequence[int]) -> dict[int, tuple[PersonalLine, ...]]:
    lacking, helping = lacks(wave, lines), can_help(wave, lines)
    shares = np.array([shares_of_points(wave, line.columns) for line in lines]).reshape(len(lines), -1).T
    return {
        row: tuple(
            PersonalLine(
                line, float(shares[row, place]), _word(wave, line, row, float(shares[row, place])),
                bool(lacking[row, place] == 1), bool(helping[row, place]),
            )
            for place, line in enumerate(lines)
        )
        for row in rows
    }


def _word(wave: WaveAnswers, line: Line, row: int, share: float) -> str:
    """Return the answer of a single question on a scale as the form writes it, else the level of the share."""
    if line.kind is LineKind.ITEM and wave.instrument.answers:
        score = int(wave.scores[row, line.columns[0]])
        return next((one.text for one in wave.instrument.answers if one.score == score), NO_LEVEL)
    return _level(wave, share)


def _level(wave: WaveAnswers, share: float) -> str:
    level = wave.instrument.level_of(share)
    return level.name if level is not None else NO_LEVEL


def _names(session: Session, scope: Scope, loaded: RoundAnswers, rows: Sequence[int]) -> dict[int, str]:
    """Return the names: full inside the own school, with consent and one's own; else «Педагог-07» or the code."""
    people = loaded.answers.respondents
    ids = sorted({people[row].teacher_id or 0 for row in rows})
    teachers = {one.id: one for one in session.exec(select(Teacher).where(col(Teacher.id).in_(ids)))}
    found = {}
    for row in rows:
        teacher = teachers.get(people[row].teacher_id)
        if teacher is None:
            found[row] = people[row].code
        elif row not in loaded.area.known:
            found[row] = teacher.full_name
        else:
            found[row] = shown_name(scope, teacher, (people[row].organisation_id,))
    return found
