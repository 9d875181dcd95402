"""What a recommendation may say: its texts, its term, the cause that it tells."""

from __future__ import annotations

from datetime import date, timedelta

from core.errors import InvalidInput
from core.people.text_length import require_length
from core.planning.deadlines import read_deadline
from core.planning.recommendations.bases import FieldKey
from core.planning.recommendations.clock import due_on
from core.planning.tables import AddresseeKind, BasisKind, RecommendationBasis
from core.words import day

_LONGEST = {"title": 300, "text": 8000, "practices": 4000, "courses": 4000, "deadline_text": 500}
EDITABLE = tuple(_LONGEST)
"""What may be changed in a draft besides its addressee."""
_USUAL_TERM = timedelta(days=30)


def tells_cause(kind: AddresseeKind, basis: RecommendationBasis) -> bool:
    """Say whether the supposed cause is told to the addressee: it may speak of a teacher's work.

    So it is not told to teachers and parents; of one class, which has one teacher of the subject, not to an association
    either, whose members all read it (results of ВПР are no grounds for judging teachers).
    """
    if kind is AddresseeKind.ASSOCIATION:
        return not (basis.kind is BasisKind.FIELD and FieldKey.read(basis.key).is_class)
    return kind is AddresseeKind.ADMINISTRATION


def usual_term(today: date) -> str:
    """Return the term that is proposed: thirty days from now, moved out of the summer holidays.

    >>> usual_term(date(2026, 11, 22)), usual_term(date(2027, 6, 10))
    ('до 22.12.2026', 'до 30.09.2027')
    """
    until = today + _USUAL_TERM
    return f"до {day(date(until.year, 9, 30) if until.month in (6, 7, 8) else until)}"


def require_term(text: str, written_on: date, today: date) -> None:
    """Raise InvalidInput for a term that is missing, not understood, or past."""
    deadline = read_deadline(text, written_on)
    if not text.strip():
        raise InvalidInput("Не указан срок рекомендации.", "Напишите его, например «до 20 декабря».")
    if not deadline.is_understood or deadline.impossible:
        raise InvalidInput(f"Срок «{text}» непонятен. {deadline.hint}".strip(), "Напишите, например, «до 20 декабря».")
    until = due_on(text, written_on)
    if until is not None and until < today:
        raise InvalidInput(
            f"Срок «{text}» уже прошёл ({day(until)}), а сегодня {day(today)}.", "Назначьте день, который ещё впереди."
        )


def cell_value(name: str, value: object) -> str:
    """Return what was typed into a field of a draft; raise InvalidInput for what is empty or too long."""
    text = "" if value is None or value != value else str(value).strip()
    if name == "title" and not text:
        raise InvalidInput("У рекомендации нет заголовка.", "Скажите в одной строке, что рекомендуется.")
    if name == "text" and not text:
        raise InvalidInput("Текст рекомендации пустой.", "Напишите, что рекомендуется.")
    return require_length(text, _LONGEST[name])
