"""The rows of a form: who answered, what, and what cannot be understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np

from core.diagnostics.answers import NO_ANSWER
from core.diagnostics.contract import ANONYMOUS
from core.diagnostics.reading.mapping import NameKeys, ReadPerson, SurveyMapping
from core.diagnostics.reading.names import name_keys
from core.diagnostics.reading.scales import score_of, scores_of
from core.intake.cells import as_number, as_whole, cell_text, folded, is_blank
from core.intake.findings import Findings
from core.intake.matrix import MAX_SCORE
from core.intake.personal import masked, masked_score, named_in_code, surely_personal
from core.people.teachers import LONGEST_EXPERIENCE
from core.words import count_of, listing
from core.workbooks.grid import Cell, Sheet, column_letter

MOST_RESPONDENTS = 20_000
_REFUSAL = re.compile(r"\bне\b|\bнет\b|отказ|против")
_AGREEMENT = re.compile(r"^(?:да|yes|\+|1|истина|true|v|☑|✓|✔)$|соглас|^даю|разреша|подтвержда")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4})")
_YEARS = re.compile(r"\d{1,3}")
_SUMMARY = frozenset({"итого", "всего", "среднее", "сумма", "итог"})


@dataclass(slots=True)
class ReadRows:
    """What the rows of a form hold: parallel lists, one entry a respondent."""

    people: list[ReadPerson] = field(default_factory=list)
    scores: list[list[int]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    without_consent: int = 0


class RowReader:
    """Reads the rows of one sheet by its mapping; what is wrong goes to the findings."""

    def __init__(self, sheet: Sheet, mapping: SurveyMapping, name_key: bytes, findings: Findings) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._key = name_key
        self._findings = findings
        self._scores = scores_of(mapping.answers)
        self._read = ReadRows()
        self._places: dict[str, int] = {}

    def read(self) -> ReadRows:
        """Return the respondents who answered at least one question and did not refuse the processing."""
        cells = self._sheet.rows[self._mapping.first_row - 1 :]
        if len(cells) > MOST_RESPONDENTS:
            self._findings.add(
                "error", "too_many_rows", f"В таблице {len(cells)} строк, а читается не больше {MOST_RESPONDENTS}.",
                "Разделите файл на части, например по школам.", sheet=self._sheet.name,
            )
            return self._read
        for number, row in enumerate(cells, start=self._mapping.first_row):
            self._row(number, row)
        return self._read

    def _row(self, number: int, row: list[Cell]) -> None:
        if all(is_blank(_at(row, item.column)) for item in self._mapping.items):
            self._without_answers(number, row)
            return
        consent = self._consent(row)
        if self._mapping.consent is not None and not consent:
            self._read.without_consent += 1
            self._findings.add(
                "warning", "no_consent",
                f"В строке {number} нет согласия на обработку данных: ответы этого человека не будут сохранены.",
                "Попросите согласие и загрузите файл снова.",
                sheet=self._sheet.name, row=number, column=self._mapping.consent,
            )
            return
        scores = [self._score(number, row, place) for place in range(len(self._mapping.items))]
        self._check_total(number, row, scores)
        self._keep(number, self._person(number, row, consent), scores)

    def _without_answers(self, number: int, row: list[Cell]) -> None:
        named = [column for column in self._mapping.columns if not is_blank(_at(row, column))]
        if named and not any(folded(cell_text(cell)) in _SUMMARY for cell in row):
            self._findings.add(
                "warning", "no_answers", f"В строке {number} нет ни одного ответа: она пропущена.", "",
                sheet=self._sheet.name, row=number,
            )

    def _keep(self, number: int, person: ReadPerson, scores: list[int]) -> None:
        """Add the respondent; the later answers of somebody who answered twice take the place of the earlier ones."""
        code = person.keys.full or person.code
        place = self._places.get(f"{person.school}|{code}")
        if place is None:
            self._places[f"{person.school}|{code}"] = len(self._read.people)
            self._read.people.append(person)
            self._read.scores.append(scores)
            self._read.rows.append(number)
            return
        self._findings.add(
            "warning", "answered_twice",
            f"Один и тот же педагог ответил дважды: в строках {self._read.rows[place]} и {number}. "
            "Учтены последние ответы.", "Если это разные люди, дайте им разные коды.", sheet=self._sheet.name,
            row=number,
        )
        self._read.people[place], self._read.scores[place] = person, scores
        self._read.rows[place] = number

    def _consent(self, row: list[Cell]) -> bool | None:
        if self._mapping.consent is None:
            return None
        text = folded(cell_text(_at(row, self._mapping.consent)))
        return bool(_AGREEMENT.search(text)) and not _REFUSAL.search(text)

    def _score(self, number: int, row: list[Cell], place: int) -> int:
        item = self._mapping.items[place]
        cell = _at(row, item.column)
        if is_blank(cell):
            return NO_ANSWER
        if self._mapping.answers:
            found = score_of(cell, self._scores)
            if found is None:
                self._unknown_answer(number, item.column, item.text, cell)
            return NO_ANSWER if found is None else found
        points = as_whole(cell)
        if points is None or not 0 <= points <= (item.maximum if item.maximum is not None else MAX_SCORE):
            limit = f"от 0 до {item.maximum}" if item.maximum is not None else "целое число баллов"
            self._findings.add(
                "error", "points_wrong",
                f"Строка {number}, столбец {column_letter(item.column)}: балл «{masked_score(cell_text(cell))}» за "
                f"задание {item.code} невозможен.", f"Допустимо: {limit}. Исправьте ячейку.",
                sheet=self._sheet.name, row=number, column=item.column, field=item.code,
                value=masked_score(cell_text(cell)),
            )
            return NO_ANSWER
        return points

    def _unknown_answer(self, number: int, column: int, question: str, cell: Cell) -> None:
        text = masked(cell_text(cell))
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        known = listing([f"«{answer.text}»" for answer in self._mapping.answers], "или")
        self._findings.add(
            "error", "answer_unknown",
            f"Строка {number}, столбец {column_letter(column)}: ответа «{shown}» нет на шкале.",
            f"Ожидается {known}. Исправьте ячейку или добавьте ответ в шкалу на экране назначения столбцов.",
            sheet=self._sheet.name, row=number, column=column, field=question[:80], value=shown,
        )

    def _check_total(self, number: int, row: list[Cell], scores: list[int]) -> None:
        if self._mapping.total is None or self._mapping.answers:
            return
        stated = as_number(_at(row, self._mapping.total))
        counted = sum(score for score in scores if score != NO_ANSWER)
        if stated is not None and abs(stated - counted) > 1e-6:
            self._findings.add(
                "warning", "total_differs",
                f"Строка {number}: сумма баллов за задания {counted}, а в столбце итога "
                f"{cell_text(_at(row, self._mapping.total))}. Считаем по заданиям.", "Проверьте строку.",
                sheet=self._sheet.name, row=number, column=self._mapping.total,
            )

    def _person(self, number: int, row: list[Cell], consent: bool | None) -> ReadPerson:
        mapping = self._mapping
        names = [text for column in mapping.name if (text := cell_text(_at(row, column)))]
        code = cell_text(_at(row, mapping.code)) if mapping.code is not None else ""
        if code and named_in_code(code):
            names, code = names or [code], ""
        keys = name_keys(self._key, *names) if names else NameKeys()
        if not code:
            own = cell_text(_at(row, mapping.response_id)) if mapping.response_id is not None else ""
            code = keys.full or f"{ANONYMOUS}{own if own and not surely_personal(own) else number}"
        return ReadPerson(
            code=code[:64], keys=keys, school=_shown(row, mapping.school, 300),
            subject=_shown(row, mapping.subject, 120), position=_shown(row, mapping.position, 120),
            experience_years=_years(_at(row, mapping.experience)), consent=consent,
            answered_on=_day(_at(row, mapping.answered_at)),
        )


def with_maxima(mapping: SurveyMapping, read: ReadRows, findings: Findings) -> SurveyMapping:
    """Return the mapping of a test with the greatest points met in place of maxima that the file does not say."""
    unknown = [place for place, item in enumerate(mapping.items) if item.maximum is None]
    if mapping.answers or not unknown or not read.scores:
        return mapping
    met = np.array(read.scores).max(axis=0)
    findings.add(
        "warning", "maxima_met",
        f"В файле нет наибольших баллов ({count_of(len(unknown), 'задание')}): взяты наибольшие из набранных.",
        "Если никто не набрал полный балл, впишите строку с наибольшими баллами или исправьте их в тесте.",
        sheet=mapping.sheet, row=mapping.header_row,
    )
    items = tuple(
        replace(item, maximum=max(1, int(met[place]))) if item.maximum is None else item
        for place, item in enumerate(mapping.items)
    )
    return replace(mapping, items=items)


def _at(row: list[Cell], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None


def _shown(row: list[Cell], column: int | None, longest: int) -> str:
    text = cell_text(_at(row, column))
    return "" if surely_personal(text) else text[:longest]


def _years(cell: Cell) -> int | None:
    """Return full years of experience from «16», «16 лет», «более 20 лет»; None for what cannot be."""
    found = as_number(cell)
    if found is None:
        number = _YEARS.search(cell_text(cell))
        found = float(number.group()) if number else None
    return int(found) if found is not None and 0 <= found <= LONGEST_EXPERIENCE else None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.search(cell_text(cell))
    if found is None:
        return None
    year, month, day, other_day, other_month, other_year = found.groups()
    try:
        return date(int(year or other_year), int(month or other_month), int(day or other_day))
    except ValueError:
        return None
