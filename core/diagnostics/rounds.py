"""Rounds: an instrument asked in one academic year, the same kind of wave; schools may have held theirs apart.

A respondent who answered several waves of a round counts once, with the latest answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session, col, select

from core.diagnostics.answers import NO_ANSWER, Answers
from core.diagnostics.contract import ItemView, Respondent, WaveAnswers
from core.diagnostics.groups import Area
from core.diagnostics.instrument_tables import Instrument
from core.diagnostics.loading import waves_answers
from core.diagnostics.reach import Rights, area_of, responses_in_reach, rights_of, waves_in_reach
from core.diagnostics.wave_tables import DiagnosticWave, Response, WaveKind
from core.errors import NotFound
from core.people.academic_year import year_name, year_on
from core.people.scope import Scope

_ORDER = tuple(WaveKind)


@dataclass(frozen=True, slots=True)
class Round:
    """An instrument, an academic year (its spring) and a kind of wave."""

    instrument_id: int
    instrument: str
    year: int
    kind: WaveKind
    held_on: date
    """The day of the latest wave."""
    wave_ids: tuple[int, ...]

    @property
    def key(self) -> str:
        """Return what stands in addresses: «3-2027-входная»."""
        return f"{self.instrument_id}-{self.year}-{self.kind.value}"

    @property
    def name(self) -> str:
        """Return «Эффективность учителя, входная, 2026/2027»."""
        return f"{self.instrument}, {self.short}"

    @property
    def short(self) -> str:
        """Return «входная, 2026/2027» where the instrument is known."""
        return f"{self.kind.value}, {year_name(self.year)}"


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """The answers of a round that the viewer reaches, and how far."""

    round: Round
    answers: WaveAnswers
    """With the name of the latest wave."""
    area: Area
    experience: tuple[int | None, ...]
    """Full years of each respondent, as they said."""


@dataclass(frozen=True, slots=True)
class AnsweredRound:
    """A round with the stored answers of all its waves that the viewer reaches."""

    round: Round
    responses: tuple[Response, ...]


def list_rounds(session: Session, scope: Scope) -> tuple[Round, ...]:
    """Return the rounds of which the viewer reaches any answers, the latest first."""
    waves = {wave.id or 0: wave for wave in _waves(session)}
    reached = waves_in_reach(session, rights_of(session, scope), waves)
    return _rounds(session, [wave for key, wave in waves.items() if key in reached])


def answered_rounds(
    session: Session, scope: Scope, years: Collection[int] | None = None
) -> tuple[AnsweredRound, ...]:
    """Return the rounds (of these academic years) with the answers that the viewer reaches, the latest first."""
    rights = rights_of(session, scope)
    waves = {
        wave.id or 0: wave for wave in _waves(session) if years is None or year_on(wave.held_on) in years
    }
    answered: dict[int, list[Response]] = {}
    for row in responses_in_reach(session, rights, waves):
        answered.setdefault(row.wave_id, []).append(row)
    return tuple(
        AnsweredRound(one, tuple(row for key in one.wave_ids for row in answered[key]))
        for one in _rounds(session, [waves[key] for key in answered])
    )


def _rounds(session: Session, waves: Iterable[DiagnosticWave]) -> tuple[Round, ...]:
    """Return the rounds of these waves, the latest first."""
    names = {row.id or 0: row.name for row in session.exec(select(Instrument))}
    found: dict[tuple[int, int, WaveKind], list[DiagnosticWave]] = {}
    for wave in sorted(waves, key=lambda wave: wave.id or 0):
        found.setdefault((wave.instrument_id, year_on(wave.held_on), wave.kind), []).append(wave)
    rounds = [
        Round(
            instrument, names.get(instrument, ""), year, kind, max(wave.held_on for wave in held),
            tuple(wave.id or 0 for wave in held),
        )
        for (instrument, year, kind), held in found.items()
    ]
    return tuple(sorted(rounds, key=lambda one: (one.held_on, _ORDER.index(one.kind), one.key), reverse=True))


def find_round(session: Session, scope: Scope, key: str | None) -> Round | None:
    """Return the round with this key, the latest one for None; None where nobody has answered anything.

    Raises NotFound for a key that the viewer does not reach.
    """
    rounds = list_rounds(session, scope)
    if key is None:
        return rounds[0] if rounds else None
    found = next((one for one in rounds if one.key == key), None)
    if found is None:
        raise NotFound("Диагностика")
    return found


def latest_rounds(session: Session, scope: Scope) -> tuple[Round, ...]:
    """Return the latest round of each instrument."""
    found: dict[int, Round] = {}
    for one in list_rounds(session, scope):
        found.setdefault(one.instrument_id, one)
    return tuple(found.values())


def load_round(session: Session, scope: Scope, asked: Round) -> RoundAnswers:
    """Return the answers of the round as far as the viewer reaches."""
    rights = rights_of(session, scope)
    return open_round(session, rights, AnsweredRound(asked, tuple(responses_in_reach(session, rights, asked.wave_ids))))


def open_round(session: Session, rights: Rights, answered: AnsweredRound) -> RoundAnswers:
    """Return the answers of the round, read already, as one table; raise NotFound when its waves are gone."""
    waves = sorted(
        (wave for wave in _waves(session) if wave.id in answered.round.wave_ids),
        key=lambda wave: (wave.held_on, wave.id or 0),
    )
    if not waves:
        raise NotFound("Диагностика")
    return joined(session, rights, answered.round, waves, answered.responses)


def joined(
    session: Session, rights: Rights, asked: Round, waves: Sequence[DiagnosticWave], responses: Sequence[Response]
) -> RoundAnswers:
    """Return the waves as one: every item that any of them asked, every respondent once with the latest answers."""
    parts = waves_answers(session, waves, responses)
    items: dict[int, ItemView] = {item.id: item for part, _own in parts for item in part.items}
    column = {key: place for place, key in enumerate(items)}
    latest: dict[str, tuple[Respondent, Response, Answers]] = {}
    for part, own in parts:
        places = [column[item.id] for item in part.items]
        for number, respondent in enumerate(part.respondents):
            given = np.full(len(items), NO_ANSWER, dtype=np.int8)
            given[places] = part.scores[number]
            latest[respondent.key] = (respondent, own[number], given)
    people = tuple(latest.values())
    last = parts[-1][0]
    scores: Answers = np.array([one[2] for one in people], dtype=np.int8).reshape(len(people), len(items))
    answers = WaveAnswers(
        last.wave_id, asked.kind, asked.held_on, last.title, last.organisation_id, last.instrument,
        tuple(items.values()), tuple(one[0] for one in people), scores,
    )
    area = area_of(session, rights, answers.respondents)
    return RoundAnswers(asked, answers, area, tuple(one[1].experience_years for one in people))


def _waves(session: Session) -> list[DiagnosticWave]:
    return list(session.exec(select(DiagnosticWave).where(col(DiagnosticWave.deleted_at).is_(None))))
