import pytest

from core.web.guard import Guard, closed_paths, only_this_computer, own_pages_only

RULES = (closed_paths, only_this_computer, own_pages_only)


@pytest.fixture
def guarded(inner):
    return Guard(inner, RULES)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.5.5.5", "::1", "::ffff:127.0.0.1"])
def test_this_computer_is_admitted(ask, guarded, address):
    assert ask(guarded, address=address).body == b"ok"


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", None, "testclient"])
def test_everybody_else_is_refused_in_russian(ask, guarded, address):
    answer = ask(guarded, address=address)
    assert answer.status == 403
    assert "только для компьютера" in answer.body.decode()
    assert 'lang="ru"' in answer.body.decode()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "203.0.113.9"},
        {"x-forwarded-for": "127.0.0.1, 203.0.113.9"},
        {"x-real-ip": "203.0.113.9"},
        {"forwarded": 'for="[2001:db8::1]";proto=https'},
    ],
)
def test_a_proxy_on_this_computer_does_not_open_the_door(ask, guarded, headers):
    assert ask(guarded, headers=headers).status == 403


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost", "LOCALHOST:80"])
def test_the_names_of_this_computer_are_known(ask, guarded, host):
    assert ask(guarded, headers={"host": host}).status == 200


@pytest.mark.parametrize("host", ["evil.example:8501", "127.0.0.1.evil.example", "", "localhost.evil.example"])
def test_a_foreign_name_turned_to_this_computer_is_refused(ask, guarded, host):
    assert ask(guarded, headers={"host": host}).status == 403


@pytest.mark.parametrize("path", ["/media/abc.xlsx", "/_stcore/upload_file/1/2", "/_stcore/stream"])
def test_files_uploads_and_the_live_connection_are_guarded(ask, guarded, path):
    assert ask(guarded, path, address="192.168.1.5").status == 403
    assert ask(guarded, path, headers={"sec-fetch-site": "cross-site"}).status == 403
    assert ask(guarded, path, headers={"sec-fetch-site": "same-origin"}).status == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json"])
def test_routes_for_machines_are_closed_for_everybody(ask, guarded, path):
    assert ask(guarded, path).status == 403


def test_a_websocket_is_closed_before_it_is_accepted(ask, guarded):
    refused = ask(guarded, "/_stcore/stream", kind="websocket", address="192.168.1.5")
    assert [message["type"] for message in refused.messages] == ["websocket.close"]
    admitted = ask(guarded, "/_stcore/stream", kind="websocket")
    assert [message["type"] for message in admitted.messages] == ["websocket.accept"]


def test_the_sentence_of_a_rule_cannot_bring_markup(ask, inner):
    answer = ask(Guard(inner, [lambda visit: f"<script>{visit.path}"]), "/x")
    assert "<script>" not in answer.body.decode()
