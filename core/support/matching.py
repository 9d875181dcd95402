"""Who could be whose mentor: candidates in an order that can be explained, with reasons. A person decides. Pure.

The order has no weights that nobody could check: first who agreed and has room; among them by how many of the mentee's
deficits the mentor is strong in; then the subject, one's own school, the distance, fewer mentees already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.words import number
from core.words.nouns import listing, plural


@dataclass(frozen=True, slots=True)
class Need:
    """Whom to help: competences in which the diagnostics found a deficit, by key with their names."""

    teacher: int
    deficits: Mapping[str, str]
    subjects: frozenset[str]
    school: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Who could help: competences in which the diagnostics found strength, by key."""

    teacher: int
    strengths: frozenset[str]
    subjects: frozenset[str]
    school: int
    has_consent: bool
    capacity: int
    mentees: int
    """How many the person helps at present."""
    helps_other_schools: bool
    distance: float | None = None
    """Kilometres to the mentee's school, None when it was not entered; 0 within one school."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mentor with what speaks for and against them, in words."""

    offer: Offer
    answered: tuple[str, ...]
    """The mentee's deficits that the person is strong in."""
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Say whether nothing speaks against the person."""
        return not self.cautions


def ranked(need: Need, offers: Iterable[Offer]) -> list[Candidate]:
    """Return the candidates, the best first; nobody is left out but the mentee and schools that do not lend."""
    possible = [
        offer
        for offer in offers
        if offer.teacher != need.teacher and (offer.school == need.school or offer.helps_other_schools)
    ]
    candidates = [
        Candidate(offer, answered_by(need, offer), _reasons(need, offer), _cautions(need, offer)) for offer in possible
    ]
    return sorted(candidates, key=lambda one: _order(need, one))


def answered_by(need: Need, offer: Offer) -> tuple[str, ...]:
    """Return the mentee's deficits that the person is strong in."""
    return tuple(key for key in need.deficits if key in offer.strengths)


def _order(need: Need, candidate: Candidate) -> tuple[object, ...]:
    offer = candidate.offer
    distance = offer.distance if offer.distance is not None else float("inf")
    return (
        not offer.has_consent,
        offer.mentees >= offer.capacity,
        -len(candidate.answered),
        not (need.subjects & offer.subjects),
        offer.school != need.school,
        0.0 if offer.school == need.school else distance,
        offer.mentees,
        offer.teacher,
    )


def _reasons(need: Need, offer: Offer) -> tuple[str, ...]:
    found: list[str] = []
    answered = answered_by(need, offer)
    if answered:
        names = listing(f"«{need.deficits[key]}»" for key in answered)
        found.append(f"может помочь в том, что трудно: {names}")
    shared = need.subjects & offer.subjects
    if shared:
        found.append(f"тот же предмет: {listing(sorted(shared))}")
    if offer.school == need.school:
        found.append("работает в той же школе")
    elif offer.distance is not None:
        found.append(f"до школы {number(offer.distance, 0 if offer.distance >= 10 else 1)} км")
    if offer.has_consent and offer.mentees < offer.capacity:
        room = plural(offer.capacity - offer.mentees, "место", "места", "мест")
        found.append(f"согласие есть, свободно {room} из {offer.capacity}")
    return tuple(found)


def _cautions(need: Need, offer: Offer) -> tuple[str, ...]:
    found: list[str] = []
    if not offer.has_consent:
        found.append("нет письменного согласия быть наставником")
    if offer.mentees >= offer.capacity:
        found.append(f"уже ведёт {plural(offer.mentees, 'наставляемого', 'наставляемых', 'наставляемых')}, мест нет")
    if need.deficits and not answered_by(need, offer):
        found.append("диагностика не показала, что может помочь в этих дефицитах")
    return tuple(found)
