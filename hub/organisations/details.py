"""What is said about an organisation, checked and made alike before it is stored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.core.written import WEB_ADDRESS
from hub.members.profiles.checking import check_line, check_no_address, check_text
from hub.members.service import require_code
from hub.organisations.identifiers import check_identifier
from hub.organisations.models import Organisation, OrganisationDomain
from hub.organisations.models.organisations import (
    DESCRIPTION_LENGTH,
    DOMAIN_LENGTH,
    FUNDING_LENGTH,
    MOST_DOMAINS,
    NAME_LENGTH,
    SHORT_NAME_LENGTH,
    WEBSITE_LENGTH,
    name_key,
)
from hub.vocabularies.mail_domains import is_free_mail, is_public_suffix

INTERNATIONAL = "international"
"""The one type of organisation that may belong to no country."""

IDENTITY = (
    "name",
    "short_name",
    "type",
    "country",
    "identifier_scheme",
    "identifier",
    "website",
    "email_domains",
    "is_article_36_authority",
)
"""What a verification vouches for: when one of these changes, it ends."""

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})+")


@dataclass(frozen=True, kw_only=True)
class OrganisationDetails:
    """What somebody says about an organisation.

    Args:
        name: as it writes it.
        type: code of the organisation types.
        country: ISO 3166-1 alpha-2 code; None for international ones only.
        short_name: how it is called for short.
        identifier_scheme: code of the register that the identifier is from, or empty.
        identifier: its number there, or empty.
        website: its web address, or empty.
        email_domains: what stands after the @ in its people's addresses; never one where anybody has a mailbox.
        description: what it is and does.
        funding: who pays for it.
        language: BCP 47 tag of description and funding.
        is_article_36_authority: whether it fights corruption through law enforcement (UNCAC Art. 36).
    """

    name: str
    type: str
    country: str | None
    short_name: str = ""
    identifier_scheme: str = ""
    identifier: str = ""
    website: str = ""
    email_domains: tuple[str, ...] = ()
    description: str = ""
    funding: str = ""
    language: str = "en-GB"
    is_article_36_authority: bool = False


class KnownOrganisationError(ConflictError):
    """The organisation is on the hub already, and the person who asked may see it.

    Args:
        organisation: the one that is.
        may_ask: whether nobody speaks for it, so that the person may ask to.
    """

    default = N_("This organisation is on the hub already.")

    def __init__(self, organisation: Organisation, *, may_ask: bool) -> None:
        super().__init__()
        self.organisation = organisation
        self.may_ask = may_ask


def details_of(organisation: Organisation) -> OrganisationDetails:
    """Return what is said about a stored organisation, to fill a form or to compare."""
    return OrganisationDetails(
        name=organisation.name,
        type=organisation.type or "",
        country=organisation.country,
        short_name=organisation.short_name or "",
        identifier_scheme=organisation.identifier_scheme or "",
        identifier=organisation.identifier or "",
        website=organisation.website or "",
        email_domains=tuple(each.domain for each in organisation.domains),
        description=organisation.description,
        funding=organisation.funding,
        language=organisation.language,
        is_article_36_authority=organisation.is_article_36_authority,
    )


def checked(details: OrganisationDetails) -> OrganisationDetails:
    """Return the details as they are stored: white space gone, domains in ASCII, the identifier as its register has it.

    Raises:
        InvalidError: something said cannot be accepted; names the field.
    """
    found = replace(
        details,
        name=re.sub(" +", " ", details.name).strip(),
        short_name=details.short_name.strip(),
        country=details.country or None,
        website=details.website.strip(),
        email_domains=_checked_domains(details.email_domains),
        description=details.description.strip(),
        funding=details.funding.strip(),
    )
    if not found.name:
        raise InvalidError(N_("Enter the name of the organisation."), field="name")
    check_line("name", found.name, NAME_LENGTH)
    check_line("short_name", found.short_name, SHORT_NAME_LENGTH)
    for field in ("name", "short_name"):
        check_no_address(field, getattr(found, field))
    check_text("description", found.description, DESCRIPTION_LENGTH)
    check_text("funding", found.funding, FUNDING_LENGTH)
    require_code("type", found.type, "organisation_types")
    if found.country is not None:
        require_code("country", found.country, "countries")
    elif found.type != INTERNATIONAL:
        raise InvalidError(N_("Choose the country of the organisation."), field="country")
    if not LANGUAGE_TAG.fullmatch(found.language):
        raise InvalidError(N_("Choose the language that you write in."), field="language")
    _check_website(found.website)
    scheme, identifier = _checked_identifier(details.identifier_scheme, details.identifier)
    return replace(found, identifier_scheme=scheme, identifier=identifier)


def apply_details(organisation: Organisation, details: OrganisationDetails) -> None:
    """Write checked details into an organisation; the caller flushes."""
    organisation.name = details.name
    organisation.name_key = name_key(details.name)
    organisation.short_name = details.short_name or None
    organisation.type, organisation.country = details.type, details.country
    organisation.identifier_scheme = details.identifier_scheme or None
    organisation.identifier = details.identifier or None
    organisation.website = details.website or None
    organisation.description, organisation.funding = details.description, details.funding
    organisation.language = details.language
    organisation.is_article_36_authority = details.is_article_36_authority
    stored = {each.domain: each for each in organisation.domains}
    organisation.domains = [
        stored.get(each) or OrganisationDomain(domain=each) for each in details.email_domains
    ]


def changes_identity(organisation: Organisation, details: OrganisationDetails) -> bool:
    """Whether something that a verification vouches for would change; `details` need not be checked yet."""
    before, after = details_of(organisation), _quietly_checked(details)
    return any(_plain(getattr(before, name)) != _plain(getattr(after, name)) for name in IDENTITY)


def snapshot(organisation: Organisation) -> dict[str, object]:
    """Return all that is said about an organisation, in plain values, for the audit log."""
    said = vars(details_of(organisation))
    return {**said, "email_domains": sorted(said["email_domains"]), "status": str(organisation.status)}


def host_of(website: str | None) -> str:
    """Return the host of a web address without `www.`; empty where there is none."""
    try:
        host = urlsplit(website or "").hostname or ""
    except ValueError:  # brackets that are no IPv6 address
        return ""
    return host.strip(".").removeprefix("www.")


def domain_within(domain: str, domains: Iterable[str]) -> str | None:
    """Return which of `domains` is `domain` or above it, the longest where there are several; None for free mail."""
    if not domain or is_free_mail(domain):
        return None
    found = [each for each in domains if domain == each or domain.endswith(f".{each}")]
    # one that was stored before it became a public suffix vouches for nothing
    return max((each for each in found if not is_public_suffix(each)), key=len, default=None)


def _quietly_checked(details: OrganisationDetails) -> OrganisationDetails:
    try:
        return checked(details)
    except InvalidError:
        return details


def _plain(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value or None


def _checked_identifier(scheme: str, identifier: str) -> tuple[str, str]:
    if not scheme.strip() and not identifier.strip():
        return "", ""
    if not scheme.strip():
        raise InvalidError(N_("Choose the register that this identifier is from."), field="identifier_scheme")
    if not identifier.strip():
        raise InvalidError(N_("Enter the identifier, or choose no register."), field="identifier")
    return scheme, check_identifier(scheme, identifier)


def _check_website(website: str) -> None:
    if not website:
        return
    check_text("website", website, WEBSITE_LENGTH)
    if not WEB_ADDRESS.fullmatch(website) or not host_of(website):
        raise InvalidError(N_("Enter a web address that begins with http:// or https://."), field="website")


def _checked_domains(domains: Iterable[str]) -> tuple[str, ...]:
    found = sorted({_checked_domain(each) for each in domains if each.strip()})
    if len(found) > MOST_DOMAINS:
        raise InvalidError(N_("Give at most %(most)s domains."), field="email_domains", most=MOST_DOMAINS)
    return tuple(found)


def _checked_domain(typed: str) -> str:
    domain = typed.strip().rpartition("@")[2].strip(".").lower()
    try:
        # far above any domain's length, so that a pasted page is refused before it is converted
        domain = domain[: 2 * DOMAIN_LENGTH].encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if len(domain) > DOMAIN_LENGTH or not DOMAIN.fullmatch(domain):
        raise InvalidError(
            N_("Enter what stands after the @ in the organisation's addresses, such as ministry.example."),
            field="email_domains",
        )
    if is_free_mail(domain):
        raise InvalidError(
            N_("Anybody can have an address at %(domain)s. Leave it out."),
            field="email_domains",
            domain=domain,
        )
    if is_public_suffix(domain):
        raise InvalidError(
            N_("Anybody can have a domain below %(domain)s. Enter the whole domain of the organisation."),
            field="email_domains",
            domain=domain,
        )
    return domain
