"""Workbooks in every layout that people receive, written for the tests, with what is true of them.

A layout is a function that returns {sheet name: rows}; `file_formats.written` turns that into a file.
The frames are those of real files (domain.md §1.2-1.6, 2.1-2.3); pupils and scores are made up from a seed.
"""

import random
from dataclasses import dataclass, field

import numpy as np

from core.intake.contract import CatalogueEntry, CatalogueItem

JOURNAL = "Отметка за предыдущий триместр/ четверть/полугодие"
SURNAMES = ("Ветрова", "Лесной", "Снежина", "Полевой", "Озёрная")
NAMES = ("Анна", "Пётр", "Ольга", "Семён", "Майя")
PATRONYMICS = ("Олеговна", "Ильич", "Игоревна", "Львович", "Юрьевна")


@dataclass
class Truth:
    """What is true of a file: items with maxima, and the pupils' scores («X» as such), class by class."""

    codes: tuple[str, ...]
    maxima: tuple[int, ...]
    classes: list[tuple[str, str]]
    """(school, class) of each participant."""
    scores: list[list[int | str]]
    levels: tuple[str, ...] = ()
    names: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def totals(self) -> list[int]:
        return [sum(value for value in row if value != "X") for row in self.scores]

    @property
    def matrix(self) -> np.ndarray:
        return np.array([[-1 if value == "X" else value for value in row] for row in self.scores], dtype=np.int8)


def truth(
    maxima=(1, 2, 1, 3), codes=None, classes=(("edu000001", "А", 7), ("edu000001", "Б", 6), ("edu000002", "А", 8)),
    skipped=0.1, seed=1,
) -> Truth:
    """Return made-up results of the classes (school, letter, size)."""
    dice = random.Random(seed)
    codes = tuple(codes or map(str, range(1, len(maxima) + 1)))
    places = [(school, letter) for school, letter, size in classes for _ in range(size)]
    scores = [["X" if dice.random() < skipped else dice.randint(0, top) for top in maxima] for _ in places]
    count = len(places)
    names = [(f"{SURNAMES[i % 5]}{'абвгдежз'[i // 5 % 8]}", NAMES[i % 5], PATRONYMICS[i % 5]) for i in range(count)]
    return Truth(codes, tuple(maxima), places, scores, tuple("БП"[i % 2] for i in range(len(maxima))), names)


def mark(total: int, top: int) -> int:
    return 2 + min(3, 4 * total // max(top, 1))


# --- ВПР -------------------------------------------------------------------------------------------------------------


def collection_form(t: Truth, absent: int = 1, prepared: int = 40) -> dict[str, list[list]]:
    """Форма сбора результатов, 2026: classes are ordinal numbers, prepared rows show the formula's 0."""
    heads = [f"{code} ({top}б)" for code, top in zip(t.codes, t.maxima, strict=True)]
    rows = [["Код участника", "Вариант", *heads, "Порядковый номер класса", JOURNAL, "Итого баллов"]]
    ordinals = {place: index + 1 for index, place in enumerate(dict.fromkeys(t.classes))}
    for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True)):
        rows.append([f"{40001 + i}", 1 + i % 2, *row, ordinals[t.classes[i]], (4, 3, "нет отметки")[i % 3], total])
    rows += [[f"{49001 + i}", "отсутствовал", *[""] * len(heads), 1, "нет отметки", 0] for i in range(absent)]
    rows += [["", "", *[""] * len(heads), "", "", 0] for _ in range(prepared)]
    return {
        "Протокол": rows,
        "Служебный": [[1, 5], [2, 4], ["отсутствовал", 3], ["", 2], ["", "нет отметки"]],
        "Порядковый номер класса": [[number] for number in range(1, 50)],
    }


def export_2020(t: Truth) -> dict[str, list[list]]:
    heads = [f"a-{i + 1}-grade" for i in range(len(t.maxima))]
    rows = [["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum", *heads, "Учебник"]]
    for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True)):
        school, letter = t.classes[i]
        rows.append(["reg22_m009 | Заречный район", f"{school} | Школа {school[-1]}", i, 50001 + i, 4, "ж",
                     ("нет" if letter == "" else f"5{letter.lower()}"), 1, 2, total, *row, "Мерзляк"])
    return {"Sheet1": rows}


def export_2021(t: Truth, absent: int = 2) -> dict[str, list[list]]:
    heads = [f"балл за {i + 1}" for i in range(len(t.maxima))]
    rows = [["логин школы", "регион", "номер обучающегося", "код обучающегося",
             "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов", *heads, "Учебник",
             "Др.уч. автор", "Др.уч. название"]]
    for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True)):
        school, letter = t.classes[i]
        rows.append([school, 22, i + 1, f"{60001 + i}", 3, "М", letter.lower() or "НЕТ", 1, total, *row, "", "", ""])
    rows += [["edu000001", 22, 900 + i, f"{69001 + i}", "", "М", "А", 0, "", *[""] * len(heads), "", "", ""]
             for i in range(absent)]
    return {"Sheet": rows}


def export_2022(t: Truth, absent: int = 2) -> dict[str, list[list]]:
    heads = [f"{code} ({top}б)" for code, top in zip(t.codes, t.maxima, strict=True)]
    common = ["Пользователь", "Код региона", "Регион", "Муниципалитет", "Школа", "Дата загрузки"]
    rows = [[*common, "Код", "Вариант", *heads, "Наименование класса", "Пол", JOURNAL, "Итого баллов"]]
    for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True)):
        school, letter = t.classes[i]
        place = [school, 22, "Северная область", "Заречный район", f"{school} | МБОУ СОШ № {school[-1]}", "14.04.2022"]
        # Real exports mix numbers with texts, and Latin with Cyrillic «X» of both cases.
        cells = [("x", "X", "Х", "х")[i % 4] if value == "X" else str(value) if (i + k) % 3 == 0 else value
                 for k, value in enumerate(row)]
        name = (letter, letter.lower(), f"8{letter}")[i % 3]
        rows.append([*place, f"{80001 + i}", 1, *cells, name, "мЖ"[i % 2], "" if i % 4 else 5, total])
    rows += [["edu000001", 22, "Северная область", "Заречный район", "edu000001 | МБОУ СОШ № 1", "14.04.2022",
              f"{89001 + i}", "отсутствовал", *[""] * len(heads), "А", "", "нет отметки", ""] for i in range(absent)]
    return {"Классы": [[*common, 'Буква (цифра) класса. Введите "нет", если класс один']], "Протокол": rows}


def frame(report: str, top: int, work: str = "Математика", grade: int = 4, year: int = 2026) -> list[list]:
    """The seven rows above the header of every ФИС ОКО report."""
    return [[report], [], [f"ВПР {year} {work} {grade} класс"], ["Предмет:", work],
            ["Максимальный первичный балл:", top], ["Дата:", f"20.04.{year}"], []]


def fisoko_individual(t: Truth) -> dict[str, list[list]]:
    rows = frame("Индивидуальные результаты", sum(t.maxima))
    rows[6] = ["", "", "Уровень сложности задания", "", "", "", *t.levels]
    heads = [f"{code} ({top}б)" for code, top in zip(t.codes, t.maxima, strict=True)]
    rows.append(["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", *heads, "Первичный балл",
                 "Отметка", "Отметка по журналу"])
    last = ""
    for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True)):
        school, letter = t.classes[i]
        if school != last:
            size = sum(place[0] == school for place in t.classes)
            rows.append([f"МБОУ СОШ № {school[-1]}({school})", f"Кол-во участников: {size}"])
            last = school
        rows.append([school, "Заречный район", f"МБОУ СОШ № {school[-1]}", f"{40001 + i}", f"4{letter}", 1, *row, total,
                     mark(total, sum(t.maxima)), 4])
    return {"МА 4 Индивидуальные результаты": rows}


GROUPS = ("Вся выборка", "Северная область", "Заречный район(reg22_m009)", "МБОУ СОШ № 1(edu000001)")


def fisoko_marks() -> dict[str, list[list]]:
    rows = frame("Статистика по отметкам", 17)
    rows.append(["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5])
    rows += [[name, "" if "edu" in name else 6, 100 + i, 10.5, 30.5, 40, 19] for i, name in enumerate(GROUPS)]
    return {"МА 4 Статистика по отметкам": rows}


def fisoko_journal() -> dict[str, list[list]]:
    rows = frame("Сравнение отметок с отметками по журналу", 17)
    rows.append(["Группы участников", "Кол-во участников", "Понизили (Отметка < Отметка по журналу) %",
                 "Понизили Кол-во участников", "Подтвердили (Отметка = Отметке по журналу) %",
                 "Подтвердили Кол-во участников", "Повысили (Отметка > Отметка по журналу) %",
                 "Повысили Кол-во участников"])
    rows += [[name, 100, 20.5, 20, 69.5, 70, 10, 10] for name in GROUPS]
    return {"МА 4 Сравнение отметок с отметк": rows}


def fisoko_journal_old() -> dict[str, list[list]]:
    """Three rows a group and their sum, as exported in 2019-2022."""
    rows = frame("Сравнение отметок с отметками по журналу", 17, year=2021)
    rows.append(["Группы участников", "Кол-во участников", "%"])
    for name in GROUPS:
        rows += [[name], ["Понизили (Отметка < Отметка по журналу) %", 20, 20.5],
                 ["Подтвердили (Отметка = Отметке по журналу) %", 70, 69.5],
                 ["Повысили (Отметка > Отметка по журналу) %", 10, 10], ["Всего", 100, 100]]
    return {"МА 4 Сравнение отметок": rows}


def fisoko_scores() -> dict[str, list[list]]:
    rows = frame("Распределение первичных баллов", 5)
    rows.append(["Группы участников", "Кол-во ОО", "Кол-во участников", 0, 1, 2, 3, 4, 5])
    rows += [[name, "", 100, 10, 20, 30, 20, 15, 5] for name in GROUPS]
    return {"МА 4 Распределение первичных ба": rows}


def fisoko_items(t: Truth) -> dict[str, list[list]]:
    rows = frame("Выполнение заданий", sum(t.maxima))
    rows.append(["Группы участников", "Кол-во ОО", "Кол-во участников", *t.codes])
    rows.append(["", "", "Макс балл", *t.maxima])
    rows += [[name, "", 100, *(50.25 + k for k in range(len(t.codes)))] for name in GROUPS]
    return {"МА 4 Выполнение заданий": rows}


def fisoko_groups(t: Truth) -> dict[str, list[list]]:
    rows = frame("Выполнение заданий группами участников", sum(t.maxima))
    rows.append(["Группы участников", "Кол-во участников", *t.codes])
    rows.append(["", "Макс балл", *t.maxima])
    for name in GROUPS:
        rows.append([name, 100])
        rows += [[f"Ср.% вып. уч. гр.баллов {m}", 25, *([10 * m] * len(t.codes))] for m in (2, 3, 4, 5)]
    return {"МА 4 Выполнение заданий группам": rows}


def fisoko_outcomes(t: Truth) -> dict[str, list[list]]:
    rows = frame("Достижение планируемых результатов", sum(t.maxima))
    rows.append(["Номер задания", "Блоки ПООП обучающийся научится / получит возможность научиться или проверяемые "
                 "требования (умения) в соответствии с ФГОС (ФК ГОС)", "Макс балл", *GROUPS[1:], "РФ"])
    rows += [[code, f"{code}. Умение {code}", top, 60.5, 61.5, 62.5, 63.5]
             for code, top in zip(t.codes, t.maxima, strict=True)]
    return {"МА 4 Достижение планируемых рез": rows}


# --- ГИА -------------------------------------------------------------------------------------------------------------

OGE = CatalogueEntry(
    "ОГЭ", "Математика", 9, 2026, 2026,
    (*(CatalogueItem(str(i), 1, False) for i in range(1, 5)), CatalogueItem("5", 2, True), CatalogueItem("6", 3, True)),
)
EGE = CatalogueEntry(
    "ЕГЭ", "Математика профильная", 11, 2026, 2026,
    (*(CatalogueItem(str(i), 1, False) for i in range(1, 4)), CatalogueItem("4", 2, True)),
)
MIXED = CatalogueEntry(
    "ОГЭ", "Русский язык", 9, 2026, 2026,
    (CatalogueItem("1", 2, True), CatalogueItem("2", 1, False), CatalogueItem("3", 2, False),
     CatalogueItem("4", 3, True)),
)
"""Extended, short, short, extended: the strings are not in the order of the items."""


def exam(entry: CatalogueEntry, classes=(("417000", "А", 6), ("417000", "Б", 5), ("417001", "А", 7)), seed=3) -> Truth:
    """Return made-up results of an exam with the items of a catalogue's entry; nothing is skipped."""
    return truth(
        [item.max_score for item in entry.items], [item.code for item in entry.items], classes, skipped=0, seed=seed
    )


def strings(row: list[int], entry: CatalogueEntry) -> tuple[str, str]:
    """Return the two result strings of a participant."""
    short, long = "", ""
    for item, value in zip(entry.items, row, strict=True):
        if item.extended:
            long += f"{value}({item.max_score})"
        else:
            short += ("-+"[value] if item.max_score == 1 else str(value))
    return short, long


def oge_sparse(
    t: Truth, entry: CatalogueEntry = OGE, title: str = "02 - Математика 2026.06.02"
) -> dict[str, list[list]]:
    """A Crystal Reports export: merged cells leave every second column empty."""
    rows = [["Протокол проверки результатов"], ["20 - Северная область"], [], [title], []]
    heads = ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код МСУ", "Фамилия", "Имя", "Отчество",
             "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Оценка"]
    rows.append(sparse(heads))
    rows += [sparse([i + 1, int(t.classes[i][0]), f"9{t.classes[i][1]}", 417, "0001", 12, *t.names[i],
                     *strings(row, entry), total, mark(total, sum(t.maxima))])
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"Page 1": rows}


def sparse(cells: list) -> list:
    return [value for cell in cells for value in (cell, "")][:-1]


def oge_dense(t: Truth, entry: CatalogueEntry = OGE) -> dict[str, list[list]]:
    """The legacy form with codes of registration and documents."""
    rows = [["02 - Математика 2026.06.02"],
            ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Код участника/регистрации", "Фамилия", "Имя", "Отчество",
             "Серия", "Номер", "Ответы в краткой форме", "Ответы в развернутой форме", "Первичный балл", "Оценка"]]
    rows += [[i + 1, int(t.classes[i][0]), f"9{t.classes[i][1]}", 417, "0001", f"2077{i:04d}", *t.names[i], "4510",
              f"{123000 + i}", *strings(row, entry), total, mark(total, sum(t.maxima))]
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"Лист1": rows}


def ege_variant_a(t: Truth, entry: CatalogueEntry = EGE) -> dict[str, list[list]]:
    rows = [["Протокол проверки результатов ЕГЭ"], [], ["02 - Математика профильная 2026.05.29"], []]
    rows.append(sparse(["№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество",
                        "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл",
                        "Тестовый балл"]))
    rows += [sparse([i + 1, 12, int(t.classes[i][0]), f"11{t.classes[i][1]}", 417, "0001", *t.names[i],
                     *strings(row, entry), total, 10 * total])
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"Page 1": rows}


def ege_variant_b(t: Truth, entry: CatalogueEntry = EGE) -> dict[str, list[list]]:
    rows = [["02 - Математика профильная 2026.05.29"],
            ["№", "Код МСУ", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество",
             "Документ (серия, номер)", "Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл",
             "Балл"]]
    rows += [[i + 1, 12, int(t.classes[i][0]), f"11{t.classes[i][1]}", 417, "0001", *t.names[i], f"4510 {123000 + i}",
              *strings(row, entry), total, 10 * total]
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"Лист1": rows}


def ege_compact(t: Truth, entry: CatalogueEntry = EGE) -> dict[str, list[list]]:
    rows = [["02 - Математика профильная 2026.05.29"],
            ["№", "Код ППЭ", "Код ОО", "Класс", "Код ООП", "Профиль", "Фамилия", "Имя", "Отчество", "Вариант",
             "Код участника", "№ бланка", "Ответы в краткой форме", "Ответы в развернутой форме", "Первичный балл",
             "Итоговый балл"]]
    rows += [[i + 1, 417, int(t.classes[i][0]), f"11{t.classes[i][1]}", "01", "технологический", *t.names[i], 305,
              f"2077{i:04d}", f"99{i:06d}", *strings(row, entry), total, 10 * total]
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"Лист1": rows}


def ris(t: Truth, entry: CatalogueEntry = OGE) -> dict[str, list[list]]:
    rows = [["SchoolCode", "ClassCode", "StationCode", "AuditoriumCode", "GovernmentCell", "SurnameCell", "NameCell",
             "SecondNameCell", "DocumentSeriesCode", "DocumentNumberCode", "TestResultBCell", "TestResultCCell",
             "PrimaryMark", "Mark5"]]
    rows += [[t.classes[i][0], f"9{t.classes[i][1]}", 417, 1, 12, *t.names[i], "4510", f"{123000 + i}",
              *strings(row, entry), total, mark(total, sum(t.maxima))]
             for i, (row, total) in enumerate(zip(t.scores, t.totals, strict=True))]
    return {"ris": rows}


def appeals() -> dict[str, list[list]]:
    return {"Апелляции": [
        ["Экзамен", "Код ОО", "Класс", "Фамилия", "Имя", "Состояние апелляции", "Текущие", ""],
        ["", "", "", "", "", "", "Первичный балл", "Оценка"],
        ["Математика(2026.06.02)", 417000, "9А", "Ветрова", "Анна", "Отклонена", 12, 3],
    ]}


# --- tables of analysts and of schools -------------------------------------------------------------------------------

_TIDY = ["Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО", "Кол-во участников"]


def tidy_marks() -> dict[str, list[list]]:
    rows = [[*_TIDY, 2, 3, 4, 5]]
    rows += [[year, grade, subject, "Заречный район", f"edu00000{k}", f"Школа № {k}", 40 + k, 10, 30, 40, 20]
             for year in (2024, 2025) for grade, subject in ((4, "Русский язык"), (5, "Математика")) for k in (1, 2)]
    return {"Лист1": rows}


def tidy_scores() -> dict[str, list[list]]:
    rows = [[*_TIDY, *range(0, 6)]]
    rows += [[2025, 4, "Математика", "Заречный район", f"edu00000{k}", f"Школа № {k}", 40, 10, 10, 20, 30, 20, 10]
             for k in (1, 2, 3)]
    return {"Лист1": rows}


def tidy_bias() -> dict[str, list[list]]:
    rows = [["Год", "Муниципалитет", "Логин", "ОО", "4 РУ", "4 МА", "5 РУ", "Количество маркеров"]]
    rows += [[2025, "Заречный район", f"edu00000{k}", f"Школа № {k}", 1, 0, "", 1] for k in (1, 2)]
    return {"Лист1": rows}


def wide(t: Truth, maxima: bool = True, title: str | None = "Региональный мониторинг, Математика, 8 класс, 2025/2026",
         total: str | None = "Балл") -> dict[str, list[list]]:
    """A table as in schools: code, class, items, total; the maxima in a row of their own."""
    rows: list[list] = [[title], []] if title else []
    rows.append(["Код участника", "Класс", *t.codes, *([total] if total else [])])
    if maxima:
        rows.append(["Макс. балл", "", *t.maxima, *([sum(t.maxima)] if total else [])])
    rows += [[f"M{i:05d}", f"8{t.classes[i][1]}", *row, *([t.totals[i]] if total else [])]
             for i, row in enumerate(t.scores)]
    return {"Результаты": rows}


def survey() -> dict[str, list[list]]:
    heads = [f"{i}. Планирование: насколько успешно Вы решаете задачу {i}?" for i in range(1, 8)]
    rows = [["ID", "Время создания", "Согласие на обработку данных", "Код педагога", "Предмет", *heads]]
    rows += [[7000 + i, "2026-09-01 10:00:00", "Да", f"П-{i:03d}", "Физика", *["Успешно решаю"] * 7] for i in range(9)]
    return {"Ответы на форму": rows}
