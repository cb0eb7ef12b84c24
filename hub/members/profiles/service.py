"""Saving one's own profile. Lists and their additions are in `terms`, how search finds people in `documents`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError, StaleVersionError
from hub.members.models import (
    FieldAudience,
    Member,
    Profile,
    ProfileLink,
    ProfileScheme,
    ProfileTerm,
    normal_email,
)
from hub.members.profiles.checking import (
    LINES,
    TEXTS,
    check_contact_email,
    check_links,
    check_member_type,
    check_number,
    check_said,
)
from hub.members.profiles.documents import document_id, profile_document, queue_change
from hub.members.profiles.permissions import is_in_standing
from hub.members.profiles.queries import profile_of
from hub.members.profiles.terms import add_term, present_codes
from hub.members.service import require_code, subject_of

NO_TERMS: Mapping[ProfileScheme, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class ProfileDetails:
    """All that somebody says about themselves.

    Args:
        display_name: what others read; need not be the name in a passport.
        member_type: code of the vocabulary `member_types`.
        country: ISO 3166-1 alpha-2 code, or None.
        audience: who may read the page and find it in the directory.
        language: BCP 47 tag of the texts.
        biography_audience: who may read the biography, of those who may read the page.
        contact_audience: who may read address and number, of those who may read the page.
        is_contactable: whether members may write through the hub.
        terms: chosen codes by list, in the person's order.
        added: words that the lists of skills and languages lack.
        links: address and title of each link.
    """

    display_name: str
    member_type: str
    country: str | None = None
    audience: FieldAudience = FieldAudience.NOBODY
    language: str = "en-GB"
    headline: str = ""
    biography: str = ""
    biography_audience: FieldAudience = FieldAudience.MEMBERS
    contact_email: str = ""
    contact_phone: str = ""
    contact_audience: FieldAudience = FieldAudience.NOBODY
    offers: str = ""
    needs: str = ""
    is_contactable: bool = True
    terms: Mapping[ProfileScheme, tuple[str, ...]] = field(default_factory=lambda: NO_TERMS)
    added: Mapping[ProfileScheme, tuple[str, ...]] = field(default_factory=lambda: NO_TERMS)
    links: tuple[tuple[str, str], ...] = ()


COLUMNS = (
    "audience",
    "language",
    "headline",
    "biography",
    "biography_audience",
    "contact_phone",
    "contact_audience",
    "offers",
    "needs",
    "is_contactable",
)
"""What is stored as it was said."""


def save_profile(actor: Member, details: ProfileDetails, *, version: int) -> Profile:
    """Save what `actor` says about themselves; the first time makes the profile.

    Args:
        actor: whose profile it is.
        details: all of it.
        version: that of the profile which was opened; 0 where there was none.

    Raises:
        ForbiddenError: the actor is no member in good standing.
        InvalidError: a value cannot be accepted; names the field.
        StaleVersionError: it was saved from another window meanwhile.
    """
    if not is_in_standing(actor):
        raise ForbiddenError
    check_details(actor, details)
    codes = _codes(actor, details)
    profile = profile_of(actor.id)
    document = profile_document(profile) if profile else None
    before = _snapshot(profile) if profile else None
    profile = _first(actor, version) if profile is None else _next(profile, version)
    for name in COLUMNS:
        setattr(profile, name, getattr(details, name))
    profile.contact_email = normal_email(details.contact_email) if details.contact_email else ""
    profile.updated_at = clock.now()
    actor.display_name, actor.member_type = details.display_name.strip(), details.member_type
    actor.country = details.country
    _set_terms(profile, codes)
    profile.links = [
        ProfileLink(position=position, url=url, title=title)
        for position, (url, title) in enumerate(details.links)
    ]
    session().flush()
    record(
        Viewer(public_id=actor.public_id),
        Event.MEMBER_CHANGE_PROFILE,
        subject_of(actor),
        before=before,
        after=_snapshot(profile),
    )
    after = profile_document(profile)
    if document is not None or after is not None:
        queue_change(document_id(actor), document, after)
    return profile


def check_details(actor: Member, details: ProfileDetails) -> None:
    """Make sure that a profile can be stored, lists excepted.

    Raises:
        InvalidError: a value cannot be accepted; names the field.
    """
    check_said({name: getattr(details, name) for name in (*LINES, *TEXTS)})
    check_member_type(actor.member_type, details.member_type)
    if details.country is not None:
        require_code("country", details.country, "countries")
    check_contact_email(details.contact_email)
    check_links(details.links)


def _codes(actor: Member, details: ProfileDetails) -> dict[ProfileScheme, list[str]]:
    """Return the codes of each list: those chosen as they stand now, then those for the words added."""
    found: dict[ProfileScheme, list[str]] = {}
    for scheme in ProfileScheme:
        chosen = present_codes(scheme, details.terms.get(scheme, ()))
        words = details.added.get(scheme, ())
        # counted before anything is added, so that nobody fills the lists with a form that is refused
        check_number(scheme, len(chosen) + len(words))
        chosen += [add_term(actor, scheme, label, details.language) for label in words]
        found[scheme] = list(dict.fromkeys(chosen))
    return found


def _first(actor: Member, version: int) -> Profile:
    if version != 0:
        raise StaleVersionError
    profile = Profile(member_id=actor.id, member=actor)
    session().add(profile)
    try:
        session().flush()
    except IntegrityError:
        # made from another window in the same moment
        raise StaleVersionError from None
    return profile


def _next(profile: Profile, version: int) -> Profile:
    guarded = (
        update(Profile)
        .where(Profile.member_id == profile.member_id, Profile.version == version)
        .values(version=version + 1)
    )
    result = session().execute(guarded, execution_options={"synchronize_session": False})
    if result.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersionError
    session().refresh(profile, ["version"])
    return profile


def _set_terms(profile: Profile, codes: Mapping[ProfileScheme, list[str]]) -> None:
    held = {(each.scheme, each.code): each for each in profile.terms}
    wanted = []
    for scheme, chosen in codes.items():
        for position, code in enumerate(chosen):
            term = held.get((scheme, code)) or ProfileTerm(scheme=scheme, code=code)
            term.position = position
            wanted.append(term)
    profile.terms = wanted


def _snapshot(profile: Profile) -> dict[str, object]:
    member = profile.member
    return {
        **{name: str(getattr(profile, name)) for name in (*COLUMNS, "contact_email")},
        "display_name": member.display_name,
        "member_type": member.member_type,
        "country": member.country,
        "terms": sorted(f"{each.scheme}:{each.code}" for each in profile.terms),
        "links": [f"{each.url} {each.title}" for each in profile.links],
    }
