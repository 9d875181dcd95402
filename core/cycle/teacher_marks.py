"""Marks of diagnostics: who answered questionnaires and tests, which deficits are shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from core.cycle.marks import CLOSED, Mark, MarksByPlace, MarkState, counted
from core.cycle.place import CyclePlace, Places, gathered
from core.cycle.records import Derived
from core.diagnostics.corporate import DeficitCount, deficit_counts
from core.diagnostics.reach import rights_of
from core.diagnostics.rounds import AnsweredRound, answered_rounds, open_round
from core.people.scope import Action, Scope
from core.store.answers import shared_answer
from core.words import plural


@shared_answer
def teacher_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return how many teachers answered in both years, and how many deficits they share.

    Raises NotAllowed without the right to see shares or personal answers; who sees answers alone has no deficits.
    """
    rounds = answered_rounds(session, scope, places[0].result_years)
    answers = ((one.round.key, row.organisation_id) for one in rounds for row in one.responses)
    answered = gathered(places, answers, lambda answer: (answer[1],))
    counts = _counts(session, scope, places, rounds) if scope.allows(Action.VIEW_DEFICITS) else None
    return {
        place.id: {
            Derived.SURVEYS_UPLOADED: _uploaded(answered[place.id]),
            Derived.DEFICITS_COLLECTED: CLOSED if counts is None else _collected(
                bool(answered[place.id]), counts[_school_of(place)]
            ),
        }
        for place in places
    }


def _counts(
    session: Session, scope: Scope, places: Places, rounds: Sequence[AnsweredRound]
) -> Mapping[int | None, DeficitCount]:
    rights = rights_of(session, scope)
    opened = [open_round(session, rights, one) for one in rounds]
    return deficit_counts(session, scope, opened, list(dict.fromkeys(_school_of(place) for place in places)))


def _school_of(place: CyclePlace) -> int | None:
    return place.id if place.is_school else None


def _uploaded(answers: Sequence[tuple[str, int]]) -> Mark:
    """Whether teachers were asked or tested, and how many answers there are."""
    asked = len({key for key, _place in answers})
    return counted(
        asked, asked,
        f"{plural(asked, 'анкета или тест', 'анкеты или теста', 'анкет и тестов')}, "
        f"{plural(len(answers), 'ответ', 'ответа', 'ответов')}",
        "Нет ответов педагогов на анкеты и тесты: загрузите их.",
    )


def _collected(has_answers: bool, count: DeficitCount) -> Mark:
    """Whether shared deficits may be seen, and how many are at least possible.

    Above schools groups are counted over everybody in reach, so a municipality that asked nobody has none.
    """
    groups, shared = count if has_answers else DeficitCount(0, 0)
    said = f"{plural(shared, 'общий дефицит', 'общих дефицита', 'общих дефицитов')} " \
        f"в {plural(groups, 'группе', 'группах', 'группах')}"
    if has_answers and not groups:
        return Mark(MarkState.PART, "", "Ответов мало: группы меньше пяти педагогов не показываются.")
    return counted(groups, groups, said, "Дефициты не собраны: нет ответов педагогов.")
