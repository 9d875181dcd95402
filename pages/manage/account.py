"""Мой профиль: пароль, второй фактор, мои сеансы."""

from __future__ import annotations

import streamlit as st

from pages.manage.own.showing import show_account
from pages.widgets.session import require

require()
st.title("Мой профиль", anchor=False)
show_account()
