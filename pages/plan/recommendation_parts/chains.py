"""The chain on one page: from the problem field to the change of the result, each step with its door."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import QualityError
from core.monitoring.whole_chain import whole_chain_of_field, whole_chain_of_measure, whole_chain_of_recommendation
from core.planning.chain_contract import Chain, ChainLink, ChainStep, Door
from pages.plan.recommendation_parts.address import SCREEN, show_back
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_field_chain(key: str) -> None:
    """Show the chain of a problem field."""
    _show(lambda: read(whole_chain_of_field, key))


def show_recommendation_chain(recommendation_id: int) -> None:
    """Show the chain around a recommendation."""
    _show(lambda: read(whole_chain_of_recommendation, recommendation_id))


def show_measure_chain(measure_id: int) -> None:
    """Show the chain around a measure of a roadmap."""
    _show(lambda: read(whole_chain_of_measure, measure_id))


def _show(load: Callable[[], Chain]) -> None:
    show_back()
    try:
        chain = load()
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.subheader(plain(f"Цепочка: {chain.focus.label}"), anchor=False)
    steps = st.container(gap="xsmall")
    for number, step in enumerate(chain.steps, start=1):
        with steps, st.container(border=True, key=f"{SCREEN}_chain_{number}", gap="xxsmall"):
            mark = "✓ есть" if step.links else "○ пока нет"
            name, what = st.columns([1, 4], vertical_alignment="top")
            with name:
                st.markdown(f"**{number}. {step.kind.value}**  \n:gray[{mark}]")
            with what:
                for link in step.links:
                    _show_link(link)
                if not step.links:
                    _show_advice(step)


def _show_link(link: ChainLink) -> None:
    text, door = st.columns([6, 1], vertical_alignment="center")
    with text:
        note = f"  \n:gray[{plain(link.note)}]" if link.note else ""
        st.markdown(f"{plain(link.title)} — **{plain(link.state)}**{note}")
    with door:
        if link.door is not None:
            _show_door(link.door)


def _show_advice(step: ChainStep) -> None:
    text, door = st.columns([5, 2], vertical_alignment="center")
    with text:
        st.markdown(plain(step.advice))
    with door:
        if step.door is not None:
            _show_door(step.door)


def _show_door(door: Door) -> None:
    link_to(door.path, door.label, dict(door.query))
