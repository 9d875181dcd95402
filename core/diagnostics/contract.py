"""What the room hands on: an instrument and the answers of a wave, apart from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.answers import NO_ANSWER, Answers
from core.diagnostics.instrument_tables import CompetenceBlock, InstrumentKind
from core.diagnostics.wave_tables import WaveKind

ANONYMOUS = "№ "
"""How the code of a respondent begins whom nobody can know again: the form asked neither for a name nor for a code."""


@dataclass(frozen=True, slots=True)
class CompetenceView:
    """A competence as it is shown beside items and elements."""

    id: int
    block: CompetenceBlock
    name: str
    subject: str
    element: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of an instrument. `lowest` and `maximum` are the least and greatest scores."""

    id: int
    code: str
    text: str
    section: str
    competence: CompetenceView | None
    lowest: int
    maximum: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer of the scale."""

    text: str
    score: int
    is_deficit: bool
    is_resource: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level, from this share of the possible points up."""

    name: str
    from_share: float
    is_deficit: bool


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument with all that answers are judged by; levels ascend, answers ascend by score."""

    id: int
    organisation_id: int | None
    kind: InstrumentKind
    name: str
    subject: str
    answers: tuple[AnswerView, ...]
    levels: tuple[LevelView, ...]
    items: tuple[ItemView, ...]

    @property
    def deficit_below(self) -> float:
        """Share 0..1 of the possible points under which a level is a deficit; 0 when no level is one."""
        above = [level.from_share for level in self.levels if not level.is_deficit]
        return min(above, default=0.0) if any(level.is_deficit for level in self.levels) else 0.0

    def level_of(self, share: float) -> LevelView | None:
        """Return the level of a share 0..1 of the possible points; None for NaN or an instrument without levels."""
        # A share that arithmetic left a hair below the cut reaches it.
        found = [level for level in self.levels if share >= level.from_share - 1e-9]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answered. `teacher_id` is None for somebody who is not a stored teacher; `code` tells them apart anyway."""

    response_id: int
    organisation_id: int
    teacher_id: int | None
    code: str
    subject: str
    association_ids: tuple[int, ...]

    @property
    def key(self) -> str:
        """Return what is the same for the same person in other waves of the same organisation."""
        if self.teacher_id is not None:
            return f"teacher {self.teacher_id}"
        if self.code.startswith(ANONYMOUS):
            return f"response {self.response_id}"
        return f"{self.organisation_id} {self.code}"


@dataclass(frozen=True, slots=True)
class WaveAnswers:
    """The answers of one wave, as far as the reader may see them: `scores` is respondents × `items`."""

    wave_id: int
    kind: WaveKind
    held_on: date
    title: str
    organisation_id: int
    instrument: InstrumentView
    items: tuple[ItemView, ...]
    """What was asked then, in the order of the columns of `scores`."""
    respondents: tuple[Respondent, ...]
    scores: Answers

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Respondents × items: True where there is an answer."""
        given: NDArray[np.bool_] = self.scores != NO_ANSWER
        return given

    def only(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> WaveAnswers:
        """Return the wave with these respondents only."""
        chosen = np.arange(len(self.respondents))[rows]
        return WaveAnswers(
            self.wave_id, self.kind, self.held_on, self.title, self.organisation_id, self.instrument, self.items,
            tuple(self.respondents[index] for index in chosen), self.scores[chosen],
        )
