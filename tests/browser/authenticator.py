"""The authenticator apps of fictional people. Each code is shown once, since the hub accepts each once."""

import time

import pyotp

STEP = 30
NEARLY_OVER = 25
"""Seconds of a step after which the code of the step before may come too late."""

_shown: dict[str, int] = {}


def next_code(secret: str) -> str:
    """Return a code that the hub accepts now and was not shown before; wait for one where all were shown."""
    while True:
        step, seconds = divmod(time.time(), STEP)
        earliest = int(step) - (seconds < NEARLY_OVER)
        chosen = max(earliest, _shown.get(secret, 0) + 1)
        if chosen <= int(step) + 1:
            _shown[secret] = chosen
            return pyotp.TOTP(secret).generate_otp(chosen)
        time.sleep(0.5)
