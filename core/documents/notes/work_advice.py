"""Sections of a note on a work: to whom what is advised, the plan, the conclusion. Pure."""

from __future__ import annotations

from core.analysis.fields import Reach
from core.analysis.status import Status
from core.analysis.work import UnitLevel
from core.documents.notes.advice import Advice
from core.documents.notes.sentences import mean_words, paragraph, paragraphs, part_of_pupils, pupils_caution, some
from core.documents.notes.work_fields import field_label
from core.documents.notes.work_figures import WorkFigures
from core.documents.text import Section, TextColumn, TextTable
from core.planning.tables import AddresseeKind
from core.words import count_of, number

_NOTHING = "Проблемных полей нет: сохранить принятый порядок работы и сверить его с результатами следующего года."
_TITLES = {
    AddresseeKind.ADMINISTRATION: ("administration", "Для администрации"),
    AddresseeKind.ASSOCIATION: ("association", "Для методического объединения"),
    AddresseeKind.TEACHER: ("teachers", "Для педагогов"),
    AddresseeKind.PARENTS: ("parents", "Для родителей"),
}
_PLAIN = {
    AddresseeKind.ADMINISTRATION: _NOTHING,
    AddresseeKind.ASSOCIATION: (
        "Проблемных полей нет. На заседании объединения стоит назвать приёмы, которые дали результат, и поделиться ими."
    ),
    AddresseeKind.TEACHER: "Проблемных полей нет. Задания, выполненные хуже остальных, полезно разобрать с классом.",
    AddresseeKind.PARENTS: (
        "Уважаемые родители! По итогам работы общих затруднений не найдено. Результат одной работы не характеризует "
        "способности ребёнка; о его затруднениях расскажет учитель."
    ),
}


def addressed(found: Advice, kind: AddresseeKind) -> Section:
    """Return the section for one addressee."""
    key, title = _TITLES[kind]
    return Section(key, title, found.texts.get(kind, ()) or (_PLAIN[kind],))


def methods(figures: WorkFigures, found: Advice) -> Section:
    """Return what methodical help there is: forms, practices of colleagues, recommendations that were sent."""
    repeated = [field_label(figures, one) for one in figures.fields if one.field.repeats]
    return Section(
        "methods", "Методические рекомендации",
        paragraphs(
            "Прежде чем выбирать форму помощи, причину каждого затруднения проверяют: сопоставляют время изучения темы "
            "с датой работы, читают работы обучающихся, спрашивают учителя. Доля выполнения причину не называет.",
            f"Затруднения, которые были и раньше, требуют другой формы помощи, чем прежде: {some(repeated)}."
            if repeated else "",
            f"Опыт коллег, который отвечает на эти затруднения: {some(found.practices, 8)}." if found.practices
            else "В библиотеке практик ответа на эти затруднения пока нет." if figures.fields else "",
            f"Уже отправлены рекомендации: {some(found.sent, 6)}." if found.sent else "",
        ),
    )


def plan(figures: WorkFigures, found: Advice) -> Section:
    """Return the measures proposed for the next academic year, as a table."""
    rows = [
        (f"{place}.{row}", one.title, one.deadline, one.owner, one.indicator)
        for place, measures in enumerate(found.plan, start=1)
        for row, one in enumerate(measures, start=1)
    ]
    if not rows:
        return Section("plan", "План мероприятий", ("Мероприятия не требуются: проблемных полей нет.",))
    year = f"{figures.work.year}/{figures.work.year + 1}"
    return Section(
        "plan", "План мероприятий",
        (f"Мероприятия предложены на {year} учебный год и уточняются в дорожной карте.",),
        TextTable(
            "", (TextColumn("№", 1), TextColumn("Мероприятие", 6), TextColumn("Срок", 3),
                 TextColumn("Ответственные", 4), TextColumn("Показатель", 4)), tuple(rows),
        ),
    )


def conclusion(figures: WorkFigures) -> Section:
    """Return the findings of the whole note in a few sentences."""
    overview, fields = figures.overview, figures.fields
    below = [status for status in figures.statuses.status if status.is_below]
    systemic = [field_label(figures, one) for one in fields if one.field.reach is Reach.SYSTEMIC]
    surely = [field_label(figures, one) for one in fields if one.field.status is Status.SURELY_BELOW]
    where = "классе" if figures.unit.level is UnitLevel.CLASS else "целом"
    head = (
        f"Качество знаний – {part_of_pupils(overview.marks.quality)}." if overview.marks.n
        else f"Средний первичный балл – {mean_words(overview.distribution.mean)}."
    )
    return Section(
        "conclusion", "Выводы",
        paragraphs(
            paragraph(
                head,
                f"Ниже порога – {count_of(len(below), 'задание')} из {number(len(figures.work.items))}."
                if below else "Ниже порога нет ни одного задания.",
                f"Достоверно ниже порога: {some(surely)}." if surely else f"Достоверных дефицитов в {where} нет.",
                f"Системные затруднения: {some(systemic)}." if systemic else "",
            ),
            pupils_caution(overview.participants),
            "Справка показывает, где есть разница, но не её причину; сравнения между классами и школами не служат "
            "рейтингом.",
        ),
    )
