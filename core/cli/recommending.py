"""The command that lists addressed recommendations."""

from __future__ import annotations

from argparse import Namespace

from core.cli.output import say_json, say_table
from core.cli.stores import opened_engine
from core.people.scope import Scope
from core.planning.recommendations.listing import RecommendationRow, list_recommendations
from core.store.unit_of_work import reading


def recommendations(options: Namespace) -> int:
    """Print the recommendations, what is awaited soonest first."""
    with reading(opened_engine()) as session:
        found = list_recommendations(session, Scope.local_administrator(), compare=bool(options.json))
        if options.json:
            say_json([_record(one) for one in found])
        else:
            header = ("№", "Состояние", "Сколько осталось", "Кому", "Рекомендация")
            rows = [(one.id, one.row.state, _clock(one), one.addressee.name, one.row.title) for one in found]
            say_table(header, rows)
    return 0


def _clock(one: RecommendationRow) -> str:
    return f"{one.clock.awaited}: {one.clock.words}" if one.clock is not None else ""


def _record(one: RecommendationRow) -> dict[str, object]:
    row = one.row
    return {
        "id": one.id,
        "state": row.state.value,
        "addressee": {"kind": row.addressee.value, "name": one.addressee.name},
        "subject": row.subject,
        "title": row.title,
        "text": row.text,
        "deadline": row.deadline_text,
        "awaited": one.clock.awaited if one.clock is not None else None,
        "until": str(one.clock.until) if one.clock is not None else None,
        "days_left": one.clock.days if one.clock is not None else None,
        "sent_on": str(row.sent_on) if row.sent_on is not None else None,
        "reason": row.reason,
        "result": row.result,
        "bases": [
            {
                "kind": basis.kind.value, "key": basis.key, "label": basis.label, "unit": basis.unit_name,
                "numbers": basis.numbers, "finding": basis.finding, "frozen_on": str(basis.frozen_on),
                "difference": basis.difference,
            }
            for basis in one.bases
        ],
    }
