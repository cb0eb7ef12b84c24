"""The form of an organisation: what it asks, and what is stored of each field."""

import re

from flask_babel import lazy_gettext as _l

from hub.organisations.details import OrganisationDetails, details_of
from hub.organisations.identifiers import scheme_country
from hub.organisations.models import Organisation
from hub.organisations.models.organisations import (
    DESCRIPTION_LENGTH,
    DOMAIN_LENGTH,
    FUNDING_LENGTH,
    IDENTIFIER_LENGTH,
    MOST_DOMAINS,
    NAME_LENGTH,
    SHORT_NAME_LENGTH,
    WEBSITE_LENGTH,
)
from hub.web.account.profile_form import NO, YES, yes_or_no
from hub.web.catalogue.choices import language_options, one_country, page_language
from hub.web.fields import CodeField, CodesField, HubForm, filled, options, text_field, web_address
from hub.web.i18n import by_name, country_name, translate

DOMAINS_LENGTH = (DOMAIN_LENGTH + 1) * MOST_DOMAINS * 2
"""Characters of the field for domains; each has a limit of its own."""

BETWEEN_DOMAINS = re.compile(r"[\s,;]+")


def type_options() -> list[tuple[str, str]]:
    """Return (code, label) of the types of organisation."""
    return options("organisation_types")


def register_options() -> list[tuple[str, str]]:
    """Return (code, name and country) of the registers: those of many countries first, after an empty choice."""
    named = {code: (scheme_country(code), label) for code, label in options("identifier_schemes")}
    worldwide = [(code, label) for code, (country, label) in named.items() if country is None]
    places = {
        f"{country_name(country)}: {label}": code
        for code, (country, label) in named.items()
        if country is not None
    }
    return [("", ""), *worldwide, *((places[words], words) for words in by_name(places))]


def agreement() -> list[tuple[str, str]]:
    """Return the one box of what must be agreed to."""
    return [(YES, translate("Yes, save this and have the hub verify it anew"))]


class OrganisationForm(HubForm):
    """All that is said about an organisation."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter the name of the organisation.")))
    short_name = text_field(_l("Short name"), SHORT_NAME_LENGTH)
    type = CodeField(
        _l("Type"), choices=type_options, validators=[filled(_l("Choose the type of the organisation."))]
    )
    country = CodeField(_l("Country"), choices=one_country)
    identifier_scheme = CodeField(_l("Register"), choices=register_options)
    identifier = text_field(_l("Number in that register"), 4 * IDENTIFIER_LENGTH)
    website = text_field(_l("Website"), WEBSITE_LENGTH, web_address)
    email_domains = text_field(_l("Domains of its mail addresses"), DOMAINS_LENGTH, area=True)
    is_article_36_authority = CodeField(
        _l("Does it fight corruption through law enforcement?"), choices=yes_or_no, default=NO
    )
    description = text_field(_l("What it is and does"), DESCRIPTION_LENGTH, area=True)
    funding = text_field(_l("Who pays for it"), FUNDING_LENGTH, area=True)
    language = CodeField(_l("Language of these texts"), choices=language_options)

    def details(self) -> OrganisationDetails:
        """Return what was typed; only after the form was found valid."""
        return OrganisationDetails(
            name=self.name.data,
            type=self.type.data,
            country=self.country.data or None,
            short_name=self.short_name.data,
            identifier_scheme=self.identifier_scheme.data or "",
            identifier=self.identifier.data,
            website=self.website.data,
            email_domains=tuple(filter(None, BETWEEN_DOMAINS.split(self.email_domains.data))),
            description=self.description.data,
            funding=self.funding.data,
            language=self.language.data or page_language(),
            is_article_36_authority=self.is_article_36_authority.data == YES,
        )


class ChangeForm(OrganisationForm):
    """The same for one that is on the hub, and whether its verification may end with the change."""

    agreed = CodesField(_l("Save it all the same?"), choices=agreement)


NAMES = (
    "name",
    "short_name",
    "type",
    "country",
    "identifier_scheme",
    "identifier",
    "website",
    "email_domains",
    "is_article_36_authority",
    "description",
    "funding",
    "language",
)
"""The fields in the order of the page."""


def stored(organisation: Organisation) -> dict[str, str]:
    """Return what is stored, by field, as the form has it."""
    said = details_of(organisation)
    return {
        "name": said.name,
        "short_name": said.short_name,
        "type": said.type,
        "country": said.country or "",
        "identifier_scheme": said.identifier_scheme,
        "identifier": said.identifier,
        "website": said.website,
        "email_domains": "\n".join(said.email_domains),
        "is_article_36_authority": YES if said.is_article_36_authority else NO,
        "description": said.description,
        "funding": said.funding,
        "language": said.language,
    }
