"""One item, large: read from the far end of the room as from a phone in the hand."""

from __future__ import annotations

import streamlit as st

from core.planning.hearing import ItemCard
from core.planning.measures import MeasureRow
from core.planning.tables import AgendaKind
from pages.plan.meeting_parts.wording import KIND_SIGNS, late_words, owner_words, status_words, term_words
from pages.widgets.texts import plain

_LONG = 160
"""From so many letters on a smaller letter keeps the item on one screen."""


def show_card(card: ItemCard, total: int, key: str) -> None:
    """Show the item: its place, what it is about, its facts."""
    row = card.row
    title = " ".join((row.title if row is not None else card.item.title).split())
    with st.container(key=f"meeting_card_{key}_{'long' if len(title) > _LONG else 'short'}", gap="xsmall"):
        kind = f"{KIND_SIGNS.get(card.item.kind, '')} {card.item.kind.value}".strip()
        st.caption(f"Пункт {card.place} из {total} · {plain(kind)}")
        number = f"{row.number.rstrip('.')}. " if row is not None else ""
        st.markdown(f"**{plain(f'{number}{title}')}**")
        if row is not None:
            _facts(row)
        elif card.item.kind in (AgendaKind.OVERDUE, AgendaKind.DUE):
            st.markdown("Мероприятие удалено из дорожной карты.")
        elif card.item.speaker:
            st.markdown(plain(f"Докладывает: {card.item.speaker}"))
        if card.is_heard:
            note = f": {card.item.note}" if card.item.note else ""
            st.markdown(f":green[**✓ рассмотрено**]{plain(note)}")


def _facts(row: MeasureRow) -> None:
    late = late_words(row)
    shown = f" · :red[**{plain(late)}**]" if row.is_overdue else f" · {plain(late)}" if late else ""
    st.markdown(f"**{plain(status_words(row))}** · {plain(term_words(row))}{shown}")
    indicator = f" · Показатель: {' '.join(row.indicator.split())}" if row.indicator else ""
    st.markdown(plain(f"{owner_words(row)}{indicator}"))


def show_background(card: ItemCard) -> None:
    """Show what speaks against calling it done, the last note, and what earlier meetings decided; small."""
    said = list(card.cautions)
    if card.row is not None and card.row.status_note:
        said.append(f"Примечание: {card.row.status_note}")
    said += [
        "Решили раньше: " + listing_of(one.text, one.responsible, one.deadline_text) for one in card.earlier
    ]
    if said:
        st.caption("  \n".join(plain(" ".join(line.split())) for line in said))


def listing_of(text: str, responsible: str, deadline: str) -> str:
    """Return a decision in one line: what, who, by when."""
    parts = [f"ответственный: {responsible}" if responsible else "", f"срок: {deadline}" if deadline else ""]
    tail = "; ".join(part for part in parts if part)
    return f"{text} ({tail})" if tail else text
