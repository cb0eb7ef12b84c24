"""Slots of a programme: adding one or several, changing and removing them."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, StaleVersionError
from hub.showcases.models import Showcase, Slot, SlotKind
from hub.showcases.programme.days import days_of
from hub.showcases.programme.placing import place_entry
from hub.showcases.programme.queries import (
    placeable_entry,
    rooms_of,
    slot_by_id,
    tracks_of,
    unplaced_entries,
)
from hub.showcases.programme.slots import add_slot, add_slots_every, remove_slot, save_slot
from hub.web.access import role
from hub.web.asking import ask
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.curating.blueprint import curating
from hub.web.curating.clash_words import in_venue_time
from hub.web.curating.planned import entry_line, entry_lines
from hub.web.curating.programme_forms import (
    SLOT_FIELDS,
    NewSlotForm,
    PlaceForm,
    SeriesForm,
    SlotForm,
    kept_slot,
)
from hub.web.curating.team import team_showcase
from hub.web.fields import HTTP_CONFLICT
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

SLOTS = "/<slug>/programme/slots"


def slot_address(slot: Slot) -> str:
    """Return where a slot stands on the page of the programme."""
    return url_for("curating.programme", slug=slot.showcase.slug, _anchor=f"slot-{slot.public_id}")


@curating.route(f"{SLOTS}/new", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def new_slot(slug: str) -> ResponseReturnValue:
    """Show the form of a new slot, and add it; an entry that was chosen comes into it at once."""
    showcase = team_showcase(slug)
    days_of(showcase)  # without dates there is nothing to choose from: say so
    form = NewSlotForm(data=_asked_for())
    _offer(form, showcase)
    form.offer_entries(entry_lines(unplaced_entries(showcase, viewer())).values())

    def act() -> ResponseReturnValue:
        zone, chosen = showcase.time_zone, form.entry.data
        with in_venue_time(showcase), transaction():
            kind = SlotKind(form.kind.data)
            slot = add_slot(actor(), showcase, form.details(zone, kind))
            if chosen and kind is SlotKind.ENTRY:
                entry = placeable_entry(showcase, chosen, viewer())
                slot = place_entry(actor(), slot, entry, out_of=None, version=slot.version)
        form.say_if_twice(showcase.time_zone)
        flash(translate("Added to the programme."))
        return redirect(slot_address(slot), code=303)

    return ask(
        form,
        act,
        lambda: render_template("curating/slot_new.html", showcase=showcase, form=form),
        also=(ConflictError,),
    )


def _asked_for() -> dict[str, str]:
    """Return what a link to the form of a new slot says already."""
    asked = {name: request.args.get(name, "") for name in ("kind", "day", "at", "entry", "minutes")}
    return {name: value for name, value in asked.items() if value}


@curating.route(f"{SLOTS}/every", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def slots_every(slug: str) -> ResponseReturnValue:
    """Show the form of slots that follow one another, and add them all."""
    showcase = team_showcase(slug)
    days_of(showcase)
    form = SeriesForm(data={"pause": "0", "number": "6", "minutes": "15"})
    _offer(form, showcase)

    def act() -> ResponseReturnValue:
        with in_venue_time(showcase), transaction():
            added = add_slots_every(actor(), showcase, form.details(showcase.time_zone))
        form.say_if_twice(showcase.time_zone)
        flash(translate("Added to the programme. Now put entries into the free slots."))
        return redirect(slot_address(added[0]), code=303)

    return ask(form, act, lambda: render_template("curating/slots_every.html", showcase=showcase, form=form))


@curating.route(f"{SLOTS}/<slot_id>", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def slot(slug: str, slot_id: str) -> ResponseReturnValue:
    """Show a slot in a form, and save it."""
    showcase = team_showcase(slug)
    found = slot_by_id(showcase, slot_id, viewer())
    kept = kept_slot(found)
    form = SlotForm(chosen_fields(kept)) if request.method == "POST" else SlotForm(data=kept)
    also = [date.fromisoformat(kept["day"])]
    _offer(form, showcase, also)

    def act() -> ResponseReturnValue:
        with in_venue_time(showcase), transaction():
            details = form.details(showcase.time_zone, found.kind, found.starts_at)
            save_slot(actor(), found, details, version=sent_version())
        form.say_if_twice(showcase.time_zone)
        flash(translate("Saved."))
        return redirect(slot_address(found), code=303)

    def page() -> str:
        return render_template(
            "curating/slot.html",
            showcase=showcase,
            form=form,
            slot=found,
            line=entry_line(found.entry) if found.entry else None,
            version=opened_version(found.version),
        )

    try:
        return ask(form, act, page)
    except StaleVersionError:
        return _stale(found, form, also)


def _stale(found: Slot, form: SlotForm, also: list[date]) -> ResponseReturnValue:
    """Return 409 with what was typed beside what somebody else saved meanwhile."""
    showcase = found.showcase
    kept = kept_slot(found)
    saved = SlotForm(formdata=None, data=kept)
    _offer(saved, showcase, [*also, date.fromisoformat(kept["day"])])
    page = render_template(
        "curating/slot_stale.html",
        showcase=showcase,
        address=url_for("curating.slot", slug=showcase.slug, slot_id=found.public_id),
        texts=two_texts(SLOT_FIELDS, form, saved, _shown),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=found.version,
    )
    return page, HTTP_CONFLICT


def _shown(field: Field) -> str:
    """Return a field of a slot as people read it."""
    choices = dict(getattr(field, "choices", None) or ())
    return str(choices.get(field.data, "") if choices else field.data or "")


@curating.post(f"{SLOTS}/<slot_id>/remove")
@role(Role.COORDINATOR)
def slot_remove(slug: str, slot_id: str) -> ResponseReturnValue:
    """Take a slot out of the programme, as it was seen."""
    showcase = team_showcase(slug)
    found = slot_by_id(showcase, slot_id, viewer())
    with transaction():
        remove_slot(actor(), found, version=sent_version())
    flash(translate("Removed from the programme."))
    return redirect(url_for("curating.programme", slug=showcase.slug), code=303)


def _offer(form: PlaceForm, showcase: Showcase, also: list[date] | None = None) -> None:
    form.offer(showcase, rooms_of(showcase), tracks_of(showcase), also or ())
