"""Every role × every screen × every kind of object: the expected answer of each in one table."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.analysis.loading import load_work
from core.errors import NotAllowed, NotFound
from core.intake.tables import Assessment, Upload
from core.people.access import scope_for
from core.people.access_words import ObjectKind
from core.people.account_tables import Account, RoleGrant
from core.people.actions import Action
from core.people.grants import TaughtClass
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import get_teacher
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing
from pages.manage.helping.access import NO, YES, object_table, screen_table
from pages.widgets.screens import SCREENS
from tests.analysis.stored import class_row
from tests.pages.signing import cookie_of, signing_in
from tests.people.conftest import DAY, Region, add_account, add_role, build

WHO = {
    Role.ADMINISTRATOR: "администратор",
    Role.MUNICIPAL_SPECIALIST: "специалист",
    Role.MUNICIPAL_METHODIST: "методист",
    Role.DIRECTOR: "директор",
    Role.SCHOOL_METHODIST: "методист школы",
    Role.ASSOCIATION_HEAD: "руководитель шмо",
    Role.TEACHER: "учитель",
    Role.MENTOR: "наставник",
    Role.OBSERVER: "наблюдатель",
}

# + yes, - no. First the screens: overview, upload, blueprints, results, problem fields, help, account, admin,
# roadmaps, meeting.
# Then objects in the order of `ObjectKind`: own class, other class of the own school, other school of the
# municipality, another municipality, deleted. Asked of: results of the class · single participants of it · data of a
# teacher (oneself, a colleague, …) by the use cases that screens call; upload for the class by the scope.
SCREEN_PATHS = ("", "upload", "blueprints", "results", "problem-fields", "help", "account", "admin", "roadmaps",
                "meeting", "recommendations", "deficits", "practices",
                "mentorship", "development", "indicators", "cycle", "documents", "municipality")
MATRIX = {
    Role.ADMINISTRATOR:        "+++++++++++++++++++ ++++- ----- ++++- ++++",
    Role.MUNICIPAL_SPECIALIST: "+++++++++++++++++++ +++-- ----- +++-- +++-",
    Role.MUNICIPAL_METHODIST:  "+++++++++++++++++++ +++-- ----- +++-- +++-",
    Role.DIRECTOR:             "++++++++++++++++++- ++--- ++--- ++--- ++--",
    Role.SCHOOL_METHODIST:     "++++++++++++++++++- ++--- ++--- ++--- ++--",
    Role.ASSOCIATION_HEAD:     "+++++++++++++++-++- ++--- ++--- +---- ++--",
    Role.TEACHER:              "+-+++++-+++++++-++- +---- +---- +---- ----",
    Role.MENTOR:               "-----++-+++++++--+- ----- ----- +---- ----",
    Role.OBSERVER:             "+-+++++-+++++--++++ +++-- ----- ----- ----",
}  # fmt: skip
NOBODY = "-----++------------ ----- ----- ----- ----"

MATHS = "Математика"
WORDS = {"+": YES, "-": NO}


OWN_TEACHER = {"учитель": "Смирнова", "наставник": "Петров", "руководитель шмо": "Иванова"}
"""Whose data are one's own; for the others it is a teacher of the own school."""


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    """Return the small region with a work in a class of each kind, and with deleted things."""
    region = build(sqlite_engine)
    with writing(sqlite_engine, "подготовка теста") as session:
        work = Assessment(
            procedure="ВПР", subject=MATHS, grade=8, year=2027, item_codes=["1"], item_maxima=[1], item_levels=["Б"],
            items_key="k",
        )  # fmt: skip
        upload = Upload(file_name="впр.xlsx", sha256="1", layout="tidy")
        session.add_all((work, upload))
        session.flush()
        region.units["работа"] = work.id or 0
        for place, letter in CLASSES.values():
            scores = np.ones((6, 1), dtype=np.int8)
            row = class_row(scores, letter, region.units[place], work.id or 0, upload.id or 0)
            row.deleted_at = utc_now() if letter == DELETED_CLASS else None
            session.add(row)
        gone = Teacher(full_name="Удалённая Нина Петровна", subjects=[MATHS], deleted_at=utc_now())
        session.add(gone)
        session.flush()
        region.teachers["Удалённая"] = gone.id or 0
        session.add(Employment(teacher_id=gone.id or 0, organisation_id=region.units["школа 1"]))
    return region


DELETED_CLASS = "Г"
CLASSES = {
    ObjectKind.OWN_CLASS: ("школа 1", "А"),
    ObjectKind.OTHER_CLASS: ("школа 1", "В"),
    ObjectKind.OTHER_SCHOOL: ("школа 2", "А"),
    ObjectKind.OTHER_MUNICIPALITY: ("школа 3", "А"),
    ObjectKind.DELETED: ("школа 1", DELETED_CLASS),
}


def _scope(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def _answers(region: Region, name: str) -> str:
    scope = _scope(region, name)
    with reading(region.engine) as session:
        seen = _results(session, scope, region)
        teachers = [_sees_teacher(session, scope, region, surname) for surname in _teachers(name)]
    places = [(region.units[place], letter) for place, letter in CLASSES.values()]
    upload = scope.require(Action.UPLOAD) if scope.allows(Action.UPLOAD) else None
    groups = [
        [place in seen for place in places],
        [seen.get(place, False) for place in places],
        teachers,
        [upload is not None and upload.sees_class(TaughtClass(*place(where), MATHS, 2027)) for where in places[:-1]],
    ]
    return " ".join("".join("+" if answer else "-" for answer in group) for group in groups)


def place(where: tuple[int, str]) -> tuple[int, int, str]:
    """Return school, grade and letter of a class."""
    return where[0], 8, where[1]


def _results(session: Session, scope: Scope, region: Region) -> dict[tuple[int, str], bool]:
    """Return the classes whose results the person gets, and whether single participants are among them."""
    try:
        work = load_work(session, scope, region.units["работа"])
    except (NotAllowed, NotFound):
        return {}
    pupils = scope.allows(Action.VIEW_PUPILS)
    return {(one.school_id, one.class_name): pupils and one.owned for one in work.classes}


def _teachers(name: str) -> list[str]:
    own = OWN_TEACHER.get(name, "Смирнова")
    return [own, "Петров" if own != "Петров" else "Смирнова", "Сидорова", "Кузнецова", "Удалённая"]


def _sees_teacher(session: Session, scope: Scope, region: Region, surname: str) -> bool:
    try:
        get_teacher(session, scope.require(Action.VIEW_PEOPLE), region.teachers[surname])
    except (NotAllowed, NotFound):
        return False
    return True


def _screens(region: Region, name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Open every screen by its address, as this person; its title stands for yes, the refusal for no."""
    answers = {}
    with signing_in(monkeypatch) as browser:
        browser.token = cookie_of(region.engine, region.accounts[name])
        for screen in SCREENS:
            run = browser.open(screen.file)
            assert not run.exception, (name, screen.path)
            shown = [title.value for title in run.title]
            if shown != [screen.title]:
                # Who may not open the first screen and holds a role is shown another one instead.
                assert any("Нет права" in error.value for error in run.error) or not screen.path, (name, screen.path)
            answers[screen.path] = "+" if shown == [screen.title] else "-"
    return "".join(answers.get(path, MATRIX_OF_UNBUILT) for path in SCREEN_PATHS)


MATRIX_OF_UNBUILT = "?"


def _expected_screens(row: str) -> str:
    built = {screen.path for screen in SCREENS}
    return "".join(
        answer if path in built else MATRIX_OF_UNBUILT
        for path, answer in zip(SCREEN_PATHS, row.split()[0], strict=True)
    )


def test_the_table_has_every_role_and_every_screen():
    assert list(MATRIX) == list(Role) == list(WHO)
    assert {screen.path for screen in SCREENS} <= set(SCREEN_PATHS), "add the column of the new screen"


def test_every_role_reaches_its_objects_and_no_other(region: Region):
    found = {role: _answers(region, name) for role, name in WHO.items()}
    assert found == {role: row.split(maxsplit=1)[1] for role, row in MATRIX.items()}
    assert _answers(region, "без роли") == NOBODY.split(maxsplit=1)[1]


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role.name.lower() if role else "no-role")
def test_every_role_opens_its_screens_and_no_other(region: Region, role, monkeypatch, tmp_path):
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    found = _screens(region, WHO[role] if role else "без роли", monkeypatch)
    assert found == _expected_screens(MATRIX[role] if role else NOBODY)


def test_the_help_shows_this_very_table():
    """The tables of the help come from the roles; here they are compared with what was asked above."""
    screens = list(screen_table().rows)
    results, pupils = (object_table(action).rows for action in (Action.VIEW, Action.VIEW_PUPILS))
    for number, (role, row) in enumerate(MATRIX.items()):
        groups = row.split()
        opened = dict(zip(SCREEN_PATHS, groups[0], strict=True))
        shown = {screen.path: line[role.name] for screen, line in zip(SCREENS, screens, strict=True)}
        assert shown == {path: WORDS[opened[path]] for path in shown}, role
        for table, expected in ((results, groups[1]), (pupils, groups[2])):
            line = table[number]
            assert str(line["role"]).casefold() == role.value.casefold()
            assert [line[kind.name] for kind in ObjectKind] == [WORDS[answer] for answer in expected], role


def test_roles_end_with_their_day(region: Region):
    with writing(region.engine, "тест") as session:
        add_account(session, region, "бывший", "школа 1")
        grant: RoleGrant = add_role(session, region, "бывший", Role.DIRECTOR, "школа 1")
        grant.valid_to = date(2026, 11, 1)
    assert _answers(region, "бывший") == NOBODY.split(maxsplit=1)[1]


# + yes, - no: seeing, entering, leading and accepting the indicators of school 1 (where people of a school work), of
# school 2 in the same municipality, of the municipality, of school 3 in another one.
INDICATORS = {
    Role.ADMINISTRATOR:        "++++ ++++ ++++ ++++",
    Role.MUNICIPAL_SPECIALIST: "++++ ++++ ++++ ----",
    Role.MUNICIPAL_METHODIST:  "+++- +++- +++- ----",
    Role.DIRECTOR:             "+++- ---- ---- ----",
    Role.SCHOOL_METHODIST:     "+++- ---- ---- ----",
    Role.ASSOCIATION_HEAD:     "---- ---- ---- ----",
    Role.TEACHER:              "---- ---- ---- ----",
    Role.MENTOR:               "---- ---- ---- ----",
    Role.OBSERVER:             "+--- +--- +--- ----",
}  # fmt: skip


def test_every_role_works_with_indicators_where_it_may(region: Region):
    actions = (Action.VIEW_INDICATORS, Action.ENTER_INDICATORS, Action.MANAGE_INDICATORS, Action.ACCEPT_INDICATORS)
    places = [region.units[name] for name in ("школа 1", "школа 2", "район", "школа 3")]
    for role, row in INDICATORS.items():
        scope = _scope(region, WHO[role])
        may = [
            [scope.allows(one) and scope.require(one).sees_organisation(place) for one in actions] for place in places
        ]
        assert " ".join("".join("+" if answer else "-" for answer in group) for group in may) == row, role
