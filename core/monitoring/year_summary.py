"""«Итоги года»: the analytic note of the monitoring of a reporting year, written by rules from its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.monitoring.cells import Scorecard
from core.monitoring.collection import Collection, collection_of
from core.monitoring.owing import Owing, owing
from core.monitoring.scorecard import scorecard
from core.monitoring.trend import Move
from core.monitoring.wording import fact_words, short_words
from core.monitoring.year_findings import YearFinding, finding_of
from core.monitoring.year_proposals import Proposal, proposals_of
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.words import day, noun, plural

_METHOD = (
    "Доли сложены из числителей и знаменателей и приведены с 95 % интервалом Уилсона. «Не выполнен» о доле сказано, "
    "только если весь интервал хуже плана; «лучше» и «хуже» – только если изменение больше случайного (интервал "
    "Ньюкомба)."
)
_MOST = 12
"""So many proposals stand in the text; all of them in the table."""
_CAUTION = (
    "Показатели не ранжируют школы и не оценивают отдельных педагогов; результаты ВПР для этого не применяют. Связь "
    "показателя с мерами не доказывает причину."
)


@dataclass(frozen=True, slots=True)
class SummaryParagraph:
    """A titled paragraph of the note: whole sentences, each on its own line."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One indicator in the table of the note, all in words."""

    code: str
    name: str
    value: str
    """«45,2 % (40,1–50,3 %), 120 из 265»."""
    plan: str
    """«50 % (цель муниципалитета)», "" without one."""
    change: str
    """«+5,2 п. п. (от 1,0 до 9,4)», or why there is nothing to compare."""
    verdict: str
    """«✗ план не выполнен; ▼ хуже»."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """The note of a unit and a reporting year: paragraphs, the table behind them, who owes values, what is proposed."""

    organisation_id: int
    organisation: str
    year: int
    title: str
    paragraphs: tuple[SummaryParagraph, ...]
    rows: tuple[SummaryRow, ...]
    owing: tuple[Owing, ...]
    proposals: tuple[Proposal, ...]

    @property
    def text(self) -> str:
        """Return the note as plain text, to be edited or pasted."""
        parts = [self.title]
        for one in self.paragraphs:
            parts += ["", one.title, *(f"– {sentence}" for sentence in one.sentences)]
        return "\n".join(parts)


def year_summary(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> YearSummary:
    """Return the note of the unit with the organisations directly below it.

    Hidden figures stay hidden, and are not judged. Raises NotAllowed without the right, NotFound out of reach.
    """
    card = scorecard(session, scope, organisation_id, (year - 1, year), with_children=True, today=today)
    own = findings_in(card, organisation_id, year)
    below = [(key, name, findings_in(card, key, year)) for key, name in card.units[1:]]
    owed = tuple(one for one in owing(session, scope, organisation_id, year) if one.values)
    unit = card.units[0]
    proposals = proposals_of(unit, own, below)
    collecting = collection_of(session, organisation_id, year)
    return YearSummary(
        organisation_id, unit[1], year, f"Итоги мониторинга за {year_name(year)} учебный год: {unit[1]}",
        _paragraphs(own, owed, proposals, collecting, today or date.today()),
        tuple(_row(one) for one in own if one.cell.is_told), owed, proposals,
    )


def findings_in(card: Scorecard, organisation_id: int, year: int) -> tuple[YearFinding, ...]:
    """Return what the cells of a unit and a year of the card say, in the order of the catalogue."""
    return tuple(
        finding_of(
            passport, card.cells[organisation_id, code, year], card.cells.get((organisation_id, code, year - 1)),
            same_rules=card.same_rules(code, year - 1, year),
        )
        for code, passport in card.passports[year].items()
        if (organisation_id, code, year) in card.cells
    )


def _paragraphs(
    own: Sequence[YearFinding], owed: Sequence[Owing], proposals: Sequence[Proposal], collecting: Collection | None,
    today: date,
) -> tuple[SummaryParagraph, ...]:
    told = [one for one in own if one.is_known]
    chosen = [
        ("План выполнен", [one.sentence for one in told if one.is_reached]),
        ("План не выполнен", [one.sentence for one in told if one.is_missed]),
        ("Отличие от плана в пределах точности", [one.sentence for one in told if one.is_within and not one.is_missed]),
        ("Стало лучше, чем год назад", [_changed(one) for one in told if one.is_better]),
        ("Стало хуже, чем год назад", [_changed(one) for one in told if one.is_worse]),
        ("Нельзя сравнить с прошлым годом", [_named(one) for one in told if one.change.move is Move.BROKEN]),
        ("Нет данных", _missing(own)),
        ("Кто не сдал значения", [_owes(one, today) for one in owed]),
        ("Что рекомендуется", _recommended(proposals)),
    ]
    first = SummaryParagraph("Общие сведения", _overview(own, told, owed, collecting, today))
    last = SummaryParagraph("Как это посчитано", (_METHOD, _CAUTION))
    return (first, *(SummaryParagraph(title, tuple(said)) for title, said in chosen if said), last)


def _overview(
    own: Sequence[YearFinding], told: Sequence[YearFinding], owed: Sequence[Owing], collecting: Collection | None,
    today: date,
) -> tuple[str, ...]:
    planned = [one for one in told if one.plan]
    reached = sum(one.is_reached for one in planned)
    missed = sum(one.is_missed for one in planned)
    said = [
        f"Значения есть у {len(told)} из {plural(len(own), 'показателя', 'показателей', 'показателей')}; "
        f"план задан у {len(planned)}: выполнен у {reached}, не выполнен у {missed}, "
        f"в пределах точности у {len(planned) - reached - missed}.",
        f"Больше случайного {_count(told, better=True)}, {_count(told, better=False)}.",
    ]
    if collecting is not None:
        state = collecting.state(today)
        said.append(
            f"Сбор значений: с {day(collecting.opens_on)} по {day(collecting.closes_on)}, {state.value}"
            + (f"; ответственный – {collecting.responsible}." if collecting.responsible else ".")
        )
    if owed:
        said.append(f"Не всё сдали: {plural(len(owed), 'организация', 'организации', 'организаций')}.")
    return tuple(said)


def _count(told: Iterable[YearFinding], *, better: bool) -> str:
    count = sum(one.is_better if better else one.is_worse for one in told)
    forms = ("улучшился", "улучшились", "улучшилось") if better else ("ухудшился", "ухудшились", "ухудшилось")
    return f"{noun(count, *forms)} {plural(count, 'показатель', 'показателя', 'показателей')}"


def _changed(one: YearFinding) -> str:
    return f"{_named(one)} – {one.against_before}; сейчас {fact_words(one.passport, one.cell.fact)}."


def _named(one: YearFinding) -> str:
    return f"{one.passport.code}. {one.passport.name}"


def _missing(own: Sequence[YearFinding]) -> list[str]:
    """Return in one sentence each what has no figure at all, and what may not be shown."""
    nothing = [one.passport.code for one in own if not one.is_known and short_words(one.passport, one.cell) != "скрыто"]
    hidden = [one.passport.code for one in own if short_words(one.passport, one.cell) == "скрыто"]
    said = []
    if nothing:
        count = plural(len(nothing), "показатель", "показателя", "показателей")
        said.append(f"Без значений {count}: {', '.join(nothing)}.")
    if hidden:
        said.append(f"Не показаны, чтобы не раскрыть малые группы: {', '.join(hidden)}.")
    return said


def _owes(one: Owing, today: date) -> str:
    if one.due_on is None:
        return f"{one.name}: {one.words}."
    late = "срок прошёл " if one.is_late(today) else "срок "
    return f"{one.name}: {one.words}; {late}{day(one.due_on)}."


def _recommended(proposals: Sequence[Proposal]) -> list[str]:
    said = [f"{one.organisation}. {one.why}" for one in proposals[:_MOST]]
    rest = len(proposals) - _MOST
    if rest > 0:
        said.append(f"И ещё {plural(rest, 'предложение', 'предложения', 'предложений')} – в таблице предложений.")
    return said


def _row(one: YearFinding) -> SummaryRow:
    value = one.cell.hidden.words if one.cell.hidden.words else fact_words(one.passport, one.cell.fact)
    return SummaryRow(one.passport.code, one.passport.name, value, one.plan, one.against_before, one.verdict)
