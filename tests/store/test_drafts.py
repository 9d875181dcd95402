from sqlalchemy import Engine

from core.store.data_version import data_version
from core.store.drafts import drop_draft, load_draft, save_draft
from core.store.unit_of_work import reading, writing


def keep(engine: Engine, actor: str, edits: dict[str, object]) -> None:
    with writing(engine, actor=actor) as session:
        save_draft(session, actor, "blueprint_item:17", edits)


def draft(engine: Engine, actor: str) -> dict[str, object] | None:
    with reading(engine) as session:
        found = load_draft(session, actor, "blueprint_item:17")
        return found.edits if found else None


def test_draft_is_kept_apart_for_each_person_and_replaced_by_the_next(engine: Engine) -> None:
    keep(engine, "petrova", {"1": {"max_score": 2}})
    keep(engine, "ivanov", {"2": {"element": "Дроби"}})
    keep(engine, "petrova", {"1": {"max_score": 3}, "новая": [1.5, None]})
    assert draft(engine, "petrova") == {"1": {"max_score": 3}, "новая": [1.5, None]}
    assert draft(engine, "ivanov") == {"2": {"element": "Дроби"}}


def test_dropped_draft_is_gone_and_no_cache_becomes_stale(engine: Engine) -> None:
    keep(engine, "petrova", {"1": {"max_score": 2}})
    with writing(engine, actor="petrova") as session:
        drop_draft(session, "petrova", "blueprint_item:17")
    assert draft(engine, "petrova") is None
    with reading(engine) as session:
        assert data_version(session) == 0
