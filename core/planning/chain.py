"""The chain: problem field → deficit → recommendation → measure → help → effect, as typed links on one page.

Rooms that come later add their links by a provider: `chain_of_field(session, scope, key, further={ChainKind.HELP: …})`.
A step without links says what to do next and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.diagnostics.standing import Standing
from core.diagnostics.teacher_sides import teacher_sides
from core.diagnostics.triangulation import TeacherSide
from core.errors import InvalidInput, NotFound
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.planning.access import visible_measure
from core.planning.chain_advice import next_door
from core.planning.chain_contract import Chain, ChainKind, ChainLink, ChainStep, Door, Focus, Provider
from core.planning.recommendations.bases import FieldKey, freeze_field, numbers_in_words
from core.planning.recommendations.deficits import is_deficit
from core.planning.recommendations.listing import RecommendationRow, recommendations_on, view_recommendation
from core.planning.tables import BasisKind, Measure, MeasureField, RecommendationBasis
from core.words import share


def chain_of_field(
    session: Session, scope: Scope, key: str, further: Mapping[ChainKind, Provider] | None = None
) -> Chain:
    """Return the chain that begins with a problem field; NotFound when the actor does not see it."""
    basis = freeze_field(session, scope, key).basis
    return _chain(session, scope, Focus((key,), f"{basis.label}, {basis.unit_name}"), [basis], further or {})


def chain_of_recommendation(
    session: Session, scope: Scope, recommendation_id: int, further: Mapping[ChainKind, Provider] | None = None
) -> Chain:
    """Return the chain around the bases of a recommendation; NotFound out of scope."""
    row = view_recommendation(session, scope, recommendation_id)
    keys = tuple(basis.key for basis in row.bases)
    return _chain(session, scope, Focus(keys, row.row.title), [], further or {}, row)


def chain_of_measure(
    session: Session, scope: Scope, measure_id: int, further: Mapping[ChainKind, Provider] | None = None
) -> Chain:
    """Return the chain around the problem fields to which a measure answers; NotFound out of scope."""
    _roadmap, measure = visible_measure(session, scope, measure_id)
    query = select(MeasureField).where(MeasureField.measure_id == measure_id, col(MeasureField.deleted_at).is_(None))
    keys = tuple(dict.fromkeys(_key(link) for link in session.exec(query.order_by(col(MeasureField.id)))))
    bases = [basis for key in keys if (basis := _basis(session, scope, key)) is not None]
    return _chain(session, scope, Focus(keys, measure.title), bases, further or {})


def _chain(
    session: Session, scope: Scope, focus: Focus, fields: Sequence[RecommendationBasis],
    further: Mapping[ChainKind, Provider], begun: RecommendationRow | None = None,
) -> Chain:
    recommendations = recommendations_on(session, scope, focus.keys)
    if begun is not None and begun.id not in {one.id for one in recommendations}:
        recommendations = [begun, *recommendations]
    sides = _teacher_sides(session, scope, focus)
    found: dict[ChainKind, list[ChainLink]] = {
        ChainKind.FIELD: _fields(fields, recommendations, focus),
        ChainKind.DEFICIT: [
            *_deficits(recommendations), *(_difficulty(side) for side in sides if side.standing >= Standing.POSSIBLE)
        ],
        ChainKind.RECOMMENDATION: [_recommendation(one) for one in recommendations],
        ChainKind.MEASURE: _measures(session, scope, focus),
    }
    for kind, provider in further.items():
        found.setdefault(kind, []).extend(provider(session, scope, focus))
    answered = [f"«{side.competence}», {side.group}: {_side_note(side)}" for side in sides if side.asked]
    return Chain(
        focus,
        tuple(ChainStep(kind, tuple(found.get(kind, ())), *next_door(kind, focus, answered)) for kind in ChainKind),
    )


def _fields(
    fields: Sequence[RecommendationBasis], recommendations: Sequence[RecommendationRow], focus: Focus
) -> list[ChainLink]:
    """Return the fields with today's numbers; those that the actor does not see as the recommendation froze them."""
    links = [
        ChainLink(
            ChainKind.FIELD, f"{one.label}: {one.source}, {one.unit_name}", one.finding, numbers_in_words(one),
            _field_door(one.key),
        )
        for one in fields
    ]
    known = {one.key for one in fields}
    for row in recommendations:
        for basis in row.bases:
            if basis.kind is BasisKind.FIELD and basis.key in focus.keys and basis.key not in known:
                known.add(basis.key)
                title = f"{basis.label}: {basis.source}, {basis.unit_name}"
                note = " ".join(filter(None, (basis.numbers, basis.difference)))
                links.append(ChainLink(ChainKind.FIELD, title, basis.finding, note, _field_door(basis.key)))
    return links


def _deficits(recommendations: Sequence[RecommendationRow]) -> list[ChainLink]:
    return [
        ChainLink(
            ChainKind.DEFICIT, f"{basis.label}: {basis.unit_name}", basis.finding, basis.numbers,
            Door("deficits", "Открыть"),
        )
        for row in recommendations for basis in row.bases if basis.kind is BasisKind.DEFICIT
    ]


def _teacher_sides(session: Session, scope: Scope, focus: Focus) -> list[TeacherSide]:
    """Return what teachers answered on the competences that are linked to the content elements of the focus."""
    if not scope.allows(Action.VIEW_DEFICITS):
        return []
    wanted = [FieldKey.read(key) for key in focus.keys if _is_field(key)]
    elements = [one for one in wanted if one.kind is Kind.ELEMENT]
    if not elements:
        return []
    found = teacher_sides(session, scope).found
    keys = dict.fromkeys((session.get_one(Assessment, one.assessment_id).subject, one.name) for one in elements)
    return [side for key in keys for side in found.get(key, ())]


def _difficulty(side: TeacherSide) -> ChainLink:
    return ChainLink(
        ChainKind.DEFICIT, f"{side.competence}: {side.group}", side.standing.words, _side_note(side),
        Door("deficits", "Открыть"),
    )


def _side_note(side: TeacherSide) -> str:
    return f"{share(side.share, side.low, side.high, side.asked)} · {side.source}" if side.asked else side.confirmed


def _recommendation(one: RecommendationRow) -> ChainLink:
    clock = f"{one.clock.awaited}: {one.clock.words}" if one.clock is not None else ""
    return ChainLink(
        ChainKind.RECOMMENDATION, f"{one.row.title} – {one.addressee.name}", one.row.state.value, clock,
        Door("recommendations", "Открыть", (("recommendation", str(one.id)),)),
    )


def _measures(session: Session, scope: Scope, focus: Focus) -> list[ChainLink]:
    links: list[ChainLink] = []
    for key in filter(_is_field, focus.keys):
        wanted = FieldKey.read(key)
        query = (
            select(Measure)
            .join(MeasureField, col(MeasureField.measure_id) == Measure.id)
            .where(
                MeasureField.assessment_id == wanted.assessment_id, MeasureField.unit == wanted.unit,
                MeasureField.kind == wanted.kind.value, MeasureField.key == wanted.name,
                col(MeasureField.deleted_at).is_(None), col(Measure.deleted_at).is_(None),
            )
        )
        rows = session.exec(query.order_by(col(Measure.id)))
        links += [link for row in rows if (link := _measure(session, scope, row))]
    return links


def _measure(session: Session, scope: Scope, row: Measure) -> ChainLink | None:
    try:
        roadmap, measure = visible_measure(session, scope, row.id or 0)
    except NotFound:
        return None
    return ChainLink(
        ChainKind.MEASURE, " ".join(measure.title.split()), measure.status.value,
        f"{measure.deadline_text} · {roadmap.title}",
        Door("roadmaps", "Открыть", (("roadmap", str(roadmap.id)), ("measure", str(measure.id)))),
    )


def _field_door(key: str) -> Door:
    return Door("problem-fields", "Открыть", (("fields_key", key),))


def _is_field(key: str) -> bool:
    """Say whether a key names a problem field; a deficit has fewer parts."""
    return not is_deficit(key)


def _key(link: MeasureField) -> str:
    return "|".join((str(link.assessment_id), link.unit, link.kind, link.key))


def _basis(session: Session, scope: Scope, key: str) -> RecommendationBasis | None:
    try:
        return freeze_field(session, scope, key).basis
    except (NotFound, InvalidInput):
        # The actor does not see the field, or it was rejected after the measure was planned.
        return None
