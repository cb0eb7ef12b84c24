"""For whom a showcase is, and how its audience may pass on what it reads there."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, ValidationError

from hub.access.audience import CEILING, Audience, Readership, Tlp
from hub.showcases.making.checking import AUDIENCES, LABELS
from hub.showcases.making.completeness import is_audience_chosen
from hub.showcases.making.details import ShowcaseDetails
from hub.showcases.models import Showcase
from hub.web.catalogue.audience import LimitField
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.catalogue.forms import codes
from hub.web.curating.part_form import PartForm, Stored
from hub.web.fields import CodeField, options
from hub.web.i18n import translate


class AudienceForm(PartForm):
    """The audience and its label."""

    audience = RadioField(_l("For whom is it?"), validate_choice=False)
    le_countries = LimitField(_l("Only law enforcement of these countries"), choices=country_options)
    tlp = CodeField(_l("How readers may pass it on"), choices=lambda: options("tlp", LABELS))

    def offer(self) -> None:
        """Offer the audiences."""
        self.audience.choices = [
            (Audience.PUBLIC.value, translate("Everybody")),
            (Audience.MEMBERS.value, translate("Members of the hub")),
            (Audience.LAW_ENFORCEMENT.value, translate("Verified law enforcement")),
        ]

    @classmethod
    def stored(cls, showcase: Showcase) -> Stored:
        """Return the audience, or nothing chosen where nobody chose yet."""
        is_chosen, chosen = is_audience_chosen(showcase), showcase.readership
        return {
            "audience": chosen.audience.value if is_chosen else NOT_CHOSEN,
            "le_countries": sorted(chosen.countries),
            "tlp": chosen.tlp.value if is_chosen else NOT_CHOSEN,
        }

    def validate_audience(self, field: RadioField) -> None:
        """Ask for one of the audiences."""
        if field.data not in {each.value for each in AUDIENCES}:
            raise ValidationError(translate("Choose for whom it is."))

    def validate_tlp(self, field: CodeField) -> None:
        """Ask for a label that allows the audience."""
        if not field.data:
            raise ValidationError(translate("Choose a label."))
        known = field.data in LABELS and self.audience.data in {each.value for each in AUDIENCES}
        if known and Audience(self.audience.data) not in CEILING[Tlp(field.data)]:
            raise ValidationError(
                translate("This label does not allow this audience. The table says which do.")
            )

    def readership(self) -> Readership:
        """Return what was chosen; only after the form was found valid."""
        audience = Audience(self.audience.data)
        countries = codes(self.le_countries) if audience is Audience.LAW_ENFORCEMENT else ()
        return Readership(audience, Tlp(self.tlp.data), countries=frozenset(countries))

    def details(self) -> ShowcaseDetails:
        """Return the readership."""
        return ShowcaseDetails(readership=self.readership())
