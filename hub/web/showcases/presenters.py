"""Who presents an entry: its side names people, and those who were named answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.members.models import Member
from hub.members.profiles.finding import members_called
from hub.members.profiles.queries import visible_member_ids
from hub.showcases.entries import presenters as service
from hub.showcases.entries.inviting import member_to_name
from hub.showcases.entries.queries import party_entry, presenter_of, side_entry
from hub.showcases.models import Entry, EntryPresenter
from hub.showcases.models.entry import MOST_PRESENTERS, STANDING
from hub.showcases.permissions import is_on_entry_side, speaks_as
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.named import named_as_approved
from hub.web.fields import HubForm
from hub.web.i18n import country_name, term, translate
from hub.web.sessions import actor, current_member, viewer
from hub.web.showcases.blueprint import showcases
from hub.web.showcases.entry import address_of, standing_of
from hub.web.showcases.entry_forms import GuestPresenterForm, MemberPresenterForm

PATH = "/<slug>/entries/<entry_id>/presenters"
GUEST, LOOK = "guest", "look"
LEAST_TYPED = 2


@showcases.route(PATH, methods=["GET", "POST"])
@members_only
def entry_presenters(slug: str, entry_id: str) -> ResponseReturnValue:
    """Show who presents an entry, look for members, and name one or somebody without an account."""
    entry = side_entry(slug, entry_id, viewer())
    step = request.form.get("then", "")
    members, guests = MemberPresenterForm(formdata=None), GuestPresenterForm(formdata=None)
    sent: HubForm
    if request.method == "POST" and step == GUEST:
        sent = guests = GuestPresenterForm()
    else:
        sent = members = MemberPresenterForm()

    def page() -> str:
        return _page(entry, members, guests, sent)

    def act() -> ResponseReturnValue:
        if step == LOOK:
            return page()
        if step == GUEST:
            with transaction():
                service.name_guest(actor(), entry, guests.name.data or "")
        else:
            member = member_to_name(members.chosen(), viewer())
            with transaction():
                service.name_member(actor(), entry, member)
        flash(translate("Saved."))
        return redirect(_place(entry), code=303)

    _offer(entry, members)
    return ask(sent, act, page, also=(ConflictError,))


@showcases.post(f"{PATH}/<presenter_id>/remove")
@members_only
def presenter_remove(slug: str, entry_id: str, presenter_id: str) -> ResponseReturnValue:
    """Take somebody off the list of presenters."""
    entry = side_entry(slug, entry_id, viewer())
    presenter = presenter_of(entry, presenter_id)
    try:
        with transaction():
            service.remove_presenter(actor(), presenter)
    except ConflictError as error:
        flash(translate(error.message, **error.parameters), "error")
    else:
        flash(translate("Taken off the list."))
    return redirect(_place(entry), code=303)


@showcases.post(f"{PATH}/<presenter_id>/confirm")
@members_only
def presenter_confirm(slug: str, entry_id: str, presenter_id: str) -> ResponseReturnValue:
    """Say that one will present the entry, or that somebody without an account will."""
    entry = party_entry(slug, entry_id, viewer())
    presenter = presenter_of(entry, presenter_id)
    with transaction():
        service.confirm_presenter(actor(), presenter)
    flash(translate("Thank you. The team knows that it can count on you."))
    return _back_to(entry)


@showcases.route(f"{PATH}/<presenter_id>/step-back", methods=["GET", "POST"])
@members_only
def presenter_step_back(slug: str, entry_id: str, presenter_id: str) -> ResponseReturnValue:
    """Ask, and say that one will not present the entry."""
    entry = party_entry(slug, entry_id, viewer())
    presenter = presenter_of(entry, presenter_id)
    if request.method == "GET":
        if not speaks_as(viewer(), presenter):
            raise ForbiddenError
        return render_template(
            "showcases/presenter_leave.html",
            entry=entry,
            presenter=presenter,
            record=named_as_approved(entry.innovation),
        )
    with transaction():
        service.step_back_as_presenter(actor(), presenter)
    flash(translate("Noted. Those who proposed the entry are told."))
    return _back_to(entry)


def _offer(entry: Entry, form: MemberPresenterForm) -> None:
    """Offer the members whom the typed name finds."""
    words = (form.look.data or "").strip()
    form.member.choices = []
    if len(words) >= LEAST_TYPED:
        named_already = [each.member_id for each in entry.presenters if each.member_id is not None]
        found = members_called(viewer(), words, but=named_already)
        form.member.choices = [(each.public_id, _words_of(each)) for each in found]


def _page(entry: Entry, members: MemberPresenterForm, guests: GuestPresenterForm, sent: HubForm) -> str:
    somebody = viewer()
    return render_template(
        "showcases/presenters.html",
        entry=entry,
        record=named_as_approved(entry.innovation),
        standing=standing_of(entry, somebody),
        form=sent,
        members=members,
        guests=guests,
        has_looked=sent is members and len((members.look.data or "").strip()) >= LEAST_TYPED,
        is_full=sum(each.status in STANDING for each in entry.presenters) >= MOST_PRESENTERS,
        is_own_named=any(each.member_id == somebody.member_id for each in entry.presenters),
        own=current_member(),
        most=MOST_PRESENTERS,
        profiles=visible_member_ids(
            {each.member_id for each in entry.presenters if each.member_id}, somebody
        ),
    )


def _words_of(member: Member) -> str:
    place = country_name(member.country) if member.country else ""
    return " · ".join(filter(None, (member.display_name, term("member_types", member.member_type), place)))


def _place(entry: Entry) -> str:
    return url_for("showcases.entry_presenters", slug=entry.showcase.slug, entry_id=entry.public_id)


def _back_to(entry: Entry) -> Response:
    """Lead back to the entry, or away from it where the answer ended that one reads it."""
    somebody = viewer()
    if is_on_entry_side(somebody, entry) or any(
        _stands(each, somebody.member_id) for each in entry.presenters
    ):
        return redirect(address_of(entry), code=303)
    return redirect(url_for("showcases.mine"), code=303)


def _stands(presenter: EntryPresenter, member_id: int | None) -> bool:
    return presenter.member_id == member_id and presenter.status in STANDING
