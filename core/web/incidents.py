"""Unexpected errors: a code for the user, the place in the program for the log, no data of people anywhere."""

from __future__ import annotations

import logging
import secrets
import traceback

_LOG = logging.getLogger("quality")


def record_incident(error: BaseException) -> str:
    """Log where an error arose and return its code, eight digits that the user can read out.

    The error's own text is left out: messages of databases and parsers quote values, names of people among them.
    """
    code = f"{secrets.randbelow(10**8):08d}"
    frames = traceback.extract_tb(error.__traceback__)
    chain = " <- ".join(type(one).__name__ for one in _causes(error))
    places = "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    _LOG.error("incident %s: %s\n%s", code, chain, places)
    return code


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain
