"""The dictionaries of procedures and subjects, as data/procedures.yaml and data/subjects.yaml hold them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.store.settings import reference_directory


class Procedure(Record):
    """An assessment procedure and the words by which it is recognised."""

    name: str = Field(min_length=2)
    full_name: str = Field(min_length=2)
    forms: tuple[str, ...]
    weak_forms: tuple[str, ...] = ()
    grade: int | None = Field(default=None, ge=1, le=12)
    is_vpr: bool
    has_marks: bool
    has_test_scores: bool
    participants: Literal["обучающиеся", "педагоги"]


class Subject(Record):
    """A school subject and the words by which it is recognised."""

    name: str = Field(min_length=2)
    short: tuple[str, ...] = ()
    cycle: str
    forms: tuple[str, ...]
    weak_forms: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    elsewhere: str | None = None


class AssociationKind(Record):
    """A kind of teachers' association."""

    name: str
    full_name: str
    level: Literal["школа", "муниципалитет", "регион"]


class Procedures(Sourced):
    """The file data/procedures.yaml."""

    valid_from: int
    valid_to: int | None
    procedures: tuple[Procedure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        _require_unique([procedure.name for procedure in self.procedures])
        return self


class Subjects(Sourced):
    """The file data/subjects.yaml."""

    valid_from: int
    valid_to: int | None
    cycles: tuple[str, ...] = Field(min_length=1)
    association_kinds: tuple[AssociationKind, ...]
    subjects: tuple[Subject, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        names = [subject.name for subject in self.subjects]
        _require_unique(names)
        for subject in self.subjects:
            if subject.cycle not in self.cycles:
                raise ValueError(f"предмет «{subject.name}»: цикла «{subject.cycle}» нет в списке cycles")
            if subject.only_in and subject.elsewhere not in names:
                raise ValueError(f"предмет «{subject.name}»: в elsewhere нужен другой предмет из этого файла")
        return self


def _require_unique(names: list[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"название «{repeated[0]}» встречается дважды")


def load_procedures(path: Path | None = None) -> Procedures:
    """Return the checked file of procedures; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "procedures.yaml", Procedures)


def load_subjects(path: Path | None = None) -> Subjects:
    """Return the checked file of subjects; raise InvalidInput naming file and key when it is broken."""
    return load_yaml(path or reference_directory() / "subjects.yaml", Subjects)


@lru_cache(maxsize=1)
def procedures() -> Procedures:
    """Return the shipped dictionary of procedures, read once."""
    return load_procedures()


@lru_cache(maxsize=1)
def subjects() -> Subjects:
    """Return the shipped dictionary of subjects, read once."""
    return load_subjects()


def procedure_named(name: str) -> Procedure | None:
    """Return the procedure with this canonical name."""
    return next((procedure for procedure in procedures().procedures if procedure.name == name), None)


def subject_cycle(name: str) -> str | None:
    """Return the cycle (subject group) of a subject by its canonical name, None for a subject not in the dictionary."""
    return next((subject.cycle for subject in subjects().subjects if subject.name == name), None)


def subjects_of_cycle(cycle: str) -> tuple[str, ...]:
    """Return the canonical names of the cycle's subjects, in the order of the dictionary."""
    return tuple(subject.name for subject in subjects().subjects if subject.cycle == cycle)
