"""The pupils: a class keeps its pupils and their abilities as it moves from grade to grade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.demo.municipality import LETTERS, DemoSchool
from core.demo.streams import Stream, generator
from core.demo.works import DemoWork

Floats = NDArray[np.float64]

GENERAL_WEIGHT, SUBJECT_WEIGHT = 0.8, 0.6
"""0.8² + 0.6² = 1: abilities in one subject have the variance 1 and correlate with those in another by 0.64."""
CLASS_SPREAD = 0.10
SCHOOL_SUBJECT_SPREAD = 0.07
ABSENT_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Roll:
    """The pupils of one class who took a work: place on the list (from 1) and ability in the subject, in logits."""

    size: int
    """How many pupils are on the list."""
    places: NDArray[np.int64]
    abilities: Floats
    absent: int


def class_roll(seed: int, school: DemoSchool, work: DemoWork, year: int, class_name: str) -> Roll:
    """Return who of the class took the work, with their abilities in its subject."""
    cohort = (school.number, year - work.grade, _letter(class_name), work.grade >= 10)
    low, high = school.senior if work.grade >= 10 and school.senior else school.sizes
    rng = generator(seed, Stream.ROLL, *map(int, cohort))
    size = int(rng.integers(low, high + 1))
    class_effect = rng.normal(0.0, CLASS_SPREAD)
    general = rng.normal(size=size)
    subject = _subject_number(work.subject)
    own = generator(seed, Stream.SUBJECT, *map(int, cohort), subject)
    school_effect = generator(seed, Stream.SCHOOL_SUBJECT, school.number, subject).normal(0.0, SCHOOL_SUBJECT_SPREAD)
    abilities = GENERAL_WEIGHT * general + SUBJECT_WEIGHT * own.normal(size=size)
    abilities += school.ability + class_effect + school_effect + own.normal(0.0, CLASS_SPREAD)
    present = _who_came(seed, school, work, year, class_name, abilities)
    places = np.flatnonzero(present) + 1
    expected = size if work.share_of_class == 1 else len(places)
    return Roll(size, places, abilities[present], expected - len(places))


def _who_came(
    seed: int, school: DemoSchool, work: DemoWork, year: int, class_name: str, abilities: Floats
) -> NDArray[np.bool_]:
    """Return who took the work. A chosen examination is taken by those who are rather good at the subject."""
    rng = generator(seed, Stream.ATTENDANCE, school.number, year, work.number, _letter(class_name))
    if work.share_of_class < 1:
        wish = abilities + rng.normal(size=len(abilities))
        chosen = np.zeros(len(abilities), dtype=np.bool_)
        chosen[np.argsort(-wish, kind="stable")[: max(round(work.share_of_class * len(abilities)), 1)]] = True
        return chosen
    share = ABSENT_SHARE if work.is_vpr and len(abilities) > 6 else 0.0
    return rng.random(len(abilities)) >= share


def _letter(class_name: str) -> int:
    """Return the number of a class in its parallel, from 0."""
    return LETTERS.index(class_name) if class_name else 0


_SUBJECTS = ("Русский язык", "Математика", "Физика")


def _subject_number(subject: str) -> int:
    """Return a stable number of a subject; «Математика профильная» is mathematics."""
    return next(number for number, name in enumerate(_SUBJECTS) if subject.startswith(name))
