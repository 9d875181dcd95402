"""«Задания»: how well each item was done, and how good the items are."""

from __future__ import annotations

import math

import streamlit as st

from core.analysis.item_status import ItemStatuses, item_statuses
from core.analysis.reasons import sample_caution
from core.analysis.results import ItemsOfWork, WorkOverview
from core.charts.facility import FacilityRow, facility_chart
from core.charts.items import ItemPoint, discrimination_chart
from core.charts.palette import status_words
from core.people.suppression import Hidden
from core.words import number
from pages.analyse.one_work.choice import SCREEN
from pages.analyse.one_work.passports import passport
from pages.widgets.chart_frame import chart_frame
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("code", "Задание", pinned=True),
    Column("asks", "Что проверяется", width="medium"),
    Column("level", "Уровень"),
    Column("max", "Макс. балл", "integer"),
    Column("n", "Участников", "integer"),
    Column("facility", "Выполнение", "percent"),
    Column("low", "Интервал от", "percent"),
    Column("high", "до", "percent"),
    Column("threshold", "Порог", "percent"),
    Column("status", "Статус"),
    Column("full", "Полностью", "percent"),
    Column("partial", "Частично", "percent"),
    Column("zero", "0 баллов", "percent"),
    Column("skipped", "Не приступали", "percent"),
)
_QUALITY = (
    Column("code", "Задание"),
    Column("discrimination", "Связь с остальными", help="Корреляция балла за задание с суммой остальных баллов."),
    Column("upper", "Сильные − слабые", help="Разность выполнения у сильной и слабой трети участников."),
    Column("alpha", "α без задания", help="Если больше общей α, без задания работа была бы надёжнее."),
    Column("why", "Почему нет числа", width="large"),
)
_METHOD = "выполнение — доля набранных баллов от возможных; 95 % интервал Уилсона; порог зависит от уровня задания"


def show_items(answer: ItemsOfWork, overview: WorkOverview) -> None:
    """Show the items in the order of the work; quality of the items in an expander."""
    statuses = item_statuses(answer.work.items, answer.statistics, answer.work.thresholds)
    below = [item.code for item, status in zip(answer.work.items, statuses.status, strict=True) if status.is_below]
    said = f"Ниже порога: {', '.join(below)}." if below else "Ниже порога нет ни одного задания."
    if any(answer.hidden):
        said += f" {hidden_words(answer)}"
    chart_frame(
        f"{SCREEN}_items", "Выполнение заданий", facility_chart(_rows(answer, statuses), "Задание"),
        Table("Задания", _COLUMNS, _table(answer, statuses)), passport(overview, _METHOD), note=said,
    )
    folded = st.expander(
        "Качество самих заданий и надёжность работы", icon=":material/science:", key=f"{SCREEN}_folded",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            _show_quality(answer, overview)


def hidden_words(answer: ItemsOfWork) -> str:
    """Return which items are not shown and why: «Задания 5, 7: скрыто, …»."""
    said = []
    for why in sorted({one for one in answer.hidden if one is not Hidden.NO}):
        codes = [item.code for item, one in zip(answer.work.items, answer.hidden, strict=True) if one is why]
        said.append(f"{'Задание' if len(codes) == 1 else 'Задания'} {', '.join(codes)}: {why.words}.")
    return " ".join(said)


def _rows(answer: ItemsOfWork, statuses: ItemStatuses) -> list[FacilityRow]:
    found = answer.statistics
    return [
        FacilityRow(
            _label(item.code, item.elements), float(found.facility[place]), float(found.low[place]),
            float(found.high[place]), int(found.n[place]), statuses.status[place], float(statuses.threshold[place]),
            item.skill or "; ".join(item.elements),
        )
        for place, item in enumerate(answer.work.items)
        if not math.isnan(found.facility[place])
    ]


def _label(code: str, elements: tuple[str, ...]) -> str:
    return f"{code} — {'; '.join(elements)}" if elements else code


def _table(answer: ItemsOfWork, statuses: ItemStatuses) -> list[dict[str, object]]:
    found = answer.statistics
    return [
        {
            "code": item.code, "asks": item.skill or "; ".join(item.elements), "level": item.level or "не указан",
            "max": item.max_score, "status": answer.hidden[place].words,
        }
        if answer.hidden[place]
        else {
            "code": item.code, "asks": item.skill or "; ".join(item.elements), "level": item.level or "не указан",
            "max": item.max_score, "n": int(found.n[place]), "facility": float(found.facility[place]),
            "low": float(found.low[place]), "high": float(found.high[place]),
            "threshold": float(statuses.threshold[place]), "status": status_words(statuses.status[place]),
            "full": float(found.full[place]), "partial": float(found.partial[place]),
            "zero": float(found.zero[place]), "skipped": float(found.skipped[place]),
        }
        for place, item in enumerate(answer.work.items)
    ]


def _show_quality(answer: ItemsOfWork, overview: WorkOverview) -> None:
    found = answer.statistics
    alpha = number(found.alpha, 2) if not math.isnan(found.alpha) else f"не определена: {found.why('alpha')}"
    error = (
        f"{number(found.sem, 1)} балла — разница между участниками меньше этой ничего не значит"
        if not math.isnan(found.sem)
        else f"не определена: {found.why('sem')}"
    )
    caution = sample_caution(found.participants)
    st.markdown(
        f"**Надёжность (α Кронбаха):** {alpha}. **Стандартная ошибка измерения:** {error}."
        + (f" {caution[0].upper()}{caution[1:]}." if caution else "")
    )
    rows = []
    points = []
    for place, item in enumerate(answer.work.items):
        reason = found.why("discrimination", place)
        rows.append({
            "code": item.code, "discrimination": number(float(found.discrimination[place]), 2),
            "upper": number(float(found.upper_lower[place]), 2), "alpha": number(float(found.alpha_without[place]), 2),
            "why": answer.hidden[place].words or (reason.value if reason else ""),
        })
        if reason is None:
            points.append(ItemPoint(
                item.code, float(found.facility[place]), float(found.discrimination[place]), int(found.n[place]),
                item.skill or "; ".join(item.elements),
            ))
    table = Table("Качество заданий", _QUALITY, rows)
    if not points:
        show_table(f"{SCREEN}_quality_table", table, download=False)
        return
    chart_frame(
        f"{SCREEN}_quality", "Трудность и различающая способность", discrimination_chart(points), table,
        passport(overview, "корреляция балла за задание с суммой остальных; α Кронбаха по всем заданиям",
                 "Слабая связь — повод перечитать задание и критерии, а не вывод об учениках."),
    )
