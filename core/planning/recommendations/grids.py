"""Drafts and texts as they are changed in a grid."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.people.text_length import require_length
from core.planning.access import changes
from core.planning.recommendations.bank import KIND_WORDS, own_texts, shipped_texts
from core.planning.recommendations.contents import EDITABLE, cell_value
from core.planning.recommendations.wording import require_placeholders
from core.planning.recommendations.writing import open_drafts
from core.planning.tables import AddresseeKind, BasisKind, Recommendation, RecommendationState, RecommendationText
from core.store.edits import EditOutcome
from core.store.grid_changes import GridChanges, save_changes

TEXT_FIELDS = ("name", "basis", "addressee", "about", "title", "text")
_LONGEST = {"name": 200, "title": 300, "text": 6000}


def save_drafts(session: Session, scope: Scope, grid_changes: GridChanges) -> EditOutcome:
    """Save title, text, term, practices and courses of drafts; deleted rows are thrown away.

    What was sent meanwhile comes back as a conflict of a row that is gone. Raises InvalidInput for new rows: a draft
    begins with what it stands on.
    """
    if grid_changes.added:
        raise InvalidInput("Черновик нельзя добавить строкой таблицы.", "Начните его с проблемного поля.")
    own = [row.id for row in open_drafts(session, scope)]
    among = col(Recommendation.id).in_(own) & (Recommendation.state == RecommendationState.DRAFT)
    return save_changes(
        session, Recommendation, grid_changes, EDITABLE, lambda _row, name, value: cell_value(name, value), {}, among
    )


def list_texts(session: Session, scope: Scope, organisation_id: int) -> list[RecommendationText]:
    """Return the organisation's own texts; NotAllowed for who may not write recommendations in its name."""
    _require(scope, organisation_id)
    return own_texts(session, organisation_id)


def save_texts(session: Session, scope: Scope, organisation_id: int, grid_changes: GridChanges) -> EditOutcome:
    """Save changed, new and deleted texts of the organisation; an unknown placeholder is refused by its cell."""
    _require(scope, organisation_id)
    among = col(RecommendationText.organisation_id) == organisation_id
    return save_changes(
        session, RecommendationText, grid_changes, TEXT_FIELDS,
        lambda _row, name, value: _text_value(name, value), {"organisation_id": organisation_id}, among,
    )


def take_shipped_texts(session: Session, scope: Scope, organisation_id: int) -> int:
    """Copy the shipped texts whose names the organisation does not have yet, to be changed; return how many."""
    _require(scope, organisation_id)
    unit = session.get_one(Organisation, organisation_id)
    place = "школа" if unit.kind is OrganisationKind.SCHOOL else "муниципалитет"
    known = {row.name for row in own_texts(session, organisation_id)}
    made = [
        RecommendationText(
            organisation_id=organisation_id, name=text.name, basis=text.basis, addressee=text.addressee,
            about=text.about, title=text.title, text=text.text,
        )
        for text in shipped_texts() if text.name not in known and text.place in ("", place)
    ]
    session.add_all(made)
    session.flush()
    return len(made)


def text_owners(session: Session, scope: Scope) -> list[Organisation]:
    """Return the organisations in whose name the actor writes, by name."""
    if not scope.allows(Action.EDIT_RECOMMENDATIONS):
        return []
    editing = scope.require(Action.EDIT_RECOMMENDATIONS)
    query = select(Organisation).where(col(Organisation.deleted_at).is_(None)).order_by(col(Organisation.id))
    return [one for one in session.exec(query) if editing.sees_all_associations(one.id or 0)]


def _require(scope: Scope, organisation_id: int) -> None:
    if not changes(scope, Action.EDIT_RECOMMENDATIONS, organisation_id, None):
        raise NotAllowed(
            f"Нет права {Action.EDIT_RECOMMENDATIONS.value} от имени этой организации.",
            "Тексты меняют методист и администрация.",
        )


def _text_value(name: str, value: object) -> object:
    text = "" if value is None or value != value else str(value).strip()
    if name == "basis":
        return _choice(BasisKind, text, "На чём основана")
    if name == "addressee":
        return _choice(AddresseeKind, text, "Кому")
    if name == "about":
        if text and text not in KIND_WORDS:
            raise InvalidInput(f"Вида полей «{text}» нет.", f"Есть: {', '.join(KIND_WORDS)}.")
        return text
    if not text:
        raise InvalidInput("Эта ячейка не может быть пустой.", "Впишите текст.")
    require_length(text, _LONGEST[name])
    return require_placeholders(text) if name in ("title", "text") else text


def _choice(words: type[BasisKind] | type[AddresseeKind], text: str, title: str) -> BasisKind | AddresseeKind:
    try:
        return words(text)
    except ValueError as error:
        known = ", ".join(words)
        raise InvalidInput(f"{title}: «{text}» выбрать нельзя.", f"Можно: {known}.") from error
