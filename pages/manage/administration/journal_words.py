"""Names of tables and columns as people read them in the журнал."""

from __future__ import annotations

from core.people.personal_data import field_in_words

_OBJECTS = {
    "account": "учётная запись",
    "assessment": "работа",
    "association": "объединение",
    "association_member": "участник объединения",
    "auth_session": "сеанс",
    "blueprint": "план работы",
    "blueprint_item": "задание плана",
    "class_work": "результаты класса",
    "content_element": "элемент содержания",
    "employment": "место работы",
    "field_review": "решение по проблемному полю",
    "login_attempt": "попытка входа",
    "mapping_profile": "разметка столбцов",
    "mark_scale": "шкала отметок",
    "organisation": "организация",
    "organisation_membership": "подчинение организации",
    "organisation_name": "прежнее название",
    "reference_row": "справочные данные",
    "role_grant": "роль",
    "role_rule": "требование к роли",
    "store": "хранилище",
    "task_type": "тип заданий",
    "teacher": "педагог",
    "teaching_assignment": "нагрузка",
    "threshold_preset": "набор порогов",
    "upload": "загрузка",
}


def object_words(table: str) -> str:
    """Return a table's name in Russian; the name itself where none is known."""
    return _OBJECTS.get(table, table)


def field_words(field: str | None) -> str:
    """Return a column's name in Russian, "" for none."""
    return field_in_words(field) if field else ""
