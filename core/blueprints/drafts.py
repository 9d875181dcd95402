"""A blueprint before it is stored: from a workbook, from a report of ФИС ОКО, from another blueprint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import AnswerFormat, Blueprint, BlueprintItem, Level
from core.blueprints.values import MAX_TEXTS, parse_code, parse_level

_NUMBERING = re.compile(r"^\s*\d+(?:\.\d+)*(?:\s*\(\d+\))?\s*[.)]\s*")
_LEAD = re.compile(r"^(?:проверяем\w+\s+)?(?:умени[ея]|требовани[ея]|навыки?)\s*:\s*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;]\s|[.;]$|\n")
_ELEMENT_LENGTH = 150


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item of a draft, with the columns of `BlueprintItem`."""

    code: str
    max_score: int
    level: Level | None = None
    elements: tuple[str, ...] = ()
    element_codes: str = ""
    requirement_codes: str = ""
    task_type: str | None = None
    answer_format: AnswerFormat | None = None
    skill: str = ""
    is_cross_cutting: bool = False
    criteria: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, row: BlueprintItem) -> DraftItem:
        """Return a stored item as a draft."""
        return cls(
            code=row.code, max_score=row.max_score, level=row.level,
            elements=tuple(row.element.split(ELEMENT_SEPARATOR)) if row.element else (),
            element_codes=row.element_codes, requirement_codes=row.requirement_codes, task_type=row.task_type,
            answer_format=row.answer_format, skill=row.skill, is_cross_cutting=row.is_cross_cutting,
            criteria=tuple((str(one["code"]), int(one["max"])) for one in row.criteria),
        )

    def row(self, blueprint_id: int, position: int) -> BlueprintItem:
        """Return the item as a row of a stored blueprint."""
        return BlueprintItem(
            blueprint_id=blueprint_id, position=position, code=self.code, max_score=self.max_score, level=self.level,
            task_type=self.task_type, answer_format=self.answer_format, element=ELEMENT_SEPARATOR.join(self.elements),
            element_codes=self.element_codes, requirement_codes=self.requirement_codes, skill=self.skill,
            is_cross_cutting=self.is_cross_cutting,
            criteria=[{"code": code, "max": maximum} for code, maximum in self.criteria],
        )


@dataclass(frozen=True, slots=True)
class BlueprintDraft:
    """A blueprint that a person still looks at; what is unknown is None and asked for before storing."""

    procedure: str | None = None
    subject: str | None = None
    grade: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    title: str = ""
    source: str = ""
    items: tuple[DraftItem, ...] = field(default_factory=tuple)

    @property
    def max_score(self) -> int:
        """The greatest primary score."""
        return sum(item.max_score for item in self.items)

    @classmethod
    def of(cls, blueprint: Blueprint, items: Sequence[BlueprintItem]) -> BlueprintDraft:
        """Return a stored blueprint as a draft, for example for another year."""
        return cls(
            procedure=blueprint.procedure, subject=blueprint.subject, grade=blueprint.grade,
            year_from=blueprint.year_from, year_to=blueprint.year_to, title=blueprint.title, source=blueprint.source,
            items=tuple(DraftItem.of(item) for item in items),
        )


def from_outcomes(
    procedure: str | None, subject: str | None, grade: int | None, year: int | None, codes: Sequence[str],
    maxima: Sequence[int], skills: Sequence[str], levels: Sequence[str | None] = (),
) -> BlueprintDraft:
    """Return a draft from «Достижение планируемых результатов»: codes, maxima and the skill of each item.

    The report names no content elements: the beginning of the skill's text stands in for one until a person gives it a
    short name; items with the same skill get the same element. `codes`, `maxima` and `skills` are parallel. Raise
    InvalidInput for a code or a level that cannot be used.
    """
    known_levels = [*levels, *[None] * (len(codes) - len(levels))]
    items = tuple(
        DraftItem(
            code=parse_code(code), max_score=maximum, level=parse_level(level),
            elements=element_of(skill), skill=" ".join(_NUMBERING.sub("", skill).split())[: MAX_TEXTS["skill"]],
        )
        for code, maximum, skill, level in zip(codes, maxima, skills, known_levels, strict=True)
    )
    return BlueprintDraft(
        procedure=procedure, subject=subject, grade=grade, year_from=year, year_to=year,
        source="Отчёт ФИС ОКО «Достижение планируемых результатов»", items=items,
    )


def element_of(skill: str) -> tuple[str, ...]:
    """Return the first sentence of a skill without its number, in place of a content element."""
    text = _LEAD.sub("", _NUMBERING.sub("", skill))
    first = " ".join(_SENTENCE_END.split(text, maxsplit=1)[0].replace(";", ",").split())
    if len(first) > _ELEMENT_LENGTH:
        first = first[:_ELEMENT_LENGTH].rsplit(" ", 1)[0] + "…"
    return (first,) if first else ()
