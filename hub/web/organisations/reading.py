"""The page of one organisation: what it says, whether the hub verified it, its innovations and its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.queries import innovations_of
from hub.collaboration.board.medians import answer_time_of
from hub.core.pagination import Page, PageRequest
from hub.members.models import Member
from hub.members.profiles.queries import visible_member_ids
from hub.organisations.directory import MovedError, organisation_by_slug
from hub.organisations.identifiers import org_id
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.people import is_unspoken as is_unspoken_for, people_shown, speakers
from hub.organisations.permissions import is_representative, oversees
from hub.vetting.organisations.permissions import (
    can_end_verification,
    can_propose_merge,
    is_verification_due,
)
from hub.vetting.organisations.queries import open_merge, open_verification
from hub.web.access import public
from hub.web.catalogue.hits import hit_of
from hub.web.collaboration.answer_times import said_answer_time
from hub.web.i18n import direction_of, term
from hub.web.organisations.blueprint import organisations
from hub.web.sessions import viewer

PER_PAGE = 10


@dataclass(frozen=True)
class ShownPerson:
    """Somebody who agreed to be named; `href` leads to their page where the reader may see it."""

    name: str
    href: str
    speaks: bool


@dataclass(frozen=True)
class Doings:
    """What the reader may do with an organisation, beside reading about it.

    Args:
        belongs: they belong to it.
        represents: they speak for it.
        may_ask: nobody speaks for it, so that they may ask to.
        is_due: it may be verified, for the first time or again.
        waits: a request to verify it waits for a decision.
        request: random id of that request, for those who decide such; else empty.
        may_end: they may end its verification.
        may_merge: they may propose to merge it; `merge` is the random id of a proposal that waits already.
        merge: see `may_merge`.
    """

    belongs: bool
    represents: bool
    may_ask: bool
    is_due: bool
    waits: bool
    request: str
    may_end: bool
    may_merge: bool
    merge: str


@organisations.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show an organisation; the address of one that was merged leads to what it became."""
    somebody = viewer()
    try:
        organisation = organisation_by_slug(slug, somebody)
    except MovedError as moved:
        return redirect(url_for("organisations.show", slug=moved.organisation.slug), code=301)
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    innovations = innovations_of(organisation, somebody, asked)
    spoken, unspoken = speakers(organisation), is_unspoken_for(organisation)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        direction=direction_of(organisation.language),
        hits=[hit_of(each) for each in innovations.items],
        innovations=Page([], innovations.total, asked),
        people=shown_people(people_shown(organisation), spoken, somebody),
        is_unspoken=unspoken,
        identifier=identifier_of(organisation),
        answer_time=said_answer_time(answer_time_of(organisation, somebody)),
        doings=doings_of(organisation, somebody, is_unspoken=unspoken),
    )


def shown_people(people: Iterable[Member], spoken: frozenset[int], somebody: Viewer) -> list[ShownPerson]:
    """Return those who are named; who speaks for the organisation first."""
    named = list(people)
    seen = visible_member_ids([each.id for each in named], somebody)
    shown = [
        ShownPerson(
            each.display_name,
            url_for("members.show", public_id=each.public_id) if each.id in seen else "",
            each.id in spoken,
        )
        for each in named
    ]
    return sorted(shown, key=lambda each: not each.speaks)


def identifier_of(organisation: Organisation) -> tuple[str, str] | None:
    """Return the identifier as org-id.guide writes it and the name of its register, or None."""
    scheme, number = organisation.identifier_scheme, organisation.identifier
    if not scheme or not number:
        return None
    return org_id(scheme, number), term("identifier_schemes", scheme)


def doings_of(organisation: Organisation, somebody: Viewer, *, is_unspoken: bool) -> Doings:
    """Return what `somebody` may do with an organisation."""
    represents, decides = is_representative(somebody, organisation), oversees(somebody, organisation)
    is_concerned = represents or decides
    waiting = open_verification(organisation) if is_concerned else None
    merge = open_merge(organisation) if can_propose_merge(somebody) else None
    return Doings(
        belongs=organisation.id in somebody.organisations,
        represents=represents,
        may_ask=somebody.is_member and is_unspoken,
        is_due=is_verification_due(organisation),
        waits=waiting is not None,
        request=waiting.public_id if waiting and decides else "",
        may_end=organisation.status is OrganisationStatus.VERIFIED
        and can_end_verification(somebody, organisation),
        may_merge=can_propose_merge(somebody),
        merge=merge.public_id if merge else "",
    )
