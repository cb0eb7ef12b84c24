"""The form of the sources: where the facts of a record can be read."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import Form, FormField, StringField, ValidationError

from hub.catalogue.models import InnovationDetails, InnovationRevision, SourceDetails
from hub.catalogue.models.content import SOURCE_TITLE_LENGTH, URL_LENGTH
from hub.catalogue.models.details import MAX_SOURCES, WEB_ADDRESS
from hub.web.catalogue.forms import PartForm, Stored
from hub.web.fields import RowsField, text_field
from hub.web.i18n import translate


class SourceForm(Form):
    """One source."""

    url = text_field(_l("Web address"), URL_LENGTH)
    title = text_field(_l("Title"), SOURCE_TITLE_LENGTH)
    retrieved_on = text_field(_l("Read on"), 10)

    def validate_retrieved_on(self, field: StringField) -> None:
        """Ask for a date as it is stored."""
        if field.data:
            try:
                date.fromisoformat(field.data)
            except ValueError:
                raise ValidationError(
                    translate("Enter the date as year-month-day, such as 2026-03-27.")
                ) from None

    def validate_url(self, field: StringField) -> None:
        """Ask for the address where anything else was entered."""
        if not field.data and (self.title.data or self.retrieved_on.data):
            raise ValidationError(translate("Enter the web address of this source."))
        if field.data and not WEB_ADDRESS.fullmatch(field.data):
            raise ValidationError(translate("Enter a web address that begins with http:// or https://."))


class SourcesForm(PartForm):
    """Where the facts of the record can be read."""

    sources = RowsField(FormField(SourceForm), _l("Sources"), min_entries=3, max_entries=MAX_SOURCES + 3)

    @classmethod
    def stored(cls, revision: InnovationRevision) -> Stored:
        """Return the sources and one empty row."""
        rows = [
            {
                "url": each.url,
                "title": each.title,
                "retrieved_on": each.retrieved_on.isoformat() if each.retrieved_on else "",
            }
            for each in revision.sources
        ]
        return {"sources": [*rows, {"url": "", "title": "", "retrieved_on": ""}]}

    def details(self) -> InnovationDetails:
        """Return the rows that have an address."""
        rows = [entry.data for entry in self.sources if entry.data["url"]]
        return InnovationDetails(
            sources=tuple(
                SourceDetails(
                    row["url"],
                    row["title"] or "",
                    date.fromisoformat(row["retrieved_on"]) if row["retrieved_on"] else None,
                )
                for row in rows
            )
        )
