"""What the values of a model's file are called in Russian: rooms, records behind a state, screens, fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.cycle.records import Derived, RoomName

ROOM_WORDS: Final[Mapping[RoomName, str]] = {
    RoomName.INTAKE: "1. Сбор данных",
    RoomName.ANALYSIS: "2. Анализ",
    RoomName.DIAGNOSTICS: "2. Анализ: дефициты",
    RoomName.PRACTICE: "3. Опыт",
    RoomName.PLANNING: "4. Рекомендации и карты",
    RoomName.SUPPORT: "5. Помощь",
    RoomName.MONITORING: "6. Мониторинг",
}

DERIVED_WORDS: Final[Mapping[Derived, str]] = {
    Derived.MANUAL: "отмечают люди",
    Derived.WORKS_UPLOADED: "загружены результаты работ",
    Derived.PLANS_ATTACHED: "у работ есть планы",
    Derived.SURVEYS_UPLOADED: "загружены ответы педагогов",
    Derived.DEFICITS_COLLECTED: "видны общие дефициты",
    Derived.FIELDS_CONFIRMED: "решено по проблемным полям",
    Derived.PRACTICES_PUBLISHED: "опубликованы практики",
    Derived.CLUBS_HELD: "проведены встречи клубов",
    Derived.RECOMMENDATIONS_SENT: "отправлены рекомендации",
    Derived.RECOMMENDATIONS_ANSWERED: "на рекомендации ответили",
    Derived.ROADMAP_DRAFTED: "составлена дорожная карта",
    Derived.ROADMAP_APPROVED: "дорожная карта утверждена",
    Derived.MEASURES_DONE: "мероприятия выполнены",
    Derived.MEETING_HELD: "заседания проведены",
    Derived.MENTORSHIP_ACTIVE: "наставничество начато",
    Derived.COURSES_PLANNED: "заявки на курсы согласованы",
    Derived.COURSES_FINISHED: "курсы завершены",
    Derived.SELF_EDUCATION: "есть темы самообразования",
    Derived.VISITS_HELD: "уроки посещены с выводом",
    Derived.EVENTS_PLANNED: "есть план методических мероприятий",
    Derived.EVENTS_HELD: "методические мероприятия проведены",
    Derived.CONTESTS_HELD: "у конкурсов есть приказы",
    Derived.VALUES_ENTERED: "значения показателей сданы",
    Derived.VALUES_ACCEPTED: "значения показателей приняты",
    Derived.GOALS_SET: "названа цель года",
    Derived.INDICATORS_SET: "задан план показателей",
}

SCREEN_WORDS: Final[Mapping[str, str]] = {
    "cycle": "Управленческий цикл",
    "upload": "Загрузка результатов",
    "blueprints": "Планы работ",
    "results": "Результаты работ",
    "problem-fields": "Проблемные поля",
    "deficits": "Профессиональные дефициты",
    "practices": "Лучшие практики",
    "recommendations": "Рекомендации",
    "roadmaps": "Дорожные карты",
    "meeting": "Заседание",
    "mentorship": "Наставничество",
    "development": "Повышение квалификации",
    "indicators": "Показатели",
    "municipality": "Муниципалитет",
    "documents": "Документы",
    "admin": "Администрирование",
}
"""Titles of the screens that models may lead to, by address."""

FIELD_WORDS: Final[Mapping[str, str]] = {
    "source": "Источник",
    "title": "Название",
    "short": "Короткое название",
    "organisation": "Чья модель",
    "level": "Уровень",
    "order": "Порядок",
    "purpose": "Назначение",
    "theme": "Методическая тема",
    "goals": "Цели",
    "directions": "Направления",
    "participants": "Участники",
    "associations": "Объединения",
    "regulations": "Нормативные акты",
    "features": "Особенности",
    "closing": "Как замыкается цикл",
    "stages": "Этапы",
    "tables": "Таблицы",
    "number": "Номер",
    "name": "Название",
    "heading": "Название в описании",
    "room": "Раздел программы",
    "screens": "Экраны",
    "where": "Где на экране",
    "added": "Добавлено программой",
    "when": "Когда",
    "responsible": "Кто отвечает",
    "also": "Кто ещё участвует",
    "tasks": "Задачи",
    "doors": "Где делают задачи",
    "task": "Задача",
    "inputs": "Что берёт этап",
    "outputs": "Что даёт этап",
    "forms": "Формы работы",
    "kind": "Вид",
    "derived": "Из чего видно",
    "sources": "Какие именно записи",
    "year": "Когда принять",
    "columns": "Столбцы",
    "rows": "Строки",
    "text": "Текст",
}
"""Headers of fields."""
