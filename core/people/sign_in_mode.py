"""Whether people sign in. Without signing in the program serves the one person at the computer where it runs."""

from __future__ import annotations

import os

VARIABLE = "QUALITY_SIGN_IN"
OFF = "off"


def is_sign_in_off() -> bool:
    """Say whether «один компьютер без паролей» is chosen: the variable QUALITY_SIGN_IN is «off».

    Then whoever sits at this computer is the local administrator, and no other computer is answered
    (`core.web.guard.only_this_computer`). The program does not start like this when accounts exist or when it is
    bound to an address that other computers reach.
    """
    return os.environ.get(VARIABLE, "").strip().lower() == OFF
