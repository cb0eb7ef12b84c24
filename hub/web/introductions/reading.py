"""One's own introductions: those that came, those one asked for, and each for itself."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.pagination import PageRequest
from hub.mail.places import path_of
from hub.members.introductions.hindrances import refusal_to_accept
from hub.members.introductions.queries import (
    Box,
    introduction_by_id,
    introductions_of,
    shown,
    usual_contact,
    waiting_for,
)
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Introduction
from hub.members.models.introductions import CONTACT_LENGTH
from hub.web.access import members_only
from hub.web.fields import HubForm, filled, text_field
from hub.web.introductions.asking import named
from hub.web.introductions.blueprint import introductions
from hub.web.sessions import actor, viewer

PER_PAGE = 20


class AcceptForm(HubForm):
    """How who accepts can be reached."""

    contact = text_field(
        _l("How can they reach you?"), CONTACT_LENGTH, filled(_l("Say how you can be reached."))
    )


@introductions.get("")
@members_only
def received() -> ResponseReturnValue:
    """List the introductions that one was asked for."""
    return box_page(Box.RECEIVED)


@introductions.get("/sent")
@members_only
def sent() -> ResponseReturnValue:
    """List the introductions that one asked for."""
    return box_page(Box.SENT)


@introductions.get("/<public_id>")
@members_only
def show(public_id: str) -> ResponseReturnValue:
    """Show one introduction to one of its two sides."""
    found = introduction_by_id(public_id, viewer())
    return introduction_page(found, AcceptForm(formdata=None, contact=usual_contact(actor())))


def box_page(box: Box) -> str:
    """Return the page of one list of introductions."""
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    return render_template(
        "introductions/list.html",
        box=box.value,
        page=introductions_of(viewer(), box, asked),
        waiting=waiting_for(viewer()) if box is Box.RECEIVED else 0,
    )


def from_whom(found: Introduction) -> dict[str, object]:
    """Return what who was asked needs to block or report who asked, also where they may not see who it is."""
    other = found.asked_by
    return {"other": other.public_id, "is_blocked": acquaintance_of(viewer(), other).is_blocked}


def introduction_page(found: Introduction, form: AcceptForm) -> str:
    """Return the page of one introduction, with the form to accept it where it waits for who reads."""
    introduction = shown(viewer(), found)
    thing = named(introduction.about)
    can_answer = introduction.is_waiting and not introduction.is_sent
    return render_template(
        "introductions/show.html",
        introduction=introduction,
        thing=thing,
        thing_path=path_of(thing.kind, thing.key) if thing else "",
        refusal=refusal_to_accept(viewer(), found) if can_answer else "",
        form=form if can_answer else None,
        **({} if introduction.is_sent else from_whom(found)),
    )
