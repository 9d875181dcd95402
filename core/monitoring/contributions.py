"""What draws the figure of a unit up or down: the part of each organisation below it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from core.monitoring.facts import Fact
from core.monitoring.passport_tables import IndicatorKind


def pulls(facts: Mapping[int, Fact | None]) -> dict[int, float]:
    """Return for each organisation (numerator − P·denominator) / Σ denominators in per cent points, P the pooled share.

    The parts add up to zero: an organisation draws the more, the larger it is and the further it lies from P. Only
    shares are drawn so; organisations whose figure is hidden or unknown are left out.

    >>> from core.monitoring.facts import fact_of
    >>> share = IndicatorKind.SHARE
    >>> pulls({1: fact_of(share, 1, 10), 2: fact_of(share, 9, 10)})
    {1: -20.0, 2: 20.0}
    """
    known = {
        key: (fact.numerator, fact.denominator)
        for key, fact in facts.items()
        if fact is not None and fact.kind is IndicatorKind.SHARE and fact.numerator is not None and fact.denominator
    }
    whole = sum(below for _above, below in known.values())
    if not whole:
        return {}
    pooled = sum(above for above, _below in known.values()) / whole
    return {key: 100 * (above - pooled * below) / whole for key, (above, below) in known.items()}
