"""One's own messages: what came, what was sent, one exchange; whom one blocked, and what one reported."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError

from hub.collaboration.conversations.queries import conversations_with_news
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.messages.queries import (
    Box,
    answered_by,
    answers_to,
    blocks_of,
    message_by_id,
    messages_of,
    unread_messages,
)
from hub.members.messages.service import read_message, refusal
from hub.members.models import ContactMessage
from hub.members.models.messages import MESSAGE_LENGTH
from hub.members.profiles.queries import visible_member_ids
from hub.vetting.abuse.queries import reports_by
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.members.reporting import ask_about
from hub.web.members.sending import deliver
from hub.web.sessions import actor, viewer

PER_PAGE = 20


class AnswerForm(HubForm):
    """An answer to a message; what it is about stays the same."""

    words = text_field(
        _l("Your answer"), MESSAGE_LENGTH, filled(_l("Write what you want to say.")), area=True
    )


@account.get("/account/messages")
@members_only
def messages() -> ResponseReturnValue:
    """List the messages that came."""
    return box_page(Box.RECEIVED)


@account.get("/account/messages/sent")
@members_only
def sent_messages() -> ResponseReturnValue:
    """List the messages that were sent."""
    return box_page(Box.SENT)


def box_page(box: Box) -> str:
    """Return the page of one list of messages."""
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    page = messages_of(viewer(), box, asked)
    others = {each.receiver_id if box is Box.SENT else each.sender_id for each in page.items}
    return render_template(
        "account/messages.html",
        box=box.value,
        page=page,
        shown=visible_member_ids(others, viewer()),
        unread=unread_messages(viewer()),
        conversations=conversations_with_news(viewer()) if box is Box.RECEIVED and page.number == 1 else (),
    )


@account.get("/account/messages/blocked")
@members_only
def blocked_members() -> ResponseReturnValue:
    """List whom one blocked."""
    blocks = blocks_of(viewer())
    shown = visible_member_ids({each.blocked_id for each in blocks}, viewer())
    return render_template("account/messages_blocked.html", blocks=blocks, shown=shown)


@account.get("/account/messages/reports")
@members_only
def abuse_reports() -> ResponseReturnValue:
    """List what one reported as abuse, with the answers."""
    reports = reports_by(viewer())
    shown = visible_member_ids({each.about_id for each in reports}, viewer())
    return render_template("account/messages_reports.html", reports=reports, shown=shown)


@account.get("/account/messages/<public_id>")
@members_only
def message(public_id: str) -> ResponseReturnValue:
    """Show one message, and note that its receiver has opened it."""
    found = message_by_id(public_id, viewer())
    if found.receiver_id == viewer().member_id and found.read_at is None:
        note_opened(found)
    return message_page(message_by_id(public_id, viewer()), AnswerForm(formdata=None))


@account.post("/account/messages/<public_id>/answer")
@members_only
def answer_message(public_id: str) -> ResponseReturnValue:
    """Send an answer to a message that came."""
    found = received(public_id)
    form = AnswerForm()

    def act() -> ResponseReturnValue:
        deliver(found.sender, subject=found.subject, words=form.words.data or "", answers=found)
        flash(translate("Your answer is sent."))
        return redirect(url_for("account.message", public_id=public_id), code=303)

    return ask(form, act, lambda: message_page(found, form), also=(ForbiddenError, ConflictError))


@account.route("/account/messages/<public_id>/report", methods=["GET", "POST"])
@members_only
def report_message(public_id: str) -> ResponseReturnValue:
    """Report a message that came to the coordinators, who read it with the report."""
    found = received(public_id)
    return ask_about(found.sender, found, url_for("account.message", public_id=public_id))


def received(public_id: str) -> ContactMessage:
    """Return a message that who is signed in received.

    Raises:
        NotFoundError: there is none, or they wrote it themselves.
    """
    found = message_by_id(public_id, viewer())
    if found.receiver_id != viewer().member_id:
        raise NotFoundError
    return found


def note_opened(found: ContactMessage) -> None:
    """Note that the receiver opened a message; on a full disk it stays unread."""
    try:
        with transaction():
            read_message(viewer_of(actor()), found)
    except OperationalError:
        pass


def message_page(found: ContactMessage, form: AnswerForm) -> str:
    """Return the page of one message with what led to it and what was answered."""
    somebody = viewer()
    is_received = found.receiver_id == somebody.member_id
    other = found.sender if is_received else found.receiver
    return render_template(
        "account/message.html",
        message=found,
        other=other,
        is_received=is_received,
        has_page=other.id in visible_member_ids([other.id], somebody),
        is_blocked=any(each.blocked_id == other.id for each in blocks_of(somebody)),
        refusal=refusal(somebody, other) if is_received else "",
        before=answered_by(found),
        answers=answers_to(found, somebody),
        form=form,
    )
