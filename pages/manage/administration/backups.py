"""Backups: making one now, how old the last one is, looking one over. Putting back is a command: it stops everybody."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import streamlit as st

from core.people.backups import BackupFile, check_backup, list_backups, make_backup
from core.people.scope import Scope
from core.store.attached_files import say_lost
from core.store.backup import BackupSummary
from core.store.base import utc_now
from core.store.rotation import DAILY, HOURLY, MONTHLY
from core.store.settings import backup_interval
from core.words import plural
from pages.widgets.acting import act
from pages.widgets.session import engine
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("name", "Файл", width="large"),
    Column("made_at", "Сделана", "moment"),
    Column("size", "Размер, МБ", "decimal"),
)
_OLD = timedelta(days=1)


def show_backups(scope: Scope) -> None:
    """Show the copies in the folder of backups, the newest first."""
    copies = list_backups(engine(), scope)
    _say_age(copies)
    lines = [{"name": one.name, "made_at": one.made_at, "size": round(one.size / 1_000_000, 2)} for one in copies]
    chosen = show_table("backups", Table("Резервные копии", _COLUMNS, lines), choose=True, download=False)
    name = str(chosen["name"]) if chosen else ""
    with st.container(horizontal=True):
        st.button(
            "Сделать копию сейчас",
            key="backup_make",
            type="primary",
            icon=":material/save:",
            on_click=act,
            args=(partial(make_backup, engine(), scope), _say_made),
        )
        st.button(
            "Проверить выбранную",
            key="backup_check",
            icon=":material/fact_check:",
            disabled=not name,
            on_click=act,
            args=(partial(check_backup, engine(), scope, name), _say_sound),
        )
    st.markdown(
        f"{_rule()} Приложенные файлы лежат рядом с копиями, в папке `backup-attachments`: переносите их вместе.\n\n"
        "**Восстановление** — команда, потому что данные меняются сразу у всех: остановите программу и "
        "выполните `python -m core restore ФАЙЛ`. Прежняя база останется рядом. Секреты установки (папка `secrets`) в "
        "копии не входят: храните их отдельно, без них коды участников и второй фактор не совпадут с прежними."
    )


def _rule() -> str:
    """Say when copies are made by themselves and which of them stay."""
    every = backup_interval()
    if every is None:
        return "Сама программа копий не делает: так задано настройкой QUALITY_BACKUP_HOURS."
    hours = plural(int(every.total_seconds() // 3600), "час", "часа", "часов")
    return (
        f"Программа делает копию сама, когда последней исполнилось {hours}, и хранит из своих копий последние за "
        f"{HOURLY} часа, {DAILY} дней и {MONTHLY} месяцев."
    )


def _say_age(copies: list[BackupFile]) -> None:
    if not copies:
        st.warning("Резервных копий ещё нет.", icon=":material/warning:")
        return
    age = utc_now() - copies[0].made_at
    hours = int(age.total_seconds() // 3600)
    words = plural(hours // 24, "день", "дня", "дней") if hours >= 48 else plural(hours, "час", "часа", "часов")
    text = f"Последняя исправная копия сделана {f'{words} назад' if hours else 'меньше часа назад'}."
    if age > _OLD:
        st.warning(text, icon=":material/warning:")
    else:
        st.success(text, icon=":material/check:")


def _say_made(made: BackupFile) -> str:
    return f"Копия сделана и проверена: {made.name}. {say_lost(made.lost)}".strip()


def _say_sound(summary: BackupSummary) -> str:
    rows = sum(summary.rows.values())
    kept = plural(summary.files, "приложенный файл", "приложенных файла", "приложенных файлов")
    words = plural(rows, "запись", "записи", "записей")
    return f"Копия исправна: версия схемы {summary.revision}, {words}, {kept}."
