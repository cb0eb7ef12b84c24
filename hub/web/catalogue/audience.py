"""The form of the audience: who may read a record, and how readers may pass it on."""

from typing import Any

from flask_babel import lazy_gettext as _l

from wtforms import ValidationError

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import InnovationDetails, InnovationRevision
from hub.organisations.queries import organisations_by_name
from hub.web.catalogue.forms import NOT_CHOSEN, PartForm, codes, country_options
from hub.web.fields import CodeField, CodesField, options
from hub.web.i18n import translate


class AudienceForm(PartForm):
    """Who may read the record, and how they may pass it on."""

    audience = CodeField(_l("Who may read it"))
    le_countries = CodesField(_l("Only law enforcement of these countries"))
    organisation_ids = CodesField(_l("These organisations"))
    tlp = CodeField(_l("How readers may pass it on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience.choices = audience_options()
        self.tlp.choices = [(code, label) for code, label in options("tlp") if code in ("CLEAR", "GREEN", "AMBER")]
        self.le_countries.choices = country_options()
        self.organisation_ids.choices = [(str(each.id), each.name) for each in organisations_by_name()]

    @staticmethod
    def stored(revision: InnovationRevision) -> dict[str, Any]:
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


def audience_options() -> list[tuple[str, str]]:
    """Return (code, words) of the audiences that an innovation may have."""
    return [
        (Audience.PUBLIC.value, translate("Everybody")),
        (Audience.MEMBERS.value, translate("Members of the hub")),
        (Audience.LAW_ENFORCEMENT.value, translate("Verified law enforcement")),
        (Audience.ORGANISATIONS.value, translate("Organisations that I name")),
    ]
