"""Three urgent things, each with one action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.glance.attention import Alarm, RedItem, red_items
from core.intake.history import WorkSummary
from core.intake.missing import MissingResults
from core.people.scope import Action
from core.people.short_names import short_name
from core.planning.reminders import Reminder, digest_of
from core.words import day, percent
from pages.analyse.fields.wording import field_address, finding_sign, key_words, reach_words, short_share, unit_words
from pages.glance.overview_parts.year import Year
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read
from pages.widgets.texts import plain


def show_attention(year: Year) -> None:
    """Show the three things that need somebody most."""
    st.subheader("Требует внимания", anchor=False)
    reminders: list[Reminder] = []
    if current_scope().allows(Action.VIEW_ROADMAPS):
        reminders = read(digest_of, date.today())
    items = red_items(year.without_plan, year.fields, reminders, year.received.missing)
    if not items:
        st.success("Полей ниже порога не найдено, всё пришло, просроченного нет.", icon=":material/check_circle:")
    for place, item in enumerate(items):
        with st.container(border=True, key=f"overview_red_{place}"):
            _show(item)


def _show(item: RedItem) -> None:
    scope = current_scope()
    match item.found:
        case FoundField() as field:
            _box(
                finding_sign(field), _capital(key_words(field)), _field_lines(field), "problem-fields",
                "Разобрать" if field.review is None and scope.allows(Action.CONFIRM_FIELDS) else "Открыть",
                {"fields_key": field_address(field)},
            )
        case WorkSummary() as work:
            _box(
                "○ без плана", work.name, f"Проблемные поля по элементам не найти{_more(item, 'ещё без плана')}",
                "results", "Прикрепить план", {"results_work": str(work.id)},
            )
        case Reminder() as late:
            since = f"с {day(late.due_on)}" if late.due_on is not None else ""
            path, query = (
                ("roadmaps", {"measure": str(late.measure_id)}) if late.measure_id is not None else ("meeting", {})
            )
            _box(
                f"⚠ {Alarm.OVERDUE.value} {since}".strip(), " ".join(late.title.split()),
                f"{late.owner or 'исполнитель не назначен'}{_more(item, 'ещё просрочено')}", path,
                "Отметить ход" if scope.allows(Action.EDIT_ROADMAPS) else "К мероприятию", query,
            )
        case MissingResults() as missing:
            _box(
                f"○ {Alarm.NOT_COME.value}", short_name(missing.school),
                f"{missing.work.name}{_more(item, 'ещё не пришло')}", "upload", "Загрузить", {},
            )


def _box(sign: str, title: str, lines: str, path: str, action: str, query: Mapping[str, str]) -> None:
    left, right = st.columns([5, 2], vertical_alignment="center")
    with left:
        st.markdown(f":red[**{sign}**] **{plain(title)}**")
        st.caption("  \n".join(plain(line) for line in lines.split("\n")))
    with right:
        link_to(path, action, query)


def _field_lines(one: FoundField) -> str:
    field = one.field
    repeats = f", повторяется с {min(field.repeats)} года" if field.repeats else ""
    return (
        f"{one.work.name} · {unit_words(one)}\n"
        f"{short_share(one)}, порог {percent(field.threshold, 0)}; {reach_words(one)}{repeats}"
    )


def _more(item: RedItem, words: str) -> str:
    return f"; {words}: {item.more}" if item.more else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
