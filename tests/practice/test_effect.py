"""Results before and after: which works, which classes, what is kept for readers, what is hidden."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from core.analysis.change import GroupShare, change_between, excess
from core.people.scope import Action, Scope
from core.practice.effect import effects_of, seen_from_outside
from core.practice.effect_words import CAUTION, effect_words, frozen_effects
from core.practice.states import UseOutcome
from core.practice.tables import Practice, PracticeState, PracticeUse
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_organisations, add_plan, add_work, scope_of

EVERYBODY = Scope.local_administrator()


def prepared(engine: Engine, *, grade_before: int = 5, letter: str = "А") -> tuple[dict[str, int], int]:
    """Store works of 2025 and 2026 and a practice on geometry applied in class 6А of school 1."""
    with writing(engine, "тест") as session:
        ids = add_organisations(session)
        add_work(session, ids, plan_id=add_plan(session, 2025), year=2025, grade=grade_before)
        add_work(session, ids, plan_id=add_plan(session, 2026), year=2026, grade=6, untaught={})
        practice = Practice(
            organisation_id=ids["school1"], title="Геометрия руками", subject="Математика", elements=["геометрия"],
            class_grade=6, class_letter=letter, class_year=2026, state=PracticeState.ON_TRIAL,
        )
        session.add(practice)
        session.flush()
        return ids, practice.id or 0


def found(engine: Engine, practice: int, scope: Scope = EVERYBODY):
    with reading(engine) as session:
        return effects_of(session, scope, practice)


def test_the_same_pupils_are_followed_and_compared_with_other_classes(sqlite_engine: Engine) -> None:
    _ids, practice = prepared(sqlite_engine)
    (effect,) = found(sqlite_engine, practice)
    assert effect.same_pupils and effect.classes == 1
    assert (effect.before_work, effect.after_work) == (
        "ВПР, Математика, 5 класс, 2025", "ВПР, Математика, 6 класс, 2026",
    )
    applied = effect.applied
    assert applied.before.participants == applied.after.participants == 24
    assert applied.difference > 0.4 and applied.is_certain
    assert effect.others is not None and abs(effect.others.difference) < 0.15
    assert effect.beyond is not None and effect.beyond.low > 0
    words = effect_words(effect)
    assert words.startswith("геометрия: было") and "95 % интервал" in words and "здесь изменение больше" in words
    assert "не доказывает причину" in CAUTION


def test_other_pupils_of_the_grade_are_said_to_be_others(sqlite_engine: Engine) -> None:
    _ids, practice = prepared(sqlite_engine, grade_before=6)
    (effect,) = found(sqlite_engine, practice)
    assert not effect.same_pupils
    assert effect.applied.before.participants == 24 + 22 + 20
    assert effect.others is not None and effect.others.before.participants == 25 + 21 + 3


def test_without_a_work_before_or_without_a_class_there_is_no_effect(sqlite_engine: Engine) -> None:
    _ids, practice = prepared(sqlite_engine, grade_before=9)
    assert found(sqlite_engine, practice) == ()
    with writing(sqlite_engine, "тест") as session:
        row = session.get_one(Practice, practice)
        row.class_grade = row.class_year = None
        session.add(row)
    assert found(sqlite_engine, practice) == ()


def test_classes_of_colleagues_are_counted_with_the_authors(sqlite_engine: Engine) -> None:
    ids, practice = prepared(sqlite_engine)
    with writing(sqlite_engine, "тест") as session:
        session.add(_use(practice, ids["school2"], "А", date(2025, 10, 1)))
        session.add(_use(practice, ids["school2"], "А", date(2025, 12, 1)))
        session.add(_use(practice, ids["school2"], "Б", date(2026, 6, 1)))
    effects = found(sqlite_engine, practice)
    assert [effect.classes for effect in effects] == [2]
    assert effects[0].applied.after.participants == 24 + 25


def _use(practice: int, school: int, letter: str, day: date) -> PracticeUse:
    return PracticeUse(
        organisation_id=school, practice_id=practice, grade=6, letter=letter, year=2026, applied_on=day,
        outcome=UseOutcome.EARLY, author=f"{day}",
    )


def test_who_does_not_see_the_results_gets_no_numbers(sqlite_engine: Engine) -> None:
    ids, practice = prepared(sqlite_engine)
    neighbour = scope_of(ids, "school2", own=("school2",))
    neighbour = replace(neighbour, organisations=frozenset({ids["town"], ids["school2"]}))
    mentor = replace(EVERYBODY, actions=frozenset({Action.VIEW_PRACTICES}))
    assert found(sqlite_engine, practice, neighbour) == ()
    assert found(sqlite_engine, practice, mentor) == ()


def test_a_class_of_three_is_neither_shown_outside_nor_kept(sqlite_engine: Engine) -> None:
    ids, practice = prepared(sqlite_engine)
    with writing(sqlite_engine, "тест") as session:
        row = session.get_one(Practice, practice)
        row.organisation_id, row.class_letter = ids["school2"], "В"
        session.add(row)
    own = scope_of(ids, "region", "town", "school1", "school2", own=("school1", "school2"))
    (seen,) = found(sqlite_engine, practice, own)
    assert seen.applied.after.participants == 3
    assert frozen_effects([seen]) == []
    assert found(sqlite_engine, practice, seen_from_outside(own)) == ()


def test_what_a_decision_keeps_is_words_and_numbers(sqlite_engine: Engine) -> None:
    _ids, practice = prepared(sqlite_engine)
    (kept,) = frozen_effects(found(sqlite_engine, practice))
    assert kept["key"] == "геометрия" and kept["participants"] == 24
    assert str(kept["words"]).startswith("геометрия: было")


def test_excess_of_one_change_over_another() -> None:
    def share(facility: float) -> GroupShare:
        return GroupShare(facility, facility - 0.1, facility + 0.1, 50.0, 50)

    grown, same = change_between(share(0.4), share(0.7)), change_between(share(0.5), share(0.5))
    more = excess(grown, same)
    assert more.difference == pytest.approx(0.3)
    assert more.low < 0.3 < more.high
    assert np.hypot(grown.difference - grown.low, same.high) == pytest.approx(0.3 - more.low)
    assert excess(same, same).difference == 0 and not excess(same, same).is_certain
