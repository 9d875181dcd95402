"""Own models of an organisation: the list, making one out of another or out of a file, and the door to changing one."""

from __future__ import annotations

from functools import partial
from hashlib import sha256

import streamlit as st

from core.cycle.access import may_lead
from core.cycle.models import Model
from core.cycle.own_model_making import (
    copy_model,
    delete_model,
    model_yaml,
    read_model_file,
    restore_model,
    upload_model,
)
from core.cycle.own_models import OwnModelCard, deleted_own_models, list_own_models, models_to_copy
from core.errors import QualityError
from core.words import moment, plural
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.own_model import show_own_model
from pages.widgets.acting import act, drawer, refuse, typed
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.downloads import download
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, data_version, look, read, time_zone, write
from pages.widgets.texts import plain

_OPENED = f"{SCREEN}_own_opened"
_COPY, _FILE = f"{SCREEN}_own_copy", f"{SCREEN}_own_file"
_MEGABYTES = 1


def show_own_models(choice: Choice) -> None:
    """Show the own models of the organisation; a chosen one takes the place of the list."""
    cards: list[OwnModelCard] = read(list_own_models, choice.organisation_id)
    opened = next((one for one in cards if one.id == st.session_state.get(_OPENED)), None)
    if opened is not None:
        st.button("К списку своих моделей", key=f"{SCREEN}_own_back", icon=":material/arrow_back:", on_click=_leave)
        show_own_model(opened)
        return
    st.caption(
        "Свою модель делают из готовой: копируют и меняют этапы, ответственных, документы. Новый цикл открывается по "
        "последней редакции, введённой в действие; открытый цикл остаётся на той, по которой открыт."
    )
    if may_lead(current_scope(), choice.organisation_id):
        with st.container(horizontal=True):
            _offer_copy(choice)
            _offer_file(choice)
    if not cards:
        st.info(plain(f"Своих моделей пока нет: {choice.organisation.name}."), icon=":material/draft:")
    for one in cards:
        _show_card(one)
    if may_lead(current_scope(), choice.organisation_id):
        show_deleted(
            f"{SCREEN}_own", "Удалённые модели", read(deleted_own_models, choice.organisation_id),
            lambda row: write(restore_model, row), "Модель «{name}» возвращена.",
        )


def _show_card(one: OwnModelCard) -> None:
    with st.container(border=True), st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{plain(one.title)}** :gray[{plain(one.origin)}]  \n{plain(edition_words(one))}  \n"
            f":small[:gray[Изменено {plain(moment(one.changed_at, time_zone()))}, {plain(one.changed_by)}]]",
            width="stretch",
        )
        st.button(
            "Изменить" if one.may_edit else "Посмотреть", key=f"{SCREEN}_own_open_{one.id}",
            icon=":material/edit:" if one.may_edit else ":material/visibility:", on_click=_open, args=(one.id,),
        )
        download(
            f"{SCREEN}_own_yaml_{one.id}", "Скачать YAML", one.title, "yaml", partial(look, model_yaml, one.id)
        )
        if one.may_edit:
            with drawer(f"{SCREEN}_own_remove_{one.id}", "Удалить", ":material/delete:"):
                st.write("Модель исчезнет из списков. Циклы, открытые по ней, остаются на своей редакции.")
                st.button(
                    "Удалить модель", key=f"{SCREEN}_own_delete_{one.id}", on_click=act,
                    args=(partial(write, delete_model, one.id), f"Модель «{one.title}» удалена."),
                )


def edition_words(one: OwnModelCard) -> str:
    """Return which edition holds, and whether the draft has more."""
    if not one.edition:
        return "Черновик: ещё не введена в действие, открыть по ней цикл нельзя."
    running = f" По ней идёт {plural(one.open_cycles, 'цикл', 'цикла', 'циклов')}." if one.open_cycles else ""
    changed = " В черновике есть изменения, они ещё не действуют." if one.is_changed else ""
    return f"Действует редакция {one.edition}.{running}{changed}"


def _offer_copy(choice: Choice) -> None:
    known: tuple[Model, ...] = read(models_to_copy, choice.organisation_id)
    names = {one.code: one.file.short for one in known}
    with drawer(_COPY, "Скопировать модель", ":material/content_copy:"):
        code = st.selectbox(
            "Из какой модели", list(names), format_func=names.__getitem__, key=f"{_COPY}_code",
            index=list(names).index(choice.model.code) if choice.model.code in names else 0,
        )
        st.text_input("Короткое название", key=f"{_COPY}_name", max_chars=60, placeholder="Например: Наша школа")
        st.button(
            "Создать", key=f"{_COPY}_make", type="primary", on_click=_copy, args=(choice.organisation_id, code)
        )


def _offer_file(choice: Choice) -> None:
    with drawer(_FILE, "Загрузить YAML", ":material/upload_file:"):
        dropped = st.file_uploader(
            "Файл модели (.yaml, до 200 КБ)", type=["yaml", "yml"], max_upload_size=_MEGABYTES,
            key=f"{_FILE}_{st.session_state.get(f'{_FILE}_turn', 0)}",
        )
        if dropped is not None:
            st.button(
                "Создать из файла", key=f"{_FILE}_make", type="primary", on_click=_upload,
                args=(choice.organisation_id, dropped.name, dropped.getvalue()),
            )


def _copy(organisation_id: int, code: str) -> None:
    name = typed(f"{_COPY}_name")
    intention = f"own-model|{organisation_id}|{code}|{name}|{data_version()}"
    made = act(
        partial(write_once, intention, copy_model, organisation_id, code, name),
        f"Модель «{name}» создана. Измените её и введите в действие.", forget=(f"{_COPY}_name", _COPY),
    )
    if made is not None:
        st.session_state[_OPENED] = made


def _upload(organisation_id: int, file_name: str, content: bytes) -> None:
    try:
        file = read_model_file(content, file_name)
    except QualityError as refusal:
        refuse(refusal)
        return
    intention = f"own-model-file|{organisation_id}|{sha256(content).hexdigest()}|{data_version()}"
    made = act(
        partial(write_once, intention, upload_model, organisation_id, file),
        f"Модель «{file.short}» создана из файла. Проверьте её и введите в действие.", forget=(_FILE,),
    )
    if made is not None:
        st.session_state[_OPENED] = made
        st.session_state[f"{_FILE}_turn"] = int(st.session_state.get(f"{_FILE}_turn", 0)) + 1


def _open(model_id: int) -> None:
    st.session_state[_OPENED] = model_id


def _leave() -> None:
    st.session_state.pop(_OPENED, None)
