"""What is refused before anything is parsed, each with a Russian sentence (security.md §5.2 A)."""

import io
import struct
import zipfile
import zlib

import pytest

from core.workbooks import limits
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused
from tests.workbooks.files import SHEET, changed, ods, packed, parts, without, xls, xlsx

CONTENT_TYPES = "[Content_Types].xml"
ENTITIES = b"""<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


def refusal(content, file_name):
    with pytest.raises(FileRefused) as caught:
        read_workbook(content, file_name)
    assert "Ѐ" <= caught.value.message[0] <= "ӿ"
    assert caught.value.message.endswith(".")
    return caught.value


def encrypted_zip():
    content = bytearray(xlsx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(signature)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(signature, start + 4)
    return bytes(content)


def ole_with(name):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(1024)


def with_type(old, new):
    return changed(xlsx(), CONTENT_TYPES, old, new)


@pytest.mark.parametrize(
    ("content", "file_name", "code", "words"),
    [
        pytest.param(b"", "a.xlsx", "file_empty", "Файл пуст", id="A01"),
        pytest.param(b"P" * (limits.MAX_PACKED_BYTES + 1), "a.xlsx", "file_too_large", "больше 40 МБ", id="A02"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), "a.xlsx", "file_wrong_format", "рисунок PNG", id="A03-png"),
        pytest.param(b"%PDF-1.7\n", "a.xlsx", "file_wrong_format", "документ PDF", id="A03-pdf"),
        pytest.param(b"%PDF-1.7\n", "a.csv", "file_wrong_format", "саму таблицу", id="A03-pdf-csv"),
        pytest.param("Код;Балл\n".encode(), "a.xlsx", "file_wrong_format", "расширению .xlsx", id="A03-text"),
        pytest.param(xls(), "a.xlsx", "file_wrong_format", "старом формате .xls", id="A04"),
        pytest.param(xlsx(), "a.xls", "file_wrong_format", "в формате .xlsx", id="A04-back"),
        pytest.param(ods(), "a.xlsx", "file_wrong_format", "в формате .ods", id="A04-ods"),
        pytest.param(xlsx(), "a.csv", "file_wrong_format", "не таблица CSV", id="A04-csv"),
        pytest.param(b"\xef\xbb\xbf<html><table>", "a.xls", "file_wrong_format", "веб-страница", id="A05"),
        pytest.param(ole_with("EncryptedPackage"), "a.xlsx", "file_encrypted", "паролем", id="A06"),
        pytest.param(encrypted_zip(), "a.xlsx", "file_encrypted", "паролем", id="A07"),
        pytest.param(xlsx()[: len(xlsx()) // 2], "a.xlsx", "file_damaged", "повреждён", id="A08-half"),
        pytest.param(xlsx()[:-22], "a.xlsx", "file_damaged", "повреждён", id="A08-end"),
        pytest.param(xls()[:1500], "a.xls", "file_damaged", "повреждён", id="A08-xls-start"),
        pytest.param(without(xlsx(), CONTENT_TYPES), "a.xlsx", "file_damaged", "повреждён", id="A10"),
        pytest.param(packed({"a.txt": b"x"}), "a.xlsx", "file_wrong_format", "архив с файлами", id="A10-zip"),
        pytest.param(without(xlsx(), "xl/workbook.xml"), "a.xlsx", "file_damaged", "повреждён", id="A11-book"),
        pytest.param(without(xlsx(), SHEET), "a.xlsx", "file_damaged", "повреждён", id="A11-sheet"),
        pytest.param(
            without(xlsx(), "xl/_rels/workbook.xml.rels"), "a.xlsx", "file_damaged", "повреждён", id="A11-rels"
        ),
        pytest.param(
            packed(parts(xlsx()) | {f"xl/media/{number}": b"" for number in range(limits.MAX_PARTS)}),
            "a.xlsx", "file_too_many_parts", "Слишком много частей", id="A13",
        ),
        pytest.param(packed(parts(xlsx()) | {"../../x": b"x"}), "a.xlsx", "file_damaged", "повреждён", id="A17"),
        pytest.param(packed(parts(xlsx()) | {"/etc/x": b"x"}), "a.xlsx", "file_damaged", "повреждён", id="A17-root"),
        pytest.param(xlsx(), "a.zip", "file_wrong_format", "Распакуйте архив", id="A18-zip"),
        pytest.param(xlsx(), "a.xlsm", "file_wrong_format", "макросы", id="A18-xlsm"),
        pytest.param(xlsx(), "a.xlsb", "file_wrong_format", ".xlsb", id="A18-xlsb"),
        pytest.param(
            with_type(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
            "a.xlsx", "file_wrong_format", "макросы", id="A18-macros-inside",
        ),
        pytest.param(
            with_type(b"spreadsheetml.sheet.main+xml", b"wordprocessingml.document.main+xml"),
            "a.xlsx", "file_wrong_format", "другой документ", id="A18-word",
        ),
        pytest.param(xlsx(), "a.xlsx.exe", "file_wrong_format", ".exe", id="A20-exe"),
        pytest.param(xlsx(), ".xlsx", "file_wrong_format", "нет расширения", id="A20-no-name"),
        pytest.param(b"%PDF-1.7\n" + xlsx(), "a.xlsx", "file_wrong_format", "документ PDF", id="G18"),
    ],
)  # fmt: skip
def test_is_refused_with_the_reason(content, file_name, code, words):
    error = refusal(content, file_name)
    assert error.code == code
    assert words in str(error)
    assert error.advice


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels", CONTENT_TYPES])
@pytest.mark.parametrize(
    "declaration",
    [ENTITIES, b'<!DOCTYPE x SYSTEM "file:///etc/passwd">', b"<!-- a --> <!DOCTYPE x>"],
    ids=["G02", "G01", "after-comment"],
)
def test_no_document_type_in_any_part(part, declaration):
    contents = parts(xlsx())
    head, separator, rest = contents[part].rpartition(b"?>")
    contents[part] = head + separator + declaration + rest
    assert refusal(packed(contents), "a.xlsx").code == "file_hostile_xml"


def test_a_document_type_in_utf16_is_refused_too():
    contents = parts(xlsx())
    contents[SHEET] = (ENTITIES.decode() + "<worksheet/>").encode("utf-16")
    assert refusal(packed(contents), "a.xlsx").code == "file_hostile_xml"


def test_bomb_is_stopped_by_counted_bytes():
    contents = parts(xlsx())
    contents["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"A" * (80 * 2**20) + b"</t></si></sst>"
    bomb = packed(contents)
    assert len(bomb) < 200_000
    assert refusal(bomb, "a.xlsx").code == "file_bomb"


def test_a_size_that_lies_is_refused():
    contents = parts(xlsx())
    contents["xl/extra.xml"] = b"<a>" + b" " * 100_000 + b"</a>"
    content = bytearray(packed(contents))
    real = struct.pack("<L", len(contents["xl/extra.xml"]))
    prefix = struct.pack("<L", zlib.crc32(contents["xl/extra.xml"][:100]))
    for signature, name_at, offset in ((b"PK\x03\x04", 30, 14), (b"PK\x01\x02", 46, 16)):
        start = content.find(signature)
        while content[start + name_at : start + name_at + 12] != b"xl/extra.xml":
            start = content.find(signature, start + 4)
        assert content[start + offset + 8 : start + offset + 12] == real
        content[start + offset : start + offset + 4] = prefix
        content[start + offset + 8 : start + offset + 12] = struct.pack("<L", 100)
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        assert len(archive.read("xl/extra.xml")) == 100
    assert refusal(bytes(content), "a.xlsx").code == "file_damaged"


def test_a_flipped_byte_inside_a_sheet_is_noticed():
    plain = xlsx()
    stored = bytearray(plain)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        entry = archive.getinfo(SHEET)
    stored[entry.header_offset + 30 + len(SHEET) + entry.compress_size // 2] ^= 0x10
    assert refusal(bytes(stored), "a.xlsx").code == "file_damaged"


@pytest.mark.parametrize(
    "file_name", ["Результаты 8А.XLSX", "../../8А.xlsx", "8А\n\u202e.xlsx", "я" * 300 + ".xlsx", "😀.xlsx"]
)
def test_odd_names_do_no_harm(file_name):
    assert read_workbook(xlsx(), file_name).sheets[0].rows[0] == ["Код", "Балл"]
