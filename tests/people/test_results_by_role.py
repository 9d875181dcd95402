"""Uploaded results through the eyes of each role: works, uploads, completeness, undoing."""

import pytest

from core.errors import NotAllowed, NotFound
from core.intake.history import completeness, get_assessment, list_uploads, list_works
from core.intake.tables import Assessment, ClassWork, Upload
from core.intake.undoing import undo_upload
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.role_names import Role
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, add_account, add_role

MATHS, PHYSICS = "Математика", "Физика"
SCHOOLS = ("школа 1", "школа 2", "школа 3")
# Participants that each person counts in mathematics and in physics. Every school has 8А with 10 and 8Б with 20.
EXPECTED = {
    "администратор": (90, 90),
    "специалист": (60, 60),
    "методист": (60, 60),
    "директор": (30, 30),
    "методист школы": (30, 30),
    "руководитель шмо": (30, 0),
    "руководитель рмо": (60, 0),
    "двое": (60, 30),
    "учитель": (10, 0),
    "наблюдатель": (60, 60),
}
BLOBS = dict.fromkeys(("codes", "totals", "marks", "journal_marks", "variants", "test_scores", "scores"), b"")


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


@pytest.fixture
def stocked(region: Region) -> dict[str, int]:
    return stock(region)


def stock(region: Region) -> dict[str, int]:
    """Store one upload for each school and subject; return the uploads' ids by «school subject»."""
    uploads: dict[str, int] = {}
    with writing(region.engine, "тест") as session:
        add_account(session, region, "двое", "школа 1")
        add_role(session, region, "двое", Role.DIRECTOR, "школа 1")
        add_role(session, region, "двое", Role.ASSOCIATION_HEAD, "район", "РМО математиков")
        for subject in (MATHS, PHYSICS):
            work = Assessment(procedure="ВПР", subject=subject, grade=8, year=2027, items_key=subject)
            session.add(work)
            session.flush()
            for school in SCHOOLS:
                upload = Upload(file_name=f"{school}.xlsx", sha256=school, layout="vpr_form")
                session.add(upload)
                session.flush()
                uploads[f"{school} {subject}"] = upload.id or 0
                for letter, participants in (("А", 10), ("Б", 20)):
                    session.add(
                        ClassWork(
                            assessment_id=work.id or 0,
                            school_id=region.units[school],
                            class_name=letter,
                            upload_id=upload.id or 0,
                            participants=participants,
                            items=0,
                            **BLOBS,
                        )
                    )
    return uploads


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_counts_their_own_participants(region: Region, stocked: dict[str, int], name: str) -> None:
    scope = scope_of(region, name)
    with reading(region.engine) as session:
        works = {work.subject: work for work in list_works(session, scope)}
        board = completeness(session, scope, 2027)
        for subject, work in works.items():
            assert get_assessment(session, scope, work.id).subject == subject
    counts = tuple(works[subject].participants if subject in works else 0 for subject in (MATHS, PHYSICS))
    assert counts == EXPECTED[name]
    assert sum(sum(row.values()) for row in board.participants.values()) == sum(counts)


def test_works_out_of_reach_do_not_exist(region: Region, stocked: dict[str, int]) -> None:
    with reading(region.engine) as session:
        works = {work.subject: work.id for work in list_works(session, Scope.local_administrator())}
        for name in ("руководитель рмо", "учитель"):
            with pytest.raises(NotFound):
                get_assessment(session, scope_of(region, name), works[PHYSICS])
        for name in ("наставник", "без роли"):
            with pytest.raises(NotAllowed):
                list_works(session, scope_of(region, name))


# Who may undo the uploads of school 1 (mathematics, physics), school 2 (the same) and school 3.
UNDO = {
    "администратор": "++++++",
    "методист": "++++--",
    "директор": "++----",
    "руководитель рмо": "+-+---",
    "двое": "+++---",
    "учитель": "------",
    "наблюдатель": "------",
}


@pytest.mark.parametrize("name", UNDO)
def test_uploads_are_undone_by_those_who_may_upload_there(sqlite_region: Region, name: str) -> None:
    region, uploads = sqlite_region, stock(sqlite_region)
    scope, answers = scope_of(region, name), []
    for school in SCHOOLS:
        for subject in (MATHS, PHYSICS):
            try:
                with writing(region.engine, name) as session:
                    undo_upload(session, scope, uploads[f"{school} {subject}"])
                answers.append("+")
            except (NotFound, NotAllowed):
                answers.append("-")
    assert "".join(answers) == UNDO[name]


def test_uploads_are_listed_by_school_and_subject(region: Region, stocked: dict[str, int]) -> None:
    with reading(region.engine) as session:
        seen = {
            name: {upload.id for upload in list_uploads(session, scope_of(region, name))}
            for name in ("двое", "учитель", "специалист")
        }
    assert seen["двое"] == {stocked["школа 1 Математика"], stocked["школа 1 Физика"], stocked["школа 2 Математика"]}
    assert seen["учитель"] == set(), "an upload is about whole classes of the school"
    assert len(seen["специалист"]) == 4
