"""Names of the columns in which the plan of a monitoring year stands: collections, targets, own indicators."""

from __future__ import annotations

MONITORING_COLUMNS = {
    "campaign.closes_on": "сдать до",
    "campaign.opens_on": "сбор с",
    "campaign_id": "сбор №",
    "cluster": "группа школ",
    "collection_step.comment": "примечание",
    "collection_step.kind": "вид показателей",
    "collection_step.units": "чьи значения",
    "indicator_passport.organisation_id": "чей показатель, организация №",
    "indicator_target.comment": "комментарий",
    "indicator_target.level": "для кого",
    "indicator_target.value": "цель",
    "reopened_at": "снова открыт",
    "reopened_by": "кто открыл снова",
    "reopened_reason": "почему открыт снова",
    "returned_at": "возвращено",
    "unit_id": "для организации №",
}
"""In Russian by the column's name."""
