"""The cookie that holds the token of a session: set by the server only, out of the reach of scripts."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

_PLAIN = "quality_session"
_HOST = "__Host-quality_session"


def cookie_name(secure: bool) -> str:
    """Return the cookie's name; under https a browser takes it from this very host only («__Host-», RFC 6265bis)."""
    return _HOST if secure else _PLAIN


def cookie_with(token: str, secure: bool) -> str:
    """Return the value of Set-Cookie that keeps the token until the browser is closed."""
    return _cookie(token, secure)


def cookie_without(secure: bool) -> str:
    """Return the value of Set-Cookie that removes the token."""
    return f"{_cookie('', secure)}; Max-Age=0"


def token_in(cookies: str, secure: bool) -> str | None:
    """Return the token that a request's Cookie header holds, None for none."""
    try:
        found = SimpleCookie(cookies).get(cookie_name(secure))
    except CookieError:
        return None
    return found.value if found is not None and found.value else None


def _cookie(value: str, secure: bool) -> str:
    ending = "; Secure" if secure else ""
    return f"{cookie_name(secure)}={value}; Path=/; HttpOnly; SameSite=Strict{ending}"
