"""Signing in through an OpenID Connect provider, where `[auth]` is configured in .streamlit/secrets.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from core.people.identities import Identity, sign_in_by_identity
from core.people.sign_in import Answer
from core.store.engine import default_engine
from pages.widgets.visitor import key

_TRIED = "provider_tried"


def is_provider_configured() -> bool:
    """Say whether the secrets name a provider."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def provider_button() -> None:
    """Offer the way through the provider, if there is one; `auth.title` in the secrets is its name."""
    if is_provider_configured():
        title = str(st.secrets["auth"].get("title", "единую учётную запись"))
        st.button(f"Войти через {title}", key="gate_provider", icon=":material/key:", on_click=_begin)


def provider_answer(address: str) -> Answer | None:
    """Return what comes of the identity that the provider has just proved, None when there is none."""
    if not is_provider_configured() or not _has_identity():
        return None
    identity = identity_of(st.user.to_dict())
    # One proof is looked at once in a tab: a refused one would fill the журнал with every run.
    if identity is None or st.session_state.get(_TRIED) == identity.issued_at:
        return None
    st.session_state[_TRIED] = identity.issued_at
    return sign_in_by_identity(default_engine(), key(), identity, address=address)


def identity_of(claims: Mapping[str, object]) -> Identity | None:
    """Return the identity that the claims of a token describe; None when an essential one is missing."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not isinstance(issuer, str) or not isinstance(subject, str) or not isinstance(issued, int | float):
        return None
    return Identity(
        issuer=issuer,
        subject=subject,
        email=str(claims.get("email") or ""),
        is_email_verified=claims.get("email_verified") is True,
        issued_at=datetime.fromtimestamp(issued, UTC),
    )


def leave_provider() -> bool:
    """End the provider's sign-in in this browser as well; say whether there was one."""
    if not is_provider_configured() or not _has_identity():
        return False
    st.logout()
    return True


def _has_identity() -> bool:
    return st.user.to_dict().get("is_logged_in") is True


def _begin() -> None:
    st.login()
