"""From stored rows to works in memory, narrowed to what the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlmodel import Session, col, select

from core.analysis.class_rows import ClassRow, class_rows, joined
from core.analysis.elements import ItemTraits
from core.analysis.kept_works import Placed, PlannedItem, Source, scale_traits, traits_of, work_from
from core.analysis.scale_marks import fill_marks, scale_words
from core.analysis.status import FIOKO_2026, Thresholds
from core.analysis.work import Work, WorkClass
from core.blueprints.catalogue import scale_among, scales_of
from core.blueprints.items import task_of
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import BlueprintItem, MarkScale, ThresholdPreset
from core.blueprints.thresholds import preset_among, presets
from core.errors import NotFound
from core.intake.class_heads import ClassHead, class_heads
from core.intake.places import day_of, place_of
from core.intake.plans import plans_of
from core.intake.tables import Assessment
from core.people.grants import TaughtClass
from core.people.organisations import Tree, load_trees, natural_key
from core.people.ownership import Owners, owners_for
from core.people.scope import Action, Scope
from core.store.author import is_writing
from core.store.data_version import EVERY_TABLE, table_versions
from core.store.live import live_row


@dataclass(frozen=True, slots=True)
class References:
    """Presets and mark scales that count for an actor, read once for all works."""

    owners: Owners
    presets: Sequence[ThresholdPreset]
    scales: Sequence[MarkScale]

    @classmethod
    def of(cls, session: Session, owners: Owners, works: Sequence[Assessment]) -> References:
        """Return what counts for the owners in the subjects of the works."""
        return cls(owners, presets(session, owners), scales_of(session, {one.subject for one in works}, owners))

    def thresholds(self, work: Assessment, name: str | None) -> Thresholds:
        """Return the named preset, else the one for the procedure, else the federal one."""
        named = next((one for one in self.presets if one.name == name), None) if name is not None else None
        preset = named or preset_among(self.presets, work.procedure, work.year, self.owners)
        return FIOKO_2026 if preset is None else thresholds_of(preset)

    def scale(self, work: Assessment) -> MarkScale | None:
        """Return the mark scale of the work, None where none is known."""
        return scale_among(
            self.scales, work.procedure, work.subject, work.grade, work.year, sum(work.item_maxima), self.owners
        )


def load_work(
    session: Session, scope: Scope, assessment_id: int, preset: str | None = None, absent_as_zero: bool = True
) -> Work:
    """Return the work as far as the actor sees it; raise NotFound when nothing of it lies in the scope.

    `preset` names another threshold preset than the one chosen for the procedure; with `absent_as_zero` False «X — не
    приступал» leaves the denominator instead of counting as zero.
    """
    assessment = live_row(session, Assessment, assessment_id, "Работа")
    found = load_works(session, scope, [assessment], preset, absent_as_zero)
    if not found:
        raise NotFound("Работа")
    return found[0]


def load_works(
    session: Session, scope: Scope, assessments: Sequence[Assessment], preset: str | None = None,
    absent_as_zero: bool = True,
) -> list[Work]:
    """Return the works of which the actor sees at least one class with participants, in the given order."""
    visible = scope.require(Action.VIEW)
    heads = class_heads(session, visible, assessments)
    owners, chosen = owners_for(session, visible), plans_of(session, visible, assessments)
    plans = _plans(session, list(chosen.values()))
    references = References.of(session, owners, assessments)
    trees = load_trees(session, visible, {day_of(one) for one in assessments})
    places = _places(trees)
    scope_key, store = visible.key, (str(session.get_bind().engine.url), table_versions(session).get(EVERY_TABLE, 0))
    found: list[Work] = []
    for assessment in assessments:
        parts = [one for one in heads.get(assessment.id or 0, ()) if one.participants]
        if not parts:
            continue
        stands = places[day_of(assessment)].of(parts)
        plan = plans.get(chosen.get(assessment.id or 0, 0), [])
        source = Source(
            store, scope_key, traits_of(assessment), tuple(parts), tuple(stands.values()), tuple(plan),
            references.thresholds(assessment, preset), scale_traits(references.scale(assessment)), absent_as_zero,
        )
        make = partial(_made, session, assessment, stands, source, references, preset, visible)
        # Who writes may see rows that nobody else ever will: their works are not kept.
        found.append(make() if is_writing(session) else work_from(source, make))
    return found


def _made(
    session: Session, assessment: Assessment, places: Mapping[int, Placed], source: Source, references: References,
    preset: str | None, scope: Scope,
) -> Work:
    rows = class_rows(session, assessment.id or 0, source.classes)
    classes = _classes(assessment, rows, places, scope)
    work = work_of(assessment, classes, source.plan, references, preset)
    return work if source.absent_as_zero else replace(work, absent_as_zero=False)


def _places(trees: Mapping[date, Tree]) -> dict[date, _Places]:
    """Return where schools stood on the days; on most of them nothing had changed since the day before."""
    found: dict[date, _Places] = {}
    for day, tree in trees.items():
        found[day] = next((known for known in found.values() if known.parents == tree.parents), _Places(tree))
    return found


class _Places:
    """Where schools stood, found once for all works of the days on which nothing differed."""

    def __init__(self, tree: Tree) -> None:
        self.parents = tree.parents
        self._tree = tree
        self._known: dict[int, Placed] = {}

    def of(self, rows: Sequence[ClassHead]) -> dict[int, Placed]:
        """Return the places of the schools of the rows, in their order."""
        return {school_id: self._place(school_id) for school_id in dict.fromkeys(row.school_id for row in rows)}

    def _place(self, school_id: int) -> Placed:
        if school_id not in self._known:
            school, municipality, region = place_of(self._tree, school_id)
            self._known[school_id] = Placed(
                school_id, school.name if school else "", municipality.id if municipality else None,
                municipality.name if municipality else "", region.id if region else None, region.name if region else "",
            )
        return self._known[school_id]


_PLANNED = select(BlueprintItem.blueprint_id, *(getattr(BlueprintItem, name) for name in PlannedItem._fields))


def _plans(session: Session, blueprint_ids: Sequence[int]) -> dict[int, list[PlannedItem]]:
    found: dict[int, list[PlannedItem]] = defaultdict(list)
    query = _PLANNED.where(col(BlueprintItem.blueprint_id).in_(set(blueprint_ids)))
    for blueprint_id, *planned in session.exec(query.order_by(col(BlueprintItem.position))):
        found[blueprint_id].append(PlannedItem(*planned))
    return found


def thresholds_of(preset: ThresholdPreset) -> Thresholds:
    """Return a stored preset as plain values."""
    return Thresholds(
        preset.name, preset.basic_sufficient, preset.basic_insufficient, preset.advanced_sufficient,
        preset.advanced_insufficient, preset.source,
    )


def item_traits(assessment: Assessment, plan: Sequence[PlannedItem]) -> tuple[ItemTraits, ...]:
    """Return what plan and file say of each item. An item «4К1» that the plan lacks is described by its task «4»."""
    by_code = {item.code: item for item in plan}
    levels = assessment.item_levels or [None] * len(assessment.item_codes)
    return tuple(
        _traits(code, most, level, by_code.get(code) or by_code.get(task_of(code)))
        for code, most, level in zip(assessment.item_codes, assessment.item_maxima, levels, strict=True)
    )


def _traits(code: str, most: int, level: str | None, planned: PlannedItem | None) -> ItemTraits:
    if planned is None:
        return ItemTraits(code, most, level)
    names = (name.strip() for name in planned.element.split(ELEMENT_SEPARATOR))
    return ItemTraits(
        code=code, max_score=most, level=planned.level.value if planned.level else level,
        task_type=planned.task_type or None,
        answer_format=planned.answer_format.value if planned.answer_format else None,
        elements=tuple(dict.fromkeys(name for name in names if name)), skill=planned.skill,
        is_cross_cutting=planned.is_cross_cutting,
    )


def work_around(
    session: Session, scope: Scope, assessment: Assessment, classes: Sequence[tuple[WorkClass, list[ClassRow]]]
) -> Work:
    """Return the work in classes beside those that the actor sees, with the plan and thresholds that the actor has."""
    owners = owners_for(session, scope)
    chosen = plans_of(session, scope, [assessment]).get(assessment.id or 0, 0)
    plan = _plans(session, [chosen]).get(chosen, [])
    return work_of(assessment, classes, plan, References.of(session, owners, [assessment]))


def work_of(
    assessment: Assessment, classes: Sequence[tuple[WorkClass, list[ClassRow]]], plan: Sequence[PlannedItem],
    references: References, preset: str | None = None,
) -> Work:
    """Return the work of these classes, the rows of each beside it; `preset` names another one than the chosen."""
    scale = references.scale(assessment)
    columns = joined([row for _, members in classes for row in members])
    marks, filled = fill_marks(
        columns.marks, [part.participants for part, _ in classes], columns.totals, columns.scores, scale,
        assessment.item_codes,
    )
    cuts = (scale.from_3, scale.from_4, scale.from_5) if scale is not None else ()
    return Work(
        assessment_id=assessment.id or 0, procedure=assessment.procedure, subject=assessment.subject,
        grade=assessment.grade, year=assessment.year, items=item_traits(assessment, plan),
        classes=tuple(
            replace(part, marks_by_scale=True) if by_scale else part
            for (part, _), by_scale in zip(classes, filled, strict=True)
        ),
        scores=columns.scores, totals=columns.totals, marks=marks,
        journal_marks=columns.journal_marks, test_scores=columns.test_scores, title=assessment.title,
        thresholds=references.thresholds(assessment, preset), has_plan=bool(plan),
        cut_scores=tuple(cut for cut in cuts if cut is not None),
        minimum_test_score=scale.minimum_test_score if scale is not None else None, items_key=assessment.items_key,
        scale_words=scale_words(scale, assessment.item_codes),
    )


def _classes(
    assessment: Assessment, rows: Sequence[ClassRow], places: Mapping[int, Placed], scope: Scope
) -> list[tuple[WorkClass, list[ClassRow]]]:
    """Return the classes in the order of municipality, school and name; rows of one class are put together."""
    members: dict[tuple[int, str], list[ClassRow]] = defaultdict(list)
    for row in rows:
        members[row.school_id, row.class_name].append(row)
    seen = {school_id: scope.sees_results(school_id, assessment.subject) for school_id in places}
    order = {key: (natural_key(one.municipality_name), natural_key(one.school_name), key)
             for key, one in places.items()}
    found = []
    for (school_id, class_name), parts in members.items():
        place = places[school_id]
        taught = TaughtClass(school_id, assessment.grade or 0, class_name, assessment.subject, assessment.year)
        found.append((
            WorkClass(
                school_id=school_id, school_name=place.school_name, class_name=class_name,
                participants=sum(part.participants for part in parts),
                municipality_id=place.municipality_id, municipality_name=place.municipality_name,
                region_id=place.region_id, region_name=place.region_name,
                owned=scope.owns_class(taught), absent=sum(part.absent for part in parts),
                is_school_seen=seen[school_id],
            ),
            parts,
        ))
    return sorted(found, key=lambda one: (*order[one[0].school_id], natural_key(one[0].class_name)))
