"""Proposing an innovation: choosing the call, beginning the entry, changing it, proposing it before the call closes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.permissions import can_speak_for
from hub.catalogue.queries import innovation_by_slug
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ConflictError, HubError, NotFoundError, StaleVersionError
from hub.showcases.entries import service
from hub.showcases.entries.checking import CallClosedError, takes_entries
from hub.showcases.entries.queries import open_calls_for, proposable_innovations, side_entry
from hub.showcases.entries.service import UNCHANGEABLE, live_entry_of
from hub.showcases.models import Entry, EntryStatus, Showcase
from hub.showcases.permissions import is_on_entry_side
from hub.showcases.queries import showcase_by_slug
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.named import named, named_as_approved
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.fields import HTTP_CONFLICT
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.call_words import closed_words, late_words
from hub.web.showcases.entry import address_of, entry_page
from hub.web.showcases.entry_forms import ONESELF, EntryForm, ProposeForm, stored_entry

FIELDS = ("format", "minutes", "language", "pitch", "needs", "embargo_on", "embargo_time")


@showcases.get("/propose")
@members_only
def choose_call() -> ResponseReturnValue:
    """Choose the call for which an innovation is proposed; a single one is opened at once."""
    somebody = viewer()
    innovation = innovation_by_slug(request.args.get("innovation", ""), somebody)
    if not can_speak_for(somebody, innovation):
        raise NotFoundError
    calls = open_calls_for(innovation, somebody)
    if len(calls) == 1 and calls[0].entry is not None and is_on_entry_side(somebody, calls[0].entry):
        return redirect(address_of(calls[0].entry))
    if len(calls) == 1 and calls[0].is_showable and calls[0].entry is None:
        return redirect(url_for("showcases.propose", slug=calls[0].showcase.slug, innovation=innovation.slug))
    return render_template("showcases/choose_call.html", record=named(innovation), calls=calls)


@showcases.route("/<slug>/propose", methods=["GET", "POST"])
@members_only
def propose(slug: str) -> ResponseReturnValue:
    """Begin an entry for a showcase; who has one for the innovation already is led to it."""
    somebody = viewer()
    showcase = showcase_by_slug(slug, somebody)
    own = _own_entry(showcase, somebody)
    if own is not None:
        return redirect(address_of(own))
    if request.method == "GET" and not takes_entries(showcase, clock.now()):
        flash(closed_words(showcase), "info")
        return redirect(url_for("showcases.show", slug=showcase.slug))
    innovations = {each.slug: each for each in proposable_innovations(showcase, somebody)}
    form = ProposeForm(
        data={**stored_entry(None, showcase), "innovation": request.args.get("innovation", "")}
    )
    form.offer(showcase)
    form.offer_innovations([(each.slug, named(each).name) for each in innovations.values()])

    def act() -> ResponseReturnValue:
        with transaction():
            entry = service.draft_entry(
                actor(),
                showcase,
                innovations[form.innovation.data],
                form.details(showcase),
                presents_it=form.presenter.data == ONESELF,
            )
            address = address_of(entry)
        _tell_ambiguous(form, showcase)
        flash(translate("Saved. Nobody but your side sees it until you propose it."))
        return redirect(address, code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "showcases/entry_form.html",
            form=form,
            showcase=showcase,
            entry=None,
            record=None,
            has_choice=bool(innovations),
            version=0,
        ),
        also=(ConflictError,),
    )


@showcases.route("/<slug>/entries/<entry_id>/edit", methods=["GET", "POST"])
@members_only
def entry_edit(slug: str, entry_id: str) -> ResponseReturnValue:
    """Change a draft, or an entry that was proposed while its call is open."""
    arrived_at = clock.now()
    entry = side_entry(slug, entry_id, viewer())
    showcase = entry.showcase
    if request.method == "GET" and not may_edit(entry):
        flash(translate(UNCHANGEABLE), "info")
        return redirect(address_of(entry))
    stored = stored_entry(entry, showcase)
    form = EntryForm(chosen_fields(stored)) if request.method == "POST" else EntryForm(data=stored)
    form.offer(showcase)
    form.accepted = [entry.pitch, entry.needs]

    def act() -> ResponseReturnValue:
        try:
            with transaction():
                service.save_entry(
                    actor(), entry, form.details(showcase), version=sent_version(), arrived_at=arrived_at
                )
        except StaleVersionError:
            return _stale(entry, form)
        except CallClosedError:
            # only what was proposed is late: it stays as it is
            form.form_errors.append(translate(UNCHANGEABLE))
            return page(), HTTP_CONFLICT
        _tell_ambiguous(form, showcase)
        flash(translate("Saved."))
        return redirect(address_of(entry), code=303)

    def page() -> str:
        return render_template(
            "showcases/entry_form.html",
            form=form,
            showcase=showcase,
            entry=entry,
            record=named_as_approved(entry.innovation),
            has_choice=True,
            version=opened_version(entry.version),
        )

    return ask(form, act, page, also=(ConflictError,))


@showcases.post("/<slug>/entries/<entry_id>/propose")
@members_only
def entry_propose(slug: str, entry_id: str) -> ResponseReturnValue:
    """Propose a draft; what keeps it from being proposed is said on its page, where it is kept."""
    # who came in time is taken, however long the others before them took
    arrived_at = clock.now()
    entry = side_entry(slug, entry_id, viewer())
    try:
        with transaction():
            service.propose_entry(actor(), entry, version=sent_version(), arrived_at=arrived_at)
    except NotFoundError:
        raise
    except CallClosedError as error:
        return entry_page(entry, refused=late_words(entry.showcase, arrived_at)), error.status
    except HubError as error:
        return entry_page(entry, refused=translate(error.message, **error.parameters)), error.status
    flash(
        translate(
            "Proposed. The curators read it now. You are told when they have decided about all entries."
        )
    )
    return redirect(address_of(entry), code=303)


def may_edit(entry: Entry) -> bool:
    """Whether what is said of an entry can be changed at this moment."""
    if entry.status is EntryStatus.DRAFT:
        return True
    return entry.status is EntryStatus.PROPOSED and takes_entries(entry.showcase, clock.now())


def _own_entry(showcase: Showcase, somebody: Viewer) -> Entry | None:
    """Return the entry of the innovation that the address names, where there is one for which this person acts."""
    wanted = request.args.get("innovation", "")
    if request.method == "POST" or not wanted:
        return None
    try:
        entry = live_entry_of(innovation_by_slug(wanted, somebody), showcase)
    except NotFoundError:
        return None
    return entry if entry is not None and is_on_entry_side(somebody, entry) else None


def _tell_ambiguous(form: EntryForm, showcase: Showcase) -> None:
    if form.is_embargo_ambiguous(showcase):
        flash(
            translate("Clocks show the time of your embargo twice that night. The first time counts."), "info"
        )


def _stale(entry: Entry, form: EntryForm) -> ResponseReturnValue:
    """Return 409 with what was typed beside what was saved from another window."""
    saved = EntryForm(formdata=None, data=stored_entry(entry, entry.showcase))
    saved.offer(entry.showcase)
    page = render_template(
        "showcases/entry_stale.html",
        address=url_for("showcases.entry_edit", slug=entry.showcase.slug, entry_id=entry.public_id),
        back_to=address_of(entry),
        texts=two_texts(FIELDS, form, saved, lambda field: str(field.data or "")),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=entry.version,
    )
    return page, HTTP_CONFLICT
