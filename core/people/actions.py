"""What a person can do. Who may do it where stands in `core.people.roles`."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What a person can do; the Russian words are used in refusals («Нет права …»)."""

    VIEW = "смотреть результаты"
    VIEW_PUPILS = "смотреть результаты отдельных участников"
    UPLOAD = "загружать и отменять результаты"
    CONFIRM_FIELDS = "подтверждать проблемные поля и корпоративные дефициты"
    VIEW_DEFICITS = "смотреть доли педагогов с профессиональными дефицитами"
    VIEW_PERSONAL_DEFICITS = "смотреть личные профессиональные дефициты"
    VIEW_PRACTICES = "смотреть практики и клубы"
    OFFER_PRACTICES = "предлагать практики и обсуждать их"
    DECIDE_PRACTICES = "решать о практиках и вести встречи клубов"
    VIEW_RECOMMENDATIONS = "смотреть адресные рекомендации"
    EDIT_RECOMMENDATIONS = "писать и отправлять рекомендации"
    ANSWER_RECOMMENDATIONS = "отвечать на рекомендации"
    MANAGE_DIAGNOSTICS = "проводить диагностику педагогов"
    VIEW_ROADMAPS = "смотреть дорожные карты и заседания"
    EDIT_ROADMAPS = "вести дорожные карты"
    APPROVE_ROADMAPS = "утверждать дорожные карты приказом"
    HOLD_MEETINGS = "проводить заседания и согласовывать дорожные карты"
    VIEW_HELP = "смотреть наставничество и повышение квалификации"
    MANAGE_HELP = "вести наставничество и повышение квалификации"
    APPROVE_HELP = "утверждать программы наставничества, маршруты и заявки на курсы"
    VIEW_INDICATORS = "смотреть показатели мониторинга"
    ENTER_INDICATORS = "вносить и сдавать показатели"
    ACCEPT_INDICATORS = "принимать показатели подчинённых организаций"
    MANAGE_CYCLE = "вести управленческий цикл"
    EDIT_BLUEPRINTS = "изменять планы работ и шкалы"
    VIEW_PEOPLE = "смотреть сведения о педагогах и объединениях"
    MANAGE_ASSOCIATIONS = "вести методические объединения"
    MANAGE_TEACHERS = "вести список педагогов и нагрузку"
    EXPORT_PERSON = "выгружать всё, что хранится о человеке"
    ERASE_PERSON = "удалять персональные данные"
    MANAGE_ACCOUNTS = "вести учётные записи и роли"
    VIEW_AUDIT = "смотреть журнал изменений"
    MANAGE_ORGANISATIONS = "вести список организаций"
    MANAGE = "администрировать систему"
