"""The form in which one side says that others took an innovation up."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l

from hub.catalogue.models.content import PARAGRAPH_LENGTH, URL_LENGTH
from hub.catalogue.replications.service import ReplicationDetails
from hub.organisations.models import Organisation
from hub.web.catalogue.choices import NOT_CHOSEN, country_options
from hub.web.fields import CodeField, HubForm, filled, iso_date, options, text_field, web_address
from hub.web.i18n import language, translate

DAY_LENGTH = 10

FEW = 6
"""Organisations that stand side by side to choose from; of more, one is looked for by its name."""


class ReplicationForm(HubForm):
    """What one side says about a replication."""

    adopter_id = CodeField(
        _l("Who took it up"), validators=[filled(_l("Choose the organisation that took it up."))]
    )
    country = CodeField(
        _l("In which country"),
        choices=lambda: [(NOT_CHOSEN, ""), *country_options()],
        default=NOT_CHOSEN,
        validators=[filled(_l("Choose the country where it is used."))],
    )
    started_on = text_field(_l("When it began"), DAY_LENGTH, iso_date)
    adapted = text_field(_l("What was adapted"), PARAGRAPH_LENGTH, area=True)
    cost_band = CodeField(
        _l("What the first year cost"),
        choices=lambda: [*options("cost_bands"), (NOT_CHOSEN, translate("Not known"))],
        default=NOT_CHOSEN,
    )
    result = text_field(_l("What came of it"), PARAGRAPH_LENGTH, area=True)
    source_url = text_field(_l("Where the public can read of it"), URL_LENGTH, web_address)

    def offer(self, adopters: Sequence[Organisation], *, is_certain: bool = True) -> None:
        """Let the person choose among these organisations; a single one is chosen already, unless it is uncertain."""
        named = [(str(each.id), each.name) for each in adopters]
        is_chosen = len(named) == 1 and is_certain
        is_short = is_chosen or (not is_certain and len(named) <= FEW)
        self.adopter_id.choices = named if is_short else [(NOT_CHOSEN, ""), *named]
        if not self.is_submitted():
            self.adopter_id.data = named[0][0] if is_chosen else NOT_CHOSEN

    def details(self) -> ReplicationDetails:
        """Return what was said; only after the form was found valid."""
        began = self.started_on.data
        return ReplicationDetails(
            adopter_id=int(self.adopter_id.data),
            country=self.country.data,
            language=language().code,
            adapted=self.adapted.data,
            cost_band=self.cost_band.data or None,
            started_on=date.fromisoformat(began) if began else None,
            result=self.result.data,
            source_url=self.source_url.data or None,
        )
