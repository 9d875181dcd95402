"""Passports of the tables of the screen."""

from __future__ import annotations

from core.diagnostics.rounds import Round
from core.diagnostics.standing import CorporateRule
from core.words import percent
from pages.analyse.deficit_parts.choice import Choice
from pages.widgets.passport import VPR_LINE, Passport

_AUDIENCE = "методисту, руководителю методического объединения, заместителю директора"
_SELF = "Самооценка показывает, что педагог сам считает трудным; её проверяют тестом, уроком, обсуждением."
_SMALL = (
    "Группы меньше пяти педагогов скрыты; вместе с ними скрыты группы, по которым малую можно вычислить вычитанием."
)


def corporate_passport(choice: Choice, rule: CorporateRule) -> Passport:
    """Return the passport of the corporate deficits."""
    return Passport(
        _AUDIENCE, choice.words(),
        "доля педагогов группы, у которых ответ означает дефицит по шкале анкеты, среди ответивших; 95 % интервал "
        f"Уилсона; корпоративный — не меньше {percent(rule.share, 0)} при {rule.fewest} и более педагогах, возможный — "
        f"от {percent(rule.possible, 0)}; либо подтверждён объединением или клубом с протоколом",
        ("Граница 50 % принята по умолчанию, нормативно не установлена.", _SELF, _SMALL),
    )


def matrix_passport(choice: Choice) -> Passport:
    """Return the passport of the triangulation."""
    return Passport(
        _AUDIENCE, choice.words() or "все работы и замечания",
        "ученики — выполнение элемента в последней работе параллели, худшая из работ; педагоги — доля с дефицитом в "
        "компетенции, связанной с элементом, среди учителей предмета; эксперты — число замечаний; порядок "
        "— сколько сторон указывают на трудность и насколько сильно",
        (
            "Матрица — гипотеза для обсуждения. Она не показывает причину: стороны измерены в разное время и на разных "
            "людях.",
            _SMALL, VPR_LINE,
        ),
    )


def personal_passport(choice: Choice) -> Passport:
    """Return the passport of the personal deficits."""
    return Passport(
        "самому педагогу, руководителю его объединения, директору", choice.words(),
        "дефицит — ответ, который шкала анкеты считает дефицитом; уровень — доля баллов от возможных, считая от "
        "наименьшего ответа, по границам инструмента",
        (_SELF, "Личные дефициты не используются для оценки труда и не передаются за пределы школы."),
    )


def resources_passport(choice: Choice) -> Passport:
    """Return the passport of the resource teachers."""
    return Passport(
        _AUDIENCE, choice.words(),
        "педагоги, которые ответили «могу поделиться опытом» (в тесте — полный балл) там, где трудность корпоративная "
        "или возможная; названы только давшие согласие",
        ("Результаты учеников при отборе не используются.", _SELF),
    )


def waves_passport(before: Round, after: Round) -> Passport:
    """Return the passport of the comparison of two waves."""
    return Passport(
        _AUDIENCE, f"{before.name}; {after.name}",
        "доля педагогов с дефицитом в одной и другой волне; изменение — по одним и тем же людям, если ответивших оба "
        "раза не меньше пяти и не меньше половины, иначе по группам целиком; 95 % интервал Ньюкомба",
        ("Изменение не доказывает, что помог именно курс или мероприятие.", _SELF, _SMALL),
    )
