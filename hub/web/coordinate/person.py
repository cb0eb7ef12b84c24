"""What a coordinator reads of one person: what speaks for and against what they say, and what was decided before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hub.access.viewer import ROLE_NAMES
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.core.clock import now
from hub.members.models import Member, RoleGrant
from hub.members.queries import has_factor, roles_in_force
from hub.members.service import BOOTSTRAP, subject_of
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipRole,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.queries import law_enforcement_status, memberships_of
from hub.vetting.models import Application, FactorReset
from hub.vetting.people import accounts_alike, names_of, organisations_named
from hub.vetting.queries import applications_of, open_reset_of, open_status_of
from hub.vocabularies.consent import CONSENT_VERSION
from hub.vocabularies.mail_domains import is_free_mail
from hub.web.context import day
from hub.web.coordinate.desks import is_same_domain, mail_domain, site_domain
from hub.web.i18n import country_name, listed, term, translate

TOLD = (
    Event.MEMBER_CREATE,
    Event.MEMBER_APPLY,
    Event.MEMBER_CONFIRM,
    Event.MEMBER_APPROVE,
    Event.MEMBER_DECLINE,
    Event.MEMBER_SUSPEND,
    Event.MEMBER_REINSTATE,
    Event.MEMBER_LAPSE,
    Event.MEMBER_RENEW,
    Event.MEMBER_VET,
    Event.MEMBER_GRANT,
    Event.MEMBER_END_ROLE,
    Event.MEMBERSHIP_START,
    Event.MEMBERSHIP_END,
    Event.MEMBER_REQUEST_STATUS,
    Event.MEMBER_SUPPORT_STATUS,
    Event.MEMBER_VERIFY,
    Event.MEMBER_DECLINE_STATUS,
    Event.MEMBER_WITHDRAW_STATUS,
    Event.MEMBER_REVOKE_STATUS,
    Event.MEMBER_REQUEST_RESET,
    Event.MEMBER_SUPPORT_RESET,
    Event.MEMBER_APPROVE_RESET,
    Event.MEMBER_DECLINE_RESET,
    Event.MEMBER_STOP_RESET,
    Event.MEMBER_COMPLETE_RESET,
)
"""What the file of a person tells of them; neither their interests nor their invitations."""


@dataclass(frozen=True)
class DomainCheck:
    """The domain of an address beside that of a website.

    Args:
        name: whose website it is; empty for the one that the person named.
        site: its domain.
        is_same: whether the address is of that domain or one below it.
    """

    name: str
    site: str
    is_same: bool


@dataclass(frozen=True)
class MailEvidence:
    """What the address says: evidence, never proof.

    Args:
        domain: what stands behind the @.
        is_free: whether anybody can have a mailbox there.
        checks: websites to compare with.
    """

    domain: str
    is_free: bool
    checks: Sequence[DomainCheck]


@dataclass(frozen=True)
class Entry:
    """One line of a history, as `components/history.html` takes it."""

    at: datetime
    text: str
    words: str = ""


@dataclass(frozen=True)
class PersonFile:
    """Everything on the page of one person.

    Args:
        member: whom it is about.
        application: the latest, which waits if it has no decision.
        known: organisations of the hub that bear the name they gave.
        mail: what their address says.
        alike: accounts that may be theirs too.
        grants: roles in force.
        memberships: active ones.
        status: law-enforcement status in force, or None.
        asked_status: the one that they ask for, or None.
        reset: the loss of second factors that is under way, or None.
        has_factor: whether they have a second factor.
        history: what was decided, the latest first.
        decided: applications that were decided, the latest first.
    """

    member: Member
    application: Application | None
    known: Sequence[Organisation]
    mail: MailEvidence
    alike: Sequence[Member]
    grants: Sequence[RoleGrant]
    memberships: Sequence[OrganisationMembership]
    status: LawEnforcementStatus | None
    asked_status: LawEnforcementStatus | None
    reset: FactorReset | None
    has_factor: bool
    history: Sequence[Entry]
    decided: Sequence[Application]


def person_file(member: Member) -> PersonFile:
    """Return the file of one person."""
    applications = applications_of(member.id)
    latest = applications[0] if applications else None
    known = organisations_named(latest.organisation_name) if latest else ()
    memberships = memberships_of(member.id)
    return PersonFile(
        member=member,
        application=latest,
        known=known,
        mail=mail_evidence(member, latest.website if latest else "", known, memberships),
        alike=accounts_alike(member),
        grants=roles_in_force(member, now()),
        memberships=memberships,
        status=law_enforcement_status(member.id, now()),
        asked_status=open_status_of(member.id),
        reset=open_reset_of(member.id),
        has_factor=has_factor(member.id),
        history=history_of_person(member),
        decided=[each for each in applications if each.decision is not None],
    )


def mail_evidence(
    member: Member,
    website: str,
    known: Sequence[Organisation],
    memberships: Sequence[OrganisationMembership] = (),
) -> MailEvidence:
    """Compare the domain of a member's address with the website they named and with those of organisations."""
    domain = mail_domain(member.email)
    named = [("", site_domain(website if "://" in website else f"https://{website}"))] if website else []
    organisations = {each.id: each for each in (*known, *(each.organisation for each in memberships))}
    sites = [*named, *((each.name, site_domain(each.website)) for each in organisations.values())]
    return MailEvidence(
        domain=domain,
        is_free=is_free_mail(domain),
        checks=[DomainCheck(name, site, is_same_domain(domain, site)) for name, site in sites if site],
    )


def role_words(grant: RoleGrant) -> str:
    """Return a role in words, with the country of a focal point."""
    name = translate(ROLE_NAMES[grant.role])
    return f"{name}, {country_name(grant.country)}" if grant.country else name


def consent_words(application: Application | None) -> str:
    """Return to which wording of the terms somebody agreed, in words; a wording is known by its day."""
    if application is None:
        return ""
    version = application.consent_version
    try:
        words = day(date.fromisoformat(version))
    except ValueError:
        words = version
    if version == CONSENT_VERSION:
        return words
    return translate("%(day)s (older than the present ones)", day=words)


def membership_words(membership: OrganisationMembership) -> str:
    """Return to what organisation somebody belongs and as what, in words."""
    name = membership.organisation.name
    if membership.role is MembershipRole.REPRESENTATIVE:
        return translate("%(organisation)s, as representative", organisation=name)
    return name


def reason_words(application: Application) -> str:
    """Return the reasons of a decision in words, as a list."""
    return listed(term("application_reasons", code) for code in application.reasons)


def history_of_person(member: Member) -> list[Entry]:
    """Return what was decided about somebody, from the audit log, the latest first."""
    items = history_of(subject_of(member), events=TOLD)
    names = names_of({item.actor for item in items})
    return [
        Entry(
            item.recorded_at,
            _told(translate(item.event.label), names.get(item.actor), member),
            translate(item.reason) if item.reason == BOOTSTRAP else item.reason,
        )
        for item in reversed(items)
    ]


def _told(label: str, actor: Member | None, member: Member) -> str:
    if actor is None or actor.id == member.id:
        return label
    return translate("%(what)s, by %(name)s", what=label, name=actor.display_name)
