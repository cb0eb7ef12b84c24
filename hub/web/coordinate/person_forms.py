"""The forms of decisions about people: to what organisation somebody is let in, and why somebody is not."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.members.service import require_text
from hub.organisations.models import NAME_LENGTH, MembershipRole, Organisation
from hub.organisations.service import add_organisation
from hub.vetting.applications import REASONS
from hub.vetting.models import Application
from hub.vetting.people import all_organisations, organisations_named
from hub.web.coordinate.deciding import PersonWordsForm
from hub.web.fields import CodeField, CodesField, options, text_field
from hub.web.i18n import country_name, translate

NONE = "none"

NO_ORGANISATION = N_("Choose the organisation, or name a new one.")


def organisation_choices() -> list[tuple[str, str]]:
    """Return (random address, name and country) of every organisation, after an empty choice."""
    return [("", ""), *((each.slug, _named(each)) for each in all_organisations())]


def _named(organisation: Organisation) -> str:
    return (
        f"{organisation.name} ({country_name(organisation.country)})"
        if organisation.country
        else organisation.name
    )


def membership_choices() -> list[tuple[str, str]]:
    """Return (code, words) of what somebody may be let in as."""
    return [
        (NONE, translate("They join for themselves")),
        (MembershipRole.MEMBER.value, translate("They work there: member of the organisation")),
        (
            MembershipRole.REPRESENTATIVE.value,
            translate("They speak for it: representative of the organisation"),
        ),
    ]


class ApprovalForm(PersonWordsForm):
    """Whether somebody is let in for themselves or as belonging to an organisation."""

    membership = CodeField(
        _l("Does the hub know for whom they speak?"), choices=membership_choices, default=NONE
    )
    organisation = CodeField(_l("Organisation"), choices=organisation_choices)
    new_organisation = text_field(_l("Or the name of a new organisation"), NAME_LENGTH)

    def suggest(self, application: Application, known: Sequence[Organisation]) -> None:
        """Fill in the organisation that the person named; nothing comes of it unless a membership is chosen."""
        if known:
            self.organisation.data = known[0].slug
        else:
            self.new_organisation.data = application.organisation_name


class DeclineForm(PersonWordsForm):
    """Why somebody is not let in."""

    reasons = CodesField(_l("Reasons for declining"), choices=lambda: options(REASONS))


def membership_of(form: ApprovalForm, member: Member) -> tuple[Organisation, MembershipRole] | None:
    """Return the membership that was chosen; an organisation new to the hub is added, unverified.

    Raises:
        InvalidError: a membership without an organisation; names the field.
    """
    if form.membership.data not in set(MembershipRole):
        return None
    kind = MembershipRole(form.membership.data)
    chosen = next((each for each in all_organisations() if each.slug == form.organisation.data), None)
    if chosen is not None:
        return chosen, kind
    name = form.new_organisation.data or ""
    if not name:
        raise InvalidError(NO_ORGANISATION, field="organisation")
    require_text("new_organisation", name, NAME_LENGTH)
    known = organisations_named(name)
    return (known[0] if known else add_organisation(name, country=member.country)), kind
