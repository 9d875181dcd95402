"""Files that cannot be taken: one exception with a stable slug, a Russian sentence and advice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import InvalidInput, Place
from core.workbooks.limits import MAX_PACKED_BYTES

RESAVE = "Откройте файл в Excel или LibreOffice и сохраните его как «Книга Excel (.xlsx)», затем загрузите снова."
DOWNLOAD_AGAIN = "Скачайте файл заново или попросите отправителя прислать его ещё раз."


class FileRefused(InvalidInput):
    """The file as a whole cannot be read. `code` is a stable English slug for findings and tests."""

    def __init__(self, code: str, message: str, advice: str = "", place: Place | None = None) -> None:
        super().__init__(message, advice, place)
        self.code = code


class Damaged(FileRefused):
    """The file is broken or was cut."""


def empty_file() -> FileRefused:
    """Return the refusal of a file of 0 bytes."""
    return FileRefused("file_empty", "Файл пуст.", "Проверьте, что выбран нужный файл, и сохраните его ещё раз.")


def too_large() -> FileRefused:
    """Return the refusal of a file above `MAX_PACKED_BYTES`."""
    return FileRefused(
        "file_too_large",
        f"Файл больше {MAX_PACKED_BYTES // 2**20} МБ.",
        "Уберите из книги рисунки и лишние листы или разделите её на несколько файлов.",
    )


def damaged() -> Damaged:
    """Return the refusal of a broken or cut file."""
    return Damaged("file_damaged", "Файл повреждён или загружен не полностью.", DOWNLOAD_AGAIN)


def encrypted() -> FileRefused:
    """Return the refusal of a workbook that opens with a password."""
    return FileRefused(
        "file_encrypted",
        "Файл защищён паролем, прочитать его нельзя.",
        "Откройте файл в Excel с паролем, снимите защиту (Файл → Сведения → Защита книги) и сохраните снова.",
    )


def hostile_xml() -> FileRefused:
    """Return the refusal of a workbook whose XML declares a document type (entities)."""
    return FileRefused(
        "file_hostile_xml",
        "В файле есть недопустимое объявление XML (DOCTYPE): такие файлы не принимаются, потому что опасны.",
        RESAVE,
    )


def unpacks_too_large() -> FileRefused:
    """Return the refusal of a zip bomb."""
    return FileRefused(
        "file_bomb",
        "Файл при распаковке становится слишком большим: так устроены файлы, которые выводят программу из строя.",
        "Скопируйте только таблицу с результатами в новую книгу, сохраните её и загрузите.",
    )


def too_many_parts() -> FileRefused:
    """Return the refusal of an archive with more than `MAX_PARTS` parts."""
    return FileRefused(
        "file_too_many_parts",
        "Слишком много частей внутри файла: это не похоже на обычную книгу Excel.",
        "Скопируйте только таблицу с результатами в новую книгу, сохраните её и загрузите.",
    )


def no_table() -> FileRefused:
    """Return the refusal of a workbook in which no sheet holds a cell."""
    return FileRefused(
        "workbook_empty",
        "В книге нет листа с таблицей.",
        "Проверьте, что выбран нужный файл: все его листы пусты или содержат только диаграммы.",
    )


def too_many_sheets(count: int, limit: int) -> FileRefused:
    """Return the refusal of a workbook with more sheets than `limit`."""
    return FileRefused(
        "workbook_too_many_sheets",
        f"Листов в книге: {count}, принимается не больше {limit}.",
        "Разделите книгу на несколько файлов.",
    )


def too_many_rows(sheet: str, row: int, limit: int) -> FileRefused:
    """Return the refusal of a sheet that reaches below `limit` rows."""
    return FileRefused(
        "sheet_too_long",
        f"Данные доходят до строки {row}, принимается не больше {spaced(limit)} строк.",
        "Нажмите в Excel Ctrl+End: если под таблицей есть лишние строки, удалите их; иначе разделите файл.",
        Place(sheet=sheet, row=row),
    )


def too_many_columns(sheet: str, letter: str, limit: int) -> FileRefused:
    """Return the refusal of a sheet that reaches beyond `limit` columns."""
    return FileRefused(
        "sheet_too_wide",
        f"Данные доходят до столбца {letter}, принимается не больше {limit} столбцов.",
        "Нажмите в Excel Ctrl+End: если правее таблицы есть лишние столбцы, удалите их.",
        Place(sheet=sheet, column=letter),
    )


def spaced(number: int) -> str:
    """Return a whole number with thin groups of three digits: 250 000 (no-break spaces)."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def unreadable_table() -> FileRefused:
    """Return the refusal of a file on which the reader gave up and for which there is no second reader."""
    return FileRefused(
        "file_unreadable",
        "Файл устроен необычно, прочитать его не удалось.",
        "Скопируйте только таблицу с результатами в новую книгу, сохраните её как .xlsx и загрузите.",
    )


@contextmanager
def refuse_what_breaks() -> Iterator[None]:
    """Turn whatever a parser raises on a broken file into `damaged`.

    Parsers of broken files raise nearly anything, and a panic of calamine reaches Python as a BaseException that is no
    Exception; hence the wide net. Keep it around the parser's own calls only.
    """
    try:
        yield
    except (FileRefused, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise (encrypted() if _speaks_of_password(error) else damaged()) from error


def _speaks_of_password(error: BaseException) -> bool:
    return "Password" in type(error).__name__ or "encrypted" in str(error)
