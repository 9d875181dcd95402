"""One work in memory: items with what the plan says, classes with their schools, and one matrix of scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import ItemTraits
from core.analysis.groups import BAND_GROUPS, MARK_GROUPS, group_of_marks, group_of_test_scores
from core.analysis.kept import Kept
from core.analysis.status import FIOKO_2026, Thresholds
from core.analysis.suppression import Suppression
from core.intake.matrix import Scores
from core.people.hidden_units import class_key, organisation_key

Floats = NDArray[np.float64]
_KEPT_ANSWERS = 16


class UnitLevel(StrEnum):
    """Size of a unit; the values are those of `problem-fields --json`."""

    CLASS = "class"
    SCHOOL = "school"
    MUNICIPALITY = "municipality"
    REGION = "region"

    @property
    def words(self) -> str:
        """Return the Russian name of the level."""
        return _LEVEL_WORDS[self]


_LEVEL_WORDS = {
    UnitLevel.CLASS: "класс",
    UnitLevel.SCHOOL: "школа",
    UnitLevel.MUNICIPALITY: "муниципалитет",
    UnitLevel.REGION: "регион",
}


@dataclass(frozen=True, slots=True)
class WorkClass:
    """One class of the work and where it stands. `owned`: small groups of it may be shown."""

    school_id: int
    school_name: str
    class_name: str
    participants: int
    municipality_id: int | None = None
    municipality_name: str = ""
    region_id: int | None = None
    region_name: str = ""
    owned: bool = True
    absent: int = 0
    marks_by_scale: bool = False
    """True where the file brought no mark at all and the mark scale gave them."""
    is_school_seen: bool = True
    """False where the actor sees single classes of the school: what they see is not the school's result then."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A class, a school, a municipality or a region in one work. `classes` are indices into `Work.classes`."""

    level: UnitLevel
    key: str
    """ "class:<school id>:<class name>" or "organisation:<id>", as in FieldReview.unit."""
    name: str
    organisation_id: int
    classes: tuple[int, ...]
    parents: tuple[str, ...] = ()
    """Keys of the units above it, the nearest first."""
    is_whole_school: bool = False
    """True for a class that is all its school has in this work: the same numbers stand under the school."""
    school_name: str = ""
    """Name of the school of a class; "" for organisations."""

    @property
    def full_name(self) -> str:
        """Return the name that tells it from others in a list: «8А, Школа № 2» for a class."""
        return f"{self.name}, {self.school_name}" if self.school_name else self.name


@dataclass(frozen=True, eq=False)
class Work:
    """A work narrowed to what the actor may see. Classes are non-empty, their rows stand one after another.

    `scores` is participants × items (int8 with sentinels); the columns beside it have one value a participant.
    """

    assessment_id: int
    procedure: str
    subject: str
    grade: int | None
    year: int
    items: tuple[ItemTraits, ...]
    classes: tuple[WorkClass, ...]
    scores: Scores
    totals: NDArray[np.int16]
    marks: NDArray[np.int8]
    journal_marks: NDArray[np.int8]
    test_scores: NDArray[np.int16]
    """−1 where there is none."""
    title: str = ""
    thresholds: Thresholds = FIOKO_2026
    has_plan: bool = False
    cut_scores: tuple[int, ...] = ()
    """Least primary score of the marks 3, 4, 5, where a scale is known."""
    minimum_test_score: int | None = None
    absent_as_zero: bool = True
    items_key: str = ""
    scale_words: str = ""
    """The mark scale of the work in words, "" where none is known."""

    @property
    def marks_by_scale(self) -> bool:
        """Say whether the marks of some class were given by the mark scale."""
        return any(part.marks_by_scale for part in self.classes)

    @property
    def participants(self) -> int:
        """Return how many participants wrote the work."""
        return int(self.scores.shape[0])

    @cached_property
    def maxima(self) -> NDArray[np.int64]:
        """Maximum of each item."""
        return np.array([item.max_score for item in self.items], dtype=np.int64)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """First row of each class."""
        sizes = [part.participants for part in self.classes]
        return np.cumsum([0, *sizes[:-1]]).astype(np.intp) if sizes else np.zeros(0, dtype=np.intp)

    @cached_property
    def group_labels(self) -> tuple[str, ...]:
        """Names of the groups of participants, weakest first: bands of the test score (ЕГЭ) or marks."""
        return BAND_GROUPS if self._has_bands else MARK_GROUPS

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """Group 0..3 of each participant, −1 for none."""
        if self._has_bands and self.minimum_test_score is not None:
            return group_of_test_scores(self.test_scores, self.minimum_test_score)
        return group_of_marks(self.marks)

    @property
    def _has_bands(self) -> bool:
        return self.minimum_test_score is not None and bool((self.test_scores >= 0).any())

    def rows(self, classes: Sequence[int]) -> slice | NDArray[np.intp]:
        """Return what selects the participants of the classes; a slice where they stand together."""
        if not classes:
            return slice(0, 0)
        ends = self.starts + np.array([part.participants for part in self.classes], dtype=np.intp)
        first, last = min(classes), max(classes)
        if last - first + 1 == len(classes):
            return slice(int(self.starts[first]), int(ends[last]))
        return np.concatenate([np.arange(self.starts[place], ends[place]) for place in sorted(classes)])

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of the work, classes first.

        A school is a unit when all of it is seen, a municipality when at least two of such schools are, a region when
        two municipalities are.
        """
        return tuple(_units(self.classes, self.grade))

    @cached_property
    def suppression(self) -> Suppression:
        """What of the work is hidden from the actor."""
        return Suppression(self)

    @cached_property
    def answers(self) -> Kept:
        """What was worked out from the work alone, see `once_a_work`."""
        return Kept(_KEPT_ANSWERS)

    def unit(self, key: str) -> Unit | None:
        """Return the unit of this key, None when the work has none such."""
        return next((unit for unit in self.units if unit.key == key), None)


def class_label(grade: int | None, class_name: str) -> str:
    """Return how a class is called: «8А», «8 класс № 2», «8 класс» without a letter, «класс 8А» without a grade.

    >>> class_label(8, "А"), class_label(8, "2"), class_label(8, ""), class_label(None, "8А"), class_label(None, "")
    ('8А', '8 класс № 2', '8 класс', 'класс 8А', 'класс без названия')
    """
    if grade is None:
        return f"класс {class_name}" if class_name else "класс без названия"
    if not class_name:
        return f"{grade} класс"
    return f"{grade} класс № {class_name}" if class_name.isdigit() else f"{grade}{class_name}"


def _units(classes: tuple[WorkClass, ...], grade: int | None) -> list[Unit]:
    schools: dict[int, list[int]] = {}
    municipalities: dict[int, list[int]] = {}
    regions: dict[int, list[int]] = {}
    for place, part in enumerate(classes):
        if not part.is_school_seen:
            continue
        schools.setdefault(part.school_id, []).append(place)
        if part.municipality_id is not None:
            municipalities.setdefault(part.municipality_id, []).append(place)
        if part.region_id is not None:
            regions.setdefault(part.region_id, []).append(place)
    municipalities = {
        key: places for key, places in municipalities.items() if len({classes[p].school_id for p in places}) > 1
    }
    regions = {
        key: places for key, places in regions.items() if len({classes[p].municipality_id for p in places}) > 1
    }
    return [
        *_class_units(classes, grade, schools, municipalities, regions),
        *_school_units(classes, schools, municipalities, regions),
        *(
            Unit(
                UnitLevel.MUNICIPALITY, organisation_key(key), classes[places[0]].municipality_name, key,
                tuple(places), _above(classes[places[0]], None, {}, regions),
            )
            for key, places in municipalities.items()
        ),
        *(
            Unit(UnitLevel.REGION, organisation_key(key), classes[places[0]].region_name, key, tuple(places))
            for key, places in regions.items()
        ),
    ]


def _class_units(
    classes: tuple[WorkClass, ...], grade: int | None, schools: dict[int, list[int]],
    municipalities: dict[int, list[int]], regions: dict[int, list[int]],
) -> list[Unit]:
    return [
        Unit(
            UnitLevel.CLASS, class_key(part.school_id, part.class_name), class_label(grade, part.class_name),
            part.school_id, (place,),
            _above(part, part.school_id, municipalities, regions) if part.is_school_seen else (),
            len(schools.get(part.school_id, ())) == 1, part.school_name,
        )
        for place, part in enumerate(classes)
    ]


def _school_units(
    classes: tuple[WorkClass, ...], schools: dict[int, list[int]], municipalities: dict[int, list[int]],
    regions: dict[int, list[int]],
) -> list[Unit]:
    return [
        Unit(
            UnitLevel.SCHOOL, organisation_key(key), classes[places[0]].school_name, key, tuple(places),
            _above(classes[places[0]], None, municipalities, regions),
        )
        for key, places in schools.items()
    ]


def _above(
    part: WorkClass, school: int | None, municipalities: dict[int, list[int]], regions: dict[int, list[int]]
) -> tuple[str, ...]:
    found = [school] if school is not None else []
    if part.municipality_id is not None and part.municipality_id in municipalities:
        found.append(part.municipality_id)
    if part.region_id is not None and part.region_id in regions:
        found.append(part.region_id)
    return tuple(organisation_key(key) for key in found)
