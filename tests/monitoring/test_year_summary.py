"""The note of a year: what is said by which rule, what is proposed, and where a proposal goes."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from core.errors import NotFound
from core.monitoring.cells import Cell, Source
from core.monitoring.facts import fact_of, plan_state
from core.monitoring.passport_tables import Direction, IndicatorKind, Level
from core.monitoring.passports import Passport
from core.monitoring.plan_tables import IndicatorTarget, TargetLevel
from core.monitoring.year_findings import YearFinding, finding_of
from core.monitoring.year_handover import draft_measure, draft_recommendation
from core.monitoring.year_proposals import proposals_of
from core.monitoring.year_summary import year_summary
from core.people.suppression import Hidden
from core.planning.recommendations.basis_views import views_of
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.tables import AddresseeKind, BasisKind, Measure, RecommendationBasis
from core.store.unit_of_work import reading, writing
from tests.monitoring.conftest import YEAR, Monitoring


def passport(kind: IndicatorKind = IndicatorKind.SHARE, direction: Direction = Direction.MORE) -> Passport:
    return Passport(
        "Цель", "Доля наставляемых", "%", kind, "ч", "з", "ф", "и", "с", "год", "июнь", Level.BOTH, "завуч", direction,
        "", id=1, code="П41", basis="", automatic="", valid_from=2024, valid_to=None,
    )


def cell(one: Passport, *parts: float | None, year: int = YEAR, plan: float | None = None,
         hidden: Hidden = Hidden.NO) -> Cell:
    fact = fact_of(one.kind, *parts) if parts and hidden is Hidden.NO else None
    state = plan_state(fact, plan, one.direction)
    return Cell(1, one.code, year, fact, Source.ACCEPTED, plan, state, None, 0, hidden, "цель школы" if plan else "")


def said(one: Passport, now: Cell, before: Cell | None = None, *, same_rules: bool = True) -> YearFinding:
    return finding_of(one, now, before, same_rules=same_rules)


def test_sentences_carry_counts_interval_plan_and_change():
    share = passport()
    worse = said(share, cell(share, 40, 200, plan=50), cell(share, 100, 200, year=YEAR - 1))
    assert worse.is_missed and worse.is_worse and not worse.is_reached
    for part in ("20,0 % (15,0–26,1 %), 40 из 200", "План 50 % (цель школы) не выполнен",
                 "По сравнению с 2024/2025 годом (50 %, 100 из 200) стало хуже: −30,0 п. п.", "больше случайного"):
        assert part in worse.sentence.replace("\xa0", " ")
    within = said(share, cell(share, 9, 20, plan=50), cell(share, 8, 20, year=YEAR - 1))
    assert within.is_within and "в пределах точности" in within.sentence and "заметных изменений нет" in within.sentence
    few = said(share, cell(share, 3, 4, plan=50))
    assert few.is_reached and "Малая выборка" in few.sentence and "сравнению" not in few.sentence
    broken = said(share, cell(share, 9, 20), cell(share, 8, 20, year=YEAR - 1), same_rules=False)
    assert "правила счёта изменились" in broken.sentence and not broken.is_better


def test_less_is_better_missing_hidden_and_documents():
    fewer = passport(direction=Direction.LESS)
    better = said(fewer, cell(fewer, 20, 200, plan=15), cell(fewer, 80, 200, year=YEAR - 1))
    assert better.is_better and better.is_reached and "стало лучше" in better.sentence
    share, paper = passport(), passport(IndicatorKind.DOCUMENT)
    assert said(share, cell(share)).sentence.endswith("нет данных.")
    hidden = said(share, cell(share, hidden=Hidden.SMALL), cell(share, 1, 4, year=YEAR - 1))
    assert "скрыто" in hidden.sentence and not hidden.is_known and not (hidden.is_worse or hidden.is_missed)
    absent = said(paper, cell(paper, None, None, 0.0))
    assert absent.is_missed and absent.verdict.startswith("✗ документа нет")


def test_a_missed_plan_is_traced_to_those_below_who_miss_it():
    share = passport()
    whole = said(share, cell(share, 60, 300, plan=50))
    low, high = said(share, cell(share, 10, 200, plan=50)), said(share, cell(share, 50, 100, plan=50))
    found = proposals_of((1, "Район"), [whole], [(2, "Школа А", [low]), (3, "Школа Б", [high])])
    assert [(one.organisation, one.code) for one in found] == [("Школа А", "П41")]
    assert "10 из 200" in found[0].why and found[0].target == "50 % (цель школы)"
    alone = proposals_of((1, "Район"), [whole], [(3, "Школа Б", [high])])
    assert [one.organisation for one in alone] == ["Район"]
    assert not proposals_of((1, "Район"), [said(share, cell(share, 60, 100, plan=50))], [])


def test_no_school_is_named_by_results_of_vpr():
    works = replace(passport(), source="результаты ВПР")
    whole, low = said(works, cell(works, 60, 300, plan=50)), said(works, cell(works, 10, 200, plan=50))
    found = proposals_of((1, "Район"), [whole], [(2, "Школа А", [low])])
    assert [one.organisation for one in found] == ["Район"] and "не оценивают" in found[0].text


@pytest.fixture
def judged(sqlite_monitoring: Monitoring) -> Monitoring:
    """Two schools with accepted values, one of which misses the target of the municipality."""
    monitoring = sqlite_monitoring
    for school, above in (("школа 1", 20), ("школа 2", 160)):
        monitoring.enter(school, above, 200)
        monitoring.submit(school)
        monitoring.accept(school)
    with writing(monitoring.engine, "специалист") as session:
        town = monitoring.unit("район")
        session.add(IndicatorTarget(
            organisation_id=town, year=YEAR, code="П41", level=TargetLevel.SCHOOLS, unit_id=town, value=50.0
        ))
    return monitoring


def test_the_note_names_what_was_found_who_owes_and_what_is_proposed(judged: Monitoring):
    with reading(judged.engine) as session:
        specialist, town = judged.scope("специалист"), judged.unit("район")
        found = year_summary(session, specialist, town, YEAR, date(YEAR, 11, 1))
        with pytest.raises(NotFound):
            year_summary(session, judged.scope("директор"), judged.unit("школа 2"), YEAR)
    titles = [one.title for one in found.paragraphs]
    assert titles[0] == "Общие сведения" and titles[-1] == "Как это посчитано" and "Кто не сдал значения" in titles
    assert found.title.startswith("Итоги мониторинга за 2025/2026 учебный год: ") and found.title in found.text
    row = next(one for one in found.rows if one.code == "П41")
    assert "180 из 400" in row.value and row.verdict.startswith("○ план не задан")
    assert [(one.organisation, one.code) for one in found.proposals] == [("школа 1", "П41")]


def test_a_proposal_becomes_a_draft_or_a_measure(judged: Monitoring):
    specialist, town = judged.scope("специалист"), judged.unit("район")
    key = f"П41|{judged.unit('школа 1')}|{YEAR}"
    with writing(judged.engine, "специалист") as session:
        draft = draft_recommendation(session, specialist, town, YEAR, key, date(YEAR, 11, 1))
        assert (draft.addressee, draft.place_id) == (AddresseeKind.ADMINISTRATION, judged.unit("школа 1"))
        basis = session.exec(select(RecommendationBasis)).one()
        assert basis.kind is BasisKind.INDICATOR and "план не выполнен" in basis.finding
        assert "10,0 %" in views_of(session, specialist, [basis])[0].numbers.replace("\xa0", " ")
        plan = RoadmapDraft(town, "Карта", date(YEAR, 9, 1), date(YEAR + 1, 5, 31))
        roadmap = create_roadmap(session, specialist, plan)
        assert draft_measure(session, specialist, town, YEAR, key, roadmap.id or 0) == 1
        assert "П41" in session.exec(select(Measure)).one().title
        with pytest.raises(NotFound):
            draft_recommendation(session, specialist, town, YEAR, f"П41|{judged.unit('школа 2')}|{YEAR}")
