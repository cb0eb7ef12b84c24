"""The form of an annex: what it says, its file, and who may read it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, ValidationError

from hub.access.audience import LAW_ENFORCEMENT_LABEL, PUBLIC_LABEL, Audience, Readership, Tlp, is_lowered
from hub.catalogue.annexes.service import AnnexDetails
from hub.catalogue.models import Annex, Innovation
from hub.catalogue.models.annex import ANNEX_TITLE_LENGTH
from hub.catalogue.models.content import DESCRIPTION_LENGTH
from hub.core.ids import PUBLIC_ID_LENGTH
from hub.members.queries import approved_members, public_ids_of
from hub.web.catalogue.attaching import FileForm
from hub.web.catalogue.audience import LimitField, named_organisations
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.catalogue.forms import codes
from hub.web.fields import CodeField, CodesField, filled, options, text_field
from hub.web.i18n import translate

MAX_PEOPLE = 100
"""The most people that one annex names."""

NAMES = ("title", "body", "audience", "le_countries", "organisation_ids", "people", "tlp")
"""The fields in the order of the page, without the file."""


class AnnexForm(FileForm):
    """An annex."""

    title = text_field(_l("Title"), ANNEX_TITLE_LENGTH, filled(_l("Enter a title.")))
    body = text_field(_l("Text"), DESCRIPTION_LENGTH, area=True)
    audience = CodeField(
        _l("Who may read it"), choices=[], validators=[filled(_l("Choose who may read it."))]
    )
    le_countries = LimitField(_l("Only law enforcement of these countries"), choices=country_options)
    organisation_ids = CodesField(_l("These organisations"), choices=named_organisations)
    people = text_field(_l("These people"), (PUBLIC_ID_LENGTH + 1) * MAX_PEOPLE, area=True)
    tlp = CodeField(_l("How readers may pass it on"), choices=[], validators=[filled(_l("Choose a label."))])

    def offer(self, innovation: Innovation) -> None:
        """Offer the audiences inside that of the record and the labels as strict as its own."""
        self.audience.choices = audience_options(innovation)
        self.tlp.choices = options(
            "tlp", [each.value for each in Tlp if not is_lowered(innovation.tlp, each)]
        )

    def validate_audience(self, field: CodeField) -> None:
        """Ask for the organisations where they must be named."""
        if field.data == Audience.ORGANISATIONS and not self.organisation_ids.data:
            raise ValidationError(translate("Name at least one organisation, or choose another audience."))

    def validate_people(self, field: TextAreaField) -> None:
        """Ask for ids of members, where people are the audience."""
        del field
        if self.audience.data != Audience.PEOPLE:
            return
        ids = self.ids
        if not ids:
            raise ValidationError(translate("Enter at least one member id."))
        if len(ids) > MAX_PEOPLE:
            raise ValidationError(translate("Name at most %(limit)s people.", limit=MAX_PEOPLE))
        known = approved_members(ids)
        unknown = next((each for each in ids if each not in known), None)
        if unknown is not None:
            raise ValidationError(translate("No member has the id %(id)s.", id=unknown))

    @property
    def ids(self) -> list[str]:
        """The ids of people that were typed, each once."""
        return list(dict.fromkeys((self.people.data or "").split()))

    def details(self, language: str) -> AnnexDetails:
        """Return what was typed; only after the form was found valid.

        Args:
            language: BCP 47 code of title and text.
        """
        audience = Audience(self.audience.data)
        countries = codes(self.le_countries) if audience is Audience.LAW_ENFORCEMENT else ()
        named = codes(self.organisation_ids) if audience is Audience.ORGANISATIONS else ()
        people = approved_members(self.ids).values() if audience is Audience.PEOPLE else ()
        return AnnexDetails(
            title=self.title.data,
            body=self.body.data,
            language=language,
            readership=Readership(
                audience,
                Tlp(self.tlp.data),
                countries=frozenset(countries),
                organisations=frozenset(int(number) for number in named),
                people=frozenset(people),
            ),
        )


def stored(annex: Annex) -> dict[str, Any]:
    """Return what is stored of an annex, by field name."""
    readers = annex.readership
    return {
        "title": annex.title,
        "body": annex.body,
        "audience": readers.audience.value,
        "le_countries": sorted(readers.countries),
        "organisation_ids": [str(number) for number in sorted(readers.organisations)],
        "people": "\n".join(public_ids_of(readers.people)) if readers.people else NOT_CHOSEN,
        "tlp": readers.tlp.value,
    }


def audience_options(innovation: Innovation) -> list[tuple[str, str]]:
    """Return (code, words) of the audiences that an annex of this record may have."""
    labels = innovation.labels
    is_public = PUBLIC_LABEL in labels
    offered = []
    if is_public:
        offered.append((Audience.MEMBERS.value, translate("Members of the hub")))
    if is_public or innovation.audience is Audience.MEMBERS or LAW_ENFORCEMENT_LABEL in labels:
        offered.append((Audience.LAW_ENFORCEMENT.value, translate("Verified law enforcement")))
    if is_public or innovation.audience in (Audience.MEMBERS, Audience.ORGANISATIONS):
        offered.append((Audience.ORGANISATIONS.value, translate("Organisations that I name")))
    return [*offered, (Audience.PEOPLE.value, translate("People that I name"))]
