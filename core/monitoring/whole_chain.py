"""The chain with the steps that rooms after planning add: help to teachers, and what became of the result."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from core.monitoring.effect_words import effect_links
from core.people.scope import Scope
from core.planning.chain import chain_of_field, chain_of_measure, chain_of_recommendation
from core.planning.chain_contract import Chain, ChainKind, Provider
from core.support.chain_help import help_links

FURTHER: Mapping[ChainKind, Provider] = {ChainKind.HELP: help_links, ChainKind.EFFECT: effect_links}


def whole_chain_of_field(session: Session, scope: Scope, key: str) -> Chain:
    """Return the chain that begins with a problem field; NotFound when the actor does not see it."""
    return chain_of_field(session, scope, key, FURTHER)


def whole_chain_of_recommendation(session: Session, scope: Scope, recommendation_id: int) -> Chain:
    """Return the chain around the bases of a recommendation; NotFound out of scope."""
    return chain_of_recommendation(session, scope, recommendation_id, FURTHER)


def whole_chain_of_measure(session: Session, scope: Scope, measure_id: int) -> Chain:
    """Return the chain around the problem fields to which a measure answers; NotFound out of scope."""
    return chain_of_measure(session, scope, measure_id, FURTHER)
