"""Minutes of a meeting as a Word document (form of the minutes of methodical associations: heard, spoke, decided)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.rendering import Value
from core.people.scope import Scope
from core.planning.meetings import visible_meeting
from core.planning.minutes import Minutes, MinutesDecision, MinutesItem, minutes_of
from core.words import Case, count_of, decline, long_day

_BLANK = "______________"


def minutes_document(session: Session, scope: Scope, meeting_id: int) -> bytes:
    """Return the minutes of a meeting as .docx; before it is closed, what they would say now.

    Raises NotFound out of scope and InvalidInput when the template is broken.
    """
    minutes = minutes_of(session, scope, meeting_id)
    organisation_id = visible_meeting(session, scope, meeting_id).organisation_id
    return fill(session, organisation_id, "minutes", minutes_values(minutes))


def minutes_values(minutes: Minutes) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    return {
        "организация": minutes.organisation,
        "номер": minutes.number or "____",
        "орган": _of_body(minutes.body),
        "дата": long_day(minutes.held_on),
        "место": minutes.place,
        "тема": minutes.topic,
        "присутствовали": list(minutes.present),
        "число_присутствующих": count_of(len(minutes.present), "человек"),
        "приглашённые": list(minutes.invited),
        "отсутствовали": list(minutes.absent),
        "вопросы": [_item(item) for item in minutes.items],
        "общие_решения": _decisions(minutes.other_decisions),
        "изменения": list(minutes.changes),
        "изменения_на_заседании": list(minutes.changes_here),
        "председатель": minutes.chair or _BLANK,
        "секретарь": minutes.secretary or _BLANK,
    }


def _of_body(body: str) -> str:
    """Return whose meeting it was, after «заседания»: «районного методического совета», «ШМО учителей физики»."""
    genitive = decline(body, Case.GENITIVE) if body else ""
    is_word = genitive[1:2].islower() and " " in genitive
    return genitive[:1].lower() + genitive[1:] if is_word else genitive


def _item(item: MinutesItem) -> dict[str, Value]:
    return {
        "номер": item.number,
        "заголовок": item.heading,
        "вопрос": item.title,
        "слушали": item.speaker,
        "выступили": item.discussion,
        "отметили": item.note,
        "результат": item.result,
        "решения": _decisions(item.decisions),
        "голосование": item.votes,
        "не_рассмотрен": not item.is_heard,
    }


def _decisions(decisions: Sequence[MinutesDecision]) -> list[Value]:
    return [
        {"номер": one.number, "текст": one.text.rstrip("."), "ответственный": one.responsible, "срок": one.deadline}
        for one in decisions
    ]
