"""Recording a decision; the row waits for the commit of the change it tells of."""

import secrets
from collections.abc import Mapping

from hub.access.viewer import Viewer
from hub.audit.encoding import snapshot_hash
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.core.database import add_at_commit

SYSTEM = "system"
"""The actor of what no member did: commands and jobs."""


def record(
    viewer: Viewer,
    tag: str,
    subject: str,
    *,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Log one decision together with the running transaction.

    Args:
        viewer: who decided, with the roles in force; a viewer without public id stands for the system.
        tag: a value of `Event`.
        subject: what it is about, as `<thing>:<public id>`, at most 120 characters.
        reason: the decider's words or reason code.
        before: the thing before the change; only its hash is kept.
        after: the thing after the change; only its hash is kept.

    Raises:
        ValueError: the tag is unknown.
    """
    entry = AuditEntry(
        salt=secrets.token_hex(32),
        actor=viewer.public_id or SYSTEM,
        actor_roles=" ".join(sorted(viewer.roles)),
        subject=subject,
        tag=Event(tag).value,
        reason=reason,
        before_hash=snapshot_hash(before),
        after_hash=snapshot_hash(after),
    )
    add_at_commit(AuditChain.committing(entry))
