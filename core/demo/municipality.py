"""The demo municipality: an invented region, an invented district, eight schools of different size, a neighbour."""

from __future__ import annotations

from dataclasses import dataclass

LETTERS = "АБВГ"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """The region or the municipality: code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """One invented school.

    `sizes` are the least and greatest number of pupils on the list of a class, `senior` of its one class 11 (None for
    a school that ends with grade 9). `ability` is in logits, against the municipality's mean of 0. `leniency` is how
    much the journal is kinder than the work, as a share of the greatest score. `heaps` marks the school that lifts
    pupils over the cut scores of the mark scale.
    """

    number: int
    code: str
    name: str
    classes: int
    sizes: tuple[int, int]
    senior: tuple[int, int] | None
    ability: float
    leniency: float = 0.02
    heaps: bool = False

    def class_names(self, grade: int) -> tuple[str, ...]:
        """Return the letters of the classes of a grade; one empty name where a small school uses no letters."""
        if grade >= 10:
            return ("А",) if self.senior else ()
        if self.senior is None:
            return ("",)
        return tuple(LETTERS[: self.classes])


REGION = DemoUnit("reg99", "Северная область")
MUNICIPALITY = DemoUnit("reg99_m001", "Заречный район")
NEIGHBOUR = DemoUnit("reg99_m002", "Приозёрный район")
"""A municipality that has only begun: its methodical service is there, its schools are not entered yet."""
SCHOOLS = (
    DemoSchool(1, "edu990101", "МБОУ «Средняя школа № 1»", 3, (24, 28), (21, 25), 0.08),
    DemoSchool(2, "edu990102", "МБОУ «Средняя школа № 2»", 2, (22, 26), (16, 20), -0.04, leniency=0.05),
    DemoSchool(3, "edu990103", "МБОУ «Гимназия № 3»", 2, (24, 27), (22, 26), 0.34, leniency=-0.02),
    DemoSchool(4, "edu990104", "МБОУ «Средняя школа № 4»", 3, (19, 23), (12, 15), -0.14, leniency=0.04, heaps=True),
    DemoSchool(5, "edu990105", "МБОУ «Берёзовская средняя школа»", 1, (17, 21), (8, 10), -0.02),
    DemoSchool(6, "edu990106", "МБОУ «Лесновская средняя школа»", 1, (12, 15), (5, 7), -0.08),
    DemoSchool(7, "edu990107", "МБОУ «Ольховская основная школа»", 1, (9, 11), None, -0.06, leniency=0.04),
    DemoSchool(8, "edu990108", "МБОУ «Малореченская основная школа»", 1, (6, 7), None, 0.0),
)
"""Region code 99 belongs to no region of the country, so no real school has such a login."""


def school_with(code: str) -> DemoSchool:
    """Return the school with this code."""
    return next(school for school in SCHOOLS if school.code == code)
