"""A practice from draft to recommendation: who may what, what is refused, what is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.practice.deciding import decide, reject, send_to_trial, trial_places
from core.practice.library import PracticeFilter, find_practices, practice_counts
from core.practice.practices import (
    change_practice,
    create_practice,
    delete_practice,
    offer_practice,
    practice_history,
    practice_steps,
    restore_practice,
    take_back,
)
from core.practice.sheet import grades_words
from core.practice.tables import Practice, PracticeState
from core.store.edits import CellEdit
from core.store.unit_of_work import reading, writing
from tests.practice.conftest import MATHS, VERDICT, Library


def titles(library: Library, who: str, **wanted: object) -> list[str]:
    with reading(library.engine) as session:
        found = find_practices(session, library.scope(who), PracticeFilter(**wanted))  # type: ignore[arg-type]
    return [card.title for card in found]


def test_a_draft_is_seen_by_its_author_alone(library: Library) -> None:
    library.add(offer=False)
    assert titles(library, "учитель") == ["Дроби на полосках"]
    for who in ("директор", "методист", "руководитель шмо", "наставник", "наблюдатель"):
        assert titles(library, who) == [], who


def test_an_offered_practice_is_seen_by_those_who_decide(library: Library) -> None:
    library.add()
    for who in ("учитель", "директор", "методист школы", "руководитель шмо", "методист", "специалист"):
        assert titles(library, who) == ["Дроби на полосках"], who
    for who in ("наставник", "наблюдатель"):
        assert titles(library, who) == [], who


def test_a_published_practice_is_read_in_the_municipality_and_not_beyond(library: Library) -> None:
    practice = library.add()
    library.publish(practice)
    for who in ("учитель", "наставник", "наблюдатель", "директор", "администратор"):
        assert titles(library, who) == ["Дроби на полосках"], who
    with writing(library.engine, "тест") as session:
        row = session.get_one(Practice, practice)
        row.organisation_id = library.region.units["школа 3"]
        row.created_by_id = row.author_teacher_id = None
        session.add(row)
    assert titles(library, "наставник") == titles(library, "учитель") == titles(library, "методист") == []
    with reading(library.engine) as session, pytest.raises(NotFound):
        practice_steps(session, library.scope("наставник"), practice)


def test_somebody_without_a_role_sees_nothing(library: Library) -> None:
    library.publish(library.add())
    with pytest.raises(NotAllowed):
        titles(library, "без роли")


def test_an_observer_cannot_offer(library: Library) -> None:
    with pytest.raises(NotAllowed, match="Нет права предлагать"):
        library.add("наблюдатель")


def test_a_teacher_offers_only_their_own_in_their_own_school(library: Library) -> None:
    with pytest.raises(NotFound):
        library.add(organisation_id=library.region.units["школа 2"])
    with pytest.raises(NotFound):
        library.add(by_me=False, author="Кто-то другой")


def test_a_name_outside_the_school_needs_consent(library: Library) -> None:
    hidden, named = library.add(title="Без имени"), library.add(title="С именем", named=True)
    for practice in (hidden, named):
        library.publish(practice)
    teacher = library.region.teachers["Смирнова"]
    assert library.card(hidden, "директор").author == "Смирнова Ольга Игоревна"
    assert library.card(hidden, "методист").author == f"Педагог-{teacher:02d}"
    assert library.card(named, "методист").author == "Смирнова Ольга Игоревна"


def test_consent_to_be_named_is_given_by_the_author_alone(library: Library) -> None:
    practice = library.add()
    card = library.card(practice)
    edit = CellEdit(practice, card.version, "author_named", True, False)
    with writing(library.engine, "директор") as session:
        outcome = change_practice(session, library.scope("директор"), practice, [edit])
    assert "только сам автор" in outcome.refused[0].error.message
    with writing(library.engine, "учитель") as session:
        assert not change_practice(session, library.scope("учитель"), practice, [edit]).refused
    assert library.card(practice).row.author_named


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "  "}, "должно быть название"),
        ({"title": "х" * 301}, "301 знаков"),
        ({"problem": "", "repeat": " "}, "«Какую проблему решает», «Как повторить»"),
        ({"actions": "х" * 10_001}, "10001 знаков"),
        ({"elements": ("нет такого",)}, "нет в планах работ"),
        ({"task_types": ("нет такого",)}, "нет в планах работ"),
        ({"method": "колдовство"}, "нет в списке"),
        ({"grades": (5, 15)}, "Класса «15» не бывает"),
        ({"class_grade": 6}, "учебный год класса"),
    ],
)
def test_what_cannot_be_offered_is_said_and_not_stored(library: Library, changes, words: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        library.add(**changes)
    assert words in refusal.value.message and refusal.value.advice
    assert titles(library, "учитель") == []


def test_a_draft_may_be_incomplete_but_is_not_offered_so(library: Library) -> None:
    practice = library.add(offer=False, problem="", actions="")
    with writing(library.engine, "учитель") as session, pytest.raises(InvalidInput, match="не хватает описания"):
        offer_practice(session, library.scope("учитель"), practice)
    assert library.card(practice, "учитель").state is PracticeState.DRAFT


def test_an_offered_practice_can_be_taken_back_until_somebody_decides(library: Library) -> None:
    practice = library.add()
    with writing(library.engine, "учитель") as session:
        assert take_back(session, library.scope("учитель"), practice).state is PracticeState.DRAFT
        offer_practice(session, library.scope("учитель"), practice)
    library.publish(practice)
    with writing(library.engine, "учитель") as session, pytest.raises((InvalidInput, NotAllowed)):
        take_back(session, library.scope("учитель"), practice)


def test_the_whole_way_is_kept_with_bodies_and_minutes(both: Library) -> None:
    practice = both.add()
    both.publish(practice)
    both.rule(practice)
    both.rule(practice, PracticeState.RECOMMENDED)
    with reading(both.engine) as session:
        steps = practice_steps(session, both.scope("учитель"), practice)
    assert [step.state for step in steps] == [
        PracticeState.OFFERED, PracticeState.ON_TRIAL, PracticeState.TRIED, PracticeState.RECOMMENDED,
    ]
    assert steps[1].body == "РМО математиков"
    assert (steps[2].body, steps[2].protocol_number, steps[2].protocol_date) == (
        "РМО математиков", "3", date(2026, 11, 10),
    )
    assert both.card(practice).state is PracticeState.RECOMMENDED


def test_a_rejection_needs_a_reason_that_the_author_reads(library: Library) -> None:
    practice = library.add()
    scope = library.scope("методист")
    version = library.card(practice).version
    with writing(library.engine, "методист") as session, pytest.raises(InvalidInput, match="почему практика отклонена"):
        reject(session, scope, practice, "  ", version)
    with writing(library.engine, "методист") as session:
        reject(session, scope, practice, "Нужно описать, как проверить результат.", version)
    with reading(library.engine) as session:
        assert "как проверить" in practice_steps(session, library.scope("учитель"), practice)[-1].reason
    assert titles(library, "наставник") == []
    with writing(library.engine, "учитель") as session:
        assert offer_practice(session, library.scope("учитель"), practice).state is PracticeState.OFFERED


def test_decisions_go_in_turn(library: Library) -> None:
    practice = library.add()
    with pytest.raises(InvalidInput, match="предложена"):
        library.rule(practice, PracticeState.RECOMMENDED)
    library.publish(practice)
    with pytest.raises(InvalidInput, match="сейчас на апробации"):
        library.rule(practice, PracticeState.RECOMMENDED)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"responsible": ""}, "кто отвечает"),
        ({"ends_on": date(2026, 9, 1)}, "не позже, чем начинается"),
        ({"ends_on": date(9999, 1, 1)}, "невозможна"),
    ],
)
def test_a_trial_has_somebody_responsible_and_a_term(library: Library, changes, words: str) -> None:
    practice = library.add()
    with writing(library.engine, "методист") as session, pytest.raises(InvalidInput, match=words):
        send_to_trial(
            session, library.scope("методист"), practice, replace(library.trial(), **changes),
            library.card(practice).version,
        )


def test_a_verdict_needs_minutes_of_a_day_that_has_come(library: Library) -> None:
    practice = library.add()
    library.publish(practice)
    version, scope = library.card(practice).version, library.scope("методист")
    for verdict, words in (
        (replace(VERDICT, protocol_number=" "), "номер протокола"),
        (replace(VERDICT, protocol_date=date.today() + timedelta(days=1)), "ещё не наступила"),
    ):
        with writing(library.engine, "методист") as session, pytest.raises(InvalidInput, match=words):
            decide(session, scope, practice, PracticeState.TRIED, verdict, version)


def test_nobody_decides_on_their_own_practice_nor_without_the_right(library: Library) -> None:
    own = library.add("руководитель шмо", "Практика руководителя")
    version = library.card(own).version
    with writing(library.engine, "р") as session, pytest.raises(NotAllowed, match="другой человек"):
        send_to_trial(session, library.scope("руководитель шмо"), own, library.trial(), version)
    assert not library.card(own, "руководитель шмо").may_decide
    practice = library.add()
    with writing(library.engine, "у") as session, pytest.raises(NotAllowed):
        reject(session, library.scope("учитель"), practice, "Причина", library.card(practice).version)


def test_of_two_decisions_at_once_the_second_is_told(both: Library) -> None:
    practice = both.add()
    seen = both.card(practice).version
    with writing(both.engine, "методист") as session:
        send_to_trial(session, both.scope("методист"), practice, both.trial(), seen)
    with writing(both.engine, "директор") as session, pytest.raises(EditConflict) as conflict:
        reject(session, both.scope("директор"), practice, "Не нужно.", seen)
    assert "уже поработал другой человек (на апробации" in conflict.value.message
    assert both.card(practice).state is PracticeState.ON_TRIAL


def test_a_colleagues_change_is_reported_not_overwritten(library: Library) -> None:
    practice = library.add()
    seen = library.card(practice)
    mine = CellEdit(practice, seen.version, "title", "Моё название", seen.title)
    theirs = CellEdit(practice, seen.version, "title", "Название методиста", seen.title)
    with writing(library.engine, "Методист") as session:
        change_practice(session, library.scope("методист"), practice, [theirs])
    with writing(library.engine, "учитель") as session:
        outcome = change_practice(session, library.scope("учитель"), practice, [mine])
    (conflict,) = outcome.conflicts
    assert (conflict.theirs, conflict.who) == ("Название методиста", "Методист")
    assert library.card(practice).title == "Название методиста"


def test_after_publication_the_text_is_changed_by_those_who_decide(library: Library) -> None:
    practice = library.add()
    library.publish(practice)
    card = library.card(practice)
    edit = CellEdit(practice, card.version, "result", "Стало лучше.", "")
    with writing(library.engine, "учитель") as session, pytest.raises(NotAllowed, match="только читать"):
        change_practice(session, library.scope("учитель"), practice, [edit])
    with writing(library.engine, "методист") as session:
        change_practice(session, library.scope("методист"), practice, [edit])
    with reading(library.engine) as session:
        lines = practice_history(session, library.scope("методист"), practice)
    assert any(line.field == "result" and line.new == "Стало лучше." for line in lines)


def test_an_offered_practice_cannot_lose_its_description(library: Library) -> None:
    practice = library.add()
    card = library.card(practice)
    edit = CellEdit(practice, card.version, "problem", " ", card.texts["problem"])
    with pytest.raises(InvalidInput, match="не хватает"), writing(library.engine, "учитель") as session:
        change_practice(session, library.scope("учитель"), practice, [edit])
    assert library.card(practice).texts["problem"]


def test_a_deleted_practice_can_be_restored(library: Library) -> None:
    practice = library.add()
    with writing(library.engine, "учитель") as session:
        delete_practice(session, library.scope("учитель"), practice)
    assert titles(library, "учитель") == titles(library, "методист") == []
    assert titles(library, "учитель", deleted=True) == ["Дроби на полосках"]
    with writing(library.engine, "учитель") as session:
        restore_practice(session, library.scope("учитель"), practice)
    assert titles(library, "методист") == ["Дроби на полосках"]


def test_search_and_filters(library: Library) -> None:
    library.add(title="Дроби на полосках")
    library.add(title="Ёлочка задач", elements=("проценты",), task_types=("вычисления",))
    assert titles(library, "учитель", text="елочка") == ["Ёлочка задач"]
    assert titles(library, "учитель", elements=("проценты",)) == ["Ёлочка задач"]
    assert titles(library, "учитель", task_types=("вычисления",)) == ["Ёлочка задач"]
    assert titles(library, "учитель", subjects=("Физика",)) == []
    assert set(titles(library, "учитель", states=(PracticeState.OFFERED,))) == {"Дроби на полосках", "Ёлочка задач"}


def test_only_published_practices_are_counted_for_a_problem_field(library: Library) -> None:
    practice = library.add()
    library.add(title="Вторая")
    library.publish(practice)
    with reading(library.engine) as session:
        counts = practice_counts(session, library.scope("методист"))
        assert counts[MATHS, "дроби"] == 1
        assert practice_counts(session, library.scope("без роли")) == {}


def test_places_of_a_trial_are_of_the_subject(library: Library) -> None:
    practice = library.add()
    with reading(library.engine) as session:
        names = [row.name for row in trial_places(session, library.scope("методист"), practice)]
    assert names == ["РМО математиков", "ШМО математиков"]


def test_a_methodist_enters_a_practice_for_somebody_else(library: Library) -> None:
    with writing(library.engine, "методист") as session, pytest.raises(InvalidInput, match="Не указан автор"):
        create_practice(session, library.scope("методист"), library.draft(by_me=False))
    practice = library.add("методист", by_me=False, author="Соколова М. А., ветеран труда")
    assert library.card(practice).author == "Соколова М. А., ветеран труда"


def test_grades_in_words() -> None:
    assert grades_words((5, 6, 7, 9)) == "5–7, 9"
    assert grades_words(()) == ""
