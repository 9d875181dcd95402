"""Two models side by side: their stages room by room, and what each names."""

from __future__ import annotations

import streamlit as st

from core.charts.cycle_ring import stage_badge
from core.cycle.derived import Marks
from core.cycle.model_words import ROOM_WORDS
from core.cycle.models import models
from core.cycle.overview import CycleView, cycle_view
from core.cycle.records import ModelFile, OutputKind, RoomName
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.stages_tab import share_words
from pages.widgets.cycle_choice import choose_model
from pages.widgets.texts import plain


def show_comparison(choice: Choice, marks: Marks) -> None:
    """Show the chosen model beside another one, both over the same records."""
    others = [place for place, one in enumerate(models()) if one.code != choice.model.code]
    second = choose_model(f"{SCREEN}_other", "Сравнить с моделью", models(), others[0])
    first = choice.model.file
    if second.code == choice.model.code:
        st.info("Выбрана та же модель. Выберите другую.", icon=":material/compare_arrows:")
        return
    st.caption("Состояние обеих моделей – по одним и тем же записям выбранной организации и года.")
    left, right = cycle_view(first, marks), cycle_view(second.file, marks)
    names = first.short, second.file.short
    _row("", f"**{plain(first.short)}**", f"**{plain(second.file.short)}**", names)
    for room, name in ROOM_WORDS.items():
        one, other = _stages(left, room), _stages(right, room)
        if one or other:
            _row(name, one or "—", other or "—", names)
    for (title, one), (_title, other) in zip(_facts(first), _facts(second.file), strict=True):
        _row(title, plain(one), plain(other), names)
    _row("Как замыкается цикл", plain(first.closing), plain(second.file.closing), names)


def _row(title: str, first: str, second: str, names: tuple[str, str]) -> None:
    """Show one line of the comparison: what is compared, and what stands in each model.

    On a phone the models stand one under the other, so each names itself there.
    """
    with st.container(border=bool(title), gap=None):
        head, *sides = st.columns([2, 5, 5], gap="medium")
        with head:
            st.markdown(f"**{plain(title)}**" if title else "")
        for place, (side, text) in enumerate(zip(sides, (first, second), strict=True)):
            with side:
                if title:
                    st.container(key=f"{SCREEN}_compare_{title}_{place}_phone").caption(plain(names[place]))
                st.markdown(text)


def _stages(view: CycleView, room: RoomName) -> str:
    return "  \n".join(
        f"{plain(f'{one.stage.number}. {one.stage.name}')} :{stage_badge(one.state)}-badge[{one.state.words}] "
        f":small[:gray[готово: {share_words(one)}]]"
        for one in view.stages if one.stage.room is room
    )


def _facts(model: ModelFile) -> list[tuple[str, str]]:
    named = (
        ("Участники", model.participants), ("Объединения", model.associations), ("Формы работы", model.forms),
        ("Нормативные акты", model.regulations), ("Задачи", model.tasks),
    )
    who = dict.fromkeys(name for stage in model.stages for name in stage.responsible)
    documents = dict.fromkeys(
        one.name for stage in model.stages for one in stage.outputs if one.kind is OutputKind.DOCUMENT
    )
    return [
        *((title, "; ".join(place.name for place in places) or "—") for title, places in named),
        ("Кто отвечает за этапы", "; ".join(who)),
        ("Документы", "; ".join(documents) or "—"),
    ]
