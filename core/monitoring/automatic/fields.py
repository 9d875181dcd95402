"""Problem fields of the year before: which of them are gone."""

from __future__ import annotations

from collections import defaultdict

from core.monitoring.automatic.counted import ByOrganisation, RecordKind, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.monitoring.field_outcomes import outcomes_of


@auto("fields_cleared", RecordKind.FIELD, of_vpr=True)
def fields_cleared(records: Records) -> ByOrganisation:
    """Count the confirmed fields of the year before that are no longer found, among the comparable ones."""
    reviews = records.confirmed_fields(records.year.year - 1)
    comparable: dict[int, list[int]] = defaultdict(list)
    cleared: dict[int, list[int]] = defaultdict(list)
    if not reviews:
        return {}
    for row, is_found in outcomes_of(reviews, records.works_of(records.year.year - 1), records.works):
        if is_found is None:
            continue
        comparable[row.organisation_id].append(row.id or 0)
        if not is_found:
            cleared[row.organisation_id].append(row.id or 0)
    return {key: ones(cleared[key], rows) for key, rows in comparable.items()}
