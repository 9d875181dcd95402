"""Рекомендации: to whom what was recommended and why, what they answered, what came of it; and the whole chain."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.plan.recommendation_parts.address import (
    CHAIN,
    CHAIN_MEASURE,
    CHAIN_OF,
    FIELD,
    RECOMMENDATION,
    asked_id,
    asked_key,
)
from pages.plan.recommendation_parts.card import show_card
from pages.plan.recommendation_parts.chains import show_field_chain, show_measure_chain, show_recommendation_chain
from pages.plan.recommendation_parts.listing import show_listing
from pages.plan.recommendation_parts.writing import show_writing
from pages.widgets.acting import show_outcome
from pages.widgets.session import require

_scope = require(Action.VIEW_RECOMMENDATIONS)
_field, _chain = asked_key(FIELD), asked_key(CHAIN)
_one, _chain_of, _measure = asked_id(RECOMMENDATION), asked_id(CHAIN_OF), asked_id(CHAIN_MEASURE)
st.title("Рекомендации", anchor=False)
show_outcome()
if _chain is not None:
    show_field_chain(_chain)
elif _measure is not None:
    show_measure_chain(_measure)
elif _chain_of is not None:
    show_recommendation_chain(_chain_of)
elif _field is not None:
    show_writing(_field)
elif _one is not None:
    show_card(_one)
else:
    show_listing(_scope)
