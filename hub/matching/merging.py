"""What somebody set aside of an organisation stays aside under what it became."""

from sqlalchemy import delete, select, tuple_, update

from hub.core.database import session
from hub.matching.facts import Kind
from hub.matching.models import Dismissal


def dismissals_merged(former: str, present: str) -> None:
    """Let what was set aside of an organisation be set aside of what it became. Belongs into the merge.

    Args:
        former: slug of the organisation that was merged.
        present: slug of the one that it was merged into; who set both aside keeps what they said of this one.
    """
    old, new = f"{Kind.ORGANISATION}:{former}", f"{Kind.ORGANISATION}:{present}"
    both = select(Dismissal.member_id, Dismissal.purpose).where(Dismissal.subject == new)
    for statement in (
        delete(Dismissal).where(
            Dismissal.subject == old, tuple_(Dismissal.member_id, Dismissal.purpose).in_(both)
        ),
        update(Dismissal).where(Dismissal.subject == old).values(subject=new),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
    session().expire_all()
