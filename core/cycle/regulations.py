"""The register of an organisation's regulations: what it works by, until when, with which text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from core.cycle.access import require_leading, seen_organisation
from core.cycle.cycle_tables import CycleEvidence, Regulation, RegulationKind
from core.cycle.validity import Registered
from core.errors import InvalidInput, QualityError
from core.people.cell_values import choice_of_cell, date_of_cell, text_of_cell
from core.people.organisations import natural_key
from core.people.scope import Scope
from core.people.text_length import require_length
from core.store.edit_outcome import EditOutcome
from core.store.edits import restore_rows
from core.store.grid_changes import GridChanges, save_changes
from core.words import day as day_in_words

REGULATION_FIELDS = (
    "kind", "title", "number", "adopted_by", "adopted_on", "valid_from", "valid_until", "answers", "note",
)
_LONGEST: Mapping[str, int] = {"title": 500, "number": 60, "adopted_by": 300, "answers": 500, "note": 1000}
_PAIRS = {"valid_from": "valid_until", "valid_until": "valid_from"}


@dataclass(frozen=True, slots=True)
class RegulationCard:
    """A regulation, and how many files and links hold its text."""

    row: Regulation
    texts: int

    @property
    def since(self) -> date | None:
        """Return from when it holds: the day of its adoption where nothing else is said."""
        return self.row.valid_from or self.row.adopted_on

    @property
    def registered(self) -> Registered:
        """Return what decides whether it holds and which regulation of a model it is."""
        return Registered(self.row.id or 0, self.row.title, self.row.answers, self.since, self.row.valid_until)

    @property
    def requisites(self) -> str:
        """Return «от 01.09.2026 № 12», as far as it is known."""
        return " ".join(
            part for part in (
                f"от {day_in_words(self.row.adopted_on)}" if self.row.adopted_on else "",
                f"№ {self.row.number}" if self.row.number else "",
            ) if part
        )

    @property
    def heading(self) -> str:
        """Return how it is cited: «Положение о методическом совете (от 01.09.2026 № 12)»."""
        return f"{self.row.title} ({self.requisites})" if self.requisites else self.row.title


def list_regulations(
    session: Session, scope: Scope, organisation_id: int, *, deleted: bool = False
) -> list[RegulationCard]:
    """Return the register of an organisation by kind and title, or what was removed from it; NotFound out of reach."""
    seen_organisation(session, scope, organisation_id)
    there = col(Regulation.deleted_at)
    rows = session.exec(
        select(Regulation).where(
            Regulation.organisation_id == organisation_id, there.is_not(None) if deleted else there.is_(None)
        )
    ).all()
    query = (
        select(CycleEvidence.regulation_id, func.count())
        .where(
            col(CycleEvidence.regulation_id).in_([row.id for row in rows]), col(CycleEvidence.deleted_at).is_(None)
        )
        .group_by(col(CycleEvidence.regulation_id))
    )
    texts = dict(session.exec(query).all())
    kinds = list(RegulationKind)
    ordered = sorted(rows, key=lambda row: (kinds.index(row.kind), natural_key(row.title), row.id or 0))
    return [RegulationCard(row, texts.get(row.id, 0)) for row in ordered]


def save_regulations(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the grid of the register, new and removed rows too; who leads the organisation's cycle keeps it."""
    seen_organisation(session, scope, organisation_id)
    require_leading(scope, organisation_id)
    typed = {(edit.row_id, edit.field): edit.value for edit in changes.edits}

    def validate(row: Regulation, name: str, value: object) -> object:
        if name == "kind":
            return choice_of_cell(value, RegulationKind, "вид акта")
        if name in ("adopted_on", "valid_from", "valid_until"):
            day = date_of_cell(value)
            other = _PAIRS.get(name)
            if day is not None and other is not None:
                second = _typed_day(typed.get((row.id or 0, other), getattr(row, other)))
                _require_order(*((day, second) if name == "valid_from" else (second, day)))
            return day
        return _text(name, value)

    return save_changes(
        session, Regulation, changes, REGULATION_FIELDS, validate, {"organisation_id": organisation_id},
        col(Regulation.organisation_id) == organisation_id,
    )


def register_needed(session: Session, scope: Scope, organisation_id: int, names: Sequence[str]) -> int:
    """Put regulations that a model names into the register, to be completed there; return how many were new.

    `names` come from a model; one that the register answers already is left out.
    """
    cards = list_regulations(session, scope, organisation_id)
    require_leading(scope, organisation_id)
    known = {one.row.answers or one.row.title for one in cards}
    made = [
        Regulation(organisation_id=organisation_id, title=_text("title", name), kind=kind_of(name), answers=name)
        for name in dict.fromkeys(names) if name not in known
    ]
    session.add_all(made)
    session.flush()
    return len(made)


def kind_of(name: str) -> RegulationKind:
    """Return the kind that the name of a regulation begins with.

    >>> kind_of("Положение о методическом совете").value, kind_of("Устав школы").value
    ('положение', 'устав')
    """
    first = name.casefold().split(maxsplit=1)[0] if name.split() else ""
    return next((kind for kind in RegulationKind if kind.value == first), RegulationKind.OTHER)


def restore_regulation(session: Session, scope: Scope, organisation_id: int, regulation_id: int) -> int:
    """Bring a removed regulation back with its texts; return its id."""
    seen_organisation(session, scope, organisation_id)
    require_leading(scope, organisation_id)
    restore_rows(session, Regulation, [regulation_id], col(Regulation.organisation_id) == organisation_id)
    return regulation_id


def _text(name: str, value: object) -> str:
    text = text_of_cell(value)
    if name == "title" and not text:
        raise InvalidInput("У нормативного акта нет названия.", "Впишите название или удалите строку.")
    return require_length(text, _LONGEST[name])


def _typed_day(value: object) -> date | None:
    try:
        return date_of_cell(value)
    except QualityError:
        # That cell is refused by itself.
        return None


def _require_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise InvalidInput(
            f"Акт перестаёт действовать {day_in_words(last)}, раньше, чем начинает: {day_in_words(first)}.",
            "Исправьте даты.",
        )
