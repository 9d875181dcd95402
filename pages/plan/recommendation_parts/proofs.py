"""Files and links that prove that a recommendation was carried out."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.recommendations.evidence import (
    attach_proof,
    link_proof,
    list_proofs,
    open_proof,
    remove_proof,
)
from core.planning.recommendations.listing import RecommendationRow
from core.store.evidence import EvidenceKind
from pages.plan.recommendation_parts.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import carried, current_scope, engine, look, read, write
from pages.widgets.texts import plain


def show_proofs(one: RecommendationRow) -> None:
    """Show the proofs; the addressee adds and removes them."""
    st.markdown("**Подтверждения исполнения**")
    proofs = read(list_proofs, one.id)
    if not proofs:
        st.caption("Пока ничего не приложено.")
    for proof in proofs:
        proof_id = proof.id or 0
        with st.container(horizontal=True, vertical_alignment="center"):
            if proof.kind is EvidenceKind.LINK:
                st.link_button(plain(proof.title), proof.url, icon=":material/link:")
            else:
                st.download_button(
                    plain(proof.title), data=carried(partial(_content, proof_id)), mime=proof.media_type,
                    file_name=proof.file_name, key=f"{SCREEN}_proof_{proof_id}", on_click="ignore",
                    icon=":material/attach_file:",
                )
            st.caption(plain(proof.added_by))
            if one.may_answer:
                st.button(
                    "Убрать", key=f"{SCREEN}_unproof_{proof_id}", icon=":material/close:", on_click=act,
                    args=(partial(write, remove_proof, proof_id), "Подтверждение убрано."),
                )
    if one.may_answer:
        _show_adding(one.id)


def _content(proof_id: int) -> bytes:
    return look(open_proof, proof_id)[1]


def _show_adding(recommendation_id: int) -> None:
    link, title, file = (f"{SCREEN}_{part}_{recommendation_id}" for part in ("link", "proof_title", "file"))
    with drawer(f"{SCREEN}_prove_{recommendation_id}", "Приложить", ":material/add:"):
        st.text_input("Название (можно не заполнять)", key=title, max_chars=300)
        st.text_input("Ссылка", key=link, placeholder="https://")
        st.button("Приложить ссылку", key=f"{link}_add", on_click=_add_link,
                  args=(recommendation_id, link, title))
        given = st.file_uploader("Файл", key=file)
        st.button(
            "Приложить файл", key=f"{file}_add", disabled=given is None, on_click=_add_file,
            args=(recommendation_id, file, title),
        )


def _add_link(recommendation_id: int, link: str, title: str) -> None:
    done = "Ссылка приложена."
    act(partial(write, link_proof, recommendation_id, typed(link), typed(title)), done, (link, title))


def _add_file(recommendation_id: int, file: str, title: str) -> None:
    given = st.session_state.get(file)
    if given is None:
        return
    name, content, words = given.name, given.getvalue(), typed(title)
    act(
        partial(attach_proof, engine(), current_scope(), recommendation_id, name, content, words), "Файл приложен.",
        (title, f"{SCREEN}_prove_{recommendation_id}"),
    )
