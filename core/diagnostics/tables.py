"""All tables of the room."""

from core.diagnostics import own_answers as own_answers  # its import lets packed answers be told to the person
from core.diagnostics.instrument_tables import (
    Competence,
    CompetenceBlock,
    Instrument,
    InstrumentAnswer,
    InstrumentItem,
    InstrumentKind,
    InstrumentLevel,
    SurveyProfile,
)
from core.diagnostics.remark_tables import AssociationNote, AttestationRemark, DeficitConfirmation
from core.diagnostics.wave_tables import DiagnosticWave, Response, SurveyUpload, SurveyUploadState, WaveKind

__all__ = [
    "AssociationNote",
    "AttestationRemark",
    "Competence",
    "CompetenceBlock",
    "DeficitConfirmation",
    "DiagnosticWave",
    "Instrument",
    "InstrumentAnswer",
    "InstrumentItem",
    "InstrumentKind",
    "InstrumentLevel",
    "Response",
    "SurveyProfile",
    "SurveyUpload",
    "SurveyUploadState",
    "WaveKind",
]
