"""Sections of a note on a year: deficits of teachers, recommendations, roadmaps, help, indicators. Pure."""

from __future__ import annotations

from collections import Counter

from core.charts.shares import ShareRow, share_chart
from core.diagnostics.corporate import SharedDeficit
from core.diagnostics.standing import DEFAULT_RULE
from core.documents.notes.sentences import paragraph, paragraphs, quoted, some
from core.documents.notes.year_figures import YearFigures
from core.documents.text import Section, TextChart, TextColumn, TextTable
from core.monitoring.facts import PlanState
from core.monitoring.trend import Move, step
from core.monitoring.wording import fact_words
from core.people.suppression import Hidden
from core.planning.tables import RecommendationState
from core.support.figures import Figure
from core.words import academic_year, count_of, noun, number, percent, share

_MOST_ROWS = 15
_MOST_DRAWN = 10
_SELF = "Ответы педагогов служат только для выбора помощи и не используются для оценки их работы."
_ANSWERED = frozenset({
    RecommendationState.ACCEPTED, RecommendationState.NOT_APPLICABLE, RecommendationState.DONE,
})


def deficits(figures: YearFigures) -> Section | None:
    """Return what teachers share as a difficulty; persons are never named."""
    title = "Профессиональные дефициты педагогов"
    if figures.deficits is None:
        return None
    if not figures.rounds:
        return Section("deficits", title, ("Диагностики педагогов в этом учебном году не было.",))
    found = figures.deficits
    held = f"Проведено: {'; '.join(figures.rounds)}."
    if not found:
        return Section("deficits", title, (f"{held} Общих затруднений, которые можно показать, не найдено. {_SELF}",))
    corporate = [one for one in found if one.is_corporate]
    rows = [
        ShareRow(f"{one.group.name}: {one.line.name}"[:80], "доля с дефицитом", one.share, one.low, one.high, one.asked)
        for one in found[:_MOST_DRAWN]
    ]
    return Section(
        "deficits", title,
        paragraphs(
            f"{held} {noun(len(corporate), 'Найден', 'Найдено', 'Найдено')} "
            f"{count_of(len(corporate), 'корпоративный дефицит')}"
            + (f" и {count_of(len(found) - len(corporate), 'возможный')}." if len(found) > len(corporate) else "."),
            f"Чаще всего: {'; '.join(_deficit(one) for one in found[:3])}.",
            f"Корпоративным дефицит считают, когда он есть не меньше чем у {percent(DEFAULT_RULE.share, 0)} из "
            f"{number(DEFAULT_RULE.fewest)} и больше педагогов или его подтвердило объединение. {_SELF}",
        ),
        TextTable(
            "", (TextColumn("Группа", 4), TextColumn("Компетенция", 7), TextColumn("Доля педагогов", 5, True),
                 TextColumn("Вывод", 4)),
            tuple(
                (one.group.name, one.line.name, share(one.share, one.low, one.high, one.asked), _standing(one))
                for one in found[:_MOST_ROWS]
            ),
        ),
        TextChart(
            "Доля педагогов с затруднением", f"{some([_deficit(one) for one in found[:5]])}.",
            share_chart(rows, "Доля педагогов с дефицитом"),
        ),
    )


def _deficit(one: SharedDeficit) -> str:
    return (
        f"«{one.line.name}» ({one.group.name}) – {share(one.share, one.low, one.high, one.asked)}, {_standing(one)}"
    )


def _standing(one: SharedDeficit) -> str:
    """Return the conclusion, and that people came to it where the share alone would not."""
    return f"{one.standing.words}, подтверждён объединением" if one.confirmed is not None else one.standing.words


def recommendations(figures: YearFigures) -> Section | None:
    """Return how many recommendations were sent, answered and carried out."""
    found, title = figures.recommendations, "Адресные рекомендации"
    if found is None:
        return None
    if not found:
        return Section("recommendations", title, ("Рекомендаций в этом учебном году не отправляли.",))
    states = Counter(one.row.state for one in found)
    answered = sum(count for state, count in states.items() if state in _ANSWERED)
    late = sum(one.clock is not None and one.clock.is_late for one in found)
    return Section(
        "recommendations", title,
        (paragraph(
            f"{noun(len(found), 'Отправлена', 'Отправлены', 'Отправлено')} {count_of(len(found), 'рекомендация')}: "
            f"{', '.join(f'{state.value} – {number(states[state])}' for state in states)}.",
            f"Ответили на {number(answered)} из {number(len(found))}.",
            f"Срок ответа или исполнения прошёл у {number(late)}." if late else "",
        ),),
    )


def roadmaps(figures: YearFigures) -> Section | None:
    """Return how far the roadmaps of the year are."""
    found, title = figures.roadmaps, "Дорожные карты"
    if found is None:
        return None
    if not found:
        return Section("roadmaps", title, ("Дорожных карт на этот учебный год нет.",))
    measures, done = sum(one.progress.measures for one in found), sum(one.progress.done for one in found)
    overdue = sum(one.overdue for one in found)
    return Section(
        "roadmaps", title,
        (paragraph(
            f"{noun(len(found), 'Действовала', 'Действовали', 'Действовало')} "
            f"{count_of(len(found), 'дорожная карта')}, мероприятий – {number(measures)}; выполнено {number(done)}.",
            f"{noun(overdue, 'Просрочено', 'Просрочены', 'Просрочено')} {count_of(overdue, 'мероприятие')}: причины "
            "разбирают на заседании." if overdue else "Просроченных мероприятий нет.",
        ),),
        TextTable(
            "", (TextColumn("Карта", 8), TextColumn("Состояние", 4), TextColumn("Ход", 2, True),
                 TextColumn("Выполнено", 4, True), TextColumn("Просрочено", 4, True)),
            tuple(
                (one.roadmap.title, one.roadmap.state.value,
                 f"{number(one.progress.progress)} %" if one.progress.progress is not None else "–",
                 f"{number(one.progress.done)} из {number(one.progress.measures)}", number(one.overdue))
                for one in found
            ),
        ),
    )


def support(figures: YearFigures) -> Section | None:
    """Return the help that teachers got: what answers their deficits, and mentorship."""
    title = "Методическая помощь"
    cover, state = figures.coverage, figures.mentorship
    if cover is None and state is None:
        return None
    said: list[str] = []
    rows: tuple[tuple[str, ...], ...] = ()
    if cover is not None and cover.rows:
        bare = [row.name for row in cover.rows if row.empty == len(row.cells)]
        said.append(
            f"Корпоративных и возможных корпоративных дефицитов – {number(len(cover.rows))}; "
            + (f"без какой-либо помощи – {number(len(bare))}: {some(quoted(bare), _MOST_ROWS)}." if bare
               else "на каждый отвечает помощь.")
        )
    elif cover is not None:
        said.append("Корпоративных дефицитов, на которые должна отвечать помощь, не найдено.")
    if state is not None:
        said.append(
            f"Наставничество: действующих пар и групп – {number(state.under_way)}, встреч с начала года – "
            f"{number(state.meetings)}, из них подтвердили обе стороны – {number(state.meetings_confirmed)}."
            if state.under_way or state.meetings else "Наставничество: действующих пар и групп не было."
        )
        rows = tuple((one.title, _figure(one)) for one in state.figures)
    columns = (TextColumn("Показатель", 7), TextColumn("Доля с интервалом 95 %", 4, True))
    table = TextTable("Наставничество", columns, rows)
    return Section("support", title, tuple(said), table if rows else None)


def _figure(one: Figure) -> str:
    return share(one.share, one.low, one.high, len(one.whole)) if one.whole else "нет данных"


def indicators(figures: YearFigures) -> Section | None:
    """Return the indicators of the year with plan and change; those without a figure are counted only."""
    card, title = figures.indicators, "Показатели мониторинга"
    if card is None:
        return None
    unit, year = figures.place.organisation_id, figures.place.year
    rows: list[tuple[str, ...]] = []
    states: Counter[PlanState] = Counter()
    better = worse = without = 0
    for code in card.codes():
        cell = card.cells.get((unit, code, year))
        if cell is None or cell.hidden is not Hidden.NO or cell.fact is None or not cell.fact.is_known:
            without += 1
            continue
        passport = card.passports[year][code]
        before = card.cells.get((unit, code, year - 1))
        change = step(before.fact if before is not None and before.hidden is Hidden.NO else None, cell.fact,
                      same_rules=card.same_rules(code, year - 1, year))
        arrow = change.sign(passport.direction)
        better += change.move in (Move.UP, Move.DOWN) and "лучше" in arrow
        worse += change.move in (Move.UP, Move.DOWN) and "хуже" in arrow
        states[cell.plan_state] += 1
        rows.append((code, passport.name, fact_words(passport, cell.fact), cell.plan_state.value, arrow))
    if not rows:
        return Section("indicators", title, (f"Значений за {academic_year(year)} учебный год ещё нет.",))
    return Section(
        "indicators", title,
        (paragraph(
            f"{noun(len(rows), 'Известен', 'Известны', 'Известно')} {count_of(len(rows), 'показатель')}.",
            _plans(states),
            f"За пределами случайности улучшилось {number(better)}, ухудшилось {number(worse)}.",
            f"Без значения или скрыто: {number(without)}." if without else "",
        ),),
        TextTable(
            f"За {academic_year(year)} учебный год; изменение – к прошлому году",
            (TextColumn("Код", 2), TextColumn("Показатель", 8), TextColumn("Значение", 7, True), TextColumn("План", 4),
             TextColumn("Изменение", 4)), tuple(rows),
        ),
    )


def _plans(states: Counter[PlanState]) -> str:
    """Return how the plans were met; the counter is by state of each known figure."""
    planned = sum(count for state, count in states.items() if state is not PlanState.NO_PLAN)
    if not planned:
        return "Планы на этот год не заданы."
    return (
        f"План задан для {number(planned)}: выполнен – {number(states[PlanState.REACHED])}, не выполнен – "
        f"{number(states[PlanState.MISSED])}, отличие в пределах точности – {number(states[PlanState.WITHIN])}."
    )


def practices(figures: YearFigures) -> Section | None:
    """Return the published experience of the year."""
    found, title = figures.practices, "Лучшие практики"
    if found is None:
        return None
    if not found:
        return Section("practices", title, ("За год опубликованных практик нет.",))
    return Section(
        "practices", title,
        (f"{noun(len(found), 'Опубликована', 'Опубликованы', 'Опубликовано')} {count_of(len(found), 'практика')}; "
         f"коллеги применили этот опыт {count_of(sum(one.uses for one in found), 'раз')}.",),
        TextTable(
            "", (TextColumn("Практика", 7), TextColumn("Предмет", 4), TextColumn("Организация", 5),
                 TextColumn("Состояние", 4)),
            tuple((one.title, one.subject, one.organisation, one.state.value) for one in found[:_MOST_ROWS]),
        ),
    )

