"""A practice as a Word document: a description that a colleague can take along, with the way it went."""

from __future__ import annotations

from sqlmodel import Session

from core.documents.own_templates import fill
from core.documents.rendering import Value
from core.people.scope import Scope
from core.practice.effect import effects_of
from core.practice.effect_words import CAUTION, effect_words
from core.practice.library import PracticeCard, get_practice
from core.practice.practices import practice_steps
from core.practice.sheet import grades_words
from core.practice.tables import PracticeStep
from core.practice.uses import list_uses, uses_words
from core.practice.values import TEXTS
from core.words import day


def practice_document(session: Session, scope: Scope, practice_id: int) -> bytes:
    """Return the practice as .docx. Raises NotFound out of scope and InvalidInput when the template is broken."""
    card = get_practice(session, scope, practice_id)
    steps = practice_steps(session, scope, practice_id)
    effects = [effect_words(one) for one in effects_of(session, scope, practice_id)]
    kept = next((step.effects for step in reversed(steps) if step.effects), [])
    uses = list_uses(session, scope, practice_id)
    return fill(session, card.organisation_id, "practice", {
        **_head(card),
        "разделы": [
            {"заголовок": label, "абзацы": [part for part in card.texts[field].split("\n") if part.strip()]}
            for field, label in TEXTS.items()
            if card.texts[field]
        ],
        "применили": uses_words(uses),
        "изменения": list(effects or [str(one.get("words", "")) for one in kept]),
        "оговорка": CAUTION,
        "решения": [_step(step) for step in steps],
    })


def _head(card: PracticeCard) -> dict[str, Value]:
    return {
        "название": card.title,
        "автор": card.author,
        "организация": card.organisation,
        "класс": card.class_name,
        "предмет": card.subject,
        "элементы": "; ".join(card.elements),
        "типы_заданий": "; ".join(card.task_types),
        "вид_работы": card.method,
        "параллели": grades_words(card.grades),
        "состояние": card.state.value,
    }


def _step(step: PracticeStep) -> str:
    parts = [step.state.value.capitalize()]
    if step.body:
        parts.append(step.body)
    if step.starts_on and step.ends_on:
        parts.append(f"с {day(step.starts_on)} по {day(step.ends_on)}")
    if step.protocol_number and step.protocol_date:
        parts.append(f"протокол № {step.protocol_number} от {day(step.protocol_date)}")
    if step.reason:
        parts.append(step.reason.rstrip("."))
    return ", ".join(parts)
