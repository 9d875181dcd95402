"""The roles of the house, by the names that people read."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in an organisation. What a role may do stands in `core.people.roles`."""

    ADMINISTRATOR = "администратор"
    MUNICIPAL_SPECIALIST = "муниципальный специалист"
    MUNICIPAL_METHODIST = "муниципальный методист"
    DIRECTOR = "директор или заместитель"
    SCHOOL_METHODIST = "методист школы (ШМС)"
    ASSOCIATION_HEAD = "руководитель объединения"
    TEACHER = "учитель"
    MENTOR = "наставник"
    OBSERVER = "наблюдатель"
