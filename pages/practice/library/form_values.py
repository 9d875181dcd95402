"""What stands in the form of a practice: filled once, kept while one goes through screens, saved cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from core.errors import EditConflict, InvalidInput
from core.practice.library import PracticeCard
from core.practice.practices import EDITABLE, PracticeDraft, change_practice
from core.practice.values import TEXTS
from core.store.edits import CellEdit, EditOutcome
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act
from pages.widgets.session import write

_LABELS = {
    "title": "Название", "subject": "Предмет", "elements": "Элементы содержания", "task_types": "Типы заданий",
    "method": "Вид работы", "grades": "Для классов", "class_grade": "Класс", "class_letter": "Буква",
    "class_year": "Учебный год", "author_named": "Согласие назвать имя", **TEXTS,
}
_OPTIONAL = ("subject", "method")
"""Shown as «nothing chosen» where they are empty."""
_NUMBERS = ("class_grade", "class_year")


@dataclass(frozen=True, slots=True)
class Field:
    """The names of the fields of one form: of a stored practice, or of the new one."""

    card: PracticeCard | None

    @property
    def turn(self) -> int:
        """Return the number of the form: a new one after each that was sent."""
        return int(st.session_state.get(f"{SCREEN}_form_turn", 0))

    def key(self, name: str) -> str:
        """Return the key of a widget."""
        return f"{SCREEN}_form_{self.card.id if self.card else 'new'}_{self.turn}_{name}"

    def value(self, name: str) -> object:
        """Return what stands in a field; None for nothing."""
        return st.session_state.get(self.key(name))

    def text(self, name: str) -> str:
        """Return the text of a field."""
        return str(self.value(name) or "")

    def names(self, name: str) -> tuple[object, ...]:
        """Return the choices of a field of several."""
        value = self.value(name)
        return tuple(value) if isinstance(value, list | tuple) else ()


def fill_once(field: Field) -> None:
    """Put the stored values into the fields when the form opens, and remember them as what the user saw."""
    if field.card is None or field.key("title") in st.session_state:
        return
    seen = {name: getattr(field.card.row, name) for name in EDITABLE}
    st.session_state[field.key("seen")] = (field.card.version, seen)
    for name in EDITABLE:
        st.session_state[field.key(name)] = _stored(field.card, name)


def draft_of(field: Field, subject: str, *, by_me: bool) -> PracticeDraft:
    """Return the new practice as it stands in the form."""
    grade, year, teacher, place = (field.value(name) for name in ("class_grade", "class_year", "teacher_id",
                                                                  "organisation_id"))
    return PracticeDraft(
        organisation_id=place if isinstance(place, int) else 0, title=field.text("title"), subject=subject,
        elements=tuple(str(one) for one in field.names("elements")),
        task_types=tuple(str(one) for one in field.names("task_types")), method=field.text("method"),
        grades=tuple(one for one in field.names("grades") if isinstance(one, int)),
        class_grade=grade if isinstance(grade, int) else None, class_letter=field.text("class_letter"),
        class_year=year if isinstance(year, int) else None, by_me=by_me, named=bool(field.value("named")),
        teacher_id=teacher if isinstance(teacher, int) and not by_me else None, author=field.text("author"),
        problem=field.text("problem"), actions=field.text("actions"), repeat=field.text("repeat"),
        conditions=field.text("conditions"), result=field.text("result"),
    )


def changed_cells(field: Field) -> list[CellEdit]:
    """Return the fields that the user changed, with what they saw."""
    if field.card is None or field.key("seen") not in st.session_state:
        return []
    version, seen = st.session_state[field.key("seen")]
    return [
        CellEdit(field.card.id, version, name, _typed(field, name), seen[name])
        for name in EDITABLE
        if field.key(name) in st.session_state and _typed(field, name) != seen[name]
    ]


def save_edits(field: Field) -> bool:
    """Save the changed fields; say whether all of them are stored. Called in a callback."""
    outcome = act(lambda: _saved(field), "Практика изменена.")
    return outcome is not None


def forget_form(field: Field) -> None:
    """Empty the form for the next time."""
    for name in (*EDITABLE, "seen"):
        st.session_state.pop(field.key(name), None)
    st.session_state[f"{SCREEN}_form_turn"] = field.turn + 1


def _saved(field: Field) -> EditOutcome:
    """Save; a refused cell or a colleague's change raises what the user reads, and nothing typed is lost."""
    if field.card is None:
        raise InvalidInput("Нечего сохранять.")
    outcome = write(change_practice, field.card.id, changed_cells(field))
    if outcome.refused:
        raise outcome.refused[0].error
    if outcome.conflicts:
        version, seen = st.session_state[field.key("seen")]
        for conflict in outcome.conflicts:
            version = conflict.version
            if conflict.field is not None:
                seen[conflict.field] = conflict.theirs
        st.session_state[field.key("seen")] = (version, seen)
        told = "; ".join(
            f"«{_LABELS[conflict.field or 'title']}» – {conflict.who}: «{_short(conflict.theirs)}»"
            for conflict in outcome.conflicts
        )
        raise EditConflict(
            f"Пока вы правили, изменилось: {told}.",
            "Ваш текст остался в форме. Нажмите «Сохранить» ещё раз, чтобы записать его вместо этого.",
        )
    return outcome


def _stored(card: PracticeCard, name: str) -> object:
    """Return the stored value as the form's field holds it."""
    value = getattr(card.row, name)
    if name in _OPTIONAL:
        return value or None
    return list(value) if isinstance(value, list) else value


def _typed(field: Field, name: str) -> object:
    """Return what stands in a field as the row would hold it."""
    value = field.value(name)
    if name in _NUMBERS:
        return value
    if isinstance(value, list | tuple):
        return list(value)
    return value or (False if isinstance(value, bool) else "")


def _short(value: object) -> str:
    text = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "пусто")
    return text if len(text) <= 120 else f"{text[:119]}…"
