"""The bank of texts: the shipped ones from data/recommendations, and an organisation's own ones before them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.blueprints.yaml_files import Record, Sourced, load_yaml
from core.people.tables import OrganisationMembership
from core.planning.recommendations.wording import unknown_placeholders
from core.planning.tables import AddresseeKind, BasisKind, RecommendationText
from core.store.base import utc_now
from core.store.settings import reference_directory

SEVERAL = "несколько полей"
"""For texts about several fields at once: {поля} lists them."""
KIND_WORDS = (*(kind.words for kind in Kind), SEVERAL)


class BankText(Record):
    """One text for an addressee and a basis."""

    name: str = Field(min_length=3, max_length=200)
    basis: BasisKind
    addressee: AddresseeKind
    about: str = ""
    place: Literal["школа", "муниципалитет", ""] = ""
    title: str = Field(min_length=3, max_length=300)
    text: str = Field(min_length=10, max_length=6000)

    @field_validator("about")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value and value not in KIND_WORDS:
            raise ValueError(f"такого вида полей нет: «{value}»; есть: {', '.join(KIND_WORDS)}")
        return value

    @field_validator("title", "text")
    @classmethod
    def _known_placeholders(cls, value: str) -> str:
        unknown = unknown_placeholders(value)
        if unknown:
            raise ValueError(f"неизвестная подстановка «{unknown[0]}»")
        return value


class Bank(Sourced):
    """A file of texts."""

    texts: tuple[BankText, ...] = Field(min_length=1)


def load_bank(folder: Path | None = None) -> tuple[BankText, ...]:
    """Return the texts of all files; raise InvalidInput naming file and field when one is broken."""
    place = folder or reference_directory() / "recommendations"
    return tuple(text for path in sorted(place.glob("*.yaml")) for text in load_yaml(path, Bank).texts)


@lru_cache(maxsize=1)
def shipped_texts() -> tuple[BankText, ...]:
    """Return the shipped texts, read once."""
    return load_bank()


def choose_text(
    session: Session, organisation_id: int, basis: BasisKind, addressee: AddresseeKind, about: str, *, is_school: bool
) -> tuple[str, str]:
    """Return title and text, with placeholders, that suit best.

    The organisation's own ones come before those of the organisations above it, those before the shipped ones.
    `about` is the kind of field in words or `SEVERAL`; a text for it stands before one for all kinds.
    """
    candidates: list[tuple[bool, str, str]] = []
    for owner in _upwards(session, organisation_id):
        candidates = candidates or [
            (row.about != about, row.title, row.text) for row in own_texts(session, owner)
            if row.basis is basis and row.addressee is addressee and row.about in ("", about)
        ]
    if not candidates:
        place = "школа" if is_school else "муниципалитет"
        candidates = [
            (text.about != about, text.title, text.text) for text in shipped_texts()
            if text.basis is basis and text.addressee is addressee and text.about in ("", about)
            and text.place in ("", place)
        ]
    if about == SEVERAL:
        candidates = [one for one in candidates if not one[0]]
    if not candidates:
        return _PLAIN_LIST if about == SEVERAL else _PLAIN
    _is_general, title, text = min(candidates, key=lambda one: one[0])
    return title, text


def own_texts(session: Session, organisation_id: int) -> list[RecommendationText]:
    """Return the organisation's own texts in the order of their making."""
    query = select(RecommendationText).where(
        RecommendationText.organisation_id == organisation_id, col(RecommendationText.deleted_at).is_(None)
    )
    return list(session.exec(query.order_by(col(RecommendationText.id))))


def _upwards(session: Session, organisation_id: int) -> list[int]:
    """Return the organisation and those above it today, the nearest first."""
    today, found = utc_now().date(), [organisation_id]
    while True:
        query = select(OrganisationMembership.parent_id).where(
            OrganisationMembership.organisation_id == found[-1], OrganisationMembership.valid_from <= today,
            col(OrganisationMembership.valid_to).is_(None) | (col(OrganisationMembership.valid_to) > today),
        )
        parent = session.exec(query).first()
        if parent is None or parent in found:
            return found
        found.append(parent)


_PLAIN = ("Рекомендация {поле}", "{работа}, {где}: {вывод}. {причина}")
_PLAIN_LIST = ("Рассмотреть результаты: {предмет}", "{поля}")
"""Where the bank has nothing: the files may be edited."""
