"""Forms as teachers fill them in, and the short way through opening, preview and storing."""

from __future__ import annotations

from sqlalchemy import Engine

from core.diagnostics.contract import AnswerView
from core.diagnostics.opening import open_survey
from core.diagnostics.preview import SurveyOptions, SurveyPreview
from core.diagnostics.previewing import preview_survey
from core.diagnostics.reading.inspecting import inspect_form
from core.diagnostics.reading.mapping import KnownScale, SurveyInspection, SurveyMapping, SurveyRequest
from core.diagnostics.seeding import seed_diagnostics
from core.diagnostics.storing import StoredWave, store_survey
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from core.workbooks.reading import read_workbook
from tests.intake.file_formats import written

HELP, CAN, WELL, SHARE = "Необходима помощь", "Могу решить", "Успешно решаю", "Могу поделиться опытом"
SCALE = (
    AnswerView(HELP, 1, True, False), AnswerView(CAN, 2, True, False), AnswerView(WELL, 3, False, False),
    AnswerView(SHARE, 4, False, True),
)
QUESTIONS = ("1. Урок: ставлю цель урока?", "2. Урок: подбираю задания?", "1. Семья: беседую с родителями?")
HEAD = ("ID", "Время создания", "Согласие на обработку данных", "ФИО", "ОО", "Предмет", "Стаж", "Телефон")
SHEET = "Ответы"
LOCAL = Scope.local_administrator()


def person(name: str, *answers: str, school: str = "школа 1", subject: str = "Математика", consent: str = "Да") -> list:
    """Return a row of the form."""
    number = sum(map(ord, name)) % 9000
    return [
        number, "2026-09-01 10:00:00", consent, name, school, subject, "12 лет", "+7 912 345-67-89", *answers
    ]


def form(*rows: list, questions: tuple[str, ...] = QUESTIONS, head: tuple[str, ...] = HEAD, **options) -> bytes:
    """Return a form with these rows as a file."""
    return written({SHEET: [[*head, *questions], *rows]}, **options)


def inspected(content: bytes, mapping: SurveyMapping | None = None, name: str = "анкета.xlsx") -> SurveyInspection:
    """Return what the child process would say of the file, without the process."""
    request = SurveyRequest((KnownScale(SCALE),), mapping=mapping, name_key=b"k" * 48)
    return inspect_form(read_workbook(content, name), request)


def codes_of(found: SurveyInspection | SurveyPreview) -> list[str]:
    return [finding.code for finding in found.findings]


def seeded(engine: Engine) -> Engine:
    """Put the shipped competences and instruments into the store."""
    with writing(engine, "подготовка теста") as session:
        seed_diagnostics(session)
    return engine


def previewed(
    engine: Engine, content: bytes, options: SurveyOptions | None = None, scope: Scope = LOCAL
) -> SurveyPreview:
    """Open the file in the child process and preview it."""
    options = options or SurveyOptions()
    with reading(engine) as session:
        file = open_survey(session, scope, content, "анкета.xlsx", options)
        return preview_survey(session, scope, file, options)


def stored(engine: Engine, content: bytes, options: SurveyOptions | None = None, scope: Scope = LOCAL) -> StoredWave:
    """Bring the file in."""
    preview = previewed(engine, content, options, scope)
    with writing(engine, "тест") as session:
        return store_survey(session, scope, preview)
