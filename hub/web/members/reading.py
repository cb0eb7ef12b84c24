"""One person's page: what whoever asks may read of it, and oneself how others see it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.core.errors import NotFoundError
from hub.members.introductions.queries import asked_lately
from hub.members.messages.queries import acquaintance_of
from hub.members.messages.service import refusal
from hub.members.models import FieldAudience, Profile, ProfileScheme
from hub.members.profiles.permissions import can_view, seen_as
from hub.members.profiles.queries import ShownProfile, profile_by_public_id, shown_profile
from hub.web.access import public
from hub.web.i18n import direction_of
from hub.web.members.blueprint import members
from hub.web.profile_words import term_words
from hub.web.sessions import viewer

OTHERS = {
    each.value: each for each in (FieldAudience.PUBLIC, FieldAudience.MEMBERS, FieldAudience.LAW_ENFORCEMENT)
}
"""As whom one may look at one's own page, by the value in its address."""


@members.get("/<public_id>")
@public
def show(public_id: str) -> ResponseReturnValue:
    """Show a person's page."""
    somebody = viewer()
    profile = profile_by_public_id(public_id, somebody)
    if profile.member_id == somebody.member_id:
        return own_page(profile)
    other = acquaintance_of(somebody, profile.member)
    return page_of(
        shown_profile(somebody, profile),
        refusal=refusal(somebody, profile.member) if somebody.is_member else "",
        is_blocked=other.is_blocked,
        is_acquainted=somebody.is_member and public_id in asked_lately(somebody),
    )


def own_page(profile: Profile) -> str:
    """Return one's own page, as one sees it or as `as` in the address says.

    Raises:
        NotFoundError: there are no such readers.
    """
    readers = request.args.get("as", "")
    if readers and readers not in OTHERS:
        raise NotFoundError
    seen_by: Viewer = seen_as(OTHERS[readers]) if readers else viewer()
    shown = shown_profile(seen_by, profile) if can_view(seen_by, profile) else None
    return page_of(shown, is_own=True, readers=readers, own=profile)


def page_of(
    profile: ShownProfile | None,
    *,
    refusal: str = "",
    is_blocked: bool = False,
    is_acquainted: bool = False,
    is_own: bool = False,
    readers: str = "",
    own: Profile | None = None,
) -> str:
    """Return the page of a profile.

    Args:
        profile: what is shown; None where the readers that the owner looks as find nothing.
        refusal: message id of why the viewer cannot write to the person; empty where they can.
        is_blocked: whether the viewer blocked the person.
        is_acquainted: whether the viewer asked them for an introduction lately, or is introduced to them.
        is_own: whether it is the viewer's own.
        readers: as whom the owner looks; empty for as themselves.
        own: the owner's profile, for its name where nothing is shown.
    """
    name = profile.display_name if profile else own.member.display_name if own else ""
    public_id = profile.public_id if profile else own.member.public_id if own else ""
    return render_template(
        "members/show.html",
        profile=profile,
        name=name,
        public_id=public_id,
        lists={scheme.value: words_of(profile, scheme) for scheme in ProfileScheme} if profile else {},
        direction=direction_of(profile.language) if profile else "auto",
        refusal=refusal,
        is_blocked=is_blocked,
        is_acquainted=is_acquainted,
        is_own=is_own,
        readers=readers,
        others=tuple(OTHERS),
    )


def words_of(profile: ShownProfile, scheme: ProfileScheme) -> list[str]:
    """Return the values of one list of a profile in words."""
    return [term_words(each) for each in profile.terms[scheme]]
