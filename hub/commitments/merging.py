"""Institutions of commitments follow an organisation that is merged; the name under which they stand there stays."""

from sqlalchemy import select, update

from hub.commitments.holding import hold_commitments
from hub.commitments.models import CommitmentParty
from hub.core.database import session


def commitments_merged(former_id: int, present_id: int) -> None:
    """Let commitments lead to what an organisation became; belongs into the merge.

    Args:
        former_id: the organisation that was merged.
        present_id: the one that it was merged into.
    """
    named = select(CommitmentParty.commitment_id).where(CommitmentParty.organisation_id == former_id)
    # who takes part decides who is free to judge evidence
    hold_commitments(session().scalars(named))
    session().execute(
        update(CommitmentParty)
        .where(CommitmentParty.organisation_id == former_id)
        .values(organisation_id=present_id),
        execution_options={"synchronize_session": False},
    )
    session().expire_all()
