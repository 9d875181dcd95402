"""Recommendations are drafted, sent, answered, withdrawn and proven; how long is left."""

from datetime import timedelta

import pytest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.errors import EditConflict, InvalidInput, NotFound
from core.people.association_tables import Association
from core.planning.recommendations.answering import Answer, answer_recommendation, complete_recommendation
from core.planning.recommendations.clock import DAYS, clock_of
from core.planning.recommendations.drafting import SubjectDraft, draft_subject, propose, subject_fields, write_about
from core.planning.recommendations.evidence import attach_proof, link_proof, list_proofs, open_proof
from core.planning.recommendations.grids import save_drafts
from core.planning.recommendations.listing import list_recommendations
from core.planning.recommendations.writing import (
    change_draft,
    send_recommendation,
    send_together,
    withdraw_recommendation,
)
from core.planning.tables import AddresseeKind, Recommendation, RecommendationState
from core.store.base import utc_now
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.planning.recommendations.conftest import EVERYBODY, TERM, TODAY, Town


def test_a_rejected_field_is_not_written_about(town: Town):
    with writing(town.engine, "Методист") as session:
        review_field(
            session, EVERYBODY, assessment_id=town.work, unit=f"class:{town.school}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.REJECTED, remark="Ошибка ввода",
        )
    with reading(town.engine) as session, pytest.raises(InvalidInput, match="отклонено"):
        propose(session, EVERYBODY, town.key)


def test_nothing_is_sent_without_an_addressee_or_with_a_term_that_is_past(town: Town):
    values = {"title": "Т", "text": "Текст", "deadline_text": TERM}
    with writing(town.engine, "Методист") as session, pytest.raises(InvalidInput, match="адресат"):
        write_about(session, EVERYBODY, town.key, None, values, send=True)
    past = f"до {TODAY - timedelta(days=1):%d.%m.%Y}"
    for term, words in ((past, "уже прошёл"), ("", "Не указан срок"), ("как получится", "непонятен")):
        with pytest.raises(InvalidInput, match=words):
            town.write(term=term)
    with reading(town.engine) as session:
        assert list_recommendations(session, EVERYBODY) == []


def test_an_association_that_is_gone_meanwhile_is_no_addressee(town: Town):
    draft = town.write(send=False)
    with writing(town.engine, "Администратор") as session:
        association = session.get_one(Association, town.region.associations["ШМО математиков"])
        association.deleted_at = utc_now()
        session.add(association)
    with writing(town.engine, "Методист") as session, pytest.raises(InvalidInput, match="объединения больше нет"):
        send_recommendation(session, EVERYBODY, draft, 1, TODAY)


def test_of_two_answers_at_once_the_second_is_told(town: Town):
    written = town.write()
    version = town.view(written).row.version
    with writing(town.engine, "Иванова") as session:
        answer_recommendation(session, town.scope("руководитель шмо"), written, Answer.ACCEPTED, "", version)
    with writing(town.engine, "Директор") as session, pytest.raises(EditConflict, match="принята"):
        answer_recommendation(session, town.scope("директор"), written, Answer.NOT_APPLICABLE, "Нет", version)
    row = town.view(written).row
    assert row.state is RecommendationState.ACCEPTED and row.received_at is not None
    assert row.answered_by == "Руководитель Шмо"


def test_not_applicable_needs_a_reason_and_what_was_done_needs_words(town: Town):
    first, second = town.write(), town.write(AddresseeKind.ADMINISTRATION)
    with pytest.raises(InvalidInput, match="почему"):
        town.answer(first, Answer.NOT_APPLICABLE, "  ")
    town.answer(first, Answer.NOT_APPLICABLE, "Тему изучат в марте")
    town.answer(second, Answer.ACCEPTED)
    version = town.view(second).row.version
    with writing(town.engine, "Директор") as session, pytest.raises(InvalidInput, match="что сделано"):
        complete_recommendation(session, EVERYBODY, second, " ", version)
    with writing(town.engine, "Директор") as session:
        complete_recommendation(session, EVERYBODY, second, "Провели занятие", version)
    states = {one: town.view(one).row.state for one in (first, second)}
    assert states == {first: RecommendationState.NOT_APPLICABLE, second: RecommendationState.DONE}
    assert town.view(first).clock is None


def test_what_was_sent_does_not_change_and_is_withdrawn_with_a_reason(town: Town):
    written = town.write()
    row = town.view(written).row
    with writing(town.engine, "Методист") as session, pytest.raises(InvalidInput, match="не меняется"):
        change_draft(session, EVERYBODY, written, row.version, {"text": "Иначе"}, town.to(AddresseeKind.PARENTS))
    with writing(town.engine, "Методист") as session, pytest.raises(InvalidInput, match="почему"):
        withdraw_recommendation(session, EVERYBODY, written, row.version, "")
    with writing(town.engine, "Методист") as session:
        withdraw_recommendation(session, EVERYBODY, written, row.version, "Подготовлена новая")
    assert town.view(written, town.scope("руководитель шмо")).row.result == "Подготовлена новая"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (0, "осталось 10\xa0дней"), (7, "осталось 3\xa0дня"), (9, "остался 1\xa0день"), (10, "сегодня последний день"),
        (12, "просрочено на 2\xa0дня"), (21, "просрочено на 11\xa0дней"),
    ],
)
def test_the_clock_is_said_in_words(passed: int, words: str):
    row = Recommendation(
        organisation_id=1, addressee=AddresseeKind.PARENTS, place_id=1, title="Т", text="т",
        state=RecommendationState.SENT, sent_on=TODAY - timedelta(days=passed),
    )
    clock = clock_of(row, TODAY)
    assert clock is not None and (clock.awaited, clock.words) == ("ответить", words)
    assert clock.until == row.sent_on + timedelta(days=DAYS)


def test_the_clock_of_sending_counts_from_the_decision_and_the_most_urgent_stands_first(town: Town):
    late, fresh = town.write(), town.write(AddresseeKind.PARENTS)
    draft = town.write(AddresseeKind.ADMINISTRATION, send=False)
    with writing(town.engine, "тест") as session:
        row = session.get_one(Recommendation, late)
        row.sent_on = TODAY - timedelta(days=DAYS + 2)
        row = session.get_one(Recommendation, draft)
        assert row.basis_stored_on == TODAY, "results were stored today"
        row.basis_stored_on = TODAY - timedelta(days=DAYS - 1)
    with reading(town.engine) as session:
        rows = list_recommendations(session, EVERYBODY, TODAY)
    assert [one.id for one in rows] == [late, draft, fresh]
    assert rows[1].clock is not None and rows[1].clock.awaited == "отправить"


def test_drafts_of_a_subject_are_made_in_one_step_and_once(town: Town):
    wanted = SubjectDraft("Математика", 2026)
    with reading(town.engine) as session:
        fields = subject_fields(session, EVERYBODY, wanted)
    assert fields
    with writing(town.engine, "Методист") as session:
        made = [row.id or 0 for row in draft_subject(session, EVERYBODY, wanted, TODAY)]
    views = [town.view(one) for one in made]
    assert sum(len(one.bases) for one in views) == len(fields)
    assert len({one.addressee.key for one in views}) == len(views), "one for each addressee"
    assert {one.row.state for one in views} == {RecommendationState.DRAFT}
    with writing(town.engine, "Методист") as session, pytest.raises(InvalidInput, match="Нет полей"):
        draft_subject(session, EVERYBODY, wanted, TODAY)


def test_drafts_are_sent_together_or_not_at_all(town: Town):
    good, bad = town.write(send=False), town.write(AddresseeKind.PARENTS, send=False)
    with writing(town.engine, "Методист") as session:
        changes = GridChanges([CellEdit(bad, 1, "deadline_text", "до 1 января 2020 г.", TERM)])
        assert not save_drafts(session, EVERYBODY, changes).refused
    pairs = [(one, town.view(one).row.version) for one in (good, bad)]
    with pytest.raises(InvalidInput, match="не отправлено ничего"), writing(town.engine, "Методист") as session:
        send_together(session, EVERYBODY, pairs, TODAY)
    assert {town.view(one).row.state for one in (good, bad)} == {RecommendationState.DRAFT}
    with writing(town.engine, "Методист") as session:
        assert save_drafts(session, EVERYBODY, GridChanges([CellEdit(bad, 2, "title", "", "x")])).refused
        save_drafts(session, EVERYBODY, GridChanges([CellEdit(bad, 2, "deadline_text", TERM, "до 1 января 2020 г.")]))
    pairs = [(one, town.view(one).row.version) for one in (good, bad)]
    with writing(town.engine, "Методист") as session:
        assert len(send_together(session, EVERYBODY, pairs, TODAY)) == 2


def test_proofs_are_attached_to_what_was_accepted(town: Town, tmp_path, monkeypatch):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    written = town.write()
    with writing(town.engine, "Иванова") as session, pytest.raises(InvalidInput, match="принятой"):
        link_proof(session, EVERYBODY, written, "https://example.org/a")
    town.answer(written, Answer.ACCEPTED)
    head = town.scope("руководитель шмо")
    proof = attach_proof(town.engine, head, written, "протокол.txt", "Протокол".encode())
    with reading(town.engine) as session:
        assert open_proof(session, head, proof)[1].decode() == "Протокол"
        assert [one.title for one in list_proofs(session, head, written)] == ["протокол.txt"]
        with pytest.raises(NotFound):
            open_proof(session, town.scope("наставник"), proof)
