"""The list of screens: address, file, title, stage of the cycle, and the right that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.people.scope import Action, Scope

PAGES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen. `path` is its address without the slash ("" for the first one), `file` lies under pages/.

    `action` opens it, and so does any of `also`; None: everybody who is signed in.
    """

    path: str
    file: str
    title: str
    stage: str
    icon: str
    action: Action | None
    help: str
    also: tuple[Action, ...] = ()


STAGES = (
    "",
    "1. Сбор данных",
    "2. Анализ",
    "3. Опыт",
    "4. Рекомендации и карты",
    "5. Помощь педагогам",
    "6. Мониторинг",
    "Система",
)
"""Headings of the menu in their order; screens of "" stand above them."""

_ALL = (
    Screen(
        "", "glance/overview.py", "Обзор", STAGES[0], ":material/dashboard:", Action.VIEW,
        "Главное на одном экране: работы, худшие проблемные поля, что делать дальше.",
    ),
    Screen(
        "cycle", "glance/cycle.py", "Управленческий цикл", STAGES[0], ":material/cycle:", Action.VIEW,
        "Этапы модели по кругу: кто отвечает, что уже есть, чего нет и где это сделать; сравнение и самопроверка.",
    ),
    Screen(
        "municipality", "glance/municipality.py", "Муниципалитет", STAGES[0], ":material/location_city:",
        Action.VIEW_MUNICIPALITY,
        "Школы по алфавиту и этапы их циклов, полнота результатов, системные поля, общие дефициты; без рейтингов.",
    ),
    Screen(
        "documents", "manage/documents.py", "Документы", STAGES[0], ":material/description:", Action.VIEW_ROADMAPS,
        "Все документы, которые можно сделать сейчас: из чего, кем и когда сделаны; пакет к заседанию, шаблоны.",
        also=(
            Action.VIEW, Action.VIEW_HELP, Action.VIEW_RECOMMENDATIONS, Action.VIEW_INDICATORS, Action.VIEW_PRACTICES,
        ),
    ),
    Screen(
        "upload", "collect/upload.py", "Загрузка результатов", STAGES[1], ":material/upload_file:", Action.UPLOAD,
        "Файлы с результатами: распознать, проверить, сохранить, отменить.",
    ),
    Screen(
        "blueprints", "collect/blueprints.py", "Планы работ", STAGES[1], ":material/list_alt:", Action.VIEW,
        "Из чего состоят работы: задания, элементы содержания, шкалы отметок, пороги.",
    ),
    Screen(
        "results", "analyse/results.py", "Результаты работ", STAGES[2], ":material/bar_chart:", Action.VIEW,
        "Одна работа: отметки, баллы, задания с интервалами, группы, сравнение, объективность.",
    ),
    Screen(
        "problem-fields", "analyse/problem_fields.py", "Проблемные поля", STAGES[2], ":material/target:", Action.VIEW,
        "Что именно не усвоено, насколько это достоверно и в каких классах.",
    ),
    Screen(
        "deficits", "analyse/deficits.py", "Профессиональные дефициты", STAGES[2], ":material/psychology:",
        Action.VIEW_DEFICITS,
        "Что трудно педагогам: общее и личное, рядом с результатами учеников; анкеты, подтверждения, кто может помочь.",
        also=(Action.VIEW_PERSONAL_DEFICITS, Action.MANAGE_DIAGNOSTICS),
    ),
    Screen(
        "practices", "practice/practices.py", "Лучшие практики", "3. Опыт", ":material/lightbulb:",
        Action.VIEW_PRACTICES,
        "Практики, которые отвечают проблемным полям: описание, апробация, обсуждение, изменение результатов; клубы.",
    ),
    Screen(
        "recommendations", "plan/recommendations.py", "Рекомендации", "4. Рекомендации и карты",
        ":material/outgoing_mail:", Action.VIEW_RECOMMENDATIONS,
        "Кому, что и на каком основании рекомендовано; сколько осталось, что ответили, что сделано; вся цепочка.",
    ),
    Screen(
        "roadmaps", "plan/roadmaps.py", "Дорожные карты", "4. Рекомендации и карты", ":material/checklist:",
        Action.VIEW_ROADMAPS,
        "Мероприятия со сроками, исполнителями и подтверждениями; согласование и утверждение; мои мероприятия.",
    ),
    Screen(
        "meeting", "plan/meeting.py", "Заседание", "4. Рекомендации и карты", ":material/groups:", Action.VIEW_ROADMAPS,
        "Повестка собирается сама, один пункт на экране у всех, решения становятся поручениями, протокол готов сразу.",
    ),
    Screen(
        "mentorship", "support/mentorship.py", "Наставничество", "5. Помощь педагогам", ":material/handshake:",
        Action.VIEW_HELP,
        "Кому и кто поможет: подбор наставника, программа, журнал встреч, анкеты до и после, состояние системы.",
    ),
    Screen(
        "development", "support/development.py", "Повышение квалификации", "5. Помощь педагогам",
        ":material/school:", Action.VIEW_HELP,
        "Курсы и заявки, маршруты, самообразование, посещения, план мероприятий, вопросы, покрытие дефицитов.",
    ),
    Screen(
        "indicators", "monitor/indicators.py", "Показатели", "6. Мониторинг", ":material/monitoring:",
        Action.VIEW_INDICATORS,
        "Показатели по отчётным годам: план и факт, интервал и изменение, записи за числом; ввод, сдача и приёмка.",
    ),
    Screen(
        "help", "manage/help.py", "Справка", STAGES[-1], ":material/help:", None,
        "Как работать, словарь понятий, методика расчёта, персональные данные.",
    ),
    Screen(
        "account", "manage/account.py", "Мой профиль", STAGES[-1], ":material/account_circle:", None,
        "Пароль, второй фактор, мои сеансы, что хранится обо мне.",
    ),
    Screen(
        "admin", "manage/admin.py", "Администрирование", STAGES[-1], ":material/admin_panel_settings:",
        Action.MANAGE_ACCOUNTS,
        "Организации, люди, роли, объединения, журнал изменений, резервные копии, проверка безопасности.",
        also=(
            Action.MANAGE_ORGANISATIONS,
            Action.MANAGE_TEACHERS,
            Action.MANAGE_ASSOCIATIONS,
            Action.VIEW_AUDIT,
            Action.MANAGE,
        ),
    ),
)

SCREENS = tuple(screen for screen in _ALL if (PAGES / screen.file).is_file())
"""The screens that exist."""
_LANDING = ("", "development")


def is_open(screen: Screen, scope: Scope) -> bool:
    """Say whether the person may open the screen, so that menu and links show it. The screen itself asks again."""
    return screen.action is None or any(scope.allows(action) for action in (screen.action, *screen.also))


def first_screen(scope: Scope) -> Screen:
    """Return where a person lands without an address: on the overview, else on what they do as a teacher or mentor."""
    found = [screen for screen in SCREENS if is_open(screen, scope)]
    return next((screen for path in _LANDING for screen in found if screen.path == path), found[0])


def screen_at(path: str) -> Screen:
    """Return the screen with this address, such as "problem-fields"."""
    return next(screen for screen in SCREENS if screen.path == path)


def is_built(path: str) -> bool:
    """Say whether there is a screen at this address, so that a link to it may be shown."""
    return any(screen.path == path for screen in SCREENS)
