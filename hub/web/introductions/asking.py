"""Asking to be introduced to a member, from their page or from a suggestion."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.alerts.things import Thing, describe
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.integrity.viewers import viewer_of
from hub.mail.places import path_of
from hub.members.introductions.hindrances import hindered
from hub.members.introductions.limits import require_room
from hub.members.introductions.queries import usual_contact
from hub.members.introductions.service import ABOUT, ask_introduction
from hub.members.models.introductions import CONTACT_LENGTH, NOTE_LENGTH
from hub.members.profiles.queries import profile_by_public_id
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.choices import page_language
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import language, translate
from hub.web.introductions.blueprint import introductions
from hub.web.introductions.telling import tell_asked
from hub.web.runtime import runtime
from hub.web.sessions import actor, viewer


class IntroductionForm(HubForm):
    """Why somebody would like to be introduced, and how they can be reached."""

    note = text_field(
        _l("Why would you like to be introduced?"),
        NOTE_LENGTH,
        filled(_l("Say why you would like to be introduced.")),
        area=True,
    )
    contact = text_field(
        _l("How can they reach you?"), CONTACT_LENGTH, filled(_l("Say how you can be reached."))
    )


@introductions.route("/ask/<public_id>", methods=["GET", "POST"], endpoint="ask")
@members_only
def ask_for(public_id: str) -> ResponseReturnValue:
    """Ask why somebody would like to be introduced to a member, and send it; `about` says what it is about."""
    person = profile_by_public_id(public_id, viewer()).member
    about, thing = subject_asked()
    form = IntroductionForm(contact=usual_contact(actor()))

    def act() -> ResponseReturnValue:
        with transaction():
            asker = viewer_of(actor())
            if runtime().settings.limits == "on":
                require_room(asker)
            introduction = ask_introduction(
                asker,
                person,
                note=form.note.data or "",
                contact=form.contact.data or "",
                language=page_language(),
                about=about,
            )
            tell_asked(introduction)
            made = introduction.public_id
        flash(translate("Asked. If they accept, you read here how to reach them."))
        return redirect(url_for("introductions.show", public_id=made), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "introductions/ask.html",
            form=form,
            public_id=person.public_id,
            name=person.display_name,
            hindered=hindered(viewer(), person),
            about=about,
            thing=thing,
            thing_path=path_of(thing.kind, thing.key) if thing else "",
        ),
        also=(ConflictError,),
    )


def subject_asked() -> tuple[str, Thing | None]:
    """Return what the address says it is about; nothing where who asks may not see that."""
    about = request.args.get("about", "")
    thing = named(about)
    return (about, thing) if thing else ("", None)


def named(about: str) -> Thing | None:
    """Return what an introduction is about, as who reads may know it; None where they may not."""
    if about.partition(":")[0] not in ABOUT:
        return None
    return describe([about], viewer(), language().code).get(about)
