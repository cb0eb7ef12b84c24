"""What goes of suggestions: that they were told two years ago, and what others keep of who leaves the hub."""

from datetime import timedelta

from sqlalchemy import delete

from hub.core.clock import now
from hub.core.database import session
from hub.matching.models import Dismissal, Strength, SuggestionTold

TOLD_KEPT = timedelta(days=730)
"""How long it is known that somebody was told of a suggestion; after that it may be told again."""


def forget_told() -> int:
    """Forget of which suggestions members were told two years ago; return how many. Belongs into a transaction."""
    gone = session().execute(
        delete(SuggestionTold).where(SuggestionTold.told_at <= now() - TOLD_KEPT),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def forget_suggested(subject: str) -> None:
    """Delete that something was suggested to anybody: what they set aside, with their words, and were told of.

    Args:
        subject: what is gone, as the audit log names it.
    """
    for statement in (
        delete(Dismissal).where(Dismissal.subject == subject),
        delete(SuggestionTold).where(SuggestionTold.subject == subject),
        delete(Strength).where(Strength.subject == subject),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
