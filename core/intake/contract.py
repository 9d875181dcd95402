"""What a recognised file says, before anything is stored: the value objects that intake passes on.

`inspect` (in a child process) turns bytes into an `Inspection`; `preview_upload` resolves schools, work and
duplicates; `store_upload` writes. Names of people never leave `inspect`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.blueprints.entries import CatalogueEntry
from core.blueprints.entries import CatalogueItem as CatalogueItem
from core.intake.matrix import Scores

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the user about a file: what, where, which value, what to do.

    `message` is a full Russian sentence that names the value; `advice` says what to do. `row` counts from 1 as
    Excel shows it, `column` is Excel's letter, `field` the header's text. `code` is a stable English slug.
    An error refuses the whole file; a warning is shown and the file is stored.
    """

    severity: Severity
    code: str
    message: str
    advice: str = ""
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class AssessmentKey:
    """Which work it is. What the file does not say is None."""

    procedure: str | None = None
    subject: str | None = None
    grade: int | None = None
    year: int | None = None
    """Calendar year of the spring in which the work (or its school year) ended."""
    held_on: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """One item as the file shows it: code, maximum, and the level where the file prints it («Б», «П», «В»)."""

    code: str
    max_score: int
    level: str | None = None


@dataclass(frozen=True, slots=True)
class SchoolRef:
    """The school as the file names it. `code` is a login (edu223160) or РЦОИ code (417000); all may be unknown."""

    code: str | None = None
    name: str | None = None
    municipality: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedClass:
    """One class's work. All arrays have the length n of `codes`; `scores` is n × items (int8 with sentinels)."""

    school: SchoolRef
    class_name: str
    """Letter or number of the class without the grade («А», «1»); "" where the school has one class."""
    codes: tuple[str, ...]
    scores: Scores
    totals: NDArray[np.int16]
    """Primary score as the file states it; computed (X = 0) where the file has no total."""
    marks: NDArray[np.int8]
    """2..5 as the file states them, 0 where it does not."""
    journal_marks: NDArray[np.int8]
    variants: NDArray[np.int16]
    """0 = unknown."""
    test_scores: NDArray[np.int16]
    """ЕГЭ: тестовый балл 0..100; -1 where there is none."""
    rows: NDArray[np.int32]
    """Row of the sheet (Excel's count) for each participant, so that later findings can name the place."""


@dataclass(frozen=True, slots=True)
class ParsedWork:
    """One work found in the file, with all its classes. One file may hold several works."""

    layout: str
    assessment: AssessmentKey
    items: tuple[ItemSpec, ...]
    classes: tuple[ParsedClass, ...]
    absent: int
    sheet: str
    dropped_columns: tuple[str, ...] = ()
    """Headers of columns with personal data that were dropped and not read further."""
    ignored_columns: tuple[str, ...] = ()

    @property
    def participants(self) -> int:
        """Return how many participants wrote the work."""
        return sum(len(part.codes) for part in self.classes)


@dataclass(frozen=True, slots=True)
class ReferenceRowSpec:
    """One row of an aggregated report: a group of participants and its numbers (per cent as printed, 0..100)."""

    group: str
    group_level: Literal["country", "region", "municipality", "school", "unknown"]
    group_code: str | None
    schools: int | None
    participants: int | None
    values: dict[str, float]
    """Keys by kind: marks "2".."5"; journal "lowered","confirmed","raised"; items and outcomes the item's code;
    scores "0".."max"; groups "<mark>|<item>"."""


@dataclass(frozen=True, slots=True)
class ReferenceReport:
    """An aggregated report (ФИС ОКО and the like), kept as reference rows for comparison."""

    layout: str
    kind: Literal["marks", "journal", "scores", "items", "groups", "outcomes", "bias"]
    assessment: AssessmentKey
    rows: tuple[ReferenceRowSpec, ...]
    sheet: str
    items: tuple[ItemSpec, ...] = ()
    """For items and outcomes: codes and maxima as printed."""
    skills: tuple[str, ...] = ()
    """For outcomes: the skill's text of each item; a blueprint can be drafted from it."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """The top of a sheet for the mapping screen: at most 30 rows × 60 columns of texts, personal columns masked."""

    name: str
    rows: int
    columns: int
    hidden: bool
    top: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Answers of the mapping screen: which sheet, where the header stands, what each column is.

    Column numbers count from 0. `items` maps a column to (code, maximum); roles are column numbers or None.
    """

    sheet: str
    header_row: int
    """Excel's count, from 1."""
    first_row: int
    items: dict[int, tuple[str, int]]
    code: int | None = None
    name: tuple[int, ...] = ()
    school: int | None = None
    class_name: int | None = None
    variant: int | None = None
    total: int | None = None
    mark: int | None = None
    journal_mark: int | None = None
    absent_codes: tuple[str, ...] = ("н", "н/б", "отсутствовал", "отс")
    not_attempted_codes: tuple[str, ...] = ("X", "Х", "-", "—")
    not_administered_codes: tuple[str, ...] = ("не пройд.", "не пройдено")


@dataclass(frozen=True, slots=True)
class CellCorrection:
    """A cell as the user put it right in the preview, without touching the file. `row` and `column` as Excel shows."""

    sheet: str
    row: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class InspectionRequest:
    """What is known besides the bytes: the user's own words, the catalogue, the key for names, a chosen mapping."""

    assessment: AssessmentKey = AssessmentKey()
    """Given by the user or by options of the command line; stronger than file name and content."""
    catalogue: tuple[CatalogueEntry, ...] = ()
    name_key: bytes = b""
    """Secret for HMAC of names where a file has no codes."""
    mapping: Mapping | None = None
    corrections: tuple[CellCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `inspect` found. With an error among `findings` nothing of the file may be stored."""

    layout: str | None
    """None when the layout was not recognised: then `sheets` feeds the mapping screen."""
    works: tuple[ParsedWork, ...] = ()
    reports: tuple[ReferenceReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    sheets: tuple[SheetView, ...] = ()
    suggested: Mapping | None = None
    """A guess for the mapping screen."""
    details: dict[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Say whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)
