"""The demo's questionnaires: the planted corporate deficits are found, no others, and the course has helped once."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from core.demo.diagnostics import PLANTED_DEFICITS, WAVES
from core.diagnostics.comparison import compare_rounds
from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.rounds import list_rounds
from core.diagnostics.standing import Standing
from core.diagnostics.wave_tables import WaveKind
from core.people.scope import Scope
from core.people.teachers import list_teachers
from core.store.unit_of_work import reading
from tests.demo.conftest import Demo

ALL = Scope.local_administrator()
MATHS = "Преподавание математики по темам"


@pytest.fixture
def session(demo: Demo) -> Iterator[Session]:
    with reading(demo.engine) as opened:
        yield opened


def test_planted_deficits_are_corporate_and_no_others(session: Session) -> None:
    rounds = list_rounds(session, ALL)
    assert len(rounds) == len(WAVES)
    found = set()
    for one in rounds:
        for deficit in shared_deficits(session, ALL, DeficitFilter(one.key)).of(Standing.CORPORATE):
            if deficit.group.subject:
                found.add((one.held_on, deficit.group.subject, deficit.line.columns[0] + 1))
    planted = {
        (wave.held_on, one.subject, one.place)
        for one in PLANTED_DEFICITS
        for wave in WAVES
        if wave.instrument == one.instrument and one.shares[wave.number] >= 0.5
    }
    assert found == planted


def test_the_course_helped_with_fractions(session: Session) -> None:
    by_kind = {one.kind: one.key for one in list_rounds(session, ALL) if one.instrument == MATHS}
    changes = compare_rounds(session, ALL, by_kind[WaveKind.ENTRY], by_kind[WaveKind.FINAL]).found
    best = changes[0]
    assert (best.line.competence.element, best.change.is_paired, best.change.is_certain) == (
        "обыкновенные дроби", True, True,
    )


def test_teachers_are_named_once(session: Session) -> None:
    names = [card.name for card in list_teachers(session, ALL)]
    assert len(set(names)) == len(names) == 64
