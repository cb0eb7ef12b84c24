"""Writing to a member through the hub, and blocking one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.integrity.viewers import viewer_of
from hub.members.introductions.service import take_back_and_block
from hub.members.messages.queries import acquaintance_of, blocked_by, member_known_to
from hub.members.messages.service import refusal, unblock_member
from hub.members.models import Member
from hub.members.models.messages import MESSAGE_LENGTH, SUBJECT_LENGTH
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.introductions.telling import take_back_asked
from hub.web.members.blueprint import members
from hub.web.members.sending import deliver
from hub.web.sessions import actor, viewer


class MessageForm(HubForm):
    """A first message to somebody."""

    subject = text_field(
        _l("What is it about?"), SUBJECT_LENGTH, filled(_l("Say in a few words what it is about."))
    )
    words = text_field(
        _l("Your message"), MESSAGE_LENGTH, filled(_l("Write what you want to say.")), area=True
    )


@members.route("/<public_id>/write", methods=["GET", "POST"])
@members_only
def write(public_id: str) -> ResponseReturnValue:
    """Ask what somebody wants to say to a member, and send it."""
    receiver = member_known_to(public_id, viewer())
    form = MessageForm()

    def act() -> ResponseReturnValue:
        deliver(receiver, subject=form.subject.data or "", words=form.words.data or "")
        flash(translate("Sent. If they answer, you read it among your messages."))
        return redirect(url_for("account.sent_messages"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "members/write.html",
            form=form,
            person=receiver,
            name=name_shown(receiver),
            refusal=refusal(viewer(), receiver),
            back=page_or_messages(receiver),
        ),
        also=(ForbiddenError, ConflictError),
    )


@members.post("/<public_id>/block")
@members_only
def block(public_id: str) -> ResponseReturnValue:
    """Have nothing more from a member reach who is signed in."""
    person = member_known_to(public_id, viewer())
    with transaction():
        for each in take_back_and_block(viewer_of(actor()), person):
            take_back_asked(each)
    flash(translate("Blocked. Nothing that they write reaches you any more; they are not told."))
    return redirect(page_or_messages(person), code=303)


@members.post("/<public_id>/unblock")
@members_only
def unblock(public_id: str) -> ResponseReturnValue:
    """End a block, also of somebody who is not shown any more."""
    person = blocked_by(public_id, viewer())
    with transaction():
        unblock_member(viewer_of(actor()), person)
    flash(translate("The block has ended. They can write to you again."))
    return redirect(page_or_messages(person), code=303)


def name_shown(person: Member) -> str:
    """Return what somebody is called for who asks: nothing where their profile is not for them."""
    return person.display_name if acquaintance_of(viewer(), person).is_visible else ""


def page_or_messages(person: Member) -> str:
    """Return the address of somebody's page, or of one's own messages where there is no page for who asks."""
    if acquaintance_of(viewer(), person).is_visible:
        return url_for("members.show", public_id=person.public_id)
    return url_for("account.messages")
