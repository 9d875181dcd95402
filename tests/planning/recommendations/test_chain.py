"""The chain from a problem field to the change, and the meeting that looks at what was not answered."""

import pytest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.errors import QualityError
from core.planning.agenda import build_agenda
from core.planning.chain import chain_of_field, chain_of_measure, chain_of_recommendation
from core.planning.chain_advice import next_door
from core.planning.chain_contract import ChainKind, ChainLink, Focus
from core.planning.meetings import MeetingDraft, create_meeting
from core.planning.tables import AddresseeKind, AgendaKind, Measure, MeasureField, Roadmap
from core.store.unit_of_work import reading, writing
from tests.planning.recommendations.conftest import EVERYBODY, TODAY, Town


def test_the_chain_shows_each_step_and_what_to_do_next(town: Town):
    with reading(town.engine) as session:
        empty = chain_of_field(session, EVERYBODY, town.key)
    assert [step.kind for step in empty.steps] == list(ChainKind)
    assert [bool(step.links) for step in empty.steps] == [True, False, False, False, False, False]
    assert all(step.advice and step.door is not None for step in empty.steps)
    written = town.write()

    def help_found(_session, _scope, focus):
        assert focus.keys == (town.key,)
        return [ChainLink(ChainKind.HELP, "Наставник", "идёт")]

    with reading(town.engine) as session:
        chain = chain_of_recommendation(session, EVERYBODY, written, {ChainKind.HELP: help_found})
    shown = {step.kind: [link.state for link in step.links] for step in chain.steps}
    assert shown[ChainKind.RECOMMENDATION] == ["отправлена"] and shown[ChainKind.HELP] == ["идёт"]
    assert shown[ChainKind.FIELD][0].startswith("достоверно ниже порога")
    with reading(town.engine) as session, pytest.raises(QualityError):
        chain_of_recommendation(session, town.scope("наставник"), written)


def test_a_field_rejected_later_does_not_close_the_chain_of_its_measure(town: Town):
    with writing(town.engine, "Методист") as session:
        roadmap = Roadmap(organisation_id=town.school, title="Карта", starts_on=TODAY, ends_on=TODAY)
        session.add(roadmap)
        session.flush()
        measure = Measure(organisation_id=town.school, roadmap_id=roadmap.id or 0, title="Семинар")
        session.add(measure)
        session.flush()
        session.add(
            MeasureField(
                organisation_id=town.school, measure_id=measure.id or 0, assessment_id=town.work,
                unit=f"class:{town.school}:А", kind=Kind.ELEMENT.value, key="геометрия",
            )
        )
        review_field(
            session, EVERYBODY, assessment_id=town.work, unit=f"class:{town.school}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.REJECTED, remark="Ошибка ввода",
        )
    with reading(town.engine) as session:
        chain = chain_of_measure(session, EVERYBODY, measure.id or 0)
    assert [link.title for link in chain.steps[3].links] == ["Семинар"]


def test_the_chain_tells_what_teachers_answered_where_no_difficulty_is_shared():
    focus = Focus(("1|organisation:1|element|дроби",), "дроби")
    assert "ничего не известно" in next_door(ChainKind.DEFICIT, focus)[0]
    words = next_door(ChainKind.DEFICIT, focus, ["«Дроби», Математика: 14,3 % (4–40 %, n = 14)"])[0]
    assert "14,3 %" in words and "ничего не известно" not in words


def test_a_meeting_looks_at_what_was_not_answered(town: Town):
    written, _teacher = town.write(), town.write(AddresseeKind.TEACHER)
    with writing(town.engine, "Иванова") as session:
        draft = MeetingDraft(town.school, TODAY, (), association_id=town.region.associations["ШМО математиков"])
        meeting = create_meeting(session, EVERYBODY, draft)
        items = build_agenda(session, EVERYBODY, meeting.id or 0)
        assert build_agenda(session, EVERYBODY, meeting.id or 0) == []
    told = [item for item in items if item.kind is AgendaKind.RECOMMENDATION]
    assert [item.recommendation_id for item in told] == [written]
    assert "осталось 10" in told[0].title
