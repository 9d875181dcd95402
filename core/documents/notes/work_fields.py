"""Sections of a note on a work: its problem fields as findings. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.analysis.compare import Comparability, Comparison
from core.analysis.elements import Kind
from core.analysis.fields import Reach, WeakSpot
from core.documents.notes.sentences import POINTS, key_name, paragraph, paragraphs, quoted, sentence, some
from core.documents.notes.work_figures import ComparedField, WorkFigures
from core.documents.text import Section
from core.people.suppression import Hidden
from core.planning.field_measures import FieldReach, FieldWords, about
from core.words import count_of, noun, number, percent, share

_FROM_REPORT = " (сводный отчёт)"


def fields(figures: WorkFigures) -> Section:
    """Return the problem fields of the unit as findings, and how far they reach inside it."""
    title = "Дефициты: проблемные поля"
    if not figures.fields:
        return Section("fields", title, paragraphs(
            "Проблемных полей по этой работе не найдено: ни одно не ниже порога достоверно или вероятно.",
            _inside(figures),
        ))
    return Section(
        "fields", title,
        paragraphs(
            f"{noun(len(figures.fields), 'Найдено', 'Найдены', 'Найдено')} "
            f"{count_of(len(figures.fields), 'проблемное поле')}.",
            *(_finding(figures, one) for one in figures.fields),
            _inside(figures),
        ),
    )


def field_label(figures: WorkFigures, one: ComparedField) -> str:
    """Return «по теме «дроби»»."""
    field, work = one.field, figures.work
    return about(FieldWords(
        field.kind.value, field.key, work.subject, work.grade, figures.name, "", FieldReach.SCHOOL, "", None, None,
    ))


def _finding(figures: WorkFigures, one: ComparedField) -> str:
    field = one.field
    said = f"{field_label(figures, one)} выполнение {share(field.facility, field.low, field.high, field.participants)}"
    if field.status.is_below:
        said += f", {field.status.words} порога {percent(field.threshold, 0)}"
    if field.weak_spot is not WeakSpot.NONE:
        said += f"; {field.weak_spot.value}: такие же участники в других местах показывают {percent(field.expected, 0)}"
    reach = ""
    if field.classes > 1:
        kind = "затруднение системное" if field.reach is Reach.SYSTEMIC else "затруднение локальное"
        of = f"{number(field.classes)} {noun(field.classes, 'класса', 'классов', 'классов')}"
        reach = f"{kind}: результат ниже порога в {number(field.failing_classes)} из {of}"
    years = f"то же поле находили раньше ({', '.join(str(year) for year in field.repeats)})" if field.repeats else ""
    items_of = "" if field.kind is Kind.ITEM else f"задания № {some(field.items, 8)}"
    return paragraph(
        sentence(f"{said} ({items_of})" if items_of else said), sentence(reach),
        *_comparisons(one.comparisons), sentence(field.pattern.value),
        sentence(f"причина, названная при подтверждении: {one.cause[:1].lower()}{one.cause[1:]}") if one.cause else "",
        sentence(years), *(_caution(text) for text in field.cautions),
    )


def _caution(text: str) -> str:
    """Return a caution as a sentence; that of a small sample says itself that it is one."""
    return sentence(text if ":" in text else f"осторожно: {text}")


def _comparisons(found: Sequence[Comparison]) -> tuple[str, ...]:
    """Return the comparisons that may be drawn and are beyond chance, a sentence for each direction.

    A report on a unit whose own results are compared with is left out; the rest is read on the screen.
    """
    own = {one.name.partition(" (")[0] for one in found if one.name.endswith(", остальные")}
    drawn = [
        one for one in found
        if one.hidden is Hidden.NO and one.verdict is not Comparability.NONE and one.is_certain
        and not (one.name.endswith(_FROM_REPORT) and one.name.removesuffix(_FROM_REPORT) in own)
    ]
    return tuple(
        f"Это {word}, чем {'; '.join(_than(one) for one in part)}."
        for word, part in (
            ("ниже", [one for one in drawn if one.difference < 0]),
            ("выше", [one for one in drawn if one.difference > 0]),
        )
        if part
    )


def _than(one: Comparison) -> str:
    limits = f"{number(100 * one.low, 1)}…{number(100 * one.high, 1)}"
    reserve = f", {one.verdict.value}: {one.reservation}" if one.reservation else ""
    than = f"в {one.year} году" if one.year is not None else f"в группе «{one.name}»"
    return (
        f"{than} – {percent(one.facility)}, разница {number(100 * one.difference, 1)} {POINTS} "
        f"(интервал {limits}{reserve})"
    )


def _inside(figures: WorkFigures) -> str:
    """Say what is low in single classes or schools only; they are not named one against another."""
    own = {(one.field.kind, one.field.key) for one in figures.fields}
    rest = dict.fromkeys(
        key_name(one.field.kind, one.field.key) for one in figures.inside
        if (one.field.kind, one.field.key) not in own and one.field.kind in (Kind.ELEMENT, Kind.ITEM)
    )
    if not rest:
        return ""
    return (
        f"Только в отдельных классах, а не в целом, трудности вызвали: {some(quoted(rest), 8)}. "
        "Что усвоено хуже в каком классе, показывает экран «Проблемные поля»."
    )
