"""Fields of several rows: sources, countries where it cannot be used, organisations by role, prerequisites."""

from collections.abc import Callable, Sequence
from datetime import date

from flask_babel import LazyString, lazy_gettext as _l
from wtforms import Field, Form, FormField, StringField, ValidationError

from hub.catalogue.models import InnovationRevision, OrganisationRole
from hub.catalogue.models.checking import MAX_ROWS
from hub.catalogue.models.content import PARAGRAPH_LENGTH, SOURCE_TITLE_LENGTH, URL_LENGTH
from hub.catalogue.models.details import (
    OrganisationDetails,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.organisations.models import NAME_LENGTH as ORGANISATION_NAME_LENGTH
from hub.web.catalogue.choices import area_options, one_country, role_options, topic_options
from hub.web.fields import CodeField, RowsField, iso_date, text_field, web_address
from hub.web.i18n import translate

RowDetails = SourceDetails | UnsuitableDetails | OrganisationDetails | PrerequisiteDetails
StoredRow = dict[str, str]

SPARE_ROWS = 3
"""Rows that an empty page has room for; also how far beyond the limit rows are still given back."""


class RowForm(Form):
    """One row. `told` names its fields in the order in which people read them."""

    told: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered, so that it is no row."""
        return not any(field.data for field in self)

    def fields_told(self) -> list[Field]:
        """Return its fields in the order in which people read them."""
        return [self[name] for name in self.told]

    def details(self) -> RowDetails:
        """Return what was entered; only for a valid row that is not empty."""
        raise NotImplementedError


class SourceRow(RowForm):
    """Where a fact of the record can be read."""

    told = ("title", "url", "retrieved_on")

    url = text_field(_l("Web address"), URL_LENGTH, web_address)
    title = text_field(_l("Title"), SOURCE_TITLE_LENGTH)
    retrieved_on = text_field(_l("Read on"), 10, iso_date)

    def validate_url(self, field: StringField) -> None:
        """Ask for the address where anything else was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the web address of this source."))

    def details(self) -> SourceDetails:
        """Return the source."""
        read = self.retrieved_on.data
        return SourceDetails(self.url.data, self.title.data or "", date.fromisoformat(read) if read else None)


class UnsuitableRow(RowForm):
    """A country where the innovation cannot be used, and why."""

    told = ("country", "reason")

    country = CodeField(_l("Country"), choices=one_country)
    reason = text_field(_l("Why it cannot be used there"), PARAGRAPH_LENGTH, area=True)

    def validate_country(self, field: CodeField) -> None:
        """Ask for the country where a reason was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Choose the country."))

    def validate_reason(self, field: StringField) -> None:
        """Ask for the reason where a country was chosen."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Say why it cannot be used there."))

    def details(self) -> UnsuitableDetails:
        """Return the country and the reason."""
        return UnsuitableDetails(self.country.data, self.reason.data)


class OrganisationRow(RowForm):
    """An organisation that takes part, and as what."""

    told = ("name", "role")

    name = text_field(_l("Organisation"), ORGANISATION_NAME_LENGTH)
    role = CodeField(_l("Role"), choices=role_options)

    def validate_name(self, field: StringField) -> None:
        """Ask for the name where a role was chosen."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Enter the name of the organisation."))

    def validate_role(self, field: CodeField) -> None:
        """Ask for the role where a name was entered."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Choose the role of the organisation."))

    def details(self) -> OrganisationDetails:
        """Return the organisation in its role."""
        return OrganisationDetails(OrganisationRole(self.role.data), self.name.data)


class PrerequisiteRow(RowForm):
    """Something that must be there first; the common prerequisite that it is stands for its area too."""

    told = ("area", "topic", "need")

    area = CodeField(_l("Area"), choices=area_options)
    need = text_field(_l("What is needed"), PARAGRAPH_LENGTH, area=True)
    topic = CodeField(_l("Which of the common prerequisites this is"), choices=topic_options)

    def validate_area(self, field: CodeField) -> None:
        """Ask for the area, unless a common prerequisite tells it."""
        if not field.data and not self.topic.data and not self.is_empty:
            raise ValidationError(translate("Choose an area."))

    def validate_need(self, field: StringField) -> None:
        """Ask for words in any row that is begun."""
        if not field.data and not self.is_empty:
            raise ValidationError(translate("Say what is needed."))

    def validate_topic(self, field: CodeField) -> None:
        """Ask for a common prerequisite of the chosen area."""
        if field.data and self.area.data and self._area_of_topic != self.area.data:
            raise ValidationError(translate("Choose a common prerequisite of the same area."))

    @property
    def _area_of_topic(self) -> str:
        return str(self.topic.data or "").partition(".")[0]

    def details(self) -> PrerequisiteDetails:
        """Return the prerequisite."""
        return PrerequisiteDetails(
            self.area.data or self._area_of_topic, self.need.data, self.topic.data or None
        )


def rows_field(form: type[RowForm], label: LazyString, room: int = SPARE_ROWS) -> RowsField:
    """Return a field of as many rows as a record may have; a few more are given back when they are refused.

    Args:
        form: the form of one row.
        label: what the rows are called.
        room: rows on a page with none yet.
    """
    return RowsField(FormField(form), label, min_entries=room, max_entries=MAX_ROWS + SPARE_ROWS, default=())


def filled_rows(field: RowsField) -> list[RowForm]:
    """Return the rows in which anything was entered."""
    return [entry.form for entry in field if not entry.form.is_empty]


def stored_sources(revision: InnovationRevision) -> list[StoredRow]:
    """Return the sources as their rows show them."""
    return [
        {
            "url": each.url,
            "title": each.title,
            "retrieved_on": each.retrieved_on.isoformat() if each.retrieved_on else "",
        }
        for each in revision.sources
    ]


def stored_unsuitable(revision: InnovationRevision) -> list[StoredRow]:
    """Return the countries where it cannot be used as their rows show them."""
    return [{"country": each.country, "reason": each.note} for each in revision.unsuitable_in]


def stored_organisations(revision: InnovationRevision) -> list[StoredRow]:
    """Return those who take part as their rows show them."""
    return [
        {"name": each.name or (each.organisation.name if each.organisation else ""), "role": each.role.value}
        for each in revision.organisations
    ]


def stored_prerequisites(revision: InnovationRevision) -> list[StoredRow]:
    """Return the prerequisites as their rows show them."""
    return [
        {"area": each.area, "need": each.need, "topic": each.topic or ""} for each in revision.prerequisites
    ]


STORED_ROWS: dict[str, Callable[[InnovationRevision], list[StoredRow]]] = {
    "sources": stored_sources,
    "unsuitable": stored_unsuitable,
    "organisations": stored_organisations,
    "prerequisites": stored_prerequisites,
}
"""How the rows of each field are read from a revision."""
