"""Which work it is: the user's words, the file's titles, its name, the catalogue of blueprints, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.blueprints.entries import CatalogueEntry, match_by_items, narrow
from core.blueprints.naming import canonical_procedure, canonical_subject
from core.intake.class_names import grade_possible
from core.intake.context import Context
from core.intake.contract import AssessmentKey
from core.intake.titles import merged, school_year_end, subject_named

DEFAULT_PROCEDURE = "Школьный мониторинг"
_FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the content of a table says about the work.

    `codes` and `maxima` are parallel; a maximum is None where the file does not print it. `procedure` is what the
    layout implies; `default_procedure` is taken when nothing else says one.
    """

    sheet: str
    titles: AssessmentKey
    codes: tuple[str, ...]
    maxima: tuple[int | None, ...]
    procedure: str | None = None
    grades: frozenset[int | None] = frozenset()
    default_procedure: str | None = None
    participants_codes: tuple[str, ...] = ()
    dated: date | None = None
    """A day in the table's rows (of upload, of writing): says the year when nothing else does."""

    @property
    def content(self) -> AssessmentKey:
        """Return what the content alone says: titles, the layout's procedure, the only grade of the classes."""
        known = self.grades - {None}
        grade = next(iter(known)) if len(known) == 1 else None
        key = merged(self.titles, AssessmentKey(procedure=self.procedure, grade=grade))
        return replace(key, subject=subject_named(key.subject or "", key.procedure))


def today() -> date:
    """Return the present day."""
    return date.today()


def known_key(evidence: Evidence, context: Context) -> AssessmentKey:
    """Return the key without the catalogue's help: request, then content, then file name."""
    key = merged(merged(context.request.assessment, evidence.content), context.from_name)
    if key.procedure:
        key = replace(key, procedure=canonical_procedure(key.procedure) or key.procedure)
    if key.subject:
        key = replace(key, subject=canonical_subject(key.subject, key.procedure) or key.subject)
    return key


def identify_work(evidence: Evidence, context: Context) -> AssessmentKey:
    """Return the work's key and report what is unknown, assumed or contradictory."""
    key = known_key(evidence, context)
    entry = _only_entry(key, evidence, context)
    if entry is not None:
        key = merged(
            key, AssessmentKey(procedure=entry.procedure, subject=entry.subject, grade=entry.grade)
        )
        if key.year is None and entry.year_from == entry.year_to:
            key = replace(key, year=entry.year_from)
    _report_contradictions(key, evidence, context)
    if key.procedure is None and evidence.default_procedure:
        key = replace(key, procedure=evidence.default_procedure)
        _warn(
            context, evidence, "procedure_assumed",
            f"Оценочная процедура в файле не названа: взят «{evidence.default_procedure}».",
            "Если это другая работа, выберите процедуру (в командной строке: --kind).",
        )
    if key.grade is None:
        key = replace(key, grade=_grade_of_codes(evidence.participants_codes) if key.procedure == "ВПР" else None)
    return _complete(key, entry, evidence, context)


def _complete(
    key: AssessmentKey, entry: CatalogueEntry | None, evidence: Evidence, context: Context
) -> AssessmentKey:
    if key.subject is None:
        context.findings.add(
            "error", "subject_unknown", "Не удалось определить предмет: его нет ни в файле, ни в имени файла.",
            "Укажите предмет (в командной строке: --subject «Русский язык»).", sheet=evidence.sheet,
        )
    if key.procedure is None:
        _warn(
            context, evidence, "procedure_unknown", "Оценочная процедура не определена.",
            "Укажите процедуру (в командной строке: --kind).",
        )
    if key.grade is None:
        _warn(
            context, evidence, "grade_unknown", "Не удалось определить класс (параллель).",
            "Укажите класс (в командной строке: --grade 4).",
        )
    if key.year is None:
        day = key.held_on or evidence.dated
        year = school_year_end(day or today())
        if entry is not None:
            year = min(max(year, entry.year_from), entry.year_to)
        key = replace(key, year=year)
        if day is None:
            _warn(
                context, evidence, "year_assumed", f"Год работы в файле не указан: взят {year}.",
                "Если это другой год, укажите его (в командной строке: --year 2026).",
            )
    return key


def candidates(key: AssessmentKey, context: Context) -> tuple[CatalogueEntry, ...]:
    """Return the catalogue's entries that agree with everything known of the work."""
    return narrow(context.request.catalogue, key.procedure, key.subject, key.grade, key.year)


def _only_entry(key: AssessmentKey, evidence: Evidence, context: Context) -> CatalogueEntry | None:
    """Return the entry with the file's items, if there is just one work with them."""
    found = match_by_items(candidates(key, context), evidence.codes, evidence.maxima)
    works = {(entry.procedure, entry.subject, entry.grade) for entry in found}
    return found[-1] if len(works) == 1 else None


def _report_contradictions(key: AssessmentKey, evidence: Evidence, context: Context) -> None:
    """Report a subject chosen by hand that the file's title or its items refute, and a misleading file name."""
    chosen = context.request.assessment
    titled = evidence.content
    _refuse_impossible(chosen, context, evidence)
    if chosen.procedure and titled.procedure and key.procedure != titled.procedure:
        _warn(
            context, evidence, "procedure_differs",
            f"Указана процедура «{key.procedure}», а по файлу это «{titled.procedure}»: взята указанная.",
            "Проверьте, тот ли файл выбран.",
        )
    if chosen.subject and titled.subject and key.subject != titled.subject:
        _refuse_subject(context, evidence, f"Выбран предмет «{key.subject}», а в файле указан «{titled.subject}».")
        return
    for slug, own, other, words in (
        ("grade_differs", chosen.grade, titled.grade, "класс"),
        ("year_differs", chosen.year, titled.year, "год"),
    ):
        if own is not None and other is not None and own != other:
            _warn(
                context, evidence, slug, f"Указан {words} {own}, а в файле — {other}: взят указанный.",
                "Проверьте, тот ли файл выбран.",
            )
    same = narrow(context.request.catalogue, key.procedure, key.subject, key.grade, key.year)
    if any(fits(entry, evidence.codes, evidence.maxima) for entry in same):
        return
    others = match_by_items(
        narrow(context.request.catalogue, key.procedure, None, key.grade, key.year), evidence.codes, evidence.maxima
    )
    named = sorted({entry.subject for entry in others} - {key.subject})
    by_name = _subject_of_name(key, context)
    if not same and by_name not in named:
        # No plan of the chosen subject to compare with, and one witness alone may be wrong.
        if chosen.subject and titled.subject is None and by_name not in (None, key.subject):
            _warn(
                context, evidence, "subject_differs",
                f"Выбран предмет «{key.subject}», а в имени файла — «{by_name}»: взят выбранный.",
                "Проверьте, тот ли файл выбран.",
            )
        return
    if chosen.subject:
        like = f"как у предмета «{named[0]}»" if named else "другие"
        _refuse_subject(
            context, evidence, f"Выбран предмет «{key.subject}», но задания и баллы в файле — {like}."
        )
    elif len(named) == 1 and titled.subject is None:
        _warn(
            context, evidence, "subject_doubtful",
            f"По имени файла это «{key.subject}», а по составу заданий — «{named[0]}».",
            "Проверьте предмет до сохранения.",
        )


def _subject_of_name(key: AssessmentKey, context: Context) -> str | None:
    """Return the subject that the file's name says, as it is called in the work's procedure."""
    said = context.from_name.subject
    return said and (canonical_subject(said, key.procedure) or said)


def _refuse_impossible(chosen: AssessmentKey, context: Context, evidence: Evidence) -> None:
    """Report a grade or a year given by hand that cannot be."""
    if not grade_possible(chosen.grade):
        context.findings.add(
            "error", "grade_impossible", f"Класса {chosen.grade} не бывает.",
            "Укажите класс от 1 до 11 (в командной строке: --grade 4).", sheet=evidence.sheet,
        )
    last = today().year + 1
    if chosen.year is not None and not _FIRST_YEAR <= chosen.year <= last:
        context.findings.add(
            "error", "year_impossible", f"Год {chosen.year} не может быть годом работы.",
            f"Укажите год от {_FIRST_YEAR} до {last} (в командной строке: --year 2026).", sheet=evidence.sheet,
        )


def fits(entry: CatalogueEntry, codes: Sequence[str], maxima: Sequence[int | None]) -> bool:
    """Say whether a file may hold the entry's work: the same items, or as many with the same maxima in their order.

    The second is how exports with sequential columns agree (domain.md §1.3).
    """
    if match_by_items((entry,), codes, maxima):
        return True
    if len(entry.items) != len(codes):
        return False
    return all(
        maximum is None or maximum == item.max_score for maximum, item in zip(maxima, entry.items, strict=True)
    )


def _refuse_subject(context: Context, evidence: Evidence, message: str) -> None:
    context.findings.add(
        "error", "wrong_subject", message, "Выберите другой предмет или другой файл.", sheet=evidence.sheet
    )


def _warn(context: Context, evidence: Evidence, code: str, message: str, advice: str) -> None:
    context.findings.add_once("warning", code, message, advice, sheet=evidence.sheet)


def _grade_of_codes(codes: tuple[str, ...]) -> int | None:
    """Return the grade with which every code of a ВПР begins («40001» → 4, «100012» → 10), or None."""
    for length, width in ((5, 1), (6, 2)):
        starts = {code[:width] for code in codes}
        if len(starts) == 1 and all(len(code) == length and code.isdecimal() for code in codes):
            grade = int(next(iter(starts)))
            return grade if 1 <= grade <= 11 else None
    return None
