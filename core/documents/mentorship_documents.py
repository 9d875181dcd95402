"""The order that fixes mentorship pairs, and the analysis of the state of mentorship, as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.people_words import UNKNOWN, organisation_name
from core.documents.rendering import Value
from core.errors import InvalidInput
from core.people.scope import Scope
from core.support.figures import Figure
from core.support.mentorship_cards import MentorshipCard, get_mentorship
from core.support.mentorship_tables import Side
from core.support.questionnaires import FEWEST
from core.support.state import StateOfMentorship, state_of_mentorship
from core.words import count_of, day, long_day, number, share


def order_document(session: Session, scope: Scope, mentorship_ids: Sequence[int]) -> bytes:
    """Return the order for these pairs and groups of one organisation as .docx.

    Raises InvalidInput without a pair or for pairs of several organisations, NotFound out of scope.
    """
    cards = [get_mentorship(session, scope, mentorship_id) for mentorship_id in mentorship_ids]
    owners = {card.row.organisation_id for card in cards}
    if len(owners) != 1:
        raise InvalidInput(
            "Приказ издаётся на пары одной организации.", "Выберите хотя бы одну пару, все – одной организации."
        )
    numbers = {(card.row.order_number, card.row.order_on) for card in cards}
    order_number, order_on = next(iter(numbers)) if len(numbers) == 1 else ("", None)
    owner = owners.pop()
    return fill(session, owner, "mentorship-order", {
        "организация": organisation_name(session, owner),
        "номер": order_number or "____",
        "дата": long_day(order_on) if order_on is not None else "«___» __________ 20__ г.",
        "пары": [_pair(place, card) for place, card in enumerate(cards, start=1)],
        "руководитель": "",
        "люди": sorted({name for card in cards for name in (card.mentor, *card.mentees.values())}),
    })


def state_document(session: Session, scope: Scope, organisation_id: int, on: date | None = None) -> bytes:
    """Return the analysis of the state of mentorship of an organisation and below it as .docx."""
    state = state_of_mentorship(session, scope, organisation_id, on)
    return fill(session, organisation_id, "mentorship-state", {
        "организация": organisation_name(session, organisation_id),
        "дата": long_day(state.on),
        "абзацы": list(state_sentences(state)),
        "показатели": [
            {"название": one.title, "часть": len(one.part), "всего": len(one.whole), "доля": figure_words(one)}
            for one in state.figures
        ],
        "анкеты": [
            {
                "сторона": side.value, "вопрос": one.text, "сколько": one.pairs,
                "до": number(one.before, 1), "после": number(one.after, 1), "изменение": number(one.change, 1),
            }
            for side in (Side.MENTEE, Side.MENTOR)
            for one in state.changes[side]
            if one.before is not None and one.after is not None and one.change is not None
        ],
        "выводы": list(next_steps(state)),
    })


def figure_words(figure: Figure) -> str:
    """Return a share with interval and number, «—» where nobody is counted."""
    return share(figure.share, figure.low, figure.high, len(figure.whole)) if figure.whole else UNKNOWN


def state_sentences(state: StateOfMentorship) -> list[str]:
    """Return the findings as sentences with their numbers."""
    found = [
        f"С {day(state.since)} по {day(state.on)}: действующих пар и групп – {number(state.under_way)}, "
        f"прекращено досрочно – {number(state.ended_early)}, проведено встреч – {number(state.meetings)}, "
        f"из них подтвердили обе стороны – {number(state.meetings_confirmed)}."
    ]
    for side, word in ((Side.MENTEE, "наставляемых"), (Side.MENTOR, "наставников")):
        said = state.satisfaction[side]
        if said.asked and said.share != said.share:
            found.append(
                f"Анкет {word} «по завершении»: {number(said.asked)}. "
                f"Итог не показан: вне школы его видно только по району и не меньше чем по {FEWEST} ответам."
            )
        elif said.asked:
            words = share(said.share, said.low, said.high, said.asked)
            found.append(f"Довольны наставничеством (7 и выше из 10) среди {word}: {words}.")
        else:
            found.append(f"Анкет {word} «по завершении» в этом году ещё нет.")
    return found


def next_steps(state: StateOfMentorship) -> list[str]:
    """Return what follows from the figures."""
    found: list[str] = []
    if state.without_mentor:
        young = count_of(len(state.without_mentor), "молодой специалист")
        found.append(f"Без наставника: {young}. Подобрать наставников.")
    if state.meetings > state.meetings_confirmed:
        left = count_of(state.meetings - state.meetings_confirmed, "встреча")
        found.append(f"Не подтверждено обеими сторонами: {left}. Попросить участников подтвердить.")
    return found or ["Замечаний к охвату и журналам нет."]


def _pair(place: int, card: MentorshipCard) -> dict[str, Value]:
    row = card.row
    given = [row.mentor_consent_on, *card.consents.values()]
    return {
        "номер": place,
        "наставник": card.mentor,
        "наставляемые": ", ".join(card.mentees.values()),
        "вид": f"{row.form.value}; {row.kind.value}",
        "срок": f"{day(row.starts_on)} – {day(row.ends_on)}",
        "согласия": ", ".join(day(one) if one is not None else "нет" for one in given),
    }
