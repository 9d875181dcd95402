"""Two waves of one questionnaire: the same people where possible, an interval, and nothing about a few."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine

from core.diagnostics.comparing import change_of, paired_interval
from core.diagnostics.comparison import compare_rounds
from core.diagnostics.corporate import DeficitFilter
from core.diagnostics.rounds import list_rounds
from core.diagnostics.wave_tables import WaveKind
from core.people.scope import Action, Scope
from core.store.unit_of_work import reading, writing
from tests.diagnostics.stored_answers import MATHS, District, add_wave, build_district

ALL = Scope.local_administrator()


@pytest.fixture
def district(sqlite_engine: Engine) -> District:
    return build_district(sqlite_engine)


def test_the_paired_interval_is_newcombes() -> None:
    # Table II of Newcombe (1998), data (36, 12, 2, 0): method 10 gives 0.0569 to 0.3404.
    first = np.repeat([1.0, 1.0, 0.0, 0.0], [36, 12, 2, 0])
    second = np.repeat([1.0, 0.0, 1.0, 0.0], [36, 12, 2, 0])
    assert paired_interval(first, second) == pytest.approx((0.0569, 0.3404), abs=5e-5)


def test_people_who_answered_both_times_are_compared_with_themselves() -> None:
    before, after = np.array([1.0, 1, 1, 1, 0, 0]), np.array([0.0, 0, 0, 1, 0, 0, 1])
    paired = change_of(before, after, [(place, place) for place in range(6)])
    assert paired is not None and paired.is_paired and paired.pairs == 6
    assert paired.change == pytest.approx(1 / 6 - 4 / 6)
    assert paired.low < paired.change < paired.high
    apart = change_of(before, after, [(0, 0)])
    assert apart is not None and not apart.is_paired and apart.is_small
    assert apart.change == pytest.approx(2 / 7 - 4 / 6)
    assert change_of(before, np.full(3, np.nan), []) is None


def test_courses_helped_mathematicians(district: District) -> None:
    def better(subject: str, number: int) -> list[int]:
        return [1 if subject == MATHS and number < 1 else 4, 3, 3]

    with writing(district.engine, "подготовка теста") as session:
        add_wave(session, district, WaveKind.FINAL, date(2026, 12, 1), better)
    with reading(district.engine) as session:
        final, entry = (one.key for one in list_rounds(session, ALL))
        found = compare_rounds(session, ALL, entry, final, DeficitFilter(subjects=(MATHS,)))
    first = found.found[0]
    assert first.line.columns == (0,)
    assert (first.change.pairs, first.change.is_paired, first.change.is_certain) == (11, True, True)
    assert first.change.before == pytest.approx(6 / 11) and first.change.after == pytest.approx(2 / 11)
    assert "11\u00a0педагогов, ответивших оба раза" in first.remark


def test_groups_of_a_few_are_not_compared_outside_the_school(district: District) -> None:
    with writing(district.engine, "подготовка теста") as session:
        add_wave(session, district, WaveKind.FINAL, date(2026, 12, 1))
    actions = ALL.actions - {Action.VIEW_PERSONAL_DEFICITS}
    outside = Scope(1, "Специалист", frozenset(district.units.values()), frozenset(), None, None, actions)
    with reading(district.engine) as session:
        final, entry = (one.key for one in list_rounds(session, outside))
        found = compare_rounds(session, outside, entry, final, DeficitFilter(school_id=district.units["школа 3"]))
    assert found.found == () and found.hidden
