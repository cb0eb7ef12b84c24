"""The forms with which members and guests register for a showcase, and change what they said."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from hub.core.i18n import N_
from hub.members.models import EMAIL_LENGTH
from hub.showcases.models import Attendance, Registration, Showcase
from hub.showcases.models.registration import ACCESS_NEEDS_LENGTH
from hub.showcases.models.showcase import NAME_LENGTH
from hub.showcases.registrations.details import LISTING_VERSION, RegistrationDetails, ways_of
from hub.web.fields import CodeField, CodesField, HubForm, email_address, filled, text_field
from hub.web.i18n import translate

WAY_NAMES = {Attendance.ON_SITE: N_("On site"), Attendance.ONLINE: N_("Online")}


class ListingField(CodesField):
    """One box; its value is the version of the words that stood beside it when it was ticked."""

    def pre_validate(self, form: object) -> None:
        """Refuse consent to another wording; no consent is an answer too."""
        del form
        if self.data and LISTING_VERSION not in self.data:
            raise ValidationError(
                translate(
                    "The words beside this box have changed since you opened the page. Read them again."
                )
            )


class SaidForm(HubForm):
    """What somebody may change later."""

    access_needs = text_field(_l("What do you need to take part?"), ACCESS_NEEDS_LENGTH, area=True)
    listed = ListingField(
        _l("List of attendees"),
        choices=lambda: [
            (LISTING_VERSION, translate("The other attendees may read my name in the list of attendees"))
        ],
    )

    def fit(self, showcase: Showcase) -> None:
        """Leave out what a showcase does not ask for."""
        if not showcase.asks_access_needs:
            del self.access_needs

    @property
    def is_listed(self) -> bool:
        """Whether the box is ticked."""
        return bool(self.listed.data)

    @property
    def needs(self) -> str:
        """What was typed about access; empty where nobody asked."""
        return str(self.access_needs.data or "") if "access_needs" in self else ""


def said(registration: Registration) -> dict[str, object]:
    """Return what somebody said before, as the fields of the form show it."""
    return {
        "access_needs": registration.access_needs,
        "listed": [LISTING_VERSION] if registration.is_listed else [],
    }


class RegisterForm(SaidForm):
    """How a member takes part."""

    attendance = CodeField(
        _l("How do you take part?"),
        choices=[],
        validators=[filled(_l("Choose how you take part."))],
    )

    def fit(self, showcase: Showcase) -> None:
        """Offer the ways of a showcase; where there is one alone, nobody is asked."""
        super().fit(showcase)
        self.ways = ways_of(showcase)
        if len(self.ways) == 1:
            del self.attendance
        else:
            self.attendance.choices = [(way.value, translate(WAY_NAMES[way])) for way in self.ways]

    def details(self) -> RegistrationDetails:
        """Return what was chosen and typed."""
        way = Attendance(self.attendance.data) if "attendance" in self else self.ways[0]
        return RegistrationDetails(way, self.needs, self.is_listed)


class GuestForm(RegisterForm):
    """The same for who has no account."""

    name = text_field(_l("Name"), NAME_LENGTH, filled(_l("Enter your name.")))
    email = text_field(
        _l("Email address"), EMAIL_LENGTH, filled(_l("Enter your email address")), email_address
    )
