"""Beginning a new draft with the words of one's earlier request."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.posting.copying import copy_request
from hub.core.database import transaction
from hub.web.access import members_only
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.own import own_request
from hub.web.i18n import translate
from hub.web.sessions import actor


@collaboration.post("/<public_id>/copy")
@members_only
def copy(public_id: str) -> ResponseReturnValue:
    """Copy the words of a request into a new draft, and open it."""
    request = own_request(public_id)
    with transaction():
        draft = copy_request(actor(), request)
    flash(translate("Copied into a new draft. Choose who may read it and until when, then send it."))
    return redirect(url_for("collaboration.draft", public_id=draft.public_id), code=303)
