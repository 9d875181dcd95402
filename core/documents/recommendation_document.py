"""Addressed recommendations as a Word document: addressee, basis, what is recommended, term, mark of execution."""

from __future__ import annotations

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.rendering import Value
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.recommendations.evidence import list_proofs
from core.planning.recommendations.listing import RecommendationRow, view_recommendation
from core.planning.recommendations.practices import linked_practices
from core.planning.tables import RecommendationState
from core.words import day, long_day

_ANSWERS = {
    RecommendationState.ACCEPTED: "принято",
    RecommendationState.DONE: "принято",
    RecommendationState.NOT_APPLICABLE: "не применимо",
}


def recommendation_document(session: Session, scope: Scope, recommendation_id: int) -> bytes:
    """Return a recommendation as .docx. Raises NotFound out of scope and InvalidInput when the template is broken."""
    one = view_recommendation(session, scope, recommendation_id)
    organisation = session.get_one(Organisation, one.row.organisation_id)
    proofs = [proof.title for proof in list_proofs(session, scope, recommendation_id)]
    practices = [practice.title for practice in linked_practices(session, scope, one.row.practice_ids)]
    values = recommendation_values(one, organisation.name, proofs, practices)
    return fill(session, one.row.organisation_id, "recommendation", values)


def recommendation_values(
    one: RecommendationRow, organisation: str, proofs: list[str], practices: list[str]
) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    row = one.row
    return {
        "организация": organisation,
        "номер": str(one.id),
        "дата": long_day(row.sent_on) if row.sent_on is not None else "проект",
        "кому": one.addressee.name,
        "предмет": row.subject,
        "заголовок": row.title,
        "абзацы": [part for part in row.text.split("\n") if part.strip()],
        "основания": [
            {
                "что": f"{basis.label}, {basis.unit_name}", "работа": basis.source, "числа": basis.numbers,
                "вывод": basis.finding, "причина": basis.cause, "изменилось": basis.difference,
            }
            for basis in one.bases
        ],
        "практики": "; ".join(filter(None, (row.practices, *practices))),
        "курсы": row.courses,
        "срок": row.deadline_text,
        "оговорка": one.reservation,
        "подготовил": row.author,
        "состояние": row.state.value,
        "получено": f"{day(row.received_at.date())}, {row.received_by}" if row.received_at is not None else "",
        "ответ": _ANSWERS.get(row.state, ""),
        "отвечено": f"{day(row.answered_at.date())}, {row.answered_by}" if row.answered_at is not None else "",
        "причина": row.reason,
        "результат": row.result,
        "подтверждения": list(proofs),
    }
