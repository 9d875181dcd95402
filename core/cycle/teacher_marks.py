"""Marks of diagnostics: who answered questionnaires and tests, which deficits are shared."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.cycle.marks import CLOSED, Mark, MarksByPlace, MarkState, counted
from core.cycle.place import CyclePlace, Places, gathered
from core.cycle.records import Derived
from core.diagnostics.corporate import DeficitFilter, shared_deficits
from core.diagnostics.reach import responses_in_reach, rights_of
from core.diagnostics.rounds import Round, list_rounds
from core.diagnostics.standing import Standing
from core.diagnostics.wave_tables import Response
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.words import plural


def teacher_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return how many teachers answered in both years, and how many deficits they share.

    Raises NotAllowed without the right to see shares or personal answers; who sees answers alone has no deficits.
    """
    rights = rights_of(session, scope)
    rounds = [one for one in list_rounds(session, scope) if one.year in places[0].result_years]
    waves = [wave for one in rounds for wave in one.wave_ids]
    responses = responses_in_reach(session, rights, waves)
    answered = gathered(places, responses, lambda row: (row.organisation_id,))
    return {
        place.id: {
            Derived.SURVEYS_UPLOADED: _uploaded(rounds, answered[place.id]),
            Derived.DEFICITS_COLLECTED: _collected(session, scope, place, _of(rounds, answered[place.id])),
        }
        for place in places
    }


def _of(rounds: Sequence[Round], responses: Sequence[Response]) -> list[Round]:
    waves = {row.wave_id for row in responses}
    return [one for one in rounds if waves & set(one.wave_ids)]


def _uploaded(rounds: Sequence[Round], responses: Sequence[Response]) -> Mark:
    """Whether teachers were asked or tested, and how many answers there are."""
    asked = len(_of(rounds, responses))
    return counted(
        asked, asked,
        f"{plural(asked, 'анкета или тест', 'анкеты или теста', 'анкет и тестов')}, "
        f"{plural(len(responses), 'ответ', 'ответа', 'ответов')}",
        "Нет ответов педагогов на анкеты и тесты: загрузите их.",
    )


def _collected(session: Session, scope: Scope, place: CyclePlace, rounds: Sequence[Round]) -> Mark:
    """Whether shared deficits may be seen, and how many are at least possible."""
    if not scope.allows(Action.VIEW_DEFICITS):
        return CLOSED
    school = place.id if place.is_school else None
    groups = shared = 0
    for asked in rounds:
        try:
            listed = shared_deficits(session, scope, DeficitFilter(asked.key, school_id=school))
        except NotFound:
            # Nobody of this school answered in the round.
            continue
        groups += len(listed.groups)
        shared += sum(one.standing >= Standing.POSSIBLE for one in listed.found)
    said = f"{plural(shared, 'общий дефицит', 'общих дефицита', 'общих дефицитов')} " \
        f"в {plural(groups, 'группе', 'группах', 'группах')}"
    if rounds and not groups:
        return Mark(MarkState.PART, "", "Ответов мало: группы меньше пяти педагогов не показываются.")
    return counted(groups, groups, said, "Дефициты не собраны: нет ответов педагогов.")
