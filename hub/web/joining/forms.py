"""The forms of joining: who somebody is and why they come, with an address of their own or by invitation."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectMultipleField, StringField, ValidationError

from hub.members.models import EMAIL_LENGTH, NAME_LENGTH as PERSON_LENGTH
from hub.organisations.models import NAME_LENGTH
from hub.vetting.joining import Applicant
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.models.applications import WEBSITE_LENGTH
from hub.vocabularies.consent import CONSENT_VERSION
from hub.web.catalogue.choices import one_country
from hub.web.fields import (
    AtMost,
    CodeField,
    HubForm,
    email_address,
    filled,
    options,
    text_field,
    tidy,
    web_address,
)
from hub.web.i18n import language, languages, translate
from hub.web.new_passwords import NewPasswordForm

HOST = re.compile(r"(?=.{4,255}(?:/|$))(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?")
"""What looks like an address on the web without its scheme, such as "www.example.org"."""


def with_scheme(typed: str | None) -> str | None:
    """Return a web address with https:// before it where only that is missing."""
    return f"https://{typed}" if typed and HOST.fullmatch(typed) else typed


class ConsentField(SelectMultipleField):
    """One box; its value is the version of the terms that stood behind the link when it was ticked."""

    def pre_validate(self, form: Form) -> None:
        """Refuse no consent, and consent to another wording."""
        del form
        if not self.data:
            raise ValidationError(
                translate("Read the terms and agree. Without that you cannot become a member.")
            )
        if CONSENT_VERSION not in self.data:
            raise ValidationError(
                translate("The terms have changed since you opened this page. Read them again.")
            )


class AddressForm(HubForm):
    """The address that a mail will confirm; the first field, and so the first error."""

    email = text_field(
        _l("Email address"), EMAIL_LENGTH, filled(_l("Enter your email address")), email_address
    )


class PersonForm(HubForm):
    """What somebody says of themselves."""

    display_name = text_field(_l("Name"), PERSON_LENGTH, filled(_l("Enter the name that others will read.")))
    member_type = CodeField(
        _l("What do you do?"),
        choices=lambda: options("member_types"),
        validators=[filled(_l("Choose what fits best."))],
    )
    country = CodeField(_l("Country"), choices=one_country)
    organisation_name = text_field(_l("Organisation"), NAME_LENGTH)
    website = StringField(
        _l("Website of the organisation"),
        filters=[tidy, with_scheme],
        validators=[web_address, AtMost(WEBSITE_LENGTH)],
    )
    words = text_field(
        _l("Why do you want to join?"),
        WORDS_LENGTH,
        filled(_l("Say in a few sentences why you want to join.")),
        area=True,
    )
    language = CodeField(
        _l("Language in which the hub writes to you"),
        choices=lambda: [(each.code, each.name) for each in languages()],
        default=lambda: language().code,
    )
    consent = ConsentField(
        _l("Terms of joining"),
        choices=lambda: [(CONSENT_VERSION, translate("I have read the terms of joining and agree to them"))],
    )

    def applicant(self) -> Applicant:
        """Return what was typed."""
        return Applicant(
            display_name=self.display_name.data,
            member_type=self.member_type.data,
            country=self.country.data or None,
            words=self.words.data,
            organisation_name=self.organisation_name.data,
            website=self.website.data,
            language=self.language.data or language().code,
        )


class ApplicationForm(AddressForm, PersonForm):
    """The same with an address."""


class InvitedForm(PersonForm, NewPasswordForm):
    """The same for who opened an invitation: the address is known, and a password is chosen at once."""
