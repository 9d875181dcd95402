"""The журнал within the scope, bringing back, and what the security review finds."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from core.errors import NotAllowed, NotFound
from core.people.access import scope_for
from core.people.account_tables import Account, AccountSecret, RoleGrant
from core.people.associations import add_member, delete_association, list_associations
from core.people.attempts import forgive_address, throttled_addresses
from core.people.journal import read_journal, restore
from core.people.keys import InstallationKey
from core.people.organisation_changes import delete_organisation
from core.people.role_grants import revoke_role
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.second_factor import require_second_factor
from core.people.security_review import review_security
from core.people.session_tables import LoginAttempt
from core.people.sessions import forget_old_sessions
from core.people.sign_in import Refused, sign_in
from core.people.teacher_tables import Teacher
from core.people.teachers import delete_teacher, list_teachers
from core.store.unit_of_work import reading, writing
from tests.people.conftest import DAY, Region, add_account, add_role

ADMIN = Scope.local_administrator()
KEY = InstallationKey(b"k" * 48)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def scope_of(region: Region, name: str) -> Scope:
    with reading(region.engine) as session:
        account = session.get(Account, region.accounts[name])
        assert account is not None
        return scope_for(session, account, DAY)


def test_everybody_reads_the_journal_of_their_organisations(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        delete_association(session, ADMIN, region.associations["ШМО математиков"])
        delete_association(session, ADMIN, region.associations["РМО математиков"])
    with reading(region.engine) as session:
        own = read_journal(session, scope_of(region, "директор"))
        all_of_it = read_journal(session, ADMIN, limit=5000)
        with pytest.raises(NotAllowed):
            read_journal(session, scope_of(region, "учитель"))
    deleted = [line for line in own if line.action == "удалено"]
    assert [line.object_id for line in deleted] == [region.associations["ШМО математиков"]]
    assert len(all_of_it) > len(own)


def test_what_was_deleted_comes_back_for_those_who_could_delete_it(region: Region) -> None:
    director, key = scope_of(region, "директор"), region.associations["ШМО математиков"]
    with writing(region.engine, "директор") as session:
        delete_association(session, director, key)
        delete_teacher(session, director, region.teachers["Иванова"])
    assert not scope_of(region, "руководитель шмо").sees_subject("Математика"), "the role stops with its association"
    with writing(region.engine, "директор") as session:
        for name in ("учитель", "руководитель рмо", "руководитель шмо"):
            with pytest.raises((NotAllowed, NotFound)):
                restore(session, scope_of(region, name), "association", key)
        restore(session, director, "association", key)
        restore(session, director, "teacher", region.teachers["Иванова"])
        for forged in ("account_secret", "нет такой"):
            with pytest.raises(NotFound):
                restore(session, ADMIN, forged, 1)
    with reading(region.engine) as session:
        assert key in [row.id for row in list_associations(session, director)]
        assert region.teachers["Иванова"] in [card.id for card in list_teachers(session, director)]


def test_roles_and_organisations_come_back(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        grant = session.exec(select(RoleGrant).where(RoleGrant.account_id == region.accounts["учитель"])).one()
        revoke_role(session, ADMIN, grant.id or 0)
        delete_organisation(session, ADMIN, region.units["школа 3"])
        with pytest.raises(NotAllowed, match="есть другие организации"):
            delete_organisation(session, ADMIN, region.units["район"])
    with writing(region.engine, "тест") as session:
        with pytest.raises(NotAllowed):
            restore(session, scope_of(region, "специалист"), "role_grant", grant.id or 0)
        restore(session, scope_of(region, "директор"), "role_grant", grant.id or 0)
        restore(session, ADMIN, "organisation", region.units["школа 3"])
    assert scope_of(region, "учитель").grants
    assert scope_of(region, "администратор").sees_organisation(region.units["школа 3"])


def test_the_review_names_accounts_and_settings(region: Region) -> None:
    with writing(region.engine, "тест") as session:
        for number in range(3):
            add_account(session, region, f"админ {number}", "регион")
            add_role(session, region, f"админ {number}", Role.ADMINISTRATOR, None)
        add_role(session, region, "админ 0", Role.MUNICIPAL_METHODIST, "район")
        for account in session.exec(select(Account)):
            account.created_at = NOW - timedelta(days=200)
            secret = session.get(AccountSecret, account.id)
            assert secret is not None
            secret.last_used_at = NOW - timedelta(days=1)
        for name, used in (("учитель", None), ("наставник", NOW - timedelta(days=92))):
            secret = session.get(AccountSecret, region.accounts[name])
            assert secret is not None
            secret.last_used_at = used
        late = session.get(AccountSecret, region.accounts["методист"])
        assert late is not None
        late.initial_password_expires_at = NOW
        require_second_factor(session, ADMIN, Role.ADMINISTRATOR, True)
    with reading(region.engine) as session:
        messages = [finding.message for finding in review_security(session, ADMIN, NOW)]
        with pytest.raises(NotAllowed):
            review_security(session, scope_of(region, "администратор района"), NOW)
    text = "\n".join(messages)
    for expected in (
        "У всей системы 4\xa0администратора.",
        "От роли «муниципальный специалист» не требуется второй фактор.",
        "«Учитель»: ни одного входа с 06.05.2026.",
        "«Наставник»: последний вход 22.08.2026, больше трёх месяцев назад.",
        "«Методист»: выданный пароль не сменили",
        "«Без Роли»: нет ни одной роли.",
        "«Администратор»: администратор без второго фактора.",
        "«Админ 0»: администратор и одновременно муниципальный методист.",
    ):
        assert expected in text
    assert "роли «администратор»" not in text and "«Директор»" not in text


def test_throttled_addresses_are_listed_and_can_be_forgiven(region: Region) -> None:
    for number in range(31):
        sign_in(region.engine, KEY, f"имя{number}", "не тот", address="198.51.100.7", now=NOW)
    with writing(region.engine, "тест") as session:
        blocked = throttled_addresses(session, ADMIN, NOW)
        assert [(row.address, row.failures) for row in blocked] == [("198.51.100.7", 30)]
        with pytest.raises(NotAllowed):
            forgive_address(session, scope_of(region, "директор"), "198.51.100.7", NOW)
        assert forgive_address(session, ADMIN, "198.51.100.7", NOW) == 30
        assert throttled_addresses(session, ADMIN, NOW) == []
    answer = sign_in(region.engine, KEY, "имя", "не тот", address="198.51.100.7", now=NOW)
    assert isinstance(answer, Refused) and not answer.wait


def test_old_attempts_are_forgotten(region: Region) -> None:
    sign_in(region.engine, KEY, "имя", "не тот", address="198.51.100.7", now=NOW)
    with writing(region.engine, "тест") as session:
        forget_old_sessions(session, NOW + timedelta(days=89))
        assert session.exec(select(LoginAttempt)).all()
        forget_old_sessions(session, NOW + timedelta(days=91))
        assert not session.exec(select(LoginAttempt)).all()


def test_the_journal_is_searched_as_a_whole(region: Region) -> None:
    with writing(region.engine, "Директор Д. Д.") as session:
        delete_teacher(session, scope_of(region, "директор"), region.teachers["Петров"])
    with writing(region.engine, "тест") as session:
        for number in range(5):
            session.add(Teacher(full_name=f"Новый Педагог {number}"))
    with reading(region.engine) as session:
        for asked in ("удалено", "УДАЛЕНО", "Удалено", "Директор Д."):
            found = read_journal(session, ADMIN, containing=asked, limit=1)
            assert [line.object_id for line in found] == [region.teachers["Петров"]], asked
        assert {line.object_type for line in read_journal(session, ADMIN, containing="нагрузк")} == {
            "teaching_assignment"
        }
        assert not read_journal(session, scope_of(region, "директор"), containing="нет%такого")


def test_a_director_finds_the_own_teacher_that_was_deleted_and_no_other(region: Region) -> None:
    with writing(region.engine, "Директор Д. Д.") as session:
        delete_teacher(session, scope_of(region, "директор"), region.teachers["Петров"])
        delete_teacher(session, ADMIN, region.teachers["Сидорова"])
        add_member(session, ADMIN, region.associations["ШМО математиков"], region.teachers["Смирнова"])
    with reading(region.engine) as session:
        lines = read_journal(session, scope_of(region, "директор"), limit=5000)
    gone = [line.object_id for line in lines if (line.object_type, line.action) == ("teacher", "удалено")]
    assert gone == [region.teachers["Петров"]]
    assert "association_member" in {line.object_type for line in lines}
    with writing(region.engine, "Директор Д. Д.") as session:
        restore(session, scope_of(region, "директор"), "teacher", gone[0] or 0)
    with reading(region.engine) as session:
        assert region.teachers["Петров"] in {one.id for one in list_teachers(session, scope_of(region, "директор"))}
