"""The one error type of the house: a Russian sentence, the place it speaks of, and what the user can do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands. Every part may be unknown.

    `row` counts from 1 as Excel shows it; `column` is Excel's letter ("E"); `field` is the header's text.
    """

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Return the place in words, for example «лист «8А», строка 14, столбец E «Балл»»; empty if unknown."""
        parts: list[str] = []
        if self.sheet:
            parts.append(f"лист «{self.sheet}»")
        if self.row is not None:
            parts.append(f"строка {self.row}")
        if self.column or self.field:
            letter = f" {self.column}" if self.column else ""
            name = f" «{self.field}»" if self.field else ""
            parts.append(f"столбец{letter}{name}")
        return ", ".join(parts)


class QualityError(Exception):
    """A refusal that a user can understand: what happened, and what to do.

    `message` and `advice` are complete Russian sentences.
    """

    def __init__(self, message: str, advice: str = "", place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.place = place

    def __str__(self) -> str:
        """Return place, sentence and advice as one text."""
        where = str(self.place) if self.place else ""
        head = f"{where[0].upper()}{where[1:]}: {self.message}" if where else self.message
        return f"{head} {self.advice}".strip()


class NotAllowed(QualityError):
    """The scope does not permit the action."""


class NotFound(QualityError):
    """The object does not exist, or lies outside the scope; both look the same."""

    def __init__(self, what: str = "Запись") -> None:
        super().__init__(f"{what}: не найдено или нет доступа.", "Обновите страницу или обратитесь к администратору.")


class InvalidInput(QualityError):
    """What was typed or uploaded breaks a rule."""


class EditConflict(QualityError):
    """Somebody else changed the same object meanwhile."""


class StoreUnavailable(QualityError):
    """The database cannot be used now: locked, full, damaged, newer than the program."""
