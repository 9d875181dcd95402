"""A person's rights: everything that is kept about them taken away, or their name forgotten."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.erasure import Erasure, erase_person
from core.people.personal_data import export_person
from core.people.scope import Action, Scope
from core.words import plural
from pages.widgets.acting import act, drawer, typed
from pages.widgets.downloads import download
from pages.widgets.session import write


def show_person_data(scope: Scope, *, teacher_id: int | None = None, account_id: int | None = None) -> None:
    """Show the buttons that the person's rights permit. What is taken away is noted in the журнал."""
    name = f"{teacher_id}_{account_id}"
    with st.container(horizontal=True):
        if scope.allows(Action.EXPORT_PERSON):
            download(
                f"person_export_{name}",
                "Всё, что хранится о человеке",
                "Данные о человеке",
                "xlsx",
                lambda: write(export_person, teacher_id=teacher_id, account_id=account_id).as_workbook(),
            )
        if scope.allows(Action.ERASE_PERSON):
            with drawer("erase_drawer", "Удалить персональные данные", ":material/person_off:"):
                st.write(
                    "Имя заменится условным всюду, где оно записано, в журнале изменений тоже; учётная запись "
                    "исчезнет, показатели прошлых лет останутся. Отменить это нельзя. Приложенные файлы, записи с "
                    "опечаткой и инициалы, под которыми может значиться другой педагог, исправьте вручную."
                )
                st.text_input("Основание", key="erase_reason", placeholder="Заявление от …", max_chars=600)
                st.text_input("Впишите слово «удалить», чтобы подтвердить", key="erase_word")
                st.button(
                    "Удалить навсегда",
                    key=f"erase_{name}",
                    type="primary",
                    disabled=typed("erase_word").casefold() != "удалить",
                    on_click=_erase,
                    args=(teacher_id, account_id),
                )


def _erase(teacher_id: int | None, account_id: int | None) -> None:
    work = partial(write, erase_person, teacher_id=teacher_id, account_id=account_id, reason=typed("erase_reason"))
    act(work, _say, forget=("erase_reason", "erase_word", "erase_drawer"))


def _say(erasure: Erasure) -> str:
    cells = plural(erasure.mentions, "упоминание", "упоминания", "упоминаний")
    return f"Персональные данные удалены, в прошлых показателях — {erasure.alias}; заменено {cells} в текстах."
