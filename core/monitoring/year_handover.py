"""From the year's note to what people do: a proposal becomes a draft recommendation, or a measure of a roadmap."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.errors import InvalidInput, NotFound
from core.monitoring.cells import Cell
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.scorecard import scorecard
from core.monitoring.year_proposals import Proposal
from core.monitoring.year_summary import YearSummary, findings_in, year_summary
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.short_names import short_name
from core.people.suppression import SMALLEST_SHOWN
from core.planning.editing import save_measures
from core.planning.recommendations.addressees import list_addressees
from core.planning.recommendations.contents import usual_term
from core.planning.recommendations.writing import NewRecommendation, create_recommendation
from core.planning.tables import AddresseeKind, BasisKind, Recommendation, RecommendationBasis
from core.store.grid_changes import GridChanges


def draft_recommendation(
    session: Session, scope: Scope, organisation_id: int, year: int, key: str, today: date | None = None
) -> Recommendation:
    """Store the draft of a proposal of the unit's note, addressed to the administration; the figures are frozen in it.

    Raises NotFound for a proposal that the values do not ask for any more, and as `create_recommendation` does.
    """
    on = today or date.today()
    proposal = _found(year_summary(session, scope, organisation_id, year, on), key)
    to = next(
        (one for one in list_addressees(session, scope, proposal.organisation_id)
         if one.kind is AddresseeKind.ADMINISTRATION), None,
    )
    basis = _basis(session, scope, proposal, on)
    new = NewRecommendation(to, "", proposal.title, proposal.text, [basis], usual_term(on))
    return create_recommendation(session, scope, new, on)


def draft_measure(
    session: Session, scope: Scope, organisation_id: int, year: int, key: str, roadmap_id: int,
    today: date | None = None,
) -> int:
    """Add a measure for a proposal of the unit's note to a roadmap; return how many rows were added.

    Raises NotFound for a proposal or a roadmap that is not there, and as `save_measures` does.
    """
    proposal = _found(year_summary(session, scope, organisation_id, year, today), key)
    row: dict[str, object] = {
        "title": f"{proposal.measure} ({short_name(proposal.organisation)})", "deadline_text": "в течение года",
        "indicator": f"Показатель {proposal.code}: {proposal.target}", "expected_result": proposal.why,
    }
    outcome = save_measures(session, scope, roadmap_id, GridChanges(added=[row]))
    if outcome.refused:
        raise InvalidInput(outcome.refused[0].error.message, outcome.refused[0].error.advice)
    return len(outcome.versions)


def _found(summary: YearSummary, key: str) -> Proposal:
    found = next((one for one in summary.proposals if one.key == key), None)
    if found is None:
        raise NotFound("Предложение по итогам года")
    return found


def _basis(session: Session, scope: Scope, proposal: Proposal, on: date) -> RecommendationBasis:
    """Return the indicator as a basis that is not stored yet, with the figures of today."""
    years = (proposal.year - 1, proposal.year)
    card = scorecard(session, scope, proposal.organisation_id, years, (proposal.code,), today=on)
    finding = findings_in(card, proposal.organisation_id, proposal.year)[0]
    low, high, share = _shares(finding.cell)
    fact = finding.cell.fact
    people = None if fact is None or fact.denominator is None else round(fact.denominator)
    return RecommendationBasis(
        organisation_id=proposal.organisation_id, recommendation_id=0, kind=BasisKind.INDICATOR, key=proposal.key,
        place_id=proposal.organisation_id, label=f"по показателю {proposal.code} «{proposal.indicator}»"[:500],
        source=f"мониторинг за {year_name(proposal.year)} учебный год", unit_name=short_name(proposal.organisation),
        finding=finding.verdict[:200], share=share, low=low, high=high, participants=people,
        inside_only=people is not None and people < SMALLEST_SHOWN, stored_on=on,
    )


def _shares(cell: Cell) -> tuple[float | None, float | None, float | None]:
    """Return interval and value as shares 0..1; None for what is no share."""
    fact = cell.fact
    if fact is None or fact.kind is not IndicatorKind.SHARE or not fact.is_known:
        return None, None, None
    return fact.low / 100, fact.high / 100, fact.value / 100
