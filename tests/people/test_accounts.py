"""Accounts and roles: made, given, taken; the first start; identities of a provider; passwords that are refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from core.errors import InvalidInput, NotAllowed, NotFound, QualityError
from core.people.access import live_grants, scope_for
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.account_teacher import link_teacher, unlink_teacher
from core.people.accounts import create_account, disable_account, rename_account, reset_password
from core.people.first_start import has_accounts, is_setup_link_valid, issue_setup_link, redeem_setup_link
from core.people.identities import Identity, sign_in_by_identity
from core.people.keys import InstallationKey
from core.people.managing import givable_roles, list_managed
from core.people.my_account import change_password
from core.people.password_policy import require_good_password
from core.people.role_grants import grant_role, list_roles, revoke_role
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.sessions import check_session, start_session
from core.people.sign_in import Accepted, CodeNeeded, Refused, sign_in
from core.store.tables import AuditEntry
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, add_account, add_role

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEY = InstallationKey(b"k" * 48)
ADMIN = Scope.local_administrator()


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def test_the_first_administrator_comes_through_a_link_that_works_once(sqlite_engine: object) -> None:
    engine = sqlite_engine
    with writing(engine, "запуск") as session:  # type: ignore[arg-type]
        earlier = issue_setup_link(session, KEY, NOW)
        token = issue_setup_link(session, KEY, NOW)
        assert not is_setup_link_valid(session, KEY, earlier, NOW), "a new link ends the earlier one"
        assert is_setup_link_valid(session, KEY, token, NOW)
        assert not is_setup_link_valid(session, KEY, token, NOW + timedelta(hours=24))
        assert not is_setup_link_valid(session, InstallationKey(b"o" * 48), token, NOW)

    def redeem(given: str, password: str = "сорок тысяч одуванчиков") -> str:
        with writing(engine, "запуск") as session:  # type: ignore[arg-type]
            return redeem_setup_link(
                session, KEY, given, login="Главная", display_name="Орлова Е. В.", password=password, now=NOW
            )

    with pytest.raises(InvalidInput, match="не меньше 15"):
        redeem(token, "мало символов")
    with pytest.raises(NotAllowed, match="не действует"):
        redeem(earlier)
    ticket = redeem(token)
    with pytest.raises(NotAllowed, match="не действует"):
        redeem(token)
    with writing(engine, "вход") as session:  # type: ignore[arg-type]
        cookie = start_session(session, KEY, ticket, address="", user_agent="", now=NOW)
        live = check_session(session, KEY, cookie, NOW)
        assert live is not None and live.account.login == "главная"
        scope_for(session, live.account).require_everywhere(next(iter(scope_for(session, live.account).actions)))
        assert has_accounts(session)
        with pytest.raises(NotAllowed, match="уже создан"):
            issue_setup_link(session, KEY, NOW)


def test_an_account_is_made_with_a_password_shown_once(region: Region) -> None:
    director = scope_of(region, "директор")
    with writing(region.engine, "директор") as session:
        given = create_account(
            session, director, login=" Новая.Е ", display_name="Новая Е. А.",
            organisation_id=region.units["школа 1"], now=NOW,
        )  # fmt: skip
    assert given.login == "новая.е" and len(given.password) == 16
    assert given.expires_at == NOW + timedelta(hours=72)
    assert isinstance(sign_in(region.engine, KEY, "НОВАЯ.Е", given.password, address="", now=NOW), Accepted)
    with reading(region.engine) as session:
        trail = repr(session.exec(select(AuditEntry)).all())
    assert given.password not in trail and "Новая Е. А." not in trail
    for login, message in (("новая.е", "уже занят"), ("а", "не подходит"), ("две части", "не подходит")):
        with writing(region.engine, "директор") as session, pytest.raises(InvalidInput, match=message):
            create_account(
                session, director, login=login, display_name="Кто-то", organisation_id=region.units["школа 1"]
            )
    for organisation, error in (("школа 2", NotFound), (None, NotAllowed)):
        with writing(region.engine, "директор") as session, pytest.raises(error):
            unit = region.units[organisation] if organisation else None
            create_account(session, director, login="чужая", display_name="Кто-то", organisation_id=unit)


# Who may reset whose password: the actor, then everybody whose account they manage.
MANAGED = {
    "администратор": "всех",
    "администратор района": "администратор района, специалист, методист, директор, методист школы, руководитель шмо,"
    " руководитель рмо, учитель, наставник, наблюдатель, без роли",
    "директор": "методист школы, руководитель шмо, учитель, наставник, без роли",
    "специалист": "",
    "методист школы": "",
    "учитель": "",
}


@pytest.mark.parametrize("actor", MANAGED)
def test_nobody_gets_at_an_account_with_rights_beyond_their_own(sqlite_region: Region, actor: str) -> None:
    region, scope, found = sqlite_region, scope_of(sqlite_region, actor), []
    for name, account_id in region.accounts.items():
        try:
            with writing(region.engine, actor) as session:
                reset_password(session, scope, account_id)
            found.append(name)
        except QualityError:
            continue
    expected = list(region.accounts) if MANAGED[actor] == "всех" else [n for n in MANAGED[actor].split(", ") if n]
    assert sorted(found) == sorted(expected)


def test_a_director_gives_only_roles_below_their_own(region: Region) -> None:
    director, one = scope_of(region, "директор"), region.units["школа 1"]
    teacher = region.accounts["без роли"]
    with writing(region.engine, "директор") as session:
        assert givable_roles(session, director, one) == {
            Role.SCHOOL_METHODIST, Role.ASSOCIATION_HEAD, Role.TEACHER, Role.MENTOR, Role.OBSERVER,
        }  # fmt: skip
        grant_role(session, director, teacher, Role.TEACHER, organisation_id=one)
        for role, unit in ((Role.DIRECTOR, one), (Role.ADMINISTRATOR, None), (Role.TEACHER, region.units["школа 2"])):
            with pytest.raises(NotAllowed):
                grant_role(session, director, teacher, role, organisation_id=unit)
        with pytest.raises(NotAllowed):
            grant_role(session, director, region.accounts["директор"], Role.ADMINISTRATOR, organisation_id=None)
        with pytest.raises(InvalidInput, match="бывает только в школе"):
            grant_role(session, ADMIN, teacher, Role.DIRECTOR, organisation_id=region.units["район"])
        with pytest.raises(InvalidInput, match="даётся в организации"):
            grant_role(session, ADMIN, teacher, Role.OBSERVER, organisation_id=None)
        with pytest.raises(InvalidInput, match="каким объединением"):
            grant_role(session, ADMIN, teacher, Role.ASSOCIATION_HEAD, organisation_id=one)
        with pytest.raises(InvalidInput, match="раньше"):
            grant_role(session, ADMIN, teacher, Role.TEACHER, organisation_id=one, valid_from=DAY, valid_to=DAY)
        led = grant_role(
            session, director, teacher, Role.ASSOCIATION_HEAD, organisation_id=None,
            association_id=region.associations["ШМО математиков"],
        )  # fmt: skip
        assert led.organisation_id == one
        with pytest.raises(NotAllowed):
            grant_role(
                session, director, teacher, Role.ASSOCIATION_HEAD, organisation_id=one,
                association_id=region.associations["РМО математиков"],
            )  # fmt: skip


def test_the_director_of_one_school_who_administers_another_does_not_mix_them(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        add_role(session, region, "директор", Role.ADMINISTRATOR, "школа 3")
    scope = scope_of(region, "директор")
    with reading(region.engine) as session:
        assert Role.DIRECTOR in givable_roles(session, scope, region.units["школа 3"])
        assert Role.DIRECTOR not in givable_roles(session, scope, region.units["школа 1"])


def test_the_last_administrator_stays(region: Region) -> None:
    account_id = region.accounts["администратор"]
    with writing(region.engine, "тест") as session:
        with pytest.raises(NotAllowed, match="последний администратор"):
            disable_account(session, ADMIN, account_id, "")
        grant = live_grants(session, account_id, date.today())[0]
        with pytest.raises(NotAllowed, match="последний администратор"):
            revoke_role(session, ADMIN, grant.id or 0)
        add_account(session, region, "второй", "регион")
        session.flush()
        add_role(session, region, "второй", Role.ADMINISTRATOR, None)
        session.flush()
        disable_account(session, ADMIN, account_id, "в отпуске")
    own = scope_of(region, "второй")
    with writing(region.engine, "тест") as session, pytest.raises(NotAllowed, match="Свою учётную запись"):
        disable_account(session, own, region.accounts["второй"], "")


def test_people_are_listed_within_the_scope(region: Region) -> None:
    with reading(region.engine) as session:
        names = {account.login for account in list_managed(session, scope_of(region, "директор"))}
        with pytest.raises(NotAllowed):
            list_managed(session, scope_of(region, "учитель"))
        roles = list_roles(session, ADMIN, region.accounts["директор"])
    assert "учитель" in names and "руководитель рмо" not in names and "администратор" not in names
    assert [grant.role for grant in roles] == [Role.DIRECTOR]


def test_an_identity_of_a_provider_opens_the_account_with_its_e_mail(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        rename_account(
            session,
            ADMIN,
            region.accounts["учитель"],
            login="учитель",
            display_name="",
            email="Smirnova@School.example",
        )

    def enter(**changed: object) -> object:
        claims = {
            "issuer": "https://id.example", "subject": "7", "email": "smirnova@school.example",
            "is_email_verified": True, "issued_at": NOW,
        }  # fmt: skip
        identity = Identity(**(claims | changed))  # type: ignore[arg-type]
        return sign_in_by_identity(region.engine, KEY, identity, address="", now=NOW)

    refused = [
        enter(is_email_verified=False),
        enter(email="other@school.example"),
        enter(subject=""),
        enter(issued_at=NOW - timedelta(minutes=6)),
    ]
    assert all(isinstance(answer, Refused) for answer in refused)
    assert isinstance(enter(), Accepted)
    assert isinstance(enter(email="renamed@school.example"), Accepted), "from now on the subject counts"
    assert isinstance(enter(subject="8"), Refused), "the same e-mail at another person"
    assert isinstance(enter(issuer="https://other.example"), Refused)
    with writing(region.engine, "тест") as session:
        disable_account(session, ADMIN, region.accounts["учитель"], "")
    assert isinstance(enter(), Refused)
    assert not isinstance(enter(), CodeNeeded)


REFUSED = {
    "коротко": "слишком короткий",
    "а" * 129: "длиннее 128",
    "qwertyuiop[]": "самых частых",
    "йцукенгшщзхъ": "частых",
    "яяяяяяяяяяяяя": "легко подобрать",
    "абвабвабвабва": "легко подобрать",
    "школа123школа": "легко подобрать",
    "gfhjkmgfhjkm12": "самых частых",
    "Password2026!": "самых частых",
    "Ivanova2026ivanova": "легко подобрать",
    "школа15учитель2026": "легко подобрать",
    "0987654321098": "легко подобрать",
}


@pytest.mark.parametrize("password", REFUSED)
def test_guessable_passwords_are_refused_in_words(password: str) -> None:
    with pytest.raises(InvalidInput, match=REFUSED[password]):
        require_good_password(password, fewest=12, context=("ivanova", "Иванова Анна", "МБОУ СОШ № 15"))


@pytest.mark.parametrize(
    "password", ["корова-табуретка-7", "correct horse battery", "зелёный чайник поёт", "7f!K2-яЖ9qLm"]
)
def test_long_unrelated_words_are_taken_in_any_alphabet(password: str) -> None:
    require_good_password(password, fewest=12, context=("ivanova",))


def test_roles_decide_how_long_a_password_is(region: Region) -> None:
    director, teacher = region.accounts["директор"], region.accounts["учитель"]
    for account_id, accepted in ((director, False), (teacher, True)):
        with writing(region.engine, "тест") as session:
            given = reset_password(session, ADMIN, account_id, now=NOW)
        if accepted:
            change_password(region.engine, KEY, account_id, given.password, "семь гномов в", address="", now=NOW)
            continue
        with pytest.raises(InvalidInput, match="не меньше 15"):
            change_password(region.engine, KEY, account_id, given.password, "семь гномов в", address="", now=NOW)


def test_a_revoked_role_is_kept_and_can_be_restored(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        grant = live_grants(session, region.accounts["учитель"], DAY)[0]
        revoke_role(session, ADMIN, grant.id or 0)
    assert not scope_of(region, "учитель").grants
    with writing(region.engine, "тест") as session:
        row = session.get(RoleGrant, grant.id)
        assert row is not None and row.deleted_by
        row.deleted_at = None
    assert scope_of(region, "учитель").grants


def test_an_account_is_tied_to_a_teacher_later(region: Region) -> None:
    """Without the tie a teacher sees nothing; with it the own classes, after signing in anew."""
    with writing(region.engine, "тест") as session:
        given = create_account(
            session, ADMIN, login="новенький", display_name="Новенький", organisation_id=region.units["школа 1"]
        )
        grant_role(session, ADMIN, given.account_id, Role.TEACHER, organisation_id=region.units["школа 1"])
        before = session.get_one(AccountSecret, given.account_id).auth_version
        director = scope_for(session, session.get_one(Account, region.accounts["директор"]), DAY)
        with pytest.raises(InvalidInput, match="уже есть учётная запись «учитель»"):
            link_teacher(session, director, given.account_id, region.teachers["Смирнова"])
        with pytest.raises(NotFound):
            link_teacher(session, director, given.account_id, region.teachers["Сидорова"])
        unlink_teacher(session, director, region.accounts["учитель"])
        link_teacher(session, director, given.account_id, region.teachers["Смирнова"])
        account = session.get_one(Account, given.account_id)
        assert {one.letter for grant in scope_for(session, account, DAY).grants for one in grant.classes or ()} == {
            "А", "Б"
        }
        assert session.get_one(AccountSecret, given.account_id).auth_version > before
        unlink_teacher(session, director, given.account_id)
        assert scope_for(session, account, DAY).classes in (None, frozenset())
        with pytest.raises(InvalidInput, match="не связана"):
            unlink_teacher(session, director, given.account_id)
        teacher = scope_for(session, session.get_one(Account, region.accounts["методист"]), DAY)
        with pytest.raises(NotAllowed):
            link_teacher(session, teacher, given.account_id, region.teachers["Смирнова"])


def test_a_given_password_is_void_once_the_provider_has_proved_the_person(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        given = create_account(
            session, ADMIN, login="новый", display_name="Новый", organisation_id=None, email="new@example.ru"
        )
        grant_role(session, ADMIN, given.account_id, Role.ADMINISTRATOR, organisation_id=None)
    identity = Identity("https://id.example.ru", "7", "new@example.ru", is_email_verified=True, issued_at=NOW)
    assert isinstance(sign_in_by_identity(region.engine, KEY, identity, address="", now=NOW), Accepted)
    assert isinstance(sign_in(region.engine, KEY, "новый", given.password, address="", now=NOW), Refused)
    with reading(region.engine) as session:
        assert not session.get_one(AccountSecret, given.account_id).must_change_password
