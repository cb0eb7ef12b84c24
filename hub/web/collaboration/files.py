"""Files sent in a conversation."""

from flask import Response

from hub.collaboration.conversations.queries import file_by_id
from hub.web.access import members_only
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.conversation import PATH, begun_about
from hub.web.files import send_stored
from hub.web.sessions import viewer


@collaboration.get(f"{PATH}/files/<file_id>")
@members_only
def message_file(public_id: str, response_id: str, file_id: str) -> Response:
    """Send a file to who may read the conversation at this moment."""
    _talk, begun = begun_about(public_id, response_id)
    return send_stored(file_by_id(begun, file_id, viewer()).file)
