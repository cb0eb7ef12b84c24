"""The form of the audience: who may read a record, and how readers may pass it on."""

from wtforms import ValidationError

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import InnovationDetails, InnovationRevision
from hub.catalogue.queries import known_organisations
from hub.core.i18n import N_
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.catalogue.forms import PartForm, Stored, codes
from hub.web.catalogue.labels import LABELS
from hub.web.fields import CodeField, CodesField, options
from hub.web.i18n import translate
from hub.web.sessions import viewer

REVIEWED = ("CLEAR", "GREEN", "AMBER")
"""The labels that an innovation may have; stricter things are shared by their owner and reviewed by nobody."""


def audience_options() -> list[tuple[str, str]]:
    """Return (code, words) of the audiences that an innovation may have."""
    return [
        (Audience.PUBLIC.value, translate("Everybody")),
        (Audience.MEMBERS.value, translate("Members of the hub")),
        (Audience.LAW_ENFORCEMENT.value, translate("Verified law enforcement")),
        (Audience.ORGANISATIONS.value, translate("Organisations that I name")),
    ]


def named_organisations() -> list[tuple[str, str]]:
    """Return (id, name) of the organisations that this person may know of."""
    return [(str(each.id), each.name) for each in known_organisations(viewer())]


class LimitField(CodesField):
    """Countries that law enforcement is limited to; none limits nothing."""

    none_means = N_("Every country")


class AudienceForm(PartForm):
    """Who may read the record, and how they may pass it on."""

    audience = CodeField(LABELS["audience"], choices=audience_options)
    le_countries = LimitField(LABELS["le_countries"], choices=country_options)
    organisation_ids = CodesField(LABELS["organisation_ids"], choices=named_organisations)
    tlp = CodeField(LABELS["tlp"], choices=lambda: options("tlp", REVIEWED))

    @classmethod
    def stored(cls, revision: InnovationRevision) -> Stored:
        """Return the readership, or nothing chosen where nobody chose yet."""
        chosen = revision.readership
        return {
            "audience": chosen.audience.value if revision.is_audience_chosen else NOT_CHOSEN,
            "tlp": chosen.tlp.value if revision.is_audience_chosen else NOT_CHOSEN,
            "le_countries": sorted(chosen.countries),
            "organisation_ids": [str(number) for number in sorted(chosen.organisations)],
        }

    def validate_audience(self, field: CodeField) -> None:
        """Ask for a choice, and for the organisations where they must be named."""
        if not field.data:
            raise ValidationError(translate("Choose who may read it."))
        if field.data == Audience.ORGANISATIONS and not self.organisation_ids.data:
            raise ValidationError(translate("Name at least one organisation, or choose another audience."))

    def validate_tlp(self, field: CodeField) -> None:
        """Ask for a label that allows the audience."""
        if not field.data:
            raise ValidationError(translate("Choose a label."))

    def details(self) -> InnovationDetails:
        """Return the readership; what the chosen audience does not name is left out."""
        audience = Audience(self.audience.data)
        countries = codes(self.le_countries) if audience is Audience.LAW_ENFORCEMENT else ()
        named = codes(self.organisation_ids) if audience is Audience.ORGANISATIONS else ()
        return InnovationDetails(
            readership=Readership(
                audience,
                Tlp(self.tlp.data),
                countries=frozenset(countries),
                organisations=frozenset(int(number) for number in named),
            )
        )
