"""What a preview of a form says: instrument, wave, schools and teachers found; what storing it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.contract import InstrumentView
from core.diagnostics.reading.mapping import SurveyInspection, SurveyMapping
from core.diagnostics.wave_tables import WaveKind
from core.intake.contract import Finding
from core.intake.preview import SchoolTarget


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """What the user said besides the file.

    `organisation_code` is the school of all respondents, or the municipality whose wave it is; without it the file has
    to name the schools. `school_name` names a school that may have to be created. `held_on` None takes the day of the
    last answer. A `mapping` of the user's is remembered.
    """

    wave: WaveKind = WaveKind.ENTRY
    held_on: date | None = None
    title: str = ""
    organisation_code: str | None = None
    school_name: str | None = None
    instrument_id: int | None = None
    instrument_name: str = ""
    create_organisations: bool = False
    mapping: SurveyMapping | None = None


@dataclass(frozen=True, slots=True)
class InspectedSurvey:
    """A file after its inspection: name, fingerprint of its bytes, and what was found. The bytes are not kept."""

    file_name: str
    sha256: str
    inspection: SurveyInspection


@dataclass(frozen=True, slots=True)
class RespondentPreview:
    """Where the answers of one row go. `code` is what tells the respondent apart in the store."""

    row: int
    target: SchoolTarget
    teacher_id: int | None
    code: str
    subject: str
    position: str
    experience_years: int | None
    consent: bool | None

    @property
    def key(self) -> tuple[int | None, str]:
        """Return what is the same for the same person in a corrected file."""
        return (self.teacher_id, "") if self.teacher_id is not None else (None, self.code)


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One difference between stored and new: respondent, question, old and new answer.

    The question stands with its words: numbers may begin anew in each section.
    """

    code: str
    item: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What the file does with the stored answers of one school: replaces them, or adds to them."""

    organisation_id: int
    name: str
    replaced: tuple[tuple[int, int], ...]
    """(id, version) of the stored responses that the file replaces."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[AnswerChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether stored and new are the same."""
        return bool(self.replaced) and not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class StoredSurvey:
    """The upload in which the same answers are already stored."""

    upload_id: int
    wave_id: int
    file_name: str
    uploaded_at: datetime
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of an instrument that is made from the file."""

    code: str
    text: str
    section: str
    maximum: int
    competence_id: int | None


@dataclass(frozen=True, slots=True)
class ChosenInstrument:
    """The stored instrument that the questions belong to, or what a new one would be.

    `item_ids` has an id for each column of answers; it is empty for a new instrument, which has `items` instead.
    """

    view: InstrumentView | None
    name: str
    item_ids: tuple[int, ...] = ()
    items: tuple[NewItem, ...] = ()
    like: InstrumentView | None = None
    """The stored instrument whose levels and competences a new one takes over."""

    @property
    def is_new(self) -> bool:
        """Say whether the instrument would be created."""
        return self.view is None


@dataclass(frozen=True, slots=True)
class SurveyPreview:
    """Everything the user sees before confirming. Nothing is stored yet."""

    file_name: str
    sha256: str
    inspection: SurveyInspection
    findings: tuple[Finding, ...]
    options: SurveyOptions
    instrument: ChosenInstrument | None = None
    organisation: SchoolTarget | None = None
    """Whose wave it is."""
    wave_id: int | None = None
    held_on: date | None = None
    respondents: tuple[RespondentPreview, ...] = ()
    scores: NDArray[np.int8] | None = None
    """Respondents × columns of answers."""
    changes: tuple[SchoolChange, ...] = ()
    new_schools: tuple[SchoolTarget, ...] = ()
    stored_before: StoredSurvey | None = None

    @property
    def refused(self) -> bool:
        """Say whether the file cannot be stored as it is."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def needs_mapping(self) -> bool:
        """Say whether the columns are unknown and the mapping screen must ask."""
        return self.inspection.layout is None and bool(self.inspection.sheets)

    @property
    def matched(self) -> int:
        """Return how many respondents are stored teachers."""
        return sum(one.teacher_id is not None for one in self.respondents)
