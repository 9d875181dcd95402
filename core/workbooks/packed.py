"""The parts of a zip container, unpacked with counted bytes and checked sums; nothing is trusted or written to disk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from core.workbooks import refusals
from core.workbooks.limits import MAX_KEPT_BYTES, MAX_PARTS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FREE_BYTES

_ENCRYPTED_FLAG: Final = 0x1
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT: Final = re.compile(rb"<[A-Za-z_\x80-\xff]")
_XML_ENDINGS: Final = (".xml", ".rels", ".vml")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class PackedFile:
    """A zip archive in memory. `read` unpacks one part; all parts together may not exceed the limit."""

    def __init__(self, content: bytes) -> None:
        """Read the central directory of `content`; raise FileRefused when it is damaged, encrypted or hostile."""
        self._content = content
        self._sizes: dict[str, int] = {}
        self._largest: tuple[str, bytes] = ("", b"")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise refusals.damaged() from error
        if len(entries) > MAX_PARTS:
            raise refusals.too_many_parts()
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise refusals.encrypted()
        if any(_escapes(entry.orig_filename) for entry in entries):
            raise refusals.damaged()
        if len({entry.filename for entry in entries}) != len(entries):
            raise refusals.damaged()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts in the order of the directory."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        """Say whether the archive has this part."""
        return name in self._entries

    def size(self, name: str) -> int:
        """Return how many bytes a part has unpacked, 0 when it was not read yet."""
        return self._sizes.get(name, 0)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, checked against its sum; raise FileRefused if damaged, missing or too large.

        XML parts with a document type declaration (external entities, «billion laughs») are refused.
        """
        if name == self._largest[0]:
            return self._largest[1]
        entry = self._entries.get(name)
        if entry is None:
            raise refusals.damaged()
        raw = self._unpack(entry)
        if len(raw) != entry.file_size or zlib.crc32(raw) != entry.CRC:
            raise refusals.damaged()
        self._sizes[name] = len(raw)
        if name.lower().endswith(_XML_ENDINGS) or raw[:64].lstrip().startswith(b"<"):
            _refuse_document_type(raw)
        # The sheet of results is looked at again; one part is kept, so that memory stays bounded.
        if len(self._largest[1]) < len(raw) <= MAX_KEPT_BYTES:
            self._largest = (name, raw)
        return raw

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        start = entry.header_offset
        header = self._content[start : start + _LOCAL_HEADER.size]
        if start < 0 or len(header) < _LOCAL_HEADER.size:
            raise refusals.damaged()
        signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + entry.compress_size]
        if signature != b"PK\x03\x04" or len(packed) != entry.compress_size:
            raise refusals.damaged()
        others = sum(size for name, size in self._sizes.items() if name != entry.filename)
        most = min(MAX_UNPACKED_BYTES - others, max(RATIO_FREE_BYTES, MAX_RATIO * len(packed)))
        if entry.compress_type == zipfile.ZIP_STORED:
            if len(packed) > most:
                raise refusals.unpacks_too_large()
            return bytes(packed)
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise refusals.damaged()
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            raw = inflater.decompress(packed, most + 1)
        except zlib.error as error:
            raise refusals.damaged() from error
        if len(raw) > most:
            raise refusals.unpacks_too_large()
        if not inflater.eof:
            raise refusals.damaged()
        return raw


def _escapes(name: str) -> bool:
    """Say whether a part's name could leave a folder if somebody unpacked it to disk."""
    return "\\" in name or name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name


def _refuse_document_type(raw: bytes) -> None:
    """Raise FileRefused when the XML in `raw` declares a document type or hides behind UTF-16.

    A declaration can stand only before the root element, so the prolog alone is looked at.
    """
    if raw.startswith(_UTF16):
        raise refusals.hostile_xml()
    prolog = _PROLOG.match(raw)
    end = prolog.end() if prolog else 0
    if raw.startswith(b"<!", end):
        raise refusals.hostile_xml()
    if raw.startswith(b"<", end) and not _ROOT.match(raw, end):
        raise refusals.damaged()
