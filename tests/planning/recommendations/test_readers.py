"""To whom recommendations are written, who sees them and who answers."""

import pytest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.errors import NotAllowed, NotFound
from core.people.association_tables import Association, AssociationKind
from core.people.scope import Scope
from core.planning.recommendations.addressees import list_addressees
from core.planning.recommendations.answering import receive_recommendation
from core.planning.recommendations.drafting import write_about
from core.planning.recommendations.writing import change_draft
from core.planning.tables import AddresseeKind
from core.store.unit_of_work import reading, writing
from tests.planning.recommendations.conftest import EVERYBODY, TERM, TODAY, Town

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


def test_every_kind_of_association_can_be_addressed(town: Town):
    with writing(town.engine, "тест") as session:
        for kind in AssociationKind:
            session.add(Association(organisation_id=town.region.units["район"], kind=kind, name=f"новое: {kind}"))
    with reading(town.engine) as session:
        names = {one.name for one in list_addressees(session, EVERYBODY, town.region.units["район"], "Математика")}
    assert len({name for name in names if "новое" in name}) == len(AssociationKind)
