"""At a stage: what the cycle before carried over into this one, and for how long it has gone on."""

from __future__ import annotations

import streamlit as st

from core.cycle.closing_contract import ClosingItem
from core.cycle.closing_items import carried_into
from core.cycle.closing_words import years_words
from core.cycle.next_cycle import stage_of_item
from core.cycle.opened import OpenedCycle
from core.people.academic_year import year_name
from pages.widgets.session import read
from pages.widgets.texts import plain

_MOST = 12


def show_carried(opened: OpenedCycle, number: str) -> None:
    """Show the carried things that are worked on at the stage; nothing where there are none."""
    items: tuple[ClosingItem, ...] = read(carried_into, opened.id)
    own = [one for one in items if stage_of_item(opened.model.file, one).number == number]
    if not own:
        return
    lines = [f"**Перенесено из цикла {year_name(opened.year - 1)}**", ""]
    lines += [
        f"- ↺ {plain(one.item.words)} :gray[– {plain(one.item.kind.value)}, {_long(one.years)}]" for one in own[:_MOST]
    ]
    if len(own) > _MOST:
        lines.append(f"- и ещё {len(own) - _MOST}: все – на вкладке «Закрытие»")
    st.markdown("\n".join(lines))


def _long(years: int) -> str:
    """Return how long it has gone on by now: it was there in the year before, so this is the next one."""
    return years_words(years + 1)
