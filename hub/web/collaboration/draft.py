"""A draft of a request: task list, one page a part, check, and sending it off."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request as sent, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.models import CollaborationRequest, RequestStatus
from hub.collaboration.posting.completeness import are_readers_chosen, missing_parts
from hub.collaboration.posting.service import (
    EDITABLE,
    discard_request,
    save_request,
    send_request,
    submit_request,
)
from hub.core.database import transaction
from hub.core.errors import InvalidError, StaleVersionError, TooManyError
from hub.web.access import members_only
from hub.web.catalogue.stale import (
    chosen_fields,
    digest_of,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.draft_forms import PartForm
from hub.web.collaboration.examples import EXAMPLES
from hub.web.collaboration.named import shown_innovation
from hub.web.collaboration.own import own_request
from hub.web.collaboration.parts import (
    FIELD_OF,
    PARTS,
    Part,
    following,
    form_of,
    is_filled,
    part_by_key,
    shown_value,
    states_of,
)
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.limits import SEARCHES, spend
from hub.web.sessions import actor
from hub.web.waiting import refusal_words


@collaboration.get("/<public_id>/draft")
@members_only
def draft(public_id: str) -> ResponseReturnValue:
    """Show the task list of a draft."""
    request = own_request(public_id)
    if request.status not in EDITABLE:
        return redirect(url_for("collaboration.show", public_id=public_id))
    states = states_of(request)
    return render_template(
        "collaboration/draft.html",
        draft=request,
        parts=PARTS,
        states=states,
        done=sum(state == "done" for state in states.values()),
        is_complete=not missing_parts(request),
        readers_chosen=are_readers_chosen(request),
        is_returned=request.status is RequestStatus.CHANGES_REQUESTED,
    )


@collaboration.get("/<public_id>/draft/<key>")
@members_only
def part(public_id: str, key: str) -> ResponseReturnValue:
    """Ask for one part of a draft."""
    request, asked = own_request(public_id), part_by_key(key)
    if request.status not in EDITABLE:
        return redirect(url_for("collaboration.show", public_id=public_id))
    return part_page(asked, request, form_of(asked, request, data=first_values(asked, request)))


@collaboration.post("/<public_id>/draft/<key>")
@members_only
def save_part(public_id: str, key: str) -> ResponseReturnValue:
    """Store what was typed into one part, or show it again with what is wrong."""
    request, asked = own_request(public_id), part_by_key(key)
    if sent.form.get("then") == "look":
        spend(SEARCHES)
    form = form_of(asked, request, formdata=chosen_fields(asked.form.stored(request)))
    if sent.form.get("then") == "look":
        return part_page(asked, request, form, is_search=True)
    if form.validate():
        try:
            store(asked, request, form)
            return redirect(after(asked, public_id), code=303)
        except StaleVersionError:
            return stale_page(asked, request)
        except InvalidError as error:
            form.refuse(error)
    return part_page(asked, request, form), HTTP_INVALID


def first_values(asked: Part, request: CollaborationRequest) -> dict[str, object]:
    """Return what is stored, or the typical requirements of the type where these were asked for and none are there."""
    stored = asked.form.stored(request)
    if asked.key == "requirements" and sent.args.get("from") == "typical" and not any(stored.values()):
        example = EXAMPLES[request.type]
        return {
            "essential": [{"words": str(each)} for each in example.essential],
            "nice_to_have": [{"words": str(each)} for each in example.nice_to_have],
        }
    return stored


def store(asked: Part, request: CollaborationRequest, form: PartForm) -> None:
    """Save what was typed; that somebody saved other parts meanwhile is no conflict with this one."""
    details = form.details()
    with transaction():
        version = sent_version()
        if version != request.version and sent.form.get("seen") == digest_of(asked.form.stored(request)):
            version = request.version
        save_request(actor(), request, details, version=version)


def after(asked: Part, public_id: str) -> str:
    """Return where to go when a part is saved."""
    then, next_part = sent.form.get("then"), following(asked)
    if then == "more":
        return url_for("collaboration.part", public_id=public_id, key=asked.key)
    if then == "list":
        return url_for("collaboration.draft", public_id=public_id)
    if next_part is None:
        return url_for("collaboration.check", public_id=public_id)
    return url_for("collaboration.part", public_id=public_id, key=next_part.key)


def part_page(asked: Part, request: CollaborationRequest, form: PartForm, *, is_search: bool = False) -> str:
    """Return the page that asks for a part."""
    seen = sent.form.get("seen") if sent.method == "POST" else None
    return render_template(
        f"collaboration/parts/{asked.key}.html",
        part=asked,
        position=PARTS.index(asked) + 1,
        total=len(PARTS),
        draft=request,
        form=form,
        example=EXAMPLES[request.type],
        version=opened_version(request.version),
        seen=seen or digest_of(asked.form.stored(request)),
        is_search=is_search,
        is_empty=not is_filled(asked, request),
    )


def stale_page(asked: Part, request: CollaborationRequest) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved, and let the person choose field by field."""
    stored = asked.form.stored(request)
    typed = form_of(asked, request)
    saved = form_of(asked, request, formdata=None, data=stored)
    page = render_template(
        "collaboration/stale.html",
        title=asked.title,
        address=url_for("collaboration.part", public_id=request.public_id, key=asked.key),
        draft=request,
        texts=two_texts(asked.form.names(), typed, saved, shown_value),
        then=sent.form.get("then", ""),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=request.version,
        seen=digest_of(stored),
    )
    return page, HTTP_CONFLICT


@collaboration.get("/<public_id>/draft/check", endpoint="check")
@members_only
def check_answers(public_id: str) -> ResponseReturnValue:
    """Show every answer before the request is sent off."""
    request = own_request(public_id)
    if request.status not in EDITABLE:
        return redirect(url_for("collaboration.show", public_id=public_id))
    return check_page(request)


def check_page(request: CollaborationRequest, fault: str = "") -> str:
    """Return the page of all answers with what is still missing.

    Args:
        request: the draft.
        fault: why it could not be sent, in words.
    """
    forms = {
        each.key: form_of(each, request, formdata=None, data=each.form.stored(request)) for each in PARTS
    }
    missing = [
        (each, FIELD_OF.get(name, name))
        for name in missing_parts(request)
        for each in PARTS
        if name in each.needed
    ]
    return render_template(
        "collaboration/check.html",
        draft=request,
        parts=PARTS,
        forms=forms,
        shown_value=shown_value,
        missing=missing,
        fault=fault,
        readers_chosen=are_readers_chosen(request),
        innovation=shown_innovation(request),
    )


@collaboration.post("/<public_id>/submit")
@members_only
def submit(public_id: str) -> ResponseReturnValue:
    """Send an open call to the coordinators."""
    done = translate("Sent. A coordinator answers within 10 working days.")
    return sent_off(public_id, submit_request, done)


@collaboration.post("/<public_id>/send")
@members_only
def send(public_id: str) -> ResponseReturnValue:
    """Send a request to its named receivers."""
    done = translate("Sent. Those whom you named have been told.")
    return sent_off(public_id, send_request, done)


def sent_off(public_id: str, service: Callable[..., None], done: str) -> ResponseReturnValue:
    """Send a request off, or show the answers again with what is wrong."""
    request = own_request(public_id)
    try:
        with transaction():
            service(actor(), request, version=sent_version())
    except (InvalidError, TooManyError) as error:
        return check_page(request, refusal_words(error)), error.status
    flash(done)
    return redirect(url_for("collaboration.show", public_id=public_id), code=303)


@collaboration.route("/<public_id>/discard", methods=["GET", "POST"])
@members_only
def discard(public_id: str) -> ResponseReturnValue:
    """Ask, and throw the draft away."""
    request = own_request(public_id)
    if sent.method == "GET":
        if request.status is not RequestStatus.DRAFT:
            return redirect(url_for("collaboration.show", public_id=public_id))
        return render_template("collaboration/discard.html", draft=request)
    with transaction():
        discard_request(actor(), request)
    flash(translate("Discarded."))
    return redirect(url_for("collaboration.mine"), code=303)
