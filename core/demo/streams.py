"""Random numbers that depend on the seed and on what they are for, never on the order of drawing."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What random numbers are for; the values are part of the seed and never change."""

    ROLL = 1
    SUBJECT = 2
    ITEMS = 3
    ANSWERS = 4
    JOURNAL = 5
    SCHOOL_SUBJECT = 6
    REFERENCE = 7
    NAMES = 8
    DRIFT = 9
    ATTENDANCE = 10
    TEACHERS = 11
    DIAGNOSTICS = 12
    MENTORSHIP = 13
    INDICATORS = 14


def generator(seed: int, stream: Stream, *path: int) -> np.random.Generator:
    """Return the generator for one purpose: the same numbers for the same seed, stream and path (whole, from 0)."""
    return np.random.default_rng([seed, int(stream), *path])
