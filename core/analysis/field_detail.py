"""What stands behind one key of one unit: its items, its groups of marks, its decisions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from core.analysis.elements import ItemTraits, Kind, estimate_keys, group_items
from core.analysis.groups import GroupResults, Pattern, group_results
from core.analysis.item_status import item_statuses
from core.analysis.items import item_statistics, without_items
from core.analysis.loading import load_work
from core.analysis.partition import Partition
from core.analysis.status import Status
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview
from core.analysis.work import Unit, Work
from core.errors import NotFound
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden
from core.store.history import HistoryLine, history


@dataclass(frozen=True, slots=True)
class ItemOfField:
    """One contributing item in the unit. Shares are 0..1; NaN where nobody was offered it or it is hidden."""

    traits: ItemTraits
    participants: int
    facility: float
    low: float
    high: float
    threshold: float
    status: Status
    full: float
    zero: float
    skipped: float
    hidden: Hidden = Hidden.NO
    """Why the item is not shown."""


@dataclass(frozen=True, slots=True)
class GroupOfField:
    """One group of marks or of test scores in the unit; `facility` is NaN where it has fewer than ten participants.

    Also where it is hidden, because a small group would follow from it.
    """

    label: str
    participants: int
    facility: float
    low: float
    high: float
    is_below: bool
    hidden: Hidden = Hidden.NO


@dataclass(frozen=True, slots=True)
class FieldDetail:
    """A key of a unit taken apart."""

    work: Work
    unit: Unit
    items: tuple[ItemOfField, ...]
    groups: tuple[GroupOfField, ...]
    pattern: Pattern


def field_detail(
    session: Session, scope: Scope, assessment_id: int, unit_key: str, kind: Kind, key_name: str
) -> FieldDetail:
    """Return the key of the unit taken apart.

    Raise NotFound when work, unit or key is not in the scope or may not be shown because the unit is too small.
    """
    work = load_work(session, scope, assessment_id)
    sums = work_sums(work, (kind,))
    unit = work.unit(unit_key)
    column = next((place for place, key in enumerate(sums.grouping.keys) if key.name == key_name), None)
    if unit is None or column is None:
        raise NotFound("Проблемное поле")
    members = Partition([unit.classes])
    participants = estimate_keys(sums.classes.combine(members)).participants[0, column]
    if participants == 0 or work.suppression.of_key(unit.classes, sums.grouping.keys[column]):
        raise NotFound("Проблемное поле")
    hidden = work.suppression.groups([unit], sums.grouping.keys)
    groups = group_results(sums.groups.combine(members), work.group_labels, sums.sufficient, hidden)
    return FieldDetail(
        work, unit, _items(work, unit, sums.grouping.keys[column].items), _groups(groups, column),
        groups.pattern(0, column),
    )


def field_history(session: Session, scope: Scope, review_id: int) -> list[HistoryLine]:
    """Return who decided what on the field and when, the latest first; NotFound outside the scope."""
    review = session.exec(select(FieldReview).where(FieldReview.id == review_id)).first()
    if review is None or not is_review_shown(load_work(session, scope, review.assessment_id), review):
        raise NotFound("Решение по проблемному полю")
    return history(session, str(FieldReview.__tablename__), review_id)


def is_review_shown(work: Work, review: FieldReview) -> bool:
    """Say whether the actor who loaded the work may see the numbers that stand in the decision on a field of it.

    They may see the unit and its result now, and the numbers were not those of a small group then.
    """
    unit = work.unit(review.unit)
    if unit is None:
        return False
    items = group_items(work.items, (Kind(review.kind),)).keys
    key = next((one for one in items if one.name == review.key), None)
    if all(work.classes[place].owned for place in unit.classes):
        return True
    if key is None or work.suppression.of_key(unit.classes, key):
        return False
    return review.participants is None or review.participants >= SMALLEST_SHOWN


def _items(work: Work, unit: Unit, items: tuple[int, ...]) -> tuple[ItemOfField, ...]:
    columns = list(items)
    found = item_statistics(work.scores[work.rows(unit.classes)][:, columns], work.maxima[columns], work.absent_as_zero)
    hidden = work.suppression.items(unit)[columns]
    found = without_items(found, hidden > 0) if hidden.any() else found
    against = item_statuses([work.items[item] for item in items], found, work.thresholds)
    return tuple(
        ItemOfField(
            work.items[item], int(found.n[place]), float(found.facility[place]), float(found.low[place]),
            float(found.high[place]), float(against.threshold[place]), against.status[place], float(found.full[place]),
            float(found.zero[place]), float(found.skipped[place]), Hidden(int(hidden[place])),
        )
        for place, item in enumerate(items)
    )


def _groups(groups: GroupResults, column: int) -> tuple[GroupOfField, ...]:
    low, high = groups.intervals()
    return tuple(
        GroupOfField(
            label, int(groups.participants[0, place, column]), float(groups.facility[0, place, column]),
            float(low[0, place, column]), float(high[0, place, column]), bool(groups.below[0, place, column]),
            Hidden.PROTECTING if groups.hidden[0, place, column] else Hidden.NO,
        )
        for place, label in enumerate(groups.labels)
    )
