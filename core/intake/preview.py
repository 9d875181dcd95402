"""What a preview of an upload says: the file's works with school, class and stored predecessor resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.intake.contract import (
    AssessmentKey,
    CellCorrection,
    Finding,
    Inspection,
    Mapping,
    ParsedClass,
    ParsedWork,
    ReferenceReport,
)


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """What the user said besides the file. School code and name stand in where the file names no school."""

    assessment: AssessmentKey = AssessmentKey()
    school_code: str | None = None
    school_name: str | None = None
    create_organisations: bool = False
    mapping: Mapping | None = None
    corrections: tuple[CellCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """A file after its inspection: name, fingerprint of its bytes, and what was found. The bytes are not kept."""

    file_name: str
    sha256: str
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class SchoolTarget:
    """The school that results go to. `id` is None for one that will be created."""

    id: int | None
    code: str
    name: str
    municipality: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class CellChange:
    """One difference between stored and new: participant, column («задание 5», «отметка»), old and new value."""

    code: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ClassDifference:
    """What a corrected file would change in one stored class."""

    added: tuple[str, ...] = ()
    """Codes of participants that are new."""
    removed: tuple[str, ...] = ()
    """Codes of participants that the corrected file no longer has."""
    changed: tuple[CellChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether stored and new are the same."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class ClassPreview:
    """One class of the file: where it goes, and what it would replace."""

    part: ParsedClass
    school: SchoolTarget
    replaces: int | None = None
    """Id of the stored `ClassWork` of the same class and work; None when there is none."""
    replaces_version: int | None = None
    difference: ClassDifference | None = None


@dataclass(frozen=True, slots=True)
class WorkPreview:
    """One work of the file with its key complete as far as anybody knows."""

    parsed: ParsedWork
    key: AssessmentKey
    assessment_id: int | None
    blueprint_id: int | None
    blueprint_title: str
    classes: tuple[ClassPreview, ...]


@dataclass(frozen=True, slots=True)
class StoredBefore:
    """The upload in which the same content is already stored."""

    upload_id: int
    file_name: str
    uploaded_at: datetime
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """Everything the user sees before confirming. Nothing is stored yet."""

    file_name: str
    sha256: str
    layout: str | None
    inspection: Inspection
    findings: tuple[Finding, ...]
    works: tuple[WorkPreview, ...] = ()
    reports: tuple[ReferenceReport, ...] = ()
    new_schools: tuple[SchoolTarget, ...] = ()
    stored_before: StoredBefore | None = None
    create_organisations: bool = False

    @property
    def refused(self) -> bool:
        """Say whether the file cannot be stored as it is."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def needs_mapping(self) -> bool:
        """Say whether the layout is unknown and the mapping screen must ask."""
        return self.layout is None and bool(self.inspection.sheets)

    @property
    def participants(self) -> int:
        """Return how many participants the file has in all its works."""
        return sum(work.parsed.participants for work in self.works)

    @property
    def absent(self) -> int:
        """Return how many absent pupils the file lists."""
        return sum(work.parsed.absent for work in self.works)

    @property
    def changes(self) -> int:
        """Return how many stored cells or participants a corrected file would change."""
        differences = [part.difference for work in self.works for part in work.classes if part.difference]
        return sum(len(one.added) + len(one.removed) + len(one.changed) for one in differences)
