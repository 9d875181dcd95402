"""Opening a file: its bytes are inspected in the limited child process and then forgotten."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlmodel import Session

from core.blueprints.catalogue import catalogue
from core.intake.contract import Finding, Inspection, InspectionRequest
from core.intake.corrections import corrected
from core.intake.inspecting import inspect_workbook
from core.intake.preview import InspectedFile, UploadOptions
from core.people.ownership import owners_for
from core.people.scope import Action, Scope
from core.store.secrets import secret
from core.workbooks.allowed import Payload, Progress, engine_of, runs_in_child
from core.workbooks.pool import run_in_child
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused
from core.workbooks.wire import decode, encode

INSPECTION: Final = "core.intake.opening:inspect_packed"
_NAME_KEY: Final = "pupil-names"


def open_file(
    session: Session,
    scope: Scope,
    content: bytes,
    file_name: str,
    options: UploadOptions,
    progress: Progress | None = None,
) -> InspectedFile:
    """Return what the file holds; a file that cannot be read at all becomes an inspection with one error finding.

    Works only on the bytes and the reference data: nothing is stored, and no transaction is held while reading.
    """
    scope = scope.require(Action.UPLOAD)
    request = InspectionRequest(
        assessment=options.assessment,
        catalogue=catalogue(session, owners_for(session, scope)),
        name_key=secret(_NAME_KEY),
        mapping=options.mapping,
        corrections=options.corrections,
    )
    session.rollback()
    try:
        reply = run_in_child(INSPECTION, content, {"file_name": file_name, "request": encode(request)}, progress)
        inspection = decode(Inspection, reply.data)
    except FileRefused as refusal:
        inspection = Inspection(layout=None, findings=(_finding(refusal),))
    fingerprint = hashlib.sha256(content)
    if options.corrections:
        fingerprint.update(repr(options.corrections).encode())
    return InspectedFile(file_name, fingerprint.hexdigest(), inspection)


@runs_in_child
def inspect_packed(content: bytes, payload: Payload, progress: Progress) -> bytes:
    """Return the `Inspection` as a wire message; `payload` holds "file_name", "request" (packed) and "engine"."""
    packed = payload["request"]
    request = decode(InspectionRequest, packed) if isinstance(packed, bytes) else InspectionRequest()
    progress(0.1, "читаем таблицу")
    workbook = read_workbook(content, str(payload["file_name"]), engine_of(payload))
    progress(0.6, "проверяем результаты")
    return encode(inspect_workbook(corrected(workbook, request.corrections), request))


def _finding(refusal: FileRefused) -> Finding:
    place = refusal.place
    return Finding(
        "error",
        refusal.code,
        refusal.message,
        refusal.advice,
        sheet=place.sheet if place else None,
        row=place.row if place else None,
        column=place.column if place else None,
        field=place.field if place else None,
    )
