"""What goes of conversations when somebody leaves the hub: their words and files; that they wrote stays."""

from sqlalchemy import delete, select, update

from hub.collaboration.models import ConversationMessage, MessageFile, Participation
from hub.core.database import session
from hub.core.uploads import StoredFile
from hub.members.models import Member


def forget_words_of(member: Member) -> int:
    """Empty what a member wrote in conversations, with its files, and what is noted of their reading.

    Returns:
        How many messages are empty now.
    """
    own = select(ConversationMessage.id).where(ConversationMessage.author_id == member.id)
    files = session().scalars(select(MessageFile.file_id).where(MessageFile.message_id.in_(own))).all()
    unsynchronised = {"synchronize_session": False}
    for statement in (
        delete(MessageFile).where(MessageFile.message_id.in_(own)),
        delete(StoredFile).where(StoredFile.id.in_(files)),
        update(Participation)
        .where(Participation.member_id == member.id)
        .values(read_at=None, shows_reading=False),
    ):
        session().execute(statement, execution_options=unsynchronised)
    emptied = session().execute(
        update(ConversationMessage)
        .where(ConversationMessage.author_id == member.id, ConversationMessage.words != "")
        .values(words=""),
        execution_options=unsynchronised,
    )
    session().expire_all()
    return int(emptied.rowcount)  # type: ignore[attr-defined]
