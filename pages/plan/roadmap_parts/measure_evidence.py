"""Proofs of a measure: files and links, added, handed out, taken away and brought back."""

from __future__ import annotations

from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.planning.detail import MeasureDetail
from core.planning.evidence import attach_file, attach_link, open_evidence, remove_evidence, restore_evidence
from core.planning.tables import Evidence, EvidenceKind
from core.store.file_kinds import MAX_BYTES
from core.words import moment
from pages.plan.roadmap_parts.address import SCREEN
from pages.plan.roadmap_parts.wording import short
from pages.widgets.acting import act, typed
from pages.widgets.attached_files import file_size, link_address
from pages.widgets.session import carried, current_scope, engine, look, time_zone, write
from pages.widgets.texts import plain

_MEGABYTE = 1024 * 1024


def show_evidence(detail: MeasureDetail) -> None:
    """Show the proofs with their buttons; who may update the measure adds new ones."""
    st.markdown(f"**Подтверждения{f' ({len(detail.evidence)})' if detail.evidence else ''}**")
    if not detail.evidence:
        st.caption("Подтверждений пока нет.")
    for one in detail.evidence:
        _show_one(one, detail.may_update)
    if not detail.may_update:
        return
    _show_adding(detail.row.id)
    if detail.removed:
        with st.expander(f"Убранные подтверждения ({len(detail.removed)})", icon=":material/delete:"):
            for one in detail.removed:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(plain(short(one.title, 70)), width=300)
                    st.button(
                        "Вернуть", key=f"{SCREEN}_restore_proof_{one.id}", icon=":material/undo:", on_click=act,
                        args=(partial(write, restore_evidence, one.id or 0), "Подтверждение возвращено."),
                    )


def _show_one(one: Evidence, may_update: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if one.kind is EvidenceKind.LINK:
            st.markdown(f"Ссылка: [{plain(short(one.title, 60))}]({link_address(one.url)})", width="stretch")
        else:
            st.markdown(f"Файл: {plain(short(one.title, 60))}, {file_size(one.size)}", width="stretch")
        st.caption(plain(f"{one.added_by}, {moment(one.added_at, time_zone())}"), width="content")
        if one.kind is EvidenceKind.FILE:
            st.download_button(
                "Скачать", data=carried(partial(_content, one.id or 0)), file_name=one.file_name,
                mime=one.media_type, key=f"{SCREEN}_get_{one.id}", on_click="ignore", icon=":material/download:",
            )
        if may_update:
            st.button(
                "Убрать", key=f"{SCREEN}_remove_{one.id}", icon=":material/delete:", on_click=act,
                args=(partial(write, remove_evidence, one.id or 0), "Подтверждение убрано, его можно вернуть."),
            )


def _show_adding(measure_id: int) -> None:
    turn = int(st.session_state.get(_turn(measure_id), 0))
    dropped = st.file_uploader(
        f"Приложить файл (до {MAX_BYTES // _MEGABYTE} МБ)", key=f"{SCREEN}_file_{measure_id}_{turn}",
        max_upload_size=MAX_BYTES // _MEGABYTE,
        help="PDF, Word, Excel, PowerPoint, OpenDocument, картинки, TXT и CSV.",
    )
    # Streamlit refuses a larger file by itself and says so only when the pointer rests on its name.
    st.caption(
        f"Файлы больше {MAX_BYTES // _MEGABYTE} МБ, программы и файлы с макросами не принимаются: большой файл "
        "приложите ссылкой."
    )
    if dropped is not None:
        st.button(
            "Приложить файл", key=f"{SCREEN}_attach_{measure_id}", type="primary", icon=":material/attach_file:",
            on_click=_attach, args=(measure_id, dropped),
        )
    address, button = st.columns([3, 1], vertical_alignment="bottom")
    field = f"{SCREEN}_url_{measure_id}"
    with address:
        st.text_input("Или ссылка", key=field, placeholder="https://…")
    with button:
        st.button(
            "Приложить", key=f"{SCREEN}_link_{measure_id}", icon=":material/add_link:", width="stretch",
            on_click=_link, args=(measure_id, field),
        )


def _link(measure_id: int, field: str) -> None:
    act(partial(write, attach_link, measure_id, typed(field)), "Ссылка приложена.", (field,))


def _attach(measure_id: int, dropped: UploadedFile) -> None:
    work = partial(attach_file, engine(), current_scope(), measure_id, dropped.name, dropped.getvalue())
    if act(work, f"Файл «{dropped.name}» приложен.") is not None:
        # A new key empties the field of the file.
        st.session_state[_turn(measure_id)] = int(st.session_state.get(_turn(measure_id), 0)) + 1


def _turn(measure_id: int) -> str:
    return f"{SCREEN}_file_turn_{measure_id}"


def _content(evidence_id: int) -> bytes:
    return look(open_evidence, evidence_id)[1]
