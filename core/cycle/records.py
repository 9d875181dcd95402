"""The files data/models/*.yaml as checked records: one management model a file, faithful to its document."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from core.blueprints.yaml_files import Record, Sourced


class Level(StrEnum):
    """Whose model it is."""

    SCHOOL = "школа"
    ASSOCIATION = "методическое объединение"
    MUNICIPALITY = "муниципалитет"


class RoomName(StrEnum):
    """The room of the product in which a stage is worked on."""

    INTAKE = "intake"
    ANALYSIS = "analysis"
    DIAGNOSTICS = "diagnostics"
    PRACTICE = "practice"
    PLANNING = "planning"
    SUPPORT = "support"
    MONITORING = "monitoring"


class OutputKind(StrEnum):
    """What a result of a stage is."""

    DATA = "данные"
    LIST = "список"
    DOCUMENT = "документ"
    DECISION = "решение"
    HELP = "помощь"


class Derived(StrEnum):
    """From which records the state of an input or output follows; `MANUAL`: people know it, the system does not."""

    MANUAL = "manual"
    WORKS_UPLOADED = "works_uploaded"
    PLANS_ATTACHED = "plans_attached"
    SURVEYS_UPLOADED = "surveys_uploaded"
    DEFICITS_COLLECTED = "deficits_collected"
    FIELDS_CONFIRMED = "fields_confirmed"
    PRACTICES_PUBLISHED = "practices_published"
    CLUBS_HELD = "clubs_held"
    RECOMMENDATIONS_SENT = "recommendations_sent"
    RECOMMENDATIONS_ANSWERED = "recommendations_answered"
    ROADMAP_DRAFTED = "roadmap_drafted"
    ROADMAP_APPROVED = "roadmap_approved"
    MEASURES_DONE = "measures_done"
    MEETING_HELD = "meeting_held"
    MENTORSHIP_ACTIVE = "mentorship_active"
    COURSES_PLANNED = "courses_planned"
    COURSES_FINISHED = "courses_finished"
    SELF_EDUCATION = "self_education"
    VISITS_HELD = "visits_held"
    EVENTS_PLANNED = "events_planned"
    EVENTS_HELD = "events_held"
    CONTESTS_HELD = "contests_held"
    VALUES_ENTERED = "values_entered"
    VALUES_ACCEPTED = "values_accepted"
    GOALS_SET = "goals_set"
    INDICATORS_SET = "indicators_set"


class Source(StrEnum):
    """Records that a document names one by one where `Derived` knows all of them together."""

    FINAL = "ГИА"
    VPR = "ВПР"
    NATIONAL = "НИКО"
    INTERNATIONAL = "международные исследования"
    OTHER = "другие работы"
    QUESTIONNAIRE = "анкеты"
    TEST = "тесты"
    EXPERTS = "замечания экспертов"


class Place(Record):
    """Something that the document names, and the screens (their addresses) where it lives in the product."""

    name: str = Field(min_length=2)
    screens: tuple[str, ...] = Field(min_length=1)
    where: str = ""
    """Where on these screens: tabs and documents by their names in «…», divided by a semicolon as the screens are."""
    added: bool = False
    """The document does not say it: the product adds it, so that the state of the stage can be followed."""


class Regulation(Place):
    """A regulation that the model stands on, or that has to be adopted."""

    year: str = ""
    """When it is to be adopted, where the document says so."""


class Input(Place):
    """A kind of data that a stage takes in."""

    derived: Derived = Derived.MANUAL
    sources: tuple[Source, ...] = ()
    """Which of the records that `derived` knows are meant; all of them by default."""


class Output(Place):
    """What a stage gives, and from what it is known that it exists."""

    kind: OutputKind
    derived: Derived


class Door(Record):
    """Where a task of a stage is done, if not just anywhere on the screens of the stage."""

    task: str = Field(min_length=5)
    """How the task begins."""
    screens: tuple[str, ...] = Field(min_length=1)
    where: str = ""


class Stage(Record):
    """A stage with its own name and number."""

    number: str = Field(min_length=1, max_length=4)
    name: str = Field(min_length=5)
    heading: str = ""
    """The name under which the document describes the stage, where it differs from that of its list."""
    room: RoomName
    screens: tuple[str, ...] = Field(min_length=1)
    when: str = ""
    responsible: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    """Who else takes part."""
    tasks: tuple[str, ...] = Field(min_length=1)
    doors: tuple[Door, ...] = ()
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = Field(min_length=1)
    forms: tuple[str, ...] = ()
    """Forms of work and means that the document names for this stage."""


class ModelTable(Record):
    """A table of the document, row by row."""

    title: str = Field(min_length=3)
    columns: tuple[str, ...] = Field(min_length=1)
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)
    screens: tuple[str, ...] = Field(min_length=1)
    where: str = ""

    @model_validator(mode="after")
    def _even(self) -> Self:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"в строке {number} ячеек {len(row)}, а столбцов {len(self.columns)}")
        return self


class ModelFile(Sourced):
    """One management model."""

    title: str = Field(min_length=5)
    short: str = Field(min_length=3, max_length=60)
    organisation: str = Field(min_length=3)
    level: Level
    order: int = Field(ge=1)
    """Place in lists."""
    purpose: str = Field(min_length=10)
    theme: str = ""
    goals: tuple[Place, ...] = ()
    tasks: tuple[Place, ...] = ()
    directions: tuple[Place, ...] = ()
    participants: tuple[Place, ...] = Field(min_length=1)
    associations: tuple[Place, ...] = ()
    forms: tuple[Place, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    features: tuple[Place, ...] = ()
    """What else the document says of the model as a whole."""
    closing: str = Field(min_length=10)
    """How the circle closes."""
    stages: tuple[Stage, ...] = Field(min_length=3, max_length=12)
    tables: tuple[ModelTable, ...] = ()

    @model_validator(mode="after")
    def _numbers(self) -> Self:
        numbers = [stage.number for stage in self.stages]
        if len(set(numbers)) != len(numbers):
            raise ValueError("номер этапа записан дважды")
        return self
