"""Putting entries into slots: by a form from either side, by one act for those who drag, and out again."""

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.showcases.models import Entry, Showcase, Slot, SlotKind
from hub.showcases.programme.fitting import entries_for, slots_for
from hub.showcases.programme.placing import place_entry as place, slot_of, take_out
from hub.showcases.programme.queries import any_slot, placeable_entry, slot_by_id
from hub.web.access import role
from hub.web.asking import ask
from hub.web.catalogue.stale import sent_version
from hub.web.curating.blueprint import curating
from hub.web.curating.clash_words import clash_words, in_venue_time
from hub.web.curating.planned import entry_line, entry_lines
from hub.web.curating.programme import programme_page
from hub.web.curating.slots import SLOTS, slot_address
from hub.web.curating.team import team_showcase
from hub.web.fields import HTTP_INVALID, HubForm, filled
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.showcases.times import clock_span, event_day


@dataclass(frozen=True)
class Unfit:
    """What cannot be chosen, and why, in words."""

    name: str
    why: str


class SlotChoiceForm(HubForm):
    """The slot that an entry is to have: its id, and the version that was seen."""

    slot = RadioField(_l("Slot"), validators=[filled(_l("Choose a slot."))])


class EntryChoiceForm(HubForm):
    """The entry that a slot is to have."""

    entry = RadioField(_l("Entry"), validators=[filled(_l("Choose an entry."))])


@curating.route("/<slug>/programme/entries/<entry_id>", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def place_entry(slug: str, entry_id: str) -> ResponseReturnValue:
    """Show the free slots into which an entry fits, and put it into one."""
    showcase = team_showcase(slug)
    entry = placeable_entry(showcase, entry_id, viewer())
    present = slot_of(entry)
    free = slots_for(showcase, entry, viewer())
    form = SlotChoiceForm()
    form.slot.choices = [
        (f"{each.slot.public_id}.{each.slot.version}", slot_words(each.slot))
        for each in free
        if not each.clash
    ]

    def act() -> ResponseReturnValue:
        public_id, version = _seen(form.slot.data)
        with in_venue_time(showcase), transaction():
            held = place(
                actor(), any_slot(showcase, public_id), entry, out_of=_expected(showcase), version=version
            )
        return _placed(held, entry)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/entry_place.html",
            showcase=showcase,
            form=form,
            line=entry_line(entry),
            present=present,
            present_words=slot_words(present) if present else "",
            unfit=[
                Unfit(slot_words(each.slot), clash_words(each.clash, showcase.time_zone))
                for each in free
                if each.clash
            ],
        ),
        also=(ConflictError,),
    )


@curating.route(f"{SLOTS}/<slot_id>/place", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def slot_place(slug: str, slot_id: str) -> ResponseReturnValue:
    """Show the entries that could have a free slot, and put one into it; also what dragging sends."""
    showcase = team_showcase(slug)
    if request.method == "POST":
        return _place_or_say_why(showcase, any_slot(showcase, slot_id))
    found = slot_by_id(showcase, slot_id, viewer())
    if found.kind is not SlotKind.ENTRY or found.entry_id is not None:
        return redirect(slot_address(found), code=303)
    return _choice_page(showcase, found, EntryChoiceForm(formdata=None))


def _choice_page(showcase: Showcase, found: Slot, form: EntryChoiceForm) -> str:
    """Return the page on which an entry is chosen for a free slot."""
    waiting = entries_for(showcase, found, viewer())
    lines = entry_lines([each.entry for each in waiting])
    form.entry.choices = [
        (each.entry.public_id, lines[each.entry.id].name) for each in waiting if not each.clash
    ]
    return render_template(
        "curating/slot_place.html",
        showcase=showcase,
        form=form,
        slot=found,
        words=slot_words(found),
        lines={each.entry.public_id: each for each in lines.values()},
        unfit=[
            Unfit(lines[each.entry.id].name, clash_words(each.clash, showcase.time_zone))
            for each in waiting
            if each.clash
        ],
    )


def _place_or_say_why(showcase: Showcase, found: Slot) -> ResponseReturnValue:
    """Put the entry that was sent into a slot; what does not fit is said above the programme as it is now."""
    chosen = request.form.get("entry", "")
    if not chosen:
        form = EntryChoiceForm(formdata=None)
        form.entry.errors = [translate("Choose an entry.")]
        return make_response(
            _choice_page(showcase, slot_by_id(showcase, found.public_id, viewer()), form), HTTP_INVALID
        )
    try:
        entry = placeable_entry(showcase, chosen, viewer())
        with in_venue_time(showcase), transaction():
            held = place(actor(), found, entry, out_of=_expected(showcase), version=sent_version())
    except (InvalidError, ConflictError) as error:
        words = translate(error.message, **error.parameters)
        return make_response(programme_page(showcase, words), error.status)
    return _placed(held, entry)


@curating.post(f"{SLOTS}/<slot_id>/empty")
@role(Role.COORDINATOR)
def slot_empty(slug: str, slot_id: str) -> ResponseReturnValue:
    """Take the entry out of a slot."""
    showcase = team_showcase(slug)
    found = slot_by_id(showcase, slot_id, viewer())
    try:
        with transaction():
            take_out(actor(), found, version=sent_version())
    except ConflictError as error:
        words = translate(error.message, **error.parameters)
        return make_response(programme_page(showcase, words), error.status)
    flash(translate("Taken out. The entry waits for another slot."))
    return redirect(slot_address(found), code=303)


def slot_words(slot: Slot) -> str:
    """Return when and where a slot is, in words."""
    zone = slot.showcase.time_zone
    parts = [event_day(slot.starts_at, zone), clock_span(slot.starts_at, slot.ends_at, zone)]
    parts += [each.name for each in (slot.room, slot.track) if each]
    return " · ".join(parts)


def _seen(choice: str) -> tuple[str, int]:
    """Return the id of a chosen slot and the version that the page showed."""
    public_id, _, version = choice.partition(".")
    return public_id, int(version)


def _expected(showcase: Showcase) -> Slot | None:
    """Return the slot that the entry had when the page was shown.

    Raises:
        ConflictError: that one is gone.
    """
    sent = request.form.get("out_of", "")
    if not sent:
        return None
    try:
        return slot_by_id(showcase, sent, viewer())
    except NotFoundError:
        raise ConflictError from None


def _placed(held: Slot, entry: Entry) -> ResponseReturnValue:
    name = entry_line(entry).name
    flash(translate("%(name)s has its slot: %(slot)s.", name=name, slot=slot_words(held)))
    return redirect(slot_address(held), code=303)
