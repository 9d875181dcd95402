"""Names that people write -> canonical procedures and subjects; and what a file's name says about a work."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from core.blueprints.dictionaries import Procedure, Subject, procedure_named, procedures, subjects
from core.blueprints.file_dates import year_and_rest
from core.blueprints.file_grades import class_name_grade, lone_grade, written_grade
from core.blueprints.tokens import Form, Token, fold, tokens_of

_EXTENSION = re.compile(r"\.(?:xlsx?|xlsm|ods|csv|txt|zip)$", re.IGNORECASE)
_COPY = re.compile(r"(?:\s*\(\d{1,2}\)|\s*[-–—]\s*копия|\s*[-–—]\s*copy)+$", re.IGNORECASE)
_MAX_GRADE = 11


class FileNameGuess(NamedTuple):
    """What the name of a file says; None for what it does not say."""

    procedure: str | None
    subject: str | None
    grade: int | None
    year: int | None
    """Calendar year of the spring in which the work, or its school year, ended."""


def canonical_procedure(text: str) -> str | None:
    """Return the canonical procedure («ВПР», «ОГЭ», …) that a text names, None when it names none."""
    procedure = _find_procedure(tokens_of(text))
    return procedure.name if procedure else None


def canonical_subject(text: str, procedure: str | None = None) -> str | None:
    """Return the canonical subject that a text names («МА», «Матем», «mathematics», «Математика профильная»).

    `procedure` tells apart subjects that exist in one procedure only: «Математика (базовый уровень)» is a subject of
    its own in ЕГЭ and plain mathematics in ВПР. None when no known subject is named.
    """
    return _canonical_subject(text, procedure)


@lru_cache(maxsize=2048)
def _canonical_subject(text: str, procedure: str | None) -> str | None:
    tokens = tokens_of(text)
    whole = "".join(token.folded for token in tokens)
    short = next((s for s in subjects().subjects if whole in {fold(form) for form in s.short}), None)
    subject = short or _find_subject(tokens, procedure)
    return _in_procedure(subject, procedure) if subject else None


def guess_from_file_name(name: str) -> FileNameGuess:
    """Return what a file's name says: (procedure, subject, grade, year), None for each thing it does not say.

    Understands Russian names, transliteration and English words, dates («02_2026.06.02_…»), school years
    («2025-2026»), classes («4 класс», «8Б», «fi8») and sheet names of ФИС ОКО («РУ 4 …»).
    """
    stem = _COPY.sub("", _EXTENSION.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]))
    year, rest = year_and_rest(stem)
    tokens = tokens_of(rest)
    procedure = _find_procedure(tokens)
    grade = written_grade(rest)
    name_of_procedure = procedure.name if procedure else None
    of_pupils = procedure is None or procedure.participants == "обучающиеся"
    subject = _find_subject(tokens, name_of_procedure) if of_pupils else None
    near = _grade_beside_subject(tokens)
    if subject is None and near:
        subject = near[0]
    if grade is None and near:
        grade = near[1]
    if grade is None:
        grade = class_name_grade(rest)
    if grade is None and procedure and procedure.grade:
        grade = procedure.grade
    if grade is None:
        grade = lone_grade(rest)
    named = _in_procedure(subject, name_of_procedure) if subject else None
    return FileNameGuess(name_of_procedure, named, grade, year)


def _in_procedure(subject: Subject, procedure: str | None) -> str:
    """Return the subject's name in a procedure; without a procedure the subject as it is written."""
    known = procedure is not None and procedure_named(procedure) is not None
    if known and subject.only_in and procedure not in subject.only_in and subject.elsewhere:
        return subject.elsewhere
    return subject.name


def _find_procedure(tokens: tuple[Token, ...]) -> Procedure | None:
    known = procedures().procedures
    weights = [max((Form.of(form).weight(tokens) for form in p.forms), default=0) for p in known]
    if not any(weights):
        weights = [max((Form.of(form).weight(tokens) for form in p.weak_forms), default=0) for p in known]
    best = max(weights, default=0)
    return known[weights.index(best)] if best else None


def _find_subject(tokens: tuple[Token, ...], procedure: str | None) -> Subject | None:
    known = subjects().subjects
    weights = [max((Form.of(form).weight(tokens) for form in s.forms), default=0) for s in known]
    if not any(weights):
        weights = [max((Form.of(form).weight(tokens) for form in _weak_forms(s, procedure)), default=0) for s in known]
    best = max(weights, default=0)
    return known[weights.index(best)] if best else None


def _weak_forms(subject: Subject, procedure: str | None) -> list[str]:
    """Return the words that mean the subject when nothing plainer is said: «профиль» does so in ЕГЭ only."""
    words = [form for form in subject.short if len(form) > 2]
    return [*words, *subject.weak_forms] if not subject.only_in or procedure in subject.only_in else words


def _grade_beside_subject(tokens: tuple[Token, ...]) -> tuple[Subject, int] | None:
    """Return (subject, grade) for «РУ 4», «4 МА», «fi8»: a short form next to a number of a class."""
    by_short = {fold(form): subject for subject in subjects().subjects for form in subject.short}
    for index, token in enumerate(tokens):
        subject = by_short.get(token.folded)
        if subject is None:
            continue
        for neighbour in (index + 1, index - 1):
            number = tokens[neighbour].number if 0 <= neighbour < len(tokens) else None
            if number is not None and 1 <= number <= _MAX_GRADE:
                return subject, number
    return None
