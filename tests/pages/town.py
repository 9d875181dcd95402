"""A small town in the store of a screen: two schools, six classes, one planted weakness («геометрия» in 6А of № 1)."""

from __future__ import annotations

from sqlalchemy import Engine

from core.people.scope import Scope
from core.store.unit_of_work import writing
from tests.analysis.stored import add_organisations, add_plan, add_work

EVERYTHING = Scope.local_administrator()


def build_town(
    engine: Engine, *, with_plan: bool = True, years: tuple[int, ...] = (2026,)
) -> tuple[dict[str, int], int]:
    """Store the town; return the ids of organisations and the id of the work of the first year."""
    with writing(engine, actor="тест") as session:
        ids = add_organisations(session)
        works = [add_work(session, ids, plan_id=add_plan(session, year) if with_plan else None, year=year)
                 for year in years]
    return ids, works[0]
