"""What reading a form takes and gives: the columns' meaning, the answers, what to tell the user. No names in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.contract import AnswerView
from core.diagnostics.instrument_tables import InstrumentKind
from core.intake.contract import Finding, SheetView

LAYOUT = "teacher-survey"


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A column of answers. `column` counts from 0; `maximum` is None for an item that is answered on a scale."""

    column: int
    code: str
    text: str
    section: str = ""
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class SurveyMapping:
    """Which column is what. Rows count from 1 as Excel shows them, columns from 0; None where there is no such column.

    `answers` is the scale; it is empty for a test, whose cells hold points.
    """

    sheet: str
    header_row: int
    first_row: int
    items: tuple[AskedItem, ...]
    answers: tuple[AnswerView, ...] = ()
    name: tuple[int, ...] = ()
    code: int | None = None
    response_id: int | None = None
    school: int | None = None
    subject: int | None = None
    position: int | None = None
    experience: int | None = None
    consent: int | None = None
    answered_at: int | None = None
    total: int | None = None

    @property
    def kind(self) -> InstrumentKind:
        """Return what kind of instrument such a table comes from."""
        return InstrumentKind.QUESTIONNAIRE if self.answers else InstrumentKind.TEST

    @property
    def columns(self) -> frozenset[int]:
        """Return every column that means something."""
        single = (
            self.code, self.response_id, self.school, self.subject, self.position, self.experience, self.consent,
            self.answered_at, self.total,
        )
        return frozenset({*self.name, *(one.column for one in self.items), *(one for one in single if one is not None)})


@dataclass(frozen=True, slots=True)
class KnownScale:
    """The scale of a stored instrument, to recognise its answers in a file."""

    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A remembered mapping for files with this header."""

    header_key: str
    mapping: SurveyMapping


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What the child process needs besides the file; `mapping` is the user's answer to the mapping screen."""

    scales: tuple[KnownScale, ...] = ()
    profiles: tuple[KnownProfile, ...] = ()
    mapping: SurveyMapping | None = None
    name_key: bytes = b""


@dataclass(frozen=True, slots=True)
class NameKeys:
    """Keyed hashes of a name: of the whole, and of surname and initials; "" where there is no name."""

    full: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """One respondent as the file shows them, the name already gone."""

    code: str
    keys: NameKeys
    school: str
    subject: str
    position: str
    experience_years: int | None
    consent: bool | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class SurveyInspection:
    """What the file holds. `mapping` is how it was read, or with `is_sure` False only a suggestion for the user."""

    layout: str | None
    findings: tuple[Finding, ...] = ()
    mapping: SurveyMapping | None = None
    is_sure: bool = False
    header: tuple[str, ...] = ()
    """Texts of the header by column, for remembering the mapping."""
    people: tuple[ReadPerson, ...] = ()
    scores: NDArray[np.int8] | None = None
    """Respondents × items of the mapping; None while nothing was read."""
    rows: NDArray[np.int32] | None = None
    """Excel's row of each respondent."""
    without_consent: int = 0
    dropped: tuple[str, ...] = ()
    """Headers of columns with personal data that were not read further."""
    ignored: tuple[str, ...] = ()
    """Headers of other columns that were left out."""
    sheets: tuple[SheetView, ...] = ()

    @property
    def refused(self) -> bool:
        """Say whether the file cannot be stored as it is."""
        return any(finding.severity == "error" for finding in self.findings)
