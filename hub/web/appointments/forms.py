"""The forms that propose a role, its end, or decline such a proposal."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, ValidationError

from hub.access.viewer import ROLE_NAMES, Role
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.models import EMAIL_LENGTH, Member
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.queries import approved_member
from hub.web.catalogue.choices import one_country
from hub.web.fields import CodeField, HubForm, filled, text_field
from hub.web.i18n import translate


def role_options() -> list[tuple[str, str]]:
    """Return (value, name) of the roles."""
    return [(each.value, translate(ROLE_NAMES[each])) for each in Role]


class ReasonForm(HubForm):
    """Why somebody wants the end of a role, or gives it up."""

    reason = text_field(_l("Why?"), WORDS_LENGTH, filled(_l("Say it in your own words.")), area=True)


class ProposalForm(HubForm):
    """Who should get which role, and why."""

    member = text_field(_l("Who?"), EMAIL_LENGTH, filled(_l("Enter a member id or an email address.")))
    role = SelectField(_l("Which role?"), choices=role_options)
    country = CodeField(_l("For which country?"), choices=one_country)
    reason = text_field(
        _l("Why this person?"), WORDS_LENGTH, filled(_l("Say it in your own words.")), area=True
    )

    def validate_country(self, field: CodeField) -> None:
        """Ask a focal point's proposer for the country."""
        if self.role.data == Role.FOCAL_POINT and not field.data:
            raise ValidationError(translate("Choose the country of the focal point."))

    def found(self) -> Member:
        """Return the approved member that was named.

        Raises:
            InvalidError: there is none.
        """
        member = approved_member(self.member.data or "")
        if member is None:
            raise InvalidError(N_("No approved member has this member id or email address."), field="member")
        return member


class DeclineForm(HubForm):
    """Why a proposal is declined."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)
