"""The chain's step of help: what answers the competences behind a problem field or a deficit."""

from datetime import date

import pytest

from core.analysis.elements import Kind
from core.diagnostics.instrument_tables import Competence
from core.intake.tables import Assessment
from core.people.role_names import Role
from core.planning.chain_contract import ChainKind, Focus
from core.planning.recommendations.bases import FieldKey
from core.store.unit_of_work import reading, writing
from core.support.chain_help import help_links
from core.support.mentorship_checks import MentorshipDraft
from core.support.mentorships import plan_mentorship
from core.support.programme import GoalDraft, draft_programme
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of, director, scope_of
from tests.support.conftest import EVERYBODY


@pytest.fixture
def district(sqlite_engine) -> District:
    return build_district(sqlite_engine)


def test_a_pair_about_the_competence_of_an_element_stands_in_the_chain(district: District):
    mentee = district.teachers[f"{MATHS} 1/0"]
    with writing(district.engine, "методист") as session:
        work = Assessment(procedure="ВПР", subject=MATHS, grade=5, year=2026, held_on=date(2026, 4, 20),
                          item_codes=["1"], item_maxima=[1], item_levels=["Б"], items_key="k")
        session.add(work)
        session.flush()
        competence = session.get_one(Competence, district.competences[0])
        draft = MentorshipDraft(district.units["школа 1"], district.teachers[f"{MATHS} 1/4"], {mentee: None},
                                date(2026, 9, 1), date(2027, 5, 31))
        pair = plan_mentorship(session, EVERYBODY, draft).id or 0
        draft_programme(session, EVERYBODY, pair, [GoalDraft(mentee, competence.name, competence.id)])
        field = FieldKey(work.id or 0, "organisation:1", Kind.ELEMENT, competence.element).key
        other = FieldKey(work.id or 0, "organisation:1", Kind.ELEMENT, "чего нет").key
        deficit = f"1-2027-входная|subject:{MATHS}:|item:{district.items[0]}"
    scopes = {"директор": director(district), "сосед": director(district, "школа 2"),
              "наблюдатель": scope_of(district, account_of(district, Role.OBSERVER, "район"))}
    with reading(district.engine) as session:
        for key in (field, deficit):
            (link,) = help_links(session, scopes["директор"], Focus((key,), "дроби"))
            assert (link.kind, link.state) == (ChainKind.HELP, "помощь идёт")
            assert link.title.startswith("Наставничество") and "1\xa0педагог" in link.note
            assert link.door is not None and link.door.path == "mentorship"
            assert help_links(session, scopes["сосед"], Focus((key,), "дроби")) == []
            assert help_links(session, scopes["наблюдатель"], Focus((key,), "дроби")) == []
        assert help_links(session, scopes["директор"], Focus((other,), "—")) == []
