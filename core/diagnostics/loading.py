"""From stored rows to instruments and answers. What a reader may see is narrowed before: see `live_responses`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.diagnostics.answers import unpack_answers
from core.diagnostics.contract import (
    AnswerView,
    CompetenceView,
    InstrumentView,
    ItemView,
    LevelView,
    Respondent,
    WaveAnswers,
)
from core.diagnostics.instrument_tables import (
    Competence,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentLevel,
)
from core.diagnostics.wave_tables import DiagnosticWave, Response
from core.errors import NotFound
from core.people.scope import Scope
from core.store.answers import kept_answer
from core.store.live import live_row


def live_responses(wave_id: int) -> SelectOfScalar[Response]:
    """Return the query for the answers of a wave that count; narrow it by the scope before it is run."""
    return (
        select(Response)
        .where(Response.wave_id == wave_id, col(Response.deleted_at).is_(None))
        .order_by(col(Response.id))
    )


def instrument_view(session: Session, instrument_id: int) -> InstrumentView:
    """Return the instrument with the items that it has now. Raises NotFound for one that is deleted."""
    row = live_row(session, Instrument, instrument_id, "Анкета или тест")
    return _instrument(session, row)


def wave_answers(session: Session, wave: DiagnosticWave, responses: Sequence[Response]) -> WaveAnswers:
    """Return the answers of these responses of the wave, with the instrument and what was asked then."""
    return waves_answers(session, [wave], responses)[0][0]


def waves_answers(
    session: Session, waves: Sequence[DiagnosticWave], responses: Sequence[Response]
) -> list[tuple[WaveAnswers, list[Response]]]:
    """Return each wave's answers with the responses behind them; each instrument is read once."""
    of_wave: dict[int, list[Response]] = {wave.id or 0: [] for wave in waves}
    for row in responses:
        if row.wave_id in of_wave:
            of_wave[row.wave_id].append(row)
    asked: dict[int, tuple[InstrumentView, dict[int, ItemView]]] = {}
    found = []
    for wave in waves:
        if wave.instrument_id not in asked:
            asked[wave.instrument_id] = _asked(session, Scope.local_administrator(), wave.instrument_id)
        own = of_wave[wave.id or 0]
        found.append((_answers(wave, *asked[wave.instrument_id], own), own))
    return found


@kept_answer
def _asked(session: Session, _scope: Scope, instrument_id: int) -> tuple[InstrumentView, dict[int, ItemView]]:
    """Return the instrument of a wave, and its items by id, also those that it has no more."""
    instrument = session.get(Instrument, instrument_id)
    if instrument is None:
        raise NotFound("Анкета или тест")
    view = _instrument(session, instrument)
    return view, _items(session, instrument, view.answers, with_deleted=True)


def _answers(
    wave: DiagnosticWave, view: InstrumentView, items: Mapping[int, ItemView], responses: Sequence[Response]
) -> WaveAnswers:
    return WaveAnswers(
        wave_id=wave.id or 0, kind=wave.kind, held_on=wave.held_on, title=wave.title,
        organisation_id=wave.organisation_id, instrument=view, items=tuple(items[key] for key in wave.item_ids),
        respondents=tuple(
            Respondent(
                row.id or 0, row.organisation_id, row.teacher_id, row.code, row.subject, tuple(row.association_ids)
            )
            for row in responses
        ),
        scores=unpack_answers(responses, len(wave.item_ids)),
    )


def _instrument(session: Session, row: Instrument) -> InstrumentView:
    key = row.id or 0
    answers = session.exec(
        select(InstrumentAnswer)
        .where(InstrumentAnswer.instrument_id == key)
        .order_by(col(InstrumentAnswer.score), col(InstrumentAnswer.id))
    )
    levels = session.exec(
        select(InstrumentLevel)
        .where(InstrumentLevel.instrument_id == key)
        .order_by(col(InstrumentLevel.from_share), col(InstrumentLevel.id))
    )
    scale = tuple(AnswerView(one.text, one.score, one.is_deficit, one.is_resource) for one in answers)
    return InstrumentView(
        id=key, organisation_id=row.organisation_id, kind=row.kind, name=row.name, subject=row.subject, answers=scale,
        levels=tuple(LevelView(one.name, one.from_share, one.is_deficit) for one in levels),
        items=tuple(_items(session, row, scale).values()),
    )


def _items(
    session: Session, instrument: Instrument, scale: tuple[AnswerView, ...], *, with_deleted: bool = False
) -> dict[int, ItemView]:
    """Return the items by their ids in the order of the instrument."""
    query = select(InstrumentItem, Competence).join(
        Competence, col(Competence.id) == InstrumentItem.competence_id, isouter=True
    ).where(InstrumentItem.instrument_id == instrument.id)
    if not with_deleted:
        query = query.where(col(InstrumentItem.deleted_at).is_(None))
    lowest = min((answer.score for answer in scale), default=0)
    found: dict[int, ItemView] = {}
    for item, competence in session.exec(query.order_by(col(InstrumentItem.position), col(InstrumentItem.id))):
        found[item.id or 0] = ItemView(
            item.id or 0, item.code, item.text, item.section, _competence(competence), lowest, item.maximum
        )
    return found


def _competence(row: Competence | None) -> CompetenceView | None:
    """Return what is shown of the competence; None also where the join found none."""
    return None if row is None else CompetenceView(row.id or 0, row.block, row.name, row.subject, row.element)
