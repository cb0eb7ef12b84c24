"""Registering an innovation and changing it: start page, task list, one page a part, check, submit."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.batches.queries import own_collections
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.permissions import can_register, can_speak_for
from hub.catalogue.queries import innovation_by_slug, own_innovations
from hub.catalogue.replications.queries import claims_to_confirm
from hub.catalogue.service import (
    register_innovation,
    revise_innovation,
    save_details,
    submit_revision,
    withdraw_revision,
)
from hub.core.database import transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.pagination import PageRequest
from hub.web.access import members_only
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.forms import NewForm, PartForm
from hub.web.catalogue.ownership import due_for_confirmation, offer_lines
from hub.web.catalogue.parts import (
    BY_KEY,
    MINUTES_A_PART,
    NEEDED,
    PARTS,
    Part,
    following,
    part_of,
    shown_value,
    state_of,
)
from hub.web.catalogue.prose import PARAGRAPHS
from hub.web.catalogue.stale import (
    chosen_fields,
    digest_of,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.catalogue.translations import translations_of
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

PER_PAGE = 50
"""Records on one page of a member's own."""


@catalogue.route("/new", methods=["GET", "POST"])
@members_only
def new() -> ResponseReturnValue:
    """Say what is needed, and begin a record with its name."""
    if not can_register(viewer()):
        raise ForbiddenError
    form = NewForm()
    if form.is_submitted():
        if form.validate():
            with transaction():
                innovation = register_innovation(actor(), form.details(), language=form.language.data)
                slug = innovation.slug
            return redirect(url_for("catalogue.tasks", slug=slug), code=303)
        return new_page(form), HTTP_INVALID
    return new_page(form)


def new_page(form: NewForm) -> str:
    """Return the start page, which says how long the parts take that are needed, and how long all of them."""
    return render_template(
        "catalogue/new.html",
        form=form,
        minutes=MINUTES_A_PART * len(NEEDED),
        minutes_of_all=MINUTES_A_PART * len(PARTS),
    )


@catalogue.get("/mine")
@members_only
def mine() -> ResponseReturnValue:
    """List what this member registered or speaks for, and what each needs next."""
    somebody = viewer()
    page = own_innovations(somebody, PageRequest(request.args.get("page", 1, type=int), PER_PAGE))
    return render_template(
        "catalogue/mine.html",
        page=page,
        innovations=page.items,
        collections=own_collections(somebody),
        waiting=claims_to_confirm(somebody),
        offers=offer_lines(),
        due=due_for_confirmation(page.items),
        focal_countries=sorted(somebody.focal_countries),
    )


@catalogue.get("/<slug>/edit")
@members_only
def tasks(slug: str) -> ResponseReturnValue:
    """Show the task list of the revision on its way."""
    innovation, revision = own_revision(slug)
    if not revision.is_editable:
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    states = {part.key: state_of(part, revision) for part in PARTS}
    return render_template(
        "catalogue/tasks.html",
        innovation=innovation,
        revision=revision,
        parts=PARTS,
        states=states,
        done=sum(state == "done" for state in states.values()),
        minutes=MINUTES_A_PART * sum(state != "done" for state in states.values()),
        is_complete=not revision.missing_parts,
        decision=revision.changes_asked,
        part_of=part_of,
        translations=translations_of(revision),
    )


@catalogue.get("/<slug>/edit/<key>")
@members_only
def edit(slug: str, key: str) -> ResponseReturnValue:
    """Ask for one part of the record."""
    innovation, revision = own_revision(slug)
    if not revision.is_editable:
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    part = part_by_key(key)
    return part_page(part, revision, part.form(data=part.form.stored(revision)))


@catalogue.post("/<slug>/edit/<key>")
@members_only
def save(slug: str, key: str) -> ResponseReturnValue:
    """Store what was typed into one part, or show it again with what is wrong."""
    _innovation, revision = own_revision(slug)
    part = part_by_key(key)
    form = part.form(chosen_fields(part.form.stored(revision)))
    if request.form.get("then") == "preview":
        return part_page(part, revision, form, is_preview=True)
    if form.validate():
        try:
            store(part, revision, form)
            return redirect(after(part, slug), code=303)
        except StaleVersionError:
            return stale_page(part, revision)
        except InvalidError as error:
            form.refuse(error)
    return part_page(part, revision, form), HTTP_INVALID


def part_by_key(key: str) -> Part:
    """Return the part with `key`.

    Raises:
        NotFoundError: there is none.
    """
    if key not in BY_KEY:
        raise NotFoundError
    return BY_KEY[key]


def store(part: Part, revision: InnovationRevision, form: PartForm) -> None:
    """Save what was typed; that somebody saved other parts meanwhile is no conflict with this one."""
    details = form.details()
    with transaction():
        version = sent_version()
        if version != revision.version and request.form.get("seen") == digest_of(part.form.stored(revision)):
            version = revision.version
        save_details(actor(), revision, details, version=version)


def after(part: Part, slug: str) -> str:
    """Return where to go when a part is saved."""
    then = request.form.get("then")
    if then == "more":
        return url_for("catalogue.edit", slug=slug, key=part.key)
    if then == "list":
        return url_for("catalogue.tasks", slug=slug)
    next_part = following(part)
    if next_part is None:
        return url_for("catalogue.check", slug=slug)
    return url_for("catalogue.edit", slug=slug, key=next_part.key)


def part_page(part: Part, revision: InnovationRevision, form: PartForm, *, is_preview: bool = False) -> str:
    """Return the page that asks for a part."""
    seen = request.form.get("seen") if request.method == "POST" else None
    return render_template(
        f"catalogue/parts/{part.key}.html",
        part=part,
        position=PARTS.index(part) + 1,
        total=len(PARTS),
        innovation=revision.innovation,
        revision=revision,
        form=form,
        comments=comments_on(revision),
        version=opened_version(revision.version),
        seen=seen or digest_of(part.form.stored(revision)),
        is_preview=is_preview,
    )


def stale_page(part: Part, revision: InnovationRevision) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved, and let the person choose field by field."""
    stored = part.form.stored(revision)
    typed = part.form()
    saved = part.form(formdata=None, data=stored)
    texts = two_texts(part.form.names(), typed, saved, shown_value)
    return (
        render_template(
            "catalogue/stale.html",
            title=part.title,
            address=url_for("catalogue.edit", slug=revision.innovation.slug, key=part.key),
            innovation=revision.innovation,
            texts=texts,
            then=request.form.get("then", ""),
            pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
            version=revision.version,
            seen=digest_of(stored),
        ),
        HTTP_CONFLICT,
    )


@catalogue.get("/<slug>/check")
@members_only
def check(slug: str) -> ResponseReturnValue:
    """Show every answer before it is sent."""
    innovation, revision = own_revision(slug)
    if not revision.is_editable:
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    return check_page(innovation, revision)


def check_page(innovation: Innovation, revision: InnovationRevision) -> str:
    """Return the page of all answers with what is still missing."""
    forms = {part.key: part.form(formdata=None, data=part.form.stored(revision)) for part in PARTS}
    missing = [(name, part) for name in revision.missing_parts if (part := part_of(name))]
    return render_template(
        "catalogue/check.html",
        innovation=innovation,
        revision=revision,
        parts=PARTS,
        forms=forms,
        fields={part.key: part.form.names() for part in PARTS},
        shown_value=shown_value,
        paragraphs=PARAGRAPHS,
        translations=translations_of(revision),
        missing=missing,
        comments=unanswered_comments(revision),
    )


@catalogue.post("/<slug>/submit")
@members_only
def submit(slug: str) -> ResponseReturnValue:
    """Send the record to the coordinators."""
    innovation, revision = own_revision(slug)
    try:
        with transaction():
            submit_revision(actor(), revision, version=sent_version())
    except InvalidError:
        return check_page(innovation, revision), HTTP_INVALID
    flash(translate("Sent. A coordinator answers within 10 working days."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)


@catalogue.post("/<slug>/withdraw")
@members_only
def withdraw(slug: str) -> ResponseReturnValue:
    """Take the revision back."""
    innovation, revision = own_revision(slug)
    with transaction():
        withdraw_revision(actor(), revision)
    flash(translate("Withdrawn. Nobody reviews it any more."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)


@catalogue.post("/<slug>/revise")
@members_only
def revise(slug: str) -> ResponseReturnValue:
    """Begin a new revision."""
    innovation, _revision = own_revision(slug)
    with transaction():
        revise_innovation(actor(), innovation)
    return redirect(url_for("catalogue.tasks", slug=innovation.slug), code=303)


def own_revision(slug: str) -> tuple[Innovation, InnovationRevision]:
    """Return the innovation at `slug` and its last revision, if this member speaks for its owner.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    innovation = innovation_by_slug(slug, viewer())
    if not can_speak_for(viewer(), innovation):
        raise NotFoundError
    return innovation, innovation.latest_revision


def comments_on(revision: InnovationRevision) -> dict[str, str]:
    """Return the reviewer's words by field, while changes are asked for."""
    return revision.changes_asked.words_by_field if revision.changes_asked else {}


def unanswered_comments(revision: InnovationRevision) -> dict[str, str]:
    """Return the reviewer's words at the fields that were not saved since."""
    asked = revision.changes_asked
    unanswered = asked.unanswered_fields if asked else frozenset()
    return {name: words for name, words in comments_on(revision).items() if name in unanswered}
