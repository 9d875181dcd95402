"""The instruments and remembered mappings that count for an actor."""

from __future__ import annotations

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from core.diagnostics.contract import InstrumentView
from core.diagnostics.instrument_tables import Instrument, SurveyProfile
from core.diagnostics.loading import instrument_view
from core.diagnostics.reading.mapping import KnownProfile, SurveyMapping
from core.intake.profiles import header_key
from core.people.ownership import owners_for, readable
from core.people.scope import Action, Scope

_MAPPING = TypeAdapter(SurveyMapping)


def readable_instruments(session: Session, scope: Scope) -> list[InstrumentView]:
    """Return the instruments that the actor may read: the nearest owner's first, then the newest."""
    query = select(Instrument).where(col(Instrument.deleted_at).is_(None))
    condition = readable(session, scope, col(Instrument.organisation_id))
    rows = session.exec(query if condition is None else query.where(condition)).all()
    owners = owners_for(session, scope)
    ordered = sorted(rows, key=lambda row: (owners.rank(row.organisation_id), -(row.id or 0)))
    return [instrument_view(session, row.id or 0) for row in ordered]


def known_profiles(session: Session, scope: Scope) -> tuple[KnownProfile, ...]:
    """Return the remembered mappings that the actor may read; of two for one header the newer counts."""
    query = select(SurveyProfile).where(col(SurveyProfile.deleted_at).is_(None))
    condition = readable(session, scope, col(SurveyProfile.organisation_id))
    rows = session.exec((query if condition is None else query.where(condition)).order_by(col(SurveyProfile.id)))
    return tuple(KnownProfile(row.header_key, _MAPPING.validate_json(row.mapping)) for row in rows)


def remember_mapping(
    session: Session,
    scope: Scope,
    header: tuple[str, ...],
    mapping: SurveyMapping,
    instrument_id: int,
    organisation_id: int,
) -> SurveyProfile:
    """Keep how the columns of a form were assigned; the organisation's profile for the same header is renewed."""
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    scope.require_organisation(organisation_id)
    key = header_key(header)
    profile = session.exec(
        select(SurveyProfile).where(
            SurveyProfile.header_key == key, SurveyProfile.organisation_id == organisation_id,
            col(SurveyProfile.deleted_at).is_(None),
        )
    ).first() or SurveyProfile(organisation_id=organisation_id, instrument_id=instrument_id, header_key=key)
    profile.instrument_id = instrument_id
    profile.mapping = _MAPPING.dump_json(mapping).decode()
    session.add(profile)
    return profile
