"""Answers of the mapping screen, kept as profiles and offered for the next file with the same header."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from core.intake.contract import AssessmentKey, Mapping, SheetView
from core.intake.tables import MappingProfile
from core.people.scope import Action, Scope
from core.store.base import utc_now

_MAPPING = TypeAdapter(Mapping)
_ASSESSMENT = TypeAdapter(AssessmentKey)


def header_key(header: tuple[str, ...]) -> str:
    """Return a fingerprint of a header: letters and digits only, so that spaces and case do not matter."""
    cells = ["".join(letter for letter in cell.casefold() if letter.isalnum()) for cell in header]
    while cells and not cells[-1]:
        cells.pop()
    return hashlib.blake2b("|".join(cells).encode(), digest_size=16).hexdigest()


def save_profile(
    session: Session, scope: Scope, name: str, header: tuple[str, ...], mapping: Mapping, assessment: AssessmentKey
) -> MappingProfile:
    """Keep the answers for files with this header; a profile for the same header is renewed."""
    scope.require(Action.UPLOAD)
    key = header_key(header)
    profile = session.exec(
        select(MappingProfile).where(MappingProfile.header_key == key, col(MappingProfile.deleted_at).is_(None))
    ).first() or MappingProfile(name=name, header_key=key)
    profile.name = name.strip()[:200] or "Без названия"
    profile.mapping = _MAPPING.dump_python(mapping, mode="json")
    profile.assessment = _ASSESSMENT.dump_python(assessment, mode="json")
    profile.used_at = utc_now()
    session.add(profile)
    return profile


def offered_profile(
    session: Session, scope: Scope, sheets: tuple[SheetView, ...]
) -> tuple[MappingProfile, Mapping, AssessmentKey] | None:
    """Return the profile whose header stands in one of the sheets (its sheet name taken from the file), or None."""
    scope.require(Action.UPLOAD)
    profiles = session.exec(
        select(MappingProfile).where(col(MappingProfile.deleted_at).is_(None)).order_by(col(MappingProfile.id).desc())
    ).all()
    by_key = {profile.header_key: profile for profile in profiles}
    for sheet in sheets:
        for row in sheet.top:
            profile = by_key.get(header_key(row))
            if profile is not None:
                mapping = replace(_MAPPING.validate_python(profile.mapping), sheet=sheet.name)
                return profile, mapping, _ASSESSMENT.validate_python(profile.assessment)
    return None
