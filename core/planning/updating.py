"""The status of a measure set on purpose: three buttons and a note, in a meeting or by the owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.errors import EditConflict, InvalidInput
from core.people.scope import Scope
from core.people.text_length import require_length
from core.planning.access import updatable_measure
from core.planning.deadlines import read_deadline
from core.planning.measure_values import require_deadline, require_note
from core.planning.periods import deadline_of, period_of
from core.planning.statuses import DONE_STATUSES, MeasureStatus
from core.planning.tables import Evidence, IndicatorKind, Measure, MeasureKind, Roadmap
from core.words import day, number


@dataclass(frozen=True, slots=True)
class Update:
    """What is known of a measure now. None leaves a value as it is; `new_deadline` belongs to a postponement."""

    status: MeasureStatus
    note: str = ""
    progress: int | None = None
    done_on: date | None = None
    value: float | None = None
    new_deadline: str = ""


def update_measure(
    session: Session, scope: Scope, measure_id: int, update: Update, version_seen: int, today: date | None = None
) -> Measure:
    """Set the status of a measure with what goes with it. Its owner may, and whoever edits the roadmap.

    Raises InvalidInput when an obligatory note is missing, a day lies in the future, progress is not 0..100 or a new
    deadline lies before the plan; EditConflict when somebody else changed the measure meanwhile.
    """
    roadmap, measure = updatable_measure(session, scope, measure_id)
    if measure.kind is MeasureKind.GROUP:
        raise InvalidInput(f"«{measure.title}» — раздел, у него нет своего статуса.", "Отметьте мероприятия раздела.")
    if measure.version != version_seen:
        raise EditConflict(
            f"«{_short(measure.title)}» тем временем изменил кто-то другой: сейчас статус «{measure.status.value}», "
            f"выполнение {measure.progress} %.",
            "Посмотрите и отметьте ещё раз.",
        )
    on = today or date.today()
    _apply(roadmap, measure, update, on)
    session.add(measure)
    session.flush()
    return measure


def suggested_status(roadmap: Roadmap, measure: Measure, done_on: date) -> MeasureStatus:
    """Return «выполнено с опозданием» for a measure done after its window, else «выполнено»."""
    late = deadline_of(measure).overdue_since(done_on, MeasureStatus.IN_PROGRESS, measure.done_on, period_of(roadmap))
    return MeasureStatus.DONE_LATE if late is not None else MeasureStatus.DONE


def closing_cautions(measure: Measure, evidence: list[Evidence]) -> list[str]:
    """Say what speaks against calling the measure done: no document, a target not reached; nothing is forbidden."""
    found: list[str] = []
    if measure.indicator and measure.indicator_kind is IndicatorKind.DOCUMENT and not evidence:
        found.append("Показатель — документ, а подтверждения нет: приложите файл или ссылку.")
    if measure.indicator_kind is IndicatorKind.NUMBER and measure.target is not None:
        if measure.value is None:
            found.append("Достигнутое значение показателя не вписано.")
        elif measure.value < measure.target:
            reached, target = number(measure.value, 1), number(measure.target, 1)
            found.append(f"Показатель не достигнут: {reached} из {target}{' ' + measure.unit if measure.unit else ''}.")
    return found


def _apply(roadmap: Roadmap, measure: Measure, update: Update, on: date) -> None:
    note = update.note.strip() or (measure.status_note if update.status is measure.status else "")
    require_note(update.status, note)
    require_length(note, 2000, "Примечание")
    if update.progress is not None and not 0 <= update.progress <= 100:
        raise InvalidInput(f"Выполнение {update.progress} % не бывает.", "Введите число от 0 до 100.")
    if update.done_on is not None and update.done_on > on:
        raise InvalidInput(f"Дата выполнения {day(update.done_on)} ещё не наступила.", "Исправьте дату.")
    new_deadline = update.new_deadline.strip()
    if new_deadline and update.status is not MeasureStatus.POSTPONED:
        raise InvalidInput("Новый срок указывают при переносе.", "Выберите «перенесено» или уберите новый срок.")
    if new_deadline:
        require_deadline(new_deadline, period_of(roadmap))
        if not read_deadline(new_deadline).is_understood:
            raise InvalidInput(
                f"Новый срок «{new_deadline}» не понят.", "Напишите, например: до 15 декабря или январь 2027 г."
            )
        measure.former_deadline, measure.deadline_text = measure.deadline_text, new_deadline[:500]
        measure.deadline_written_on = on
    measure.status, measure.status_note = update.status, note
    if update.value is not None:
        measure.value = update.value
    if update.status in DONE_STATUSES:
        measure.progress, measure.done_on = 100, update.done_on or on
    else:
        if update.progress is not None:
            measure.progress = update.progress
        if not deadline_of(measure).is_recurring:
            measure.done_on = None


def _short(title: str) -> str:
    line = title.splitlines()[0] if title else ""
    return line if len(line) <= 80 else f"{line[:79]}…"
