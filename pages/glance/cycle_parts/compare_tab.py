"""Two models side by side: their stages room by room, and what each names."""

from __future__ import annotations

import streamlit as st

from core.cycle.derived import Marks
from core.cycle.models import models
from core.cycle.overview import CycleView, cycle_view
from core.cycle.records import ModelFile, RoomName
from pages.glance.cycle_parts.choice import SCREEN, Choice, choose_model
from pages.glance.cycle_parts.stages_tab import share_words
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_ROOMS = {
    RoomName.INTAKE: "1. Сбор данных",
    RoomName.ANALYSIS: "2. Анализ",
    RoomName.DIAGNOSTICS: "2. Анализ: дефициты",
    RoomName.PRACTICE: "3. Опыт",
    RoomName.PLANNING: "4. Рекомендации и карты",
    RoomName.SUPPORT: "5. Помощь",
    RoomName.MONITORING: "6. Мониторинг",
}


def show_comparison(choice: Choice, marks: Marks) -> None:
    """Show the chosen model beside another one, both over the same records."""
    others = [place for place, one in enumerate(models()) if one.code != choice.model.code]
    second = choose_model("other", "Сравнить с моделью", others[0])
    first = choice.model.file
    if second.code == choice.model.code:
        st.info("Выбрана та же модель. Выберите другую.", icon=":material/compare_arrows:")
        return
    st.caption("Состояние обеих моделей – по одним и тем же записям выбранной организации и года.")
    left, right = cycle_view(first, marks), cycle_view(second.file, marks)
    rows = [
        {"room": name, "first": _stages(left, room), "second": _stages(right, room)}
        for room, name in _ROOMS.items()
        if _stages(left, room) or _stages(right, room)
    ]
    columns = (
        Column("room", "Часть цикла", width=170), Column("first", first.short, width=430),
        Column("second", second.file.short, width=430),
    )
    show_table(f"{SCREEN}_compared_stages", Table("Этапы двух моделей", columns, rows), lines=5)
    columns = (Column("room", "Что названо", width=170), *columns[1:])
    facts = [
        {"room": title, "first": one, "second": other}
        for (title, one), (_title, other) in zip(_facts(first), _facts(second.file), strict=True)
    ]
    show_table(f"{SCREEN}_compared_facts", Table("Что названо в двух моделях", columns, facts), lines=5)
    for model in (first, second.file):
        st.markdown(f"**{plain(model.short)}**: {plain(model.closing)}")


def _stages(view: CycleView, room: RoomName) -> str:
    return "\n".join(
        f"{one.stage.number}. {one.stage.name} – {one.state.words}, {share_words(one)}"
        for one in view.stages if one.stage.room is room
    )


def _facts(model: ModelFile) -> list[tuple[str, str]]:
    named = (
        ("Участники", model.participants), ("Объединения", model.associations), ("Формы работы", model.forms),
        ("Нормативные акты", model.regulations), ("Задачи", model.tasks),
    )
    who = dict.fromkeys(name for stage in model.stages for name in stage.responsible)
    documents = dict.fromkeys(
        one.name for stage in model.stages for one in stage.outputs if one.kind.value == "документ"
    )
    return [
        *((title, "; ".join(place.name for place in places) or "—") for title, places in named),
        ("Кто отвечает за этапы", "; ".join(who)),
        ("Документы", "; ".join(documents) or "—"),
    ]
