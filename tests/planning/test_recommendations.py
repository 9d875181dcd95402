"""Addressed recommendations: what they stand on, who sees them, who answers, how long is left."""

import io
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from docx import Document
from sqlalchemy import Engine
from sqlmodel import select

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.wave_tables import WaveKind
from core.documents.recommendation_document import recommendation_document
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound, QualityError
from core.intake.tables import ClassWork, Upload
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.association_tables import Association, AssociationKind
from core.people.scope import Scope
from core.planning.agenda import build_agenda
from core.planning.chain import chain_of_field, chain_of_measure, chain_of_recommendation
from core.planning.chain_advice import next_door
from core.planning.chain_contract import ChainKind, ChainLink, Focus
from core.planning.meetings import MeetingDraft, create_meeting
from core.planning.recommendations.addressees import Addressee, list_addressees
from core.planning.recommendations.answering import (
    Answer,
    answer_recommendation,
    complete_recommendation,
    receive_recommendation,
)
from core.planning.recommendations.bank import load_bank
from core.planning.recommendations.clock import DAYS, clock_of
from core.planning.recommendations.deficits import deficit_key
from core.planning.recommendations.drafting import (
    SubjectDraft,
    draft_subject,
    propose,
    subject_fields,
    write_about,
)
from core.planning.recommendations.evidence import attach_proof, link_proof, list_proofs, open_proof
from core.planning.recommendations.grids import save_drafts, save_texts, take_shipped_texts
from core.planning.recommendations.listing import list_recommendations, view_recommendation
from core.planning.recommendations.writing import (
    change_draft,
    send_recommendation,
    send_together,
    withdraw_recommendation,
)
from core.planning.tables import (
    AddresseeKind,
    AgendaKind,
    Measure,
    MeasureField,
    Recommendation,
    RecommendationState,
    Roadmap,
)
from core.store.base import utc_now
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_plan, add_work, class_row, simulated
from tests.diagnostics import viewers
from tests.diagnostics.stored_answers import MATHS, PHYSICS, add_wave, build_district
from tests.people.conftest import Region, build

TODAY = date.today()
EVERYBODY = Scope.local_administrator()
TERM = f"до {TODAY + timedelta(days=20):%d.%m.%Y}"


@dataclass
class Town:
    """The region with a work in which geometry fails in one class of school 1."""

    engine: Engine
    region: Region
    work: int

    def scope(self, name: str) -> Scope:
        with reading(self.engine) as session:
            account = session.get(Account, self.region.accounts[name])
            assert account is not None
            return scope_for(session, account)

    @property
    def school(self) -> int:
        return self.region.units["школа 1"]

    @property
    def key(self) -> str:
        return f"{self.work}|class:{self.school}:А|element|геометрия"

    def to(self, kind: AddresseeKind, teacher: str = "Смирнова") -> Addressee:
        with reading(self.engine) as session:
            found = list_addressees(session, EVERYBODY, self.school, "Математика", 6, "А")
        wanted = self.region.teachers[teacher] if kind is AddresseeKind.TEACHER else None
        return next(one for one in found if one.kind is kind and one.teacher_id == wanted)

    def write(
        self, kind: AddresseeKind = AddresseeKind.ASSOCIATION, *, send: bool = True, scope: Scope = EVERYBODY,
        term: str = TERM, key: str = "",
    ) -> int:
        to = self.to(kind)
        with writing(self.engine, "Методист") as session:
            proposal = propose(session, scope, key or self.key, to, TODAY)
            values = {"title": proposal.title, "text": proposal.text, "deadline_text": term}
            return write_about(session, scope, key or self.key, to, values, send=send, today=TODAY).id or 0

    def view(self, recommendation_id: int, scope: Scope = EVERYBODY):
        with reading(self.engine) as session:
            return view_recommendation(session, scope, recommendation_id, TODAY)

    def answer(self, recommendation_id: int, answer: Answer, reason: str = "", scope: Scope = EVERYBODY) -> None:
        version = self.view(recommendation_id).row.version
        with writing(self.engine, "Адресат") as session:
            answer_recommendation(session, scope, recommendation_id, answer, reason, version)


def build_school(engine: Engine) -> Town:
    region = build(engine)
    with writing(engine, "подготовка теста") as session:
        ids = {"school1": region.units["школа 1"], "school2": region.units["школа 2"]}
        return Town(engine, region, add_work(session, ids, plan_id=add_plan(session)))


@pytest.fixture
def town(sqlite_engine: Engine) -> Town:
    return build_school(sqlite_engine)


def test_the_text_is_ready_with_its_numbers_and_the_association_comes_first(town: Town):
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, town.key, today=TODAY)
    assert proposal.addressees[0].name == "ШМО математиков"
    assert [one.kind for one in proposal.addressees[1:4]] == [
        AddresseeKind.ADMINISTRATION, AddresseeKind.PARENTS, AddresseeKind.PARENTS,
    ]
    assert proposal.title == "Разобрать затруднения обучающихся по теме «геометрия»: математика"
    assert "n\xa0=\xa024" in proposal.text and "достоверно ниже порога" in proposal.text
    assert "{" not in proposal.text and "  " not in proposal.text


def test_every_shipped_text_is_filled_without_gaps(town: Town):
    with reading(town.engine) as session:
        addressees = propose(session, EVERYBODY, town.key).addressees
        texts = [propose(session, EVERYBODY, town.key, one).text for one in addressees]
    assert len({text[:60] for text in texts}) >= 3
    for text in texts:
        assert not any(sign in text for sign in ("{", "}", " .", " ,", "..", "  "))


def test_numbers_stay_when_the_work_is_corrected_and_the_difference_is_said(town: Town):
    written = town.write()
    before = town.view(written).bases[0]
    with writing(town.engine, "Методист") as session:
        query = select(ClassWork).where(ClassWork.school_id == town.school, ClassWork.class_name == "А")
        row = session.exec(query).one()
        row.deleted_at = utc_now()
        upload = Upload(file_name="исправлено.xlsx", sha256="исправлено", layout="tidy")
        session.add_all((row, upload))
        session.flush()
        session.add(class_row(simulated(24, 5), "А", town.school, town.work, upload.id or 0))
    after = town.view(written).bases[0]
    assert after.numbers == before.numbers and before.difference == ""
    assert after.difference.startswith("С тех пор результаты исправлены: сейчас ")
    assert "n\xa0=\xa024" in after.difference


# Who sees it: + sees, - does not. Recommendations to: ШМО математиков, the teacher Смирнова, the school's
# administration, parents of the class.
SEES = {
    "администратор": "+-++", "специалист": "+-++", "методист": "+-++", "директор": "++++", "методист школы": "++++",
    "руководитель шмо": "+---", "руководитель рмо": "----", "учитель": "-+--", "наставник": "----",
    "наблюдатель": "+-++", "без роли": "----",
}
# Who answers: the same addressees.
ANSWERS = {
    "администратор": "----", "специалист": "----", "методист": "----", "директор": "+-++", "методист школы": "----",
    "руководитель шмо": "+---", "руководитель рмо": "----", "учитель": "-+--", "наставник": "----",
    "наблюдатель": "----", "без роли": "----",
}


def test_who_sees_and_who_answers(town: Town):
    kinds = (
        AddresseeKind.ASSOCIATION, AddresseeKind.TEACHER, AddresseeKind.ADMINISTRATION, AddresseeKind.PARENTS,
    )
    written = [town.write(kind) for kind in kinds]
    sees, answers = {}, {}
    for name in SEES:
        scope = town.scope(name)

        def look(one: int, scope: Scope = scope) -> None:
            town.view(one, scope)

        def receive(one: int, scope: Scope = scope) -> None:
            with writing(town.engine, "тест") as session:
                receive_recommendation(session, scope, one)
                session.rollback()

        sees[name] = "".join("+" if _does(look, one) else "-" for one in written)
        answers[name] = "".join("+" if _does(receive, one) else "-" for one in written)
    assert sees == SEES
    assert answers == ANSWERS


def _does(work, one: int) -> bool:
    try:
        work(one)
    except (NotAllowed, NotFound):
        return False
    return True


def test_nobody_above_the_school_writes_to_a_teacher_and_a_head_only_to_members(town: Town):
    to = town.to(AddresseeKind.TEACHER, "Петров")
    values = {"title": "Т", "text": "Текст", "deadline_text": TERM}
    for name in ("специалист", "методист", "руководитель шмо"):
        with writing(town.engine, name) as session, pytest.raises(NotFound):
            write_about(session, town.scope(name), town.key, to, values, send=True)
    with writing(town.engine, "учитель") as session, pytest.raises(NotAllowed):
        write_about(session, town.scope("учитель"), town.key, to, values, send=True)


def test_a_draft_is_seen_by_those_who_write_it(town: Town):
    draft = town.write(send=False, scope=town.scope("директор"))
    with pytest.raises(NotFound):
        town.view(draft, town.scope("учитель"))
    assert town.view(draft, town.scope("директор")).may_write


def test_a_teacher_reads_the_federal_line_and_not_the_cause(town: Town):
    with writing(town.engine, "Методист") as session:
        review_field(
            session, EVERYBODY, assessment_id=town.work, unit=f"class:{town.school}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="трудности учителя с темой",
        )
    to_teacher, to_members = town.view(town.write(AddresseeKind.TEACHER)), town.view(town.write())
    to_director = town.view(town.write(AddresseeKind.ADMINISTRATION))
    assert "не используются для оценки деятельности педагогов" in to_teacher.reservation
    assert "трудности учителя" not in to_teacher.row.text and to_teacher.bases[0].cause == ""
    assert "трудности учителя" not in to_members.row.text and to_members.bases[0].cause == "", "one class, one teacher"
    assert "трудности учителя" in to_director.row.text and to_director.bases[0].cause


def test_a_cause_does_not_go_along_when_a_draft_gets_another_addressee(town: Town):
    with writing(town.engine, "Методист") as session:
        review_field(
            session, EVERYBODY, assessment_id=town.work, unit=f"class:{town.school}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="трудности учителя с темой",
        )
    draft = town.write(AddresseeKind.ADMINISTRATION, send=False)
    before = town.view(draft)
    assert before.bases[0].cause
    with writing(town.engine, "Методист") as session:
        teacher = town.to(AddresseeKind.TEACHER)
        change_draft(session, EVERYBODY, draft, before.row.version, {"text": "Загляните в раздел."}, teacher, TODAY)
    assert town.view(draft).bases[0].cause == ""


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


def test_own_texts_stand_before_the_shipped_ones_for_everybody_below(town: Town):
    district = town.region.units["район"]
    new = {
        "name": "Наш", "basis": "проблемное поле", "addressee": "объединение", "title": "Обсудить {поле}",
        "text": "Коллеги, {предмет}: {выполнение}.",
    }
    with writing(town.engine, "Методист") as session:
        refused = save_texts(session, EVERYBODY, district, GridChanges(added=[{**new, "text": "{тема}"}]))
        assert "«тема»" in refused.refused[0].error.message
        assert not save_texts(session, EVERYBODY, district, GridChanges(added=[new])).refused
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, town.key)
    assert proposal.title == "Обсудить по теме «геометрия»" and proposal.text.startswith("Коллеги, математика: ")
    with writing(town.engine, "Директор") as session:
        scope = town.scope("директор")
        assert take_shipped_texts(session, scope, town.school) > 5
        assert take_shipped_texts(session, scope, town.school) == 0
        with pytest.raises(NotAllowed):
            take_shipped_texts(session, scope, district)
    with reading(town.engine) as session:
        assert propose(session, EVERYBODY, town.key).title.startswith("Разобрать затруднения")


def test_a_broken_file_of_texts_is_named_with_its_fault(tmp_path):
    (tmp_path / "texts.yaml").write_text(
        "source: проба\ntexts:\n  - {name: Имя, basis: проблемное поле, addressee: педагог, title: Тема, "
        "text: 'о {чём} речь'}\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput, match=r"texts\.yaml.*неизвестная подстановка «чём»"):
        load_bank(tmp_path)


def test_numbers_of_a_few_are_in_no_text_and_not_seen_from_above(town: Town):
    few = f"{town.work}|class:{town.region.units['школа 2']}:В|element|геометрия"
    with writing(town.engine, "Методист") as session:
        proposal = propose(session, EVERYBODY, few, today=TODAY)
        values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
        written = write_about(session, EVERYBODY, few, proposal.addressees[0], values, send=True).id or 0
    assert "меньше пяти участников" in proposal.text and "%" not in proposal.text
    assert "%" not in town.view(written, town.scope("специалист")).bases[0].numbers
    assert "%" in town.view(written, EVERYBODY).bases[0].numbers


def test_a_number_that_gives_a_small_class_away_stays_in_its_school(town: Town):
    """School 2 has a class of three: who knows the school and the class А could find it out with the class Б."""
    beside = f"{town.work}|class:{town.region.units['школа 2']}:Б|element|геометрия"
    with reading(town.engine) as session:
        proposal = propose(session, EVERYBODY, beside, today=TODAY)
        assert not propose(session, EVERYBODY, town.key, today=TODAY).field.basis.inside_only
    assert proposal.field.basis.inside_only and "%" not in proposal.text


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


def test_the_document_says_everything_with_the_frozen_numbers(town: Town):
    written = town.write()
    town.answer(written, Answer.ACCEPTED, "Рассмотрим на заседании")
    with reading(town.engine) as session:
        document = Document(io.BytesIO(recommendation_document(session, EVERYBODY, written)))
    text = "\n".join([*(one.text for one in document.paragraphs),
                      *(cell.text for row in document.tables[0].rows for cell in row.cells)])
    for words in ("ШМО математиков", "n\xa0=\xa024", TERM, "принято – Рассмотрим на заседании", "не используются"):
        assert words in text


def test_a_corporate_deficit_is_a_basis_with_its_share_of_that_day(sqlite_engine: Engine):
    district = build_district(sqlite_engine)
    with writing(district.engine, "Методист") as session:
        found = shared_deficits(session, EVERYBODY)
        assert found.round is not None
        one = next(each for each in found.found if each.is_corporate and each.group.subject == MATHS)
        key = deficit_key(found.round, one)
        proposal = propose(session, EVERYBODY, key, today=TODAY)
        assert proposal.addressees[0].name == f"РМО {MATHS}"
        assert "54,5\xa0%" in proposal.text and "n\xa0=\xa011" in proposal.text and "{" not in proposal.text
        assert "корпоративный дефицит" in proposal.text and "по вопросу «" in proposal.text
        values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
        written = write_about(session, EVERYBODY, key, proposal.addressees[0], values, send=True, today=TODAY).id or 0
        chain = chain_of_recommendation(session, EVERYBODY, written)
        fine = next(each for each in found.found if not each.is_corporate and each.group.subject == MATHS)
        with pytest.raises(InvalidInput, match="корпоративн"):
            propose(session, EVERYBODY, deficit_key(found.round, fine))
        with pytest.raises(NotFound):
            propose(session, EVERYBODY, "9-2020-входная|subject:Химия:|item:1")
    shown = {step.kind: step.links for step in chain.steps}
    assert "54,5\xa0%" in shown[ChainKind.DEFICIT][0].note
    assert not shown[ChainKind.FIELD] and shown[ChainKind.RECOMMENDATION]


def test_a_share_that_gives_a_few_teachers_away_is_told_to_nobody_who_would_learn_of_them(sqlite_engine: Engine):
    """Seven of the ten physicists work in school 2: its share and the district's would tell of the other three."""
    district = build_district(sqlite_engine)
    director = viewers.director(district, "школа 2")
    member = viewers.teacher(district, f"{PHYSICS} 2/5")
    with writing(district.engine, "Директор") as session:
        add_wave(session, district, WaveKind.FINAL, date(2026, 10, 1), lambda _subject, number: [3, 1 + number // 5, 3])
        session.flush()
        school = district.units["школа 2"]
        found = shared_deficits(session, director, DeficitFilter(school_id=school))
        keys = {
            one.group.subject: deficit_key(found.round, one)
            for one in found.found if one.is_corporate and one.line.columns == (1,)
        }
        assert set(keys) >= {MATHS, PHYSICS}
        written = {}
        for subject in (MATHS, PHYSICS):
            proposal = propose(session, director, keys[subject], today=TODAY)
            assert ("%" in proposal.text) is (subject == MATHS)
            to = next(one for one in proposal.addressees if one.kind is AddresseeKind.ADMINISTRATION)
            values = {"title": proposal.title, "text": proposal.text, "deadline_text": TERM}
            written[subject] = write_about(session, director, keys[subject], to, values, send=True).id or 0
    with reading(district.engine) as session:
        def numbers(scope: Scope, subject: str) -> str:
            return view_recommendation(session, scope, written[subject]).bases[0].numbers

        specialist = viewers.specialist(district)
        assert "100,0" in numbers(specialist, MATHS)
        assert "%" not in numbers(specialist, PHYSICS) and "n" not in numbers(specialist, PHYSICS)
        assert "71,4" in numbers(director, PHYSICS)
        with pytest.raises(NotFound):
            numbers(member, PHYSICS)


def test_every_kind_of_association_can_be_addressed(town: Town):
    with writing(town.engine, "тест") as session:
        for kind in AssociationKind:
            session.add(Association(organisation_id=town.region.units["район"], kind=kind, name=f"новое: {kind}"))
    with reading(town.engine) as session:
        names = {one.name for one in list_addressees(session, EVERYBODY, town.region.units["район"], "Математика")}
    assert len({name for name in names if "новое" in name}) == len(AssociationKind)
