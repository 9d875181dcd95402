"""Files and links that belong to something: shown, handed out, added, taken away and brought back.

    show_attached("practices", rows, open_row, remove=remove_row if may_change else None)
    show_removed("practices_12", removed_rows, restore_row)
    show_attaching("practices_12", attach_file_to_practice, attach_link_to_practice)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from core.store.evidence import EvidenceColumns, EvidenceKind
from core.store.file_kinds import MAX_BYTES
from core.words import moment, number
from pages.widgets.acting import act
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.session import carried, time_zone
from pages.widgets.texts import plain

_MEGABYTE = 1024 * 1024
_BRACKETS = re.compile(r"[()\s<>]")


def show_attached(
    screen: str, rows: Sequence[EvidenceColumns], content: Callable[[int], bytes],
    remove: Callable[[int], object] | None = None,
) -> None:
    """Show files and links with their buttons; `content` gives a file's bytes, `remove` takes a row away."""
    for one in rows:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if one.kind is EvidenceKind.LINK:
                st.markdown(f":material/link: [{plain(one.title)}]({link_address(one.url)})", width="stretch")
            else:
                st.markdown(f":material/description: {plain(one.title)}, {file_size(one.size)}", width="stretch")
                st.download_button(
                    "Скачать", data=carried(partial(content, one.id or 0)), file_name=one.file_name,
                    mime=one.media_type, key=f"{screen}_get_{one.id}", on_click="ignore", icon=":material/download:",
                    help=f"Приложено: {moment(one.added_at, time_zone())}, {plain(one.added_by)}",
                )
            if remove is not None:
                st.button(
                    "Убрать", key=f"{screen}_remove_{one.id}", icon=":material/delete:", on_click=act,
                    args=(partial(remove, one.id or 0), "Убрано, можно вернуть ниже."),
                )


def show_removed(screen: str, rows: Sequence[EvidenceColumns], restore: Callable[[int], object]) -> None:
    """Show what was taken away, folded, with buttons that bring it back."""
    show_deleted(screen, "Убранное", {one.id or 0: one.title for one in rows}, restore, "Возвращено.")


def show_attaching(
    screen: str, attach_file: Callable[[str, bytes], object], attach_link: Callable[[str], object]
) -> None:
    """Show the fields for a new file and a new link; a refusal is said at the top, what was typed stays."""
    turn = f"{screen}_file_turn"
    dropped = st.file_uploader(
        f"Приложить файл (до {MAX_BYTES // _MEGABYTE} МБ)", key=f"{screen}_file_{st.session_state.get(turn, 0)}",
        max_upload_size=MAX_BYTES // _MEGABYTE,
        help="PDF, Word, Excel, PowerPoint, OpenDocument, JPEG, PNG, TIFF, TXT и CSV. Программы и макросы нельзя.",
    )
    if dropped is not None:
        st.button(
            "Приложить файл", key=f"{screen}_attach", type="primary", icon=":material/attach_file:", on_click=_attach,
            args=(turn, partial(attach_file, dropped.name, dropped.getvalue()), dropped.name),
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Или ссылка", key=f"{screen}_url", placeholder="https://…", max_chars=2000)
        st.button(
            "Приложить", key=f"{screen}_link", icon=":material/add_link:", on_click=_link,
            args=(f"{screen}_url", attach_link),
        )


def link_address(url: str) -> str:
    """Return an address that a Markdown link takes whole."""
    return _BRACKETS.sub(lambda sign: f"%{ord(sign.group()):02X}", url)


def _attach(turn: str, work: Callable[[], object], file_name: str) -> None:
    if act(work, f"Файл «{file_name}» приложен.") is not None:
        # A new key empties the field of the file.
        st.session_state[turn] = int(st.session_state.get(turn, 0)) + 1


def _link(field: str, attach_link: Callable[[str], object]) -> None:
    act(partial(attach_link, str(st.session_state.get(field) or "")), "Ссылка приложена.", forget=(field,))


def file_size(size: int) -> str:
    """Return bytes as people read them: «12 КБ», «1,4 МБ»."""
    return f"{number(size / _MEGABYTE, 1)} МБ" if size >= _MEGABYTE // 10 else f"{size // 1024 + 1} КБ"
