"""Opening a form: its bytes are inspected in the limited child process and then forgotten."""

from __future__ import annotations

import hashlib

from sqlmodel import Session

from core.diagnostics.catalogue import known_profiles, readable_instruments
from core.diagnostics.preview import InspectedSurvey, SurveyOptions
from core.diagnostics.reading.inspecting import INSPECTION
from core.diagnostics.reading.mapping import KnownScale, SurveyInspection, SurveyRequest
from core.diagnostics.reading.names import KEY_NAME
from core.intake.contract import Finding
from core.people.scope import Action, Scope
from core.store.secrets import secret
from core.workbooks.allowed import Progress
from core.workbooks.pool import run_in_child
from core.workbooks.refusals import FileRefused
from core.workbooks.wire import decode, encode


def open_survey(
    session: Session,
    scope: Scope,
    content: bytes,
    file_name: str,
    options: SurveyOptions,
    progress: Progress | None = None,
) -> InspectedSurvey:
    """Return what the file holds; a file that cannot be read at all becomes an inspection with one error finding.

    Works only on the bytes and the reference data: nothing is stored, and no transaction is held while reading.
    """
    scope = scope.require(Action.MANAGE_DIAGNOSTICS)
    scales = dict.fromkeys(view.answers for view in readable_instruments(session, scope) if view.answers)
    request = SurveyRequest(
        scales=tuple(map(KnownScale, scales)), profiles=known_profiles(session, scope), mapping=options.mapping,
        name_key=secret(KEY_NAME),
    )
    session.rollback()
    try:
        reply = run_in_child(INSPECTION, content, {"file_name": file_name, "request": encode(request)}, progress)
        inspection = decode(SurveyInspection, reply.data)
    except FileRefused as refusal:
        place = refusal.place
        finding = Finding(
            "error", refusal.code, refusal.message, refusal.advice, sheet=place.sheet if place else None,
            row=place.row if place else None, column=place.column if place else None,
        )
        inspection = SurveyInspection(layout=None, findings=(finding,))
    return InspectedSurvey(file_name, hashlib.sha256(content).hexdigest(), inspection)
