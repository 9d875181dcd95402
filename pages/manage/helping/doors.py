"""Doors of the help: which parameter of a screen's address opens the place that a model names there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pages.widgets.screens import screen_at

_DOCUMENTS = "documents"
_DOCUMENT_FILTER = "documents_document"
_CLUBS = "Клубы и объединения"


@dataclass(frozen=True, slots=True)
class Door:
    """A link to a screen: what stands on it, and what opens the place in the address."""

    label: str
    query: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def _tabs(param: str, *names: str, **outer: str) -> dict[str, dict[str, str]]:
    return {name: {**outer, param: name} for name in names}


SPOTS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "admin": _tabs("admin_tab", "Организации", "Люди и роли", "Педагоги", "Объединения"),
    "blueprints": _tabs("blueprints_tab", "Планы", "Шкалы отметок", "Пороги"),
    "cycle": _tabs("cycle_tab", "Этапы", "Закрытие", "Нормативные акты", "Модель", "Сравнение", "Самопроверка"),
    "deficits": _tabs(
        "deficits_tab", "Корпоративные", "Триангуляция", "Личные", "Волны", "Замечания экспертов", "Загрузка анкет",
    ),
    "development": _tabs(
        "development_tab", "Моё развитие", "Курсы", "Маршруты", "Самообразование", "Посещения уроков",
        "План мероприятий", "Запросы о помощи", "Покрытие",
    ),
    "indicators": _tabs(
        "indicators_tab", "Табло", "Ввод и сдача", "Сбор", "Приёмка", "Итоги года", "Ожидаемые результаты",
        "Проблемные поля", "Цели", "Паспорта",
    ),
    "meeting": {
        "Новое заседание": {"meeting_new": "true"}, **_tabs("section", "Решения и протокол"),
    },
    "mentorship": {
        **_tabs("mentorship_tab", "Пары и группы", "Подбор", "Конкурсы", "Состояние системы"),
        **_tabs("mentorship_pair_tab", "Программа", "Журнал встреч", "Анкеты"),
    },
    "municipality": _tabs("municipality_tab", "Школы и этапы", "Системные поля", "Дефициты и показатели"),
    "practices": {
        **_tabs("practices_view", "Библиотека", _CLUBS),
        **_tabs(
            "practices_club_tab", "План и встречи", "Решения", "Практики", "Проблемные поля", "Участники",
            practices_view=_CLUBS,
        ),
    },
    "problem-fields": {
        **_tabs("fields_kind", "Элементы", "Типы заданий", "Уровни"), **_tabs("fields_where", "Школы", "Классы"),
    },
    "results": _tabs("results_tab", "Задания", "Отметки", "Баллы", "Группы", "Классы и школы", "Объективность"),
    "roadmaps": {
        "Новая дорожная карта": {"roadmaps_adding": "true"},
        **_tabs("roadmaps_tab", "Ход", "Таблица", "График", "Согласование", "Журнал"),
    },
    "upload": _tabs("upload_tab", "Загрузить", "История загрузок", "Полнота"),
}
"""What opens a place: by the screen's path and the name that models give the place in «guillemets».

Tabs of one roadmap, pair, work, club or meeting stay in the address until one of them is chosen, and open with it.
"""


def doors_of(path: str, where: str) -> list[Door]:
    """Return the doors to a screen for the words that say where on it a thing lives: one for each named place.

    A place in another one has one door for both. All named documents stand behind one door; words without a known name
    give one door to the screen as a whole.
    """
    title, names = screen_at(path).title, re.findall("«([^»]+)»", where)
    if path == _DOCUMENTS:
        return [Door(title, {_DOCUMENT_FILTER: names} if names else {})]
    spots = SPOTS.get(path, {})
    found = [Door(f"{title}: {name}", spots[name]) for name in dict.fromkeys(names) if name in spots]
    inner = [one for one in found if not any(one.query.items() < other.query.items() for other in found)]
    return inner or [Door(title)]
