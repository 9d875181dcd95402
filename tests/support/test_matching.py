"""Candidates for a mentee: the order, the reasons, and nobody who must not be asked."""

from dataclasses import replace

from core.support.matching import Need, Offer, ranked

NEED = Need(1, {"д": "Дроби", "т": "Текстовые задачи"}, frozenset({"Математика"}), school=100)
STRONG = Offer(
    teacher=2, strengths=frozenset({"д", "т", "п"}), subjects=frozenset({"Математика"}), school=100, has_consent=True,
    capacity=2, mentees=0, helps_other_schools=False, distance=0.0,
)


def order(*offers: Offer) -> list[int]:
    return [candidate.offer.teacher for candidate in ranked(NEED, offers)]


def test_more_deficits_answered_come_first_whatever_the_subject():
    one = replace(STRONG, teacher=3, strengths=frozenset({"д"}))
    other_subject = replace(STRONG, teacher=4, subjects=frozenset({"Физика"}))
    assert order(one, other_subject, STRONG) == [2, 4, 3]


def test_consent_and_room_come_before_everything():
    silent = replace(STRONG, teacher=3, has_consent=False)
    full = replace(STRONG, teacher=4, mentees=2)
    weak = replace(STRONG, teacher=5, strengths=frozenset())
    assert order(silent, full, weak) == [5, 4, 3]


def test_the_nearer_school_and_the_lighter_load_decide_last():
    far = replace(STRONG, teacher=3, school=200, helps_other_schools=True, distance=40.0)
    near = replace(far, teacher=4, distance=4.5)
    unknown = replace(far, teacher=5, distance=None)
    busy = replace(STRONG, teacher=6, mentees=1)
    assert order(unknown, far, near, busy, STRONG) == [2, 6, 4, 3, 5]


def test_schools_that_do_not_lend_and_the_mentee_are_not_asked():
    assert order(replace(STRONG, school=200), replace(STRONG, teacher=1)) == []


def test_reasons_and_cautions_are_words():
    (best,) = ranked(NEED, [STRONG])
    assert best.is_ready and best.answered == ("д", "т")
    assert best.reasons[0] == "может помочь в том, что трудно: «Дроби» и «Текстовые задачи»"
    assert "согласие есть, свободно 2\xa0места из 2" in best.reasons
    (worst,) = ranked(NEED, [replace(STRONG, has_consent=False, mentees=2, strengths=frozenset())])
    assert worst.cautions == (
        "нет письменного согласия быть наставником", "уже ведёт 2\xa0наставляемых, мест нет",
        "диагностика не показала, что может помочь в этих дефицитах",
    )
    (near,) = ranked(NEED, [replace(STRONG, school=200, helps_other_schools=True, distance=4.5)])
    assert "до школы 4,5 км" in near.reasons
