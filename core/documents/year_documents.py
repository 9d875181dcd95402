"""What ends a year, as Word documents: the monitoring of indicators, the closing note of a management cycle."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.cycle.access import seen_cycle
from core.cycle.closing import closing_note
from core.cycle.closing_contract import ClosingNote
from core.documents.own_templates import fill
from core.documents.people_words import head_post
from core.documents.rendering import Value
from core.monitoring.year_summary import YearSummary, year_summary
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.words import long_day


def monitoring_document(session: Session, scope: Scope, organisation_id: int, year: int) -> bytes:
    """Return the monitoring of a reporting year as .docx. Raises NotAllowed and NotFound as `year_summary` does."""
    summary = year_summary(session, scope, organisation_id, year)
    return fill(session, organisation_id, "monitoring", monitoring_values(summary))


def monitoring_values(summary: YearSummary, on: date | None = None) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    return {
        "организация": summary.organisation,
        "год": year_name(summary.year),
        "дата": long_day(on or date.today()),
        "разделы": [
            {"заголовок": one.title, "абзацы": list(one.sentences)} for one in summary.paragraphs if one.sentences
        ],
        "показатели": [
            {
                "код": row.code, "название": row.name, "значение": row.value, "план": row.plan or "—",
                "изменение": row.change or "—", "вывод": row.verdict or "—",
            }
            for row in summary.rows
        ],
    }


def closing_document(session: Session, scope: Scope, cycle_id: int) -> bytes:
    """Return the closing note of a cycle as .docx, the draft of an open one. Raises as `closing_note` does."""
    organisation_id = seen_cycle(session, scope, cycle_id).organisation_id
    return fill(session, organisation_id, "closing-note", {
        **closing_values(closing_note(session, scope, cycle_id)), "утверждает": head_post(session, organisation_id),
    })


def closing_values(note: ClosingNote) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    closed = f"{long_day(note.closed_on)}, {note.closed_by}" if note.closed_on is not None else ""
    return {
        "организация": note.organisation,
        "название": note.title,
        "модель": note.model,
        "закрыт": closed,
        "разделы": [
            {
                "номер": place, "заголовок": one.title, "абзацы": list(one.paragraphs),
                "строки": [{"вид": row.kind, "что": row.words, "примечание": row.remark} for row in one.rows],
            }
            for place, one in enumerate(note.sections, start=1)
        ],
    }
