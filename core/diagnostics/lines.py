"""What a deficit may be of: a question, a competence, a part of the questionnaire. Who lacks each of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.contract import CompetenceView, WaveAnswers
from core.diagnostics.measuring import (
    Marks,
    columns_by_competence,
    columns_by_section,
    deficits,
    resources,
    shares_of_points,
)

Floats = NDArray[np.float64]

_HAIR = 1e-9
"""A share that arithmetic left a hair below the border has reached it."""


class LineKind(StrEnum):
    """By what difficulties are listed; the value stands in addresses and in `deficits --json`."""

    ITEM = "item"
    COMPETENCE = "competence"
    SECTION = "section"

    @property
    def words(self) -> str:
        """Return the Russian name."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    LineKind.ITEM: "вопрос или задание",
    LineKind.COMPETENCE: "компетенция",
    LineKind.SECTION: "раздел анкеты",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question, competence or part. `columns` are those of the answers."""

    kind: LineKind
    id: int | None
    """Of the item or the competence; None for a part, which is known by its name."""
    name: str
    section: str
    competence: CompetenceView | None
    columns: tuple[int, ...]

    @property
    def key(self) -> str:
        """Return what tells the line from others of all instruments."""
        return f"{self.kind.value}:{self.name if self.id is None else self.id}"


def lines_of(wave: WaveAnswers, kind: LineKind) -> tuple[Line, ...]:
    """Return the lines of the kind in the order of the questionnaire."""
    if kind is LineKind.ITEM:
        return tuple(
            Line(kind, item.id, item.text, item.section, item.competence, (column,))
            for column, item in enumerate(wave.items)
        )
    if kind is LineKind.SECTION:
        return tuple(
            Line(kind, None, name or "Без раздела", name, None, tuple(columns))
            for name, columns in columns_by_section(wave).items()
        )
    found = []
    for columns in columns_by_competence(wave).values():
        competence = wave.items[columns[0]].competence
        if competence is not None:
            block = competence.block.value
            found.append(Line(kind, competence.id, competence.name, block, competence, tuple(columns)))
    return tuple(found)


def lacks(wave: WaveAnswers, lines: Sequence[Line]) -> Floats:
    """Return respondents × lines: 1 where the respondent has the difficulty, 0 where not, NaN without an answer.

    A question is judged by its answer, several together by the instrument's border of the share of points.
    """
    single, border = deficits(wave), wave.instrument.deficit_below
    found = np.full((len(wave.respondents), len(lines)), np.nan)
    for place, line in enumerate(lines):
        answered = wave.answered[:, line.columns].any(axis=1)
        if len(line.columns) == 1:
            below = single[:, line.columns[0]]
        else:
            below = shares_of_points(wave, line.columns) < border - _HAIR
        found[answered, place] = below[answered]
    return found


def can_help(wave: WaveAnswers, lines: Sequence[Line]) -> Marks:
    """Return respondents × lines: who answered all questions of the line so that they can help others."""
    single = resources(wave)
    found = np.zeros((len(wave.respondents), len(lines)), dtype=np.bool_)
    for place, line in enumerate(lines):
        found[:, place] = single[:, line.columns].all(axis=1)
    return found
