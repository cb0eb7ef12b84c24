"""Ending mails with the link that stands in them: one click in the mail program (RFC 8058), or a button on a page."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.alerts.searches import end_mails
from hub.core.database import transaction
from hub.core.i18n import N_
from hub.core.sealing import unsign
from hub.members.models import Member
from hub.members.queries import member_by_public_id
from hub.notifications.kinds import TOPIC_NAMES
from hub.notifications.models import Frequency, Topic
from hub.notifications.unsubscribing import PURPOSE, Scope, read_unsubscribing
from hub.web.access import public
from hub.web.account.blueprint import account
from hub.web.i18n import translate
from hub.web.limits import UNSUBSCRIBING, network, spend
from hub.web.links import sent_token, void_page
from hub.web.runtime import runtime

VOID = N_(
    "This link is damaged, or the account is gone. Sign in to choose what is mailed to you."
    " The link in a newer mail works without signing in."
)

DIGESTS = {
    Frequency.DAILY: N_("the daily mail of what is new"),
    Frequency.WEEKLY: N_("the weekly mail of what is new"),
}


@account.route("/unsubscribe", methods=["GET", "POST"])
@public
def unsubscribe() -> ResponseReturnValue:
    """Ask before mails end, or end them.

    A mail program sends the POST by itself, without cookies or a form token: who holds the signed link may. Opening
    the link changes nothing, because programs that look for harm open links too.
    """
    spend(UNSUBSCRIBING, key=network())
    found = _asked()
    if found is None:
        return _void()
    member, scope = found
    is_done = request.method == "POST"
    if is_done:
        with transaction():
            end_mails(member, scope)
    return render_template(
        "account/unsubscribe.html",
        token=sent_token(),
        topic=translate(TOPIC_NAMES[scope]) if isinstance(scope, Topic) else "",
        digest=translate(DIGESTS[scope]) if isinstance(scope, Frequency) else "",
        is_search=not isinstance(scope, Topic | Frequency),
        is_done=is_done,
    )


def _asked() -> tuple[Member, Scope] | None:
    """Return whom the link of this request is for and what it ends, or None where it is forged or they are gone."""
    value = unsign(runtime().settings.secret_key(), PURPOSE, sent_token())
    read = read_unsubscribing(value) if value else None
    member = member_by_public_id(read[0]) if read else None
    return (member, read[1]) if read and member else None


def _void() -> Response:
    return void_page(
        translate("Choose what is mailed to you"), url_for("account.notification_mails"), lead=VOID
    )
