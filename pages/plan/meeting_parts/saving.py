"""Saving a few fields of one row: a refusal or a conflict is said, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import EditConflict
from core.store.edits import EditOutcome
from pages.widgets.acting import act


def save_cells(work: Callable[[], EditOutcome], drawer_key: str, done: str) -> bool:
    """Save cells, close their popover, say what was refused or taken by somebody else; return whether it was saved."""

    def checked() -> EditOutcome:
        outcome = work()
        if outcome.refused:
            raise outcome.refused[0].error
        if outcome.conflicts:
            one = outcome.conflicts[0]
            raise EditConflict(
                f"Это поле тем временем изменил другой пользователь ({one.who or 'имя неизвестно'}): сейчас там "
                f"«{one.theirs}».",
                "Откройте поле ещё раз и впишите своё, если это нужно.",
            )
        return outcome

    return act(checked, done, forget=(drawer_key,) if drawer_key else ()) is not None
