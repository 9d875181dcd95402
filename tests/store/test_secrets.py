import stat
from pathlib import Path

import pytest

from core.errors import StoreUnavailable
from core.store.secrets import secret
from tests.store.threads import at_once


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def test_secret_is_made_once_and_stays(store: Path) -> None:
    first = secret("pupil-names")
    assert len(first) == 48
    assert secret("pupil-names") == first
    assert secret("cookie") != first
    assert [path.name for path in sorted((store / "secrets").iterdir())] == ["cookie", "pupil-names"]


def test_only_the_owner_can_read_it(store: Path) -> None:
    secret("cookie")
    assert stat.S_IMODE((store / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((store / "secrets" / "cookie").stat().st_mode) == 0o600


@pytest.mark.parametrize(("name", "mode"), [("secrets/cookie", 0o640), ("secrets/cookie", 0o604), ("secrets", 0o750)])
def test_secret_that_others_can_read_is_refused(store: Path, name: str, mode: int) -> None:
    secret("cookie")
    (store / name).chmod(mode)
    with pytest.raises(StoreUnavailable, match="доступ"):
        secret("cookie")


def test_cut_secret_is_refused_and_not_replaced(store: Path) -> None:
    secret("cookie")
    (store / "secrets" / "cookie").write_bytes(b"short")
    with pytest.raises(StoreUnavailable, match="5 байт вместо 48"):
        secret("cookie")
    assert (store / "secrets" / "cookie").read_bytes() == b"short"


def test_all_who_ask_first_at_once_get_the_same(store: Path) -> None:
    made = []
    assert at_once(16, lambda _number: made.append(secret("cookie"))) == []
    assert len(set(made)) == 1
    assert len(list((store / "secrets").iterdir())) == 1


@pytest.mark.parametrize("name", ["../cookie", "", "Секрет", ".hidden", "a/b"])
def test_name_cannot_lead_out_of_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="name of a secret"):
        secret(name)
