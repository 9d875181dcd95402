"""What the upload screen says before a file is dropped: what is understood, and what happens next."""

from __future__ import annotations

import streamlit as st

_KINDS = """
- **ВПР:** форма сбора результатов, выгрузки прошлых лет, отчёты ФИС ОКО — «Индивидуальные результаты» и сводные
- **ОГЭ и ЕГЭ:** протоколы РЦОИ, CSV из РИС; фамилии и документы отбрасываются при чтении
- **Всё остальное:** НИКО, мониторинги, школьные работы — строка на участника, столбец на задание
"""
_STEPS = """
1. Перетащите один или несколько файлов — вид определится по содержанию
2. Посмотрите замечания: ячейки можно исправить здесь, незнакомые столбцы — назначить
3. Нажмите «Сохранить»; загрузку можно отменить целиком в истории
"""


def show_guide() -> None:
    """Show what can be uploaded beside the three steps."""
    kinds, steps = st.columns(2)
    with kinds.container(border=True):
        st.subheader("Что можно загрузить", anchor=False)
        st.markdown(_KINDS)
    with steps.container(border=True):
        st.subheader("Что будет дальше", anchor=False)
        st.markdown(_STEPS)
