"""The form with which somebody adds evidence."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from hub.catalogue.evidence.service import EvidenceDetails
from hub.catalogue.models import Replication
from hub.catalogue.models.content import PARAGRAPH_LENGTH, URL_LENGTH
from hub.catalogue.models.evidence import AUTHOR_LENGTH, EVIDENCE_TITLE_LENGTH
from hub.web.catalogue.attaching import FileForm
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.fields import CodeField, filled, options, text_field, web_address
from hub.web.i18n import country_name, language, translate

YEAR_DIGITS = 4


class EvidenceForm(FileForm):
    """A piece of evidence, at a web address or in a file."""

    type = CodeField(
        _l("What kind of evidence is it?"),
        choices=lambda: options("evidence_types"),
        validators=[filled(_l("Choose the kind of evidence."))],
    )
    title = text_field(_l("Title"), EVIDENCE_TITLE_LENGTH, filled(_l("Enter a title.")))
    url = text_field(_l("Web address"), URL_LENGTH, web_address)
    author = text_field(_l("Who made it"), AUTHOR_LENGTH)
    is_independent = CodeField(
        _l("Is its author independent of the owner?"),
        choices=lambda: [("yes", translate("Yes")), ("no", translate("No"))],
        validators=[filled(_l("Choose whether its author is independent of the owner."))],
    )
    country = CodeField(
        _l("Country it is about"), choices=lambda: [(NOT_CHOSEN, ""), *country_options()], default=NOT_CHOSEN
    )
    year = text_field(_l("Year it tells of"), 10, filled(_l("Enter the year as four digits, such as 2019.")))
    finding = text_field(
        _l("What it found"),
        PARAGRAPH_LENGTH,
        filled(_l("Say in a sentence or two what it found.")),
        area=True,
    )
    replication = CodeField(_l("Is it about one replication?"), default=NOT_CHOSEN)

    def offer(self, replications: Sequence[Replication]) -> None:
        """Let the person say which of these replications it is about."""
        self.replication.choices = [
            (NOT_CHOSEN, translate("No, about the innovation as such")),
            *((each.public_id, replication_name(each)) for each in replications),
        ]

    def validate_year(self, field: StringField) -> None:
        """Ask for a whole number."""
        typed = field.data or ""
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) == YEAR_DIGITS):
            raise ValidationError(translate("Enter the year as four digits, such as 2019."))

    def details(self, replications: Sequence[Replication]) -> EvidenceDetails:
        """Return what was said; only after the form was found valid.

        Args:
            replications: those that were offered.
        """
        about = {each.public_id: each.id for each in replications}
        return EvidenceDetails(
            type=self.type.data,
            title=self.title.data,
            finding=self.finding.data,
            year=int(self.year.data),
            is_independent=self.is_independent.data == "yes",
            language=language().code,
            url=self.url.data or None,
            author=self.author.data,
            country=self.country.data or None,
            replication_id=about.get(self.replication.data),
        )


def replication_name(replication: Replication) -> str:
    """Return what a replication is called: who took it up, and where."""
    return f"{replication.adopter.name}, {country_name(replication.country)}"
