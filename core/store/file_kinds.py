"""Which files may prove that a measure was carried out: recognised by content, never by name alone. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from core.errors import InvalidInput

MAX_BYTES: Final = 20 * 1024 * 1024
_MOST_ENTRIES: Final = 5000
_ALLOWED: Final = "PDF, Word, Excel, PowerPoint, OpenDocument, JPEG, PNG, TIFF, TXT и CSV"
_EXECUTABLE: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: Final = {
    b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"II*\x00": "tif", b"MM\x00*": "tif",
}
_OPEN_XML: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_DOCUMENT: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OLE_STREAMS: Final = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_SAME: Final = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
_MEDIA: Final = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "tif": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation", "doc": "application/msword",
    "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint", "txt": "text/plain", "csv": "text/csv",
}
_NOT_IN_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class FileKind:
    """An allowed kind: ending of the name without the dot, and media type for the download."""

    ending: str
    media_type: str


def file_kind(file_name: str, content: bytes) -> FileKind:
    """Return the kind of a file. Raises InvalidInput for what is too large, empty, a program, or not allowed."""
    shown = file_name[-80:]
    if not content:
        raise InvalidInput(f"Файл «{shown}» пуст.", "Выберите другой файл.")
    if len(content) > MAX_BYTES:
        size = len(content) / (1024 * 1024)
        raise InvalidInput(
            f"Файл «{shown}» занимает {size:.0f} МБ, а помещается {MAX_BYTES // (1024 * 1024)} МБ.",
            "Уменьшите файл или приложите ссылку на него.",
        )
    if content.startswith(_EXECUTABLE):
        raise InvalidInput(
            f"Файл «{shown}» – программа, её нельзя приложить как подтверждение.", f"Можно приложить: {_ALLOWED}."
        )
    named = _ending(file_name)
    found = _by_content(content, shown) or (named if named in ("txt", "csv") and _is_text(content) else None)
    if found is None:
        raise InvalidInput(f"Файл «{shown}» такого вида приложить нельзя.", f"Можно приложить: {_ALLOWED}.")
    if named != found:
        raise InvalidInput(
            f"Имя файла «{shown}» не отвечает содержимому: внутри {found.upper()}.",
            f"Переименуйте файл так, чтобы имя кончалось на «.{found}», или выберите другой.",
        )
    return FileKind(found, _MEDIA[found])


def _ending(file_name: str) -> str:
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    return _SAME.get(ending, ending)


def _by_content(content: bytes, shown: str) -> str | None:
    for signature, ending in _SIGNATURES.items():
        if content.startswith(signature):
            return ending
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content, shown)
    if content.startswith(_OLE):
        return _ole_kind(content, shown)
    return None


def _zip_kind(content: bytes, shown: str) -> str | None:
    """Return the kind of an office document; only the list of its parts and the short «mimetype» are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_ENTRIES:
                return None
            mimetype = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").strip()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise InvalidInput(f"Файл «{shown}» повреждён.", "Откройте его у себя и сохраните заново.") from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _with_macros(shown)
    return next((_OPEN_XML[name] for name in names if name in _OPEN_XML), _OPEN_DOCUMENT.get(mimetype))


def _ole_kind(content: bytes, shown: str) -> str | None:
    """Return the kind of an old office document by the names of its streams; installers look alike and are refused."""
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise _with_macros(shown)
    return next((ending for name, ending in _OLE_STREAMS.items() if name.encode("utf-16-le") in content), None)


def _with_macros(shown: str) -> InvalidInput:
    return InvalidInput(
        f"В файле «{shown}» есть макросы, такие файлы не принимаются.", "Сохраните его без макросов или как PDF."
    )


def _is_text(content: bytes) -> bool:
    return _NOT_IN_TEXT.search(content[:65536]) is None
