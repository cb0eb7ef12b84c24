"""One entry for its side and its presenters: where it stands, what comes next, confirming and leaving."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.members.models import Member
from hub.members.profiles.queries import visible_member_ids
from hub.showcases.entries import answering, service
from hub.showcases.entries.checking import OPEN_ENDED, takes_entries
from hub.showcases.entries.details import missing_in
from hub.showcases.entries.materials import WITH_MATERIAL
from hub.showcases.entries.presenters import PREPARED
from hub.showcases.entries.queries import entry_in, place_in_line, side_entry
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryStatus, PresenterStatus, Slot
from hub.showcases.permissions import answers_for, can_judge, is_asked, is_on_entry_side, is_presenter
from hub.showcases.programme.placing import slot_of
from hub.showcases.programme.queries import slot_for_side
from hub.web.access import members_only
from hub.web.catalogue.named import named_as_approved
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.entry_forms import format_words, kind_words


@dataclass(frozen=True)
class Standing:
    """What one reader may do with an entry.

    Args:
        is_side: they act for it.
        actions: what the table of states allows them and the showcase still takes.
        may_edit: they may change what it says.
        may_name: they may say who presents it.
        may_add: material can be added.
        takes_entries: the call is open at this moment.
        place: its place on the waiting list, where it waits; else 0.
        slot: when and where it is planned, once its presenters are shown that.
        joining: web address at which who presents it online joins; empty before it is confirmed.
    """

    is_side: bool
    actions: frozenset[str]
    may_edit: bool
    may_name: bool
    may_add: bool
    takes_entries: bool
    place: int
    slot: Slot | None
    joining: str


def address_of(entry: Entry) -> str:
    """Return where the side and the presenters of an entry read it."""
    return url_for("showcases.entry", slug=entry.showcase.slug, entry_id=entry.public_id)


def standing_of(entry: Entry, somebody: Viewer) -> Standing:
    """Return what `somebody`, who acts for an entry or presents it, may do with it."""
    is_side = is_on_entry_side(somebody, entry)
    acts = answers_for(somebody, entry)
    is_open = takes_entries(entry.showcase, clock.now())
    is_running = entry.showcase.status not in OPEN_ENDED
    actions = set(ENTRIES.actions(somebody, entry, entry.status)) if is_side else set()
    if not is_running:
        actions -= {"confirm", "step_back", "withdraw"}
    return Standing(
        is_side=is_side,
        actions=frozenset(actions),
        may_edit=acts
        and (entry.status is EntryStatus.DRAFT or (entry.status is EntryStatus.PROPOSED and is_open)),
        may_name=acts and is_running and entry.status in PREPARED,
        may_add=(acts or is_presenter(somebody, entry)) and entry.status in WITH_MATERIAL,
        takes_entries=is_open,
        place=place_in_line(entry) if entry.status is EntryStatus.WAITLISTED else 0,
        slot=slot_for_side(entry),
        joining=_joining(entry, somebody, is_side=is_side),
    )


def _joining(entry: Entry, somebody: Viewer, *, is_side: bool) -> str:
    """Return the address for joining online where it is for `somebody`: the side, and presenters who said yes."""
    comes = is_side or any(
        each.member_id == somebody.member_id and each.status is PresenterStatus.CONFIRMED
        for each in entry.presenters
    )
    return entry.showcase.online_url if comes and entry.status is EntryStatus.CONFIRMED else ""


@showcases.get("/<slug>/entries/<entry_id>")
@members_only
def entry(slug: str, entry_id: str) -> ResponseReturnValue:
    """Show an entry to its side and its presenters; others are led to where it is shown to them."""
    somebody = viewer()
    found = entry_in(slug, entry_id, somebody)
    if is_on_entry_side(somebody, found) or is_presenter(somebody, found):
        return entry_page(found)
    if can_judge(somebody, found):
        return redirect(url_for("curating.entry", slug=found.showcase.slug, entry_id=found.public_id))
    slot = slot_of(found)
    if slot is None:
        raise NotFoundError
    return redirect(url_for("showcases.slot", slug=found.showcase.slug, slot_id=slot.public_id))


def entry_page(found: Entry, *, refused: str = "") -> str:
    """Return the page of an entry.

    Args:
        found: an entry that the reader acts for or presents.
        refused: why it could not be proposed just now.
    """
    somebody = viewer()
    asked = [each for each in found.presenters if is_asked(somebody, each)]
    return render_template(
        "showcases/entry.html",
        entry=found,
        showcase=found.showcase,
        record=named_as_approved(found.innovation),
        standing=standing_of(found, somebody),
        missing={each.part: each.words for each in missing_in(found)},
        formats=format_words(),
        kinds=kind_words(),
        own_asked=next((each for each in asked if each.member_id == somebody.member_id), None),
        own=next((each for each in found.presenters if each.member_id == somebody.member_id), None),
        profiles=visible_member_ids(
            {each.member_id for each in found.presenters if each.member_id}, somebody
        ),
        refused=refused,
    )


@showcases.post("/<slug>/entries/<entry_id>/confirm")
@members_only
def entry_confirm(slug: str, entry_id: str) -> ResponseReturnValue:
    """Confirm that an accepted entry will be presented."""
    found = side_entry(slug, entry_id, viewer())
    try:
        with transaction():
            answering.confirm_entry(actor(), found)
    except ConflictError as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(translate("Confirmed. The team gives it a time in the programme."))
    return redirect(address_of(found), code=303)


@showcases.route("/<slug>/entries/<entry_id>/step-back", methods=["GET", "POST"])
@members_only
def entry_step_back(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask, and step back with an accepted entry."""
    done = translate("You stepped back. The next entry on the waiting list moves up.")
    return _leave(slug, entry_id, "step_back", answering.step_back_with, done)


@showcases.route("/<slug>/entries/<entry_id>/withdraw", methods=["GET", "POST"])
@members_only
def entry_withdraw(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask, and withdraw an entry that was not accepted yet."""
    done = translate("Withdrawn. While the call is open, the innovation can be proposed anew.")
    return _leave(slug, entry_id, "withdraw", service.withdraw_entry, done)


@showcases.route("/<slug>/entries/<entry_id>/discard", methods=["GET", "POST"])
@members_only
def entry_discard(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask, and delete a draft."""
    found = side_entry(slug, entry_id, viewer())
    if found.status is not EntryStatus.DRAFT:
        return redirect(address_of(found))
    if request.method == "GET":
        return _leave_page(found, "discard")
    with transaction():
        service.discard_entry(actor(), found)
    flash(translate("The draft is deleted."))
    return redirect(url_for("showcases.mine"), code=303)


def _leave(
    slug: str, entry_id: str, action: str, act: Callable[[Member, Entry], None], done: str
) -> ResponseReturnValue:
    somebody = viewer()
    found = side_entry(slug, entry_id, somebody)
    if request.method == "GET":
        if action not in standing_of(found, somebody).actions:
            return redirect(address_of(found))
        return _leave_page(found, action)
    with transaction():
        act(actor(), found)
    flash(done)
    return redirect(address_of(found), code=303)


def _leave_page(found: Entry, action: str) -> str:
    return render_template(
        "showcases/entry_leave.html", entry=found, record=named_as_approved(found.innovation), action=action
    )
