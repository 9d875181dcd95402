"""The passport of the first screen: why these numbers, how they are counted, what they do not say."""

from __future__ import annotations

from core.words import academic_year, plural
from pages.glance.overview_parts.year import Year
from pages.widgets.passport import Passport, show_passport


def show_overview_passport(year: Year) -> None:
    """Show the passport."""
    works = plural(len(year.works), "работа", "работы", "работ")
    show_passport(Passport(
        audience="директору и его заместителям; педагог, руководитель объединения и специалист видят своё",
        source=f"{works} {academic_year(year.year)} учебного года, дорожные карты, записи о помощи педагогам, "
        "показатели с планом, управленческий цикл",
        method="Пять чисел идут по цепочке цикла: пришли ли данные, что западает, делается ли намеченное, доходит ли "
        "помощь до педагогов, достигнуты ли цели. В скобках 95 % интервал Уилсона. Стрелка стоит, только если "
        "изменение за год больше случайного (интервал Ньюкомба разности долей не включает ноль).",
        limits=(
            "Число западающих элементов зависит и от того, сколько учеников писали: в большой группе достоверно видно "
            "и небольшое отставание.",
            "Стрелка говорит, что изменение не случайно, но не говорит, почему оно произошло.",
        ),
        procedure="ВПР",
    ))
