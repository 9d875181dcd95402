import logging

import pytest

from core.web.frame import FramePage, inline_script_hashes, russian_frame
from core.web.headers import SecurityHeaders, content_security_policy
from core.web.incidents import record_incident
from core.web.startup import PlainRefusal
from tests.web.running import completed

SHIPPED = """<!-- licence --><!DOCTYPE html><html lang="en"><head>
<link rel="shortcut icon" href="./favicon.png" /><title>Streamlit</title>
<link rel="service-desc" href="./_stcore/agent/openapi.json" />
<script>
  window.prerenderReady = false
</script><script type="module" src="./static/js/index.js"></script></head>
<body><noscript><p>You need to enable JavaScript to run this app.</p></noscript><div id="root"></div></body></html>"""


def test_the_frame_page_is_russian_and_translates_before_streamlit_speaks():
    page = russian_frame(SHIPPED, "Цикл качества", "/assets/icon.png", "/assets/russian.js")
    assert '<html lang="ru"' in page
    assert "<title>Цикл качества</title>" in page
    assert "Streamlit<" not in page
    assert "enable JavaScript" not in page
    assert "agent" not in page
    assert 'href="/assets/icon.png"' in page
    assert page.index("/assets/russian.js") < page.index("prerenderReady") < page.index("static/js/index.js")


def test_only_the_frames_own_inline_script_may_run():
    page = russian_frame(SHIPPED, "t", "i", "s")
    (digest,) = inline_script_hashes(page)
    policy = content_security_policy([digest])
    assert f"script-src 'self' '{digest}';" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    for directive in ("default-src 'self'", "connect-src 'self'", "object-src 'none'", "frame-ancestors 'self'"):
        assert directive in policy


@pytest.mark.parametrize("path", ["/", "/help", "/problem-fields"])
def test_addresses_of_screens_get_the_frame(ask, inner, path):
    answer = ask(FramePage(inner, "страница"), path)
    assert answer.body.decode() == "страница"
    assert answer.headers["cache-control"] == "no-cache"
    assert ask(FramePage(inner, "страница"), path, method="HEAD").body == b""


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/media/x", "/static/js/i.js", "/assets/icon.png", "/robots.txt", "/a/b"]
)
def test_other_addresses_pass(ask, inner, path):
    assert ask(FramePage(inner, "страница"), path).body == b"ok"


def test_a_browser_that_opens_a_mistyped_address_gets_the_frame(ask, inner):
    app = FramePage(inner, "страница")
    assert ask(app, "/help.py", headers={"accept": "text/html,*/*"}).body.decode() == "страница"
    assert ask(app, "/help.py").body == b"ok"


def test_every_answer_carries_the_headers_and_files_are_not_kept(ask, inner):
    app = SecurityHeaders(inner, "default-src 'self'")
    page = ask(app, "/help")
    assert page.headers["content-security-policy"] == "default-src 'self'"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "public"
    assert ask(app, "/media/abc.xlsx").headers["cache-control"] == "no-store"


def test_an_incident_logs_the_place_and_no_data(caplog):
    def read_row() -> None:
        raise ValueError("Иванов Пётр, СНИЛС 112-233-445 95")

    caplog.set_level(logging.ERROR, logger="quality")
    with pytest.raises(ValueError) as caught:
        read_row()
    code = record_incident(caught.value)
    assert len(code) == 8
    assert code.isdigit()
    assert code in caplog.text
    assert "read_row" in caplog.text
    assert "ValueError" in caplog.text
    assert "Иванов" not in caplog.text
    assert "112" not in caplog.text


def failing(message: str):
    async def app(connection, receive, send) -> None:
        await send({"type": "lifespan.startup.failed", "message": message})

    return app


@pytest.mark.parametrize(
    ("trace", "printed"),
    [
        ('Traceback\n  File "app.py"\nSystemExit: База повреждена.\n', "База повреждена."),
        ("Traceback\nValueError: x", "Traceback\nValueError: x"),
    ],
)
def test_a_refused_start_prints_one_sentence(trace, printed):
    messages = []

    async def send(message: dict) -> None:
        messages.append(message)

    completed(PlainRefusal(failing(trace))({"type": "lifespan"}, None, send))
    assert messages == [{"type": "lifespan.startup.failed", "message": printed}]
