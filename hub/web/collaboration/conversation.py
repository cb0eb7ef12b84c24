"""The conversation about a response: reading it, writing, receipts, leaving and coming back, raising its label."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from wtforms import RadioField

from hub.access.audience import Tlp, is_lowered
from hub.collaboration.conversations import service
from hub.collaboration.conversations.permissions import can_leave
from hub.collaboration.conversations.queries import (
    Messages,
    Talk,
    blocked_among,
    last_sent_at,
    messages_in,
    talk_about,
)
from hub.collaboration.conversations.reaching import refusal
from hub.collaboration.models import Conversation
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.present import other_side, people_in, seen_by
from hub.web.collaboration.talking import MessageForm, accepted_files
from hub.web.fields import HubForm, filled
from hub.web.files import takes_file
from hub.web.i18n import translate
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer

PATH = "/<public_id>/responses/<response_id>/conversation"
NOTHING = Messages((), has_earlier=False, is_latest=True)


class LabelForm(HubForm):
    """A stricter label for what is written from now on."""

    tlp = RadioField(
        _l("Stricter label"), validators=[filled(_l("Choose a stricter label."))], validate_choice=False
    )

    def offer(self, present: Tlp) -> None:
        """Offer the labels that are stricter than the present one."""
        self.tlp.choices = [(each.value, f"TLP:{each}") for each in Tlp if is_lowered(each, present)]


@collaboration.get(PATH)
@members_only
def conversation(public_id: str, response_id: str) -> ResponseReturnValue:
    """Show the latest messages, or earlier ones, and note that one has read them."""
    talk = talk_about(public_id, response_id, viewer())
    before = request.args.get("before", "")
    own = talk.participation
    read_at = own.read_at if own else None
    if (
        not before
        and talk.conversation is not None
        and can_leave(viewer(), talk.conversation)
        and (read_at is None or read_at < last_sent_at(talk.conversation))
    ):
        note_opened(talk.conversation)
        talk = talk_about(public_id, response_id, viewer())
    return conversation_page(talk, MessageForm(formdata=None), before=before, read_at=read_at)


@collaboration.post(f"{PATH}/message")
@members_only
@takes_file
def send_message(public_id: str, response_id: str) -> ResponseReturnValue:
    """Send a message with its files to the other side."""
    talk = talk_about(public_id, response_id, viewer())
    form = MessageForm()

    def act() -> ResponseReturnValue:
        refused = refusal(viewer(), talk)
        if refused is not None:
            raise refused
        files = accepted_files()
        with transaction():
            sent = service.send_message(
                actor(),
                talk.response,
                words=form.words.data or "",
                files=files,
                is_limited=runtime().settings.limits == "on",
            )
            message_id = sent.public_id
        flash(translate("Your message is sent."))
        return redirect(f"{address_of(talk)}#m-{message_id}", code=303)

    def again() -> str:
        form.ask_for_files()
        return conversation_page(talk_about(public_id, response_id, viewer()), form)

    return ask(form, act, again, also=(ForbiddenError, ConflictError))


@collaboration.post(f"{PATH}/receipts")
@members_only
def receipts(public_id: str, response_id: str) -> ResponseReturnValue:
    """Show the others how far one has read, or do so no longer."""
    talk, begun = begun_about(public_id, response_id)
    shows = request.form.get("shows") == "yes"
    with transaction():
        service.show_reading(actor(), begun, shows=shows)
    flash(
        translate("The others see now how far you have read, and you see it of those who show it.")
        if shows
        else translate("Nobody sees any more how far you have read.")
    )
    return redirect(address_of(talk), code=303)


@collaboration.post(f"{PATH}/leave")
@members_only
def leave(public_id: str, response_id: str) -> ResponseReturnValue:
    """Leave the conversation."""
    talk, begun = begun_about(public_id, response_id)
    with transaction():
        service.leave_conversation(actor(), begun)
    flash(translate("You left the conversation. The others are told."))
    return redirect(address_of(talk), code=303)


@collaboration.post(f"{PATH}/return")
@members_only
def come_back(public_id: str, response_id: str) -> ResponseReturnValue:
    """Come back to the conversation."""
    talk, begun = begun_about(public_id, response_id)
    with transaction():
        service.return_to_conversation(actor(), begun)
    flash(translate("You are back, with everything that was written meanwhile."))
    return redirect(address_of(talk), code=303)


@collaboration.post(f"{PATH}/raise")
@members_only
def raise_label(public_id: str, response_id: str) -> ResponseReturnValue:
    """Raise the label of what is written from now on."""
    talk, begun = begun_about(public_id, response_id)
    form = LabelForm()
    form.offer(talk.tlp)

    def act() -> ResponseReturnValue:
        if form.tlp.data not in set(Tlp):
            raise InvalidError(N_("Choose from the list."), field="tlp")
        with transaction():
            service.raise_label(actor(), begun, Tlp(form.tlp.data))
        flash(translate("What is written from now on is TLP:%(label)s.", label=form.tlp.data))
        return redirect(address_of(talk), code=303)

    return ask(
        form,
        act,
        lambda: conversation_page(begun_about(public_id, response_id)[0], MessageForm(formdata=None), form),
    )


def address_of(talk: Talk) -> str:
    """Return the address of a conversation."""
    return url_for(
        "collaboration.conversation", public_id=talk.request.public_id, response_id=talk.response.public_id
    )


def begun_about(public_id: str, response_id: str) -> tuple[Talk, Conversation]:
    """Return a conversation that was begun.

    Raises:
        NotFoundError: nobody wrote yet, or it is not for who is signed in.
    """
    talk = talk_about(public_id, response_id, viewer())
    if talk.conversation is None:
        raise NotFoundError
    return talk, talk.conversation


def note_opened(begun: Conversation) -> None:
    """Note that somebody opened a conversation; on a full disk it stays unread."""
    try:
        with transaction():
            service.open_conversation(actor(), begun)
    except OperationalError:
        pass


def conversation_page(
    talk: Talk,
    form: MessageForm,
    label_form: LabelForm | None = None,
    *,
    before: str = "",
    read_at: object = None,
) -> str:
    """Return the page of a conversation; to who left it, the way back and nothing else.

    Args:
        talk: the conversation as it stands for the reader.
        form: of the message.
        label_form: of a stricter label, where it comes back.
        before: public id of the message that follows those shown; empty for the latest.
        read_at: when the reader opened it before, to mark what is new.
    """
    somebody = viewer()
    if talk.has_left:
        return render_template("collaboration/conversation_left.html", talk=talk, other=other_side(talk))
    shown = messages_in(talk.conversation, before=before) if talk.conversation else NOTHING
    if label_form is None:
        label_form = LabelForm(formdata=None)
        label_form.offer(talk.tlp)
    refused = refusal(somebody, talk)
    return render_template(
        "collaboration/conversation.html",
        talk=talk,
        other=other_side(talk),
        shown=shown,
        read_at=read_at,
        people=people_in(talk, somebody),
        seen=seen_by(talk, shown),
        blocked=blocked_among(somebody, {each.author_id for each in shown.items}),
        refused=refused,
        form=form,
        label_form=label_form,
        answered=[each for each in talk.answered_calls if each.called_by_id == somebody.member_id],
    )
