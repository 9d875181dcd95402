"""From stored rows to works in memory, narrowed to what the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from sqlmodel import Session

from core.analysis.class_rights import rights_of
from core.analysis.class_rows import ClassRow, class_rows, joined
from core.analysis.kept_works import Placed, Source, traits_of, work_from
from core.analysis.references import WorkReferences, item_traits, references_of
from core.analysis.scale_marks import fill_marks, scale_words
from core.analysis.work import Work, WorkClass
from core.errors import NotFound
from core.intake.class_heads import ClassHead, class_heads
from core.intake.places import day_of, place_of
from core.intake.tables import Assessment
from core.people.organisations import Tree, load_trees, natural_key
from core.people.scope import Action, Scope
from core.store.author import is_writing
from core.store.data_version import EVERY_TABLE, table_versions
from core.store.live import live_row


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
    references = references_of(session, visible, tuple(one.id or 0 for one in assessments), preset)
    trees = load_trees(session, visible, {day_of(one) for one in assessments})
    places = _places(trees)
    rights = rights_of(visible)
    store = str(session.get_bind().engine.url), table_versions(session).get(EVERY_TABLE, 0)
    found: list[Work] = []
    for assessment in assessments:
        parts = [one for one in heads.get(assessment.id or 0, ()) if one.participants]
        if not parts:
            continue
        stands = places[day_of(assessment)].of(parts)
        source = Source(
            store, traits_of(assessment), tuple(parts), rights.owned(assessment, parts), tuple(stands.values()),
            rights.seen(assessment, stands), references[assessment.id or 0], absent_as_zero,
        )
        make = partial(_made, session, assessment, source)
        # Who writes may see rows that nobody else ever will: their works are not kept.
        found.append(make() if is_writing(session) else work_from(source, make))
    return found


def _made(session: Session, assessment: Assessment, source: Source) -> Work:
    rows = class_rows(session, assessment.id or 0, source.classes)
    work = work_of(assessment, _classes(rows, source), source.references)
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
        schools = dict.fromkeys([row.school_id for row in rows])
        return {school_id: self._known.get(school_id) or self._place(school_id) for school_id in schools}

    def _place(self, school_id: int) -> Placed:
        school, municipality, region = place_of(self._tree, school_id)
        found = self._known[school_id] = Placed(
            school_id, school.name if school else "", municipality.id if municipality else None,
            municipality.name if municipality else "", region.id if region else None, region.name if region else "",
        )
        return found


def work_around(
    session: Session, scope: Scope, assessment: Assessment, classes: Sequence[tuple[WorkClass, list[ClassRow]]]
) -> Work:
    """Return the work in classes beside those that the actor sees, with the plan and thresholds that the actor has."""
    work_id = assessment.id or 0
    return work_of(assessment, classes, references_of(session, scope, (work_id,))[work_id])


def work_of(
    assessment: Assessment, classes: Sequence[tuple[WorkClass, list[ClassRow]]], references: WorkReferences
) -> Work:
    """Return the work of these classes, the rows of each beside it."""
    scale = references.scale
    columns = joined([row for _, members in classes for row in members])
    marks, filled = fill_marks(
        columns.marks, [part.participants for part, _ in classes], columns.totals, columns.scores, scale,
        assessment.item_codes,
    )
    cuts = (scale.from_3, scale.from_4, scale.from_5) if scale is not None else ()
    return Work(
        assessment_id=assessment.id or 0, procedure=assessment.procedure, subject=assessment.subject,
        grade=assessment.grade, year=assessment.year, items=item_traits(assessment, references.plan),
        classes=tuple(
            replace(part, marks_by_scale=True) if by_scale else part
            for (part, _), by_scale in zip(classes, filled, strict=True)
        ),
        scores=columns.scores, totals=columns.totals, marks=marks,
        journal_marks=columns.journal_marks, test_scores=columns.test_scores, title=assessment.title,
        thresholds=references.thresholds, has_plan=bool(references.plan),
        cut_scores=tuple(cut for cut in cuts if cut is not None),
        minimum_test_score=scale.minimum_test_score if scale is not None else None, items_key=assessment.items_key,
        scale_words=scale_words(scale, assessment.item_codes),
    )


def _classes(rows: Sequence[ClassRow], source: Source) -> list[tuple[WorkClass, list[ClassRow]]]:
    """Return the classes in the order of municipality, school and name; rows of one class are put together."""
    members: dict[tuple[int, str], list[ClassRow]] = defaultdict(list)
    for row in rows:
        members[row.school_id, row.class_name].append(row)
    owned = dict(zip(((one.school_id, one.class_name) for one in source.classes), source.owned, strict=True))
    places = {one.school_id: one for one in source.places}
    seen = dict(zip(places, source.seen, strict=True))
    order = {key: (natural_key(one.municipality_name), natural_key(one.school_name), key)
             for key, one in places.items()}
    found = []
    for (school_id, class_name), parts in members.items():
        place = places[school_id]
        found.append((
            WorkClass(
                school_id=school_id, school_name=place.school_name, class_name=class_name,
                participants=sum(part.participants for part in parts),
                municipality_id=place.municipality_id, municipality_name=place.municipality_name,
                region_id=place.region_id, region_name=place.region_name,
                owned=owned[school_id, class_name], absent=sum(part.absent for part in parts),
                is_school_seen=seen[school_id],
            ),
            parts,
        ))
    return sorted(found, key=lambda one: (*order[one[0].school_id], natural_key(one[0].class_name)))
