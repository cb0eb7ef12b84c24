"""Checks of the signed checkpoints of the audit log: is the key there and fit, and was one made lately?"""

from collections.abc import Iterator
from datetime import timedelta

from hub.audit.checkpoints.keys import NoKeyError, origin_of, private_of
from hub.audit.checkpoints.queries import end_of_log, key_in_use, latest_checkpoint
from hub.cli.doctor.findings import Finding, Situation, ok, problem, warning
from hub.core.clock import now

LONGEST_PAUSE = timedelta(hours=2)
"""The worker makes one an hour."""


def key(situation: Situation) -> Iterator[Finding]:
    """Look whether the private half of the key in use is there, and signs for the address of the hub."""
    row = key_in_use()
    if row is None:
        return
    try:
        private_of(situation.settings, row)
    except NoKeyError as error:
        yield problem("No checkpoint of the audit log can be signed.", str(error))
        return
    origin = origin_of(situation.settings)
    if row.name != origin:
        yield warning(
            f"Checkpoints are signed in the name of {row.name}, and the hub's address makes it {origin}.",
            "If the hub moved for good, run `hub audit rotate-key` and tell those who check it.",
        )
    else:
        yield ok("The key that signs checkpoints is there.")


def pause(situation: Situation) -> Iterator[Finding]:
    """Look whether a checkpoint was made lately."""
    del situation
    latest = latest_checkpoint()
    entries, _ = end_of_log()
    if latest is None:
        if entries:
            yield warning(
                "No checkpoint of the audit log has been signed yet.",
                "The worker signs one an hour; `hub audit checkpoint` signs one now.",
            )
    elif now() - latest.made_at > LONGEST_PAUSE:
        yield problem(
            f"The last checkpoint of the audit log was signed on {latest.made_at:%Y-%m-%d %H:%M} UTC.",
            "See that the worker runs, and what it logs: it does not sign a log that was rewritten.",
        )
    else:
        yield ok("A checkpoint of the audit log was signed within two hours.")
